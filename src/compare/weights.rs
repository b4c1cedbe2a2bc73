//! The levels of every comparator with their weights in bits.
//!
//! Fitted by logistic regression on public pairs that say whether two sentences tell of the same thing; which data, and
//! the command that repeats it (`examples/fit_weights.rs`), stand in `docs/quality.md`.

use super::levels::LevelMeta;

/// Writes one level.
const fn level(name: &'static str, at: f64, weight: f64) -> LevelMeta {
    LevelMeta { name, at, weight }
}

/// The weight of two claims of which nothing is known.
pub(super) const PRIOR: f64 = -4.0;

pub(super) const TERMS: &[LevelMeta] = &[
    level("nearly all words", 0.9, 4.0),
    level("most words", 0.6, 2.0),
    level("some words", 0.3, 0.0),
    level("few words", 0.1, -3.0),
];

pub(super) const GRAMS: &[LevelMeta] =
    &[level("spelled alike", 0.8, 2.0), level("partly alike", 0.4, 0.5), level("unlike", 0.1, -1.0)];

pub(super) const COVERAGE: &[LevelMeta] = &[
    level("each tells the other", 0.8, 2.0),
    level("half of each", 0.5, 1.0),
    level("little of one", 0.2, -1.0),
    level("nothing of one", 0.0, -2.0),
];

pub(super) const CONTAINMENT: &[LevelMeta] = &[
    level("one is told inside the other", 0.9, 3.0),
    level("mostly inside", 0.6, 1.0),
    level("partly inside", 0.3, -1.0),
    level("apart", 0.0, -3.0),
];

pub(super) const NAMES: &[LevelMeta] =
    &[level("same names", 1.0, 1.0), level("some names", 0.5, 0.0), level("other names", 0.0, -2.0)];

pub(super) const QUANTITIES: &[LevelMeta] = &[level("same figures", 1.0, 1.0), level("other figures", 0.0, -0.5)];

pub(super) const TIMES: &[LevelMeta] = &[level("same time", 1.0, 0.5), level("other time", 0.0, -1.0)];

pub(super) const QUOTES: &[LevelMeta] =
    &[level("same quotation", 1.0, 3.0), level("partly quoted", 0.5, 1.0), level("other quotation", 0.0, -1.0)];

pub(super) const SPEAKER: &[LevelMeta] = &[level("same speaker", 1.0, 0.5), level("other speaker", 0.0, -0.5)];

pub(super) const STORY: &[LevelMeta] =
    &[level("same story", 0.5, 0.5), level("near story", 0.25, -0.5), level("other story", 0.1, -3.0)];
