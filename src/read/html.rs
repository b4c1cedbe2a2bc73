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
use super::{Draft, Given, ReadSettings, Reader};
use crate::model::{DocumentForm, LineMap, PassageKind};
use blocks::Block;
use std::io::BufRead;
use tree::Tree;

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
        give(match read {
            Ok(draft) => Given::Document(Box::new(draft)),
            Err(Unreadable { place, reason }) => Given::Skipped { place, reason },
        });
    }
}

/// The article of a page; `markup` is decoded.
pub(super) fn page(markup: &str) -> Result<Draft, Unreadable> {
    let tree = Tree::parse(markup);
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
        (Some(title), None) => writer.words(title, 0, PassageKind::Headline),
        (None, _) => {}
    }
    let is_prose = |block: &Block| block.kind != PassageKind::Heading && block.kind != PassageKind::Caption;
    if !blocks.iter().any(is_prose) && title.is_none() {
        return Err(Unreadable::file("holds no text of an article"));
    }
    for block in &blocks {
        writer.block(block);
    }
    let text::Writer { text, passages, runs, .. } = writer;
    Ok(Draft {
        record: None,
        given_id: None,
        outlet: meta.outlet,
        title,
        url: meta.url,
        published: meta.published,
        language: meta.language,
        form: DocumentForm::Article,
        text,
        passages,
        lines: LineMap::Runs(runs),
    })
}

/// Takes the title out of the text where it is repeated at the beginning.
fn drop_title(tree: &Tree, blocks: &mut Vec<Block>, title: &str) {
    let repeated = blocks.iter().take(4).position(|block| one_line(&block.words(tree)) == title);
    if let Some(at) = repeated {
        blocks.remove(at);
    }
}
