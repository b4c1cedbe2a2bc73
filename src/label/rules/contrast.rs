//! Words that exclude each other in one place of one frame. In: a frame and the sorts of opposition to look for. Out: the
//! plainest such pair of words. The antonym and status rules are made of it; it raises nothing itself.

use super::clauses::{Clauses, Meet};
use super::deeds::Part;
use super::frame::{Frame, Hand};
use super::opposites::{Sort, opposed, sets};
use super::settings::tell_of_a_market;
use super::stances::stances;
use super::words::is_content;
use crate::lexicon::titles;
use crate::model::{Span, TermRole, TimeValue};
use rustc_hash::FxHashMap;

/// Shares of the words outside of the two that must be the same: verbs and states.
const BEST_SHARE: f64 = 0.66;
const LEAST_SHARE: f64 = 0.4;

/// The same for attributes, which more often tell two things apart.
const ATTRIBUTE_SHARE: f64 = 0.85;

/// Pairs of opposed words looked at per pair of claims.
const CONTRASTS: usize = 32;

/// Words ahead of a noun among which its article stands.
const ARTICLE_REACH: usize = 3;

/// Two words that exclude each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contrast {
    /// The word of the left claim.
    pub(super) left: Span,
    /// The word of the right claim.
    pub(super) right: Span,
    /// What reconciles them; nothing where they exclude each other.
    pub(super) by: Option<&'static str>,
}

/// The plainest contrast of one of the `sorts`.
pub(super) fn contrast(frame: &Frame<'_>, sorts: &[Sort]) -> Option<Contrast> {
    if !frame.same_footing() {
        return None;
    }
    if !frame.anchored() {
        return if sorts.contains(&Sort::Order) { stances(frame) } else { None };
    }
    if let Some(found) = changed_word(frame, sorts) {
        return Some(found);
    }
    let mut by_set: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for at in frame.lonely(Hand::Right, &[]) {
        for set in sets(&frame.terms(Hand::Right)[at].stem) {
            by_set.entry(set).or_default().push(at);
        }
    }
    let mut found: Vec<(usize, usize, Sort)> = Vec::new();
    for left in frame.lonely(Hand::Left, &[]) {
        let stem = &frame.terms(Hand::Left)[left].stem;
        for &right in sets(stem).filter_map(|set| by_set.get(&set)).flatten() {
            let sort = opposed(stem, &frame.terms(Hand::Right)[right].stem);
            if let Some(sort) = sort.filter(|_| found.len() < CONTRASTS) {
                found.push((left, right, sort));
            }
        }
    }
    // "Exports rose" and "imports fell": two opposites at once are two things, or cancel each other.
    let is_second = |&(left, right, _): &(usize, usize, Sort)| left != found[0].0 && right != found[0].1;
    if found.iter().any(is_second) {
        return None;
    }
    let asked = found.into_iter().filter(|(_, _, sort)| sorts.contains(sort));
    let judged = asked.filter_map(|(left, right, sort)| {
        let contrast = judged(frame, left, right, sort)?;
        Some((contrast.by.is_some(), left + right, left.abs_diff(right), contrast))
    });
    let plainest = judged.min_by_key(|&(reconciled, sum, distance, _)| (reconciled, sum, distance)).map(|it| it.3);
    let by_grammar = || order(frame).or_else(|| stances(frame)).or_else(|| opposed_deeds(frame));
    plainest.or_else(|| if sorts.contains(&Sort::Order) { by_grammar() } else { None })
}

/// Two deeds of one party that it cannot both have done.
fn opposed_deeds(frame: &Frame<'_>) -> Option<Contrast> {
    let (left, right, sort) = Clauses::of(frame).opposed()?;
    Some(Contrast { left, right, by: by_time(frame, sort, Told::InOwnWords) })
}

