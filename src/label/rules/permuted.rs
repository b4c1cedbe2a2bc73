//! Two claims of the same words in which two phrases have changed places: "The chancellor's letter to the pope was leaked". In: a frame. Out: the two
//! phrases with what stands between them. It raises nothing itself and reads no grammar: whatever stands between the two, what the one claim
//! says of the one the other says of the other.

use super::frame::{Frame, Hand};
use super::words::is_content;
use crate::lexicon::{even_words, is_mutual};
use crate::model::{Span, Term, TermRole};
use std::ops::Range;

/// Words of a phrase.
const LONGEST: usize = 4;

/// Words looked at per claim: what is longer is no sentence.
const WORDS: usize = 120;

/// Words besides the two phrases that have to tell something.
const OTHERS: usize = 2;

/// True where a comma stands between the two phrases: of a list, or of two clauses that may stand in any order.
fn is_list(frame: &Frame<'_>, between: &Range<usize>) -> bool {
    let terms = frame.terms(Hand::Left);
    let (Some(ahead), Some(behind)) = (between.start.checked_sub(1), terms.get(between.end)) else { return true };
    let claim = &frame.claim(Hand::Left).claim;
    let base = claim.sentence.start as usize;
    let text = claim
        .context
        .get((terms[ahead].span.end as usize).saturating_sub(base)..(behind.span.start as usize).saturating_sub(base));
    text.is_none_or(|text| text.contains([',', ';']))
}

/// The stretches of both claims that the two phrases and the words between them make up.
pub(super) fn permuted(frame: &Frame<'_>) -> Option<(Span, Span)> {
    let (lefts, rights) = (frame.terms(Hand::Left), frame.terms(Hand::Right));
    if lefts.len() != rights.len() || lefts.len() > WORDS {
        return None;
    }
    let same = |(one, other): &(&Term, &Term)| one.word == other.word;
    let ahead = lefts.iter().zip(rights).take_while(same).count();
    let behind = lefts[ahead..].iter().rev().zip(rights[ahead..].iter().rev()).take_while(same).count();
    let slot = ahead..lefts.len() - behind;
    let equal = |left: Range<usize>, right: Range<usize>| {
        left.len() == right.len() && lefts[left].iter().zip(&rights[right]).all(|(one, other)| one.word == other.word)
    };
    let (from, to) = (slot.start, slot.end);
    let lengths = (1..=LONGEST).flat_map(|first| (1..=LONGEST).map(move |second| (first, second)));
    let (first, second) = lengths.filter(|(first, second)| first + second < slot.len()).find(|&(first, second)| {
        equal(from..from + first, to - first..to)
            && equal(to - second..to, from..from + second)
            && equal(from + first..to - second, from + second..to - first)
    })?;
    let (one, between, other) = (from..from + first, from + first..to - second, to - second..to);
    let others = (0..lefts.len()).filter(|at| !one.contains(at) && !other.contains(at) && is_content(&lefts[*at]));
    let tells = lefts[between.clone()].iter().any(is_content) && !is_list(frame, &between);
    let even = lefts.iter().any(|term| even_words().has(&term.word) || is_mutual(&term.word));
    // Who says it is no part of what is said.
    let speaks = |hand: Hand, span: Span| {
        let claim = &frame.claim(hand).claim;
        let speaker = claim.attribution.as_ref().and_then(|it| it.speaker.as_ref());
        speaker.is_some_and(|speaker| speaker.span.overlaps(span))
    };
    let party = |slot: Range<usize>| {
        slot.clone().all(|at| lefts[at].role == TermRole::Name || is_content(&lefts[at]))
            && !slot.into_iter().any(|at| speaks(Hand::Left, lefts[at].span))
    };
    let stands = tells && !even && others.count() >= OTHERS && party(one) && party(other);
    let span = |terms: &[Term]| terms[from].span.cover(terms[to - 1].span);
    stands.then(|| (span(lefts), span(rights)))
}
