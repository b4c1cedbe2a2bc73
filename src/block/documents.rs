//! Which articles seem to tell of the same events: every pair of articles whose words are alike enough.
//!
//! The same walk as over claims, with the bound of Cauchy and Schwarz on what is left: of two vectors of unit length the
//! unwalked part of one adds no more than its length (L2AP: Anastasiu & Karypis 2014).

use super::Item;
use super::vectors::Vectors;
use super::walk::Scratch;
use crate::model::SourceId;

/// Stems are walked until those left are lighter than this share of the bound.
const LEFT_UNWALKED: f32 = 0.5;

/// What the order of summing can change in a cosine.
const ROUNDING: f32 = 1e-4;

/// The index over articles.
#[derive(Debug)]
pub struct DocumentIndex {
    vectors: Vectors,
}

impl DocumentIndex {
    /// Indexes the articles by what they are about: stems with weights, of unit length.
    pub fn of(profiles: &[&[(u64, f32)]]) -> Self {
        let items: Vec<Item<'_>> =
            profiles.iter().map(|&stems| Item { source: SourceId(0), document: 0, stems, norm: 1.0 }).collect();
        Self { vectors: Vectors::of(&items) }
    }

    /// The articles behind the one at `at` whose cosine with it is at least `least`, ascending.
    pub fn near(&self, at: u32, least: f32, scratch: &mut Scratch) -> Vec<u32> {
        let row = self.vectors.row(at);
        scratch.fill_rest(row.len(), |place, rest| (rest * rest + row[place].1 * row[place].1).sqrt());
        let needed = least * (1.0 - ROUNDING);
        let walked = scratch.walk(&self.vectors, at, needed * LEFT_UNWALKED);
        let left = scratch.rest[walked];
        let mut found = Vec::new();
        for other in scratch.touched.drain(..) {
            let partial = std::mem::take(&mut scratch.sums[other as usize]);
            if partial + left >= needed && self.vectors.product(at, other) >= least {
                found.push(other);
            }
        }
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_near_article_is_found(
            profiles in prop::collection::vec(prop::collection::btree_map(0_u64..60, 1_u8..9, 1..30), 0..25),
            least in 0.05_f32..0.9,
        ) {
            let profiles: Vec<Vec<(u64, f32)>> = profiles
                .iter()
                .map(|stems| {
                    let norm = stems.values().map(|&weight| f32::from(weight).powi(2)).sum::<f32>().sqrt();
                    stems.iter().map(|(stem, weight)| (*stem, f32::from(*weight) / norm)).collect()
                })
                .collect();
            let slices: Vec<&[(u64, f32)]> = profiles.iter().map(Vec::as_slice).collect();
            let index = DocumentIndex::of(&slices);
            let mut scratch = Scratch::default();
            for at in 0..profiles.len() as u32 {
                let near: Vec<u32> = (at + 1..profiles.len() as u32)
                    .filter(|&other| index.vectors.product(at, other) >= least)
                    .collect();
                prop_assert_eq!(index.near(at, least, &mut scratch), near);
            }
        }
    }
}
