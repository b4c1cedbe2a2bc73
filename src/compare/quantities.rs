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
            None => Grade::between(0.0, left[0].span, right[0].span),
        }
    }
}

/// What it proves that one side gives the one figure and the other side the other.
fn worth(one: &Quantity, two: &Quantity) -> f64 {
    let least = |quantity: &Quantity| quantity.low.or(quantity.high).map_or(0.0, f64::abs);
    let telling = one.unit.is_some() || least(one).min(least(two)) >= TELLING;
    match standing(one, two) {
        Some(Standing::Equal) if telling => SAME_TELLING,
        Some(Standing::Equal) => SAME_SMALL,
        Some(Standing::Reconciled(_)) if telling && both_bounded(one, two) => COMPATIBLE_TELLING,
        _ => 0.0,
    }
}

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
