//! JSON: an array of records, one record, or records one after another.

use super::encoding::{decode, narrow};
use super::fields::{Field, Fields};
use super::records::{self, Sink};
use super::{Given, ReadSettings, Reader, dates, encoding, jsonl, schema_org, shapes};
use crate::model::Place;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::io::{BufRead, Read};

/// Reads `.json`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Json;

impl Reader for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let start = head.trim_ascii_start();
        let after = |open: &[u8]| start.strip_prefix(open).map(<[u8]>::trim_ascii_start);
        after(b"[").is_some_and(|rest| rest.starts_with(b"{"))
            || after(b"{").is_some_and(|rest| rest.starts_with(b"\""))
    }

    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given)) {
        let sink = Sink::new(give);
        let mut bytes = Vec::new();
        // An array is one value, so its text stands in memory whole; of what it says, one record at a time.
        let text = match file.take(LONGEST_FILE).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 == LONGEST_FILE => Err("is longer than 1 GiB; write it as .jsonl".to_owned()),
            Ok(_) => match decode(bytes) {
                Ok(text) => Ok(text),
                Err(unreadable) => return sink.fail(unreadable.place, unreadable.reason),
            },
            Err(error) => Err(format!("cannot be read: {error}")),
        };
        match text {
            Ok(text) => values(&text, settings, sink),
            Err(reason) => sink.fail(None, reason),
        }
    }
}

/// What is longer is read as JSONL or not at all.
const LONGEST_FILE: u64 = 1 << 30;

/// Reads the values one by one.
fn values(text: &str, settings: &ReadSettings, mut sink: Sink<'_>) {
    // Records to a line are read to a line, so that one bad line does not take the others with it.
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    if let (Some(first), Some(_)) = (lines.next(), lines.next())
        && serde_json::from_str(first).is_ok_and(|value: &RawValue| value.get().starts_with('{'))
    {
        return jsonl::read_lines(&mut text.as_bytes(), settings, sink);
    }
    let mut cursor = Cursor { text, at: 0, counted: 0, line: 1, column: 1 };
    cursor.skip(&[]);
    let in_array = text[cursor.at..].starts_with('[');
    if in_array {
        cursor.at += 1;
    }
    loop {
        cursor.skip(if in_array { &[','] } else { &[] });
        let rest = &text[cursor.at..];
        if rest.is_empty() || (in_array && rest.starts_with(']')) {
            if in_array && rest.is_empty() {
                let place = cursor.place(cursor.at);
                return sink
                    .fail(Some(place), "ends before the list of records does; the file may be cut off".to_owned());
            }
            return sink.finish();
        }
        let place = cursor.place(cursor.at);
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        match stream.next() {
            Some(Ok(value)) => {
                shapes::records(value.get(), settings.limit(), &mut |value| {
                    sink.push(place, value.and_then(|value| record(value, place.line, settings)));
                });
                cursor.at += stream.byte_offset();
            }
            Some(Err(error)) => {
                // The parser counts from where the value begins, and columns from 0 at the very end.
                let column = narrow(error.column()).max(1);
                let place = match narrow(error.line()) {
                    0 | 1 => Place { column: place.column.saturating_add(column - 1), ..place },
                    lines => Place { line: place.line.saturating_add(lines - 1), column },
                };
                return sink
                    .fail(Some(place), format!("is malformed JSON, nothing after this was read: {}", message(&error)));
            }
            None => return sink.finish(),
        }
    }
}

/// A place in a JSON text that only moves forward.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    counted: usize,
    line: usize,
    column: usize,
}

