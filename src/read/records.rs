//! The fields of one record of a JSONL, JSON or CSV file → a draft.

use super::fields::{Field, Fields, one_line};
use super::{Draft, Given, blocks};
use crate::model::{DocumentForm, LineMap, Passage, PassageKind, Place, Span};

/// A record without title is a ready-made claim where its text is one line of at most this many characters: three long
/// sentences. Longer ones, and those with a title, are articles.
const LONGEST_CLAIM: usize = 600;

/// Of a file that gives no document, at most this many lines are reported one by one.
const FEW: usize = 3;

/// Makes a draft of the fields of the record on `line`; the message says what is missing.
pub(super) fn draft(mut fields: Fields, line: u32) -> Result<Draft, String> {
    let declared = fields.take(Field::Form).map(|form| form.trim().to_lowercase());
    let claim = fields.take(Field::Claim);
    let html = fields.take(Field::Html);
    let summary = fields.take(Field::Summary);
    let mut body = fields.take(Field::Text);
    let title = fields.take_line(Field::Title);
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
            let start = body.len() - body.trim_start().len();
            let span = Span::new(start, start + body.trim().len());
            (body, vec![Passage { span, kind: PassageKind::Paragraph, set_aside: None }], None)
        }
        DocumentForm::Article => match html {
            Some(markup) => {
                let (text, passages) = super::html::fragment(&markup, title.as_deref());
                (text, passages, title)
            }
            None => article(body, title),
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
}

impl<'a> Sink<'a> {
    pub(super) fn new(give: &'a mut dyn FnMut(Given)) -> Self {
        Self { give, held: Vec::new(), any: false }
    }

    /// Passes on a document, or the reason why there is none at `place`.
    pub(super) fn push(&mut self, place: Place, read: Result<Draft, String>) {
        match read {
            Ok(draft) => {
                if !self.any {
                    self.any = true;
                    for (place, reason) in std::mem::take(&mut self.held) {
                        (self.give)(Given::Skipped { place: Some(place), reason });
                    }
                }
                (self.give)(Given::Document(Box::new(draft)));
            }
            Err(reason) if self.any => (self.give)(Given::Skipped { place: Some(place), reason }),
            Err(reason) => self.held.push((place, reason)),
        }
    }

    /// Passes on that the rest of the file, or all of it, cannot be read.
    pub(super) fn fail(&mut self, place: Option<Place>, reason: String) {
        self.any = true;
        for (place, reason) in std::mem::take(&mut self.held) {
            (self.give)(Given::Skipped { place: Some(place), reason });
        }
        (self.give)(Given::Skipped { place, reason });
    }

    /// Ends the file.
    pub(super) fn finish(mut self) {
        if self.any {
            return;
        }
        let count = self.held.len();
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
