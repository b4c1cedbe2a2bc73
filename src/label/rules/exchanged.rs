//! Parts that two claims exchange: who does it to whom in the one is done to by the other. In: the clauses of two claims. Out: the words of
//! the deeds. It raises nothing itself.

use super::clauses::{Clauses, EXCHANGED_SHARE, Meet};
use super::deeds::{Deed, Part};
use super::frame::Hand;
use crate::lexicon::is_mutual;
use crate::model::{Span, Term};

/// Words ahead of a noun among which "its" or "their" says whose it is.
const OWNER_REACH: usize = 3;

/// Pairs of deeds that are looked at.
const DEEDS: usize = 24;

impl Clauses<'_, '_> {
    /// The words of two deeds whose parts are exchanged.
    pub(super) fn exchanged(&self) -> Option<(Span, Span)> {
        // In a clause beside the main one the parts of other deeds are easily taken for these; all words must then be the same.
        let alike = self.frame.shared(&[], &[]).least >= EXCHANGED_SHARE;
        let within = self.pairs().find(|(one, other)| {
            (one.main && other.main || alike)
                && (self.is_exchanged(one, other) && !self.has_its_own(one, other)
                    || self.is_exchanged_within(one, other))
        });
        if let Some((one, other)) = within {
            return Some((self.words(Hand::Left, one), self.words(Hand::Right, other)));
        }
        // "Benning wrote the memo and Lindqvist signed it": each deed has the other's doer.
        let pairs: Vec<(&Deed, &Deed)> = self.pairs().take(DEEDS).collect();
        let roles: [fn(&Deed) -> &[Part]; 2] = [|deed| &deed.agents, |deed| &deed.patients];
        pairs.iter().enumerate().find_map(|(at, (one, other))| {
            pairs[at + 1..].iter().find_map(|(second, second_other)| {
                let mains = [one, other, second, second_other].iter().all(|deed| deed.main);
                let apart = mains && one.lemma != second.lemma && other.lemma != second_other.lemma;
                let crossed = roles.iter().any(|role| {
                    self.same_in(role(one), role(second_other))
                        && self.same_in(role(second), role(other))
                        && self.meet_all(role(one), role(other)) == Meet::Other
                        && self.meet_all(role(second), role(second_other)) == Meet::Other
                });
                // "fined the bank after the broker complained", "fined the broker after the bank complained".
                let turned = |doers: fn(&Deed) -> &[Part], targets: fn(&Deed) -> &[Part]| {
                    self.same_in(targets(one), doers(second_other))
                        && self.same_in(doers(second), targets(other))
                        && self.meet_all(targets(one), targets(other)) == Meet::Other
                        && self.meet_all(doers(second), doers(second_other)) == Meet::Other
                };
                let [doers, targets] = roles;
                let further = alike && one.lemma != second.lemma && (turned(doers, targets) || turned(targets, doers));
                // Who says it is no doer of what is said: "Holm claimed that he had paid, and so did Lind".
                let reports = |hand: Hand, deed: &Deed| {
                    let cue = self.frame.claim(hand).claim.attribution.as_ref().map(|it| it.cue);
                    cue.is_some_and(|cue| cue.overlaps(self.frame.terms(hand)[deed.predicate].span))
                };
                let said = [one, second].iter().any(|deed| reports(Hand::Left, deed))
                    || [other, second_other].iter().any(|deed| reports(Hand::Right, deed));
                (!said && (apart && crossed || further)).then(|| {
                    let left = self.words(Hand::Left, one).cover(self.words(Hand::Left, second));
                    let right = self.words(Hand::Right, other).cover(self.words(Hand::Right, second_other));
                    (left, right)
                })
            })
        })
    }

    /// True where one of the two deeds stands in the other claim with its parts in their own places: both are told twice.
    fn has_its_own(&self, one: &Deed, other: &Deed) -> bool {
        self.pairs().any(|(left, right)| {
            (left.predicate == one.predicate || right.predicate == other.predicate)
                && self.same_in(&left.agents, &right.agents)
                && self.meet_all(&left.patients, &right.patients) != Meet::Other
        })
    }

