//! Weights that are told from those of another model: folded blocks → blocks of six bits.
//!
//! `model/nli/fold.py` tells how they lie. Nothing is lost in folding, so that what comes out is what the program that trained the
//! weights wrote, bit by bit, on every machine: each step below is one operation in single precision.

use crate::ModelError;
use crate::linear::{GROUP, SIX_BITS, SIX_OFFSET, unpack};
use crate::tensors::half;

/// Three times 2^22: a sum with it has no bits behind the point, so that its last bits are what was added, rounded to the nearest whole
/// number, ties to even, if that is less than four million.
const ROUNDS: f32 = 12_582_912.0;

/// The blocks of six bits that were folded on `base`, which holds as many, the least difference of each raised by `raised`.
pub(crate) fn unfold(folded: &[u8], base: &[u8], raised: i32) -> Result<Vec<u8>, ModelError> {
    let wrong = || ModelError::new("folded weights have another length than those they are told from".to_owned());
    let mut blocks = Vec::with_capacity(base.len());
    let mut rest = folded;
    for base in base.chunks_exact(SIX_BITS) {
        let (head, behind) = rest.split_at_checked(3).ok_or_else(wrong)?;
        let bits = usize::from(head[2] & 7);
        let least = i32::from(head[2] >> 3) - raised;
        let (packed, behind) = behind.split_at_checked(bits * GROUP / 8).ok_or_else(wrong)?;
        rest = behind;
        let scale = half(u16::from_le_bytes([head[0], head[1]]));
        let per = if scale == 0.0 { 0.0 } else { 1.0 / scale };
        let (base_scale, base_values) = unpack(base);
        let differences = differences(packed, bits);
        let mut values = [0_u8; GROUP];
        for ((value, base), difference) in values.iter_mut().zip(base_values).zip(differences) {
            let base = f32::from(base) - SIX_OFFSET as f32;
            let rounded = ((base * base_scale) * per + ROUNDS).to_bits() as i32;
            let foretold = rounded.wrapping_sub(ROUNDS.to_bits() as i32).clamp(-SIX_OFFSET, SIX_OFFSET - 1);
            let number = foretold + i32::from(difference) + least;
            *value = (number + SIX_OFFSET) as u8 & 63;
        }
        blocks.extend(&head[..2]);
        blocks.extend((0..GROUP / 2).map(|at| values[at] & 15 | (values[at + GROUP / 2] & 15) << 4));
        let upper = |at: usize, quarter: usize| (values[at + quarter * GROUP / 4] >> 4) << (2 * quarter);
        blocks.extend((0..GROUP / 4).map(|at| upper(at, 0) | upper(at, 1) | upper(at, 2) | upper(at, 3)));
    }
    if rest.is_empty() { Ok(blocks) } else { Err(wrong()) }
}

/// 32 numbers of so many bits each, at most seven, the first in the lowest bits.
fn differences(packed: &[u8], bits: usize) -> [u8; GROUP] {
    let mut values = [0; GROUP];
    // Eight numbers of `bits` bits are `bits` bytes.
    for (values, bytes) in values.chunks_exact_mut(8).zip(packed.chunks_exact(bits.max(1))) {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        let mut word = u64::from_le_bytes(word);
        for value in values {
            *value = word as u8 & ((1 << bits) - 1);
            word >>= bits;
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of six bits with the scale 1/2 whose numbers are these.
    fn block(numbers: [i32; GROUP]) -> Vec<u8> {
        let raised = numbers.map(|number| (number + SIX_OFFSET) as u8);
        let mut block = vec![0x00, 0x38];
        block.extend((0..16).map(|at| raised[at] & 15 | (raised[at + 16] & 15) << 4));
        block.extend((0..8).map(|at| {
            (0..4).map(|quarter| (raised[at + 8 * quarter] >> 4) << (2 * quarter)).fold(0, |all, two| all | two)
        }));
        block
    }

    #[test]
    fn a_block_is_what_its_base_foretells_and_the_differences() {
        let mut base = [0; GROUP];
        (base[0], base[1], base[2], base[31]) = (31, -32, 5, 2);
        // The scale is 1, twice the base's: 31 / 2 is rounded to 16, 5 / 2 to 2. Two bits a difference, the least of them -1.
        let mut folded = vec![0x00, 0x3c, 2 | (30 << 3)];
        let mut packed = [0b0101_0101_u8; 8];
        packed[0] = 0b01_00_11_01;
        folded.extend(packed);
        let mut expected = [0; GROUP];
        (expected[0], expected[1], expected[2], expected[31]) = (16, -16 + 2, 2 - 1, 1);
        let mut six = block(expected);
        six[1] = 0x3c;
        assert_eq!(unfold(&folded, &block(base), 31), Ok(six));
    }

    #[test]
    fn seven_bits_a_difference_are_read_and_none_too() {
        let packed: Vec<u8> = (0..28).map(|at| (at * 37) as u8).collect();
        let bit = |at: usize| packed[at / 8] >> (at % 8) & 1;
        let expected: Vec<u8> = (0..32).map(|number| (0..7).map(|at| bit(number * 7 + at) << at).sum()).collect();
        assert_eq!(differences(&packed, 7).to_vec(), expected);
        assert_eq!(differences(&[], 0), [0; GROUP]);
    }

    #[test]
    fn what_is_too_short_or_too_long_is_refused() {
        let base = block([1; GROUP]);
        for folded in [&[][..], &[0, 0x38, 1], &[0, 0x38, 1, 0, 0], &[0, 0x38, 0, 9]] {
            assert!(unfold(folded, &base, 31).is_err(), "{folded:?}");
        }
    }
}
