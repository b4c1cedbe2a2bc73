//! A report → what a page shows of it, in plain words and numbers. Templates see these names; they are listed in
//! `docs/reports.md` and only added to.

use super::heat::{Heat, heat};
use super::link::{is_web, text_link};
use crate::model::{DocumentEntry, Finding, Label, Position, Report, ReportedClaim};
use crate::report::escape::terminal as safe;
use crate::report::excerpt::{Mark, Piece, pieces};
use crate::report::overview::{Cell, matrices, readings};
use crate::report::telling::{behind, distinct_reasons, headline, side_value};
use crate::report::wording;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// Characters of a finding's words in a heading.
const HEADING_CHARS: usize = 110;

/// Everything a template sees.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    tool: String,
    version: String,
    summary: String,
    counts: Counts,
    outlets: Vec<Outlet>,
    heat: Heat,
    running: Vec<Running>,
    matrices: Vec<Matrix>,
    findings: Vec<Entry>,
    left_out: Vec<String>,
    documents: Vec<Listed>,
    skipped: Vec<String>,
    threshold: f64,
    rules: Vec<RuleEntry>,
}

#[derive(Debug, Serialize)]
struct Counts {
    sources: u32,
    documents: u32,
    claims: u32,
    conflict: u32,
    agree: u32,
    single_source: u32,
    set_aside: u32,
    candidates: u64,
    matched: u64,
    skipped: u32,
}

#[derive(Debug, Serialize)]
struct Outlet {
    name: String,
    owner: Option<String>,
    documents: u32,
    claims: u32,
}

/// A figure that ran on, with its readings by day.
#[derive(Debug, Serialize)]
struct Running {
    number: usize,
    id: String,
    title: String,
    readings: Vec<ReadingEntry>,
}

