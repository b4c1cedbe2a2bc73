//! The report for a terminal: one block of rows a group, what differs marked, and below what was not listed and why.

use super::excerpt::{Mark, pieces};
use super::grid::{Grid, Ink, Join, inked, paint};
use super::overview::matrices;
use super::telling::{distinct_reasons, every_claim, telling_claims};
use super::{Color, GroupBy, Listing, Reporter, Style, escape, wording};
use crate::model::{AgreementKind, BaselineState, Finding, Label, Position, Report, ReportedClaim, Severity, Value};
use std::collections::BTreeMap;
use std::io;

/// `--format table`.
pub(super) struct Table;

/// Share of the width the outlets' names may take, in percent.
const OUTLETS_PERCENT: u16 = 28;

/// Reasons written out for one conflict. A group of many outlets has one for every pair; the other formats list all.
const REASONS_SHOWN: usize = 3;

/// Share of the width the label may take, in percent.
const LABEL_PERCENT: u16 = 24;

impl Reporter for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn media_type(&self) -> &'static str {
        "text/plain"
    }

    fn is_for_eyes(&self) -> bool {
        true
    }

    fn summary(&self) -> &'static str {
        "for a terminal: one block a group, what differs marked"
    }

    fn write(&self, report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let single_listed = style.single_source == Listing::Listed;
        for (heading, findings) in together(report, style.group_by) {
            let mut grid = Grid::new(["Label", "Outlets", "What they report"]);
            grid.keep_within(0, LABEL_PERCENT);
            grid.keep_within(1, OUTLETS_PERCENT);
            for finding in findings {
                if finding.label != Label::SingleSource || single_listed {
                    add_finding(&mut grid, finding, style);
                }
            }
            if !grid.is_empty() {
                if let Some(heading) = heading {
                    writeln!(out, "{}", inked(&paint(&escape::terminal(&heading), Ink::Bold), style.color))?;
                }
                grid.write(style, out)?;
            }
        }
        for line in footnotes(report, style) {
            writeln!(out, "{}", inked(&line, style.color))?;
        }
        Ok(())
    }
}

/// The findings as they stand together, each table with its heading.
fn together(report: &Report, by: GroupBy) -> Vec<(Option<String>, Vec<&Finding>)> {
    match by {
        GroupBy::Label => vec![(None, report.findings.iter().collect())],
        GroupBy::Story => matrices(report, true)
            .into_iter()
            .map(|story| (Some(story.title), story.rows.into_iter().map(|row| row.finding).collect()))
            .collect(),
        GroupBy::Source => {
            let reported_by = |outlet: &str| {
                let stands = |finding: &&Finding| {
                    finding.positions.iter().flat_map(|position| &position.outlets).any(|name| name == outlet)
                };
                report.findings.iter().filter(stands).collect()
            };
            report.sources.iter().map(|source| (Some(source.name.clone()), reported_by(&source.name))).collect()
        }
    }
}

/// Adds the rows of one group: its positions, then its reasons.
fn add_finding(grid: &mut Grid, finding: &Finding, style: &Style) {
    let mut first = Some(label_cell(finding));
    let mut add = |outlets: String, text: String| {
        let join = if first.is_some() { Join::Apart } else { Join::Continued };
        grid.row(join, [first.take().unwrap_or_default(), outlets, text]);
    };
    for position in &finding.positions {
        let wordings = match style.claims {
            Listing::Listed => every_claim(position),
            Listing::Counted => telling_claims(finding, position),
        };
        for wording in &wordings.shown {
            add(outlets_cell(&wording.outlets), claim_cell(wording.claim, position, finding, style));
        }
        if !wordings.also.is_empty() {
            let pointer = paint("in other words again; --all lists them", Ink::Faint);
            add(outlets_cell(&wordings.also), pointer);
        }
    }
    let mut notes: Vec<String> = Vec::new();
    let reasons = distinct_reasons(finding);
    if finding.label == Label::Conflict {
        for reason in reasons.iter().take(REASONS_SHOWN) {
            notes.push(format!(
                "{} {}",
                paint(&format!("{}:", reason.rule), Ink::Faint),
                escape::terminal(&reason.message)
            ));
        }
    }
    if let Some(more @ 1..) = reasons.len().checked_sub(REASONS_SHOWN)
        && finding.label == Label::Conflict
    {
        notes.push(paint(&format!("and {} more", wording::count(more as u64, "reason")), Ink::Faint));
    }
    if style.explained_away == Listing::Listed {
        for away in &finding.explained_away {
            let head = paint(&format!("{}, explained by {}:", away.rule, away.by), Ink::Faint);
            notes.push(format!("{head} {}", escape::terminal(&away.message)));
        }
    }
    if !notes.is_empty() {
        let heading = if finding.label == Label::Conflict { paint("because", Ink::Faint) } else { String::new() };
        add(heading, notes.join("\n"));
    }
}

