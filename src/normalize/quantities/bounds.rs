//! Words beside a number → how the text bounds it ("at least", "or more").
//!
//! In: tokens and the place of a number. Out: the bound and how far it reaches. It does not touch the number.

use super::counted::has_class;
use crate::lexicon;
use crate::model::Bound;
use crate::text::tokens::Token;

/// Longest bound phrase in tokens ("less than or equal to").
const LONGEST_PHRASE: usize = 5;
/// "some 300" is a guess at a number; "some two" is not said.
const LEAST_SOME: f64 = 10.0;

/// The bound that ends right before token `at`, and the index where it begins.
pub(in crate::normalize) fn before(
    tokens: &[Token<'_>],
    at: usize,
    floor: usize,
    value: f64,
) -> Option<(Bound, usize)> {
    let mut found = None;
    for length in 1..=LONGEST_PHRASE.min(at - floor.min(at)) {
        let words = &tokens[at - length..at];
        let phrase = words.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
        let Some([class, "before"]) = lexicon::bounds().values(&phrase) else { continue };
        if phrase == "some" && value < LEAST_SOME {
            continue;
        }
        // "twice as many as 300" bounds nothing.
        let multiple =
            phrase.starts_with("as ") && at > length && has_class(&tokens[at - length - 1].folded, "multiplies");
        if multiple {
            continue;
        }
        found = Some((bound(class)?, at - length));
    }
    let (class, start) = found?;
    // "about at least 30" keeps the firmer of the two.
    match before_once(tokens, start, floor) {
        Some((earlier, begin)) if class == Bound::About => Some((earlier, begin)),
        _ => Some((class, start)),
    }
}

fn before_once(tokens: &[Token<'_>], at: usize, floor: usize) -> Option<(Bound, usize)> {
    (1..=LONGEST_PHRASE.min(at - floor.min(at))).rev().find_map(|length| {
        let words = &tokens[at - length..at];
        let phrase = words.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
        match lexicon::bounds().values(&phrase) {
            Some([class, "before"]) => Some((bound(class)?, at - length)),
            _ => None,
        }
    })
}

/// The bound that begins at token `at`, and the index after it.
pub(super) fn after(tokens: &[Token<'_>], at: usize) -> Option<(Bound, usize)> {
    let mut phrase = String::from("after");
    let mut found = None;
    let at = super::numerals::past_hyphen(tokens, at);
    for (offset, token) in tokens.iter().skip(at).take(LONGEST_PHRASE).enumerate() {
        phrase.push(' ');
        phrase.push_str(&token.folded);
        if phrase.len() > 40 {
            break;
        }
        if let Some(class) = lexicon::bounds().value(&phrase) {
            // "two plus three" is a sum.
            let sum = matches!(phrase.as_str(), "after plus" | "after +")
                && super::numerals::numeral(tokens, at + offset + 1).is_some();
            found = bound(class).filter(|_| !sum).map(|class| (class, at + offset + 1));
        }
    }
    found
}

fn bound(class: &str) -> Option<Bound> {
    Some(match class {
        "at-least" => Bound::AtLeast,
        "more-than" => Bound::MoreThan,
        "at-most" => Bound::AtMost,
        "less-than" => Bound::LessThan,
        "about" => Bound::About,
        _ => return None,
    })
}
