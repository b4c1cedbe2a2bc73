//! The words right around a figure → what part it plays there. In: a claim and one of its figures. Out: a level ("to 40"), an
//! origin ("from 30"), a change ("by 10"), an age after a name, a piece torn from a clock or a number; and whether a claim
//! tells of a price or a running count. It compares no figures.

use super::frame::{Frame, Hand};
use super::words::words_in;
use crate::lexicon::{markets, verbs};
use crate::model::{NormalClaim, Quantity, QuantityKind, TermRole};

/// Words of a market that make a claim one about prices: what is traded, and what its price does.
const MARKET_WORDS: usize = 2;

/// What part a figure plays among the words right around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// Nothing tells.
    Plain,
    /// "from 30": where a change began.
    Origin,
    /// "to 40", "at 40": where it ended.
    Level,
    /// "by 10": the change itself.
    Change,
    /// "two other rifles": a rest beside what was counted before.
    Rest,
    /// ", 32, ": an age after a name.
    Appositive,
    /// A piece of a clock, of a telephone number, of a number with a stray blank, the label of an entry: no figure by itself.
    Torn,
}

/// What part `quantity` plays in `claim`.
pub(super) fn setting(claim: &NormalClaim, quantity: &Quantity) -> Setting {
    let sentence = claim.claim.context.as_ref();
    let from = (quantity.span.start as usize).saturating_sub(claim.claim.sentence.start as usize);
    let to = (quantity.span.end as usize).saturating_sub(claim.claim.sentence.start as usize);
    let (Some(before), Some(written), Some(after)) = (sentence.get(..from), sentence.get(from..to), sentence.get(to..))
    else {
        return Setting::Plain;
    };
    if is_torn(before, written, after) || is_label(before, after) {
        return Setting::Torn;
    }
    let bare = written.chars().all(|letter| letter.is_ascii_digit());
    if quantity.kind == QuantityKind::Count
        && bare
        && before.trim_end().ends_with(',')
        && (after.starts_with(',') || after.trim_start().starts_with('.'))
    {
        return Setting::Appositive;
    }
    let terms = &claim.form.terms;
    let words = words_in(terms, quantity.span);
    let at = words.start;
    if terms.get(words.end).is_some_and(|next| {
        matches!(next.word.as_str(), "other" | "others" | "more" | "another" | "additional" | "further")
    }) {
        return Setting::Rest;
    }
    let Some(ahead) = at.checked_sub(1).and_then(|ahead| terms.get(ahead)) else { return Setting::Plain };
    match ahead.word.as_str() {
        "from" => Setting::Origin,
        "to" | "at" => Setting::Level,
        "by" => Setting::Change,
        // "rose 31 cents"
        word if ahead.role == TermRole::Content
            && markets().value(word) == Some("move")
            && verbs().forms(word).past =>
        {
            Setting::Change
        }
        _ => Setting::Plain,
    }
}

/// True where the words between are all that stands before a colon: "2: The format of the second release." names an entry of a list.
pub(super) fn is_label(before: &str, after: &str) -> bool {
    let rest = after.trim_start();
    let rest = match rest.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
        Some((_, behind)) => behind,
        None => rest,
    };
    before.trim().is_empty() && rest.strip_prefix(':').is_some_and(|told| told.starts_with(char::is_whitespace))
}

/// True where digits, a colon or a fraction stand so near that the figure is a part of something longer.
fn is_torn(before: &str, written: &str, after: &str) -> bool {
    let ends_in_digit = |text: &str| text.trim_end().chars().next_back().is_some_and(|letter| letter.is_ascii_digit());
    let begins_with_digit = |text: &str| text.trim_start().chars().next().is_some_and(|letter| letter.is_ascii_digit());
    let after_mark = |mark: char| before.trim_end().strip_suffix(mark).is_some_and(ends_in_digit);
    let before_mark = |mark: char| after.trim_start().strip_prefix(mark).is_some_and(begins_with_digit);
    // "14, 15 and 16": a list keeps its blanks; "2, 000" and "3: 30" do not stand alone.
    let thousands =
        written.trim_end_matches(|letter: char| !letter.is_ascii_digit()).len() == 3 || written.starts_with("000");
    after_mark(':')
        || before_mark(':')
        || after_mark('/')
        || before_mark('/')
        || before_mark('.')
        || after
            .trim_start()
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_alphabetic()) && begins_with_magnitude(rest))
        || (after_mark('.') || after_mark(',')) && thousands
        || ends_in_digit(before)
        || (begins_with_digit(after) && written.ends_with(|letter: char| letter.is_ascii_digit()))
        || after.starts_with('\u{FFFD}')
        || after.trim_start().starts_with(['\u{00BD}', '\u{00BC}', '\u{00BE}'])
        || written.starts_with('-')
}

