//! Dates that name a day, month, season or year.
//!
//! In: tokens and a position. Out: a point in the calendar. Where the year is left out it is the one nearest to the
//! publication date, later where the words look ahead; without a publication date the point stays unresolved.

use super::super::quantities::numerals::{Form, glued, is_hyphen, is_mark, is_word, numeral, past_hyphen};
use super::calendar::{self, Days};
use super::words::{calendar, day_number, month, short_year_after, spoken_day, weekday, year, year_after};
use super::{Context, Point, holidays, numeric};
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
        .or_else(|| decade(context, at))
        .or_else(|| season(context, at))
        .or_else(|| bare_year(context, at))
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
        if (is_mark(tokens, end, '-')
            || matches!(tokens.get(end).map(|token| token.folded.as_str()), Some("to" | "through" | "and")))
            && let Some((other, after)) = day_number(tokens, end + 1)
            && other > first
            && !counted(context, end + 1)
            && month(tokens, after).is_none()
        {
            (last, end) = (other, after);
        }
        if let Some((year, end)) = year_after(tokens, end) {
            let grain = if first == last { Grain::Day } else { Grain::Range };
            return fixed(at, end, in_year(year, number, Some((first, last))), grain);
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
    let named = at + 1 < tokens.len() && at > 0 && tokens[at - 1].is_capitalized() && tokens[at + 1].is_capitalized();
    // "In May" is a month; "may", "march" and short forms elsewhere are words, and "Theresa May said" is a name.
    let fits = sure && !named || led && (capital || tokens[at].folded.len() > 3 || tokens.len() < 4);
    (fits && !is_hyphen(tokens, at.wrapping_sub(1)) || sure).then(|| nearest(context, at, after, number, None))
}

