//! Two figures for one measure that no value satisfies. It compares like with like only: years, identifiers and figures of
//! different measures are left alone, and so are figures of different times.
#![doc = include_str!("numeric_mismatch.md")]

use super::evidence::{against, evidence, explained, raised};
use super::figures::figures;
use super::frame::Frame;
use crate::label::{Bearing, Outcome, Pair, Rule, RuleMeta};
use crate::model::{Severity, Value};

/// The rule.
#[derive(Debug)]
pub struct NumericMismatch;

static META: RuleMeta = RuleMeta {
    id: "numeric-mismatch",
    summary: "two figures for one measure that exclude each other",
    bearing: Bearing::Conflict,
    level: Severity::Error,
    since: "0.1.0",
    page: include_str!("numeric_mismatch.md"),
};

impl Rule for NumericMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Pair<'_>) -> Outcome {
        let frame = Frame::new(pair);
        let Some(clash) = figures(&frame) else { return Outcome::Silent };
        let left = evidence(pair.left, clash.left.span, Value::Quantity(clash.left.clone()));
        let right = evidence(pair.right, clash.right.span, Value::Quantity(clash.right.clone()));
        let message = format!("{}{}", against(&left, &right), clash.measured());
        match clash.by {
            None => raised(&META, left, right, message),
            Some(by) => explained(&META, by, left, right, message),
        }
    }
}
