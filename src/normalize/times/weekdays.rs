//! Days told by their name or number alone: "Tuesday", "next week Wednesday", "Friday after next", "Sunday the 31st", "on the
//! 7th".
//!
//! In: tokens and a position. Out: a day. Which one is meant follows from the publication date and from whether the words
//! look back or ahead; where two names of a day contradict each other, the name of the weekday stands.

use super::super::quantities::numerals::{is_mark, is_word};
use super::calendar;
use super::words::{calendar, day_number, month, spoken_day, weekday};
use super::{Context, Point};
use crate::model::Grain;
use crate::text::tokens::TokenKind;
use jiff::civil::Date;

/// Words before which or after which a short or numbered day is surely one.
const LEADS: [&str; 14] =
    ["on", "since", "until", "till", "by", "from", "last", "next", "this", "and", "to", "before", "after", "between"];

/// The day that begins at token `at`.
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    of_week(context, at)
        .or_else(|| in_named_week(context, at))
        .or_else(|| after_next(context, at))
        .or_else(|| alone(context, at))
        .or_else(|| of_month(context, at))
}

/// The words "last", "this", "next" before "week": how many weeks away, and the index after "week".
fn week_away(context: Context<'_>, at: usize) -> Option<(i64, usize)> {
    let (class, shift) = calendar(context.tokens, at)?;
    (class == "shift" && is_word(context.tokens, at + 1, "week")).then_some((shift.parse().ok()?, at + 2))
}

/// The day `weekday` of the week `shift` weeks away.
fn day_of_week(context: Context<'_>, shift: i64, weekday: i8) -> Option<Date> {
    let (monday, _) = calendar::week(context.published?)?;
    calendar::add_days(monday, 7 * shift + i64::from(weekday) - 1)
}

/// "Tuesday of last week", "Wednesday next week".
fn of_week(context: Context<'_>, at: usize) -> Option<Point> {
    let (number, end, _) = weekday(context.tokens, at)?;
    let (shift, end) = week_away(context, end + usize::from(is_word(context.tokens, end, "of")))?;
    Some(Point::reckoned(at, end, day_of_week(context, shift, number).and_then(calendar::day), Grain::Day))
}

/// "next week Wednesday", "last week on Monday".
fn in_named_week(context: Context<'_>, at: usize) -> Option<Point> {
    let (shift, end) = week_away(context, at)?;
    let next = end + usize::from(is_word(context.tokens, end, "on") || is_mark(context.tokens, end, '-'));
    let (number, end, _) = weekday(context.tokens, next).filter(|(_, _, sure)| *sure)?;
    Some(Point::reckoned(at, end, day_of_week(context, shift, number).and_then(calendar::day), Grain::Day))
}

/// "Friday after next", "March after next": the second one to come.
fn after_next(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let is_next = |end: usize| is_word(tokens, end, "after") && is_word(tokens, end + 1, "next");
    if let Some((number, end, _)) = weekday(tokens, at).filter(|(_, end, _)| is_next(*end)) {
        let day = context.published.and_then(|published| {
            calendar::add_days(calendar::next_weekday(published, number, 1)?, 7).and_then(calendar::day)
        });
        return Some(Point::reckoned(at, end + 2, day, Grain::Day));
    }
    let (number, end, _) = month(tokens, at).filter(|(_, end, _)| is_next(*end))?;
    let days = context.published.and_then(|published| {
        let passed = i32::from(i8::try_from(number).ok()? <= published.month());
        calendar::months(i32::from(published.year()) + 1 + passed, number, 1)
    });
    Some(Point::reckoned(at, end + 2, days, Grain::Month))
}

/// "Tuesday", "on Monday morning": the last one, today included, unless the words look ahead.
fn alone(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let (number, end, sure) = weekday(tokens, at)?;
    if let Some(point) = numbered(context, at, number, end) {
        return Some(point);
    }
    let written = tokens[at].folded.as_str();
    let led = at > 0 && LEADS.contains(&tokens[at - 1].folded.as_str());
    // "Sun" and "Sat" are words; the other short forms are names too ("Mon", "Wed").
    if !sure && !context.entry && !(tokens[at].is_capitalized() && (led || end > at + 1) && (written.len() > 3 || led))
    {
        return None;
    }
    let end = end + usize::from(calendar(tokens, end).is_some_and(|(class, _)| class == "part"));
    let date = context.published.and_then(|published| {
        if calendar::weekday(published) == number {
            return Some(published);
        }
        // A weekday with nothing beside it is an entry of a calendar, and calendars look ahead.
        let ahead = context.looks_ahead(at) || context.entry;
        calendar::next_weekday(published, number, if ahead { 1 } else { -1 })
    });
    Some(Point::reckoned(at, end, date.and_then(calendar::day), Grain::Day))
}

