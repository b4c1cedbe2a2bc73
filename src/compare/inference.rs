//! How alike two claims are for a reader of both, where one was asked.

use super::levels::{Comparator, Grade, LevelMeta};
use super::{Sides, weights};

/// How alike both are in content, as a cross-encoder reads them.
pub(super) struct Similarity;

impl Comparator for Similarity {
    fn id(&self) -> &'static str {
        "similarity"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::SIMILARITY
    }

    fn share(&self, _: &Sides<'_>) -> f64 {
        1.0
    }

    fn infers(&self) -> bool {
        true
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        sides.reading.inference.and_then(|inference| inference.similarity).map_or(Grade::MISSING, Grade::of)
    }
}
