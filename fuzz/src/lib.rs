//! What holds for any input, whatever anybody wrote: no panic, spans that lie in their text, nothing left outside of a passage
//! but white space. A target hands bytes to one of these functions; a broken promise is a panic.

use crossclaim::grammar::Trees;
use crossclaim::model::{
    Document, DocumentForm, DocumentId, LineMap, NamedBy, Origin, Passage, PassageKind, Source, Span,
};
use crossclaim::read::{Draft, Given, READERS, ReadSettings};
use crossclaim::{extract, normalize, segment};
use std::io::Cursor;

/// Reads `bytes` by the reader called `name`.
pub fn read_as(name: &str, bytes: &[u8]) {
    let reader = READERS.iter().find(|reader| reader.name() == name).expect("targets are called as readers are");
    let mut given = 0;
    reader.read(&mut Cursor::new(bytes), &ReadSettings::default(), &mut |one| {
        given += 1;
        if let Given::Document(draft) = one {
            check(&draft);
        }
    });
    assert!(given > 0, "a reader says what it found");
}

fn check(draft: &Draft) {
    check_passages(&draft.text, &draft.passages);
    assert!(!draft.passages.is_empty(), "a document has text");
    for passage in &draft.passages {
        draft.lines.place(&draft.text, passage.span.start as usize);
        draft.lines.bytes(passage.span);
    }
}

fn check_passages(text: &str, passages: &[Passage]) {
    let mut at = 0;
    for passage in passages {
        let words = passage.span.of(text);
        assert!(!words.is_empty() && words == words.trim(), "a passage begins and ends with words");
        assert!(text[at..passage.span.start as usize].trim().is_empty(), "nothing stands outside of passages");
        at = passage.span.end as usize;
    }
    assert!(text[at..].trim().is_empty(), "nothing stands behind the last passage");
}

/// Reads `bytes` as a file whose name tells nothing.
pub fn read_input(bytes: &[u8]) {
    let settings = ReadSettings { max_unpacked_bytes: 1 << 20, ..ReadSettings::default() };
    let input = crossclaim::read::Input::of_bytes("fuzz", bytes.to_vec());
    let (documents, skipped) = crossclaim::read::read_input(&input, &settings);
    assert!(!documents.is_empty() || !skipped.is_empty(), "nothing is left out in silence");
    for document in &documents {
        check_passages(&document.text, &document.passages);
    }
}

/// Runs the stages that look at one document, once as an article and once as a ready-made claim.
pub fn analyze(text: &str) {
    let Some(start) = text.find(|mark: char| !mark.is_whitespace()) else { return };
    let span = Span::new(start, start + text.trim().len());
    for form in [DocumentForm::Article, DocumentForm::Claim] {
        let document = Document {
            id: DocumentId::of([text]),
            given_id: None,
            source: Source::new("fuzz", NamedBy::FileName),
            origin: Origin { path: "fuzz.txt".to_owned(), record: None, format: "text".to_owned() },
            title: None,
            url: None,
            published: None,
            language: "en".to_owned(),
            form,
            text: text.to_owned(),
            passages: vec![Passage { span, kind: PassageKind::Paragraph, set_aside: None }],
            lines: LineMap::Verbatim,
            details: Default::default(),
        };
        let segmented = segment::segment(&document);
        for sentence in &segmented.sentences {
            assert!(!sentence.span.of(text).is_empty());
        }
        let mut trees = Trees::default();
        let extracted = extract::extract(&document, &segmented, &mut trees);
        for claim in normalize::normalize(&document, extracted.claims, &mut trees, &Default::default()) {
            assert_eq!(claim.claim.span.of(text), claim.claim.text(), "a claim is quoted as it stands");
        }
    }
}
