//! One claim denies what the other affirms. It asks which word a negation falls on, and whether that very word stands
//! un-negated in the other claim; a negation somewhere in a claim is no conflict.
#![doc = include_str!("negation.md")]

use super::clauses::Clauses;
use super::evidence::{evidence, explained, on_one_line, raised};
use super::frame::{Frame, Hand};
use super::orders::{in_identifier, is_asked, is_constant, is_entry, is_topic, ordered};
use super::scope::{opens_with_pronoun, opens_with_relative};
use super::stances::sides_differ;
use super::words::{is_content, words_in};
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
use crate::lexicon::{denials, implicit_negatives, partly, quantifiers, verbs};
use crate::model::{Modality, Negation as Cue, NormalClaim, Polarity, Severity, Span, Term, TermRole, Value};

/// Shares of the words that must be the same.
const BEST_SHARE: f64 = 0.7;
const LEAST_SHARE: f64 = 0.5;

/// Words after a negation among which a "but" makes it a contrast ("not for who she is but for what she did").
const CONTRAST_REACH: usize = 12;

/// Negations looked at per claim.
const NEGATIONS: usize = 16;

/// Share of the words a negation covers that must have a partner near the affirmed word: "never offered her the ministry" does
/// not deny that she was offered a seat on a board.
const SCOPE_SHARE: f64 = 0.7;

/// Denied words that the affirming claim may leave out: a detail more.
const ELLIPTIC: usize = 2;

/// Words of a scope that are looked at: what follows further off is rarely what is denied.
const SCOPE_WORDS: usize = 6;

/// Words around the affirmed word among which the partners of the denied words stand.
const SCOPE_REACH: usize = 14;

/// Words ahead of the affirmed word among which a word that denies by its meaning reverses it ("failed to", "loss of").
const REVERSING_REACH: usize = 4;

/// Share of the words from which two claims about some unnamed people tell of one scene.
const SAME_SCENE: f64 = 0.85;

/// Words around the affirmed word among which the adverb stands that a partial denial falls on.
const PART_REACH: usize = 4;

/// Bytes between a denied word and the word that denies it.
const CUE_REACH: u32 = 60;

/// Bytes between an affirmed verb and the "no" of what it is done to.
const NONE_REACH: u32 = 8;

/// Words both claims must share, where some word differs.
const PARTNERS: usize = 2;

/// The rule.
#[derive(Debug)]
pub struct Negation;

static META: RuleMeta = RuleMeta {
    id: "negation",
    summary: "one denies what the other affirms",
    bearing: Bearing::Conflict,
    level: Severity::Error,
    since: "0.1.0",
    page: include_str!("negation.md"),
};

/// What the negation of one claim falls on, and the word that stands for it in the other.
struct Denied {
    cue: Span,
    head: usize,
    partner: usize,
}

impl Rule for Negation {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let frame = pair.frame();
        // "did not vote for it" and "voted against it" deny nothing of each other.
        if sides_differ(frame) || Clauses::of(frame).speak_of_themselves() {
            return Outcome::Silent;
        }
        if let Some((hand, found)) = denied_in_twins(frame) {
            return self.told(frame, hand, &found);
        }
        if is_entry(pair.left) || is_entry(pair.right) || is_topic(pair.left) || is_topic(pair.right) {
            return Outcome::Silent;
        }
        // "which required ...": what did is told in another clause, and need not be what the other claim speaks of.
        if opens_with_relative(pair.left) != opens_with_relative(pair.right) {
            return Outcome::Silent;
        }
        let clauses = Clauses::of(frame);
        if let Some((hand, head, partner)) = clauses.denied() {
            let cue = cue_of(frame, hand, head);
            return self.told(frame, hand, &Denied { cue, head, partner });
        }
        // A negation beside the main predicate ("those who did not pay") denies no claim, and two claims that both deny agree
        // in that, whatever each denies.
        if !frame.same_footing() || pair.left.form.polarity == pair.right.form.polarity {
            return Outcome::Silent;
        }
        // Who "it" is stands in another sentence: only a claim with the same opening is known to speak of the same.
        if opens_with_pronoun(pair.left) != opens_with_pronoun(pair.right) {
            return Outcome::Silent;
        }
        let of_left = denied(frame, Hand::Left);
        let of_right = denied(frame, Hand::Right);
        // Where both deny something the other affirms, the two tell of different things.
        let (hand, found) = match (of_left, of_right) {
            (Some(found), None) => (Hand::Left, found),
            (None, Some(found)) => (Hand::Right, found),
            _ => return Outcome::Silent,
        };
        if !one_frame(frame) {
            return Outcome::Silent;
        }
        self.told(frame, hand, &found)
    }
}

