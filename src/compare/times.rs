//! Whether two claims speak of overlapping times.

use super::levels::{Comparator, Grade, LevelMeta};
use super::{Sides, weights};
use crate::model::TimeValue;

/// What it is worth that a time of the one lies within or across one of the other.
const WITHIN: f64 = 0.5;

/// 1 where a time of the one is a time of the other, less where they only overlap, 0 where all are apart.
pub(super) struct Times;

impl Comparator for Times {
    fn id(&self) -> &'static str {
        "times"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::TIMES
    }

    /// Vectors hardly tell figures and days apart: what these prove, meaning does not prove once more.
    fn share(&self, _: &Sides<'_>) -> f64 {
        1.0
    }

    fn within_story(&self) -> f64 {
        weights::VALUES_WITHIN_STORY
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        let (mut within, mut apart) = (None, None);
        for one in &sides.left.claim.form.times {
            for two in &sides.right.claim.form.times {
                match overlap(one, two) {
                    Some(true) if is_one(one, two) => return Grade::between(1.0, one.span, two.span),
                    Some(true) => {
                        within.get_or_insert((one.span, two.span));
                    }
                    Some(false) => {
                        apart.get_or_insert((one.span, two.span));
                    }
                    None => {}
                }
            }
        }
        let worth = if within.is_some() { WITHIN } else { 0.0 };
        within.or(apart).map_or(Grade::MISSING, |(left, right)| Grade::between(worth, left, right))
    }
}

/// True where two times are one stretch: "Thursday" is no more than one of the days "since 2019".
fn is_one(one: &TimeValue, two: &TimeValue) -> bool {
    !one.is_resolved() || !two.is_resolved() || one.reach() == two.reach()
}

/// Whether two times share a day; nothing where one of them is not fixed in the calendar.
fn overlap(one: &TimeValue, two: &TimeValue) -> Option<bool> {
    if !one.is_resolved() || !two.is_resolved() {
        return (one.written == two.written && !one.written.is_empty()).then_some(true);
    }
    let before = |until: Option<jiff::civil::Date>, from: Option<jiff::civil::Date>| match (until, from) {
        (Some(until), Some(from)) => until <= from,
        _ => false,
    };
    let (one, two) = (one.reach(), two.reach());
    Some(!before(one.1, two.0) && !before(two.1, one.0))
}
