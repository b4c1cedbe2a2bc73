//! Two quantities → how their figures stand to each other. In: quantities with their bounds, units and precision. Out:
//! apart, equal, or compatible and by what; nothing where they are never compared. It does not know what they count.

use super::unit_conversions;
use crate::model::{Bound, Quantity, QuantityKind};

/// Relative difference that rounding may explain in a number written without "about": 4 million for 4.2 million.
const ROUNDED: f64 = 0.06;

/// The same for numbers that were rounded to a whole: 4 percent for 4.4 percent.
const ROUNDED_TO_ONE: f64 = 0.13;

/// Relative difference that "about" covers.
const ABOUT: f64 = 0.1;

/// Half the last written place counts for "about" up to this share of the number: "about 300" reaches 350.
const ABOUT_AT_MOST: f64 = 0.17;

/// A number whose reach is more than this share of it was not rounded but never told: "a few", "several".
const UNTOLD: f64 = 0.6;

/// Counts below this are taken as counted, not as rounded: 50 and 52 dead differ.
const COUNTED: f64 = 100.0;

/// Relative difference between two units' conversions that is no difference.
const CONVERSION: f64 = 0.03;

/// How two comparable quantities stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No value satisfies both.
    Apart,
    /// The same value.
    Equal,
    /// Different words that one value satisfies, and what reconciles them.
    Reconciled(&'static str),
}

/// How two quantities stand to each other; nothing if numbers of these sorts and units are never compared.
pub fn standing(left: &Quantity, right: &Quantity) -> Option<Standing> {
    if left.kind != right.kind
        || left.kind == QuantityKind::Identifier
        || looks_like_year(left)
        || looks_like_year(right)
    {
        return None;
    }
    if left.kind == QuantityKind::Score {
        return Some(score_standing(left, right));
    }
    let converted = left.unit != right.unit;
    let factors =
        if converted { Some((factor(left.unit.as_deref()?)?, factor(right.unit.as_deref()?)?)) } else { None };
    if factors.is_some_and(|(one, other)| one.base != other.base) {
        return None;
    }
    let in_base = |quantity: &Quantity, factor: Option<Factor>| {
        let change = |value: f64| factor.map_or(value, |factor| factor.apply(value));
        let slack = slack(quantity) * factor.map_or(1.0, |factor| factor.times);
        (quantity.low.map(change), quantity.high.map(change), slack)
    };
    let (left_low, left_high, left_slack) = in_base(left, factors.map(|(one, _)| one));
    let (right_low, right_high, right_slack) = in_base(right, factors.map(|(_, other)| other));
    let gap = gap(left_high, right_low).max(gap(right_high, left_low));
    let size = [left_low, left_high, right_low, right_high].into_iter().flatten().fold(0.0_f64, |a, b| a.max(b.abs()));
    // Only the rounder of the two may have been rounded, so the slacks do not add up.
    let slack = left_slack.max(right_slack).max(if converted { CONVERSION * size } else { 0.0 });
    // "more than a million" and "less than a million" share no number, though their ends meet.
    let past_each_other = |one: &Quantity, end: Option<f64>, other: &Quantity, start: Option<f64>| {
        matches!((one.bound, other.bound), (Bound::LessThan, Bound::MoreThan))
            && end.zip(start).is_some_and(|(end, start)| end <= start)
    };
    let excluded =
        past_each_other(left, left_high, right, right_low) || past_each_other(right, right_high, left, left_low);
    let standing = if excluded || gap > slack * (1.0 + 1e-9) {
        Standing::Apart
    } else if converted {
        Standing::Reconciled("unit")
    } else if left.low == right.low && left.high == right.high {
        Standing::Equal
    } else if gap > 0.0 || is_about(left) || is_about(right) {
        Standing::Reconciled("rounding")
    } else {
        Standing::Reconciled("bounds")
    };
    Some(standing)
}

/// The distance from the end of the one interval to the beginning of the other, negative or 0 where they meet.
fn gap(high: Option<f64>, low: Option<f64>) -> f64 {
    match (high, low) {
        (Some(high), Some(low)) => (low - high).max(0.0),
        _ => 0.0,
    }
}

fn is_about(quantity: &Quantity) -> bool {
    quantity.bound == Bound::About
}

/// How far the writer may have rounded. Who writes "less than 140,000" has set a limit and means it.
fn slack(quantity: &Quantity) -> f64 {
    let size = quantity.low.or(quantity.high).unwrap_or(0.0).abs();
    if matches!(quantity.bound, Bound::AtLeast | Bound::MoreThan | Bound::AtMost | Bound::LessThan) {
        return 0.0;
    }
    if is_about(quantity) && quantity.precision > UNTOLD * size {
        return quantity.precision;
    }
    if is_about(quantity) {
        return (ABOUT * size).max(quantity.precision.min(ABOUT_AT_MOST * size));
    }
    let is_counted = matches!(quantity.kind, QuantityKind::Count | QuantityKind::Age | QuantityKind::Ordinal);
    if is_counted && size < COUNTED || quantity.kind == QuantityKind::Ordinal {
        return 0.0;
    }
    let rounded = if quantity.precision <= 0.5 { ROUNDED_TO_ONE } else { ROUNDED };
    quantity.precision.min(rounded * size)
}

/// A score names both sides; which is written first depends on the team the sentence is about.
fn score_standing(left: &Quantity, right: &Quantity) -> Standing {
    let same = left.low == right.low && left.high == right.high || left.low == right.high && left.high == right.low;
    if same { Standing::Equal } else { Standing::Apart }
}

/// A bare number between 1900 and 2100 that counts nothing is a year somebody failed to recognize.
fn looks_like_year(quantity: &Quantity) -> bool {
    quantity.kind == QuantityKind::Count
        && quantity.unit.is_none()
        && quantity.of.is_empty()
        && quantity.value().is_some_and(|value| (1900.0..=2100.0).contains(&value) && value.fract() == 0.0)
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Factor {
    base: &'static str,
    times: f64,
    offset: f64,
}

impl Factor {
    fn apply(self, value: f64) -> f64 {
        value * self.times + self.offset
    }
}

/// How a unit converts. Currencies and percents do not, but for parts of a currency.
fn factor(unit: &str) -> Option<Factor> {
    let row = unit_conversions().values(unit)?;
    Some(Factor { base: row.first()?, times: row.get(1)?.parse().ok()?, offset: row.get(2)?.parse().ok()? })
}

/// Converts `value` of a unit to the base unit of its dimension: `m`, `g`, `m2`, `L`, `m/s`, `Cel`, `s` and so on.
/// A month counts 30 days and a year 365. Nothing where the unit is unknown or stands alone, such as a currency.
pub fn convert(value: f64, unit: &str) -> Option<(f64, &'static str)> {
    let factor = factor(unit)?;
    Some((factor.apply(value), factor.base))
}
