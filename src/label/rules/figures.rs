//! The figures of two claims → the two that differ most plainly. In: a frame. Out: two figures of one measure in one
//! frame, with what reconciles them if anything does. The numeric and superseded rules are made of it; it raises nothing
//! itself.

use super::amounts::{Measure, SameMeasure, Standing, measure, same_measure, standing};
use super::clauses::{Clauses, Meet};
use super::deeds::Deed;
use super::frame::{Frame, Hand};
use super::settings::{Setting, is_market, is_of_a_part, is_running, setting};
use super::stances::sides_differ;
use super::words::words_in;
use crate::lexicon::prepositions;
use crate::model::{MentionKind, Quantity, QuantityKind, TermRole};

/// Share of the words outside of the two figures that must be the same in the claim that says less.
const BEST_SHARE: f64 = 0.6;

/// The same for the claim that says more.
const LEAST_SHARE: f64 = 0.34;

/// The shares where only the neighbors tell what a figure measures.
const BEST_SHARE_UNSAID: f64 = 0.75;
const LEAST_SHARE_UNSAID: f64 = 0.5;

/// The share where a claim's subject is a pronoun.
const SHARE_OF_PRONOUNS: f64 = 0.75;

/// The shares for ranks.
const SHARE_OF_RANKED: f64 = 0.85;

/// From how many times the other on a figure is one of another thing, where other bodies are named.
const ANOTHER_SIZE: f64 = 10.0;

/// Figures looked at per claim; tables read as one claim hold hundreds.
const FIGURES: usize = 16;

/// Two figures that differ, and what reconciles them if anything does.
pub(super) struct Figures<'a> {
    /// The figure of the left claim.
    pub(super) left: &'a Quantity,
    /// The figure of the right claim.
    pub(super) right: &'a Quantity,
    /// What both measure.
    pub(super) measure: Measure,
    /// What reconciles them; nothing where they exclude each other.
    pub(super) by: Option<&'static str>,
}

impl Figures<'_> {
    /// " (people killed)": what is measured, in the words of the claim with fewer of them.
    pub(super) fn measured(&self) -> String {
        match (self.measure.outcome, self.measure.things.as_slice()) {
            (Some(outcome), []) => format!(" ({outcome})"),
            (None, []) => String::new(),
            (Some(outcome), things) => format!(" ({}, {outcome})", things.join(" ")),
            (None, things) => format!(" ({})", things.join(" ")),
        }
    }
}

/// The figures of the two claims that differ most plainly: a conflict if there is one, else a reconciled difference.
pub(super) fn figures<'a>(frame: &Frame<'a>) -> Option<Figures<'a>> {
    if !frame.same_footing() {
        return None;
    }
    let left = &frame.pair.left.form.quantities;
    let right = &frame.pair.right.form.quantities;
    let left: Vec<(&Quantity, Measure)> =
        left.iter().take(FIGURES).map(|one| (one, measure(frame, Hand::Left, one))).collect();
    let right: Vec<(&Quantity, Measure)> =
        right.iter().take(FIGURES).map(|one| (one, measure(frame, Hand::Right, one))).collect();
    // Of all pairs of figures of one measure; a figure that agrees with any figure of the other claim is settled.
    let mut found: Vec<(usize, usize, Standing, SameMeasure)> = Vec::new();
    for (at_left, (one, measure_left)) in left.iter().enumerate() {
        for (at_right, (other, measure_right)) in right.iter().enumerate() {
            let Some(standing) = standing(one, other) else { continue };
            let same = same_measure(frame, measure_left, measure_right);
            if same != SameMeasure::No {
                found.push((at_left, at_right, standing, same));
            }
        }
    }
    let same_number =
        |one: &Quantity, other: &Quantity| one.low.is_some() && one.low == other.low && one.high == other.high;
    // Also a figure that the other claim holds of something else is settled: "two women and a man" and "one man and two women".
    let settled = |at_left: usize, at_right: usize| {
        found
            .iter()
            .any(|&(one, other, standing, _)| standing != Standing::Apart && (one == at_left || other == at_right))
            || right.iter().any(|(other, _)| same_number(left[at_left].0, other))
            || left.iter().any(|(one, _)| same_number(one, right[at_right].0))
    };
    // Two figures that differ and none that is the same: two occasions (two matches, two quarters, two days' prices).
    let strays = |all: &[(&Quantity, Measure)], others: &[(&Quantity, Measure)]| {
        let is_stray = |one: &Quantity| !others.iter().any(|(other, _)| meets(one, other));
        all.iter().filter(|(one, _)| is_stray(one)).count()
    };
    let shares_one = left.iter().any(|(one, _)| right.iter().any(|(other, _)| meets(one, other)));
    let other_occasion = !shares_one && strays(&left, &right) > 1 && strays(&right, &left) > 1;
    let mut candidates: Vec<(u8, u32, u32, Figures<'a>)> = Vec::new();
    for &(at_left, at_right, standing, same) in &found {
        let (one, measure_left) = &left[at_left];
        let (other, measure_right) = &right[at_right];
        let by = match standing {
            Standing::Equal => continue,
            Standing::Reconciled(by) => Some(by),
            Standing::Apart if settled(at_left, at_right) => continue,
            Standing::Apart => None,
        };
        let by = match (by, judged(frame, (one, measure_left), (other, measure_right), same)) {
            (_, Frames::Different) => continue,
            (None, Frames::Reconciled(why)) => Some(why),
            (by, _) => by,
        };
        let by = match by {
            None if other_occasion => Some("occasion"),
            by => by,
        };
        let rank = u8::from(by.is_some());
        let (from, to) = (one.span.start, other.span.start);
        let measure =
            if measure_left.things.len() <= measure_right.things.len() { measure_left } else { measure_right };
        let figures = Figures { left: one, right: other, measure: measure.clone(), by };
        candidates.push((rank, from.saturating_add(to), from.abs_diff(to), figures));
    }
    candidates.into_iter().min_by_key(|&(rank, sum, distance, _)| (rank, sum, distance)).map(|it| it.3)
}

