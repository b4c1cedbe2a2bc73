//! The marks with which a line of AsciiDoc begins, or of which it is made. In: the line. Out: what it is.

/// What a line of attributes above a block says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Prose,
    /// Source code, a listing, mathematics.
    Code,
    /// Cells parted by commas.
    Csv,
}

/// How a delimited block is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    Code,
    Container,
    Table(char),
}

pub(super) fn delimiter(text: &str) -> Option<Delimiter> {
    if text.starts_with("```") && text[3..].chars().all(|mark| mark.is_alphanumeric() || matches!(mark, ',' | '-')) {
        return Some(Delimiter::Code);
    }
    match text {
        "|===" | "!===" => return Some(Delimiter::Table(if text.starts_with('!') { '!' } else { '|' })),
        ",===" => return Some(Delimiter::Table(',')),
        ":===" => return Some(Delimiter::Table(':')),
        "--" => return Some(Delimiter::Container),
        _ => {}
    }
    let first = text.bytes().next()?;
    if text.len() < 4 || text.bytes().any(|byte| byte != first) {
        return None;
    }
    match first {
        b'-' | b'.' | b'+' | b'/' => Some(Delimiter::Code),
        b'=' | b'*' | b'_' => Some(Delimiter::Container),
        _ => None,
    }
}

/// What a line in square brackets says about the block below it.
pub(super) fn style_of(list: &str, before: Style) -> Style {
    let first = list.split(',').next().unwrap_or_default();
    let name = first.split(['%', '#', '.']).next().unwrap_or_default().trim();
    if list.contains("format=csv") || list.contains("format=\"csv\"") || list.contains("%csv") {
        return Style::Csv;
    }
    match name {
        "source" | "listing" | "literal" | "stem" | "latexmath" | "asciimath" | "pass" | "comment" | "ditaa"
        | "mermaid" | "plantuml" | "graphviz" | "blockdiag" => Style::Code,
        _ => before,
    }
}

pub(super) fn is_comment(text: &str) -> bool {
    text.starts_with("//") && !text.starts_with("///")
}

/// Level and words of a section's title.
pub(super) fn section(text: &str) -> Option<(usize, &str)> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '=' | '#'))?;
    let level = text.chars().take_while(|other| *other == mark).count();
    let words = text[level..].strip_prefix(' ')?.trim();
    (level <= 6 && !words.is_empty()).then_some((level, words))
}

/// Name and rest of a macro that stands on a line of its own: `include::other.adoc[]`.
pub(super) fn block_macro(text: &str) -> Option<(&str, &str)> {
    let (name, target) = text.split_once("::")?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    (is_name && text.ends_with(']') && target.contains('[') && !target.starts_with(' ')).then_some((name, target))
}

/// Whether the line may be that of the author, or after it that of the revision.
pub(super) fn is_header_line(text: &str, plain: usize) -> bool {
    match plain {
        0 => {
            let words = text.split('<').next().unwrap_or_default().split_whitespace();
            let named = |word: &str| word.starts_with(|mark: char| mark.is_uppercase() || mark == '{');
            text.contains('@') || text.split_whitespace().count() <= 4 && words.into_iter().all(named)
        }
        _ => {
            text.starts_with(|mark: char| mark == 'v' || mark.is_ascii_digit())
                && text.contains(|c: char| c.is_ascii_digit())
        }
    }
}

/// The length of the mark with which an item of a list begins, and of a box to tick.
pub(super) fn list_item(words: &str) -> Option<usize> {
    let first = words.chars().next()?;
    let marks = match first {
        '*' | '.' => words.chars().take_while(|mark| *mark == first).count(),
        '-' | '\u{2022}' => first.len_utf8(),
        '<' => {
            words.find('>').filter(|&end| end <= 4 && words[1..end].bytes().all(|b| b.is_ascii_digit() || b == b'.'))?
                + 1
        }
        _ => {
            let digits = words.bytes().take_while(u8::is_ascii_digit).count();
            if !(1..=3).contains(&digits) || !words[digits..].starts_with('.') {
                return None;
            }
            digits + 1
        }
    };
    let rest = &words[marks..];
    if !rest.starts_with(' ') || rest.trim().is_empty() || marks > 6 {
        return None;
    }
    let text = rest.trim_start();
    let ticked = ["[ ] ", "[x] ", "[*] "].iter().any(|tick| text.starts_with(tick));
    Some(words.len() - text.len() + if ticked { 4 } else { 0 })
}

/// The length of the label of an admonition: "NOTE: ".
pub(super) fn admonition(text: &str) -> usize {
    ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "]
        .iter()
        .find(|label| text.starts_with(**label))
        .map_or(0, |label| label.len())
}

/// Term and definition of an item of a glossary: `term:: definition`.
pub(super) fn described(text: &str) -> Option<(&str, &str)> {
    let at = ["::: ", ":: ", ";; "].iter().filter_map(|mark| Some((text.find(mark)?, mark.len()))).min();
    let (end, length) = match at {
        Some(found) => found,
        None if text.ends_with("::") || text.ends_with(";;") => (text.len() - 2, 2),
        None => return None,
    };
    let term = &text[..end];
    (!term.trim().is_empty() && !term.contains("::") && !term.ends_with(':') && term.len() < 200)
        .then(|| (term, text[end + length..].trim_start()))
}
