//! One finding a line, then one skipped input a line; `type` tells them apart.

use super::{Reporter, Style};
use crate::model::{Finding, Report, Skipped};
use serde::Serialize;
use std::io;

/// `--format jsonl`.
pub(super) struct JsonLines;

/// One line of the output.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Line<'a> {
    Finding(&'a Finding),
    Skipped(&'a Skipped),
}

impl Reporter for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn media_type(&self) -> &'static str {
        "application/jsonl"
    }

    fn summary(&self) -> &'static str {
        "one finding a line, then one skipped input a line"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let findings = report.findings.iter().map(Line::Finding);
        for line in findings.chain(report.skipped.iter().map(Line::Skipped)) {
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
