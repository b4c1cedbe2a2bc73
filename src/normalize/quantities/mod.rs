//! Text → what it says in numbers: counts, sums, shares, measures, lengths of time, ages, ranks, scores.
//!
//! In: a text, its tokens, and the times already read from it (a number inside a time is no quantity). Out: quantities in
//! the order of the text, with spans that quote it. Units stay as written; [`convert`] is for whoever compares. A number
//! that only names something (a flight, a section, a model) is given as an identifier.

mod ages;

pub(super) mod bounds;

mod counted;

mod digits;

mod fractions;

mod home;

mod identifiers;

mod lengths;

mod money;

mod notations;

pub(super) mod numerals;

mod ranges;

mod reader;

mod shares;

mod units;

pub use crate::lexicon::amounts::convert;
pub use home::in_home_currency;

use crate::lexicon::{self, Words};
use crate::model::{Quantity, TimeValue};
use crate::text::tokens::{Token, TokenKind};
use std::sync::LazyLock;

/// Reads the quantities of `text`. Spans are byte offsets into it.
pub fn quantities(text: &str, tokens: &[Token<'_>], times: &[TimeValue]) -> Vec<Quantity> {
    debug_assert!(tokens.last().is_none_or(|token| token.end <= text.len()), "the tokens are of this text");
    let mut found = Vec::new();
    let mut next_time = vec![tokens.len(); tokens.len() + 1];
    let mut spans = times.iter().rev().peekable();
    for (index, token) in tokens.iter().enumerate().rev() {
        while spans.peek().is_some_and(|time| time.span.start as usize >= token.end) {
            spans.next();
        }
        let inside = spans
            .peek()
            .is_some_and(|time| (time.span.start as usize) < token.end && token.start < time.span.end as usize);
        next_time[index] = if inside { index } else { next_time[index + 1] };
    }
    let mut at = 0;
    // Words before this index belong to an earlier quantity or time and bound nothing more.
    let mut floor = 0;
    while at < tokens.len() {
        if next_time[at] == at {
            at += 1;
            floor = at;
            continue;
        }
        if !may_open(&tokens[at]) {
            at += 1;
            continue;
        }
        // "won 10 in 2024": the preposition belongs to the time and is no inch.
        let end = next_time[at];
        let end = end - usize::from(end < tokens.len() && end > at + 1 && tokens[end - 1].folded == "in");
        let clear = &tokens[..end];
        match reader::read(reader::Context { tokens: clear, all: tokens, floor }, at) {
            Some(mut read) => {
                at = read.end.max(at + 1);
                floor = at;
                found.append(&mut read.quantities);
            }
            None => at += 1,
        }
    }
    found
}

/// Words that open quantities and stand in no table of numbers, units or currencies.
const OPENING_WORDS: [&str; 5] = ["a", "an", "all", "another", "some"];

/// Every word that a number, unit or currency of the tables begins with.
static OPENERS: LazyLock<Words<&'static str, ()>> = LazyLock::new(|| {
    let tables = [lexicon::number_words(), lexicon::units(), lexicon::currencies()];
    let entries = tables.into_iter().flat_map(|table| table.rows().map(|(entry, _)| entry));
    entries.filter_map(|entry| entry.split(' ').next()).chain(OPENING_WORDS).collect()
});

/// False for the many tokens that no quantity begins with: one look-up tells, where reading would take a dozen.
fn may_open(token: &Token<'_>) -> bool {
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Word => {
            let folded = token.folded.as_str();
            OPENERS.has(folded) || folded.ends_with("long") || folded.bytes().any(|byte| byte.is_ascii_digit())
        }
        TokenKind::Mark => token.is_mark('.') || OPENERS.has(token.folded.as_str()),
        TokenKind::Possessive | TokenKind::Ideograph => false,
    }
}

#[cfg(test)]
mod tests;
