//! What a gate may be told: its table, and the lists beside it, as they are deserialized after they have been checked.

use super::RuleLevel;
use crate::model::Severity;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// Settings of the gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CheckTable {
    /// Findings fail from this level upward.
    pub fail_on: FailOn,
    /// Findings are shown from this level upward.
    pub show: Severity,
    /// So many findings that fail are put up with.
    pub max_conflicts: u32,
    /// What is a source of its own.
    pub sources: SourceOf,
    /// Patterns of pages that tell what was so at their time.
    pub history: Vec<String>,
    /// Whether contradictions inside of one document are looked for too.
    pub within: bool,
    /// A file of known findings; none where empty.
    pub baseline: String,
    /// Whether entries of the baseline that nothing answers to fail the check.
    pub strict_baseline: bool,
    /// A file of what people made of findings; none where empty.
    pub review: String,
    /// A file of facts; none where empty.
    pub facts: String,
}

/// From which level upward findings fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// All of them.
    Note,
    /// Warnings and errors.
    Warning,
    /// Errors.
    Error,
    /// None.
    Never,
}

impl FailOn {
    /// The least level that fails.
    pub fn level(self) -> Option<Severity> {
        match self {
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }
}

/// What is a source of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceOf {
    /// Every document, by its path.
    Document,
    /// Every folder that holds documents.
    Folder,
    /// Every outlet: manifest, metadata, domain, folder, file name.
    Outlet,
}

/// Other levels of rules for some paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverrideEntry {
    /// Patterns of paths.
    pub paths: Vec<String>,
    /// The level of each rule that has another there.
    pub rules: BTreeMap<String, RuleLevel>,
}

/// Claims that so many sources have to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinSourcesEntry {
    /// Patterns of the paths they stand in.
    pub paths: Vec<String>,
    /// Only claims that hold all of these words; all claims where empty.
    #[serde(default)]
    pub words: Vec<String>,
    /// The least number of sources.
    pub sources: u32,
    /// The level of a claim that has fewer.
    #[serde(default = "warning")]
    pub level: Severity,
}

fn warning() -> Severity {
    Severity::Warning
}

/// Findings that are left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IgnoreEntry {
    /// Patterns of paths, one of a finding's.
    pub paths: Vec<String>,
    /// The rules that are left alone there.
    pub rules: Vec<String>,
    /// Why.
    pub reason: String,
    /// Only findings with a claim that holds all of these words.
    #[serde(default)]
    pub words: Vec<String>,
    /// The last day it holds.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<Date>,
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let value = toml::Value::deserialize(deserializer)?;
    Ok(super::keys::day(&value))
}