impl Negation {
    /// The outcome for what the claim of `hand` denies.
    fn told(&self, frame: &Frame<'_>, hand: Hand, found: &Denied) -> Outcome {
        let other = hand.other();
        let (denying, affirming) = (frame.claim(hand), frame.claim(other));
        let head = frame.terms(hand)[found.head].span;
        let partner = frame.terms(other)[found.partner].span;
        if ordered(denying) == Some(head) || ordered(affirming) == Some(partner) {
            return Outcome::Silent;
        }
        if is_asked(denying, head)
            || is_asked(affirming, partner)
            || only_beside(frame, other, found.partner)
            || all_denied(frame, hand, found)
            || is_exception(denying, found.cue) && has_exception(affirming)
        {
            return Outcome::Silent;
        }
        if is_constant(denying, found.cue)
            || in_identifier(denying, found.cue)
            || in_identifier(denying, head)
            || in_identifier(affirming, partner)
        {
            return Outcome::Silent;
        }
        let denied_words = evidence(denying, found.cue.cover(head), Value::Polarity(Polarity::Negated));
        let affirmed = frame.terms(other)[found.partner].span;
        let affirmed_words = evidence(affirming, affirmed, Value::Polarity(Polarity::Affirmed));
        let (denied_text, affirmed_text) = (on_one_line(&denied_words.text), on_one_line(&affirmed_words.text));
        let (left, right, message) = match hand {
            Hand::Left => (denied_words, affirmed_words, format!("\"{denied_text}\" against \"{affirmed_text}\"")),
            Hand::Right => (affirmed_words, denied_words, format!("\"{affirmed_text}\" against \"{denied_text}\"")),
        };
        let not_yet = follows(frame, hand, found.cue, "yet") && frame.published_apart();
        if frame.other_times() || not_yet {
            return explained(&META, "time", left, right, message);
        }
        raised(&META, left, right, message)
    }
}

/// True where the claim of `hand` affirms the `at`-th word only for something that the other does not name: "supports proxies only for
/// the old harbor" affirms what "does not support proxies for the new harbor" denies of nothing.
fn only_beside(frame: &Frame<'_>, hand: Hand, at: usize) -> bool {
    let behind = &frame.terms(hand)[at..];
    let Some(only) = behind.iter().position(|term| term.word == "only") else { return false };
    (at + only + 1..frame.terms(hand).len())
        .take(SCOPE_WORDS)
        .any(|next| frame.partner(hand, next).is_none() && frame.terms(hand)[next].role != TermRole::Function)
}

/// True where a denial falls on all of something and the other claim affirms it of some: "is not on for all pages" against "is on for
/// all pages that end in .html".
fn all_denied(frame: &Frame<'_>, hand: Hand, found: &Denied) -> bool {
    let is_all = |term: &Term| matches!(term.word.as_str(), "all" | "every" | "each" | "always" | "everything");
    let denied = frame.terms(hand).iter().skip(found.head + 1).take(SCOPE_REACH).any(is_all);
    let other = hand.other();
    let told = frame.terms(other).iter().enumerate().skip(found.partner + 1);
    let more = told.filter(|(at, term)| is_content(term) && frame.partner(other, *at).is_none()).count();
    denied && more > 0
}

/// True where the words of a denial make an exception.
fn is_exception(claim: &NormalClaim, cue: Span) -> bool {
    claim.form.terms.iter().any(|term| cue.overlaps(term.span) && matches!(term.word.as_str(), "except" | "excepting"))
}

/// True where a claim makes an exception in whatever words.
fn has_exception(claim: &NormalClaim) -> bool {
    let is = |word: &str| matches!(word, "unless" | "except" | "excepting" | "besides" | "apart" | "save");
    claim.form.terms.iter().any(|term| is(&term.word))
}

