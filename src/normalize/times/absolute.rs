//! Dates that name a day, month, season or year.
//!
//! In: tokens and a position. Out: a point in the calendar. Where the year is left out it is the one nearest to the
//! publication date, later where the words look ahead; without a publication date the point stays unresolved.

use super::super::quantities::numerals::{Form, glued, is_hyphen, is_mark, is_word, numeral, past_hyphen};
use super::calendar::{self, Days};
use super::words::{calendar, day_number, month, short_year_after, spoken_day, weekday, year, year_after};
use super::{Context, Point, holidays, numeric, years};
use crate::lexicon;
use crate::model::{Anchor, Grain};
use crate::text::tokens::TokenKind;

/// The absolute date that begins at token `at`.
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    let weekday_first = weekday(context.tokens, at).and_then(|(number, mut end, _)| {
        end += usize::from(is_mark(context.tokens, end, ','));
        end += usize::from(is_word(context.tokens, end, "the"));
        let point =
            numeric::read(context, end).or_else(|| month_first(context, end)).or_else(|| day_first(context, end))?;
        Some(agreeing(context, Point { start: at, ..point }, number))
    });
    weekday_first
        .or_else(|| numeric::read(context, at))
        .or_else(|| month_first(context, at).map(|point| weekday_behind(context, point)))
        .or_else(|| day_first(context, at).map(|point| weekday_behind(context, point)))
        .or_else(|| quarter(context, at))
        .or_else(|| years::decade(context, at))
        .or_else(|| season(context, at))
        .or_else(|| years::bare_year(context, at))
        .or_else(|| holidays::read(context, at))
}

pub(super) fn fixed(start: usize, end: usize, days: Option<Days>, grain: Grain) -> Option<Point> {
    let (from, until) = days?;
    Some(Point {
        start,
        end,
        from: Some(from),
        until: Some(until),
        grain,
        anchor: Anchor::Absolute,
        yearless: None,
        offset: None,
    })
}

/// A day or month without its year.
pub(super) fn nearest(context: Context<'_>, start: usize, end: usize, month: u8, day: Option<(u8, u8)>) -> Point {
    let grain = if day.is_some() { Grain::Day } else { Grain::Month };
    let days = |year: i32| in_year(year, month, day);
    let chosen = context.published.and_then(|published| {
        let year = i32::from(published.year());
        let candidates = [year - 1, year, year + 1].into_iter().filter_map(days);
        let ahead = context.looks_ahead(start);
        let holds = |found: &Days| found.0 <= published && published < found.1;
        let distance = |found: &Days| {
            let gap = (found.0 - published).get_days().unsigned_abs();
            // Newspapers tell what happened: without a word that looks ahead, the past is twice as near.
            if found.0 > published { 2 * gap } else { gap }
        };
        let mut candidates: Vec<Days> = candidates.collect();
        // A date with nothing beside it is an entry of a calendar, and the year left out is the current one.
        if context.entry && candidates.iter().any(|found| found.0.year() == published.year()) {
            candidates.retain(|found| found.0.year() == published.year());
        } else if ahead {
            candidates.retain(|found| found.1 > published);
        } else if context.looks_back(start, end) {
            candidates.retain(|found| found.0 <= published);
        }
        candidates.iter().find(|found| holds(found)).copied().or_else(|| candidates.into_iter().min_by_key(distance))
    });
    let anchor = if chosen.is_some() { Anchor::Published } else { Anchor::Unresolved };
    let (from, until) = chosen.unzip();
    Point { start, end, from, until, grain, anchor, yearless: Some((month, day)), offset: None }
}

/// "Jul 18, Fri": the weekday belongs to the date.
fn weekday_behind(context: Context<'_>, point: Point) -> Point {
    let next = point.end + usize::from(is_mark(context.tokens, point.end, ','));
    match weekday(context.tokens, next).filter(|_| point.grain == Grain::Day) {
        Some((number, end, sure)) if next > point.end || sure => {
            let both = agreeing(context, Point { end, ..point.clone() }, number);
            if both.from.is_some_and(|day| calendar::weekday(day) == number) { both } else { point }
        }
        _ => point,
    }
}

