//! A claim reduced to what can be compared. Normalizing never discards: bounds, hedges and unresolved dates stay.

use super::{Claim, Frame, Mention, Quantity, Span, TimeValue};
use serde::{Deserialize, Serialize};

/// A claim with its normal form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NormalClaim {
    /// The claim as extracted.
    pub claim: Claim,
    /// What it was reduced to.
    pub form: NormalForm,
}

impl NormalClaim {
    /// The name of the quoted speaker, where the claim holds one: the last name inside the words that tell who spoke.
    pub fn speaker_name(&self) -> Option<&Mention> {
        let speaker = self.claim.attribution.as_ref()?.speaker.as_ref()?;
        self.form.entities.iter().rfind(|mention| speaker.span.overlaps(mention.span))
    }
}

/// The comparable content of a claim. The default is that of no words: affirmed, asserted, with no value in it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NormalForm {
    /// The words, in order, those of the carried-over subject first.
    pub terms: Vec<Term>,
    /// The names, in order.
    pub entities: Vec<Mention>,
    /// The quantities, in order.
    pub quantities: Vec<Quantity>,
    /// The times, in order.
    pub times: Vec<TimeValue>,
    /// Whether the claim as a whole is denied.
    pub polarity: Polarity,
    /// The words that deny something.
    pub negations: Vec<Negation>,
    /// How sure the text is of it.
    pub modality: Modality,
    /// The words that say so.
    pub modality_cue: Option<Span>,
    /// On whose word it stands, and how firmly.
    pub certainty: Certainty,
    /// Who did what to whom, in the order of the predicates; empty where the words are no clause ("Two dead in blaze").
    pub frames: Vec<Frame>,
}

/// One word of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Where it stands.
    pub span: Span,
    /// The folded word: NFKC, lower case, plain quotes and dashes, contractions undone.
    pub word: String,
    /// Its Snowball stem.
    pub stem: String,
    /// What part it plays.
    pub role: TermRole,
    /// True where a negation covers it.
    pub negated: bool,
}

/// What part a word plays when claims are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermRole {
    /// Carries meaning.
    Content,
    /// Part of a name.
    Name,
    /// Part of a quantity.
    Quantity,
    /// Part of a time.
    Time,
    /// Grammar: articles, prepositions, auxiliaries.
    Function,
    /// Who said it and the reporting words.
    Attribution,
}

/// Words that deny something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Negation {
    /// The denying words: "not", "never", "failed to".
    pub cue: Span,
    /// What they cover.
    pub scope: Span,
}

/// Whether a claim is affirmed or denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// Stated to be so.
    #[default]
    Affirmed,
    /// Stated not to be so.
    Negated,
}

impl Polarity {
    /// The other one.
    pub fn turned(self) -> Self {
        match self {
            Self::Affirmed => Self::Negated,
            Self::Negated => Self::Affirmed,
        }
    }
}

/// How sure a text is of its claim, after the factuality ladder of Saurí & Pustejovsky (FactBank, 2009).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// Stated as a fact.
    #[default]
    Asserted,
    /// "likely", "allegedly", "believed to".
    Probable,
    /// "may", "could", "possibly".
    Possible,
    /// A plan, prediction or order: "will", "plans to", "is expected to".
    Planned,
    /// A condition: "if", "would".
    Hypothetical,
}

/// On whose word a claim stands and how firmly: the rungs from a fact the outlet states on its own to what is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// The outlet states it on its own.
    #[default]
    Asserted,
    /// An authority states it: police, a ministry, a court.
    Official,
    /// Somebody else states it.
    Attributed,
    /// It is said without a speaker, or as an accusation: "allegedly", "reportedly".
    Alleged,
    /// It is reckoned or guessed: "is estimated to", "likely", "may".
    Estimated,
    /// It is to come: "will", "plans to".
    Planned,
    /// It holds under a condition.
    Hypothetical,
    /// Somebody denies it.
    Denied,
}
