//! WARC: the pages of a web archive, one document to a response (ISO 28500). Behind the feature `warc`.
//!
//! A record that answers a request with a page or a text is handed to the reader of its kind; pictures, style sheets,
//! requests, redirections and failures are no documents and are passed over. Records are read one at a time, and of a
//! record no more than the limit for one document is held. The members of a `.warc.gz` are one stream when they come here.

use super::encoding::{self, Line, narrow, next_line, too_long};
use super::{Given, ReadSettings, Reader, unread};
use crate::model::{LineMap, Place};
use encoding_rs::Encoding;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{self, BufRead, Cursor, Read};

/// Reads `.warc`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Warc;

impl Reader for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["warc"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        head.trim_ascii_start().starts_with(b"WARC/")
    }

    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given)) {
        let mut records = 0;
        let mut given = 0;
        loop {
            let mut count = |one: Given| {
                given += 1;
                give(one);
            };
            match record(file, settings, records + 1, &mut count) {
                Ok(true) => records += 1,
                Ok(false) => break,
                Err(error) => {
                    let reason = format!(
                        "is no valid web archive after {records} records, nothing after this was read: {error}"
                    );
                    return give(Given::Skipped { place: None, reason });
                }
            }
        }
        if given == 0 {
            let reason = match records {
                0 => "is empty".to_owned(),
                _ => format!("holds no page: none of its {records} records answers a request with one"),
            };
            give(Given::Skipped { place: None, reason });
        }
    }
}

/// A line of a header is not longer than this.
const LONGEST_LINE: usize = 64 * 1024;

/// A header has no more lines than this.
const MOST_FIELDS: usize = 1_000;

/// Reads the record numbered `number`; tells whether there was one.
fn record(
    file: &mut dyn BufRead,
    settings: &ReadSettings,
    number: usize,
    give: &mut dyn FnMut(Given),
) -> io::Result<bool> {
    let mut line = Vec::new();
    loop {
        match next_line(file, &mut line, LONGEST_LINE)? {
            Line::End => return Ok(false),
            Line::Whole if line.trim_ascii().is_empty() => {}
            Line::Whole if line.starts_with(b"WARC/") => break,
            _ => return Err(io::Error::other("a record does not begin with its version")),
        }
    }
    let header = fields(file)?;
    let length: u64 = value(&header, "content-length")
        .and_then(|length| length.parse().ok())
        .ok_or_else(|| io::Error::other("a record does not tell its length"))?;
    let kind = value(&header, "warc-type").unwrap_or_default().to_ascii_lowercase();
    let mut block = file.take(length);
    let address = value(&header, "warc-target-uri").unwrap_or_default().trim_matches(['<', '>']).to_owned();
    match kind.as_str() {
        "response" => {
            if let Some(answer) = answer(&mut block)? {
                page(answer, &address, number, &mut block, settings, give)?;
            }
        }
        "resource" | "conversion" => {
            let kind = value(&header, "content-type").unwrap_or_default().to_owned();
            page(Answer { kind, ..Answer::default() }, &address, number, &mut block, settings, give)?;
        }
        _ => {}
    }
    io::copy(&mut block, &mut io::sink())?;
    if block.limit() > 0 {
        return Err(io::Error::other("the last record is cut off"));
    }
    Ok(true)
}

/// Names, in lower case, and values of a header, up to its blank line.
fn fields(file: &mut dyn BufRead) -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut line = Vec::new();
    while found.len() < MOST_FIELDS {
        match next_line(file, &mut line, LONGEST_LINE)? {
            Line::Whole if line.trim_ascii().is_empty() => return Ok(found),
            Line::End => return Ok(found),
            Line::TooLong => {}
            Line::Whole => {
                let text = String::from_utf8_lossy(&line);
                if let Some((name, value)) = text.split_once(':') {
                    found.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
            }
        }
    }
    Err(io::Error::other("a header without end"))
}

fn value<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// What the header of an answer says about its content.
#[derive(Debug, Clone, Default)]
struct Answer {
    kind: String,
    chunked: bool,
    packing: String,
}

