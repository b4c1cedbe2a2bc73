//! Whether two claims give the same figures. Different figures for one thing do not part two claims: that is a conflict
//! for the rules to judge. They only bring them no nearer.

use super::align::strongest_first;
use super::levels::{Comparator, Grade, LevelMeta};
use super::{Sides, weights};
use crate::lexicon::amounts::{Standing, standing};
use crate::model::{Quantity, QuantityKind};

/// Counts from this on are telling: that two outlets both speak of two ministers proves little.
const TELLING: f64 = 10.0;

/// What the best figure that both give is worth: a telling one.
const SAME_TELLING: f64 = 1.0;

/// A telling figure that the other rounds, bounds, or gives in another unit.
const COMPATIBLE_TELLING: f64 = 0.8;

/// A small count.
const SAME_SMALL: f64 = 0.6;

/// The most telling figure that both sides give, weakened by the figures of the side with fewer that the other lacks.
pub(super) struct Quantities;

impl Comparator for Quantities {
    fn id(&self) -> &'static str {
        "quantities"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::QUANTITIES
    }

    /// Vectors hardly tell figures and days apart: what these prove, meaning does not prove once more.
    fn share(&self, _: &Sides<'_>) -> f64 {
        1.0
    }

    fn within_story(&self) -> f64 {
        weights::VALUES_WITHIN_STORY
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        let counted = |quantity: &&Quantity| quantity.kind != QuantityKind::Identifier;
        let left: Vec<&Quantity> = sides.left.claim.form.quantities.iter().filter(counted).collect();
        let right: Vec<&Quantity> = sides.right.claim.form.quantities.iter().filter(counted).collect();
        let fewer = left.len().min(right.len());
        if fewer == 0 {
            return Grade::MISSING;
        }
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (i, one) in left.iter().enumerate() {
            for (j, two) in right.iter().enumerate() {
                let worth = worth(one, two);
                if worth > 0.0 {
                    pairs.push((worth, i, j));
                }
            }
        }
        strongest_first(&mut pairs);
        let (mut of_left, mut of_right) = (vec![false; left.len()], vec![false; right.len()]);
        let mut best: Option<(f64, usize, usize)> = None;
        let mut shared = 0_usize;
        for (worth, i, j) in pairs {
            if !of_left[i] && !of_right[j] {
                (of_left[i], of_right[j]) = (true, true);
                shared += 1;
                best = best.or(Some((worth, i, j)));
            }
        }
        match best {
            Some((worth, i, j)) => Grade::between(worth * shared as f64 / fewer as f64, left[i].span, right[j].span),
            None => Grade::between(of_others(&left, &right), left[0].span, right[0].span),
        }
    }
}

/// What it is worth that all figures differ: least where they are of one unit and of quite another size, as the tons of one mine and those of
/// a country are.
fn of_others(left: &[&Quantity], right: &[&Quantity]) -> f64 {
    let size = |quantity: &Quantity| quantity.low.or(quantity.high).map(f64::abs).filter(|size| *size > 0.0);
    let comparable = || left.iter().flat_map(|one| right.iter().map(move |two| (one, two)));
    let mut sizes = comparable()
        .filter(|(one, two)| one.unit.is_some() && one.unit == two.unit)
        .filter_map(|(one, two)| size(one).zip(size(two)))
        .peekable();
    let differs = |(one, two): (f64, f64)| one.max(two) > OTHER_SIZE * one.min(two);
    if sizes.peek().is_some() && sizes.all(differs) { 0.0 } else { OTHER }
}

/// What other figures are worth that may be told of one thing.
const OTHER: f64 = 0.1;

/// A figure so many times another of its unit is not told of the same thing.
const OTHER_SIZE: f64 = 30.0;

/// What it proves that one side gives the one figure and the other side the other.
fn worth(one: &Quantity, two: &Quantity) -> f64 {
    let least = |quantity: &Quantity| quantity.low.or(quantity.high).map_or(0.0, f64::abs);
    let telling = one.unit.is_some() || least(one).min(least(two)) >= TELLING;
    match standing(one, two) {
        Some(Standing::Equal) if telling => SAME_TELLING,
        Some(Standing::Equal) => SAME_SMALL,
        Some(Standing::Reconciled(_)) if telling && both_bounded(one, two) => {
            if are_close(one, two) {
                COMPATIBLE_TELLING
            } else {
                SAME_SMALL / 2.0
            }
        }
        _ => 0.0,
    }
}

/// True where two figures differ by little: that 1.9 billion may be told as 2 billion, as may half of all sums of that size, proves little.
fn are_close(one: &Quantity, two: &Quantity) -> bool {
    let middle = |quantity: &Quantity| match (quantity.low, quantity.high) {
        (Some(low), Some(high)) => Some(f64::midpoint(low, high)),
        (low, high) => low.or(high),
    };
    let (Some(left), Some(right)) = (middle(one), middle(two)) else { return false };
    one.unit != two.unit || (left - right).abs() <= CLOSE * left.abs().max(right.abs())
}

/// Figures that differ by this share at most are close.
const CLOSE: f64 = 0.04;

/// An open range meets too many figures to prove anything: "more than 5" is compatible with any that is larger.
fn both_bounded(one: &Quantity, two: &Quantity) -> bool {
    let ratio = |quantity: &Quantity, other: &Quantity| match (quantity.low, quantity.high) {
        (Some(_), Some(_)) => true,
        (Some(low), None) => other.high.is_some_and(|high| high <= low * OPEN_REACH),
        (None, Some(high)) => other.low.is_some_and(|low| high <= low * OPEN_REACH),
        (None, None) => false,
    };
    ratio(one, two) && ratio(two, one)
}

/// An open range is about a figure up to this many times its end.
const OPEN_REACH: f64 = 1.25;
