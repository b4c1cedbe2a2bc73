//! The metadata block at the head of a Markdown file → fields. TOML between `+++` lines, YAML between `---` lines.
//!
//! Of YAML it reads what such blocks are made of, `name: value` lines at the left edge; nested values, lists and tags are
//! passed over.

use super::encoding::{Unreadable, narrow};
use super::fields::{Field, Fields};
use crate::model::Place;
use std::collections::BTreeMap;

/// What stands before the text.
#[derive(Debug, Clone, Default)]
pub(super) struct FrontMatter {
    /// The fields.
    pub(super) fields: Fields,
    /// Offset in the file of the title's first letter.
    pub(super) title_at: usize,
    /// Offset in the file at which the text begins.
    pub(super) body: usize,
}

/// Whether a file that begins so has a metadata block.
pub(super) fn begins(head: &str) -> bool {
    matches!(head.lines().next().map(str::trim_end), Some("+++" | "---"))
}

/// Reads the metadata block of `text`; without one, nothing is found and the text begins at 0.
pub(super) fn front_matter(text: &str) -> Result<FrontMatter, Unreadable> {
    let mut lines = text.split_inclusive('\n');
    let fence = lines.next().unwrap_or_default();
    let (is_toml, inside) = match fence.trim_end() {
        "+++" => (true, fence.len()),
        "---" => (false, fence.len()),
        _ => return Ok(FrontMatter::default()),
    };
    let mut end = inside;
    let closing = lines.find(|line| {
        let closes = if is_toml { line.trim_end() == "+++" } else { matches!(line.trim_end(), "---" | "...") };
        end += if closes { 0 } else { line.len() };
        closes
    });
    match (closing, is_toml) {
        (Some(line), true) => toml_block(text, inside, end, end + line.len()),
        // A line of dashes is also a rule between sections, so only a block of fields counts as metadata.
        (Some(line), false) if is_yaml(&text[inside..end]) => Ok(yaml_block(text, inside, end, end + line.len())),
        (None, true) => Err(Unreadable {
            place: Some(Place { line: 1, column: 1 }),
            reason: "has front matter that is not closed; end it with a line `+++`".to_owned(),
        }),
        _ => Ok(FrontMatter::default()),
    }
}

fn toml_block(text: &str, start: usize, end: usize, body: usize) -> Result<FrontMatter, Unreadable> {
    let block = &text[start..end];
    let table: BTreeMap<String, toml::Spanned<toml::Value>> = toml::from_str(block).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start).min(block.len());
        let line = 2 + block.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count();
        Unreadable {
            place: Some(Place { line: narrow(line), column: 1 }),
            reason: format!("has front matter that is no TOML: {}", error.message().replace('\n', ", ")),
        }
    })?;
    let mut found = FrontMatter { body, ..FrontMatter::default() };
    for (name, value) in table {
        let at = start + value.span().start;
        let written = match value.get_ref() {
            toml::Value::String(text) => text.clone(),
            toml::Value::Datetime(moment) => moment.to_string(),
            toml::Value::Integer(number) => number.to_string(),
            _ => continue,
        };
        found.add(&name, &written, at + text[at..].bytes().take_while(|byte| matches!(byte, b'"' | b'\'')).count());
    }
    Ok(found)
}

impl FrontMatter {
    fn add(&mut self, name: &str, value: &str, at: usize) {
        if self.fields.add(name, value) == Some(Field::Title) {
            self.title_at = at;
        }
    }
}

/// Whether every line at the left edge is a field, a list item or a comment.
fn is_yaml(block: &str) -> bool {
    let mut fields = 0;
    let all = block.lines().all(|line| {
        let is_field = field_of(line).is_some();
        fields += usize::from(is_field);
        is_field || line.trim().is_empty() || line.starts_with([' ', '\t', '#', '-', ']', '}'])
    });
    all && fields > 0
}

/// Name and value of a `name: value` line, with the offset of the value.
fn field_of(line: &str) -> Option<(&str, &str, usize)> {
    let (name, value) = line.split_once(':')?;
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '_' | '$'))
        && name.len() <= 60
        && name.split_whitespace().count() <= 2;
    if !is_name || !(value.is_empty() || value.starts_with(char::is_whitespace)) {
        return None;
    }
    let lead = value.len() - value.trim_start().len();
    Some((name.trim().trim_matches('"'), value.trim(), name.len() + 1 + lead))
}

