//! The common frame of two matched claims. In: a pair with its alignment. Out: how much of both claims outside of the
//! differing words is the same, whether names or predicates clash there, and what governs the differing words. It raises
//! nothing; every rule asks it before it does.
//!
//! A conflict presupposes that both claims speak of one event, its participants, its measure and its time (de Marneffe,
//! Rafferty & Manning 2008). Without a parser this is read off the alignment: what lies outside of the slot in question
//! must stand for each other, and the words next to the slot must be partners.

use super::deeds::{Deed, deeds};
use super::naming::{could_fill_one_place, is_teller, name_at, same_name};
use super::opposites::{meanings, opposed};
use super::places;
use super::twins::{Slot, Twins, changed_phrase, twins};
use super::words::{concept, covered, is_content, is_past, may_govern, segments, words_in};
use crate::label::Pair;
use crate::model::{Mention, Modality, NormalClaim, Span, Term, TermRole};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::ops::Range;

/// Below this strength two aligned words are a guess and do not count as the same.
const SAME: f64 = 0.6;

/// Names looked at per claim, so that a text made of names costs no quadratic time.
const NAMES: usize = 64;

/// Figures and times looked at per claim.
const VALUES: usize = 16;

/// Share of the longer claim's words that the shorter one, wholly contained in it, has to make up.
const CONTAINED_SHARE: f64 = 0.2;

/// Words without a partner looked at per claim.
const LONELY: usize = 32;

/// Words between a slot and a word that may govern it.
const REACH: usize = 6;

/// The one claim of a pair or the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hand {
    /// The left claim.
    Left,
    /// The right claim.
    Right,
}

impl Hand {
    /// The other claim.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// Two claims and what stands for what in them.
pub(super) struct Frame<'a> {
    /// The pair.
    pub(super) pair: Pair<'a>,
    links: [Vec<Option<usize>>; 2],
    segments: [Vec<usize>; 2],
    deeds: [OnceCell<Vec<Deed>>; 2],
    twins: OnceCell<Option<Twins>>,
    changed: OnceCell<Option<Slot>>,
    other_times: OnceCell<bool>,
}

/// How much of two claims outside of a slot is the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shared {
    /// The larger of both claims' shares.
    pub(super) best: f64,
    /// The smaller of both claims' shares.
    pub(super) least: f64,
    /// The smaller of both claims' numbers of words with a partner: a name of two words may stand for one of one.
    pub(super) partners: usize,
    /// The smaller of both claims' numbers of words without a partner: how many words may stand in place of another.
    pub(super) swaps: usize,
}

/// What stands next to a slot in both claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Governors {
    /// How many of the neighbors are partners.
    pub(super) shared: usize,
    /// True where both claims have a neighbor that has no partner: the slots hang on different words.
    pub(super) clash: bool,
}

impl<'a> Frame<'a> {
    /// The frame of `pair`: its alignment, completed by names of one key and by words of one meaning.
    pub(super) fn new(pair: Pair<'a>) -> Self {
        let left_terms = pair.left.form.terms.len();
        let right_terms = pair.right.form.terms.len();
        let mut frame = Self {
            pair,
            links: [vec![None; left_terms], vec![None; right_terms]],
            segments: [segments(pair.left), segments(pair.right)],
            deeds: Default::default(),
            twins: OnceCell::new(),
            changed: OnceCell::new(),
            other_times: OnceCell::new(),
        };
        for linked in &pair.alignment.pairs {
            let (left, right) = (linked.left as usize, linked.right as usize);
            // "increase" and "decrease" are near spellings, and "rose" and "fell" are related words.
            let excluded = match (pair.left.form.terms.get(left), pair.right.form.terms.get(right)) {
                (Some(one), Some(other)) => opposed(&one.stem, &other.stem).is_some(),
                _ => true,
            };
            if linked.strength >= SAME && !excluded {
                frame.link(left, right);
            }
        }
        frame.link_names();
        frame.link_meanings();
        frame
    }

