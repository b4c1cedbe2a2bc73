//! Two claims held against each other.

use super::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Two claims that a blocking key brought together. Indexes into the list of claims; `left` is the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Candidate {
    /// Index of the one claim.
    pub left: u32,
    /// Index of the other.
    pub right: u32,
    /// The blocking keys that brought the two together.
    pub keys: KeySet,
}

/// A set of blocking keys, one bit each, in the order of the table in `block`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct KeySet(pub u32);

impl KeySet {
    /// The set with the `index`-th key added.
    pub fn with(self, index: usize) -> Self {
        Self(self.0 | 1 << index)
    }

    /// The keys of both sets.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True where the `index`-th key is in the set.
    pub fn has(self, index: usize) -> bool {
        self.0 & (1 << index) != 0
    }
}

/// The outcome of comparing two claims: the level each comparator found, and their sum.
///
/// As in Splink, weights are logarithms of odds to base 2 (Fellegi & Sunter 1969): +1 doubles the odds that the two
/// claims are about the same thing, a level for missing data weighs 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Index of the one claim.
    pub left: u32,
    /// Index of the other.
    pub right: u32,
    /// What each comparator found, in the order of their table.
    pub levels: Vec<Level>,
    /// Prior plus the sum of the levels' weights.
    pub weight: f64,
    /// The weight as a probability in [0, 1].
    pub score: f64,
    /// Which words of the one stand for which words of the other.
    pub alignment: Alignment,
    /// The comparator that vetoes the match, if one does; a vetoed pair is never matched whatever its weight.
    pub veto: Option<Cow<'static, str>>,
    /// What a reader of both texts infers, where one was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inference: Option<Inference>,
}

/// How two texts stand to each other for a reader of both, in the three classes of natural language inference (Bowman et al.,
/// EMNLP 2015), learned from pairs of texts. Shares in [0, 1]; the three classes add up to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Inference {
    /// How surely the one follows from the other.
    pub entailment: f64,
    /// How surely both cannot hold.
    pub contradiction: f64,
    /// How surely neither.
    pub neutral: f64,
    /// How alike in content both are, where the reader tells.
    pub similarity: Option<f64>,
    /// How surely both, as statements of two reports on one event, are about the same fact, where the reader tells.
    pub same_fact: Option<f64>,
}

/// What one comparator found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Identity of the comparator.
    pub comparator: Cow<'static, str>,
    /// The level's wording.
    pub grade: Cow<'static, str>,
    /// Its share in the weight.
    pub weight: f64,
    /// The measured value behind the grade (a similarity in [0, 1]), where there is one.
    pub value: Option<f64>,
    /// What was compared on the left.
    pub left: Option<Span>,
    /// What was compared on the right.
    pub right: Option<Span>,
    /// True where this level forbids the match.
    pub veto: bool,
}

/// Which words of two claims stand for each other. Only content words and names are aligned; indexes into
/// [`NormalForm::terms`](super::NormalForm).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Alignment {
    /// The aligned words, by the left index; each word occurs once at most.
    pub pairs: Vec<TermPair>,
    /// Content words of the left claim without a partner.
    pub left_only: Vec<u32>,
    /// Content words of the right claim without a partner.
    pub right_only: Vec<u32>,
    /// Share of the left claim's content, weighted by rarity, that has a partner, in [0, 1].
    pub left_coverage: f64,
    /// Share of the right claim's content, weighted by rarity, that has a partner, in [0, 1].
    pub right_coverage: f64,
    /// How much the aligned words tell, in nats: the sum of their rarity weights, the mean of both sides.
    pub shared_weight: f64,
}

impl Alignment {
    /// The share of one claim's content that is told in the other, of whichever claim it is more, in [0, 1].
    pub fn containment(&self) -> f64 {
        self.left_coverage.max(self.right_coverage)
    }
}

/// Two words that stand for each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TermPair {
    /// Index of the left word.
    pub left: u32,
    /// Index of the right word.
    pub right: u32,
    /// How alike they are: 1 for one stem, less for near spellings and related words.
    pub strength: f64,
}
