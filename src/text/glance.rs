//! A word → a number by which words are told apart at a glance. It is no hash: words of the same length that begin, end and are in the
//! middle alike have the same number.

/// A number made of the length of a word, its first two letters, its last, and the one in the middle; its upper bits depend on all
/// of them.
#[inline]
pub fn glance(word: &str) -> u64 {
    let letters = word.as_bytes();
    let [first, .., last] = letters else { return letters.first().map_or(0, |only| u64::from(*only) << 40) };
    let four = u32::from_le_bytes([*first, letters[1], letters[letters.len() / 2], *last]);
    (u64::from(four) ^ (letters.len() as u64) << 32).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
