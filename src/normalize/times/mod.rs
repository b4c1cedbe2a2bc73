//! Text → when: calendar intervals, as far as the words and the publication date fix them.
//!
//! In: a text, its tokens, and the day it was published, if known. Out: times in the order of the text, with spans that
//! quote it. What cannot be fixed stays unresolved with its words folded. It never asks what day it is now, and a bare
//! "may", "march" or "second" is no time.

mod absolute;

mod calendar;

mod clock;

mod distances;

mod holidays;

mod narrative;

mod numeric;

mod ranges;

mod relative;

mod weekdays;

mod within;

mod words;

mod years;

use crate::lexicon;
use crate::model::{Anchor, Grain, Span, TimeValue};
use crate::text::fold::fold;
use crate::text::tokens::{Token, TokenKind};
use jiff::civil::Date;

/// How far a word that looks ahead may stand from the time it bears on, in tokens.
const AHEAD_REACH: usize = 10;

/// How far a verb of the past may stand from the time it bears on, in tokens.
const BACK_REACH: usize = 3;

/// What times are reckoned from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reckoning {
    /// The day of publication, if known.
    pub published: Option<Date>,
    /// Which number of "3/4/2025" is the month, where the text comes from.
    pub order: DateOrder,
    /// How many days the calendar of the place reported from may be ahead of the outlet's (1), or behind it (-1).
    pub zone: i8,
    /// The last time told before, in this sentence or the one before it, from which "the next day" reckons.
    pub earlier: Option<Earlier>,
}

/// A time told before the text at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub until: Date,
    /// How fine it was told.
    pub grain: Grain,
    /// What fixed it in the calendar.
    pub anchor: Anchor,
}

impl Earlier {
    /// The last time of `times` that both ends are known of, spans of several days apart.
    pub fn last_of(times: &[TimeValue]) -> Option<Self> {
        times.iter().rev().filter(|time| time.grain != Grain::Range).find_map(|time| {
            Some(Self { from: time.from?, until: time.until?, grain: time.grain, anchor: time.anchor })
        })
    }
}

impl From<Option<Date>> for Reckoning {
    fn from(published: Option<Date>) -> Self {
        Self { published, ..Self::default() }
    }
}

/// The order of day and month in a date of digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// As in the United States.
    #[default]
    MonthFirst,
    /// As nearly everywhere else.
    DayFirst,
}

/// The longest text that is looked at as an entry of a calendar, in tokens.
const ENTRY_TOKENS: usize = 8;

/// The text a time is read from.
#[derive(Clone, Copy)]
struct Context<'a> {
    tokens: &'a [Token<'a>],
    published: Option<Date>,
    order: DateOrder,
    /// True where the text holds nothing but a time, as an entry of a calendar or a column of a table does.
    entry: bool,
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
    /// How far it lies from a time told before it, where the text reckons from that.
    offset: Option<narrative::Offset>,
}

impl Point {
    /// A point reckoned from the publication date; unresolved where there is none.
    fn reckoned(start: usize, end: usize, days: Option<calendar::Days>, grain: Grain) -> Self {
        let anchor = if days.is_some() { Anchor::Published } else { Anchor::Unresolved };
        let (from, until) = days.unzip();
        Self { start, end, from, until, grain, anchor, yearless: None, offset: None }
    }
}

