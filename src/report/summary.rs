//! A step summary in Markdown: what the gate decided and a table of what it found, the worst first, cut before the platform's
//! limit.

use super::located::{Located, located};
use super::{Reporter, Style, escape, wording};
use crate::model::Report;
use std::io;

/// `--format summary`.
pub(super) struct Summary;

/// A summary may have 1 MiB; what follows the table needs a little of it.
const MOST_BYTES: usize = (1 << 20) - (16 << 10);

impl Reporter for Summary {
    fn name(&self) -> &'static str {
        "summary"
    }

    fn media_type(&self) -> &'static str {
        "text/markdown"
    }

    fn summary(&self) -> &'static str {
        "for a step summary: a table in Markdown, the worst first"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let mut text = format!("### crossclaim\n\n{}.\n", escape::markdown(&wording::gate(report)));
        let all = located(report);
        let live: Vec<&Located<'_>> = all.iter().filter(|one| one.is_live()).collect();
        if !live.is_empty() {
            text.push_str("\n| Level | Rule | What | Where |\n|---|---|---|---|\n");
        }
        let mut left_out = 0_u64;
        for one in live {
            let row = row(one);
            if left_out > 0 || text.len() + row.len() > MOST_BYTES {
                left_out += 1;
            } else {
                text.push_str(&row);
            }
        }
        if left_out > 0 {
            text.push_str(&format!("\n{} more are not shown.\n", wording::count(left_out, "row")));
        }
        if !report.skipped.is_empty() {
            text.push_str(&format!("\nNot read: {}.\n\n", wording::count(report.skipped.len() as u64, "input")));
        }
        for entry in &report.skipped {
            let line = format!("- {}\n", escape::markdown(&wording::skipped(entry)));
            if text.len() + line.len() > MOST_BYTES + (8 << 10) {
                text.push_str("- and more\n");
                break;
            }
            text.push_str(&line);
        }
        out.write_all(text.as_bytes())
    }
}

fn row(one: &Located<'_>) -> String {
    let places: Vec<String> = one
        .sides
        .iter()
        .map(|side| {
            let words =
                if side.words.is_empty() { String::new() } else { format!(": {}", escape::markdown(&side.words)) };
            format!("`{}`{words}", escape::code(&side.told()).replace('|', "\\|"))
        })
        .collect();
    format!(
        "| {} | `{}` | {} | {} |\n",
        one.level.name(),
        escape::code(one.rule),
        escape::markdown(&one.title),
        places.join("<br>")
    )
}
