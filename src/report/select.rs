//! A report → the part of it that was asked for. Counts stay those of the whole run, so nothing is hidden in silence.

use crate::model::{Label, Report, Severity};

/// What `--only` and `--limit` ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The labels to keep; all of them where empty.
    pub labels: Vec<Label>,
    /// At most this many findings.
    pub limit: Option<usize>,
    /// Conflicts from this level upward only.
    pub least: Option<Severity>,
}

/// Leaves the findings in `report` that `selection` asks for, in their order. Stories keep naming all their groups.
pub fn select(mut report: Report, selection: &Selection) -> Report {
    if !selection.labels.is_empty() {
        report.findings.retain(|finding| selection.labels.contains(&finding.label));
    }
    if let Some(least) = selection.least {
        report.findings.retain(|finding| finding.label != Label::Conflict || finding.level >= least);
    }
    if let Some(limit) = selection.limit {
        report.findings.truncate(limit);
    }
    report
}
