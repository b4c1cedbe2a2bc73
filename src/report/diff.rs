//! Two reports → what changed between them: conflicts that are new or gone, claims that found a second outlet or lost it,
//! groups whose label is another.
//!
//! What comes in: two finished reports, the older first. What goes out: a [`Difference`], sorted as reports are. A finding
//! is the same where its fingerprint is, which knows no places; one that changed is known again by its claims' words.

use super::assemble::in_order;
use super::escape;
use super::grid::{Grid, Ink, Join, inked, paint};
use super::telling::{behind, headline};
use super::{Style, wording};
use crate::model::{Finding, Label, Report};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::io;

/// Version of the JSON form of [`Difference`].
pub const SCHEMA_VERSION: &str = "1.0";

/// Characters of a finding's words in a line.
const WORDS_SHOWN: usize = 100;

/// What changed between two reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// [`SCHEMA_VERSION`].
    pub schema: &'static str,
    /// What changed, a finding each: conflicts first.
    pub changes: Vec<Change>,
    /// Findings that are in both reports as they were.
    pub unchanged: usize,
}

/// One finding that is not as it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// In what way.
    pub kind: ChangeKind,
    /// The finding of the older report; absent where it is new.
    pub old: Option<Finding>,
    /// The finding of the newer report; absent where it is gone.
    pub new: Option<Finding>,
}

/// In what way a finding changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// A conflict that was none before.
    NewConflict,
    /// A conflict that is none any more.
    ResolvedConflict,
    /// A conflict with other sides, values or reasons.
    ChangedConflict,
    /// What one outlet reported is now reported by several.
    Corroborated,
    /// What several outlets reported is now reported by one.
    Uncorroborated,
    /// An agreement among other outlets, or in another way.
    ChangedAgreement,
    /// A group that was not there.
    New,
    /// A group that is not there any more.
    Gone,
}

impl ChangeKind {
    /// Every kind, in the order of a report.
    pub const ALL: [Self; 8] = [
        Self::NewConflict,
        Self::ResolvedConflict,
        Self::ChangedConflict,
        Self::Corroborated,
        Self::Uncorroborated,
        Self::ChangedAgreement,
        Self::New,
        Self::Gone,
    ];

    /// The kind as written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::NewConflict => "new conflict",
            Self::ResolvedConflict => "resolved conflict",
            Self::ChangedConflict => "changed conflict",
            Self::Corroborated => "now corroborated",
            Self::Uncorroborated => "no longer corroborated",
            Self::ChangedAgreement => "changed agreement",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }

    fn of(old: Option<&Finding>, new: Option<&Finding>) -> Self {
        match (old.map(|finding| finding.label), new.map(|finding| finding.label)) {
            (Some(Label::Conflict), Some(Label::Conflict)) => Self::ChangedConflict,
            (_, Some(Label::Conflict)) => Self::NewConflict,
            (Some(Label::Conflict), _) => Self::ResolvedConflict,
            (Some(Label::SingleSource), Some(Label::Agree)) => Self::Corroborated,
            (Some(Label::Agree), Some(Label::SingleSource)) => Self::Uncorroborated,
            (Some(_), Some(_)) => Self::ChangedAgreement,
            (None, _) => Self::New,
            (Some(_), None) => Self::Gone,
        }
    }
}

/// What changed from `old` to `new`.
pub fn difference(old: Report, new: Report) -> Difference {
    let known: FxHashSet<u64> = old.findings.iter().map(|finding| finding.fingerprint.0).collect();
    let found: FxHashSet<u64> = new.findings.iter().map(|finding| finding.fingerprint.0).collect();
    let unchanged = new.findings.iter().filter(|finding| known.contains(&finding.fingerprint.0)).count();
    let mut before: Vec<Option<Finding>> =
        old.findings.into_iter().filter(|finding| !found.contains(&finding.fingerprint.0)).map(Some).collect();
    let after: Vec<Finding> =
        new.findings.into_iter().filter(|finding| !known.contains(&finding.fingerprint.0)).collect();
    let partners = partners(&before, &after);
    let mut changes: Vec<Change> = Vec::with_capacity(after.len());
    for (finding, partner) in after.into_iter().zip(partners) {
        let old = partner.and_then(|at| before[at].take());
        changes.push(Change { kind: ChangeKind::of(old.as_ref(), Some(&finding)), old, new: Some(finding) });
    }
    let gone = before.into_iter().flatten();
    changes.extend(gone.map(|finding| Change {
        kind: ChangeKind::of(Some(&finding), None),
        old: Some(finding),
        new: None,
    }));
    changes.sort_by(|one, other| one.kind.cmp(&other.kind).then_with(|| in_order(one.shown(), other.shown())));
    Difference { schema: SCHEMA_VERSION, changes, unchanged }
}

