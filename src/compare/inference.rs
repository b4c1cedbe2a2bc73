//! How alike two claims are for a reader of both, where one was asked.

use super::levels::{Comparator, Grade, LevelMeta};
use super::{Sides, weights};

/// Share of the content of one claim that is told in the other, from where on both tell it in the same words, as for the rule
/// `contradiction`.
const SAME_WORDS: f64 = 0.6;

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
        let told = sides.reading.inference.and_then(|inference| inference.similarity);
        told.filter(|_| sides.likeness.is_none()).map_or(Grade::MISSING, Grade::of)
    }
}

/// How surely two claims of one story are about the same fact, as a cross-encoder reads them, where each is the other's one counterpart and
/// both can hardly hold. Versions that contradict each other share few words, so that words and vectors hardly ever bring them
/// together; where nothing else in either article comes near, they mostly tell one fact.
pub(super) struct Counterpart;

impl Comparator for Counterpart {
    fn id(&self) -> &'static str {
        "counterpart"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::COUNTERPART
    }

    fn share(&self, _: &Sides<'_>) -> f64 {
        1.0
    }

    fn infers(&self) -> bool {
        true
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        // What is told in the same words, words bring together by themselves.
        let same_words = sides.alignment.containment() >= SAME_WORDS;
        let same_fact = sides.reading.inference.and_then(|inference| inference.same_fact);
        same_fact.filter(|_| sides.reading.is_counterpart && !same_words).map_or(Grade::MISSING, Grade::of)
    }
}
