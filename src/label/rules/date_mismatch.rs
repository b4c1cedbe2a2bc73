//! Two times for one event that do not meet. It needs one event on both sides: a second differing slot (another figure,
//! another verb) suggests two events, and then it is silent.
#![doc = include_str!("date_mismatch.md")]

use super::clauses::Clauses;
use super::days::days_apart;
use super::evidence::{against, evidence, explained, raised};
use super::figures::figures_apart;
use super::frame::{Frame, Hand};
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
use crate::model::{Anchor, FrameKind, Grain, NormalClaim, Severity, Span, TermRole, TimeValue, Value};

/// Shares of the words outside of the times that must be the same. Recurring events (a monthly rate, a weekly match) are
/// told in nearly the same words, so the frame has to be close.
const BEST_SHARE: f64 = 0.75;
const LEAST_SHARE: f64 = 0.5;

/// Words both claims must share: two words and a date are no event.
const PARTNERS: usize = 2;

/// Times looked at per claim.
const TIMES: usize = 16;

/// The rule.
#[derive(Debug)]
pub struct DateMismatch;

static META: RuleMeta = RuleMeta {
    id: "date-mismatch",
    summary: "two times for one event that do not meet",
    bearing: Bearing::Conflict,
    level: Severity::Error,
    since: "0.1.0",
    page: include_str!("date_mismatch.md"),
};

impl Rule for DateMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let frame = pair.frame();
        if !frame.same_footing() {
            return Outcome::Silent;
        }
        let by_frame = || frame.times_apart().and_then(|_| plainest(frame)).filter(|times| in_one_frame(frame, *times));
        let Some((one, other)) = changed_time(frame).or_else(by_frame).or_else(|| in_one_deed(frame)) else {
            return Outcome::Silent;
        };
        if names_an_issue(pair.left, one) && names_an_issue(pair.right, other) {
            return Outcome::Silent;
        }
        let left = evidence(pair.left, one.span, Value::Time(one.clone()));
        let right = evidence(pair.right, other.span, Value::Time(other.clone()));
        let message = against(&left, &right);
        // A day's difference between papers of different days may be the time zone, or "yesterday" in an older text.
        let by_time_zone = frame.published_apart()
            && days_apart(pair, one, other) == Some(0)
            && (one.anchor == Anchor::Published || other.anchor == Anchor::Published)
            && is_day(one)
            && is_day(other);
        if by_time_zone { explained(&META, "grain", left, right, message) } else { raised(&META, left, right, message) }
    }
}

/// The times in the one phrase that was changed in a statement printed by both outlets. There a time is compared wherever it
/// stands, also where it dates the telling ("said on Sunday").
fn changed_time<'a>(frame: &Frame<'a>) -> Option<(&'a TimeValue, &'a TimeValue)> {
    let (left, right) = frame.changed_phrase()?;
    let inside = |hand: Hand, slot: std::ops::Range<usize>| {
        frame.claim(hand).form.times.iter().find(|time| {
            frame.terms(hand)[slot.clone()].iter().any(|term| time.span.overlaps(term.span))
                && frame.fills(hand, &slot, time.span)
        })
    };
    let (one, other) = (inside(Hand::Left, left)?, inside(Hand::Right, right)?);
    days_apart(&frame.pair, one, other).map(|_| (one, other))
}

/// The times of one deed that both claims tell, whatever else each tells.
fn in_one_deed<'a>(frame: &Frame<'a>) -> Option<(&'a TimeValue, &'a TimeValue)> {
    let all = |hand: Hand| &frame.claim(hand).form.times;
    // Most claims tell no time, and grammar is not asked for them.
    let are_apart =
        |one: &TimeValue| all(Hand::Right).iter().any(|other| days_apart(&frame.pair, one, other).is_some());
    if !all(Hand::Left).iter().any(are_apart) {
        return None;
    }
    let (left, right) = Clauses::of(frame).dated()?;
    let time = |hand: Hand, phrase: Span| {
        let mut inside = frame.claim(hand).form.times.iter().filter(|time| phrase.overlaps(time.span));
        let only = inside.next()?;
        inside.next().is_none().then_some(only)
    };
    let (one, other) = (time(Hand::Left, left)?, time(Hand::Right, right)?);
    let holds = hold_alike(before_or_after(frame, Hand::Left, one), before_or_after(frame, Hand::Right, other));
    (holds && days_apart(&frame.pair, one, other).is_some()).then_some((one, other))
}

/// True where the two times stand in one place of one event, as far as the words around them tell.
fn in_one_frame(frame: &Frame<'_>, (one, other): (&TimeValue, &TimeValue)) -> bool {
    let pair = &frame.pair;
    let left_slot: Vec<Span> = pair.left.form.times.iter().take(TIMES).map(|time| time.span).collect();
    let right_slot: Vec<Span> = pair.right.form.times.iter().take(TIMES).map(|time| time.span).collect();
    let shared = frame.shared(&left_slot, &right_slot);
    let alike = shared.best >= BEST_SHARE && shared.least >= LEAST_SHARE && shared.partners >= PARTNERS;
    // "born in 1928 ... graduated in 1951": the times have to hang on the same words, unless all words are the same.
    let governors = frame.governors(one.span, other.span, &left_slot, &right_slot);
    let hang_alike = governors.shared > 0 && !governors.clash || shared.least >= BEST_SHARE;
    (alike || frame.contained(shared))
        && hang_alike
        && pair.left.form.polarity == pair.right.form.polarity
        && !frame.names_clash(&left_slot, &right_slot)
        && !frame.predicates_clash(&left_slot, &right_slot)
        && !figures_apart(frame)
        && !is_genitive(pair.left, one)
        && !is_genitive(pair.right, other)
        && hold_alike(before_or_after(frame, Hand::Left, one), before_or_after(frame, Hand::Right, other))
}

