//! Is this line text of the page and not of the article? In: one line or sentence. Out: why it is set aside, if it is.
//!
//! The phrases stand in `lexicon/en/boilerplate.tsv`. A phrase alone never sets running text aside: what follows it must
//! read like names, or the line must be short.

use super::sentences;
use super::surface::{Word, bare, ends_with_stop, reads_like_names, words};
use crate::lexicon;
use crate::model::SetAside;
use crate::text::fold::{fold, plain};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Credits and bylines are short: twelve words hold three photographers and their agencies.
const LONGEST_CREDIT: usize = 14;
/// Lines such as "Sign up for our newsletter and ..." .
const LONGEST_REQUEST: usize = 30;
/// Legal lines and notes on who contributed.
const LONGEST_NOTICE: usize = 60;
/// The title of another article behind "Read more:".
const LONGEST_LINK: usize = 20;

/// Why `line` is no part of the article, or nothing if it may be.
pub(super) fn reason(line: &str) -> Option<SetAside> {
    let bare_line = bare(line);
    if !bare_line.chars().any(char::is_alphanumeric) {
        return Some(SetAside::Markup);
    }
    let count = words(bare_line).take(LONGEST_NOTICE + 1).count();
    if count > LONGEST_NOTICE {
        return None;
    }
    let folded = fold(bare_line);
    copyright(line, &folded, count)
        .or_else(|| listed(bare_line, &folded, count))
        .or_else(|| byline(bare_line, count))
        .or_else(|| address(bare_line))
}

/// "(C) Example Daily", "Copyright 2024 Example. All Rights Reserved."
fn copyright(line: &str, folded: &str, count: usize) -> Option<SetAside> {
    if count > LONGEST_CREDIT {
        return None;
    }
    let line = line.trim_start_matches(|character: char| character.is_whitespace() || matches!(character, '[' | '*'));
    // The sign itself is no name, whichever case its letter has.
    let signed = line.strip_prefix('©').or_else(|| line.get(..3)?.eq_ignore_ascii_case("(c)").then(|| &line[3..]));
    let worded =
        folded.strip_prefix("copyright").filter(|rest| !rest.starts_with(char::is_alphabetic)).map(str::trim_start);
    let word =
        worded.is_some_and(|rest| rest.starts_with(|next: char| next.is_numeric() || matches!(next, '(' | '©' | ':')));
    if word || signed.is_some() && folded.contains("rights") {
        return Some(SetAside::Copyright);
    }
    let Some(owner) = signed else {
        // "Copyright Marlow Courier 2031" is an owner and a year; what is said of copyright, be it a headline in title
        // case, has words that no owner's name has.
        let ends_in_year = words(line).last().is_some_and(is_year);
        let owner =
            |word: Word<'_>| !word.is_function_word() || matches!(&*fold(word.text), "the" | "of" | "and" | "by");
        let is_owner = ends_in_year && reads_like_names(line) && words(line).all(owner);
        return (worded.is_some() && is_owner).then_some(SetAside::Copyright);
    };
    if !reads_like_names(owner) {
        return None;
    }
    Some(if words(owner).any(is_year) { SetAside::Copyright } else { SetAside::Credit })
}

fn is_year(word: Word<'_>) -> bool {
    word.text.len() == 4 && word.text.bytes().all(|byte| byte.is_ascii_digit())
}

/// One row of the table.
struct Phrase {
    text: &'static str,
    reason: SetAside,
    ways: Vec<&'static str>,
}

/// The table by the way its phrases are looked up, so that a line meets only those it could match.
struct Phrases {
    /// By their first word: phrases a line must begin with.
    first_word: FxHashMap<&'static str, Vec<Phrase>>,
    /// Phrases that may stand anywhere, or at the end.
    elsewhere: Vec<Phrase>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases { first_word: FxHashMap::default(), elsewhere: Vec::new() };
    for (text, values) in lexicon::boilerplate().rows() {
        let (Some(reason), Some(ways)) = (values.first().and_then(|name| reason_named(name)), values.get(1)) else {
            continue;
        };
        let (elsewhere, at_start): (Vec<_>, Vec<_>) =
            ways.split(',').partition(|way| matches!(*way, "contains" | "end"));
        if !elsewhere.is_empty() {
            phrases.elsewhere.push(Phrase { text, reason, ways: elsewhere });
        }
        if !at_start.is_empty() {
            phrases.first_word.entry(first_word(text)).or_default().push(Phrase { text, reason, ways: at_start });
        }
    }
    phrases
});

fn first_word(folded: &str) -> &str {
    folded.split(|character: char| !character.is_alphanumeric()).next().unwrap_or("")
}

/// The phrases of the table.
fn listed(line: &str, folded: &str, count: usize) -> Option<SetAside> {
    let without_stop = folded.trim_end_matches(|character: char| !character.is_alphanumeric());
    let beginning = PHRASES.first_word.get(first_word(folded)).into_iter().flatten();
    beginning
        .chain(&PHRASES.elsewhere)
        .find(|phrase| phrase.ways.iter().any(|way| found(phrase.text, way, line, folded, without_stop, count)))
        // A notice glued to the sentences of the article is cut off behind them; it does not take them along.
        .filter(|phrase| {
            phrase.reason == SetAside::Copyright || count <= LONGEST_CREDIT || sentences::split(line).len() == 1
        })
        .map(|phrase| phrase.reason)
}

