//! What two quantities measure. In: quantities and the claims around them. Out: what each counts, and whether both measure
//! one thing. How their figures stand to each other is told by `lexicon::amounts`. It raises nothing.

use super::frame::{Frame, Hand};
use super::words::{concept, is_content};
pub(super) use crate::lexicon::amounts::{Standing, standing};
use crate::model::{Quantity, QuantityKind, Span, Term};

/// Words between a number and the outcome it is a count of ("12 people in the ferry were killed").
const OUTCOME_REACH: usize = 7;

/// What a quantity measures, as far as the words around it tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measure {
    /// "dead", "hurt", "arrested": the outcome that is counted, if one is.
    pub(super) outcome: Option<&'static str>,
    /// The nouns counted, without outcomes and without "people".
    pub(super) things: Vec<String>,
    /// The number with the words of `of` around it: what the frame leaves out.
    pub(super) slot: Vec<Span>,
}

/// What the quantity of `hand` measures.
pub(super) fn measure(frame: &Frame<'_>, hand: Hand, quantity: &Quantity) -> Measure {
    let terms = frame.terms(hand);
    let mut slot = vec![quantity.span];
    let mut outcome = None;
    let mut things = Vec::new();
    for of in &quantity.of {
        let word = terms
            .iter()
            .filter(|term| term.stem == *of)
            .min_by_key(|term| (term.span.start.abs_diff(quantity.span.end), term.span.start));
        match word.and_then(concept) {
            Some("people") => {}
            Some(found) => outcome = Some(found),
            None => things.push(of.clone()),
        }
        slot.extend(word.map(|term| term.span));
    }
    if quantity.kind == QuantityKind::Count {
        if outcome.is_none() {
            let near = nearest_outcome(frame.claim(hand).form.quantities.as_slice(), terms, quantity);
            outcome = near.map(|(outcome, _)| outcome);
            slot.extend(near.map(|(_, span)| span));
        }
        // "12 people were killed": the generic word stands next to the number whether or not it is in `of`.
        let next = terms.iter().filter(|term| term.span.start >= quantity.span.end).take(2);
        slot.extend(next.filter(|term| concept(term) == Some("people")).map(|term| term.span));
    }
    Measure { outcome, things, slot }
}

/// The outcome word nearest to a number, not looking past another number or a conjunction on the way.
fn nearest_outcome(all: &[Quantity], terms: &[Term], quantity: &Quantity) -> Option<(&'static str, Span)> {
    let from = terms.iter().position(|term| term.span.overlaps(quantity.span))?;
    let until = terms.iter().rposition(|term| term.span.overlaps(quantity.span))? + 1;
    let blocked = |term: &Term| all.iter().any(|other| other.span != quantity.span && other.span.overlaps(term.span));
    let outcome = |term: &Term| match concept(term) {
        Some("people") | None => None,
        Some(found) if is_content(term) && !term.negated => Some(found),
        Some(_) => None,
    };
    let reach = |words: &mut dyn Iterator<Item = &Term>| {
        let mut steps = 0;
        for term in words {
            if blocked(term) || steps > OUTCOME_REACH {
                return None;
            }
            if let Some(found) = outcome(term) {
                return Some((steps, found, term.span));
            }
            // A conjunction begins another statement: its outcome is rarely that of the number before it.
            steps +=
                if matches!(term.word.as_str(), "and" | "but" | "while" | "as" | "after" | "with") { 4 } else { 1 };
        }
        None
    };
    let before = reach(&mut terms[..from].iter().rev());
    let after = reach(&mut terms[until..].iter());
    match (before, after) {
        (Some(one), Some(other)) if other.0 < one.0 => Some((other.1, other.2)),
        (Some(one), _) => Some((one.1, one.2)),
        (None, other) => other.map(|it| (it.1, it.2)),
    }
}

/// Whether two quantities measure one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SameMeasure {
    /// Both count one outcome or one noun.
    Yes,
    /// Neither says what it measures; only the words next to it can tell.
    Unsaid,
    /// The one counts a part of what the other counts: miners and people.
    Scope,
    /// They count different things.
    No,
}

