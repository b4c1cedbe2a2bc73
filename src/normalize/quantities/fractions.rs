//! Parts of one: "two-thirds", "6 1/2", "and a half", "a tenth of a mile", "one twenty-fifth", "one over three".
//!
//! In: tokens and a position. Out: the part and where it ends, or a whole numeral that is one. It knows no units but for
//! telling whether one follows.

use super::numerals::{Form, Numeral, class, glued, is_mark, is_word, past_hyphen, precision_of, written};
use crate::lexicon;
use crate::text::tokens::{Token, TokenKind};

/// A part of one as a numeral that ends before token `end`.
pub(super) fn fraction(value: f64, end: usize) -> Numeral {
    Numeral { value, precision: precision_of(value), end, form: Form::Fraction, rest: None, scaled: false }
}

/// A fraction written with a slash, below one and with a usual denominator: its value, the index after it, and letters
/// glued to it ("1/2h"). "9/11" and "24/7" are names.
pub(super) fn slash_fraction(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize, Option<String>)> {
    let (over, under) = (tokens.get(at)?, tokens.get(at + 2)?);
    if !is_mark(tokens, at + 1, '/') || !glued(tokens, at) || !glued(tokens, at + 1) || is_mark(tokens, at + 3, '/') {
        return None;
    }
    let numerator: u32 = over.text.parse().ok()?;
    let digits = under.text.bytes().take_while(u8::is_ascii_digit).count();
    let denominator: u32 = under.text[..digits].parse().ok()?;
    let usual = matches!(denominator, 2..=10 | 12 | 15 | 16 | 20 | 32 | 64 | 100 | 1000);
    let rest = Some(&under.text[digits..]).filter(|rest| !rest.is_empty());
    let fits = rest.is_none_or(|rest| rest.len() <= 2 && rest.bytes().all(|byte| byte.is_ascii_lowercase()));
    (fits && usual && numerator > 0 && numerator < denominator)
        .then(|| (f64::from(numerator) / f64::from(denominator), at + 3, rest.map(str::to_owned)))
}

/// "and a half", "and three quarters", joined by hyphens or not.
pub(super) fn and_part(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let and = past_hyphen(tokens, at);
    if !is_word(tokens, and, "and") {
        return None;
    }
    let mut next = past_hyphen(tokens, and + 1);
    let mut numerator = 1.0;
    match class(tokens, next) {
        Some(("small", value)) => {
            numerator = value;
            next = past_hyphen(tokens, next + 1);
        }
        _ if is_word(tokens, next, "a") || is_word(tokens, next, "an") => next = past_hyphen(tokens, next + 1),
        Some(("half" | "quarter", _)) => {}
        _ => return None,
    }
    match class(tokens, next)? {
        ("half" | "quarter", denominator) => Some((numerator / denominator, next + 1)),
        ("parts", denominator) if numerator > 1.0 => Some((numerator / denominator, next + 1)),
        ("ordinal", denominator) if numerator == 1.0 && denominator >= 3.0 => Some((1.0 / denominator, next + 1)),
        _ => None,
    }
}

