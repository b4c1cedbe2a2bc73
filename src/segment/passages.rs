//! Document → passages. In: the blocks as the reader marked them. Out: passages by kind, with the reason for those that
//! are no part of the article; a block that holds a dateline or a title glued to its text becomes two.
//!
//! Kinds that the format itself marks are kept. Everything is decided by where a passage stands and what it looks like.

use super::datelines::{self, Stands};
use super::surface::{bare, is_running_text, opens_with_bullet};
use super::{boilerplate, sentences, teasers, titles};
use crate::lexicon;
use crate::model::{Document, Passage, PassageKind, SetAside, Span};
use crate::text::fold::fold;

/// A dateline in title case is one only among this many first paragraphs.
const OPENING_PARAGRAPHS: usize = 2;

/// The blocks as read; a document without any gets one for all of its text.
pub(super) fn blocks(document: &Document) -> Vec<Passage> {
    if !document.passages.is_empty() {
        return document.passages.clone();
    }
    trimmed(&document.text, 0, document.text.len())
        .map(|span| passage(span, PassageKind::Paragraph))
        .into_iter()
        .collect()
}

/// The passages of an article.
pub(super) fn refine(document: &Document) -> Vec<Passage> {
    let text = document.text.as_str();
    let mut passages = blocks(document);
    for passage in &mut passages {
        set_aside_whole(text, passage);
    }
    let first_teaser = teasers::first_teaser(text, &passages);
    for passage in passages[first_teaser..].iter_mut().filter(|passage| passage.set_aside.is_none()) {
        passage.kind = PassageKind::Teaser;
        passage.set_aside = Some(SetAside::Teaser);
    }
    mark_headline(document, &mut passages);
    mark_headings(text, &mut passages);
    split_glued(document, passages)
}

fn passage(span: Span, kind: PassageKind) -> Passage {
    Passage { span, kind, set_aside: None }
}

fn aside(span: Span, kind: PassageKind, reason: SetAside) -> Passage {
    Passage { span, kind, set_aside: Some(reason) }
}

/// The span from `start` to `end` without white space around it; nothing if only white space is there.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let inner = &text[start..end];
    let start = end - inner.trim_start().len();
    let end = start + text[start..end].trim_end().len();
    (start < end).then(|| Span::new(start, end))
}

/// Sets a block aside that is, as a whole, text of the page, and gives list items and captions their kind.
fn set_aside_whole(text: &str, passage: &mut Passage) {
    if passage.set_aside.is_some() {
        return;
    }
    let line = passage.span.of(text);
    match passage.kind {
        PassageKind::Heading => passage.set_aside = Some(SetAside::Heading),
        PassageKind::Teaser => passage.set_aside = Some(SetAside::Teaser),
        PassageKind::Boilerplate => {
            passage.set_aside = Some(boilerplate::reason(line).unwrap_or(SetAside::Navigation));
        }
        PassageKind::Paragraph | PassageKind::ListItem | PassageKind::Caption => {
            if datelines::is_date_line(line) {
                passage.set_aside = Some(SetAside::Dateline);
            } else {
                passage.set_aside = boilerplate::reason(line);
            }
            if passage.set_aside.is_some() {
                passage.kind = PassageKind::Boilerplate;
            } else if passage.kind == PassageKind::Paragraph && opens_with_bullet(line) {
                passage.kind = PassageKind::ListItem;
            } else if passage.kind == PassageKind::Paragraph && has_caption_label(line) {
                passage.kind = PassageKind::Caption;
            }
        }
        PassageKind::Headline | PassageKind::Table => {}
    }
}

/// "Photo: The mayor leaves the hall on Monday.": the label of a credit before running text.
fn has_caption_label(line: &str) -> bool {
    let is_label = |label: &str| {
        let label = fold(bare(label));
        let last = label.strip_prefix("file ").unwrap_or(&label);
        lexicon::boilerplate_words().value(last) == Some("caption")
    };
    line.split_once(':').is_some_and(|(label, _)| is_label(label))
}

/// Finds the headline where the format does not mark it: the first line, if it looks like a title and text follows.
fn mark_headline(document: &Document, passages: &mut [Passage]) {
    let text = document.text.as_str();
    if passages.iter().any(|passage| passage.kind == PassageKind::Headline) {
        return;
    }
    let Some(first) =
        passages.iter().position(|passage| passage.set_aside.is_none() || passage.set_aside == Some(SetAside::Heading))
    else {
        return;
    };
    let line = passages[first].span.of(text);
    let follows = passages[first + 1..]
        .iter()
        .find(|passage| passage.set_aside.is_none())
        .is_some_and(|next| is_running_text(next.span.of(text)));
    let is_title = document.title.as_ref().is_some_and(|title| fold(title.trim()) == fold(line));
    let is_block = matches!(passages[first].kind, PassageKind::Paragraph | PassageKind::Heading);
    if is_block && (is_title || follows && titles::is_headline(line)) {
        passages[first].kind = PassageKind::Headline;
        passages[first].set_aside = None;
    }
}

