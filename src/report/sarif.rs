//! SARIF 2.1.0 (OASIS), as code scanning takes it: side A of a conflict is the location, the others are related ones and
//! linked from the message; rules carry their pages, results their fingerprints, and what is held back says why.
//!
//! Columns count characters (`columnKind: unicodeCodePoints`). Of a record of JSONL or CSV only the line is known; its region is
//! the first character of that line.

use super::located::{Located, Side, corpus, located, plain_path};
use super::{Reporter, Style};
use crate::model::{BaselineState, Place, Report, RuleInForce, Severity, SuppressionKind};
use serde_json::{Map, Value, json};
use std::io;

/// `--format sarif`.
pub(super) struct Sarif;

/// Where the program is told of.
const ADDRESS: &str = "https://docs.rs/crossclaim";

/// Code scanning refuses a run of more results.
const MOST_RESULTS: usize = 25_000;

/// A full description may have so many characters.
const MOST_DESCRIPTION: usize = 1024;

impl Reporter for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn media_type(&self) -> &'static str {
        "application/sarif+json"
    }

    fn summary(&self) -> &'static str {
        "for code scanning and editors: SARIF 2.1.0, conflicts and problems"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &log(report))?;
        out.write_all(b"\n")
    }
}

fn log(report: &Report) -> Value {
    let all = located(report);
    let left_out = all.len().saturating_sub(MOST_RESULTS);
    let results: Vec<Value> = all.iter().take(MOST_RESULTS).map(|one| result(one, report)).collect();
    let mut notifications: Vec<Value> = report
        .skipped
        .iter()
        .map(|entry| {
            let mut physical = json!({ "artifactLocation": { "uri": uri(&entry.path) } });
            if let Some(place) = entry.place {
                physical["region"] = region(place, None);
            }
            json!({
                "level": "warning",
                "descriptor": { "id": "not-read" },
                "message": { "text": format!("not read: {}", entry.reason) },
                "locations": [{ "physicalLocation": physical }],
            })
        })
        .collect();
    if left_out > 0 {
        let text = format!("{left_out} results more were left out, the lightest");
        notifications.push(json!({ "level": "warning", "message": { "text": text } }));
    }
    let driver = json!({
        "name": report.tool.name,
        "semanticVersion": report.tool.version,
        "informationUri": ADDRESS,
        "rules": report.method.rules.iter().map(descriptor).collect::<Vec<_>>(),
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "automationDetails": { "id": format!("crossclaim/{}/", corpus(report)) },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notifications }],
            "results": results,
        }],
    })
}

/// One rule with its page.
fn descriptor(rule: &RuleInForce) -> Value {
    let name: String = rule.id.split('-').map(capitalized).collect();
    let text = if rule.page.is_empty() { rule.summary.as_str() } else { rule.page };
    let level = rule.level.map_or("none", Severity::name);
    json!({
        "id": rule.id,
        "name": name,
        "shortDescription": { "text": sentence(&rule.summary) },
        "fullDescription": { "text": description(text) },
        "help": { "text": text, "markdown": text },
        "defaultConfiguration": { "level": level, "enabled": rule.level.is_some() },
        "properties": {
            "tags": ["consistency", "documentation"],
            "precision": if rule.bearing == "problem" { "very-high" } else { "high" },
            "problem.severity": severity(rule.level.unwrap_or(Severity::Note)),
        },
    })
}

fn severity(level: Severity) -> &'static str {
    match level {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    }
}

