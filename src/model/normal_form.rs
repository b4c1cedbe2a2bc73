//! A claim reduced to what can be compared. Normalizing never discards: bounds, hedges and unresolved dates stay.

use super::{Claim, Frame, Mention, MentionKind, Quantity, Span, TimeValue};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;
use std::fmt::Debug;
use std::sync::{Arc, OnceLock};

/// Words that lead from a speaker to what is told of the speaker.
const LEADS_ON: &[&str] = &["of", "for", "at", "from", "with", "in", "and", "to"];

/// A claim with its normal form.
#[derive(Debug, Clone)]
pub struct NormalClaim {
    /// The claim as extracted.
    pub claim: Claim,
    /// What it was reduced to.
    pub form: NormalForm,
    frames: OnceLock<Vec<Frame>>,
    reader: Option<Arc<dyn FrameReader>>,
}

/// Who reads the frames of claims off their sentences. The same claim gives the same frames whenever it is asked.
pub trait FrameReader: Debug + Send + Sync {
    /// The frames of a claim that was reduced to `form`, in the order of the predicates.
    fn frames(&self, claim: &Claim, form: &NormalForm) -> Vec<Frame>;
}

impl NormalClaim {
    /// A claim whose frames are known; none where its words are no clause.
    pub fn new(claim: Claim, form: NormalForm, frames: Vec<Frame>) -> Self {
        Self { claim, form, frames: frames.into(), reader: None }
    }

    /// A claim whose frames are read when they are first asked for: that takes longer than all else that is to be known of it,
    /// and most claims of a large corpus are like no other and never asked.
    pub fn with_reader(claim: Claim, form: NormalForm, reader: Arc<dyn FrameReader>) -> Self {
        Self { claim, form, frames: OnceLock::new(), reader: Some(reader) }
    }

    /// Who did what to whom, in the order of the predicates; empty where the words are no clause ("Two dead in blaze").
    pub fn frames(&self) -> &[Frame] {
        let read = || self.reader.as_ref().map_or_else(Vec::new, |reader| reader.frames(&self.claim, &self.form));
        self.frames.get_or_init(read)
    }

    /// The name of the quoted speaker, where the claim holds one: of the persons named inside the words that tell who spoke the last one
    /// ahead of what is told of them ("the mayor's deputy Ada Lind of the Friends of Garrow"), else the last name of any kind.
    pub fn speaker_name(&self) -> Option<&Mention> {
        let speaker = self.claim.attribution.as_ref()?.speaker.as_ref()?;
        let inside = || self.form.entities.iter().filter(|mention| speaker.span.overlaps(mention.span));
        // "Ola Varn of the Anglers of Garrow": a name that the words begin with is who spoke, known as a person or not.
        let opens = inside().next().filter(|first| {
            let behind = Span { start: first.span.end, end: speaker.span.end.max(first.span.end) };
            let owns = self.claim.words(behind).starts_with(['\'', '\u{2019}']);
            first.span.start == speaker.span.start && first.key.contains(' ') && !owns
        });
        if let Some(first) = opens.filter(|first| matches!(first.kind, MentionKind::Person | MentionKind::Other)) {
            return Some(first);
        }
        let mut persons = inside().filter(|mention| mention.kind == MentionKind::Person);
        let Some(first) = persons.next() else { return inside().next_back() };
        let is_led =
            |between: &str| between.contains(',') || between.split_whitespace().any(|word| LEADS_ON.contains(&word));
        let led_up_to = |mention: &&Mention| {
            let between = Span { start: first.span.end, end: mention.span.start.max(first.span.end) };
            !is_led(self.claim.words(between))
        };
        Some(persons.take_while(led_up_to).last().unwrap_or(first))
    }
}

impl PartialEq for NormalClaim {
    fn eq(&self, other: &Self) -> bool {
        self.claim == other.claim && self.form == other.form && self.frames() == other.frames()
    }
}

/// A claim with all that was read of it, as it is stored.
#[derive(Serialize)]
struct Stored<'a> {
    claim: &'a Claim,
    form: &'a NormalForm,
    frames: &'a [Frame],
}

/// The same, as it comes back.
#[derive(Deserialize)]
struct Restored {
    claim: Claim,
    form: NormalForm,
    frames: Vec<Frame>,
}

impl Serialize for NormalClaim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Stored { claim: &self.claim, form: &self.form, frames: self.frames() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for NormalClaim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Restored { claim, form, frames } = Restored::deserialize(deserializer)?;
        Ok(Self::new(claim, form, frames))
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
}

/// One word of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Where it stands.
    pub span: Span,
    /// The folded word: NFKC, lower case, plain quotes and dashes, contractions undone.
    pub word: SmolStr,
    /// Its Snowball stem.
    pub stem: SmolStr,
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
