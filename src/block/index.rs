//! The inverted index over stems, and the join: every pair of claims of different outlets of which one tells enough of
//! the other.
//!
//! The first-stage score of a pair is the share of the claim that tells less which the other tells too: the product of
//! their TF-IDF vectors over the square of the shorter one's length. It is never below their cosine. All pairs at or above
//! the bound are found, by prefix filtering with upper bounds on what else is shared (Bayardo, Ma & Srikant 2007; Anastasiu &
//! Karypis 2014, L2AP): of each claim only its rarest stems are looked up, as many as it takes for the others to be too light
//! to reach the bound without them. In the list of a stem a claim is passed over where this stem and the commoner ones that
//! its signature allows for are too light (`signatures`): had the two a rarer one in common, they were met in its list. What is
//! left is multiplied out. Claims are walked by length, so that the claim in hand is the shorter of every pair.

use super::signatures::{Sieve, Signatures};
use super::vectors::Vectors;
use super::walk::Scratch;
use super::{BlockSettings, Counts};
use crate::model::{Candidate, KeySet, SourceId};

/// What the order of summing can change in a product: a pair is pruned only where its bound is missed by more.
const ROUNDING: f32 = 1e-4;

/// One claim, as the index sees it.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The outlet; claims of one outlet are never held against each other.
    pub source: SourceId,
    /// The document, as an index into the list of near documents.
    pub document: u32,
    /// Stems by hash with their weights, of unit length.
    pub stems: &'a [(u64, f32)],
    /// Length of the vector before it was scaled to unit length.
    pub norm: f32,
}

/// The index.
#[derive(Debug)]
pub struct StemIndex<'a> {
    vectors: Vectors,
    signatures: Signatures,
    told: Vec<Told>,
    near: &'a [Vec<u32>],
}

/// What is asked of a claim besides its stems, in one place since it is asked of claims here and there.
#[derive(Debug, Clone, Copy)]
struct Told {
    source: SourceId,
    document: u32,
    /// The length of its vector, squared.
    square: f32,
}

