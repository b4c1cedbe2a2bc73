//! Markup → a tree of elements and text, every piece of text with its place in the file.
//!
//! The tokenizer is that of the HTML standard; the tree is built by fewer rules than a browser's: what closes an open
//! paragraph, list item, row or cell, and what an end tag may close. It takes time linear in the markup whatever stands in
//! it, nests no deeper than [`DEEPEST`], and never recurses.

use super::super::encoding::narrow;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use rustc_hash::{FxHashMap, FxHashSet};
use std::convert::Infallible;
use std::ops::Range;
use std::sync::LazyLock;

/// Elements nested deeper than this are taken for children of the last that is not. Browsers stop at the same depth.
const DEEPEST: usize = 512;

/// No node: the parent of the root, the sibling of the last child.
pub(super) const NONE: u32 = u32::MAX;

/// Names of elements that mean something here; all others are [`OTHER`].
const TAGS: &str = "a abbr address article aside audio b base big blockquote body br button canvas caption center code dd details \
    dialog dir div dl dt em embed fieldset figcaption figure font footer form frameset h1 h2 h3 h4 h5 h6 head \
    header hgroup hr html i iframe img input label legend li link main map mark math menu meta nav nobr noscript \
    object ol optgroup option p param picture pre q s script section select small source span strike strong style \
    sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul video wbr area \
    col del ins cite";

/// An element of another name: it is kept for its children.
pub(super) const OTHER: &str = "?";

/// A piece of text.
pub(super) const TEXT: &str = "#text";

const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements before which an open paragraph ends.
const ENDS_PARAGRAPH: &str = "address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form \
    h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table ul";

/// Elements that mark words inside a line; their end tags never close the blocks around.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "span"];

/// Attributes that are kept.
const ATTRIBUTES: &[&str] = &[
    "class",
    "id",
    "role",
    "itemprop",
    "itemtype",
    "property",
    "name",
    "content",
    "rel",
    "href",
    "datetime",
    "lang",
    "type",
    "style",
    "hidden",
    "aria-hidden",
    "charset",
    "http-equiv",
    "itemscope",
    "alt",
    "data-testid",
    "data-component",
    "title",
];

/// An element or a piece of text.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// One of [`TAGS`], [`OTHER`] or [`TEXT`].
    pub(super) tag: &'static str,
    pub(super) parent: u32,
    pub(super) first: u32,
    last: u32,
    pub(super) next: u32,
    /// Its attributes among all.
    attributes: Range<u32>,
    /// Its words among all, if it is text.
    words: Range<u32>,
    /// Where it begins in the file.
    pub(super) at: u32,
    /// Where its text ends in the file.
    pub(super) end: u32,
}

/// Of what has more elements and pieces of text than this nothing is read: the longest pages there are have some hundred
/// thousand, and a page of nothing but tags would take seventy times its size.
pub(super) const MOST_NODES: usize = 1_000_000;

/// A whole page. A node stands behind its parent, so a walk backward meets children first.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// Whether there are more elements than are read.
    pub(super) is_cut: bool,
    attributes: Vec<(u8, Range<u32>)>,
    store: String,
}

