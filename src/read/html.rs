//! HTML: one article to a page.
//!
//! The article's own text is kept, headings, captions, list items and cells known as such; menus, comments, requests and
//! the beginnings of other articles are left out. What the page says about the article is read from its statements and
//! tags. Every word keeps its line and column in the file.

mod blocks;

mod content;

mod meta;

mod parts;

mod text;

mod tree;

use super::encoding::{self, Unreadable};
use super::fields::one_line;
use super::ignores::{ignores, in_markup};
use super::{Draft, Given, ReadSettings, Reader, blocks as paragraphs, soft};
use crate::model::{Details, DocumentForm, LineMap, Passage, PassageKind, Span};
use blocks::Block;
use std::io::BufRead;
use tree::{MOST_NODES, Tree};

/// Reads `.html`, `.htm` and `.xhtml`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Html;

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let start = head.trim_ascii_start();
        let begins =
            |with: &str| start.len() >= with.len() && start[..with.len()].eq_ignore_ascii_case(with.as_bytes());
        let is_xml = begins("<?xml") || begins("<!--");
        ["<!doctype html", "<html", "<head", "<body"].into_iter().any(begins)
            || (is_xml && start.windows(5).any(|window| window.eq_ignore_ascii_case(b"<html")))
    }

    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given)) {
        let read = encoding::whole_bytes(file, settings.limit())
            .and_then(|bytes| encoding::decode_markup(bytes, None))
            .and_then(|markup| page(&markup));
        give(read.into());
    }
}

/// The article of a page; `markup` is decoded.
pub(super) fn page(markup: &str) -> Result<Draft, Unreadable> {
    let tree = parsed(markup).map_err(Unreadable::file)?;
    let content = content::content(&tree);
    let meta = meta::meta(&tree, &content);
    let mut blocks = blocks::clean(&tree, blocks::blocks(&tree, &content));
    let title = meta.title.clone().filter(|title| !title.is_empty());
    if let Some(title) = &title {
        drop_title(&tree, &mut blocks, title);
    }
    let mut writer = text::Writer::new(&tree, markup);
    match (&title, meta.heading) {
        (Some(_), Some(heading)) => writer.element(heading, PassageKind::Headline),
        (Some(title), None) => writer.words(title, tree.title_at(), PassageKind::Headline),
        (None, _) => {}
    }
    for block in &blocks {
        writer.block(block);
    }
    let text::Writer { mut text, mut passages, runs, .. } = writer;
    let mut lines = LineMap::Runs(runs);
    let is_prose = |passage: &Passage| {
        !matches!(passage.kind, PassageKind::Headline | PassageKind::Heading | PassageKind::Caption)
    };
    if !passages.iter().any(is_prose)
        && let Some((body, line)) = meta.body.as_deref().and_then(|body| Some((body, line_of_body(markup)?)))
    {
        (text, passages) = stated(body, title.clone().map(soft::without_soft).as_deref()).map_err(Unreadable::file)?;
        // The words stand in a string of the page's statements, written in another way.
        lines = LineMap::Record(line);
    }
    if passages.is_empty() || (title.is_none() && !passages.iter().any(is_prose)) {
        return Err(Unreadable::file("holds no text of an article"));
    }
    Ok(Draft {
        record: None,
        given_id: None,
        outlet: meta.outlet,
        title: title.map(soft::without_soft),
        url: meta.url,
        published: meta.published,
        language: meta.language,
        form: DocumentForm::Article,
        text,
        passages,
        lines,
        unread_date: meta.unread_date,
        details: Details {
            author: meta.author,
            modified: meta.modified,
            based_on: meta.based_on,
            is_summary: false,
            ignores: ignores(markup, &in_markup(markup)),
        },
    })
}

/// The line on which the page's statements give the text of the article.
fn line_of_body(markup: &str) -> Option<u32> {
    let before = &markup[..markup.find("\"articleBody\"")?];
    Some(encoding::narrow(1 + before.bytes().filter(|&byte| byte == b'\n').count()))
}

