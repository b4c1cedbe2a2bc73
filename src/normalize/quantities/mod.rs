//! Text → what it says in numbers: counts, sums, shares, measures, lengths of time, ages, ranks, scores.
//!
//! In: a text, its tokens, and the times already read from it (a number inside a time is no quantity). Out: quantities in
//! the order of the text, with spans that quote it. Units stay as written; [`convert`] is for whoever compares. A number
//! that only names something (a flight, a section, a model) is given as an identifier.

mod bounds;

mod counted;

mod digits;

mod identifiers;

pub(super) mod numerals;

mod ranges;

mod reader;

mod shares;

mod units;

pub use crate::lexicon::amounts::convert;

use crate::model::{Quantity, TimeValue};
use crate::text::tokens::Token;

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
        let clear = &tokens[..next_time[at]];
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

#[cfg(test)]
mod tests;
