//! The one value computed over the whole corpus: how rare each stem is.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// In how many claims each stem occurs. Built by `add` and the associative, commutative `merge`, so that any engine can
/// count parts apart and put them together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CorpusStats {
    /// Number of claims counted.
    pub claims: u64,
    /// Number of claims that hold a stem.
    pub stems: FxHashMap<String, u32>,
}

impl CorpusStats {
    /// Counts one claim, given its distinct stems.
    pub fn add<'a>(&mut self, distinct_stems: impl IntoIterator<Item = &'a str>) {
        self.claims += 1;
        for stem in distinct_stems {
            match self.stems.get_mut(stem) {
                Some(count) => *count += 1,
                None => {
                    self.stems.insert(stem.to_owned(), 1);
                }
            }
        }
    }

    /// The counts of both.
    pub fn merge(mut self, other: Self) -> Self {
        if self.stems.len() < other.stems.len() {
            return other.merge(self);
        }
        self.claims += other.claims;
        for (stem, count) in other.stems {
            *self.stems.entry(stem).or_insert(0) += count;
        }
        self
    }

    /// Number of claims that hold `stem`.
    pub fn count(&self, stem: &str) -> u32 {
        self.stems.get(stem).copied().unwrap_or(0)
    }
}
