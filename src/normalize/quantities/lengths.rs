//! Units that stand for one of themselves or for a few, and measures told in parts: "an hour", "hour-long", "all day", "a few
//! weeks", "5 feet 10 inches", "two hours and 30 minutes".
//!
//! In: tokens and a position, or the first part. Out: the amount as a whole, in the smallest unit named.

use super::counted::has_class;
use super::numerals::{self, Form, Numeral, class, is_hyphen, is_mark, is_word, numeral, past_hyphen};
use super::reader::{Amount, Context};
use super::{bounds, money, units};
use crate::lexicon;
use crate::lexicon::amounts::convert;
use crate::model::QuantityKind;
use crate::text::tokens::{Token, TokenKind};

/// "a few hours" is taken as about three, give or take these: the words cover two to five, and "several" up to seven.
const FEW: (f64, f64) = (3.0, 2.0);
const SEVERAL: (f64, f64) = (3.0, 4.0);
/// "a couple of days": about two.
const COUPLE: (f64, f64) = (2.0, 1.5);

/// "an hour", "hour-long", "a dollar and 42 cents": a unit that stands for one of itself.
pub(super) fn single_unit(context: Context<'_>, at: usize) -> Option<Amount> {
    let tokens = context.tokens;
    if let Some(amount) = few_units(context, at).or_else(|| whole_unit(tokens, at)) {
        return Some(amount);
    }
    let another = tokens[at].folded == "another";
    let article = another || matches!(tokens[at].folded.as_str(), "a" | "an");
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
    let lasting = lasts(context, at)
        || !another && bounds::before(tokens, at, context.floor, 1.0).is_some()
        || !another && at == 0 && unit.end == tokens.len()
        || half.is_some()
        || is_word(tokens, unit.end, "and") && numeral(tokens, unit.end + 1).is_some();
    lasting.then(|| match half {
        Some((part, end)) => make(unit.code, unit.kind, end, unit.factor * (1.0 + part)),
        None => make(unit.code, unit.kind, unit.end, unit.factor),
    })
}

/// True where the word before token `at` tells that a length of time follows: "for", "within", "took".
fn lasts(context: Context<'_>, at: usize) -> bool {
    at > context.floor && has_class(&context.tokens[at - 1].folded, "lasting")
}

/// "a few hours", "several weeks", "a couple of days", "for some years".
fn few_units(context: Context<'_>, at: usize) -> Option<Amount> {
    let tokens = context.tokens;
    let word = at + usize::from(is_word(tokens, at, "a"));
    let (value, reach) = match tokens.get(word)?.folded.as_str() {
        "few" => FEW,
        "several" => SEVERAL,
        "couple" if word > at => COUPLE,
        "some" if lasts(context, at) => FEW,
        _ => return None,
    };
    let next = word + 1 + usize::from(is_word(tokens, word + 1, "of"));
    let read = Numeral { value, precision: reach, end: next, form: Form::Loose, rest: None, scaled: false };
    let unit = units::unit_after(tokens, &read).filter(|unit| unit.kind == QuantityKind::Duration)?;
    let long = past_hyphen(tokens, unit.end);
    Some(Amount {
        start: at,
        end: if is_word(tokens, long, "long") { long + 1 } else { unit.end },
        value: value * unit.factor,
        precision: reach * unit.factor,
        kind: unit.kind,
        unit: Some(unit.code),
        form: Form::Loose,
        scaled: false,
    })
}

/// "all day", "all-night".
fn whole_unit(tokens: &[Token<'_>], at: usize) -> Option<Amount> {
    if !is_word(tokens, at, "all") {
        return None;
    }
    let word = past_hyphen(tokens, at + 1);
    let one = Numeral { value: 1.0, precision: 0.5, end: word, form: Form::Words, rest: None, scaled: false };
    let unit = units::unit_after(tokens, &one).filter(|unit| unit.kind == QuantityKind::Duration)?;
    let singular = unit.end == word + 1 && !tokens[word].folded.ends_with('s') && tokens[word].folded.len() > 2;
    singular.then(|| Amount {
        unit: Some(unit.code),
        ..Amount::bare(at, &Numeral { value: unit.factor, end: unit.end, ..one }, unit.kind)
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
    if whole.kind == QuantityKind::Money {
        if let Some((part, end)) = money::small_coin(tokens, &whole, code) {
            (whole.value, whole.precision, whole.end) = (whole.value + part, 0.005, end);
        }
        return whole;
    }
    for _ in 0..4 {
        let mut next = whole.end;
        next += usize::from(is_mark(tokens, next, ','));
        next += usize::from(is_word(tokens, next, "and"));
        let Some(read) =
            numeral(tokens, next).filter(|read| !matches!(read.form, Form::Ordinal | Form::Vague | Form::Loose))
        else {
            break;
        };
        let Some(unit) = units::unit_after(tokens, &read) else { break };
        let factor = match (code, unit.code) {
            ("a", "mo") => Some(12.0),
            _ => ratio_of(code, unit.code).filter(|ratio| *ratio > 1.0),
        };
        let Some(factor) = factor else { break };
        whole.end = unit.end;
        whole.value = whole.value * factor + read.value * unit.factor;
        whole.precision = read.precision;
        whole.unit = Some(unit.code);
        code = unit.code;
    }
    if let Some((value, unit, end)) = unsaid_part(tokens, &whole) {
        whole = Amount { value, unit: Some(unit), end, precision: 0.5, ..whole };
    }
    whole
}

/// "two hours ten", "6-foot-2", "5 feet 10": the smaller unit goes without saying. The whole in that unit.
fn unsaid_part(tokens: &[Token<'_>], whole: &Amount) -> Option<(f64, &'static str, usize)> {
    let (parts, unit) = match whole.unit? {
        "h" => (60.0, "min"),
        "[ft_i]" => (12.0, "[in_i]"),
        _ => return None,
    };
    let tall = unit == "[in_i]";
    let next = if tall { past_hyphen(tokens, whole.end) } else { whole.end };
    let next = next + usize::from(!tall && is_word(tokens, next, "and"));
    let read = numeral(tokens, next).filter(|read| {
        matches!(read.form, Form::Digits | Form::Words) && read.rest.is_none() && read.value.fract() == 0.0
    })?;
    let closed = tokens.get(read.end).is_none_or(|after| {
        matches!(after.text, "." | ";" | "?")
            || tall && (after.is_mark(',') || after.is_mark('-') || after.folded == "tall")
    });
    let between = whole.start.checked_sub(1).is_some_and(|before| is_word(tokens, before, "between"));
    let fits = closed && !between && whole.value.fract() == 0.0 && (1.0..parts).contains(&read.value);
    (fits && !is_mark(tokens, whole.end, ',')).then_some((whole.value * parts + read.value, unit, read.end))
}

/// How many of the unit `small` one of `large` makes, where both are of one dimension without an offset.
fn ratio_of(large: &str, small: &str) -> Option<f64> {
    let (one, base) = convert(1.0, large)?;
    let (other, same) = convert(1.0, small)?;
    (base == same && base != "Cel" && other > 0.0).then_some(one / other)
}
