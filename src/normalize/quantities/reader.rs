//! One place in the tokens → the quantity that begins there.
//!
//! In: tokens and a position, with the tokens cut off where the next time begins. Out: the quantity (two, where a text
//! tells a movement "from 5 to 7") and where to go on. Order matters: what names is told before what counts.

use super::counted::{counted, has_class};
use super::numerals::{self, Form, Numeral, class, glued, is_hyphen, is_mark, is_word, numeral, past_hyphen};
use super::ranges::range;
use super::shares::{age, ratio, score};
use super::units;
use super::{bounds, identifiers};
use crate::lexicon;
use crate::lexicon::amounts::convert;
use crate::model::{Bound, Quantity, QuantityKind, Span};
use crate::text::tokens::{Token, TokenKind};

/// What was read at one place.
pub(super) struct Read {
    /// The quantities, in order.
    pub quantities: Vec<Quantity>,
    /// Index of the token to go on at.
    /// Index of the token after it.
    pub end: usize,
}

/// The text around the place that is read.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The tokens up to the next time.
    pub tokens: &'a [Token<'a>],
    /// All tokens, for what is counted.
    pub all: &'a [Token<'a>],
    /// Words before this index belong to an earlier value.
    pub floor: usize,
}

/// A number with its unit, before bounds.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    /// Index of its first token.
    pub start: usize,
    pub end: usize,
    /// The number, in its unit.
    pub value: f64,
    /// Half the place value of its last significant digit.
    pub precision: f64,
    /// What sort of quantity it is.
    pub kind: QuantityKind,
    /// The code of its unit.
    pub unit: Option<&'static str>,
    /// How the number is written.
    pub form: Form,
    /// True where a word of magnitude was read.
    pub scaled: bool,
}

/// The quantity that begins at token `at`.
pub(super) fn read(context: Context<'_>, at: usize) -> Option<Read> {
    let tokens = context.tokens;
    if let Some(amount) = single_unit(context, at) {
        return Some(bounded(context, compound(context, amount)));
    }
    if let Some(read) = numeral(tokens, at) {
        if let Some(end) = identifiers::end(tokens, at, &read) {
            let amount = Amount::bare(at, &Numeral { end, ..read }, QuantityKind::Identifier);
            return Some(finished(context, &amount, Bound::Exact, at..end));
        }
        if let Some(amount) = ratio(tokens, at, &read).or_else(|| age(tokens, at, &read)) {
            return Some(bounded(context, amount));
        }
        if let Some(read) = score(context, at, &read) {
            return Some(read);
        }
        if passes_over(context, at, &read) {
            return Some(Read { quantities: Vec::new(), end: read.end });
        }
    }
    let first = compound(context, amount(context, at)?);
    Some(range(context, &first).unwrap_or_else(|| bounded(context, first)))
}

impl Amount {
    /// A number without a unit.
    pub(super) fn bare(start: usize, read: &Numeral, kind: QuantityKind) -> Self {
        Self {
            start,
            end: read.end,
            value: read.value,
            precision: read.precision,
            kind,
            unit: None,
            form: read.form,
            scaled: read.scaled,
        }
    }
}

