//! Who did what to whom: do pairs of sentences that share their words stand as their grammar says?
//!
//! Reads `fixtures/grammar/`; the format stands in the README there. Every case counts and none is asserted by itself: the
//! shares of right answers are held against floors that only rise. Of the held-out cases only the share is printed, so that
//! nobody tunes on them by accident.

mod claims;

mod parts;

use crossclaim::config::Settings;
use crossclaim::pipeline::{PairLabel, PairOutcome, compare_pair};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A figure may lie this far above its floor before the test asks for the floor to be raised.
const SLACK: f64 = 0.02;

/// Two sentences and how they stand.
pub(crate) struct Case {
    topic: String,
    pub(crate) label: String,
    pub(crate) left: String,
    pub(crate) right: String,
}

/// The fixtures of both corpora.
fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn folder() -> PathBuf {
    fixtures().join("grammar")
}

/// The pairs of a file below `fixtures/grammar`.
pub(crate) fn pairs(file: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(folder().join(file)).expect("a file of pairs");
    let (mut topic, mut label) = (String::new(), String::new());
    let mut cases = Vec::new();
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("## ") {
            topic = name.to_owned();
        } else if let Some(name) = line.strip_prefix("= ") {
            label = name.to_owned();
        } else {
            let right = lines.next().expect("a pair has two lines").to_owned();
            cases.push(Case { topic: topic.clone(), label: label.clone(), left: line.to_owned(), right });
        }
    }
    cases
}

/// The rules one of which has to raise a conflict of this label; none where any will do.
fn rules_of(label: &str) -> Option<&'static [&'static str]> {
    Some(match label {
        "roles" | "participant" => &["participant-mismatch"],
        "negation" => &["negation", "quantifier", "certainty-gap", "status"],
        "denial" => &["certainty-gap", "negation"],
        "number" => &["numeric-mismatch"],
        _ => return None,
    })
}

/// Whether an outcome is what the label asks for.
fn is_right(label: &str, outcome: &PairOutcome) -> bool {
    match label {
        "same" => outcome.label == PairLabel::Agree,
        "apart" => outcome.label == PairLabel::Unmatched,
        "compatible" => outcome.label != PairLabel::Conflict,
        "roles" | "participant" | "negation" | "denial" | "number" | "speaker" => {
            outcome.label == PairLabel::Conflict
                && rules_of(label)
                    .is_none_or(|rules| outcome.reasons.iter().any(|reason| rules.contains(&reason.rule.as_str())))
        }
        other => panic!("no such label: {other}"),
    }
}

/// The share of right answers, and what there is to tell: the wrong answers where `tell` says so, and the counts.
fn score(file: &str, tell: bool) -> (f64, Vec<String>) {
    let settings = Settings::default();
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut told = Vec::new();
    for case in &pairs(file) {
        let outcome = compare_pair(&case.left, &case.right, None, None, &settings);
        let right = is_right(&case.label, &outcome);
        for key in [format!("label {}", case.label), format!("topic {}", case.topic), "all".to_owned()] {
            let count = counts.entry(key).or_default();
            count.0 += usize::from(right);
            count.1 += 1;
        }
        if tell && !right {
            let rules: Vec<&str> = outcome.reasons.iter().map(|reason| reason.rule.as_str()).collect();
            let (topic, label, found) = (&case.topic, &case.label, outcome.label.name());
            told.push(format!("{topic}, {label}: {found} {rules:?}\n  {}\n  {}", case.left, case.right));
        }
    }
    told.push(file.to_owned());
    told.extend(counts.iter().map(|(key, count)| counted(key, *count)));
    let (right, all) = counts["all"];
    (share(right, all), told)
}

fn counted(key: &str, (right, all): (usize, usize)) -> String {
    format!("  {key:<20} {right:>3} of {all:>3}  {:.3}", share(right, all))
}

fn share(right: usize, all: usize) -> f64 {
    right as f64 / all as f64
}

/// The files of pairs with their figures' names.
const FILES: [(&str, &str, bool); 2] = [("pairs.txt", "pairs", true), ("pairs_held_out.txt", "pairs_held_out", false)];

/// Prints a figure beside its floor; says what is wrong where it lies below.
#[expect(clippy::print_stdout, reason = "the figures are what one runs the test for")]
fn check_floor(name: &str, figure: f64) -> Option<String> {
    let json = std::fs::read_to_string(folder().join("floors.json")).expect("the floors");
    let floors: BTreeMap<String, f64> = serde_json::from_str(&json).expect("a table of floors");
    let floor = floors[name];
    println!("{name:<20} {figure:.3}  floor {floor:.3}");
    if figure > floor + SLACK {
        println!("  raise it in fixtures/grammar/floors.json: \"{name}\": {:.2}", (figure * 100.0).floor() / 100.0);
    }
    (figure < floor).then(|| format!("{name} is {figure:.4}, its floor is {floor}"))
}

/// Holds the figure of every file against its floor; `score` gives the figure and what it tells, whole if asked.
#[expect(clippy::print_stdout, reason = "the figures and cases are what one runs the test for")]
fn hold_floors<const N: usize>(
    files: [(&'static str, &'static str, bool); N],
    score: impl Fn(&str, bool) -> (f64, Vec<String>),
) {
    let fallen: Vec<String> = files
        .into_iter()
        .filter_map(|(file, name, tell)| {
            let (figure, told) = score(file, tell);
            println!("{}", told.join("\n"));
            check_floor(name, figure)
        })
        .collect();
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

#[test]
fn no_figure_falls_below_its_floor() {
    hold_floors(FILES, score);
}

#[test]
fn the_corpus_is_as_large_as_it_says() {
    let count: usize = FILES.iter().map(|(file, ..)| pairs(file).len()).sum();
    assert!(count >= 400, "only {count} pairs");
}
