//! The figures of two claims → the two that differ most plainly. In: a frame. Out: two figures of one measure in one
//! frame, with what reconciles them if anything does. The numeric and superseded rules are made of it; it raises nothing
//! itself.

use super::amounts::{Measure, SameMeasure, Standing, measure, same_measure, standing};
use super::clauses::Clauses;
use super::frame::{Frame, Hand};
use super::settings::{Setting, is_market, is_of_a_part, is_running, setting};
use super::stances::sides_differ;
use crate::model::{Quantity, QuantityKind, TermRole};

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
    if same == SameMeasure::Scope { Frames::Reconciled("scope") } else { Frames::Same }
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
