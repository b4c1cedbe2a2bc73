//! Groups of claims → findings.
//!
//! What comes in: a group of claims with the comparisons that hold it together. What goes out: a label with its reasons,
//! positions, and the conflicts that were considered and not raised. It never says which side is right.

mod agreement;

mod by_words;

mod decide;

mod page;

pub mod rules;

pub use agreement::Sameness;
pub use by_words::{RelationByWords, agree, are_of_other_pages, relation_by_words};
pub use decide::{Context, DocumentFacts, LabelSettings, Matched, flips, label, single, stand};
pub use page::Page;
pub use rules::Case;

use crate::model::{Alignment, ExplainedAway, Inference, NormalClaim, Reason, Severity};
use jiff::civil::Date;

/// A way in which two claims about the same thing can exclude each other.
///
/// A rule sees a pair that has already been matched: both are about the same thing as far as the words tell. It must be
/// symmetric: swapping the claims swaps the sides of its outcome and changes nothing else.
pub trait Rule: Sync {
    /// What the rule is called and what it means.
    fn meta(&self) -> &'static RuleMeta;

    /// The level of what it raises for this case, unless configured otherwise.
    fn level(&self, _: &Case<'_>) -> Severity {
        self.meta().level
    }

    /// Holds the two claims against each other.
    fn check(&self, case: &Case<'_>) -> Outcome;
}

/// What every list of rules prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleMeta {
    /// Kebab-case name, equal to the names of its files.
    pub id: &'static str,
    /// One line: what differs.
    pub summary: &'static str,
    /// Whether it makes a conflict by itself.
    pub bearing: Bearing,
    /// The level of a finding it raises, unless configured otherwise.
    pub level: Severity,
    /// The version it came with.
    pub since: &'static str,
    /// Its page: documentation, output of `explain`, and test.
    pub page: &'static str,
}

impl RuleMeta {
    /// What a reader could look for that would settle a conflict of this rule: the paragraph under the heading of that
    /// name on the rule's page.
    pub fn would_settle(&self) -> Option<&'static str> {
        let (_, below) = self.page.split_once("## What would settle it\n")?;
        let (section, _) = below.split_once("\n## ").unwrap_or((below, ""));
        Some(section.trim())
    }
}

/// Whether a rule makes a conflict by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// What it raises is a conflict.
    Conflict,
    /// What it raises is a conflict where no other rule has anything to say of the pair: a reader's impression, which values
    /// that were read and compared overrule.
    Inferred,
    /// What it raises is reported beside the label.
    Context,
}

impl Bearing {
    /// The bearing as written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Inferred => "inferred conflict",
            Self::Context => "context",
        }
    }
}

/// Two matched claims, as a rule sees them.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// The one claim.
    pub left: &'a NormalClaim,
    /// The other.
    pub right: &'a NormalClaim,
    /// Which words of the one stand for which of the other.
    pub alignment: &'a Alignment,
    /// What a reader of both infers, where one was asked.
    pub inference: Option<Inference>,
    /// When the left claim's document was published.
    pub left_published: Option<Date>,
    /// When the right claim's document was published.
    pub right_published: Option<Date>,
    /// What is known of the documents of both claims as pages; nothing where it is one document, or where none is known.
    pub pages: Option<[&'a Page; 2]>,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Nothing to say: what the rule looks at is absent, alike, or not comparable.
    Silent,
    /// The two cannot both hold as stated.
    Raised(Reason),
    /// The two differ, and something reconciles them.
    ExplainedAway(ExplainedAway),
}
