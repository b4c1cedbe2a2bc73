//! Numbers whose neighbors make them a share, an age or a score.
//!
//! In: a number and the tokens around it. Out: "one in five" as a percentage, "Smith, 34," as an age, "3-1" as a score.

use super::counted::has_class;
use super::numerals::{Form, Numeral, is_hyphen, is_word, numeral, past_hyphen};
use super::reader::{Amount, Context, Read, finished};
use super::units;
use crate::lexicon;
use crate::model::{Bound, QuantityKind};
use crate::text::tokens::{Token, TokenKind};

/// Oldest age taken from a bare number between commas after a name.
const OLDEST: f64 = 115.0;
/// How far a word that tells a score or a movement may stand from the numbers.
const CUE_REACH: usize = 5;
/// Largest number of a side in a score.
const LARGEST_SCORE: f64 = 999.0;
/// "one in five": beyond this the words are seldom a share.
const LARGEST_RATIO: f64 = 1_000_000.0;

/// "one in five", "two out of three": a share.
pub(super) fn ratio(tokens: &[Token<'_>], at: usize, read: &Numeral) -> Option<Amount> {
    let of = match tokens.get(read.end)?.folded.as_str() {
        "in" => read.end + 1,
        "out" if is_word(tokens, read.end + 1, "of") => read.end + 2,
        _ => return None,
    };
    let every = of + usize::from(is_word(tokens, of, "every"));
    let whole = numeral(tokens, every)?;
    let plain = |read: &Numeral| {
        matches!(read.form, Form::Digits | Form::Words) && read.rest.is_none() && read.value.fract() == 0.0
    };
    let named = units::unit_after(tokens, &whole).is_some();
    if !plain(read)
        || !plain(&whole)
        || read.value <= 0.0
        || read.value >= whole.value
        || whole.value > LARGEST_RATIO
        || named
    {
        return None;
    }
    let value = read.value / whole.value * 100.0;
    Some(Amount {
        start: at,
        end: whole.end,
        value,
        precision: 50.0 / whole.value / whole.value.max(1.0) * read.value,
        kind: QuantityKind::Percent,
        unit: Some("%"),
        form: Form::Fraction,
        scaled: false,
    })
}

/// "34-year-old", "34 years old", "aged 34", "Smith, 34,".
pub(super) fn age(tokens: &[Token<'_>], at: usize, read: &Numeral) -> Option<Amount> {
    if matches!(read.form, Form::Ordinal | Form::Vague) || read.rest.is_some() {
        return None;
    }
    let mut amount = Amount::bare(at, read, QuantityKind::Age);
    amount.unit = Some("a");
    if let Some(unit) = units::unit_after(tokens, read).filter(|unit| unit.kind == QuantityKind::Duration) {
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
    let whole = read.value.fract() == 0.0 && (1.0..=OLDEST).contains(&read.value) && !read.scaled;
    let before = at.checked_sub(1).map(|before| tokens[before].folded.as_str())?;
    if whole && matches!(before, "aged" | "age") {
        amount.start = at - 1;
        return Some(amount);
    }
    let died = at >= 2 && matches!(tokens[at - 2].folded.as_str(), "dead" | "died" | "dies" | "die");
    if whole && died && before == "at" && units::unit_after(tokens, read).is_none() {
        return Some(amount);
    }
    // "Jane Roe, 34, said": a name, the number, and a mark or the end of the clause.
    let name = at >= 2
        && before == ","
        && tokens[at - 2].is_capitalized()
        && !lexicon::calendar_words().has(&tokens[at - 2].folded);
    let closed = tokens.get(read.end).is_some_and(|next| next.is_mark(',') || next.is_mark(';'));
    let listed = tokens.get(read.end + 1).is_some_and(|next| next.kind == TokenKind::Number);
    (whole && name && closed && !listed && tokens[at].kind == TokenKind::Number).then_some(amount)
}

/// "3-1", "won 2-0", "a 5-4 ruling": two sides, the lesser first so that "lost 1-3" is the same score.
pub(super) fn score(context: Context<'_>, at: usize, read: &Numeral) -> Option<Read> {
    let tokens = context.tokens;
    let side = |read: &Numeral| {
        read.form == Form::Digits
            && read.rest.is_none()
            && !read.scaled
            && read.value.fract() == 0.0
            && read.value <= LARGEST_SCORE
    };
    if !side(read) || !is_hyphen(tokens, read.end) {
        return None;
    }
    let other = numeral(tokens, read.end + 1).filter(side)?;
    let window = at.saturating_sub(CUE_REACH)..(other.end + CUE_REACH).min(context.all.len());
    let told = context.all[window].iter().any(|token| has_class(&token.folded, "score"));
    let unit = units::unit_after(tokens, &other).is_some();
    let counts = tokens.get(other.end).is_some_and(|next| next.folded.ends_with('s') && next.kind == TokenKind::Word);
    if unit || read.value < other.value && (!told || counts) || tokens[at].text.len() > 3 {
        return None;
    }
    let mut read = finished(context, &Amount::bare(at, read, QuantityKind::Score), Bound::Range, at..other.end);
    let quantity = &mut read.quantities[0];
    quantity.high = quantity.low.map(|low| low.max(other.value));
    quantity.low = quantity.low.map(|low| low.min(other.value));
    quantity.precision = 0.5;
    Some(read)
}
