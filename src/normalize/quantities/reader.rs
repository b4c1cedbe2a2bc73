//! One place in the tokens → the quantity that begins there.
//!
//! In: tokens and a position, with the tokens cut off where the next time begins. Out: the quantity (two, where a text
//! tells a movement "from 5 to 7") and where to go on. Order matters: what names is told before what counts.

use super::ages::{age, ages};
use super::counted::{counted, has_class, named};
use super::lengths::{compound, single_unit};
use super::numerals::{Form, Numeral, class, glued, is_mark, is_word, numeral, past_hyphen, split_digits, written};
use super::ranges::range;
use super::shares::{rate, ratio, score};
use super::{bounds, identifiers, money, units};
use crate::model::{Bound, Quantity, QuantityKind, Span};
use crate::text::tokens::{Token, TokenKind};

/// What was read at one place.
pub(super) struct Read {
    /// The quantities, in order.
    pub quantities: Vec<Quantity>,
    /// Index of the token to go on at.
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
    if let Some(listed) = listed(context, at) {
        return Some(listed);
    }
    if let Some(read) = written(tokens, at) {
        if !read.is_told() {
            // "1e30 million tonnes": no part of it is a number that the text tells.
            let end = (read.end..tokens.len()).find(|&next| class(tokens, next).is_none()).unwrap_or(tokens.len());
            return Some(Read { quantities: Vec::new(), end });
        }
        if let Some(read) = ages(context, at, &read) {
            return Some(read);
        }
        if let Some(end) = identifiers::end(context, at, &read) {
            let amount = Amount::bare(at, &Numeral { end, ..read }, QuantityKind::Identifier);
            return Some(finished(context, &amount, Bound::Exact, at..end));
        }
        if let Some(amount) = ratio(tokens, at, &read).or_else(|| age(context, at, &read)) {
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

/// "pages 22,24,26,31": numbers in one token, which name: who counts leaves a space behind the comma. Groups of thousands are one
/// number.
fn listed(context: Context<'_>, at: usize) -> Option<Read> {
    let token = context.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let parts = || token.text.split(',');
    let plain = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts().count() < 3 || !parts().all(plain) || split_digits(token.text).is_some() {
        return None;
    }
    let of: Vec<String> = named(context.all, at).into_iter().collect();
    let mut start = token.start;
    let quantities = parts()
        .filter_map(|part| {
            let span = Span::new(start, start + part.len());
            start += part.len() + 1;
            let number = part.parse().ok()?;
            Some(Quantity {
                span,
                kind: QuantityKind::Identifier,
                low: Some(number),
                high: Some(number),
                bound: Bound::Exact,
                unit: None,
                of: of.clone(),
                precision: 0.5,
            })
        })
        .collect();
    Some(Read { quantities, end: at + 1 })
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
    if let Some(sum) = money::sum(tokens, at) {
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
    if let Some(sign) = sign(tokens, at, &read) {
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
        // "2 degrees below zero", and below "2 below zero".
        if is_word(tokens, unit.end, "below") && is_word(tokens, unit.end + 1, "zero") {
            amount.value = -amount.value;
            amount.end += 2;
        }
        if amount.kind == QuantityKind::Duration {
            let long = past_hyphen(tokens, amount.end);
            amount.end = if is_word(tokens, long, "long") { long + 1 } else { amount.end };
        }
    } else if is_word(tokens, read.end, "below") && is_word(tokens, read.end + 1, "zero") {
        amount.kind = QuantityKind::Measure;
        amount.unit = Some("deg");
        amount.value = -amount.value;
        amount.end = read.end + 2;
    } else if are_points_of_percent(tokens, &read) {
        amount.kind = QuantityKind::Measure;
        amount.unit = Some("%{pp}");
        amount.end = read.end + 1;
    } else if is_share(tokens, at, &read) {
        amount.kind = QuantityKind::Percent;
        amount.unit = Some("%");
        amount.value *= 100.0;
        amount.precision *= 100.0;
    }
    Some(amount)
}

/// The index of a minus that belongs to the number at `at`. A hyphen between words or numbers is none.
fn sign(tokens: &[Token<'_>], at: usize, read: &Numeral) -> Option<usize> {
    let before = at.checked_sub(1)?;
    // Apart from the number it is one only where there is nothing else: "- 1,200,000" in a cell of a table.
    let alone = before == 0 && read.end == tokens.len();
    let minus =
        is_mark(tokens, before, '-') && (glued(tokens, before) || alone) && (before == 0 || !glued(tokens, before - 1));
    (minus || matches!(tokens[before].folded.as_str(), "minus" | "negative")).then_some(before)
}

/// True where a fraction is a share of something: "two-thirds of voters", "a quarter of the land", "cut by a third".
fn is_share(tokens: &[Token<'_>], at: usize, read: &Numeral) -> bool {
    let of = is_word(tokens, read.end, "of") && read.end + 1 < tokens.len();
    let by = at > 1 && is_word(tokens, at - 1, "by");
    read.form == Form::Fraction
        && read.value <= 1.0
        && (of || by || is_word(tokens, read.end, "majority") || is_word(tokens, read.end, "the"))
}

/// "rose by 3 points to 45 %": points of percent, because a percentage follows as the level reached.
fn are_points_of_percent(tokens: &[Token<'_>], read: &Numeral) -> bool {
    if !matches!(tokens.get(read.end).map(|next| next.folded.as_str()), Some("point" | "points")) {
        return false;
    }
    let to = read.end + 1 + usize::from(is_mark(tokens, read.end + 1, ','));
    let level = is_word(tokens, to, "to") || is_word(tokens, to, "from");
    let level = numeral(tokens, to + 1).filter(|_| level);
    level.is_some_and(|level| units::unit_after(tokens, &level).is_some_and(|unit| unit.code == "%"))
}

/// True for words that are numbers by form only: "no one", "one of them", "the second", "first reported".
fn passes_over(context: Context<'_>, at: usize, read: &Numeral) -> bool {
    let tokens = context.all;
    let next = tokens.get(read.end);
    let next_is = |words: &[&str]| next.is_some_and(|next| words.contains(&next.folded.as_str()));
    let before_is = |words: &[&str]| at > 0 && words.contains(&tokens[at - 1].folded.as_str());
    match tokens[at].folded.as_str() {
        "one" if read.end == at + 1 && before_is(&["this", "that", "the"]) && unit_word(context.tokens, read) => false,
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
            let part = before_is(&["by"]) || bounds::before(tokens, at, context.floor, read.value).is_some();
            !(unit
                || part
                || next_is(&["of", "the", "a", "an", "its", "their", "his", "her"])
                || read.end == tokens.len() && at == 0)
        }
        _ => false,
    }
}

/// True where a unit in full follows a number: "one mile", but not "one in".
fn unit_word(tokens: &[Token<'_>], read: &Numeral) -> bool {
    tokens.get(read.end).is_some_and(|next| next.folded.len() > 3) && units::unit_after(tokens, read).is_some()
}

/// Adds the bound before or after an amount.
fn bounded(context: Context<'_>, mut amount: Amount) -> Read {
    let tokens = context.tokens;
    let mut span = amount.start..amount.end;
    let mut bound = if amount.form == Form::Vague { Bound::AtLeast } else { Bound::Exact };
    if amount.form == Form::Loose {
        bound = Bound::About;
    }
    if amount.form == Form::Vague {
        if let Some((_, start)) = bounds::before(tokens, amount.start, context.floor, amount.value) {
            span.start = start;
        }
        return finished(context, &amount, bound, span);
    }
    if let Some((unit, end)) = rate(tokens, &amount) {
        let bounded = bounds::before(tokens, amount.start, context.floor, amount.value);
        (bound, span.start) = bounded.unwrap_or((bound, span.start));
        (amount.kind, amount.unit) = (QuantityKind::Measure, Some(unit));
        let mut read = finished(context, &amount, bound, span);
        read.quantities[0].span.end = Span::new(0, context.all[end - 1].end).end;
        read.end = end;
        return read;
    }
    if let Some((before, start)) = bounds::before(tokens, amount.start, context.floor, amount.value)
        && amount.kind != QuantityKind::Ordinal
        && amount.form != Form::Loose
        && !during(context, &amount, start)
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

/// "$10,000 over 3 years": the time in which something goes on. "Over" bounds a length of time only after a word that it
/// lasts ("took over two hours", "for over two hours") or before what measures from it ("over two years ago").
fn during(context: Context<'_>, amount: &Amount, start: usize) -> bool {
    let tokens = context.all;
    if amount.kind != QuantityKind::Duration || !is_word(tokens, start, "over") || amount.start != start + 1 {
        return false;
    }
    let lasts = start == 0
        || has_class(&tokens[start - 1].folded, "lasting")
        || matches!(tokens[start - 1].folded.as_str(), "is" | "was" | "are" | "were" | "been" | "be" | "well" | "just");
    let measures = tokens.get(amount.end).is_some_and(|next| {
        matches!(
            next.folded.as_str(),
            "ago" | "old" | "long" | "later" | "earlier" | "after" | "before" | "since" | "of"
        )
    });
    !lasts && !measures
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
        QuantityKind::Identifier => named(context.all, tokens.start).into_iter().collect(),
        QuantityKind::Age | QuantityKind::Score => Vec::new(),
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
