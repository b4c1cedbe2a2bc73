//! Two states of one thing that exclude each other: alive and dead, open and closed. A state may change, so two times
//! reconcile it.
#![doc = include_str!("status.md")]

use super::contrast::contrast;
use super::evidence::{evidence, explained, on_one_line, raised};
use super::frame::Frame;
use super::opposites::Sort;
use crate::label::{Bearing, Outcome, Pair, Rule, RuleMeta};
use crate::model::{NormalClaim, Severity, Span, Value};

/// The sorts of opposition this rule looks for.
const SORTS: &[Sort] = &[Sort::Status];

/// The rule.
#[derive(Debug)]
pub struct Status;

static META: RuleMeta = RuleMeta {
    id: "status",
    summary: "states of one thing that exclude each other: alive and dead, open and closed",
    bearing: Bearing::Conflict,
    level: Severity::Error,
    since: "0.1.0",
    page: include_str!("status.md"),
};

impl Rule for Status {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Pair<'_>) -> Outcome {
        let Some(found) = contrast(&Frame::new(pair), SORTS) else { return Outcome::Silent };
        let left = evidence(pair.left, found.left, Value::Term(stem_at(pair.left, found.left)));
        let right = evidence(pair.right, found.right, Value::Term(stem_at(pair.right, found.right)));
        let message = format!("\"{}\" against \"{}\"", on_one_line(&left.text), on_one_line(&right.text));
        match found.by {
            None => raised(&META, left, right, message),
            Some(by) => explained(&META, by, left, right, message),
        }
    }
}

fn stem_at(claim: &NormalClaim, span: Span) -> String {
    claim.form.terms.iter().find(|term| term.span == span).map(|term| term.stem.clone()).unwrap_or_default()
}
