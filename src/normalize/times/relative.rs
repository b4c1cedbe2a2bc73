//! Times reckoned from the day of publication: "yesterday", "last Friday", "two weeks ago", "this year".
//!
//! In: tokens and a position. Out: a point, unresolved where the publication date is not known or where the text reckons
//! from a moment of its own story ("two years later", "the following day").

use super::super::quantities::numerals::{Form, is_hyphen, is_mark, is_word, numeral};
use super::calendar::{self, Days};
use super::words::{calendar, day_number, month, weekday};
use super::{Context, Point};
use crate::model::Grain;
use crate::text::tokens::TokenKind;
use jiff::civil::Date;

/// More units than this are no time a newspaper reckons with, and dates would overflow.
const MOST_UNITS: f64 = 5_000.0;

/// The relative time that begins at token `at`.
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    nth_weekday(context, at)
        .or_else(|| around_today(context, at))
        .or_else(|| weekday_of_week(context, at))
        .or_else(|| counted(context, at))
        .or_else(|| shifted(context, at))
        .or_else(|| weekday_alone(context, at))
        .or_else(|| weekend_alone(context, at))
        .or_else(|| day_of_month(context, at))
}

fn day_point(context: Context<'_>, start: usize, end: usize, days: i64) -> Point {
    let date = context.published.and_then(|published| calendar::add_days(published, days));
    Point::reckoned(start, end, date.and_then(calendar::day), Grain::Day)
}

/// "yesterday", "the day before yesterday", "last night", "this morning".
fn around_today(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let past_part = |end: usize| end + usize::from(calendar(tokens, end).is_some_and(|(class, _)| class == "part"));
    let start = at;
    let day = at + usize::from(is_word(tokens, at, "the"));
    if is_word(tokens, day, "day") {
        let shift = match (tokens.get(day + 1)?.folded.as_str(), tokens.get(day + 2)?.folded.as_str()) {
            ("before", "yesterday") => -2,
            ("after", "tomorrow") => 2,
            _ => return None,
        };
        return Some(day_point(context, start, day + 3, shift));
    }
    let (class, value) = calendar(tokens, at)?;
    if class == "day" {
        return Some(day_point(context, at, past_part(at + 1), value.parse().ok()?));
    }
    if class == "shift" && calendar(tokens, at + 1).is_some_and(|(class, _)| class == "part") {
        let shift = match tokens[at].folded.as_str() {
            "last" if is_word(tokens, at + 1, "night") => -1,
            "this" => 0,
            _ => return None,
        };
        return Some(day_point(context, at, at + 2, shift));
    }
    None
}

/// "Tuesday of last week".
fn weekday_of_week(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let (number, end, _) = weekday(tokens, at)?;
    let end = end + usize::from(is_word(tokens, end, "of"));
    let (class, shift) = calendar(tokens, end)?;
    if class != "shift" || !is_word(tokens, end + 1, "week") {
        return None;
    }
    let shift: i64 = shift.parse().ok()?;
    let date = context.published.and_then(|published| {
        let (monday, _) = calendar::week(published)?;
        calendar::add_days(monday, 7 * shift + i64::from(number) - 1)
    });
    Some(Point::reckoned(at, end + 2, date.and_then(calendar::day), Grain::Day))
}

/// "the first Monday in October", "last Friday of March 2024".
fn nth_weekday(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let (nth, next) = if is_word(tokens, at, "last") {
        (-1, at + 1)
    } else {
        let read =
            numeral(tokens, at).filter(|read| read.form == Form::Ordinal && (1.0..=5.0).contains(&read.value))?;
        (read.value as i64, read.end)
    };
    let (number, end, _) = weekday(tokens, next)?;
    if !matches!(tokens.get(end).map(|token| token.folded.as_str()), Some("of" | "in")) {
        return None;
    }
    let later = end + 1 + usize::from(is_word(tokens, end + 1, "the"));
    let month = super::absolute::read(context, later)
        .or_else(|| shifted(context, later))
        .filter(|point| point.grain == Grain::Month)?;
    let date = month.from.zip(month.until).and_then(|(from, until)| {
        let date = if nth < 0 {
            calendar::next_weekday(until, number, -1)?
        } else {
            let first = calendar::next_weekday(calendar::add_days(from, -1)?, number, 1)?;
            calendar::add_days(first, 7 * (nth - 1))?
        };
        (date < until).then_some(date)
    });
    let mut point = Point::reckoned(at, month.end, date.and_then(calendar::day), Grain::Day);
    if point.from.is_some() {
        point.anchor = month.anchor;
    }
    Some(point)
}

