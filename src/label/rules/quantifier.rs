//! All, most, half, few or none of one group, where no share satisfies both. It compares words for shares; numbers are the
//! numeric rule's, but for "none" against a number.
#![doc = include_str!("quantifier.md")]

use super::deeds::Deed;
use super::evidence::{evidence, explained, on_one_line, raised};
use super::frame::{Frame, Hand};
use super::settings::is_label;
use super::words::is_content;
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
use crate::lexicon::quantifiers;
use crate::model::{NormalClaim, QuantityKind, Severity, Span, TermRole, Value};

/// Shares of the words outside of the quantifiers that must be the same.
const BEST_SHARE: f64 = 0.7;
const LEAST_SHARE: f64 = 0.5;

/// Words between a quantifier and its noun: "all of the remaining schools".
const REACH: usize = 5;

/// Quantifiers looked at per claim.
const QUANTIFIERS: usize = 16;

/// Figures looked at per claim.
const FIGURES: usize = 16;

/// The rule.
#[derive(Debug)]
pub struct Quantifier;

static META: RuleMeta = RuleMeta {
    id: "quantifier",
    summary: "all, most, half, few or none of one group",
    bearing: Bearing::Conflict,
    level: Severity::Error,
    since: "0.1.0",
    page: include_str!("quantifier.md"),
};

/// A share of a group as a half-open range of possible fractions, in hundredths.
type Shares = (i32, i32);

/// "all" and "not all".
const ALL: Shares = (100, 101);
const NOT_ALL: Shares = (0, 100);

/// A quantifier with the noun it falls on.
struct Quantified {
    span: Span,
    shares: Shares,
    head: usize,
    /// True for a number: it says that there are some, and nothing of whether they are all.
    number: bool,
}

impl Rule for Quantifier {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let frame = pair.frame();
        if !frame.same_footing() {
            return Outcome::Silent;
        }
        if frame.names_clash(&[], &[]) || frame.predicates_clash(&[], &[]) {
            return Outcome::Silent;
        }
        let close = |spans: &(Span, Span)| {
            let shared = frame.shared(&[spans.0], &[spans.1]);
            shared.best >= BEST_SHARE && shared.least >= LEAST_SHARE && shared.partners >= 2
        };
        let Some((left_span, right_span)) = pairs_apart(frame).into_iter().find(close) else {
            return Outcome::Silent;
        };
        let left = evidence(pair.left, left_span, Value::Text(pair.left.claim.words(left_span).to_owned()));
        let right = evidence(pair.right, right_span, Value::Text(pair.right.claim.words(right_span).to_owned()));
        let message = format!("\"{}\" against \"{}\"", on_one_line(&left.text), on_one_line(&right.text));
        if frame.other_times() {
            return explained(&META, "time", left, right, message);
        }
        raised(&META, left, right, message)
    }
}

/// False where the grammar of both claims puts the noun into deeds that are not one: "they have no path of their own" says nothing
/// about what "every path must give". Where a claim's grammar does not tell, it may be one.
fn may_share_deed(frame: &Frame<'_>, left: usize, right: usize) -> bool {
    let with = |hand: Hand, head: usize| -> Vec<&Deed> {
        let takes_part = |deed: &&Deed| deed.agents.iter().chain(&deed.patients).any(|part| part.head == head);
        frame.deeds(hand).iter().filter(takes_part).collect()
    };
    let (lefts, rights) = (with(Hand::Left, left), with(Hand::Right, right));
    lefts.is_empty()
        || rights.is_empty()
        || lefts.iter().any(|one| {
            let is_one = |other: &&Deed| {
                one.lemma == other.lemma || frame.partner(Hand::Left, one.predicate) == Some(other.predicate)
            };
            rights.iter().any(is_one)
        })
}

