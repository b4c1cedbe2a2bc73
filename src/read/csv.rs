//! CSV and TSV: one record to a row, the columns named by the first.

use super::encoding::{self, too_long};
use super::fields::{Field, Fields};
use super::records::{self, Sink};
use super::{Given, ReadSettings, Reader, json};
use crate::model::Place;
use csv::{ByteRecord, ReaderBuilder};
use std::io::{self, BufRead, Read};

/// Reads `.csv` and `.tsv`; which mark parts the columns is told by the first row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Csv;

impl Reader for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let Some(end) = head.iter().position(|&byte| byte == b'\n') else { return false };
        let delimiter = delimiter(&head[..end], &[]);
        let names = split(&head[..end], delimiter);
        // A sentence of prose may hold "text, date"; a first row of nothing but known names is no accident.
        names.len() > 1
            && has_text(&names, &[])
            && names.iter().filter(|name| Fields::meaning(name, &[]).is_some()).count() * 2 > names.len()
    }

    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given)) {
        let sink = Sink::new(give);
        let mut file = match encoding::as_utf_8(file) {
            Ok(file) => file,
            Err(error) => return sink.fail(None, format!("cannot be read: {error}")),
        };
        let delimiter = match file.fill_buf() {
            Ok(head) => delimiter(head.split(|&byte| byte == b'\n').next().unwrap_or_default(), &settings.fields),
            Err(error) => return sink.fail(None, format!("cannot be read: {error}")),
        };
        // In a table parted by tabs a quotation mark is one, unless the names of the columns are quoted too.
        let quoting = delimiter != b'\t' || file.fill_buf().is_ok_and(|head| head.first() == Some(&b'"'));
        read_rows(
            &mut *file,
            ReaderBuilder::new().delimiter(delimiter).quoting(quoting).flexible(true),
            settings,
            sink,
        );
    }
}

/// No table of articles has more columns.
const MOST_COLUMNS: usize = 10_000;

fn read_rows(file: &mut dyn BufRead, table: &ReaderBuilder, settings: &ReadSettings, mut sink: Sink<'_>) {
    let mut rows = table.from_reader(Counted { file, quotes: 0, of_row: 0, limit: settings.limit() });
    let first = Place { line: 1, column: 1 };
    let names: Vec<String> = match rows.byte_headers() {
        Ok(header) => header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect(),
        Err(error) => return sink.fail(Some(first), format!("is malformed CSV: {error}")),
    };
    if names.iter().all(String::is_empty) {
        return sink.finish();
    }
    if names.len() > MOST_COLUMNS {
        return sink.fail(Some(first), format!("has {} columns, which is no table of articles", names.len()));
    }
    if !has_text(&names, &settings.fields) {
        let reason = format!(
            "has no column of text: call it `text`, `body`, `content` or `claim` in the first row; columns found: {}",
            json::list(&names)
        );
        return sink.fail(Some(first), reason);
    }
    let mut row = ByteRecord::new();
    // The last row read: whether it is sound is known when the next begins, or the file ends.
    let mut last: Option<(Place, bool, Result<super::Draft, String>)> = None;
    loop {
        rows.get_mut().of_row = 0;
        match rows.read_byte_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {
                if let Some((place, _, read)) = last.take() {
                    sink.push(place, read);
                }
                let line = row.position().map_or(1, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
                if !row.iter().all(|field| field.trim_ascii().is_empty()) {
                    let place = Place { line, column: 1 };
                    last = Some((place, row.as_slice().contains(&b'\n'), record(&row, &names, line, settings)));
                }
            }
            Err(error) => {
                let line = error.position().map_or(1, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
                if let Some((place, _, read)) = last.take() {
                    sink.push(place, read);
                }
                return sink.fail(Some(Place { line, column: 1 }), format!("cannot be read from here on: {error}"));
            }
        }
    }
    // A quotation mark that is never closed makes one text of all the rows after it.
    let is_open = rows.get_ref().quotes % 2 == 1;
    if let Some((place, runs_over_lines, read)) = last {
        let read = if is_open && runs_over_lines {
            Err("opens a quotation mark that is not closed, so where this row ends is unknown; close it".to_owned())
        } else {
            read
        };
        sink.push(place, read);
    }
    sink.finish();
}

/// A file that counts its quotation marks as it is read, and ends where one row of it runs on without end.
struct Counted<'a> {
    file: &'a mut dyn BufRead,
    quotes: usize,
    /// Bytes read since the last row ended.
    of_row: usize,
    limit: usize,
}

/// Quotation marks and what is read ahead may make a row longer in the file than its text is.
const ROW_FACTOR: usize = 2;

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.of_row > self.limit.saturating_mul(ROW_FACTOR) {
            let message = "a row is longer than any document may be; a quotation mark may be open";
            return Err(io::Error::other(message));
        }
        let count = self.file.read(buffer)?;
        self.of_row += count;
        self.quotes += buffer[..count].iter().filter(|&&byte| byte == b'"').count();
        Ok(count)
    }
}

/// One row as a document.
fn record(row: &ByteRecord, names: &[String], line: u32, settings: &ReadSettings) -> Result<super::Draft, String> {
    if row.as_slice().len() > settings.limit() {
        return Err(too_long(settings.limit()));
    }
    // With more fields than names a text was cut at a comma: its end would be lost, and nobody would notice.
    if row.len() > names.len() {
        return Err(format!(
            "has {} fields where the first row names {}; put quotation marks around fields that hold the delimiter",
            row.len(),
            names.len()
        ));
    }
    let mut fields = Fields::default();
    // A short row lacks fields, but its table has the columns all the same.
    for name in &names[row.len()..] {
        fields.declare(name, &settings.fields);
    }
    for (name, value) in names.iter().zip(row) {
        let value = std::str::from_utf8(value)
            .map_err(|_| format!("is not UTF-8 in column `{name}`; convert the file, for example with `iconv`"))?;
        fields.add_mapped(name, value, &settings.fields);
    }
    records::draft(fields, line)
}

/// The mark that parts the columns: the one that gives the most known names.
fn delimiter(first_row: &[u8], map: &[(String, String)]) -> u8 {
    let known = |delimiter: u8| {
        let names = split(first_row, delimiter);
        let meant = names.iter().filter(|name| Fields::meaning(name, map).is_some()).count();
        (meant, names.len())
    };
    // On a tie the earlier stands: `max_by_key` would give the last.
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|&delimiter| known(delimiter)).unwrap_or(b',')
}

fn split(first_row: &[u8], delimiter: u8) -> Vec<String> {
    first_row
        .split(|&byte| byte == delimiter)
        .map(|name| String::from_utf8_lossy(name).trim().trim_matches('"').to_owned())
        .collect()
}

fn has_text(names: &[String], map: &[(String, String)]) -> bool {
    let is_text = |field| matches!(field, Field::Text | Field::Claim | Field::Html);
    names.iter().any(|name| Fields::meaning(name, map).is_some_and(|(field, _)| is_text(field)))
}
