//! Does this stop end its sentence? In: a stop with what stands around it. Out: yes or no.
//!
//! It looks only at the word before the stop and at the words behind it, a bounded number of characters each way.

use super::marks::{is_dash, is_full_width_stop, is_opener, is_straight_quote};
use crate::lexicon;

/// How many characters of a word are looked at; longer ones are no abbreviation.
const LONGEST_WORD: usize = 40;

/// A stop and its surroundings; all numbers are indexes into `chars`.
pub(super) struct Ending<'a> {
    /// The passage.
    pub(super) chars: &'a [(usize, char)],
    /// Where the sentence under way began.
    pub(super) sentence: usize,
    /// The first mark of the stop.
    pub(super) first: usize,
    /// After its last closing mark.
    pub(super) end: usize,
    /// The first character behind it that is no white space; it exists.
    pub(super) next: usize,
    /// Number of dots in the stop.
    pub(super) dots: usize,
    /// True for a stop of a script without spaces.
    pub(super) full_width: bool,
    /// True where a question or exclamation mark is in it.
    pub(super) asks_or_exclaims: bool,
    /// True where a quotation ends with it.
    pub(super) closed_quote: bool,
    /// True where a straight quote behind it opens a quotation.
    pub(super) opens_quote: bool,
}

/// The word behind a stop.
struct Next {
    word: String,
    first: char,
    /// A quotation begins right before the word.
    quoted: bool,
}

impl Next {
    /// A capital, or a lower-case letter before one, as in brand names.
    fn is_upper(&self) -> bool {
        let mut letters = self.word.chars();
        self.first.is_uppercase()
            || self.first.is_lowercase()
                && letters.nth(1).is_some_and(char::is_uppercase)
                && letters.next().is_some_and(char::is_lowercase)
    }

    fn is_lower(&self) -> bool {
        self.first.is_lowercase() && !self.is_upper()
    }

    fn opens_sentence(&self) -> bool {
        self.quoted || self.is_upper() && lexicon::sentence_openers().has(&folded(&self.word))
    }
}

fn folded(word: &str) -> String {
    word.chars().map(crate::text::fold::plain).flat_map(char::to_lowercase).collect()
}

/// True where the stop ends its sentence.
pub(super) fn ends_sentence(ending: &Ending<'_>) -> bool {
    let mark = ending.chars[ending.next].1;
    let gap = ending.next > ending.end;
    if matches!(mark, ',' | ';' | ':' | '，' | '、' | '；' | '：') {
        return false;
    }
    if ending.full_width {
        // In Japanese a quotation goes on with the particle of the reporting verb.
        return !(ending.closed_quote && matches!(mark, 'と' | 'っ' | 'な' | 'の' | 'に' | 'を' | 'は' | 'が'));
    }
    if is_full_width_stop(mark) {
        return false;
    }
    let next = ending.next_word();
    if is_dash(mark) {
        return gap && !ending.closed_quote && next.is_upper() && ending.dots < 2;
    }
    if !gap {
        return ending.ends_without_space(&next);
    }
    if ending.dots >= 2 && !ending.asks_or_exclaims {
        return ending.ellipsis_ends(&next);
    }
    if ending.asks_or_exclaims { ending.exclamation_ends(&next) } else { ending.dot_ends(&next) }
}

