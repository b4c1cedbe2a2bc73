//! Facts → documents: each is one ready-made claim of a source that is called as its file is.

use super::encoding::narrow;
use crate::model::{
    Details, Document, DocumentForm, DocumentId, Fact, LineMap, NamedBy, Origin, Passage, PassageKind, Source, Span,
};

/// The name of the format, by which reports know facts from documents.
pub const FACTS: &str = "facts";

/// The documents of `facts`, in their order.
pub fn facts(facts: &[Fact]) -> Vec<Document> {
    facts.iter().map(document).collect()
}

fn document(fact: &Fact) -> Document {
    let span = Span::new(0, fact.claim.len());
    Document {
        id: DocumentId::of([fact.path.as_str(), &fact.line.to_string(), &fact.claim]),
        given_id: None,
        source: Source::new(&fact.path, NamedBy::Path),
        origin: Origin { path: fact.path.clone(), record: Some(narrow(fact.line as usize)), format: FACTS.to_owned() },
        title: None,
        url: None,
        published: None,
        language: "en".to_owned(),
        form: DocumentForm::Claim,
        text: fact.claim.clone(),
        passages: vec![Passage { span, kind: PassageKind::Paragraph, set_aside: None }],
        lines: LineMap::Record(fact.line),
        details: Details { based_on: fact.source.clone(), ..Details::default() },
    }
}
