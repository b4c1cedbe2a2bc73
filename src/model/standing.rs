//! How two claims about the same thing stand to each other.

use super::{AgreementKind, ExplainedAway, Reason, Severity};
use serde::{Deserialize, Serialize};

/// The outcome of holding two matched claims against each other by the rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Index of the one claim.
    pub left: u32,
    /// Index of the other.
    pub right: u32,
    /// How surely both are about the same thing, in [0, 1].
    pub score: f64,
    /// How they stand.
    pub relation: Relation,
    /// For `Agree`: in what way the two are compatible.
    pub kind: Option<AgreementKind>,
    /// For `Conflict`: the level of the heaviest reason, after what the context says of it.
    pub level: Severity,
    /// Why they conflict, heaviest first, and what the context adds.
    pub reasons: Vec<Reason>,
    /// Conflicts considered and not raised.
    pub explained_away: Vec<ExplainedAway>,
}

/// A compared pair as far as grouping has to know it. There are far more of them than of standings that are told, so the
/// reasons are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Index of the one claim.
    pub left: u32,
    /// Index of the other.
    pub right: u32,
    /// How surely both are about the same thing, in millionths.
    pub score: u32,
    /// How they stand, where the pair is matched.
    pub relation: Option<Relation>,
}

impl Link {
    /// The score of a pair that is surely about the same thing.
    pub const CERTAIN: u32 = 1_000_000;
}

/// How two claims stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// About the same thing, and compatible.
    Agree,
    /// About the same thing, and not both possible as stated.
    Conflict,
    /// Alike in words, but about different things: another measure, time, scope or occasion.
    Apart,
}
