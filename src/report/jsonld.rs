//! Linked data: every side of a finding is a schema.org `Claim` with its appearances; how sides stand to each other is told
//! in a vocabulary of our own, since schema.org has none for it. A machine's comparison is no fact-check, so nothing here
//! is a `ClaimReview`.

use super::telling::{side_value, telling_claims};
use super::{Reporter, Style, wording};
use crate::model::{DocumentEntry, Finding, Label, Report, ReportedClaim};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::io;

/// `--format jsonld`.
pub(super) struct JsonLd;

/// Names the terms that schema.org lacks.
const NAMESPACE: &str = "https://crossclaim.invalid/ns#";

type Documents<'a> = HashMap<(&'a str, &'a str), &'a DocumentEntry>;

impl Reporter for JsonLd {
    fn name(&self) -> &'static str {
        "jsonld"
    }

    fn media_type(&self) -> &'static str {
        "application/ld+json"
    }

    fn summary(&self) -> &'static str {
        "linked data: schema.org claims with their appearances, and how they stand to each other"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let documents: Documents<'_> =
            report.documents.iter().map(|entry| ((entry.path.as_str(), entry.id.as_str()), entry)).collect();
        let claims = report.findings.iter().flat_map(|finding| nodes(finding, &documents));
        let skipped = report.skipped.iter().map(|skipped| {
            json!({"@type": "crossclaim:SkippedInput", "name": skipped.path, "description": wording::skipped(skipped)})
        });
        let graph: Vec<Value> = claims.chain(skipped).collect();
        let context = json!({"@vocab": "https://schema.org/", "crossclaim": NAMESPACE});
        let whole = json!({"@context": context, "@graph": graph});
        serde_json::to_writer_pretty(&mut *out, &whole)?;
        out.write_all(b"\n")
    }
}

/// A node for each side of a finding, with edges to the others.
fn nodes<'a>(finding: &'a Finding, documents: &'a Documents<'a>) -> impl Iterator<Item = Value> + 'a {
    finding.positions.iter().enumerate().map(move |(side, position)| {
        let mut node = Map::new();
        node.insert("@type".to_owned(), "Claim".into());
        node.insert("@id".to_owned(), name(finding, side).into());
        let shown = telling_claims(finding, position).shown;
        let text = shown.first().map(|wording| wording.claim.text.as_str()).unwrap_or_default();
        node.insert("text".to_owned(), text.into());
        let mut appearances: Vec<(Option<String>, Value)> =
            position.claims.iter().map(|claim| appearance(claim, documents)).collect();
        // The first appearance is known only where every one has a date.
        let first = appearances.iter().map(|(day, _)| day.clone()).collect::<Option<Vec<String>>>();
        if let Some(day) = first.and_then(|days| days.into_iter().min()) {
            let at = appearances.iter().position(|(known, _)| known.as_ref() == Some(&day)).unwrap_or(0);
            node.insert("firstAppearance".to_owned(), appearances[at].1.clone());
        }
        let all: Vec<Value> = appearances.drain(..).map(|(_, node)| node).collect();
        node.insert("appearance".to_owned(), all.into());
        let mut speakers: Vec<&str> = position.claims.iter().filter_map(speaker).collect();
        speakers.sort_unstable();
        speakers.dedup();
        if !speakers.is_empty() {
            let authors: Vec<Value> = speakers.into_iter().map(|name| json!({"name": name})).collect();
            node.insert("author".to_owned(), authors.into());
        }
        node.insert("crossclaim:label".to_owned(), finding.label.name().into());
        node.insert("crossclaim:confidence".to_owned(), finding.confidence.into());
        node.insert("crossclaim:origins".to_owned(), finding.origins.into());
        if let Some(kind) = finding.kind {
            node.insert("crossclaim:agreement".to_owned(), kind.name().into());
        }
        if let Some(value) = side_value(finding, position) {
            node.insert("crossclaim:value".to_owned(), value.into());
        }
        node.insert("crossclaim:fingerprint".to_owned(), finding.fingerprint.to_string().into());
        if finding.label == Label::Conflict {
            node.extend(edges(finding, side));
        }
        Value::Object(node)
    })
}

/// The other sides of a conflict, and why they exclude this one.
fn edges(finding: &Finding, side: usize) -> [(String, Value); 2] {
    let others = (0..finding.positions.len()).filter(|&other| other != side);
    let others: Vec<Value> = others.map(|other| json!({"@id": name(finding, other)})).collect();
    let reasons: Vec<Value> = finding
        .reasons
        .iter()
        .map(|reason| json!({"crossclaim:rule": reason.rule, "description": reason.message}))
        .collect();
    [("crossclaim:conflictsWith".to_owned(), others.into()), ("crossclaim:reason".to_owned(), reasons.into())]
}

fn name(finding: &Finding, side: usize) -> String {
    format!("urn:crossclaim:{}:{}", finding.group, side + 1)
}

fn speaker(claim: &ReportedClaim) -> Option<&str> {
    claim.attribution.as_ref()?.speaker.as_ref().map(|speaker| speaker.text.as_str())
}

/// The article a claim stands in, with the very words, and the day it was published.
fn appearance(claim: &ReportedClaim, documents: &Documents<'_>) -> (Option<String>, Value) {
    let entry = documents.get(&(claim.path.as_str(), claim.document.as_str()));
    let published = entry.and_then(|entry| entry.published).map(|day| day.to_string());
    let mut node = Map::new();
    node.insert("@type".to_owned(), "Article".into());
    if let Some(url) = entry.and_then(|entry| entry.url.as_deref()) {
        node.insert("url".to_owned(), url.into());
    }
    if let Some(title) = entry.and_then(|entry| entry.title.as_deref()) {
        node.insert("headline".to_owned(), title.into());
    }
    if let Some(day) = &published {
        node.insert("datePublished".to_owned(), day.as_str().into());
    }
    node.insert("publisher".to_owned(), json!({"@type": "Organization", "name": claim.source}));
    node.insert("identifier".to_owned(), wording::place(&claim.path, claim.place).into());
    node.insert("crossclaim:quotation".to_owned(), claim.text.as_str().into());
    (published, Value::Object(node))
}
