//! Passage → sentences. In: the text of one passage. Out: byte ranges, in order, trimmed, which together cover every
//! character that is no white space. One pass from left to right; what a stop means is asked of `stops`.
//!
//! It will not judge what a sentence says, and will not cut at semicolons or dashes.

use super::marks::{is_bullet, is_closer, is_full_width_stop, is_straight_quote, is_terminator, list_marker};
use super::stops::{Ending, ends_sentence};
use std::ops::Range;

/// A pair of brackets longer than this many characters is taken for two marks that do not belong together.
const LONGEST_BRACKETS: usize = 1000;

/// Cuts the text of one passage into sentences.
pub(super) fn split(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut scanner = Scanner {
        text,
        closed_by: matching_brackets(&chars),
        chars,
        at: 0,
        start: 0,
        quoting: false,
        has_word: false,
        brackets_start: 0,
        brackets_end: 0,
        brackets_inside: false,
        breaks: Vec::new(),
    };
    scanner.run();
    ranges(text, &scanner.breaks)
}

/// Trims what lies between the breaks; a piece without a letter or digit ("…", a stray mark) goes to its neighbor.
fn ranges(text: &str, breaks: &[usize]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::with_capacity(breaks.len() + 1);
    let mut from = 0;
    // Once a piece says something, every later one that is kept apart does too.
    let mut last_says_something = false;
    for &to in breaks.iter().chain(std::iter::once(&text.len())) {
        let piece = &text[from..to];
        let trimmed = piece.trim_start();
        let start = to - trimmed.len();
        let end = start + trimmed.trim_end().len();
        from = to;
        if start == end {
            continue;
        }
        let says_something = text[start..end].chars().any(char::is_alphanumeric);
        match found.last_mut() {
            Some(last) if !says_something || !last_says_something => last.end = end,
            _ => found.push(start..end),
        }
        last_says_something |= says_something;
    }
    found
}

/// For every opening bracket the index of the bracket that closes it, if one does within [`LONGEST_BRACKETS`].
fn matching_brackets(chars: &[(usize, char)]) -> Vec<Option<u32>> {
    let mut closed_by = vec![None; chars.len()];
    let mut open: Vec<(usize, char)> = Vec::new();
    for (index, &(_, character)) in chars.iter().enumerate() {
        let closing = match character {
            '(' => Some(')'),
            '[' => Some(']'),
            '（' => Some('）'),
            _ => None,
        };
        if let Some(closing) = closing {
            open.push((index, closing));
        } else if matches!(character, ')' | ']' | '）')
            && open.last().is_some_and(|&(_, expected)| expected == character)
            && let Some((start, _)) = open.pop()
            && index - start <= LONGEST_BRACKETS
        {
            closed_by[start] = u32::try_from(index).ok();
        }
    }
    closed_by
}

struct Scanner<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
    closed_by: Vec<Option<u32>>,
    at: usize,
    /// Index of the first character of the sentence under way.
    start: usize,
    /// True inside straight double quotes, whose two marks look alike.
    quoting: bool,
    /// True once the sentence under way holds a letter or digit.
    has_word: bool,
    /// Where the outermost brackets under way opened.
    brackets_start: usize,
    /// Where they close.
    brackets_end: usize,
    /// True where words of the same sentence stand before them.
    brackets_inside: bool,
    breaks: Vec<usize>,
}

