//! Are short claims labelled as their readers would label them?
//!
//! Reads `fixtures/labels/pairs.txt`, in the format of `fixtures/grammar/README.md`, with one label more: `conflict`, raised by whatever
//! rule. Every pair is held against its other half twice: with what the program reads into two texts, and by the rules alone, as
//! the claims of a corpus are. No case is asserted by itself; precision and recall are held against floors that only rise.

use crate::grammar::{Case, pairs};
use crossclaim::config::{Meaning, Settings};
use crossclaim::pipeline::{PairLabel, PairOutcome, compare_pair};
use std::collections::BTreeMap;
use std::path::Path;

/// A figure may lie this far above its floor before the test asks for the floor to be raised.
const SLACK: f64 = 0.02;

/// The outcomes of all pairs.
fn outcomes<'a>(cases: &'a [Case], settings: &Settings) -> Vec<(&'a Case, PairOutcome)> {
    cases.iter().map(|case| (case, compare_pair(&case.left, &case.right, None, None, settings))).collect()
}

fn is(label: PairLabel) -> impl Fn(&&(&Case, PairOutcome)) -> bool {
    move |(_, outcome)| outcome.label == label
}

fn should(label: &'static str) -> impl Fn(&&(&Case, PairOutcome)) -> bool {
    move |(case, _)| case.label == label
}

fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 1.0 } else { part as f64 / all as f64 }
}

/// The figures by name: of the conflicts called, how many are some; of those that are some, how many are called; and how many of the
/// pairs that tell the same are called so.
fn figures(found: &[(&Case, PairOutcome)]) -> [(&'static str, f64); 3] {
    let both = found.iter().filter(is(PairLabel::Conflict)).filter(should("conflict")).count();
    let called = found.iter().filter(is(PairLabel::Conflict)).count();
    let conflicts = found.iter().filter(should("conflict")).count();
    let same = found.iter().filter(should("same")).count();
    let kept = found.iter().filter(should("same")).filter(is(PairLabel::Agree)).count();
    [
        ("conflict_precision", share(both, called)),
        ("conflict_recall", share(both, conflicts)),
        ("same_recall", share(kept, same)),
    ]
}

#[test]
fn no_figure_falls_below_its_floor() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/labels");
    let json = std::fs::read_to_string(folder.join("floors.json")).expect("the floors");
    let floors: BTreeMap<String, f64> = serde_json::from_str(&json).expect("a table of floors");
    let cases = pairs("../labels/pairs.txt");
    assert!(cases.len() > 190, "the corpus is as large as it was");
    let mut by_rules = Settings::default();
    by_rules.compare.meaning = Meaning::Off;
    let mut fallen = Vec::new();
    for (way, settings) in [("read", &Settings::default()), ("rules", &by_rules)] {
        let found = outcomes(&cases, settings);
        for (case, outcome) in &found {
            let called = outcome.label.name();
            let right = match case.label.as_str() {
                "same" => called == "agree",
                "apart" => called == "unmatched",
                "compatible" => called != "conflict",
                "conflict" => called == "conflict",
                other => panic!("no such label: {other}"),
            };
            if !right {
                println!("{way}: {called}, not {}\n  {}\n  {}", case.label, case.left, case.right);
            }
        }
        for (name, figure) in figures(&found) {
            let floor = floors[&format!("{way}_{name}")];
            println!("{way}_{name:<20} {figure:.3}  floor {floor:.3}");
            if figure > floor + SLACK {
                println!("  raise it in fixtures/labels/floors.json to {:.2}", (figure * 100.0).floor() / 100.0);
            }
            if figure < floor {
                fallen.push(format!("{way}_{name} is {figure:.4}, its floor is {floor}"));
            }
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

#[test]
fn what_is_asked_is_not_affirmed() {
    let mut by_rules = Settings::default();
    by_rules.compare.meaning = Meaning::Off;
    let told = |left: &str, right: &str| compare_pair(left, right, None, None, &by_rules).label;
    let denied = "The economy of Ostland is not currently in a recession.";
    assert_eq!(told(denied, "The economy of Ostland is currently in a recession."), PairLabel::Conflict);
    let asked = "There is a political debate over whether the economy of Ostland is in a recession.";
    assert_ne!(told(denied, asked), PairLabel::Conflict);
    assert_ne!(told(asked, denied), PairLabel::Conflict);
}