/// The header of an answer that was a success.
fn answer(block: &mut dyn BufRead) -> io::Result<Option<Answer>> {
    let mut line = Vec::new();
    if next_line(block, &mut line, LONGEST_LINE)? != Line::Whole || !line.starts_with(b"HTTP/") {
        return Ok(None);
    }
    let succeeded = line.split(|&byte| byte == b' ').nth(1) == Some(b"200");
    let header = fields(block)?;
    let told = |name: &str| value(&header, name).unwrap_or_default().to_ascii_lowercase();
    Ok(succeeded.then(|| Answer {
        kind: told("content-type"),
        chunked: told("transfer-encoding").contains("chunked"),
        packing: told("content-encoding"),
    }))
}

/// Hands the content of a record to the reader of its kind.
fn page(
    answer: Answer,
    address: &str,
    number: usize,
    block: &mut dyn BufRead,
    settings: &ReadSettings,
    give: &mut dyn FnMut(Given),
) -> io::Result<()> {
    let Some(format) = format_of(&answer.kind) else { return Ok(()) };
    let place = Some(Place { line: narrow(number), column: 1 });
    let named = |reason: String| format!("record {number}, {address}: {reason}");
    let content = match content(&answer, block, settings.limit()) {
        Ok(content) => content,
        Err(reason) => {
            give(Given::Skipped { place, reason: named(reason) });
            return Ok(());
        }
    };
    let content = decoded(content, &answer.kind);
    let head = &content[..content.len().min(encoding::HEAD)];
    let reader = match format.and_then(unread::by_format) {
        Some(reader) => Ok(reader),
        None => unread::recognize(head),
    };
    match reader {
        Err(reason) => give(Given::Skipped { place, reason: named(reason) }),
        Ok(reader) if reader.name() == "warc" => {}
        Ok(reader) => reader.read(&mut Cursor::new(content.as_slice()), settings, &mut |one| {
            give(match one {
                Given::Skipped { reason, .. } => Given::Skipped { place, reason: named(reason) },
                Given::Document(mut draft) => {
                    draft.record = Some(narrow(number));
                    draft.url = draft.url.take().or_else(|| Some(address.to_owned()).filter(|url| !url.is_empty()));
                    // Lines of the page are no lines of the archive.
                    draft.lines = LineMap::Record(narrow(number));
                    Given::Document(draft)
                }
            });
        }),
    }
    Ok(())
}

/// The reader for a media type: one by name, or the one its bytes tell; nothing for what is no text.
fn format_of(kind: &str) -> Option<Option<&'static str>> {
    match kind.split(';').next().unwrap_or_default().trim() {
        "text/html" | "application/xhtml+xml" => Some(Some("html")),
        "text/plain" => Some(Some("text")),
        "text/markdown" => Some(Some("markdown")),
        "application/rss+xml"
        | "application/atom+xml"
        | "application/xml"
        | "text/xml"
        | "application/json"
        | "application/ld+json"
        | "application/feed+json" => Some(None),
        _ => None,
    }
}

/// The content, its parts joined and unpacked, or why it cannot be had.
fn content(answer: &Answer, block: &mut dyn BufRead, limit: usize) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| format!("cannot be read: {error}");
    let mut bytes = Vec::new();
    if answer.chunked {
        chunks(block, &mut bytes, limit).map_err(failed)?;
    } else {
        block.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    }
    if bytes.len() > limit {
        return Err(too_long(limit));
    }
    let mut packed: Box<dyn Read + '_> = match answer.packing.as_str() {
        "" | "identity" => return Ok(bytes),
        // Archives often hold the unpacked content under the header of the packed one.
        "gzip" | "x-gzip" if !bytes.starts_with(&[0x1F, 0x8B]) => return Ok(bytes),
        "gzip" | "x-gzip" => Box::new(MultiGzDecoder::new(bytes.as_slice())),
        "deflate" if bytes.first().is_some_and(|byte| byte & 0x0F == 8) => Box::new(ZlibDecoder::new(bytes.as_slice())),
        "deflate" => Box::new(DeflateDecoder::new(bytes.as_slice())),
        other if std::str::from_utf8(&bytes).is_ok_and(|text| !text.contains('\0')) && other != "zstd" => {
            return Ok(bytes);
        }
        other => return Err(format!("is compressed as `{other}`, which is not read")),
    };
    let mut unpacked = Vec::new();
    packed.by_ref().take(limit as u64 + 1).read_to_end(&mut unpacked).map_err(failed)?;
    if unpacked.len() > limit { Err(too_long(limit)) } else { Ok(unpacked) }
}

