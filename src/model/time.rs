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
    /// The days that may be meant: "three weeks ago" is told to the week, not to the day.
    pub fn reach(&self) -> (Option<Date>, Option<Date>) {
        let slack = match self.grain {
            Grain::Week => 3,
            Grain::Month => 15,
            Grain::Quarter => 45,
            // "two years ago" is said of what lies twenty months back, and of the year before last.
            Grain::Year => 300,
            Grain::Decade => 1_826,
            Grain::Century => 18_262,
            _ => 0,
        };
        match (self.from, self.until) {
            (Some(from), Some(until)) if slack > 0 && (until - from).get_days() <= 1 => {
                let days = jiff::Span::new().days(slack);
                (from.checked_sub(days).ok(), until.checked_add(days).ok())
            }
            ends => ends,
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_told_to_the_week_reaches_over_the_days_beside_it() {
        let mut time = TimeValue {
            span: Span::new(0, 1),
            from: Some(date(2031, 3, 10)),
            until: Some(date(2031, 3, 11)),
            grain: Grain::Week,
            anchor: Anchor::Published,
            written: "three weeks ago".to_owned(),
        };
        assert_eq!(time.reach(), (Some(date(2031, 3, 7)), Some(date(2031, 3, 14))));
        time.grain = Grain::Day;
        assert_eq!(time.reach(), (time.from, time.until));
        (time.grain, time.until) = (Grain::Week, Some(date(2031, 3, 17)));
        assert_eq!(time.reach(), (time.from, time.until));
    }
}
