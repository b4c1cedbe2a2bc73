//! What a source states.

use super::{ClaimId, DocumentId, Place, SetAside, SourceId, Span};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One statement of one document. All spans point into the text of the document and lie inside `sentence`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Hash of document and span.
    pub id: ClaimId,
    /// The identity the input gave, for ready-made claims.
    pub given_id: Option<String>,
    /// The document it stands in.
    pub document: DocumentId,
    /// The outlet that makes it.
    pub source: SourceId,
    /// The words of the claim: a clause, or a whole sentence.
    pub span: Span,
    /// The sentence around it.
    pub sentence: Span,
    /// The text of that sentence, shared by the claims made of it.
    pub context: Arc<str>,
    /// Where the claim begins in the file.
    pub place: Place,
    /// The place in the file after its last character; nothing where only the line of its record is known.
    #[serde(default)]
    pub place_end: Option<Place>,
    /// Headline, body, or ready-made.
    pub kind: ClaimKind,
    /// The subject carried over from an earlier clause of the sentence, where the claim's own words lack one.
    pub subject: Option<Span>,
    /// What is shared with an earlier clause: the predicate, where the claim is a further object of it ("spoke about" in "they spoke
    /// about the harvest and about the ban on fishing"), or the auxiliaries of its own predicate ("will" in "will close two plants and
    /// sell the third").
    #[serde(default)]
    pub predicate: Option<Span>,
    /// What the sentence tells once for this claim and for others, where it stands outside of the claim, its subject and its
    /// predicate: a time, a place, a reservation such as "allegedly".
    #[serde(default)]
    pub circumstances: Vec<Span>,
    /// Who is quoted as saying it, if it is quoted.
    pub attribution: Option<Attribution>,
    /// The words in quotation marks, without the marks.
    pub quotes: Vec<Span>,
}

impl Claim {
    /// The words of the claim.
    pub fn text(&self) -> &str {
        self.words(self.span)
    }

    /// The words under `span`, which must lie inside the sentence; empty if it does not.
    pub fn words(&self, span: Span) -> &str {
        let from = (span.start as usize).wrapping_sub(self.sentence.start as usize);
        let to = (span.end as usize).wrapping_sub(self.sentence.start as usize);
        self.context.get(from..to).unwrap_or("")
    }

    /// True where the words under `span` are the claim's own, or of the predicate it shares: not of a subject it only took
    /// over.
    pub fn states(&self, span: Span) -> bool {
        self.span.contains(span) || self.predicate.is_some_and(|predicate| predicate.contains(span))
    }

    /// True where the words under `span` tell a time, a place or a reservation that holds for this claim and for others.
    pub fn shares(&self, span: Span) -> bool {
        self.circumstances.iter().any(|shared| shared.contains(span))
    }

    /// What is taken over from the rest of the sentence, in its order: subject, predicate and circumstances, where they stand
    /// outside of the claim.
    pub fn taken_over(&self) -> Vec<Span> {
        let parts = [self.subject, self.predicate].into_iter().flatten().chain(self.circumstances.iter().copied());
        let mut spans: Vec<Span> = parts.filter(|span| !self.span.contains(*span)).collect();
        spans.sort_unstable();
        spans
    }

    /// The words taken over from the rest of the sentence, where there are any outside of its own.
    pub fn carried(&self) -> Option<String> {
        let words: Vec<&str> = self.taken_over().into_iter().map(|span| self.words(span)).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// The identity shown to users: the one the input gave, else the hash.
    pub fn shown_id(&self) -> String {
        self.given_id.clone().unwrap_or_else(|| self.id.to_string())
    }
}

/// Which part of its document a claim comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
    /// The headline.
    Headline,
    /// The text under it.
    Body,
    /// A ready-made claim, taken whole.
    Given,
}

/// Who is quoted as saying a claim (Pareti 2012: source, cue, content).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// Who said it first; absent where the text names nobody ("reportedly").
    pub speaker: Option<Speaker>,
    /// Who passed it on, from the one next to the outlet to the one who heard it: "the Courier" in "the Courier reported
    /// that police said".
    #[serde(default)]
    pub via: Vec<Speaker>,
    /// The reporting words: "said", "according to".
    pub cue: Span,
    /// The reporting words themselves, since the cue may stand in another sentence.
    pub cue_text: String,
    /// In the speaker's words, or retold.
    pub mode: Mode,
}

/// A quoted person or body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Where the speaker is named; possibly in a neighboring sentence.
    pub span: Span,
    /// The name as written there.
    pub text: String,
}

/// In the speaker's own words, or retold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Inside quotation marks.
    Direct,
    /// Retold by the outlet.
    Indirect,
}

/// A sentence or clause that makes no claim, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAsideSentence {
    /// Where it stands.
    pub span: Span,
    /// Why it makes no claim.
    pub reason: SetAside,
}

/// What `extract` gives for one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Extracted {
    /// The claims, in order of their spans.
    pub claims: Vec<Claim>,
    /// What was set aside, in order.
    pub set_aside: Vec<SetAsideSentence>,
}
