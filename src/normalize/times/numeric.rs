//! Dates in digits: "2025-11-24", "11/24/2025", "24.11.2025", "on 11/24".
//!
//! In: tokens and a position. Out: a point. Where day and month could change places, the order is the one of the place the
//! text comes from; what cannot be a date in that order is read in the other.

use super::super::quantities::numerals::{glued, is_hyphen, is_mark};
use super::absolute::{fixed, nearest};
use super::calendar;
use super::words::{self, month, weekday, year};
use super::{Context, DateOrder, Point};
use crate::model::Grain;
use crate::text::tokens::TokenKind;

/// Words after which two numbers with a stroke between them are a day, not a fraction.
const LEADS: [&str; 11] = ["on", "from", "to", "since", "until", "till", "by", "before", "after", "between", "through"];

/// The date in digits that begins at token `at`.
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let token = tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    if at > 1 && is_hyphen(tokens, at - 1) && tokens[at - 2].kind == TokenKind::Number && !is_mark(tokens, at + 1, '/')
    {
        return None;
    }
    match token.folded.matches('.').count() {
        2 => return dotted(context, at),
        1 => return dotted_yearless(context, at),
        _ => {}
    }
    let separator = |index: usize| {
        let mark = ['-', '/'].into_iter().find(|mark| is_mark(tokens, index, *mark));
        mark.filter(|_| glued(tokens, index - 1) && glued(tokens, index))
    };
    let mark = separator(at + 1)?;
    if let Some(named) = year(tokens, at) {
        return year_first(context, at, named, mark);
    }
    let (first, second) = (short(context, at)?, short(context, at + 2));
    if second.is_none() {
        // "2/2013" is a month; with a hyphen it is as often a code.
        let named = year(tokens, at + 2).filter(|year| (1900..=2099).contains(year) && mark == '/')?;
        return fixed(at, at + 3, calendar::months(named, first, 1), Grain::Month);
    }
    let second = second?;
    if separator(at + 3) == Some(mark) {
        let written = tokens.get(at + 4).filter(|token| token.kind == TokenKind::Number)?;
        let year = match written.folded.len() {
            4 => year(tokens, at + 4)?,
            2 => words::full_year(written.folded.parse().ok()?),
            _ => return None,
        };
        let (month, day) =
            in_order(context.order, (first, second), |month, day| calendar::date(year, month, day).is_some())?;
        return fixed(at, at + 5, calendar::day(calendar::date(year, month, day)?), Grain::Day);
    }
    // "on 11/24": without a preposition it is a fraction or a name.
    let before = at.checked_sub(1).map_or("", |before| tokens[before].folded.as_str());
    let linked = at >= 4 && is_mark(tokens, at - 1, '-') && is_mark(tokens, at - 3, '/');
    let led = LEADS.contains(&before) || linked || listed(context, at) || follows_weekday(context, at);
    if mark != '/' || is_mark(tokens, at + 3, '/') || !(led || second > 12 && first <= 12 && at == 0) {
        return None;
    }
    let (month, day) = in_order(context.order, (first, second), exists)?;
    Some(nearest(context, at, at + 3, month, Some((day, day))))
}

/// How many days in digits may follow one another: "on 11/20, 11/22 or 11/25".
const LONGEST_LIST: usize = 8;

/// True where days in digits stand before `at`, joined by commas, "and" or "or", the first of them after a preposition.
fn listed(context: Context<'_>, mut at: usize) -> bool {
    let tokens = context.tokens;
    let links = |at: usize| matches!(tokens[at].folded.as_str(), "," | "and" | "or" | "&");
    for _ in 0..LONGEST_LIST {
        let mut link = at;
        while link > 0 && at - link < 2 && links(link - 1) {
            link -= 1;
        }
        if link == at || link < 3 || !is_mark(tokens, link - 2, '/') {
            return false;
        }
        at = link - 3;
        if short(context, at).is_none() || short(context, at + 2).is_none() {
            return false;
        }
        if at > 0 && LEADS.contains(&tokens[at - 1].folded.as_str()) && !links(at - 1) {
            return true;
        }
    }
    false
}

/// True where a month has such a day in some year.
fn exists(month: u8, day: u8) -> bool {
    calendar::date(2024, month, day).is_some()
}