/// The text of an article as a page's statements give it, under its title.
fn stated(body: &str, title: Option<&str>) -> Result<(String, Vec<Passage>), String> {
    if is_markup(body) {
        return fragment(body, title);
    }
    let (body, _) = soft::read_as_meant(body.to_owned());
    let Some(title) = title else {
        let passages = paragraphs::passages(&body, 0);
        return Ok((body, passages));
    };
    let text = format!("{title}\n\n{body}");
    let headline = Passage { span: Span::new(0, title.len()), kind: PassageKind::Headline, set_aside: None };
    let passages = std::iter::once(headline).chain(paragraphs::passages(&text, title.len())).collect();
    Ok((text, passages))
}

/// The tree of a page or a piece of one, or why it is none that an article could be in.
fn parsed(markup: &str) -> Result<Tree, String> {
    let tree = Tree::parse(markup);
    if tree.is_cut { Err(format!("holds more than {MOST_NODES} elements, as no article does")) } else { Ok(tree) }
}

/// The text of a piece of HTML with its passages, under a title if there is one; or why it is not read.
pub(super) fn fragment(markup: &str, title: Option<&str>) -> Result<(String, Vec<Passage>), String> {
    let tree = parsed(markup)?;
    let mut blocks = blocks::blocks(&tree, &content::whole(&tree));
    let mut writer = text::Writer::new(&tree, markup);
    if let Some(title) = title {
        drop_title(&tree, &mut blocks, title);
        writer.words(title, 0, PassageKind::Headline);
    }
    for block in &blocks {
        writer.block(block);
    }
    Ok((writer.text, writer.passages))
}

/// The words of a line that may hold tags and references.
pub(super) fn plain(line: &str) -> String {
    if line.contains(['<', '&']) { Tree::parse(line).text_of(0, usize::MAX).trim().to_owned() } else { line.to_owned() }
}

/// Whether a text is a piece of HTML: it holds an end tag or a break as only HTML has them.
pub(super) fn is_markup(text: &str) -> bool {
    let small = |at: usize, tag: &str| {
        text.as_bytes()[at..].get(..tag.len()).is_some_and(|tail| tail.eq_ignore_ascii_case(tag.as_bytes()))
    };
    text.match_indices('<')
        .any(|(at, _)| ["</p>", "<br>", "<br/>", "<br />", "</div>", "</li>"].iter().any(|tag| small(at, tag)))
}

