//! A map from words that is asked about every word of a text, nearly always in vain. In: entries. Out: look-ups.

use crate::text::glance::glance;
use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::hash::Hash;

/// Bits of the screen for each entry: of the words that are in no list of a few hundred entries two or three in a hundred pass.
const BITS_PER_ENTRY: usize = 16;

/// No screen has more bits than this, which is 8 KiB.
const MOST_BITS: usize = 1 << 16;

/// Words with values. Whether a word can be among them is told by its length and four of its letters first, which takes a small
/// part of the time that hashing and comparing it takes (a Bloom filter of one cheap hash: Bloom 1970).
#[derive(Debug, Clone)]
pub(crate) struct Words<K, V> {
    map: FxHashMap<K, V>,
    screen: Box<[u64]>,
    /// One less than the number of bits, a power of two.
    mask: usize,
}

impl<K: Hash + Eq + Borrow<str>, V> Words<K, V> {
    /// The value of `word`.
    #[inline]
    pub(crate) fn get(&self, word: &str) -> Option<&V> {
        let bit = bit(word) & self.mask;
        if self.screen[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        self.map.get(word)
    }

    /// True where `word` has a value.
    #[inline]
    pub(crate) fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

impl<K: Hash + Eq + Borrow<str>, V> From<FxHashMap<K, V>> for Words<K, V> {
    fn from(map: FxHashMap<K, V>) -> Self {
        let bits = (map.len() * BITS_PER_ENTRY).next_power_of_two().clamp(64, MOST_BITS);
        let mut screen = vec![0_u64; bits / 64].into_boxed_slice();
        for word in map.keys() {
            let bit = bit(word.borrow()) & (bits - 1);
            screen[bit / 64] |= 1 << (bit % 64);
        }
        Self { map, screen, mask: bits - 1 }
    }
}

impl<K: Hash + Eq + Borrow<str>> FromIterator<K> for Words<K, ()> {
    fn from_iter<I: IntoIterator<Item = K>>(words: I) -> Self {
        words.into_iter().map(|word| (word, ())).collect::<FxHashMap<K, ()>>().into()
    }
}

impl<K: Hash + Eq + Borrow<str>, V> Default for Words<K, V> {
    fn default() -> Self {
        FxHashMap::default().into()
    }
}

/// The bit of a word.
#[inline]
fn bit(word: &str) -> usize {
    (glance(word) >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_put_in_is_found_and_nothing_else(
            words in prop::collection::hash_set("[a-c ]{0,4}|\\PC{0,30}", 0..300),
            others in prop::collection::vec("[a-c ]{0,4}|\\PC{0,30}", 0..300),
        ) {
            let map: FxHashMap<String, usize> = words.iter().cloned().zip(0..).collect();
            let known = Words::from(map.clone());
            for word in words.iter().chain(&others) {
                prop_assert_eq!(known.get(word), map.get(word));
            }
        }
    }
}