impl<'a> StemIndex<'a> {
    /// Indexes the claims; their place in `items` is their identity. `near` holds for each document those, ascending, that
    /// seem to tell of the same events; claims of a document that it does not know have none.
    pub fn of(items: &[Item<'_>], near: &'a [Vec<u32>]) -> Self {
        let vectors = Vectors::of(items);
        let told = (0..vectors.len() as u32).map(|claim| {
            let item = &items[vectors.order[claim as usize] as usize];
            let square = vectors.row(claim).iter().map(|(_, weight)| weight * weight).sum();
            Told { source: item.source, document: item.document, square }
        });
        let told = told.collect();
        let signatures = Signatures::of(&vectors);
        Self { vectors, signatures, told, near }
    }

    /// Number of claims.
    pub fn len(&self) -> usize {
        self.vectors.len()
    }

    /// True where there is no claim.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The candidates of the claim that is `at`-th by length among those that tell more; over all `at` below
    /// [`len`](Self::len) each pair comes once. Adds to `found`.
    pub fn candidates(
        &self,
        at: u32,
        settings: &BlockSettings,
        scratch: &mut Scratch,
        found: &mut Vec<Candidate>,
    ) -> Counts {
        let mut counts = Counts::default();
        let square = self.told[at as usize].square;
        if square <= 0.0 {
            return counts;
        }
        let near = self.near(at);
        let needed_by = |share: f32| share * square * (1.0 - ROUNDING);
        let alone = needed_by(settings.least_shared);
        let needed = if near.is_empty() { alone } else { needed_by(settings.least_shared_in_story) };
        let row = self.vectors.row(at);
        let most = |place: usize| row[place].1 * self.vectors.heaviest(row[place].0);
        scratch.fill_rest(row.len(), |place, rest| rest + most(place));
        let walked = scratch.rest.partition_point(|rest| *rest >= needed).min(row.len());
        let mut behind = Sieve::new();
        for place in (walked..row.len()).rev() {
            behind.add(&self.vectors, row[place].0, most(place));
        }
        for place in (0..walked).rev() {
            let (rank, own) = (row[place].0, most(place));
            let claims = self.vectors.list(rank).0;
            let after = claims.partition_point(|&claim| claim <= at);
            let (claims, signatures) = (&claims[after..], &self.signatures.list(&self.vectors, rank)[after..]);
            counts.considered += claims.len() as u64;
            behind.sift(signatures, needed - own, |entry, more| {
                if own + more >= alone || self.is_near(near, claims[entry]) {
                    scratch.touched.push(claims[entry]);
                }
            });
            behind.add(&self.vectors, rank, own);
        }
        // A pair that shares several of the stems walked was come upon as often.
        scratch.touched.sort_unstable();
        scratch.touched.dedup();
        counts.pruned = counts.considered;
        for other in scratch.touched.drain(..) {
            if self.told[at as usize].source == self.told[other as usize].source {
                continue;
            }
            counts.pruned -= 1;
            if self.reaches(at, other, near, settings) {
                let (one, two) = (self.vectors.order[at as usize], self.vectors.order[other as usize]);
                let (left, right) = (one.min(two), one.max(two));
                found.push(Candidate { left, right, keys: KeySet::default().with(0) });
            }
        }
        counts
    }

    /// True where the pair is a candidate. `at` is the one that tells less; `near` are the documents near its own.
    fn reaches(&self, at: u32, other: u32, near: &[u32], settings: &BlockSettings) -> bool {
        let is_near = self.is_near(near, other);
        let squares = [self.told[at as usize].square, self.told[other as usize].square];
        settings.reaches(self.vectors.product(at, other), squares, is_near)
    }

    /// True where the claim `other` stands in one of the documents `near`.
    fn is_near(&self, near: &[u32], other: u32) -> bool {
        near.binary_search(&self.told[other as usize].document).is_ok()
    }

    fn near(&self, at: u32) -> &[u32] {
        self.near.get(self.told[at as usize].document as usize).map_or(&[], Vec::as_slice)
    }

    /// The claims nearest to a query, at most `limit`, nearest first: by the mean of cosine and of the share of the shorter
    /// one that both tell.
    pub fn nearest(&self, stems: &[(u64, f32)], norm: f32, limit: usize, scratch: &mut Scratch) -> Vec<u32> {
        scratch.sums.resize(self.len(), 0.0);
        for &(stem, weight) in stems {
            let Some(rank) = self.vectors.rank(stem) else { continue };
            let (claims, values) = self.vectors.list(rank);
            for (&claim, value) in claims.iter().zip(values) {
                let sum = &mut scratch.sums[claim as usize];
                if *sum == 0.0 {
                    scratch.touched.push(claim);
                }
                *sum += weight * norm * value;
            }
        }
        let mut ranked: Vec<(f32, u32)> = Vec::with_capacity(scratch.touched.len());
        for claim in scratch.touched.drain(..) {
            let shared = std::mem::take(&mut scratch.sums[claim as usize]);
            let (square, other) = (norm * norm, self.told[claim as usize].square);
            let near = shared / (square * other).sqrt() + (shared / square.min(other)).min(1.0);
            ranked.push((near, self.vectors.order[claim as usize]));
        }
        let best_first = |one: &(f32, u32), two: &(f32, u32)| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1));
        if ranked.len() > limit {
            ranked.select_nth_unstable_by(limit, best_first);
            ranked.truncate(limit);
        }
        ranked.sort_unstable_by(best_first);
        ranked.into_iter().map(|(_, claim)| claim).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Claims as stems with raw weights, made into items.
    struct Corpus {
        vectors: Vec<(Vec<(u64, f32)>, f32)>,
        places: Vec<(u64, u32)>,
    }

    /// The stems of a claim, its outlet and its document.
    type Told = (Vec<(u64, f32)>, u64, u32);

    impl Corpus {
        fn of(claims: &[Told]) -> Self {
            let vectors = claims
                .iter()
                .map(|(stems, ..)| {
                    let mut stems = stems.clone();
                    stems.sort_by_key(|(stem, _)| *stem);
                    stems.dedup_by_key(|(stem, _)| *stem);
                    let norm = stems.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
                    (stems.iter().map(|(stem, weight)| (*stem, weight / norm)).collect(), norm)
                })
                .collect();
            Self { vectors, places: claims.iter().map(|(_, source, document)| (*source, *document)).collect() }
        }