fn yaml_block(text: &str, start: usize, end: usize, body: usize) -> FrontMatter {
    let mut found = FrontMatter { body, ..FrontMatter::default() };
    let mut at = start;
    let mut lines = text[start..end].split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let from = at;
        at += line.len();
        let Some((name, value, offset)) = field_of(line.trim_end_matches(['\r', '\n'])) else { continue };
        // "|" and ">" begin a value that stands indented on the lines below; a plain value may run on there too.
        let is_block = matches!(value.trim_end_matches(['-', '+']), "|" | ">");
        let (mut written, mut written_at) =
            if is_block { (String::new(), at) } else { (value.to_owned(), from + offset) };
        while let Some(next) = lines.next_if(|next| next.starts_with([' ', '\t']) && (is_block || !written.is_empty()))
        {
            if written.is_empty() {
                written_at = at + next.len() - next.trim_start().len();
            } else {
                written.push(' ');
            }
            written.push_str(next.trim());
            at += next.len();
        }
        let (plain, quotes) = unquoted(&written);
        found.add(name, &plain, written_at + quotes);
    }
    found
}

/// A YAML scalar without its quotation marks or comment, and how many bytes came off before it.
fn unquoted(value: &str) -> (String, usize) {
    if let Some(inner) = value.strip_prefix('"') {
        let mut plain = String::new();
        let mut characters = inner.chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => break,
                '\\' => match characters.next() {
                    Some('n' | 't') => plain.push(' '),
                    Some(other) => plain.push(other),
                    None => {}
                },
                other => plain.push(other),
            }
        }
        return (plain, 1);
    }
    if let Some(inner) = value.strip_prefix('\'') {
        let whole = inner.replace("''", "\u{0}");
        let plain = whole.split('\'').next().unwrap_or_default().replace('\u{0}', "'");
        return (plain, 1);
    }
    if value.starts_with(['[', '{', '&', '!']) || matches!(value, "null" | "~") {
        return (String::new(), 0);
    }
    let plain = value.find(" #").map_or(value, |comment| &value[..comment]);
    (plain.trim_end().to_owned(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> (Option<String>, &str) {
        let mut found = front_matter(text).unwrap();
        let at = found.title_at;
        (found.fields.take_line(Field::Title), &text[at..])
    }

    #[test]
    fn yaml_values_are_read_with_and_without_quotes() {
        let (found, rest) = title("---\ntags:\n  - a\ntitle: \"The \\\"old\\\" pier: closed\" # draft\n---\nBody");
        assert_eq!(found.as_deref(), Some("The \"old\" pier: closed"));
        assert!(rest.starts_with("The \\\"old"), "{rest}");
        assert_eq!(title("---\ntitle: 'It''s open'\n---\n").0.as_deref(), Some("It's open"));
        assert_eq!(title("---\ntitle: Pier reopens # draft\nx: y\n...\n").0.as_deref(), Some("Pier reopens"));
        let (found, rest) = title("---\r\ntitle: >-\r\n  Pier\r\n  reopens\r\nurl: x\r\n---\r\n");
        assert_eq!(found.as_deref(), Some("Pier reopens"));
        assert!(rest.starts_with("Pier\r\n  reopens"), "{rest}");
    }

    #[test]
    fn toml_dates_need_no_quotes() {
        let mut found = front_matter("+++\ntitle = \"Pier\"\ndate = 2025-11-24\n[extra]\na = 1\n+++\nBody").unwrap();
        assert_eq!(found.fields.published(), Some(jiff::civil::date(2025, 11, 24)));
        assert_eq!(found.fields.take(Field::Title).as_deref(), Some("Pier"));
        assert_eq!(found.body, "+++\ntitle = \"Pier\"\ndate = 2025-11-24\n[extra]\na = 1\n+++\n".len());
    }

    #[test]
    fn a_rule_between_sections_is_no_front_matter() {
        assert_eq!(front_matter("---\nThe pier is closed.\n\n---\nMore").unwrap().body, 0);
        assert_eq!(front_matter("---\n").unwrap().body, 0);
        assert_eq!(front_matter("").unwrap().body, 0);
    }

    #[test]
    fn broken_toml_is_named_with_its_line() {
        let error = front_matter("+++\ntitle = \"a\"\ndate = = 3\n+++\n").unwrap_err();
        assert_eq!(error.place.unwrap().line, 3);
        assert!(front_matter("+++\ntitle = \"a\"\n").is_err());
    }
}