/// A day without its year takes the nearest year in which it falls on the weekday named beside it.
fn agreeing(context: Context<'_>, point: Point, weekday: i8) -> Point {
    let (Some((month, Some((first, last)))), Some(day)) = (point.yearless, point.from) else { return point };
    if first != last || calendar::weekday(day) == weekday {
        return point;
    }
    let published = context.published.unwrap_or(day);
    let fits = (-1..=1).filter_map(|shift| {
        let days = in_year(i32::from(published.year()) + shift, month, Some((first, last)))?;
        (calendar::weekday(days.0) == weekday).then_some(days)
    });
    match fits.min_by_key(|days| (days.0 - published).get_days().unsigned_abs()) {
        Some((from, until)) => Point { from: Some(from), until: Some(until), ..point },
        None => point,
    }
}

/// The days of a month, or of days in it, in `year`.
pub(super) fn in_year(year: i32, month: u8, day: Option<(u8, u8)>) -> Option<Days> {
    match day {
        Some((first, last)) => {
            let until = calendar::add_days(calendar::date(year, month, last)?, 1)?;
            calendar::date(year, month, first).map(|from| (from, until)).filter(|(from, until)| from < until)
        }
        None => calendar::months(year, month, 1),
    }
}

/// "Nov. 24, 2025", "November 24", "Nov. 18-19", "November 2025", "in May".
fn month_first(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let (number, after, sure) = month(tokens, at)?;
    let mut next =
        after + usize::from(is_mark(tokens, after, '-') && is_hyphen(tokens, after) || is_mark(tokens, after, '/'));
    next += usize::from(is_word(tokens, next, "the"));
    let day = day_number(tokens, next).filter(|_| !counted(context, next)).or_else(|| {
        let (day, end, rank) = spoken_day(tokens, next)?;
        (rank || !counted(context, end.saturating_sub(1))).then_some((day, end))
    });
    if let Some((first, mut end)) = day {
        let mut last = first;
        if let Some((other, after)) = last_day(context, end, first)
            && !counted(context, after - 1)
            && month(tokens, after).is_none()
        {
            (last, end) = (other, after);
        }
        let grain = if first == last { Grain::Day } else { Grain::Range };
        if let Some((year, end)) = year_after(tokens, end) {
            return fixed(at, end, in_year(year, number, Some((first, last))), grain);
        }
        if let Some(point) = in_shifted_year(context, at, end, number, Some((first, last))) {
            return Some(Point { grain, ..point });
        }
        let mut point = nearest(context, at, end, number, Some((first, last)));
        if first != last {
            point.grain = Grain::Range;
        }
        return Some(point);
    }
    if let Some((year, end)) = year_after(tokens, after) {
        // "September-2020-23".
        if let Some((day, last)) =
            day_number(tokens, end + 1).filter(|_| is_hyphen(tokens, after) && is_hyphen(tokens, end))
        {
            return fixed(at, last, in_year(year, number, Some((day, day))), Grain::Day);
        }
        return fixed(at, end, in_year(year, number, None), Grain::Month);
    }
    let capital = tokens[at].is_capitalized() && (at > 0 || after == tokens.len());
    let joined = tokens.get(after).is_some_and(|next| matches!(next.folded.as_str(), "to" | "through" | "until"));
    let spans = (joined || is_hyphen(tokens, after)) && month(tokens, after + 1).is_some();
    let led = at > 0 && leads(&tokens[at - 1].folded) || spans;
    if (sure || led)
        && let Some(point) = in_shifted_year(context, at, after, number, None)
    {
        return Some(point);
    }
    let named = at + 1 < tokens.len() && at > 0 && tokens[at - 1].is_capitalized() && tokens[at + 1].is_capitalized();
    // "In May" is a month; "may", "march" and short forms elsewhere are words, and "Theresa May said" is a name.
    let fits = sure && !named || led && (capital || tokens[at].folded.len() > 3 || tokens.len() < 4);
    (fits && !is_hyphen(tokens, at.wrapping_sub(1)) || sure).then(|| nearest(context, at, after, number, None))
}

