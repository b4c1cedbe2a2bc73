//! Times reckoned from the day of publication: "yesterday", "last Friday", "two weeks ago", "this year".
//!
//! In: tokens and a position. Out: a point, unresolved where the publication date is not known or where the text reckons
//! from a moment of its own story ("two years later", "the following day").

use super::super::quantities::numerals::{Form, class, is_mark, is_word, numeral, past_hyphen};
use super::calendar::{self, Days};
use super::narrative::{Offset, Whole};
use super::words::{calendar, day_number, month, weekday};
use super::{Context, Point, distances};
use crate::model::Grain;
use jiff::civil::Date;

/// More units than this are no time a newspaper reckons with, and dates would overflow.
pub(super) const MOST_UNITS: f64 = 5_000.0;

/// The relative time that begins at token `at`.
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    around_today(context, at)
        .or_else(|| distances::read(context, at))
        .or_else(|| second_next(context, at))
        .or_else(|| shifted(context, at))
        .or_else(|| weekend_alone(context, at))
        .or_else(|| same(context, at))
        .or_else(|| beside(context, at))
        .or_else(|| now(context, at))
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

/// A unit of time at `at`: its code in the calendar's table.
pub(super) fn unit(context: Context<'_>, at: usize) -> Option<&'static str> {
    calendar(context.tokens, at).filter(|(class, _)| *class == "unit").map(|(_, code)| code)
}

/// `date` moved by `count` units.
pub(super) fn moved(date: Date, count: i64, unit: &str) -> Option<Date> {
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
pub(super) fn grain(unit: &str) -> Grain {
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
pub(super) fn holding(date: Date, unit: &str) -> Option<Days> {
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

/// "last week", "the past three months", "next April", "this Friday", "early next year", "the following day".
pub(super) fn shifted(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let first = at + usize::from(is_word(tokens, at, "the"));
    let (_, shift) = calendar(tokens, first).filter(|(class, _)| *class == "shift")?;
    let shift: i64 = shift.parse().ok()?;
    let word = tokens[first].folded.as_str();
    let article = first > at && is_word(tokens, first - 1, "the");
    if word == "last" && !article && at > 0 && is_auxiliary(&tokens[at - 1].folded) {
        return None;
    }
    let next = first + 1 + usize::from(is_word(tokens, first + 1, "calendar"));
    if let Some((number, end, _)) = weekday(tokens, next).filter(|_| calendar(tokens, next).is_some()) {
        let date = context.published.and_then(|published| match word {
            // Yesterday is called by its name alone; who adds "last" means the one before.
            "last" => calendar::next_weekday(calendar::add_days(published, -1)?, number, -1),
            "past" => calendar::next_weekday(published, number, -1),
            "coming" | "upcoming" => calendar::next_weekday(published, number, 1),
            "this" if calendar::weekday(published) > number && context.looks_ahead(at) => {
                calendar::next_weekday(published, number, 1)
            }
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
    if let Some(point) = several(context, at, next, shift) {
        return Some(point);
    }
    let code = unit(context, next)?;
    if code == "h" || tokens[next].folded.ends_with('s') {
        return None;
    }
    // "the next day" follows the story, "the last day" and "this day" say nothing; "the past year" follows the calendar.
    let follows = article
        && (code == "d" || !matches!(word, "past" | "last" | "next" | "current" | "coming" | "upcoming"))
        || matches!(word, "following" | "preceding") && code == "d";
    // "the last week of the trial" is told from what the words name.
    let of = matches!(tokens.get(next + 1).map(|token| token.folded.as_str()), Some("of"))
        && matches!(word, "last" | "past" | "current");
    // "the next fortnight" begins now: the calendar has no fortnights.
    if code == "2wk" && !of && matches!(word, "past" | "last" | "next" | "coming") {
        return span_of(context, at, next + 1, shift, &[Length { count: 1.0, code, vague: false, end: next + 1 }]);
    }
    if follows || of {
        let told = matches!(word, "next" | "following" | "previous" | "preceding") && !of;
        let offset = told.then_some(Offset { count: shift, unit: code, whole: Whole::Unit });
        return Some(Point { offset, ..Point::reckoned(at, next + 1, None, grain(code)) });
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

/// Words after which "last" is a verb: "the course will last two weeks".
fn is_auxiliary(folded: &str) -> bool {
    folded.ends_with("n't")
        || folded.ends_with("'ll")
        || matches!(
            folded,
            "will"
                | "would"
                | "can"
                | "could"
                | "may"
                | "might"
                | "must"
                | "should"
                | "shall"
                | "to"
                | "did"
                | "does"
                | "do"
                | "not"
                | "cannot"
        )
}

/// "the past three months", "the next two weeks", "the last 3 months and 2 weeks": from a shift at `at` whose count is at `next`.
fn several(context: Context<'_>, at: usize, next: usize, shift: i64) -> Option<Point> {
    let tokens = context.tokens;
    let part = |at: usize| length(context, at).filter(|length| length.count <= MOST_UNITS);
    let mut parts = vec![part(next)?];
    let mut end = parts[0].end;
    while parts.len() < 3
        && !parts[0].vague
        && let Some(more) = part(end + usize::from(is_word(tokens, end, "and") || is_mark(tokens, end, ',')))
        // "... and 2 days ago they found it" begins another time.
        && !matches!(tokens.get(more.end).map(|token| token.folded.as_str()), Some("ago" | "later" | "earlier" | "before" | "after"))
    {
        end = more.end;
        parts.push(more);
    }
    if shift == 0 {
        return None;
    }
    span_of(context, at, end, shift, &parts)
}

/// The days that `parts` reach back from the day of publication, or on from the day after it.
pub(super) fn span_of(context: Context<'_>, at: usize, end: usize, shift: i64, parts: &[Length]) -> Option<Point> {
    let hours = parts.iter().any(|part| part.code == "h");
    let quarters = parts.iter().all(|part| part.code == "q");
    let days = context.published.filter(|_| !hours).and_then(|published| {
        let away = |from: Date| parts.iter().try_fold(from, |date, part| moved_part(date, shift, part));
        if quarters {
            // Quarters are told whole: the past two are those before the current one.
            let (start, after) = holding(published, "q")?;
            return Some(if shift < 0 { (away(start)?, start) } else { (after, away(after)?) });
        }
        if shift < 0 {
            Some((away(published)?, published))
        } else {
            let start = calendar::add_days(published, 1)?;
            Some((start, away(start)?))
        }
    });
    Some(Point::reckoned(at, end, days.filter(|days| days.0 < days.1), Grain::Range))
}

/// So many units of time.
pub(super) struct Length {
    /// How many; a half at the end.
    pub count: f64,
    /// The unit's code in the calendar's table.
    pub code: &'static str,
    /// True for "a few" and "several": `count` is generous then.
    pub vague: bool,
    /// Index of the token after it.
    pub end: usize,
}

/// "A few" and "several" reach this far, "a couple" not quite: two outlets that count them out still meet.
const FEW: f64 = 7.0;
pub(super) const COUPLE: f64 = 3.0;

/// "three months", "two and a half years", "few weeks", "couple of days", "two quarters".
pub(super) fn length(context: Context<'_>, at: usize) -> Option<Length> {
    let tokens = context.tokens;
    let vague = match tokens.get(at)?.folded.as_str() {
        "few" | "several" => Some(FEW),
        "couple" => Some(COUPLE),
        _ => None,
    };
    if let Some(count) = vague {
        let end = at + 1 + usize::from(is_word(tokens, at + 1, "of"));
        return Some(Length { count, code: unit(context, end)?, vague: true, end: end + 1 });
    }
    // "two quarters" is a half elsewhere.
    if let Some(("small", count)) = class(tokens, at)
        && unit(context, at + 1) == Some("q")
    {
        return Some(Length { count, code: "q", vague: false, end: at + 2 });
    }
    let read = numeral(tokens, at).filter(|read| matches!(read.form, Form::Digits | Form::Words))?;
    let code = unit(context, past_hyphen(tokens, read.end)).filter(|_| read.rest.is_none())?;
    let halves =
        read.value.fract() == 0.0 || read.value.fract() == 0.5 && matches!(code, "a" | "10a" | "mo" | "wk" | "100a");
    halves.then_some(Length { count: read.value, code, vague: false, end: past_hyphen(tokens, read.end) + 1 })
}

/// `date` moved by a length, `sign` times; half a month counts fifteen days.
pub(super) fn moved_part(date: Date, sign: i64, part: &Length) -> Option<Date> {
    let whole = moved(date, sign * part.count.trunc() as i64, part.code)?;
    if part.count.fract() == 0.0 {
        return Some(whole);
    }
    match part.code {
        "100a" => calendar::add_months(whole, sign * 600),
        "10a" => calendar::add_months(whole, sign * 60),
        "a" => calendar::add_months(whole, sign * 6),
        "mo" => calendar::add_days(whole, sign * 15),
        "wk" => calendar::add_days(whole, sign * 4),
        _ => None,
    }
}

/// "the week after next", "the month before last".
fn second_next(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let first = at + usize::from(is_word(tokens, at, "the"));
    let code = unit(context, first).filter(|code| matches!(*code, "wk" | "we" | "mo" | "q" | "a"))?;
    let shift = match (tokens.get(first + 1)?.folded.as_str(), tokens.get(first + 2)?.folded.as_str()) {
        ("after", "next") => 2,
        ("before", "last") => -2,
        _ => return None,
    };
    // "a week after next Friday" is told from the Friday.
    let named = |(class, _): (&str, &str)| matches!(class, "weekday" | "month" | "unit" | "holiday" | "weekday-short");
    if calendar(tokens, first + 3).is_some_and(named) {
        return None;
    }
    let days = context.published.and_then(|published| holding(moved(published, shift, code)?, code));
    Some(Point::reckoned(at, first + 3, days, grain(code)))
}

/// "the same day": as a time told before it.
fn same(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    if !is_word(tokens, at, "the") || !is_word(tokens, at + 1, "same") {
        return None;
    }
    let code = unit(context, at + 2).filter(|code| matches!(*code, "d" | "wk" | "mo" | "a"))?;
    let offset = Some(Offset { count: 0, unit: code, whole: Whole::Unit });
    Some(Point { offset, ..Point::reckoned(at, at + 3, None, grain(code)) })
}

/// "He resigned the day before.", "left the week after,": told from a time before it, where nothing follows that it could lie
/// before or after.
fn beside(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    if !is_word(tokens, at, "the") {
        return None;
    }
    let code = unit(context, at + 1).filter(|code| matches!(*code, "d" | "wk" | "mo" | "a"))?;
    let count = match tokens.get(at + 2)?.folded.as_str() {
        "before" => -1,
        "after" => 1,
        _ => return None,
    };
    let closed = tokens.get(at + 3).is_none_or(|next| matches!(next.text, "." | "," | ";" | "?" | "!" | ")"));
    let singular = !tokens[at + 1].folded.ends_with('s');
    (closed && singular).then(|| {
        let offset = Some(Offset { count, unit: code, whole: Whole::Unit });
        Point { offset, ..Point::reckoned(at, at + 3, None, grain(code)) }
    })
}

/// "right now", "until now", "He is in custody now.": the day of publication. The "now" of a verb ("now says") is no time.
fn now(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let right = is_word(tokens, at, "right");
    let word = at + usize::from(right);
    if !is_word(tokens, word, "now") {
        return None;
    }
    let before = at.checked_sub(1).map_or("", |before| tokens[before].folded.as_str());
    let bound = matches!(before, "until" | "till" | "between" | "from" | "by")
        || matches!(before, "and" | "to")
            && tokens[..at].iter().rev().take(6).any(|token| matches!(token.folded.as_str(), "between" | "from"));
    let ends = at > 0 && tokens.get(word + 1).is_none_or(|next| matches!(next.folded.as_str(), "." | "!" | "?" | ";"));
    if !(right || bound || ends) {
        return None;
    }
    Some(Point { grain: Grain::Time, ..day_point(context, at, word + 1, 0) })
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
