//! Paths → report: the order of the stages. This version knows the surface the program calls and runs no stage yet.

use crate::config::Settings;
use crate::error::Result;
use crate::model::{
    AgreementKind, Alignment, Attribution, Candidate, Claim, ClaimId, ClaimKind, Comparison, Document, DocumentId,
    ExplainedAway, Extracted, Modality, NormalClaim, NormalForm, Place, Polarity, Reason, Report, SCHEMA_VERSION,
    Segmented, Skipped, SourceId, Span, ToolInfo, Totals,
};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

/// How far [`look`] runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Read only.
    Documents,
    /// Read and cut into passages.
    Passages,
    /// Read and cut into passages and sentences.
    Sentences,
    /// As far as claims.
    Claims,
    /// As far as normal forms.
    Values,
}

/// What the stages up to `normalize` saw. The lists of `segmented` and `extracted` run along with `documents`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// What was read, by path and record.
    pub documents: Vec<Document>,
    /// The passages and sentences of each document.
    pub segmented: Vec<Segmented>,
    /// The claims of each document, and what was set aside.
    pub extracted: Vec<Extracted>,
    /// All claims in order, with their normal forms.
    pub claims: Vec<NormalClaim>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// The pairs of claims that share a blocking key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Candidates {
    /// What was read, by path and record.
    pub documents: Vec<Document>,
    /// All claims; the pairs index into them.
    pub claims: Vec<NormalClaim>,
    /// The pairs, by left and right.
    pub pairs: Vec<Candidate>,
    /// The names of the blocking keys, by their bit.
    pub keys: Vec<String>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// How two claims stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PairLabel {
    /// About the same thing, and compatible.
    Agree,
    /// About the same thing, and not both possible as stated.
    Conflict,
    /// Not about the same thing.
    Unmatched,
}

impl PairLabel {
    /// The label as written in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Conflict => "conflict",
            Self::Unmatched => "unmatched",
        }
    }
}

/// Everything there is to say about one pair of claims.
#[derive(Debug, Clone, PartialEq)]
pub struct PairOutcome {
    /// How the two stand to each other.
    pub label: PairLabel,
    /// How surely both are about the same thing, in [0, 1].
    pub score: f64,
    /// In what way they are compatible, if they agree.
    pub kind: Option<AgreementKind>,
    /// Why they conflict.
    pub reasons: Vec<Reason>,
    /// Conflicts considered and not raised.
    pub explained_away: Vec<ExplainedAway>,
    /// The levels, one by one.
    pub comparison: Comparison,
    /// The one claim.
    pub left: NormalClaim,
    /// The other.
    pub right: NormalClaim,
    /// What would change the label, one sentence each.
    pub flips: Vec<String>,
}

/// Two claim texts, taken as two outlets' claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPair {
    /// The identity the input gave.
    pub id: String,
    /// The one text.
    pub a: String,
    /// The other.
    pub b: String,
}

/// A claim to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The identity the input gave.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// What was found for one [`Query`].
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResult {
    /// The query's identity.
    pub query: String,
    /// What was found, best first.
    pub hits: Vec<Hit>,
}

/// One claim that resembles a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The claim's identity, or the one its input gave.
    pub id: String,
    /// The document's identity, or the one its input gave.
    pub document: String,
    /// The outlet.
    pub source: String,
    /// The words of the claim.
    pub text: String,
    /// How surely both are about the same thing, in [0, 1].
    pub score: f64,
    /// How it stands to the query.
    pub label: PairLabel,
}

/// Compares the documents under `paths`.
pub fn compare(paths: &[PathBuf], settings: &Settings) -> Result<Report> {
    let _ = (paths, settings);
    Ok(Report {
        schema: SCHEMA_VERSION.to_owned(),
        tool: ToolInfo { name: "crossclaim".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        sources: Vec::new(),
        documents: Vec::new(),
        stories: Vec::new(),
        findings: Vec::new(),
        skipped: Vec::new(),
        totals: Totals::default(),
    })
}

/// Runs the early stages only.
pub fn look(paths: &[PathBuf], settings: &Settings, until: Stage) -> Result<Run> {
    let _ = (paths, settings, until);
    Ok(Run::default())
}

/// The pairs that would be compared.
pub fn candidates(paths: &[PathBuf], settings: &Settings) -> Result<Candidates> {
    let _ = (paths, settings);
    Ok(Candidates::default())
}

/// Compares two texts as the claims of two outlets.
pub fn compare_pair(
    a: &str,
    b: &str,
    a_published: Option<Date>,
    b_published: Option<Date>,
    settings: &Settings,
) -> PairOutcome {
    let _ = (a_published, b_published, settings);
    PairOutcome {
        label: PairLabel::Unmatched,
        score: 0.0,
        kind: None,
        reasons: Vec::new(),
        explained_away: Vec::new(),
        comparison: Comparison {
            left: 0,
            right: 1,
            levels: Vec::new(),
            weight: 0.0,
            score: 0.0,
            alignment: Alignment::default(),
            veto: None,
        },
        left: bare(a),
        right: bare(b),
        flips: Vec::new(),
    }
}

/// Compares many pairs of texts; the outcomes run along with `pairs`.
pub fn compare_pairs(pairs: &[TextPair], settings: &Settings) -> Vec<PairOutcome> {
    pairs.iter().map(|pair| compare_pair(&pair.a, &pair.b, None, None, settings)).collect()
}

/// Looks for the claims that resemble each query.
pub fn search(queries: &[Query], paths: &[PathBuf], limit: usize, settings: &Settings) -> Result<Vec<SearchResult>> {
    let _ = (paths, limit, settings);
    Ok(queries.iter().map(|query| SearchResult { query: query.id.clone(), hits: Vec::new() }).collect())
}

/// The readers: name, and the extensions they read.
pub fn readers() -> Vec<(String, String)> {
    Vec::new()
}

/// The blocking keys: name, and what they bring together.
pub fn keys() -> Vec<(String, String)> {
    Vec::new()
}

/// A claim with an empty normal form.
fn bare(text: &str) -> NormalClaim {
    let span = Span::new(0, text.len());
    let attribution: Option<Attribution> = None;
    NormalClaim {
        claim: Claim {
            id: ClaimId::of([text]),
            given_id: None,
            document: DocumentId::of([text]),
            source: SourceId::of([text]),
            span,
            sentence: span,
            context: Arc::from(text),
            place: Place { line: 1, column: 1 },
            kind: ClaimKind::Given,
            subject: None,
            attribution,
            quotes: Vec::new(),
        },
        form: NormalForm {
            terms: Vec::new(),
            entities: Vec::new(),
            quantities: Vec::new(),
            times: Vec::new(),
            polarity: Polarity::Affirmed,
            negations: Vec::new(),
            modality: Modality::Asserted,
            modality_cue: None,
        },
    }
}
