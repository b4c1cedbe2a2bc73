//! What a line looks like: its words, its case, its last mark. Shared by everything that tells running text from titles.

use super::marks::{is_bullet, is_closer, is_dash, is_opener, is_straight_quote, is_terminator};
use crate::lexicon;
use crate::text::fold::fold;

/// A word of a line with the byte range of its letters, without the marks around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// Offset of the first letter or digit in the line.
    pub(super) start: usize,
    /// Offset where the white-space-delimited piece ends, marks included.
    pub(super) piece_end: usize,
    /// The piece as it stands, with its marks.
    pub(super) piece: &'a str,
}

impl Word<'_> {
    pub(super) fn is_capitalized(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn is_number(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_numeric)
    }

    /// Two or more letters, none of them lower case.
    pub(super) fn is_upper(&self) -> bool {
        let mut letters = self.text.chars().filter(|character| character.is_alphabetic());
        letters.clone().count() >= 2 && letters.all(char::is_uppercase)
    }

    /// A word of content in lower case, as running text is full of and titles in title case are not.
    pub(super) fn is_lower_content(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_lowercase) && !lexicon::function_words().has(&fold(self.text))
    }

    pub(super) fn is_function_word(&self) -> bool {
        lexicon::function_words().has(&fold(self.text))
    }

    /// True where a mark other than a hyphen stands right behind the word.
    pub(super) fn has_mark_behind(&self) -> bool {
        self.start + self.text.len() < self.piece_end
    }
}

/// The words of a line; pieces without a letter or digit are left out.
pub(super) fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let base = line.as_ptr() as usize;
    line.split_whitespace().filter_map(move |piece| {
        let offset = piece.as_ptr() as usize - base;
        let text = piece.trim_matches(|character: char| !character.is_alphanumeric());
        let start = text.as_ptr() as usize - base;
        (!text.is_empty()).then_some(Word { text, start, piece_end: offset + piece.len(), piece })
    })
}

/// Number of words; an ideograph counts as half of one.
pub(super) fn word_count(line: &str) -> usize {
    let ideographs = line.chars().filter(|&character| crate::text::tokens::is_ideograph(character)).count();
    words(line).count() + ideographs / 2
}

/// True where the line ends with a full stop, question or exclamation mark, quotation marks and brackets aside.
pub(super) fn ends_with_stop(line: &str) -> bool {
    last_mark(line).is_some_and(is_terminator)
}

/// True where the line breaks off with an ellipsis.
pub(super) fn ends_with_ellipsis(line: &str) -> bool {
    let bare = line.trim_end_matches(|character: char| {
        character.is_whitespace() || is_closer(character) || is_straight_quote(character)
    });
    bare.ends_with('…') || bare.ends_with("...")
}

fn last_mark(line: &str) -> Option<char> {
    line.chars().rev().find(|&character| {
        !character.is_whitespace() && !is_closer(character) && !is_straight_quote(character) && character != '\''
    })
}

/// True where the line ends in the middle: behind a letter or digit, or a comma, with nothing that closes.
pub(super) fn breaks_off(line: &str) -> bool {
    line.trim_end()
        .chars()
        .next_back()
        .is_some_and(|last| last.is_alphanumeric() || matches!(last, ',' | ';' | '-' | '–'))
}

/// True where all words of content are capitalized, numbers, or all upper case: names and titles read like this.
pub(super) fn reads_like_names(line: &str) -> bool {
    !words(line).any(|word| word.is_lower_content())
}

/// True where at least seven in ten words of content are capitalized, and there are at least two of them.
pub(super) fn is_title_case(line: &str) -> bool {
    const LEAST_TENTHS: usize = 7;
    let (mut capitalized, mut all) = (0, 0);
    for word in words(line).filter(|word| !word.is_function_word()) {
        all += 1;
        capitalized += usize::from(word.is_capitalized() || word.is_number());
    }
    all >= 2 && capitalized * 10 >= all * LEAST_TENTHS
}

/// True for what reads like running text: it ends with a stop and has the words of a sentence, or is plainly too long
/// for a title.
pub(super) fn is_running_text(line: &str) -> bool {
    const LEAST_WORDS: usize = 6;
    const LONGEST_TITLE: usize = 25;
    let count = words(line).take(LONGEST_TITLE + 1).count();
    count > LONGEST_TITLE
        || count >= LEAST_WORDS && ends_with_stop(line)
        || count == 0 && word_count(line) >= LEAST_WORDS
}

/// True for a line that opens with a bullet or a number of a list.
pub(super) fn opens_with_bullet(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some(first) if is_bullet(first) => true,
        Some('-' | '–' | '*') => chars.next().is_some_and(char::is_whitespace),
        Some(first) if first.is_ascii_digit() => {
            let rest = line.trim_start_matches(|character: char| character.is_ascii_digit());
            line.len() - rest.len() <= 2 && (rest.starts_with(". ") || rest.starts_with(") "))
        }
        _ => false,
    }
}

/// The line without brackets, quotes, bullets and dashes around it.
pub(super) fn bare(line: &str) -> &str {
    line.trim_matches(|character: char| {
        character.is_whitespace()
            || is_opener(character)
            || is_closer(character)
            || is_straight_quote(character)
            || is_dash(character)
            || is_bullet(character)
            || matches!(character, '*' | '_' | '|' | '>' | '<' | '#' | '=' | '~')
    })
}
