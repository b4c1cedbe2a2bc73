//! Points → ranges: "from March to June 2024", "between 2010 and 2015", "since 2019", "until Friday".
//!
//! In: points in the order of the text. Out: points of which those that the text joins or opens are one. A written end
//! belongs to the range: "3 to 5 May" ends with the fifth.

use super::super::quantities::numerals::{glued, is_hyphen, is_mark, is_word, numeral};
use super::absolute::in_year;
use super::{Context, Point};
use crate::model::{Anchor, Grain};
use crate::text::tokens::TokenKind;
use jiff::civil::Date;

/// How far before "until" a word of denial turns it round, in tokens.
const DENIAL_REACH: usize = 7;

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
    let is_now = |point: &Point| is_word(tokens, point.end - 1, "now");
    let timed = |point: &Point| point.grain == Grain::Time && !is_now(point);
    if timed(first) || timed(second) || matches!(first.grain, Grain::Range) {
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
        offset: None,
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
        (Some(first), Some(last), Some(begin), Some(end)) if end < begin => {
            (range.from, range.until) = across_new_year(context, first, last, begin);
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

/// A month and its days, without their year.
type Yearless = (u8, Option<(u8, u8)>);

/// Two dates without their years of which the second would lie before the first: the years in which it does not, so that
/// the range holds the day of publication or lies nearest to it.
fn across_new_year(context: Context<'_>, first: Yearless, last: Yearless, begin: Date) -> (Option<Date>, Option<Date>) {
    let year = i32::from(begin.year());
    let candidates = (year - 1..=year + 1).filter_map(|year| {
        let from = in_year(year, first.0, first.1)?.0;
        let until =
            [year, year + 1].into_iter().filter_map(|year| in_year(year, last.0, last.1)).find(|days| days.0 >= from);
        Some((from, until?.1))
    });
    let distance = |days: &(Date, Date)| {
        let Some(published) = context.published else { return 0 };
        let ahead = (days.0 - published).get_days().max(0);
        ahead.max((published - days.1).get_days())
    };
    candidates.min_by_key(distance).unzip()
}

/// "since", "until", "before", "after", "by", and "two days before".
fn open(context: Context<'_>, mut point: Point, floor: usize) -> Point {
    let tokens = context.tokens;
    let mut word = match point.start.checked_sub(1) {
        Some(before) if before >= floor && point.grain != Grain::Time || is_word(tokens, point.end - 1, "now") => {
            before
        }
        _ => return point,
    };
    if is_word(tokens, word, "the") && word > floor {
        word -= 1;
    }
    // "the week beginning on Nov. 3".
    if is_word(tokens, word, "on")
        && word > floor
        && matches!(tokens[word - 1].folded.as_str(), "beginning" | "commencing" | "starting" | "ending")
    {
        word -= 1;
    }
    let mut start = word;
    // "before the end of March" ends with March, "after the beginning" begins with it.
    let edge = tokens[point.start + usize::from(is_word(tokens, point.start, "the"))].folded.as_str();
    let (at_end, at_start) = (edge == "end", matches!(edge, "beginning" | "start"));
    let back =
        |steps: usize| word.checked_sub(steps).filter(|at| *at >= floor).map_or("", |at| tokens[at].folded.as_str());
    let is_week = |at: &str| matches!(at, "week") && point.grain == Grain::Day;
    let (from, until): (Option<Date>, Option<Date>) = match tokens[word].folded.as_str() {
        "since" => (point.from, None),
        // "will not open until Friday": from then on.
        "until" | "till" if denied(context, word, floor) => (point.from, None),
        "until" | "till" if back(1) == "up" => {
            start = word - 1;
            (None, point.until)
        }
        "until" | "till" | "by" => (None, point.until),
        "before" | "after" | "from" if let Some(shifted) = shifted(context, &point, word, floor) => return shifted,
        "before" => (None, if at_end { point.until } else { point.from }),
        "after" => (if at_start { point.from } else { point.until }, None),
        "than" if matches!(back(2), "no" | "not") && matches!(back(1), "later" | "earlier") => {
            start = word - 2;
            if back(1) == "later" { (None, point.until) } else { (point.from, None) }
        }
        "than" if matches!(back(1), "later" | "earlier" | "sooner") => {
            start = word - 1;
            if back(1) == "later" { (point.until, None) } else { (None, point.from) }
        }
        "of" | "beginning" | "commencing" | "starting" if is_week(back(1)) => {
            start = word - 1;
            point.grain = Grain::Week;
            point.from.and_then(super::calendar::week).unzip()
        }
        "to" | "ended" | "ending" if let Some(period) = period_to(context, &point, word, floor) => return period,
        "ending" if is_week(back(1)) => {
            start = word - 1;
            point.grain = Grain::Week;
            (point.from.and_then(|day| super::calendar::add_days(day, -6)), point.until)
        }
        "c" if back(1) == "/" && back(2) == "w" && point.grain == Grain::Day => {
            start = word - 2;
            point.grain = Grain::Week;
            point.from.and_then(super::calendar::week).unzip()
        }
        "beginning" | "commencing" | "starting" | "effective" => (point.from, None),
        "to" if back(1) == "prior" => {
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

/// "the week to Nov. 21", "the three months to September", "the quarter ended June 30": so long, up to the end of the point.
fn period_to(context: Context<'_>, point: &Point, word: usize, floor: usize) -> Option<Point> {
    let tokens = context.tokens;
    let unit_at = word.checked_sub(1).filter(|at| *at > floor)?;
    let code = super::relative::unit(context, unit_at).filter(|code| matches!(*code, "d" | "wk" | "mo" | "q" | "a"))?;
    let before = unit_at - 1;
    let counted = super::relative::length(context, before)
        .filter(|length| !length.vague && length.end == word && length.count.fract() == 0.0)
        .map(|length| length.count as i64);
    let start = if counted.is_some() { before.checked_sub(1).filter(|at| *at >= floor)? } else { before };
    if !is_word(tokens, start, "the") || tokens[unit_at].folded.ends_with('s') != counted.is_some() {
        return None;
    }
    let mut until = point.until?;
    // "the year to March" has passed, whichever March lies nearer.
    if point.yearless.is_some() && !context.looks_ahead(start) && context.published.is_some_and(|day| until > day) {
        until = super::calendar::add_months(until, -12)?;
    }
    let from = super::relative::moved(until, -counted.unwrap_or(1), code)?;
    let days = Some((from, until));
    Some(Point { anchor: point.anchor, ..Point::reckoned(start, point.end, days, Grain::Range) })
}

/// True where a word of denial stands shortly before `word`.
fn denied(context: Context<'_>, word: usize, floor: usize) -> bool {
    context.tokens[word.saturating_sub(DENIAL_REACH).max(floor)..word]
        .iter()
        .rev()
        .take_while(|token| !token.is_mark(',') && !token.is_mark(';'))
        .any(|token| matches!(token.folded.as_str(), "not" | "never" | "cannot") || token.folded.ends_with("n't"))
}

/// "two days before Christmas", "hours after Monday's vote".
fn shifted(context: Context<'_>, point: &Point, word: usize, floor: usize) -> Option<Point> {
    let tokens = context.tokens;
    let unit_at = word.checked_sub(1).filter(|at| *at >= floor)?;
    let unit = super::relative::unit(context, unit_at)?;
    let count_at = unit_at.checked_sub(1).filter(|at| *at >= floor);
    // "for three weeks from Monday" lasts so long; "three weeks from Monday" is a day.
    let from = is_word(tokens, word, "from");
    let lasting = |at: usize| {
        at > floor && matches!(tokens[at - 1].folded.as_str(), "for" | "over" | "within" | "lasting" | "lasted")
    };
    let counted = count_at.and_then(|at| match numeral(tokens, at).filter(|read| read.end == unit_at) {
        Some(read) if read.value.fract() == 0.0 && read.value < 1000.0 => Some((read.value as i64, at)),
        None if matches!(tokens[at].folded.as_str(), "a" | "an" | "the") => Some((1, at)),
        _ => None,
    });
    if from && counted.is_none_or(|(_, at)| lasting(at)) {
        return None;
    }
    let sign = if is_word(tokens, word, "before") { -1 } else { 1 };
    let (first, until) = (point.from?, point.until?);
    if unit == "h" {
        let start = counted.map_or(unit_at, |(_, start)| start);
        let days = if !tokens[unit_at].folded.starts_with('h') {
            (first, until)
        } else if sign < 0 {
            (super::calendar::add_days(first, -1)?, until)
        } else {
            (first, super::calendar::add_days(until, 1)?)
        };
        return Some(Point {
            start,
            anchor: point.anchor,
            ..Point::reckoned(start, point.end, Some(days), Grain::Time)
        });
    }
    let (count, start) = counted?;
    if point.grain != Grain::Day {
        return None;
    }
    let days = super::calendar::day(super::relative::moved(first, sign * count, unit)?);
    let grain = super::relative::grain(unit);
    Some(Point { anchor: point.anchor, ..Point::reckoned(start, point.end, days, grain) })
}
