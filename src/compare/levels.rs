//! Comparators with declared levels, as in Splink: a measured value, anchors best first, weights in bits.

use super::{COMPARATORS, Sides, weights};
use crate::model::{Level, Span};

/// One way to hold two claims against each other.
pub trait Comparator: Sync {
    /// Kebab-case name.
    fn id(&self) -> &'static str;

    /// Its levels, best first, by falling `at`.
    fn levels(&self) -> &'static [LevelMeta];

    /// The share its levels weigh, told what is known of both claims: most comparators measure a
    /// part of that likeness once more.
    fn share(&self, sides: &Sides<'_>) -> f64 {
        if sides.reading.nearness.is_some() { weights::BESIDE_MEANING } else { 1.0 }
    }

    /// How many times as much its levels weigh between claims of articles that surely tell of the same events.
    fn within_story(&self) -> f64 {
        1.0
    }

    /// True where it tells what a reader of both texts infers. Where that is known, all else counts little.
    fn infers(&self) -> bool {
        false
    }

    /// True where it looks at what lies around the claims and at nothing of their own words.
    fn looks_around(&self) -> bool {
        false
    }

    /// True where it takes longer than most: it is left out where the pair cannot become a match whatever it finds.
    fn takes_long(&self) -> bool {
        false
    }

    /// True where it weighs nothing as long as nothing is known of meaning, and can only veto: it is asked last then.
    fn only_vetoes(&self) -> bool {
        false
    }

    /// Measures two claims.
    fn grade(&self, sides: &Sides<'_>) -> Grade;
}

/// A level: where it lies on the measured scale and what it weighs. Between two levels the weight runs straight, so that
/// a hair's breadth at a border never turns a label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelMeta {
    /// Its wording.
    pub name: &'static str,
    /// The value, in [0, 1], at which the level holds exactly.
    pub at: f64,
    /// Its weight in bits there.
    pub weight: f64,
}

/// What a comparator measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grade {
    /// The value in [0, 1]; absent where one side lacks what is compared. Missing data weighs nothing.
    pub value: Option<f64>,
    /// What was compared on the left.
    pub left: Option<Span>,
    /// What was compared on the right.
    pub right: Option<Span>,
    /// True where the two can never be the same thing.
    pub veto: bool,
}

impl Grade {
    /// One side lacks what is compared.
    pub const MISSING: Self = Self { value: None, left: None, right: None, veto: false };

    /// A value without particular words.
    pub fn of(value: f64) -> Self {
        Self { value: Some(value), ..Self::MISSING }
    }

    /// A value with the words compared.
    pub fn between(value: f64, left: Span, right: Span) -> Self {
        Self { value: Some(value), left: Some(left), right: Some(right), veto: false }
    }
}

/// The share that the levels of a comparator weigh for two claims.
pub(super) fn share(comparator: &dyn Comparator, sides: &Sides<'_>) -> f64 {
    let beside = if comparator.infers() { 1.0 } else { beside_inference(sides) };
    comparator.share(sides) * beside
}

/// Articles less alike than this, what is known of their number included, are not taken for telling of the same events as far as
/// [`Comparator::within_story`] goes, and those from the second on are wholly.
const ONE_STORY: [f64; 2] = [0.3, 0.45];

/// What a comparator weighs because of what the articles are about. It was measured beside meaning only, and what speaks against a match
/// weighs no more: outlets that count one thing otherwise are what is looked for.
pub(super) fn within_story(comparator: &dyn Comparator, weight: f64, sides: &Sides<'_>) -> f64 {
    let times = comparator.within_story();
    match (sides.likeness, sides.reading.nearness) {
        (Some(likeness), Some(_)) if weight > 0.0 => {
            let surely = ((likeness - ONE_STORY[0]) / (ONE_STORY[1] - ONE_STORY[0])).clamp(0.0, 1.0);
            weight * (1.0 + (times - 1.0) * surely)
        }
        _ => weight,
    }
}

/// The share of all that is not inferred by a reader of both texts. Between claims of one story, and where the reader tells no likeness, all
/// else keeps its weight.
pub(super) fn beside_inference(sides: &Sides<'_>) -> f64 {
    let is_told = sides.reading.inference.is_some_and(|inference| inference.similarity.is_some());
    if is_told && sides.likeness.is_none() { weights::BESIDE_INFERENCE } else { 1.0 }
}

/// What a pair weighs with what a reader of both infers; `unread` is what it weighs without.
pub(super) fn with_inference(unread: f64, sides: &Sides<'_>) -> f64 {
    if sides.reading.inference.is_none() {
        return unread;
    }
    let infers = COMPARATORS.iter().filter(|comparator| comparator.infers());
    let inferred: f64 = infers.map(|comparator| weight_of(*comparator, comparator.grade(sides), sides)).sum();
    unread * beside_inference(sides) + inferred
}

/// The most that a comparator can weigh where nothing is known of meaning.
pub(super) fn most(comparator: &dyn Comparator) -> f64 {
    comparator.levels().iter().map(|level| level.weight).fold(0.0, f64::max)
}

/// What a comparator weighs that measured this.
pub(super) fn weight_of(comparator: &dyn Comparator, grade: Grade, sides: &Sides<'_>) -> f64 {
    grade.value.map_or(0.0, |value| weight(comparator.levels(), value)) * share(comparator, sides)
}

/// The level a comparator finds.
pub(super) fn level(comparator: &dyn Comparator, sides: &Sides<'_>) -> Level {
    let grade = comparator.grade(sides);
    let (name, weight) = match grade.value {
        None => ("missing", 0.0),
        Some(value) => weigh(comparator.levels(), value),
    };
    Level {
        comparator: comparator.id().into(),
        grade: name.into(),
        weight: within_story(comparator, weight * share(comparator, sides), sides),
        value: grade.value.map(|value| (value * 1e4).round() / 1e4),
        left: grade.left,
        right: grade.right,
        veto: grade.veto,
    }
}

/// The weight at `value` alone.
pub(super) fn weight(levels: &[LevelMeta], value: f64) -> f64 {
    weigh(levels, value).1
}

/// The wording of the nearest level and the weight at `value`.
fn weigh(levels: &[LevelMeta], value: f64) -> (&'static str, f64) {
    let Some((first, last)) = levels.first().zip(levels.last()) else { return ("missing", 0.0) };
    if value >= first.at {
        return (first.name, first.weight);
    }
    if value <= last.at {
        return (last.name, last.weight);
    }
    let below = levels.iter().position(|level| level.at <= value).expect("the value lies above the last level");
    let (upper, lower) = (&levels[below - 1], &levels[below]);
    let part = (value - lower.at) / (upper.at - lower.at);
    let name = if part >= 0.5 { upper.name } else { lower.name };
    (name, lower.weight + part * (upper.weight - lower.weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: &[LevelMeta] = &[
        LevelMeta { name: "same", at: 1.0, weight: 4.0 },
        LevelMeta { name: "alike", at: 0.5, weight: 1.0 },
        LevelMeta { name: "other", at: 0.0, weight: -3.0 },
    ];

    #[test]
    fn weights_run_straight_between_levels() {
        assert_eq!(weigh(LEVELS, 1.0), ("same", 4.0));
        assert_eq!(weigh(LEVELS, 0.75), ("same", 2.5));
        assert_eq!(weigh(LEVELS, 0.6).0, "alike");
        assert_eq!(weigh(LEVELS, 0.0), ("other", -3.0));
        assert_eq!(weigh(LEVELS, -1.0), ("other", -3.0));
    }
}