/// True where one value satisfies both.
fn meets(one: &Quantity, other: &Quantity) -> bool {
    standing(one, other).is_some_and(|standing| standing != Standing::Apart)
}

/// Whether two figures stand in one frame.
enum Frames {
    Same,
    Reconciled(&'static str),
    Different,
}

fn judged(
    frame: &Frame<'_>,
    (one, left): (&Quantity, &Measure),
    (other, right): (&Quantity, &Measure),
    same: SameMeasure,
) -> Frames {
    // "One firm said that it would cut 300 jobs", and another one 500.
    let of_two_parties = || Clauses::of(frame).other_parties().is_some();
    if frame.names_clash(&left.slot, &right.slot) || sides_differ(frame) || of_two_parties() {
        return Frames::Different;
    }
    match (setting(frame.claim(Hand::Left), one), setting(frame.claim(Hand::Right), other)) {
        (Setting::Torn, _) | (_, Setting::Torn) => return Frames::Different,
        (one, other) if one != other => return Frames::Different,
        _ => {}
    }
    let shared = frame.shared(&left.slot, &right.slot);
    let counts_outcome = left.outcome.is_some();
    let strict = same == SameMeasure::Unsaid && !are_ages_of_one(frame, one, other) || one.kind == QuantityKind::Score;
    let (best, least) = match one.kind {
        // "the 86th" and "the 79th" name two things more often than they rank one.
        QuantityKind::Ordinal => (SHARE_OF_RANKED, SHARE_OF_RANKED),
        _ if strict => (BEST_SHARE_UNSAID, LEAST_SHARE_UNSAID),
        _ => (BEST_SHARE, LEAST_SHARE),
    };
    // "he spent two weeks", "she spent four": without a name in common nothing says that both are about one.
    if !frame.anchored_by_name() && shared.least < SHARE_OF_PRONOUNS {
        return Frames::Different;
    }
    let alike = shared.best >= best && shared.least >= least;
    let inside = || frame.contained(shared) && frame.tight(one.span, other.span, &left.slot, &right.slot);
    if !(alike || one.kind != QuantityKind::Ordinal && inside()) {
        return Frames::Different;
    }
    if !counts_outcome {
        let governors = frame.governors(one.span, other.span, &left.slot, &right.slot);
        // With no word but the neighbors to say what is measured, they must be the same.
        if governors.clash || (strict && !frame.tight(one.span, other.span, &left.slot, &right.slot)) {
            return Frames::Different;
        }
        if frame.predicates_clash(&left.slot, &right.slot) {
            return Frames::Different;
        }
    }
    if denied_on_one_side(frame, one, other) {
        return Frames::Different;
    }
    if is_cut_short(frame, one, other) {
        return Frames::Reconciled("unit");
    }
    if frame.other_times() || is_market(frame, one, other) {
        return Frames::Reconciled("time");
    }
    if is_running(frame) || is_of_a_part(frame) {
        return Frames::Reconciled("time");
    }
    if is_wider(frame, Hand::Left) || is_wider(frame, Hand::Right) {
        return Frames::Reconciled("scope");
    }
    if same == SameMeasure::Scope { Frames::Reconciled("scope") } else { Frames::Same }
}

/// True where the claim of `hand` tells of one more place than the other, beside one that both tell of: "in Kovaria and Ostland" counts more
/// than "in Kovaria".
fn is_wider(frame: &Frame<'_>, hand: Hand) -> bool {
    let terms = frame.terms(hand);
    let is_known = |at: usize| terms[at].role == TermRole::Name && frame.partner(hand, at).is_some();
    frame.strange_names(hand, &[]).into_iter().filter(|name| name.kind != MentionKind::Person).any(|name| {
        let words = words_in(terms, name.span);
        let and = |at: usize| matches!(terms.get(at).map(|term| term.word.as_str()), Some("and" | "or"));
        let ahead = words.start >= 2 && and(words.start - 1) && is_known(words.start - 2);
        let behind = and(words.end) && words.end + 1 < terms.len() && is_known(words.end + 1);
        let known = if ahead { words.start - 2 } else { words.end + 1 };
        (ahead || behind) && is_led(frame, hand, known.min(words.start))
    })
}

/// True where a preposition of place stands ahead of the word at `at`, names between them apart.
fn is_led(frame: &Frame<'_>, hand: Hand, at: usize) -> bool {
    let terms = frame.terms(hand);
    let ahead = (0..at).rev().find(|&it| terms[it].role != TermRole::Name && terms[it].word != "the");
    ahead.is_some_and(|it| matches!(prepositions().value(&terms[it].word), Some("place" | "perhaps-place")))
}

/// Two counts of other things in one deed of one doer: "was carrying 312 passengers", "was carrying 40 trucks".
pub(super) fn other_counts<'a>(frame: &Frame<'a>) -> Option<(&'a Quantity, &'a Quantity)> {
    let clauses = Clauses::of(frame);
    let count = |hand: Hand, deed: &Deed| -> Option<&'a Quantity> {
        let [patient] = deed.patients.as_slice() else { return None };
        let term = &frame.terms(hand)[patient.head];
        let counts = |it: &&Quantity| it.kind == QuantityKind::Count && it.of.iter().any(|of| *of == term.stem);
        frame.claim(hand).form.quantities.iter().take(FIGURES).find(counts)
    };
    clauses.pairs().find_map(|(one, other)| {
        let (left, right) = (count(Hand::Left, one)?, count(Hand::Right, other)?);
        let stands = one.main
            && other.main
            && clauses.same_in(&one.agents, &other.agents)
            && clauses.meet_all(&one.patients, &other.patients) == Meet::Other
            && standing(left, right) == Some(Standing::Apart);
        stands.then_some((left, right))
    })
}

