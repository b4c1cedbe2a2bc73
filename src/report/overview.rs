//! A report → what can be seen at one glance: which outlet has which fact, how often two outlets agree, and figures that
//! went on running. It writes nothing; the formats made for reading share it.

use super::telling::{distinct_reasons, side_value, telling_words};
use crate::model::{DocumentEntry, Finding, Label, Report, Story};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The rule that says a later figure updates an earlier one.
const RUNNING_FIGURE: &str = "superseded";

/// One story: its outlets across, its findings down.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StoryMatrix<'a> {
    /// The headline of its first document that has one, else the words of its first finding.
    pub(super) title: String,
    /// The outlets, by name.
    pub(super) outlets: Vec<&'a str>,
    /// The findings with a row, in the order of the report.
    pub(super) rows: Vec<Row<'a>>,
    /// Findings of one outlet only that were given no row.
    pub(super) folded: usize,
}

/// One finding: what each outlet has.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row<'a> {
    /// The finding.
    pub(super) finding: &'a Finding,
    /// Its place in the report, from 1.
    pub(super) number: usize,
    /// As many as the story has outlets.
    pub(super) cells: Vec<Cell>,
}

/// What one outlet has of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// It is silent.
    Silent,
    /// It reports it, in words that no value stands out of.
    Reported,
    /// It reports it with this value.
    Value(String),
    /// It stands on this side of a conflict, counted from 1, with this value where one value sets the side apart.
    Side(usize, Option<String>),
}

/// Two outlets, and how often they report the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Together {
    /// Findings where both stand on one side.
    pub(super) agree: u32,
    /// Findings where they stand on different sides.
    pub(super) conflict: u32,
}

/// One report of a running figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reading<'a> {
    /// When it was published.
    pub(super) published: Option<Date>,
    /// The outlet.
    pub(super) outlet: &'a str,
    /// The figure.
    pub(super) value: String,
}

/// The matrix of every story that has a row, in the order of the report. With `single` what only one outlet reports has
/// rows as well.
pub(super) fn matrices(report: &Report, single: bool) -> Vec<StoryMatrix<'_>> {
    let by_document: HashMap<&str, &DocumentEntry> =
        report.documents.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let mut by_story: HashMap<_, Vec<(usize, &Finding)>> = HashMap::new();
    for (index, finding) in report.findings.iter().enumerate() {
        by_story.entry(finding.story).or_default().push((index + 1, finding));
    }
    report
        .stories
        .iter()
        .filter_map(|story| by_story.get(&story.id).map(|findings| matrix(story, findings, &by_document, single)))
        .filter(|matrix| !matrix.rows.is_empty())
        .collect()
}

fn matrix<'a>(
    story: &'a Story,
    findings: &[(usize, &'a Finding)],
    documents: &HashMap<&str, &'a DocumentEntry>,
    single: bool,
) -> StoryMatrix<'a> {
    let entries = || story.documents.iter().filter_map(|id| documents.get(id.as_str()).copied());
    let mut outlets: BTreeSet<&str> = entries().map(|entry| entry.source.as_str()).collect();
    let has_row = |finding: &Finding| single || finding.label != Label::SingleSource;
    for (_, finding) in findings {
        outlets.extend(finding.positions.iter().flat_map(|position| &position.outlets).map(String::as_str));
    }
    let outlets: Vec<&str> = outlets.into_iter().collect();
    let title = entries().find_map(|entry| entry.title.clone()).or_else(|| {
        let first = findings.first().and_then(|(_, finding)| finding.positions.first());
        first.and_then(|position| position.claims.first()).map(|claim| claim.text.clone())
    });
    let row = |&(number, finding): &(usize, &'a Finding)| Row {
        finding,
        number,
        cells: outlets.iter().map(|outlet| cell(finding, outlet)).collect(),
    };
    StoryMatrix {
        title: title.unwrap_or_default(),
        rows: findings.iter().filter(|(_, finding)| has_row(finding)).map(row).collect(),
        folded: findings.iter().filter(|(_, finding)| !has_row(finding)).count(),
        outlets,
    }
}

fn cell(finding: &Finding, outlet: &str) -> Cell {
    let stands = |(_, position): &(usize, &crate::model::Position)| position.outlets.iter().any(|name| name == outlet);
    let Some((index, position)) = finding.positions.iter().enumerate().find(stands) else { return Cell::Silent };
    let own = position.claims.iter().filter(|claim| claim.source == outlet);
    let written = own.filter_map(|claim| telling_words(finding, claim)).next().map(str::to_owned);
    match finding.label {
        Label::Conflict => Cell::Side(index + 1, side_value(finding, position).or(written)),
        Label::Agree | Label::SingleSource => written.map_or(Cell::Reported, Cell::Value),
    }
}

/// How often each two outlets stand together and apart, by their names in ascending order. Two outlets that report
/// nothing in common are left out.
pub(super) fn pairs(report: &Report) -> BTreeMap<(&str, &str), Together> {
    let mut pairs: BTreeMap<(&str, &str), Together> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.label != Label::SingleSource) {
        let stands: Vec<(&str, usize)> = finding
            .positions
            .iter()
            .enumerate()
            .flat_map(|(side, position)| position.outlets.iter().map(move |outlet| (outlet.as_str(), side)))
            .collect();
        for (index, &(one, side)) in stands.iter().enumerate() {
            for &(other, other_side) in &stands[index + 1..] {
                if one == other {
                    continue;
                }
                let together =
                    pairs.entry((one.min(other), one.max(other))).or_insert(Together { agree: 0, conflict: 0 });
                if side == other_side {
                    together.agree += 1;
                } else {
                    together.conflict += 1;
                }
            }
        }
    }
    pairs
}

/// The readings of a figure that a later report updates, by day; nothing for other findings.
pub(super) fn readings<'a>(finding: &'a Finding, report: &'a Report) -> Vec<Reading<'a>> {
    if !distinct_reasons(finding).iter().any(|reason| reason.rule == RUNNING_FIGURE) {
        return Vec::new();
    }
    let published: HashMap<(&str, &str), Option<Date>> =
        report.documents.iter().map(|entry| ((entry.path.as_str(), entry.id.as_str()), entry.published)).collect();
    let mut readings: Vec<Reading<'_>> = finding
        .positions
        .iter()
        .flat_map(|position| position.claims.iter().map(move |claim| (position, claim)))
        .filter_map(|(position, claim)| {
            let value = side_value(finding, position).or_else(|| telling_words(finding, claim).map(str::to_owned))?;
            let published = published.get(&(claim.path.as_str(), claim.document.as_str())).copied().flatten();
            Some(Reading { published, outlet: &claim.source, value })
        })
        .collect();
    readings.sort();
    readings.dedup();
    readings
}
