//! One claim states something, the other reports that it is denied. Somebody's denial is a statement beside another, not a
//! proof against it; the rule therefore warns and does not fail a build for more.
#![doc = include_str!("certainty_gap.md")]

use super::deeds::Deed;
use super::evidence::{evidence, explained, on_one_line, raised};
use super::frame::{Frame, Hand};
use super::orders::in_identifier;
use super::words::is_content;
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
use crate::lexicon::{denials, reporting_verbs, verbs};
use crate::model::{Claim, Frame as Told, Layer, Modality, Severity, Span, TermRole, Value};
use crate::text::symbols::{is_option, opens_option};

/// Share of the words of the claim without the denial that must stand in the denial: it is what is denied.
const STATED_SHARE: f64 = 0.7;

/// Share of the words of the denial that must stand in the other claim; it holds more, by nature.
const DENIAL_SHARE: f64 = 0.4;

/// The same where the claim does nothing but deny ("No, ...", "... is not true"), with the words both must share: whatever
/// it is about is what it denies.
const PLAIN: (f64, f64, usize) = (0.5, 0.3, 2);

/// Words in which a denied claim is called a claim.
const CLAIM_WORDS: &[&str] = &["claim", "alleg", "accus", "report", "rumor", "rumour", "suggest", "assert", "stori"];

/// Stems of the words with which a claim tells of an accusation, not of the deed.
const ACCUSING: &[&str] =
    &["charg", "accus", "alleg", "suspect", "suspic", "indict", "claim", "rumor", "rumour", "name", "report"];

/// How far from "dismissed" or "false" such a word stands.
const CLAIM_REACH: usize = 5;

/// The rule.
#[derive(Debug)]
pub struct CertaintyGap;

static META: RuleMeta = RuleMeta {
    id: "certainty-gap",
    summary: "one states what the other reports as denied",
    bearing: Bearing::Conflict,
    level: Severity::Warning,
    since: "0.1.0",
    page: include_str!("certainty_gap.md"),
};

impl Rule for CertaintyGap {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let frame = pair.frame();
        let (hand, cue) = match (denial(frame, Hand::Left), denial(frame, Hand::Right)) {
            (Some(cue), None) => (Hand::Left, cue),
            (None, Some(cue)) => (Hand::Right, cue),
            _ => return Outcome::Silent,
        };
        let stating = hand.other();
        let stated = &frame.claim(stating).form;
        let is_plain = matches!(stated.modality, Modality::Asserted | Modality::Probable | Modality::Planned)
            && stated.negations.is_empty();
        if !is_plain || is_reserved(frame, stating) || is_denied_too(frame, hand, cue.span) {
            return Outcome::Silent;
        }
        let shared = match hand {
            Hand::Left => frame.shared(&[cue.span], &[]),
            Hand::Right => frame.shared(&[], &[cue.span]),
        };
        let (stated_share, denial_share, partners) = if cue.plain { PLAIN } else { (STATED_SHARE, DENIAL_SHARE, 2) };
        let cue = cue.span;
        let whole = shared.best >= stated_share && shared.least >= denial_share && shared.partners >= partners;
        if !(whole || frame.contained(shared))
            || !denies_it(frame, hand, cue)
            || denies_another(frame, hand, cue)
            || frame.names_clash(&[], &[])
        {
            return Outcome::Silent;
        }
        let (denying, asserting) = (frame.claim(hand), frame.claim(stating));
        let denied = evidence(denying, cue, Value::Text(denying.claim.words(cue).to_owned()));
        let span = asserting.claim.span;
        let modality = evidence(asserting, span, Value::Modality(asserting.form.modality));
        let message = format!("stated against \"{}\"", on_one_line(&denied.text));
        let (left, right) = match hand {
            Hand::Left => (denied, modality),
            Hand::Right => (modality, denied),
        };
        if frame.other_times() {
            return explained(&META, "time", left, right, message);
        }
        raised(&META, left, right, message)
    }
}

/// True where what both claims hold stands after the verb of the denial and under it: "denied the charge and insists that the river is
/// clean" does not deny that it is, and who dismissed a claim "as a last resort" did not deny the last resort. A denial by a noun or
/// adjective ("a hoax") may stand anywhere.
fn denies_it(frame: &Frame<'_>, hand: Hand, cue: Span) -> bool {
    let terms = frame.terms(hand);
    let is_verb = terms.iter().any(|term| cue.overlaps(term.span) && verbs().forms(&term.word).any());
    let end = denied_up_to(frame, hand, cue);
    let held = |inside: bool| {
        (0..terms.len())
            .filter(|&at| (terms[at].span.start >= cue.end && terms[at].span.start < end) == inside)
            .filter(|&at| is_content(&terms[at]) && frame.partner(hand, at).is_some())
            .count()
    };
    !is_verb || held(true) >= held(false)
}