/// True where `phrase` is found in the line in the given way; the ways are described in the table.
fn found(phrase: &str, way: &str, line: &str, folded: &str, without_stop: &str, count: usize) -> bool {
    match way {
        "line" | "agency" => return without_stop == phrase,
        "contains" => return without_stop.contains(phrase),
        "end" => {
            return count <= LONGEST_CREDIT
                && without_stop.ends_with(phrase)
                && reads_like_names(line)
                && !ends_with_stop(line);
        }
        _ => {}
    }
    let Some(rest) = after_phrase(folded, phrase) else { return false };
    match way {
        "label" => labelled(rest) && count <= LONGEST_CREDIT && reads_like_names(line_end(line, rest)),
        "name" => count <= LONGEST_CREDIT * 2 && rest.len() > 1 && names_roles(line_end(line, rest)),
        "start" => count <= LONGEST_REQUEST,
        "heading" => labelled(rest) && count <= LONGEST_LINK,
        _ => false,
    }
}

fn reason_named(name: &str) -> Option<SetAside> {
    match name {
        "credit" => Some(SetAside::Credit),
        "byline" => Some(SetAside::Byline),
        "copyright" => Some(SetAside::Copyright),
        "navigation" => Some(SetAside::Navigation),
        _ => None,
    }
}

/// What follows `phrase` in `folded`, if it begins with it as a whole word.
fn after_phrase<'a>(folded: &'a str, phrase: &str) -> Option<&'a str> {
    folded.strip_prefix(phrase).filter(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '\''))
}

/// The end of the line as written that is as many characters long as `rest` of its folded form.
fn line_end<'a>(line: &'a str, rest: &str) -> &'a str {
    let length = rest.chars().count();
    match line.char_indices().rev().nth(length.saturating_sub(1)) {
        Some((at, _)) if length > 0 => &line[at..],
        _ => "",
    }
}

fn labelled(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.len() > 1 && rest.starts_with([':', '/', '|', '：'])
}

/// "Reporting by Jane Doe in Paris; editing by John Roe": names, and other roles behind semicolons.
fn names_roles(rest: &str) -> bool {
    let mut lower = words(rest).filter(|word| word.is_lower_content()).map(|word| fold(word.text));
    lower.all(|word| lexicon::boilerplate_words().value(&word) == Some("desk") || word.ends_with("-based"))
}

/// "By Jane Doe and John Roe, staff reporters"; "Jane Doe, Staff Writer".
fn byline(line: &str, count: usize) -> Option<SetAside> {
    const LONGEST_ROLE: usize = 6;
    if count > LONGEST_CREDIT || ends_with_stop(line) {
        return None;
    }
    let (names, role) = line.split_once([',', '|', '/']).unwrap_or((line, ""));
    let mut name_words = words(names);
    let first = name_words.next()?;
    let by = first.text.eq_ignore_ascii_case("by") && !first.has_mark_behind();
    let is_staff = role_words(role);
    if !by && !is_staff || words(role).count() > LONGEST_ROLE {
        return None;
    }
    let names: Vec<_> = if by { name_words.collect() } else { words(names).collect() };
    let (mut capitals, mut others) = (0, 0);
    for word in names {
        let folded = fold(word.text);
        if word.is_capitalized() && !is_calendar(&folded) {
            capitals += 1;
        } else if lexicon::boilerplate_words().value(&folded) != Some("name") {
            others += 1;
        }
    }
    // A title in title case may begin with "By": it has more words than two or three authors.
    const LONGEST_NAMES: usize = 9;
    ((1..=LONGEST_NAMES).contains(&capitals) && others == 0 && (by && capitals >= 2 || is_staff))
        .then_some(SetAside::Byline)
}

/// "staff reporter", "Senior Correspondent": the role behind the name of an author.
fn role_words(role: &str) -> bool {
    const LONGEST: usize = 4;
    let is_role = |last: Word<'_>| lexicon::boilerplate_words().value(&fold(last.text)) == Some("role");
    words(role).last().is_some_and(is_role) && words(role).count() <= LONGEST
}

/// True for a folded name of a month or weekday, in full or short.
pub(super) fn is_calendar(folded: &str) -> bool {
    lexicon::boilerplate_words().value(folded) == Some("calendar")
        || matches!(lexicon::abbreviations().value(folded), Some("month" | "weekday"))
}

/// A line that is one address of the web or of a mailbox.
fn address(line: &str) -> Option<SetAside> {
    let plain_line: String = line.chars().map(plain).collect();
    let is_address = !plain_line.contains(char::is_whitespace)
        && (plain_line.contains("://") || plain_line.starts_with("www.") || plain_line.contains('@'));
    is_address.then_some(SetAside::Navigation)
}

/// The offset of a credit at the end of `line` that no stop parts from the text before it: "... the hall Photo: Example".
pub(super) fn trailing_label(line: &str) -> Option<usize> {
    let colon = line.rfind(": ")?;
    let label = line[..colon].rsplit(char::is_whitespace).next().filter(|label| !label.is_empty())?;
    let at = colon - label.len();
    let is_label = label.chars().next().is_some_and(char::is_uppercase)
        && PHRASES.first_word.get(first_word(&fold(label))).into_iter().flatten().any(|phrase| {
            phrase.reason == SetAside::Credit && phrase.ways.contains(&"label") && phrase.text == fold(label)
        });
    (at > 0 && is_label && reason(&line[at..]) == Some(SetAside::Credit)).then_some(at)
}
