//! Times told by how far they lie away: "two weeks ago", "in three days", "a month later", "two Thursdays from now".
//!
//! In: tokens and a position. Out: a point reckoned from the publication date; one that the text reckons from a moment of its
//! own story ("two years later") keeps its distance instead, for the time told before it.

use super::super::quantities::numerals::{Form, is_hyphen, is_mark, is_word, numeral};
use super::calendar;
use super::narrative::{Offset, Whole};
use super::relative::{MOST_UNITS, grain, holding, moved, unit};
use super::words::calendar;
use super::{Context, Point};
use crate::model::Grain;

/// The distance that begins at token `at`.
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let into = is_word(tokens, at, "in");
    let first = at + usize::from(into);
    let article = matches!(tokens.get(first)?.folded.as_str(), "a" | "an");
    let (count, mut next) = match numeral(tokens, first) {
        Some(read) if matches!(read.form, Form::Digits | Form::Words) && read.rest.is_none() => (read.value, read.end),
        _ if article => (1.0, first + 1),
        // "hours later", "days after": some, not many.
        _ if unit(context, first).is_some_and(|_| tokens[first].folded.ends_with('s')) && !into => {
            return vague(context, first);
        }
        _ => return None,
    };
    next += usize::from(is_mark(tokens, next, '-') && is_hyphen(tokens, next));
    if count.fract() != 0.0 || count > MOST_UNITS {
        return None;
    }
    let count = count as i64;
    if let Some(point) = weekdays_away(context, at, count, next).filter(|_| !into) {
        return Some(point);
    }
    let code = unit(context, next)?;
    let after = next + 1;
    let word = tokens.get(after).map_or("", |token| token.folded.as_str());
    let following = tokens.get(after + 1).map_or("", |token| token.folded.as_str());
    let (shift, offset, end) = match (word, following) {
        ("ago" | "back", _) if !into => (-count, 0, after + 1),
        ("hence", _) => (count, 0, after + 1),
        ("from", "now" | "today") => (count, 0, after + 2),
        ("after" | "from", "tomorrow") => (count, 1, after + 2),
        ("after", "today") => (count, 0, after + 2),
        ("before", "yesterday") => (-count, -1, after + 2),
        ("before", "today") => (-count, 0, after + 2),
        ("from" | "after", "yesterday") => (count, -1, after + 2),
        // "30 minutes later this week": "later" belongs to the week.
        ("later" | "earlier", "this") => return None,
        ("earlier" | "later", _) if !into => {
            let count = if word == "later" { count } else { -count };
            let offset = Some(Offset { count, unit: code, whole: Whole::About });
            return Some(Point { offset, ..Point::reckoned(at, after + 1, None, grain(code)) });
        }
        _ if into && (context.looks_ahead(at) || context.entry) => (count, 0, after),
        _ => return None,
    };
    if code == "h" {
        // "in a second", "in a minute": soon.
        if into && article && !tokens[next].folded.starts_with('h') {
            return None;
        }
        return Some(hours(context, at, end, shift, tokens[next].folded.starts_with('h')));
    }
    let date = context.published.and_then(|published| moved(calendar::add_days(published, offset)?, shift, code));
    let days = date.and_then(|date| {
        if shift < 0 && matches!(code, "a" | "10a" | "100a") && count > 1 {
            holding(date, "a")
        } else {
            calendar::day(date)
        }
    });
    Some(Point::reckoned(at, end, days, grain(code)))
}

/// "in five minutes" is today; hours may lead past midnight.
fn hours(context: Context<'_>, at: usize, end: usize, shift: i64, long: bool) -> Point {
    let days = context.published.filter(|_| shift.abs() <= if long { 24 } else { 120 }).and_then(|published| {
        let (from, until) = calendar::day(published)?;
        Some(match (long, shift < 0) {
            (true, true) => (calendar::add_days(from, -1)?, until),
            (true, false) => (from, calendar::add_days(until, 1)?),
            (false, _) => (from, until),
        })
    });
    Point::reckoned(at, end, days, Grain::Time)
}

/// "hours later": a day of the story, where one is told.
fn vague(context: Context<'_>, at: usize) -> Option<Point> {
    let code = unit(context, at).filter(|code| *code == "h")?;
    let count = match context.tokens.get(at + 1)?.folded.as_str() {
        _ if is_word(context.tokens, at + 2, "this") => return None,
        "later" => 1,
        "earlier" => -1,
        _ => return None,
    };
    let offset = Some(Offset { count, unit: code, whole: Whole::About });
    Some(Point { offset, ..Point::reckoned(at, at + 2, None, Grain::Time) })
}

/// "two Thursdays ago", "three Fridays from now".
fn weekdays_away(context: Context<'_>, at: usize, count: i64, next: usize) -> Option<Point> {
    let tokens = context.tokens;
    let (class, number) = calendar(tokens, next)?;
    let number: i8 = number.parse().ok().filter(|_| class.starts_with("weekday"))?;
    let (step, end) = match tokens.get(next + 1)?.folded.as_str() {
        "ago" | "back" => (-1, next + 2),
        "from" if is_word(tokens, next + 2, "now") || is_word(tokens, next + 2, "today") => (1, next + 3),
        _ => return None,
    };
    let date = context.published.and_then(|published| {
        calendar::add_days(calendar::next_weekday(published, number, step)?, step * 7 * (count - 1))
    });
    Some(Point::reckoned(at, end, date.and_then(calendar::day), Grain::Day))
}
