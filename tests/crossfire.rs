//! Which rules fire where? Every rule over the examples of every page, and over every story: a rule that was written for
//! one kind of difference and answers to another shows here.
//!
//! In: the pages and the stories under `fixtures`. Out: one list, compared with `fixtures/crossfire/rules.snap`. It does
//! not say what is right; the pages' own labels and the stories' expectations do. A change of the list is reviewed line
//! by line.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use super::rules::{Example, examples};
use crossclaim::config::Settings;
use crossclaim::label::rules::RULES;
use crossclaim::pipeline::{self, compare_pair};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What every rule found in the `index`-th example of the page `id`.
fn fired_on_example(id: &str, index: usize, example: &Example<'_>) -> String {
    let [(a_date, a), (b_date, b)] = example.sides;
    let outcome = compare_pair(a, b, a_date, b_date, &Settings::default());
    let mut line = format!("{id} {} {}: {}", index + 1, example.label, outcome.label.name());
    for reason in &outcome.reasons {
        write!(line, "; {} ({})", reason.rule, reason.message).unwrap();
    }
    for explanation in &outcome.explained_away {
        write!(line, "; {} explained by {} ({})", explanation.rule, explanation.by, explanation.message).unwrap();
    }
    line
}

/// The folders under `fixtures/stories` that hold a story, by name.
fn stories() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories");
    let mut stories: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("sources").is_dir())
        .collect();
    stories.sort();
    stories
}

/// What every rule raised in the story at `path`, in the order of the text of the lines: the order of findings is not the
/// question here.
fn fired_in_story(path: &Path) -> Vec<String> {
    let report = pipeline::compare(&[path.join("sources")], &Settings::default()).expect("a story is readable");
    let name = path.file_name().unwrap().to_string_lossy();
    let reasons = report.findings.iter().flat_map(|finding| &finding.reasons);
    let mut lines: Vec<String> =
        reasons.map(|reason| format!("{name}: {} ({})", reason.rule, reason.message)).collect();
    lines.sort();
    lines
}

#[test]
fn every_rule_fires_where_it_was_reviewed() {
    let mut list = String::new();
    for rule in RULES {
        let id = rule.meta().id;
        for (index, example) in examples(rule.meta().page).iter().enumerate() {
            writeln!(list, "{}", fired_on_example(id, index, example)).unwrap();
        }
    }
    for story in stories() {
        for line in fired_in_story(&story) {
            writeln!(list, "{line}").unwrap();
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/crossfire"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("rules", list));
}
