//! Two states of one thing that exclude each other: alive and dead, open and closed. A state may change, so two times
//! reconcile it.
#![doc = include_str!("status.md")]

use super::contrast::contrast;
use super::evidence::{evidence, explained, on_one_line, raised};
use super::opposites::Sort;
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
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

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let Some(found) = contrast(pair.frame(), SORTS) else { return Outcome::Silent };
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
    claim.form.terms.iter().find(|term| term.span == span).map(|term| term.stem.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, short};
    use super::*;

    #[test]
    fn two_states_of_one_thing_are_raised() {
        for (left, right, outcome) in [
            (
                "The border crossing at {l:Garrow} is open to trucks.",
                "The border crossing at {l:Garrow} is closed to trucks.",
                "raised: open | closed",
            ),
            (
                "The climber {p:Ada Lind} was found alive on the glacier.",
                "The climber {p:Ada Lind} was found dead on the glacier.",
                "raised: alive | dead",
            ),
        ] {
            assert_eq!(short(&check(&Status, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn two_times_reconcile_two_states() {
        for (left, right, outcome) in [
            (
                "The border crossing at {l:Garrow} was open {t:on Monday|2026-03-02}.",
                "The border crossing at {l:Garrow} was closed {t:on Friday|2026-03-06}.",
                "time: open | closed",
            ),
            ("{p:Ada Lind} was found alive on the glacier.", "{p:Nils Holm} was found dead on the glacier.", "silent"),
        ] {
            assert_eq!(short(&check(&Status, left, right)), outcome, "{left} | {right}");
        }
    }
}