/// Joins the parts of a content that was sent in parts. One that is not in parts after all is taken as it is.
fn chunks(block: &mut dyn BufRead, bytes: &mut Vec<u8>, limit: usize) -> io::Result<()> {
    let mut line = Vec::new();
    while bytes.len() <= limit {
        if next_line(block, &mut line, LONGEST_LINE)? != Line::Whole {
            return Ok(());
        }
        let digits = line.split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
        let size = std::str::from_utf8(digits).ok().and_then(|digits| u64::from_str_radix(digits, 16).ok());
        match size {
            Some(0) => return Ok(()),
            Some(size) => {
                let room = (limit as u64 + 1).saturating_sub(bytes.len() as u64);
                (&mut *block).take(size.min(room)).read_to_end(bytes)?;
                next_line(block, &mut line, LONGEST_LINE)?;
            }
            None => {
                bytes.extend_from_slice(&line);
                bytes.push(b'\n');
                block.take(limit as u64 + 1).read_to_end(bytes)?;
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The content as UTF-8, where its header declares another encoding and it is not UTF-8.
fn decoded(content: Vec<u8>, kind: &str) -> Vec<u8> {
    let declared = kind.split(';').find_map(|part| part.trim().strip_prefix("charset="));
    let encoding = declared.and_then(|label| Encoding::for_label(label.trim_matches(['"', '\'']).as_bytes()));
    match encoding {
        Some(encoding) if encoding != encoding_rs::UTF_8 && std::str::from_utf8(&content).is_err() => {
            encoding.decode(&content).0.into_owned().into_bytes()
        }
        _ => content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record with its header.
    fn one(kind: &str, block: &str) -> String {
        format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://courier.example/{kind}\r\n\
             Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn read(archive: &[u8]) -> Vec<Result<(String, Option<u32>), String>> {
        let mut found = Vec::new();
        Warc.read(&mut Cursor::new(archive), &ReadSettings::default(), &mut |given| {
            found.push(match given {
                Given::Document(draft) => Ok((draft.text.trim().to_owned(), draft.record)),
                Given::Skipped { reason, .. } => Err(reason),
            });
        });
        found
    }

    const PLAIN: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

    #[test]
    fn answers_are_documents_and_the_rest_is_passed_over() {
        let archive = [
            one("warcinfo", "software: none"),
            one("request", "GET / HTTP/1.1\r\n\r\n"),
            one("response", &format!("{PLAIN}\r\nThe ferry sank on Monday.")),
            one("response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\nNothing here."),
            one("response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u{1}\u{2}"),
            one(
                "response",
                &format!("{PLAIN}Transfer-Encoding: chunked\r\n\r\n5\r\nThe d\r\n8;x=1\r\nam held.\r\n0\r\n\r\n"),
            ),
        ]
        .concat();
        let expected = [("The ferry sank on Monday.", Some(3)), ("The dam held.", Some(6))];
        assert_eq!(read(archive.as_bytes()), expected.map(|(text, record)| Ok((text.to_owned(), record))));
    }

    #[test]
    fn a_declared_encoding_is_obeyed() {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=windows-1252\r\n\r\n";
        let mut archive = one("response", &format!("{head}The caf# is open.")).into_bytes();
        let at = archive.iter().rposition(|&byte| byte == b'#').unwrap();
        archive[at] = 0xE9;
        assert_eq!(read(&archive), [Ok(("The café is open.".to_owned(), Some(1)))]);
    }

    #[test]
    fn damage_is_told() {
        let whole = one("response", &format!("{PLAIN}\r\nThe ferry sank on Monday."));
        let found = read(&whole.as_bytes()[..whole.len() - 12]);
        assert!(found.last().unwrap().as_ref().is_err_and(|reason| reason.contains("cut off")), "{found:?}");
        assert!(read(b"WARC/1.0\r\n\r\n")[0].as_ref().is_err_and(|reason| reason.contains("its length")));
        assert!(read(b"")[0].as_ref().is_err_and(|reason| reason.contains("empty")));
        let none = one("request", "GET / HTTP/1.1\r\n\r\n");
        assert!(read(none.as_bytes())[0].as_ref().is_err_and(|reason| reason.contains("holds no page")));
    }
}
