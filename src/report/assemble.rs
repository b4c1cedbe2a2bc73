//! What the stages made → a finished [`Report`]: sorted, counted and complete. It compares nothing and drops nothing.

use super::selectors::select;
use crate::model::{
    Document, DocumentEntry, Finding, Label, Method, Report, SCHEMA_VERSION, Skipped, SourceEntry, Story, ToolInfo,
    Totals,
};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Everything a report is put together from, in any order.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    /// What was read.
    pub documents: &'a [Document],
    /// For each document, the number of its sentences that make no claim.
    pub set_aside: &'a [u32],
    /// For each document, the number of its claims.
    pub claims: &'a [u32],
    /// The labelled groups.
    pub findings: Vec<Finding>,
    /// The stories.
    pub stories: Vec<Story>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
    /// Number of pairs of claims that a blocking key brought together.
    pub candidates: u64,
    /// Number of pairs of claims whose score reached the threshold.
    pub matched: u64,
    /// The settings that decided what was matched and raised.
    pub method: Method,
}

/// Puts a report together. The same parts give the same report in whatever order they come.
pub fn assemble(parts: Parts<'_>) -> Report {
    let Parts { documents, set_aside, claims, mut findings, stories, mut skipped, candidates, matched, method } = parts;
    let mut entries: Vec<DocumentEntry> = Vec::with_capacity(documents.len());
    let mut sources: BTreeMap<&str, SourceEntry> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        let claims = claims.get(index).copied().unwrap_or(0);
        entries.push(document_entry(document, claims, set_aside.get(index).copied().unwrap_or(0)));
        let source = sources.entry(&document.source.name).or_insert_with(|| SourceEntry {
            name: document.source.name.clone(),
            owner: None,
            named_by: document.source.named_by,
            documents: 0,
            claims: 0,
        });
        source.documents += 1;
        source.claims += claims;
        source.named_by = source.named_by.min(document.source.named_by);
        // One owner of several is chosen by name, so that the order of the documents does not matter.
        source.owner = match (source.owner.take(), document.source.owner.clone()) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    entries.sort_by(|one, other| (&one.path, one.record, &one.id).cmp(&(&other.path, other.record, &other.id)));
    findings.sort_by(in_order);
    select(&mut findings, documents);
    skipped.sort();
    skipped.dedup();
    let stories = sorted_stories(stories, &entries, &findings);
    let of = |label: Label| size(findings.iter().filter(|finding| finding.label == label).count());
    let totals = Totals {
        sources: size(sources.len()),
        documents: size(entries.len()),
        claims: claims.iter().sum(),
        set_aside: set_aside.iter().sum(),
        candidates,
        matched,
        agree: of(Label::Agree),
        conflict: of(Label::Conflict),
        single_source: of(Label::SingleSource),
        skipped: size(skipped.len()),
    };
    Report {
        schema: SCHEMA_VERSION.to_owned(),
        tool: ToolInfo { name: "crossclaim".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        sources: sources.into_values().collect(),
        documents: entries,
        stories,
        findings,
        skipped,
        totals,
        method,
        gate: None,
    }
}

/// The order of findings: conflicts by level and confidence, then agreements by outlets and confidence, then what only
/// one source has in the order of the documents. Place and identity settle the rest.
pub fn in_order(one: &Finding, other: &Finding) -> Ordering {
    let by_confidence = || other.confidence.total_cmp(&one.confidence);
    let by_rank = match (one.label, other.label) {
        (Label::Conflict, Label::Conflict) => other.level.cmp(&one.level).then_with(by_confidence),
        (Label::Agree, Label::Agree) => other.outlets.cmp(&one.outlets).then_with(by_confidence),
        (mine, theirs) => mine.cmp(&theirs),
    };
    by_rank.then_with(|| place(one).cmp(&place(other))).then_with(|| one.group.cmp(&other.group))
}

/// Where the first claim of a finding stands. A record's line is its place, so this is also the order of the documents.
fn place(finding: &Finding) -> Option<(&str, u32, u32)> {
    let claims = finding.positions.iter().flat_map(|position| &position.claims);
    claims.map(|claim| (claim.path.as_str(), claim.place.line, claim.start)).min()
}

fn document_entry(document: &Document, claims: u32, set_aside: u32) -> DocumentEntry {
    DocumentEntry {
        id: document.shown_id(),
        source: document.source.name.clone(),
        path: document.origin.path.clone(),
        record: document.origin.record,
        format: document.origin.format.clone(),
        title: document.title.clone(),
        url: document.url.clone(),
        published: document.published,
        language: document.language.clone(),
        author: document.details.author.clone(),
        modified: document.details.modified,
        based_on: document.details.based_on.clone(),
        is_summary: document.details.is_summary,
        claims,
        set_aside,
        ignores: document.details.ignores.clone(),
    }
}

/// Stories by their first document, their documents and groups in the order of the report's lists.
fn sorted_stories(mut stories: Vec<Story>, documents: &[DocumentEntry], findings: &[Finding]) -> Vec<Story> {
    let mut document_order: FxHashMap<&str, usize> = FxHashMap::default();
    for (index, document) in documents.iter().enumerate() {
        document_order.entry(&document.id).or_insert(index);
    }
    let group_order: FxHashMap<u64, usize> =
        findings.iter().enumerate().map(|(index, finding)| (finding.group.0, index)).collect();
    let rank = |id: &String| document_order.get(id.as_str()).copied().unwrap_or(usize::MAX);
    for story in &mut stories {
        story.documents.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| one.cmp(other)));
        story.groups.sort_by_key(|group| (group_order.get(&group.0).copied().unwrap_or(usize::MAX), *group));
    }
    stories.sort_by_key(|story| (story.documents.first().map_or(usize::MAX, rank), story.id));
    stories
}

/// A count as reports hold it.
pub(super) fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
