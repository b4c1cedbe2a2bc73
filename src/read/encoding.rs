//! Bytes → text. UTF-8 with or without a byte order mark, UTF-16 with one, what a page declares; else the encoding that the
//! letters tell. UTF-8 with a few broken bytes is not read as anything else, since that would spoil every name in it.

use crate::model::Place;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Why a file, or a part of it, is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// Where the trouble is, if at one place.
    pub(super) place: Option<Place>,
    /// What is wrong and how to mend it.
    pub(super) reason: String,
}

impl Unreadable {
    /// Trouble with a whole file.
    pub(super) fn file(reason: impl Into<String>) -> Self {
        Self { place: None, reason: reason.into() }
    }
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::file(format!("cannot be read: {error}"))
    }
}

/// How many bytes are looked at to recognize a format.
pub(super) const HEAD: usize = 8 * 1024;

/// UTF-16 must be decoded as a whole; a file longer than this is not.
const LONGEST_UTF_16: u64 = 256 << 20;

/// The first bytes of a file, without its byte order mark and as UTF-8, and the file from its beginning.
pub(super) fn open(mut file: impl Read + 'static) -> Result<(Vec<u8>, Box<dyn BufRead>), Unreadable> {
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    match Encoding::for_bom(&head) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            let mut bytes = head;
            file.take(LONGEST_UTF_16).read_to_end(&mut bytes)?;
            if bytes.len() as u64 >= LONGEST_UTF_16 {
                return Err(Unreadable::file(format!("is {} of more than 256 MiB; save it as UTF-8", encoding.name())));
            }
            let (text, _, malformed) = encoding.decode(&bytes);
            if malformed {
                return Err(Unreadable::file(format!(
                    "is marked as {} and holds bytes that are not; save it as UTF-8",
                    encoding.name()
                )));
            }
            let text = text.into_owned().into_bytes();
            Ok((text[..text.len().min(HEAD)].to_vec(), Box::new(Cursor::new(text))))
        }
        Some((encoding, mark)) if encoding == UTF_8 => {
            head.drain(..mark);
            Ok((head.clone(), Box::new(BufReader::new(Cursor::new(head).chain(file)))))
        }
        _ => Ok((head.clone(), Box::new(BufReader::new(Cursor::new(head).chain(file))))),
    }
}

/// All of `file` as text, if it is UTF-8 and not longer than `limit` bytes.
pub(super) fn whole(file: &mut dyn BufRead, limit: usize) -> Result<String, Unreadable> {
    decode(whole_bytes(file, limit)?)
}

/// All of `file`, if it is not longer than `limit` bytes.
pub(super) fn whole_bytes(file: &mut dyn BufRead, limit: usize) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return Err(Unreadable::file(too_long(limit)));
    }
    Ok(bytes)
}

/// How far into a page its encoding is declared; the standard says 1024 bytes, and pages are late.
const DECLARED_WITHIN: usize = 4096;

/// The text of a page in the encoding that its sender or the page itself declares. UTF-8 that holds is taken for UTF-8 whatever
/// is declared: pages are converted more often than their tags. Without a word about it, the letters tell.
pub(super) fn decode_markup(bytes: Vec<u8>, sent_as: Option<&str>) -> Result<String, Unreadable> {
    if bytes.iter().take(HEAD).any(|&byte| byte == 0) {
        return decode(bytes);
    }
    let declared = sent_as.and_then(|label| Encoding::for_label(label.trim().as_bytes())).or_else(|| declared(&bytes));
    let is_shifted = declared == Some(encoding_rs::ISO_2022_JP) && bytes.contains(&0x1B);
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !is_shifted => return Ok(text),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let encoding = declared.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| guess(&bytes));
    Ok(encoding.decode(&bytes).0.into_owned())
}

/// The encoding that the letters of a text tell.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

/// The encoding that a page or XML file declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_ascii_lowercase();
    let labels = head.match_indices("charset").chain(head.match_indices("encoding"));
    labels
        .filter_map(|(at, name)| {
            let value = head[at + name.len()..].trim_start().strip_prefix('=')?;
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|mark: char| !(mark.is_ascii_alphanumeric() || "-_:.".contains(mark)));
            Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])
        })
        .next()
}

