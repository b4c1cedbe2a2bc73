//! Text → when: calendar intervals, as far as the words and the publication date fix them.
//!
//! In: a text, its tokens, and the day it was published, if known. Out: times in the order of the text, with spans that
//! quote it. What cannot be fixed stays unresolved with its words folded. It never asks what day it is now, and a bare
//! "may", "march" or "second" is no time.

mod absolute;

mod calendar;

mod clock;

mod ranges;

mod relative;

mod words;

use crate::lexicon;
use crate::model::{Anchor, Grain, Span, TimeValue};
use crate::text::fold::fold;
use crate::text::tokens::{Token, TokenKind};
use jiff::civil::Date;

/// How far a word that looks ahead may stand from the time it bears on, in tokens.
const AHEAD_REACH: usize = 10;

/// How far a verb of the past may stand from the time it bears on, in tokens.
const BACK_REACH: usize = 3;

/// The text a time is read from.
#[derive(Clone, Copy)]
struct Context<'a> {
    tokens: &'a [Token<'a>],
    published: Option<Date>,
}

/// A time in terms of tokens.
#[derive(Debug, Clone, PartialEq)]
struct Point {
    start: usize,
    end: usize,
    from: Option<Date>,
    until: Option<Date>,
    grain: Grain,
    anchor: Anchor,
    /// Month and first and last day, where the text leaves the year out.
    yearless: Option<(u8, Option<(u8, u8)>)>,
}

impl Point {
    /// A point reckoned from the publication date; unresolved where there is none.
    fn reckoned(start: usize, end: usize, days: Option<calendar::Days>, grain: Grain) -> Self {
        let anchor = if days.is_some() { Anchor::Published } else { Anchor::Unresolved };
        let (from, until) = days.unzip();
        Self { start, end, from, until, grain, anchor, yearless: None }
    }
}

impl Context<'_> {
    /// True where a verb of the past stands right beside the tokens `start..end` ("said in January that").
    fn looks_back(&self, start: usize, end: usize) -> bool {
        let near = start.saturating_sub(BACK_REACH)..(end + BACK_REACH - 1).min(self.tokens.len());
        self.tokens[near].iter().any(|token| {
            token.kind == TokenKind::Word
                && (token.folded.len() > 3 && token.folded.ends_with("ed")
                    || matches!(
                        token.folded.as_str(),
                        "was" | "were" | "had" | "did" | "said" | "told" | "met" | "went"
                    ))
        })
    }

    /// True where the words near token `at` look ahead ("will meet Friday"), and no past tense stands right before it.
    fn looks_ahead(&self, at: usize) -> bool {
        let stops = |token: &Token<'_>| token.is_mark('.') || token.is_mark(';');
        // "by Friday", "until the 7th": a limit lies ahead. The "by" of a passive stands farther off.
        let article = at > 0 && self.tokens[at - 1].folded == "the";
        let limit = at.checked_sub(1 + usize::from(article)).map(|limit| self.tokens[limit].folded.as_str());
        if matches!(limit, Some("by" | "until" | "till")) {
            return true;
        }
        let mut before = self.tokens[at.saturating_sub(AHEAD_REACH)..at].iter().rev();
        let mut first = true;
        for token in before.by_ref() {
            if stops(token) {
                break;
            }
            let class = lexicon::calendar_words().values(&token.folded);
            if class.is_some_and(|values| values[0] == "future") || token.folded.ends_with("'ll") {
                return true;
            }
            let preposition = matches!(token.folded.as_str(), "on" | "the" | "in" | "at" | "early" | "late");
            let past = token.kind == TokenKind::Word && token.folded.len() > 3 && token.folded.ends_with("ed")
                || lexicon::reporting_verbs().has(&token.folded);
            if first && past {
                return false;
            }
            first &= preposition;
        }
        // "On Friday, the court will rule": a time that opens its clause takes the tense that follows.
        let opens = at == 0 || self.tokens[..at].iter().rev().take(2).any(&stops) || at <= 2;
        opens
            && self.tokens[at..].iter().take(AHEAD_REACH).take_while(|token| !stops(token)).any(|token| {
                matches!(token.folded.as_str(), "will" | "would" | "shall") || token.folded.ends_with("'ll")
            })
    }
}

/// Reads the times of `text`. Spans are byte offsets into it. Relative dates are reckoned from `published`.
pub fn times(text: &str, tokens: &[Token<'_>], published: Option<Date>) -> Vec<TimeValue> {
    let context = Context { tokens, published };
    let mut points = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let candidates = [relative::read(context, at), absolute::read(context, at), clock::read(context, at)];
        // The longest reading wins, the earlier reader among equals.
        match candidates.into_iter().flatten().rev().max_by_key(|point| point.end) {
            Some(point) if point.end > at => {
                at = point.end;
                points.push(point);
            }
            _ => at += 1,
        }
    }
    clock::place(context, &mut points);
    ranges::join(context, points)
        .into_iter()
        .map(|point| {
            let span = Span::new(tokens[point.start].start, tokens[point.end - 1].end);
            TimeValue {
                span,
                from: point.from,
                until: point.until,
                grain: point.grain,
                anchor: point.anchor,
                written: fold(span.of(text)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
