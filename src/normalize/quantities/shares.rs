//! Numbers whose neighbors make them a share, a rate or a score.
//!
//! In: a number and the tokens around it. Out: "one in five" as a percentage, "12 deaths per 100,000" as a rate, "3-1" as a
//! score.

use super::counted::has_class;
use super::numerals::{Form, Numeral, is_hyphen, is_word, numeral, past_hyphen};
use super::reader::{Amount, Context, Read, finished};
use super::units;
use crate::model::{Bound, QuantityKind};
use crate::text::tokens::{Token, TokenKind};

/// How far a word that tells a score or a movement may stand from the numbers.
const CUE_REACH: usize = 5;
/// Largest number of a side in a score.
const LARGEST_SCORE: f64 = 999.0;
/// How many words may stand between a rate and its "per".
const RATE_REACH: usize = 4;
/// "one in five": beyond this the words are seldom a share.
const LARGEST_RATIO: f64 = 1_000_000.0;

/// "one in five", "two out of three": a share.
pub(super) fn ratio(tokens: &[Token<'_>], at: usize, read: &Numeral) -> Option<Amount> {
    // "1-in-5" as well.
    let next = past_hyphen(tokens, read.end);
    let of = match tokens.get(next)?.folded.as_str() {
        "in" => past_hyphen(tokens, next + 1),
        "out" if is_word(tokens, next + 1, "of") => next + 2,
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

/// "3.5 cases per 1,000", "12 per 100,000 people": turns a bare number into a rate. The words between the two, which say
/// what is counted, stay outside of the amount; nothing where the number is no rate.
pub(super) fn rate(tokens: &[Token<'_>], amount: &Amount) -> Option<(&'static str, usize)> {
    if amount.kind != QuantityKind::Count {
        return None;
    }
    let per = (amount.end..amount.end + RATE_REACH).find(|&at| {
        let stops = tokens.get(at).is_none_or(|token| token.kind == TokenKind::Mark || token.kind == TokenKind::Number);
        stops || is_word(tokens, at, "per")
    })?;
    let whole = Some(per).filter(|&per| is_word(tokens, per, "per")).and_then(|per| numeral(tokens, per + 1))?;
    let unit = match whole.value {
        100.0 => "10*-2",
        1e3 => "10*-3",
        1e4 => "10*-4",
        1e5 => "10*-5",
        1e6 => "10*-6",
        _ => return None,
    };
    (whole.rest.is_none() && units::unit_after(tokens, &whole).is_none()).then_some((unit, whole.end))
}

/// "3-1", "won 2-0", "a 5-4 ruling": two sides, the lesser first so that "lost 1-3" is the same score.
pub(super) fn score(context: Context<'_>, at: usize, read: &Numeral) -> Option<Read> {
    let tokens = context.tokens;
    let side = |read: &Numeral| {
        read.form == Form::Digits
            && (!tokens[read.end - 1].text.starts_with('0') || tokens[read.end - 1].text.len() == 1)
            && read.rest.is_none()
            && !read.scaled
            && read.value.fract() == 0.0
            && read.value <= LARGEST_SCORE
    };
    let voted = is_word(tokens, read.end, "to") && follows_a_vote(context, at);
    if !side(read) || !(voted || is_hyphen(tokens, read.end)) {
        return None;
    }
    let other = numeral(tokens, read.end + 1).filter(side)?;
    if voted && !is_closed(tokens, other.end) {
        return None;
    }
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

/// How far before "52 to 48" the word stands that makes them two sides.
const VOTE_REACH: usize = 3;

/// True where right before token `at` something is voted on, won or lost: "the vote was 52 to 48", "won by 3 to 1".
fn follows_a_vote(context: Context<'_>, at: usize) -> bool {
    let tokens = context.tokens;
    let near = &tokens[at.saturating_sub(VOTE_REACH).max(context.floor)..at];
    near.iter().any(|token| has_class(&token.folded, "score"))
        && near.last().is_some_and(|before| !matches!(before.folded.as_str(), "from" | "between" | "at" | "in"))
}

/// True where nothing stands at token `at` that a number before it could count.
fn is_closed(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_none_or(|next| {
        next.kind == TokenKind::Mark && !next.is_mark('-') && !next.is_mark('%')
            || crate::lexicon::function_words().has(&next.folded)
    })
}
