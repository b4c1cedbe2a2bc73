//! Parts of a longer time: "the first Monday in October", "the last week of May", "the first nine months of 2024", "the 15th day
//! of next month", "early March", "the end of the year", "later this week", "the rest of the month".
//!
//! In: tokens and a position. Out: a point inside the period that the words name after it. What is early, middle or late is
//! told generously: half of the period or the middle of it, so that two outlets that draw the line elsewhere still meet.

use super::super::quantities::numerals::{Form, Numeral, is_hyphen, is_mark, is_word, numeral};
use super::calendar::{self, Days};
use super::relative::{holding, shifted, unit};
use super::words::{calendar, day_number, weekday};
use super::{Context, Point, absolute};
use crate::model::{Anchor, Grain};
use jiff::civil::Date;

/// The part of a period that begins at token `at`.
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    edge(context, at)
        .or_else(|| counted(context, at))
        .or_else(|| day_of_month(context, at))
        .or_else(|| numbered_week(context, at))
}

/// A period at `at`, with or without an article: "October 2024", "last year", "the month".
fn period(context: Context<'_>, at: usize) -> Option<Point> {
    let long = |point: &Point| {
        matches!(
            point.grain,
            Grain::Week | Grain::Month | Grain::Quarter | Grain::Season | Grain::Year | Grain::Decade | Grain::Century
        )
    };
    let article = is_word(context.tokens, at, "the");
    let first = at + usize::from(article);
    let found = absolute::read(context, first).or_else(|| shifted(context, first)).filter(long);
    if found.is_some() || !article {
        return found;
    }
    let code = unit(context, first).filter(|code| matches!(*code, "wk" | "mo" | "q" | "a" | "10a" | "100a"))?;
    let days = context.published.and_then(|published| holding(published, code));
    (!context.tokens[first].folded.ends_with('s'))
        .then(|| Point::reckoned(at, first + 1, days, super::relative::grain(code)))
}

/// The point `days` inside `period`, from token `at` on.
fn inside(at: usize, period: &Point, days: Option<Days>, grain: Grain) -> Point {
    let anchor = if days.is_some() { period.anchor } else { Anchor::Unresolved };
    let (from, until) = days.unzip();
    Point { from, until, anchor, grain, ..Point::reckoned(at, period.end, None, grain) }
}

/// "early March", "the end of the year", "mid-2024", "later this week", "later in the month".
fn edge(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let article = is_word(tokens, at, "the");
    let first = at + usize::from(article);
    let (_, part) = calendar(tokens, first).filter(|(class, _)| *class == "edge")?;
    let mut next = first + 1;
    next +=
        usize::from(is_word(tokens, next, "part") || is_word(tokens, next, "days") || is_word(tokens, next, "months"));
    let word = tokens[first].folded.as_str();
    // "It will end in 2150", "talks start next week": these are verbs but for "the end of" and "by end 2024".
    let verb = matches!(word, "end" | "start");
    let of = is_word(tokens, next, "of") || !verb && is_word(tokens, next, "in") || is_hyphen(tokens, next);
    let before = at.checked_sub(1).map_or("", |before| tokens[before].folded.as_str());
    let limit = !article && matches!(before, "at" | "by" | "until" | "till" | "since" | "before" | "from" | "after");
    if verb && !of && !limit || part == "rest" && !is_word(tokens, next, "of") {
        return None;
    }
    next += usize::from(of);
    let whole = period(context, next).or_else(|| {
        // "the end of year", "by end of month".
        let code =
            unit(context, next).filter(|code| of && part == "last" && matches!(*code, "mo" | "a" | "q" | "d"))?;
        // "at the end of the day" is a manner of speaking.
        let idiom = code == "d" && article && !is_word(tokens, at.wrapping_sub(1), "by");
        let days = context.published.filter(|_| !idiom).and_then(|published| holding(published, code));
        days.map(|days| Point::reckoned(at, next + 1, Some(days), super::relative::grain(code)))
    })?;
    let days = whole.from.zip(whole.until).and_then(|days| match part {
        // "Earlier this year" ends and "later this year" begins with the day of publication.
        "before" | "after" => Some(match context.published.filter(|day| days.0 <= *day && *day < days.1) {
            Some(day) if part == "before" => (days.0, calendar::add_days(day, 1)?),
            Some(day) => (day, days.1),
            None => days,
        }),
        // "the rest of the year" begins with the day of publication.
        "rest" => context.published.filter(|day| days.0 <= *day && *day < days.1).map(|day| (day, days.1)),
        _ => cut(days, whole.grain, part),
    });
    Some(Point { end: whole.end, ..inside(at, &whole, days, whole.grain) })
}

