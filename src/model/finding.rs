//! The answer for one group of claims: its label, who stands where, and the words that show it.

use super::{
    Attribution, Fingerprint, GroupId, Mention, Modality, Place, Polarity, Quantity, Span, StoryId, TimeValue, Weighed,
};
use serde::{Deserialize, Serialize};

/// One group of claims with its label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Survives edits that move text: made of rule, sources and canonical values.
    pub fingerprint: Fingerprint,
    /// The group.
    pub group: GroupId,
    /// The story the group belongs to.
    pub story: StoryId,
    /// The answer.
    pub label: Label,
    /// For `agree`: in what way the versions are compatible.
    pub kind: Option<AgreementKind>,
    /// How much it weighs in a gate: `conflict` carries its rule's level, the other labels are notes.
    pub level: Severity,
    /// How sure the comparison is of the label, in [0, 1].
    pub confidence: f64,
    /// Who stands on which side. One position for `agree` and `single-source`, two or more for `conflict`.
    pub positions: Vec<Position>,
    /// Why the label was given, strongest first.
    pub reasons: Vec<Reason>,
    /// Conflicts that were considered and not raised, and what reconciled them.
    pub explained_away: Vec<ExplainedAway>,
    /// For `conflict`: what a reader could look for that would settle it, a sentence for each rule that raised it.
    #[serde(default)]
    pub would_settle: Vec<String>,
    /// Number of outlets that report it.
    pub outlets: u32,
    /// Number of independent origins behind them: copies of one text count once.
    pub origins: u32,
    /// Number of different speakers it is attributed to.
    pub attributed_sources: u32,
    /// What a gate makes of it; absent where none looked at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighed: Option<Weighed>,
}

/// What the sources' claims about one thing amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// At least two versions cannot both hold as stated.
    Conflict,
    /// Two or more outlets report it, and their versions are compatible.
    Agree,
    /// Only one outlet reports it.
    SingleSource,
}

impl Label {
    /// The label as written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Agree => "agree",
            Self::SingleSource => "single-source",
        }
    }
}

/// In what way versions are compatible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgreementKind {
    /// Several outlets, one origin: it counts once.
    SameOrigin,
    /// The same words.
    Identical,
    /// "about 300" and 312.
    Rounding,
    /// "at least 40" and 43.
    Bounds,
    /// 5 km and 3.1 miles.
    Unit,
    /// The same content in other words.
    Paraphrase,
    /// One adds to the other.
    Detail,
}

impl AgreementKind {
    /// The kind as written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::SameOrigin => "same-origin",
            Self::Identical => "identical",
            Self::Rounding => "rounding",
            Self::Bounds => "bounds",
            Self::Unit => "unit",
            Self::Paraphrase => "paraphrase",
            Self::Detail => "detail",
        }
    }
}

/// How much a finding weighs in a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth a look.
    Warning,
    /// The versions exclude each other.
    Error,
}

impl Severity {
    /// The level as written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One side of a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The value that sets this side apart, where one value does.
    pub value: Option<Value>,
    /// The outlets on this side, in ascending order.
    pub outlets: Vec<String>,
    /// Their claims, by outlet, document and span.
    pub claims: Vec<ReportedClaim>,
}

/// A claim as it is reported, complete without the documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportedClaim {
    /// The claim's identity, or the one its input gave.
    pub id: String,
    /// The document's identity, or the one its input gave.
    pub document: String,
    /// The outlet.
    pub source: String,
    /// The file.
    pub path: String,
    /// Offset of the first byte in the text as read.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
    /// Where it begins in the file.
    #[serde(flatten)]
    pub place: Place,
    /// The place in the file after its last character; absent where only the line of its record is known.
    #[serde(default)]
    pub place_end: Option<Place>,
    /// The words of the claim.
    pub text: String,
    /// The sentence around it, where the claim is a part of it.
    pub sentence: Option<String>,
    /// The subject taken over from an earlier clause of the sentence, where the claim's own words lack one; with the predicate, where
    /// the claim is a further object of it.
    #[serde(default)]
    pub subject: Option<String>,
    /// True where the claim is the headline.
    pub headline: bool,
    /// True where it tells this besides what it tells in a finding of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guest: bool,
    /// Who is quoted as saying it.
    pub attribution: Option<Attribution>,
    /// How its words are found again: by what they are and what stands around them, and by their position. Empty in reports
    /// of before version 1.2.
    #[serde(default)]
    pub selector: Vec<Selector>,
}

/// A way to find words of a text again, in the form of the Web Annotation Data Model (W3C Recommendation, 2017, 4.2.4 and
/// 4.2.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Selector {
    /// The words, and so much of what stands before and after them that no other place of the text is meant.
    #[serde(rename = "TextQuoteSelector")]
    TextQuote {
        /// The words.
        exact: String,
        /// What stands before them.
        prefix: String,
        /// What stands after them.
        suffix: String,
    },
    /// Where they stand in the text as read, counted in characters (Unicode code points) from 0; half open.
    #[serde(rename = "TextPositionSelector")]
    TextPosition {
        /// The first character.
        start: u32,
        /// The character after the last.
        end: u32,
    },
}

/// Why a label was given: a rule and two typed values, from which the message is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Identity of the rule.
    pub rule: String,
    /// The words on the one side.
    pub left: Evidence,
    /// The words on the other.
    pub right: Evidence,
    /// One sentence in plain words.
    pub message: String,
}

/// A conflict that was considered and not raised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExplainedAway {
    /// Identity of the rule that would have raised it.
    pub rule: String,
    /// What reconciled it: "rounding", "bounds", "time", "scope", "measure", ...
    pub by: String,
    /// The words on the one side.
    pub left: Evidence,
    /// The words on the other.
    pub right: Evidence,
    /// One sentence in plain words.
    pub message: String,
}

/// The words that show something, with the value read from them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The claim, as in [`ReportedClaim::id`].
    pub claim: String,
    /// Where the words stand in the text as read.
    pub span: Span,
    /// The words.
    pub text: String,
    /// What was read from them.
    pub value: Value,
}

impl Evidence {
    /// Moves its words by so many bytes, modulo 2³²: it shows the same in another text that has them there.
    pub fn moved(&mut self, by: u32) {
        let of_value = match &mut self.value {
            Value::Quantity(quantity) => Some(&mut quantity.span),
            Value::Time(time) => Some(&mut time.span),
            Value::Mention(mention) => Some(&mut mention.span),
            Value::Polarity(_) | Value::Modality(_) | Value::Term(_) | Value::Text(_) => None,
        };
        for span in of_value.into_iter().chain([&mut self.span]) {
            *span = Span { start: span.start.wrapping_add(by), end: span.end.wrapping_add(by) };
        }
    }
}

/// A typed value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "kebab-case")]
pub enum Value {
    /// An amount.
    Quantity(Quantity),
    /// A time.
    Time(TimeValue),
    /// A name.
    Mention(Mention),
    /// Affirmed or denied.
    Polarity(Polarity),
    /// How sure.
    Modality(Modality),
    /// A word, by its stem.
    Term(String),
    /// Words as written.
    Text(String),
}
