//! Bytes → [`Document`]s.
//!
//! What comes in: the paths a user gave. What goes out: documents with their outlet, date, text, passages and the way back
//! to lines of the file; and a [`Skipped`] entry for everything that could not be read. It cuts no sentences, judges no
//! passage and starts no thread: [`discover`] lists the inputs, [`read_input`] reads one of them.

mod discover;

mod manifest;

mod pattern;

mod naming;

mod dates;

mod packed;

mod encoding;

mod fields;

mod front_matter;

mod places;

mod schema_org;

mod shapes;

mod soft;

mod unread;

mod ignores;

mod facts;

mod blocks;

mod records;

mod text;

mod markup;

mod markdown;

mod rst;

mod asciidoc;

mod json;

mod jsonl;

mod csv;

mod feed;

mod html;

#[cfg(feature = "warc")]
mod warc;

pub use discover::{Discovery, Input, discover};
pub use facts::{FACTS, facts};

use self::encoding::Unreadable;
use crate::config::SourceOf;
use crate::model::{Details, Document, DocumentForm, DocumentId, LineMap, Origin, Passage, Place, Skipped};
use jiff::civil::Date;
use std::io::BufRead;
use std::path::PathBuf;

/// A format in which documents are written.
pub trait Reader: Sync {
    /// What the format is called, equal to the name of its file.
    fn name(&self) -> &'static str;

    /// The endings of file names that mean it, in lower case and without the dot.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether a file whose name tells nothing is of this format, judged by its first bytes. Asked in the order of
    /// [`READERS`]; the first to say yes reads the file.
    fn sniff(&self, head: &[u8]) -> bool;

    /// Reads `file` and gives its documents one at a time, with what had to be skipped in between. The bytes are UTF-8 as
    /// far as the byte order mark tells; whether they are is for the reader to find out.
    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given));
}

/// All readers, in the order in which they are asked to recognize a file; plain text takes what no other wants.
pub static READERS: &[&dyn Reader] = &[
    &html::Html,
    &feed::Feed,
    &markdown::Markdown,
    &rst::Rst,
    &asciidoc::AsciiDoc,
    &jsonl::JsonLines,
    &json::Json,
    &csv::Csv,
    #[cfg(feature = "warc")]
    &warc::Warc,
    &text::PlainText,
];

/// What a reader gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// A document, yet without the outlet that the user or the path may tell.
    Document(Box<Draft>),
    /// Something that could not be read.
    Skipped {
        /// Where it stands, if it is not the whole file.
        place: Option<Place>,
        /// What is wrong and how to mend it.
        reason: String,
    },
}

/// What a file of one document gives.
impl From<Result<Draft, Unreadable>> for Given {
    fn from(read: Result<Draft, Unreadable>) -> Self {
        match read {
            Ok(draft) => Self::Document(Box::new(draft)),
            Err(Unreadable { place, reason }) => Self::Skipped { place, reason },
        }
    }
}

/// A document as its file alone tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The line of the record in a file of several documents.
    pub record: Option<u32>,
    /// The identity the record gives.
    pub given_id: Option<String>,
    /// The outlet the metadata names.
    pub outlet: Option<String>,
    /// The headline; it is then also the first passage.
    pub title: Option<String>,
    /// Where it was published on the web.
    pub url: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The declared language, as written.
    pub language: Option<String>,
    /// An article, or one ready-made claim.
    pub form: DocumentForm,
    /// The decoded text.
    pub text: String,
    /// Its blocks.
    pub passages: Vec<Passage>,
    /// The way from the text to the file.
    pub lines: LineMap,
    /// What was given as day of publication and tells none.
    pub unread_date: Option<String>,
    /// What else is known.
    pub details: Details,
}

/// What a user may set about reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadSettings {
    /// `--source NAME=GLOB`: outlets by the paths of their files; the first match names the outlet.
    pub sources: Vec<(String, String)>,
    /// `--sources FILE`: the manifest. Without one, a `sources.toml` in a given folder, or beside a given file, is taken.
    pub manifest: Option<PathBuf>,
    /// The file name that standard input stands for: it tells format and outlet.
    pub stdin_name: Option<String>,
    /// `--map NAME=FIELD`: how records call what they hold, before the names that are known.
    pub fields: Vec<(String, String)>,
    /// Whether folders are also walked into hidden files and folders; `.git` stays out.
    pub hidden: bool,
    /// Documents longer than this many bytes are skipped.
    pub max_document_bytes: usize,
    /// Of a compressed file no more than this many bytes are unpacked.
    pub max_unpacked_bytes: u64,
    /// What is a source of its own where no flag and no manifest that was given says so.
    pub source_of: SourceOf,
}

/// Sixteen MiB: twice the longest book, so what is longer is a dump that was named by mistake.
const MAX_DOCUMENT_BYTES: usize = 16 << 20;

