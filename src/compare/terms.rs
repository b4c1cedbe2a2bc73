//! How many words two claims share: cosine over stems, cosine over character sequences, and how much of either is told
//! by the other. (TF-IDF cosine: Salton & Buckley 1988.)

use super::levels::{Comparator, Grade, LevelMeta};
use super::prepared::{Prepared, cosine};
use super::{Sides, weights};

/// Cosine of stems weighted by rarity.
pub(super) struct Terms;

impl Comparator for Terms {
    fn id(&self) -> &'static str {
        "terms"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::TERMS
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        let equal = cosine(&sides.left.stems, &sides.right.stems);
        Grade::of((equal + alike(sides)).clamp(0.0, 1.0))
    }
}

/// What words of different stems that stand for each other add to the cosine: as if each pair of them were one stem, as
/// far as the two are alike (soft cosine: Sidorov et al. 2014).
fn alike(sides: &Sides<'_>) -> f64 {
    let scale = f64::from(sides.left.norm) * f64::from(sides.right.norm);
    if scale == 0.0 {
        return 0.0;
    }
    let weight = |claim: &Prepared<'_>, term: u32| {
        let at = claim.units().binary_search_by_key(&term, |unit| unit.term).ok()?;
        Some(&claim.units()[at]).filter(|unit| unit.mention.is_none()).map(|unit| unit.weight)
    };
    let products = sides
        .alignment
        .pairs
        .iter()
        .filter(|pair| pair.strength < 1.0)
        .filter_map(|pair| Some(weight(sides.left, pair.left)? * weight(sides.right, pair.right)? * pair.strength));
    products.sum::<f64>() / scale
}

/// Cosine of character sequences inside words, weighted by the rarity of the words: sees spelling and word formation.
pub(super) struct Grams;

impl Comparator for Grams {
    fn id(&self) -> &'static str {
        "grams"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::GRAMS
    }

    fn takes_long(&self) -> bool {
        true
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        Grade::of(cosine(sides.left.grams(), sides.right.grams()))
    }
}

/// How much of the claim that is told less completely has a partner in the other.
pub(super) struct Coverage;

impl Comparator for Coverage {
    fn id(&self) -> &'static str {
        "coverage"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::COVERAGE
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        if sides.left.units().is_empty() || sides.right.units().is_empty() {
            return Grade::MISSING;
        }
        Grade::of(sides.alignment.left_coverage.min(sides.alignment.right_coverage))
    }
}

/// How much of the shorter claim is told inside the longer: a clause of one outlet inside a long sentence of another.
pub(super) struct Containment;

impl Comparator for Containment {
    fn id(&self) -> &'static str {
        "containment"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::CONTAINMENT
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        if sides.left.units().is_empty() || sides.right.units().is_empty() {
            return Grade::MISSING;
        }
        Grade::of(sides.alignment.containment())
    }
}

/// How much the shared words tell in all. A short claim told wholly inside another one proves little when it says little:
/// "he tweeted" is contained in every report of a tweet.
pub(super) struct Evidence;

/// Shared words that tell this much, in nats, are as good as any more: some eight rare words.
const PLENTY: f64 = 60.0;

impl Comparator for Evidence {
    fn id(&self) -> &'static str {
        "evidence"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::EVIDENCE
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        if sides.left.units().is_empty() || sides.right.units().is_empty() {
            return Grade::MISSING;
        }
        Grade::of((sides.alignment.shared_weight / PLENTY).min(1.0))
    }
}
