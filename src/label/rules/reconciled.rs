//! What a reader takes for a contradiction and grammar shows to be none. In: two claims. Out: whether both can hold for one of a few
//! reasons that are read off their words and deeds. It raises nothing; the rule `contradiction` asks it before it does.

use super::certainty_gap;
use super::clauses::{Clauses, Meet};
use super::deeds::{Deed, Footing};
use super::frame::{Frame, Hand};
use super::quantifier;
use super::words::is_content;
use crate::lexicon::verb_frames;

const HANDS: [Hand; 2] = [Hand::Left, Hand::Right];

/// True where both claims can hold although a reader of both thinks not.
pub(super) fn is_reconciled(frame: &Frame<'_>) -> bool {
    let clauses = Clauses::of(frame);
    quantifier::is_one_share(frame)
        || is_turned_twice(frame)
        || is_not_yet(frame, &clauses)
        || is_planned(&clauses)
        || is_without(frame)
        || is_accusation(frame, &clauses)
        || denies_what_is_not_told(&clauses)
        || certainty_gap::denies_other_thing(frame)
        || clauses.are_of_other_doers()
}

fn negates(frame: &Frame<'_>, hand: Hand) -> bool {
    !frame.claim(hand).form.negations.is_empty()
}

/// True where two reversals cancel each other: who does not think the offer fair thinks it unfair, and what is larger than a thing has it
/// smaller than itself.
fn is_turned_twice(frame: &Frame<'_>) -> bool {
    let one_negates = negates(frame, Hand::Left) != negates(frame, Hand::Right);
    if !frame.opposed_elsewhere(&[], &[]) {
        return one_negates && is_prefixed(frame);
    }
    let than = |hand: Hand| frame.terms(hand).iter().position(|term| term.word == "than");
    let compared = than(Hand::Left).zip(than(Hand::Right)).is_some_and(|(left, right)| {
        let crosses = |ahead: bool| {
            (0..frame.terms(Hand::Left).len()).any(|at| {
                let partner = frame.partner(Hand::Left, at);
                (at < left) == ahead && partner.is_some_and(|partner| (partner < right) != ahead)
            })
        };
        crosses(true) && crosses(false)
    });
    compared || one_negates
}

/// True where a word that one claim has alone is the opposite of one that the other has alone by its prefix: fair and unfair.
fn is_prefixed(frame: &Frame<'_>) -> bool {
    let lonely = |hand: Hand| frame.lonely(hand, &[]).map(move |at| frame.terms(hand)[at].word.as_str());
    lonely(Hand::Left).any(|one| {
        lonely(Hand::Right).any(|other| {
            let turns = |long: &str, short: &str| {
                ["un", "in", "im", "dis"].iter().any(|prefix| long.strip_prefix(prefix) == Some(short))
            };
            turns(one, other) || turns(other, one)
        })
    })
}

/// True where the one says that something has not happened yet, and the other that it is going to.
fn is_not_yet(frame: &Frame<'_>, clauses: &Clauses<'_, '_>) -> bool {
    HANDS.into_iter().any(|hand| {
        let planned = |deed: &Deed| deed.main && !deed.denied && deed.footing == Footing::Plan;
        let is_yet = frame.terms(hand).iter().any(|term| term.word == "yet");
        is_yet && negates(frame, hand) && clauses.deeds(hand.other()).iter().any(planned)
    })
}

/// True where the one plans or thinks possible what the other says has not been done: "may cancel its tour", "has not cancelled its tour".
fn is_planned(clauses: &Clauses<'_, '_>) -> bool {
    let open = |deed: &Deed| !deed.denied && deed.footing != Footing::Fact;
    let not_done = |deed: &Deed| deed.denied && deed.footing == Footing::Fact;
    let agents = |one: &Deed, other: &Deed| clauses.meet_all(&one.agents, &other.agents) != Meet::Other;
    clauses
        .pairs()
        .any(|(one, other)| (open(one) && not_done(other) || not_done(one) && open(other)) && agents(one, other))
}

/// True where one claim denies what is done without a thing, and the other tells what is done with it: "never left without a passport".
fn is_without(frame: &Frame<'_>) -> bool {
    HANDS.into_iter().any(|hand| {
        let without = |hand: Hand| frame.terms(hand).iter().any(|term| term.word == "without");
        without(hand) && !without(hand.other()) && frame.claim(hand).form.negations.len() > 1
    })
}

/// True where the one only tells that somebody is accused, and the other tells that he denies it: both can be.
fn is_accusation(frame: &Frame<'_>, clauses: &Clauses<'_, '_>) -> bool {
    let accuses = |deed: &Deed| verb_frames().values(&deed.lemma).is_some_and(|values| values.contains(&"accuses"));
    HANDS.into_iter().any(|hand| {
        let other = hand.other();
        clauses.deeds(hand).iter().any(|deed| deed.main && !deed.denied && accuses(deed))
            && !clauses.deeds(other).iter().any(|deed| accuses(deed) && !deed.denied)
            && (frame.claim(other).claim.attribution.is_some() || negates(frame, other))
    })
}

/// True where the claims tell one deed alike and what the one denies besides has nothing in the other: "did not fly but went by train"
/// against "went by train".
fn denies_what_is_not_told(clauses: &Clauses<'_, '_>) -> bool {
    let frame = clauses.frame;
    let told_alike = clauses.pairs().any(|(one, other)| {
        let alike = one.main && other.main && !one.denied && !other.denied && !one.is_saying() && !one.state;
        alike && one.footing == other.footing && clauses.one_deed(one, other) && clauses.one_scope(one, other)
    });
    let strays = |hand: Hand| {
        let denied = clauses.deeds(hand).iter().filter(|deed| deed.denied);
        let strange = |deed: &Deed| frame.partner(hand, deed.predicate).is_none();
        let lonely = frame.lonely(hand.other(), &[]).count();
        denied.clone().count() > 0 && denied.clone().all(strange) && lonely == 0
    };
    told_alike && negates(frame, Hand::Left) != negates(frame, Hand::Right) && HANDS.into_iter().any(strays)
}

impl Clauses<'_, '_> {
    /// The deeds of one claim.
    pub(super) fn deeds(&self, hand: Hand) -> &[Deed] {
        match hand {
            Hand::Left => self.left,
            Hand::Right => self.right,
        }
    }

    /// True where the claims tell of different deeds of different doers: what Benning hid and what Lindqvist read can both be so.
    pub(super) fn are_of_other_doers(&self) -> bool {
        let acts = |hand: Hand| -> Vec<&Deed> {
            self.deeds(hand).iter().filter(|deed| deed.main && !deed.state && !deed.is_saying()).collect()
        };
        let (lefts, rights) = (acts(Hand::Left), acts(Hand::Right));
        let tells = |hand: Hand, deed: &Deed| is_content(&self.frame.terms(hand)[deed.predicate]);
        !lefts.is_empty()
            && !rights.is_empty()
            && lefts.iter().all(|one| {
                rights.iter().all(|other| {
                    tells(Hand::Left, one)
                        && tells(Hand::Right, other)
                        && !self.one_predicate(one, other)
                        && self.meet_all(&one.agents, &other.agents) == Meet::Other
                })
            })
    }
}
