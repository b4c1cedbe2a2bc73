//! Gold groups: a review file, or JSON lines of groups → groups of claims with their labels, and what a finding is not.

use crate::commands::inputs::records;
use crate::exit::{Exit, Failure};
use crossclaim::check::{Answer, Base, Instead, Review, ReviewRecord, ReviewedClaim, bare};
use crossclaim::model::{Label, Report};
use serde::Deserialize;
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// A shorter text than this is not looked for inside of another: it stands in too many.
const LEAST_WORDS: usize = 3;

/// Claims that are about one thing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GoldGroup {
    pub(super) name: String,
    /// What they are; nothing where only that they belong together is known.
    pub(super) label: Option<Label>,
    pub(super) claims: Vec<GoldClaim>,
}

/// Claims whose finding has not this label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refused {
    pub(super) label: Label,
    pub(super) claims: Vec<GoldClaim>,
}

/// A claim, named by its place and its words.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoldClaim {
    /// The id its input gave it, or the one the report does.
    pub(super) id: Option<String>,
    /// Its file.
    pub(super) path: Option<String>,
    /// Its outlet.
    pub(super) source: Option<String>,
    /// Its words, or words inside or around them.
    pub(super) text: Option<String>,
}

/// One line of a gold file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupRecord {
    id: Value,
    #[serde(default)]
    label: Option<Label>,
    claims: Vec<GoldClaim>,
    /// For those who read the file; nothing asks for it.
    #[serde(default)]
    #[allow(dead_code, reason = "a note is admitted and not used")]
    note: Option<String>,
}

/// Everything a file says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Gold {
    pub(super) groups: Vec<GoldGroup>,
    pub(super) refused: Vec<Refused>,
}

impl Gold {
    /// Reads a review file or a file of groups; which of the two it is, its first line tells.
    pub(super) fn read(path: &Path) -> Result<(Self, Exit), Failure> {
        if path != Path::new("-") {
            let mut text = String::new();
            let unreadable = |error| Failure::input(format!("cannot read {}: {error}", path.display()));
            std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text)).map_err(unreadable)?;
            let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let first: Option<Value> = serde_json::from_str(first.trim_start_matches('\u{feff}')).ok();
            if first.is_some_and(|first| first.get("answer").is_some()) {
                return Ok((Self::of_review(&Review::read(path, &text)?), Exit::Clean));
            }
        }
        let found = records::<GroupRecord>(path)?;
        let exit = found.exit();
        let group = |record: GroupRecord| GoldGroup {
            name: record.id.as_str().map_or_else(|| record.id.to_string(), str::to_owned),
            label: record.label,
            claims: record.claims,
        };
        Ok((Self { groups: found.records.into_iter().map(group).collect(), refused: Vec::new() }, exit))
    }

    /// What an answer says of the claims: accepted, they are what the finding said; rejected, they are not, and are what the
    /// answer says instead, if it says anything.
    fn of_review(review: &Review) -> Self {
        let mut gold = Self::default();
        for record in review.records() {
            let all: Vec<GoldClaim> = record.sides.iter().flatten().map(claim).collect();
            let mut group = |name: &str, label: Option<Label>, claims: Vec<GoldClaim>| {
                gold.groups.push(GoldGroup { name: name.to_owned(), label, claims });
            };
            match (record.answer, record.instead) {
                (Answer::Accept, _) => group(&record.fingerprint, Some(record.label), all.clone()),
                (Answer::Reject, Some(Instead::Agree)) => group(&record.fingerprint, Some(Label::Agree), all.clone()),
                (Answer::Reject, Some(Instead::Conflict)) => {
                    group(&record.fingerprint, Some(Label::Conflict), all.clone());
                }
                (Answer::Reject, Some(Instead::Apart)) => {
                    for part in parted(record) {
                        group(&record.fingerprint, None, part);
                    }
                }
                (Answer::Reject, None) => {}
            }
            if record.answer == Answer::Reject {
                gold.refused.push(Refused { label: record.label, claims: all });
            }
        }
        gold
    }
}

/// The claims of a finding that is none: those of one side were held to be compatible and stay together, those of an
/// agreement part.
fn parted(record: &ReviewRecord) -> Vec<Vec<GoldClaim>> {
    match record.label {
        Label::Conflict => record.sides.iter().map(|side| side.iter().map(claim).collect()).collect(),
        Label::Agree | Label::SingleSource => record.sides.iter().flatten().map(|one| vec![claim(one)]).collect(),
    }
}

