//! Numbers that tell how old somebody is: "34-year-old", "aged 12 to 15", "Smith, 34,", "people over 65", "in his 30s".
//!
//! In: a number and the tokens around it. Out: the age, in years unless the text names another unit.

use super::bounds;
use super::counted::has_class;
use super::numerals::{Form, Numeral, glued, is_mark, is_word, numeral, past_hyphen};
use super::reader::{Amount, Context, Read, finished};
use super::units;
use crate::lexicon;
use crate::model::{Bound, QuantityKind};
use crate::text::tokens::{Token, TokenKind};

/// Oldest age taken from a bare number.
const OLDEST: f64 = 115.0;
/// "in her 30s": ten years.
const DECADE: f64 = 10.0;

/// A number that can be somebody's years: whole, bare and not above the oldest age.
fn is_age(read: &Numeral) -> bool {
    let counts = matches!(read.form, Form::Digits | Form::Words) && !read.scaled && read.rest.is_none();
    counts && read.value.fract() == 0.0 && (0.0..=OLDEST).contains(&read.value)
}

/// "34-year-old", "34 years old", "aged 34", "Smith, 34,", "people over 65".
pub(super) fn age(context: Context<'_>, at: usize, read: &Numeral) -> Option<Amount> {
    let tokens = context.tokens;
    if matches!(read.form, Form::Ordinal | Form::Vague) || read.rest.is_some() {
        return None;
    }
    let mut amount = Amount::bare(at, read, QuantityKind::Age);
    amount.unit = Some("a");
    let unit = units::unit_after(tokens, read);
    if let Some(unit) = unit.as_ref().filter(|unit| unit.kind == QuantityKind::Duration) {
        let next = past_hyphen(tokens, unit.end);
        let end = match tokens.get(next)?.folded.as_str() {
            "old" | "olds" => next + 1,
            "of" if is_word(tokens, next + 1, "age") => next + 2,
            _ => return None,
        };
        amount.unit = Some(unit.code);
        amount.value *= unit.factor;
        amount.end = end;
        return Some(amount);
    }
    if !is_age(read) || unit.is_some() {
        return None;
    }
    // "18 and older", "16 or under".
    if let Some((_, end)) = bounds::after(tokens, read.end)
        && (matches!(tokens[end - 1].folded.as_str(), "older" | "younger") || persons(tokens, at))
    {
        return Some(amount);
    }
    let before = at.checked_sub(1).map(|before| tokens[before].folded.as_str())?;
    // "three children, aged 4, 6 and 9".
    if in_list_of_ages(tokens, at) && (unit_free(tokens, read)) {
        return Some(amount);
    }
    if matches!(before, "aged" | "age" | "ages") {
        amount.start = at - 1;
        return Some(amount);
    }
    let died = at >= 2 && matches!(tokens[at - 2].folded.as_str(), "dead" | "died" | "dies" | "die");
    if died && before == "at" {
        return Some(amount);
    }
    let uncounted = tokens.get(read.end).is_none_or(|next| {
        next.kind == TokenKind::Mark && !next.is_mark('-') || lexicon::function_words().has(&next.folded)
    });
    // "people over 65", "children under the age of five".
    if uncounted && let Some((_, start)) = bounds::before(tokens, at, context.floor, read.value) {
        return persons(tokens, start).then_some(amount);
    }
    let of_age = at >= 4 && before == "of" && is_word(tokens, at - 2, "age") && is_word(tokens, at - 3, "the");
    if uncounted
        && of_age
        && matches!(tokens[at - 4].folded.as_str(), "at" | "under" | "over" | "above" | "below" | "until" | "by")
    {
        amount.start = at - 3;
        return Some(amount);
    }
    // "a man of 74", "a man of 74 drowned"; "a mother of four" has four children, and a captain of 12 commands them.
    let acts = || tokens.get(read.end).is_some_and(|next| lexicon::verbs().forms(&next.folded).past);
    if (uncounted || acts())
        && before == "of"
        && at >= 2
        && AGED.contains(&tokens[at - 2].folded.as_str())
        && read.value >= 1.0
    {
        return Some(amount);
    }
    // "Jane Roe, 34, said": a name, the number, and a mark or the end of the clause.
    let name = at >= 2
        && before == ","
        && tokens[at - 2].is_capitalized()
        && !lexicon::calendar_words().has(&tokens[at - 2].folded);
    let closed = tokens.get(read.end).is_some_and(|next| next.is_mark(',') || next.is_mark(';'));
    // "the suspect, 27, was held".
    let role = at >= 2 && before == "," && is_one_person(tokens, at - 2);
    let name = name || role;
    let listed = tokens.get(read.end + 1).is_some_and(|next| next.kind == TokenKind::Number);
    (read.value >= 1.0 && name && closed && !listed && tokens[at].kind == TokenKind::Number).then_some(amount)
}