/// Compares what two quantities measure.
pub(super) fn same_measure(frame: &Frame<'_>, left: &Measure, right: &Measure) -> SameMeasure {
    if left.outcome != right.outcome {
        return SameMeasure::No;
    }
    let strange = |things: &[String], others: &[String], other: Hand| {
        things.iter().filter(|thing| !others.contains(thing) && !says(frame, other, thing)).count()
    };
    let left_strange = strange(&left.things, &right.things, Hand::Right);
    let right_strange = strange(&right.things, &left.things, Hand::Left);
    if left_strange > 0 && right_strange > 0 {
        return SameMeasure::No;
    }
    match (left.things.last(), right.things.last()) {
        // "killing a man and destroying four homes": each counts what the other counts elsewhere.
        (Some(one), Some(other))
            if one != other
                && left_strange == 0
                && right_strange == 0
                && !left.things.contains(other)
                && !right.things.contains(one) =>
        {
            SameMeasure::No
        }
        (None, None) if left.outcome.is_none() => SameMeasure::Unsaid,
        (Some(one), Some(other)) if one != other && left.outcome.is_none() => {
            if left.things.contains(other) || right.things.contains(one) { SameMeasure::Scope } else { SameMeasure::No }
        }
        (Some(_), None) | (None, Some(_)) if left.outcome.is_none() => {
            if left_strange + right_strange > 0 {
                SameMeasure::No
            } else {
                SameMeasure::Unsaid
            }
        }
        _ if left_strange + right_strange > 0 => SameMeasure::Scope,
        _ => SameMeasure::Yes,
    }
}

/// True where the claim of `hand` holds a word of the stem, or a partner of it.
fn says(frame: &Frame<'_>, hand: Hand, stem: &str) -> bool {
    frame.terms(hand).iter().any(|term| term.stem == stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Bound;

    fn count(low: Option<f64>, high: Option<f64>, bound: Bound, precision: f64) -> Quantity {
        let kind = QuantityKind::Count;
        Quantity { span: Span::new(0, 1), kind, low, high, bound, unit: None, of: vec!["peopl".into()], precision }
    }

    fn exact(value: f64, precision: f64) -> Quantity {
        count(Some(value), Some(value), Bound::Exact, precision)
    }

    fn measured(value: f64, unit: &str, precision: f64) -> Quantity {
        Quantity { kind: QuantityKind::Measure, unit: Some(unit.into()), ..exact(value, precision) }
    }

    #[test]
    fn small_counts_are_exact_and_large_ones_may_be_rounded() {
        assert_eq!(standing(&exact(12.0, 0.5), &exact(15.0, 0.5)), Some(Standing::Apart));
        assert_eq!(standing(&exact(50.0, 5.0), &exact(52.0, 0.5)), Some(Standing::Apart));
        assert_eq!(standing(&exact(300.0, 50.0), &exact(312.0, 0.5)), Some(Standing::Reconciled("rounding")));
        assert_eq!(standing(&exact(300.0, 50.0), &exact(340.0, 5.0)), Some(Standing::Apart));
    }

    #[test]
    fn bounds_are_intervals() {
        let at_least = count(Some(40.0), None, Bound::AtLeast, 5.0);
        assert_eq!(standing(&at_least, &exact(43.0, 0.5)), Some(Standing::Reconciled("bounds")));
        assert_eq!(standing(&at_least, &exact(31.0, 0.5)), Some(Standing::Apart));
        let more_than = count(Some(40.0), None, Bound::MoreThan, 5.0);
        // Outlets use "more than 40" and "40" of one figure.
        assert_eq!(standing(&more_than, &exact(40.0, 5.0)), Some(Standing::Reconciled("bounds")));
        let about = count(Some(300.0), Some(300.0), Bound::About, 50.0);
        assert_eq!(standing(&about, &exact(345.0, 0.5)), Some(Standing::Reconciled("rounding")));
        assert_eq!(standing(&about, &exact(400.0, 50.0)), Some(Standing::Apart));
    }

    #[test]
    fn units_of_one_dimension_convert_and_others_are_not_compared() {
        assert_eq!(
            standing(&measured(5.0, "km", 0.5), &measured(3.1, "[mi_i]", 0.05)),
            Some(Standing::Reconciled("unit"))
        );
        assert_eq!(standing(&measured(5.0, "km", 0.5), &measured(5.0, "[mi_i]", 0.5)), Some(Standing::Apart));
        assert_eq!(
            standing(&measured(20.0, "Cel", 0.5), &measured(68.0, "[degF]", 0.5)),
            Some(Standing::Reconciled("unit"))
        );
        assert_eq!(standing(&measured(5.0, "km", 0.5), &measured(5.0, "kg", 0.5)), None);
    }

    #[test]
    fn years_and_identifiers_are_never_compared() {
        let mut year = exact(2026.0, 0.5);
        year.of.clear();
        assert_eq!(standing(&year, &exact(7.0, 0.5)), None);
        let flight = Quantity { kind: QuantityKind::Identifier, ..exact(100.0, 0.5) };
        assert_eq!(standing(&flight, &Quantity { low: Some(101.0), ..flight.clone() }), None);
    }
}
