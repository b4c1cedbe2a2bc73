//! Two figures for one measure that no value satisfies. It compares like with like only: years, identifiers and figures of
//! different measures are left alone, and so are figures of different times.
#![doc = include_str!("numeric_mismatch.md")]

use super::evidence::{against, evidence, explained, raised};
use super::figures::{another_size, figures, other_counts};
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
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

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let frame = pair.frame();
        let Some(clash) = figures(frame) else {
            let counts = || other_counts(frame).map(|(left, right)| (left, right, "another measure"));
            let sizes = || another_size(frame).map(|(left, right)| (left, right, "another size"));
            let Some((left, right, by)) = counts().or_else(sizes) else { return Outcome::Silent };
            let left = evidence(pair.left, left.span, Value::Quantity(left.clone()));
            let right = evidence(pair.right, right.span, Value::Quantity(right.clone()));
            let message = against(&left, &right);
            return explained(&META, by, left, right, message);
        };
        let left = evidence(pair.left, clash.left.span, Value::Quantity(clash.left.clone()));
        let right = evidence(pair.right, clash.right.span, Value::Quantity(clash.right.clone()));
        let message = format!("{}{}", against(&left, &right), clash.measured());
        match clash.by {
            None => raised(&META, left, right, message),
            Some(by) => explained(&META, by, left, right, message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, short};
    use super::*;

    #[test]
    fn figures_of_one_measure_that_lie_apart_are_raised() {
        for (left, right, outcome) in [
            (
                "A ferry sank off {l:Port Halden}, killing {q:12 people|12|people}.",
                "The ferry that sank off {l:Port Halden} killed {q:15 people|15|people}.",
                "raised: 12 people | 15 people",
            ),
            (
                "{q:Twelve|12} died and {q:30|30} were injured when the ferry sank off {l:Port Halden}.",
                "The ferry sank off {l:Port Halden} and {q:12|12} people died, while {q:41|41} were injured.",
                "raised: 30 | 41",
            ),
            (
                "{o:Varnex} will close {q:14 plants|14|plants} in {l:Ostland}.",
                "{o:Varnex} will close {q:19 plants|19|plants} in {l:Ostland}.",
                "raised: 14 plants | 19 plants",
            ),
        ] {
            assert_eq!(short(&check(&NumericMismatch, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn prices_parts_ages_and_other_occasions_are_no_conflict() {
        for (left, right, outcome) in [
            (
                "Shares of {o:Varnex} rose {q:3 percent|3||%} in {l:Garrow}.",
                "Shares of {o:Varnex} rose {q:5 percent|5||%} in {l:Garrow}.",
                "time: 3 percent | 5 percent",
            ),
            (
                "The port of {l:Garrow} lost {q:9 ships|9|ships} so far.",
                "The port of {l:Garrow} lost {q:12 ships|12|ships}.",
                "time: 9 ships | 12 ships",
            ),
            (
                "Fees at the port of {l:Garrow} went up from {q:20 dollars|20||USD}.",
                "Fees at the port of {l:Garrow} went up by {q:30 dollars|30||USD}.",
                "silent",
            ),
            (
                "{p:Ada Lind} had {q:25 points|25|points} and {q:16 rebounds|16|rebounds} in {l:Garrow}.",
                "{p:Ada Lind} had {q:22 points|22|points} and {q:9 rebounds|9|rebounds} in {l:Garrow}.",
                "occasion: 25 points | 22 points",
            ),
        ] {
            assert_eq!(short(&check(&NumericMismatch, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn bounds_rounding_time_and_scope_reconcile() {
        for (left, right, outcome) in [
            (
                "A ferry sank off {l:Port Halden}, killing {q:at least 12 people|>=12|people}.",
                "The ferry that sank off {l:Port Halden} killed {q:15 people|15|people}.",
                "bounds: at least 12 people | 15 people",
            ),
            (
                "The storm damaged {q:about 300 homes|~300|homes} along the coast.",
                "The storm damaged {q:312 homes|312|homes} along the coast.",
                "rounding: about 300 homes | 312 homes",
            ),
            (
                "{o:Varnex} employed {q:800 people|800|people} at the plant {t:in May|2024-05-01}.",
                "{o:Varnex} employed {q:650 people|650|people} at the plant {t:in June|2025-06-01}.",
                "time: 800 people | 650 people",
            ),
            (
                "The blast in the mine at {l:Garrow} killed {q:12 miners|12|miners}.",
                "The blast in the mine at {l:Garrow} killed {q:15 people|15|people}.",
                "scope: 12 miners | 15 people",
            ),
        ] {
            assert_eq!(short(&check(&NumericMismatch, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn other_measures_events_and_footings_are_silent() {
        for (left, right, outcome) in [
            (
                "A ferry sank off {l:Port Halden}, killing {q:12 people|12|people}.",
                "A ferry sank off {l:Port Halden}, injuring {q:30 people|30|people}.",
                "silent",
            ),
            (
                "A fire in {l:Garrow} killed {q:12 people|12|people}.",
                "A fire in {l:Lund} killed {q:15 people|15|people}.",
                "silent",
            ),
            (
                "The storm closed {q:12 schools|12|schools}.",
                "After the storm, {q:15 schools|15|schools} reopened.",
                "silent",
            ),
            (
                "The council {m:may|possible} close {q:12 schools|12|schools}.",
                "The council closed {q:15 schools|15|schools}.",
                "silent",
            ),
            (
                "{o:Varnex} sold {q:5 million shares|5000000|shares}.",
                "{o:Borel} sold {q:9 million shares|9000000|shares}.",
                "silent",
            ),
        ] {
            assert_eq!(short(&check(&NumericMismatch, left, right)), outcome, "{left} | {right}");
        }
    }
}
