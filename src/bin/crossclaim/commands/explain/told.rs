//! A compared pair → everything there is to say of it, in words and numbers: what the terminal and the page both show. Nothing
//! is computed here that the comparison did not compute, but for the sums of its own weights.

use super::values;
use crate::commands::show::frames;
use crossclaim::model::{NormalClaim, Span};
use crossclaim::pipeline::{Explained, PairOutcome};
use crossclaim::report::escape::terminal as safe;
use crossclaim::report::wording;
use serde::Serialize;

/// Everything, free of control characters.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Told {
    /// `agree`, `conflict` or `unmatched`.
    pub(super) label: &'static str,
    /// In what way the two are compatible.
    pub(super) kind: Option<&'static str>,
    /// How surely both are about the same thing.
    pub(super) score: String,
    pub(super) threshold: String,
    pub(super) claims: [ClaimTold; 2],
    /// From the prior to the total.
    pub(super) steps: Vec<Step>,
    /// The comparator that keeps the two from being matched whatever their weight.
    pub(super) veto: Option<String>,
    pub(super) words: Option<Words>,
    pub(super) reasons: Vec<ReasonTold>,
    pub(super) explained_away: Vec<AwayTold>,
    /// What would change the label.
    pub(super) flips: Vec<String>,
    /// What became of the pair in its corpus; nothing where two texts alone were compared.
    pub(super) corpus: Vec<String>,
}

/// One of the two claims.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct ClaimTold {
    pub(super) name: &'static str,
    pub(super) words: String,
    pub(super) values: Vec<String>,
    /// Who did what to whom, a line a clause.
    pub(super) tells: Vec<String>,
}

/// One line of the waterfall.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Step {
    pub(super) comparator: String,
    pub(super) grade: String,
    pub(super) left: String,
    pub(super) right: String,
    /// Its weight in bits; nothing for the prior and the total.
    pub(super) weight: Option<f64>,
    /// The sum so far, in bits.
    pub(super) sum: f64,
}

/// Which words stand for which.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Words {
    pub(super) shared: Vec<String>,
    pub(super) left_only: Vec<String>,
    pub(super) left_percent: String,
    pub(super) right_only: Vec<String>,
    pub(super) right_percent: String,
}

/// Why the two conflict.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct ReasonTold {
    pub(super) rule: String,
    pub(super) message: String,
    pub(super) left: String,
    pub(super) left_value: String,
    pub(super) right: String,
    pub(super) right_value: String,
}

/// A conflict that was considered and not raised.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct AwayTold {
    pub(super) rule: String,
    pub(super) by: String,
    pub(super) message: String,
}

impl Told {
    /// What there is to say of two claims, and of their corpus where they were compared in one.
    pub(super) fn of(outcome: &PairOutcome, explained: Option<&Explained>, threshold: f64) -> Self {
        let claim = |name, normal: &NormalClaim| {
            let carried = normal.claim.carried();
            ClaimTold {
                name,
                words: safe(&wording::with_subject(carried.as_deref(), normal.claim.text())),
                values: values(normal),
                tells: frames::lines(normal).iter().map(|line| safe(line)).collect(),
            }
        };
        let reasons = outcome.reasons.iter().map(|reason| ReasonTold {
            rule: reason.rule.clone(),
            message: safe(&reason.message),
            left: safe(&reason.left.text),
            left_value: safe(&wording::value(&reason.left.value)),
            right: safe(&reason.right.text),
            right_value: safe(&wording::value(&reason.right.value)),
        });
        let away = outcome.explained_away.iter().map(|away| AwayTold {
            rule: away.rule.clone(),
            by: away.by.clone(),
            message: safe(&away.message),
        });
        Self {
            label: outcome.label.name(),
            kind: outcome.kind.map(|kind| kind.name()),
            score: format!("{:.3}", outcome.score),
            threshold: threshold.to_string(),
            claims: [claim("A", &outcome.left), claim("B", &outcome.right)],
            steps: steps(outcome),
            veto: outcome.comparison.veto.as_ref().map(ToString::to_string),
            words: words(outcome),
            reasons: reasons.collect(),
            explained_away: away.collect(),
            flips: outcome.flips.iter().map(|flip| safe(flip)).collect(),
            corpus: explained.map(|explained| corpus(explained, threshold)).unwrap_or_default(),
        }
    }
}