/// A currency sign, a number, and its unit.
pub(super) fn amount(context: Context<'_>, at: usize) -> Option<Amount> {
    let tokens = context.tokens;
    if let Some((code, next)) = units::currency_before(tokens, at)
        && let Some(mut read) = numeral(tokens, next)
    {
        if let Some(rest) = read.rest.take()
            && rest.eq_ignore_ascii_case("m")
        {
            read.value *= 1e6;
            read.precision *= 1e6;
            read.scaled = true;
        } else if is_word(tokens, read.end, "m") {
            read.value *= 1e6;
            read.precision *= 1e6;
            read.scaled = true;
            read.end += 1;
        }
        let mut amount = Amount::bare(at, &read, QuantityKind::Money);
        amount.unit = Some(code);
        // "$ 5 million dollars", "US$5 dollars": the word repeats the sign.
        if let Some(unit) = units::unit_after(tokens, &read)
            && unit.code == code
            && tokens[unit.end - 1].kind == TokenKind::Word
        {
            amount.end = unit.end;
        }
        return Some(amount);
    }
    if let Some(sum) = glued_currency(tokens, at) {
        return Some(sum);
    }
    let read = numeral(tokens, at)?;
    let mut amount =
        Amount::bare(at, &read, if read.form == Form::Ordinal { QuantityKind::Ordinal } else { QuantityKind::Count });
    if read.form == Form::Ordinal {
        return Some(amount);
    }
    // "1.2m voters": with people or things after it the letter is no meter.
    let things = |next: &Token<'_>| {
        matches!(next.folded.as_str(), "people" | "children" | "men" | "women")
            || next.kind == TokenKind::Word && next.folded.len() > 4 && next.folded.ends_with('s')
    };
    let mut read = read;
    if read.rest.as_deref() == Some("m") && tokens.get(read.end).is_some_and(things) {
        read.rest = None;
        read.scale(1e6);
        (amount.value, amount.precision, amount.scaled) = (read.value, read.precision, true);
    }
    if let Some(sign) = sign(tokens, at) {
        amount.start = sign;
        amount.value = -amount.value;
    }
    if let Some(unit) = units::unit_after(tokens, &read) {
        amount.value *= unit.factor;
        amount.precision *= unit.factor;
        amount.kind = unit.kind;
        amount.unit = Some(unit.code);
        amount.end = unit.end;
        // "- 2 degrees": before a temperature a minus may stand apart.
        let apart = at > 0 && is_mark(tokens, at - 1, '-') && (at < 2 || !glued(tokens, at - 2));
        if apart && amount.start == at && matches!(unit.code, "Cel" | "[degF]" | "deg") {
            amount.value = -amount.value;
            amount.start = at - 1;
        }
        // "2 degrees below zero".
        if is_word(tokens, unit.end, "below") && is_word(tokens, unit.end + 1, "zero") {
            amount.value = -amount.value;
            amount.end += 2;
        }
        if amount.kind == QuantityKind::Duration {
            let long = past_hyphen(tokens, amount.end);
            amount.end = if is_word(tokens, long, "long") { long + 1 } else { amount.end };
        }
    } else if is_share(tokens, &read) {
        amount.kind = QuantityKind::Percent;
        amount.unit = Some("%");
        amount.value *= 100.0;
        amount.precision *= 100.0;
    }
    Some(amount)
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

/// The index of a minus that belongs to the number at `at`. A hyphen between words or numbers is none.
fn sign(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let minus = is_mark(tokens, before, '-') && glued(tokens, before) && (before == 0 || !glued(tokens, before - 1));
    (minus || matches!(tokens[before].folded.as_str(), "minus" | "negative")).then_some(before)
}

/// True where a fraction is a share of something named: "two-thirds of voters", "a quarter of the land".
fn is_share(tokens: &[Token<'_>], read: &Numeral) -> bool {
    read.form == Form::Fraction
        && read.value <= 1.0
        && (is_word(tokens, read.end, "of")
            || is_word(tokens, read.end, "majority")
            || is_word(tokens, read.end, "the"))
}

/// "an hour", "hour-long", "a dollar and 42 cents": a unit that stands for one of itself.
fn single_unit(context: Context<'_>, at: usize) -> Option<Amount> {
    let tokens = context.tokens;
    let article = matches!(tokens[at].folded.as_str(), "a" | "an");
    let word = if article { at + 1 } else { at };
    if tokens.get(word)?.kind != TokenKind::Word || class(tokens, word).is_some() && !is_word(tokens, word, "second") {
        return None;
    }
    let make = |code: &'static str, kind, end, factor: f64| Amount {
        start: at,
        end,
        value: factor,
        precision: factor / 2.0,
        kind,
        unit: Some(code),
        form: Form::Words,
        scaled: false,
    };
    // "hourlong".
    if let Some(unit) = tokens[word].folded.strip_suffix("long").filter(|unit| !unit.is_empty())
        && let Some(values) = lexicon::units().values(unit)
    {
        let unit = units::unit(values[0], word + 1);
        return (unit.kind == QuantityKind::Duration).then(|| make(unit.code, unit.kind, word + 1, unit.factor));
    }
    let one = Numeral { value: 1.0, precision: 0.5, end: word, form: Form::Words, rest: None, scaled: false };
    let unit = units::unit_after(tokens, &one)?;
    if is_hyphen(tokens, word.wrapping_sub(1)) {
        return None;
    }
    let long = is_hyphen(tokens, unit.end) && is_word(tokens, unit.end + 1, "long");
    if unit.kind == QuantityKind::Duration && long {
        return Some(make(unit.code, unit.kind, unit.end + 2, unit.factor));
    }
    if !article || matches!(unit.kind, QuantityKind::Percent | QuantityKind::Count) || tokens[word].folded.len() < 2 {
        return None;
    }
    let half = half_after(tokens, unit.end);
    let lasting = at > context.floor && has_class(&tokens[at - 1].folded, "lasting")
        || bounds::before(tokens, at, context.floor, 1.0).is_some()
        || at == 0 && unit.end == tokens.len()
        || half.is_some()
        || is_word(tokens, unit.end, "and") && numeral(tokens, unit.end + 1).is_some();
    lasting.then(|| match half {
        Some((part, end)) => make(unit.code, unit.kind, end, unit.factor * (1.0 + part)),
        None => make(unit.code, unit.kind, unit.end, unit.factor),
    })
}

