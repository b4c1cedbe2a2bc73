//! What people made of findings, one line each → findings that a gate leaves alone, and claims an evaluation counts against.
//!
//! What comes in: the text of a review file, and findings. What goes out: records, and the text of the file again, sorted, so
//! that two people's files merge line by line. It asks nobody anything; `crossclaim review` does.

use super::marks::{VERSION, bare, joined, of_finding, of_words, opposed_sides, rules};
use super::paths::Base;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Finding, Label, Report};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// What a reader made of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The sources say what the finding says they do.
    Accept,
    /// They do not.
    Reject,
}

impl Answer {
    /// The answer as it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
        }
    }
}

/// What the claims of a rejected finding are instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Instead {
    /// About the same thing, and compatible.
    Agree,
    /// About the same thing, and not both possible as stated.
    Conflict,
    /// About different things.
    Apart,
}

impl Instead {
    /// The label as it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Conflict => "conflict",
            Self::Apart => "apart",
        }
    }
}

/// One line of a review file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewRecord {
    /// The fingerprint of the finding, behind the version of its making; made of the rules and words below.
    pub fingerprint: String,
    /// What the reader made of it.
    pub answer: Answer,
    /// The label that was reviewed.
    pub label: Label,
    /// What it is instead, where the reader said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Instead>,
    /// Why.
    pub reason: String,
    /// The rules that raised a conflict, the heaviest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// The claims, by the sides they stood on.
    pub sides: Vec<Vec<ReviewedClaim>>,
}

/// A claim of a reviewed finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewedClaim {
    /// Its file, as told from the folder of the configuration.
    pub path: String,
    /// Its outlet.
    pub source: String,
    /// Its words.
    pub text: String,
}

impl ReviewedClaim {
    fn told(&self) -> (String, String) {
        (self.path.clone(), bare(&self.text))
    }
}

/// The answer to one finding with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What the reader made of it.
    pub answer: Answer,
    /// What it is instead.
    pub instead: Option<Instead>,
    /// Why; a rejection needs a reason in words.
    pub reason: String,
}

impl ReviewRecord {
    /// The record of an answer to `finding`.
    pub fn of(finding: &Finding, report: &Report, base: &Base, judged: Judged) -> Self {
        let side = |position: &crate::model::Position| {
            let mut claims: Vec<ReviewedClaim> = position
                .claims
                .iter()
                .map(|claim| ReviewedClaim {
                    path: base.told(&claim.path),
                    source: claim.source.clone(),
                    text: claim.text.split_whitespace().collect::<Vec<_>>().join(" "),
                })
                .collect();
            claims.sort();
            claims
        };
        let mut sides: Vec<Vec<ReviewedClaim>> = finding.positions.iter().map(side).collect();
        sides.sort();
        Self {
            fingerprint: fingerprint(finding, report, base),
            answer: judged.answer,
            label: finding.label,
            instead: judged.instead,
            reason: judged.reason,
            rules: reviewed_rules(finding, report),
            sides,
        }
    }

    /// The marks of every two claims that contradicted each other, as a gate makes them.
    pub(super) fn marks(&self) -> Vec<String> {
        if self.label != Label::Conflict {
            return Vec::new();
        }
        let pairs = self.opposed();
        let of_rule =
            |rule: &String| pairs.iter().map(|(one, other)| of_words(rule, [one.told(), other.told()])).collect();
        self.rules.iter().flat_map(|rule| -> Vec<String> { of_rule(rule) }).collect()
    }

    fn opposed(&self) -> Vec<(&ReviewedClaim, &ReviewedClaim)> {
        let sides: Vec<&[ReviewedClaim]> = self.sides.iter().map(Vec::as_slice).collect();
        opposed_sides(&sides, |claim| claim.source.as_str())
    }

    /// The fingerprint that its words and rules make.
    fn own_fingerprint(&self) -> String {
        let own = match self.label {
            Label::Conflict => {
                let first = self.rules.first().map_or("", String::as_str);
                let pairs = self.opposed();
                joined(pairs.iter().map(|(one, other)| of_words(first, [one.told(), other.told()])).collect())
            }
            label => of_label(label, self.sides.iter().flatten().map(ReviewedClaim::told)),
        };
        format!("{VERSION}:{own}")
    }

    /// Whether it is about the same claims as `newer` or fewer of them, under the same label: the finding has grown since.
    fn is_outgrown_by(&self, newer: &Self) -> bool {
        let has = |claim: &ReviewedClaim| newer.sides.iter().flatten().any(|known| known.told() == claim.told());
        self.label == newer.label && self.sides.iter().flatten().all(has)
    }

