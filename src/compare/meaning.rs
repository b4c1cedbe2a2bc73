//! Whether two claims mean the same, by the vectors of their words: sees what is said in other words.

use super::levels::{Comparator, Grade, LevelMeta};
use super::{Sides, weights};

/// How near two claims are, as `meaning` measured it.
pub(super) struct Meaning;

impl Comparator for Meaning {
    fn id(&self) -> &'static str {
        "meaning"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::MEANING
    }

    fn share(&self, _: &Sides<'_>) -> f64 {
        1.0
    }

    fn looks_around(&self) -> bool {
        true
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        sides.reading.nearness.map_or(Grade::MISSING, Grade::of)
    }
}
