//! Claims → candidates: which pairs are worth comparing.
//!
//! What comes in: every claim with its weighted stems, and which documents seem to tell of the same events. What goes out:
//! the pairs of different outlets that a blocking key brings together. The index over stems yields every pair of which the
//! claim that tells less shares enough with the other (`index`); the other keys bring together pairs that share no rare word.

mod documents;

mod index;

mod keys;

mod signatures;

mod vectors;

mod walk;

pub use documents::DocumentIndex;
pub use index::{Item, StemIndex};
pub use keys::{Entry, KEYS, MEANING_KEY, READING_KEY, Taken, entries, is_crowded, key_pairs, taken};
pub use walk::Scratch;

use crate::model::Candidate;

/// What blocking may be told. The weights of words are in nats, their products in squared nats.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockSettings {
    /// A pair is a candidate when at least this share of the claim that tells less, its stems weighted by the square of
    /// their rarity, is in the other.
    pub least_shared: f32,
    /// The same for claims whose documents seem to tell of the same events; not above the other.
    pub least_shared_in_story: f32,
    /// The shared stems of claims without a common story must tell this much, the sum of their squared rarities: that both
    /// say "officials" brings no two short claims together.
    pub least_told: f32,
    /// Unless the two are this much alike on the whole (cosine).
    pub least_cosine: f32,
    /// Two articles of this likeness (cosine) seem to tell of the same events.
    pub least_likeness: f32,
}

impl Default for BlockSettings {
    fn default() -> Self {
        Self {
            least_shared: 0.5,
            least_shared_in_story: 0.25,
            least_told: 48.0,
            least_cosine: 0.6,
            least_likeness: 0.25,
        }
    }
}

impl BlockSettings {
    /// True where two claims are a candidate by the stems they share: `shared` is the product of their vectors, `least` and `most` the
    /// squared lengths of that of the claim which tells less and of the other, and `near` whether their documents seem to tell of the
    /// same events.
    pub fn reaches(&self, shared: f32, [least, most]: [f32; 2], near: bool) -> bool {
        if near {
            return shared >= self.least_shared_in_story * least;
        }
        let alike = shared * shared >= self.least_cosine * self.least_cosine * least * most;
        shared >= self.least_shared * least && (shared >= self.least_told || alike)
    }
}

/// What the join did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pairs of claims that a walk over the list of a stem which both hold came upon, once for each list.
    pub considered: u64,
    /// Of these, what was ruled out before it was multiplied out: by a bound, as one of the same outlet, or as found before.
    pub pruned: u64,
}

impl Counts {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self { considered: self.considered + other.considered, pruned: self.pruned + other.pruned }
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