    /// By what the lines of a file are sorted.
    fn key(&self) -> (Label, Vec<&str>, &str) {
        let mut paths: Vec<&str> = self.sides.iter().flatten().map(|claim| claim.path.as_str()).collect();
        paths.sort_unstable();
        paths.dedup();
        (self.label, paths, &self.fingerprint)
    }
}

/// The fingerprint of a finding in review files, behind the version of its making. Of a conflict it is the mark that
/// baselines and platforms know it by.
pub fn fingerprint(finding: &Finding, report: &Report, base: &Base) -> String {
    let own = match finding.label {
        Label::Conflict => {
            let rules = rules(finding, report);
            of_finding(finding, rules.first().copied().unwrap_or_default(), base)
        }
        label => {
            let claims = finding.positions.iter().flat_map(|position| &position.claims);
            of_label(label, claims.map(|claim| (base.told(&claim.path), bare(&claim.text))))
        }
    };
    format!("{VERSION}:{own}")
}

/// The mark of what is no conflict: its label and all of its words.
fn of_label(label: Label, claims: impl Iterator<Item = (String, String)>) -> String {
    let mut claims: Vec<(String, String)> = claims.collect();
    claims.sort();
    claims.dedup();
    of_words(label.name(), claims)
}

fn reviewed_rules(finding: &Finding, report: &Report) -> Vec<String> {
    match finding.label {
        Label::Conflict => rules(finding, report).into_iter().map(str::to_owned).collect(),
        Label::Agree | Label::SingleSource => Vec::new(),
    }
}

/// The records of a review file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// Each with the line it stood in; new ones with line 0.
    records: Vec<(u32, ReviewRecord)>,
}

impl Review {
    /// Reads the text of the file `path`. Of two lines that say the same of one finding the first counts.
    ///
    /// # Errors
    ///
    /// A line that is no record, one whose words do not make its fingerprint, a rejection without a reason, two lines that say
    /// different things of one finding; each with its line.
    pub fn read(path: &Path, text: &str) -> Result<Self> {
        let mut known: BTreeMap<String, (u32, Answer, Option<Instead>)> = BTreeMap::new();
        let mut records = Vec::new();
        for (line, written) in (1_u32..).zip(text.trim_start_matches('\u{feff}').lines()) {
            if written.trim().is_empty() {
                continue;
            }
            let wrong =
                |what: String| Error::new(ErrorKind::Configuration, format!("{}:{line}: {what}", path.display()));
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| written.starts_with(mark)) {
                return Err(wrong("a merge left its marks here; keep the lines of both sides".to_owned()));
            }
            let record: ReviewRecord =
                serde_json::from_str(written).map_err(|error| wrong(format!("is no record of a review: {error}")))?;
            if !record.fingerprint.starts_with(&format!("{VERSION}:")) {
                let made = record.fingerprint.split(':').next().unwrap_or_default();
                return Err(wrong(format!("has a fingerprint of {made}, this program reads {VERSION}")));
            }
            if record.fingerprint != record.own_fingerprint() {
                let message = "the words do not make this fingerprint; take the line out and review the finding again";
                return Err(wrong(message.to_owned()));
            }
            if record.answer == Answer::Reject && !is_reason(&record.reason) {
                return Err(wrong("a rejected finding needs a reason in words".to_owned()));
            }
            match known.get(&record.fingerprint) {
                Some((earlier, answer, instead)) if (*answer, *instead) != (record.answer, record.instead) => {
                    return Err(wrong(format!(
                        "says otherwise than line {earlier} of the same finding; keep one of them"
                    )));
                }
                Some(_) => {}
                None => {
                    known.insert(record.fingerprint.clone(), (line, record.answer, record.instead));
                    records.push((line, record));
                }
            }
        }
        Ok(Self { records })
    }

    /// The text of the file: a record a line, sorted.
    pub fn text(&self) -> String {
        let mut records: Vec<&ReviewRecord> = self.records().collect();
        records.sort_by(|one, other| one.key().cmp(&other.key()));
        records.iter().fold(String::new(), |mut text, record| {
            text.push_str(&serde_json::to_string(record).expect("a record is made of texts"));
            text.push('\n');
            text
        })
    }

    /// The records.
    pub fn records(&self) -> impl Iterator<Item = &ReviewRecord> {
        self.records.iter().map(|(_, record)| record)
    }

    /// The record of the finding with this fingerprint.
    pub fn record(&self, fingerprint: &str) -> Option<&ReviewRecord> {
        self.records().find(|record| record.fingerprint == fingerprint)
    }

    /// Takes in an answer. An earlier one to the same finding, and those to what it has grown from, go.
    pub fn answer(&mut self, record: ReviewRecord) {
        self.records.retain(|(_, known)| !known.is_outgrown_by(&record));
        self.records.push((0, record));
    }

    /// The rejected conflicts with the lines they stand in.
    pub(super) fn rejected(&self) -> impl Iterator<Item = (u32, &ReviewRecord)> {
        let is_rejected = |record: &ReviewRecord| record.answer == Answer::Reject && record.label == Label::Conflict;
        self.records.iter().filter(move |(_, record)| is_rejected(record)).map(|(line, record)| (*line, record))
    }
}

