//! Claims → candidates: which pairs are worth comparing.
//!
//! What comes in: every claim with its weighted stems. What goes out: the pairs of different outlets that a blocking key
//! brings together. The index over stems yields every pair whose cosine or containment reaches its bound, up to stems so
//! common that they are not indexed; the other keys bring together pairs that share no rare word.

mod index;

mod keys;

pub use index::{Item, Scratch, StemIndex};
pub use keys::{KEYS, key_pairs};

use crate::model::Candidate;

/// What blocking may be told.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockSettings {
    /// Pairs with at least this cosine over stems are candidates.
    pub least_cosine: f64,
    /// Pairs of which the shorter claim has at least this share of its stems, weighted by rarity, in the longer are
    /// candidates too.
    pub least_containment: f64,
}

impl Default for BlockSettings {
    fn default() -> Self {
        Self { least_cosine: 0.16, least_containment: 0.3 }
    }
}

/// Puts the candidates of all keys together: each pair once, in order, with all its keys.
pub fn merge(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_unstable();
    candidates.dedup_by(|next, kept| {
        let same = (next.left, next.right) == (kept.left, kept.right);
        if same {
            kept.keys = kept.keys.union(next.keys);
        }
        same
    });
    candidates
}