fn capitalized(part: &str) -> String {
    let mut letters = part.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A summary as a sentence.
fn sentence(summary: &str) -> String {
    format!("{}.", capitalized(summary).trim_end_matches('.'))
}

/// The first paragraph of a page that is no heading, on one line.
fn description(page: &str) -> String {
    let first = page.split("\n\n").find(|part| !part.trim_start().starts_with('#') && !part.trim().is_empty());
    let line = first.unwrap_or(page).split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(MOST_DESCRIPTION).collect()
}

fn result(one: &Located<'_>, report: &Report) -> Value {
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), one.rule.into());
    if let Some(index) = report.method.rules.iter().position(|rule| rule.id == one.rule) {
        result.insert("ruleIndex".to_owned(), index.into());
    }
    result.insert("level".to_owned(), one.level.name().into());
    result.insert("message".to_owned(), json!({ "text": message(one) }));
    result.insert("locations".to_owned(), one.sides.iter().take(1).map(|side| location(side, None)).collect());
    if one.sides.len() > 1 {
        let others = one.sides.iter().enumerate().skip(1);
        result.insert("relatedLocations".to_owned(), others.map(|(id, side)| location(side, Some(id))).collect());
    }
    result.insert("partialFingerprints".to_owned(), json!({ "crossclaim/v1": one.mark }));
    let state = match (one.weighed, one.problem) {
        (Some(made), _) => made.baseline,
        (_, Some(problem)) => problem.baseline,
        _ => None,
    };
    if let Some(state) = state {
        let state = if state == BaselineState::New { "new" } else { "unchanged" };
        result.insert("baselineState".to_owned(), state.into());
    }
    let suppression = one.weighed.and_then(|made| made.suppression.as_ref());
    if let Some(suppression) = suppression {
        let kind = match suppression.kind {
            SuppressionKind::InSource => "inSource",
            SuppressionKind::External => "external",
        };
        result.insert("suppressions".to_owned(), json!([{ "kind": kind, "justification": suppression.reason }]));
    } else if state == Some(BaselineState::Unchanged) {
        let why = "in the baseline";
        result.insert("suppressions".to_owned(), json!([{ "kind": "external", "justification": why }]));
    }
    if let Some(finding) = one.finding {
        let properties = json!({
            "confidence": finding.confidence,
            "outlets": finding.outlets,
            "origins": finding.origins,
        });
        result.insert("properties".to_owned(), properties);
    }
    Value::Object(result)
}

/// The title as first sentence, then what each side says; the others are linked.
fn message(one: &Located<'_>) -> String {
    if one.problem.is_some() {
        return link_free(&one.title);
    }
    let mut message = format!("{}.", link_free(&one.title));
    for (id, side) in one.sides.iter().enumerate() {
        let words = link_free(&side.words);
        if id == 0 {
            message.push_str(&format!(" Here: “{words}”"));
        } else {
            message.push_str(&format!("; [{}]({id}): “{words}”", link_free(&side.told())));
        }
    }
    message
}

/// Text in which nothing is a link: brackets and backslashes have one in front.
fn link_free(text: &str) -> String {
    let mut free = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '[' | ']' | '\\') {
            free.push('\\');
        }
        free.push(character);
    }
    free
}

fn location(side: &Side<'_>, id: Option<usize>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(side.path) } });
    physical["region"] = match side.place {
        Some(place) => region(place, side.end),
        None => region(Place { line: 1, column: 1 }, None),
    };
    let mut location = json!({ "physicalLocation": physical });
    if let Some(id) = id {
        location["id"] = id.into();
        location["message"] = json!({ "text": link_free(&side.words) });
    }
    location
}

fn region(start: Place, end: Option<Place>) -> Value {
    let end = end.unwrap_or(Place { line: start.line, column: start.column + 1 });
    json!({
        "startLine": start.line.max(1),
        "startColumn": start.column.max(1),
        "endLine": end.line.max(1),
        "endColumn": end.column.max(1),
    })
}

/// A path as a relative reference (RFC 3986): what is no plain letter, digit or sign of a path is written in percent.
fn uri(path: &str) -> String {
    let path = plain_path(path);
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_relative_reference() {
        assert_eq!(uri("./docs/größe & more.md"), "docs/gr%C3%B6%C3%9Fe%20%26%20more.md");
        assert_eq!(uri("/tmp/a:b.md"), "file:///tmp/a%3Ab.md");
    }

    #[test]
    fn text_holds_no_link() {
        assert_eq!(link_free(r"see [a](b) \ c"), r"see \[a\](b) \\ c");
    }

    #[test]
    fn a_description_is_the_first_paragraph() {
        assert_eq!(description("# numeric\n\nTwo values\nfor one thing.\n\n## More\n"), "Two values for one thing.");
        assert_eq!(description("x".repeat(2000).as_str()).len(), MOST_DESCRIPTION);
    }
}
