//! Word → stem, by the Snowball stemmer for English (Porter 2001).

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

thread_local! {
    static STEMS: RefCell<FxHashMap<SmolStr, SmolStr>> = RefCell::default();
}

/// The stem of a folded word. Words with digits are kept as they are.
pub fn stem(folded: &str) -> SmolStr {
    if folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return folded.into();
    }
    if folded.len() > LONGEST_REMEMBERED {
        return ENGLISH.stem(folded).into();
    }
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(folded) {
            return stem.clone();
        }
        let stem = SmolStr::from(ENGLISH.stem(folded));
        if stems.len() == REMEMBERED {
            stems.clear();
        }
        stems.insert(folded.into(), stem.clone());
        stem
    })
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
