//! Conflicts with facts whose figures lie within the tolerance of the fact → no conflicts.

use super::paths::Base;
use crate::model::{Evidence, Fact, Finding, Label, Quantity, Reason, Value};

/// Takes the reasons out of `finding` that the tolerance of a fact admits. Without any left it is no conflict.
pub(super) fn admit(finding: &mut Finding, facts: &[Fact], base: &Base) {
    if finding.label != Label::Conflict || facts.iter().all(|fact| fact.tolerance.is_none()) {
        return;
    }
    let fact_of = |evidence: &Evidence| {
        let claim = finding.positions.iter().flat_map(|side| &side.claims).find(|claim| claim.id == evidence.claim)?;
        let told = base.told(&claim.path);
        facts.iter().find(|fact| fact.line == claim.place.line && base.told(&fact.path) == told)
    };
    let admitted = |reason: &Reason| {
        let (left, right) = (fact_of(&reason.left), fact_of(&reason.right));
        let Some(fact) = left.or(right) else { return false };
        let (own, other) = if left.is_some() { (&reason.left, &reason.right) } else { (&reason.right, &reason.left) };
        let (Some(tolerance), Some(own), Some(other)) = (fact.tolerance, quantity(own), quantity(other)) else {
            return false;
        };
        let figures = |quantity: &Quantity| [quantity.low, quantity.high].into_iter().flatten().collect::<Vec<f64>>();
        let (own_figures, others) = (figures(own), figures(other));
        own.unit == other.unit
            && !own_figures.is_empty()
            && !others.is_empty()
            && others.iter().all(|other| own_figures.iter().any(|own| tolerance.admits(*own, *other)))
    };
    let kept: Vec<bool> = finding.reasons.iter().map(|reason| !admitted(reason)).collect();
    let mut kept = kept.into_iter();
    finding.reasons.retain(|_| kept.next().unwrap_or(true));
}

fn quantity(evidence: &Evidence) -> Option<&Quantity> {
    match &evidence.value {
        Value::Quantity(quantity) => Some(quantity),
        _ => None,
    }
}
