//! Days told by their name: "Christmas", "Thanksgiving 2024", "last Easter", "Labor Day weekend".
//!
//! In: tokens and a position. Out: a day, of the named year or nearest to the publication date; with "weekend", the days off
//! around it. Feasts whose reckoning the calendar's table does not hold are no times.

use super::absolute::{fixed, of_year};
use super::calendar::{self, Days};
use super::words::{calendar, year_after};
use super::{Context, Point};
use crate::lexicon;
use crate::model::Grain;
use crate::text::tokens::TokenKind;
use jiff::civil::Date;

/// Longest name of a holiday in tokens ("martin luther king jr. day" has five, a possessive one more).
const LONGEST_NAME: usize = 6;

/// "Christmas", "Thanksgiving 2024", "next Easter", "Labor Day weekend".
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let shift = calendar(tokens, at).filter(|(class, _)| *class == "shift").and_then(|(_, shift)| shift.parse().ok());
    let (rule, offset, end) = named(context, at + usize::from(shift.is_some()))?;
    let in_year = |year: i32| calendar::add_days(of_rule(rule, year)?, offset);
    let weekend = calendar(tokens, end).is_some_and(|(_, code)| code == "we") && !tokens[end].folded.ends_with('s');
    let end = end + usize::from(weekend);
    let easter = rule == "easter";
    let days = |date: Date| if weekend { around(date, easter) } else { calendar::day(date) };
    let grain = if weekend { Grain::Weekend } else { Grain::Day };
    if shift.is_none() {
        if let Some((year, end)) = year_after(tokens, end) {
            return fixed(at, end, days(in_year(year)?), grain);
        }
        if let Some((away, end)) = of_year(context, end) {
            let date = context.published.and_then(|published| in_year(i32::from(published.year()) + away));
            return Some(Point::reckoned(at, end, date.and_then(days), grain));
        }
    }
    let date = context.published.and_then(|published| {
        let year = i32::from(published.year());
        let candidates = [year - 1, year, year + 1].into_iter().filter_map(in_year);
        // Newspapers tell what happened: the past is twice as near, as for a date without its year.
        let distance = |date: &Date| {
            let days = (*date - published).get_days().unsigned_abs();
            if *date > published { 2 * days } else { days }
        };
        let nearest = |keep: &dyn Fn(&Date) -> bool| candidates.clone().filter(keep).min_by_key(distance);
        match shift {
            Some(0) => in_year(year),
            Some(-1) => nearest(&|date| *date < published),
            Some(_) => nearest(&|date| *date > published),
            None if context.looks_ahead(at) || context.entry => nearest(&|date| *date >= published),
            None if context.looks_back(at, end) => nearest(&|date| *date <= published),
            None => nearest(&|_| true),
        }
    });
    Some(Point::reckoned(at, end, date.and_then(days), grain))
}

/// The longest name of a holiday that begins at `at`: its rule, the days after that, and the index behind it.
fn named(context: Context<'_>, at: usize) -> Option<(&'static str, i64, usize)> {
    let tokens = context.tokens;
    let first = tokens.get(at)?.folded.as_str();
    let table = lexicon::calendar_words();
    if !table.starts_phrase(first) && table.value(first) != Some("holiday") {
        return None;
    }
    let mut phrase = String::new();
    let mut found = None;
    for (offset, token) in tokens.iter().skip(at).take(LONGEST_NAME).enumerate() {
        if offset > 0 && token.kind != TokenKind::Possessive {
            phrase.push(' ');
        }
        phrase.push_str(&token.folded);
        let later = match lexicon::calendar_words().values(&phrase) {
            Some(["holiday", rule]) => (*rule, 0),
            Some(["holiday", rule, days]) => (*rule, days.parse().ok()?),
            _ => continue,
        };
        found = Some((later.0, later.1, at + offset + 1));
    }
    // "Christmas Island", "Easter Rising": a name that begins with the word.
    found.filter(|(_, _, end)| {
        let next = tokens.get(*end).filter(|next| next.is_capitalized() && !next.is_upper());
        *end > at + 1 || next.is_none_or(|next| lexicon::calendar_words().has(&next.folded))
    })
}

/// The day a rule of the calendar's table names in `year`: "12-25", "11-4-4", "05-last-1", "easter".
fn of_rule(rule: &str, year: i32) -> Option<Date> {
    if rule == "easter" {
        return easter_sunday(year);
    }
    let mut parts = rule.split('-');
    let month: u8 = parts.next()?.parse().ok()?;
    let second = parts.next()?;
    let Some(weekday) = parts.next() else { return calendar::date(year, month, second.parse().ok()?) };
    let weekday: i8 = weekday.parse().ok()?;
    let (from, until) = calendar::months(year, month, 1)?;
    if second == "last" {
        return calendar::next_weekday(until, weekday, -1);
    }
    let first = calendar::next_weekday(calendar::add_days(from, -1)?, weekday, 1)?;
    calendar::add_days(first, 7 * (second.parse::<i64>().ok()? - 1))
}

/// Easter Sunday of the Gregorian calendar, by the anonymous computus (Meeus, Astronomical Algorithms, chapter 8).
fn easter_sunday(year: i32) -> Option<Date> {
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let correction = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * sunday) / 451;
    let days = epact + sunday - 7 * late + 114;
    calendar::date(year, u8::try_from(days / 31).ok()?, u8::try_from(days % 31 + 1).ok()?)
}

/// The days off around a holiday: with its Monday or Friday, from a Thursday on, else the Saturday and Sunday beside it.
fn around(date: Date, easter: bool) -> Option<Days> {
    let (before, after) = match calendar::weekday(date) {
        1 => (2, 0),
        2 => (3, 0),
        3 => (4, 4),
        4 => (0, 3),
        5 => (0, 2),
        6 => (0, 1),
        _ if easter => (2, 1),
        _ => (1, 0),
    };
    Some((calendar::add_days(date, -before)?, calendar::add_days(date, after + 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_has_it() {
        for (year, month, day) in
            [(1961, 4, 2), (2000, 4, 23), (2018, 4, 1), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25)]
        {
            assert_eq!(easter_sunday(year), calendar::date(year, month, day), "{year}");
        }
        assert_eq!(easter_sunday(1500), None);
    }
}
