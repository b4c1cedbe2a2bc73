//! How two claims stand, without what is to be told of it: as far as their own words decide it, which is the same for every two claims
//! of these words, and then on the pages they stand on.

use super::agreement::{self, Sameness};
use super::decide::{COMPATIBLE, LabelSettings, Matched, in_clauses, is_copy};
use super::rules::{RULES, scope, scope::ByPages};
use super::{Bearing, Case, Outcome, Pair};
use crate::model::{Relation, Severity, Standing};

/// True where the pages of two claims are about other things, so that what is told of both need not be of one.
pub fn are_of_other_pages(pair: &Pair<'_>) -> bool {
    ByPages::of(pair).are_elsewhere(pair)
}

/// How two claims stand by their own words and the days they speak from: the same for every two claims of these, on whatever pages
/// they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationByWords {
    /// They agree, and no rule has anything to tell of them: not even what was explained away.
    Silent,
    /// So, on any pages.
    Settled(Relation),
    /// They conflict, unless their pages are about other things.
    ConflictOfPages(ByPages),
}

impl RelationByWords {
    /// The relation of two claims of these words.
    pub fn relation(self, pair: &Pair<'_>) -> Relation {
        match self {
            Self::Silent => Relation::Agree,
            Self::Settled(relation) => relation,
            Self::ConflictOfPages(by) if by.are_elsewhere(pair) => Relation::Apart,
            Self::ConflictOfPages(_) => Relation::Conflict,
        }
    }
}

/// The relation that [`stand`](super::stand) would find, without what is to be told of it: the first conflict settles it. The pages of the pair have
/// no say in it.
pub fn relation_by_words(pair: &Pair<'_>, settings: &LabelSettings) -> RelationByWords {
    if is_copy(pair) {
        return RelationByWords::Silent;
    }
    let case = Case::of(pair);
    let mut relation = Relation::Agree;
    let (mut inferred, mut explained) = (false, false);
    for rule in RULES {
        let meta = rule.meta();
        if settings.levels.get(meta.id).is_some_and(Option::is_none) {
            continue;
        }
        match rule.check(&case) {
            // Whatever the other rules find: out of scope the two stand apart, else they conflict.
            Outcome::Raised(_) if meta.bearing == Bearing::Conflict && scope::is_elsewhere_by_words(pair) => {
                return RelationByWords::Settled(Relation::Apart);
            }
            Outcome::Raised(_) if meta.bearing == Bearing::Conflict => {
                return RelationByWords::ConflictOfPages(ByPages::of(pair));
            }
            Outcome::Raised(_) => inferred |= meta.bearing == Bearing::Inferred,
            Outcome::ExplainedAway(explanation) => {
                explained = true;
                if !COMPATIBLE.contains(&explanation.by.as_str()) {
                    relation = Relation::Apart;
                }
            }
            Outcome::Silent => {}
        }
    }
    if !explained && !in_clauses(&case, settings).is_empty() {
        return if scope::is_elsewhere_by_words(pair) {
            RelationByWords::Settled(Relation::Apart)
        } else {
            RelationByWords::ConflictOfPages(ByPages::of(pair))
        };
    }
    match (explained, inferred) {
        (false, false) => RelationByWords::Silent,
        (false, true) if scope::is_elsewhere_by_words(pair) => RelationByWords::Settled(Relation::Apart),
        (false, true) => RelationByWords::ConflictOfPages(ByPages::of(pair)),
        (true, _) => RelationByWords::Settled(relation),
    }
}

/// What [`stand`](super::stand) gives for two claims of which it is known that no rule has anything to tell
/// ([`RelationByWords::Silent`]).
pub fn agree(pair: &Pair<'_>, matched: Matched, same_origin: Sameness) -> Standing {
    Standing {
        left: matched.left,
        right: matched.right,
        score: matched.score,
        relation: Relation::Agree,
        kind: Some(agreement::kind(pair, same_origin, &[])),
        level: Severity::Note,
        reasons: Vec::new(),
        explained_away: Vec::new(),
    }
}