/// True where a magnitude follows that the number was cut off from.
fn begins_with_magnitude(text: &str) -> bool {
    ["million", "billion", "trillion", "thousand"].iter().any(|magnitude| text.starts_with(magnitude))
}

/// True where both figures are prices or changes of prices: they are true of one minute, which claims rarely name.
pub(super) fn is_market(frame: &Frame<'_>, one: &Quantity, other: &Quantity) -> bool {
    let is_price = |quantity: &Quantity| {
        matches!(quantity.kind, QuantityKind::Count | QuantityKind::Money | QuantityKind::Percent)
    };
    is_price(one) && is_price(other) && tell_of_prices(frame)
}

/// True where both claims name what is traded on a market: what it does changes by the hour.
pub(super) fn tell_of_a_market(frame: &Frame<'_>) -> bool {
    let is_traded = |word: &str| markets().values(word).is_some_and(|values| values.contains(&"traded"));
    let trades = |hand: Hand| frame.terms(hand).iter().any(|term| is_traded(&term.word));
    trades(Hand::Left) && trades(Hand::Right)
}

/// True where both claims tell what prices did.
fn tell_of_prices(frame: &Frame<'_>) -> bool {
    let tells = |hand: Hand| {
        let words = frame.terms(hand).iter().filter_map(|term| markets().value(&term.word));
        let (mut traded, mut moves) = (0, 0);
        for kind in words {
            if kind == "market" { traded += 1 } else { moves += 1 }
        }
        traded > 0 && moves > 0 && traded + moves >= MARKET_WORDS
    };
    tells(Hand::Left) && tells(Hand::Right)
}

/// Units of a match or of time of which a count may cover a part.
const STRETCHES: &[&str] =
    &["half", "quarter", "period", "inning", "innings", "set", "round", "lap", "minute", "minutes", "hour", "hours"];

/// True where one claim counts within a part of the time ("in the first half", "in the final seven minutes", "Prior to that, ...") and the
/// other does not, or within another part: the counts are of two stretches.
pub(super) fn is_of_a_part(frame: &Frame<'_>) -> bool {
    let within = |hand: Hand| -> Option<Vec<&str>> {
        let terms = frame.terms(hand);
        let word = |at: usize| terms.get(at).map_or("", |term| term.word.as_str());
        if word(0) == "prior" && word(1) == "to" && word(2) == "that"
            || matches!(word(0), "before" | "after") && word(1) == "that"
        {
            return Some(Vec::new());
        }
        let part = (0..terms.len()).find(|&at| {
            matches!(word(at), "in" | "during" | "within" | "over")
                && word(at + 1) == "the"
                && matches!(word(at + 2), "first" | "last" | "final" | "opening" | "closing" | "second" | "third")
                && (at + 3..at + 6).any(|unit| STRETCHES.contains(&word(unit)))
        });
        part.map(|at| (at + 2..at + 4).map(word).collect())
    };
    match (within(Hand::Left), within(Hand::Right)) {
        (None, None) => false,
        (Some(one), Some(other)) => one != other,
        _ => true,
    }
}

/// True where one claim counts up to a moment ("so far", "as of Friday") that the other does not name.
pub(super) fn is_running(frame: &Frame<'_>) -> bool {
    let running = |hand: Hand| {
        let terms = frame.terms(hand);
        (0..terms.len()).any(|at| {
            let next = terms.get(at + 1).map_or("", |term| term.word.as_str());
            matches!((terms[at].word.as_str(), next), ("so", "far") | ("as", "of") | ("to", "date") | ("thus", "far"))
        })
    };
    running(Hand::Left) != running(Hand::Right)
}