/// Two opposites as the one word that was changed in a statement printed by both outlets, be it a verb of saying, a preposition or a
/// rank, which are no content elsewhere.
fn changed_word(frame: &Frame<'_>, sorts: &[Sort]) -> Option<Contrast> {
    let (left, right) = frame.changed_phrase().filter(|(left, right)| left.len() == 1 && right.len() == 1)?;
    let (left, right) = (&frame.terms(Hand::Left)[left.start], &frame.terms(Hand::Right)[right.start]);
    let sort = opposed(&left.stem, &right.stem).filter(|sort| sorts.contains(sort))?;
    let by = by_time(frame, sort, Told::WordForWord);
    (left.negated == right.negated).then_some(Contrast { left: left.span, right: right.span, by })
}

/// Whether two claims are one statement printed twice, with one word changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    WordForWord,
    InOwnWords,
}

/// The time that reconciles two words of one sort, if the claims speak of two.
fn by_time(frame: &Frame<'_>, sort: Sort, told: Told) -> Option<&'static str> {
    // What rises today may fall tomorrow, and a strike that goes on may be over: two dates of publication and no common time are no conflict.
    let another_day = sort == Sort::Direction && frame.published_apart() && !times_meet(frame);
    // Prices rise and fall from day to day, and markets open and close on each.
    let undated = frame.pair.left_published.is_none() || frame.pair.right_published.is_none();
    let another_hour = told == Told::InOwnWords
        && (sort == Sort::Status || sort == Sort::Direction && undated && !(times_meet(frame) && times_known(frame)))
        && tell_of_a_market(frame);
    (frame.other_times() || another_day || another_hour).then_some("time")
}

fn judged(frame: &Frame<'_>, at_left: usize, at_right: usize, sort: Sort) -> Option<Contrast> {
    let left = &frame.terms(Hand::Left)[at_left];
    let right = &frame.terms(Hand::Right)[at_right];
    let (left_slot, right_slot) = ([left.span], [right.span]);
    // Where one claim holds both words ("sales fell after they rose"), the words do not stand in one place.
    let holds = |hand: Hand, stem: &str| frame.terms(hand).iter().any(|term| is_content(term) && term.stem == stem);
    if holds(Hand::Left, &right.stem) || holds(Hand::Right, &left.stem) {
        return None;
    }
    let phrasal = |hand: Hand, at: usize| sort == Sort::Direction && has_particle(frame, hand, at);
    if phrasal(Hand::Left, at_left) || phrasal(Hand::Right, at_right) {
        return None;
    }
    let shared = frame.shared(&left_slot, &right_slot);
    let (best, least) = match sort {
        Sort::Attribute => (ATTRIBUTE_SHARE, ATTRIBUTE_SHARE),
        _ => (BEST_SHARE, LEAST_SHARE),
    };
    let governors = frame.governors(left.span, right.span, &left_slot, &right_slot);
    let place = frame.one_place();
    // Where nothing but the two words differs, they stand in one place, whatever the words around them.
    let only = place.is_some_and(|(one, other)| one == (at_left..at_left + 1) && other == (at_right..at_right + 1));
    let alike = shared.best >= best && shared.least >= least && shared.partners > 0;
    if !only
        && (sort == Sort::Dictionary
            || !(alike || sort != Sort::Attribute && frame.contained(shared))
            || governors.shared == 0 && shared.least < 1.0
            || governors.clash
            || frame.names_clash(&left_slot, &right_slot)
            || frame.predicates_clash(&left_slot, &right_slot)
            || of_two_parties(frame, at_left, at_right))
    {
        return None;
    }
    let by = match (left.negated, right.negated) {
        (true, true) if only && matches!(sort, Sort::Attribute | Sort::Dictionary) => None,
        (true, true) => return None,
        (false, false) => by_time(frame, sort, Told::InOwnWords),
        _ => Some("paraphrase"),
    };
    Some(Contrast { left: left.span, right: right.span, by })
}

/// True where both words are what two parties did, or what was done to them: "was arrested" of a man, and "released" of a report.
fn of_two_parties(frame: &Frame<'_>, at_left: usize, at_right: usize) -> bool {
    let clauses = Clauses::of(frame);
    let (Some(one), Some(other)) = (
        clauses.left.iter().find(|it| it.predicate == at_left),
        clauses.right.iter().find(|it| it.predicate == at_right),
    ) else {
        return false;
    };
    // "A judge" may be Judge Lind; an arrest warrant is nobody.
    let is_new = |hand: Hand, parts: &[Part]| {
        parts.iter().filter(|part| !titles().has(&frame.terms(hand)[part.head].word)).any(|part| {
            let ahead = frame.terms(hand)[..part.head].iter().rev().take(ARTICLE_REACH);
            ahead.into_iter().any(|term| matches!(term.word.as_str(), "a" | "an"))
        })
    };
    let is_named =
        |hand: Hand, parts: &[Part]| parts.iter().any(|part| frame.terms(hand)[part.head].role == TermRole::Name);
    let (left, right) = (one.party(), other.party());
    clauses.meet_all(left, right) == Meet::Other
        || is_named(Hand::Left, left) && is_new(Hand::Right, right)
        || is_named(Hand::Right, right) && is_new(Hand::Left, left)
}

/// Words that, with nothing behind them, make another verb of one of movement: a roof "fell in", a plan "fell through".
const PARTICLES: [&str; 7] = ["in", "apart", "through", "over", "out", "away", "off"];

/// True for a verb with a particle, behind which the clause ends.
fn has_particle(frame: &Frame<'_>, hand: Hand, at: usize) -> bool {
    let claim = &frame.claim(hand).claim;
    let behind = Span { start: frame.terms(hand)[at].span.end, end: claim.span.end };
    if behind.start > behind.end {
        return false;
    }
    let rest = claim.words(behind).trim_start();
    PARTICLES.iter().any(|particle| {
        let behind = rest.strip_prefix(particle).map(str::trim_start);
        behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(['.', ',', ';', ':', '!', '?']))
    })
}

