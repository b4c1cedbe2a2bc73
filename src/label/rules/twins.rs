//! Two claims that run alike word for word but for one place. In: a frame. Out: that one place in both claims, or the
//! statement that there is none. It raises nothing; the rules ask it where their own conditions are not met.
//!
//! The rules ask for much around a difference, because two claims that share many words may still tell of two events. Where the
//! words of both claims stand for each other in the same order, as in a quotation printed by two outlets, and a single phrase
//! has another in its place, that phrase is the difference and nothing else can be.

use super::frame::{Frame, Hand};
use super::words::is_content;
use crate::model::{Term, TermRole};
use std::ops::Range;

/// Words that must stand for each other.
const ANCHORS: usize = 5;

/// Share of the shorter claim's words that must stand for each other.
const SHARE: f64 = 0.7;

/// Words looked at per claim: what is longer is no sentence.
const WORDS: usize = 120;

/// How many words of the other claim are looked at for the partner of the next word.
const REACH: usize = 6;

/// Words that one claim may have more than the other between two words that both have.
const MORE: usize = 2;

/// Words of the phrase that differs.
const LONGEST_SLOT: usize = 4;

/// Two claims alike but for one place, if for any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Twins {
    /// The differing words of the left and of the right claim, where some differ.
    pub(super) slot: Option<(Range<usize>, Range<usize>)>,
    /// Number of words that stand for each other.
    pub(super) anchors: usize,
}

/// Tells whether the claims run alike, and where they differ. Rules ask the frame, which asks once.
pub(super) fn twins(frame: &Frame<'_>) -> Option<Twins> {
    let lefts = told(frame.terms(Hand::Left));
    let rights = told(frame.terms(Hand::Right));
    let shorter = lefts.len().min(rights.len());
    if shorter < ANCHORS {
        return None;
    }
    let anchors = anchors(frame, &lefts, &rights);
    if anchors.len() < ANCHORS || (anchors.len() as f64) < SHARE * shorter as f64 {
        return None;
    }
    let mut more = 0;
    let mut slot = None;
    for pair in anchors.windows(2) {
        let [(left, right), (next_left, next_right)] = [pair[0], pair[1]];
        let (in_left, in_right) = (left + 1..next_left, right + 1..next_right);
        if in_left.is_empty() || in_right.is_empty() {
            more += in_left.len() + in_right.len();
        } else {
            differs(&mut slot, (&lefts, in_left), (&rights, in_right))?;
        }
    }
    // A phrase may also differ at either end, right beside a word that both have.
    let (first, last) = (anchors.first()?, anchors.last()?);
    let (left_end, right_end) = (last.0 + 1..lefts.len(), last.1 + 1..rights.len());
    let is_end = |one: &Range<usize>, other: &Range<usize>| {
        !one.is_empty() && !other.is_empty() && one.len().max(other.len()) <= LONGEST_SLOT
    };
    for (in_left, in_right) in [(0..first.0, 0..first.1), (left_end, right_end)] {
        if is_end(&in_left, &in_right) {
            differs(&mut slot, (&lefts, in_left), (&rights, in_right))?;
        }
    }
    (more <= MORE).then_some(Twins { slot, anchors: anchors.len() })
}

/// The words that tell something: no grammar, and nothing of who says it.
fn told(terms: &[Term]) -> Vec<usize> {
    let tells =
        |term: &Term| is_content(term) || matches!(term.role, TermRole::Name | TermRole::Quantity | TermRole::Time);
    (0..terms.len()).filter(|&at| tells(&terms[at])).take(WORDS).collect()
}

/// Pairs of words that stand for each other, in the order of both claims.
fn anchors(frame: &Frame<'_>, lefts: &[usize], rights: &[usize]) -> Vec<(usize, usize)> {
    let (left_terms, right_terms) = (frame.terms(Hand::Left), frame.terms(Hand::Right));
    let alike = |left: usize, right: usize| {
        frame.partner(Hand::Left, left) == Some(right) || left_terms[left].word == right_terms[right].word
    };
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, &left) in lefts.iter().enumerate() {
        let from = found.last().map_or(0, |&(_, right)| right + 1);
        let reach = if found.is_empty() { rights.len() } else { REACH.min(rights.len() - from) };
        if let Some(ahead) = rights[from..from + reach].iter().position(|&right| alike(left, right)) {
            found.push((at, from + ahead));
        }
    }
    found
}

/// Keeps the one place that differs; nothing where there is a second, or where it is more than a phrase.
fn differs(
    slot: &mut Option<(Range<usize>, Range<usize>)>,
    (lefts, in_left): (&[usize], Range<usize>),
    (rights, in_right): (&[usize], Range<usize>),
) -> Option<()> {
    if slot.is_some() || in_left.len() > LONGEST_SLOT || in_right.len() > LONGEST_SLOT {
        return None;
    }
    let words = |all: &[usize], range: &Range<usize>| all[range.start]..all[range.end - 1] + 1;
    *slot = Some((words(lefts, &in_left), words(rights, &in_right)));
    Some(())
}