/// `bytes` as text, if they are UTF-8.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Unreadable> {
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(Unreadable {
            place: Some(place_of(&bytes, at)),
            reason: "holds a NUL byte, so it is binary, or UTF-16 without a byte order mark; save it as UTF-8"
                .to_owned(),
        });
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let at = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let guessed = if is_damaged_utf_8(&bytes) { None } else { without_errors(guess(&bytes), &bytes) };
    guessed.ok_or_else(|| Unreadable {
        place: Some(place_of(&bytes, at)),
        reason: not_utf_8(&format!("byte {at}"), bytes[at]),
    })
}

/// The text in `encoding`, unless bytes in it mean nothing there, or control characters that no text holds.
fn without_errors(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned();
    let is_control = |character: char| matches!(character, '\u{80}'..='\u{9F}');
    (!text.contains(is_control)).then_some(text)
}

/// So much of a file of records is looked at for its encoding; the records themselves are read one at a time.
const SAMPLE: u64 = 4 << 20;

/// A file of records as UTF-8. Where the sample at its beginning is not, and is no damaged UTF-8 either, the letters tell the
/// encoding of the whole file; what means nothing in it further on becomes U+FFFD.
pub(super) fn as_utf_8(file: &mut dyn BufRead) -> io::Result<Box<dyn BufRead + '_>> {
    let mut sample = Vec::new();
    (&mut *file).take(SAMPLE).read_to_end(&mut sample)?;
    // A character may be cut at the end of the sample.
    let is_utf_8 = std::str::from_utf8(&sample).map_or_else(|error| error.error_len().is_none(), |_| true);
    let is_binary = sample.contains(&0);
    let encoding = if is_utf_8 || is_binary || is_damaged_utf_8(&sample) { UTF_8 } else { guess(&sample) };
    let whole = Cursor::new(sample);
    if encoding == UTF_8 || !is_text_in(encoding, whole.get_ref()) {
        return Ok(Box::new(whole.chain(file)));
    }
    let decoder = encoding.new_decoder_without_bom_handling();
    Ok(Box::new(BufReader::new(Decoded {
        file: whole.chain(file),
        decoder,
        text: String::new(),
        given: 0,
        ended: false,
    })))
}

/// Whether a sample, which may end inside of a character, holds nothing that has no meaning in `encoding`.
fn is_text_in(encoding: &'static Encoding, sample: &[u8]) -> bool {
    let end = sample.iter().rposition(|&byte| byte == b'\n').map_or(sample.len(), |end| end + 1);
    without_errors(encoding, &sample[..end]).is_some()
}

/// A file decoded as it is read.
struct Decoded<R> {
    file: R,
    decoder: encoding_rs::Decoder,
    /// What was decoded, and how much of it was given out.
    text: String,
    given: usize,
    ended: bool,
}

/// The text is decoded in pieces of this many bytes.
const PIECE: usize = 16 * 1024;

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.text.clear();
            self.given = 0;
            let bytes = self.file.fill_buf()?;
            let bytes = &bytes[..bytes.len().min(PIECE)];
            self.ended = bytes.is_empty();
            self.text.reserve(self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(4 * PIECE));
            let (_, read, _) = self.decoder.decode_to_string(bytes, &mut self.text, self.ended);
            self.file.consume(read);
        }
        let count = buffer.len().min(self.text.len() - self.given);
        buffer[..count].copy_from_slice(&self.text.as_bytes()[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

/// Whether most of what is no ASCII is whole UTF-8: then single bytes were lost, and another encoding would spoil the rest.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// One line as text, if it is UTF-8; else the column at which it is not, and the message.
pub(super) fn decode_line(line: &[u8]) -> Result<&str, (u32, String)> {
    std::str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to();
        (place_of(line, at).column, not_utf_8(&format!("byte {at} of the line"), line[at]))
    })
}

fn not_utf_8(place: &str, byte: u8) -> String {
    format!("is not UTF-8: {place} is 0x{byte:02x}; convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`")
}

/// The message for a document longer than `limit`.
pub(super) fn too_long(limit: usize) -> String {
    let size = if limit >= 1 << 20 { format!("{} MiB", limit >> 20) } else { format!("{limit} bytes") };
    format!("is longer than the limit of {size} for one document; split it, or raise `max-document-bytes` under [read]")
}

/// The place of byte `at`; all before it is valid UTF-8.
fn place_of(bytes: &[u8], at: usize) -> Place {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place { line: narrow(line), column: narrow(column) }
}