/// "to 5", "through the seventeenth", "until 12": the last of several days of a month, and the index after it.
fn last_day(context: Context<'_>, at: usize, first: u8) -> Option<(u8, usize)> {
    let tokens = context.tokens;
    let link = matches!(tokens.get(at)?.folded.as_str(), "to" | "through" | "and" | "until" | "till");
    if !link && !is_mark(tokens, at, '-') {
        return None;
    }
    let next = at + 1 + usize::from(link && is_word(tokens, at + 1, "the"));
    let (other, after) = day_number(tokens, next)
        .or_else(|| spoken_day(tokens, next).filter(|(_, _, rank)| *rank && link).map(|(day, end, _)| (day, end)))?;
    (other > first).then_some((other, after))
}

/// "June last year", "5 June of this year": a month, or days of it, in a year told by how far it lies from that of publication.
fn in_shifted_year(context: Context<'_>, start: usize, at: usize, month: u8, days: Option<(u8, u8)>) -> Option<Point> {
    let (shift, end) = of_year(context, at)?;
    let found = context.published.and_then(|published| in_year(i32::from(published.year()) + shift, month, days));
    let grain = if days.is_some() { Grain::Day } else { Grain::Month };
    Some(Point::reckoned(start, end, found, grain))
}

/// Words after which a doubtful word is a time.
pub(super) fn leads(folded: &str) -> bool {
    matches!(
        folded,
        "in" | "since"
            | "until"
            | "till"
            | "by"
            | "from"
            | "of"
            | "last"
            | "next"
            | "this"
            | "early"
            | "late"
            | "mid"
            | "during"
            | "before"
            | "after"
            | "to"
            | "through"
            | "the"
            | "between"
            | "and"
    )
}

/// True where the number at `at` counts what follows: "in May 12 people".
fn counted(context: Context<'_>, at: usize) -> bool {
    let Some(next) = context.tokens.get(at + 1) else { return false };
    // "Nov. 3-5 in Holm": inches are no more than a preposition here.
    let unit = lexicon::units().has(&next.folded)
        && next.kind == TokenKind::Word
        && next.folded.len() > 1
        && !lexicon::function_words().has(&next.folded);
    next.is_mark('%')
        || unit
        || matches!(next.folded.as_str(), "people" | "men" | "women" | "children" | "million" | "billion" | "thousand")
}

/// "24 November 2025", "the 24th of November", "3-5 May".
fn day_first(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    // "$12 December 27": a sum stands before the month.
    if at > 0 && lexicon::currencies().value(&tokens[at - 1].folded).is_some() {
        return None;
    }
    let (first, mut end) = day_number(tokens, at).or_else(|| {
        let (day, end, rank) = spoken_day(tokens, at)?;
        rank.then_some((day, end))
    })?;
    let mut last = first;
    if let Some((other, after)) = last_day(context, end, first) {
        (last, end) = (other, after);
    }
    if is_word(tokens, end, "day") && is_word(tokens, end + 1, "of") {
        end += 1;
    }
    // "16. Nov. 2016": the stop of a rank, as in German; without the year it ends a sentence.
    let ranked = is_mark(tokens, end, '.')
        && glued(tokens, end - 1)
        && month(tokens, end + 1).is_some_and(|(_, after, _)| year_after(tokens, after).is_some());
    end += usize::from(is_mark(tokens, end, '-') || is_mark(tokens, end, '/') || is_mark(tokens, end, ',') || ranked);
    end += usize::from(is_word(tokens, end, "of"));
    let hyphen = is_hyphen(tokens, end.wrapping_sub(1));
    let (number, end, _) = month(tokens, end)?;
    let grain = if first == last { Grain::Day } else { Grain::Range };
    let short = short_year_after(tokens, end).filter(|_| hyphen && first == last);
    if let Some((year, end)) = short.or_else(|| year_after(tokens, end)) {
        return fixed(at, end, in_year(year, number, Some((first, last))), grain);
    }
    if let Some(point) = in_shifted_year(context, at, end, number, Some((first, last))) {
        return Some(Point { grain, ..point });
    }
    Some(Point { grain, ..nearest(context, at, end, number, Some((first, last))) })
}

