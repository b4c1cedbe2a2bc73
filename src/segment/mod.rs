//! Document → passages and sentences.
//!
//! In: a document with the blocks its reader marked. Out: passages by kind, those that are no part of the article set
//! aside with the reason, and every sentence in order, also of what was set aside: nothing is lost. Whether a sentence
//! makes a claim is not asked here.

mod boilerplate;

mod datelines;

mod marks;

mod passages;

mod sentences;

mod stops;

mod surface;

mod teasers;

mod titles;

use crate::model::{Document, DocumentForm, Passage, Segmented, Sentence, Span};

/// Cuts a document into passages with their kinds, and sentences.
pub fn segment(document: &Document) -> Segmented {
    let passages = match document.form {
        DocumentForm::Article => passages::refine(document),
        DocumentForm::Claim => passages::blocks(document),
    };
    let mut sentences = Vec::new();
    for (index, passage) in (0..).zip(&passages) {
        sentences.extend(of_passage(&document.text, passage).map(|span| Sentence {
            span,
            passage: index,
            kind: passage.kind,
            set_aside: passage.set_aside,
        }));
    }
    Segmented { passages, sentences }
}

/// The spans of the sentences of one passage.
fn of_passage(text: &str, passage: &Passage) -> impl Iterator<Item = Span> {
    let start = passage.span.start as usize;
    sentences::split(passage.span.of(text))
        .into_iter()
        .map(move |range| Span::new(range.start + start, range.end + start))
}
