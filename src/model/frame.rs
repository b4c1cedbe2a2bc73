//! Who did what to whom: one event or state that a claim tells.

use super::{Modality, Span};
use serde::{Deserialize, Serialize};

/// One predicate with its participants. All spans point into the document's text.
///
/// A passive is resolved: "the ministers were warned by experts" has the agent *experts* and the patient *ministers*, as "experts
/// warned the ministers" has. A participant that grammar carries over from another clause is there as well.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The word that tells what happens or holds.
    pub predicate: Span,
    /// Its dictionary form; of "be" with a noun or adjective, that of the noun or adjective; of a noun that names a deed, that of the
    /// verb it stands for ("made a decision": decide).
    pub lemma: String,
    /// The particle of a phrasal verb: "up" of "blew up".
    pub particle: Option<String>,
    /// What sort of predicate it is.
    pub kind: FrameKind,
    /// Where in its sentence it stands.
    pub layer: Layer,
    /// The number, in the claim's list, of the frame that it is the content or a part of: of a reported statement, the
    /// reporting frame.
    pub parent: Option<usize>,
    /// True where it was written as a passive.
    pub passive: bool,
    /// Who takes part, where, when and how, in the order of the text.
    pub roles: Vec<Role>,
    /// The word that denies it, if it is denied.
    pub negation: Option<Span>,
    /// How sure the text is of it, as far as its own words and the verb above it tell.
    pub modality: Modality,
    /// The word that says so.
    pub modality_cue: Option<Span>,
    /// Who is said to have said it, where the sentence names the speaker.
    pub speaker: Option<Span>,
}

/// What sort of predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FrameKind {
    /// A verb: "fell".
    Verb,
    /// "be" with what something is: "was mayor", "is closed".
    Copula,
    /// A noun that names a deed, with one of its parts: "the arrest of the tycoon". Its lemma is that of the verb.
    Nominal,
    /// A name and what is set beside it: "Ilse Varn, the mayor".
    Apposition,
}

/// Where a frame stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// The main clause, or one coordinated with it.
    Main,
    /// What somebody says, thinks or orders.
    Content,
    /// The verb under another one: "plans *to leave*".
    Complement,
    /// Beside a noun: "the man *who left*", "a bill *passed* in May".
    Relative,
    /// Beside the main clause: "*after it rained*".
    Adverbial,
    /// Under "if" or "unless".
    Condition,
}

/// One participant or circumstance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// What part it plays.
    pub kind: RoleKind,
    /// Its main word.
    pub head: Span,
    /// All its words, without clauses that hang from it and without what is coordinated with it.
    pub span: Span,
    /// The dictionary form of its main word.
    pub lemma: String,
    /// The preposition before it.
    pub preposition: Option<String>,
    /// The number that counts it: "12" of "12 people".
    pub count: Option<Span>,
    /// True where it is named in another clause and carried over.
    pub carried: bool,
}

/// What part a participant plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleKind {
    /// Who does it, or what it is said of.
    Agent,
    /// Who or what it is done to.
    Patient,
    /// Who gets it or is told it.
    Recipient,
    /// What something is.
    Attribute,
    /// Where.
    Place,
    /// When.
    Time,
    /// How, or by what means.
    Manner,
    /// Why.
    Cause,
    /// Any other, told by its preposition.
    Other,
}

impl Frame {
    /// The participants that play this part: several where they are coordinated.
    pub fn roles(&self, kind: RoleKind) -> impl Iterator<Item = &Role> + '_ {
        self.roles.iter().filter(move |role| role.kind == kind)
    }
}
