//! Spans and values → the sides of a reason, and the outcomes made of them. It writes down what a rule found; it decides
//! nothing.

use crate::label::{Outcome, RuleMeta};
use crate::model::{Evidence, ExplainedAway, NormalClaim, Reason, Span, Value};

/// The words of `claim` under `span`, with the value read from them.
pub(super) fn evidence(claim: &NormalClaim, span: Span, value: Value) -> Evidence {
    Evidence { claim: claim.claim.shown_id(), span, text: claim.claim.words(span).to_owned(), value }
}

/// The outcome of a rule that found a conflict.
pub(super) fn raised(meta: &RuleMeta, left: Evidence, right: Evidence, message: String) -> Outcome {
    Outcome::Raised(Reason { rule: meta.id.to_owned(), left, right, message })
}

/// The outcome of a rule that found a difference which `by` reconciles.
pub(super) fn explained(meta: &RuleMeta, by: &str, left: Evidence, right: Evidence, message: String) -> Outcome {
    Outcome::ExplainedAway(ExplainedAway { rule: meta.id.to_owned(), by: by.to_owned(), left, right, message })
}

/// "12 against 15", from the words themselves, on one line.
pub(super) fn against(left: &Evidence, right: &Evidence) -> String {
    format!("{} against {}", on_one_line(&left.text), on_one_line(&right.text))
}

/// The words with every run of white space as one space: a claim may run over a line break of its file.
pub(super) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
