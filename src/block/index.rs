//! The inverted index over stems: which claims hold a stem, and how much it weighs there.

use super::BlockSettings;
use crate::model::{Candidate, KeySet, SourceId};
use rustc_hash::FxHashMap;

/// A stem that more than this share of the claims hold tells nothing, and its list would cost most of the time.
const COMMONEST_SHARE: f64 = 0.05;

/// Lists up to this length are always walked, so that small inputs lose nothing.
const ALWAYS_WALKED: usize = 3_000;

/// The share of a claim's weight, squared, that is looked up in any case.
const LEAST_WALKED: f32 = 0.5;

/// One claim, as the index sees it.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The outlet; claims of one outlet are never held against each other.
    pub source: SourceId,
    /// Stems by hash with their weights, of unit length.
    pub stems: &'a [(u64, f32)],
    /// Length of the vector before it was scaled to unit length.
    pub norm: f32,
}

/// The index.
#[derive(Debug)]
pub struct StemIndex<'a> {
    items: &'a [Item<'a>],
    postings: FxHashMap<u64, Vec<(u32, f32)>>,
    longest: usize,
}

/// Working memory of one thread.
#[derive(Debug, Default)]
pub struct Scratch {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl<'a> StemIndex<'a> {
    /// Indexes the claims; their place in `items` is their identity.
    pub fn of(items: &'a [Item<'a>]) -> Self {
        let mut postings: FxHashMap<u64, Vec<(u32, f32)>> = FxHashMap::default();
        for (claim, item) in (0_u32..).zip(items) {
            for &(stem, weight) in item.stems {
                postings.entry(stem).or_default().push((claim, weight));
            }
        }
        let longest = ALWAYS_WALKED.max((items.len() as f64 * COMMONEST_SHARE) as usize);
        Self { items, postings, longest }
    }

    /// The candidates of the claim at `left` among the claims after it.
    pub fn candidates(&self, left: u32, scratch: &mut Scratch, settings: &BlockSettings) -> Vec<Candidate> {
        let item = &self.items[left as usize];
        scratch.sums.resize(self.items.len(), 0.0);
        let mut lists: Vec<(&[(u32, f32)], f32)> = item
            .stems
            .iter()
            .filter_map(|(stem, weight)| Some((self.postings.get(stem)?.as_slice(), *weight)))
            .collect();
        lists.sort_by_key(|(list, _)| list.len());
        let mut walked = 0.0;
        for (list, weight) in lists {
            // A claim of common words only would meet nothing: the rarest of them are walked however long their lists are.
            if list.len() > self.longest && walked >= LEAST_WALKED {
                break;
            }
            walked += weight * weight;
            let after = list.partition_point(|&(claim, _)| claim <= left);
            for &(claim, other) in &list[after..] {
                let sum = &mut scratch.sums[claim as usize];
                if *sum == 0.0 {
                    scratch.touched.push(claim);
                }
                *sum += weight * other;
            }
        }
        let mut found = Vec::new();
        for right in scratch.touched.drain(..) {
            let cosine = f64::from(std::mem::take(&mut scratch.sums[right as usize]));
            let other = &self.items[right as usize];
            if other.source == item.source {
                continue;
            }
            let longer = f64::from(item.norm.max(other.norm) / item.norm.min(other.norm).max(f32::MIN_POSITIVE));
            if cosine >= settings.least_cosine || cosine * longer >= settings.least_containment {
                found.push(Candidate { left, right, keys: KeySet::default().with(0) });
            }
        }
        found.sort_unstable();
        found
    }

    /// The claims nearest to a query, at most `limit`, nearest first: by the mean of cosine and containment of the query.
    pub fn nearest(&self, stems: &[(u64, f32)], norm: f32, limit: usize, scratch: &mut Scratch) -> Vec<u32> {
        scratch.sums.resize(self.items.len(), 0.0);
        for &(stem, weight) in stems {
            let Some(list) = self.postings.get(&stem) else { continue };
            for &(claim, other) in list {
                let sum = &mut scratch.sums[claim as usize];
                if *sum == 0.0 {
                    scratch.touched.push(claim);
                }
                *sum += weight * other;
            }
        }
        let mut ranked: Vec<(u32, f32)> = scratch
            .touched
            .drain(..)
            .map(|claim| {
                let cosine = std::mem::take(&mut scratch.sums[claim as usize]);
                let other = self.items[claim as usize].norm;
                let longer = norm.max(other) / norm.min(other).max(f32::MIN_POSITIVE);
                (claim, cosine + (cosine * longer).min(1.0))
            })
            .collect();
        ranked.sort_by(|one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
        ranked.truncate(limit);
        ranked.into_iter().map(|(claim, _)| claim).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_of_nothing_but_common_words_still_meet() {
        let stems = [(1_u64, 0.8_f32), (2, 0.6)];
        let items: Vec<Item<'_>> = (0..=ALWAYS_WALKED as u64)
            .map(|outlet| Item { source: SourceId(outlet), stems: &stems, norm: 5.0 })
            .collect();
        let found =
            StemIndex::of(&items).candidates(0, &mut Scratch::default(), &super::super::BlockSettings::default());
        assert_eq!(found.len(), ALWAYS_WALKED);
    }
}
