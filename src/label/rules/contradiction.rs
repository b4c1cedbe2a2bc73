//! The one claim contradicts the other for a reader of both, where no rule can say by which value. It asks what
//! natural language inference made of the pair; it reads nothing itself.
#![doc = include_str!("contradiction.md")]

use super::clauses::Clauses;
use super::evidence::{against, evidence, explained, raised};
use super::orders::leaves_open;
use super::reconciled::is_reconciled;
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
use crate::lexicon::amounts::{Standing, standing};
use crate::model::{ClaimKind, Evidence, Inference, Mode, NormalClaim, Quantity, Severity, Span, Value};

/// How surely both cannot hold, from where on it is a conflict.
const LEAST: f64 = 0.85;

/// The same for two claims of one story, chosen by the findings of stories that each outlet tells in its own words (`docs/quality.md`).
const LEAST_IN_STORY: f64 = 0.8;

/// Share of the content of one claim that is told in the other, from where on it is told in the same words: what contradicts there differs in
/// a word or a value, which other rules look at, and the reader is mostly wrong. `compare` has the same bound for its comparator
/// `counterpart`.
const SAME_WORDS: f64 = 0.6;

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
    summary: "one contradicts the other for a reader of both, by what was learned from pairs of texts",
    bearing: Bearing::Inferred,
    level: Severity::Warning,
    since: "0.1.0",
    page: include_str!("contradiction.md"),
};

impl Rule for Contradiction {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    /// Between articles the reader is wrong more often than a build may fail for.
    fn level(&self, pair: &Case<'_>) -> Severity {
        if are_of_articles(pair) { Severity::Note } else { META.level }
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let Some(inference) = pair.inference else { return Outcome::Silent };
        if leaves_open(pair.left) != leaves_open(pair.right) {
            return Outcome::Silent;
        }
        if are_of_articles(pair) {
            return in_story(pair, inference);
        }
        let words = |claim: &NormalClaim| claim.claim.text().split_whitespace().count();
        let are_short = words(pair.left).min(words(pair.right)) <= MOST_WORDS;
        let told_inside = is_told_inside(pair);
        let is_alike = inference.similarity.is_none_or(|similarity| similarity >= LEAST_SIMILARITY);
        let reads_so =
            are_short && !is_detail(pair) && inference.contradiction >= LEAST && is_alike && !written_otherwise(pair);
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
        if neither {
            let [left, right] = sides(pair);
            let message = format!("neither says anything for or against the other: {}", against(&left, &right));
            return explained(&META, "another statement", left, right, message);
        }
        contradict(pair, inference)
    }
}

/// Two matched claims of one story. That they are about the same thing, their score tells: what the reader made of that is in it.
fn in_story(pair: &Case<'_>, inference: Inference) -> Outcome {
    let same_words = pair.alignment.containment() >= SAME_WORDS;
    if inference.contradiction < LEAST_IN_STORY || same_words || is_detail(pair) || written_otherwise(pair) {
        return Outcome::Silent;
    }
    let frame = pair.frame();
    // A plan contradicts no fact, and what was so on one day nothing that was on another.
    let comparable = frame.same_footing() && frame.times_apart().is_none() && !frame.other_times();
    // What one person is quoted with and another denies, both outlets may have heard.
    let quoted = |claim: &NormalClaim| claim.claim.attribution.as_ref().is_some_and(|said| said.mode == Mode::Direct);
    let are_others = || (quoted(pair.left) || quoted(pair.right)) && !Clauses::of(frame).one_speaker();
    if !comparable || are_others() || is_reconciled(frame) {
        return Outcome::Silent;
    }
    contradict(pair, inference)
}

/// The reader's contradiction as a conflict.
fn contradict(pair: &Case<'_>, inference: Inference) -> Outcome {
    let [left, right] = sides(pair);
    let share = (inference.contradiction * 100.0).floor();
    let message = format!("a reader of both finds a contradiction ({share:.0} %): {}", against(&left, &right));
    raised(&META, left, right, message)
}

/// What each of the two tells that has no partner in the other.
fn sides(pair: &Case<'_>) -> [Evidence; 2] {
    let side = |claim: &NormalClaim, alone: &[u32]| {
        let span = apart(claim, alone);
        evidence(claim, span, Value::Text(claim.claim.words(span).to_owned()))
    };
    [side(pair.left, &pair.alignment.left_only), side(pair.right, &pair.alignment.right_only)]
}

/// True where both claims stand in articles, which tell of one event, and not by themselves.
fn are_of_articles(pair: &Case<'_>) -> bool {
    [pair.left, pair.right].iter().all(|claim| claim.claim.kind != ClaimKind::Given)
}

/// True where all the content of one claim is told in the other. Words alone do not tell it: "born in 1941" is not told inside of a
/// sentence that says 1997.
fn is_told_inside(pair: &Case<'_>) -> bool {
    pair.alignment.containment() >= TOLD_INSIDE && !values_differ(pair)
}

/// True where one claim tells no more than a detail beside the other, which contradicts nothing, whatever a reader infers; a denial more
/// may.
fn is_detail(pair: &Case<'_>) -> bool {
    is_told_inside(pair) && pair.left.form.negations.len() == pair.right.form.negations.len()
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

#[cfg(test)]
mod tests {
    use super::super::testing::{check_read, short};
    use super::*;

    fn read(left: &str, right: &str, contradiction: f64) -> String {
        let rest = 1.0 - contradiction;
        let inference = Inference {
            entailment: 0.2 * rest,
            contradiction,
            neutral: 0.8 * rest,
            similarity: None,
            same_fact: Some(0.9),
        };
        short(&check_read(&Contradiction, left, right, inference))
    }

    const LEFT: &str = "The guards had locked the northern gate of the stadium long before the storm reached the coast";
    const RIGHT: &str =
        "Fans walked freely through the entrance to the north while the wind tore at the flags above them";

    #[test]
    fn claims_of_a_story_conflict_where_the_reader_is_sure_whatever_their_length() {
        assert!(read(LEFT, RIGHT, LEAST_IN_STORY).starts_with("raised"));
        assert_eq!(read(LEFT, RIGHT, LEAST_IN_STORY - 0.01), "silent");
    }

    #[test]
    fn another_way_of_writing_a_figure_contradicts_nothing_in_a_story() {
        let figures = ["{q:12 skiers|12|skiers} were buried", "{q:A dozen skiers|12|skiers} lay under the snow"];
        assert_eq!(read(figures[0], figures[1], 0.99), "silent");
    }

    #[test]
    fn a_plan_and_a_fact_and_two_days_contradict_nothing_in_a_story() {
        assert_eq!(read("The guards {m:will|planned} lock the gate", RIGHT, 0.99), "silent");
        let days = ["The gate was locked {t:on May 3|2026-05-03}", "Fans walked through {t:on May 5|2026-05-05}"];
        assert_eq!(read(days[0], days[1], 0.99), "silent");
    }

    #[test]
    fn what_is_inferred_of_claims_of_a_story_neither_for_nor_against_says_nothing() {
        let neither =
            Inference { entailment: 0.01, contradiction: 0.01, neutral: 0.98, similarity: None, same_fact: Some(0.9) };
        assert_eq!(short(&check_read(&Contradiction, LEFT, RIGHT, neither)), "silent");
    }
}
