//! The marks inside a line of AsciiDoc: emphasis, macros, references, attributes. In: a line and where it stands. Out: its
//! words, each with its place. Marks that are not closed on the line stay as they are written.

use super::Attributes;
use crate::model::PassageKind;
use crate::read::markup::{Markup, ahead};
use std::ops::Range;

/// Macros with words in their brackets: a link's text, a key's name, a footnote.
const MACROS: &[&str] = &[
    "link:",
    "xref:",
    "mailto:",
    "kbd:",
    "btn:",
    "menu:",
    "footnote:",
    "pass:",
    "stem:",
    "latexmath:",
    "asciimath:",
    "image:",
    "icon:",
    "anchor:",
    "indexterm:",
    "indexterm2:",
    "http://",
    "https://",
    "ftp://",
];

/// Writes the words of `text`, a piece of the file that begins at byte `at`.
pub(super) fn write(text: &str, at: usize, kind: PassageKind, attributes: &Attributes<'_>, out: &mut Markup<'_>) {
    pieces(text, at, kind, attributes, out, 0);
}

/// No name of an attribute is longer, in bytes.
const LONGEST_NAME: usize = 60;

/// Marks nested deeper than this stay as they are written.
const DEEPEST: usize = 6;

fn pieces(text: &str, at: usize, kind: PassageKind, attributes: &Attributes<'_>, out: &mut Markup<'_>, depth: usize) {
    let mut plain = 0;
    let mut here = 0;
    while let Some(mark) = text[here..].chars().next() {
        let rest = ahead(&text[here..]);
        let before = text[..here].chars().next_back();
        let found = match mark {
            '\\' => rest[1..].chars().next().filter(char::is_ascii_punctuation).map(|_| (1, 0..0)),
            '{' => attribute(rest, attributes).filter(|_| may_grow(out)).map(|(length, value)| {
                out.words(&text[plain..here], at + plain, kind);
                out.words(value, at + here, kind);
                plain = here + length;
                (length, 0..0)
            }),
            '*' | '_' | '`' | '#' | '^' | '~' | '+' => pair(rest, before, mark),
            '"' | '\'' => curved(rest, mark),
            '<' => reference(rest),
            '[' => role(rest),
            '(' => index_term(rest),
            _ if mark.is_ascii_lowercase() && !before.is_some_and(char::is_alphanumeric) => inline_macro(rest),
            _ => None,
        };
        let Some((length, kept)) = found else {
            here += mark.len_utf8();
            continue;
        };
        if plain <= here {
            out.words(&text[plain..here], at + plain, kind);
            let literal = matches!(mark, '`' | '+');
            if literal || depth >= DEEPEST {
                out.words(&rest[kept.clone()], at + here + kept.start, kind);
            } else {
                pieces(&rest[kept.clone()], at + here + kept.start, kind, attributes, out, depth + 1);
            }
            plain = here + length;
        }
        here = plain;
        if mark == '\\' {
            here += text[here..].chars().next().map_or(0, char::len_utf8);
        }
    }
    out.words(&text[plain..], at + plain, kind);
}

/// A pair of marks around words: `*bold*`, `` `mono` ``, and doubled inside of a word. What they enclose may be code between
/// plus signs.
fn pair(rest: &str, before: Option<char>, mark: char) -> Option<(usize, Range<usize>)> {
    let width = mark.len_utf8();
    let doubled = rest[width..].starts_with(mark);
    if doubled {
        let close: String = [mark, mark].iter().collect();
        let end = rest[2 * width..].find(&close)?;
        return (end > 0).then(|| (end + 4 * width, 2 * width..2 * width + end));
    }
    let scripts = matches!(mark, '^' | '~');
    if !scripts && before.is_some_and(|before| before.is_alphanumeric() || before == '_') {
        return None;
    }
    let inner = &rest[width..];
    if inner.starts_with(char::is_whitespace) {
        return None;
    }
    let end = inner.match_indices(mark).map(|(end, _)| end).take(MOST_TRIED).find(|&end| {
        let after = inner[end + width..].chars().next();
        end > 0
            && !inner[..end].ends_with(char::is_whitespace)
            && (scripts || !after.is_some_and(|after| after.is_alphanumeric() || after == '_'))
    })?;
    if scripts && inner[..end].contains(char::is_whitespace) {
        return None;
    }
    let plus = mark == '`' && end >= 2 && inner.starts_with('+') && inner[..end].ends_with('+');
    let kept = if plus { width + 1..width + end - 1 } else { width..width + end };
    Some((end + 2 * width, kept))
}

/// So many closing marks are tried, which keeps the time linear.
const MOST_TRIED: usize = 8;

