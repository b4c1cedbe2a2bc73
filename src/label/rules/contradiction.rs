//! The one claim contradicts the other for a reader of both, where no rule can say by which value. It asks what
//! natural language inference made of the pair; it reads nothing itself.
#![doc = include_str!("contradiction.md")]

use super::clauses::Clauses;
use super::evidence::{against, evidence, explained, raised};
use super::orders::leaves_open;
use super::reconciled::is_reconciled;
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
use crate::lexicon::amounts::{Standing, standing};
use crate::model::{NormalClaim, Quantity, Severity, Span, Value};

/// How surely both cannot hold, from where on it is a conflict.
const LEAST: f64 = 0.85;

/// How alike both must be: "shows ships" and "has a garden" are two statements of one museum.
const LEAST_SIMILARITY: f64 = 0.2;

/// How surely neither says anything for or against the other, from where on they stand apart.
const NEITHER: f64 = 0.7;

/// How surely the one follows from the other, up to where claims that tell of other deeds stand apart. Of pairs it was not trained on the
/// cross-encoder and this tell more aright than it alone: SICK .824 to .831, MNLI .545 to .551, SNLI .562 to .569, VitaminC .442 to .462; of
/// Emergent's headlines fewer, .763 to .753.
const FOLLOWS: f64 = 0.5;

/// Share of the content of one claim that is told in the other, from where on it is no other statement, whatever a reader infers.
const TOLD_INSIDE: f64 = 0.999;

/// Words of the shorter claim: between two long sentences the inference is wrong too often. Of pairs it was not trained on, with at
/// most so many words on one side, four of five to nine of ten contradictions are so called by readers; of agreeing news
/// sentences of any length one in thirty would be called one (`docs/quality.md`).
const MOST_WORDS: usize = 14;

/// Figures looked at per claim.
const VALUES: usize = 16;

/// The rule.
#[derive(Debug)]
pub struct Contradiction;

static META: RuleMeta = RuleMeta {
    id: "contradiction",
    summary: "one contradicts the other for a reader of both, by what was learned from public pairs",
    bearing: Bearing::Inferred,
    level: Severity::Warning,
    since: "0.1.0",
    page: include_str!("contradiction.md"),
};

impl Rule for Contradiction {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let Some(inference) = pair.inference else { return Outcome::Silent };
        if leaves_open(pair.left) != leaves_open(pair.right) {
            return Outcome::Silent;
        }
        let words = |claim: &NormalClaim| claim.claim.text().split_whitespace().count();
        let are_short = words(pair.left).min(words(pair.right)) <= MOST_WORDS;
        let alignment = pair.alignment;
        // Words alone do not tell it: "born in 1941" is not told inside of a sentence that says 1997.
        let told_inside = alignment.left_coverage.max(alignment.right_coverage) >= TOLD_INSIDE && !values_differ(pair);
        // A detail more contradicts nothing, whatever a reader infers; a denial more may.
        let detail = told_inside && pair.left.form.negations.len() == pair.right.form.negations.len();
        let is_alike = inference.similarity.is_none_or(|similarity| similarity >= LEAST_SIMILARITY);
        let reads_so = are_short && !detail && inference.contradiction >= LEAST && is_alike && !written_otherwise(pair);
        let contradicts = reads_so && !is_reconciled(pair.frame());
        // "was appointed by the committee", "was questioned by the committee": of another deed less doubt is enough.
        let other_deed = || {
            let clauses = Clauses::of(pair.frame());
            let unread = !reads_so || clauses.are_of_other_doers();
            unread && are_short && inference.entailment < FOLLOWS && clauses.are_other_deeds()
        };
        let neither = !told_inside && (inference.neutral >= NEITHER || !contradicts && other_deed());
        if !contradicts && !neither {
            return Outcome::Silent;
        }
        let side = |claim: &NormalClaim, alone: &[u32]| {
            let span = apart(claim, alone);
            evidence(claim, span, Value::Text(claim.claim.words(span).to_owned()))
        };
        let left = side(pair.left, &alignment.left_only);
        let right = side(pair.right, &alignment.right_only);
        if neither {
            let message = format!("neither says anything for or against the other: {}", against(&left, &right));
            return explained(&META, "another statement", left, right, message);
        }
        let share = (inference.contradiction * 100.0).floor();
        let message = format!("a reader of both finds a contradiction ({share:.0} %): {}", against(&left, &right));
        raised(&META, left, right, message)
    }
}

/// True where both tell the same figures and write them in two ways: "12 skiers", "a dozen skiers". The reader learned no arithmetic.
fn written_otherwise(pair: &Case<'_>) -> bool {
    let (left, right) = (&pair.left.form.quantities, &pair.right.form.quantities);
    let written = |claim: &NormalClaim, figure: &Quantity| claim.claim.words(figure.span).to_lowercase();
    let same = |one: &Quantity| right.iter().take(VALUES).find(|other| standing(one, other) == Some(Standing::Equal));
    let pairs: Vec<_> = left.iter().take(VALUES).map(|one| (one, same(one))).collect();
    left.len() == right.len()
        && pairs.iter().all(|(_, other)| other.is_some())
        && pairs
            .iter()
            .any(|(one, other)| other.is_some_and(|other| written(pair.left, one) != written(pair.right, other)))
}

/// True where a figure of the claim with fewer of them meets none of the other, or all times of the two lie apart.
fn values_differ(pair: &Case<'_>) -> bool {
    let (left, right) = (&pair.left.form.quantities, &pair.right.form.quantities);
    let (fewer, more) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let stands_alone = |one: &Quantity| {
        let mut standings = more.iter().take(VALUES).filter_map(|other| standing(one, other)).peekable();
        standings.peek().is_some() && standings.all(|standing| standing == Standing::Apart)
    };
    fewer.iter().take(VALUES).any(stands_alone) || pair.frame().times_apart().is_some()
}

/// From the first to the last word that has no partner in the other claim; the whole claim where every word has one.
fn apart(claim: &NormalClaim, alone: &[u32]) -> Span {
    let spans = || alone.iter().filter_map(|at| claim.form.terms.get(*at as usize)).map(|term| term.span);
    match (spans().map(|span| span.start).min(), spans().map(|span| span.end).max()) {
        (Some(start), Some(end)) => Span { start, end },
        _ => claim.claim.span,
    }
}