/// True where one of two claims reports a denial, and of another thing than the other claim tells of.
pub(super) fn denies_other_thing(frame: &Frame<'_>) -> bool {
    [Hand::Left, Hand::Right]
        .into_iter()
        .any(|hand| reported_denial(frame, hand).is_some_and(|cue| denies_another(frame, hand, cue)))
}

/// True where the thing that is denied is none that the other claim tells of, only one that has to do with it: "denied any link between the
/// leak and the deaths" denies no leak. Claims, charges and reports are denied with what they say.
fn denies_another(frame: &Frame<'_>, hand: Hand, cue: Span) -> bool {
    let denying = frame.deeds(hand).iter().filter(|deed| cue.overlaps(frame.terms(hand)[deed.predicate].span));
    let is_word = |stem: &str| {
        CLAIM_WORDS.contains(&stem) || ACCUSING.iter().chain(&["exist", "involv"]).any(|word| stem.starts_with(word))
    };
    let another = |deed: &Deed| match deed.patients.as_slice() {
        [patient] if !deed.inside.is_empty() => {
            let term = &frame.terms(hand)[patient.head];
            let inside = deed.inside.iter().any(|part| frame.partner(hand, part.head).is_some());
            inside && frame.partner(hand, patient.head).is_none() && is_content(term) && !is_word(&term.stem)
        }
        _ => false,
    };
    denying.into_iter().any(another)
}

/// Where what a verb denies ends: before the next predicate beside it, with its doer, or before the "as" of what it is called instead.
fn denied_up_to(frame: &Frame<'_>, hand: Hand, cue: Span) -> u32 {
    let claim = frame.claim(hand);
    let end = claim.claim.span.end;
    let told_beside = claim.frames().iter().filter(|told| told.layer == Layer::Main && told.predicate.start >= cue.end);
    let begins = |told: &Told| {
        let own = told.roles.iter().filter(|role| !role.carried && role.span.start >= cue.end);
        own.map(|role| role.span.start).chain([told.predicate.start]).min().unwrap_or(end)
    };
    let beside = told_beside.map(begins).min().unwrap_or(end);
    let terms = frame.terms(hand);
    let from = terms.iter().position(|term| term.span.start >= cue.end).unwrap_or(terms.len());
    let word = |at: usize| terms.get(at).map_or("", |term| term.word.as_str());
    let that = (from..terms.len()).find(|&at| word(at) == "that").unwrap_or(terms.len());
    // "dismissed the claims as a last resort", but "dismissed as false reports that ..." and "denied that it acted as a front".
    let is_called = |at: usize| {
        word(at) == "as"
            && matches!(word(at + 1), "a" | "an" | "the")
            && (from..at).any(|ahead| is_content(&terms[ahead]))
    };
    let called = if that < terms.len() { None } else { (from..that).find(|&at| is_called(at)) };
    // A verb that the parser took for a noun: "denied the charge and insists". "Claims" and "reports" may be nouns.
    let joined = (from..that).find(|&at| {
        let next = word(at + 1);
        matches!(word(at), "and" | "but") && reporting_verbs().has(next) && !verbs().forms(next).noun
    });
    let starts = [called, joined].into_iter().flatten().map(|at| terms[at].span.start);
    starts.fold(beside, u32::min)
}

/// True where the claim of `hand` only reports an accusation: that somebody is charged and that he denies the deed can both
/// hold.
fn is_reserved(frame: &Frame<'_>, hand: Hand) -> bool {
    frame.terms(hand).iter().any(|term| ACCUSING.iter().any(|word| term.stem.starts_with(word)))
}

/// True where the other claim holds the word of the denial in some form ("disputing", "dismissal").
fn is_denied_too(frame: &Frame<'_>, hand: Hand, cue: Span) -> bool {
    let denying = frame.terms(hand).iter().filter(|term| cue.overlaps(term.span));
    let begins_alike = |one: &str, other: &str| one == other || one.len() > 4 && other.starts_with(one);
    let other = frame.terms(hand.other());
    other.iter().any(|term| denials().has(&term.word))
        || denying.into_iter().any(|word| {
            other.iter().any(|term| begins_alike(&word.stem, &term.stem) || begins_alike(&term.stem, &word.stem))
        })
}

/// The words of a denial.
#[derive(Clone, Copy)]
struct Denial {
    span: Span,
    /// True where the claim is nothing but the denial.
    plain: bool,
}

/// The words with which a claim reports a denial, or is one.
fn denial(frame: &Frame<'_>, hand: Hand) -> Option<Denial> {
    plain_denial(frame, hand)
        .map(|span| Denial { span, plain: true })
        .or_else(|| reported_denial(frame, hand).map(|span| Denial { span, plain: false }))
}

