//! A number of 128 bits for each claim that tells which stems it may hold, and what a bound can be told from it.
//!
//! A stem sets one bit; several stems share it, but no two of the 128 commonest. Beside each entry of a list stands the
//! signature of its claim, so that a walk can tell of most claims that they share too little else with the one in hand without
//! looking at anything but the list (superimposed coding; as a filter of joins: Sandes, Teodoro & Melo 2020, "Bitmap filter").

use super::vectors::Vectors;

/// Number of bits of a signature. With 64, half as many again were multiplied out in vain (100,000 ready-made claims).
const BITS: u32 = u128::BITS;

/// The signatures of all entries of all lists, list by list.
#[derive(Debug)]
pub(super) struct Signatures(Vec<u128>);

impl Signatures {
    /// Those of `vectors`.
    pub(super) fn of(vectors: &Vectors) -> Self {
        let of_claim =
            |claim: u32| vectors.row(claim).iter().fold(0, |all, &(rank, _)| all | 1u128 << bit(vectors, rank));
        let all: Vec<u128> = (0..vectors.len() as u32).map(of_claim).collect();
        Self(vectors.entries().iter().map(|&claim| all[claim as usize]).collect())
    }

    /// Those of the claims in the list of a stem.
    pub(super) fn list(&self, vectors: &Vectors, rank: u32) -> &[u128] {
        &self.0[vectors.range(rank)]
    }
}

/// The bit that a stem sets. Ranks end with the commonest.
fn bit(vectors: &Vectors, rank: u32) -> u32 {
    (vectors.stems() - 1 - rank) % BITS
}

/// Stems of the claim in hand, and the most that each adds to the product with a claim that holds it.
#[derive(Debug)]
pub(super) struct Sieve {
    adds: [f32; BITS as usize],
    mask: u128,
}

impl Sieve {
    /// Without any stem.
    pub(super) fn new() -> Self {
        Self { adds: [0.0; BITS as usize], mask: 0 }
    }

    /// Takes in a stem that adds at most `most`.
    pub(super) fn add(&mut self, vectors: &Vectors, rank: u32, most: f32) {
        let bit = bit(vectors, rank);
        self.adds[bit as usize] += most;
        self.mask |= 1u128 << bit;
    }

    /// The most that the stems taken in add to the product with a claim of this signature.
    fn most(&self, signature: u128) -> f32 {
        let mut left = signature & self.mask;
        let mut sum = 0.0;
        while left != 0 {
            sum += self.adds[left.trailing_zeros() as usize];
            left &= left - 1;
        }
        sum
    }

    /// The fewest bits that a claim must share with the stems taken in for these to add `needed`; nothing where all of them add less.
    fn fewest(&self, needed: f32) -> Option<u32> {
        let mut adds = [0.0_f32; BITS as usize];
        let (mut count, mut left) = (0, self.mask);
        while left != 0 {
            adds[count] = self.adds[left.trailing_zeros() as usize];
            count += 1;
            left &= left - 1;
        }
        adds[..count].sort_unstable_by(|one, two| two.total_cmp(one));
        let mut missing = needed;
        for (used, add) in (0..).zip(&adds[..count]) {
            if missing <= 0.0 {
                return Some(used);
            }
            missing -= add;
        }
        (missing <= 0.0).then_some(count as u32)
    }

    /// Gives `pass` the place of each of `signatures` whose stems may add `needed`, and the most they add.
    pub(super) fn sift(&self, signatures: &[u128], needed: f32, mut pass: impl FnMut(usize, f32)) {
        let mut look = |at: usize| {
            let most = self.most(signatures[at]);
            if most >= needed {
                pass(at, most);
            }
        };
        let held = |signature: &u128| signature & self.mask;
        let numbered = signatures.iter().map(held).enumerate();
        // With the number of bits known to the compiler an entry takes a few instructions.
        match self.fewest(needed) {
            None => {}
            Some(0) => (0..signatures.len()).for_each(look),
            Some(1) => numbered.filter(|&(_, held)| has::<1>(held)).for_each(|(at, _)| look(at)),
            Some(2) => numbered.filter(|&(_, held)| has::<2>(held)).for_each(|(at, _)| look(at)),
            Some(3) => numbered.filter(|&(_, held)| has::<3>(held)).for_each(|(at, _)| look(at)),
            Some(4) => numbered.filter(|&(_, held)| has::<4>(held)).for_each(|(at, _)| look(at)),
            Some(fewest) => numbered.filter(|&(_, held)| held.count_ones() >= fewest).for_each(|(at, _)| look(at)),
        }
    }
}

/// True for a number with at least `FEWEST` bits set.
#[inline(always)]
fn has<const FEWEST: u32>(mut bits: u128) -> bool {
    for _ in 1..FEWEST {
        bits &= bits.wrapping_sub(1);
    }
    bits != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_counted() {
        for bits in [0_u128, 1, 1 << 63, 3, 7 << 40, u128::MAX, 0b1011] {
            assert_eq!(has::<1>(bits), bits.count_ones() >= 1);
            assert_eq!(has::<2>(bits), bits.count_ones() >= 2);
            assert_eq!(has::<3>(bits), bits.count_ones() >= 3);
            assert_eq!(has::<4>(bits), bits.count_ones() >= 4);
        }
    }

    #[test]
    fn as_many_bits_are_asked_for_as_the_heaviest_stems_need() {
        let mut sieve = Sieve::new();
        for (bit, add) in [(3, 4.0), (9, 1.0), (40, 2.0)] {
            sieve.adds[bit] = add;
            sieve.mask |= 1 << bit;
        }
        let fewest = [-1.0, 0.0, 0.5, 4.0, 4.5, 6.0, 7.0].map(|needed| sieve.fewest(needed));
        assert_eq!(fewest, [Some(0), Some(0), Some(1), Some(1), Some(2), Some(2), Some(3)]);
        assert_eq!(sieve.fewest(7.5), None);
        let mut passed = Vec::new();
        sieve.sift(&[1 << 3, 1 << 9 | 1 << 40, 1 << 3 | 1 << 40, u128::MAX], 4.0, |at, most| passed.push((at, most)));
        assert_eq!(passed, [(0, 4.0), (2, 6.0), (3, 7.0)]);
    }
}