/// "Q3 2024", "2024 Q3", "third quarter of 2024", "first half of 2024".
fn quarter(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let coded = |index: usize| match tokens.get(index)?.folded.as_bytes() {
        [b'q', digit @ b'1'..=b'4'] | [digit @ b'1'..=b'4', b'q'] => Some((digit - b'0', 3_i64)),
        [b'h', digit @ b'1'..=b'2'] => Some((digit - b'0', 6)),
        _ => None,
    };
    let led_by_year = year(tokens, at)
        .and_then(|year| {
            let next = at + 1 + usize::from(is_mark(tokens, at + 1, '-'));
            coded(next).map(|code| (code, Some(year), next + 1))
        })
        .or_else(|| glued_quarter(context, at));
    let ((number, length), named, mut end) = match led_by_year {
        Some(found) => found,
        None => match coded(at) {
            Some((_, 6)) if year_after(tokens, at + 1).is_none() => return None,
            Some(code) => (code, None, at + 1),
            None => {
                let read = numeral(tokens, at)
                    .filter(|read| read.form == Form::Ordinal && (1.0..=4.0).contains(&read.value))?;
                let next = past_hyphen(tokens, read.end);
                let length = match tokens.get(next)?.folded.as_str() {
                    "quarter" | "qtr" => 3,
                    "half" if read.value <= 2.0 && year_after(tokens, next + 1).is_some() => 6,
                    _ => return None,
                };
                ((read.value as u8, length), None, next + 1)
            }
        },
    };
    let mut found = named;
    if found.is_none() {
        if let Some((year, after)) = year_after(tokens, end) {
            (found, end) = (Some(year), after);
        } else if let Some((shift, after)) = of_year(context, end) {
            let year = context.published.map(|published| i32::from(published.year()) + shift);
            let days = year.and_then(|year| calendar::months(year, (number - 1) * length as u8 + 1, length));
            return Some(Point::reckoned(at, after, days, Grain::Quarter));
        }
    }
    let first_month = (number - 1) * length as u8 + 1;
    if let Some(year) = found {
        return fixed(at, end, calendar::months(year, first_month, length), Grain::Quarter);
    }
    let days = context.published.and_then(|published| {
        let year = i32::from(published.year());
        let this = calendar::months(year, first_month, length)?;
        if this.0 > published && !context.looks_ahead(at) && !context.entry {
            calendar::months(year - 1, first_month, length)
        } else {
            Some(this)
        }
    });
    Some(Point::reckoned(at, end, days, Grain::Quarter))
}

/// "2018Q4", "18Q4" and "4Q18", one token.
fn glued_quarter(context: Context<'_>, at: usize) -> Option<((u8, i64), Option<i32>, usize)> {
    let token = context.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let short = |digits: &str| digits.parse().ok().filter(|_| digits.len() == 2).map(super::words::full_year);
    if let Some((left, right)) = token.folded.split_once('q') {
        let number = |digits: &str| digits.parse::<u8>().ok().filter(|number| (1..=4).contains(number));
        if let Some((year, number)) = short(left).zip(number(right)).or_else(|| short(right).zip(number(left))) {
            return Some(((number, 3), Some(year), at + 1));
        }
    }
    let (digits, code) = token.folded.split_at_checked(4)?;
    let year: i32 = digits.parse().ok().filter(|year| (1900..=2099).contains(year))?;
    match code.as_bytes() {
        [b'q', digit @ b'1'..=b'4'] => Some(((digit - b'0', 3), Some(year), at + 1)),
        [b'h', digit @ b'1'..=b'2'] => Some(((digit - b'0', 6), Some(year), at + 1)),
        _ => None,
    }
}

/// "of last year", "this year": how many years away.
pub(super) fn of_year(context: Context<'_>, at: usize) -> Option<(i32, usize)> {
    let tokens = context.tokens;
    let at = at + usize::from(is_word(tokens, at, "of"));
    let (_, shift) = calendar(tokens, at).filter(|(class, _)| *class == "shift")?;
    is_word(tokens, at + 1, "year").then_some((shift.parse().ok()?, at + 2))
}

/// "summer 2024", "the spring of 2024".
fn season(context: Context<'_>, at: usize) -> Option<Point> {
    let (_, first) = calendar(context.tokens, at).filter(|(class, _)| *class == "season")?;
    let first: u8 = first.parse().ok()?;
    if let Some((shift, end)) = of_year(context, at + 1) {
        let days =
            context.published.and_then(|published| calendar::months(i32::from(published.year()) + shift, first, 3));
        return Some(Point::reckoned(at, end, days, Grain::Season));
    }
    let (year, end) = year_after(context.tokens, at + 1)?;
    fixed(at, end, calendar::months(year, first, 3), Grain::Season)
}
