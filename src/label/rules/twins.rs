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

/// The words of one place in the left and in the right claim.
pub(super) type Slot = (Range<usize>, Range<usize>);

/// Two claims alike but for one place, if for any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Twins {
    /// The differing words of the left and of the right claim, where some differ.
    pub(super) slot: Option<Slot>,
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

/// Words that tell something which two claims alike word for word have to share.
const VERBATIM_ANCHORS: usize = 4;

/// The one phrase in which two claims that are the same word for word differ: the words before it and after it are equal, grammar
/// included, and enough of them tell something. That is one statement printed by two outlets, and the phrase was changed; what
/// stands around the phrase need not be asked for. Nothing where one claim only has more words than the other.
pub(super) fn changed_phrase(frame: &Frame<'_>) -> Option<Slot> {
    let (lefts, rights) = (frame.terms(Hand::Left), frame.terms(Hand::Right));
    let shorter = lefts.len().min(rights.len());
    if shorter > WORDS {
        return None;
    }
    let same = |(one, other): &(&Term, &Term)| one.word == other.word;
    let ahead = lefts.iter().zip(rights).take_while(same).count();
    let behind = lefts.iter().rev().zip(rights.iter().rev()).take(shorter - ahead).take_while(same).count();
    let (left, right) = (ahead..lefts.len() - behind, ahead..rights.len() - behind);
    let is_phrase = |slot: &Range<usize>| (1..=LONGEST_SLOT).contains(&slot.len());
    let anchors = told(lefts).into_iter().filter(|at| !left.contains(at)).count();
    (is_phrase(&left) && is_phrase(&right) && anchors >= VERBATIM_ANCHORS).then_some((left, right))
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
    slot: &mut Option<Slot>,
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

#[cfg(test)]
mod tests {
    use super::super::testing::case;
    use super::*;

    fn changed(left: &str, right: &str) -> Option<(String, String)> {
        case(left, right, |pair| {
            let (one, other) = pair.frame().changed_phrase()?;
            let words = |hand: Hand, slot: Range<usize>| {
                let terms = &pair.frame().terms(hand)[slot];
                terms.iter().map(|term| term.word.as_str()).collect::<Vec<_>>().join(" ")
            };
            Some((words(Hand::Left, one), words(Hand::Right, other)))
        })
    }

    #[test]
    fn the_one_phrase_that_differs_is_found_wherever_it_stands() {
        for (left, right, expected) in [
            ("Nine divers searched the lake at Garrow.", "Ten divers searched the lake at Garrow.", ("nine", "ten")),
            (
                "The divers searched the lake at Garrow before dawn.",
                "The divers searched the lake at Garrow after dawn.",
                ("before", "after"),
            ),
            (
                "The divers of the province searched the lake slowly.",
                "The divers of the province searched the lake in great haste.",
                ("slowly", "in great haste"),
            ),
        ] {
            let expected = (expected.0.to_owned(), expected.1.to_owned());
            assert_eq!(changed(left, right), Some(expected), "{left} | {right}");
        }
    }

    #[test]
    fn two_changes_an_addition_and_short_claims_are_no_changed_phrase() {
        let base = "The divers of the province searched the lake at dawn.";
        for other in [
            base,
            "The pilots of the province searched the lake at noon.",
            "The divers of the province searched the lake at dawn again.",
            "The divers of the province went home as soon as they could see that the ice held.",
        ] {
            assert_eq!(changed(base, other), None, "{other}");
        }
        assert_eq!(changed("The divers left early.", "The pilots left early."), None);
    }
}
