//! A claim's frames → its deeds: predicate and parts as places in the claim's words, as the other rules count them. It knows one
//! claim; which deeds of two claims are one is the matter of `clauses`.

use crate::lexicon::verb_frames;
use crate::model::{
    Frame as Told, FrameKind, Layer, Mention, MentionKind, Modality, NormalClaim, Role, RoleKind, Span, TermRole,
};

/// Deeds looked at per claim.
const DEEDS: usize = 24;

/// One deed or state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Deed {
    /// The word of the predicate, as a place in the claim's words.
    pub(super) predicate: usize,
    /// Its dictionary form, with its particle: "shut down".
    pub(super) lemma: String,
    /// Who does it, or of what a state is told; several where they are joined.
    pub(super) agents: Vec<Part>,
    /// Whom or what it is done to.
    pub(super) patients: Vec<Part>,
    /// What stands in the phrase of whom or what it is done to, besides its head: "of Kovaria" in "the envoy of Kovaria".
    pub(super) inside: Vec<Part>,
    /// The same of who does it: "of Genmark" in "shares of Genmark".
    pub(super) inside_agents: Vec<Part>,
    /// The rest, each with its preposition: "to the surgeon", "in Garrow".
    pub(super) others: Vec<(String, Part)>,
    /// The phrases that tell when.
    pub(super) times: Vec<Span>,
    /// True where it is told not to be so.
    pub(super) denied: bool,
    /// How it is told.
    pub(super) footing: Footing,
    /// True for the main predicate of the claim, those joined to it, and what somebody is quoted as saying.
    pub(super) main: bool,
    /// True where the predicate is a noun or adjective.
    pub(super) state: bool,
}

impl Deed {
    /// Of whom it is told: who does it, or of a passive whom it is done to.
    pub(super) fn party(&self) -> &[Part] {
        if self.agents.is_empty() { &self.patients } else { &self.agents }
    }

    /// True for a verb under which somebody's words stand: who says a thing is not what the claim tells.
    pub(super) fn is_saying(&self) -> bool {
        verb_frames().values(&self.lemma).is_some_and(|values| values.contains(&"says"))
    }
}

/// How a deed is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Footing {
    /// As a fact, by the outlet or somebody quoted.
    Fact,
    /// As a plan or order.
    Plan,
    /// As a possibility, a condition, a wish or a question.
    Open,
}

/// A participant: the head of its phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// The head as a place in the claim's words.
    pub(super) head: usize,
    /// True for a pronoun: who is meant is not known here.
    pub(super) pronoun: bool,
    /// True where it is named in another clause and taken over from there: grammar may have taken the wrong one.
    pub(super) carried: bool,
}

/// The deeds of a claim, in the order of the text.
pub(super) fn deeds(claim: &NormalClaim) -> Vec<Deed> {
    claim.frames().iter().take(DEEDS).filter_map(|told| deed(claim, told)).collect()
}

fn deed(claim: &NormalClaim, told: &Told) -> Option<Deed> {
    let of = |kind: RoleKind| told.roles(kind).filter_map(|role| part(claim, role)).collect::<Vec<Part>>();
    let others = told
        .roles
        .iter()
        .filter(|role| !matches!(role.kind, RoleKind::Agent | RoleKind::Patient | RoleKind::Attribute))
        .filter_map(|role| {
            let lead = match role.kind {
                RoleKind::Recipient => "to",
                _ => role.preposition.as_deref().unwrap_or(""),
            };
            Some((lead.to_owned(), part(claim, role)?))
        })
        .collect();
    Some(Deed {
        predicate: place(claim, told.predicate)?,
        lemma: told.particle.as_ref().map_or_else(|| told.lemma.clone(), |it| format!("{} {it}", told.lemma)),
        agents: of(RoleKind::Agent),
        patients: of(RoleKind::Patient),
        inside: told.roles(RoleKind::Patient).flat_map(|role| inside(claim, role)).collect(),
        inside_agents: told.roles(RoleKind::Agent).flat_map(|role| inside(claim, role)).collect(),
        others,
        times: told.roles(RoleKind::Time).map(|role| role.span).collect(),
        denied: told.negation.is_some(),
        footing: match told.modality {
            Modality::Asserted | Modality::Probable => Footing::Fact,
            Modality::Planned => Footing::Plan,
            Modality::Possible | Modality::Hypothetical => Footing::Open,
        },
        main: matches!(told.layer, Layer::Main | Layer::Content),
        state: matches!(told.kind, FrameKind::Copula | FrameKind::Apposition),
    })
}

/// The words of content in a phrase besides its head.
fn inside(claim: &NormalClaim, role: &Role) -> Vec<Part> {
    let terms = claim.form.terms.iter().enumerate();
    let inside = terms.filter(|(_, term)| {
        let content = matches!(term.role, TermRole::Content | TermRole::Name);
        content && role.span.contains(term.span) && !role.head.overlaps(term.span)
    });
    inside.map(|(head, _)| Part { head, pronoun: false, carried: false }).collect()
}

/// The place among the claim's words of the first word under `span`.
fn place(claim: &NormalClaim, span: Span) -> Option<usize> {
    claim.form.terms.iter().position(|term| term.span.overlaps(span))
}

/// The name that stands in commas behind a noun: "her deputy, Carl Benning".
fn name_beside<'a>(claim: &'a NormalClaim, role: &Role) -> Option<&'a Mention> {
    let beside = claim.frames().iter().filter(|frame| frame.kind == FrameKind::Apposition);
    let of = beside.filter(|frame| frame.roles(RoleKind::Agent).any(|named| named.head == role.head));
    let heads = of.flat_map(|frame| frame.roles(RoleKind::Attribute)).map(|told| told.head);
    let is_party = |name: &&Mention| matches!(name.kind, MentionKind::Person | MentionKind::Organization);
    let names = || claim.form.entities.iter().filter(is_party);
    heads.filter_map(|head| names().find(|name| name.span.overlaps(head))).next()
}

/// The head of a phrase; where an office stands before a name, or in commas ahead of it, the name.
fn part(claim: &NormalClaim, role: &Role) -> Option<Part> {
    let terms = &claim.form.terms;
    let head = place(claim, role.head)?;
    let named = terms[head].role == TermRole::Name;
    let name =
        claim.form.entities.iter().find(|name| name.kind == MentionKind::Person && role.span.contains(name.span));
    let name = name.or_else(|| name_beside(claim, role));
    let head = name.filter(|_| !named).and_then(|name| place(claim, name.span)).unwrap_or(head);
    let pronoun = matches!(
        terms[head].word.as_str(),
        "he" | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "you"
            | "him"
            | "her"
            | "them"
            | "us"
            | "me"
            | "this"
            | "that"
            | "these"
            | "those"
            | "who"
            | "which"
            | "whom"
            | "himself"
            | "herself"
            | "itself"
            | "themselves"
    );
    Some(Part { head, pronoun, carried: role.carried })
}
