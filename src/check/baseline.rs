//! The findings of yesterday: a file of marks with counts, asked pair by pair, so that a third page that joins a known
//! conflict is a new one.

use super::marks::{VERSION, mark, opposed, rules};
use super::paths::Base;
use super::problems::MIN_SOURCES;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Label, Problem, Report, ReportedClaim};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Version of the form of the file.
const SCHEMA_VERSION: u32 = 1;

/// Known findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    schema_version: u32,
    /// How the marks were made.
    fingerprint: String,
    /// The entries, by rule, paths and mark.
    entries: Vec<Entry>,
}

/// Two claims that contradict each other, or one that a problem is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The rule.
    pub rule: String,
    /// The files, in order.
    pub paths: Vec<String>,
    /// The mark.
    pub fingerprint: String,
    /// How often it was found.
    pub count: u32,
    /// The words as they were, for those who read the file; nothing asks for them.
    pub claims: Vec<String>,
}

impl Baseline {
    /// A baseline of `entries`, those alike counted together.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut counted: BTreeMap<(String, Vec<String>, String), Entry> = BTreeMap::new();
        for entry in entries {
            let key = (entry.rule.clone(), entry.paths.clone(), entry.fingerprint.clone());
            match counted.get_mut(&key) {
                Some(known) => {
                    known.count += entry.count;
                    // Which of two wordings is kept must not hang on their order.
                    known.claims = std::mem::take(&mut known.claims).min(entry.claims);
                }
                None => {
                    counted.insert(key, entry);
                }
            }
        }
        Self {
            schema_version: SCHEMA_VERSION,
            fingerprint: VERSION.to_owned(),
            entries: counted.into_values().collect(),
        }
    }

    /// Reads the text of the file `path`.
    ///
    /// # Errors
    ///
    /// Text that is no baseline, or one of another version.
    pub fn read(path: &Path, text: &str) -> Result<Self> {
        let wrong = |what: String| Error::new(ErrorKind::Configuration, format!("{}: {what}", path.display()));
        let read: Self = serde_json::from_str(text).map_err(|error| wrong(format!("is no baseline: {error}")))?;
        if read.schema_version != SCHEMA_VERSION || read.fingerprint != VERSION {
            return Err(wrong(format!(
                "is a baseline of version {} with fingerprints {}, this program reads version {SCHEMA_VERSION} with {VERSION}; \
                 `crossclaim baseline` writes it anew",
                read.schema_version, read.fingerprint
            )));
        }
        Ok(read)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a baseline is made of texts and numbers");
        text.push('\n');
        text
    }

    /// The entries, by rule, paths and mark.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries of `other` that this one does not have, or not so often.
    pub fn lacks<'a>(&self, other: &'a Self) -> Vec<&'a Entry> {
        let known: BTreeMap<&str, u32> =
            self.entries.iter().map(|entry| (entry.fingerprint.as_str(), entry.count)).collect();
        let missing = |entry: &&Entry| known.get(entry.fingerprint.as_str()).is_none_or(|count| *count < entry.count);
        other.entries.iter().filter(missing).collect()
    }
}

/// What a baseline would hold of a report that was weighed: every conflict that is not left alone with a reason, and every
/// problem that belongs into one.
pub fn entries(report: &Report, base: &Base) -> Vec<Entry> {
    let mut found = Vec::new();
    let conflicts = report.findings.iter().filter(|finding| finding.label == Label::Conflict);
    for finding in conflicts.filter(|finding| finding.weighed.as_ref().is_none_or(|made| made.suppression.is_none())) {
        for rule in rules(finding, report) {
            found.extend(opposed(finding).iter().map(|pair| entry(rule, &[pair.one, pair.other], base)));
        }
    }
    let problems = report.gate.iter().flat_map(|gate| &gate.problems);
    found.extend(problems.filter(|problem| problem.rule == MIN_SOURCES).map(|problem| of_problem(problem, base)));
    found
}

