//! Another number of what is named by a number, where it is not what the claims are about: moved to Terminal 2, moved to
//! Terminal 3. Claims about two numbered things are never matched; that is no matter of this rule.
#![doc = include_str!("identifier_mismatch.md")]

use super::evidence::{against, evidence, explained, raised};
use super::figures::figures_apart;
use super::frame::{Frame, Hand};
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
use crate::lexicon::identifiers::{Identifier, differing, identifiers};
use crate::model::{Severity, Value};

/// Share of the words outside of the two things that must be the same in the claim that tells less.
const BEST_SHARE: f64 = 0.9;

/// The same for the claim that tells more.
const LEAST_SHARE: f64 = 0.7;

/// Words outside of the two things that both claims must share.
const PARTNERS: usize = 3;

/// The rule.
#[derive(Debug)]
pub struct IdentifierMismatch;

static META: RuleMeta = RuleMeta {
    id: "identifier-mismatch",
    summary: "one thing of a numbered sort with two numbers",
    bearing: Bearing::Conflict,
    level: Severity::Warning,
    since: "0.1.0",
    page: include_str!("identifier_mismatch.md"),
};

impl Rule for IdentifierMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let (lefts, rights) = (identifiers(pair.left), identifiers(pair.right));
        let Some((one, other)) = differing(&lefts, &rights) else { return Outcome::Silent };
        let frame = pair.frame();
        let left = evidence(pair.left, one.span, Value::Text(pair.left.claim.words(one.span).to_owned()));
        let right = evidence(pair.right, other.span, Value::Text(pair.right.claim.words(other.span).to_owned()));
        let message = against(&left, &right);
        if is_one_thing(frame, one, other) {
            let times = frame.other_times();
            return if times {
                explained(&META, "time", left, right, message)
            } else {
                raised(&META, left, right, message)
            };
        }
        // Two things in the same place of two statements: they do not confirm each other.
        if frame.tight(one.span, other.span, &[one.span], &[other.span]) {
            explained(&META, "another thing", left, right, message)
        } else {
            Outcome::Silent
        }
    }
}

/// True where all else says that both claims tell of one occasion, so that one of the two numbers is wrong.
fn is_one_thing(frame: &Frame<'_>, one: &Identifier, other: &Identifier) -> bool {
    let (left_slot, right_slot) = ([one.span], [other.span]);
    if one.is_subject
        || other.is_subject
        || !one.is_exclusive
        || !other.is_exclusive
        || !frame.same_footing()
        || frame.pair.left.form.polarity != frame.pair.right.form.polarity
    {
        return false;
    }
    let verbatim = frame.changed_phrase().is_some_and(|(left, right)| {
        frame.fills(Hand::Left, &left, one.span) && frame.fills(Hand::Right, &right, other.span)
    });
    let shared = frame.shared(&left_slot, &right_slot);
    verbatim
        || shared.best >= BEST_SHARE
            && shared.least >= LEAST_SHARE
            && shared.partners >= PARTNERS
            && frame.shares_name()
            && frame.tight(one.span, other.span, &left_slot, &right_slot)
            && !frame.names_clash(&left_slot, &right_slot)
            && !frame.predicates_clash(&left_slot, &right_slot)
            && !figures_apart(frame)
}
