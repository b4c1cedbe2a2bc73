//! Arithmetic of calendar intervals: half-open, in days of the proleptic Gregorian calendar.
//!
//! In: years, months, days. Out: dates and intervals, or nothing where the calendar has no such day. It reads no words.

use jiff::civil::Date;

/// A half-open interval of days.
pub(super) type Days = (Date, Date);

/// `date` moved by `days`.
pub(super) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// `date` moved by `months`; the last day of the month where the day does not exist.
pub(super) fn add_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// One day.
pub(super) fn day(date: Date) -> Option<Days> {
    Some((date, add_days(date, 1)?))
}

/// The day `year`-`month`-`day`.
pub(super) fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `count` months from the first day of a month.
pub(super) fn months(year: i32, month: u8, count: i64) -> Option<Days> {
    let from = date(year, month, 1)?;
    Some((from, add_months(from, count)?))
}

/// A calendar year, or several.
pub(super) fn years(year: i32, count: i64) -> Option<Days> {
    months(year, 1, count.checked_mul(12)?)
}

/// The seven days from Monday that hold `date`.
pub(super) fn week(date: Date) -> Option<Days> {
    let monday = add_days(date, 1 - i64::from(weekday(date)))?;
    Some((monday, add_days(monday, 7)?))
}

/// Saturday and Sunday of the week that holds `date`.
pub(super) fn weekend(date: Date) -> Option<Days> {
    let (monday, _) = week(date)?;
    Some((add_days(monday, 5)?, add_days(monday, 7)?))
}

/// Monday is 1, Sunday is 7.
pub(super) fn weekday(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// The nearest `weekday` strictly before (`step` -1) or after (`step` 1) `date`.
pub(super) fn next_weekday(date: Date, weekday_wanted: i8, step: i64) -> Option<Date> {
    let distance = i64::from(weekday_wanted - weekday(date)) * step;
    let distance = (distance - 1).rem_euclid(7) + 1;
    add_days(date, distance * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_found_on_both_sides() {
        let wednesday = date(2025, 11, 26).expect("a day");
        assert_eq!(weekday(wednesday), 3);
        assert_eq!(next_weekday(wednesday, 1, -1), date(2025, 11, 24));
        assert_eq!(next_weekday(wednesday, 3, -1), date(2025, 11, 19));
        assert_eq!(next_weekday(wednesday, 5, 1), date(2025, 11, 28));
        assert_eq!(week(wednesday), Some((date(2025, 11, 24).expect("a day"), date(2025, 12, 1).expect("a day"))));
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        assert_eq!(date(2023, 2, 29), None);
        assert_eq!(months(2024, 13, 1), None);
        assert_eq!(add_days(date(9999, 12, 31).expect("a day"), 1), None);
    }
}
