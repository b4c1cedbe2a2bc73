//! What a stage saw → JSON records, one a line. Offsets are bytes into the document's text, but those of values count
//! from the beginning of their claim, so that a record can be read without its document.

use crossclaim::model::{Candidate, Claim, Document, NormalClaim, Passage, Sentence, SetAsideSentence, Span};
use serde_json::{Value, json};
use std::io;

/// The words under `span`; empty where a stage named a span outside of the text.
pub(super) fn words(document: &Document, span: Span) -> &str {
    document.text.get(span.range()).unwrap_or("")
}

/// One document.
pub(super) fn document(document: &Document) -> Value {
    json!({
        "id": document.shown_id(),
        "path": document.origin.path,
        "record": document.origin.record,
        "format": document.origin.format,
        "source": document.source.name,
        "named_by": document.source.named_by,
        "title": document.title,
        "url": document.url,
        "published": document.published,
        "language": document.language,
        "form": document.form,
        "author": document.details.author,
        "modified": document.details.modified,
        "based_on": document.details.based_on,
        "is_summary": document.details.is_summary,
        "text": document.text,
    })
}

/// One passage.
pub(super) fn passage(document: &Document, passage: &Passage) -> Value {
    json!({
        "document": document.shown_id(),
        "start": passage.span.start,
        "end": passage.span.end,
        "file_bytes": document.lines.bytes(passage.span).map(|at| [at.start, at.end]),
        "text": words(document, passage.span),
        "kind": passage.kind,
        "set_aside": passage.set_aside,
    })
}

/// One sentence.
pub(super) fn sentence(document: &Document, sentence: &Sentence) -> Value {
    json!({
        "document": document.shown_id(),
        "start": sentence.span.start,
        "end": sentence.span.end,
        "file_bytes": document.lines.bytes(sentence.span).map(|at| [at.start, at.end]),
        "text": words(document, sentence.span),
        "kind": sentence.kind,
        "set_aside": sentence.set_aside,
    })
}

/// One claim.
pub(super) fn claim(document: &Document, claim: &Claim) -> Value {
    json!({
        "id": claim.shown_id(),
        "document": document.shown_id(),
        "source": document.source.name,
        "path": document.origin.path,
        "line": claim.place.line,
        "column": claim.place.column,
        "start": claim.span.start,
        "end": claim.span.end,
        "file_bytes": document.lines.bytes(claim.span).map(|at| [at.start, at.end]),
        "text": claim.text(),
        "kind": claim.kind,
        "subject": claim.carried(),
        "attribution": claim.attribution,
        "quotes": claim.quotes,
        "set_aside": null,
    })
}

/// Words that make no claim.
pub(super) fn set_aside(document: &Document, aside: &SetAsideSentence) -> Value {
    let place = document.lines.place(&document.text, aside.span.start as usize);
    json!({
        "id": null,
        "document": document.shown_id(),
        "source": document.source.name,
        "path": document.origin.path,
        "line": place.line,
        "column": place.column,
        "start": aside.span.start,
        "end": aside.span.end,
        "text": words(document, aside.span),
        "set_aside": aside.reason,
    })
}

/// The values of one claim.
pub(super) fn values(normal: &NormalClaim, document: Option<&Document>) -> Value {
    let claim = &normal.claim;
    let form = &normal.form;
    let quantities: Vec<Value> = form
        .quantities
        .iter()
        .map(|quantity| {
            located(
                claim,
                quantity.span,
                json!({
                    "value": quantity.value(),
                    "low": quantity.low,
                    "high": quantity.high,
                    "unit": quantity.unit,
                    "of": quantity.of,
                    "bound": quantity.bound,
                    "seconds": quantity.seconds(),
                    "kind": quantity.kind,
                }),
            )
        })
        .collect();
    let times: Vec<Value> = form
        .times
        .iter()
        .map(|time| {
            located(
                claim,
                time.span,
                json!({
                    "from": time.from,
                    "until": time.until,
                    "grain": time.grain,
                    "anchor": time.anchor,
                }),
            )
        })
        .collect();
    let entities: Vec<Value> = form
        .entities
        .iter()
        .map(|mention| located(claim, mention.span, json!({ "kind": mention.kind, "key": mention.key })))
        .collect();
    json!({
        "id": claim.shown_id(),
        "document": document.map(Document::shown_id),
        "text": claim.text(),
        "quantities": quantities,
        "times": times,
        "entities": entities,
        "polarity": form.polarity,
        "modality": form.modality,
        "certainty": form.certainty,
    })
}