/// "a month and a half": the part that follows a unit.
fn half_after(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let next = is_word(tokens, at, "and").then_some(at + 1)?;
    let next = next + usize::from(is_word(tokens, next, "a"));
    match class(tokens, next)? {
        ("half" | "quarter", denominator) if !is_word(tokens, next + 1, "of") => Some((1.0 / denominator, next + 1)),
        _ => None,
    }
}

/// Joins parts of one measure: "5 feet 10 inches", "two hours and 30 minutes", "20 dollars 43 cents".
pub(super) fn compound(context: Context<'_>, mut whole: Amount) -> Amount {
    let tokens = context.tokens;
    let Some(mut code) = whole.unit else { return whole };
    if !matches!(whole.kind, QuantityKind::Duration | QuantityKind::Measure | QuantityKind::Money) {
        return whole;
    }
    if whole.kind != QuantityKind::Money
        && let Some((part, end)) = half_after(tokens, whole.end)
    {
        whole.value += part;
        whole.precision = numerals::precision_of(part);
        whole.end = end;
        return whole;
    }
    for _ in 0..4 {
        let mut next = whole.end;
        next += usize::from(is_mark(tokens, next, ','));
        next += usize::from(is_word(tokens, next, "and"));
        let Some(read) = numeral(tokens, next).filter(|read| read.form != Form::Ordinal && read.form != Form::Vague)
        else {
            break;
        };
        let Some(unit) = units::unit_after(tokens, &read) else { break };
        let factor = if whole.kind == QuantityKind::Money {
            matches!(unit.code, "USX" | "GBX" | "EUX")
                .then_some(0.01)
                .filter(|_| code.len() == 3 && !code.ends_with('X'))
        } else if (code, unit.code) == ("a", "mo") {
            Some(12.0)
        } else {
            ratio_of(code, unit.code).filter(|ratio| *ratio > 1.0)
        };
        let Some(factor) = factor else { break };
        whole.end = unit.end;
        if whole.kind == QuantityKind::Money {
            whole.value += read.value * factor;
            whole.precision = read.precision * factor;
            break;
        }
        whole.value = whole.value * factor + read.value;
        whole.precision = read.precision;
        whole.unit = Some(unit.code);
        code = unit.code;
    }
    whole
}

/// How many of the unit `small` one of `large` makes, where both are of one dimension without an offset.
fn ratio_of(large: &str, small: &str) -> Option<f64> {
    let (one, base) = convert(1.0, large)?;
    let (other, same) = convert(1.0, small)?;
    (base == same && base != "Cel" && other > 0.0).then_some(one / other)
}

