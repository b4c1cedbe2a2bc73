//! Sentences → claims.
//!
//! What comes in: a document with its passages and sentences. What goes out: every sentence either as one or more claims,
//! each with its speaker and quotations, or set aside with the reason. A claim is a stretch of the text as it stands; no
//! word is added or changed. Whether a claim is true, or like another one, is no concern of this stage.
//!
//! `quotes` finds quotation marks in the whole text, `syntax` reads one sentence, `clauses` cuts it, `attribution` finds
//! who says it, `checkworthy` tells what states nothing, `places` counts lines.

mod quotes;

mod syntax;

mod clauses;

mod attribution;

mod checkworthy;

mod speakers;

mod places;

use crate::model::{
    Claim, ClaimId, ClaimKind, Document, DocumentForm, Extracted, Passage, PassageKind, Segmented, Sentence, SetAside,
    SetAsideSentence, Span,
};
use attribution::Report;
use checkworthy::Attributed;
use clauses::Clause;
use places::Places;
use quotes::Quotation;
use speakers::Speakers;
use std::sync::Arc;
use syntax::Syntax;

/// A sentence of more tokens is no prose (a table, code, a list without stops). It is not cut and no speaker is looked for,
/// since both look ahead to its end from every word.
const LONGEST_SENTENCE: usize = 600;

/// Finds the claims of a document.
pub fn extract(document: &Document, segmented: &Segmented) -> Extracted {
    match document.form {
        DocumentForm::Claim => given(document),
        DocumentForm::Article => article(document, segmented),
    }
}

/// A ready-made claim: the whole text is it, whatever it says.
fn given(document: &Document) -> Extracted {
    let text = &document.text;
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Extracted::default();
    }
    let start = text.len() - text.trim_start().len();
    let span = Span::new(start, start + trimmed.len());
    let passage = Passage { span, kind: PassageKind::Paragraph, set_aside: None };
    let sentence = Sentence { span, passage: 0, kind: PassageKind::Paragraph, set_aside: None };
    let whole = Segmented { passages: vec![passage], sentences: vec![sentence] };
    let quotations = quotes::quotations(text, &whole);
    let read = Read::of(text, sentence, &quotations, Whole::Claim);
    let mut maker = Maker::new(document, &quotations);
    maker.claims(&read, ClaimKind::Given);
    maker.finish()
}

fn article(document: &Document, segmented: &Segmented) -> Extracted {
    let quotations = quotes::quotations(&document.text, segmented);
    let mut maker = Maker::new(document, &quotations);
    let mut first_quotation = 0;
    for sentence in &segmented.sentences {
        if document.text.get(sentence.span.range()).is_none_or(|words| words.trim().is_empty()) {
            maker.set_aside(sentence.span, sentence.set_aside.unwrap_or(SetAside::Fragment));
            continue;
        }
        if let Some(reason) = sentence.set_aside {
            maker.set_aside(sentence.span, reason);
            continue;
        }
        while quotations.get(first_quotation).is_some_and(|quotation| quotation.outer.end <= sentence.span.start) {
            first_quotation += 1;
        }
        let read = Read::of(&document.text, *sentence, &quotations[first_quotation..], Whole::Article);
        let headline = sentence.kind == PassageKind::Headline;
        let attributed = read.attributed();
        let reason = if headline {
            checkworthy::set_aside_headline(&read.syntax, attributed)
        } else {
            checkworthy::set_aside(&read.syntax, attributed)
        };
        match reason {
            Some(reason) => maker.set_aside(sentence.span, reason),
            None => maker.claims(&read, if headline { ClaimKind::Headline } else { ClaimKind::Body }),
        }
    }
    maker.finish()
}

/// Whether a sentence is a claim of its own, which is not cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    Claim,
    Article,
}

/// One sentence with all that was found in it.
struct Read<'a> {
    sentence: Sentence,
    text: &'a str,
    syntax: Syntax<'a>,
    clauses: Vec<Clause>,
    reports: Vec<Report>,
}

