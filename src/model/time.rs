//! When: calendar intervals.

use super::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A time as a half-open interval of days, after TIMEX3 (ISO 24617-1). An absent end is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeValue {
    /// The words it was read from.
    pub span: Span,
    /// The first day.
    pub from: Option<Date>,
    /// The day after the last.
    pub until: Option<Date>,
    /// How fine the text speaks.
    pub grain: Grain,
    /// What fixed it in the calendar.
    pub anchor: Anchor,
    /// The words folded, so that unresolved times can be compared as written ("monday").
    pub written: String,
}

impl TimeValue {
    /// True where the calendar days are known at one end at least.
    pub fn is_resolved(&self) -> bool {
        self.from.is_some() || self.until.is_some()
    }
}

/// How fine a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    /// A time of day.
    Time,
    /// One day.
    Day,
    /// A weekend.
    Weekend,
    /// Seven days from Monday.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A season.
    Season,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// An interval with two written ends.
    Range,
}

/// What fixed a time in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// Written out.
    Absolute,
    /// Reckoned from the publication date.
    Published,
    /// Not fixed: the publication date is not known, or the text reckons from something else.
    Unresolved,
}
