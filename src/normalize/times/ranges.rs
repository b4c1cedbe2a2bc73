//! Points → ranges: "from March to June 2024", "between 2010 and 2015", "since 2019", "until Friday".
//!
//! In: points in the order of the text. Out: points of which those that the text joins or opens are one. A written end
//! belongs to the range: "3 to 5 May" ends with the fifth.

use super::super::quantities::numerals::{glued, is_hyphen, is_mark, is_word, numeral};
use super::absolute::in_year;
use super::words::calendar;
use super::{Context, Point};
use crate::model::{Anchor, Grain};
use crate::text::tokens::TokenKind;
use jiff::civil::Date;

/// Joins and opens the points.
pub(super) fn join(context: Context<'_>, points: Vec<Point>) -> Vec<Point> {
    let mut joined: Vec<Point> = Vec::with_capacity(points.len());
    let mut rest = points.into_iter().peekable();
    while let Some(mut point) = rest.next() {
        let floor = joined.last().map_or(0, |earlier| earlier.end);
        if let Some(short) = short_year(context, &point) {
            point = short;
        } else if let Some(next) = rest.peek()
            && let Some(both) = range(context, &point, next, floor)
        {
            rest.next();
            joined.push(both);
            continue;
        }
        joined.push(open(context, point, floor));
    }
    joined
}

/// "2010-15".
fn short_year(context: Context<'_>, point: &Point) -> Option<Point> {
    let tokens = context.tokens;
    let last = tokens.get(point.end + 1).filter(|token| token.kind == TokenKind::Number && token.folded.len() == 2)?;
    if point.grain != Grain::Year
        || !is_hyphen(tokens, point.end)
        || point.anchor != Anchor::Absolute
        || is_hyphen(tokens, point.end + 2)
    {
        return None;
    }
    let from = point.from?;
    let short: i32 = last.folded.parse().ok()?;
    let century = i32::from(from.year()) / 100 * 100;
    let year = if short > i32::from(from.year()) % 100 { century + short } else { return None };
    let (_, until) = super::calendar::years(year, 1)?;
    Some(Point { end: point.end + 2, until: Some(until), grain: Grain::Range, ..point.clone() })
}

/// Two points that the text joins.
fn range(context: Context<'_>, first: &Point, second: &Point, floor: usize) -> Option<Point> {
    let tokens = context.tokens;
    if first.grain == Grain::Time || second.grain == Grain::Time || matches!(first.grain, Grain::Range) {
        return None;
    }
    let opener = first.start.checked_sub(1).filter(|before| *before >= floor);
    let opened = opener.is_some_and(|before| is_word(tokens, before, "from") || is_word(tokens, before, "between"));
    let mut link = first.end..second.start;
    if is_word(tokens, link.end.wrapping_sub(1), "the") && link.len() > 1 {
        link.end -= 1;
    }
    if link.len() != 1 {
        return None;
    }
    let connects = match tokens[link.start].folded.as_str() {
        "to" | "through" | "until" | "till" => true,
        "and" => opener.is_some_and(|before| is_word(tokens, before, "between")),
        _ => is_mark(tokens, link.start, '-') && glued(tokens, link.start) == glued(tokens, link.start - 1),
    };
    if !connects {
        return None;
    }
    let start = if opened { opener.unwrap_or(first.start) } else { first.start };
    let mut range = Point {
        start,
        end: second.end,
        from: first.from,
        until: second.until,
        grain: Grain::Range,
        anchor: if first.anchor == Anchor::Absolute { second.anchor } else { first.anchor },
        yearless: None,
    };
    // "from March to June 2024": the year is told once.
    match (first.yearless, second.yearless, first.from, second.from) {
        (Some((month, day)), None, _, Some(end)) if second.anchor == Anchor::Absolute => {
            let year = i32::from(end.year());
            range.from = [year, year - 1]
                .into_iter()
                .filter_map(|year| in_year(year, month, day))
                .map(|days| days.0)
                .find(|from| *from <= end);
            range.anchor = Anchor::Absolute;
        }
        (None, Some((month, day)), Some(begin), _) => {
            let year = i32::from(begin.year());
            range.until = [year, year + 1]
                .into_iter()
                .filter_map(|year| in_year(year, month, day))
                .map(|days| days.1)
                .find(|until| *until > begin);
            range.anchor = first.anchor;
        }
        (Some(_), Some((month, day)), Some(begin), Some(end)) if end < begin => {
            range.until = in_year(i32::from(begin.year()) + 1, month, day).map(|days| days.1);
        }
        (None, None, Some(begin), Some(end)) if end < begin && second.anchor == Anchor::Published => {
            range.until = range.until.and_then(|until| super::calendar::add_days(until, 7));
        }
        _ => {}
    }
    if range.from.is_none() || range.until.is_none() || range.from >= range.until {
        let unresolved = first.from.is_none() || second.until.is_none();
        if !unresolved {
            return None;
        }
        (range.from, range.until, range.anchor) = (None, None, Anchor::Unresolved);
    }
    Some(range)
}