fn label_cell(finding: &Finding) -> String {
    let (ink, below) = match finding.label {
        Label::Conflict => (level_ink(finding.level), finding.level.name().to_owned()),
        Label::Agree => (Ink::Green, finding.kind.map_or("", AgreementKind::name).to_owned()),
        Label::SingleSource => (Ink::Faint, String::new()),
    };
    let mut lines = vec![paint(finding.label.name(), ink)];
    lines.extend(wording::held_back(finding).map(str::to_owned));
    if !below.is_empty() {
        lines.push(below);
    }
    if finding.label != Label::SingleSource {
        lines.extend(wording::corroboration(finding).split(", ").map(|count| paint(count, Ink::Faint)));
    }
    lines.join("\n")
}

fn level_ink(level: Severity) -> Ink {
    match level {
        Severity::Error => Ink::Red,
        Severity::Warning | Severity::Note => Ink::Yellow,
    }
}

fn outlets_cell(outlets: &[&str]) -> String {
    let names: Vec<String> = outlets.iter().map(|name| escape::terminal(name)).collect();
    names.join(",\n")
}

/// The words of a claim with the telling ones marked, where they stand, and what was read from them where that is not
/// what they say themselves ("Monday" is a date).
fn claim_cell(claim: &ReportedClaim, position: &Position, finding: &Finding, style: &Style) -> String {
    let mut text = escape::terminal(&wording::with_subject(claim.subject.as_deref(), ""));
    let value = position.value.as_ref().filter(|value| {
        finding.label == Label::Conflict && matches!(value, Value::Quantity(_) | Value::Time(_) | Value::Mention(_))
    });
    let value = value.map(wording::value);
    let mut read_as = None;
    for piece in pieces(claim, finding) {
        let words = escape::terminal(&piece.text);
        if piece.mark == Mark::Telling {
            read_as = value.as_ref().filter(|value| !value.eq_ignore_ascii_case(&piece.text));
        }
        match (piece.mark, style.color) {
            (Mark::Plain, _) => text.push_str(&words),
            (Mark::Telling, Color::Ansi) => text.push_str(&paint(&words, Ink::Red)),
            (Mark::Telling, Color::Plain) => text.push_str(&format!("[{words}]")),
        }
    }
    let headline = if claim.headline { ", headline" } else { "" };
    let speaker = claim.attribution.as_ref().map(|words| format!(", {}", wording::attribution(words)));
    let place = wording::place(&claim.path, claim.place);
    let read_as = read_as.map(|value| format!(", read as {value}"));
    let speaker = speaker.unwrap_or_default();
    let origin = escape::terminal(&format!("{place}{headline}{speaker}{}", read_as.unwrap_or_default()));
    format!("{text}\n{}", paint(&origin, Ink::Faint))
}

/// What could not be read, a line each, for a terminal.
pub(super) fn not_read(report: &Report) -> Vec<String> {
    if report.skipped.is_empty() {
        return Vec::new();
    }
    let inputs = wording::count(report.skipped.len() as u64, "input");
    let mut lines = vec![paint(&format!("Not read: {inputs}."), Ink::Yellow)];
    lines.extend(report.skipped.iter().map(|skipped| format!("  {}", escape::terminal(&wording::skipped(skipped)))));
    lines
}

/// What a gate found besides conflicts, a line each, for a terminal.
pub(super) fn problems(report: &Report) -> Vec<String> {
    let problems = report.gate.iter().flat_map(|gate| &gate.problems);
    // What the baseline holds is counted; only formats for programs list it.
    let shown = problems.filter(|problem| problem.baseline != Some(BaselineState::Unchanged));
    shown.map(|problem| paint(&escape::terminal(&wording::problem(problem)), level_ink(problem.level))).collect()
}

/// What stands below the table.
fn footnotes(report: &Report, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    if report.findings.is_empty() && report.totals.claims == 0 {
        lines.push("No claims to compare.".to_owned());
    }
    let folded: Vec<&Finding> = match style.single_source {
        Listing::Listed => Vec::new(),
        Listing::Counted => report.findings.iter().filter(|finding| finding.label == Label::SingleSource).collect(),
    };
    if !folded.is_empty() {
        let mut by_outlet: BTreeMap<&str, u64> = BTreeMap::new();
        for outlet in folded.iter().flat_map(|finding| &finding.positions).flat_map(|position| &position.outlets) {
            *by_outlet.entry(outlet).or_insert(0) += 1;
        }
        let counts: Vec<String> =
            by_outlet.iter().map(|(outlet, number)| format!("{} {number}", escape::terminal(outlet))).collect();
        let groups = wording::count(folded.len() as u64, "group");
        lines.push(format!("Only one source: {groups} ({}). --all lists them.", counts.join(", ")));
    }
    for label in [Label::Conflict, Label::Agree, Label::SingleSource] {
        let number = wording::left_out(report, label);
        if number > 0 {
            lines.push(format!("Not shown: {number} {}.", label.name()));
        }
    }
    let away: usize = report.findings.iter().map(|finding| finding.explained_away.len()).sum();
    if away > 0 && style.explained_away == Listing::Counted {
        let differences = wording::count(away as u64, "difference");
        lines.push(format!("Explained away: {differences} that made no conflict. --explained-away shows why."));
    }
    lines.extend(problems(report));
    lines.extend(not_read(report));
    lines
}
