//! Two places of one sort after the same preposition in one frame. A place that may hold the other is no conflict, and what
//! lies where is known of few places: of unknown ones it asks for a frame that is the same in every other word.
#![doc = include_str!("place_mismatch.md")]

use super::contrast::preposition;
use super::evidence::{against, evidence, explained, raised};
use super::figures::figures_apart;
use super::frame::{Frame, Hand, Shared};
use super::places;
use super::words::words_in;
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
use crate::model::{Mention, MentionKind, Severity, Value};

/// Shares of the words outside of the two places that must be the same, for places that are known to exclude each other.
const BEST_SHARE: f64 = 0.75;
const LEAST_SHARE: f64 = 0.5;

/// The same for places of which nothing is known.
const UNKNOWN_SHARE: f64 = 0.9;

/// Words both claims must share for places of which nothing is known.
const UNKNOWN_PARTNERS: usize = 4;

/// The rule.
#[derive(Debug)]
pub struct PlaceMismatch;

static META: RuleMeta = RuleMeta {
    id: "place-mismatch",
    summary: "two places for one event that exclude each other",
    bearing: Bearing::Conflict,
    level: Severity::Error,
    since: "0.1.0",
    page: include_str!("place_mismatch.md"),
};

impl Rule for PlaceMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let frame = pair.frame();
        if !frame.same_footing() || pair.left.form.polarity != pair.right.form.polarity {
            return Outcome::Silent;
        }
        let found = places_of_twins(frame).or_else(|| {
            let (one, other) = strange_places(frame)?;
            let (left_slot, right_slot) = ([one.span], [other.span]);
            let one_frame = close_enough(frame, one, other, frame.shared(&left_slot, &right_slot))
                && !frame.names_clash(&left_slot, &right_slot)
                && !frame.predicates_clash(&left_slot, &right_slot)
                && !figures_apart(frame);
            one_frame.then_some((one, other))
        });
        let Some((one, other)) = found else { return Outcome::Silent };
        let left = evidence(pair.left, one.span, Value::Mention(one.clone()));
        let right = evidence(pair.right, other.span, Value::Mention(other.clone()));
        let message = against(&left, &right);
        if frame.other_times() {
            explained(&META, "time", left, right, message)
        } else {
            raised(&META, left, right, message)
        }
    }
}

/// The places in the one place in which two claims that run alike differ.
fn places_of_twins<'a>(frame: &Frame<'a>) -> Option<(&'a Mention, &'a Mention)> {
    let verbatim = frame.changed_phrase().is_some();
    let (left, right) = frame.one_place()?;
    let place = |hand: Hand, slot: &std::ops::Range<usize>| {
        let inside = |name: &Mention| slot.clone().all(|at| name.span.overlaps(frame.terms(hand)[at].span));
        frame.strange_names(hand, &[]).into_iter().find(|name| inside(name))
    };
    let (one, other) = (place(Hand::Left, &left)?, place(Hand::Right, &right)?);
    let are_places = one.kind == MentionKind::Place && other.kind == MentionKind::Place;
    let (left_sort, right_sort) = (places::sort_of(&one.key), places::sort_of(&other.key));
    // In one statement printed by both outlets a state and a city exclude each other too, unless the one holds the other.
    let strangers =
        left_sort.is_some() && right_sort.is_some() && !places::one_may_hold_the_other(&one.key, &other.key);
    let apart = places::exclude_each_other(&one.key, &other.key)
        || left_sort.is_none() && right_sort.is_none()
        || verbatim && strangers;
    (are_places && apart).then_some((one, other))
}

/// The one place of each claim that the other lacks, both after the same preposition.
fn strange_places<'a>(frame: &Frame<'a>) -> Option<(&'a Mention, &'a Mention)> {
    let of = |hand: Hand| {
        let mut places = frame.strange_names(hand, &[]).into_iter().filter(|name| name.kind == MentionKind::Place);
        let first = places.next()?;
        // "in Varn, Ostland": the smaller place comes first, and the rest says where it lies.
        let lead = lead(frame, hand, first)?;
        let rest_is_surroundings = places.all(|name| self::lead(frame, hand, name).is_none());
        rest_is_surroundings.then_some((first, lead))
    };
    let (one, left_lead) = of(Hand::Left)?;
    let (other, right_lead) = of(Hand::Right)?;
    (left_lead == right_lead).then_some((one, other))
}

/// The preposition that puts something at a place.
fn lead<'a>(frame: &Frame<'a>, hand: Hand, name: &Mention) -> Option<&'a str> {
    let at = words_in(frame.terms(hand), name.span).start;
    let word = frame.terms(hand)[preposition(frame, hand, at)?].word.as_str();
    matches!(word, "in" | "at" | "near" | "to" | "from" | "off" | "outside" | "over").then_some(word)
}

fn close_enough(frame: &Frame<'_>, one: &Mention, other: &Mention, shared: Shared) -> bool {
    if places::exclude_each_other(&one.key, &other.key) {
        // "protests in Lyon" and "protests in Nice" are two protests. A shared name ties the claims to one event.
        let tied = frame.pair.left.form.entities.iter().any(|name| {
            name.span != one.span
                && frame.pair.right.form.entities.iter().any(|held| held.span != other.span && held.key == name.key)
        });
        let whole = shared.least >= UNKNOWN_SHARE && shared.partners >= UNKNOWN_PARTNERS;
        return shared.best >= BEST_SHARE && shared.least >= LEAST_SHARE && (tied || whole);
    }
    places::sort_of(&one.key).is_none()
        && places::sort_of(&other.key).is_none()
        && shared.least >= UNKNOWN_SHARE
        && shared.partners >= UNKNOWN_PARTNERS
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, short};
    use super::*;

    #[test]
    fn two_places_of_one_sort_in_one_frame_are_raised() {
        for (left, right, outcome) in [
            (
                "{p:Ada Lind} was arrested at the airport in {l:Norway}.",
                "{p:Ada Lind} was arrested at the airport in {l:Sweden}.",
                "raised: Norway | Sweden",
            ),
            (
                "A freight train derailed early near {l:Garrow} with a load of timber.",
                "A freight train derailed early near {l:Tamsel} with a load of timber.",
                "raised: Garrow | Tamsel",
            ),
        ] {
            assert_eq!(short(&check(&PlaceMismatch, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn places_that_may_hold_each_other_and_two_events_are_silent() {
        for (left, right, outcome) in [
            (
                "{p:Ada Lind} was arrested at the airport in {l:Paris}.",
                "{p:Ada Lind} was arrested at the airport in {l:France}.",
                "silent",
            ),
            ("Farmers protested in {l:Norway}.", "Farmers protested in {l:Sweden}.", "silent"),
            (
                "{p:Ada Lind} was arrested at the airport in {l:Norway}.",
                "{p:Ada Lind} flew home from the airport in {l:Sweden} after she was questioned.",
                "silent",
            ),
        ] {
            assert_eq!(short(&check(&PlaceMismatch, left, right)), outcome, "{left} | {right}");
        }
    }
}
