//! Two texts taken as the claims of two outlets: the same stages, without the index.

use super::session::Session;
use super::{handed, on_threads, sense, together};
use crate::compare::{self, Reading, StoryProfiles};
use crate::config::{Meaning, Settings};
use crate::error::Result;
use crate::grammar::Trees;
use crate::label::{self, Matched, Pair, Sameness};
use crate::lexicon::background::Rarity;
use crate::model::{
    AgreementKind, Claim, ClaimId, ClaimKind, Comparison, CorpusStats, Document, DocumentForm, DocumentId,
    ExplainedAway, LineMap, NamedBy, NormalClaim, Origin, Passage, PassageKind, Place, Reason, Relation, Source, Span,
};
use crate::{extract, normalize, segment};
use jiff::civil::Date;
use rayon::prelude::*;

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

/// Compares two texts as the claims of two outlets, published when told.
pub fn compare_pair(
    a: &str,
    b: &str,
    a_published: Option<Date>,
    b_published: Option<Date>,
    settings: &Settings,
) -> PairOutcome {
    let known = handed::normalize(settings);
    let left = claim_of("A", a, a_published, &known);
    let right = claim_of("B", b, b_published, &known);
    compare_claims(left, right, a_published, b_published, settings)
}

/// Compares many pairs of texts; the outcomes run along with `pairs`.
///
/// # Errors
///
/// A model or a folder of results that cannot be used, or no threads to be had.
pub fn compare_pairs(pairs: &[TextPair], settings: &Settings) -> Result<Vec<PairOutcome>> {
    let known = handed::normalize(settings);
    let session = Session::open(settings)?;
    let outcomes = on_threads(settings, || {
        let claims: Vec<(NormalClaim, NormalClaim)> = pairs
            .par_iter()
            .map(|pair| (claim_of("A", &pair.a, None, &known), claim_of("B", &pair.b, None, &known)))
            .collect();
        let pairs: Vec<(&Claim, &Claim)> = claims.iter().map(|(left, right)| (&left.claim, &right.claim)).collect();
        let readings = readings(&pairs, &session, settings);
        claims
            .into_par_iter()
            .zip(readings)
            .map(|((left, right), reading)| compare_read(left, right, (None, None), reading, settings))
            .collect()
    });
    session.close();
    outcomes
}

/// Compares two claims as they were read, with everything their documents told of them: the values, the carried-over
/// subject, who is quoted. The rarity of words is the background's alone: two claims are no corpus. Where the settings name a
/// model that cannot be used, they are compared without meaning; [`open_models`](super::open_models) tells what is wrong with it.
pub fn compare_claims(
    left: NormalClaim,
    right: NormalClaim,
    left_published: Option<Date>,
    right_published: Option<Date>,
    settings: &Settings,
) -> PairOutcome {
    let session = Session::without_cache(settings).ok();
    let reading = session.and_then(|session| readings(&[(&left.claim, &right.claim)], &session, settings).pop());
    compare_read(left, right, (left_published, right_published), reading.unwrap_or_default(), settings)
}

/// What the two texts of each pair mean, as far as the settings ask for it; runs along with `pairs`.
fn readings(pairs: &[(&Claim, &Claim)], session: &Session, settings: &Settings) -> Vec<Reading> {
    let mut readings = vec![Reading::default(); pairs.len()];
    if settings.compare.meaning == Meaning::Off {
        return readings;
    }
    let nearness = sense::of_pairs(pairs.iter().copied(), session, settings);
    for (reading, nearness) in readings.iter_mut().zip(nearness) {
        reading.nearness = nearness;
    }
    let read: Vec<usize> = (0..pairs.len()).filter(|at| is_read(pairs[*at].0) && is_read(pairs[*at].1)).collect();
    let texts: Vec<(String, String)> =
        read.par_iter().map(|at| (sense::words_of(pairs[*at].0), sense::words_of(pairs[*at].1))).collect();
    for (at, inference) in read.into_iter().zip(session.inferences(&texts).unwrap_or_default()) {
        readings[at].inference = Some(inference);
    }
    readings
}

/// True for a ready-made claim that says enough for a reader to infer anything from it.
fn is_read(claim: &Claim) -> bool {
    claim.kind == ClaimKind::Given && together::says_enough(claim)
}

/// Compares two claims of whose meaning `reading` is known.
fn compare_read(
    left: NormalClaim,
    right: NormalClaim,
    (left_published, right_published): (Option<Date>, Option<Date>),
    reading: Reading,
    settings: &Settings,
) -> PairOutcome {
    let stats = CorpusStats::default();
    let rarity = Rarity::of(&stats);
    let (one, two) = (compare::prepare(&left, rarity), compare::prepare(&right, rarity));
    let comparison = compare::compare((0, &one), (1, &two), &StoryProfiles::default(), reading);
    let (alignment, inference) = (&comparison.alignment, comparison.inference);
    let pair = Pair { left: &left, right: &right, alignment, inference, left_published, right_published, pages: None };
    outcome(&pair, &comparison, Sameness::Independent, settings)
}

