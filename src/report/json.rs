//! The whole report as one JSON document; its schema is published as `docs/report.schema.json`.

use super::{Reporter, Style};
use crate::model::Report;
use std::io;

/// `--format json`.
pub(super) struct Json;

impl Reporter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn summary(&self) -> &'static str {
        "the whole report as one document, with a versioned schema"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, report)?;
        out.write_all(b"\n")
    }
}
