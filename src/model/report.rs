//! The finished answer: sorted, complete, serializable. It holds no clock time and no machine's paths but those given.

use super::{Finding, Gate, IgnoreComment, NamedBy, Place, StoryId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Version of the JSON schema of [`Report`]; fields are only added within one major version.
pub const SCHEMA_VERSION: &str = "1.2";

/// Everything a reporter may show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema: String,
    /// What made it.
    pub tool: ToolInfo,
    /// The outlets, by name.
    pub sources: Vec<SourceEntry>,
    /// The documents, by path and record.
    pub documents: Vec<DocumentEntry>,
    /// The stories, by their first document.
    pub stories: Vec<Story>,
    /// The findings: conflicts, agreements, then single-source, each by weight and place.
    pub findings: Vec<Finding>,
    /// What could not be read, by path and place.
    pub skipped: Vec<Skipped>,
    /// Counts.
    pub totals: Totals,
    /// The settings that decide what is matched and what is raised. Absent from reports of before version 1.1.
    #[serde(default)]
    pub method: Method,
    /// What a gate makes of the findings; absent where none looked at them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<Gate>,
}

/// The settings that decide what a report says; with the same version, inputs and method it comes out the same.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Method {
    /// Two claims are about the same thing from this probability upward, in [0, 1].
    pub threshold: f64,
    /// The rules in the order of their table, each with its level in force.
    pub rules: Vec<RuleInForce>,
}

/// A rule and how much what it raises weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleInForce {
    /// Identity of the rule.
    pub id: String,
    /// Its level; absent where the rule is off.
    pub level: Option<super::Severity>,
    /// One line: what differs. Absent from reports of before version 1.2.
    #[serde(default)]
    pub summary: String,
    /// What a finding of it is: `conflict` by itself, `context` beside one, or `problem` of a gate.
    #[serde(default)]
    pub bearing: String,
    /// Its page in Markdown, for the formats that carry help; no part of the JSON form.
    #[serde(skip)]
    pub page: &'static str,
}

/// The program that made a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolInfo {
    /// `crossclaim`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// One outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Its name.
    pub name: String,
    /// Who owns it, where the user's manifest says so.
    pub owner: Option<String>,
    /// What its name was taken from.
    pub named_by: NamedBy,
    /// Number of its documents.
    pub documents: u32,
    /// Number of its claims.
    pub claims: u32,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// Its identity, or the one its input gave.
    pub id: String,
    /// The outlet.
    pub source: String,
    /// The file.
    pub path: String,
    /// The line of the record in a file of several documents.
    pub record: Option<u32>,
    /// Name of the reader.
    pub format: String,
    /// The headline, if known.
    pub title: Option<String>,
    /// Where it was published on the web, if known.
    pub url: Option<String>,
    /// The day of publication, if known.
    pub published: Option<Date>,
    /// BCP 47 tag of the language, `und` where it is not known. Empty in reports of before version 1.2, as the four below.
    #[serde(default)]
    pub language: String,
    /// Who wrote it, as the document names them.
    #[serde(default)]
    pub author: Option<String>,
    /// The day of the last change.
    #[serde(default)]
    pub modified: Option<Date>,
    /// The agency, article or address it says it was taken from.
    #[serde(default)]
    pub based_on: Option<String>,
    /// Whether only a summary of it was there to be read.
    #[serde(default)]
    pub is_summary: bool,
    /// Number of its claims.
    pub claims: u32,
    /// Number of sentences that make no claim.
    pub set_aside: u32,
    /// Its comments that ask a gate to leave findings alone, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignores: Vec<IgnoreComment>,
}

/// Documents that tell of the same events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Hash of its documents.
    pub id: StoryId,
    /// The documents, as in [`DocumentEntry::id`].
    pub documents: Vec<String>,
    /// The groups of claims, as in [`Finding::group`].
    pub groups: Vec<super::GroupId>,
}

/// An input that could not be read, and why. It is listed in every format, never silent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skipped {
    /// The file.
    pub path: String,
    /// The place in it, where the trouble is at one.
    pub place: Option<Place>,
    /// One sentence: what is wrong and how to mend it.
    pub reason: String,
}

/// Counts over the whole run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Outlets.
    pub sources: u32,
    /// Documents.
    pub documents: u32,
    /// Claims.
    pub claims: u32,
    /// Sentences that make no claim.
    pub set_aside: u32,
    /// Pairs of claims that a blocking key brought together.
    pub candidates: u64,
    /// Pairs of claims whose score reached the threshold.
    pub matched: u64,
    /// Findings labelled agree.
    pub agree: u32,
    /// Findings labelled conflict.
    pub conflict: u32,
    /// Findings labelled single-source.
    pub single_source: u32,
    /// Inputs that could not be read.
    pub skipped: u32,
}