/// "three million and a half" is half a million more; "one billion and a half million" says of what. Adds the part, where one
/// follows a word of magnitude.
pub(super) fn add_part_of_scale(tokens: &[Token<'_>], read: &mut Numeral) {
    let scale = |at: usize| match class(tokens, at) {
        Some(("scale", factor)) if factor >= 1000.0 => Some(factor),
        _ => None,
    };
    let Some(before) = read.end.checked_sub(1).and_then(scale) else { return };
    let Some((part, end)) = and_part(tokens, read.end) else { return };
    let own = past_hyphen(tokens, end);
    let (factor, end) = scale(own).map_or((before, end), |factor| (factor, own + 1));
    read.value += part * factor;
    read.precision = precision_of(part * factor);
    read.end = end;
}

/// "half", "a quarter", "half a million": at token `at`, with the word itself at `word`.
pub(super) fn half(tokens: &[Token<'_>], at: usize, word: usize, denominator: f64) -> Option<Numeral> {
    if at > 0 && (matches!(class(tokens, at - 1), Some(("ordinal", _))) || is_word(tokens, at - 1, "and")) {
        return None;
    }
    let mut read = fraction(1.0 / denominator, word + 1);
    let next = past_hyphen(tokens, read.end);
    let inner = if is_word(tokens, next, "a") { past_hyphen(tokens, next + 1) } else { next };
    if matches!(class(tokens, inner), Some(("scale" | "group" | "hundred", _))) {
        read.end = inner;
        read.form = Form::Words;
        read.multiply(tokens);
        read.precision = precision_of(read.value);
    }
    Some(read)
}

/// "two-thirds", "one fifth", "three twenty-firsts": the denominator right after a number in words.
pub(super) fn denominated(tokens: &[Token<'_>], read: &Numeral) -> Option<Numeral> {
    let at = past_loose_hyphen(tokens, read.end);
    match class(tokens, at)? {
        ("parts", denominator) if denominator > 2.0 || denominator == 2.0 && read.value == 2.0 => {
            Some(fraction(read.value / denominator, at + 1))
        }
        // "One second" is a time: nobody calls a half so.
        ("ordinal", 2.0) => None,
        ("ordinal" | "half" | "quarter", denominator) if read.value == 1.0 && denominator >= 2.0 => {
            Some(fraction(1.0 / denominator, at + 1))
        }
        ("tens", tens) => {
            let last = past_hyphen(tokens, at + 1);
            match class(tokens, last)? {
                ("parts", small) if small < 10.0 => Some(fraction(read.value / (tens + small), last + 1)),
                ("ordinal", small) if small < 10.0 && read.value == 1.0 => {
                    Some(fraction(1.0 / (tens + small), last + 1))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether the rank `rank`, read at token `at` with or without an article before it, is meant as a part: "a third of",
/// "cut by a fifth", "a tenth of a mile", but not "a third man" and not "the third of four".
pub(super) fn part(tokens: &[Token<'_>], at: usize, rank: &Numeral) -> Option<Numeral> {
    if rank.value < 3.0 || rank.form != Form::Ordinal {
        return None;
    }
    let article = is_word(tokens, at, "a") || is_word(tokens, at, "an");
    let end = rank.end;
    let of = is_word(tokens, end, "of");
    let is_part = if article {
        let alone = at == 0 && end == tokens.len();
        let before = at.checked_sub(1).map(|before| tokens[before].folded.as_str());
        let measured =
            matches!(before, Some("by" | "than" | "nearly" | "almost" | "about" | "roughly" | "over" | "least"));
        let closed = tokens.get(end).is_none_or(|next| {
            next.kind == TokenKind::Mark && !next.is_mark('-') || lexicon::function_words().has(&next.folded)
        });
        of || alone || measured && closed
    } else {
        let unit = end + 1 + usize::from(is_word(tokens, end + 1, "a") || is_word(tokens, end + 1, "an"));
        let the = at > 0 && is_word(tokens, at - 1, "the");
        of && !the && tokens.get(unit).is_some_and(|unit| lexicon::units().has(&unit.folded))
    };
    is_part.then(|| fraction(1.0 / rank.value, end))
}

/// "one over three", "= 2000 over 3": a division, where the two numbers stand alone. Anywhere else "over" is a bound.
pub(super) fn over(tokens: &[Token<'_>], at: usize, read: &Numeral) -> Option<Numeral> {
    if !is_word(tokens, read.end, "over") || !matches!(read.form, Form::Digits | Form::Words) {
        return None;
    }
    let opens = at == 0
        || matches!(tokens[at - 1].folded.as_str(), "is" | "equals" | "=" | "plus" | "minus" | "times" | "negative");
    if !opens {
        return None;
    }
    let under = written(tokens, read.end + 1)?;
    let closed = tokens.get(under.end).is_none_or(|next| next.kind == TokenKind::Mark && !next.is_mark('-'));
    (closed && under.value > 0.0 && matches!(under.form, Form::Digits | Form::Words))
        .then(|| fraction(read.value / under.value, under.end))
}

/// The index after a joining hyphen at `at`, with or without a space on both sides of it, or `at` itself.
pub(super) fn past_loose_hyphen(tokens: &[Token<'_>], at: usize) -> usize {
    let apart = at > 0 && is_mark(tokens, at, '-') && !glued(tokens, at - 1) && !glued(tokens, at);
    if apart { at + 1 } else { past_hyphen(tokens, at) }
}
