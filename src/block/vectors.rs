//! The weighted stems of all claims in flat arrays, claim by claim and stem by stem.
//!
//! What comes in: the claims' vectors. What goes out: the same numbers, stems named by how rare they are (0 the rarest) and
//! claims by how much they tell (0 the least), so that a walk over a claim's rarest stems is a walk over its first entries,
//! and the claims that tell at least as much as another are those behind it in every list.

use super::Item;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// All vectors.
#[derive(Debug)]
pub(super) struct Vectors {
    /// The place in the input of each claim.
    pub(super) order: Vec<u32>,
    /// Where each claim's entries begin in `rows`; the last number is their end.
    starts: Vec<usize>,
    /// The stems of a claim, the rarest first, and what each weighs there, not scaled: a stem weighs the same in every claim that
    /// says it itself.
    rows: Vec<(u32, f32)>,
    /// Where the list of each stem begins in `claims` and `values`; the last number is the end.
    lists: Vec<usize>,
    /// The claims that hold a stem, ascending.
    claims: Vec<u32>,
    /// What the stem weighs there.
    values: Vec<f32>,
    /// The most that each stem weighs anywhere.
    heaviest: Vec<f32>,
    rank_of: FxHashMap<u64, u32>,
}

impl Vectors {
    /// The vectors of `items`, whose place is their identity.
    pub(super) fn of(items: &[Item<'_>]) -> Self {
        let mut order: Vec<u32> = (0..items.len() as u32).collect();
        order.sort_by(|one, two| {
            items[*one as usize].norm.total_cmp(&items[*two as usize].norm).then_with(|| one.cmp(two))
        });
        let all: usize = items.iter().map(|item| item.stems.len()).sum();
        let mut starts = Vec::with_capacity(items.len() + 1);
        let mut rows: Vec<(u32, f32)> = Vec::with_capacity(all);
        let mut rank_of: FxHashMap<u64, u32> = FxHashMap::default();
        let mut counted: Vec<(u32, u64, u32)> = Vec::new();
        for &at in &order {
            let item = &items[at as usize];
            starts.push(rows.len());
            for &(stem, weight) in item.stems {
                let next = counted.len() as u32;
                let number = *rank_of.entry(stem).or_insert(next);
                if number == next {
                    counted.push((0, stem, number));
                }
                counted[number as usize].0 += 1;
                rows.push((number, weight * item.norm));
            }
        }
        starts.push(rows.len());
        // By number of claims, then by the stem itself: the order of the input has no say.
        counted.sort_unstable();
        let mut rank_of_number = vec![0_u32; counted.len()];
        let mut lists = Vec::with_capacity(counted.len() + 1);
        let mut end = 0;
        for (rank, (count, _, number)) in (0_u32..).zip(&counted) {
            rank_of_number[*number as usize] = rank;
            lists.push(end);
            end += *count as usize;
        }
        lists.push(end);
        for number in rank_of.values_mut() {
            *number = rank_of_number[*number as usize];
        }
        let mut heaviest = vec![0.0_f32; counted.len()];
        let mut filled = lists.clone();
        let (mut claims, mut values) = (vec![0_u32; end], vec![0.0_f32; end]);
        for (claim, range) in (0_u32..).zip(starts.windows(2)) {
            let row = &mut rows[range[0]..range[1]];
            row.iter_mut().for_each(|(number, _)| *number = rank_of_number[*number as usize]);
            row.sort_unstable_by_key(|(rank, _)| *rank);
            for &(rank, weight) in &*row {
                let free = &mut filled[rank as usize];
                (claims[*free], values[*free]) = (claim, weight);
                *free += 1;
                heaviest[rank as usize] = heaviest[rank as usize].max(weight);
            }
        }
        Self { order, starts, rows, lists, claims, values, heaviest, rank_of }
    }

    /// Number of claims.
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// Number of stems.
    pub(super) fn stems(&self) -> u32 {
        self.heaviest.len() as u32
    }

    /// The stems of a claim, the rarest first, and their weights.
    pub(super) fn row(&self, claim: u32) -> &[(u32, f32)] {
        &self.rows[self.starts[claim as usize]..self.starts[claim as usize + 1]]
    }

    /// The entries of all lists: the claims that hold a stem, stem by stem.
    pub(super) fn entries(&self) -> &[u32] {
        &self.claims
    }

    /// Where the list of a stem lies among all entries.
    pub(super) fn range(&self, rank: u32) -> Range<usize> {
        self.lists[rank as usize]..self.lists[rank as usize + 1]
    }

    /// The claims that hold a stem, ascending, and its weights there.
    pub(super) fn list(&self, rank: u32) -> (&[u32], &[f32]) {
        let range = self.range(rank);
        (&self.claims[range.clone()], &self.values[range])
    }

    /// The most that a stem weighs anywhere.
    pub(super) fn heaviest(&self, rank: u32) -> f32 {
        self.heaviest[rank as usize]
    }

    /// The number of a stem, where a claim holds it.
    pub(super) fn rank(&self, stem: u64) -> Option<u32> {
        self.rank_of.get(&stem).copied()
    }

    /// The product of two claims' vectors, summed in the order of the stems.
    pub(super) fn product(&self, left: u32, right: u32) -> f32 {
        let (left, right) = (self.row(left), self.row(right));
        let (mut at, mut there, mut sum) = (0, 0, 0.0_f32);
        while at < left.len() && there < right.len() {
            let ((one, weight), (two, other)) = (left[at], right[there]);
            if one == two {
                sum += weight * other;
            }
            at += usize::from(one <= two);
            there += usize::from(two <= one);
        }
        sum
    }
}