/// The first half, the last half or the middle of a period.
fn cut((from, until): Days, grain: Grain, part: &str) -> Option<Days> {
    let at = |days: i64| calendar::add_days(from, days);
    let (middle, after_first, before_last) = match grain {
        Grain::Day => return Some((from, until)),
        Grain::Week => (at(3)?, at(1)?, at(4)?),
        Grain::Month => (at(15)?, at(10)?, at(20)?),
        Grain::Decade | Grain::Century => {
            let years = |tenths: i64| {
                let months = if grain == Grain::Decade { 12 } else { 120 };
                calendar::add_months(from, tenths * months)
            };
            (years(5)?, years(3)?, years(8)?)
        }
        _ => {
            let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
            let length = months(until) - months(from);
            let month = |quarters: i64| calendar::add_months(from, length * quarters / 4);
            (month(2)?, month(1)?, month(3)?)
        }
    };
    let days = match part {
        "first" => (from, middle),
        "last" => (middle, until),
        _ => (after_first, before_last),
    };
    (days.0 < days.1).then_some(days)
}

/// Which one: counted from the beginning of a period, or from its end.
#[derive(Clone, Copy)]
enum Which {
    First(i64),
    Last(i64),
}

/// "first", "the second", "last", "the second last", "the final": which one, and the index after it.
fn which(context: Context<'_>, at: usize) -> Option<(Which, usize)> {
    let tokens = context.tokens;
    let first = at + usize::from(is_word(tokens, at, "the"));
    let is_last = |index: usize| is_word(tokens, index, "last") || is_word(tokens, index, "final");
    if is_last(first) {
        return Some((Which::Last(1), first + 1));
    }
    if is_word(tokens, first, "opening") {
        return Some((Which::First(1), first + 1));
    }
    let read = rank(context, first)?;
    let end = read.end + usize::from(is_hyphen(tokens, read.end));
    let number = read.value as i64;
    if is_last(end) { Some((Which::Last(number), end + 1)) } else { Some((Which::First(number), end)) }
}

/// A small rank at `at`.
fn rank(context: Context<'_>, at: usize) -> Option<Numeral> {
    numeral(context.tokens, at).filter(|read| read.form == Form::Ordinal && (1.0..=366.0).contains(&read.value))
}

/// "the first Monday in October", "the last week of May", "first three months of 2024", "the second half of the year".
fn counted(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let (which, mut next) = which(context, at)?;
    let several = numeral(tokens, next).filter(|read| {
        matches!(read.form, Form::Digits | Form::Words) && read.rest.is_none() && (2.0..=366.0).contains(&read.value)
    });
    let count = several.as_ref().map_or(1, |read| read.value as i64);
    next = several.map_or(next, |read| read.end);
    next += usize::from(is_hyphen(tokens, next));
    let named = weekday(tokens, next).filter(|_| count == 1);
    let (code, end) = match named {
        Some((_, end, _)) => ("weekday", end),
        None if is_word(tokens, next, "half") && count == 1 => ("half", next + 1),
        None => (unit(context, next)?, next + 1),
    };
    // "the third week next year", but the "last week last year" would be a slip.
    let bare = calendar(tokens, end).is_some_and(|(class, _)| class == "shift") && matches!(which, Which::First(_));
    if !(is_word(tokens, end, "of") || is_word(tokens, end, "in") || bare) {
        return None;
    }
    let whole = period(context, end + usize::from(!bare))?;
    let days = whole.from.zip(whole.until).and_then(|days| match named {
        Some((number, _, _)) => nth_weekday(days, which, number).and_then(calendar::day),
        None => nth(days, whole.grain, which, count, code),
    });
    let grain = match code {
        "weekday" | "d" if count == 1 => Grain::Day,
        "half" => whole.grain,
        _ if count == 1 => super::relative::grain(code),
        _ => Grain::Range,
    };
    Some(inside(at, &whole, days, grain))
}

/// The first, second, ... or last `weekday` of a period.
fn nth_weekday((from, until): Days, which: Which, weekday: i8) -> Option<Date> {
    let date = match which {
        Which::First(nth) => {
            let first = calendar::next_weekday(calendar::add_days(from, -1)?, weekday, 1)?;
            calendar::add_days(first, 7 * (nth - 1))?
        }
        Which::Last(nth) => calendar::add_days(calendar::next_weekday(until, weekday, -1)?, -7 * (nth - 1))?,
    };
    (from <= date && date < until).then_some(date)
}

