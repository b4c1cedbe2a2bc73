//! GitLab Code Quality: a JSON array with an entry for each side of a conflict. Entries of one fingerprint are shown once, so the
//! side is a part of it; lines and values are not.

use super::located::{located, plain_path};
use super::{Reporter, Style};
use crate::model::{Report, Severity, content_hash};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;

/// `--format gitlab`.
pub(super) struct GitLab;

impl Reporter for GitLab {
    fn name(&self) -> &'static str {
        "gitlab"
    }

    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn summary(&self) -> &'static str {
        "for GitLab: a Code Quality report"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        for one in located(report).iter().filter(|one| one.is_live()) {
            let severity = match one.level {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            };
            for (at, side) in one.sides.iter().enumerate() {
                let line = side.place.map_or(1, |place| place.line);
                let mark = format!("{:016x}", content_hash([one.mark.as_str(), plain_path(side.path)]));
                entries.push((mark, entry(&one.message(at), one.rule, severity, side.path, line)));
            }
        }
        for skipped in &report.skipped {
            let line = skipped.place.map_or(1, |place| place.line);
            let mark = format!("{:016x}", content_hash(["not-read", skipped.path.as_str()]));
            let message = format!("not read: {}", skipped.reason);
            entries.push((mark, entry(&message, "not-read", "info", &skipped.path, line)));
        }
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let unique: Vec<Value> = entries
            .into_iter()
            .map(|(mark, mut entry)| {
                let count = seen.entry(mark.clone()).or_insert(0);
                *count += 1;
                entry["fingerprint"] = if *count == 1 { mark.into() } else { format!("{mark}-{count}").into() };
                entry
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &unique)?;
        out.write_all(b"\n")
    }
}

fn entry(message: &str, rule: &str, severity: &str, path: &str, line: u32) -> Value {
    json!({
        "description": message,
        "check_name": rule,
        "fingerprint": "",
        "severity": severity,
        "location": { "path": plain_path(path), "lines": { "begin": line.max(1) } },
    })
}
