//! What a sentence states: are the claims that were written down for it among its frames?

use super::{folder, hold_floors};
use crossclaim::config::Settings;
use crossclaim::model::{Frame, NormalClaim, Role, RoleKind};
use crossclaim::pipeline::compare_pair;
use std::collections::BTreeMap;

/// One line below a sentence.
struct Expected {
    /// False for a claim that must not be found.
    wanted: bool,
    lemma: String,
    denied: bool,
    /// Role and head word.
    parts: Vec<(String, String)>,
    line: String,
}

/// A sentence with its lines, under its topic.
struct Case {
    topic: String,
    sentence: String,
    expected: Vec<Expected>,
}

fn expected(line: &str) -> Expected {
    let (wanted, told) = match line.strip_prefix("! ") {
        Some(told) => (false, told),
        None => (true, line),
    };
    let mut fields = told.split("; ");
    let lemma = fields.next().expect("a line begins with a predicate").to_owned();
    let mut denied = false;
    let mut parts = Vec::new();
    for field in fields {
        match field.split_once('=') {
            Some((role, word)) => parts.push((role.to_owned(), word.to_owned())),
            None if field == "not" => denied = true,
            None => panic!("neither a part nor \"not\": {field} in {line}"),
        }
    }
    Expected { wanted, lemma, denied, parts, line: line.to_owned() }
}

fn cases(file: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(folder().join(file)).expect("a file of sentences");
    let mut topic = String::new();
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        if let Some(name) = line.strip_prefix("## ") {
            topic = name.to_owned();
        } else if let Some(sentence) = line.strip_prefix("> ") {
            cases.push(Case { topic: topic.clone(), sentence: sentence.to_owned(), expected: Vec::new() });
        } else {
            cases.last_mut().expect("a sentence comes first").expected.push(expected(line));
        }
    }
    cases
}

/// True where `word` heads the phrase; of a name, any of its words does.
fn heads(claim: &NormalClaim, role: &Role, word: &str) -> bool {
    let head = claim.claim.words(role.head);
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let written = |one: &str| one.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case(word);
    written(head)
        || capital(head)
            && capital(word)
            && claim.claim.words(role.span).split([' ', '-']).any(|one| written(one.trim_end_matches("'s")))
}

fn is_told(claim: &NormalClaim, frame: &Frame, expected: &Expected) -> bool {
    let has = |kind: RoleKind, word: &str| frame.roles(kind).any(|role| heads(claim, role, word));
    let part = |(role, word): &(String, String)| match role.as_str() {
        "agent" => has(RoleKind::Agent, word),
        "patient" => has(RoleKind::Patient, word),
        "recipient" => has(RoleKind::Recipient, word),
        "time" => has(RoleKind::Time, word),
        "place" => has(RoleKind::Place, word),
        "by" => frame.speaker.is_some_and(|speaker| claim.claim.words(speaker).split(' ').any(|one| one == word)),
        other => panic!("no such part: {other}"),
    };
    frame.lemma.eq_ignore_ascii_case(&expected.lemma)
        && frame.negation.is_some() == expected.denied
        && expected.parts.iter().all(part)
}

/// The share of lines that hold, and what there is to tell: the lines that do not where `tell` says so, and the counts.
fn score(file: &str, tell: bool) -> (f64, Vec<String>) {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut told = Vec::new();
    for case in cases(file) {
        let claim = compare_pair(&case.sentence, &case.sentence, None, None, &Settings::default()).left;
        for expected in &case.expected {
            let found = claim.frames().iter().any(|frame| is_told(&claim, frame, expected));
            let right = found == expected.wanted;
            for key in [format!("topic {}", case.topic), "all".to_owned()] {
                let count = counts.entry(key).or_default();
                count.0 += usize::from(right);
                count.1 += 1;
            }
            if tell && !right {
                told.push(format!("{}: {}\n  {}", case.topic, case.sentence, expected.line));
            }
        }
    }
    told.push(file.to_owned());
    told.extend(counts.iter().map(|(key, count)| super::counted(key, *count)));
    let (right, all) = counts["all"];
    (super::share(right, all), told)
}

#[test]
fn the_share_of_claims_found_does_not_fall() {
    hold_floors([("claims.txt", "claims", true), ("claims_held_out.txt", "claims_held_out", false)], score);
}

#[test]
fn the_corpus_of_claims_is_as_large_as_it_says() {
    let count: usize = ["claims.txt", "claims_held_out.txt"].iter().map(|file| cases(file).len()).sum();
    assert!(count >= 105, "only {count} sentences");
}
