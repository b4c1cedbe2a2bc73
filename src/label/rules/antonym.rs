//! Two words that exclude each other in one place of one frame: rose and fell, approved and rejected. Different words are not
//! opposed words; only what the tables of opposites hold counts.
#![doc = include_str!("antonym.md")]

use super::contrast::contrast;
use super::evidence::{evidence, explained, on_one_line, raised};
use super::opposites::Sort;
use super::orders::{in_identifier, ordered};
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
use crate::model::{NormalClaim, Severity, Span, Value};

/// The sorts of opposition this rule looks for.
const SORTS: &[Sort] = &[Sort::Direction, Sort::Decision, Sort::State, Sort::Attribute, Sort::Order, Sort::Dictionary];

/// The rule.
#[derive(Debug)]
pub struct Antonym;

static META: RuleMeta = RuleMeta {
    id: "antonym",
    summary: "words that exclude each other in one place: rose and fell, approved and rejected",
    bearing: Bearing::Conflict,
    level: Severity::Error,
    since: "0.1.0",
    page: include_str!("antonym.md"),
};

impl Rule for Antonym {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let Some(found) = contrast(pair.frame(), SORTS) else { return Outcome::Silent };
        if ordered(pair.left) == Some(found.left) || ordered(pair.right) == Some(found.right) {
            return Outcome::Silent;
        }
        if in_identifier(pair.left, found.left) || in_identifier(pair.right, found.right) {
            return Outcome::Silent;
        }
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
    fn opposed_words_in_one_place_are_raised() {
        for (left, right, outcome) in [
            (
                "Exports to {l:Ostland} rose in the spring.",
                "Exports to {l:Ostland} fell in the spring.",
                "raised: rose | fell",
            ),
            (
                "The council approved the plan to build a stadium.",
                "The council rejected the plan to build a stadium.",
                "raised: approved | rejected",
            ),
            ("The small plane landed on the lake.", "The large plane landed on the lake.", "raised: small | large"),
            (
                "The minister resigned before the vote on the budget.",
                "The minister resigned after the vote on the budget.",
                "raised: before | after",
            ),
        ] {
            assert_eq!(short(&check(&Antonym, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn other_subjects_times_and_denied_antonyms_are_no_conflict() {
        for (left, right, outcome) in [
            ("Exports to {l:Ostland} rose in the spring.", "Imports to {l:Ostland} fell in the spring.", "silent"),
            (
                "Shares of {o:Varnex} rose {t:on Monday|2026-03-02}.",
                "Shares of {o:Varnex} fell {t:on Tuesday|2026-03-03}.",
                "time: rose | fell",
            ),
            (
                "The council did {-:not} approve the plan to build a stadium.",
                "The council rejected the plan to build a stadium.",
                "paraphrase: approve | rejected",
            ),
            ("Exports to {l:Ostland} rose in the spring.", "Exports to {l:Ostland} climbed in the spring.", "silent"),
            ("A small boat left the harbor.", "A large crowd left the station.", "silent"),
        ] {
            assert_eq!(short(&check(&Antonym, left, right)), outcome, "{left} | {right}");
        }
    }
}