/// For each finding of `after` the one of `before` that shares most claims with it, each used once; the pairs with most in
/// common are taken first.
fn partners(before: &[Option<Finding>], after: &[Finding]) -> Vec<Option<usize>> {
    let mut holders: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
    for (index, finding) in before.iter().enumerate() {
        for words in finding.iter().flat_map(words) {
            holders.entry(words).or_default().push(index);
        }
    }
    let mut shared: Vec<(usize, usize, usize)> = Vec::new();
    for (index, finding) in after.iter().enumerate() {
        let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
        for holder in words(finding).iter().filter_map(|words| holders.get(words)).flatten() {
            *counts.entry(*holder).or_insert(0) += 1;
        }
        shared.extend(counts.into_iter().map(|(holder, count)| (count, index, holder)));
    }
    shared.sort_unstable_by_key(|&(count, index, holder)| (std::cmp::Reverse(count), index, holder));
    let mut partners: Vec<Option<usize>> = vec![None; after.len()];
    let mut taken = FxHashSet::default();
    for (_, index, holder) in shared {
        if partners[index].is_none() && taken.insert(holder) {
            partners[index] = Some(holder);
        }
    }
    partners
}

/// What a finding's claims say, free of places: outlet and words, each once.
fn words(finding: &Finding) -> FxHashSet<(String, String)> {
    let claims = finding.positions.iter().flat_map(|position| &position.claims);
    claims.map(|claim| (claim.source.clone(), claim.text.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
}

impl Change {
    /// The finding as it is now, or as it was where it is gone.
    fn shown(&self) -> &Finding {
        self.new.as_ref().or(self.old.as_ref()).expect("a change has a finding on one side at least")
    }
}

impl Difference {
    /// How many changes are of this kind.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }

    /// The counts in one line.
    pub fn summary(&self) -> String {
        let counts: Vec<String> = ChangeKind::ALL
            .into_iter()
            .map(|kind| (kind, self.count(kind)))
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| format!("{count} {}", kind.name()))
            .collect();
        let changed = if counts.is_empty() { "nothing changed".to_owned() } else { counts.join(", ") };
        format!("{changed}; {} unchanged", self.unchanged)
    }

    /// For a terminal: one row a change. Groups that came or went without a conflict are counted unless `all` are wanted.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_table(&self, style: &Style, all: bool, out: &mut dyn io::Write) -> io::Result<()> {
        let mut grid = Grid::new(["Change", "Before", "Now"]);
        grid.keep_within(0, 18);
        for change in self.changes.iter().filter(|change| all || change.is_telling()) {
            let ink = match change.kind {
                ChangeKind::NewConflict | ChangeKind::ChangedConflict => Ink::Red,
                ChangeKind::ResolvedConflict | ChangeKind::Corroborated => Ink::Green,
                _ => Ink::Faint,
            };
            let cell = |finding: Option<&Finding>| finding.map_or_else(|| paint("—", Ink::Faint), cell);
            let cells = [paint(change.kind.name(), ink), cell(change.old.as_ref()), cell(change.new.as_ref())];
            grid.row(Join::Apart, cells);
        }
        if !grid.is_empty() {
            grid.write(style, out)?;
        }
        let folded = self.changes.iter().filter(|change| !all && !change.is_telling()).count();
        if folded > 0 {
            let line = format!(
                "{} that came or went without a conflict; --all lists them.",
                wording::count(folded as u64, "group")
            );
            writeln!(out, "{}", inked(&paint(&line, Ink::Faint), style.color))?;
        }
        writeln!(out, "{}.", self.summary())
    }

    /// For an editor or a comment on a change request.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_markdown(&self, all: bool, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "# What changed in what the sources say\n\n{}.\n", self.summary())?;
        for kind in ChangeKind::ALL {
            let of_kind = || self.changes.iter().filter(|change| change.kind == kind && (all || change.is_telling()));
            if of_kind().next().is_none() {
                continue;
            }
            let mut title = kind.name().to_owned();
            title[..1].make_ascii_uppercase();
            writeln!(out, "## {title} ({})\n", self.count(kind))?;
            for change in of_kind() {
                let finding = change.shown();
                let words = escape::markdown(&headline(finding, WORDS_SHOWN));
                writeln!(out, "- “{words}” ({})", escape::markdown(&behind(finding)))?;
                for reason in finding.reasons.iter().take(1).filter(|_| finding.label == Label::Conflict) {
                    writeln!(out, "  {} (rule `{}`)", escape::markdown(&reason.message), escape::code(&reason.rule))?;
                }
            }
            writeln!(out)?;
        }
        Ok(())
    }

    /// For programs.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

impl Change {
    /// Whether it concerns a conflict or how many outlets stand behind something.
    fn is_telling(&self) -> bool {
        !matches!(self.kind, ChangeKind::New | ChangeKind::Gone)
    }
}

/// A finding in a cell: its words, who stands behind it, and why where it is a conflict.
fn cell(finding: &Finding) -> String {
    let mut lines = vec![escape::terminal(&headline(finding, WORDS_SHOWN)), paint(&behind(finding), Ink::Faint)];
    if finding.label == Label::Conflict {
        lines.extend(finding.reasons.first().map(|reason| escape::terminal(&reason.message)));
    }
    lines.join("\n")
}