impl Ending<'_> {
    fn char_at(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|&(_, character)| character)
    }

    fn next_word(&self) -> Next {
        let mut at = self.next;
        while self
            .char_at(at)
            .is_some_and(|mark| is_opener(mark) || is_straight_quote(mark) || is_dash(mark) || mark.is_whitespace())
            && at < self.next + 8
        {
            at += 1;
        }
        let quote = self.chars[self.next].1;
        Next {
            word: self.word_from(at),
            first: self.char_at(at).unwrap_or(' '),
            quoted: self.opens_quote || is_opener(quote) && !matches!(quote, '(' | '[' | '{' | '（' | '【'),
        }
    }

    /// The letters, digits and inner apostrophes from `start` on.
    fn word_from(&self, start: usize) -> String {
        self.chars[start.min(self.chars.len())..]
            .iter()
            .map(|&(_, character)| character)
            .take_while(|&character| character.is_alphanumeric() || matches!(character, '\'' | '’'))
            .take(LONGEST_WORD)
            .collect()
    }

    /// The word the stop is attached to, with its inner dots, and the index it begins at.
    fn word_before(&self) -> (String, usize) {
        let mut start = self.first;
        while start > self.sentence
            && self.first - start < LONGEST_WORD
            && (self.chars[start - 1].1.is_alphanumeric()
                || matches!(self.chars[start - 1].1, '.' | '\'' | '’' | '&' | '°'))
        {
            start -= 1;
        }
        (self.chars[start..self.first].iter().map(|&(_, character)| character).collect(), start)
    }

    /// "end.The next": a missing space, not the inside of an address, a file name or a number.
    fn ends_without_space(&self, next: &Next) -> bool {
        let mark = self.chars[self.next].1;
        let begins_word = next.first.is_uppercase()
            && (next.word.chars().nth(1).is_some_and(char::is_lowercase)
                || next.word.chars().count() == 1 && self.char_at(self.next + 1).is_none_or(|c| c != '.'));
        if self.closed_quote {
            return begins_word || is_opener(mark) && next.first.is_uppercase();
        }
        if !begins_word || self.end > self.first + 1 && self.dots > 1 || self.in_address() {
            return false;
        }
        if !(mark.is_uppercase() || next.quoted) {
            return false;
        }
        let (word, start) = self.word_before();
        let letters = word.chars().filter(|character| character.is_alphabetic()).count();
        let plain_word = letters >= 2 && !word.contains('.') && word.chars().last().is_some_and(char::is_lowercase);
        let number = letters == 0 && !word.is_empty() && !self.is_list_number(start);
        if !plain_word && !number && !self.char_at(self.first.wrapping_sub(1)).is_some_and(|c| c == ')' || c == '%') {
            return false;
        }
        // "Node.Js", "Shop.Com": a name with a short ending.
        let is_name = word.chars().next().is_some_and(char::is_uppercase) && next.word.chars().count() <= 3;
        !(self.dots == 1 && lexicon::abbreviations().has(&folded(&word)))
            && (!is_name || next.opens_sentence() || is_title(next))
    }

    /// True where the characters around the stop without white space look like an address or a path.
    fn in_address(&self) -> bool {
        let odd = |character: char| matches!(character, '@' | '/' | '\\' | '_' | '=' | '<' | '>');
        let is_inside = |character: &char| !character.is_whitespace();
        let before = || self.chars[..self.first].iter().rev().take(LONGEST_WORD).map(|&(_, c)| c).take_while(is_inside);
        let after = || self.chars[self.end..].iter().take(LONGEST_WORD).map(|&(_, c)| c).take_while(is_inside);
        // A second dot between letters: "files.Example.org".
        let dotted = |letters: &[char]| {
            letters.windows(3).any(|three| three[1] == '.' && three[0].is_alphanumeric() && three[2].is_alphanumeric())
        };
        before().chain(after()).any(odd)
            || dotted(&before().collect::<Vec<_>>())
            || dotted(&after().collect::<Vec<_>>())
    }

    fn ellipsis_ends(&self, next: &Next) -> bool {
        if next.is_lower() || next.first.is_numeric() {
            return false;
        }
        if self.first > 0 && self.chars[self.first - 1].1 == '[' {
            return next.opens_sentence();
        }
        let space_before = self.first > 0 && self.chars[self.first - 1].1.is_whitespace();
        // Three dots with space around them mark an omission, four the end of a sentence.
        if self.dots == 3 && space_before && !self.closed_quote {
            return next.opens_sentence()
                && next.word != "I"
                && !next.word.starts_with("I'")
                && !next.word.starts_with("I’");
        }
        true
    }

    fn exclamation_ends(&self, next: &Next) -> bool {
        if next.is_lower() {
            return false;
        }
        let (word, _) = self.word_before();
        if !self.closed_quote && self.dots == 0 {
            let with_mark = format!("{}!", folded(&word));
            if lexicon::abbreviations().value(&with_mark) == Some("name") {
                return next.opens_sentence();
            }
        }
        !(self.closed_quote && self.reporting_follows())
    }

    /// `"Is it?" Jane Doe asked`: names and a reporting verb go on with the sentence of the quotation.
    fn reporting_follows(&self) -> bool {
        const LONGEST_SPEAKER: usize = 4;
        let mut at = self.next;
        for words in 0..=LONGEST_SPEAKER {
            let word = self.word_from(at);
            if word.is_empty() {
                return false;
            }
            if word.chars().next().is_some_and(char::is_lowercase) {
                return words > 0 && lexicon::reporting_verbs().value(&folded(&word)) == Some("verb");
            }
            at += word.chars().count();
            while self.char_at(at).is_some_and(|mark| mark.is_whitespace() || matches!(mark, '.' | '-')) {
                at += 1;
            }
        }
        false
    }

    fn dot_ends(&self, next: &Next) -> bool {
        let (word, start) = self.word_before();
        let folded_word = folded(&word);
        let kind = lexicon::abbreviations().value(&folded_word);
        if self.closed_quote {
            return !next.is_lower();
        }
        if self.is_list_number(start)
            && word.chars().all(char::is_alphanumeric)
            && !word.is_empty()
            && word.len() <= 3
            && (word.chars().all(|c| c.is_ascii_digit()) || word.chars().count() == 1)
        {
            return false;
        }
        if next.is_lower() {
            // Only where both words leave no doubt: text typed without capitals.
            let plain = word.chars().count() >= 4 && word.chars().all(char::is_lowercase);
            return plain && kind.is_none() && lexicon::sentence_openers().value(&next.word) == Some("subject");
        }
        let number_follows = next.first.is_numeric() || is_roman(&next.word) || matches!(next.first, '?' | '#');
        match kind {
            Some("title" | "inner") => false,
            Some("number") => !number_follows && (next.is_upper() || next.quoted),
            Some("month" | "weekday") => !number_follows && next.opens_sentence(),
            Some("time") => (next.opens_sentence() || is_title(next)) && !self.is_opening_time(start),
            Some("unit") => !number_follows,
            Some("closing") => true,
            Some(_) => next.opens_sentence(),
            None => match shape(&word) {
                Shape::Initial => {
                    next.opens_sentence()
                        && !(word == "I" && self.after_capital(start))
                        && !matches!(next.word.as_str(), "A" | "So" | "Do")
                }
                Shape::Acronym => next.opens_sentence(),
                Shape::Word => true,
            },
        }
    }

    /// True where nothing but marks stands between the beginning of the sentence and `start`.
    fn is_list_number(&self, start: usize) -> bool {
        start - self.sentence <= 4 && self.chars[self.sentence..start].iter().all(|(_, c)| !c.is_alphanumeric())
    }

    /// "At 5 a.m." at the beginning of a sentence is no sentence yet.
    fn is_opening_time(&self, start: usize) -> bool {
        const LONGEST_OPENING: usize = 24;
        start - self.sentence <= LONGEST_OPENING
            && self.chars[self.sentence..start].iter().filter(|(_, c)| c.is_whitespace()).count() <= 2
    }

    fn after_capital(&self, start: usize) -> bool {
        let before: String =
            self.chars[self.sentence..start].iter().rev().take(LONGEST_WORD).map(|&(_, c)| c).collect::<String>();
        // Read backwards: the last letter of the word before is followed by its others; its first is the last one seen.
        let word: Vec<char> =
            before.chars().skip_while(|c| c.is_whitespace()).take_while(|c| c.is_alphanumeric()).collect();
        word.last().is_some_and(|first| first.is_uppercase())
    }
}

fn is_title(next: &Next) -> bool {
    next.is_upper() && lexicon::abbreviations().value(&folded(&next.word)) == Some("title")
}

fn is_roman(word: &str) -> bool {
    !word.is_empty()
        && word.chars().count() <= 5
        && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
        && word != "I"
}

enum Shape {
    /// "J"
    Initial,
    /// "U.S", "Ph.D"
    Acronym,
    /// Anything else.
    Word,
}

fn shape(word: &str) -> Shape {
    /// "Ph.D", "B.Sc", "D-Mass": no part of an acronym is longer.
    const LONGEST_PART: usize = 3;
    let mut letters = word.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return if only.is_uppercase() { Shape::Initial } else { Shape::Word };
    }
    let is_part =
        |part: &str| (1..=LONGEST_PART).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic);
    let has_capital = word.chars().any(char::is_uppercase);
    if word.contains('.') && has_capital && word.split('.').all(is_part) { Shape::Acronym } else { Shape::Word }
}