impl Cursor<'_> {
    /// Passes over white space and the given marks.
    fn skip(&mut self, marks: &[char]) {
        let rest = &self.text[self.at..];
        self.at =
            self.text.len() - rest.trim_start_matches(|mark: char| mark.is_whitespace() || marks.contains(&mark)).len();
    }

    /// The place of `offset`, which is not before one asked for earlier.
    fn place(&mut self, offset: usize) -> Place {
        // Counted from the last place on: a list may hold thousands of records on one line.
        let piece = &self.text[self.counted..offset];
        self.counted = offset;
        match piece.rfind('\n') {
            Some(last) => {
                self.line += piece.bytes().filter(|&byte| byte == b'\n').count();
                self.column = 1 + piece[last + 1..].chars().count();
            }
            None => self.column += piece.chars().count(),
        }
        Place { line: narrow(self.line), column: narrow(self.column) }
    }
}

/// One JSON value as a document.
pub(super) fn record(value: Value, line: u32, settings: &ReadSettings) -> Result<super::Draft, String> {
    let Value::Object(members) = value else {
        return Err(format!("is {}, not an object with fields such as `id`, `source`, `text`", kind(&value)));
    };
    let names: Vec<String> = members.keys().take(NAMES_SHOWN + 1).cloned().collect();
    let fields = fields(shapes::plain(members), &settings.fields);
    if fields.length() > settings.limit() {
        return Err(encoding::too_long(settings.limit()));
    }
    records::draft(fields, line).map_err(|reason| format!("{reason}; fields found: {}", list(&names)))
}

/// So many names of fields are listed in a message.
const NAMES_SHOWN: usize = 12;

/// The names as a list that does not run away.
pub(super) fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let mut text = names.iter().take(NAMES_SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > NAMES_SHOWN {
        text.push_str(", ...");
    }
    text
}

fn fields(members: Map<String, Value>, map: &[(String, String)]) -> Fields {
    let mut fields = Fields::default();
    // What the user maps may lie inside of other fields: `text=story.body`.
    for (ours, theirs) in map.iter().filter(|(_, theirs)| theirs.contains('.') && !members.contains_key(theirs)) {
        let mut parts = theirs.split('.');
        let inner = parts.next().and_then(|first| members.get(first));
        let inner = parts.fold(inner, |inner, part| inner?.get(part));
        if let (Some(value), Some(field)) = (inner, Field::called(ours)) {
            put(&mut fields, field, 0, value.clone());
        }
    }
    for (name, value) in members {
        if let Some((field, rank)) = fields.declare(&name, map) {
            put(&mut fields, field, rank, value);
        }
    }
    fields
}

/// Takes a value of known meaning in.
fn put(fields: &mut Fields, field: Field, rank: usize, value: Value) {
    match value {
        Value::String(text) => {
            fields.put(field, rank, &text);
        }
        Value::Number(number) if field == Field::Published => {
            let written = number.to_string();
            let day = dates::publication_date(&written).or_else(|| number.as_i64().and_then(dates::unix_date));
            match day {
                Some(day) => fields.add_date(rank, Some(day)),
                None => drop(fields.put(field, rank, &written)),
            }
        }
        Value::Number(number) => {
            fields.put(field, rank, &number.to_string());
        }
        value @ (Value::Object(_) | Value::Array(_)) if matches!(field, Field::Author | Field::BasedOn) => {
            let holder = Map::from_iter([(String::new(), value)]);
            let address = schema_org::address(&holder, "").filter(|_| field == Field::BasedOn);
            if let Some(names) = address.or_else(|| schema_org::names(&holder, "")) {
                fields.put(field, rank, &names);
            }
        }
        // schema.org and news services write the outlet as an object with a name.
        Value::Object(inner) if field == Field::Source => {
            if let Some(Value::String(outlet)) = inner.get("name").or_else(|| inner.get("title")) {
                fields.put(field, rank, outlet);
            }
        }
        Value::Array(parts) if field == Field::Text => {
            let paragraphs: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
            if paragraphs.len() == parts.len() {
                fields.put(field, rank, &paragraphs.join("\n\n"));
            }
        }
        _ => {}
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// What the JSON parser says, without the place it adds.
pub(super) fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned()
}
