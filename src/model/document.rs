//! What was read: documents, their passages and sentences.

use super::{DocumentId, IgnoreComment, Source, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One article, page or ready-made claim, as a reader gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Hash of origin and text.
    pub id: DocumentId,
    /// The identity the input itself gave (`id` of a JSONL or CSV record), printed instead of the hash.
    pub given_id: Option<String>,
    /// The outlet that published it.
    pub source: Source,
    /// Where it was read from.
    pub origin: Origin,
    /// The headline, where the format holds one apart. It is then also the first passage of `text`.
    pub title: Option<String>,
    /// Where it was published on the web, if known.
    pub url: Option<String>,
    /// The day of publication, if known; relative dates resolve against it.
    pub published: Option<Date>,
    /// BCP 47 tag of the language, `und` where it is not known.
    pub language: String,
    /// An article to find claims in, or one ready-made claim.
    pub form: DocumentForm,
    /// The text as read: decoded, markup taken off, all spans point into it.
    pub text: String,
    /// The blocks the format marks, in order. Text outside of every passage is white space.
    pub passages: Vec<Passage>,
    /// The way from an offset in `text` to a line of the file.
    pub lines: LineMap,
    /// What else is known about it.
    pub details: Details,
}

/// What the metadata of a document tells besides what comparing needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Who wrote it, as the document names them.
    pub author: Option<String>,
    /// The day of the last change.
    pub modified: Option<Date>,
    /// The agency, article or address it says it was taken from.
    pub based_on: Option<String>,
    /// Whether the text is a summary, because the whole was not there.
    pub is_summary: bool,
    /// Its comments that ask a gate to leave findings alone, in order. Written down where there are none as well: a document is also
    /// kept in a form whose fields have no names.
    #[serde(default)]
    pub ignores: Vec<IgnoreComment>,
}

impl Document {
    /// The identity shown to users: the one the input gave, else the hash.
    pub fn shown_id(&self) -> String {
        self.given_id.clone().unwrap_or_else(|| self.id.to_string())
    }
}

/// Whether claims are to be found in a document, or it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentForm {
    /// Prose in which claims are found.
    Article,
    /// One ready-made claim: the whole text is it.
    Claim,
}

/// Where a document was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The path as reached from the one that was given, with forward slashes; `-` for standard input.
    pub path: String,
    /// The line of the record inside a file of several documents, counted from 1.
    pub record: Option<u32>,
    /// Name of the reader that read it.
    pub format: String,
}

/// A place in a file, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Line in the file.
    pub line: u32,
    /// Character in the line; 1 where only the line is known.
    pub column: u32,
}

/// The way from an offset in `Document.text` to a place in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineMap {
    /// The text begins at line 1 of the file and keeps its lines.
    Verbatim,
    /// Runs of text and where they begin in the file, ascending by `text`. Between two runs places advance with the text.
    Runs(Vec<Run>),
    /// All of the text stands on one line of the file, as in JSONL.
    Record(u32),
}

/// One run of a [`LineMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Offset in `Document.text`.
    pub text: u32,
    /// Where that offset stands in the file.
    pub place: Place,
    /// The same in bytes from the beginning of the file.
    pub byte: u32,
}

impl LineMap {
    /// The bytes of the file from which `span` of the text was read, markup in it included; nothing for a record, whose text
    /// is written in another way in its file. They count in the file as UTF-8 without a byte order mark, unpacked.
    pub fn bytes(&self, span: Span) -> Option<Span> {
        let runs = match self {
            Self::Verbatim => return Some(span),
            Self::Record(_) => return None,
            Self::Runs(runs) => runs,
        };
        let byte = |offset: u32| {
            let run = runs[..runs.partition_point(|run| run.text <= offset)].last()?;
            Some(run.byte + (offset - run.text))
        };
        let (start, last) = (byte(span.start)?, byte(span.end.checked_sub(1)?)?);
        (start <= last).then(|| Span::new(start as usize, last as usize + 1))
    }

