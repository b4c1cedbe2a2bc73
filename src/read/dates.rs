//! The words of a publication date → a day, or nothing where they do not tell one for certain.

use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::{Timestamp, tz};

/// Ways to write a day without saying which number is the month are not among these: "03/04/2025" stays unknown.
const DAY_FORMS: &[&str] =
    &["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y"];

/// Reads the day of publication: ISO 8601 and RFC 3339 dates and times, RFC 2822, "November 24, 2025", "24 Nov 2025".
/// The day is the one written, in whatever zone the outlet writes it.
pub(super) fn publication_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 80 {
        return None;
    }
    if let Some(day) = text.get(..10).filter(|_| text[10..].starts_with(['T', 't', ' '])).and_then(iso_day) {
        return Some(day);
    }
    let words = plain_words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // A weekday may stand before the day, and a time after it.
    let words = match words.first() {
        Some(first) if words.len() > 1 && is_weekday(first) => &words[1..],
        _ => &words[..],
    };
    let longest = words.len().min(3);
    (1..=longest).rev().filter(|&count| count != 2).find_map(|count| {
        let (day, time) = (words[..count].join(" "), &words[count..]);
        if !time.is_empty() && !looks_like_time(time) {
            return None;
        }
        DAY_FORMS.iter().find_map(|form| {
            let parsed = strtime::parse(form, &day).ok()?.to_date().ok()?;
            (1000..=9999).contains(&parsed.year()).then_some(parsed)
        })
    })
}

/// The message for a date that is none.
pub(super) fn unread(written: &str) -> String {
    let shown: String = written.chars().take(40).collect();
    format!(
        "has the date of publication `{shown}`, which tells no day for certain; it was read without a date: write it as 2025-11-24"
    )
}

/// A Unix time in seconds or milliseconds, as some feeds export it. Read as UTC.
pub(super) fn unix_date(number: i64) -> Option<Date> {
    // Eleven digits of seconds are the year 5138: what is longer is counted in milliseconds.
    let seconds = if number.abs() >= 100_000_000_000 { number / 1000 } else { number };
    // Smaller numbers are years or counters, not times: this is March 1973.
    if seconds < 100_000_000 {
        return None;
    }
    Timestamp::from_second(seconds).ok().map(|moment| moment.to_zoned(tz::TimeZone::UTC).date())
}

fn iso_day(text: &str) -> Option<Date> {
    strtime::parse("%Y-%m-%d", text).ok()?.to_date().ok()
}

/// The words of a date without commas, stops of abbreviations and endings of ordinals.
fn plain_words(text: &str) -> Vec<String> {
    text.split([' ', ',', '\u{00A0}'])
        .filter(|word| !word.is_empty())
        .map(|word| {
            let word = word.strip_suffix('.').unwrap_or(word);
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            match &word[digits..] {
                "st" | "nd" | "rd" | "th" if (1..=2).contains(&digits) => word[..digits].to_owned(),
                _ if word.eq_ignore_ascii_case("sept") => "Sep".to_owned(),
                _ => word.to_owned(),
            }
        })
        .collect()
}

fn is_weekday(word: &str) -> bool {
    ["%A", "%a"].iter().any(|form| strtime::parse(form, word).is_ok())
}

/// Whether the words after a day are a time of day, so that "May 3 2025 edition, revised 2026" is not taken for a day.
fn looks_like_time(words: &[&str]) -> bool {
    let rest = match words {
        ["at" | "-" | "|", rest @ ..] => rest,
        _ => words,
    };
    rest.first()
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains([':', '.', 'a', 'p']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_usual_ways_to_write_a_day_are_read() {
        for written in [
            "2025-11-24",
            "2025-11-24T23:30:00-05:00",
            "2025-11-24 08:00",
            "2025/11/24",
            "20251124",
            "November 24, 2025",
            "Nov. 24, 2025",
            "nov 24 2025",
            "24 Nov 2025",
            "24 November 2025",
            "24th November, 2025",
            "Mon, 24 Nov 2025 10:00:00 GMT",
            "Monday, November 24, 2025",
            "November 24, 2025 at 10:30 a.m.",
            " 2025-11-24 ",
        ] {
            assert_eq!(publication_date(written), Some(date(2025, 11, 24)), "{written}");
        }
        assert_eq!(publication_date("Sept. 3, 2024"), Some(date(2024, 9, 3)));
    }

    #[test]
    fn what_does_not_tell_a_day_for_certain_stays_unknown() {
        for written in
            ["", "03/04/2025", "November 2025", "2025", "yesterday", "24", "2025-13-40", "é2025-11-2é", "May 3"]
        {
            assert_eq!(publication_date(written), None, "{written}");
        }
    }

    #[test]
    fn unix_times_are_days_in_utc() {
        assert_eq!(unix_date(1_764_000_000), Some(date(2025, 11, 24)));
        assert_eq!(unix_date(1_764_000_000_000), Some(date(2025, 11, 24)));
        assert_eq!(unix_date(2025), None);
    }
}
