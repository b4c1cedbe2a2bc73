//! Word → stem, by the Snowball stemmer for English (Porter 2001).

use super::glance::glance;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::cell::RefCell;
use std::sync::LazyLock;

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// So many words with their stems are remembered by each thread. News of any size uses fewer over and over, and a file of
/// nothing but new words must not fill the memory.
const REMEMBERED: usize = 50_000;

/// Longer words are not worth remembering: they are addresses and noise.
const LONGEST_REMEMBERED: usize = 24;

/// So many of them, a power of two, have a place of their own, which is found without searching: it is told by the letters, and has
/// the word asked for last.
const PLACES: usize = 1 << 12;

/// Words with their stems.
struct Known {
    places: Box<[(SmolStr, SmolStr)]>,
    others: FxHashMap<SmolStr, SmolStr>,
}

impl Known {
    fn stem(&mut self, folded: &str) -> SmolStr {
        let place = &mut self.places[place(folded)];
        if place.0 != folded {
            *place = (folded.into(), SmolStr::default());
            if self.others.len() == REMEMBERED && !self.others.contains_key(folded) {
                self.others.clear();
            }
            let stem = || SmolStr::from(ENGLISH.stem(folded));
            place.1 = self.others.entry(place.0.clone()).or_insert_with(stem).clone();
        }
        place.1.clone()
    }
}

thread_local! {
    static STEMS: RefCell<Known> = RefCell::new(Known {
        places: vec![Default::default(); PLACES].into_boxed_slice(),
        others: FxHashMap::default(),
    });
}

/// The place of a word.
fn place(folded: &str) -> usize {
    (glance(folded) >> 40) as usize % PLACES
}

/// The stem of a folded word. Words with digits are kept as they are.
pub fn stem(folded: &str) -> SmolStr {
    if folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return folded.into();
    }
    if folded.len() > LONGEST_REMEMBERED {
        return ENGLISH.stem(folded).into();
    }
    STEMS.with_borrow_mut(|known| known.stem(folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remembered_stem_is_the_stem() {
        for word in ["purchases", "running", "", "g20", "unconstitutionalities-and-more"] {
            let first = stem(word);
            assert_eq!(stem(word), first);
            assert!(word.bytes().any(|byte| byte.is_ascii_digit()) || *first == *ENGLISH.stem(word));
        }
    }
}
