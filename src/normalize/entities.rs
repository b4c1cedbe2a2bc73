//! Words → names. In: the text of a claim or sentence with its tokens, and the table of names of its document. Out: mentions
//! with their kind and the canonical name each resolves to.
//!
//! Titles and roles before a name are no part of it. A capital that is due to the beginning of a sentence or to a headline
//! makes no name by itself. Names are joined inside one document ("Harlan" after "Jane Harlan"); across documents they are
//! only given the same key where the lexicon knows them. Who a "he" or "the minister" is stays open.

mod gazetteer;

mod line;

mod runs;

mod table;

pub use table::NameTable;

use crate::model::{Document, Mention, PassageKind, Span};
use crate::text::tokens::Token;
use line::Line;

/// Reads the names a document tells, from all its passages.
pub fn name_table(document: &Document) -> NameTable {
    let mut texts: Vec<&str> = document
        .passages
        .iter()
        .filter(|passage| !matches!(passage.kind, PassageKind::Boilerplate | PassageKind::Teaser))
        .filter_map(|passage| document.text.get(passage.span.range()))
        .collect();
    if texts.is_empty() {
        texts.push(&document.text);
    }
    table::read_table(&texts)
}

/// The names in `text`, in order; spans point into it. With an empty table only the text and the lexicon tell.
pub fn mentions(text: &str, tokens: &[Token<'_>], names: &NameTable) -> Vec<Mention> {
    let line = Line::new(text, tokens);
    runs::find(&line, names)
        .into_iter()
        .map(|found| Mention {
            span: Span::new(tokens[found.from].start, tokens[found.to - 1].end),
            kind: found.kind,
            key: found.key,
        })
        .collect()
}