/// The denying words nearest to the `head`-th word of `hand`, or that word itself where the denial lies in a noun.
fn cue_of(frame: &Frame<'_>, hand: Hand, head: usize) -> Span {
    let span = frame.terms(hand)[head].span;
    let cues = frame.claim(hand).form.negations.iter().take(NEGATIONS).map(|negation| negation.cue);
    cues.min_by_key(|cue| cue.start.abs_diff(span.start))
        .filter(|cue| cue.start.abs_diff(span.start) < CUE_REACH)
        .unwrap_or(span)
}

/// What one of two claims that run alike denies and the other does not. Where all else is the same word for word, also the
/// denial of a part ("not always", "not fully") or of a subordinate clause is the one difference.
fn denied_in_twins(frame: &Frame<'_>) -> Option<(Hand, Denied)> {
    let possible = |hand: Hand| frame.claim(hand).form.modality == Modality::Possible;
    if possible(Hand::Left) || possible(Hand::Right) || !frame.same_footing() || frame.twins()?.slot.is_some() {
        return None;
    }
    let mut found = [Hand::Left, Hand::Right].into_iter().flat_map(|hand| {
        let negations = frame.claim(hand).form.negations.iter().take(NEGATIONS);
        negations.filter_map(move |negation| Some((hand, lone_denial(frame, hand, negation)?)))
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// What a negation falls on, where the other claim has the same words without it.
fn lone_denial(frame: &Frame<'_>, hand: Hand, negation: &Cue) -> Option<Denied> {
    let terms = frame.terms(hand);
    let head = head_of(frame, hand, negation)?;
    let other = hand.other();
    let partner = frame.partner(hand, head)?;
    let held = frame.terms(other);
    let near = |word: &str| {
        held[partner.saturating_sub(PART_REACH)..held.len().min(partner + PART_REACH)]
            .iter()
            .any(|term| term.word == word)
    };
    let follows = terms.iter().enumerate().find(|(_, term)| term.span.start >= negation.cue.end);
    let (_, first) = follows?;
    let part = partly().has(&first.word);
    let whole = !part || near(&first.word) && !matches!(first.word.as_str(), "only" | "just" | "merely" | "simply");
    // "not all" is the quantifier rule's.
    let turned =
        matches!(first.word.as_str(), "until" | "till" | "unless" | "but" | "so") || quantifiers().has(&first.word);
    let denied_too = held[partner].negated
        || in_scope(frame, other, held[partner].span)
        || frame.claim(other).form.negations.iter().any(|cue| cue.cue.overlaps(held[partner].span));
    let reversed = implicit_negatives().has(&terms[head].word)
        || words_in(terms, negation.cue).any(|at| {
            frame.partner(hand, at).is_some() || denials().has(&terms[at].word) || terms[at].word == "without"
        });
    (whole && !turned && !denied_too && !reversed).then_some(Denied { cue: negation.cue, head, partner })
}

fn one_frame(frame: &Frame<'_>) -> bool {
    let shared = frame.shared(&[], &[]);
    let alike = shared.best >= BEST_SHARE
        && shared.least >= LEAST_SHARE
        && (shared.partners > PARTNERS || shared.partners > 1 && shared.least >= 1.0)
        && (frame.anchored() || shared.least >= SAME_SCENE);
    (alike || frame.contained(shared)) && !frame.names_clash(&[], &[]) && !frame.predicates_clash(&[], &[])
}

/// The first negation of `hand` whose head stands un-negated in the other claim.
fn denied(frame: &Frame<'_>, hand: Hand) -> Option<Denied> {
    let claim = frame.claim(hand);
    claim.form.negations.iter().take(NEGATIONS).filter(|negation| denies_by_itself(frame, hand, negation)).find_map(
        |negation| {
            let head = head_of(frame, hand, negation)?;
            let between = frame.terms(hand)[..head].iter().filter(|term| term.span.start >= negation.cue.end);
            if between.into_iter().any(|term| partly().has(&term.word))
                || has_strange_subject(frame, hand, negation.cue)
            {
                return None;
            }
            let partner = frame.partner(hand, head)?;
            // "tries and fails" against "tries, but fails": the denying word itself stands in both.
            let denied_by_both =
                words_in(frame.terms(hand), negation.cue).any(|at| frame.partner(hand, at).is_some() && at != head);
            if denied_by_both {
                return None;
            }
            let other = hand.other();
            let held = &frame.terms(other)[partner];
            let found = Denied { cue: negation.cue, head, partner };
            // "They found no blood" denies what "no one has found blood" denies.
            let finds_none = frame.claim(other).form.negations.iter().any(|negation| {
                let gap = negation.cue.start.checked_sub(held.span.end);
                gap.is_some_and(|gap| gap < NONE_REACH)
            });
            let stands = !finds_none
                && !held.negated
                && !in_scope(frame, other, held.span)
                && one_denial(frame, hand, &found, negation);
            stands.then_some(found)
        },
    )
}

/// True where a name that the other claim lacks stands right ahead of the denial: who did not is somebody else.
fn has_strange_subject(frame: &Frame<'_>, hand: Hand, cue: Span) -> bool {
    frame
        .before(hand, cue, &[])
        .is_some_and(|at| frame.terms(hand)[at].role == TermRole::Name && frame.partner(hand, at).is_none())
}

fn is_norm(term: &Term) -> bool {
    matches!(term.word.as_str(), "should" | "must" | "ought" | "shouldn't" | "mustn't" | "shouldnt")
}

/// True where a negation of the claim of `hand` covers `span`, or ends at the comma ahead of it: "no fraud, theft".
fn in_scope(frame: &Frame<'_>, hand: Hand, span: Span) -> bool {
    frame.claim(hand).form.negations.iter().any(|negation| {
        negation.scope.contains(span) || (negation.scope.end <= span.start && span.start - negation.scope.end <= 2)
    })
}

/// True where the denied word is denied nowhere else and the affirmed one affirmed without reserve: each word stands in its
/// claim only so, what the negation covers stands around the affirmed word, and no word that denies by its meaning does.
fn one_denial(frame: &Frame<'_>, hand: Hand, found: &Denied, negation: &Cue) -> bool {
    let other = hand.other();
    let (denying, affirming) = (frame.terms(hand), frame.terms(other));
    let (head, held) = (&denying[found.head], &affirming[found.partner]);
    let both_ways = |hand: Hand, stem: &str, denied: bool| {
        frame.terms(hand).iter().any(|term| {
            term.stem == stem && (term.negated || in_scope(frame, hand, term.span)) == denied && is_content(term)
        })
    };
    if both_ways(hand, &head.stem, false) || both_ways(other, &held.stem, true) {
        return false;
    }
    // "will not direct" against "the director": a deed and a name for the doer.
    let is_verb = |word: &str| verbs().forms(word).any();
    if is_verb(&head.word) != is_verb(&held.word) {
        return false;
    }
    let reversed = |terms: &[Term], at: usize, cue: Option<Span>| {
        terms[at.saturating_sub(REVERSING_REACH)..at]
            .iter()
            .any(|term| implicit_negatives().has(&term.word) && !cue.is_some_and(|cue| cue.overlaps(term.span)))
    };
    // "had not bought it" and "was in talks to buy it" can both hold.
    let is_aim = |terms: &[Term], at: usize| at > 0 && terms[at - 1].word == "to";
    if is_aim(affirming, found.partner) && !is_aim(denying, found.head) {
        return false;
    }
    let normed = affirming[found.partner.saturating_sub(REVERSING_REACH)..found.partner].iter().any(is_norm);
    if normed || reversed(affirming, found.partner, None) || reversed(denying, found.head, Some(found.cue)) {
        return false;
    }
    // "has no plan", "does not have a plan": having is what is denied, and has to be what is affirmed.
    let had = |terms: &[Term], at: usize| {
        terms[at.saturating_sub(3)..at]
            .iter()
            .any(|term| matches!(term.word.as_str(), "have" | "has" | "had" | "having"))
    };
    let has = |word: &Term| word.role == TermRole::Content && !is_verb(&word.word);
    if has(head) && had(denying, found.head) != had(affirming, found.partner) {
        return false;
    }
    let near = found.partner.saturating_sub(SCOPE_REACH)..found.partner.saturating_add(SCOPE_REACH);
    let mut covered = 0_usize;
    let mut linked = 0_usize;
    for (at, term) in denying.iter().enumerate().skip(found.head + 1) {
        if covered == SCOPE_WORDS || !negation.scope.contains(term.span) {
            break;
        }
        if matches!(term.role, TermRole::Content | TermRole::Name) {
            covered += 1;
            linked += usize::from(frame.partner(hand, at).is_some_and(|partner| near.contains(&partner)));
        }
    }
    // "did not begin on Monday" may deny the day alone: a time or figure under the negation has to stand on both sides.
    let values = |claim: &NormalClaim, scope: Span| {
        claim
            .form
            .times
            .iter()
            .map(|time| time.span)
            .chain(claim.form.quantities.iter().map(|it| it.span))
            .filter(|span| scope.contains(*span))
            .count()
    };
    let whole = frame.claim(other).claim.sentence;
    if values(frame.claim(hand), negation.scope) > values(frame.claim(other), whole) {
        return false;
    }
    // Where the affirming claim says nothing in its place, what the negation covers is detail: "will attend".
    let stated = affirming.iter().enumerate().skip(found.partner + 1).take(SCOPE_WORDS);
    let elliptic = stated
        .filter(|(_, term)| matches!(term.role, TermRole::Content | TermRole::Name))
        .all(|(at, _)| frame.partner(other, at).is_some_and(|partner| negation.scope.contains(denying[partner].span)));
    covered == 0 || covered - linked <= ELLIPTIC && elliptic || linked as f64 / covered as f64 >= SCOPE_SHARE
}

/// The word a negation falls on: the first content word of its scope, manner apart. "did not immediately respond" falls
/// on "respond".
fn head_of(frame: &Frame<'_>, hand: Hand, negation: &Cue) -> Option<usize> {
    let terms = frame.terms(hand);
    (0..terms.len())
        .find(|&at| {
            let term = &terms[at];
            negation.scope.overlaps(term.span)
                && !negation.cue.overlaps(term.span)
                && term.span.start >= negation.cue.start
                && matches!(term.role, TermRole::Content | TermRole::Quantity)
                && !term.word.ends_with("ly")
        })
        // "not the first": the denial falls on the rank.
        .filter(|&at| {
            terms[at].role == TermRole::Content
                && !matches!(terms[at].word.as_str(), "one" | "ones" | "more" | "thing" | "way")
        })
}

/// Leaves out what only looks like a negation of the claim: denials of a report (certainty-gap's), "not only", "not all",
/// bounds ("no more than 12"), and contrasts ("not on Monday but on Tuesday").
fn denies_by_itself(frame: &Frame<'_>, hand: Hand, negation: &Cue) -> bool {
    let claim = frame.claim(hand);
    let terms = frame.terms(hand);
    let cue_words = || terms.iter().filter(|term| negation.cue.overlaps(term.span));
    // "without" denies what goes along with the deed, not the deed.
    if cue_words().any(|term| denials().has(&term.word) || term.word == "without") {
        return false;
    }
    if claim.form.quantities.iter().any(|quantity| quantity.span.overlaps(negation.cue)) {
        return false;
    }
    // "respect, not a spot at a bar": a contrast denies a phrase, and no claim.
    let base = claim.claim.sentence.start as usize;
    let before = claim.claim.context.get(..(negation.cue.start as usize).saturating_sub(base)).unwrap_or("");
    if before.trim_end().ends_with(',') && cue_words().any(|term| term.word == "not") {
        return false;
    }
    // What should not be may be all the same.
    let ahead = terms.iter().rev().find(|term| term.span.end <= negation.cue.start);
    if ahead.is_some_and(is_norm) || cue_words().any(is_norm) {
        return false;
    }
    let mut next = terms.iter().filter(|term| term.span.start >= negation.cue.end);
    let following: Vec<&str> = next.by_ref().take(CONTRAST_REACH).map(|term| term.word.as_str()).collect();
    let first_is = |word: &&str| partly().has(word) || (quantifiers().has(word) && *word != "no");
    // "not until": it happens, later.
    let deferred =
        following.iter().any(|word| matches!(*word, "but" | "until" | "till" | "unless" | "without" | "except"))
            || following.first().is_some_and(|word| *word == "before")
            || following.last().is_some_and(|word| matches!(*word, "before" | "again"));
    !following.first().is_some_and(first_is) && !deferred
}

fn follows(frame: &Frame<'_>, hand: Hand, cue: Span, word: &str) -> bool {
    let mut next = frame.terms(hand).iter().filter(|term| term.span.start >= cue.end);
    next.next().is_some_and(|term| term.word == word)
        || frame.terms(hand).iter().any(|term| cue.overlaps(term.span) && term.word == word)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, short};
    use super::*;

    #[test]
    fn what_is_affirmed_of_a_part_stands_beside_what_is_denied_of_another() {
        for (left, right) in [
            (
                "The gate supports old ships only for the north quay.",
                "The gate does {-:not support old ships for the south quay}.",
            ),
            ("Lamps are {-:no longer} lit for all ships.", "Lamps are lit for all ships that end in the harbor."),
            (
                "The old gate is not advised {-:except} for simple uses.",
                "The old gate is not advised unless for simple uses.",
            ),
        ] {
            assert_eq!(short(&check(&Negation, left, right)), "silent", "{left} | {right}");
        }
    }

    #[test]
    fn a_denied_word_against_the_same_word_affirmed_is_raised() {
        for (left, right, outcome) in [
            (
                "{p:Ada Lind} did {-:not} sign the treaty with {l:Ostland}.",
                "{p:Ada Lind} signed the treaty with {l:Ostland}.",
                "raised: not sign | signed",
            ),
            (
                "The regulator has {-:never} approved the vaccine for children.",
                "The regulator approved the vaccine for children.",
                "raised: never approved | approved",
            ),
        ] {
            assert_eq!(short(&check(&Negation, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn denials_of_a_detail_and_two_ways_to_deny_are_silent() {
        for (left, right) in [
            (
                "{p:Ada Lind} was {-:never} offered the ministry of war.",
                "{p:Ada Lind} was offered a seat on the board of the bank.",
            ),
            (
                "{p:Ada Lind} did {-:not} leave {l:Ostland} until the vote.",
                "{p:Ada Lind} left {l:Ostland} after the vote.",
            ),
            ("Pilots could {-:not} reach the tower in {l:Garrow}.", "Pilots failed to reach the tower in {l:Garrow}."),
            (
                "{o:Varnex} has {-:not} bought the dairy in {l:Garrow}.",
                "{o:Varnex} was in talks to buy the dairy in {l:Garrow}.",
            ),
        ] {
            assert_eq!(short(&check(&Negation, left, right)), "silent", "{left} | {right}");
        }
    }

    #[test]
    fn a_short_claim_inside_a_long_one_is_held_against_it() {
        let (left, right) = (
            "{p:Ada Lind} {m:will|planned} attend.",
            "{p:Ada Lind}, the leader of the union, {m:will|planned} {-:not} attend the meeting, her office said.",
        );
        assert_eq!(short(&check(&Negation, left, right)), "raised: attend | not attend");
    }

    #[test]
    fn partial_denials_and_other_heads_are_silent() {
        for (left, right, outcome) in [
            (
                "{p:Ada Lind} did {-:not} only sign the treaty with {l:Ostland}.",
                "{p:Ada Lind} signed the treaty with {l:Ostland}.",
                "silent",
            ),
            (
                "{p:Ada Lind} signed the treaty with {l:Ostland}, but did {-:not} read it.",
                "{p:Ada Lind} signed the treaty with {l:Ostland}.",
                "silent",
            ),
            (
                "{p:Ada Lind} did {-:not} sign the treaty with {l:Ostland}.",
                "{p:Ada Lind} {m:may|possible} sign the treaty with {l:Ostland}.",
                "silent",
            ),
            ("{p:Ada Lind} did {-:not} sign the treaty.", "{p:Nils Holm} signed the treaty.", "silent"),
        ] {
            assert_eq!(short(&check(&Negation, left, right)), outcome, "{left} | {right}");
        }
    }
}
