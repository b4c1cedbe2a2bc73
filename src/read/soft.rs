//! Text as it was set for a page → text as it is read: soft hyphens and marks without width are taken off, and words that were
//! parted at the end of a line are joined again. Every word keeps its place in the file.

use super::encoding::narrow;
use super::places::Places;
use crate::model::{LineMap, Run};
use std::collections::BTreeSet;

/// The text without what only the page needed, and the way back; the text itself where it holds nothing of the kind.
pub(super) fn read_as_meant(text: String) -> (String, LineMap) {
    let cuts = cuts(&text);
    if cuts.is_empty() {
        return (text, LineMap::Verbatim);
    }
    let mut out =
        Meant { text: String::with_capacity(text.len()), runs: Vec::new(), places: Places::new(&text), owed: false };
    let mut from = 0;
    out.run(0);
    for (start, end) in cuts {
        out.push(&text[from..start], from);
        out.owed |= text[start..end].contains('\n');
        from = end;
        out.run(end);
    }
    out.push(&text[from..], from);
    (out.text, LineMap::Runs(out.runs))
}

/// A text that is being put together.
struct Meant<'a> {
    text: String,
    runs: Vec<Run>,
    places: Places<'a>,
    /// Whether a line ended inside of a word. It then ends after the word: whether lines were broken by hand is told by their
    /// widths.
    owed: bool,
}

impl Meant<'_> {
    /// Adds a piece of the file that begins at byte `at`, with a line break in place of its first space where one is owed.
    fn push(&mut self, piece: &str, at: usize) {
        let Some(space) = piece.find(char::is_whitespace).filter(|_| self.owed) else {
            self.text.push_str(piece);
            return;
        };
        self.owed = false;
        self.text.push_str(&piece[..space]);
        match piece[space..].strip_prefix(' ') {
            Some(rest) => {
                self.text.push('\n');
                self.run(at + space + 1);
                self.text.push_str(rest);
            }
            None => self.text.push_str(&piece[space..]),
        }
    }

    /// What is added next stands at byte `at` of the file.
    fn run(&mut self, at: usize) {
        self.runs.push(Run { text: narrow(self.text.len()), place: self.places.of(at), byte: narrow(at) });
    }
}

/// A text of one line without characters that only the page needed.
pub(super) fn without_soft(text: String) -> String {
    if text.contains(is_soft) { text.replace(is_soft, "") } else { text }
}

/// Whether a character has no meaning for the words around it. Joiners have one in many scripts and are none of these.
pub(super) fn is_soft(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// What is taken off, in order.
fn cuts(text: &str) -> Vec<(usize, usize)> {
    let mut cuts = Vec::new();
    let mut whole: Option<BTreeSet<String>> = None;
    for (at, character) in text.char_indices() {
        if is_soft(character) {
            let end = at + character.len_utf8();
            // A soft hyphen at the end of a line parts a word.
            let end = if character == '\u{AD}' { end + line_end(&text[end..]).unwrap_or(0) } else { end };
            cuts.push((at, end));
        } else if character == '-'
            && let Some(length) = line_end(&text[at + 1..])
        {
            let end = at + 1 + length;
            let before = text[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            let after = text[end..].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            if before.chars().nth(1).is_none() || !after.starts_with(char::is_lowercase) {
                continue;
            }
            // Whether the hyphen is the word's own is told by the rest of the text: it is where "well-known" stands there.
            let compounds = whole.get_or_insert_with(|| compounds(text));
            let is_own = compounds.contains(&format!("{before}-{after}").to_lowercase());
            cuts.push((at + usize::from(is_own), end));
        }
    }
    let mut last = 0;
    cuts.retain(|&(start, end)| {
        let is_new = start >= last;
        last = last.max(end);
        is_new
    });
    cuts
}

/// The length of a line break and the indentation behind it, if the line ends here.
fn line_end(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let words = after.trim_start_matches([' ', '\t']);
    Some(rest.len() - words.len())
}

/// The words of a text that are written with a hyphen inside of a line.
fn compounds(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphabetic() && c != '-')
        .filter(|word| word.trim_matches('-').contains('-'))
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    #[test]
    fn parted_words_are_joined_and_keep_their_place() {
        let (text, lines) = read_as_meant("The coun-\ncil met in the har\u{AD}bor.\n".to_owned());
        assert_eq!(text, "The council\nmet in the harbor.\n");
        let at = text.find("met").unwrap();
        assert_eq!(lines.place(&text, at), Place { line: 2, column: 5 });
        assert_eq!(lines.place(&text, text.find("bor").unwrap()), Place { line: 2, column: 20 });
    }

    #[test]
    fn hyphens_of_their_own_stay() {
        let (text, lines) = read_as_meant("a well-\n  known and well-known man".to_owned());
        assert_eq!(text, "a well-known\nand well-known man");
        assert_eq!(lines.place(&text, text.find("known").unwrap()), Place { line: 2, column: 3 });
        for text in ["1990-\n1995", "he left -\nand came", "Anglo-\nSaxon", "e-\nmail"] {
            assert_eq!(read_as_meant(text.to_owned()), (text.to_owned(), LineMap::Verbatim), "{text}");
        }
    }
}