        fn items(&self) -> Vec<Item<'_>> {
            self.vectors
                .iter()
                .zip(&self.places)
                .map(|((stems, norm), &(source, document))| Item {
                    source: SourceId(source),
                    document,
                    stems,
                    norm: *norm,
                })
                .collect()
        }
    }

    fn found(index: &StemIndex<'_>, settings: &BlockSettings) -> Vec<(u32, u32)> {
        let (mut scratch, mut found) = (Scratch::default(), Vec::new());
        for at in 0..index.len() as u32 {
            index.candidates(at, settings, &mut scratch, &mut found);
        }
        let mut pairs: Vec<(u32, u32)> = found.iter().map(|pair| (pair.left, pair.right)).collect();
        pairs.sort_unstable();
        pairs
    }

    /// Every pair, multiplied out.
    fn by_brute_force(index: &StemIndex<'_>, settings: &BlockSettings) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for at in 0..index.len() as u32 {
            for other in at + 1..index.len() as u32 {
                if index.told[at as usize].square > 0.0
                    && index.told[at as usize].source != index.told[other as usize].source
                    && index.reaches(at, other, index.near(at), settings)
                {
                    let (one, two) = (index.vectors.order[at as usize], index.vectors.order[other as usize]);
                    pairs.push((one.min(two), one.max(two)));
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }

    #[test]
    fn claims_of_nothing_but_common_words_still_meet() {
        let stems = [(1_u64, 0.8_f32), (2, 0.6)];
        let items: Vec<Item<'_>> = (0..=3_000)
            .map(|outlet| Item { source: SourceId(outlet), document: u32::MAX, stems: &stems, norm: 5.0 })
            .collect();
        let index = StemIndex::of(&items, &[]);
        let mut found = Vec::new();
        index.candidates(0, &BlockSettings::default(), &mut Scratch::default(), &mut found);
        assert_eq!(found.len(), 3_000);
    }

    #[test]
    fn claims_of_one_story_need_to_share_less() {
        let claims = [
            (vec![(1, 4.0), (2, 4.0), (3, 4.0)], 1, 0),
            (vec![(1, 4.0), (5, 4.0), (6, 4.0), (7, 4.0)], 2, 1),
            (vec![(1, 4.0), (8, 4.0), (9, 4.0), (10, 4.0)], 3, 2),
        ];
        let corpus = Corpus::of(&claims);
        let near = [vec![1], vec![0], vec![]];
        let index = StemIndex::of(&corpus.items(), &near);
        assert_eq!(found(&index, &BlockSettings::default()), [(0, 1)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_join_finds_what_brute_force_finds(
            claims in prop::collection::vec(
                (prop::collection::vec((0_u64..40, 1_u8..20), 0..9), 0_u64..6, 0_u32..8),
                0..60,
            ),
            near in prop::collection::vec(prop::collection::btree_set(0_u32..8, 0..4), 8),
            (shared, in_story, cosine, told) in (0.05_f32..1.0, 0.05_f32..1.0, 0.05_f32..1.0, 0.0_f32..200.0),
        ) {
            // A stem weighs nearly alike everywhere: by its rarity, or a share of it where it only tells who spoke.
            let claims: Vec<_> = claims
                .into_iter()
                .map(|(stems, source, document)| {
                    let weigh = |(stem, part): (u64, u8)| (stem, (1.0 + (stem % 7) as f32) * if part > 4 { 1.0 } else { 0.4 });
                    (stems.into_iter().map(weigh).collect::<Vec<_>>(), source, document)
                })
                .collect();
            let mut near: Vec<Vec<u32>> = near.into_iter().map(|documents| documents.into_iter().collect()).collect();
            for one in 0..near.len() {
                for two in near[one].clone() {
                    near[two as usize].push(one as u32);
                }
            }
            for documents in &mut near {
                documents.sort_unstable();
                documents.dedup();
            }
            let settings = BlockSettings {
                least_shared: shared,
                least_shared_in_story: shared.min(in_story),
                least_cosine: cosine,
                least_told: told,
                ..BlockSettings::default()
            };
            let corpus = Corpus::of(&claims);
            let items = corpus.items();
            let index = StemIndex::of(&items, &near);
            prop_assert_eq!(found(&index, &settings), by_brute_force(&index, &settings));
        }
    }
}