fn claim(reviewed: &ReviewedClaim) -> GoldClaim {
    let ReviewedClaim { path, text, .. } = reviewed;
    GoldClaim { path: Some(path.clone()), text: Some(text.clone()), ..GoldClaim::default() }
}

/// A claim of the report, ready to be looked up.
#[derive(Debug)]
struct Entry<'a> {
    id: &'a str,
    source: &'a str,
    path: String,
    words: String,
    finding: usize,
}

/// The claims of a report, to be found by what a gold file says of them.
#[derive(Debug)]
pub(super) struct Index<'a> {
    entries: Vec<Entry<'a>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(report: &'a Report, base: &Base) -> Self {
        let mut entries: Vec<Entry<'_>> = Vec::new();
        for (at, finding) in report.findings.iter().enumerate() {
            entries.extend(finding.positions.iter().flat_map(|position| &position.claims).map(|claim| Entry {
                id: &claim.id,
                source: &claim.source,
                path: base.told(&claim.path),
                words: bare(&claim.text),
                finding: at,
            }));
        }
        Self { entries }
    }

    /// The number of the claim that is meant; nothing where the report has none. The very words come before words inside or
    /// around them, and of those the ones that leave the least over.
    pub(super) fn find(&self, wanted: &GoldClaim) -> Option<usize> {
        let words = wanted.text.as_deref().map(bare);
        let fits = |entry: &Entry<'_>| {
            wanted.id.as_deref().is_none_or(|id| id == entry.id)
                && wanted.source.as_deref().is_none_or(|source| source == entry.source)
                && wanted.path.as_deref().is_none_or(|path| is_path(path, &entry.path))
        };
        let cost = |entry: &Entry<'_>| match &words {
            None => wanted.id.as_ref().map(|_| 0),
            Some(words) if *words == entry.words => Some(0),
            Some(words) => {
                let (short, long) =
                    if words.len() < entry.words.len() { (words, &entry.words) } else { (&entry.words, words) };
                let inside = format!(" {long} ").contains(&format!(" {short} "));
                (inside && short.split(' ').count() >= LEAST_WORDS).then(|| long.len() - short.len())
            }
        };
        let candidates = self.entries.iter().enumerate().filter(|(_, entry)| fits(entry));
        candidates.filter_map(|(at, entry)| Some((cost(entry)?, at))).min().map(|(_, at)| at)
    }

    /// The findings that a claim stands in, in the order of the report: more than one where it tells several things.
    pub(super) fn findings(&self, claim: usize) -> impl Iterator<Item = usize> {
        let id = self.entries[claim].id;
        self.entries.iter().filter(move |entry| entry.id == id).map(|entry| entry.finding)
    }
}

/// Whether two paths are one, told from one folder or from another below or above it.
fn is_path(one: &str, other: &str) -> bool {
    let one = one.replace('\\', "/");
    let one = one.trim_start_matches("./");
    let ends =
        |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    ends(one, other) || ends(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, text: &str) -> Entry<'static> {
        Entry { id: "c1", source: "Post", path: path.to_owned(), words: bare(text), finding: 0 }
    }

    #[test]
    fn a_claim_is_found_by_its_words_or_by_those_around_them() {
        let entries = vec![
            entry("a/post.txt", "Nine people died in the fire at the old harbor on Monday."),
            entry("a/post.txt", "Nine people died."),
            entry("b/post.txt", "Nine people died."),
        ];
        let index = Index { entries };
        let find = |path: &str, text: &str| {
            index.find(&GoldClaim { path: Some(path.to_owned()), text: Some(text.to_owned()), ..GoldClaim::default() })
        };
        assert_eq!(find("a/post.txt", "nine people DIED"), Some(1));
        assert_eq!(find("b/post.txt", "Nine people died"), Some(2));
        assert_eq!(find("post.txt", "in the fire at the old harbor"), Some(0));
        assert_eq!(find("x/a/post.txt", "Police said nine people died."), Some(1));
        assert_eq!(find("ost.txt", "Nine people died"), None);
        assert_eq!(find("a/post.txt", "died in"), None, "too short to be looked for inside");
    }
}
