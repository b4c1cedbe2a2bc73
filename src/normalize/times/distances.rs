//! Times told by how far they lie away: "two weeks ago", "in three days", "a year and a half ago", "a month later", "two
//! Thursdays from now", "the two coming weeks".
//!
//! In: tokens and a position. Out: a point reckoned from the publication date; one that the text reckons from a moment of its
//! own story ("two years later") keeps its distance instead, for the time told before it.

use super::super::quantities::bounds;
use super::super::quantities::numerals::{Form, is_mark, is_word, numeral, past_hyphen};
use super::calendar;
use super::narrative::{Offset, Whole};
use super::relative::{COUPLE, Length, MOST_UNITS, grain, length, moved, moved_part, span_of, unit};
use super::words::{calendar, weekday};
use super::{Context, Point};
use crate::model::{Bound, Grain};
use crate::text::tokens::{Token, TokenKind};

/// The distance that begins at token `at`.
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let into = is_word(tokens, at, "in");
    let first = at + usize::from(into);
    if !may_open(context, first) {
        return None;
    }
    if let Some(point) = ahead_or_behind(context, at).filter(|_| !into) {
        return Some(point);
    }
    if let Some(point) = counted_weekdays(context, at).filter(|_| !into) {
        return Some(point);
    }
    // "hours later", "days after": some, not many.
    if !into && unit(context, first).is_some_and(|_| tokens[first].folded.ends_with('s')) {
        return vague(context, first);
    }
    let parts = lengths(context, first)?;
    let last = parts.last()?;
    let (after, code, article) = (last.end, last.code, last.end == first + 2 && is_article(tokens, first));
    let word = tokens.get(after).map_or("", |token| token.folded.as_str());
    let following = tokens.get(after + 1).map_or("", |token| token.folded.as_str());
    let (sign, offset, end) = match (word, following) {
        ("ago" | "back", _) if !into => (-1, 0, after + 1),
        ("hence", _) => (1, 0, after + 1),
        ("from", "now" | "today") => (1, 0, after + 2),
        ("after" | "from", "tomorrow") => (1, 1, after + 2),
        ("after", "today") => (1, 0, after + 2),
        ("before", "yesterday") => (-1, -1, after + 2),
        ("before", "today") => (-1, 0, after + 2),
        ("from" | "after", "yesterday") => (1, -1, after + 2),
        // "in two weeks' time", and below "in a fortnight's time".
        ("'" | "'s", "time") if into => (1, 0, after + 2),
        // "30 minutes later this week": "later" belongs to the week.
        ("later" | "earlier", "this") => return None,
        ("earlier" | "later", _) if !into => {
            let [part] = parts.as_slice() else { return Some(Point::reckoned(at, after + 1, None, grain(code))) };
            if part.count.fract() != 0.0 || part.vague {
                return Some(Point::reckoned(at, after + 1, None, grain(code)));
            }
            let count = part.count as i64 * if word == "later" { 1 } else { -1 };
            let offset = Some(Offset { count, unit: code, whole: Whole::About });
            return Some(Point { offset, ..Point::reckoned(at, after + 1, None, grain(code)) });
        }
        _ if into && (context.looks_ahead(at) || context.entry) => (1, 0, after),
        _ => return None,
    };
    if let ("ago", [length]) = (word, parts.as_slice())
        && let Some(point) = weeks_ago_on(context, at, end, length)
    {
        return Some(point);
    }
    let [whole] = parts.as_slice() else {
        let date = context.published.and_then(|published| {
            parts.iter().try_fold(calendar::add_days(published, offset)?, |date, part| moved_part(date, sign, part))
        });
        return Some(Point::reckoned(at, end, date.and_then(calendar::day), grain(code)));
    };
    if code == "h" {
        let unit_at = after - 1;
        // "in a second", "in a minute": soon.
        if into && article && !tokens[unit_at].folded.starts_with('h') {
            return None;
        }
        let count = if whole.vague { 1 } else { whole.count.ceil() as i64 };
        return Some(hours(context, at, end, sign * count, tokens[unit_at].folded.starts_with('h')));
    }
    let start = context.published.and_then(|published| calendar::add_days(published, offset));
    if whole.vague {
        return Some(some_way_off(context, at, end, sign, whole));
    }
    let date = start.and_then(|start| moved_part(start, sign, whole));
    let days = date.and_then(calendar::day);
    let mut point = Point::reckoned(at, end, days, grain(code));
    if sign < 0 {
        bound_before(context, &mut point);
    }
    Some(point)
}

/// "a week ago Monday": so many weeks before the last day of that name.
fn weeks_ago_on(context: Context<'_>, at: usize, next: usize, length: &Length) -> Option<Point> {
    let on = next + usize::from(is_word(context.tokens, next, "on"));
    let (number, end, _) = weekday(context.tokens, on).filter(|(_, _, sure)| *sure)?;
    let weeks = (length.code == "wk" && !length.vague && length.count.fract() == 0.0).then_some(length.count as i64)?;
    let date = context
        .published
        .and_then(|published| calendar::add_days(calendar::next_weekday(published, number, -1)?, -7 * weeks));
    Some(Point::reckoned(at, end, date.and_then(calendar::day), Grain::Day))
}

/// False for the many words with which no distance begins: one look-up tells, where reading would take a dozen.
fn may_open(context: Context<'_>, at: usize) -> bool {
    let tokens = context.tokens;
    let counts = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.kind == TokenKind::Number
                || token.kind == TokenKind::Word && crate::lexicon::number_words().has(&token.folded)
        })
    };
    let Some(token) = tokens.get(at) else { return false };
    match token.folded.as_str() {
        "the" => counts(at + 1),
        "a" | "an" | "half" | "few" | "several" | "couple" => true,
        _ => counts(at) || unit(context, at).is_some(),
    }
}

