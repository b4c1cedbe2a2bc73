//! The levels of every comparator with their weights in bits.
//!
//! Fitted by logistic regression on public pairs that say whether two sentences tell of the same thing; which data, and
//! the command that repeats it (`examples/fit_weights.rs`), stand in `docs/quality.md`.

use super::levels::LevelMeta;

/// Writes one level.
const fn level(name: &'static str, at: f64, weight: f64) -> LevelMeta {
    LevelMeta { name, at, weight }
}

/// The weight of two claims of which nothing is known: most pairs that blocking brings together are about two things.
pub(super) const PRIOR: f64 = -1.2;

/// Where meaning is known, what words, names and spelling weigh counts this much: they and meaning measure one likeness
/// twice. Fitted with [`MEANING`].
pub(super) const BESIDE_MEANING: f64 = 0.35;

/// The same figure and the same time count so many times as much between articles of one story: of the events that both tell few are
/// dated or counted alike. Fitted with [`MEANING`].
pub(super) const VALUES_WITHIN_STORY: f64 = 2.6;

/// Fitted beside the others, with the share they keep, on stories told by several outlets, leaving one event out at a time,
/// and held against public pairs (`docs/quality.md`).
pub(super) const MEANING: &[LevelMeta] = &[
    level("the same", 0.8, 2.0),
    level("nearly the same", 0.6, 1.5),
    level("much in common", 0.4, -0.1),
    level("something in common", 0.25, -2.0),
    level("something else", 0.1, -4.2),
];

/// Fitted with [`MEANING`].
pub(super) const DEEDS: &[LevelMeta] = &[
    level("one deed and its participants", 1.0, 1.5),
    level("one deed and a participant", 0.67, 0.4),
    level("one deed at most", 0.33, 0.0),
];

/// Fitted with [`MEANING`].
pub(super) const CONTENT: &[LevelMeta] = &[
    level("six words besides names", 1.0, 1.85),
    level("four words", 0.67, 1.6),
    level("two words", 0.33, 0.7),
    level("one word", 0.17, 0.0),
    // Not fitted: too few pairs of the same share no word at all. What only vectors bring together is mostly the same subject.
    level("no word but names", 0.0, -1.2),
];

/// Where a reader of both claims was asked, what all else weighs counts this much: chosen with [`SIMILARITY`].
pub(super) const BESIDE_INFERENCE: f64 = 0.15;

/// As the logarithm of the odds goes; the height chosen by pairs that the cross-encoder was not trained on (`docs/quality.md`).
pub(super) const SIMILARITY: &[LevelMeta] = &[
    level("all but the same", 0.95, 6.4),
    level("nearly the same", 0.8, 4.2),
    level("much in common", 0.6, 2.8),
    level("half in common", 0.4, 1.7),
    level("something in common", 0.2, 0.3),
    level("something else", 0.05, -2.0),
];

/// Not fitted: chosen by the findings of stories that each outlet tells in its own words and by those of stories whose outlets share sentences
/// (`docs/quality.md`). How far the margin behind it can be trusted stands at its constant in `pipeline`.
pub(super) const COUNTERPART: &[LevelMeta] =
    &[level("the same fact", 0.95, 4.5), level("most likely the same", 0.8, 3.0), level("perhaps the same", 0.5, 0.0)];

pub(super) const TERMS: &[LevelMeta] = &[
    level("nearly all words", 0.9, 1.2),
    level("most words", 0.6, 0.8),
    level("some words", 0.3, -0.5),
    level("few words", 0.1, -1.7),
];

pub(super) const GRAMS: &[LevelMeta] =
    &[level("spelled alike", 0.8, 1.6), level("partly alike", 0.4, 0.5), level("unlike", 0.1, -1.7)];

pub(super) const COVERAGE: &[LevelMeta] = &[
    level("each tells the other", 0.8, 1.0),
    level("half of each", 0.5, 0.7),
    level("little of one", 0.2, 0.2),
    level("nothing of one", 0.0, -1.0),
];

pub(super) const CONTAINMENT: &[LevelMeta] = &[
    level("one is told inside the other", 0.9, 2.4),
    level("mostly inside", 0.6, 1.6),
    level("partly inside", 0.3, 0.4),
    level("apart", 0.0, -1.0),
];

pub(super) const EVIDENCE: &[LevelMeta] = &[
    level("many telling words", 0.7, 1.6),
    level("some telling words", 0.4, 0.6),
    level("few telling words", 0.2, -0.5),
    level("next to nothing", 0.05, -2.5),
];

pub(super) const NAMES: &[LevelMeta] =
    &[level("same names", 1.0, 0.2), level("some names", 0.5, -0.3), level("other names", 0.0, -1.3)];

/// The last level was not fitted: the sets of pairs hold few figures of one unit that are so far apart.
pub(super) const QUANTITIES: &[LevelMeta] = &[
    level("same telling figures", 1.0, 2.5),
    level("same figures", 0.6, 1.0),
    level("other figures", 0.1, -0.2),
    level("figures of another size", 0.0, -1.0),
];

/// Not fitted: the sets of pairs hold few numbered things. Another number of what a claim is about is a veto and needs no weight.
pub(super) const IDENTIFIERS: &[LevelMeta] = &[level("same number", 1.0, 0.0), level("other number", 0.0, 0.0)];

/// The middle level was not fitted but set near that of no common time: a day lies within many longer stretches.
pub(super) const TIMES: &[LevelMeta] =
    &[level("same time", 1.0, 0.9), level("within one another", 0.5, 0.15), level("other time", 0.0, -0.2)];

pub(super) const QUOTES: &[LevelMeta] =
    &[level("same quotation", 1.0, 1.8), level("partly quoted", 0.5, -0.3), level("other quotation", 0.0, -1.3)];

pub(super) const SPEAKER: &[LevelMeta] = &[level("same speaker", 1.0, 0.5), level("other speaker", 0.0, -0.3)];

/// Not fitted with the others: pairs of sentences have no articles around them. Read off the likeness of articles of one
/// event and of different events, poured together (`docs/quality.md`): of pairs of claims that look alike, those of one
/// event lie above .35 nearly always, those of two events below .5. What speaks for one event was taken out again: within
/// one, it tells no right pair from a wrong one.
pub(super) const STORY: &[LevelMeta] = &[
    level("same story", 0.55, 0.0),
    level("near story", 0.45, -0.8),
    level("distant story", 0.35, -2.2),
    level("other story", 0.25, -4.2),
    level("nothing in common", 0.1, -6.0),
];