/// Words after which a doubtful word is a time.
fn leads(folded: &str) -> bool {
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
    let unit = lexicon::units().has(&next.folded) && next.kind == TokenKind::Word && next.folded.len() > 1;
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
    if (is_mark(tokens, end, '-')
        || matches!(tokens.get(end).map(|token| token.folded.as_str()), Some("to" | "through" | "and")))
        && let Some((other, after)) = day_number(tokens, end + 1)
        && other > first
    {
        (last, end) = (other, after);
    }
    if is_word(tokens, end, "day") && is_word(tokens, end + 1, "of") {
        end += 1;
    }
    end += usize::from(is_mark(tokens, end, '-') || is_mark(tokens, end, '/') || is_mark(tokens, end, ','));
    end += usize::from(is_word(tokens, end, "of"));
    let hyphen = is_hyphen(tokens, end.wrapping_sub(1));
    let (number, end, _) = month(tokens, end)?;
    let grain = if first == last { Grain::Day } else { Grain::Range };
    let short = short_year_after(tokens, end).filter(|_| hyphen && first == last);
    if let Some((year, end)) = short.or_else(|| year_after(tokens, end)) {
        return fixed(at, end, in_year(year, number, Some((first, last))), grain);
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

/// "2018Q4", one token.
fn glued_quarter(context: Context<'_>, at: usize) -> Option<((u8, i64), Option<i32>, usize)> {
    let token = context.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let (digits, code) = token.folded.split_at_checked(4)?;
    let year: i32 = digits.parse().ok().filter(|year| (1900..=2099).contains(year))?;
    match code.as_bytes() {
        [b'q', digit @ b'1'..=b'4'] => Some(((digit - b'0', 3), Some(year), at + 1)),
        [b'h', digit @ b'1'..=b'2'] => Some(((digit - b'0', 6), Some(year), at + 1)),
        _ => None,
    }
}

/// "of last year", "this year": how many years away.
fn of_year(context: Context<'_>, at: usize) -> Option<(i32, usize)> {
    let tokens = context.tokens;
    let at = at + usize::from(is_word(tokens, at, "of"));
    let (_, shift) = calendar(tokens, at).filter(|(class, _)| *class == "shift")?;
    is_word(tokens, at + 1, "year").then_some((shift.parse().ok()?, at + 2))
}

/// "the 1990s", "the '90s", "the nineties", "19th century".
fn decade(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    if let Some(read) =
        numeral(tokens, at).filter(|read| read.form == Form::Ordinal && (1.0..=30.0).contains(&read.value))
    {
        let next = past_hyphen(tokens, read.end);
        let year = (read.value as i32 - 1) * 100;
        return (is_word(tokens, next, "century") && year > 0)
            .then(|| fixed(at, next + 1, calendar::years(year, 100), Grain::Century))
            .flatten();
    }
    if let Some(("decade", year)) = calendar(tokens, at) {
        return is_word(tokens, at.wrapping_sub(1), "the")
            .then(|| fixed(at, at + 1, calendar::years(year.parse().ok()?, 10), Grain::Decade))
            .flatten();
    }
    let quoted = is_mark(tokens, at, '\'');
    let number = tokens.get(at + usize::from(quoted)).filter(|token| token.kind == TokenKind::Number)?;
    let digits = number.folded.strip_suffix('s')?;
    let end = at + usize::from(quoted) + 1;
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        4 if year % 100 == 0 && (1000..2000).contains(&year) => {
            fixed(at, end, calendar::years(year, 100), Grain::Century)
        }
        4 if year % 10 == 0 && year >= 1000 => fixed(at, end, calendar::years(year, 10), Grain::Decade),
        // "in his 40s" is an age.
        2 if year % 10 == 0
            && (quoted
                || at > 0 && matches!(tokens[at - 1].folded.as_str(), "the" | "early" | "late" | "mid" | "-")) =>
        {
            fixed(at, end, calendar::years(if year <= 20 { 2000 + year } else { 1900 + year }, 10), Grain::Decade)
        }
        _ => None,
    }
}

/// "summer 2024", "the spring of 2024".
fn season(context: Context<'_>, at: usize) -> Option<Point> {
    let (_, first) = calendar(context.tokens, at).filter(|(class, _)| *class == "season")?;
    let (year, end) = year_after(context.tokens, at + 1)?;
    fixed(at, end, calendar::months(year, first.parse().ok()?, 3), Grain::Season)
}

/// A year by itself. Four digits are a year where nothing makes them a count, a sum or a name.
fn bare_year(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    if let Some(point) = early_year(context, at) {
        return Some(point);
    }
    let found = year(tokens, at)?;
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let led =
        before.is_some_and(|before| leads(&before.folded) || matches!(before.folded.as_str(), "year" | "(" | "fiscal"));
    if !(led && (1400..=2199).contains(&found) || (1900..=2099).contains(&found)) {
        return None;
    }
    let money = before.is_some_and(|before| {
        lexicon::currencies().value(&before.folded).is_some()
            || before.is_mark('#')
            || before.is_mark('.') && glued(tokens, at - 1)
            || before.is_mark(':') && glued(tokens, at - 1)
    });
    let bounded = before.is_some_and(|before| lexicon::bounds().has(&before.folded))
        || at >= 2 && tokens[at - 1].folded == "than"
        || at >= 2 && tokens[at - 2].folded == "at" && tokens[at - 1].folded == "least";
    let named = before.is_some_and(|before| {
        let classes = lexicon::value_cues().values(&before.folded).unwrap_or_default();
        // "RFC 2093", but "the Camp 2093".
        classes.contains(&"names") || before.is_upper() && classes.contains(&"titles")
    }) || at >= 2
        && is_hyphen(tokens, at - 1)
        && tokens[at - 2].kind == TokenKind::Word
        && !leads(&tokens[at - 2].folded);
    let next = tokens.get(at + 1);
    let unit = next.is_some_and(|next| {
        next.is_mark('%')
            || next.is_mark('/') && glued(tokens, at)
            || next.kind == TokenKind::Word
                && (lexicon::units().has(&next.folded) && !leads(&next.folded)
                    || lexicon::currencies().has(&next.folded)
                    || lexicon::number_words().has(&next.folded))
            || matches!(
                next.folded.as_str(),
                "people" | "men" | "women" | "children" | "jobs" | "troops" | "homes" | "soldiers"
            )
    });
    if money || bounded || named || unit || tokens.len() == 1 && !(1900..=2099).contains(&found) {
        return None;
    }
    let era = next.is_some_and(|next| matches!(next.folded.as_str(), "ad" | "ce"));
    fixed(at, at + 1 + usize::from(era), calendar::years(found, 1), Grain::Year)
}

/// "14 A.D.", "AD 410": an era makes any number a year.
fn early_year(context: Context<'_>, at: usize) -> Option<Point> {
    let era = |index: usize| {
        let token = context.tokens.get(index).filter(|token| token.kind == TokenKind::Word)?;
        let known = matches!(token.folded.as_str(), "ad" | "ce" | "a.d" | "a.d." | "c.e" | "c.e.");
        (known && token.is_upper() || token.folded.starts_with("a.d")).then_some(index + 1)
    };
    let number = |index: usize| -> Option<i32> {
        let token = context.tokens.get(index).filter(|token| (1..=3).contains(&token.folded.len()))?;
        token.folded.parse().ok().filter(|year| *year > 0)
    };
    let (year, end) = match number(at) {
        Some(year) => (year, era(at + 1)?),
        None => (number(era(at)?)?, at + 2),
    };
    fixed(at, end, calendar::years(year, 1), Grain::Year)
}