fn times_meet(frame: &Frame<'_>) -> bool {
    !frame.pair.left.form.times.is_empty() && !frame.pair.right.form.times.is_empty() && frame.times_apart().is_none()
}

/// True where the calendar days of all times are known: one "Friday" of prices is not another.
fn times_known(frame: &Frame<'_>) -> bool {
    [Hand::Left, Hand::Right].into_iter().all(|hand| frame.claim(hand).form.times.iter().all(TimeValue::is_resolved))
}

/// "before the vote" against "after the vote": function words ahead of words that stand for each other.
fn order(frame: &Frame<'_>) -> Option<Contrast> {
    let shared = frame.shared(&[], &[]);
    if shared.least < ATTRIBUTE_SHARE || shared.partners < 3 || frame.other_times() {
        return None;
    }
    let right_terms = frame.terms(Hand::Right);
    let left_terms = frame.terms(Hand::Left);
    (0..left_terms.len()).find_map(|left| {
        let right = frame.partner(Hand::Left, left)?;
        let one = &left_terms[preposition(frame, Hand::Left, left)?];
        let other = &right_terms[preposition(frame, Hand::Right, right)?];
        let apart = opposed(&one.stem, &other.stem) == Some(Sort::Order);
        let neither_denied = !one.negated && !other.negated;
        (apart && neither_denied).then_some(Contrast { left: one.span, right: other.span, by: None })
    })
}

/// The preposition that governs the `at`-th word of `hand`: the nearest function word ahead, articles apart, with no
/// content word between.
pub(super) fn preposition(frame: &Frame<'_>, hand: Hand, at: usize) -> Option<usize> {
    let terms = frame.terms(hand);
    (0..at).rev().take(4).find_map(|before| {
        let term = &terms[before];
        match term.role {
            TermRole::Function
                if !matches!(term.word.as_str(), "the" | "a" | "an" | "its" | "his" | "her" | "their") =>
            {
                Some(Some(before))
            }
            TermRole::Function | TermRole::Name => None,
            _ => Some(None),
        }
    })?
}