impl Context<'_> {
    /// True where a verb of the past stands right beside the tokens `start..end` ("said in January that").
    fn looks_back(&self, start: usize, end: usize) -> bool {
        let near = start.saturating_sub(BACK_REACH)..(end + BACK_REACH - 1).min(self.tokens.len());
        self.tokens[near].iter().any(|token| {
            token.kind == TokenKind::Word && token.folded.len() > 2 && {
                let forms = lexicon::verbs().forms(&token.folded);
                // "set" and "read" may be of any time.
                forms.past && !forms.base && !forms.noun
            }
        })
    }

    /// True where the words near token `at` look ahead ("will meet Friday"), and no past tense stands right before it.
    fn looks_ahead(&self, at: usize) -> bool {
        let stops = |token: &Token<'_>| token.is_mark('.') || token.is_mark(';');
        // "by Friday", "until the 7th": a limit lies ahead. The "by" of a passive stands farther off.
        let article = at > 0 && self.tokens[at - 1].folded == "the";
        let limit = at.checked_sub(1 + usize::from(article)).map(|limit| self.tokens[limit].folded.as_str());
        if matches!(limit, Some("by" | "until" | "till" | "than")) {
            return true;
        }
        let start = at.saturating_sub(AHEAD_REACH);
        let mut first = true;
        for (index, token) in self.tokens[start..at].iter().enumerate().rev() {
            if stops(token) {
                break;
            }
            // "agreed on Monday to sell": what was agreed lies ahead, the day of it behind.
            if first && matches!(token.folded.as_str(), "agreed" | "vowed" | "pledged" | "promised") {
                return false;
            }
            let class = lexicon::calendar_words().values(&token.folded);
            if class.is_some_and(|values| values[0] == "future") || token.folded.ends_with("'ll") {
                return true;
            }
            let preposition = matches!(token.folded.as_str(), "on" | "the" | "in" | "at" | "early" | "late");
            let past = token.kind == TokenKind::Word && token.folded.len() > 3 && token.folded.ends_with("ed")
                || lexicon::reporting_verbs().has(&token.folded);
            // The participle of "will be closed" is no past.
            let passive = (start + index).checked_sub(1).is_some_and(|at| self.tokens[at].folded == "be");
            if first && past && !passive {
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

/// Reads the times of `text`. Spans are byte offsets into it. Relative dates are reckoned from the publication date.
pub fn times(text: &str, tokens: &[Token<'_>], reckoning: impl Into<Reckoning>) -> Vec<TimeValue> {
    let reckoning = reckoning.into();
    let context = Context { tokens, published: reckoning.published, order: reckoning.order, entry: is_entry(tokens) };
    let mut points = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !may_begin(tokens, at) {
            at += 1;
            continue;
        }
        let candidates = [
            within::read(context, at),
            weekdays::read(context, at),
            relative::read(context, at),
            absolute::read(context, at),
            clock::read(context, at),
        ];
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
    let mut points = ranges::join(context, points);
    narrative::resolve(reckoning.earlier, &mut points);
    points
        .into_iter()
        .map(|point| {
            let span = Span::new(tokens[point.start].start, tokens[point.end - 1].end);
            let (from, until) = in_zone(&point, reckoning.zone);
            TimeValue { span, from, until, grain: point.grain, anchor: point.anchor, written: fold(span.of(text)) }
        })
        .collect()
}

/// True where a text holds nothing but words of the calendar and numbers.
fn is_entry(tokens: &[Token<'_>]) -> bool {
    tokens.len() <= ENTRY_TOKENS
        && tokens.iter().all(|token| match token.kind {
            TokenKind::Word => {
                matches!(token.folded.as_str(), "the" | "of" | "in" | "a")
                    || lexicon::calendar_words().has(token.folded.trim_end_matches('.'))
                    || lexicon::number_words().has(&token.folded)
            }
            TokenKind::Ideograph | TokenKind::Possessive => false,
            TokenKind::Number | TokenKind::Mark => true,
        })
}

/// False for marks and the many words with which no time begins.
fn may_begin(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Word => match token.folded.as_str() {
            // The commonest words begin a time only before a few others.
            "the" | "a" | "an" | "in" => tokens.get(at + 1).is_some_and(|next| {
                matches!(next.kind, TokenKind::Number | TokenKind::Mark)
                    || matches!(next.folded.as_str(), "a" | "an" | "same" | "half")
                    || opens(next)
            }),
            _ => opens(token),
        },
        TokenKind::Mark => token.is_mark('\''),
        _ => false,
    }
}

/// True for a word of the calendar or a number, and for the few other words with which a time begins.
fn opens(token: &Token<'_>) -> bool {
    let folded = token.folded.as_str();
    matches!(
        folded,
        "few"
            | "several"
            | "couple"
            | "half"
            | "right"
            | "now"
            | "ad"
            | "a.d"
            | "a.d."
            | "opening"
            | "final"
            | "calendar"
    ) || lexicon::calendar_words().has(folded.trim_end_matches('.'))
        || lexicon::calendar_words().starts_phrase(folded)
        || lexicon::number_words().has(folded)
        || matches!(token.folded.as_bytes(), [b'q' | b'h', b'1'..=b'4'])
}

/// The days of a point that the outlet reckoned from its own day, where the place it reports from has another.
fn in_zone(point: &Point, zone: i8) -> (Option<Date>, Option<Date>) {
    let by_the_day = point.anchor == Anchor::Published && matches!(point.grain, Grain::Day | Grain::Time);
    let (from, until) = (point.from, point.until);
    match zone {
        -1 if by_the_day => (from.and_then(|day| calendar::add_days(day, -1)), until),
        1 if by_the_day => (from, until.and_then(|day| calendar::add_days(day, 1))),
        _ => (from, until),
    }
}

#[cfg(test)]
mod tests;