/// "Tuesday the 19th", "Thu 15th", "Sunday 31!": both must fit, in this month or one near it.
fn numbered(context: Context<'_>, at: usize, weekday: i8, end: usize) -> Option<Point> {
    let tokens = context.tokens;
    let the = end + usize::from(is_mark(tokens, end, ','));
    let the = the + usize::from(is_word(tokens, the, "the"));
    let (day, end, ranked) = match day_number(tokens, the) {
        Some((day, end)) => (day, end, tokens[the].folded.ends_with(char::is_alphabetic)),
        None => spoken_day(tokens, the).filter(|(_, _, rank)| *rank)?,
    };
    if month(tokens, end).is_some() || is_word(tokens, end, "of") {
        return None;
    }
    // "on Sunday 31 people": a number without its ending is a day only where nothing is left for it to count.
    let closed = tokens.get(end).is_none_or(|next| matches!(next.folded.as_str(), "." | "!" | "?" | ";" | ")"));
    if !ranked && (!closed || the > at + 1) {
        return None;
    }
    let date = context.published.and_then(|published| {
        let first = calendar::date(published.year().into(), u8::try_from(published.month()).ok()?, 1)?;
        [0, -1, 1, -2, 2, 3, 4, 5, 6].into_iter().find_map(|months| {
            let month = calendar::add_months(first, months)?;
            let date = calendar::date(month.year().into(), u8::try_from(month.month()).ok()?, day)?;
            (calendar::weekday(date) == weekday).then_some(date)
        })
    });
    if !ranked && date.is_none() {
        return None;
    }
    Some(Point::reckoned(at, end, date.and_then(calendar::day), Grain::Day))
}

/// "on the 7th": the last such day, today included, unless the words look ahead.
fn of_month(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let article = is_word(tokens, at, "the");
    let number = at + usize::from(article);
    let ranked = day_number(tokens, number).filter(|_| tokens[number].folded.ends_with(char::is_alphabetic));
    let (day, end) = match ranked {
        Some(found) => found,
        None if article => spoken_day(tokens, number).filter(|(_, _, rank)| *rank).map(|(day, end, _)| (day, end))?,
        None => return None,
    };
    let week = at > 1 && is_word(tokens, at - 1, "of") && is_word(tokens, at - 2, "week");
    let led = week || at > 0 && LEADS.contains(&tokens[at - 1].folded.as_str());
    let closed = tokens.get(end).is_none_or(|next| next.kind == TokenKind::Mark && !next.is_mark('-'));
    let noun = tokens.get(end).is_some_and(|next| {
        next.kind == TokenKind::Word
            && !crate::lexicon::function_words().has(&next.folded)
            && calendar(tokens, end).is_none()
    });
    let written_out = ranked.is_none();
    if !led
        || noun
        || (!article || written_out) && !closed
        || month(tokens, end).is_some()
        || is_word(tokens, end, "of")
    {
        return None;
    }
    // "came in on the first": a rank in words is a day only where the words before it move in time.
    if written_out && !matches!(tokens[at - 1].folded.as_str(), "since" | "until" | "till" | "by") {
        return None;
    }
    let date = context.published.and_then(|published| {
        let first = calendar::date(published.year().into(), u8::try_from(published.month()).ok()?, 1)?;
        let candidates = (-2..=2).filter_map(|months| {
            let month = calendar::add_months(first, months)?;
            calendar::date(month.year().into(), u8::try_from(month.month()).ok()?, day)
        });
        let ahead = context.looks_ahead(at) || context.entry;
        candidates
            .filter(|date| if ahead { *date >= published } else { *date <= published })
            .min_by_key(|date| (*date - published).get_days().unsigned_abs())
    });
    Some(Point::reckoned(at, end, date.and_then(calendar::day), Grain::Day))
}