impl Tree {
    /// Parses a page or a piece of one.
    pub(super) fn parse(markup: &str) -> Self {
        let mut builder = Builder::default();
        builder.tree.nodes.push(node("html", NONE, 0));
        builder.open.push((0, "html"));
        // The callback keeps what it is told; it gives no tokens of its own.
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
            builder.take(event, span);
            None
        });
        emitter.naively_switch_states(true);
        for Ok(_) in Tokenizer::new_with_emitter(markup, emitter) {}
        builder.tree
    }

    /// The words of a piece of text.
    pub(super) fn words(&self, node: &Node) -> &str {
        &self.store[node.words.start as usize..node.words.end as usize]
    }

    /// The value of an attribute; empty where it has none, or has it without a value.
    pub(super) fn attribute(&self, node: &Node, name: &str) -> Option<&str> {
        self.attributes[node.attributes.start as usize..node.attributes.end as usize]
            .iter()
            .find(|(known, _)| ATTRIBUTES[usize::from(*known)] == name)
            .map(|(_, value)| &self.store[value.start as usize..value.end as usize])
    }

    /// The children of a node.
    pub(super) fn children(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = self.nodes[node as usize].first;
        std::iter::from_fn(move || {
            let child = (at != NONE).then_some(at)?;
            at = self.nodes[child as usize].next;
            Some(child)
        })
    }

    /// The node after `node` in the order of the page that does not lie in it, up to the end of `root`.
    pub(super) fn after(&self, mut node: u32, root: u32) -> u32 {
        while node != root && node != NONE {
            let here = &self.nodes[node as usize];
            if here.next != NONE {
                return here.next;
            }
            node = here.parent;
        }
        NONE
    }

    /// The node after `node` in the order of the page, up to the end of `root`.
    pub(super) fn following(&self, node: u32, root: u32) -> u32 {
        match self.nodes[node as usize].first {
            NONE => self.after(node, root),
            child => child,
        }
    }

    /// Where the words of the page's own title begin in the file; its beginning if it has none.
    pub(super) fn title_at(&self) -> usize {
        let title = self.nodes.iter().find(|node| node.tag == "title");
        let words = title.and_then(|title| self.nodes.get(title.first as usize));
        words.map_or(0, |words| words.at as usize)
    }

    /// The text in `root` as it stands, up to about `most` bytes.
    pub(super) fn text_of(&self, root: u32, most: usize) -> String {
        let mut text = String::new();
        let mut at = root;
        while at != NONE && text.len() < most {
            let node = &self.nodes[at as usize];
            if node.tag == TEXT {
                text.extend(self.words(node).chars().take(most - text.len()));
            } else if !FORMATTING.contains(&node.tag) {
                text.push(' ');
            }
            at = self.following(at, root);
        }
        text
    }
}

fn node(tag: &'static str, parent: u32, at: usize) -> Node {
    Node {
        tag,
        parent,
        first: NONE,
        last: NONE,
        next: NONE,
        attributes: 0..0,
        words: 0..0,
        at: narrow(at),
        end: narrow(at),
    }
}

