//! Years and what is longer, told by themselves: "2024", "the year 2020", "in nineteen eighty-four", "AD 410", "the 1990s", "19th
//! century".
//!
//! In: tokens and a position. Out: a point in the calendar. Four digits are a year where nothing makes them a count, a sum or a
//! name.

use super::super::quantities::numerals::{Form, glued, is_hyphen, is_mark, is_word, numeral, past_hyphen};
use super::absolute::{fixed, leads, of_year};
use super::words::{calendar, closes, day_number, month, spoken_day, spoken_year, year, year_after};
use super::{Context, Point, calendar as days};
use crate::lexicon;
use crate::model::Grain;
use crate::text::tokens::TokenKind;

/// "the 1990s", "the '90s", "the nineties", "19th century".
pub(super) fn decade(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    if let Some(read) =
        numeral(tokens, at).filter(|read| read.form == Form::Ordinal && (1.0..=30.0).contains(&read.value))
    {
        let next = past_hyphen(tokens, read.end);
        let year = (read.value as i32 - 1) * 100;
        return (is_word(tokens, next, "century") && year > 0)
            .then(|| fixed(at, next + 1, days::years(year, 100), Grain::Century))
            .flatten();
    }
    if let Some(("decade", year)) = calendar(tokens, at) {
        return is_word(tokens, at.wrapping_sub(1), "the")
            .then(|| fixed(at, at + 1, days::years(year.parse().ok()?, 10), Grain::Decade))
            .flatten();
    }
    let quoted = is_mark(tokens, at, '\'');
    let number = tokens.get(at + usize::from(quoted)).filter(|token| token.kind == TokenKind::Number)?;
    let led = at > 0 && matches!(tokens[at - 1].folded.as_str(), "the" | "early" | "late" | "mid" | "-");
    // "the 1970's", but "1970's winner" is of one year.
    let mark = at + 1 + usize::from(quoted);
    let owned = led
        && is_mark(tokens, mark, '\'')
        && is_word(tokens, mark + 1, "s")
        && glued(tokens, mark - 1)
        && glued(tokens, mark);
    let digits = number.folded.strip_suffix('s').or(Some(number.folded.as_str()).filter(|_| owned))?;
    let end = mark + if owned { 2 } else { 0 };
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        4 if year % 100 == 0 && (1000..2000).contains(&year) => fixed(at, end, days::years(year, 100), Grain::Century),
        4 if year % 10 == 0 && year >= 1000 => fixed(at, end, days::years(year, 10), Grain::Decade),
        // "in his 40s" is an age.
        2 if year % 10 == 0 && (quoted || led) => {
            fixed(at, end, days::years(if year <= 20 { 2000 + year } else { 1900 + year }, 10), Grain::Decade)
        }
        _ => None,
    }
}

