//! Sums of money: a sign or code before the number, glued to it or after it, and the smaller coin that follows.
//!
//! In: tokens and a position. Out: the amount with its ISO 4217 code. Words after a number are told to be money by `units`.

use super::numerals::{self, Form, Numeral, glued, is_mark, is_word, numeral};
use super::reader::Amount;
use super::units;
use crate::lexicon;
use crate::model::QuantityKind;
use crate::text::tokens::{Token, TokenKind};

/// How many of the smaller coin make one of the larger.
const CENTS: f64 = 100.0;

/// A sum with its currency written first: "$5 million", "USD3.14".
pub(super) fn sum(tokens: &[Token<'_>], at: usize) -> Option<Amount> {
    let Some((code, next)) = currency_before(tokens, at) else { return glued_currency(tokens, at) };
    let Some(mut read) = numeral(tokens, next) else { return glued_currency(tokens, at) };
    match read.rest.as_deref() {
        Some("m" | "M" | "mm" | "MM") => {
            read.rest = None;
            read.scale(1e6);
        }
        Some(_) => read.rest = None,
        None => {
            // "$5 m", "$5 B": beside a currency the letters are magnitudes.
            let scale = match tokens.get(read.end).map(|next| next.text) {
                Some("m" | "mm" | "MM") => Some(1e6),
                Some("B" | "b") => Some(1e9),
                _ => None,
            };
            if let Some(scale) = scale.filter(|_| !read.scaled) {
                read.scale(scale);
                read.end += 1;
            }
        }
    }
    let mut amount = Amount::bare(at, &read, QuantityKind::Money);
    amount.unit = Some(code);
    // "$ 5 million dollars", "US$5 dollars": the word repeats the sign.
    if let Some(unit) = units::unit_after(tokens, &read)
        && unit.code == code
        && unit.factor == 1.0
        && tokens[unit.end - 1].kind == TokenKind::Word
    {
        amount.end = unit.end;
    }
    Some(amount)
}

/// The currency written before a number: "$", "US$", "EUR".
fn currency_before(tokens: &[Token<'_>], at: usize) -> Option<(&'static str, usize)> {
    let token = tokens.get(at)?;
    let (values, end) = units::longest(lexicon::currencies(), tokens, at, |values| values[1..].contains(&"prefix"))?;
    if token.kind == TokenKind::Word {
        // "a $4 billion deal" is no Australian one; letters of a code are capitals, or "Rs".
        let sign = tokens[end - 1].kind == TokenKind::Mark && !tokens[end - 1].is_mark('.');
        let fits = if sign && token.text.len() == 1 {
            token.folded == "c" || glued(tokens, at) && token.is_capitalized()
        } else {
            sign || token.is_capitalized()
        };
        if !fits {
            return None;
        }
    }
    Some((values[0], end))
}

/// "USD3.14", "Rs20", "RM42": a code glued to its number, which the tokenizer takes for a word.
fn glued_currency(tokens: &[Token<'_>], at: usize) -> Option<Amount> {
    let token = tokens.get(at).filter(|token| token.kind == TokenKind::Word && token.is_capitalized())?;
    let letters = token.folded.find(|character: char| character.is_ascii_digit())?;
    let values = lexicon::currencies().values(&token.folded[..letters])?;
    if letters < 2 || !values[1..].contains(&"prefix") {
        return None;
    }
    let mut written = token.folded[letters..].to_owned();
    let mut end = at + 1;
    while (is_mark(tokens, end, '.') || is_mark(tokens, end, ','))
        && glued(tokens, end - 1)
        && glued(tokens, end)
        && tokens[end + 1].kind == TokenKind::Number
        && end < at + 9
    {
        written.push_str(tokens[end].text);
        written.push_str(tokens[end + 1].text);
        end += 2;
    }
    let (value, precision, rest) = numerals::split_digits(&written)?;
    let mut read = Numeral { value, precision, end, form: Form::Digits, rest: None, scaled: false };
    match rest {
        "" => read.multiply(tokens),
        "m" => read.scale(1e6),
        "bn" | "b" => read.scale(1e9),
        "k" => read.scale(1e3),
        _ => return None,
    }
    if !read.is_told() {
        return None;
    }
    let mut amount = Amount::bare(at, &read, QuantityKind::Money);
    amount.unit = Some(values[0]);
    Some(amount)
}

/// What follows a sum in the smaller coin: "20 dollars 43 cents", "$20 and 43c", "3 UAH 4 kopiykas", "thirteen dollars
/// forty-five". Its worth in the currency `code`, and the index after it.
pub(super) fn small_coin(tokens: &[Token<'_>], whole: &Amount, code: &str) -> Option<(f64, usize)> {
    if whole.scaled || whole.value.fract() != 0.0 {
        return None;
    }
    let and = is_word(tokens, whole.end, "and");
    let next = whole.end + usize::from(is_mark(tokens, whole.end, ',')) + usize::from(and);
    let read = numeral(tokens, next).filter(|read| {
        matches!(read.form, Form::Digits | Form::Words) && !read.scaled && (0.0..CENTS).contains(&read.value)
    })?;
    if matches!(read.rest.as_deref(), Some("c" | "p" | "\u{A2}")) {
        return Some((read.value / CENTS, read.end));
    }
    if let Some(unit) = units::unit_after(tokens, &read) {
        let cents = matches!(unit.code, "USX" | "GBX" | "EUX") && code.len() == 3 && !code.ends_with('X');
        let coin = unit.code == code && unit.factor < 1.0;
        return (cents || coin).then_some((read.value / CENTS, unit.end));
    }
    if read.rest.is_some() || is_mark(tokens, whole.end, ',') {
        return None;
    }
    if is_word(tokens, read.end, "c") {
        return Some((read.value / CENTS, read.end + 1));
    }
    // "twenty rupees 43": the coin goes without saying where nothing is left for the number to count.
    let two_digits = tokens[next].kind == TokenKind::Word || tokens[next].text.len() == 2;
    let between = whole.start.checked_sub(1).is_some_and(|before| is_word(tokens, before, "between"));
    let closed = tokens.get(read.end).is_none_or(|next| next.is_mark('.') || next.is_mark(';') || next.is_mark('?'));
    (closed && two_digits && !between && read.value.fract() == 0.0).then_some((read.value / CENTS, read.end))
}