/// The figures of two claims that tell one each, of which one is ten times the other, and which name other bodies: the output of a mine and of
/// a country.
pub(super) fn another_size<'a>(frame: &Frame<'a>) -> Option<(&'a Quantity, &'a Quantity)> {
    let only = |hand: Hand| match frame.claim(hand).form.quantities.as_slice() {
        [it] if !matches!(it.kind, QuantityKind::Duration | QuantityKind::Age | QuantityKind::Ordinal) => Some(it),
        _ => None,
    };
    let (left, right) = (only(Hand::Left)?, only(Hand::Right)?);
    let (one, other) = (left.value()?, right.value()?);
    let apart = standing(left, right) == Some(Standing::Apart) && one.max(other) >= one.min(other) * ANOTHER_SIZE;
    let strange = |hand: Hand| !frame.strange_names(hand, &[]).is_empty();
    (apart && one > 0.0 && other > 0.0 && strange(Hand::Left) && strange(Hand::Right)).then_some((left, right))
}

/// True for two ages of whoever is told by words that stand for each other, on either side of the figure: "a 71-year-old man" and "a man of
/// 74".
fn are_ages_of_one(frame: &Frame<'_>, one: &Quantity, other: &Quantity) -> bool {
    let whose = |hand: Hand, age: &Quantity| {
        let terms = frame.terms(hand);
        let content = |at: &usize| terms[*at].role == TermRole::Content;
        let behind = terms.iter().position(|term| term.span.start >= age.span.end).filter(content);
        behind.into_iter().chain((0..terms.len()).rev().find(|at| terms[*at].span.end <= age.span.start && content(at)))
    };
    let ages = one.kind == QuantityKind::Age && other.kind == QuantityKind::Age;
    ages && whose(Hand::Left, one).any(|left| {
        frame.partner(Hand::Left, left).is_some_and(|right| whose(Hand::Right, other).any(|own| own == right))
    })
}

/// True where the same digits stand in both claims, on one side behind a point that the other lost: "hit .358" and "hit 358".
fn is_cut_short(frame: &Frame<'_>, one: &Quantity, other: &Quantity) -> bool {
    let written = |hand: Hand, figure: &Quantity| frame.claim(hand).claim.words(figure.span);
    let (one, other) = (written(Hand::Left, one), written(Hand::Right, other));
    let shortened = |full: &str, digits: &str| full.strip_prefix('.') == Some(digits);
    shortened(one, other) || shortened(other, one)
}

/// "not 12 but 15": a figure that is denied does not stand against one that is affirmed.
fn denied_on_one_side(frame: &Frame<'_>, one: &Quantity, other: &Quantity) -> bool {
    let denied = |hand: Hand, quantity: &Quantity| {
        frame.terms(hand).iter().any(|term| term.negated && term.span.overlaps(quantity.span))
    };
    denied(Hand::Left, one) != denied(Hand::Right, other)
}

/// True where both claims hold figures of one measure that lie apart.
pub(super) fn figures_apart(frame: &Frame<'_>) -> bool {
    let figures = |hand: Hand| frame.claim(hand).form.quantities.iter().take(FIGURES).collect::<Vec<&Quantity>>();
    let (left, right) = (figures(Hand::Left), figures(Hand::Right));
    left.iter().any(|one| {
        right.iter().any(|other| {
            standing(one, other) == Some(Standing::Apart)
                && same_measure(frame, &measure(frame, Hand::Left, one), &measure(frame, Hand::Right, other))
                    != SameMeasure::No
        })
    })
}