#[derive(Debug, Serialize)]
struct ReadingEntry {
    published: Option<String>,
    outlet: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct Matrix {
    title: String,
    outlets: Vec<String>,
    rows: Vec<MatrixRow>,
    folded: usize,
}

#[derive(Debug, Serialize)]
struct MatrixRow {
    number: usize,
    id: String,
    label: &'static str,
    title: String,
    cells: Vec<MatrixCell>,
}

#[derive(Debug, Serialize)]
struct MatrixCell {
    /// `silent`, `reported` or `side`.
    kind: &'static str,
    side: usize,
    text: String,
}

/// One finding.
#[derive(Debug, Serialize)]
struct Entry {
    number: usize,
    id: String,
    fingerprint: String,
    label: &'static str,
    kind: Option<&'static str>,
    level: &'static str,
    confidence: String,
    title: String,
    behind: String,
    outlets: Vec<String>,
    /// The same as places in the page's `outlets`, from 0.
    outlet_numbers: Vec<usize>,
    positions: Vec<Side>,
    reasons: Vec<ReasonEntry>,
    would_settle: Vec<String>,
    explained_away: Vec<AwayEntry>,
}

#[derive(Debug, Serialize)]
struct Side {
    number: usize,
    value: Option<String>,
    outlets: Vec<String>,
    claims: Vec<Quotation>,
}

/// A claim in its context.
#[derive(Debug, Serialize)]
struct Quotation {
    outlet: String,
    subject: Option<String>,
    /// The words of the sentence before the claim, where the claim is a part of it.
    before: String,
    pieces: Vec<PieceEntry>,
    after: String,
    place: String,
    link: Option<String>,
    title: Option<String>,
    published: Option<String>,
    headline: bool,
    attribution: Option<String>,
    /// Where else the same stands, word for word.
    also: Vec<Appearance>,
}

/// Another place of the same words.
#[derive(Debug, Serialize)]
struct Appearance {
    outlet: String,
    place: String,
    link: Option<String>,
    title: Option<String>,
    published: Option<String>,
    headline: bool,
    attribution: Option<String>,
}

#[derive(Debug, PartialEq, Serialize)]
struct PieceEntry {
    text: String,
    marked: bool,
}

#[derive(Debug, Serialize)]
struct ReasonEntry {
    rule: String,
    message: String,
    left: String,
    right: String,
}

#[derive(Debug, Serialize)]
struct AwayEntry {
    rule: String,
    by: String,
    message: String,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    outlet: String,
    title: String,
    path: String,
    link: Option<String>,
    published: Option<String>,
    format: String,
    claims: u32,
    set_aside: u32,
}

#[derive(Debug, Serialize)]
struct RuleEntry {
    id: String,
    level: &'static str,
}

type Documents<'a> = HashMap<(&'a str, &'a str), &'a DocumentEntry>;

impl Page {
    pub(super) fn of(report: &Report) -> Self {
        let documents: Documents<'_> =
            report.documents.iter().map(|entry| ((entry.path.as_str(), entry.id.as_str()), entry)).collect();
        let numbers: HashMap<&str, usize> =
            report.sources.iter().enumerate().map(|(number, source)| (source.name.as_str(), number)).collect();
        let numbered = report.findings.iter().enumerate();
        let entries = numbered.map(|(index, finding)| entry(index + 1, finding, &documents, &numbers));
        let totals = &report.totals;
        let left_out = [Label::Conflict, Label::Agree, Label::SingleSource]
            .into_iter()
            .map(|label| (label, wording::left_out(report, label)))
            .filter(|(_, number)| *number > 0)
            .map(|(label, number)| format!("{number} {}", label.name()));
        Self {
            tool: report.tool.name.clone(),
            version: report.tool.version.clone(),
            summary: wording::totals(report),
            counts: Counts {
                sources: totals.sources,
                documents: totals.documents,
                claims: totals.claims,
                conflict: totals.conflict,
                agree: totals.agree,
                single_source: totals.single_source,
                set_aside: totals.set_aside,
                candidates: totals.candidates,
                matched: totals.matched,
                skipped: totals.skipped,
            },
            outlets: report
                .sources
                .iter()
                .map(|source| Outlet {
                    name: safe(&source.name),
                    owner: source.owner.as_deref().map(safe),
                    documents: source.documents,
                    claims: source.claims,
                })
                .collect(),
            heat: heat(report),
            running: running(report),
            matrices: matrices(report, false).iter().map(matrix).collect(),
            findings: entries.collect(),
            left_out: left_out.collect(),
            documents: report.documents.iter().map(listed).collect(),
            skipped: report.skipped.iter().map(|skipped| safe(&wording::skipped(skipped))).collect(),
            threshold: report.method.threshold,
            rules: report
                .method
                .rules
                .iter()
                .map(|rule| RuleEntry { id: rule.id.clone(), level: rule.level.map_or("off", |level| level.name()) })
                .collect(),
        }
    }
}

fn running(report: &Report) -> Vec<Running> {
    let figures = report.findings.iter().enumerate().map(|(index, finding)| (index + 1, finding));
    figures
        .map(|(number, finding)| (number, finding, readings(finding, report)))
        .filter(|(_, _, readings)| !readings.is_empty())
        .map(|(number, finding, readings)| Running {
            number,
            id: finding.group.to_string(),
            title: safe(&headline(finding, HEADING_CHARS)),
            readings: readings
                .into_iter()
                .map(|reading| ReadingEntry {
                    published: reading.published.map(|day| day.to_string()),
                    outlet: safe(reading.outlet),
                    value: safe(&reading.value),
                })
                .collect(),
        })
        .collect()
}

fn matrix(matrix: &crate::report::overview::StoryMatrix<'_>) -> Matrix {
    let cell = |cell: &Cell| match cell {
        Cell::Silent => MatrixCell { kind: "silent", side: 0, text: String::new() },
        Cell::Reported => MatrixCell { kind: "reported", side: 0, text: String::new() },
        Cell::Value(value) => MatrixCell { kind: "reported", side: 0, text: safe(value) },
        Cell::Side(side, value) => {
            MatrixCell { kind: "side", side: *side, text: value.as_deref().map(safe).unwrap_or_default() }
        }
    };
    Matrix {
        title: safe(&matrix.title),
        outlets: matrix.outlets.iter().map(|outlet| safe(outlet)).collect(),
        rows: matrix
            .rows
            .iter()
            .map(|row| MatrixRow {
                number: row.number,
                id: row.finding.group.to_string(),
                label: row.finding.label.name(),
                title: safe(&headline(row.finding, HEADING_CHARS)),
                cells: row.cells.iter().map(cell).collect(),
            })
            .collect(),
        folded: matrix.folded,
    }
}

fn entry(number: usize, finding: &Finding, documents: &Documents<'_>, numbers: &HashMap<&str, usize>) -> Entry {
    let sides = finding.positions.iter().enumerate();
    let reasons = if finding.label == Label::Conflict { distinct_reasons(finding) } else { Vec::new() };
    let mut names: Vec<&str> =
        finding.positions.iter().flat_map(|position| &position.outlets).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let outlet_numbers = names.iter().filter_map(|name| numbers.get(name).copied()).collect();
    let outlets: Vec<String> = names.into_iter().map(safe).collect();
    Entry {
        number,
        id: finding.group.to_string(),
        fingerprint: finding.fingerprint.to_string(),
        label: finding.label.name(),
        kind: finding.kind.map(|kind| kind.name()),
        level: finding.level.name(),
        confidence: format!("{:.2}", finding.confidence),
        title: safe(&headline(finding, HEADING_CHARS)),
        behind: behind(finding),
        outlets,
        outlet_numbers,
        positions: sides.map(|(index, position)| side(index + 1, position, finding, documents)).collect(),
        reasons: reasons
            .into_iter()
            .map(|reason| ReasonEntry {
                rule: reason.rule.clone(),
                message: safe(&reason.message),
                left: safe(&reason.left.text),
                right: safe(&reason.right.text),
            })
            .collect(),
        would_settle: finding.would_settle.clone(),
        explained_away: finding
            .explained_away
            .iter()
            .map(|away| AwayEntry { rule: away.rule.clone(), by: safe(&away.by), message: safe(&away.message) })
            .collect(),
    }
}

fn side(number: usize, position: &Position, finding: &Finding, documents: &Documents<'_>) -> Side {
    // What an outlet prints twice in the same words is quoted once, and what several print so is quoted once for all.
    let mut seen = HashSet::new();
    let once = position.claims.iter().filter(|claim| seen.insert((claim.source.as_str(), claim.text.as_str())));
    let mut claims: Vec<Quotation> = Vec::new();
    let mut known: HashMap<(String, String, String), Vec<usize>> = HashMap::new();
    for claim in once {
        let quotation = quotation(claim, finding, documents);
        let key = (quotation.before.clone(), claim.text.clone(), quotation.after.clone());
        let alike = known.entry(key).or_default();
        let same = alike
            .iter()
            .copied()
            .find(|at| claims[*at].subject == quotation.subject && claims[*at].pieces == quotation.pieces);
        match same {
            Some(at) => claims[at].also.push(appearance(quotation)),
            None => {
                alike.push(claims.len());
                claims.push(quotation);
            }
        }
    }
    Side {
        number,
        value: side_value(finding, position).filter(|_| finding.label == Label::Conflict).map(|value| safe(&value)),
        outlets: position.outlets.iter().map(|outlet| safe(outlet)).collect(),
        claims,
    }
}

fn quotation(claim: &ReportedClaim, finding: &Finding, documents: &Documents<'_>) -> Quotation {
    let entry = documents.get(&(claim.path.as_str(), claim.document.as_str()));
    let around = claim.sentence.as_deref().and_then(|sentence| sentence.split_once(claim.text.as_str()));
    let (before, after) = around.unwrap_or_default();
    let piece = |piece: Piece| PieceEntry { text: safe(&piece.text), marked: piece.mark == Mark::Telling };
    Quotation {
        outlet: safe(&claim.source),
        subject: claim.subject.as_deref().filter(|_| around.is_none()).map(safe),
        before: safe(before),
        pieces: pieces(claim, finding).into_iter().map(piece).collect(),
        after: safe(after),
        place: safe(&wording::place(&claim.path, claim.place)),
        link: entry.and_then(|entry| entry.url.as_deref()).and_then(|url| text_link(url, &claim.text)),
        title: entry.and_then(|entry| entry.title.as_deref()).map(safe),
        published: entry.and_then(|entry| entry.published).map(|day| day.to_string()),
        headline: claim.headline,
        attribution: claim.attribution.as_ref().map(|words| safe(&wording::attribution(words))),
        also: Vec::new(),
    }
}

fn appearance(quotation: Quotation) -> Appearance {
    let Quotation { outlet, place, link, title, published, headline, attribution, .. } = quotation;
    Appearance { outlet, place, link, title, published, headline, attribution }
}

fn listed(entry: &DocumentEntry) -> Listed {
    Listed {
        id: entry.id.clone(),
        outlet: safe(&entry.source),
        title: safe(entry.title.as_deref().unwrap_or(&entry.path)),
        path: safe(&entry.path),
        link: entry.url.as_deref().filter(|url| is_web(url)).map(str::to_owned),
        published: entry.published.map(|day| day.to_string()),
        format: entry.format.clone(),
        claims: entry.claims,
        set_aside: entry.set_aside,
    }
}
