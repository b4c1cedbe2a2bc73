//! Days told by their name: "Christmas", "Thanksgiving 2024".
//!
//! In: tokens and a position. Out: a day, of the named year or nearest to the publication date. Movable feasts whose reckoning
//! the calendar's table does not hold are no times.

use super::absolute::fixed;
use super::calendar;
use super::words::year_after;
use super::{Context, Point};
use crate::lexicon;
use crate::model::Grain;
use crate::text::tokens::TokenKind;

/// "Christmas", "Thanksgiving 2024".
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let mut phrase = String::new();
    let mut found = None;
    for (offset, token) in tokens.iter().skip(at).take(4).enumerate() {
        if offset > 0 && token.kind != TokenKind::Possessive {
            phrase.push(' ');
        }
        phrase.push_str(&token.folded);
        if let Some(["holiday", rule]) = lexicon::calendar_words().values(&phrase) {
            found = Some((*rule, at + offset + 1));
        }
    }
    let (rule, end) = found?;
    let parts: Vec<u8> = rule.split('-').filter_map(|part| part.parse().ok()).collect();
    let in_year = |year: i32| match parts.as_slice() {
        [month, day] => calendar::date(year, *month, *day),
        [month, nth, weekday] => {
            let (weekday, nth) = (i8::try_from(*weekday).ok()?, i64::from(*nth));
            let first = calendar::next_weekday(calendar::add_days(calendar::date(year, *month, 1)?, -1)?, weekday, 1)?;
            calendar::add_days(first, 7 * (nth - 1))
        }
        _ => None,
    };
    if let Some((year, end)) = year_after(tokens, end) {
        return fixed(at, end, calendar::day(in_year(year)?), Grain::Day);
    }
    let days = context.published.and_then(|published| {
        let year = i32::from(published.year());
        let candidates = [year - 1, year, year + 1].into_iter().filter_map(in_year);
        let ahead = context.looks_ahead(at);
        candidates
            .filter(|date| !ahead || *date >= published)
            .min_by_key(|date| (*date - published).get_days().unsigned_abs())
            .and_then(calendar::day)
    });
    Some(Point::reckoned(at, end, days, Grain::Day))
}
