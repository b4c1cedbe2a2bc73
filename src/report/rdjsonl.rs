//! Reviewdog Diagnostic Format, a line a side: for review comments by reviewdog. Columns count UTF-8 bytes there, which the report
//! does not know of lines with letters beyond ASCII; so only lines are told.

use super::located::{located, plain_path};
use super::{Reporter, Style};
use crate::model::{Place, Report, Severity};
use serde_json::{Value, json};
use std::io;

/// `--format rdjsonl`.
pub(super) struct Rdjsonl;

impl Reporter for Rdjsonl {
    fn name(&self) -> &'static str {
        "rdjsonl"
    }

    fn media_type(&self) -> &'static str {
        "application/jsonl"
    }

    fn summary(&self) -> &'static str {
        "for reviewdog: a diagnostic a line, one for each side"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        for one in located(report).iter().filter(|one| one.is_live()) {
            let severity = match one.level {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Note => "INFO",
            };
            for (at, side) in one.sides.iter().enumerate() {
                let mut diagnostic = diagnostic(&one.message(at), side.path, side.place, side.end, severity, one.rule);
                let others = one.sides.iter().enumerate().filter(|(other, _)| *other != at);
                let related: Vec<Value> = others
                    .map(|(_, other)| json!({ "message": other.words, "location": location(other.path, other.place, other.end) }))
                    .collect();
                if !related.is_empty() {
                    diagnostic["related_locations"] = related.into();
                }
                writeln!(out, "{diagnostic}")?;
            }
        }
        for entry in &report.skipped {
            let message = format!("not read: {}", entry.reason);
            writeln!(out, "{}", diagnostic(&message, &entry.path, entry.place, None, "WARNING", "not-read"))?;
        }
        Ok(())
    }
}

fn diagnostic(
    message: &str,
    path: &str,
    start: Option<Place>,
    end: Option<Place>,
    severity: &str,
    rule: &str,
) -> Value {
    json!({
        "message": message,
        "location": location(path, start, end),
        "severity": severity,
        "source": { "name": "crossclaim" },
        "code": { "value": rule },
    })
}

fn location(path: &str, start: Option<Place>, end: Option<Place>) -> Value {
    let mut location = json!({ "path": plain_path(path) });
    if let Some(start) = start {
        location["range"] = json!({ "start": { "line": start.line } });
        if let Some(end) = end {
            location["range"]["end"] = json!({ "line": end.line });
        }
    }
    location
}