/// `fields` with the place of their words in the claim. Words of the sentence outside of the claim, such as a subject
/// carried over from an earlier clause, have a text and no place in it.
fn located(claim: &Claim, span: Span, mut fields: Value) -> Value {
    let inside = claim.span.contains(span);
    let from_claim = |offset: u32| inside.then(|| offset - claim.span.start);
    fields["start"] = json!(from_claim(span.start));
    fields["end"] = json!(from_claim(span.end));
    fields["text"] = json!(claim.words(span));
    fields
}

/// Claims as the records of pairs show them, one behind the other. Of a large corpus there are millions of pairs, and a claim is in many.
pub(super) struct Sides {
    written: Vec<u8>,
    /// Where each claim ends in `written`.
    ends: Vec<usize>,
}

impl Sides {
    /// Those of all claims.
    pub(super) fn of(claims: &[NormalClaim]) -> io::Result<Self> {
        let mut sides = Self { written: Vec::new(), ends: Vec::with_capacity(claims.len()) };
        for NormalClaim { claim, .. } in claims {
            let written = &mut sides.written;
            written.extend_from_slice(b"{\"id\":");
            match &claim.given_id {
                Some(given) => serde_json::to_writer(&mut *written, given)?,
                None => serde_json::to_writer(&mut *written, &claim.id)?,
            }
            written.extend_from_slice(b",\"text\":");
            serde_json::to_writer(&mut *written, claim.text())?;
            written.push(b'}');
            sides.ends.push(written.len());
        }
        Ok(sides)
    }

    /// Adds one pair of claims and the names of the keys that brought the two together, as a line.
    pub(super) fn candidate(&self, pair: &Candidate, keys: &[&str], lines: &mut Vec<u8>) -> io::Result<()> {
        lines.extend_from_slice(b"{\"keys\":");
        serde_json::to_writer(&mut *lines, keys)?;
        lines.extend_from_slice(b",\"left\":");
        lines.extend_from_slice(self.side(pair.left));
        lines.extend_from_slice(b",\"right\":");
        lines.extend_from_slice(self.side(pair.right));
        lines.extend_from_slice(b"}\n");
        Ok(())
    }

    /// One of a pair.
    fn side(&self, claim: u32) -> &[u8] {
        let at = claim as usize;
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.written[from..self.ends[at]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossclaim::config::Settings;
    use crossclaim::model::{Mention, MentionKind};
    use crossclaim::pipeline;

    #[test]
    fn a_pair_is_written_as_json_writes_it() {
        let text = |text: &str| pipeline::compare_pair(text, text, None, None, &Settings::default()).left;
        let mut claims = [text("The \"Nordline\"\tsank."), text("It sank \u{2019}twice\u{2019} \u{7f}.")];
        claims[1].claim.given_id = Some("a\"1".to_owned());
        let pair = Candidate { left: 0, right: 1, keys: Default::default() };
        let mut lines = Vec::new();
        let sides = Sides::of(&claims).expect("memory can be written to");
        sides.candidate(&pair, &["entity", "quantity"], &mut lines).expect("memory can be written to");
        let side = |claim: &Claim| json!({ "id": claim.shown_id(), "text": claim.text() });
        let [left, right] = claims.each_ref().map(|normal| side(&normal.claim));
        let expected = json!({ "keys": ["entity", "quantity"], "left": left, "right": right });
        assert_eq!(String::from_utf8(lines).expect("JSON is UTF-8"), format!("{expected}\n"));
    }

    #[test]
    fn values_are_placed_in_their_claim_and_words_outside_of_it_nowhere() {
        let text = "Nordline sank, and left a bill";
        let mut normal = pipeline::compare_pair(text, text, None, None, &Settings::default()).left;
        let mention =
            |start, end| Mention { span: Span::new(start, end), kind: MentionKind::Other, key: "x".to_owned() };
        normal.claim.context = text.into();
        normal.claim.sentence = Span::new(0, text.len());
        normal.claim.span = Span::new(19, text.len());
        normal.form.entities = vec![mention(0, 8), mention(26, 30)];
        let record = values(&normal, None);
        assert_eq!(record["text"], "left a bill");
        assert_eq!(
            record["entities"][0],
            json!({"start": null, "end": null, "text": "Nordline", "kind": "other", "key": "x"})
        );
        assert_eq!(record["entities"][1], json!({"start": 7, "end": 11, "text": "bill", "kind": "other", "key": "x"}));
    }
}
