//! What the owner of a corpus holds for settled: a statement that no document may contradict.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One fact. It is matched and labelled like a claim of any source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The file it is written in.
    pub path: String,
    /// The line its entry begins on.
    pub line: u32,
    /// The statement, in a sentence.
    pub claim: String,
    /// How far a figure may lie from the one of the fact.
    pub tolerance: Option<Tolerance>,
    /// The first day it holds.
    pub from: Option<Date>,
    /// The last day it holds.
    pub until: Option<Date>,
    /// Where it is laid down: a contract, a page, a person.
    pub source: Option<String>,
}

impl Fact {
    /// Whether it holds on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|first| first <= day) && self.until.is_none_or(|last| day <= last)
    }
}

/// How far a figure may lie from another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tolerance {
    /// So much, in the unit of the figure.
    Amount(f64),
    /// This share of it, in [0, 1].
    Share(f64),
}

impl Tolerance {
    /// Whether `other` lies near enough to `figure`.
    pub fn admits(self, figure: f64, other: f64) -> bool {
        let most = match self {
            Self::Amount(amount) => amount,
            Self::Share(share) => share * figure.abs(),
        };
        // Figures are written in tenths that binary numbers do not have.
        (other - figure).abs() <= most + 1e-9 * figure.abs().max(1.0)
    }
}