    fn link(&mut self, left: usize, right: usize) {
        if let (Some(None), Some(None)) = (self.links[0].get(left), self.links[1].get(right)) {
            self.links[0][left] = Some(right);
            self.links[1][right] = Some(left);
        }
    }

    /// Links the words of names that are one name, also where they have different numbers of words ("U.S.").
    fn link_names(&mut self) {
        let pair = self.pair;
        for left in pair.left.form.entities.iter().take(NAMES) {
            for right in pair.right.form.entities.iter().take(NAMES) {
                if !same_name(&left.key, &right.key) {
                    continue;
                }
                let left_words = words_in(&pair.left.form.terms, left.span);
                let right_words = words_in(&pair.right.form.terms, right.span);
                for (hand, words, partner) in [(0, &left_words, right_words.start), (1, &right_words, left_words.start)]
                {
                    for word in words.clone() {
                        self.links[hand][word].get_or_insert(partner);
                    }
                }
            }
        }
    }

    /// Links words without a partner that mean the same in the tables of opposites and of what is counted.
    fn link_meanings(&mut self) {
        let mut waiting: FxHashMap<(u32, u32), Vec<usize>> = FxHashMap::default();
        let mut concepts: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let right = &self.pair.right.form.terms;
        for at in (0..right.len()).rev().filter(|&at| self.links[1][at].is_none() && is_content(&right[at])) {
            for meaning in meanings(&right[at].stem) {
                waiting.entry(meaning).or_default().push(at);
            }
            if let Some(concept) = concept(&right[at]) {
                concepts.entry(concept).or_default().push(at);
            }
        }
        for (at, term) in self.pair.left.form.terms.iter().enumerate() {
            if self.links[0][at].is_some() || !is_content(term) {
                continue;
            }
            let by_meaning = meanings(&term.stem).find_map(|meaning| waiting.get_mut(&meaning)?.pop());
            let partner = by_meaning.or_else(|| concept(term).and_then(|concept| concepts.get_mut(concept)?.pop()));
            if let Some(partner) = partner {
                self.link(at, partner);
            }
        }
    }

    /// What the claim of `hand` tells, deed by deed.
    pub(super) fn deeds(&self, hand: Hand) -> &[Deed] {
        self.deeds[hand as usize].get_or_init(|| deeds(self.claim(hand)))
    }

    /// Where the claims differ, if they run alike word for word but for one place.
    pub(super) fn twins(&self) -> Option<&Twins> {
        self.twins.get_or_init(|| twins(self)).as_ref()
    }

    /// The one phrase in which two claims that are the same word for word differ.
    pub(super) fn changed_phrase(&self) -> Option<Slot> {
        self.changed.get_or_init(|| changed_phrase(self)).clone()
    }

    /// True where nothing in a place of the claim of `hand` tells anything but what lies under `span`.
    pub(super) fn fills(&self, hand: Hand, slot: &Range<usize>, span: Span) -> bool {
        let mut telling = self.terms(hand)[slot.clone()].iter().filter(|term| term.role != TermRole::Function);
        telling.all(|term| span.overlaps(term.span))
    }

    /// The one place in which two claims that run alike differ, be they the same word for word or not.
    pub(super) fn one_place(&self) -> Option<Slot> {
        self.changed_phrase().or_else(|| self.twins()?.slot.clone())
    }

    /// True where the claims speak of different times.
    pub(super) fn other_times(&self) -> bool {
        *self.other_times.get_or_init(|| self.speaks_of_other_times())
    }