fn entry(rule: &str, claims: &[&ReportedClaim], base: &Base) -> Entry {
    let mut sides: Vec<(String, String)> = claims
        .iter()
        .map(|claim| (base.told(&claim.path), claim.text.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect();
    sides.sort();
    let (mut paths, claims_told): (Vec<String>, Vec<String>) = sides.into_iter().unzip();
    paths.dedup();
    Entry {
        rule: rule.to_owned(),
        paths,
        fingerprint: mark(rule, claims.iter().copied(), base),
        count: 1,
        claims: claims_told,
    }
}

fn of_problem(problem: &Problem, base: &Base) -> Entry {
    Entry {
        rule: problem.rule.clone(),
        paths: vec![base.told(&problem.path)],
        fingerprint: problem.mark.clone(),
        count: 1,
        claims: vec![problem.message.clone()],
    }
}

/// What of a baseline is still to be answered to.
pub(super) struct Budget<'a> {
    baseline: &'a Baseline,
    left: BTreeMap<&'a str, u32>,
}

impl<'a> Budget<'a> {
    pub(super) fn of(baseline: &'a Baseline) -> Self {
        let left = baseline.entries.iter().map(|entry| (entry.fingerprint.as_str(), entry.count)).collect();
        Self { baseline, left }
    }

    /// Whether the baseline holds at least one of `marks` once more; all of them are used up by one.
    pub(super) fn take(&mut self, marks: &[String]) -> bool {
        let mut held = false;
        for mark in marks {
            if let Some(left) = self.left.get_mut(mark.as_str()).filter(|left| **left > 0) {
                *left -= 1;
                held = true;
            }
        }
        held
    }

    /// The entries that nothing answered to, with how often.
    pub(super) fn stale(&self) -> Vec<(&'a Entry, u32)> {
        let left = |entry: &'a Entry| (entry, self.left.get(entry.fingerprint.as_str()).copied().unwrap_or(0));
        self.baseline.entries.iter().map(left).filter(|(_, left)| *left > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(fingerprint: &str, count: u32) -> Entry {
        let paths = vec!["a.md".to_owned(), "b.md".to_owned()];
        let rule = "numeric-mismatch".to_owned();
        Entry { rule, paths, fingerprint: fingerprint.to_owned(), count, claims: Vec::new() }
    }

    #[test]
    fn entries_are_counted_sorted_and_read_back() {
        let baseline = Baseline::new([entry("b", 1), entry("a", 1), entry("b", 1)]);
        assert_eq!(baseline, Baseline::new([entry("a", 1), entry("b", 2)]));
        assert_eq!(Baseline::read(Path::new("x.json"), &baseline.text()), Ok(baseline.clone()));
        assert_eq!(baseline.lacks(&Baseline::new([entry("b", 3), entry("a", 1)])).len(), 1);
        assert_eq!(baseline.lacks(&Baseline::new([entry("b", 1)])).len(), 0);
    }

    #[test]
    fn each_is_answered_to_as_often_as_it_was_found() {
        let baseline = Baseline::new([entry("a", 2)]);
        let mut budget = Budget::of(&baseline);
        let marks = ["a".to_owned()];
        assert!(budget.take(&marks));
        assert_eq!(budget.stale(), [(&baseline.entries()[0], 1)]);
        assert!(budget.take(&marks) && !budget.take(&marks));
        assert_eq!(budget.stale(), []);
    }

    #[test]
    fn a_file_of_another_version_is_refused_and_not_read_as_new_findings() {
        let text = Baseline::new([entry("a", 2)]).text().replace(VERSION, "crossclaim/v0");
        let error = Baseline::read(Path::new("x.json"), &text).unwrap_err().to_string();
        assert!(error.starts_with("x.json: is a baseline of version 1 with fingerprints crossclaim/v0"), "{error}");
        assert!(Baseline::read(Path::new("x.json"), "[]").unwrap_err().to_string().contains("x.json: is no baseline"));
    }
}
