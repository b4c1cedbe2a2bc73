//! Whether the documents of two claims tell of the same events.
//!
//! What comes in: all claims. What goes out: for every article a vector of its words and names, and their cosine for a
//! pair. Ready-made claims have no article around them and no profile.

use super::levels::{Comparator, Grade, LevelMeta};
use super::prepared::{Prepared, cosine};
use super::{Sides, weights};
use crate::model::{ClaimKind, DocumentId};
use rustc_hash::FxHashMap;

/// What each article is about.
#[derive(Debug, Clone, Default)]
pub struct StoryProfiles {
    profiles: FxHashMap<DocumentId, Vec<(u64, f32)>>,
    known: FxHashMap<(DocumentId, DocumentId), f64>,
}

impl StoryProfiles {
    /// The articles with what each is about, by identity.
    pub fn all(&self) -> Vec<(DocumentId, &[(u64, f32)])> {
        let mut all: Vec<_> = self.profiles.iter().map(|(document, profile)| (*document, profile.as_slice())).collect();
        all.sort_unstable_by_key(|(document, _)| *document);
        all
    }

    /// Takes in the articles that `others` knows; their likenesses to those known before are not kept yet.
    pub fn extend(&mut self, others: Self) {
        self.profiles.extend(others.profiles);
        self.known.extend(others.known);
    }

    /// True where `document` has a profile.
    pub fn has(&self, document: DocumentId) -> bool {
        self.profiles.contains_key(&document)
    }

    /// True where the likeness of two articles is kept.
    pub fn knows(&self, one: DocumentId, two: DocumentId) -> bool {
        self.known.contains_key(&(one.min(two), one.max(two)))
    }

    /// How alike two articles are, in [0, 1]; nothing where one has no profile.
    pub fn likeness(&self, left: DocumentId, right: DocumentId) -> Option<f64> {
        if self.profiles.is_empty() {
            return None;
        }
        if let Some(known) = self.known.get(&(left.min(right), left.max(right))) {
            return Some(*known);
        }
        Some(cosine(self.profiles.get(&left)?, self.profiles.get(&right)?))
    }

    /// Keeps the likeness of these pairs of articles, the smaller identity first: their claims meet many times.
    pub fn keep(&mut self, likenesses: impl IntoIterator<Item = ((DocumentId, DocumentId), f64)>) {
        self.known.extend(likenesses);
    }
}

/// Sums up what each article is about from its prepared claims.
pub fn story_profiles(claims: &[Prepared<'_>]) -> StoryProfiles {
    let mut sums: FxHashMap<DocumentId, FxHashMap<u64, f64>> = FxHashMap::default();
    for prepared in claims {
        let claim = &prepared.claim.claim;
        if claim.kind == ClaimKind::Given {
            continue;
        }
        let sum = sums.entry(claim.document).or_default();
        // The vectors have unit length: every claim of an article has one vote.
        for &(stem, weight) in &prepared.stems {
            *sum.entry(stem).or_insert(0.0) += f64::from(weight);
        }
    }
    let profiles = sums
        .into_iter()
        .map(|(document, sum)| {
            let mut vector: Vec<(u64, f64)> = sum.into_iter().collect();
            vector.sort_by_key(|(stem, _)| *stem);
            let norm = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            (document, vector.into_iter().map(|(stem, weight)| (stem, (weight / norm) as f32)).collect())
        })
        .collect();
    StoryProfiles { profiles, known: FxHashMap::default() }
}

/// How alike the articles of two claims are.
pub(super) struct SameStory;

impl Comparator for SameStory {
    fn id(&self) -> &'static str {
        "story"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::STORY
    }

    fn share(&self, _: &Sides<'_>) -> f64 {
        1.0
    }

    fn looks_around(&self) -> bool {
        true
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        sides.likeness.map_or(Grade::MISSING, Grade::of)
    }
}
