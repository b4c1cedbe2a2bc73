//! The fields of one record of a JSONL, JSON or CSV file → a draft.

use super::fields::{Field, Fields, one_line};
use super::{Draft, Given, blocks, soft};
use crate::model::{DocumentForm, LineMap, Passage, PassageKind, Place, Span};

/// A record without title is a ready-made claim where its text is one line of at most this many characters: three long
/// sentences. Longer ones, and those with a title, are articles.
const LONGEST_CLAIM: usize = 600;

/// Of a file that gives no document, at most this many lines are reported one by one.
const FEW: usize = 3;

/// So many records of a file that cannot be read are told one by one; of the rest their number is.
const MOST_TOLD: usize = 1_000;

/// Makes a draft of the fields of the record on `line`; the message says what is missing.
pub(super) fn draft(mut fields: Fields, line: u32) -> Result<Draft, String> {
    let declared = fields.take(Field::Form).map(|form| form.trim().to_lowercase());
    let claim = fields.take(Field::Claim);
    let html = fields.take(Field::Html);
    let summary = fields.take(Field::Summary);
    let mut body = fields.take(Field::Text);
    let title = fields.take_line(Field::Title).map(soft::without_soft);
    if body.is_none() && html.is_none() && claim.is_none() && summary.is_some() {
        body = summary;
        fields.is_summary = true;
    }
    // Many exports put markup into fields of text.
    let html = match (&body, html) {
        (Some(body), html) => html.or_else(|| super::html::is_markup(body).then(|| body.clone())),
        (None, html) => html,
    };
    let (body, has_claim) = match (claim, body.or_else(|| html.clone()), declared.as_deref()) {
        (Some(_), Some(body), Some("article")) => (body, false),
        (Some(claim), ..) => (claim, true),
        (None, Some(body), _) => (body, false),
        (None, None, _) => {
            return Err("has no text: `text`, `body`, `content` or `claim` is missing or empty".to_owned());
        }
    };
    let form = match declared.as_deref() {
        Some("claim") => DocumentForm::Claim,
        Some("article") => DocumentForm::Article,
        _ if has_claim || (!fields.is_titled() && is_short(&body)) => DocumentForm::Claim,
        _ => DocumentForm::Article,
    };
    let (text, passages, title) = match form {
        DocumentForm::Claim => {
            let body = soft::without_soft(body);
            if body.trim().is_empty() {
                return Err("has no text but marks without width".to_owned());
            }
            let start = body.len() - body.trim_start().len();
            let span = Span::new(start, start + body.trim().len());
            (body, vec![Passage { span, kind: PassageKind::Paragraph, set_aside: None }], None)
        }
        DocumentForm::Article => match html {
            Some(markup) => {
                let (text, passages) = super::html::fragment(&markup, title.as_deref())?;
                (text, passages, title)
            }
            None => article(soft::read_as_meant(body).0, title),
        },
    };
    if passages.is_empty() {
        return Err("has no text but markup".to_owned());
    }
    Ok(Draft {
        record: Some(line),
        given_id: fields.take(Field::Id),
        outlet: fields.take_line(Field::Source),
        title,
        url: fields.take_line(Field::Url),
        published: fields.published(),
        language: fields.take(Field::Language),
        form,
        text,
        passages,
        lines: LineMap::Record(line),
        unread_date: fields.unread_date(),
        details: fields.details(),
    })
}

/// The text of an article with its title as first passage.
fn article(body: String, title: Option<String>) -> (String, Vec<Passage>, Option<String>) {
    let Some(title) = title else {
        let passages = blocks::passages(&body, 0);
        return (body, passages, None);
    };
    // Many exports repeat the title as the first line of the text; it is one headline all the same.
    let first = body.trim_start().lines().next().unwrap_or_default();
    if one_line(first) == title {
        let start = body.len() - body.trim_start().len();
        let end = start + first.trim_end().len();
        let mut passages = vec![headline(start, end)];
        passages.extend(blocks::passages(&body, end));
        return (body, passages, Some(title));
    }
    let text = format!("{title}\n\n{body}");
    let mut passages = vec![headline(0, title.len())];
    passages.extend(blocks::passages(&text, title.len()));
    (text, passages, Some(title))
}