    /// The place in the file of `offset` in `text`.
    pub fn place(&self, text: &str, offset: usize) -> Place {
        let (from, start) = match self {
            Self::Record(line) => return Place { line: *line, column: 1 },
            Self::Verbatim => (0, Place { line: 1, column: 1 }),
            Self::Runs(runs) => match runs.partition_point(|run| run.text as usize <= offset) {
                0 => (0, Place { line: 1, column: 1 }),
                after => (runs[after - 1].text as usize, runs[after - 1].place),
            },
        };
        let between = &text[from..offset];
        let line_breaks = between.bytes().filter(|&byte| byte == b'\n').count();
        let column = match between.rfind('\n') {
            Some(last) => 1 + between[last + 1..].chars().count(),
            None => start.column as usize + between.chars().count(),
        };
        Place {
            line: start.line.saturating_add(u32::try_from(line_breaks).unwrap_or(u32::MAX)),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }
}

/// A block of text: a paragraph, a heading, a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: PassageKind,
    /// Why it makes no claims of the article, if it does not.
    pub set_aside: Option<SetAside>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    /// The title of the article.
    Headline,
    /// A heading of a section.
    Heading,
    /// Running text.
    Paragraph,
    /// The text under a picture.
    Caption,
    /// The beginning of another article.
    Teaser,
    /// An item of a list.
    ListItem,
    /// A cell of a table.
    Table,
    /// Text of the page, not of the article: credits, copyright, navigation.
    Boilerplate,
}

/// Why text is no claim of its article. It is listed by `show`, never dropped in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SetAside {
    /// The name of the author, editor or translator.
    Byline,
    /// The credit of a photograph, video or agency.
    Credit,
    /// A copyright line.
    Copyright,
    /// A place and date that open an article.
    Dateline,
    /// The beginning of another article.
    Teaser,
    /// A heading of a section.
    Heading,
    /// Menus, links, requests to subscribe or share.
    Navigation,
    /// Front matter, code, or other markup that is no prose.
    Markup,
    /// A question.
    Question,
    /// What the author thinks, hopes or recommends.
    Opinion,
    /// An order or a request to the reader.
    Instruction,
    /// No complete statement.
    Fragment,
    /// Words of a language whose grammar is not known here.
    Language,
}

/// A sentence inside a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands, without surrounding white space.
    pub span: Span,
    /// Index of its passage in [`Segmented::passages`].
    pub passage: u32,
    /// The kind of that passage.
    pub kind: PassageKind,
    /// Why it makes no claim, if its passage was set aside.
    pub set_aside: Option<SetAside>,
}

/// What `segment` gives: the passages with their kinds, and every sentence in order, also those set aside.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Segmented {
    /// All passages, in order.
    pub passages: Vec<Passage>,
    /// All sentences, in order.
    pub sentences: Vec<Sentence>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let text = "één\ntwo";
        assert_eq!(LineMap::Verbatim.place(text, 0), Place { line: 1, column: 1 });
        assert_eq!(LineMap::Verbatim.place(text, 5), Place { line: 1, column: 4 });
        assert_eq!(LineMap::Verbatim.place(text, 8), Place { line: 2, column: 3 });
        assert_eq!(LineMap::Record(7).place(text, 8), Place { line: 7, column: 1 });
        let runs = LineMap::Runs(vec![
            Run { text: 0, place: Place { line: 3, column: 5 }, byte: 40 },
            Run { text: 6, place: Place { line: 9, column: 2 }, byte: 90 },
        ]);
        assert_eq!(runs.place(text, 2), Place { line: 3, column: 6 });
        assert_eq!(runs.place(text, 7), Place { line: 9, column: 3 });
        assert_eq!(runs.bytes(Span::new(1, 8)), Some(Span::new(41, 92)));
        assert_eq!(LineMap::Verbatim.bytes(Span::new(1, 8)), Some(Span::new(1, 8)));
        assert_eq!(LineMap::Record(7).bytes(Span::new(1, 8)), None);
    }
}