/// Finds the headings between paragraphs: a line that looks like a title, with running text on both sides.
fn mark_headings(text: &str, passages: &mut [Passage]) {
    let running: Vec<bool> = passages
        .iter()
        .map(|passage| {
            passage.set_aside.is_none()
                && passage.kind == PassageKind::Paragraph
                && is_running_text(passage.span.of(text))
        })
        .collect();
    let skipped = |passage: &Passage| passage.kind == PassageKind::Boilerplate;
    for index in 1..passages.len() {
        let candidate = passages[index];
        if candidate.kind != PassageKind::Paragraph || candidate.set_aside.is_some() || running[index] {
            continue;
        }
        let before = (0..index).rev().find(|&other| !skipped(&passages[other]));
        let after = (index + 1..passages.len()).find(|&other| !skipped(&passages[other]));
        let opens = before.is_none_or(|other| running[other] || passages[other].kind == PassageKind::Headline);
        if opens && after.is_some_and(|other| running[other]) && titles::is_heading(candidate.span.of(text)) {
            passages[index].kind = PassageKind::Heading;
            passages[index].set_aside = Some(SetAside::Heading);
        }
    }
}

/// Cuts off what is glued to the text of a passage: datelines, titles and, at its end, credits.
fn split_glued(document: &Document, passages: Vec<Passage>) -> Vec<Passage> {
    let text = document.text.as_str();
    let mut cut = Vec::with_capacity(passages.len() + 2);
    let mut paragraphs = 0;
    let mut has_headline = passages.iter().any(|passage| passage.kind == PassageKind::Headline);
    for whole in passages {
        if whole.set_aside.is_some() || whole.kind != PassageKind::Paragraph {
            cut.push(whole);
            continue;
        }
        let stands = if paragraphs < OPENING_PARAGRAPHS { Stands::First } else { Stands::Later };
        let mut rest = whole;
        if let Some(length) = datelines::end(rest.span.of(text), stands) {
            let middle = rest.span.start as usize + length;
            cut.extend(
                trimmed(text, rest.span.start as usize, middle)
                    .map(|span| aside(span, PassageKind::Boilerplate, SetAside::Dateline)),
            );
            match trimmed(text, middle, rest.span.end as usize) {
                Some(span) => rest.span = span,
                None => continue,
            }
        } else if let Some(length) = glued_title(document, rest.span.of(text), paragraphs == 0 && !has_headline) {
            let middle = rest.span.start as usize + length;
            let title = trimmed(text, rest.span.start as usize, middle);
            // Before the first paragraph it is the headline, if none was found; later it heads a section.
            cut.extend(title.map(|span| {
                if paragraphs == 0 && !has_headline {
                    has_headline = true;
                    passage(span, PassageKind::Headline)
                } else {
                    aside(span, PassageKind::Heading, SetAside::Heading)
                }
            }));
            rest.span = Span::new(middle, rest.span.end as usize);
        }
        paragraphs += 1;
        cut.extend(without_trailing_credit(text, rest));
    }
    cut
}

/// Where a paragraph begins that a title is glued to. The document's own title, where the format gives it, is certain.
fn glued_title(document: &Document, paragraph: &str, is_lede: bool) -> Option<usize> {
    let own = || {
        let title = document.title.as_deref().map(str::trim).filter(|title| !title.is_empty())?;
        let rest = paragraph.strip_prefix(title)?;
        let goes_on = rest.trim_start();
        (rest.starts_with(char::is_whitespace) && is_running_text(goes_on)).then(|| paragraph.len() - goes_on.len())
    };
    if is_lede {
        own().or_else(|| titles::glued_sentence(paragraph)).or_else(|| titles::glued_lede(paragraph))
    } else {
        titles::glued_sentence(paragraph)
    }
}

/// Cuts a credit or notice off the end of a passage: "... on Monday. Photo: Example Agency".
fn without_trailing_credit(text: &str, whole: Passage) -> impl Iterator<Item = Passage> {
    let (start, end) = (whole.span.start as usize, whole.span.end as usize);
    let credit = trailing_credit(whole.span.of(text));
    let middle = credit.map_or(end, |(at, _)| start + at);
    let body = trimmed(text, start, middle).map(|span| Passage { span, ..whole });
    let credit = credit
        .and_then(|(_, reason)| trimmed(text, middle, end).map(|span| aside(span, PassageKind::Boilerplate, reason)));
    body.into_iter().chain(credit)
}

fn trailing_credit(line: &str) -> Option<(usize, SetAside)> {
    let last = sentences::split(line).pop()?;
    if last.start > 0
        && let Some(reason) = boilerplate::reason(&line[last.clone()])
    {
        return Some((last.start, reason));
    }
    let at = boilerplate::trailing_label(&line[last.clone()])?;
    Some((last.start + at, SetAside::Credit))
}