    /// The claim of `hand`.
    pub(super) fn claim(&self, hand: Hand) -> &'a NormalClaim {
        match hand {
            Hand::Left => self.pair.left,
            Hand::Right => self.pair.right,
        }
    }

    /// The words of the claim of `hand`.
    pub(super) fn terms(&self, hand: Hand) -> &'a [Term] {
        &self.claim(hand).form.terms
    }

    /// The partner in the other claim of the `at`-th word of `hand`.
    pub(super) fn partner(&self, hand: Hand, at: usize) -> Option<usize> {
        self.links[hand as usize].get(at).copied().flatten()
    }

    /// The content words of `hand` without a partner, outside of `slot`.
    pub(super) fn lonely(&self, hand: Hand, slot: &[Span]) -> impl Iterator<Item = usize> {
        let terms = self.terms(hand);
        (0..terms.len()).filter(move |&at| {
            self.partner(hand, at).is_none() && is_content(&terms[at]) && !covered(slot, terms[at].span)
        })
    }

    /// How much of both claims outside of the slots is the same. Where neither holds anything else, nothing differs.
    pub(super) fn shared(&self, left_slot: &[Span], right_slot: &[Span]) -> Shared {
        let count = |hand: Hand, slot: &[Span]| {
            let terms = self.terms(hand);
            let asides = self.asides(hand, slot);
            let mut linked = 0_usize;
            let mut all = 0_usize;
            for (at, term) in terms.iter().enumerate() {
                if may_govern(term) && !covered(slot, term.span) && !asides[self.segments[hand as usize][at]] {
                    all += 1;
                    linked += usize::from(self.partner(hand, at).is_some());
                }
            }
            (linked, all)
        };
        let (left_linked, left_all) = count(Hand::Left, left_slot);
        let (right_linked, right_all) = count(Hand::Right, right_slot);
        if left_all == 0 && right_all == 0 {
            return Shared { best: 1.0, least: 1.0, partners: 0, swaps: 0 };
        }
        let share = |linked: usize, all: usize| if all == 0 { 0.0 } else { linked as f64 / all as f64 };
        let (left, right) = (share(left_linked, left_all), share(right_linked, right_all));
        Shared {
            best: left.max(right),
            least: left.min(right),
            partners: left_linked.min(right_linked),
            swaps: (left_all - left_linked).min(right_all - right_linked),
        }
    }

    /// For each stretch between two commas of `hand` whether it is an aside: it tells only what the other claim does not, and
    /// holds no slot. "..., most of them with burns" and "..., according to the mayor" add to a statement and are no part of it.
    fn asides(&self, hand: Hand, slot: &[Span]) -> Vec<bool> {
        let segments = &self.segments[hand as usize];
        let mut asides = vec![true; segments.last().map_or(0, |last| last + 1)];
        for (at, term) in self.terms(hand).iter().enumerate() {
            if covered(slot, term.span) || may_govern(term) && self.partner(hand, at).is_some() {
                asides[segments[at]] = false;
            }
        }
        asides
    }

    /// True where each claim names something the other does not, and the two names could fill one place: another
    /// person, another company. Names of the quoted speaker do not count.
    pub(super) fn names_clash(&self, left_slot: &[Span], right_slot: &[Span]) -> bool {
        let left = self.strange_names(Hand::Left, left_slot);
        let right = self.strange_names(Hand::Right, right_slot);
        left.iter().any(|one| {
            right.iter().any(|other| {
                could_fill_one_place(one.kind, other.kind) && !places::one_may_hold_the_other(&one.key, &other.key)
            })
        })
    }

    /// The names of `hand` outside of `slot` that the other claim does not hold.
    pub(super) fn strange_names(&self, hand: Hand, slot: &[Span]) -> Vec<&'a Mention> {
        let known = &self.claim(hand.other()).form.entities;
        self.claim(hand)
            .form
            .entities
            .iter()
            .take(NAMES)
            .filter(|name| !covered(slot, name.span))
            .filter(|name| !is_teller(self.claim(hand), name))
            .filter(|name| !known.iter().take(NAMES).any(|held| same_name(&name.key, &held.key)))
            .collect()
    }

    /// True where each claim has a verb in the past that the other lacks: they tell of different deeds.
    pub(super) fn predicates_clash(&self, left_slot: &[Span], right_slot: &[Span]) -> bool {
        let has_verb = |hand: Hand, slot: &[Span]| self.lonely(hand, slot).any(|at| is_past(&self.terms(hand)[at]));
        has_verb(Hand::Left, left_slot) && has_verb(Hand::Right, right_slot)
    }

    /// True where a word without a partner outside of the slots excludes one of the other claim: hired and fired.
    pub(super) fn opposed_elsewhere(&self, left_slot: &[Span], right_slot: &[Span]) -> bool {
        let right: Vec<usize> = self.lonely(Hand::Right, right_slot).take(LONELY).collect();
        self.lonely(Hand::Left, left_slot).take(LONELY).any(|one| {
            let stem = &self.terms(Hand::Left)[one].stem;
            right.iter().any(|&other| opposed(stem, &self.terms(Hand::Right)[other].stem).is_some())
        })
    }

    /// The nearest content word or name before `span` in the claim of `hand`, outside of `slot`.
    pub(super) fn before(&self, hand: Hand, span: Span, slot: &[Span]) -> Option<usize> {
        let terms = self.terms(hand);
        let from = terms.iter().position(|term| term.span.end > span.start).unwrap_or(terms.len());
        (0..from).rev().take(REACH).find(|&at| may_govern(&terms[at]) && !covered(slot, terms[at].span))
    }

    /// The nearest content word or name after `span` in the claim of `hand`, outside of `slot`.
    pub(super) fn after(&self, hand: Hand, span: Span, slot: &[Span]) -> Option<usize> {
        let terms = self.terms(hand);
        let from = terms.iter().rposition(|term| term.span.start < span.end).map_or(0, |last| last + 1);
        (from..terms.len()).take(REACH).find(|&at| may_govern(&terms[at]) && !covered(slot, terms[at].span))
    }

    /// What stands next to the two slots.
    pub(super) fn governors(&self, left: Span, right: Span, left_slot: &[Span], right_slot: &[Span]) -> Governors {
        let around = |hand, span, slot: &[Span]| [self.before(hand, span, slot), self.after(hand, span, slot)];
        let lefts = around(Hand::Left, left, left_slot);
        let rights = around(Hand::Right, right, right_slot);
        let shared = lefts
            .iter()
            .flatten()
            .filter(|&&at| {
                self.partner(Hand::Left, at).is_some_and(|partner| {
                    rights.contains(&Some(partner)) || self.same_name_at(at, rights.iter().flatten().copied())
                })
            })
            .count();
        let alone =
            |hand, neighbors: &[Option<usize>]| neighbors.iter().flatten().any(|&at| self.partner(hand, at).is_none());
        Governors { shared, clash: alone(Hand::Left, &lefts) && alone(Hand::Right, &rights) }
    }

    /// True where the shorter claim stands wholly inside the longer one and a name ties the two together: a headline and the
    /// sentence under it. `shared` is what both have in common outside of the slots.
    pub(super) fn contained(&self, shared: Shared) -> bool {
        let tied = shared.partners > 1 && self.shares_name()
            || shared.partners > 3
            || shared.partners > 0 && self.shared_values() > 1;
        shared.best >= 1.0 && shared.least >= CONTAINED_SHARE && tied
    }

    /// Number of figures and times of the left claim that the right one holds too.
    fn shared_values(&self) -> usize {
        let (left, right) = (&self.pair.left.form, &self.pair.right.form);
        let figures = left.quantities.iter().take(VALUES).filter(|one| {
            right.quantities.iter().take(VALUES).any(|other| {
                (one.kind, one.low, one.high, &one.unit) == (other.kind, other.low, other.high, &other.unit)
            })
        });
        let times = left.times.iter().take(VALUES).filter(|one| {
            right.times.iter().take(VALUES).any(|other| {
                one.written == other.written || one.is_resolved() && (one.from, one.until) == (other.from, other.until)
            })
        });
        figures.count() + times.count()
    }

    /// True where a name stands in both claims, or neither opens with a pronoun.
    pub(super) fn anchored_by_name(&self) -> bool {
        let is_pronoun = |hand: Hand| {
            let first = self.terms(hand).iter().find(|term| !matches!(term.role, TermRole::Time | TermRole::Quantity));
            first.is_some_and(|term| {
                matches!(term.word.as_str(), "he" | "she" | "it" | "they" | "who" | "which" | "we" | "i")
            })
        };
        self.shares_name() || !(is_pronoun(Hand::Left) || is_pronoun(Hand::Right))
    }

    /// True where a name stands in both claims.
    pub(super) fn shares_name(&self) -> bool {
        let (left, right) = (self.terms(Hand::Left), self.terms(Hand::Right));
        let is_name = |terms: &[Term], at: usize| terms[at].role == TermRole::Name;
        (0..left.len())
            .any(|at| is_name(left, at) && self.partner(Hand::Left, at).is_some_and(|partner| is_name(right, partner)))
    }

    /// True where the nearest words on either side of both slots stand for each other, as far as there are any.
    pub(super) fn tight(&self, left: Span, right: Span, left_slot: &[Span], right_slot: &[Span]) -> bool {
        let meet = |one: Option<usize>, other: Option<usize>| match (one, other) {
            (Some(one), Some(other)) => {
                Some(self.partner(Hand::Left, one) == Some(other) || self.same_name_at(one, [other].into_iter()))
            }
            _ => None,
        };
        let ahead = meet(self.before(Hand::Left, left, left_slot), self.before(Hand::Right, right, right_slot));
        let behind = meet(self.after(Hand::Left, left, left_slot), self.after(Hand::Right, right, right_slot));
        ahead != Some(false) && behind != Some(false) && (ahead.is_some() || behind.is_some())
    }

    /// True where the left word and one of the right words belong to one name: a name may be longer on one side.
    fn same_name_at(&self, left: usize, mut rights: impl Iterator<Item = usize>) -> bool {
        let Some(name) = name_at(self.pair.left, left) else { return false };
        rights.any(|right| name_at(self.pair.right, right).is_some_and(|other| same_name(&name.key, &other.key)))
    }

    /// True where something ties both claims to one thing: a name they share, or a subject that is no newcomer. "A dog" of
    /// the one claim need not be "a dog" of the other.
    pub(super) fn anchored(&self) -> bool {
        let newcomer = |hand: Hand| {
            let first = self.terms(hand).first();
            first.is_some_and(|term| {
                term.role == TermRole::Quantity || matches!(term.word.as_str(), "a" | "an" | "one" | "some" | "several")
            })
        };
        self.shares_name() || !(newcomer(Hand::Left) || newcomer(Hand::Right))
    }

    /// True where both documents have a publication date and the dates differ.
    pub(super) fn published_apart(&self) -> bool {
        matches!((self.pair.left_published, self.pair.right_published), (Some(left), Some(right)) if left != right)
    }

    /// True where both claims state facts, or both state plans. A plan does not contradict a fact, and two
    /// possibilities never exclude each other. Claims that run alike stand alike, whatever hedges they hold: "in a way that I
    /// would never ..." is no part of what differs.
    pub(super) fn same_footing(&self) -> bool {
        let footing = |claim: &NormalClaim| match claim.form.modality {
            Modality::Asserted | Modality::Probable => Some("fact"),
            Modality::Planned => Some("plan"),
            Modality::Possible | Modality::Hypothetical => None,
        };
        // A question of a ready-made claim states nothing.
        let asks = |claim: &NormalClaim| claim.claim.text().trim_end().ends_with('?');
        if asks(self.pair.left) || asks(self.pair.right) {
            return false;
        }
        let (left, right) = (self.pair.left, self.pair.right);
        match (footing(left), footing(right)) {
            (Some(one), Some(other)) => one == other,
            _ => left.form.modality == right.form.modality && self.twins().is_some(),
        }
    }
}
