//! Word → stem, by the Snowball stemmer for English (Porter 2001).

use rust_stemmers::{Algorithm, Stemmer};
use std::sync::LazyLock;

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// The stem of a folded word. Words with digits are kept as they are.
pub fn stem(folded: &str) -> String {
    if folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return folded.to_owned();
    }
    ENGLISH.stem(folded).into_owned()
}
