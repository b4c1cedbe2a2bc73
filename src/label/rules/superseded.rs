//! A running figure that grows from an earlier report to a later one: an update, not a contradiction. It stands beside the
//! numeric rule's reason and says why that one weighs less; it makes no conflict by itself.
#![doc = include_str!("superseded.md")]

use super::evidence::{against, evidence, raised};
use super::figures::figures;
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
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

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let (Some(left_day), Some(right_day)) = (pair.left_published, pair.right_published) else {
            return Outcome::Silent;
        };
        if left_day == right_day {
            return Outcome::Silent;
        }
        let frame = pair.frame();
        let Some(found) = figures(frame).filter(|found| matches!(found.by, None | Some("time"))) else {
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

#[cfg(test)]
mod tests {
    use super::super::testing::{check_dated, short};
    use super::*;

    const EARLY: &str = "A ferry sank off {l:Port Halden}, killing {q:12 people|12|people}.";
    const LATE: &str = "The ferry that sank off {l:Port Halden} killed {q:15 people|15|people}.";

    #[test]
    fn a_toll_that_grows_with_the_days_is_an_update() {
        let outcome = check_dated(&Superseded, (EARLY, Some("2026-03-02")), (LATE, Some("2026-03-03")));
        assert_eq!(short(&outcome), "raised: 12 people | 15 people");
    }

    #[test]
    fn a_toll_that_shrinks_or_has_no_dates_is_none() {
        let shrinks = check_dated(&Superseded, (EARLY, Some("2026-03-03")), (LATE, Some("2026-03-02")));
        assert_eq!(short(&shrinks), "silent");
        let undated = check_dated(&Superseded, (EARLY, None), (LATE, Some("2026-03-02")));
        assert_eq!(short(&undated), "silent");
    }
}
