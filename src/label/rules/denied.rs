//! The deed that one of two claims denies and the other affirms. In: the clauses of two claims. Out: the words of the deed in both. It raises
//! nothing itself.

use super::clauses::{Clauses, Meet};
use super::deeds::{Deed, Footing};
use super::frame::Hand;
use super::naming::{name_at, same_name};
use super::words::{is_content, words_in};
use crate::lexicon::{partly, quantifiers};
use crate::model::Negation;

/// Words before and after a predicate among which an adverb may make a denial partial.
const PART_REACH: usize = 3;

impl Clauses<'_, '_> {
    /// The deed that one claim denies and the other affirms: who denies it, the denied and the affirmed one.
    pub(super) fn denied(&self) -> Option<(Hand, usize, usize)> {
        let mut found = self.pairs().filter(|(one, other)| {
            one.denied != other.denied
                && one.footing == other.footing
                && (one.footing != Footing::Open || self.is_one_prediction(one, other))
                && (one.footing == Footing::Fact || !self.depends(Hand::Left) && !self.depends(Hand::Right))
                && self.one_deed(one, other)
                && self.is_all_denied(one, other)
                && self.is_known(one, other)
        });
        let (one, other) = found.next()?;
        let (hand, denied, affirmed) = if one.denied { (Hand::Left, one, other) } else { (Hand::Right, other, one) };
        // "show no collusion" and "show that there was none": what is denied after the predicate may be the same.
        let affirming = self.frame.claim(hand.other());
        let held = self.frame.terms(hand.other())[affirmed.predicate].span;
        // The "failure" that both claims begin with denies the one no more than the other.
        let in_both = |cue: &Negation| {
            let terms = self.frame.terms(hand.other());
            words_in(terms, cue.cue).filter(|at| is_content(&terms[*at])).any(|at| {
                let partner = self.frame.partner(hand.other(), at).map(|at| self.frame.terms(hand)[at].span);
                partner.is_some_and(|partner| {
                    self.frame.claim(hand).form.negations.iter().any(|it| it.cue.overlaps(partner))
                })
            })
        };
        // "The pact, which has never been published, obliges ..." denies in both claims that it was.
        let first_denied = |hand: Hand, cue: &Negation| {
            let terms = self.frame.terms(hand);
            (0..terms.len()).find(|&at| terms[at].span.start >= cue.cue.end && is_content(&terms[at]))
        };
        let denied_by_both = |cue: &Negation| {
            let partner = first_denied(hand.other(), cue).and_then(|at| self.frame.partner(hand.other(), at));
            let negations = &self.frame.claim(hand).form.negations;
            partner.is_some_and(|partner| {
                partner != denied.predicate && negations.iter().any(|it| first_denied(hand, it) == Some(partner))
            })
        };
        let in_both = |cue: &Negation| in_both(cue) || denied_by_both(cue);
        let denies_too = |cue: &Negation| (cue.cue.start > held.start || cue.scope.contains(held)) && !in_both(cue);
        if affirming.form.negations.iter().any(denies_too) || !denied.main || !affirmed.main {
            return None;
        }
        // "Orr signed and Hale did not": of two that are named apart, one claim tells both.
        let of_another = |hand: Hand, one: &Deed, two: &Deed| {
            let names = |deed: &Deed| match deed.agents.as_slice() {
                [agent] => name_at(self.frame.claim(hand), agent.head),
                _ => None,
            };
            names(one).zip(names(two)).is_some_and(|(one, two)| !same_name(&one.key, &two.key))
        };
        let told_both_ways = |hand: Hand, deeds: &[Deed], deed: &Deed| {
            deeds.iter().any(|it| it.lemma == deed.lemma && it.denied != deed.denied && !of_another(hand, it, deed))
        };
        // One claim tells the deed both ways, in other words perhaps: "did not stay but went", against "went".
        let told_alike = self.pairs().any(|(left, right)| {
            left.denied == right.denied
                && (left.predicate == one.predicate && !of_another(Hand::Right, right, other)
                    || right.predicate == other.predicate && !of_another(Hand::Left, left, one))
        });
        if told_both_ways(Hand::Left, self.left, one) || told_both_ways(Hand::Right, self.right, other) || told_alike {
            return None;
        }
        if self.is_partial(hand, denied) {
            return None;
        }
        Some((hand, denied.predicate, affirmed.predicate))
    }

    /// True where what is foretold depends on something: in another case it may not come about.
    fn depends(&self, hand: Hand) -> bool {
        let conditions = ["if", "unless", "long", "when", "with", "without", "once", "while"];
        self.frame.terms(hand).iter().any(|term| conditions.contains(&term.word.as_str()))
    }

    /// True where two claims predict one thing in the same words: "the release would not impede the inquiry" and "the release would
    /// impede the inquiry". What may be and what may not be can both be so.
    fn is_one_prediction(&self, one: &Deed, other: &Deed) -> bool {
        let would = |hand: Hand, deed: &Deed| {
            let ahead = self.frame.terms(hand)[..deed.predicate].iter().rev().take(PART_REACH);
            ahead.into_iter().any(|term| term.word == "would")
        };
        would(Hand::Left, one)
            && would(Hand::Right, other)
            && self.one_speaker()
            && self.same_in(&one.agents, &other.agents)
            && self.same_in(&one.patients, &other.patients)
    }

    /// True where everything that the denial is about stands in the other claim as well. What the affirming claim tells more of it is
    /// denied with the rest: "is not playing" denies "is playing in a gym", and "not playing on a playground" does not.
    fn is_all_denied(&self, one: &Deed, other: &Deed) -> bool {
        let (hand, denied, affirmed) = if one.denied { (Hand::Left, one, other) } else { (Hand::Right, other, one) };
        let elsewhere = one.others.iter().any(|(lead, part)| {
            other.others.iter().any(|(other_lead, it)| lead == other_lead && self.meet(*part, *it) == Meet::Other)
        });
        !elsewhere && !self.is_strange(hand, denied, affirmed)
    }

    /// "not only", "not always", "not until", "did not immediately": a part is denied, or it comes about later.
    fn is_partial(&self, hand: Hand, deed: &Deed) -> bool {
        let terms = self.frame.terms(hand);
        let partial = |word: &str| {
            partly().has(word)
                || quantifiers().has(word) && word != "no"
                || matches!(word, "until" | "till" | "unless" | "but" | "except" | "without" | "again")
        };
        // "not all of the villages have been reached": the word right after the denial counts wherever it stands.
        let claim = self.frame.claim(hand);
        let cues = || claim.form.negations.iter().map(|negation| negation.cue.end);
        let after = |end: u32| terms.iter().find(|term| term.span.start >= end).is_some_and(|term| partial(&term.word));
        let held = terms[deed.predicate].span;
        let before = terms[deed.predicate.saturating_sub(PART_REACH)].span.start;
        let from = cues().filter(|&end| end <= held.start).max().unwrap_or(before);
        let behind = deed.predicate + PART_REACH;
        let near = terms.iter().take(behind + 1).filter(|term| term.span.start >= from);
        let bounded =
            terms.iter().skip(deed.predicate).any(|term| matches!(term.word.as_str(), "until" | "till" | "unless"));
        // "did not sign on Friday but on Monday": no deed of its own stands behind the "but".
        let but = terms.iter().skip(deed.predicate).find(|term| term.word == "but").map(|term| term.span.start);
        let deeds = self.deeds(hand);
        let contrast = but.is_some_and(|but| !deeds.iter().any(|it| terms[it.predicate].span.start > but));
        bounded || contrast || cues().any(after) || near.into_iter().any(|term| partial(&term.word))
    }
}
