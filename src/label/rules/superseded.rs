//! A running figure that grows from an earlier report to a later one: an update, not a contradiction. It stands beside the
//! numeric rule's reason and says why that one weighs less; it makes no conflict by itself.
#![doc = include_str!("superseded.md")]

use super::evidence::{against, evidence, raised};
use super::figures::figures;
use super::frame::Frame;
use crate::label::{Bearing, Outcome, Pair, Rule, RuleMeta};
use crate::model::{Quantity, QuantityKind, Severity, Value};

/// The outcomes that are counted on while an event runs.
const RUNNING: &[&str] = &[
    "dead",
    "hurt",
    "missing",
    "arrested",
    "displaced",
    "rescued",
    "hospitalized",
    "treated",
    "infected",
    "tested",
    "vaccinated",
    "charged",
    "trapped",
];

/// The outcomes whose count may also fall as an event runs: the missing are found, the trapped freed.
const FALLING: &[&str] = &["missing", "trapped", "hospitalized"];

/// The rule.
#[derive(Debug)]
pub struct Superseded;

static META: RuleMeta = RuleMeta {
    id: "superseded",
    summary: "a later report updates a running figure",
    bearing: Bearing::Context,
    level: Severity::Note,
    since: "0.1.0",
    page: include_str!("superseded.md"),
};

impl Rule for Superseded {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Pair<'_>) -> Outcome {
        let (Some(left_day), Some(right_day)) = (pair.left_published, pair.right_published) else {
            return Outcome::Silent;
        };
        if left_day == right_day {
            return Outcome::Silent;
        }
        let frame = Frame::new(pair);
        let Some(found) = figures(&frame).filter(|found| matches!(found.by, None | Some("time"))) else {
            return Outcome::Silent;
        };
        let Some(outcome) = found.measure.outcome.filter(|outcome| RUNNING.contains(outcome)) else {
            return Outcome::Silent;
        };
        let (earlier, later) = if left_day < right_day { (found.left, found.right) } else { (found.right, found.left) };
        let grows = end(later) > end(earlier);
        if earlier.kind != QuantityKind::Count || !(grows || FALLING.contains(&outcome)) {
            return Outcome::Silent;
        }
        let left = evidence(pair.left, found.left.span, Value::Quantity(found.left.clone()));
        let right = evidence(pair.right, found.right.span, Value::Quantity(found.right.clone()));
        let message = format!("{} ({outcome}), reported on {left_day} and {right_day}", against(&left, &right));
        raised(&META, left, right, message)
    }
}

fn end(quantity: &Quantity) -> f64 {
    quantity.low.or(quantity.high).unwrap_or(0.0)
}