/// True for words that are numbers by form only: "no one", "one of them", "the second", "first reported".
fn passes_over(context: Context<'_>, at: usize, read: &Numeral) -> bool {
    let tokens = context.all;
    let next = tokens.get(read.end);
    let next_is = |words: &[&str]| next.is_some_and(|next| words.contains(&next.folded.as_str()));
    let before_is = |words: &[&str]| at > 0 && words.contains(&tokens[at - 1].folded.as_str());
    match tokens[at].folded.as_str() {
        "one" if read.end == at + 1 => {
            next_is(&[
                "of", "another", "who", "that", "by", "can", "could", "is", "was", "day", "has", "'s", "should",
                "would",
            ]) || before_is(&[
                "no", "this", "that", "the", "each", "every", "any", "which", "another", "some", "only", "new", "first",
            ]) || next.is_some_and(|next| next.kind == TokenKind::Possessive)
        }
        "first" | "second" if read.form == Form::Ordinal => {
            let ranked = before_is(&["the", "a", "his", "her", "their", "its", "our", "my", "your", "this", "that"])
                || at > 0 && tokens[at - 1].kind == TokenKind::Possessive;
            !(ranked || tokens.len() == 1) || next_is(&["half", "time"])
        }
        // "half" needs something to be half of.
        "half" | "quarter" | "a" if read.form == Form::Fraction => {
            let unit = units::unit_after(context.tokens, read).is_some();
            !(unit
                || next_is(&["of", "the", "a", "an", "its", "their", "his", "her"])
                || read.end == tokens.len() && at == 0)
        }
        _ => false,
    }
}

/// Adds the bound before or after an amount.
fn bounded(context: Context<'_>, mut amount: Amount) -> Read {
    let tokens = context.tokens;
    let mut span = amount.start..amount.end;
    let mut bound = if amount.form == Form::Vague { Bound::AtLeast } else { Bound::Exact };
    if amount.form == Form::Vague {
        if let Some((_, start)) = bounds::before(tokens, amount.start, context.floor, amount.value) {
            span.start = start;
        }
        return finished(context, &amount, bound, span);
    }
    if let Some((before, start)) = bounds::before(tokens, amount.start, context.floor, amount.value)
        && amount.kind != QuantityKind::Ordinal
    {
        bound = before;
        span.start = start;
    } else if amount.kind != QuantityKind::Ordinal
        && let Some((after, end)) = bounds::after(tokens, amount.end)
    {
        bound = after;
        span.end = end;
        // "300 or more miles".
        if amount.unit.is_none() {
            let read = Numeral {
                value: amount.value,
                precision: 0.5,
                end,
                form: amount.form,
                rest: None,
                scaled: amount.scaled,
            };
            if let Some(unit) = units::unit_after(tokens, &read) {
                amount.unit = Some(unit.code);
                amount.kind = unit.kind;
                amount.value *= unit.factor;
                span.end = unit.end;
            }
        }
    }
    // "30 people or more".
    if bound == Bound::Exact
        && amount.kind == QuantityKind::Count
        && tokens.get(span.end).is_some_and(|noun| noun.kind == TokenKind::Word)
        && tokens.get(span.end + 1).is_some_and(|next| matches!(next.folded.as_str(), "or" | "at"))
        && let Some((after, end)) = bounds::after(tokens, span.end + 1)
    {
        let mut read = finished(context, &amount, after, span.clone());
        let last = context.all[end - 1].end;
        let start = context.all[span.start].start;
        read.quantities[0].span = Span::new(start, last);
        read.end = end;
        return read;
    }
    amount.end = span.end;
    finished(context, &amount, bound, span)
}

/// The quantity as the model has it.
pub(super) fn finished(context: Context<'_>, amount: &Amount, bound: Bound, tokens: std::ops::Range<usize>) -> Read {
    let (low, high) = match bound {
        Bound::Exact | Bound::About => (Some(amount.value), Some(amount.value)),
        Bound::AtLeast | Bound::MoreThan => (Some(amount.value), None),
        Bound::AtMost | Bound::LessThan => (None, Some(amount.value)),
        Bound::Range => (Some(amount.value), None),
    };
    let of = match amount.kind {
        QuantityKind::Identifier | QuantityKind::Age | QuantityKind::Score => Vec::new(),
        _ => counted(context.all, tokens.start, tokens.end),
    };
    let span = Span::new(context.all[tokens.start].start, context.all[tokens.end - 1].end);
    let quantity = Quantity {
        span,
        kind: amount.kind,
        low,
        high,
        bound,
        unit: amount.unit.map(str::to_owned),
        of,
        precision: amount.precision.abs(),
    };
    Read { quantities: vec![quantity], end: tokens.end }
}