/// Who is told to be "of" so many years.
const AGED: [&str; 7] = ["man", "woman", "boy", "girl", "youth", "teenager", "pensioner"];

/// How many tokens a list of ages is followed back.
const LONGEST_LIST: usize = 16;

/// True where the numbers before token `at`, joined by commas and "and", begin behind "aged" or "ages".
fn in_list_of_ages(tokens: &[Token<'_>], at: usize) -> bool {
    let mut numbers = 0;
    for back in tokens[..at].iter().rev().take(LONGEST_LIST) {
        if matches!(back.folded.as_str(), "aged" | "ages") {
            return numbers > 0;
        }
        let number = back.kind == TokenKind::Number || lexicon::number_words().has(&back.folded);
        numbers += usize::from(number);
        if !number && !matches!(back.folded.as_str(), "," | "and" | "or" | "&") {
            return false;
        }
    }
    false
}

/// True where nothing follows that a number could count.
fn unit_free(tokens: &[Token<'_>], read: &Numeral) -> bool {
    tokens.get(read.end).is_none_or(|next| {
        next.kind == TokenKind::Mark && !next.is_mark('-') || lexicon::function_words().has(&next.folded)
    })
}

/// True where token `at` is a word in lower case for one person: "the suspect", "a teacher".
fn is_one_person(tokens: &[Token<'_>], at: usize) -> bool {
    let word = &tokens[at];
    word.kind == TokenKind::Word
        && !word.is_capitalized()
        && !word.folded.ends_with('s')
        && (has_class(&word.folded, "someone") || lexicon::titles().value(&word.folded) == Some("role"))
}

/// True where the word before token `at` is one for people of any age: "children", "those".
fn persons(tokens: &[Token<'_>], at: usize) -> bool {
    at > 0 && has_class(&tokens[at - 1].folded, "persons")
}

/// "aged 12 to 15", "ages 8-14", "between the ages of 18 and 24", and "in his 30s".
pub(super) fn ages(context: Context<'_>, at: usize, read: &Numeral) -> Option<Read> {
    let tokens = context.tokens;
    if let Some(decade) = decade(context, at, read) {
        return Some(decade);
    }
    let before = |back: usize| at.checked_sub(back).map_or("", |before| tokens[before].folded.as_str());
    let (start, between) = match (before(1), before(2)) {
        ("aged" | "ages" | "age", "between") => (at - 2, true),
        ("aged" | "ages" | "age", _) => (at - 1, false),
        ("between" | "from", "aged" | "ages" | "age") => (at - 2, before(1) == "between"),
        ("of", "ages" | "age") => (at - 2, (at.saturating_sub(5)..at - 2).any(|back| is_word(tokens, back, "between"))),
        _ => return None,
    };
    let joined = match tokens.get(read.end)?.folded.as_str() {
        "to" | "through" => true,
        "and" => between,
        _ => is_mark(tokens, read.end, '-'),
    };
    let other = numeral(tokens, read.end + 1).filter(|_| joined)?;
    if !is_age(read) || !is_age(&other) || other.value <= read.value || units::unit_after(tokens, &other).is_some() {
        return None;
    }
    let mut amount = Amount::bare(at, read, QuantityKind::Age);
    amount.unit = Some("a");
    let start = start.max(context.floor);
    let mut found = finished(context, &amount, Bound::Range, start..other.end);
    found.quantities[0].high = Some(other.value);
    Some(found)
}

/// "in his 30s", "a man in his mid-40s".
fn decade(context: Context<'_>, at: usize, read: &Numeral) -> Option<Read> {
    let tokens = context.tokens;
    let whole = read.form == Form::Digits && read.value % DECADE == 0.0 && (10.0..OLDEST).contains(&read.value);
    let apostrophe = tokens.get(read.end).is_some_and(|next| next.kind == TokenKind::Possessive) && glued(tokens, at);
    if !whole || !(read.rest.as_deref() == Some("s") || apostrophe) {
        return None;
    }
    let part = part_of_decade(tokens, at);
    let whose = if part < at { part } else { at };
    if !matches!(tokens[whose.checked_sub(1)?].folded.as_str(), "his" | "her" | "their" | "my" | "our" | "your" | "its")
    {
        return None;
    }
    let end = read.end + usize::from(apostrophe);
    let plain = Numeral { end, rest: None, ..read.clone() };
    let mut amount = Amount::bare(at, &plain, QuantityKind::Age);
    amount.unit = Some("a");
    let mut found = finished(context, &amount, Bound::Range, at..end);
    found.quantities[0].high = Some(read.value + DECADE - 1.0);
    Some(found)
}

/// The index of "mid", "early" or "late" before the number at `at`, or `at`.
fn part_of_decade(tokens: &[Token<'_>], at: usize) -> usize {
    let before = at.saturating_sub(1 + usize::from(at > 0 && is_mark(tokens, at - 1, '-')));
    if matches!(tokens[before].folded.as_str(), "mid" | "early" | "late") { before } else { at }
}
