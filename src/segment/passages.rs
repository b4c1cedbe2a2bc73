//! Document → passages.
use crate::model::{Document, Passage, PassageKind, Span};

/// x
pub(super) fn refine(document: &Document) -> Vec<Passage> {
    blocks(document)
}
/// The blocks as read.
pub(super) fn blocks(document: &Document) -> Vec<Passage> {
    if !document.passages.is_empty() {
        return document.passages.clone();
    }
    let text = &document.text;
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    if start >= end {
        return Vec::new();
    }
    vec![Passage { span: Span::new(start, end), kind: PassageKind::Paragraph, set_aside: None }]
}