/// A unit of time at `at`: its code in the calendar's table.
fn unit(context: Context<'_>, at: usize) -> Option<&'static str> {
    calendar(context.tokens, at).filter(|(class, _)| *class == "unit").map(|(_, code)| code)
}

/// `date` moved by `count` units.
fn moved(date: Date, count: i64, unit: &str) -> Option<Date> {
    match unit {
        "d" => calendar::add_days(date, count),
        "wk" | "we" => calendar::add_days(date, count.checked_mul(7)?),
        "2wk" => calendar::add_days(date, count.checked_mul(14)?),
        "mo" => calendar::add_months(date, count),
        "q" => calendar::add_months(date, count.checked_mul(3)?),
        "a" => calendar::add_months(date, count.checked_mul(12)?),
        "10a" => calendar::add_months(date, count.checked_mul(120)?),
        "100a" => calendar::add_months(date, count.checked_mul(1200)?),
        _ => Some(date),
    }
}

/// How fine "three years ago" speaks: of a year, not of a day.
fn grain(unit: &str) -> Grain {
    match unit {
        "wk" | "2wk" => Grain::Week,
        "we" => Grain::Weekend,
        "mo" => Grain::Month,
        "q" => Grain::Quarter,
        "a" => Grain::Year,
        "10a" => Grain::Decade,
        "100a" => Grain::Century,
        _ => Grain::Day,
    }
}

/// The unit-long interval that holds `date`.
fn holding(date: Date, unit: &str) -> Option<Days> {
    let (year, month) = (i32::from(date.year()), date.month());
    match unit {
        "d" | "h" => calendar::day(date),
        "wk" => calendar::week(date),
        "we" => calendar::weekend(date),
        "mo" => calendar::months(year, u8::try_from(month).ok()?, 1),
        "q" => calendar::months(year, u8::try_from((month - 1) / 3 * 3 + 1).ok()?, 3),
        "a" => calendar::years(year, 1),
        "10a" => calendar::years(year.div_euclid(10) * 10, 10),
        "100a" => calendar::years(year.div_euclid(100) * 100, 100),
        _ => None,
    }
}

/// "two days ago", "a year earlier", "three weeks from now", "in two days", "two Thursdays ago".
fn counted(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let led = is_word(tokens, at, "in") && context.looks_ahead(at);
    let first = at + usize::from(led);
    let article = matches!(tokens.get(first)?.folded.as_str(), "a" | "an");
    let (count, mut next) = match numeral(tokens, first) {
        Some(read) if matches!(read.form, Form::Digits | Form::Words) && read.rest.is_none() => (read.value, read.end),
        _ if article => (1.0, first + 1),
        _ => return None,
    };
    next += usize::from(is_mark(tokens, next, '-') && is_hyphen(tokens, next));
    if count.fract() != 0.0 || count > MOST_UNITS {
        return None;
    }
    let count = count as i64;
    let ago = |index: usize| tokens.get(index).is_some_and(|token| matches!(token.folded.as_str(), "ago" | "back"));
    if let Some((class, number)) = calendar(tokens, next)
        && class.starts_with("weekday")
        && ago(next + 1)
    {
        let number: i8 = number.parse().ok()?;
        let date = context
            .published
            .and_then(|published| calendar::add_days(calendar::next_weekday(published, number, -1)?, -7 * (count - 1)));
        return Some(Point::reckoned(at, next + 2, date.and_then(calendar::day), Grain::Day));
    }
    let code = unit(context, next)?;
    let after = next + 1;
    let word = tokens.get(after).map_or("", |token| token.folded.as_str());
    let from_now =
        word == "from" && tokens.get(after + 1).is_some_and(|token| matches!(token.folded.as_str(), "now" | "today"));
    let around = match (word, tokens.get(after + 1).map_or("", |token| token.folded.as_str())) {
        ("after" | "from", "tomorrow") => Some((1, 1)),
        ("after", "today") => Some((1, 0)),
        ("before", "yesterday") => Some((-1, -1)),
        ("before", "today") => Some((-1, 0)),
        ("from" | "after", "yesterday") => Some((1, -1)),
        _ => None,
    };
    let (shift, offset, end) = match word {
        "ago" | "back" => (-count, 0, after + 1),
        "hence" => (count, 0, after + 1),
        "from" if from_now => (count, 0, after + 2),
        _ if around.is_some() => {
            let (sign, offset) = around.unwrap_or_default();
            (sign * count, offset, after + 2)
        }
        "earlier" | "later" if code != "h" || count > 0 => {
            return Some(Point::reckoned(at, after + 1, None, grain(code)));
        }
        _ if led && code != "h" => (count, 0, after),
        _ => return None,
    };
    let date = context.published.and_then(|published| moved(calendar::add_days(published, offset)?, shift, code));
    let days = if code == "h" {
        None
    } else {
        date.and_then(|date| {
            if shift < 0 && matches!(code, "a" | "10a" | "100a") && count > 1 {
                holding(date, "a")
            } else {
                calendar::day(date)
            }
        })
    };
    Some(Point::reckoned(at, end, days, if code == "h" { Grain::Time } else { grain(code) }))
}

/// "last week", "the past three months", "next April", "this Friday", "early next year", "the following day".
fn shifted(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let mut first = at;
    let mut edged = false;
    while calendar(tokens, first).is_some_and(|(class, _)| class == "edge") && first < at + 3 {
        edged |= !is_word(tokens, first, "the");
        first += 1;
        first += usize::from(
            edged && (is_word(tokens, first, "of") || is_word(tokens, first, "in") || is_hyphen(tokens, first)),
        );
    }
    // "the end of the year".
    if edged
        && is_word(tokens, first.wrapping_sub(1), "the")
        && let Some(code) = unit(context, first).filter(|code| matches!(*code, "wk" | "mo" | "a" | "10a"))
        && is_word(tokens, first.wrapping_sub(2), "of")
    {
        let days = context.published.and_then(|published| holding(published, code));
        return Some(Point::reckoned(at, first + 1, days, grain(code)));
    }
    if edged
        && let Some(point) = super::absolute::read(context, first).filter(|point| {
            matches!(
                point.grain,
                Grain::Year | Grain::Month | Grain::Decade | Grain::Century | Grain::Quarter | Grain::Season
            )
        })
    {
        return Some(Point { start: at, ..point });
    }
    let (_, shift) = calendar(tokens, first).filter(|(class, _)| *class == "shift")?;
    let shift: i64 = shift.parse().ok()?;
    let word = tokens[first].folded.as_str();
    let article = first > at && is_word(tokens, first - 1, "the");
    let next = first + 1;
    if let Some((number, end, _)) = weekday(tokens, next).filter(|_| calendar(tokens, next).is_some()) {
        let date = context.published.and_then(|published| match word {
            "last" | "past" | "preceding" => calendar::next_weekday(published, number, -1),
            "coming" | "upcoming" => calendar::next_weekday(published, number, 1),
            _ => {
                let (monday, _) = calendar::week(published)?;
                calendar::add_days(monday, 7 * shift + i64::from(number) - 1)
            }
        });
        let part = usize::from(calendar(tokens, end).is_some_and(|(class, _)| class == "part"));
        return Some(Point::reckoned(at, end + part, date.and_then(calendar::day), Grain::Day));
    }
    if let Some((number, end, _)) = month(tokens, next) {
        if day_number(tokens, end).is_some() {
            return None;
        }
        let days = context.published.and_then(|published| {
            let year = i32::from(published.year());
            let this = i64::from(published.month());
            let later = i64::from(number) > this;
            let away = match shift {
                -1 if later || i64::from(number) == this => -1,
                1 if later => 0,
                1 => 1,
                _ => 0,
            };
            calendar::months(year + away, number, 1)
        });
        return Some(Point::reckoned(at, end, days, Grain::Month));
    }
    if let Some(("season", month)) = calendar(tokens, next) {
        let month: u8 = month.parse().ok()?;
        let days = context.published.and_then(|published| {
            let year = i32::from(published.year());
            let this = calendar::months(year, month, 3)?;
            match shift {
                -1 if this.1 > published => calendar::months(year - 1, month, 3),
                1 if this.0 <= published => calendar::months(year + 1, month, 3),
                0 if month == 12 && published.month() <= 2 => calendar::months(year - 1, month, 3),
                _ => Some(this),
            }
        });
        return Some(Point::reckoned(at, next + 1, days, Grain::Season));
    }
    let several = numeral(tokens, next).filter(|read| {
        matches!(read.form, Form::Digits | Form::Words) && read.value.fract() == 0.0 && read.value <= MOST_UNITS
    });
    if let Some(read) = several {
        let code = unit(context, read.end)?;
        if shift == 0 {
            return None;
        }
        let count = read.value as i64;
        let days = context.published.filter(|_| code != "h").and_then(|published| {
            if shift < 0 {
                Some((moved(published, -count, code)?, published))
            } else {
                let start = calendar::add_days(published, 1)?;
                Some((start, moved(start, count, code)?))
            }
        });
        return Some(Point::reckoned(at, read.end + 1, days, Grain::Range));
    }
    let code = unit(context, next)?;
    if code == "h" || tokens[next].folded.ends_with('s') {
        return None;
    }
    // "the next day" follows the story, "the last day" and "this day" say nothing; "the past year" follows the calendar.
    // "the last week of May" is told from its month, which this reader does not do; a wrong week would be worse.
    if matches!(tokens.get(next + 1).map(|token| token.folded.as_str()), Some("of" | "in"))
        && (month(tokens, next + 2).is_some() || super::words::year(tokens, next + 2).is_some())
    {
        return Some(Point::reckoned(at, next + 1, None, grain(code)));
    }
    if article && (code == "d" || !matches!(word, "past" | "last" | "next" | "current" | "coming" | "upcoming"))
        || matches!(word, "following" | "preceding") && code == "d"
    {
        return Some(Point::reckoned(at, next + 1, None, grain(code)));
    }
    if code == "d" {
        return None;
    }
    let days = context.published.and_then(|published| {
        if word == "past" {
            return Some((moved(published, -1, code)?, published));
        }
        holding(moved(published, shift, code)?, code)
    });
    Some(Point::reckoned(at, next + 1, days, grain(code)))
}

/// "Tuesday", "on Monday morning": the last one, today included, unless the words look ahead.
fn weekday_alone(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let (number, mut end, sure) = weekday(tokens, at)?;
    let written = tokens[at].folded.as_str();
    let led = at > 0
        && matches!(
            tokens[at - 1].folded.as_str(),
            "on" | "since" | "until" | "by" | "from" | "last" | "next" | "this" | "and" | "to"
        );
    // "Sun" and "Sat" are words; the other short forms are names too ("Mon", "Wed").
    if !sure && !(tokens[at].is_capitalized() && (led || end > at + 1) && (written.len() > 3 || led)) {
        return None;
    }
    end += usize::from(calendar(tokens, end).is_some_and(|(class, _)| class == "part"));
    // "Tuesday the 19th": both must fit, in this month or one beside it.
    let the = end + usize::from(is_word(tokens, end, "the"));
    let ranked = day_number(tokens, the).filter(|_| tokens[the].folded.ends_with(char::is_alphabetic));
    if let Some((day, end)) = ranked {
        let date = context.published.and_then(|published| {
            let first = calendar::date(published.year().into(), u8::try_from(published.month()).ok()?, 1)?;
            [0, -1, 1, -2, 2].into_iter().find_map(|months| {
                let month = calendar::add_months(first, months)?;
                let date = calendar::date(month.year().into(), u8::try_from(month.month()).ok()?, day)?;
                (calendar::weekday(date) == number).then_some(date)
            })
        });
        return Some(Point::reckoned(at, end, date.and_then(calendar::day), Grain::Day));
    }
    let date = context.published.and_then(|published| {
        if calendar::weekday(published) == number {
            return Some(published);
        }
        calendar::next_weekday(published, number, if context.looks_ahead(at) { 1 } else { -1 })
    });
    Some(Point::reckoned(at, end, date.and_then(calendar::day), Grain::Day))
}

/// "the weekend", "over the weekend".
fn weekend_alone(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    if !is_word(tokens, at, "the") || !is_word(tokens, at + 1, "weekend") {
        return None;
    }
    let days = context.published.and_then(|published| {
        let (saturday, monday) = calendar::weekend(published)?;
        if saturday <= published || context.looks_ahead(at) {
            return Some((saturday, monday));
        }
        Some((calendar::add_days(saturday, -7)?, calendar::add_days(monday, -7)?))
    });
    Some(Point::reckoned(at, at + 2, days, Grain::Weekend))
}

/// "on the 7th": a day of this month or the last, of the next where the words look ahead.
fn day_of_month(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    if !is_word(tokens, at, "the") {
        return None;
    }
    let (day, mut end) = day_number(tokens, at + 1).filter(|_| tokens[at + 1].folded.ends_with(char::is_alphabetic))?;
    let led = at > 0
        && matches!(
            tokens[at - 1].folded.as_str(),
            "on" | "by" | "until" | "since" | "from" | "before" | "after" | "between" | "and" | "to"
        );
    let noun = tokens.get(end).is_some_and(|next| {
        next.kind == TokenKind::Word
            && !crate::lexicon::function_words().has(&next.folded)
            && calendar(tokens, end).is_none()
    });
    if !led || noun || month(tokens, end).is_some() {
        return None;
    }
    if is_word(tokens, end, "of") {
        if !(is_word(tokens, end + 1, "this") || is_word(tokens, end + 1, "the")) || !is_word(tokens, end + 2, "month")
        {
            return None;
        }
        end += 3;
    }
    let date = context.published.and_then(|published| {
        let ahead = context.looks_ahead(at);
        let step = if ahead { 1 } else { -1 };
        (0..=2).find_map(|months| {
            let month = calendar::add_months(
                calendar::date(published.year().into(), u8::try_from(published.month()).ok()?, 1)?,
                step * months,
            )?;
            let date = calendar::date(month.year().into(), u8::try_from(month.month()).ok()?, day)?;
            (if ahead { date >= published } else { date <= published }).then_some(date)
        })
    });
    Some(Point::reckoned(at, end, date.and_then(calendar::day), Grain::Day))
}
