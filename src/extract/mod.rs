//! Sentences → claims.
//!
//! What comes in: a document with its passages and sentences. What goes out: every sentence either as one or more claims,
//! each with its speaker and quotations, or set aside with the reason. A claim is a stretch of the text as it stands; no
//! word is added or changed. Whether a claim is true, or like another one, is no concern of this stage.
//!
//! `quotes` finds quotation marks in the whole text, `words` and `syntax` read one sentence, `clauses` cuts it, `predicates` cuts what is told of one subject, `conjuncts`
//! what a predicate has several of, told by `phrases` and `reach`, `attribution` and `reported` find who says it, `checkworthy` tells what states nothing, `places` counts lines.

mod quotes;

mod words;

mod syntax;

mod clauses;

mod predicates;

mod conjuncts;

mod phrases;

mod reach;

mod antecedents;

mod attribution;

mod reported;

mod checkworthy;

mod speakers;

mod places;

use crate::grammar::Trees;
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

/// What is longer than this, in bytes, without a place at which a sentence could end states nothing that could be held against
/// anything: bytes that were taken for text, a list of thousands. It is set aside unread, since a megabyte of it takes a minute
/// of parsing.
const LONGEST_STATEMENT: usize = 20_000;

/// Finds the claims of a document. `trees` are those of its sentences.
pub fn extract(document: &Document, segmented: &Segmented, trees: &mut Trees<'_>) -> Extracted {
    match document.form {
        DocumentForm::Claim => given(document, trees),
        DocumentForm::Article => article(document, segmented, trees),
    }
}

/// A ready-made claim: the whole text is it, whatever it says.
fn given(document: &Document, trees: &mut Trees<'_>) -> Extracted {
    let text = &document.text;
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Extracted::default();
    }
    let start = text.len() - text.trim_start().len();
    let span = Span::new(start, start + trimmed.len());
    let passage = Passage { span, kind: PassageKind::Paragraph, set_aside: None };
    let sentence = Sentence { span, passage: 0, kind: PassageKind::Paragraph, set_aside: None };
    if span.len() > LONGEST_STATEMENT {
        let set_aside = vec![SetAsideSentence { span, reason: SetAside::Fragment }];
        return Extracted { set_aside, ..Extracted::default() };
    }
    let whole = Segmented { passages: vec![passage], sentences: vec![sentence] };
    let quotations = quotes::quotations(text, &whole);
    let read = Read::of(text, sentence, &quotations, Whole::Claim, trees);
    let mut maker = Maker::new(document, &quotations);
    maker.claims(&read, ClaimKind::Given);
    maker.finish()
}

