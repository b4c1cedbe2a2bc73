//! The same words in quotation marks, said by somebody else. It looks at quotations of some length and at speakers who are
//! named where they are quoted; who says a thing in the outlet's own words is no concern of this rule.
#![doc = include_str!("speaker_mismatch.md")]

use super::evidence::{against, evidence, raised};
use super::frame::Hand;
use super::naming::{is_teller, name_at, same_name};
use crate::label::{Bearing, Case, Outcome, Pair, Rule, RuleMeta};
use crate::lexicon::{function_words, reporting_verbs};
use crate::model::{Mention, MentionKind, Mode, NormalClaim, Severity, Span, Value};

/// Content words of a quotation below which two people may well have said the same.
const WORDS: usize = 4;

/// Share of the words of the longer quotation that must stand in the other.
const SHARE: f64 = 0.9;

/// Quotations looked at per claim.
const QUOTES: usize = 8;

/// The rule.
#[derive(Debug)]
pub struct SpeakerMismatch;

static META: RuleMeta = RuleMeta {
    id: "speaker-mismatch",
    summary: "one quotation, two speakers",
    bearing: Bearing::Conflict,
    level: Severity::Warning,
    since: "0.1.0",
    page: include_str!("speaker_mismatch.md"),
};

impl Rule for SpeakerMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let quoting = || Some((speaker(pair.left)?, speaker(pair.right)?)).filter(|_| one_quotation(pair));
        let Some((one, other)) = changed_teller(pair).or_else(quoting) else { return Outcome::Silent };
        let shares_word = one.key.split(' ').any(|word| other.key.split(' ').any(|it| it == word));
        if shares_word || same_name(&one.key, &other.key) || speak_together(pair, one, other) {
            return Outcome::Silent;
        }
        let left = evidence(pair.left, one.span, Value::Mention(one.clone()));
        let right = evidence(pair.right, other.span, Value::Mention(other.clone()));
        let message = format!("one statement, said by {}", against(&left, &right));
        raised(&META, left, right, message)
    }
}

/// The persons who tell a statement that both outlets print, where their name is the one phrase that differs. Two may well have said
/// the same in the outlets' words; what was quoted, or said by the holder of one office, was said by one.
fn changed_teller<'a>(pair: &Case<'a>) -> Option<(&'a Mention, &'a Mention)> {
    let frame = pair.frame();
    let (left, right) = frame.changed_phrase()?;
    let teller = |hand: Hand, slot: std::ops::Range<usize>| {
        let claim = frame.claim(hand);
        let mut names = slot.clone().filter_map(|at| name_at(claim, at));
        let is_person = |name: &&Mention| name.kind == MentionKind::Person && is_teller(claim, name);
        names.find(is_person).filter(|name| frame.fills(hand, &slot, name.span))
    };
    let (one, other) = (teller(Hand::Left, left)?, teller(Hand::Right, right)?);
    let of_one_office = in_apposition(pair.left, one) && in_apposition(pair.right, other);
    let quoted = !pair.left.claim.quotes.is_empty() && !pair.right.claim.quotes.is_empty();
    (quoted || of_one_office).then_some((one, other))
}

/// "Ines Carro, head of the union, said": something is told of the name right after it.
fn in_apposition(claim: &NormalClaim, name: &Mention) -> bool {
    let end = (name.span.end as usize).saturating_sub(claim.claim.sentence.start as usize);
    let rest = claim.claim.context.get(end..).and_then(|rest| rest.strip_prefix(", "));
    let next = rest.and_then(|rest| rest.split(' ').next());
    next.is_some_and(|word| !reporting_verbs().has(word))
}

/// True where the speaker of one claim is one of several who speak in the other: "Lind and Holm said", "said Holm".
fn speak_together(pair: &Pair<'_>, one: &Mention, other: &Mention) -> bool {
    let joins = |claim: &NormalClaim, name: &Mention| {
        let speaker = claim.claim.attribution.as_ref().and_then(|it| it.speaker.as_ref()).map(|it| it.span);
        let joined = speaker.is_some_and(|span| claim.claim.words(span).contains(" and "));
        let mut inside = claim.form.entities.iter().filter(|it| speaker.is_some_and(|span| span.overlaps(it.span)));
        joined && inside.any(|it| same_name(&it.key, &name.key))
    };
    joins(pair.left, other) || joins(pair.right, one)
}

/// The person whose words a claim quotes, if named.
fn speaker(claim: &NormalClaim) -> Option<&Mention> {
    let attribution = claim.claim.attribution.as_ref()?;
    let named = claim.speaker_name().filter(|name| name.kind == MentionKind::Person);
    named.filter(|_| attribution.mode == Mode::Direct)
}

/// True where a quotation of the one claim is one of the other, nearly word for word.
fn one_quotation(pair: &Pair<'_>) -> bool {
    // Who wants it and who does not want it say two things in nearly the same words.
    if pair.left.form.polarity != pair.right.form.polarity {
        return false;
    }
    let (left, right) = (quoted(pair.left), quoted(pair.right));
    left.iter().any(|one| {
        right.iter().any(|other| {
            let longer = one.len().max(other.len());
            let shared = one.iter().filter(|stem| other.binary_search(stem).is_ok()).count();
            one.len().min(other.len()) >= WORDS && shared as f64 >= SHARE * longer as f64
        })
    })
}

/// For each quotation of a claim the stems of its content words, sorted, each once.
fn quoted(claim: &NormalClaim) -> Vec<Vec<&str>> {
    let stems = |quote: &Span| {
        let inside = claim.form.terms.iter().filter(|term| quote.contains(term.span));
        let mut stems: Vec<&str> =
            inside.filter(|term| !function_words().has(&term.word)).map(|term| term.stem.as_str()).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    };
    claim.claim.quotes.iter().take(QUOTES).map(stems).collect()
}