fn is_article(tokens: &[Token<'_>], at: usize) -> bool {
    matches!(tokens[at].folded.as_str(), "a" | "an")
}

/// "two weeks", "a year and a half", "half a century", "1 month and 21 days", "a few days": the lengths that begin at `at`.
fn lengths(context: Context<'_>, at: usize) -> Option<Vec<Length>> {
    let tokens = context.tokens;
    let one = |at: usize| {
        if let Some(length) = length(context, at) {
            return Some(length).filter(|length| length.count <= MOST_UNITS);
        }
        let half = is_word(tokens, at, "half");
        let article = at + usize::from(half);
        if !is_article(tokens, article.min(tokens.len() - 1)) || article >= tokens.len() {
            return None;
        }
        if !half && let Some(length) = length(context, article + 1).filter(|length| length.vague) {
            return Some(length);
        }
        let code = unit(context, article + 1).filter(|_| !tokens[article + 1].folded.ends_with('s'))?;
        if half {
            return matches!(code, "a" | "10a" | "100a" | "h").then_some(Length {
                count: 0.5,
                code,
                vague: false,
                end: article + 2,
            });
        }
        // "a year and a half".
        let and = article + 2;
        let and_half = is_word(tokens, and, "and")
            && is_word(tokens, and + 1, "a")
            && is_word(tokens, and + 2, "half")
            && matches!(code, "a" | "mo" | "wk" | "10a" | "100a" | "h");
        let (count, end) = if and_half { (1.5, and + 3) } else { (1.0, and) };
        Some(Length { count, code, vague: false, end })
    };
    let mut parts = vec![one(at)?];
    while parts.len() < 3 {
        let last = parts.last()?;
        let next = last.end + usize::from(is_mark(tokens, last.end, ','));
        let next = next + usize::from(is_word(tokens, next, "and"));
        match length(context, next) {
            // "two years and three months ago": the smaller unit follows, in full numbers.
            Some(more) if !last.vague && !more.vague && finer(more.code, last.code) && last.count.fract() == 0.0 => {
                parts.push(more);
            }
            _ => break,
        }
    }
    Some(parts)
}

/// True where `code` is a shorter unit than `other`.
fn finer(code: &str, other: &str) -> bool {
    let rank = |code: &str| ["h", "d", "wk", "mo", "a", "10a"].iter().position(|unit| *unit == code);
    rank(code).zip(rank(other)).is_some_and(|(one, other)| one < other)
}

/// "a few days ago", "several months from now": about three, a couple about two, told so loosely that the days around count too.
fn some_way_off(context: Context<'_>, at: usize, end: usize, sign: i64, length: &Length) -> Point {
    let count = if length.count > COUPLE { 3 } else { 2 };
    let days = context.published.and_then(|published| match length.code {
        "a" | "10a" | "100a" => {
            let far = moved(published, sign * length.count as i64, length.code)?;
            let near = moved(published, sign, length.code)?;
            Some(if sign < 0 { (far, near) } else { (near, far) })
        }
        code => moved(published, sign * count, code).and_then(calendar::day),
    });
    let grain = match length.code {
        "d" => Grain::Week,
        "wk" | "2wk" | "we" => Grain::Month,
        "mo" | "q" => Grain::Year,
        _ => Grain::Range,
    };
    Point::reckoned(at, end, days, grain)
}

/// "more than two years ago", "less than a week ago": open towards the past, or reaching to the day of publication.
fn bound_before(context: Context<'_>, point: &mut Point) {
    let Some((bound, start)) = bounds::before(context.tokens, point.start, 0, 1.0) else { return };
    match bound {
        Bound::AtLeast | Bound::MoreThan => point.from = None,
        Bound::AtMost | Bound::LessThan => {
            point.until = context.published.and_then(|published| calendar::add_days(published, 1));
        }
        Bound::Exact | Bound::About | Bound::Range => return,
    }
    point.start = start;
    point.grain = Grain::Range;
}

/// "the 10 previous weeks", "two upcoming months": a count before the word that says where they lie.
fn ahead_or_behind(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let first = at + usize::from(is_word(tokens, at, "the"));
    let count = numeral(tokens, first)
        .filter(|read| matches!(read.form, Form::Digits | Form::Words) && read.rest.is_none())
        .filter(|read| read.value.fract() == 0.0 && (1.0..=MOST_UNITS).contains(&read.value))?;
    let word = tokens.get(count.end)?.folded.as_str();
    let sign = match word {
        "past" | "previous" | "preceding" => -1,
        "next" | "coming" | "upcoming" | "following" => 1,
        _ => return None,
    };
    let code = unit(context, count.end + 1).filter(|_| count.value > 1.0 || word == "upcoming")?;
    let length = Length { count: count.value, code, vague: false, end: count.end + 2 };
    span_of(context, at, length.end, sign, &[length])
}

/// "two Thursdays ago": a count before the name of a day.
fn counted_weekdays(context: Context<'_>, at: usize) -> Option<Point> {
    let read = numeral(context.tokens, at)
        .filter(|read| matches!(read.form, Form::Digits | Form::Words) && read.rest.is_none())
        .filter(|read| read.value.fract() == 0.0 && read.value <= MOST_UNITS)?;
    weekdays_away(context, at, read.value as i64, past_hyphen(context.tokens, read.end))
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