/// Puts the tree together.
#[derive(Debug, Default)]
struct Builder {
    tree: Tree,
    /// The open elements, outermost first.
    open: Vec<(u32, &'static str)>,
    /// How many open paragraphs there are; without one none has to be looked for.
    paragraphs: usize,
    /// How many start tags were not opened for depth, and wait for their end tags.
    too_deep: usize,
    /// The start tag that is being read: its name, where it begins, its first attribute.
    tag: (&'static str, usize, u32),
    attribute: Option<u8>,
}

impl Builder {
    fn take(&mut self, event: CallbackEvent<'_>, span: Span<usize>) {
        if self.tree.nodes.len() >= MOST_NODES {
            self.tree.is_cut = true;
            return;
        }
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = (known(name), span.start, narrow(self.tree.attributes.len()));
                self.attribute = None;
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = ATTRIBUTES.iter().position(|known| known.as_bytes() == name).and_then(|at| {
                    let at = u8::try_from(at).ok()?;
                    self.tree.attributes.push((at, 0..0));
                    Some(at)
                });
            }
            CallbackEvent::AttributeValue { value } => {
                if self.attribute.take().is_some() {
                    let value = self.keep(value);
                    if let Some(last) = self.tree.attributes.last_mut() {
                        last.1 = value;
                    }
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.start(self_closing),
            CallbackEvent::EndTag { name } => self.end(known(name)),
            CallbackEvent::String { value } => self.text(value, span),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn keep(&mut self, bytes: &[u8]) -> Range<u32> {
        let start = narrow(self.tree.store.len());
        self.tree.store.push_str(&String::from_utf8_lossy(bytes));
        start..narrow(self.tree.store.len())
    }

    fn append(&mut self, mut child: Node) -> u32 {
        let parent = self.open.last().map_or(0, |open| open.0);
        let id = narrow(self.tree.nodes.len());
        child.parent = parent;
        let last = self.tree.nodes[parent as usize].last;
        if last == NONE {
            self.tree.nodes[parent as usize].first = id;
        } else {
            self.tree.nodes[last as usize].next = id;
        }
        self.tree.nodes[parent as usize].last = id;
        self.tree.nodes.push(child);
        id
    }

    fn text(&mut self, value: &[u8], span: Span<usize>) {
        let words = self.keep(value);
        let mut piece = node(TEXT, NONE, span.start);
        piece.end = narrow(span.end);
        piece.words = words;
        self.append(piece);
    }

    fn start(&mut self, self_closing: bool) {
        let (tag, at, first) = self.tag;
        let attributes = first..narrow(self.tree.attributes.len());
        // The root stands already; its attributes may come late.
        if tag == "html" {
            if self.tree.nodes[0].attributes.is_empty() {
                self.tree.nodes[0].attributes = attributes;
            }
            return;
        }
        self.close_before(tag);
        let mut element = node(tag, NONE, at);
        element.attributes = attributes;
        let id = self.append(element);
        // Elements of drawings and formulas, which have other names, may close themselves.
        if VOID.contains(&tag) || (self_closing && tag == OTHER) {
            return;
        }
        if self.open.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        self.paragraphs += usize::from(tag == "p");
        self.open.push((id, tag));
    }

    /// Closes what cannot contain `tag`.
    fn close_before(&mut self, tag: &'static str) {
        if self.too_deep > 0 {
            return;
        }
        if self.paragraphs > 0 && ends_paragraph(tag) {
            self.close(&["p"], &["td", "th", "table", "caption", "button", "object"]);
        }
        match tag {
            "li" => self.close(&["li"], &["ul", "ol", "menu", "dir", "td", "th", "table"]),
            "dt" | "dd" => self.close(&["dt", "dd"], &["dl", "td", "th", "table"]),
            "tr" => self.close(&["tr"], &["table"]),
            "td" | "th" => self.close(&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => self.close(&["tbody", "thead", "tfoot"], &["table"]),
            "option" => self.close(&["option"], &["select", "optgroup"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.open.last().is_some_and(|(_, open)| is_heading(open)) => {
                self.pop();
            }
            // A link holds no link; the one that was not closed ends here.
            "a" => {
                if let Some(at) = self.open.iter().rposition(|(_, open)| !FORMATTING.contains(open) || *open == "a")
                    && self.open[at].1 == "a"
                {
                    self.open.truncate(at);
                }
            }
            "body" => self.close(&["head"], &[]),
            _ => {}
        }
    }

    /// Closes the innermost open element of these names, with all in it, unless a boundary lies between.
    fn close(&mut self, tags: &[&str], boundaries: &[&str]) {
        let found = self.open.iter().rposition(|(_, open)| tags.contains(open) || boundaries.contains(open));
        if let Some(at) = found.filter(|&at| at > 0 && tags.contains(&self.open[at].1)) {
            while self.open.len() > at {
                self.pop();
            }
        }
    }

    fn pop(&mut self) {
        if let Some((_, tag)) = self.open.pop() {
            self.paragraphs -= usize::from(tag == "p");
        }
    }

    fn end(&mut self, tag: &'static str) {
        if tag == "br" {
            self.append(node("br", NONE, 0));
            return;
        }
        if VOID.contains(&tag) || matches!(tag, "html" | "body") {
            return;
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if FORMATTING.contains(&tag) {
            // Where a block was opened inside of it, the block stays open and only the mark ends.
            let at = self.open.iter().rposition(|(_, open)| *open == tag || matches!(*open, "td" | "th" | "table"));
            if let Some(at) = at.filter(|&at| self.open[at].1 == tag) {
                if self.open[at..].iter().all(|(_, open)| FORMATTING.contains(open)) {
                    self.open.truncate(at);
                } else {
                    self.open.remove(at);
                }
            }
            return;
        }
        let boundaries: &[&str] = match tag {
            "table" => &[],
            "tr" | "tbody" | "thead" | "tfoot" | "caption" => &["table"],
            "td" | "th" => &["tr", "table"],
            "li" => &["ul", "ol", "td", "th", "table"],
            _ => &["td", "th", "table"],
        };
        self.close(&[tag], boundaries);
    }
}

/// The name of an element as a word that is compared quickly.
fn known(name: &[u8]) -> &'static str {
    static KNOWN: LazyLock<FxHashMap<&[u8], &str>> =
        LazyLock::new(|| TAGS.split_whitespace().map(|tag| (tag.as_bytes(), tag)).collect());
    KNOWN.get(name).copied().unwrap_or(OTHER)
}

/// Whether an open paragraph ends before an element.
fn ends_paragraph(tag: &str) -> bool {
    static ENDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| ENDS_PARAGRAPH.split_whitespace().collect());
    ENDS.contains(tag)
}

/// Whether this is a heading of a section or of the page.
pub(super) fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_text_is_collected_than_is_asked_for() {
        // Of headings that lie in each other each would hold the words of all inside of it.
        let tree = Tree::parse(&format!("{}{}", "<h1><div>".repeat(3), "word<br>".repeat(1000)));
        assert!((8..20).contains(&tree.text_of(0, 8).len()));
        assert_eq!(Tree::parse(&"é".repeat(100)).text_of(0, 10).chars().count(), 10);
        assert_eq!(tree.text_of(0, usize::MAX).split_whitespace().count(), 1000);
    }
}
