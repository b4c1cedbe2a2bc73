//! Times of day: "9:30 a.m.", "17:30 GMT", "noon", "5 o'clock".
//!
//! In: tokens and a position. Out: a time of day without its day, which a date beside it then lends. Minutes are kept in
//! the words only: what is compared is the day and, word by word, the hour.

use super::super::quantities::numerals::is_word;
use super::words::calendar;
use super::{Context, Point};
use crate::lexicon;
use crate::model::{Anchor, Grain};
use crate::text::tokens::{Token, TokenKind};

/// Words that may stand between a time of day and its date.
const LINKS: [&str; 8] = ["at", "on", ",", "around", "about", "the", "of", "just"];

/// The time of day that begins at token `at`.
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Point> {
    let tokens = context.tokens;
    let mut end = spoken(tokens, at).or_else(|| digital(tokens, at))?;
    while calendar(tokens, end).is_some_and(|(class, _)| class == "clock") && end < at + 6 {
        end += 1;
    }
    Some(Point {
        start: at,
        end,
        from: None,
        until: None,
        grain: Grain::Time,
        anchor: Anchor::Unresolved,
        yearless: None,
        offset: None,
    })
}

/// "noon", "midnight".
fn spoken(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    calendar(tokens, at).filter(|(class, _)| *class == "noon").map(|_| at + 1)
}

/// "9:30", "9:30pm", "9 a.m.", "5 o'clock".
fn digital(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let token = tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let digits = token.folded.trim_end_matches(char::is_alphabetic);
    let ending = &token.folded[digits.len()..];
    let (hour, minute) = digits.split_once([':', '.']).unwrap_or((digits, "00"));
    let minute = minute.split(':').next().unwrap_or("");
    let valid = hour.len() <= 2
        && hour.parse::<u8>().is_ok_and(|hour| hour <= 24)
        && minute.len() == 2
        && minute.parse::<u8>().is_ok_and(|minute| minute < 60);
    if !valid {
        return None;
    }
    let colon = digits.contains(':');
    // "John 3:16" is a verse; "Kickoff 3:16" may open a line.
    let named = colon
        && at.checked_sub(1).map(|before| &tokens[before]).is_some_and(|before| {
            before.kind == TokenKind::Word
                && before.is_capitalized()
                && !before.is_upper()
                && calendar(tokens, at - 1).is_none()
                && !lexicon::function_words().has(&before.folded)
                && !lexicon::ordinary_words().has(&before.folded)
        });
    if named && ending.is_empty() {
        return None;
    }
    match ending {
        "am" | "pm" => return Some(at + 1),
        "a" | "p" if colon => return Some(at + 1),
        "" => {}
        _ => return None,
    }
    let half = tokens
        .get(at + 1)
        .is_some_and(|next| matches!(next.folded.as_str(), "a.m." | "p.m." | "am" | "pm" | "a.m" | "p.m" | "o'clock"));
    // "The ratio was 10:30" is rare; "10:3" is a score and has no two digits after the colon.
    (half || colon || hour.len() == 2 && digits.contains('.') && is_word(tokens, at + 1, "gmt")).then_some(at + 1)
}

/// Lends the day of a neighboring date to each time of day.
pub(super) fn place(context: Context<'_>, points: &mut [Point]) {
    let linked = |left: &Point, right: &Point| {
        right.start - left.end <= 2
            && context.tokens[left.end..right.start].iter().all(|token| LINKS.contains(&token.folded.as_str()))
    };
    for index in 0..points.len() {
        if points[index].grain != Grain::Time || points[index].from.is_some() {
            continue;
        }
        let neighbor = [index.checked_sub(1), Some(index + 1)].into_iter().flatten().find(|&other| {
            let (left, right) = (index.min(other), index.max(other));
            right < points.len() && matches!(points[other].grain, Grain::Day) && linked(&points[left], &points[right])
        });
        if let Some(neighbor) = neighbor {
            let day = points[neighbor].clone();
            let time = &mut points[index];
            (time.from, time.until, time.anchor) = (day.from, day.until, day.anchor);
        }
    }
}