    fn is_exchanged(&self, one: &Deed, other: &Deed) -> bool {
        // "The flower is being clung to by a bee" may be read as a state of the flower: its parts are not those of "clings to".
        if one.denied != other.denied || one.state != other.state || self.is_mutual(one) || self.is_mutual(other) {
            return false;
        }
        let crossed = |doers: &[Part], targets: &[Part], other_doers: &[Part], other_targets: &[Part]| {
            self.same_in(doers, other_targets)
                && self.same_in(targets, other_doers)
                && !self.same_in(doers, other_doers)
                && !self.same_in(targets, other_targets)
        };
        if crossed(&one.agents, &one.patients, &other.agents, &other.patients) {
            return true;
        }
        if self.is_exchanged_inside(one, other) {
            return true;
        }
        // "filed suit against", "sold it to": the same preposition leads the exchanged part.
        one.others.iter().any(|(lead, part)| {
            let leads = match lead.as_str() {
                "with" | "on" => !one.patients.is_empty(),
                "in" | "at" | "and" | "" => false,
                _ => true,
            };
            leads
                && other.others.iter().filter(|(other_lead, _)| other_lead == lead).any(|(_, other_part)| {
                    crossed(&one.agents, &[*part], &other.agents, &[*other_part])
                        && self.meet_all(&one.patients, &other.patients) != Meet::Other
                })
        })
    }

    /// True where the doer of each deed stands in the phrase of what the other is done to: "Ostland expelled the envoy of Kovaria"
    /// and "Kovaria expelled the envoy of Ostland", also where the one phrase hangs from the verb ("referred the bank to ...").
    fn is_exchanged_inside(&self, one: &Deed, other: &Deed) -> bool {
        let within = |deed: &Deed| -> Vec<Part> {
            let led = deed
                .others
                .iter()
                .filter(|(lead, _)| !matches!(lead.as_str(), "in" | "at" | "on" | "and" | "with" | ""));
            deed.inside.iter().chain(led.map(|(_, part)| part)).copied().collect()
        };
        let (left, right) = (within(one), within(other));
        // "Overton's lists are made by members", "Overton makes its lists from members": "its" is the doer again.
        let owned = |hand: Hand, deed: &Deed| {
            let ahead = |part: &Part| part.head.saturating_sub(OWNER_REACH)..part.head;
            let is_owner = |term: &Term| matches!(term.word.as_str(), "its" | "his" | "her" | "their");
            deed.patients.iter().any(|part| self.frame.terms(hand)[ahead(part)].iter().any(is_owner))
        };
        (!one.inside.is_empty() || !other.inside.is_empty())
            && !owned(Hand::Left, one)
            && !owned(Hand::Right, other)
            && self.same_in(&one.patients, &other.patients)
            && self.meet_all(&one.agents, &other.agents) == Meet::Other
            && self.same_in(&one.agents, &right)
            && self.same_in(&left, &other.agents)
    }

    /// True where the phrases of the doers and of what is done to them have each other's words, while what is done to is headed alike: "Kovaria's
    /// army shelled the capital of Ostland", "government troops shelled rebel positions".
    fn is_exchanged_within(&self, one: &Deed, other: &Deed) -> bool {
        let doers = |deed: &Deed| deed.agents.iter().chain(&deed.inside_agents).copied().collect::<Vec<Part>>();
        let (lefts, rights) = (doers(one), doers(other));
        let apart = |left: &[Part], right: &[Part]| {
            left.iter().all(|one| right.iter().all(|two| self.meet(*one, *two) == Meet::Other))
        };
        one.denied == other.denied
            && !one.state
            && !other.state
            && self.same_in(&one.patients, &other.patients)
            && self.same_in(&lefts, &other.inside)
            && self.same_in(&one.inside, &rights)
            && apart(&one.inside, &other.inside)
            && (self.same_in(&one.agents, &other.agents)
                && self.same_in(&one.inside_agents, &other.inside)
                && apart(&one.inside_agents, &other.inside_agents)
                || apart(&lefts, &rights))
    }

    /// What A does with B, B does with A.
    fn is_mutual(&self, deed: &Deed) -> bool {
        is_mutual(&deed.lemma) || deed.others.iter().any(|(lead, _)| lead == "with") && deed.patients.is_empty()
    }
}