/// Takes the title out of the text where it is repeated at the beginning.
fn drop_title(tree: &Tree, blocks: &mut Vec<Block>, title: &str) {
    let repeated = blocks.iter().take(4).position(|block| one_line(&block.words(tree)) == title);
    if let Some(at) = repeated {
        blocks.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEDE: &str =
        "The council of Port Ellery voted on Monday to close the old bridge for repairs that last two years.";

    fn kinds(markup: &str) -> Vec<(PassageKind, String)> {
        let draft = page(markup).expect("there is an article");
        draft.passages.iter().map(|passage| (passage.kind, passage.span.of(&draft.text).to_owned())).collect()
    }

    #[test]
    fn soft_hyphens_and_marks_without_width_are_no_part_of_a_word() {
        let found = kinds(&format!("<p>{LEDE} Engi&shy;neers of the har\u{200B}bor&#8203; agreed.</p>"));
        assert!(found[0].1.ends_with("Engineers of the harbor agreed."), "{found:?}");
    }

    #[test]
    fn a_part_that_is_named_comments_stays_where_it_is_the_whole_page() {
        let found = kinds(&format!("<div class='comments-open related'><p>{LEDE}</p></div>"));
        assert_eq!(found, [(PassageKind::Paragraph, LEDE.to_owned())]);
    }

    #[test]
    fn longer_comments_are_not_the_article() {
        let comment =
            "<p>I have crossed this bridge every day for thirty years and nobody asked me, which says it all.</p>";
        let markup = format!("<div><p>{LEDE}</p><p>{LEDE}</p></div><div id='comments'>{}</div>", comment.repeat(8));
        assert_eq!(kinds(&markup).len(), 2);
    }

    #[test]
    fn the_name_of_the_site_is_not_the_headline() {
        let markup = format!(
            "<title>Bridge to close for two years - Courier</title><h1>Courier</h1><article><h2>Bridge to close for two \
             years</h2><p>{LEDE}</p></article>"
        );
        assert_eq!(kinds(&markup)[0], (PassageKind::Headline, "Bridge to close for two years".to_owned()));
        assert_eq!(kinds(&markup).len(), 2);
    }

    #[test]
    fn pictures_keep_what_tells_something_and_lose_credits() {
        let markup = format!(
            "<article><p>{LEDE}</p><figure><figcaption>The bridge, built in 1961, carries 9,000 cars a day.</figcaption>\
             </figure><figure><figcaption>Photo: Kestrel Images</figcaption></figure><p>{LEDE}</p></article>"
        );
        let found: Vec<PassageKind> = kinds(&markup).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(found, [PassageKind::Paragraph, PassageKind::Caption, PassageKind::Paragraph]);
    }

    #[test]
    fn a_page_of_characters_that_are_not_seen_holds_no_article() {
        for unseen in ["\u{1}\u{2}\u{3}", "\u{200B}", "&shy;"] {
            let markup = format!("<body><p>{}</p></body>", unseen.repeat(100));
            assert!(page(&markup).is_err_and(|error| error.reason.contains("no text of an article")));
        }
    }

    #[test]
    fn the_text_in_a_pages_statements_is_taken_where_the_page_shows_none() {
        let body = format!("{LEDE}\\n\\nThe ferry runs every 20 minutes.");
        let statement = format!(
            "<h1>Old bridge to close</h1>\n<script type='application/ld+json'>\n{{\"@type\": \"NewsArticle\",\n\
             \"headline\": \"Old bridge to close\", \"articleBody\": \"{body}\"}}</script>"
        );
        let hidden = page(&format!("{statement}<div id='root'></div>")).unwrap();
        let words: Vec<&str> = hidden.passages.iter().map(|passage| passage.span.of(&hidden.text)).collect();
        assert_eq!(words, ["Old bridge to close", LEDE, "The ferry runs every 20 minutes."]);
        assert_eq!(hidden.lines, LineMap::Record(4));
        let shown = page(&format!("{statement}<p>{LEDE} Nobody was asked.</p>")).unwrap();
        assert!(shown.text.ends_with("Nobody was asked."), "{}", shown.text);
    }

    #[test]
    fn hostile_pages_take_linear_time_and_no_stack() {
        let started = std::time::Instant::now();
        let attributes: String = (0..100_000).map(|at| format!(" a{at}=1")).collect();
        for markup in [
            "<div>".repeat(200_000),
            (0..20_000).map(|at| format!("<p><b id={at}></p>")).collect(),
            "<ul><li>a".repeat(50_000),
            "<table><tr><td>".repeat(20_000),
            "<a href=x>word</a> ".repeat(50_000),
            format!("<div{attributes}>"),
            "<p>&amp".repeat(50_000),
            "</p></b></div>".repeat(50_000),
        ] {
            assert!(page(&format!("{markup}<p>{LEDE}</p>")).is_ok());
        }
        // A quadratic walk takes minutes here.
        assert!(started.elapsed().as_secs() < 60);
    }

    proptest! {
        #[test]
        fn every_word_of_a_page_stands_at_its_place(
            markup in "(<p>|</p>|<b>|</b>|<div class='comments'>|</div>|<br>|<li>|<td>|<table>|</table>|<h2>|</a>|<a href='x'>|&amp;|&nbsp;|&shy|&#x2014;|AT&T|\r\n|\n| |\u{AD}|<!-- x -->|<script>var a;</script>|The council voted on Monday, officials of the harbor board said\\. |Caf\u{E9} |[a-z]{1,6}|<){0,60}"
        ) {
            let Ok(draft) = page(&markup) else { return Ok(()) };
            let lines: Vec<&str> = markup.split('\n').collect();
            for passage in &draft.passages {
                let words = passage.span.of(&draft.text);
                prop_assert!(!words.trim().is_empty());
                for (at, word) in words.split_whitespace().map(|word| (word.as_ptr() as usize - words.as_ptr() as usize, word)) {
                    let place = draft.lines.place(&draft.text, passage.span.start as usize + at);
                    let there: String = lines[place.line as usize - 1].chars().skip(place.column as usize - 1).collect();
                    let first = word.chars().next().unwrap_or(' ');
                    prop_assert!(there.starts_with(first) || there.starts_with('&'), "{:?} is not at {:?}: {:?}", word, place, there);
                }
            }
        }
    }
}