/// Each level with its weight and the sum so far.
fn steps(outcome: &PairOutcome) -> Vec<Step> {
    let comparison = &outcome.comparison;
    let words =
        |normal: &NormalClaim, span: Option<Span>| span.map(|span| safe(normal.claim.words(span))).unwrap_or_default();
    // The weight is the prior plus all levels, so the prior is what the levels leave.
    let mut sum = comparison.weight - comparison.levels.iter().map(|level| level.weight).sum::<f64>();
    let end = |comparator: &str, grade: String, sum| Step {
        comparator: comparator.to_owned(),
        grade,
        left: String::new(),
        right: String::new(),
        weight: None,
        sum,
    };
    let mut steps = vec![end("prior", "before any comparison".to_owned(), sum)];
    for level in &comparison.levels {
        sum += level.weight;
        let value = level.value.map(|value| format!(" ({value:.2})")).unwrap_or_default();
        let veto = if level.veto { ", veto" } else { "" };
        steps.push(Step {
            comparator: level.comparator.to_string(),
            grade: format!("{}{value}{veto}", level.grade),
            left: words(&outcome.left, level.left),
            right: words(&outcome.right, level.right),
            weight: Some(level.weight),
            sum,
        });
    }
    steps.push(end("total", format!("{:.3} as a probability", comparison.score), comparison.weight));
    steps
}

/// Which words stand for which, and which have no partner.
fn words(outcome: &PairOutcome) -> Option<Words> {
    let alignment = &outcome.comparison.alignment;
    if alignment.pairs.is_empty() && alignment.left_only.is_empty() && alignment.right_only.is_empty() {
        return None;
    }
    let word = |normal: &NormalClaim, index: u32| {
        normal.form.terms.get(index as usize).map_or(String::new(), |term| safe(&term.word))
    };
    let pairs = alignment.pairs.iter().map(|pair| {
        let (left, right) = (word(&outcome.left, pair.left), word(&outcome.right, pair.right));
        if left == right { left } else { format!("{left} ~ {right} ({:.2})", pair.strength) }
    });
    let list = |words: &[u32], normal: &NormalClaim| words.iter().map(|&index| word(normal, index)).collect();
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    Some(Words {
        shared: pairs.collect(),
        left_only: list(&alignment.left_only, &outcome.left),
        left_percent: percent(alignment.left_coverage),
        right_only: list(&alignment.right_only, &outcome.right),
        right_percent: percent(alignment.right_coverage),
    })
}

/// What became of the pair in its corpus: whether it was compared at all, and whether the two came into one group.
fn corpus(explained: &Explained, threshold: f64) -> Vec<String> {
    if explained.one_outlet {
        return vec!["Both claims are of one outlet, so they are not held against each other.".to_owned()];
    }
    let mut lines = vec![match explained.keys.as_slice() {
        [] => "No key brought the two together, so they were not compared (`crossclaim list keys`).".to_owned(),
        keys => format!("Brought together by {}.", keys.join(", ")),
    }];
    // The likeness of the articles is shown with the comparators; this part of it was not read off their words.
    if let Some((articles, gained)) = explained.among.filter(|(_, gained)| *gained >= 0.005) {
        let plural = if articles == 1 { "article is" } else { "articles are" };
        lines.push(format!("{gained:.2} of the likeness of their articles (`story`) is there because only {articles} {plural} compared."));
    }
    let Some(gap) = &explained.gap else {
        lines.push("Both stand in one group.".to_owned());
        return lines;
    };
    let group = |members: &[u32]| match members.len() {
        1 => "a group by itself".to_owned(),
        count => format!("in a group of {count} claims"),
    };
    lines.push(format!(
        "Not in one group: A is {}, B {}; over {} of different outlets the mean score is {:.3}, threshold {threshold}.",
        group(&gap.left),
        group(&gap.right),
        if gap.pairs == 1 { "their one pair".to_owned() } else { format!("their {} pairs", gap.pairs) },
        gap.mean
    ));
    if explained.both_told {
        lines.push("The document of each has a claim that is nearer to the other, so each is held for a statement of its own and not for a conflict of the two.".to_owned());
    } else if let Some([one, two]) = &explained.apart {
        lines.push(format!("“{}” and “{}” stand apart, which keeps their groups apart.", safe(one), safe(two)));
    }
    lines
}