/// Positions in a text are 32 bits wide; a quarter of that leaves room for headlines put before it.
const HIGHEST_LIMIT: usize = 1 << 30;

/// One GiB, unpacked in a few seconds: a year of a newsroom's articles, and far less than a hostile file can hold.
const MAX_UNPACKED_BYTES: u64 = 1 << 30;

impl Default for ReadSettings {
    fn default() -> Self {
        Self {
            sources: Vec::new(),
            manifest: None,
            stdin_name: None,
            fields: Vec::new(),
            hidden: false,
            max_document_bytes: MAX_DOCUMENT_BYTES,
            max_unpacked_bytes: MAX_UNPACKED_BYTES,
            source_of: SourceOf::Outlet,
        }
    }
}

impl ReadSettings {
    /// The length in bytes above which a document is skipped.
    fn limit(&self) -> usize {
        self.max_document_bytes.min(HIGHEST_LIMIT)
    }
}

/// Reads one input whole: its documents and what was skipped, both in the order of the file.
pub fn read_input(input: &Input, settings: &ReadSettings) -> (Vec<Document>, Vec<Skipped>) {
    let (mut documents, mut skipped) = (Vec::new(), Vec::new());
    read_each(input, settings, &mut |read| match read {
        Ok(document) => documents.push(document),
        Err(entry) => skipped.push(entry),
    });
    (documents, skipped)
}

/// Reads one input and hands over its documents one at a time, so that a long file never stands in memory whole.
pub fn read_each(input: &Input, settings: &ReadSettings, take: &mut dyn FnMut(Result<Document, Skipped>)) {
    read_drafts(input, settings, &mut |read| match read {
        Ok(drafted) => {
            let (document, note) = drafted.complete(input, settings);
            take(Ok(document));
            if let Some(note) = note {
                take(Err(note));
            }
        }
        Err(skipped) => take(Err(skipped)),
    });
}

/// A document as its file alone tells it, and what tells it from others on its line.
pub struct Drafted {
    draft: Box<Draft>,
    /// How many documents stand on its line up to it.
    count: usize,
    reader: &'static dyn Reader,
}

impl Drafted {
    /// The document, one of `input`; and where it lost its date, that it did: relative dates in it resolve to nothing.
    pub fn complete(mut self, input: &Input, settings: &ReadSettings) -> (Document, Option<Skipped>) {
        let (unread, place) = (self.draft.unread_date.take(), self.draft.record.map(|line| Place { line, column: 1 }));
        let document = complete(*self.draft, self.count, input, self.reader, settings);
        let note = unread.filter(|_| document.published.is_none()).map(|date| dates::unread(&date));
        let note = note.map(|reason| Skipped { path: input.path().to_owned(), place, reason });
        (document, note)
    }
}

/// Reads one input and hands over its documents one at a time as far as the file itself tells them: to complete one takes longer than
/// to read it, and needs no other.
pub fn read_drafts(input: &Input, settings: &ReadSettings, take: &mut dyn FnMut(Result<Drafted, Skipped>)) {
    let skip = |place, reason| Skipped { path: input.path().to_owned(), place, reason };
    let (head, mut file) = match input.open(settings) {
        Ok(opened) => opened,
        Err(unreadable) => return take(Err(skip(unreadable.place, unreadable.reason))),
    };
    let reader = match input.reader().map_or_else(|| unread::recognize(&head), |reader| unread::confirm(reader, &head))
    {
        Ok(reader) => reader,
        Err(reason) => return take(Err(skip(None, reason))),
    };
    // The line of the last record, and how many stood on that line.
    let mut last = (None, 0_usize);
    reader.read(&mut file, settings, &mut |given| match given {
        Given::Document(draft) => {
            last = if draft.record == last.0 { (last.0, last.1 + 1) } else { (draft.record, 1) };
            take(Ok(Drafted { draft, count: last.1, reader }));
        }
        Given::Skipped { place, reason } => take(Err(skip(place, reason))),
    });
}

/// Adds to a draft, the `count`th on its line, what path, flags and manifest tell.
fn complete(draft: Draft, count: usize, input: &Input, reader: &dyn Reader, settings: &ReadSettings) -> Document {
    let mut record = draft.record.map(|line| line.to_string()).unwrap_or_default();
    // JSON may hold all records on one line; two of the same words are two documents all the same.
    if count > 1 {
        record.push_str(&format!(".{count}"));
    }
    Document {
        id: DocumentId::of([input.path(), &record, &draft.text]),
        source: naming::source(input, &draft, settings),
        published: naming::published(input.names(), &draft),
        url: naming::url(input.names(), &draft),
        language: naming::language(&draft),
        origin: Origin { path: input.path().to_owned(), record: draft.record, format: reader.name().to_owned() },
        given_id: draft.given_id,
        title: draft.title,
        form: draft.form,
        text: draft.text,
        passages: draft.passages,
        lines: draft.lines,
        details: draft.details,
    }
}

#[cfg(test)]
mod tests;
