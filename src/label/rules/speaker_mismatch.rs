//! The same words in quotation marks, said by somebody else. It looks at quotations of some length and at speakers who are
//! named where they are quoted; who says a thing in the outlet's own words is no concern of this rule.
#![doc = include_str!("speaker_mismatch.md")]

use super::evidence::{against, evidence, raised};
use super::naming::same_name;
use crate::label::{Bearing, Case, Outcome, Pair, Rule, RuleMeta};
use crate::lexicon::function_words;
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
        let (Some(one), Some(other)) = (speaker(pair.left), speaker(pair.right)) else { return Outcome::Silent };
        let shares_word = one.key.split(' ').any(|word| other.key.split(' ').any(|it| it == word));
        if shares_word || same_name(&one.key, &other.key) || !one_quotation(pair) {
            return Outcome::Silent;
        }
        let left = evidence(pair.left, one.span, Value::Mention(one.clone()));
        let right = evidence(pair.right, other.span, Value::Mention(other.clone()));
        let message = format!("one quotation, said by {}", against(&left, &right));
        raised(&META, left, right, message)
    }
}

/// The person whose words a claim quotes, if named.
fn speaker(claim: &NormalClaim) -> Option<&Mention> {
    let attribution = claim.claim.attribution.as_ref()?;
    let named = claim.speaker_name().filter(|name| name.kind == MentionKind::Person);
    named.filter(|_| attribution.mode == Mode::Direct)
}

/// True where a quotation of the one claim is one of the other, nearly word for word.
fn one_quotation(pair: &Pair<'_>) -> bool {
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
