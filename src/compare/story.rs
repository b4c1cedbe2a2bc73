//! Whether the documents of two claims tell of the same events.
//!
//! What comes in: all claims. What goes out: for every article a vector of its words and names, and their cosine for a
//! pair. Ready-made claims have no article around them and no profile.

use super::levels::{Comparator, Grade, LevelMeta};
use super::prepared::{Prepared, cosine};
use super::{Sides, weights};
use crate::model::{ClaimKind, DocumentId};
use rustc_hash::FxHashMap;

/// Articles of a corpus that tell of the events of one of its articles, besides it, as a rule.
const PARTNERS: f64 = 2.0;

/// A corpus of so many articles is taken as it is: on such ones the levels of likeness were chosen (`docs/quality.md`).
const LARGE: f64 = 130.0;

/// What the natural logarithm of the odds weighs on the scale of likeness.
const PRIOR: f64 = 0.06;

/// What the likeness of two articles, in [0, 1], gains before any word of them is read, told how many articles are compared; 0 where
/// nobody counted them. Of three articles any two probably tell of the same events,
/// of a thousand any two probably do not, and the words of two outlets that write for themselves share no more than those of two events
/// of one kind: a likeness of .25 tells much among few and little among many (Bayes' rule, the odds before any word is read being those
/// of `articles` articles of which each has two partners).
pub fn likeness_prior(articles: u64) -> f64 {
    if articles == 0 {
        return 0.0;
    }
    let odds = |articles: f64| PARTNERS / (articles - 1.0).max(1.0);
    (PRIOR * (odds(articles as f64) / odds(LARGE)).ln()).max(0.0)
}

/// What each article is about.
#[derive(Debug, Clone, Default)]
pub struct StoryProfiles {
    profiles: FxHashMap<DocumentId, Vec<(u64, f32)>>,
    /// What every likeness gains.
    bonus: f64,
    known: FxHashMap<(DocumentId, DocumentId), f64>,
}

impl StoryProfiles {
    /// None yet, of a corpus of so many articles.
    pub fn among(articles: u64) -> Self {
        Self { bonus: likeness_prior(articles), ..Self::default() }
    }

    /// What the likeness of two articles gains because few are compared: [`likeness_prior`].
    pub fn bonus(&self) -> f64 {
        self.bonus
    }

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
        Some((cosine(self.profiles.get(&left)?, self.profiles.get(&right)?) + self.bonus).min(1.0))
    }

    /// Keeps the likeness of these pairs of articles, the smaller identity first: their claims meet many times.
    pub fn keep(&mut self, likenesses: impl IntoIterator<Item = ((DocumentId, DocumentId), f64)>) {
        self.known.extend(likenesses);
    }
}

/// Sums up what each article is about from its prepared claims. How many articles their corpus holds is told by the statistics they were
/// prepared with, so that a part of a corpus gives what the whole gives.
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
    let bonus = likeness_prior(claims.first().map_or(0, |first| first.rarity.articles()));
    let profiles = sums
        .into_iter()
        .map(|(document, sum)| {
            let mut vector: Vec<(u64, f64)> = sum.into_iter().collect();
            vector.sort_by_key(|(stem, _)| *stem);
            let norm = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            (document, vector.into_iter().map(|(stem, weight)| (stem, (weight / norm) as f32)).collect())
        })
        .collect();
    StoryProfiles { profiles, bonus, known: FxHashMap::default() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewer_articles_are_compared_the_likelier_any_two_tell_of_one_event() {
        let gained = [2, 3, 10, 20, 50, 130, 1000].map(likeness_prior);
        assert!(gained.windows(2).all(|two| two[0] >= two[1]), "{gained:?}");
        assert!((gained[0] - gained[1]).abs() < 0.05 && gained[0] > 0.25, "{gained:?}");
        assert_eq!(gained[5..], [0.0, 0.0]);
        // Where nobody counted them nothing is known.
        assert_eq!(likeness_prior(0), 0.0);
        assert_eq!(likeness_prior(1), likeness_prior(2));
    }
}