/// True where both words before the times bound or date the event in one way, or in ways that exclude each other where the times lie
/// apart: nothing that began before 1970 began after 1975, or in 1972. What lasts "until May" may still have been so "on June 3".
fn hold_alike(left: Option<&str>, right: Option<&str>) -> bool {
    let dates = |word: Option<&str>| matches!(word, None | Some("before" | "after"));
    left == right || dates(left) && dates(right)
}

/// "Image of the day: May 2": the time names which of a series a title is of.
fn names_an_issue(claim: &NormalClaim, time: &TimeValue) -> bool {
    let start = (time.span.start as usize).saturating_sub(claim.claim.sentence.start as usize);
    let before = claim.claim.context.get(..start).unwrap_or("").trim_end();
    let title = before.trim_end_matches(':').trim_end().to_lowercase();
    let is_series = title.ends_with("of the day") || title.ends_with("of the week");
    is_series && !claim.frames().iter().any(|told| told.kind == FrameKind::Verb)
}

/// "last year's budget": the time names which budget, it does not date the claim.
fn is_genitive(claim: &NormalClaim, time: &TimeValue) -> bool {
    let written = claim.claim.words(time.span);
    let end = (time.span.end as usize).saturating_sub(claim.claim.sentence.start as usize);
    let rest = claim.claim.context.get(end..).unwrap_or("");
    ["'s", "\u{2019}s"].iter().any(|mark| rest.starts_with(mark) || written.ends_with(mark))
}

fn is_day(time: &TimeValue) -> bool {
    matches!(time.grain, Grain::Day | Grain::Time)
}

/// The two times that are shown: those of one grain first, then the earliest in the text.
fn plainest<'a>(frame: &Frame<'a>) -> Option<(&'a TimeValue, &'a TimeValue)> {
    let (left, right) = (frame.event_times(Hand::Left), frame.event_times(Hand::Right));
    let pairs = left.iter().take(TIMES).flat_map(|one| right.iter().take(TIMES).map(move |other| (*one, *other)));
    pairs.min_by_key(|(one, other)| {
        let (from, to) = (one.span.start, other.span.start);
        (one.grain != other.grain, from.saturating_add(to), from.abs_diff(to))
    })
}

/// "by Friday", "since May" and "until 2030" bound an event instead of dating it.
fn before_or_after<'a>(frame: &Frame<'a>, hand: Hand, time: &TimeValue) -> Option<&'a str> {
    let terms = frame.terms(hand);
    let inside = terms.iter().filter(|term| time.span.overlaps(term.span));
    let ahead = terms.iter().rev().filter(|term| term.span.end <= time.span.start).take(2);
    inside
        .chain(ahead)
        .filter(|term| matches!(term.role, TermRole::Function | TermRole::Time))
        .map(|term| term.word.as_str())
        .find(|word| matches!(*word, "by" | "since" | "until" | "till" | "before" | "after" | "from" | "through"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, short};
    use super::*;

    #[test]
    fn two_days_for_one_event_are_raised() {
        for (left, right, outcome) in [
            (
                "The bridge at {l:Garrow} collapsed {t:on May 3|2026-05-03} during rush hour.",
                "The bridge at {l:Garrow} collapsed {t:on May 9|2026-05-09} during rush hour.",
                "raised: on May 3 | on May 9",
            ),
            (
                "The parliament elected {p:Ada Lind} {t:on Monday}.",
                "The parliament elected {p:Ada Lind} {t:on Thursday}.",
                "raised: on Monday | on Thursday",
            ),
        ] {
            assert_eq!(short(&check(&DateMismatch, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn other_events_and_bounds_are_silent() {
        for (left, right, outcome) in [
            (
                "The court sentenced {p:Ada Lind} for fraud {t:on May 3|2026-05-03}.",
                "The court convicted {p:Ada Lind} for fraud {t:on April 9|2026-04-09}.",
                "silent",
            ),
            (
                "{p:Ada Lind} met ministers in {l:Garrow} {t:on May 3|2026-05-03}.",
                "{p:Ada Lind} met ministers in {l:Lund} {t:on May 9|2026-05-09}.",
                "silent",
            ),
            (
                "The bank cut rates {q:3 times|3|times} {t:in May|2026-05-03}.",
                "The bank cut rates {q:5 times|5|times} {t:in June|2026-06-09}.",
                "silent",
            ),
            (
                "The bridge at {l:Garrow} collapsed {t:on May 3|2026-05-03}.",
                "The bridge at {l:Garrow} collapsed {t:on May 3|2026-05-03}, and was rebuilt {t:on June 1|2026-06-01}.",
                "silent",
            ),
        ] {
            assert_eq!(short(&check(&DateMismatch, left, right)), outcome, "{left} | {right}");
        }
    }
}
