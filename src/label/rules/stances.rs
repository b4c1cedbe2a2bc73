//! Two sides taken in one thing: voted for the bill, voted against it. In: a frame. Out: the words that name the sides. They are words
//! of grammar, which lie outside of the alignment, and only behind verbs of taking sides are they opposed: "for" has many other uses. It
//! raises nothing itself; the antonym rule is made of it.

use super::contrast::Contrast;
use super::deeds::Part;
use super::figures::figures_apart;
use super::frame::{Frame, Hand};
use crate::lexicon;
use crate::model::{RoleKind, Span, TermRole};

/// Words that the longest phrase naming a side has.
const LONGEST: usize = 3;

/// Words between the verb and the side: "voted overwhelmingly against", "came out for".
const REACH: usize = 4;

/// Shares of the words outside of the two that must be the same.
const BEST_SHARE: f64 = 0.66;
const LEAST_SHARE: f64 = 0.4;

/// A side taken in something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stance {
    /// The words that name the side.
    side: Span,
    /// True for the one side, false for the other.
    is_for: bool,
    /// The word it hangs on, an index of the claim's words.
    governor: usize,
}

/// Two sides taken in one thing by one party.
pub(super) fn stances(frame: &Frame<'_>) -> Option<Contrast> {
    let (left, right) = opposite(frame)?;
    let (left_slot, right_slot) = ([left.side], [right.side]);
    let shared = frame.shared(&left_slot, &right_slot);
    let alike = shared.best >= BEST_SHARE && shared.least >= LEAST_SHARE && shared.partners > 1;
    let one_denied = is_denied(frame, Hand::Left, left) != is_denied(frame, Hand::Right, right);
    if !(alike || frame.contained(shared)) || frame.predicates_clash(&left_slot, &right_slot) {
        return None;
    }
    let other_party = !frame.anchored()
        || frame.names_clash(&left_slot, &right_slot)
        || figures_apart(frame)
        || !has_one_doer(frame, left.governor, right.governor, shared.least)
        || is_some_of_many(frame, Hand::Left, left.governor)
        || is_some_of_many(frame, Hand::Right, right.governor);
    let by = match (one_denied, other_party) {
        // Who is for it contradicts nobody who is against it: of one assembly twelve may be for it and forty against.
        (_, true) => Some("scope"),
        (true, false) => Some("paraphrase"),
        (false, false) => frame.other_times().then_some("time"),
    };
    Some(Contrast { left: left.side, right: right.side, by })
}

/// True where the claims tell of two sides in one thing, whoever takes them: what is counted or denied is then not the same.
pub(super) fn sides_differ(frame: &Frame<'_>) -> bool {
    opposite(frame).is_some()
}

fn opposite(frame: &Frame<'_>) -> Option<(Stance, Stance)> {
    (0..frame.terms(Hand::Left).len()).find_map(|at| {
        let partner = frame.partner(Hand::Left, at)?;
        // A word that stands twice has one partner, and is the partner of one.
        if frame.partner(Hand::Right, partner) != Some(at) {
            return None;
        }
        let (left, right) = (stance(frame, Hand::Left, at)?, stance(frame, Hand::Right, partner)?);
        let opposite = left.is_for != right.is_for && hang_alike(frame, left.governor, right.governor);
        opposite.then_some((left, right))
    })
}

