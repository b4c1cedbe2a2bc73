//! Workflow commands of GitHub Actions: an annotation on each side of a conflict. Of each kind the platform shows ten a step, so
//! the worst come first and the last one says how many were left out.

use super::located::{Side, located, plain_path};
use super::{Reporter, Style};
use crate::model::{Report, Severity};
use std::io;

/// `--format github`.
pub(super) struct GitHub;

/// Annotations of one kind that a step may make.
const MOST_OF_A_KIND: usize = 10;

impl Reporter for GitHub {
    fn name(&self) -> &'static str {
        "github"
    }

    fn media_type(&self) -> &'static str {
        "text/plain"
    }

    fn summary(&self) -> &'static str {
        "for GitHub Actions: annotations on the lines of both sides"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let all = located(report);
        let live: Vec<_> = all.iter().filter(|one| one.is_live()).collect();
        for level in [Severity::Error, Severity::Warning, Severity::Note] {
            let kind = match level {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "notice",
            };
            let mut lines: Vec<String> = Vec::new();
            for one in live.iter().filter(|one| one.level == level) {
                for (at, side) in one.sides.iter().enumerate() {
                    lines.push(command(kind, side, one.rule, &one.message(at)));
                }
            }
            if level == Severity::Warning {
                lines.extend(report.skipped.iter().map(|entry| {
                    let side = Side { path: &entry.path, place: entry.place, end: None, words: String::new() };
                    command(kind, &side, "not-read", &format!("not read: {}", entry.reason))
                }));
            }
            let shown = if lines.len() > MOST_OF_A_KIND { MOST_OF_A_KIND - 1 } else { lines.len() };
            for line in &lines[..shown] {
                writeln!(out, "{line}")?;
            }
            if lines.len() > shown {
                let more = lines.len() - shown;
                writeln!(
                    out,
                    "::{kind} title=crossclaim::{more} more of this kind are not shown here; the step summary lists them"
                )?;
            }
        }
        Ok(())
    }
}

/// One command.
fn command(kind: &str, side: &Side<'_>, title: &str, message: &str) -> String {
    let mut properties = format!("file={}", property(plain_path(side.path)));
    if let Some(place) = side.place {
        properties.push_str(&format!(",line={}", place.line));
        if let Some(end) = side.end {
            properties.push_str(&format!(",endLine={}", end.line));
            // Columns are taken for those of one line.
            if end.line == place.line {
                properties.push_str(&format!(",col={},endColumn={}", place.column, end.column));
            }
        }
    }
    format!("::{kind} {properties},title={}::{}", property(title), data(message))
}

/// The text behind a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_a_command() {
        assert_eq!(data("5 %\r\n::error::x"), "5 %25%0D%0A::error::x");
        assert_eq!(property("a:b,c%"), "a%3Ab%2Cc%25");
    }
}