/// Curved quotation marks: "`words`".
fn curved(rest: &str, mark: char) -> Option<(usize, Range<usize>)> {
    let inner = rest[1..].strip_prefix('`')?;
    let close = if mark == '"' { "`\"" } else { "`'" };
    let end = inner.find(close)?;
    Some((end + 4, 2..2 + end))
}

/// A reference to another place: `<<id,words>>`.
fn reference(rest: &str) -> Option<(usize, Range<usize>)> {
    let inner = rest.strip_prefix("<<")?;
    let end = inner.find(">>")?;
    let start = inner[..end].find(',').map_or(end, |comma| comma + 1);
    Some((end + 4, 2 + start..2 + end))
}

/// A role or an anchor, which are no words: `[.lead]#words#`, `[[id]]`.
fn role(rest: &str) -> Option<(usize, Range<usize>)> {
    if let Some(inner) = rest.strip_prefix("[[") {
        return inner.find("]]").map(|end| (end + 4, 0..0));
    }
    let end = rest.find(']')?;
    let marked = rest[end + 1..].starts_with(['#', '*', '_', '`']);
    (marked && rest[1..].starts_with(['.', '#']) || marked && end < 20 && rest[end + 1..].starts_with('#'))
        .then_some((end + 1, 0..0))
}

/// A term for the index: `((shown))`, `(((hidden, also)))`.
fn index_term(rest: &str) -> Option<(usize, Range<usize>)> {
    if let Some(inner) = rest.strip_prefix("(((") {
        return inner.find(")))").map(|end| (end + 6, 0..0));
    }
    let inner = rest.strip_prefix("((")?;
    inner.find("))").map(|end| (end + 4, 2..2 + end))
}

/// A macro: of its target nothing is kept but a bare address; of its brackets the words.
fn inline_macro(rest: &str) -> Option<(usize, Range<usize>)> {
    let name = MACROS.iter().find(|name| rest.starts_with(**name))?;
    let open = rest.find(|mark: char| mark.is_whitespace() || matches!(mark, '[' | '<' | '>'))?;
    if !rest[open..].starts_with('[') {
        return None;
    }
    let end = open + rest[open..].find(']')?;
    let list = open + 1..end;
    let empty = rest[list.clone()].trim().is_empty();
    let kept = match *name {
        "image:" | "icon:" | "anchor:" | "indexterm:" => 0..0,
        "http://" | "https://" | "ftp://" if empty => 0..open,
        "link:" | "mailto:" | "xref:" if empty => name.len()..open,
        _ => {
            // "words,window=_blank"
            let words = &rest[list.clone()];
            let stop = words.find(",window=").or_else(|| words.find(",role=")).unwrap_or(words.len());
            let words = words[..stop].trim_end_matches('^');
            list.start..list.start + words.len()
        }
    };
    Some((end + 1, kept))
}

/// Whether values may still be put in place of names: a long value that is named without end would make a text that no
/// memory holds. No document is twice as long as its file for that.
fn may_grow(out: &Markup<'_>) -> bool {
    out.text.len() <= 2 * out.file().len()
}

/// The value of an attribute that the file sets.
fn attribute<'a>(rest: &str, attributes: &Attributes<'a>) -> Option<(usize, &'a str)> {
    let end = rest.bytes().take(LONGEST_NAME).position(|byte| byte == b'}')?;
    let value = attributes.get(&rest[1..end].to_lowercase())?;
    Some((end + 1, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Markup::new(text);
        let attributes = Attributes::from([("town".to_owned(), "Ellery")]);
        write(text, 0, PassageKind::Paragraph, &attributes, &mut out);
        out.text
    }

    #[test]
    fn marks_come_off_and_words_stay() {
        for (text, expected) in [
            ("The *old* bridge is _closed_ and `shut`.", "The old bridge is closed and shut."),
            ("Un**believ**able, H~2~O and x^2^.", "Unbelievable, H2O and x2."),
            ("See https://ellery.example[the guide] and link:a.pdf[the plan^].", "See the guide and the plan."),
            (
                "See https://ellery.example and <<pier>> or <<pier,the pier>>.",
                "See https://ellery.example and  or the pier.",
            ),
            ("The port of {town} and {unknown}.", "The port of Ellery and {unknown}."),
            ("She said \"`no`\" to [.red]#all# of it.", "She said no to all of it."),
            ("snake_case_name, 2 * 3 * 4, C++ and a#b.", "snake_case_name, 2 * 3 * 4, C++ and a#b."),
            ("Press kbd:[F1]footnote:[Or ask.] and image:x.png[A key] it.", "Press F1Or ask. and  it."),
            ("A \\*starred* word and `+{literal}+`.", "A *starred* word and {literal}."),
            ("The ((ferry)) of (((boats, ferry)))May[[anchor]].", "The ferry of May."),
            ("*bold _both_* é", "bold both é"),
            ("{", "{"),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }
}
