//! Two numbers that the text joins → a range, or the two ends of a movement.
//!
//! In: the first amount and the tokens. Out: one quantity with two ends, or two quantities ("rose from 5 to 7").

use super::bounds;
use super::counted::has_class;
use super::lengths::compound;
use super::numerals::{Form, glued, is_mark, is_word, past_hyphen};
use super::reader::{Amount, Context, Read, amount, finished};
use crate::model::{Bound, QuantityKind};
use crate::text::tokens::Token;

/// "10 to 15", "between 10 and 15", "$4-5 billion", "two or three", or the two ends of a movement.
pub(super) fn range(context: Context<'_>, first: &Amount) -> Option<Read> {
    let tokens = context.tokens;
    if matches!(first.kind, QuantityKind::Ordinal | QuantityKind::Identifier)
        || matches!(first.form, Form::Vague | Form::Loose)
    {
        return None;
    }
    let opening =
        first.start.checked_sub(1).filter(|_| first.start > context.floor).map(|before| tokens[before].folded.as_str());
    let bound_opening = bounds::before(tokens, first.start, context.floor, first.value);
    let opening = match bound_opening {
        Some((_, start)) if start > context.floor => Some(tokens[start - 1].folded.as_str()),
        _ => opening,
    };
    let begin = bound_opening.map_or(first.start, |(_, start)| start);
    let next = first.end;
    let connector = tokens.get(next)?;
    let hyphen =
        connector.is_mark('-') && (glued(tokens, next) == glued(tokens, next - 1) || is_mark(tokens, next + 1, '~'));
    let joined = match connector.folded.as_str() {
        "to" | "through" => true,
        "and" => matches!(opening, Some("between" | "from")),
        "or" => true,
        _ => hyphen || is_mark(tokens, next, '~'),
    };
    if !joined {
        return None;
    }
    let mut at = next + 1;
    while tokens.get(at).is_some_and(|token| {
        token.is_mark('~') || matches!(token.folded.as_str(), "about" | "around" | "nearly" | "perhaps" | "as" | "even")
    }) && at < next + 3
    {
        at += 1;
    }
    let mut second = compound(context, amount(context, at)?);
    if second.kind == QuantityKind::Ordinal || matches!(second.form, Form::Vague | Form::Loose) {
        return None;
    }
    let mut first = first.clone();
    // The unit is often told once: "10 to 15 km", "$10 to 15".
    match (first.unit, second.unit) {
        (None, Some(unit)) => {
            first.unit = Some(unit);
            first.kind = second.kind;
        }
        (Some(unit), None) if first.kind == QuantityKind::Money => {
            second.unit = Some(unit);
            second.kind = first.kind;
        }
        (left, right) if left == right => {}
        _ => return None,
    }
    // So is the magnitude: "2 to 3 million".
    if second.scaled && !first.scaled && first.value < 1000.0 {
        let scale =
            1000_f64.powi(((second.value / first.value.max(1.0)).abs().log10() / 3.0).floor().clamp(0.0, 6.0) as i32);
        if first.value * scale < second.value && first.value > 0.0 {
            first.value *= scale;
            first.precision *= scale;
        }
    }
    // "three or four hundred", "two to three dozen".
    let group = second.value / first.value;
    if !second.scaled
        && first.value < 10.0
        && second.value % 100.0 == 0.0
        && group > 10.0
        && hundred(tokens, at, second.end)
    {
        first.value *= 100.0;
        first.precision *= 100.0;
    }
    let or = connector.folded == "or";
    let steps = first.value % 100.0 == 0.0 && second.value % 100.0 == 0.0 && first.value < 1000.0;
    let near = second.value - first.value <= 1.0
        || second.value / first.value <= 2.0 && (first.unit.is_some() || steps && second.value / first.value <= 1.5);
    if second.value <= first.value && !moved(tokens, begin) || or && (!near || first.value > 20.0 && !steps) {
        return None;
    }
    if connector.folded == "to" && opening != Some("between") && moved(tokens, begin) {
        let from = finished(context, &first, Bound::Exact, first.start..first.end);
        let mut to = finished(context, &second, Bound::Exact, second.start..second.end);
        let mut quantities = from.quantities;
        quantities.append(&mut to.quantities);
        return Some(Read { quantities, end: second.end });
    }
    let start = if matches!(opening, Some("between" | "from")) { begin - 1 } else { begin };
    let end = second.end;
    let mut kind_end = end;
    let aged = past_hyphen(tokens, end);
    if first.kind == QuantityKind::Duration && is_word(tokens, aged, "old") {
        (first.kind, second.kind) = (QuantityKind::Age, QuantityKind::Age);
        kind_end = aged + 1;
    }
    first.end = kind_end;
    first.precision = first.precision.min(second.precision);
    let mut read = finished(context, &first, Bound::Range, start..kind_end);
    read.quantities[0].high = Some(second.value);
    Some(read)
}

/// True where the word "hundred" stands among the tokens `from..until`.
fn hundred(tokens: &[Token<'_>], from: usize, until: usize) -> bool {
    tokens[from..until].iter().any(|token| token.folded == "hundred")
}

/// True where a verb of change stands close before: what follows is where something moved from and to.
fn moved(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at.saturating_sub(3)..at].iter().any(|token| has_class(&token.folded, "change"))
}
