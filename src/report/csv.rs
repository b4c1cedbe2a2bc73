//! One row a claim, for spreadsheets: the finding's columns repeat for each of its claims. A skipped input is a row with
//! the label `skipped`, its reason in the column of the text. Words are given as read: a program that takes a cell
//! beginning with `=` for a formula has to be told not to.

use super::{Reporter, Style, wording};
use crate::model::{Finding, Position, Report, ReportedClaim, Skipped};
use std::io;

/// `--format csv`.
pub(super) struct Csv;

/// The columns; new ones are only added at the end.
const COLUMNS: [&str; 21] = [
    "group",
    "label",
    "kind",
    "level",
    "confidence",
    "rules",
    "outlets",
    "origins",
    "position",
    "value",
    "source",
    "document",
    "path",
    "line",
    "column",
    "start",
    "end",
    "headline",
    "attribution",
    "text",
    "subject",
];

impl Reporter for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn media_type(&self) -> &'static str {
        "text/csv"
    }

    fn summary(&self) -> &'static str {
        "one row a claim, for spreadsheets"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let mut rows = csv::Writer::from_writer(out);
        rows.write_record(COLUMNS)?;
        for finding in &report.findings {
            for (index, position) in finding.positions.iter().enumerate() {
                for claim in &position.claims {
                    rows.write_record(claim_row(finding, index, position, claim))?;
                }
            }
        }
        for skipped in &report.skipped {
            rows.write_record(skipped_row(skipped))?;
        }
        rows.flush()
    }
}

fn claim_row(finding: &Finding, index: usize, position: &Position, claim: &ReportedClaim) -> [String; COLUMNS.len()] {
    let mut rules: Vec<&str> = Vec::new();
    for reason in &finding.reasons {
        if !rules.contains(&reason.rule.as_str()) {
            rules.push(&reason.rule);
        }
    }
    [
        finding.group.to_string(),
        finding.label.name().to_owned(),
        finding.kind.map(|kind| kind.name().to_owned()).unwrap_or_default(),
        finding.level.name().to_owned(),
        format!("{:.3}", finding.confidence),
        rules.join(" "),
        finding.outlets.to_string(),
        finding.origins.to_string(),
        (index + 1).to_string(),
        position.value.as_ref().map(wording::value).unwrap_or_default(),
        claim.source.clone(),
        claim.document.clone(),
        claim.path.clone(),
        claim.place.line.to_string(),
        claim.place.column.to_string(),
        claim.start.to_string(),
        claim.end.to_string(),
        claim.headline.to_string(),
        claim.attribution.as_ref().map(wording::attribution).unwrap_or_default(),
        claim.text.clone(),
        claim.subject.clone().unwrap_or_default(),
    ]
}

fn skipped_row(skipped: &Skipped) -> [String; COLUMNS.len()] {
    COLUMNS.map(|column| match column {
        "label" => "skipped".to_owned(),
        "path" => skipped.path.clone(),
        "line" => skipped.place.map(|place| place.line.to_string()).unwrap_or_default(),
        "column" => skipped.place.map(|place| place.column.to_string()).unwrap_or_default(),
        "text" => skipped.reason.clone(),
        _ => String::new(),
    })
}