impl Scanner<'_> {
    fn char_at(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|&(_, character)| character)
    }

    fn offset(&self, index: usize) -> usize {
        self.chars.get(index).map_or(self.text.len(), |&(offset, _)| offset)
    }

    fn skip_space(&self, mut index: usize) -> usize {
        while self.char_at(index).is_some_and(char::is_whitespace) {
            index += 1;
        }
        index
    }

    fn is_space_or_end(&self, index: usize) -> bool {
        self.char_at(index).is_none_or(char::is_whitespace)
    }

    fn run(&mut self) {
        self.start = self.skip_space(0);
        self.at = self.start;
        let mut list = list_marker(&self.chars, self.start);
        if let Some(marker) = &list {
            self.at = marker.end;
        }
        while let Some(character) = self.char_at(self.at) {
            let before = self.breaks.len();
            if character == '\n' {
                self.line_break();
            } else if let Some(marker) = &list
                && self.chars[self.at - 1].1.is_whitespace()
                && (character.is_alphanumeric() || character == '(' || is_bullet(character))
                && list_marker(&self.chars, self.at).is_some_and(|next| next.follows(marker))
            {
                self.cut(self.at);
            } else if is_terminator(character) {
                self.stop();
            } else {
                self.has_word |= character.is_alphanumeric();
                self.note_mark(self.at, character);
                self.at += 1;
            }
            if self.breaks.len() > before {
                let next = list_marker(&self.chars, self.start);
                if let Some(marker) = &next {
                    self.at = marker.end;
                }
                // A list goes on after the sentences of one item, so its marker is kept until another begins.
                list = next.or(list);
            }
        }
    }

    /// Ends the sentence before `index` and goes on behind the white space there.
    fn cut(&mut self, index: usize) {
        self.breaks.push(self.offset(index));
        self.start = self.skip_space(index);
        self.at = self.start;
        self.has_word = false;
    }

    /// A line break is white space, unless a blank line or a list item follows.
    fn line_break(&mut self) {
        let next = self.skip_space(self.at);
        let blank = self.chars[self.at..next].iter().filter(|(_, character)| *character == '\n').count() > 1;
        if blank || self.starts_item(next) {
            self.cut(self.at);
        } else {
            self.at = next;
        }
    }

    /// A dash or bullet with a space behind it, or a number of a list, at the beginning of a line.
    fn starts_item(&self, index: usize) -> bool {
        match self.char_at(index) {
            Some('-' | '*' | '–') => self.is_space_or_end(index + 1),
            Some(mark) if is_bullet(mark) => true,
            Some(digit) if digit.is_ascii_digit() => list_marker(&self.chars, index).is_some(),
            _ => false,
        }
    }

    /// Keeps count of straight quotes and brackets.
    fn note_mark(&mut self, index: usize, character: char) {
        if is_straight_quote(character) {
            let space_before = index == 0 || self.chars[index - 1].1.is_whitespace();
            let space_after = self.is_space_or_end(index + 1);
            self.quoting = match (space_before, space_after) {
                (true, false) => true,
                (false, true) => false,
                _ => !self.quoting,
            };
        } else if index >= self.brackets_end
            && let Some(end) = self.closed_by[index]
        {
            self.brackets_start = index;
            self.brackets_end = end as usize;
            self.brackets_inside = self.has_word;
        }
    }

    /// Reads the stop at the current place with all marks that belong to it, and cuts behind them if it ends a sentence.
    fn stop(&mut self) {
        let first = self.at;
        let mut run_end = first;
        let (mut dots, mut full_width, mut asks_or_exclaims) = (0_usize, false, false);
        while let Some(mark) = self.char_at(run_end).filter(|&mark| is_terminator(mark)) {
            match mark {
                '.' => dots += 1,
                '…' => dots += 3,
                '?' | '!' => asks_or_exclaims = true,
                _ => full_width |= is_full_width_stop(mark),
            }
            run_end += 1;
            // ". . ." is one ellipsis, written with spaces.
            let next = self.skip_space(run_end);
            if mark == '.' && next > run_end && self.char_at(next) == Some('.') && self.is_dot_alone(next) {
                run_end = next;
            }
        }
        let (end, closed_quote) = self.closers(run_end);
        let end = if run_end == first + 1 { self.note_number(first, end) } else { end };
        let next = self.skip_space(end);
        if next >= self.chars.len() {
            self.at = next;
            return;
        }
        let inside_brackets = end <= self.brackets_end && self.brackets_start >= self.start && self.brackets_inside;
        let ending = Ending {
            chars: &self.chars,
            sentence: self.start,
            first,
            end,
            next,
            dots,
            full_width,
            asks_or_exclaims,
            closed_quote,
            opens_quote: self.char_at(next).is_some_and(|mark| is_straight_quote(mark) && !self.quoting),
        };
        if !inside_brackets && ends_sentence(&ending) {
            self.cut(end);
        } else {
            self.at = end;
        }
    }

    fn is_dot_alone(&self, index: usize) -> bool {
        self.char_at(index + 1)
            .is_none_or(|after| after.is_whitespace() || is_closer(after) || is_straight_quote(after))
            || self.char_at(index + 1) == Some('.')
    }

    /// "... last year.12 The": a raised number that lost its raising belongs to the sentence before it.
    fn note_number(&self, first: usize, from: usize) -> usize {
        const LONGEST_NOTE: usize = 4;
        let mut end = from;
        while end - from < LONGEST_NOTE && self.char_at(end).is_some_and(|digit| digit.is_ascii_digit()) {
            end += 1;
        }
        let behind_word = first > 0
            && self.chars.get(first - 1).is_some_and(|&(_, c)| c.is_lowercase() || matches!(c, ')' | '”' | '"'));
        let next = self.skip_space(end);
        let sentence_follows = next > end && self.char_at(next).is_some_and(char::is_uppercase);
        if end > from && behind_word && sentence_follows { end } else { from }
    }

    /// The end of the closing marks behind a stop, and whether a quotation mark is among them. A closing mark belongs
    /// to the sentence it closes even where a space stands before it.
    fn closers(&mut self, from: usize) -> (usize, bool) {
        let (mut end, mut closed_quote) = (from, false);
        while let Some(mark) = self.char_at(end) {
            if is_straight_quote(mark) && self.quoting {
                self.quoting = false;
                closed_quote = true;
            } else if mark == '\'' && end > 0 && !self.char_at(end + 1).is_some_and(char::is_alphanumeric) {
                closed_quote = true;
            } else if is_closer(mark) {
                closed_quote |= !matches!(mark, ')' | ']' | '}' | '）' | '】');
            } else if mark == '[' && self.is_reference(end) {
                end = self.closed_by[end].map_or(end, |close| close as usize);
            } else if mark.is_whitespace() {
                let next = self.skip_space(end);
                let closes = match self.char_at(next) {
                    Some(mark) if is_straight_quote(mark) => self.quoting && self.is_space_or_end(next + 1),
                    Some('”' | '」' | '』') => true,
                    _ => false,
                };
                // Not over a line break: the mark would open the next line.
                if !closes || self.chars[end..next].iter().any(|(_, space)| *space == '\n') {
                    break;
                }
                end = next;
                continue;
            } else {
                break;
            }
            end += 1;
        }
        (end, closed_quote)
    }

    /// "[12]": the mark of a note.
    fn is_reference(&self, index: usize) -> bool {
        self.closed_by[index].is_some_and(|close| {
            let inner = &self.chars[index + 1..close as usize];
            !inner.is_empty() && inner.len() <= 4 && inner.iter().all(|(_, character)| character.is_ascii_digit())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|range| &text[range]).collect()
    }

    /// The expected sentences are parted by bars; the text is what remains when they are joined by spaces.
    fn expect(parted: &str) {
        let sentences: Vec<&str> = parted.split('|').map(str::trim).collect();
        let text = sentences.join(" ");
        assert_eq!(cut(&text), sentences, "in {text:?}");
    }

    #[test]
    fn titles_and_initials_do_not_end_sentences() {
        expect("Gen. Ida Marsh met Sen. Q. R. Dole Jr. on Monday. | Dr. Voss did not.");
        expect("The novel by J. K. Alder sold well. | Albert E. Ross bought it.");
        expect("Rep. Lena Ott (D-Fla.) voted no. | Gov. Pike of St. Orin, Calif., signed it.");
    }

    #[test]
    fn an_acronym_ends_a_sentence_only_before_a_word_that_opens_one() {
        expect("She works in the U.S. Senate building. | He left the U.S. | The visa had expired.");
        expect("Traders at Orrin & Co. sold. | They had asked Orrin & Co. | It closed in June.");
        expect("The U.S.-Marlow pact holds a Ph.D.-level clause.");
    }

    #[test]
    fn times_and_dates_hold_together() {
        expect("At 5 a.m. Mr. Reed called. | He rang off at 6 p.m. | The line was dead.");
        expect("It began on Jan. 4 and ended in Sept. 2031. | No. 7 won.");
        expect("Doors open at 9 a.m. Monday and close at 5 p.m. Friday.");
    }

    #[test]
    fn numbers_keep_their_points() {
        expect("Prices rose 3.5 percent to $1.20. | Version 2.0.1 follows. | It cost 4.");
        expect("Turn to p. 55 and fig. 3. | See vol. IV of the report.");
        expect("Asked about cuts, she said no. | Others agreed.");
    }

    #[test]
    fn addresses_names_and_file_names_are_not_cut() {
        expect("Write to Ida.Marsh@example.org. | Or see https://example.org/a.B?c=D.E for more.");
        expect("The file Report.Final.pdf was on www.Example.org. | Ask for Node.js.");
        expect("She joined Yahoo! in March. | He left Yahoo! | The job was gone.");
    }

    #[test]
    fn each_sentence_of_a_quotation_stands_alone_with_its_closing_mark() {
        expect("“We lost. | We will appeal.” | Voss left the court.");
        expect("\"We lost. | We will appeal.\" | Voss left the court.");
        expect("She said: “He told me ‘Go home.’ | I stayed.” | That was all.");
        expect("'It is over,' he said. | 'Go home.'");
    }

    #[test]
    fn a_closing_mark_after_a_space_stays_with_its_sentence() {
        expect("\"This is a start. \" | He sat down.");
        expect("“This is a start. ” | He sat down.");
        assert_eq!(cut("He sat. \"This is a start.\""), ["He sat.", "\"This is a start.\""]);
    }

    #[test]
    fn a_reporting_verb_goes_on_with_the_sentence() {
        expect("\"Will it hold?\" she asked. | \"Yes!\" the mayor said.");
        expect("\"Will it hold?\" Ida Marsh said. | \"Yes.\" | Nobody laughed.");
    }

    #[test]
    fn brackets_inside_a_sentence_do_not_end_it() {
        expect("He teaches (He was an engineer. | She knew.) at night.".replace(" | ", " ").as_str());
        expect("He teaches at night. | (He was an engineer. | It paid well.) | She knew.");
        expect("The vote [see table 2.] failed. | Nobody minded.[12] | It was late.");
    }

    #[test]
    fn ellipses_end_a_sentence_only_before_a_new_one() {
        expect("Well ... it depends. | I never meant that.... | She left.");
        expect("He waited… and waited. | “There was nothing…” | She left.");
        expect("The plan . . . was dropped. | It failed.");
    }

    #[test]
    fn a_missing_space_is_a_boundary_between_words_only() {
        assert_eq!(cut("It is the end.The next begins."), ["It is the end.", "The next begins."]);
        assert_eq!(cut("It cost 1,000.That is a lot."), ["It cost 1,000.", "That is a lot."]);
        assert_eq!(cut("“It is over.”The judge left."), ["“It is over.”", "The judge left."]);
        assert_eq!(cut("Visit Shop.Com or e.g.Kestrel today"), ["Visit Shop.Com or e.g.Kestrel today"]);
    }

    #[test]
    fn list_items_are_sentences() {
        assert_eq!(cut("1. The pier 2. The quay 3. The lock"), ["1. The pier", "2. The quay", "3. The lock"]);
        assert_eq!(cut("(a) Boats. (b) Nets. It rained."), ["(a) Boats.", "(b) Nets.", "It rained."]);
        assert_eq!(cut("• Boats • Nets"), ["• Boats", "• Nets"]);
        assert_eq!(cut("Aims:\n- more boats\n- fewer nets"), ["Aims:", "- more boats", "- fewer nets"]);
    }

    #[test]
    fn line_breaks_are_white_space_unless_a_blank_line_follows() {
        assert_eq!(cut("The pier was\nclosed on Monday"), ["The pier was\nclosed on Monday"]);
        assert_eq!(cut("The pier\n \nClosed on Monday"), ["The pier", "Closed on Monday"]);
    }

    #[test]
    fn scripts_without_spaces_end_with_their_own_stops() {
        assert_eq!(cut("會議結束。下週再開！好嗎？"), ["會議結束。", "下週再開！", "好嗎？"]);
        assert_eq!(cut("「明日行く。」と述べた。雨だ。"), ["「明日行く。」と述べた。", "雨だ。"]);
        expect("Mayor Lin Hai (林海。市長) spoke. | Nobody else did.");
    }

    #[test]
    fn text_without_capitals_is_cut_where_both_words_leave_no_doubt() {
        assert_eq!(cut("the pier closed. they went home."), ["the pier closed.", "they went home."]);
        assert_eq!(cut("the min. age is 9. the max. is 12"), ["the min. age is 9. the max. is 12"]);
        assert_eq!(cut("It was dull. iPhones sold."), ["It was dull.", "iPhones sold."]);
    }

    #[test]
    fn marks_alone_and_empty_texts_do_no_harm() {
        assert_eq!(cut(""), [""; 0]);
        assert_eq!(cut(" \n "), [""; 0]);
        assert_eq!(cut("..."), ["..."]);
        assert_eq!(cut("? ! ?"), ["? ! ?"]);
        assert_eq!(cut("What?! No. …"), ["What?!", "No. …"]);
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        let started = std::time::Instant::now();
        for pattern in ["! ", "(", "(.", ". . ", "\"", "[1].", "a.", "1. A ", "“.”", "\n", "• ", "U.S. ", "?\"A"]
        {
            let text = pattern.repeat(100_000 / pattern.len());
            let sentences = split(&text);
            assert!(sentences.len() <= text.len());
        }
        // A quadratic scan takes minutes here.
        assert!(started.elapsed().as_secs() < 20);
    }

    proptest! {
        #[test]
        fn every_character_is_in_exactly_one_trimmed_sentence(
            text in "([A-Za-z]{1,3}|[0-9.]{1,4}|[ \n\"'“”()\\[\\]…。!?.,:-]{1,3}|Mr\\. |U\\.S\\. |é|習|\u{3000}|•|— ){0,40}"
        ) {
            let mut joined = String::new();
            let mut last_end = 0;
            for range in split(&text) {
                prop_assert!(range.start >= last_end && range.start < range.end);
                let sentence = &text[range.clone()];
                prop_assert_eq!(sentence.trim(), sentence);
                joined.push_str(sentence);
                last_end = range.end;
            }
            let strip = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
            prop_assert_eq!(strip(&joined), strip(&text));
        }
    }
}