impl<'a> Read<'a> {
    fn of(text: &'a str, sentence: Sentence, quotations: &[Quotation], whole: Whole) -> Self {
        let words = &text[sentence.span.range()];
        let inner: Vec<Span> = within(quotations, sentence.span)
            .map(|span| Span { start: span.start - sentence.span.start, end: span.end - sentence.span.start })
            .collect();
        let syntax = Syntax::read(words, &inner);
        let clauses = match whole {
            Whole::Article if syntax.tokens.len() <= LONGEST_SENTENCE => clauses::clauses(&syntax),
            Whole::Article | Whole::Claim => {
                vec![Clause { from: 0, to: syntax.tokens.len(), subject: None, goes_on: false }]
            }
        };
        if syntax.tokens.len() > LONGEST_SENTENCE {
            return Self { sentence, text: words, syntax, clauses, reports: Vec::new() };
        }
        let reports = attribution::reports(&syntax, |at| {
            let clause = clauses.iter().find(|clause| clause.from <= at && at < clause.to)?;
            // Only the first verb of a clause without a subject has the carried one.
            let first = syntax.first_finite(clause.from, clause.to).is_none_or(|verb| at <= verb);
            clause.subject.filter(|_| first)
        });
        Self { sentence, text: words, syntax, clauses, reports }
    }

    /// Whether the sentence says what somebody other than the author said.
    fn attributed(&self) -> Attributed {
        let other = |(from, to): (usize, usize)| to - from > 1 || !matches!(self.syntax.word(from), "i" | "we");
        let named = self.reports.iter().any(|report| report.speaker.is_some_and(other));
        let quoted = self.syntax.quoted.iter().filter(|quoted| **quoted).count();
        if named || quoted * 2 > self.syntax.tokens.len() { Attributed::ToSomebody } else { Attributed::ToNobody }
    }

    /// A stretch of tokens as a span of the document.
    fn span(&self, (from, to): (usize, usize)) -> Span {
        self.syntax.span(from, to).shifted(self.sentence.span.start as usize)
    }

    /// The words of a clause as a span of the document; a clause that ends the sentence keeps its closing marks.
    fn clause_span(&self, clause: &Clause) -> Span {
        let whole = self.sentence.span;
        if clause.from >= clause.to {
            return whole;
        }
        let span = self.span((clause.from, clause.to));
        Span {
            start: if clause.from == 0 { whole.start } else { span.start },
            end: if clause.to == self.syntax.tokens.len() { whole.end } else { span.end },
        }
    }
}

/// The parts of the quotations that lie inside `span`.
fn within(quotations: &[Quotation], span: Span) -> impl Iterator<Item = Span> + '_ {
    quotations
        .iter()
        .take_while(move |quotation| quotation.inner.start < span.end)
        .filter(move |quotation| quotation.inner.overlaps(span))
        .map(move |quotation| Span {
            start: quotation.inner.start.max(span.start),
            end: quotation.inner.end.min(span.end),
        })
}

/// Collects what a document gives.
struct Maker<'a> {
    document: &'a Document,
    quotations: &'a [Quotation],
    document_id: String,
    places: Places<'a>,
    speakers: Speakers<'a>,
    found: Extracted,
    /// The first quotation that does not end before the sentence at hand.
    first_quotation: usize,
}

impl<'a> Maker<'a> {
    fn new(document: &'a Document, quotations: &'a [Quotation]) -> Self {
        Self {
            document,
            quotations,
            document_id: document.id.to_string(),
            places: Places::of(document),
            speakers: Speakers::of(&document.text),
            found: Extracted::default(),
            first_quotation: 0,
        }
    }

    fn set_aside(&mut self, span: Span, reason: SetAside) {
        self.found.set_aside.push(SetAsideSentence { span, reason });
    }

    /// The claims of one sentence.
    fn claims(&mut self, read: &Read<'_>, kind: ClaimKind) {
        let context: Arc<str> = Arc::from(read.text);
        while self.quotations.get(self.first_quotation).is_some_and(|q| q.outer.end <= read.sentence.span.start) {
            self.first_quotation += 1;
        }
        for (at, clause) in read.clauses.iter().enumerate() {
            let span = read.clause_span(clause);
            let quotes: Vec<Span> = within(&self.quotations[self.first_quotation..], span).collect();
            let attribution = self.speakers.attribution(read, at, span, &quotes);
            let position = [span.start.to_string(), span.end.to_string()];
            self.found.claims.push(Claim {
                id: ClaimId::of([self.document_id.as_str(), &position[0], &position[1]]),
                given_id: (kind == ClaimKind::Given).then(|| self.document.given_id.clone()).flatten(),
                document: self.document.id,
                source: self.document.source.id,
                span,
                sentence: read.sentence.span,
                context: Arc::clone(&context),
                place: self.places.at(span.start as usize),
                kind,
                subject: clause.subject.map(|tokens| read.span(tokens)),
                attribution,
                quotes,
            });
        }
    }

    fn finish(mut self) -> Extracted {
        self.speakers.fill_open_quotations(self.quotations, &mut self.found.claims);
        self.found
    }
}
