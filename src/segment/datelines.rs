//! Where does the provenance at the beginning of a passage end? In: the text of a passage. Out: the offset behind its
//! dateline ("CITY, Nov. 3 (Agency) -"), or behind a date or an agency that stands before the text.

use super::boilerplate::is_calendar;
use super::marks::{is_dash, is_opener, is_straight_quote};
use super::surface::{Word, words};
use crate::lexicon;
use crate::text::fold::fold;

/// A dateline names a city, a region, a day and an agency; it is never longer.
const LONGEST: usize = 12;

/// The offset behind the dateline at the beginning of `text`, if there is one. `leads` is where the passage stands.
pub(super) fn end(text: &str, stands: Stands) -> Option<usize> {
    dash_ended(text, stands).or_else(|| agency_only(text)).or_else(|| date_before_text(text))
}

/// Where the passage stands in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// It is among the first passages of running text, where a dateline in title case is one too.
    First,
    /// It comes later, as in a digest of several reports: only a city in capitals opens a report there.
    Later,
}

/// "CITY, Nov. 3 (Agency) - ", "WESTHAVEN, Ohio —"
fn dash_ended(text: &str, stands: Stands) -> Option<usize> {
    let separator = separator(text)?;
    let head = &text[..separator.start];
    let after = text[separator.end..].trim_start();
    let goes_on = match after.chars().next() {
        None => true,
        Some(next) => next.is_uppercase() || next.is_numeric() || is_opener(next) || is_straight_quote(next),
    };
    if !goes_on {
        return None;
    }
    let parts: Vec<Word<'_>> = words(head).collect();
    let first = parts.first()?;
    let is_title = |word: &Word<'_>| lexicon::abbreviations().value(&fold(word.text)) == Some("title");
    if parts.len() > LONGEST || !parts.iter().all(is_dateline_word) || is_title(first) {
        return None;
    }
    let agency = head.trim_end().ends_with([')', '）']) && head.contains(['(', '（']);
    let dated = parts.iter().any(|word| is_calendar(&fold(word.text)));
    let city_in_capitals = first.text.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && first.is_upper()
        && !first.text.contains(|c: char| c.is_numeric());
    // A lone hyphen in title case is as often a mark of tables and scores.
    let strong = &text[separator.clone()] != "-";
    let certain = city_in_capitals && (agency || dated || head.contains(',') || after.is_empty());
    let likely = city_in_capitals && parts.len() <= 4
        || agency && parts.len() >= 2 && head.contains(',')
        || agency && parts.len() <= 4
        || head.contains(',') && first.is_capitalized() && !first.is_function_word() && strong;
    (certain || stands == Stands::First && likely).then_some(separator.end)
}

/// The first dash with white space before it, or em dash, within the reach of a dateline.
fn separator(text: &str) -> Option<std::ops::Range<usize>> {
    const REACH: usize = 90;
    let mut before_is_space = false;
    let mut chars = text.char_indices().take(REACH).peekable();
    while let Some((at, character)) = chars.next() {
        let em = matches!(character, '—' | '―');
        if is_dash(character) && (em || before_is_space || chars.peek().is_some_and(|&(_, next)| next == '-')) {
            let rest = &text[at..];
            let end = at + (rest.len() - rest.trim_start_matches(is_dash).len());
            let space_behind = text[end..].chars().next().is_none_or(char::is_whitespace);
            return (em || space_behind || end - at >= 2).then_some(at..end);
        }
        before_is_space = character.is_whitespace() || character == ')';
    }
    None
}

fn is_dateline_word(word: &Word<'_>) -> bool {
    word.is_capitalized()
        || word.is_number()
        || lexicon::boilerplate_words().value(&fold(word.text)).is_some_and(|kind| matches!(kind, "name" | "place"))
}

/// "(Agency) The minister ..." and "(Agency)The minister ...".
fn agency_only(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let close = inner.char_indices().take(40).find(|&(_, character)| character == ')')?.0;
    let is_agency = lexicon::boilerplate()
        .values(&fold(inner[..close].trim()))
        .is_some_and(|values| values.get(1).is_some_and(|how| how.split(',').any(|how| how == "agency")));
    is_agency.then_some(1 + close + 1)
}

/// "Friday, May 7, 2027 On Monday, the council ...": a date without a mark behind it, then the first word of a sentence.
fn date_before_text(text: &str) -> Option<usize> {
    let (mut end, mut calendar, mut year) = (0, false, false);
    for word in words(text).take(LONGEST) {
        let folded = fold(word.text);
        let is_year = word.text.len() == 4 && word.text.bytes().all(|byte| byte.is_ascii_digit());
        if is_calendar(&folded) || word.is_number() {
            if year {
                return None;
            }
            calendar |= is_calendar(&folded);
            year |= is_year;
            end = word.piece_end;
            if year && word.has_mark_behind() {
                return None;
            }
        } else {
            let opens = word.is_capitalized() && lexicon::sentence_openers().has(&folded);
            return (calendar && year && opens).then_some(end);
        }
    }
    None
}

/// True for a line that holds nothing but a date, perhaps with "Published" or "Updated" before it.
pub(super) fn is_date_line(line: &str) -> bool {
    let (mut calendar, mut full_date, mut numbers, mut count) = (false, false, 0, 0);
    for word in words(line) {
        count += 1;
        let folded = fold(word.text);
        if is_calendar(&folded) {
            calendar = true;
        } else if word.is_number() {
            numbers += 1;
            full_date |= is_full_date(word.text);
        } else if count > LONGEST || !(is_clock_word(&folded) || word.is_upper() && word.text.len() <= LONGEST_ZONE) {
            return false;
        }
    }
    count <= LONGEST && (calendar && numbers > 0 || full_date)
}

/// "EST", "AEST": zones are written with at most this many capitals.
const LONGEST_ZONE: usize = 4;

/// "2031-11-03", "3/11/31": three numbers in one word.
fn is_full_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    parts.len() == 3 && parts.iter().all(|part| part.parse::<u16>().is_ok())
}

fn is_clock_word(folded: &str) -> bool {
    lexicon::boilerplate_words().value(folded) == Some("clock")
        || folded.starts_with("gmt+")
        || folded.starts_with("utc+")
}
