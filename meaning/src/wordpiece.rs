//! Text → word pieces, as BERT's own tokenizer cuts it.
//!
//! Control characters go, white space and punctuation separate, CJK ideographs stand alone, letters lose case and accents
//! (where the model says so), and each word is cut greedily into the longest pieces the vocabulary has. Tested token for
//! token against the reference tokenizer (`docs/meaning.md`).

use crate::ModelError;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Words of more characters are unknown.
const LONGEST_WORD: usize = 100;

/// Marks a piece that continues a word.
const CONTINUES: &str = "##";

/// The vocabulary and what is done to text before it is cut.
#[derive(Debug)]
pub(crate) struct WordPieces {
    /// Pieces that begin a word.
    first: FxHashMap<Box<str>, u32>,
    /// Pieces that continue one, without their mark.
    later: FxHashMap<Box<str>, u32>,
    /// Bytes of the longest piece.
    longest: usize,
    /// Whether case and accents go.
    fold: bool,
    unknown: u32,
    /// Stands before a text.
    pub(crate) begin: u32,
    /// Stands after a text.
    pub(crate) end: u32,
}

impl WordPieces {
    /// A vocabulary of one piece a line.
    pub(crate) fn of(vocabulary: &str, fold: bool) -> Result<Self, ModelError> {
        let (mut first, mut later) = (FxHashMap::default(), FxHashMap::default());
        let mut longest = 0;
        for (id, line) in vocabulary.lines().enumerate() {
            longest = longest.max(line.len());
            match line.strip_prefix(CONTINUES).filter(|rest| !rest.is_empty()) {
                Some(rest) => later.insert(rest.into(), id as u32),
                None => first.insert(line.into(), id as u32),
            };
        }
        let special = |name: &str| {
            first.get(name).copied().ok_or_else(|| ModelError::new(format!("the vocabulary lacks {name}")))
        };
        let (unknown, begin, end) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(Self { first, later, longest, fold, unknown, begin, end })
    }

    /// How many pieces there are.
    pub(crate) fn count(&self) -> usize {
        self.first.len() + self.later.len()
    }

    /// The pieces of `text`, at most `limit`.
    pub(crate) fn cut(&self, text: &str, limit: usize) -> Vec<u32> {
        let mut pieces = Vec::new();
        let mut word = String::new();
        let mut take = |c: char, pieces: &mut Vec<u32>| {
            if c.is_whitespace() {
                self.word(&mut word, pieces);
            } else if stands_alone(c) {
                self.word(&mut word, pieces);
                word.push(c);
                self.word(&mut word, pieces);
            } else {
                word.push(c);
            }
        };
        for c in text.chars() {
            if pieces.len() >= limit {
                break;
            }
            if c.is_ascii() && !c.is_ascii_control() {
                take(if self.fold { c.to_ascii_lowercase() } else { c }, &mut pieces);
            } else if is_space(c) {
                take(' ', &mut pieces);
            } else if is_dropped(c) {
            } else if self.fold {
                for part in std::iter::once(c).nfd().filter(|part| !is_accent(*part)) {
                    part.to_lowercase().for_each(|part| take(part, &mut pieces));
                }
            } else {
                take(c, &mut pieces);
            }
        }
        self.word(&mut word, &mut pieces);
        pieces.truncate(limit);
        pieces
    }

    /// Cuts a word and empties it.
    fn word(&self, word: &mut String, pieces: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let kept = pieces.len();
        if word.chars().nth(LONGEST_WORD).is_some() {
            pieces.push(self.unknown);
            word.clear();
            return;
        }
        let mut at = 0;
        while at < word.len() {
            let known = if at == 0 { &self.first } else { &self.later };
            let reach = word.len().min(at + self.longest);
            let piece = (at + 1..=reach)
                .rev()
                .filter(|end| word.is_char_boundary(*end))
                .find_map(|end| known.get(&word[at..end]).map(|id| (*id, end)));
            match piece {
                Some((id, end)) => {
                    pieces.push(id);
                    at = end;
                }
                None => {
                    pieces.truncate(kept);
                    pieces.push(self.unknown);
                    break;
                }
            }
        }
        word.clear();
    }
}

/// What counts as a space: all white space, but for what [`is_dropped`] says first.
fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || (c.is_whitespace() && !is_dropped(c))
}

/// What is taken out of a text: control and format characters, and those that no character is assigned to.
fn is_dropped(c: char) -> bool {
    if matches!(c, '\t' | '\n' | '\r') {
        return false;
    }
    c == '\u{fffd}' || c.general_category_group() == GeneralCategoryGroup::Other
}

/// A mark that has no width of its own.
fn is_accent(c: char) -> bool {
    c.general_category() == GeneralCategory::NonspacingMark
}

/// Punctuation and ideographs are words by themselves.
fn stands_alone(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    c.general_category_group() == GeneralCategoryGroup::Punctuation
        || matches!(u32::from(c),
            0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x2_0000..=0x2_A6DF | 0x2_A700..=0x2_B73F | 0x2_B740..=0x2_B81F
            | 0x2_B820..=0x2_CEAF | 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(fold: bool) -> WordPieces {
        let vocabulary =
            "[PAD]\n[UNK]\n[CLS]\n[SEP]\nport\n##ed\n##er\nre\n##port\n,\n.\ncafe\nCafe\n中\n##s\n##\nı\ni";
        WordPieces::of(vocabulary, fold).expect("a vocabulary")
    }

    #[test]
    fn the_longest_pieces_come_first_and_marks_stand_alone() {
        let cut = |text: &str| pieces(true).cut(text, 99);
        assert_eq!(cut("Reported, ported."), [7, 8, 5, 9, 4, 5, 10]);
        assert_eq!(cut("Café CAFE\u{301}s"), [11, 11, 14]);
        assert_eq!(cut("port中port\u{a0}port\u{200b}ed"), [4, 13, 4, 4, 5]);
        assert_eq!(cut("porting zebra"), [1, 1]);
        assert_eq!(cut(" \t\n"), [] as [u32; 0]);
        assert_eq!(cut("İ"), [17]);
        assert_eq!(cut(&"p".repeat(101)), [1]);
    }

    #[test]
    fn a_model_of_cased_words_keeps_their_case() {
        assert_eq!(pieces(false).cut("Cafe cafe café", 99), [12, 11, 1]);
    }

    #[test]
    fn a_limit_holds() {
        assert_eq!(pieces(true).cut(&"port, ".repeat(1000), 3), [4, 9, 4]);
    }

    #[test]
    fn a_vocabulary_without_its_marks_is_refused() {
        assert!(WordPieces::of("a\nb", true).is_err());
    }
}
