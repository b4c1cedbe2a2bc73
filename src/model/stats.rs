//! The one value computed over the whole corpus: how rare each stem is.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;

/// In how many claims each stem occurs. Built by `add` and the associative, commutative `merge`, so that any engine can
/// count parts apart and put them together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CorpusStats {
    /// Number of claims counted.
    pub claims: u64,
    /// Number of articles that claim something; ready-made claims stand in none. It is set once the whole corpus is known.
    #[serde(default)]
    pub articles: u64,
    /// Number of claims that hold a stem. Written down in the order of the stems, so that one corpus is one file.
    #[serde(serialize_with = "in_order")]
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

    /// The same counts, of a corpus of so many articles.
    #[must_use]
    pub fn among(self, articles: u64) -> Self {
        Self { articles, ..self }
    }

    /// The counts of both.
    pub fn merge(mut self, other: Self) -> Self {
        if self.stems.len() < other.stems.len() {
            return other.merge(self);
        }
        self.claims += other.claims;
        self.articles += other.articles;
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

/// Writes counts by stem.
fn in_order<S: Serializer>(stems: &FxHashMap<String, u32>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(stems.iter().collect::<BTreeMap<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_one_corpus_are_written_alike_however_they_were_put_together() {
        let words: Vec<String> = (0..200).map(|at| format!("stem{at}")).collect();
        let counted = |order: &mut dyn Iterator<Item = &String>| {
            let mut stats = CorpusStats::default();
            order.for_each(|word| stats.add([word.as_str()]));
            serde_json::to_string(&stats).expect("counts can be written")
        };
        let there = counted(&mut words.iter());
        assert_eq!(there, counted(&mut words.iter().rev()));
        assert_eq!(serde_json::from_str::<CorpusStats>(&there).expect("and read").claims, 200);
    }
}