/// Everything there is to say about a compared pair.
pub(super) fn outcome(
    pair: &Pair<'_>,
    comparison: &Comparison,
    sameness: Sameness,
    settings: &Settings,
) -> PairOutcome {
    let threshold = settings.compare.threshold;
    let matched = comparison.veto.is_none() && comparison.score >= threshold;
    let standing = matched.then(|| label::stand(pair, Matched::of(comparison), sameness, &handed::label(settings)));
    let label = match standing.as_ref().map(|standing| standing.relation) {
        Some(Relation::Agree) => PairLabel::Agree,
        Some(Relation::Conflict) => PairLabel::Conflict,
        Some(Relation::Apart) | None => PairLabel::Unmatched,
    };
    let flips = label::flips(comparison, standing.as_ref(), threshold);
    let (kind, reasons, explained_away) = standing
        .map_or((None, Vec::new(), Vec::new()), |standing| (standing.kind, standing.reasons, standing.explained_away));
    PairOutcome {
        label,
        score: comparison.score,
        kind,
        reasons,
        explained_away,
        comparison: comparison.clone(),
        left: pair.left.clone(),
        right: pair.right.clone(),
        flips,
    }
}

/// The normal form of one text taken as a ready-made claim of `source`.
pub(super) fn claim_of(
    source: &str,
    text: &str,
    published: Option<Date>,
    known: &normalize::NormalizeSettings,
) -> NormalClaim {
    let document = Document {
        id: DocumentId::of([source, text]),
        given_id: None,
        source: Source::new(source, NamedBy::Flag),
        origin: Origin { path: source.to_owned(), record: None, format: "text".to_owned() },
        title: None,
        url: None,
        published,
        language: "und".to_owned(),
        form: DocumentForm::Claim,
        text: text.to_owned(),
        passages: vec![Passage { span: Span::new(0, text.len()), kind: PassageKind::Paragraph, set_aside: None }],
        lines: LineMap::Verbatim,
        details: Default::default(),
    };
    let segmented = segment::segment(&document);
    let mut trees = Trees::default();
    let mut claims = extract::extract(&document, &segmented, &mut trees).claims;
    if claims.is_empty() {
        claims.push(blank(&document));
    }
    normalize::normalize(&document, claims, &mut trees, known)
        .into_iter()
        .next()
        .expect("every claim has one normal form")
}

/// The claim of a text of white space: it says nothing, and so is about nothing that another claim is about.
fn blank(document: &Document) -> Claim {
    let nothing = Span::new(0, 0);
    Claim {
        id: ClaimId::of([document.id.to_string().as_str()]),
        given_id: None,
        document: document.id,
        source: document.source.id,
        span: nothing,
        sentence: nothing,
        context: "".into(),
        place: Place { line: 1, column: 1 },
        place_end: None,
        kind: ClaimKind::Given,
        subject: None,
        predicate: None,
        circumstances: Vec::new(),
        attribution: None,
        quotes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences are read for their backdrop only where its words are written.
    #[test]
    fn a_backdrop_is_found_in_every_claim_that_has_one() {
        let stories = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories");
        let run = crate::pipeline::look(&[stories], &Settings::default(), crate::pipeline::Stage::Values)
            .expect("the fixtures can be read");
        let stats = CorpusStats::default();
        let words = crate::lexicon::backdrop_words();
        let mut found = 0;
        for claim in &run.claims {
            let frames = claim.frames().iter().filter(|frame| frame.layer != crate::model::Layer::Relative);
            let roles = frames.flat_map(|frame| &frame.roles);
            let expected: Vec<Span> = roles
                .filter(|role| role.preposition.as_deref().is_some_and(|preposition| words.has(preposition)))
                .map(|role| role.span)
                .collect();
            assert_eq!(compare::prepare(claim, Rarity::of(&stats)).backdrop(), expected, "{}", claim.claim.text());
            found += expected.len();
        }
        assert!(found > 10, "{found}");
    }

    #[test]
    fn marks_are_no_words_to_infer_anything_from() {
        let known = normalize::NormalizeSettings::default();
        let read = |text: &str| is_read(&claim_of("A", text, None, &known).claim);
        assert!(read("Rates rose again.") && read("3 of 4"));
        assert!(!read("Rates rose — – !") && !read("Rates ... rose"));
    }

    #[test]
    fn a_text_without_a_word_is_like_no_other() {
        for (a, b) in [("", ""), (" \n", "Nine people were hurt."), ("Nine people were hurt.", "\u{3000}"), ("...", "")]
        {
            let outcome = compare_pair(a, b, None, None, &Settings::default());
            assert_eq!(outcome.label, PairLabel::Unmatched, "{a:?} and {b:?}");
            assert!((0.0..=1.0).contains(&outcome.score));
        }
    }
}