/// The quantifiers of both claims that fall on one noun and exclude each other, those nearest to the beginnings first: an
/// order that does not change where the claims change places.
fn pairs_apart(frame: &Frame<'_>) -> Vec<(Span, Span)> {
    let mut lefts = quantified(frame, Hand::Left);
    let mut rights = quantified(frame, Hand::Right);
    lefts.truncate(QUANTIFIERS);
    rights.truncate(QUANTIFIERS);
    let on_one_noun = |one: &Quantified, other: &Quantified| frame.partner(Hand::Left, one.head) == Some(other.head);
    // "No ... all people": what the other claim says of the noun too is no difference.
    let met = |one: &Quantified, other: &Quantified| {
        on_one_noun(one, other) && one.number == other.number && !apart(one.shares, other.shares)
    };
    let mut found = Vec::new();
    for one in lefts.iter().filter(|one| !rights.iter().any(|other| met(one, other))) {
        let against = rights.iter().filter(|other| on_one_noun(one, other) && apart(one.shares, other.shares));
        let unmet = against.filter(|other| !lefts.iter().any(|one| met(one, other)));
        let in_one_deed = unmet.filter(|other| may_share_deed(frame, one.head, other.head));
        found.extend(in_one_deed.map(|other| (one.span, other.span)));
    }
    let offset = |hand: Hand, span: Span| span.start.saturating_sub(frame.claim(hand).claim.span.start);
    found.sort_by_cached_key(|(one, other)| {
        let (left, right) = (offset(Hand::Left, *one), offset(Hand::Right, *other));
        let mut words = [frame.claim(Hand::Left).claim.words(*one), frame.claim(Hand::Right).claim.words(*other)];
        words.sort_unstable();
        (left.saturating_add(right), left.abs_diff(right), words.map(str::to_owned))
    });
    found
}

fn apart(left: Shares, right: Shares) -> bool {
    left.1 <= right.0 || right.1 <= left.0
}

/// The shares a word allows. "some" and "many" allow all, as in logic: what is said of some may hold for the rest.
fn shares(word: &str) -> Option<Shares> {
    Some(match quantifiers().value(word)? {
        "all" => ALL,
        "most" => (51, 101),
        "half" => (40, 61),
        "many" | "some" => (1, 101),
        "few" => (1, 40),
        "none" => (0, 1),
        _ => return None,
    })
}

/// True where the word is the label of an entry: "all (usual): runs the whole suite" names a setting.
fn is_label_of(claim: &NormalClaim, word: Span) -> bool {
    let of = &claim.claim;
    let from = (word.start as usize).saturating_sub(of.sentence.start as usize);
    let to = (word.end as usize).saturating_sub(of.sentence.start as usize);
    let around = of.context.get(..from).zip(of.context.get(to..));
    around.is_some_and(|(before, after)| is_label(before, after))
}

/// True where nothing but two words for shares of one group differs and one share satisfies both: "most of the villages", "not all of the
/// villages".
pub(super) fn is_one_share(frame: &Frame<'_>) -> bool {
    let (lefts, rights) = (quantified(frame, Hand::Left), quantified(frame, Hand::Right));
    let ([one], [other]) = (lefts.as_slice(), rights.as_slice()) else { return false };
    let lonely = |hand: Hand, span: Span| frame.lonely(hand, &[span]).count();
    frame.partner(Hand::Left, one.head) == Some(other.head)
        && one.shares != other.shares
        && !one.number
        && !other.number
        && !apart(one.shares, other.shares)
        && lonely(Hand::Left, one.span) + lonely(Hand::Right, other.span) == 0
}

/// The quantifiers of a claim, each with its noun.
fn quantified(frame: &Frame<'_>, hand: Hand) -> Vec<Quantified> {
    let claim = frame.claim(hand);
    let terms = frame.terms(hand);
    let mut found = Vec::new();
    for (at, term) in terms.iter().enumerate() {
        let Some(mut shares) = shares(&term.word) else { continue };
        if matches!(term.role, TermRole::Name | TermRole::Time | TermRole::Attribution) {
            continue;
        }
        if is_label_of(claim, term.span) {
            continue;
        }
        let ahead = at.checked_sub(1).map(|before| terms[before].word.as_str());
        let after = terms.get(at + 1).map(|next| next.word.as_str());
        let mut span = term.span;
        if ahead == Some("not") && shares == ALL {
            shares = NOT_ALL;
            span = terms[at - 1].span.cover(span);
        }
        //  "at all", "all but", "the first half", "few" of "a few": none of these is the share itself.
        let is_idiom = ahead == Some("not") && shares != NOT_ALL
            || matches!(ahead, Some("at" | "above" | "a" | "first" | "second" | "nearly" | "almost" | "for" | "per"))
            || matches!(after, Some("but" | "longer" | "more" | "less" | "later" | "other"))
            // "No. 5"
            || term.word == "no" && terms.get(at + 1).is_some_and(|next| next.role == TermRole::Quantity)
            || term.word == "both" && after.is_some_and(|word| word == "in" || word == "of");
        if is_idiom {
            continue;
        }
        let following = (at + 1..terms.len()).take(REACH).take_while(|&next| terms[next].role != TermRole::Name);
        let head = end_of_first_run(following.filter(|&next| is_content(&terms[next])));
        found.extend(head.map(|head| Quantified { span, shares, head, number: false }));
    }
    // "three passengers were killed" against "no passengers were killed".
    // "Not one passenger" is none of them.
    let is_denied = |span: Span| {
        let at = terms.partition_point(|term| term.span.start < span.start);
        at.checked_sub(1).is_some_and(|before| terms[before].word == "not")
    };
    for quantity in claim
        .form
        .quantities
        .iter()
        .take(FIGURES)
        .filter(|it| it.low.is_some_and(|low| low >= 1.0) && it.kind == QuantityKind::Count && !is_denied(it.span))
    {
        let head = quantity.of.iter().find_map(|of| {
            (0..terms.len()).find(|&at| {
                terms[at].stem == *of && is_content(&terms[at]) && terms[at].span.start >= quantity.span.start
            })
        });
        found.extend(head.map(|head| Quantified { span: quantity.span, shares: (1, 101), head, number: true }));
    }
    found
}