/// The "No" of a claim that answers one ("No, the dam did not break"), and the end of one that calls a story untrue ("... is
/// not true", "... isn't real").
fn plain_denial(frame: &Frame<'_>, hand: Hand) -> Option<Span> {
    let claim = frame.claim(hand);
    let terms = frame.terms(hand);
    let first = terms.first()?;
    let after = (first.span.end as usize).saturating_sub(claim.claim.sentence.start as usize);
    let answers = matches!(first.word.as_str(), "no" | "nope")
        && claim.claim.context.get(after..).is_some_and(|rest| rest.starts_with(','))
        && !claim.form.negations.is_empty();
    let untrue = || {
        let last = terms.iter().rev().find(|term| term.role != TermRole::Attribution)?;
        let cue =
            claim.form.negations.iter().find(|cue| cue.scope.contains(last.span) || cue.cue.end == last.span.start)?;
        let beside = last.span.start.saturating_sub(cue.cue.end) <= 2;
        (beside && matches!(last.word.as_str(), "true" | "real")).then(|| cue.cue.cover(last.span))
    };
    if answers { Some(first.span) } else { untrue() }
}

/// True where the word is the name of an option, as "all" of "--all".
fn names_option(claim: &Claim, word: Span) -> bool {
    let at = (word.start as usize).saturating_sub(claim.sentence.start as usize);
    claim.context.get(..at).is_some_and(opens_option)
}

/// The words with which a claim reports a denial.
fn reported_denial(frame: &Frame<'_>, hand: Hand) -> Option<Span> {
    let terms = frame.terms(hand);
    let is_claim = |stem: &str| CLAIM_WORDS.contains(&stem);
    (0..terms.len()).find_map(|at| {
        let term = &terms[at];
        let kind = denials().value(&term.word)?;
        let from = at.saturating_sub(CLAIM_REACH);
        let near = &terms[from..terms.len().min(at + CLAIM_REACH + 1)];
        let denies = kind == "sure" || near.iter().any(|other| is_claim(&other.stem));
        // "did not deny", "denied entry", "denied bail": no denial of a claim.
        let around = &terms[at.saturating_sub(2)..terms.len().min(at + 4)];
        let refused = around.iter().any(|other| {
            matches!(
                other.word.as_str(),
                "entry"
                    | "bail"
                    | "access"
                    | "visa"
                    | "permission"
                    | "service"
                    | "parole"
                    | "request"
                    | "requests"
                    | "motion"
                    | "appeal"
                    | "petition"
                    | "offer"
                    | "bid"
                    | "quorum"
                    | "injunction"
                    | "without"
                    | "nor"
            )
        });
        // "--deny-all denies every request": what an option does is no denial of a claim.
        let of = &frame.claim(hand).claim;
        let by_option = is_option(of.text().trim_start())
            || at.checked_sub(1).is_some_and(|before| names_option(of, terms[before].span));
        // "The 'deny' level", "deny-by-default".
        let behind = (term.span.end as usize).saturating_sub(of.sentence.start as usize);
        let by_default = of.context.get(behind..).is_some_and(|rest| rest.starts_with("-by-"));
        let is_name =
            by_default || kind == "sure" && term.word == "deny" && in_identifier(frame.claim(hand), term.span);
        (denies && !refused && !by_option && !is_name && !term.negated).then_some(term.span)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, short};
    use super::*;

    #[test]
    fn a_statement_against_a_denial_of_it_is_raised() {
        for (left, right, outcome) in [
            (
                "{p:Ada Lind} took bribes from {o:Varnex}.",
                "{p:Ada Lind} has denied that she took bribes from {o:Varnex}.",
                "raised: Ada Lind took bribes from Varnex. | denied",
            ),
            (
                "{o:Varnex} dumped waste in the river.",
                "{o:Varnex} dismissed claims that it dumped waste in the river.",
                "raised: Varnex dumped waste in the river. | dismissed",
            ),
            // A dash that is written as two hyphens opens no option.
            (
                "{p:Ada Lind} took bribes from {o:Varnex}.",
                "-- The mayor--{p:Ada Lind}--denied that she took bribes from {o:Varnex}.",
                "raised: Ada Lind took bribes from Varnex. | denied",
            ),
        ] {
            assert_eq!(short(&check(&CertaintyGap, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn an_accusation_and_a_denial_can_both_hold() {
        let (left, right) =
            ("{p:Ada Lind} was charged with arson in {l:Garrow}.", "{p:Ada Lind} denied arson in {l:Garrow}.");
        assert_eq!(short(&check(&CertaintyGap, left, right)), "silent");
    }

    #[test]
    fn denials_of_other_things_are_silent() {
        for (left, right, outcome) in [
            (
                "{p:Ada Lind} was held by police in {l:Garrow}.",
                "{p:Ada Lind} was denied bail by police in {l:Garrow}.",
                "silent",
            ),
            (
                "{o:Varnex} made an offer for the river port.",
                "{o:Varnex} dismissed an offer for the river port.",
                "silent",
            ),
            (
                "{p:Ada Lind} denied that she took bribes from {o:Varnex}.",
                "{p:Ada Lind} denies she took bribes from {o:Varnex}.",
                "silent",
            ),
        ] {
            assert_eq!(short(&check(&CertaintyGap, left, right)), outcome, "{left} | {right}");
        }
    }
}
