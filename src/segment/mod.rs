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

use crate::lexicon::language::{self, Told};
use crate::model::{Document, DocumentForm, Passage, Segmented, Sentence, SetAside, Span};

/// Cuts a document into passages with their kinds, and sentences.
pub fn segment(document: &Document) -> Segmented {
    let mut passages = match document.form {
        DocumentForm::Article => passages::refine(document),
        DocumentForm::Claim => passages::blocks(document),
    };
    set_aside_other_languages(document, &mut passages);
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

/// Sets aside what is in a language without lexicon: a passage that tells so itself, and in a document of such a language
/// all that do not tell clearly that they are English.
fn set_aside_other_languages(document: &Document, passages: &mut [Passage]) {
    let readable = language::has_lexicon(&document.language);
    for passage in passages.iter_mut().filter(|passage| passage.set_aside.is_none()) {
        let strange = match language::told(passage.span.of(&document.text)) {
            Told::English => false,
            Told::Other(_) => true,
            Told::Nothing => !readable,
        };
        if strange {
            passage.set_aside = Some(SetAside::Language);
        }
    }
}

/// The spans of the sentences of one passage.
fn of_passage(text: &str, passage: &Passage) -> impl Iterator<Item = Span> {
    let start = passage.span.start as usize;
    sentences::split(passage.span.of(text))
        .into_iter()
        .map(move |range| Span::new(range.start + start, range.end + start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocumentId, LineMap, NamedBy, Origin, PassageKind, Source};
    use proptest::prelude::*;

    /// A document with one paragraph per line.
    fn document(text: &str) -> Document {
        let mut passages = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let start = at + (line.len() - line.trim_start().len());
                passages.push(Passage {
                    span: Span::new(start, start + trimmed.len()),
                    kind: PassageKind::Paragraph,
                    set_aside: None,
                });
            }
            at += line.len();
        }
        Document {
            id: DocumentId::of([text]),
            given_id: None,
            source: Source::new("Example", NamedBy::FileName),
            origin: Origin { path: "example.txt".to_owned(), record: None, format: "text".to_owned() },
            title: None,
            url: None,
            published: None,
            language: "en".to_owned(),
            form: DocumentForm::Article,
            text: text.to_owned(),
            passages,
            lines: LineMap::Verbatim,
            details: Default::default(),
        }
    }

    /// Every sentence with its kind and reason.
    fn seen(document: &Document) -> Vec<(&str, PassageKind, Option<SetAside>)> {
        segment(document)
            .sentences
            .into_iter()
            .map(|sentence| (sentence.span.of(&document.text), sentence.kind, sentence.set_aside))
            .collect()
    }

    /// What was set aside, with the reason.
    fn set_aside(text: &str) -> Vec<(String, SetAside)> {
        let document = document(text);
        let sentences = seen(&document);
        sentences.iter().filter_map(|(words, _, reason)| Some(((*words).to_owned(), (*reason)?))).collect()
    }

    const LEDE: &str = "The Marlow harbor board voted on Monday to close the old pier for two years.";
    const BODY: &str = "Board members said the timber had rotted and that repairs would cost 4 million crowns.";

    #[test]
    fn an_article_keeps_its_headline_and_loses_the_page_around_it() {
        let text = format!(
            "Marlow to close its old pier\nBy Ida Marsh and Tom Reed, staff reporters\nMARLOW, Nov. 3 (Reuters) - {LEDE}\n\
             Photo: Kestrel Images\n{BODY}\nWhat the Board Decided\n{BODY}\n(C) Marlow Courier\n\
             [Copyright (c) 2031 Marlow Courier. All Rights Reserved.]\n"
        );
        let document = document(&text);
        use PassageKind::{Boilerplate, Heading, Headline, Paragraph};
        assert_eq!(
            seen(&document),
            [
                ("Marlow to close its old pier", Headline, None),
                ("By Ida Marsh and Tom Reed, staff reporters", Boilerplate, Some(SetAside::Byline)),
                ("MARLOW, Nov. 3 (Reuters) -", Boilerplate, Some(SetAside::Dateline)),
                (LEDE, Paragraph, None),
                ("Photo: Kestrel Images", Boilerplate, Some(SetAside::Credit)),
                (BODY, Paragraph, None),
                ("What the Board Decided", Heading, Some(SetAside::Heading)),
                (BODY, Paragraph, None),
                ("(C) Marlow Courier", Boilerplate, Some(SetAside::Credit)),
                ("[Copyright (c) 2031 Marlow Courier.", Boilerplate, Some(SetAside::Copyright)),
                ("All Rights Reserved.]", Boilerplate, Some(SetAside::Copyright)),
            ]
        );
    }

    #[test]
    fn a_passage_in_another_language_is_set_aside_and_the_english_around_it_kept() {
        let german = "Der Rat hat am Montag beschlossen, den alten Pier für zwei Jahre zu sperren.";
        assert_eq!(set_aside(&format!("{LEDE}\n{german}\n{BODY}\n")), [(german.to_owned(), SetAside::Language)]);
        // Where the document is German, a line that tells nothing by itself is German too, and an English one is not.
        let mut document = document(&format!("Rat sperrt Pier\n{german}\n{LEDE}\n"));
        document.language = "de".to_owned();
        let kept: Vec<&str> =
            seen(&document).into_iter().filter(|(.., reason)| reason.is_none()).map(|(words, ..)| words).collect();
        assert_eq!(kept, [LEDE]);
    }

    #[test]
    fn a_line_of_owner_and_year_is_a_copyright_line() {
        for line in [
            "Copyright Marlow Courier 2031",
            "Copyright The Marlow Courier, 2031.",
            "(c) Marlow Courier, 2031",
            "© Marlow Courier 2031",
            "copyright 2031 Marlow Courier",
        ] {
            let found = set_aside(&format!("{LEDE}\n{BODY}\n{line}\n"));
            assert_eq!(found, [(line.to_owned(), SetAside::Copyright)], "{line}");
        }
        for line in [
            "Copyright Lasts For Life In Marlow Since 2031",
            "Copyright on the map ran out in 2031.",
            "Copyrighted maps were sold in Marlow until 2031.",
        ] {
            let found = set_aside(&format!("{line}\n{LEDE}\n{BODY}\n{line}\n"));
            assert!(found.iter().all(|(_, reason)| *reason != SetAside::Copyright), "{line}: {found:?}");
        }
    }

    #[test]
    fn beginnings_of_other_articles_at_the_end_are_teasers() {
        let first = "TIDE PLAN: While the council raises the wall, it will not move the road, the study said Engineers in \
                     Marlow have warned that the road could flood within a year. The council made its remarks in its yearly";
        let second = "FERRY ROW: The line said it remains open to talks while the union has left them A union official \
                      called the offer an insult on Friday and asked for more";
        let found = set_aside(&format!("{LEDE}\n{BODY}\n{first}\n{second}\n"));
        assert_eq!(found.len(), 3, "the first teaser has two sentences: {found:?}");
        assert!(found.iter().all(|(_, reason)| *reason == SetAside::Teaser));
    }

    #[test]
    fn a_real_last_paragraph_is_never_a_teaser() {
        let unended =
            "The board will meet again on Thursday to choose the builder who is to mend the pier before winter";
        let slug = "WHAT COMES NEXT: The board will meet again on Thursday to choose the builder who mends the pier.";
        assert_eq!(set_aside(&format!("{LEDE}\n{BODY}\n{unended}\n")), []);
        assert_eq!(set_aside(&format!("{LEDE}\n{BODY}\n{slug}\n")), []);
        assert_eq!(set_aside(&format!("{unended}\n{unended}\n{unended}\n{unended}\n")), [], "nothing here has a stop");
    }

    #[test]
    fn a_heading_glued_to_its_sentence_is_cut_off() {
        let glued = "Town's Worry: Council Feels Left Out The mayor's side insisted that nobody had been told.";
        let document = document(&format!("{LEDE}\n{glued}\n"));
        let sentences = seen(&document);
        assert_eq!(
            sentences[1..],
            [
                ("Town's Worry: Council Feels Left Out", PassageKind::Heading, Some(SetAside::Heading)),
                ("The mayor's side insisted that nobody had been told.", PassageKind::Paragraph, None),
            ]
        );
    }

    #[test]
    fn a_headline_glued_to_the_first_sentence_is_cut_off() {
        let document = document(&format!(
            "Ferry plan secretly backed by Mayor Orla Finch The Marlow Courier says a letter proves it, four people said.\n{BODY}\n"
        ));
        let sentences = seen(&document);
        assert_eq!(sentences[0], ("Ferry plan secretly backed by Mayor Orla Finch", PassageKind::Headline, None));
        assert!(sentences[1].0.starts_with("The Marlow Courier says"));
    }

    #[test]
    fn the_title_of_the_document_tells_where_a_glued_headline_ends() {
        let mut document = document("Pier shut over rot Marlow officials closed the old pier on Monday for two years.");
        document.title = Some("Pier shut over rot".to_owned());
        let sentences = seen(&document);
        assert_eq!(sentences[0], ("Pier shut over rot", PassageKind::Headline, None));
        assert_eq!(sentences[1].0, "Marlow officials closed the old pier on Monday for two years.");
    }

    #[test]
    fn names_with_articles_in_running_text_are_not_cut() {
        for text in [
            "Mayor Orla Finch told The Marlow Courier on Monday that the pier was safe to walk on.",
            "The Kestrel A. Finch Foundation gave money to mend the pier and the lock behind it.",
            "Marlow Town Council Leader Orla Finch said on Monday that the pier was safe to walk on.",
        ] {
            let document = document(&format!("{text}\n{BODY}\n"));
            assert_eq!(seen(&document)[0], (text, PassageKind::Paragraph, None));
        }
    }

    #[test]
    fn datelines_take_many_forms() {
        for dateline in
            ["MARLOW —", "MARLOW, Wash. (AP) —", "PORT ORIN, Nov. 25 (Xinhua) --", "Marlow, Ostrava —", "(CNN)"]
        {
            let found = set_aside(&format!("{dateline} {LEDE}\n{BODY}\n"));
            assert_eq!(found, [(dateline.to_owned(), SetAside::Dateline)], "{dateline}");
        }
        assert_eq!(set_aside(&format!("Friday, May 7, 2032 {LEDE}\n{BODY}\n"))[0].1, SetAside::Dateline);
        assert_eq!(
            set_aside(&format!("NATO — which has no say in it — kept silent on the pier of Marlow.\n{BODY}\n")),
            []
        );
        assert_eq!(
            set_aside(&format!("The pier — Marlow's only one — is to close for two years from now on.\n{BODY}\n")),
            []
        );
    }

    #[test]
    fn lines_of_the_page_are_set_aside_with_their_reason() {
        for (line, reason) in [
            ("Advertisement", SetAside::Navigation),
            ("Sign up for our morning newsletter.", SetAside::Navigation),
            ("Read more: Ferry line drops its winter timetable", SetAside::Navigation),
            ("https://example.org/pier", SetAside::Navigation),
            ("Image courtesy of Kestrel Agency", SetAside::Credit),
            ("Tom Reed/Getty Images", SetAside::Credit),
            ("(AP)", SetAside::Credit),
            ("The Kestrel Agency contributed to this report.", SetAside::Credit),
            ("Reporting by Ida Marsh in Marlow; editing by Tom Reed", SetAside::Byline),
            ("Ida Marsh, Senior Correspondent", SetAside::Byline),
            ("Copyright 2031 Marlow Courier", SetAside::Copyright),
            ("Copyright Marlow Courier 2031", SetAside::Copyright),
            ("(c) Marlow Courier, 2031", SetAside::Copyright),
            ("(c) Tide & Marlow Weekly", SetAside::Credit),
            ("Updated 3 November 2031 at 10:15 GMT", SetAside::Dateline),
            ("POSTED: Fri, 3 Nov 2031, 9:15 PM PST", SetAside::Dateline),
            ("2031-11-03", SetAside::Dateline),
            ("* * *", SetAside::Markup),
        ] {
            assert_eq!(set_aside(&format!("{LEDE}\n{line}\n{BODY}\n")), [(line.to_owned(), reason)], "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_like_lines_of_the_page_are_kept() {
        for line in [
            "Photos by residents show cracks in the timber that nobody had reported to the board.",
            "Photo: The mayor walks along the closed pier with two engineers on Monday.",
            "By Monday, 300 people had signed the letter against the closure of the pier.",
            "Share prices of the ferry line fell by a tenth after the vote of the board.",
            "Related costs would reach 2 million crowns, the board said on Monday evening.",
            "Reuters reported on Monday that the ferry line had asked for help from the state.",
            "Copyright law protects the plans of the pier, a lawyer of the board said on Monday.",
            "Subscribers of the ferry line will get their money back, the board said on Monday.",
            ":warning: The ferry line keeps the tokens of its passengers for thirty days.",
        ] {
            assert_eq!(set_aside(&format!("{LEDE}\n{line}\n{BODY}\n")), [], "{line}");
        }
    }

    #[test]
    fn short_lines_between_paragraphs_are_headings_unless_they_are_pieces_of_sentences() {
        for line in ["Two years of work", "'Nobody Asked Us'", "What Happens Next?"] {
            assert_eq!(set_aside(&format!("{LEDE}\n{BODY}\n{line}\n{BODY}\n")), [(line.to_owned(), SetAside::Heading)]);
        }
        for line in [
            "“Nobody asked us",
            "\"Nobody asked us,\" she said",
            "The board and the",
            "and then it closed",
            "Nobody came.",
        ] {
            assert_eq!(set_aside(&format!("{LEDE}\n{BODY}\n{line}\n{BODY}\n")), [], "{line}");
        }
        assert_eq!(set_aside(&format!("{LEDE}\n{BODY}\nTwo years of work\n")), [], "nothing follows it");
    }

    #[test]
    fn a_notice_does_not_take_the_sentences_before_it_along() {
        assert_eq!(
            set_aside(&format!("{LEDE} The mayor was not there. Ida Marsh contributed to this report.\n{BODY}\n")),
            [("Ida Marsh contributed to this report.".to_owned(), SetAside::Credit)]
        );
    }

    #[test]
    fn a_credit_at_the_end_of_a_paragraph_is_cut_off() {
        assert_eq!(
            set_aside(&format!("{LEDE} Photo: Kestrel Images\n{BODY}\n")),
            [("Photo: Kestrel Images".to_owned(), SetAside::Credit)]
        );
        assert_eq!(
            set_aside(&format!("{LEDE}\nThe closed pier on Monday Image: Tom Reed/Kestrel\n")),
            [("Image: Tom Reed/Kestrel".to_owned(), SetAside::Credit)]
        );
    }

    #[test]
    fn a_ready_made_claim_is_cut_into_sentences_and_nothing_more() {
        let mut claim = document("Photo: Kestrel Images");
        claim.form = DocumentForm::Claim;
        assert_eq!(seen(&claim), [("Photo: Kestrel Images", PassageKind::Paragraph, None)]);
        claim = document("");
        claim.form = DocumentForm::Claim;
        assert_eq!(seen(&claim), []);
    }

    #[test]
    fn a_document_without_passages_is_one() {
        let mut bare = document(" The pier closed. It rained. ");
        bare.passages.clear();
        assert_eq!(seen(&bare).len(), 2);
    }

    #[test]
    fn hostile_documents_take_linear_time() {
        let started = std::time::Instant::now();
        for line in
            ["A b c d e f g\n", "Photo: A\n", "x. Photo: ", "TIDE: and so on it goes ", "A The ", "(AP) - ", "— "]
        {
            let document = document(&line.repeat(100_000 / line.len()));
            assert!(!segment(&document).passages.is_empty());
        }
        // A quadratic scan takes minutes here.
        assert!(started.elapsed().as_secs() < 20);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_counted_twice(
            text in "(The pier |BY |By Ida Marsh|Photo: |MARLOW, |Nov\\. 3 |\\(AP\\) |— |- |\\. |[a-z]{1,6} |[A-Z][a-z]{2,4} |\n|: |TIDE: |習。|“|”|\"|…|© |2031 ){0,60}"
        ) {
            let document = document(&text);
            let segmented = segment(&document);
            let mut end = 0;
            let mut joined = String::new();
            for sentence in &segmented.sentences {
                prop_assert!(sentence.span.start >= end);
                let passage = segmented.passages[sentence.passage as usize];
                prop_assert!(passage.span.contains(sentence.span));
                prop_assert_eq!((passage.kind, passage.set_aside), (sentence.kind, sentence.set_aside));
                joined.push_str(sentence.span.of(&text));
                end = sentence.span.end;
            }
            let strip = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
            prop_assert_eq!(strip(&joined), strip(&text));
        }
    }
}
