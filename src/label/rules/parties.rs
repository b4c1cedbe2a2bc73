//! Of whom two claims tell a deed. In: the clauses of two claims. Out: two parties of whom the same is told, deeds that one party
//! cannot both have done, and whether one speaker speaks in both. It raises nothing itself.

use super::clauses::{Clauses, EXCHANGED_SHARE, Meet};
use super::deeds::{Deed, Footing, Part};
use super::frame::Hand;
use super::naming::{name_at, same_name};
use super::opposites::{Sort, opposed_deeds};
use super::words::is_content;
use crate::model::{Mention, MentionKind, Mode, Span, Term, TermRole};

impl<'a> Clauses<'_, 'a> {
    /// The name of who says what the claim of `hand` tells.
    fn speaker(&self, hand: Hand) -> Option<&'a Mention> {
        let claim = self.frame.claim(hand);
        let speaker = claim.claim.attribution.as_ref()?.speaker.as_ref()?;
        claim.form.entities.iter().find(|name| name.span.overlaps(speaker.span))
    }

    /// True where one named speaker says both: "he" of "Holm said he would resign" is Holm in both claims, or one man in both.
    pub(super) fn one_speaker(&self) -> bool {
        let speakers = self.speaker(Hand::Left).zip(self.speaker(Hand::Right));
        speakers.is_some_and(|(one, other)| same_name(&one.key, &other.key))
    }

    /// True where two persons are quoted, and what the one says that he does the other says that he does not: "I will stand", "I will not".
    pub(super) fn speak_of_themselves(&self) -> bool {
        let of = |hand: Hand| {
            let claim = self.frame.claim(hand);
            let is_quoted = claim.claim.attribution.as_ref().is_some_and(|it| it.mode == Mode::Direct);
            claim.speaker_name().filter(|name| is_quoted && name.kind == MentionKind::Person)
        };
        let two = of(Hand::Left).zip(of(Hand::Right)).is_some_and(|(one, other)| !same_name(&one.key, &other.key));
        let is_i = |hand: Hand, deed: &Deed| matches!(deed.agents.as_slice(), [it] if self.frame.terms(hand)[it.head].word == "i");
        two && self
            .pairs()
            .any(|(one, other)| one.denied != other.denied && is_i(Hand::Left, one) && is_i(Hand::Right, other))
    }

    /// The bodies that speak of themselves, in each claim another: "Varnex said it would". "He" of whom a spokesman speaks need not be
    /// the spokesman.
    fn other_bodies(&self, one: &Deed, other: &Deed) -> Option<(&'a Mention, &'a Mention)> {
        let is_it = |hand: Hand, deed: &Deed| match deed.agents.as_slice() {
            [agent] => self.frame.terms(hand)[agent.head].word == "it",
            _ => false,
        };
        let (left, right) = self.speaker(Hand::Left).zip(self.speaker(Hand::Right))?;
        let are_bodies = left.kind != MentionKind::Person && right.kind != MentionKind::Person;
        (are_bodies && is_it(Hand::Left, one) && is_it(Hand::Right, other) && !same_name(&left.key, &right.key))
            .then_some((left, right))
    }

    /// The two of whom one and the same thing is told, each in one claim, where no deed of both claims has one party: what is told of
    /// the one is not told of the other.
    pub(super) fn other_parties(&self) -> Option<(&'a Mention, &'a Mention)> {
        let mut found = None;
        for (one, other) in self.pairs().filter(|(one, other)| one.main && other.main && !one.is_saying()) {
            if let Some(bodies) = self.other_bodies(one, other) {
                found = found.or(Some(bodies));
                continue;
            }
            let (left, right) = match (one.party(), other.party()) {
                ([left], [right]) if one.agents.is_empty() == other.agents.is_empty() => (*left, *right),
                _ => return None,
            };
            let strange = self.frame.partner(Hand::Left, left.head).is_none()
                && self.frame.partner(Hand::Right, right.head).is_none();
            let name = |hand: Hand, part: Part| name_at(self.frame.claim(hand), part.head);
            let (one, other) = name(Hand::Left, left).zip(name(Hand::Right, right))?;
            let one_sort =
                one.kind == other.kind && matches!(one.kind, MentionKind::Person | MentionKind::Organization);
            if !strange || !one_sort || self.meet(left, right) != Meet::Other {
                return None;
            }
            found = found.or(Some((one, other)));
        }
        found
    }

    /// The predicates of two deeds of one party that it cannot both have done, and what sort of difference they make.
    pub(super) fn opposed(&self) -> Option<(Span, Span, Sort)> {
        let forms = |hand: Hand, deeds: &[Deed]| -> Vec<Vec<String>> {
            deeds.iter().map(|deed| forms(self.frame.terms(hand), deed)).collect()
        };
        let (lefts, rights) = (forms(Hand::Left, self.left), forms(Hand::Right, self.right));
        let mut pairs =
            self.left.iter().zip(&lefts).flat_map(|left| self.right.iter().zip(&rights).map(move |it| (left, it)));
        pairs.find_map(|((one, left), (other, right))| {
            let sort = opposed_deeds(left, right)?;
            let stands = one.main
                && other.main
                && !one.denied
                && !other.denied
                && one.footing == other.footing
                && one.footing != Footing::Open
                && !self.one_predicate(one, other)
                && self.one_party(one, other)
                && self.is_known(one, other);
            // A claim that tells both tells of two times or two things.
            let told = |hand: Hand, word: usize| {
                let stem = &self.frame.terms(hand.other())[word].stem;
                self.frame.terms(hand).iter().any(|term| is_content(term) && term.stem == *stem)
            };
            (stands && !told(Hand::Left, other.predicate) && !told(Hand::Right, one.predicate)).then(|| {
                let words = |hand: Hand, deed: &Deed| predicate(self.frame.terms(hand), deed);
                (words(Hand::Left, one), words(Hand::Right, other), sort)
            })
        })
    }

    /// True where the same is told of one party: of who does it, or of whom it is done to, also where the one is an active and the
    /// other a passive.
    fn one_party(&self, one: &Deed, other: &Deed) -> bool {
        // "Shares of Varnex" are not those of Borel.
        let named = |hand: Hand, parts: &[Part]| -> Vec<Part> {
            parts.iter().filter(|part| self.frame.terms(hand)[part.head].role == TermRole::Name).copied().collect()
        };
        let of_others = |left: &[Part], right: &[Part]| {
            self.meet_all(&named(Hand::Left, left), &named(Hand::Right, right)) == Meet::Other
        };
        if of_others(&one.inside_agents, &other.inside_agents) || of_others(&one.inside, &other.inside) {
            return false;
        }
        let to_left = one.agents.is_empty() && other.patients.is_empty() && self.same_in(&one.patients, &other.agents);
        let to_right = other.agents.is_empty() && one.patients.is_empty() && self.same_in(&one.agents, &other.patients);
        // Where grammar gave a predicate no part, all other words say of whom it is told.
        let bare = |deed: &Deed| deed.agents.is_empty() && deed.patients.is_empty();
        let span = |hand: Hand, deed: &Deed| [self.frame.terms(hand)[deed.predicate].span];
        let alike = || {
            let shared = self.frame.shared(&span(Hand::Left, one), &span(Hand::Right, other));
            shared.least >= EXCHANGED_SHARE && shared.partners > 1
        };
        to_left
            || to_right
            || self.one_deed(one, other) && self.one_scope(one, other)
            || (bare(one) || bare(other)) && alike()
    }
}