fn article(document: &Document, segmented: &Segmented, trees: &mut Trees<'_>) -> Extracted {
    let quotations = quotes::quotations(&document.text, segmented);
    let mut maker = Maker::new(document, &quotations);
    let mut first_quotation = 0;
    for sentence in &segmented.sentences {
        if document.text.get(sentence.span.range()).is_none_or(|words| words.trim().is_empty()) {
            maker.set_aside(sentence.span, sentence.set_aside.unwrap_or(SetAside::Fragment));
            continue;
        }
        let unread = Some(SetAside::Fragment).filter(|_| sentence.span.len() > LONGEST_STATEMENT);
        if let Some(reason) = sentence.set_aside.or(unread) {
            maker.set_aside(sentence.span, reason);
            continue;
        }
        while quotations.get(first_quotation).is_some_and(|quotation| quotation.outer.end <= sentence.span.start) {
            first_quotation += 1;
        }
        let read = Read::of(&document.text, *sentence, &quotations[first_quotation..], Whole::Article, trees);
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
    fn of(text: &'a str, sentence: Sentence, quotations: &[Quotation], whole: Whole, trees: &mut Trees<'_>) -> Self {
        let words = &text[sentence.span.range()];
        let inner: Vec<Span> = within(quotations, sentence.span)
            .map(|span| Span { start: span.start - sentence.span.start, end: span.end - sentence.span.start })
            .collect();
        let syntax = Syntax::read(words, &inner);
        let clauses = match whole {
            Whole::Article if syntax.tokens.len() <= LONGEST_SENTENCE => {
                let mut clauses = clauses::clauses(&syntax);
                if predicates::may_tell_more(&syntax) {
                    clauses = predicates::split(&syntax, trees.tree(sentence.span, words), clauses);
                }
                if conjuncts::has_coordinator(&syntax) {
                    conjuncts::split(&syntax, trees.tree(sentence.span, words), clauses)
                } else {
                    clauses
                }
            }
            Whole::Article | Whole::Claim => vec![Clause::whole(syntax.tokens.len())],
        };
        if syntax.tokens.len() > LONGEST_SENTENCE {
            return Self { sentence, text: words, syntax, clauses, reports: Vec::new() };
        }
        let reports = attribution::reports(&syntax, |at| {
            let clause = clauses.iter().find(|clause| clause.from <= at && at < clause.to)?;
            // Only the first verb of a clause without a subject has the carried one.
            let first = syntax.first_finite(clause.from, clause.to).is_none_or(|verb| at <= verb);
            clause.subject.filter(|_| first && clause.predicate.is_none()).map(|subject| (clause.from, subject))
        });
        let reports = if reported::asks_tree(&syntax, &reports) {
            reported::with_tree(&syntax, trees.tree(sentence.span, words), reports)
        } else {
            reports
        };
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
                place_end: self.places.after(span),
                kind,
                subject: clause.subject.map(|tokens| read.span(tokens)),
                predicate: clause.predicate.map(|tokens| read.span(tokens)),
                circumstances: [clause.before, clause.behind]
                    .into_iter()
                    .flatten()
                    .map(|tokens| read.span(tokens))
                    .collect(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocumentId, LineMap, Mode, NamedBy, Origin, Source};
    use proptest::prelude::*;

    fn document(text: &str, form: DocumentForm) -> Document {
        Document {
            id: DocumentId::of([text]),
            given_id: Some("one".to_owned()),
            source: Source::new("The Holm Courier", NamedBy::FileName),
            origin: Origin { path: "holm.txt".to_owned(), record: None, format: "text".to_owned() },
            title: None,
            url: None,
            published: None,
            language: "en".to_owned(),
            form,
            text: text.to_owned(),
            passages: Vec::new(),
            lines: LineMap::Verbatim,
            details: Default::default(),
        }
    }

    /// Lines are passages; sentences end at a stop, closing marks and a space. Real cutting is the work of `segment`.
    fn segmented(text: &str) -> Segmented {
        let mut cut = Segmented { passages: Vec::new(), sentences: Vec::new() };
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim();
            let start = offset + line.len() - line.trim_start().len();
            offset += line.len();
            if words.is_empty() {
                continue;
            }
            let kind = if words.starts_with("HEADLINE") { PassageKind::Headline } else { PassageKind::Paragraph };
            let set_aside = words.starts_with("BYLINE").then_some(SetAside::Byline);
            let passage = u32::try_from(cut.passages.len()).unwrap();
            let span = Span::new(start, start + words.len());
            cut.passages.push(Passage { span, kind, set_aside });
            let mut from = 0;
            let ends = words.char_indices().filter(|&(at, _)| {
                let before = words[..at].trim_end_matches(['"', '\u{201D}', '\'']);
                words[at..].starts_with(' ') && before.ends_with(['.', '!', '?'])
            });
            for end in ends.map(|(at, _)| at).chain([words.len()]).collect::<Vec<_>>() {
                let piece = &words[from..end];
                let begin = start + from + piece.len() - piece.trim_start().len();
                cut.sentences.push(Sentence { span: Span::new(begin, start + end), passage, kind, set_aside });
                from = end;
            }
        }
        cut
    }

    fn extracted(text: &str) -> Extracted {
        extract(&document(text, DocumentForm::Article), &segmented(text), &mut Trees::default())
    }

    /// Speaker, cue and mode of each claim.
    fn speakers(text: &str) -> Vec<String> {
        let shown = |claim: &Claim| match &claim.attribution {
            None => "-".to_owned(),
            Some(said) => {
                assert_eq!(said.cue.of(text), said.cue_text);
                let speaker = said.speaker.as_ref().map_or("?", |speaker| {
                    assert_eq!(speaker.span.of(text), speaker.text);
                    &speaker.text
                });
                let mode = if said.mode == Mode::Direct { "direct" } else { "indirect" };
                format!("{speaker} / {} / {mode}", said.cue_text)
            }
        };
        extracted(text).claims.iter().map(shown).collect()
    }

    #[test]
    fn what_runs_on_without_end_is_set_aside_unread() {
        let endless = "the mayor closed the old bridge and ".repeat(1_000);
        for form in [DocumentForm::Article, DocumentForm::Claim] {
            let document = document(&endless, form);
            let found = extract(&document, &segmented(&endless), &mut Trees::default());
            assert!(found.claims.is_empty());
            let aside: Vec<SetAside> = found.set_aside.iter().map(|aside| aside.reason).collect();
            assert_eq!(aside, [SetAside::Fragment]);
        }
    }

    #[test]
    fn a_speaker_stands_before_after_or_inside() {
        assert_eq!(speakers("Police said that 12 people died."), ["Police / said / indirect"]);
        assert_eq!(speakers("Police said on Monday 12 people had died."), ["Police / said / indirect"]);
        assert_eq!(speakers("\u{201C}The dam will hold,\u{201D} said the mayor."), ["the mayor / said / direct"]);
        assert_eq!(speakers("The dam broke at noon, the ministry said."), ["the ministry / said / indirect"]);
        assert_eq!(
            speakers("The dam broke at noon, according to two officials."),
            ["two officials / according to / indirect"]
        );
        assert_eq!(
            speakers("The farmers were not asked before the vote, their chairman, Olaf Moe, said."),
            ["their chairman, Olaf Moe / said / indirect"]
        );
        assert_eq!(
            speakers("According to the river office, the dam broke."),
            ["the river office / According to / indirect"]
        );
        assert_eq!(speakers("\"The dam,\" Anna Berg said, \"will hold.\""), ["Anna Berg / said / direct"]);
        assert_eq!(
            speakers("Anna Berg, the mayor of Holm, told reporters that the dam held."),
            ["Anna Berg / told / indirect"]
        );
        assert_eq!(
            speakers("On Tuesday, Minister Olaf Moe announced that schools would close."),
            ["Minister Olaf Moe / announced / indirect"]
        );
        assert_eq!(
            speakers("The dam broke, said Olaf Moe, director of the Holm River Office."),
            ["Olaf Moe / said / indirect"]
        );
        assert_eq!(speakers("He reportedly sold the mill."), ["? / reportedly / indirect"]);
        assert_eq!(speakers("The duke is said to own the mill."), ["? / said / indirect"]);
        assert_eq!(
            speakers("Olaf Moe described the talks as \"frank and useful.\""),
            ["Olaf Moe / described / indirect"]
        );
    }

    #[test]
    fn the_chain_leads_from_the_outlet_to_the_first_speaker() {
        let chain = |text: &str| {
            let found = extracted(text);
            let said = found.claims[0].attribution.clone().expect("somebody speaks");
            let speaker = said.speaker.map_or("?".to_owned(), |speaker| speaker.text);
            let via: Vec<String> = said.via.into_iter().map(|speaker| speaker.text).collect();
            format!("{} > {speaker}", via.join(" > "))
        };
        for (text, expected) in [
            ("The Holm Courier reported that officials said the dam broke.", "The Holm Courier > officials"),
            (
                "The Holm Courier reported on Monday that two officials said the dam broke.",
                "The Holm Courier > two officials",
            ),
            ("According to the Holm Courier, police said the dam broke.", "the Holm Courier > police"),
            ("The dam broke at noon, police said, according to the Holm Courier.", "the Holm Courier > police"),
            ("Officials told the Holm Courier that the dam broke.", "the Holm Courier > Officials"),
            ("Officials told the mayor that the dam broke.", " > Officials"),
            ("Police said that the dam broke.", " > Police"),
            ("Anna Berg said she left, and Olaf Moe said he stayed.", " > Anna Berg"),
        ] {
            assert_eq!(chain(text), expected, "{text}");
        }
    }

    #[test]
    fn words_that_report_nothing_name_no_speaker() {
        for text in [
            "The ministry announced the plan on Monday.",
            "The court confirmed the sentence of nine men.",
            "Olaf Moe did not say whether the dam broke.",
            "The reports of the council were burned.",
            "The book was told by her sister.",
        ] {
            assert_eq!(speakers(text), ["-"], "{text}");
        }
    }

    #[test]
    fn pronouns_stand_for_the_last_speaker_they_fit() {
        assert_eq!(
            speakers("Anna Berg said the dam held. She said nobody was hurt."),
            ["Anna Berg / said / indirect", "Anna Berg / said / indirect"]
        );
        assert_eq!(
            speakers("The River Office said the dam held. He said nobody was hurt."),
            ["The River Office / said / indirect", "He / said / indirect"]
        );
        assert_eq!(
            speakers("The River Office said the dam held. It said nobody was hurt."),
            ["The River Office / said / indirect", "The River Office / said / indirect"]
        );
    }

    #[test]
    fn pronouns_reach_one_sentence_back_and_agree_in_gender() {
        let said = |text: &str| speakers(text).pop().unwrap_or_default();
        // Who is named in the sentence before, though somebody else spoke last.
        let text = "The mayor denied it. Premier Sanae Takala spoke to Paul Lund. She said the call was good.";
        assert_eq!(said(text), "Sanae Takala / said / indirect");
        let text = "Ida Varn met Paul Holt. He said the call was good.";
        assert_eq!(said(text), "Paul Holt / said / indirect");
        // Two who could be meant, one too far back, one of the other sex: nobody.
        for text in ["Ida Varn met Anna Berg. She said it was good.", "Varnolt met Anna Berg. She said it was good."] {
            assert_eq!(said(text), "She / said / indirect");
        }
        assert_eq!(said("In Holm they met Anna Berg. She said it was good."), "Anna Berg / said / indirect");
        let text = "Anna Berg said the dam held. The road was closed. The mill burned. She said nobody was hurt.";
        assert_eq!(said(text), "She / said / indirect");
        let text = "Anna Berg said the dam held. He said nobody was hurt.";
        assert_eq!(said(text), "He / said / indirect");
        // A chain of pronouns goes on.
        let text = "Anna Berg said the dam held. She said the road was closed. She said nobody was hurt.";
        assert_eq!(said(text), "Anna Berg / said / indirect");
    }

    #[test]
    fn a_quotation_takes_its_speaker_from_the_sentence_beside_it() {
        assert_eq!(
            speakers("\u{201C}The dam broke at noon. We ran uphill,\u{201D} said Ida Lund."),
            ["Ida Lund / said / direct", "Ida Lund / said / direct"]
        );
        assert_eq!(
            speakers("\"The dam broke at noon,\" said Ida Lund. \"We ran uphill.\""),
            ["Ida Lund / said / direct", "Ida Lund / said / direct"]
        );
        assert_eq!(
            speakers("\u{201C}The dam broke at noon,\u{201D} said Ida Lund.\n\nThe road was closed all day."),
            ["Ida Lund / said / direct", "-"]
        );
    }

    #[test]
    fn a_short_quotation_that_goes_on_keeps_its_speaker() {
        assert_eq!(
            speakers(
                "\u{201C}We ran,\u{201D} Ida Lund said. \u{201C}The water rose at noon. It took the mill.\u{201D}"
            ),
            ["Ida Lund / said / direct", "Ida Lund / said / direct", "Ida Lund / said / direct"]
        );
    }

    #[test]
    fn the_clauses_of_a_sentence_keep_their_own_speakers() {
        assert_eq!(
            speakers("Police said 12 people had died, and hospitals reported that 15 were missing."),
            ["Police / said / indirect", "hospitals / reported / indirect"]
        );
        assert_eq!(
            speakers("The mayor visited the broken dam and said the town was safe."),
            ["-", "The mayor / said / indirect"]
        );
        assert_eq!(
            speakers("The storm tore down forty houses, and the river flooded the mill, officials said."),
            ["officials / said / indirect", "officials / said / indirect"]
        );
    }

    #[test]
    fn a_headline_is_a_claim_and_a_byline_is_listed() {
        let found =
            extracted("HEADLINE Dam bursts in Holm\nBYLINE Ida Lund\nThe dam burst on Monday. Why did it burst?\n");
        let kinds: Vec<ClaimKind> = found.claims.iter().map(|claim| claim.kind).collect();
        assert_eq!(kinds, [ClaimKind::Headline, ClaimKind::Body]);
        assert_eq!(found.claims[1].place, crate::model::Place { line: 3, column: 1 });
        let reasons: Vec<SetAside> = found.set_aside.iter().map(|aside| aside.reason).collect();
        assert_eq!(reasons, [SetAside::Byline, SetAside::Question]);
    }

    #[test]
    fn reported_opinion_is_a_claim_about_its_speaker() {
        let text = "Anna Berg said we must end this disgraceful shame. I think we must end this disgraceful shame.";
        let found = extracted(text);
        assert_eq!(found.claims.len(), 1);
        assert_eq!(found.set_aside.len(), 1);
        assert_eq!(found.set_aside[0].reason, SetAside::Opinion);
    }

    #[test]
    fn a_ready_made_claim_is_taken_whole_whatever_it_says() {
        let text = "  Did the dam burst, and the mayor said \u{201C}no\u{201D}? I think so. ";
        let found = extract(&document(text, DocumentForm::Claim), &segmented(text), &mut Trees::default());
        assert_eq!(found.claims.len(), 1);
        let claim = &found.claims[0];
        assert_eq!(claim.text(), text.trim());
        assert_eq!(claim.sentence, claim.span);
        assert_eq!(claim.kind, ClaimKind::Given);
        assert_eq!(claim.given_id.as_deref(), Some("one"));
        assert_eq!(claim.quotes.iter().map(|quote| quote.of(text)).collect::<Vec<_>>(), ["no"]);
        assert!(found.set_aside.is_empty());
        assert_eq!(
            extract(&document(" \n", DocumentForm::Claim), &segmented(""), &mut Trees::default()),
            Extracted::default()
        );
    }

    #[test]
    fn places_in_one_pass_are_those_of_the_line_map() {
        let text = "The dam burst on Monday.\n\n\u{C9}va Lund said it rained. The mill burned down, and the queen left the town.\nIt rained.";
        let found = extracted(text);
        assert!(found.claims.len() >= 4);
        for claim in &found.claims {
            assert_eq!(claim.place, LineMap::Verbatim.place(text, claim.span.start as usize));
        }
    }

    fn check(text: &str) {
        let cut = segmented(text);
        let found = extracted(text);
        for sentence in &cut.sentences {
            let claimed = found.claims.iter().any(|claim| claim.sentence == sentence.span);
            let aside = found.set_aside.iter().any(|aside| aside.span == sentence.span);
            assert!(claimed != aside, "a sentence is either claimed or set aside: {:?}", sentence.span.of(text));
        }
        for claim in &found.claims {
            assert_eq!(claim.context.as_ref(), claim.sentence.of(text));
            assert_eq!(claim.text(), claim.span.of(text));
            assert!(claim.sentence.contains(claim.span) && !claim.span.is_empty());
            assert!(claim.quotes.iter().all(|quote| claim.span.contains(*quote)));
            assert!(claim.subject.is_none_or(|subject| claim.sentence.contains(subject) && !subject.is_empty()));
        }
        for pair in found.claims.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "claims do not overlap");
        }
    }

    #[test]
    fn awkward_texts_are_read() {
        for text in [
            "",
            "\"",
            "'",
            "said",
            "said said said.",
            "and and and, and; but",
            "\u{201C}",
            "(((",
            "), and he said",
            "\u{4E2D}\u{6587}\u{3002}",
            "While , who which , said",
            "A said B said C said that, and that, and that.",
            "according to",
            "\u{200B}",
            "He said \"\" and \"a.",
            "who, who, who were who",
            "adding that, saying, \u{2014} telling",
            "of of of, which was of",
        ] {
            check(text);
            extract(
                &document(text, DocumentForm::Claim),
                &Segmented { passages: Vec::new(), sentences: Vec::new() },
                &mut Trees::default(),
            );
        }
    }

    #[test]
    fn long_texts_take_linear_time() {
        // Each line is one sentence, nearly as long as one may be.
        let line = "He said \"it rained and 'it snowed, and they left; who ".repeat(350) + "\n";
        assert!(line.len() < LONGEST_STATEMENT);
        check_fast(&line.repeat(14));
        check_fast(&"The dam broke, and \u{201C}we ran. ".repeat(5_000));
    }

    fn check_fast(text: &str) {
        let started = std::time::Instant::now();
        let found = extracted(text);
        assert!(!found.claims.is_empty());
        assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    }

    proptest! {
        #[test]
        fn no_sentence_is_lost_and_no_span_is_wrong(words in proptest::collection::vec(
            prop_oneof![
                "[A-Za-z\u{E9}]{1,8}", Just(",".to_owned()), Just(". ".to_owned()), Just("\"".to_owned()),
                Just("\u{201C}".to_owned()), Just("\u{2019}".to_owned()), Just("and".to_owned()), Just("said".to_owned()),
                Just("who".to_owned()), Just("was".to_owned()), Just("The mayor".to_owned()), Just("while".to_owned()),
                Just("adding that".to_owned()), Just("according to".to_owned()), Just("\n".to_owned()), Just("12".to_owned()),
                Just(";".to_owned()), Just("which".to_owned()), Just("he".to_owned()), Just("left".to_owned()),
            ],
            0..60,
        )) {
            check(&words.join(" "));
        }
    }
}
