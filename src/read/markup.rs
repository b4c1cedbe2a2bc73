//! The text of a document with marks in it (Markdown, reStructuredText, AsciiDoc), put together piece by piece.
//!
//! A reader opens a passage, adds words with their place in the file, and closes it. Here the words are joined, the white
//! space between passages is set, and the way back from the text to the file is kept.

use super::Draft;
use super::encoding::{Unreadable, narrow};
use super::fields::{Field, Fields, one_line};
use super::ignores::{Comment, ignores};
use super::places::Places;
use super::soft::is_soft;
use crate::model::{Details, DocumentForm, LineMap, Passage, PassageKind, Run, SetAside, Span};

/// A mark inside a line that is closed further away than this, in bytes, is none. It keeps the time linear in the length of
/// a line, whatever marks are opened in it and never closed.
const LONGEST_MARK: usize = 1_000;

/// So much of `text` as a mark at its beginning may reach over.
pub(super) fn ahead(text: &str) -> &str {
    let end = LONGEST_MARK.min(text.len());
    &text[..(0..=end).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0)]
}

/// Puts a text together.
pub(super) struct Markup<'a> {
    file: &'a str,
    pub(super) text: String,
    pub(super) passages: Vec<Passage>,
    pub(super) runs: Vec<Run>,
    open: Option<Open>,
    /// The comments that may ask a gate for something.
    pub(super) comments: Vec<Comment>,
    /// Where the last run of words ended, in the text and in the file.
    ended: Option<(usize, usize)>,
    places: Places<'a>,
}

/// A passage that is being filled.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// Where its first word stands; nothing before the first word.
    start: Option<usize>,
    kind: PassageKind,
    set_aside: Option<SetAside>,
}

impl<'a> Markup<'a> {
    /// An empty text of `file`.
    pub(super) fn new(file: &'a str) -> Self {
        Self {
            file,
            text: String::new(),
            passages: Vec::new(),
            runs: Vec::new(),
            open: None,
            comments: Vec::new(),
            ended: None,
            places: Places::new(file),
        }
    }

    /// The file.
    pub(super) fn file(&self) -> &'a str {
        self.file
    }

    /// Whether nothing has been written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.passages.is_empty() && self.open.is_none()
    }

    /// The kind of the open passage, and whether it holds words.
    pub(super) fn opened(&self) -> Option<(PassageKind, bool)> {
        self.open.map(|open| (open.kind, open.start.is_some()))
    }

    /// Whether the text begins with a headline of these words.
    pub(super) fn begins_with(&self, title: &str) -> bool {
        self.passages
            .first()
            .is_some_and(|first| first.kind == PassageKind::Headline && one_line(first.span.of(&self.text)) == title)
    }

    /// Begins a passage; one that is open ends.
    pub(super) fn open(&mut self, kind: PassageKind, set_aside: Option<SetAside>) {
        self.close();
        self.open = Some(Open { start: None, kind, set_aside });
    }

    /// Ends the open passage; one without words leaves no trace.
    pub(super) fn close(&mut self) {
        let Some(Open { start: Some(start), kind, set_aside }) = self.open.take() else { return };
        let written = &self.text[start..];
        let kept = written.trim_end().len();
        let lead = written.len() - written.trim_start().len();
        if kept > lead {
            self.passages.push(Passage { span: Span::new(start + lead, start + kept), kind, set_aside });
        }
    }

    /// Adds words that stand at byte `at` of the file to the open passage, or to a new one of `kind`. Soft hyphens and marks
    /// without width are taken off.
    pub(super) fn words(&mut self, words: &str, at: usize, kind: PassageKind) {
        if !words.contains(is_soft) {
            return self.piece(words, at, kind);
        }
        let as_written = self.file[at..].starts_with(words);
        let mut offset = 0;
        for piece in words.split_inclusive(is_soft) {
            self.piece(piece.trim_end_matches(is_soft), if as_written { at + offset } else { at }, kind);
            offset += piece.len();
        }
    }

    fn piece(&mut self, words: &str, at: usize, kind: PassageKind) {
        if words.is_empty() {
            return;
        }
        let open = self.open.get_or_insert(Open { start: None, kind, set_aside: None });
        if open.start.is_none() {
            if words.trim().is_empty() {
                return;
            }
            let kept = self.text.trim_end().len();
            self.text.truncate(kept);
            while self.runs.last().is_some_and(|run| run.text as usize >= kept) {
                self.runs.pop();
            }
            if kept > 0 {
                self.text.push_str("\n\n");
            }
            open.start = Some(self.text.len());
        }
        if self.ended != Some((self.text.len(), at)) {
            self.runs.push(Run { text: narrow(self.text.len()), place: self.places.of(at), byte: narrow(at) });
        }
        self.text.push_str(words);
        // Only where the words stand in the file as they are does the next run follow from this one.
        let as_written = self.file[at..].starts_with(words);
        self.ended = as_written.then_some((self.text.len(), at + words.len()));
    }

    /// Adds white space between words of the open passage.
    pub(super) fn space(&mut self, space: &str) {
        if self.open.is_some_and(|open| open.start.is_some()) {
            self.text.push_str(space);
        }
    }
}

impl Markup<'_> {
    /// The finished draft. Its title is the `declared` one, with which the text then begins, or a first heading.
    pub(super) fn draft(mut self, mut fields: Fields, declared: Option<String>) -> Result<Draft, Unreadable> {
        self.close();
        let Self { file, text, passages, runs, comments, .. } = self;
        let title = declared.or_else(|| {
            let first = passages.first().filter(|first| first.kind == PassageKind::Headline)?;
            Some(one_line(first.span.of(&text)))
        });
        let has_words =
            passages.iter().any(|passage| passage.set_aside.is_none() && passage.kind != PassageKind::Headline);
        if !has_words && (passages.is_empty() || title.is_none()) {
            let reason = if file.trim().is_empty() { "is empty" } else { "holds no text but markup" };
            return Err(Unreadable::file(reason));
        }
        Ok(Draft {
            record: None,
            given_id: fields.take_line(Field::Id),
            outlet: fields.take_line(Field::Source),
            title,
            url: fields.take_line(Field::Url),
            published: fields.published(),
            language: fields.take(Field::Language),
            form: DocumentForm::Article,
            text,
            passages,
            lines: LineMap::Runs(runs),
            unread_date: fields.unread_date(),
            details: Details { ignores: ignores(file, &comments), ..fields.details() },
        })
    }
}
