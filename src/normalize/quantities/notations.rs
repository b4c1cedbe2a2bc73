//! Ways to write digits other than plain: a continental comma, powers, groups set apart by spaces, digits spoken after a
//! point.
//!
//! In: tokens and the place of the digits. Out: what they are worth and where they end.

use super::digits::{comma_decimals, split_digits};
use super::numerals::{Form, LARGEST_POWER, Numeral, class, glued, is_hyphen, is_mark, is_word, past_hyphen};
use crate::lexicon;
use crate::text::tokens::{Token, TokenKind};

/// "12,5 %", "2,5 million", "1.234,5": a comma before the decimals, where what follows makes a list of two unlikely.
pub(super) fn continental<'a>(tokens: &[Token<'a>], at: usize) -> Option<(f64, f64, &'a str)> {
    let (value, precision, rest, certain) = comma_decimals(tokens[at].text)?;
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let sign = before.is_some_and(|before| lexicon::currencies().values(&before.folded).is_some());
    let unit = tokens.get(at + 1).is_some_and(|next| {
        let class = lexicon::number_words().value(&next.folded);
        matches!(class, Some("scale" | "short-scale")) || lexicon::units().has(&next.folded) || next.is_mark('%')
    });
    // "The rate is 1,3.": a list of two would have a space.
    let last = tokens.get(at + 1).is_none_or(|next| next.is_mark('.') || next.is_mark(';'))
        && before.is_some_and(|before| lexicon::function_words().has(&before.folded));
    (certain || sign || unit || last || !rest.is_empty()).then_some((value, precision, rest))
}

/// "1e6", "12e-1": the power of ten that follows the digits of token `at`, and the index after it.
pub(super) fn power_of_ten(tokens: &[Token<'_>], at: usize, rest: &str) -> Option<(i32, usize)> {
    let power = rest.strip_prefix('e')?;
    if power.is_empty() {
        let exponent = tokens.get(at + 2).filter(|_| is_hyphen(tokens, at + 1))?;
        let power: i32 = exponent.text.parse().ok().filter(|power| *power <= LARGEST_POWER)?;
        return Some((-power, at + 3));
    }
    power.parse().ok().filter(|power| (0..=LARGEST_POWER).contains(power)).map(|power| (power, at + 1))
}

/// "1.3x10^6", "6 x 10^-4": the power of ten by which the digits of token `at` are multiplied, and the index after it. `rest` is
/// what is glued to the digits.
pub(super) fn times_power_of_ten(tokens: &[Token<'_>], at: usize, rest: &str) -> Option<(i32, usize)> {
    let caret = match rest {
        "x10" => at + 1,
        "" => {
            let sign = tokens.get(at + 1)?;
            let multiplies = matches!(sign.text, "x" | "X" | "\u{D7}" | "*" | "\u{B7}");
            (multiplies && tokens.get(at + 2)?.text == "10").then_some(at + 3)?
        }
        _ => return None,
    };
    if !is_mark(tokens, caret, '^') || !glued(tokens, caret - 1) || !glued(tokens, caret) {
        return None;
    }
    let negative = is_mark(tokens, caret + 1, '-');
    let digits = caret + 1 + usize::from(negative || is_mark(tokens, caret + 1, '+'));
    let power: i32 = tokens.get(digits)?.text.parse().ok().filter(|power| (0..=LARGEST_POWER).contains(power))?;
    Some((if negative { -power } else { power }, digits + 1))
}

/// "2^32", "10^-3".
pub(super) fn power(tokens: &[Token<'_>], base: &Numeral) -> Option<(f64, usize)> {
    let sign = base.end;
    if !is_mark(tokens, sign, '^') || !glued(tokens, sign - 1) || !glued(tokens, sign) {
        return None;
    }
    let negative = is_mark(tokens, sign + 1, '-');
    let signed = (negative || is_mark(tokens, sign + 1, '+')) && glued(tokens, sign + 1);
    let at = sign + 1 + usize::from(signed);
    let power: i32 = tokens.get(at)?.text.parse().ok().filter(|power| *power <= 999)?;
    Some((base.value.powi(if negative { -power } else { power }), at + 1))
}

/// Thousands set apart by spaces: "1 414 021 100", "12 000", and "12 500" with a space that does not break.
pub(super) fn spaced_groups(tokens: &[Token<'_>], at: usize) -> Option<Numeral> {
    if tokens[at].text.contains(['.', ',']) || tokens[at].text.len() > 3 || tokens[at].text.starts_with('0') {
        return None;
    }
    let mut groups = at + 1;
    while tokens.get(groups).is_some_and(|token| {
        let (whole, _) = token.text.split_once('.').unwrap_or((token.text, ""));
        token.kind == TokenKind::Number
            && whole.len() == 3
            && whole.bytes().all(|byte| byte.is_ascii_digit())
            && token.start - tokens[groups - 1].end <= 3
    }) && !tokens[groups - 1].text.contains('.')
        && groups - at < 9
    {
        groups += 1;
    }
    // Two groups may be two numbers; more groups with a longer one after them are a telephone number.
    let unbreaking = groups == at + 2 && (tokens[at + 1].start - tokens[at].end > 1 || tokens[at + 1].text == "000");
    let telephone = tokens.get(groups).is_some_and(|next| {
        next.kind == TokenKind::Number && next.text.len() > 3 && next.start - tokens[groups - 1].end <= 1
    });
    if telephone || !(groups > at + 2 || unbreaking) {
        return None;
    }
    let joined: String = tokens[at..groups].iter().map(|token| token.text).collect();
    let (value, precision, _) = split_digits(&joined)?;
    Some(Numeral { value, precision, end: groups, form: Form::Digits, rest: None, scaled: false })
}

/// "two point five", "nought point eleven", "1 point 1": digits spoken after the point.
pub(super) fn spoken_decimals(tokens: &[Token<'_>], whole: &Numeral) -> Option<Numeral> {
    if !is_word(tokens, whole.end, "point") || whole.value.fract() != 0.0 {
        return None;
    }
    let mut end = whole.end + 1;
    let mut decimals = String::new();
    if whole.form == Form::Digits {
        let digits = &tokens.get(end)?.text;
        decimals.push_str(Some(*digits).filter(|it| it.len() <= 3 && it.bytes().all(|byte| byte.is_ascii_digit()))?);
        end += 1;
    } else {
        while let Some(("small" | "tens", number)) = class(tokens, end) {
            if number > 9.0 && !decimals.is_empty() || end - whole.end > 12 {
                break;
            }
            end += 1;
            decimals.push_str(&number.to_string());
            // "point twenty-five".
            let last = past_hyphen(tokens, end);
            match class(tokens, last) {
                Some(("small", digit)) if number > 19.0 && (1.0..10.0).contains(&digit) => {
                    decimals.truncate(1);
                    decimals.push_str(&digit.to_string());
                    end = last + 1;
                }
                _ => {}
            }
        }
    }
    let value: f64 = format!("{}.{decimals}", whole.value).parse().ok().filter(|_| !decimals.is_empty())?;
    let precision = 10_f64.powi(-i32::try_from(decimals.len()).unwrap_or(0)) / 2.0;
    let mut read = Numeral { value, precision, end, ..whole.clone() };
    read.multiply(tokens);
    Some(read)
}
