//! Numbers that mean something: amounts, sums, shares, measures.

use super::Span;
use serde::{Deserialize, Serialize};

/// A quantity as an interval, with what it counts. "at least 30 dead" has `low` 30, no `high`, and `of` "dead".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The words it was read from, with bound and unit.
    pub span: Span,
    /// What sort of quantity it is.
    pub kind: QuantityKind,
    /// The lower end; absent where open.
    pub low: Option<f64>,
    /// The upper end; absent where open.
    pub high: Option<f64>,
    /// How the text bounds it.
    pub bound: Bound,
    /// UCUM code, ISO 4217 code or `%`; absent for a bare count.
    pub unit: Option<String>,
    /// Stems of what is counted or measured, head noun last ("people killed": peopl, kill); of an identifier, of what it names
    /// ("Flight 370": flight).
    pub of: Vec<String>,
    /// Half the place value of the last significant digit as written: 300 million is precise to 50 million.
    pub precision: f64,
}

impl Quantity {
    /// The one number written, whatever bounds it ("more than 500": 500); absent for a range with two ends.
    pub fn value(&self) -> Option<f64> {
        match (self.low, self.high) {
            (Some(low), Some(high)) => (low == high).then_some(low),
            (low, high) => low.or(high),
        }
    }

    /// The length in seconds of a duration: a month counts 30 days and a year 365.
    pub fn seconds(&self) -> Option<f64> {
        let factor = match (self.kind, self.unit.as_deref()?) {
            (QuantityKind::Duration, "s") => 1.0,
            (QuantityKind::Duration, "min") => 60.0,
            (QuantityKind::Duration, "h") => 3_600.0,
            (QuantityKind::Duration, "d") => 86_400.0,
            (QuantityKind::Duration, "wk") => 604_800.0,
            (QuantityKind::Duration, "mo") => 2_592_000.0,
            (QuantityKind::Duration, "a") => 31_536_000.0,
            _ => return None,
        };
        self.value().map(|value| value * factor)
    }
}

/// What sort of quantity a number states. Only like sorts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuantityKind {
    /// A number of things.
    Count,
    /// A sum of money; `unit` is the ISO 4217 code.
    Money,
    /// A share; `unit` is `%`.
    Percent,
    /// A physical measure; `unit` is the UCUM code.
    Measure,
    /// A length of time; `unit` is s, min, h, d, wk, mo or a.
    Duration,
    /// How old somebody is; `unit` is the UCUM code of the time unit, usually `a`.
    Age,
    /// A rank or position: "third".
    Ordinal,
    /// A result of a game or vote: two sides.
    Score,
    /// A number that names something: a model, section, flight, list item. Never compared as a count.
    Identifier,
}

/// How a text bounds a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// The number itself.
    Exact,
    /// "about", "some", "nearly".
    About,
    /// "at least": the end is included.
    AtLeast,
    /// "more than": the end is excluded.
    MoreThan,
    /// "up to": the end is included.
    AtMost,
    /// "fewer than": the end is excluded.
    LessThan,
    /// "10 to 15".
    Range,
}