/// A number of one or two digits.
fn short(context: Context<'_>, at: usize) -> Option<u8> {
    let token = context.tokens.get(at).filter(|token| token.kind == TokenKind::Number && token.folded.len() <= 2)?;
    token.folded.parse().ok()
}

/// Month and day out of two numbers: in the order of the place, or in the other if that one is no date.
fn in_order(order: DateOrder, (first, second): (u8, u8), exists: impl Fn(u8, u8) -> bool) -> Option<(u8, u8)> {
    let (one, other) = match order {
        DateOrder::MonthFirst => ((first, second), (second, first)),
        DateOrder::DayFirst => ((second, first), (first, second)),
    };
    [one, other].into_iter().find(|(month, day)| exists(*month, *day))
}

/// True where a weekday stands right before `at`: "Friday 5/12".
fn follows_weekday(context: Context<'_>, at: usize) -> bool {
    (1..=2).any(|back| {
        at.checked_sub(back)
            .and_then(|start| weekday(context.tokens, start))
            .is_some_and(|(_, end, _)| end == at || end + 1 == at && is_mark(context.tokens, end, ','))
    })
}

/// "24.11.2025", "2025.11.24", "10.31.1974".
fn dotted(context: Context<'_>, at: usize) -> Option<Point> {
    let written = &context.tokens[at].folded;
    // "3.2.0" and "4.12.1" are versions: a year has two digits or four.
    if !written.split('.').any(|part| part.len() == 4) && written.rsplit('.').next().is_none_or(|last| last.len() != 2)
    {
        return None;
    }
    let mut parts = written.split('.').map(|part| part.parse::<i32>().ok());
    let (first, second, third) = (parts.next()??, parts.next()??, parts.next()??);
    let (year, month, day) = if first > 31 {
        (first, u8::try_from(second).ok()?, u8::try_from(third).ok()?)
    } else {
        let numbers = (u8::try_from(first).ok()?, u8::try_from(second).ok()?);
        let year = if third < 100 { words::full_year(third) } else { third };
        // Dots are written where the day comes first.
        let (month, day) = in_order(DateOrder::DayFirst, numbers, exists)?;
        (year, month, day)
    };
    (year > 999).then(|| fixed(at, at + 1, calendar::day(calendar::date(year, month, day)?), Grain::Day)).flatten()
}

/// "on 5.12": two numbers with a dot between them are a decimal unless "on" stands before and nothing counted behind.
fn dotted_yearless(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let led = at > 0 && tokens[at - 1].folded == "on" || follows_weekday(context, at);
    let ends = tokens.get(at + 1).is_none_or(|next| matches!(next.folded.as_str(), "." | "," | ";" | "!" | "?" | ")"));
    let (first, second) = tokens[at].folded.split_once('.')?;
    if !led || !ends || first.len() > 2 || second.len() != 2 && second.len() != first.len() {
        return None;
    }
    let (month, day) = in_order(context.order, (first.parse().ok()?, second.parse().ok()?), exists)?;
    Some(nearest(context, at, at + 1, month, Some((day, day))))
}

/// "2025-11-24", "2025-Nov-24", "2025/11", "2025-11".
fn year_first(context: Context<'_>, at: usize, named: i32, mark: char) -> Option<Point> {
    let tokens = context.tokens;
    let second = match month(tokens, at + 2) {
        Some((second, _, _)) => second,
        None => short(context, at + 2)?,
    };
    let joined = |index: usize| is_mark(tokens, index, mark) && glued(tokens, index - 1) && glued(tokens, index);
    if joined(at + 3) {
        // A time may be glued to the day: "2025-11-24T10:00".
        let digits = tokens.get(at + 4)?.folded.bytes().take_while(u8::is_ascii_digit).count();
        let day = tokens[at + 4].folded.get(..digits.min(2))?.parse().ok()?;
        return fixed(at, at + 5, calendar::day(calendar::date(named, second, day)?), Grain::Day);
    }
    let month_like = tokens[at + 2].folded.len() == 2 && i32::from(second) <= named % 100 || mark == '/' || second < 10;
    if month_like { fixed(at, at + 3, calendar::months(named, second, 1), Grain::Month) } else { None }
}