/// "since", "until", "before", "after", "by", and "two days before".
fn open(context: Context<'_>, mut point: Point, floor: usize) -> Point {
    let tokens = context.tokens;
    let mut word = match point.start.checked_sub(1) {
        Some(before) if before >= floor && point.grain != Grain::Time => before,
        _ => return point,
    };
    if is_word(tokens, word, "the") && word > floor {
        word -= 1;
    }
    let mut start = word;
    // "before the end of March" ends with March, "after the beginning" begins with it.
    let edge = tokens[point.start].folded.as_str();
    let (at_end, at_start) = (edge == "end", matches!(edge, "beginning" | "start"));
    let (from, until): (Option<Date>, Option<Date>) = match tokens[word].folded.as_str() {
        "since" => (point.from, None),
        "until" | "till" | "by" => (None, point.until),
        "before" if let Some(shifted) = shifted(context, &point, word, floor) => return shifted,
        "after" if let Some(shifted) = shifted(context, &point, word, floor) => return shifted,
        "before" => (None, if at_end { point.until } else { point.from }),
        "after" => (if at_start { point.from } else { point.until }, None),
        "of" | "beginning" | "commencing" | "starting"
            if word > floor && is_word(tokens, word - 1, "week") && point.grain == Grain::Day =>
        {
            start = word - 1;
            point.grain = Grain::Week;
            point.from.and_then(super::calendar::week).unzip()
        }
        "to" if word > floor && is_word(tokens, word - 1, "prior") => {
            start = word - 1;
            (None, point.from)
        }
        "from"
            if tokens
                .get(point.end)
                .is_some_and(|next| matches!(next.folded.as_str(), "onward" | "onwards" | "on")) =>
        {
            point.end += 1;
            (point.from, None)
        }
        _ => return point,
    };
    point.start = start;
    (point.from, point.until) = (from, until);
    point
}

/// "two days before Christmas".
fn shifted(context: Context<'_>, point: &Point, word: usize, floor: usize) -> Option<Point> {
    let tokens = context.tokens;
    let unit = word.checked_sub(1)?;
    let days = match calendar(tokens, unit) {
        Some(("unit", "d")) => 1,
        Some(("unit", "wk")) => 7,
        _ => return None,
    };
    let count_at = unit.checked_sub(1).filter(|at| *at >= floor)?;
    let (count, start) = match numeral(tokens, count_at).filter(|read| read.end == unit) {
        Some(read) if read.value.fract() == 0.0 && read.value < 1000.0 => (read.value as i64, count_at),
        None if matches!(tokens[count_at].folded.as_str(), "a" | "the") => (1, count_at),
        _ => return None,
    };
    let sign = if is_word(tokens, word, "before") { -1 } else { 1 };
    let day = super::calendar::add_days(point.from?, sign * count * days)?;
    Some(Point { start, ..Point::reckoned(point.start, point.end, super::calendar::day(day), Grain::Day) })
}
