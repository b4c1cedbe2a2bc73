//! Single words and numbers of dates: months, weekdays, day numbers, years.
//!
//! In: tokens and a position. Out: a number and the index after it. Nothing here looks at the publication date.

use super::super::quantities::numerals::{self, Form, glued, is_hyphen, is_mark, is_word};
use crate::lexicon;
use crate::text::tokens::{Token, TokenKind};

/// The class and value the calendar gives the word at `at`.
pub(super) fn calendar(tokens: &[Token<'_>], at: usize) -> Option<(&'static str, &'static str)> {
    let token = tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
    let values = lexicon::calendar_words().values(token.folded.trim_end_matches('.'))?;
    Some((values.first()?, values.get(1)?))
}

/// A month's name: its number, the index after it, and whether the word alone is surely a month.
pub(super) fn month(tokens: &[Token<'_>], at: usize) -> Option<(u8, usize, bool)> {
    let (class, number) = calendar(tokens, at)?;
    let number = number.parse().ok()?;
    let token = &tokens[at];
    match class {
        "month" => Some((number, at + 1, token.is_capitalized() && !matches!(number, 3 | 5))),
        "month-short" => Some((number, at + 1 + usize::from(is_mark(tokens, at + 1, '.') && glued(tokens, at)), false)),
        _ => None,
    }
}

/// A weekday: Monday is 1; the index after it; whether the word alone is surely one.
pub(super) fn weekday(tokens: &[Token<'_>], at: usize) -> Option<(i8, usize, bool)> {
    let (class, number) = calendar(tokens, at)?;
    let number = number.parse().ok()?;
    match class {
        "weekday" => Some((number, at + 1, true)),
        "weekday-short" => {
            Some((number, at + 1 + usize::from(is_mark(tokens, at + 1, '.') && glued(tokens, at)), false))
        }
        _ => None,
    }
}

/// A day of the month in digits: "24", "24th". Words are read by [`spoken_day`].
pub(super) fn day_number(tokens: &[Token<'_>], at: usize) -> Option<(u8, usize)> {
    let token = tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let digits = token.folded.bytes().take_while(u8::is_ascii_digit).count();
    let ending = &token.folded[digits..];
    if digits == 0 || digits > 2 || !matches!(ending, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    let day = token.folded[..digits].parse().ok()?;
    (1..=31).contains(&day).then_some((day, at + 1))
}

/// A day of the month in words: "the twenty-first", "twenty nine". The second value tells a rank from a count.
pub(super) fn spoken_day(tokens: &[Token<'_>], at: usize) -> Option<(u8, usize, bool)> {
    let read = numerals::numeral(tokens, at).filter(|_| tokens[at].kind == TokenKind::Word)?;
    let fits = matches!(read.form, Form::Ordinal | Form::Words)
        && read.value.fract() == 0.0
        && (1.0..=31.0).contains(&read.value);
    (fits && !is_word(tokens, at, "a")).then_some((read.value as u8, read.end, read.form == Form::Ordinal))
}

/// A year in four digits without a comma.
pub(super) fn year(tokens: &[Token<'_>], at: usize) -> Option<i32> {
    let token = tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    if token.folded.len() != 4 || !token.folded.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    token.folded.parse().ok().filter(|year| (1000..=2999).contains(year))
}

/// The year that follows a month or day: "2025", ", 2025", "of 2025", "'25".
pub(super) fn year_after(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize)> {
    if is_mark(tokens, at, '\'') && glued(tokens, at) {
        let token = tokens.get(at + 1).filter(|token| token.folded.len() == 2)?;
        return token.folded.parse().ok().map(|year| (full_year(year), at + 2));
    }
    let mut next = at;
    next += usize::from(
        is_mark(tokens, next, ',')
            || is_mark(tokens, next, '/')
            || is_mark(tokens, next, '-')
            || is_mark(tokens, next, '.'),
    );
    next += usize::from(is_word(tokens, next, "of") || is_word(tokens, next, "in"));
    let Some(found) = year(tokens, next) else {
        return spoken_year(tokens, next).filter(|(_, end)| closes(tokens, *end));
    };
    // "on Nov. 24, 2000 people": only a comma can be followed by a count, and then a plural noun comes.
    let early = (1000..1400).contains(&found) && closes(tokens, next + 1);
    ((1400..=2199).contains(&found) || early).then_some((found, next + 1))
}

/// True where nothing follows that a number before `at` could count.
pub(super) fn closes(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_none_or(|next| {
        next.kind == TokenKind::Mark && !next.is_mark('-') && !next.is_mark('%')
            || lexicon::function_words().has(&next.folded)
    })
}

/// A year in words: "nineteen eighty-four", "nineteen oh five", "twenty eighteen", "two thousand and five", "seventeen hundred
/// thirty-three". The index after it is the second value.
pub(super) fn spoken_year(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize)> {
    let small = |index: usize, values: std::ops::RangeInclusive<i32>| match numerals::class(tokens, index)? {
        ("small" | "tens", value) if value.fract() == 0.0 => {
            Some(value as i32).filter(|value| values.contains(value)).map(|value| (value, index + 1))
        }
        _ => None,
    };
    // "eighty-four", "eighty four", "eighteen".
    let below_hundred = |index: usize| {
        if let Some((tens, end)) = small(index, 20..=90) {
            let next = numerals::past_hyphen(tokens, end);
            return Some(small(next, 1..=9).map_or((tens, end), |(ones, end)| (tens + ones, end)));
        }
        small(index, 10..=19)
    };
    let after_and = |index: usize| index + usize::from(is_word(tokens, index, "and"));
    if let Some((2, next)) = small(at, 2..=2).filter(|(_, next)| is_word(tokens, *next, "thousand")) {
        let (rest, end) = below_hundred(after_and(next + 1)).or_else(|| small(after_and(next + 1), 1..=9))?;
        return Some((2000 + rest, end));
    }
    let (century, next) = small(at, 15..=20)?;
    if is_word(tokens, next, "hundred") {
        let (rest, end) = below_hundred(after_and(next + 1)).or_else(|| small(after_and(next + 1), 1..=9))?;
        return Some((century * 100 + rest, end)).filter(|_| century < 20);
    }
    let next = numerals::past_hyphen(tokens, next);
    if ["oh", "o", "zero", "nought"].iter().any(|nought| is_word(tokens, next, nought)) {
        let (ones, end) = small(next + 1, 1..=9)?;
        return Some((century * 100 + ones, end));
    }
    let (rest, end) = below_hundred(next)?;
    Some((century * 100 + rest, end))
}

/// The year in two digits behind a hyphen: "31-Oct-74". Only where the day stands before the month, else it is a day.
pub(super) fn short_year_after(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize)> {
    let token = tokens.get(at + 1).filter(|token| token.kind == TokenKind::Number && token.folded.len() == 2)?;
    let joined = is_hyphen(tokens, at) && !is_hyphen(tokens, at + 2);
    token.folded.parse().ok().filter(|_| joined).map(|year| (full_year(year), at + 2))
}

/// The century of a year in two digits: up to 50 is this one.
pub(super) fn full_year(short: i32) -> i32 {
    if short <= 50 { 2000 + short } else { 1900 + short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_two_digits_belong_to_the_near_century() {
        assert_eq!(full_year(24), 2024);
        assert_eq!(full_year(97), 1997);
    }
}