/// The forms by which a deed may stand in the table of opposed deeds, the longest first: with the words behind the verb, with its
/// particle, or the verb alone.
fn forms(terms: &[Term], deed: &Deed) -> Vec<String> {
    if deed.state {
        return vec![format!("be {}", deed.lemma)];
    }
    let verb = deed.lemma.split(' ').next().unwrap_or_default();
    let behind: Vec<&str> = terms.iter().skip(deed.predicate + 1).take(2).map(|term| term.word.as_str()).collect();
    let with = |count: usize| behind.get(..count).map(|words| format!("{verb} {}", words.join(" ")));
    [with(2), with(1), Some(deed.lemma.clone())].into_iter().flatten().collect()
}

/// Words behind a verb among which its particle stands: "called it off".
const PARTICLE_REACH: usize = 4;

/// The words of a predicate, its particle among them: who reads "called" misses that it was called off.
fn predicate(terms: &[Term], deed: &Deed) -> Span {
    let verb = terms[deed.predicate].span;
    let behind = terms.iter().skip(deed.predicate + 1).take(PARTICLE_REACH);
    let particle =
        deed.lemma.split_once(' ').and_then(|(_, particle)| behind.into_iter().find(|it| it.word == particle));
    particle.map_or(verb, |particle| verb.cover(particle.span))
}
