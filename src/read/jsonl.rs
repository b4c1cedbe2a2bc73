//! JSONL: one record to a line. One bad line does not take the others with it.

use super::encoding::{self, Line, decode_line, narrow, next_line, too_long};
use super::records::Sink;
use super::{Draft, Given, ReadSettings, Reader, json};
use crate::model::Place;
use serde_json::Value;
use std::io::BufRead;

/// Reads `.jsonl` and `.ndjson`, a line at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct JsonLines;

impl Reader for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "jsonlines"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        // A first line longer than what is looked at has no end here; then its beginning must do.
        let start = head.trim_ascii_start();
        match start.iter().position(|&byte| byte == b'\n') {
            Some(end) => matches!(serde_json::from_slice(&start[..end]), Ok(Value::Object(_))),
            None => start.starts_with(b"{\""),
        }
    }

    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given)) {
        let sink = Sink::new(give);
        match encoding::as_utf_8(file) {
            Ok(mut file) => read_lines(&mut *file, settings, sink),
            Err(error) => sink.fail(None, format!("cannot be read: {error}")),
        }
    }
}

/// Reads a record from every line that is not blank.
pub(super) fn read_lines(file: &mut dyn BufRead, settings: &ReadSettings, mut sink: Sink<'_>) {
    let mut buffer = Vec::new();
    let mut number = 0;
    loop {
        number += 1;
        let place = Place { line: narrow(number), column: 1 };
        match next_line(file, &mut buffer, settings.limit()) {
            Ok(Line::End) => return sink.finish(),
            Ok(Line::TooLong) => sink.push(place, Err(too_long(settings.limit()))),
            Ok(Line::Whole) if buffer.trim_ascii().is_empty() => {}
            Ok(Line::Whole) => {
                let (place, read) = read_line(&buffer, place, settings);
                sink.push(place, read);
            }
            Err(error) => return sink.fail(Some(place), format!("cannot be read: {error}")),
        }
    }
}

/// One line as a document, or what is wrong with it and at which column.
fn read_line(bytes: &[u8], place: Place, settings: &ReadSettings) -> (Place, Result<Draft, String>) {
    let line = match decode_line(bytes) {
        Ok(line) => line,
        Err((column, reason)) => return (Place { column, ..place }, Err(reason)),
    };
    match serde_json::from_str(line) {
        Ok(value) => (place, json::record(value, place.line, settings)),
        Err(error) => {
            let reason = format!("is malformed JSON: {}", json::message(&error));
            (Place { column: narrow(error.column()).max(1), ..place }, Err(reason))
        }
    }
}