/// The side taken in the `at`-th word of `hand`, if one is.
fn stance(frame: &Frame<'_>, hand: Hand, at: usize) -> Option<Stance> {
    let terms = frame.terms(hand);
    let article = |at: usize| {
        let word = terms[at].word.as_str();
        matches!(word, "the" | "a" | "an" | "its" | "his" | "her" | "their" | "this" | "that" | "any" | "such")
    };
    let end = (0..at).rev().find(|&before| !article(before))?;
    let (from, is_for) = (0..LONGEST.min(end + 1)).rev().find_map(|more| {
        let from = end - more;
        let phrase: Vec<&str> = terms[from..=end].iter().map(|term| term.word.as_str()).collect();
        match lexicon::stances().value(&phrase.join(" "))? {
            "for" => Some((from, true)),
            "against" => Some((from, false)),
            _ => None,
        }
    })?;
    // Adverbs, particles and counts of votes stand between; another word that tells something would be the governor.
    let passes = |at: &usize| {
        let term = &terms[*at];
        term.role == TermRole::Quantity || term.word.ends_with("ly") || term.role == TermRole::Function
    };
    let is_governor = |at: &usize| lexicon::stances().value(&terms[*at].word) == Some("governor");
    let governor = (0..from).rev().take(REACH).find(|at| is_governor(at) || !passes(at)).filter(is_governor)?;
    let side = Span { start: terms[from].span.start, end: terms[end].span.end };
    Some(Stance { side, is_for, governor })
}

/// True where two governors are one word: partners, or forms of "be", which have none.
fn hang_alike(frame: &Frame<'_>, left: usize, right: usize) -> bool {
    let (one, other) = (&frame.terms(Hand::Left)[left], &frame.terms(Hand::Right)[right]);
    let is_be = |word: &str| lexicon::auxiliaries().value(word) == Some("be");
    frame.partner(Hand::Left, left) == Some(right) || one.stem == other.stem || is_be(&one.word) && is_be(&other.word)
}

/// True where the side is denied: behind "is" the denial stands between the verb and the side.
fn is_denied(frame: &Frame<'_>, hand: Hand, stance: Stance) -> bool {
    let governor = &frame.terms(hand)[stance.governor];
    let mut cues = frame.claim(hand).form.negations.iter().map(|negation| negation.cue);
    governor.negated || cues.any(|cue| cue.start >= governor.span.start && cue.end <= stance.side.start)
}

/// True where one party takes both sides: the doers are the same, down to what tells them apart ("a lower court", "an appeals court").
/// Where grammar tells no doer, all words have to be the same.
fn has_one_doer(frame: &Frame<'_>, left: usize, right: usize, least: f64) -> bool {
    let doers = |hand: Hand, governor: usize| -> Vec<Part> {
        let deeds = frame.deeds(hand).iter().filter(|deed| deed.predicate == governor || deed.state && deed.main);
        deeds.flat_map(|deed| deed.agents.iter().chain(&deed.inside_agents)).copied().collect()
    };
    let (lefts, rights) = (doers(Hand::Left, left), doers(Hand::Right, right));
    if lefts.is_empty() || rights.is_empty() {
        return least >= 1.0;
    }
    let known =
        |hand: Hand, parts: &[Part]| parts.iter().all(|part| part.pronoun || frame.partner(hand, part.head).is_some());
    known(Hand::Left, &lefts) && known(Hand::Right, &rights)
}

/// True where it is some of many who take the side: "senators voted for it", "12 of them". Others of them may take the other.
fn is_some_of_many(frame: &Frame<'_>, hand: Hand, governor: usize) -> bool {
    let claim = frame.claim(hand);
    let verb = frame.terms(hand)[governor].span;
    let mut agents = claim
        .frames()
        .iter()
        .filter(|frame| frame.predicate.overlaps(verb))
        .flat_map(|frame| frame.roles(RoleKind::Agent));
    agents.any(|agent| {
        let head = claim.claim.words(agent.head);
        // "Republicans" may be any of them, "the United Nations" are one.
        let is_name = claim.form.entities.iter().any(|name| name.span.overlaps(agent.head) && name.span != agent.head);
        let is_plural = head.to_lowercase() != agent.lemma.to_lowercase() && head.ends_with('s') && !is_name;
        let opening = claim.claim.words(agent.span).split(' ').next().unwrap_or_default().to_lowercase();
        let is_whole =
            matches!(opening.as_str(), "the" | "its" | "his" | "her" | "their" | "all" | "both" | "these" | "those");
        agent.count.is_some() || lexicon::quantifiers().has(&opening) && !is_whole || is_plural && !is_whole
    })
}
