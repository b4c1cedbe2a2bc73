//! How rare words are. In: the counts of the corpus compared. Out: a weight for each stem, smoothed by a background
//! table so that two short articles are weighed sensibly too. It does not know which words matter in a claim.

use crate::model::CorpusStats;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The background counts as much as this many claims of the corpus compared. Large enough that a handful of articles
/// cannot make "said" rare, small enough that the names of one story lose weight inside it.
const BACKGROUND_CLAIMS: f64 = 4_000.0;

/// In how many of `claims` sentences of general news and claims each stem occurs.
struct Background {
    claims: f64,
    counts: FxHashMap<&'static str, f64>,
}

static BACKGROUND: LazyLock<Background> = LazyLock::new(|| {
    let mut claims = 1.0;
    let mut counts = FxHashMap::default();
    for line in include_str!("en/background.tsv").lines() {
        let Some((stem, count)) = line.split_once('\t') else { continue };
        let count: f64 = count.parse().unwrap_or(0.0);
        match stem {
            "# sentences" => claims = count,
            _ => {
                counts.insert(stem, count);
            }
        }
    }
    Background { claims, counts }
});

/// The weights of stems in one corpus.
#[derive(Debug, Clone, Copy)]
pub struct Rarity<'a> {
    corpus: &'a CorpusStats,
}

impl<'a> Rarity<'a> {
    /// Weights for a corpus with these counts.
    pub fn of(corpus: &'a CorpusStats) -> Self {
        Self { corpus }
    }

    /// The inverse document frequency of `stem` in nats: `ln(1 / share)`, the share of claims that hold it taken over the
    /// corpus and the background together (Spärck Jones 1972, with additive smoothing). Between about 0.7 and 9.
    pub fn weight(&self, stem: &str) -> f64 {
        let share = BACKGROUND_CLAIMS / BACKGROUND.claims;
        let before = BACKGROUND.counts.get(stem).copied().unwrap_or(0.0) * share;
        let here = f64::from(self.corpus.count(stem));
        let all = BACKGROUND_CLAIMS + self.corpus.claims as f64;
        ((all + 1.0) / (before + here + 0.5)).ln().max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_weigh_less_than_rare_ones() {
        let stats = CorpusStats::default();
        let rarity = Rarity::of(&stats);
        assert!(rarity.weight("year") < rarity.weight("ferri"));
        assert!(rarity.weight("ferri") <= rarity.weight("zzqx"));
    }

    #[test]
    fn a_word_in_every_claim_of_the_corpus_loses_weight() {
        let mut stats = CorpusStats::default();
        for _ in 0..500 {
            stats.add(["ferri"]);
        }
        let empty = CorpusStats::default();
        assert!(Rarity::of(&stats).weight("ferri") + 2.0 < Rarity::of(&empty).weight("ferri"));
    }
}