/// `count` units of a period, the first, second, ... or last of them.
fn nth(whole: Days, grain: Grain, which: Which, count: i64, code: &str) -> Option<Days> {
    let (from, until) = whole;
    if code == "we" {
        let saturday = nth_weekday(whole, which, 6)?;
        return Some((saturday, calendar::add_days(saturday, 2)?));
    }
    if code == "half" {
        return match which {
            Which::First(1) => cut(whole, grain, "first"),
            Which::First(2) | Which::Last(1) => cut(whole, grain, "last"),
            _ => None,
        };
    }
    // The weeks of a year are numbered from Monday, after ISO 8601; those of a month are told in sevens.
    if code == "wk" && grain == Grain::Year && count == 1 {
        let number = match which {
            Which::First(nth) => nth,
            Which::Last(nth) => weeks_of_year(from)? + 1 - nth,
        };
        return week_of_year(from, number);
    }
    let step = |date: Date, units: i64| match code {
        "d" => calendar::add_days(date, units),
        "wk" => calendar::add_days(date, 7 * units),
        "mo" => calendar::add_months(date, units),
        "q" => calendar::add_months(date, 3 * units),
        "a" => calendar::add_months(date, 12 * units),
        "10a" => calendar::add_months(date, 120 * units),
        _ => None,
    };
    let days = match which {
        Which::First(nth) => (step(from, nth - 1)?, step(from, nth - 1 + count)?),
        Which::Last(nth) => (step(until, 1 - nth - count)?, step(until, 1 - nth)?),
    };
    (from <= days.0 && days.0 < days.1 && days.1 <= until).then_some(days)
}

/// Week `number` of the year that begins at `from`, after ISO 8601: week 1 holds the fourth of January.
fn week_of_year(from: Date, number: i64) -> Option<Days> {
    let (monday, _) = calendar::week(calendar::add_days(from, 3)?)?;
    let monday = calendar::add_days(monday, 7 * (number - 1))?;
    (1..=weeks_of_year(from)?).contains(&number).then_some((monday, calendar::add_days(monday, 7)?))
}

/// How many weeks the year that begins at `from` has: the last one holds the 28th of December.
fn weeks_of_year(from: Date) -> Option<i64> {
    let (first, _) = calendar::week(calendar::add_days(from, 3)?)?;
    let (last, _) = calendar::week(calendar::date(i32::from(from.year()), 12, 28)?)?;
    Some(i64::from((last - first).get_days()) / 7 + 1)
}

/// "the 20th of this month", "20 of the current month", "the 15th day of next month".
fn day_of_month(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let first = at + usize::from(is_word(tokens, at, "the"));
    let (day, mut end) = match day_number(tokens, first) {
        Some(found) => found,
        None => rank(context, first).map(|read| (read.value as u8, read.end)).filter(|(day, _)| *day <= 31)?,
    };
    end += usize::from(is_word(tokens, end, "day"));
    // "the 21st this month".
    let ranked = tokens[first].folded.ends_with(char::is_alphabetic);
    let bare = ranked && calendar(tokens, end).is_some_and(|(class, _)| class == "shift");
    if !is_word(tokens, end, "of") && !bare {
        return None;
    }
    let month = period(context, end + usize::from(!bare)).filter(|point| point.grain == Grain::Month)?;
    let days = month.from.zip(month.until).and_then(|days| nth(days, Grain::Month, Which::First(day.into()), 1, "d"));
    Some(inside(at, &month, days, Grain::Day))
}

/// "week 31 of 2018", "calendar week 31", "the week 31". A bare "week 10" is as often a round of a league.
fn numbered_week(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let led = is_word(tokens, at, "the") || is_word(tokens, at, "calendar");
    let next = at + usize::from(led);
    if !is_word(tokens, next, "week") {
        return None;
    }
    let token = tokens.get(next + 1).filter(|token| token.folded.len() <= 2)?;
    let number: i64 = token.folded.parse().ok().filter(|number| (1..=53).contains(number))?;
    let end = next + 2;
    let joined =
        end + usize::from(is_word(tokens, end, "of") || is_word(tokens, end, "in") || is_mark(tokens, end, ','));
    if let Some(year) = period(context, joined).filter(|point| point.grain == Grain::Year) {
        let days = year.from.and_then(|from| week_of_year(from, number));
        return Some(inside(at, &year, days, Grain::Week));
    }
    if !led {
        return None;
    }
    let days =
        context.published.and_then(|published| week_of_year(calendar::years(published.year().into(), 1)?.0, number));
    Some(Point::reckoned(at, end, days, Grain::Week))
}
