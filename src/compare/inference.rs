//! What a reader of both texts infers: whether the one speaks to the other at all, and how alike they are.

use super::levels::{Comparator, Grade, LevelMeta};
use super::{Sides, weights};

/// Whether the one claim entails or contradicts the other: both speak of one thing. Asked of sentences in articles alone; of
/// ready-made claims the label tells by it whether they stand apart.
pub(super) struct Inference;

impl Comparator for Inference {
    fn id(&self) -> &'static str {
        "inference"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::INFERENCE
    }

    fn share(&self, _: &Sides<'_>) -> f64 {
        1.0
    }

    fn infers(&self) -> bool {
        true
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        let asked = sides.reading.inference.filter(|_| !sides.are_ready_made());
        asked.map_or(Grade::MISSING, |inference| Grade::of(1.0 - inference.neutral))
    }
}

/// How alike both are in content.
pub(super) struct Similarity;

impl Comparator for Similarity {
    fn id(&self) -> &'static str {
        "similarity"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::SIMILARITY
    }

    fn share(&self, sides: &Sides<'_>) -> f64 {
        if sides.are_ready_made() { weights::SIMILARITY_OF_READY_MADE } else { 1.0 }
    }

    fn infers(&self) -> bool {
        true
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        sides.reading.inference.map_or(Grade::MISSING, |inference| Grade::of(inference.similarity))
    }
}