fn headline(start: usize, end: usize) -> Passage {
    Passage { span: Span::new(start, end), kind: PassageKind::Headline, set_aside: None }
}

fn is_short(text: &str) -> bool {
    let text = text.trim();
    !text.contains(['\n', '\r']) && text.chars().take(LONGEST_CLAIM + 1).count() <= LONGEST_CLAIM
}

/// Passes documents on as they come. Skipped records are held back until a document has come or the file has ended: a file
/// in which no record can be read, a list of settings perhaps, is reported once and not by every line.
pub(super) struct Sink<'a> {
    give: &'a mut dyn FnMut(Given),
    held: Vec<(Place, String)>,
    any: bool,
    /// How many records could not be read.
    unread: usize,
    /// The first of them that is not told by itself.
    untold: Option<(Place, String)>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(give: &'a mut dyn FnMut(Given)) -> Self {
        Self { give, held: Vec::new(), any: false, unread: 0, untold: None }
    }

    /// Passes on a document, or the reason why there is none at `place`.
    pub(super) fn push(&mut self, place: Place, read: Result<Draft, String>) {
        match read {
            Ok(draft) => {
                self.release();
                (self.give)(Given::Document(Box::new(draft)));
            }
            Err(reason) => {
                self.unread += 1;
                if self.unread > MOST_TOLD {
                    self.untold.get_or_insert((place, reason));
                } else if self.any {
                    (self.give)(Given::Skipped { place: Some(place), reason });
                } else {
                    self.held.push((place, reason));
                }
            }
        }
    }

    /// Passes on that the rest of the file, or all of it, cannot be read.
    pub(super) fn fail(mut self, place: Option<Place>, reason: String) {
        self.release();
        self.tell_rest();
        (self.give)(Given::Skipped { place, reason });
    }

    /// Passes on what was held back.
    fn release(&mut self) {
        self.any = true;
        for (place, reason) in self.held.drain(..) {
            (self.give)(Given::Skipped { place: Some(place), reason });
        }
    }

    /// Passes on how many records could not be read besides those that were told one by one.
    fn tell_rest(&mut self) {
        if let Some((place, reason)) = self.untold.take() {
            let count = self.unread - MOST_TOLD;
            let reason = format!("{count} more records from here on cannot be read; the first {reason}");
            (self.give)(Given::Skipped { place: Some(place), reason });
        }
    }

    /// Ends the file.
    pub(super) fn finish(mut self) {
        if self.any {
            return self.tell_rest();
        }
        let count = self.unread;
        if count == 0 {
            (self.give)(Given::Skipped { place: None, reason: "is empty".to_owned() });
            return;
        }
        let shown = if count > FEW { 1 } else { count };
        for (place, mut reason) in self.held.drain(..).take(shown) {
            if count > FEW {
                reason = format!("none of the {count} records can be read; the first {reason}");
            }
            (self.give)(Given::Skipped { place: Some(place), reason });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_file_of_a_million_bad_lines_the_first_are_told_and_the_rest_counted() {
        let mut told = Vec::new();
        let mut give = |given: Given| match given {
            Given::Document(_) => told.push((0, "document".to_owned())),
            Given::Skipped { place, reason } => told.push((place.map_or(0, |place| place.line), reason)),
        };
        let mut fields = Fields::default();
        fields.add("text", "It rained.");
        let mut sink = Sink::new(&mut give);
        sink.push(Place { line: 1, column: 1 }, draft(fields, 1));
        for line in 2..1_000_002 {
            sink.push(Place { line, column: 1 }, Err("is malformed".to_owned()));
        }
        sink.finish();
        assert_eq!(told.len(), 1 + MOST_TOLD + 1);
        let last = "999000 more records from here on cannot be read; the first is malformed".to_owned();
        assert_eq!(told.last(), Some(&(1002, last)));
    }

    #[test]
    fn a_text_of_invisible_marks_is_no_text() {
        for text in ["\u{AD}", " \u{200B}\u{AD} \n"] {
            let mut fields = Fields::default();
            fields.add("text", text);
            assert_eq!(draft(fields, 3).map(|draft| draft.text), Err("has no text but marks without width".to_owned()));
        }
    }
}