/// A year by itself. Four digits are a year where nothing makes them a count, a sum or a name.
pub(super) fn bare_year(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    if let Some(point) = early_year(context, at).or_else(|| named_year(context, at)) {
        return Some(point);
    }
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let Some(found) = year(tokens, at) else {
        let (found, end) = spoken_year(tokens, at).filter(|(_, end)| closes(tokens, *end))?;
        let led = before.is_some_and(|before| leads(&before.folded) && before.folded != "the");
        return if led { fixed(at, end, days::years(found, 1), Grain::Year) } else { None };
    };
    if let Some(point) = month_of_year(context, at, found) {
        return Some(point);
    }
    let led =
        before.is_some_and(|before| leads(&before.folded) || matches!(before.folded.as_str(), "year" | "(" | "fiscal"));
    if !(led && (1400..=2199).contains(&found) || (1900..=2099).contains(&found)) {
        return None;
    }
    let money = before.is_some_and(|before| {
        lexicon::currencies().value(&before.folded).is_some()
            || before.is_mark('#')
            || before.is_mark('.') && glued(tokens, at - 1)
            || before.is_mark(':') && glued(tokens, at - 1)
    });
    let bounded = before.is_some_and(|before| lexicon::bounds().has(&before.folded))
        || at >= 2
            && tokens[at - 1].folded == "than"
            && !matches!(tokens[at - 2].folded.as_str(), "later" | "earlier" | "sooner")
        || at >= 2 && tokens[at - 2].folded == "at" && tokens[at - 1].folded == "least";
    let named = before.is_some_and(|before| {
        let classes = lexicon::value_cues().values(&before.folded).unwrap_or_default();
        // "RFC 2093", but "the Camp 2093".
        classes.contains(&"names") || before.is_upper() && classes.contains(&"titles")
    }) || at >= 2
        && is_hyphen(tokens, at - 1)
        && tokens[at - 2].kind == TokenKind::Word
        && !leads(&tokens[at - 2].folded);
    let next = tokens.get(at + 1);
    let unit = next.is_some_and(|next| {
        next.is_mark('%')
            || next.is_mark('/') && glued(tokens, at)
            || next.kind == TokenKind::Word
                && (lexicon::units().has(&next.folded) && !leads(&next.folded)
                    || lexicon::currencies().has(&next.folded)
                    || lexicon::number_words().has(&next.folded))
            || matches!(
                next.folded.as_str(),
                "people" | "men" | "women" | "children" | "jobs" | "troops" | "homes" | "soldiers"
            )
    });
    if money || bounded || named || unit || tokens.len() == 1 && !(1900..=2099).contains(&found) {
        return None;
    }
    let era = next.is_some_and(|next| matches!(next.folded.as_str(), "ad" | "ce"));
    fixed(at, at + 1 + usize::from(era), days::years(found, 1), Grain::Year)
}

/// "the year 2020": the word makes any number of four digits one.
fn named_year(context: Context<'_>, at: usize) -> Option<Point> {
    let word = at + usize::from(is_word(context.tokens, at, "the"));
    if !is_word(context.tokens, word, "year") {
        return None;
    }
    let (found, end) = year(context.tokens, word + 1)
        .map(|found| (found, word + 2))
        .or_else(|| spoken_year(context.tokens, word + 1))?;
    fixed(at, end, days::years(found, 1), Grain::Year)
}

/// "2016 June": no day follows, and the month is told by its full name.
fn month_of_year(context: Context<'_>, at: usize, named: i32) -> Option<Point> {
    let tokens = context.tokens;
    let (number, end, _) = month(tokens, at + 1).filter(|(_, _, sure)| *sure)?;
    let day = day_number(tokens, end).is_some() || spoken_day(tokens, end).is_some();
    // "In 2016 June Lund won."
    let named_on = tokens.get(end).is_some_and(|next| next.is_capitalized());
    let own = named_on || year_after(tokens, end).is_some() || of_year(context, end).is_some();
    let plain = (1900..=2099).contains(&named) && !day && !own;
    plain.then(|| fixed(at, end, days::months(named, number, 1), Grain::Month)).flatten()
}

/// "14 A.D.", "AD 410": an era makes any number a year.
fn early_year(context: Context<'_>, at: usize) -> Option<Point> {
    let era = |index: usize| {
        let token = context.tokens.get(index).filter(|token| token.kind == TokenKind::Word)?;
        let known = matches!(token.folded.as_str(), "ad" | "ce" | "a.d" | "a.d." | "c.e" | "c.e.");
        (known && token.is_upper() || token.folded.starts_with("a.d")).then_some(index + 1)
    };
    let number = |index: usize| -> Option<i32> {
        let token = context.tokens.get(index).filter(|token| (1..=3).contains(&token.folded.len()))?;
        token.folded.parse().ok().filter(|year| *year > 0)
    };
    let (year, end) = match number(at) {
        Some(year) => (year, era(at + 1)?),
        None => (number(era(at)?)?, at + 2),
    };
    fixed(at, end, days::years(year, 1), Grain::Year)
}