/// A count as `Place` and `Origin` hold it.
pub(super) fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What one call of [`next_line`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, now in the buffer without its line break.
    Whole,
    /// A line longer than the limit; it was passed over.
    TooLong,
    /// No more lines.
    End,
}

/// Reads one line into `buffer`, never holding more than `limit` bytes of it.
pub(super) fn next_line(file: &mut dyn BufRead, buffer: &mut Vec<u8>, limit: usize) -> io::Result<Line> {
    buffer.clear();
    let (mut too_long, mut any) = (false, false);
    loop {
        let available = match file.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            break;
        }
        any = true;
        let (piece, ended) = match available.iter().position(|&byte| byte == b'\n') {
            Some(at) => (at, true),
            None => (available.len(), false),
        };
        too_long |= buffer.len() + piece > limit;
        if !too_long {
            buffer.extend_from_slice(&available[..piece]);
        }
        file.consume(piece + usize::from(ended));
        if ended {
            break;
        }
    }
    if buffer.last() == Some(&b'\r') {
        buffer.pop();
    }
    Ok(match (any, too_long) {
        (false, _) => Line::End,
        (true, true) => Line::TooLong,
        (true, false) => Line::Whole,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, Unreadable> {
        let (_, mut file) = open(Cursor::new(bytes.to_vec()))?;
        whole(&mut file, 1000)
    }

    #[test]
    fn byte_order_marks_are_obeyed_and_taken_off() {
        assert_eq!(read(b"\xEF\xBB\xBFcaf\xC3\xA9").unwrap(), "café");
        assert_eq!(read(b"\xFF\xFEc\0a\0f\0\xE9\0\n\0").unwrap(), "café\n");
        assert_eq!(read(b"\xFE\xFF\0c\0a\0f\0\xE9").unwrap(), "café");
        assert!(read(b"\xFF\xFEc\0\x00\xD8").is_err(), "half a surrogate pair");
    }

    #[test]
    fn what_is_not_utf_8_is_named_with_its_place() {
        let error = read("één\nca".bytes().chain(*b"f\xE9 ").collect::<Vec<_>>().as_slice()).unwrap_err();
        assert_eq!(error.place, Some(Place { line: 2, column: 4 }));
        assert!(error.reason.contains("byte 9 is 0xe9"), "{}", error.reason);
        assert!(error.reason.contains("iconv"), "{}", error.reason);
    }

    #[test]
    fn binary_and_overlong_files_are_not_text() {
        assert!(read(b"a\0b").unwrap_err().reason.contains("NUL"));
        assert!(read(&[b'a'; 1001]).unwrap_err().reason.contains("limit of 1000 bytes"));
        assert_eq!(read(&[b'a'; 1000]).unwrap().len(), 1000);
    }

    #[test]
    fn records_in_an_encoding_of_old_are_decoded_as_they_are_read() {
        let line = "{\"text\": \"Der Bürgermeister von Köln öffnete die Brücke über den Fluß.\"}\n";
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(line);
        let mut file = BufReader::with_capacity(7, Cursor::new(bytes.repeat(3000)));
        let mut text = String::new();
        as_utf_8(&mut file).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, line.repeat(3000));
        let japanese = "{\"text\": \"市長は月曜日に古い橋を閉鎖すると発表した。表示は能力ソ\"}\n".repeat(40);
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(&japanese);
        let mut file = Cursor::new(bytes.into_owned());
        text.clear();
        as_utf_8(&mut file).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, japanese);
    }

    #[test]
    fn records_in_damaged_utf_8_are_not_read_as_anything_else() {
        let mut bytes = "Café à côté.\n".repeat(30).into_bytes();
        bytes.extend(b"Caf\xE9\n");
        let mut file = Cursor::new(bytes.clone());
        let mut same = Vec::new();
        as_utf_8(&mut file).unwrap().read_to_end(&mut same).unwrap();
        assert_eq!(same, bytes);
    }

    #[test]
    fn lines_are_read_one_by_one_and_overlong_ones_passed_over() {
        let mut file = Cursor::new(b"one\r\nfar too long\n\nlast".to_vec());
        let mut buffer = Vec::new();
        let mut seen = Vec::new();
        loop {
            match next_line(&mut file, &mut buffer, 5).unwrap() {
                Line::End => break,
                Line::TooLong => seen.push("?".to_owned()),
                Line::Whole => seen.push(String::from_utf8(buffer.clone()).unwrap()),
            }
        }
        assert_eq!(seen, ["one", "?", "", "last"]);
    }
}