/// The last index of the first run of neighbors: of "remaining schools were closed", "schools".
fn end_of_first_run(mut indexes: impl Iterator<Item = usize>) -> Option<usize> {
    let mut last = indexes.next()?;
    for next in indexes {
        if next != last + 1 {
            break;
        }
        last = next;
    }
    Some(last)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, short};
    use super::*;

    #[test]
    fn the_label_of_an_entry_is_no_share() {
        let (left, right) = ("All: runs the tests of the suite again.", "No tests of the suite run again.");
        assert_eq!(short(&check(&Quantifier, left, right)), "silent");
        let (left, right) = ("All (usual): runs the tests of the suite again.", "No tests of the suite run again.");
        assert_eq!(short(&check(&Quantifier, left, right)), "silent");
    }

    #[test]
    fn shares_of_one_group_that_lie_apart_are_raised() {
        for (left, right, outcome) in [
            (
                "All passengers on the ferry survived the fire.",
                "Half the passengers on the ferry survived the fire.",
                "raised: All | Half",
            ),
            (
                "None of the schools in {l:Garrow} reopened.",
                "Most of the schools in {l:Garrow} reopened.",
                "raised: None | Most",
            ),
        ] {
            assert_eq!(short(&check(&Quantifier, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn which_claim_comes_first_changes_nothing() {
        let claims = [
            "No passengers and all passengers on the ferry survived the fire.",
            "All passengers on the ferry survived the fire.",
            "No passengers on the ferry and all the crew survived the fire.",
            "All the crew and no passengers on the ferry survived the fire.",
            "Half the passengers and all passengers on the ferry survived the fire and no passengers left.",
        ];
        let words = |left, right| {
            let outcome = short(&check(&Quantifier, left, right));
            let (kind, shown) = outcome.split_once(": ").unwrap_or((outcome.as_str(), ""));
            (kind.to_owned(), shown.split(" | ").map(str::to_owned).collect::<Vec<_>>())
        };
        for left in claims {
            for right in claims {
                let (kind, mut shown) = words(left, right);
                shown.reverse();
                assert_eq!((kind, shown), words(right, left), "{left} | {right}");
            }
        }
        let both = "No passengers and all passengers on the ferry survived the fire.";
        assert_eq!(short(&check(&Quantifier, both, both)), "silent");
    }

    #[test]
    fn all_and_not_all_exclude_each_other() {
        let (left, right) =
            ("All residents of the hamlet have agreed.", "Not all residents of the hamlet have agreed.");
        assert_eq!(short(&check(&Quantifier, left, right)), "raised: All | Not all");
    }

    #[test]
    fn shares_that_may_both_hold_are_silent() {
        for (left, right, outcome) in [
            (
                "Some passengers on the ferry survived the fire.",
                "All passengers on the ferry survived the fire.",
                "silent",
            ),
            (
                "Not all passengers on the ferry survived the fire.",
                "Half the passengers on the ferry survived the fire.",
                "silent",
            ),
            (
                "All passengers on the ferry survived the fire.",
                "Half the crew on the ferry survived the fire.",
                "silent",
            ),
        ] {
            assert_eq!(short(&check(&Quantifier, left, right)), outcome, "{left} | {right}");
        }
    }
}