/// Whether a text is a reason in words.
pub fn is_reason(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(path: &str, text: &str) -> ReviewedClaim {
        ReviewedClaim { path: path.to_owned(), source: path.to_owned(), text: text.to_owned() }
    }

    fn record(label: Label, answer: Answer, sides: Vec<Vec<ReviewedClaim>>) -> ReviewRecord {
        let rules = if label == Label::Conflict { vec!["numeric-mismatch".to_owned()] } else { Vec::new() };
        let reason = "two plans, each with its own figure".to_owned();
        let mut record =
            ReviewRecord { fingerprint: String::new(), answer, label, instead: None, reason, rules, sides };
        record.fingerprint = record.own_fingerprint();
        record
    }

    fn sides(other: &str) -> Vec<Vec<ReviewedClaim>> {
        vec![vec![claim("a.md", "Kept for 30 days.")], vec![claim(other, "Kept for 14 days.")]]
    }

    fn read(text: &str) -> Result<Review> {
        Review::read(Path::new("x.jsonl"), text)
    }

    #[test]
    fn a_file_is_sorted_and_reads_back_whatever_order_its_lines_have() {
        let mut review = Review::default();
        review.answer(record(Label::Conflict, Answer::Reject, sides("c.md")));
        review.answer(record(Label::Agree, Answer::Accept, vec![vec![claim("a.md", "x y"), claim("b.md", "x z")]]));
        review.answer(record(Label::Conflict, Answer::Reject, sides("b.md")));
        let text = review.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].contains("b.md") && lines[1].contains("c.md"), "{text}");
        let turned: String = lines.iter().rev().map(|line| format!("{line}\n")).collect();
        assert_eq!(read(&turned).unwrap().text(), text);
        assert_eq!(read(&format!("{text}{turned}")).unwrap().text(), text, "the same line twice is one");
    }

    #[test]
    fn an_answer_replaces_those_to_the_same_finding_and_to_what_it_grew_from() {
        let mut review = Review::default();
        review.answer(record(Label::Conflict, Answer::Reject, sides("b.md")));
        review.answer(record(Label::Conflict, Answer::Accept, sides("b.md")));
        assert_eq!(review.records().map(|record| record.answer).collect::<Vec<_>>(), [Answer::Accept]);
        let mut grown = sides("b.md");
        grown[1].push(claim("d.md", "It is kept for 14 days."));
        review.answer(record(Label::Conflict, Answer::Reject, grown));
        assert_eq!(review.records().count(), 1);
        review.answer(record(Label::Conflict, Answer::Reject, sides("c.md")));
        assert_eq!(review.records().count(), 2);
    }

    #[test]
    fn a_line_that_cannot_be_followed_is_told_with_its_number() {
        let good = record(Label::Conflict, Answer::Reject, sides("b.md"));
        let line = |record: &ReviewRecord| serde_json::to_string(record).unwrap();
        let told = |text: &str| read(text).unwrap_err().to_string();
        assert!(told("\n{}").starts_with("x.jsonl:2: is no record of a review"));
        assert!(told("<<<<<<< ours").contains("a merge left its marks"));
        let altered = line(&good).replace("30 days", "31 days");
        assert!(told(&altered).contains("the words do not make this fingerprint"));
        let silent = ReviewRecord { reason: "--".to_owned(), ..good.clone() };
        assert!(told(&line(&silent)).contains("needs a reason in words"));
        let other = ReviewRecord { answer: Answer::Accept, ..good.clone() };
        assert!(told(&format!("{}\n{}", line(&good), line(&other))).contains("2: says otherwise than line 1"));
        let old = line(&good).replace(VERSION, "crossclaim/v0");
        assert!(told(&old).contains("has a fingerprint of crossclaim/v0"));
        // What is no part of the words may be written otherwise.
        assert!(read(&line(&good).replace("Kept for", "KEPT  for")).is_ok());
    }
}
