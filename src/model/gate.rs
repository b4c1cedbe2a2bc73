//! What a gate makes of a finished report: which findings count against it, and what else is wrong with the corpus.

use super::{Place, Severity};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The outcome of a gate over one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Whether it opened.
    pub status: GateStatus,
    /// Findings fail from this level upward; absent where none does.
    pub fail_on: Option<Severity>,
    /// So many findings that fail are put up with.
    pub max_conflicts: u32,
    /// Findings and problems that fail.
    pub failing: u32,
    /// Findings that a baseline holds already; absent where no baseline is in force.
    pub baselined: Option<u32>,
    /// Findings that somebody left alone with a reason.
    pub suppressed: u32,
    /// Findings that touch none of the files that changed; absent where all were looked at.
    #[serde(default)]
    pub untouched: Option<u32>,
    /// What is wrong besides conflicts, by path and place.
    pub problems: Vec<Problem>,
}

/// Whether a gate opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateStatus {
    /// No more fails than is put up with.
    Passed,
    /// More does.
    Failed,
}

/// What a gate makes of one finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// The mark of the finding in baselines, with the version of its making in front; free of positions.
    pub mark: String,
    /// Whether it counts against the gate.
    pub fails: bool,
    /// How it stands to the baseline in force; absent where there is none.
    pub baseline: Option<BaselineState>,
    /// Who left it alone, and why.
    pub suppression: Option<Suppression>,
}

impl Weighed {
    /// True where neither a baseline nor a suppression holds it back.
    pub fn is_live(&self) -> bool {
        self.baseline != Some(BaselineState::Unchanged) && self.suppression.is_none()
    }
}

/// How a finding stands to a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BaselineState {
    /// The baseline does not know it, or not so often.
    New,
    /// The baseline holds it.
    Unchanged,
}

/// Why a finding is left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// Where that is written.
    pub kind: SuppressionKind,
    /// The file it is written in.
    pub path: String,
    /// The place in it.
    pub place: Option<Place>,
    /// The reason given.
    pub reason: String,
    /// The last day it holds.
    pub until: Option<Date>,
}

/// Where a suppression is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuppressionKind {
    /// In a comment of a document.
    InSource,
    /// In the configuration.
    External,
}

/// Something that is wrong and is no conflict between two claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What it is called, as rules are.
    pub rule: String,
    /// How much it weighs.
    pub level: Severity,
    /// The file it is about.
    pub path: String,
    /// The place in it.
    pub place: Option<Place>,
    /// The place after its last character.
    pub place_end: Option<Place>,
    /// One sentence: what is wrong and how to mend it.
    pub message: String,
    /// Whether it counts against the gate.
    pub fails: bool,
    /// How it stands to the baseline in force; absent where there is none, or it belongs into none.
    pub baseline: Option<BaselineState>,
    /// A mark free of positions.
    pub mark: String,
}

/// A comment in a document that asks a gate to leave findings alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IgnoreComment {
    /// Where it begins.
    pub place: Place,
    /// The first line it is about.
    pub from: u32,
    /// The last.
    pub to: u32,
    /// The rules it names.
    pub rules: Vec<String>,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub until: Option<Date>,
    /// What is wrong with it; then it has no effect.
    pub mistake: Option<String>,
}
