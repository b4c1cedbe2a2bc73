//! Times told from another time of the text: "three weeks later", "the following day", "the same month".
//!
//! In: points in the order of the text, some of which know only how far they lie from a time told before. Out: the same,
//! reckoned from the nearest fixed time before them. Where none is told they stay as they are: the publication date is not
//! what the words reckon from.

use super::calendar;
use super::relative::{holding, moved};
use super::{Earlier, Point};
use crate::model::Grain;

/// How far a time lies from the one told before it, in units of the calendar's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offset {
    pub count: i64,
    pub unit: &'static str,
    /// "the following month" is a month of the calendar; "a month later" is a day about then.
    pub whole: Whole,
}

/// What a time told from another one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    /// A unit of the calendar.
    Unit,
    /// A day, told as exactly as the unit is long.
    About,
}

/// Reckons the points that lie some way from one told before them, in this text or `earlier`.
pub(super) fn resolve(earlier: Option<Earlier>, points: &mut [Point]) {
    let mut base = earlier;
    for point in points {
        if let Some(offset) = point.offset.filter(|_| point.from.is_none())
            && let Some(base) = base
            && let Some((from, until)) = reckon(base, offset)
        {
            (point.from, point.until, point.anchor) = (Some(from), Some(until), base.anchor);
        }
        if let (Some(from), Some(until)) = (point.from, point.until)
            && point.grain != Grain::Range
        {
            base = Some(Earlier { from, until, grain: point.grain, anchor: point.anchor });
        }
    }
}

/// The days that lie `offset` from `base`.
fn reckon(base: Earlier, offset: Offset) -> Option<calendar::Days> {
    let (from, until) = (base.from, base.until);
    let day = matches!(base.grain, Grain::Day | Grain::Time);
    match (offset.unit, offset.whole) {
        // Minutes later is the same day; hours later may be past midnight.
        ("h", _) if day && offset.count > 0 => Some((from, calendar::add_days(until, 1)?)),
        ("h", _) if day => Some((calendar::add_days(from, -1)?, until)),
        ("h", _) => None,
        // A day after "in March" is not known.
        ("d", _) if !day => None,
        (unit, Whole::Unit) => holding(moved(from, offset.count, unit)?, unit),
        (unit, Whole::About) => {
            let slack = match unit {
                "d" => 0,
                "wk" | "2wk" => 3,
                "mo" => 15,
                "q" => 45,
                _ => 183,
            };
            let (first, last) = (moved(from, offset.count, unit)?, moved(until, offset.count, unit)?);
            Some((calendar::add_days(first, -slack)?, calendar::add_days(last, slack)?))
        }
    }
}
