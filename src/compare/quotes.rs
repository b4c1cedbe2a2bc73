//! Whether two claims quote the same words, and the same speaker.

use super::levels::{Comparator, Grade, LevelMeta};
use super::{Sides, weights};
use crate::lexicon;
use crate::model::{NormalClaim, Span};
use crate::text::fold::fold_accents;
use crate::text::names::{NameMatch, compare_names};

/// A quotation of fewer content words is a term in quotation marks, not somebody's words.
const LEAST_QUOTED_WORDS: usize = 2;

/// How much of a quotation of the one stands in the other.
pub(super) struct Quotes;

impl Comparator for Quotes {
    fn id(&self) -> &'static str {
        "quotes"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::QUOTES
    }

    fn share(&self, _: &Sides<'_>) -> f64 {
        1.0
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        let (left, right) = (sides.left.claim, sides.right.claim);
        let mut best: Option<Grade> = None;
        for one in &left.claim.quotes {
            for two in &right.claim.quotes {
                let (mine, theirs) = (quoted_stems(left, *one), quoted_stems(right, *two));
                let fewer = mine.len().min(theirs.len());
                if fewer < LEAST_QUOTED_WORDS {
                    continue;
                }
                let shared = mine.iter().filter(|stem| theirs.contains(stem)).count();
                let value = shared as f64 / fewer as f64;
                if best.and_then(|grade| grade.value).is_none_or(|found| value > found) {
                    best = Some(Grade::between(value.min(1.0), *one, *two));
                }
            }
        }
        best.unwrap_or(Grade::MISSING)
    }
}

/// The stems of the content words under a quotation, each once.
fn quoted_stems(claim: &NormalClaim, span: Span) -> Vec<&str> {
    let function_words = lexicon::function_words();
    let mut stems: Vec<&str> = Vec::new();
    for term in &claim.form.terms {
        if span.contains(term.span) && !function_words.has(&term.word) && !stems.contains(&term.stem.as_str()) {
            stems.push(&term.stem);
        }
    }
    stems
}

/// Whether both are told by the same speaker.
pub(super) struct Speaker;

impl Comparator for Speaker {
    fn id(&self) -> &'static str {
        "speaker"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::SPEAKER
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        let (Some(left), Some(right)) = (speaker(sides.left.claim), speaker(sides.right.claim)) else {
            return Grade::MISSING;
        };
        let (one, two) = (speaker_key(sides.left.claim, left), speaker_key(sides.right.claim, right));
        let value = match compare_names(&one, &two) {
            NameMatch::Same | NameMatch::Compatible | NameMatch::Near => 1.0,
            NameMatch::Different => 0.0,
        };
        Grade::between(value, left.span, right.span)
    }
}

/// Who is quoted.
fn speaker(claim: &NormalClaim) -> Option<&crate::model::Speaker> {
    claim.claim.attribution.as_ref()?.speaker.as_ref()
}

/// The canonical name of a speaker, or the folded words where it is no name ("officials").
fn speaker_key(claim: &NormalClaim, speaker: &crate::model::Speaker) -> String {
    claim.speaker_name().map_or_else(|| fold_accents(&speaker.text), |mention| mention.key.clone())
}
