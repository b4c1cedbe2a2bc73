//! A page → the element that holds the article, and what in it is no part of the article.
//!
//! Text counts where it reads like a paragraph: long enough, and not made of links. What a page calls comments, menu or
//! related is left out as long as enough text is elsewhere; then the smallest element that holds most of what is left is the
//! article, with a preference for one that says so.

use super::parts::{Parts, is_inline, parts};
use super::tree::{NONE, Node, TEXT, Tree, is_heading};

/// Where the article is.
#[derive(Debug)]
pub(super) struct Content {
    /// The element that holds it.
    pub(super) root: u32,
    /// By node: whether it, or what it lies in, is no part of the article.
    pub(super) left_out: Vec<bool>,
    /// By node: what the element is said to be.
    pub(super) parts: Vec<Parts>,
    /// By node: the innermost element around it that is no mark inside a line, or itself.
    pub(super) blocks: Vec<u32>,
    /// By node: whether it lies in a link.
    pub(super) linked: Vec<bool>,
    /// By node: how much text is in it.
    lengths: Vec<u32>,
}

/// A block with fewer bytes of text outside of links is no evidence of an article.
const PARAGRAPH: u32 = 80;

/// Of the text of a page, so much has to be elsewhere for a part that is said to be no part of the article.
const REST_PERCENT: u32 = 40;

/// And so much, where the part is what readers wrote: their comments may be longer than the article.
const REST_BESIDE_TALK_PERCENT: u32 = 12;

/// A part beside the article holds at most so much of the text.
const BESIDE_PERCENT: u32 = 25;

/// An element that says that it is the article must hold so much of the text.
const SAID_PERCENT: u32 = 50;

/// The article is looked for inside of a child that holds so much of the text of its parent.
const INSIDE_PERCENT: u32 = 80;

/// A line about the article, its author or date, is not longer than this.
const LONGEST_NOTE: u32 = 160;

/// Nor is the text under a picture longer than this.
const LONGEST_CAPTION: u32 = 800;

/// Finds the article of a page.
pub(super) fn content(tree: &Tree) -> Content {
    let mut content = whole(tree);
    content.leave_out(tree);
    content.root = content.find(tree);
    content
}

/// All of a piece of a page that is seen.
pub(super) fn whole(tree: &Tree) -> Content {
    let count = tree.nodes.len();
    let parts: Vec<Parts> = tree.nodes.iter().map(|node| parts(tree, node)).collect();
    let mut blocks = vec![0_u32; count];
    let mut linked = vec![false; count];
    let mut left_out = vec![false; count];
    for (at, node) in tree.nodes.iter().enumerate() {
        let parent = node.parent as usize;
        let above = (node.parent != NONE).then_some(parent);
        blocks[at] = match above {
            Some(above) if is_inline(node.tag) => blocks[above],
            _ => at as u32,
        };
        linked[at] = node.tag == "a" && !is_permalink(tree, node) || above.is_some_and(|above| linked[above]);
        left_out[at] =
            parts[at].has(Parts::UNSEEN) || above.is_some_and(|above| left_out[above]) || is_listing(tree, at as u32);
    }
    let lengths = vec![0; count];
    let mut content = Content { root: 0, left_out, parts, blocks, linked, lengths };
    // The lengths are told on the way.
    content.prose(tree);
    content
}

/// Whether a link is one by which a heading leads to itself; its words are the heading's.
fn is_permalink(tree: &Tree, link: &Node) -> bool {
    let to_itself = tree.attribute(link, "href").is_some_and(|href| href.starts_with('#'));
    to_itself && link.parent != NONE && is_heading(tree.nodes[link.parent as usize].tag)
}

/// Names of code in the `class` of a listing or of the elements around it.
const LISTINGS: [&str; 5] = ["highlight", "codehilite", "sourcecode", "prettyprint", "listing"];

/// A listing lies at most so many elements inside of the one that says what it is.
const LISTING_DEPTH: usize = 2;

/// Whether `node` is a listing of code, which is no prose: preformatted text that is wholly marked as code, or that is called so.
fn is_listing(tree: &Tree, node: u32) -> bool {
    let here = &tree.nodes[node as usize];
    if here.tag != "pre" {
        return false;
    }
    let is_code = |child: &u32| tree.nodes[*child as usize].tag == "code";
    let is_beside = |child: &u32| {
        let child = &tree.nodes[*child as usize];
        child.tag == "button" || child.tag == TEXT && tree.words(child).trim().is_empty()
    };
    let mut children = tree.children(node).filter(|child| !is_beside(child)).peekable();
    if children.peek().is_some() && children.all(|child| is_code(&child)) {
        return true;
    }
    let around = std::iter::successors(Some(here), |node| tree.nodes.get(node.parent as usize)).take(LISTING_DEPTH + 1);
    let names = around.filter_map(|node| tree.attribute(node, "class"));
    names.flat_map(|names| names.split([' ', '-', '_'])).any(|name| LISTINGS.contains(&name))
}

impl Content {
    /// Whether `node` is the text under a picture, or the picture with it.
    pub(super) fn is_caption(&self, tree: &Tree, node: u32) -> bool {
        let at = node as usize;
        let is_said = self.parts[at].has(Parts::CAPTION) || tree.nodes[at].tag == "figure";
        is_said && self.lengths[at] <= LONGEST_CAPTION
    }

    /// By node: how much text in it reads like paragraphs.
    fn prose(&mut self, tree: &Tree) -> Vec<u32> {
        let count = tree.nodes.len();
        let (mut own, mut own_linked) = (vec![0_u32; count], vec![0_u32; count]);
        for (at, node) in tree.nodes.iter().enumerate().filter(|(at, node)| node.tag == TEXT && !self.left_out[*at]) {
            let length = tree.words(node).split_whitespace().map(|word| word.len() as u32 + 1).sum::<u32>();
            let block = self.blocks[at] as usize;
            own[block] += length;
            own_linked[block] += if self.linked[at] { length } else { 0 };
        }
        let mut prose = vec![0_u32; count];
        self.lengths.clone_from(&own);
        for at in (0..count).rev() {
            let plain = own[at] - own_linked[at];
            let holds_prose = plain >= PARAGRAPH && own_linked[at] <= plain && self.blocks[at] as usize == at;
            prose[at] += if holds_prose { plain } else { 0 };
            let parent = tree.nodes[at].parent;
            if parent != NONE {
                prose[parent as usize] += prose[at];
                self.lengths[parent as usize] += self.lengths[at];
            }
        }
        prose
    }

    /// Leaves out what is no part of the article.
    fn leave_out(&mut self, tree: &Tree) {
        let prose = self.prose(tree);
        let mut left = prose[0];
        for (at, node) in tree.nodes.iter().enumerate().skip(1) {
            if self.left_out[node.parent as usize] {
                self.left_out[at] = true;
            }
            if self.left_out[at] {
                continue;
            }
            let (parts, held) = (self.parts[at], prose[at]);
            let rest = left.saturating_sub(held);
            let out = (parts.has(Parts::TALK) && rest * 100 >= left * REST_BESIDE_TALK_PERCENT)
                || (parts.has(Parts::APART) && rest * 100 >= left * REST_PERCENT)
                || (parts.has(Parts::BESIDE) && held * 100 <= left * BESIDE_PERCENT)
                || (parts.has(Parts::NOTE) && self.lengths[at] <= LONGEST_NOTE);
            if out {
                self.left_out[at] = true;
                left = rest;
            }
        }
    }

    /// The element that holds the article.
    fn find(&mut self, tree: &Tree) -> u32 {
        let prose = self.prose(tree);
        let enough =
            |at: usize| prose[at] > 0 && u64::from(prose[at]) * 100 >= u64::from(prose[0]) * u64::from(SAID_PERCENT);
        let says: [&dyn Fn(usize) -> bool; 4] = [
            &|at| self.parts[at].has(Parts::MARKED),
            &|at| self.parts[at].has(Parts::BODY),
            &|at| tree.nodes[at].tag == "article",
            &|at| tree.nodes[at].tag == "main" || tree.attribute(&tree.nodes[at], "role") == Some("main"),
        ];
        for says in says {
            let said = (0..tree.nodes.len()).filter(|&at| says(at) && enough(at) && !self.left_out[at]);
            // The innermost of those that hold the most.
            let most = said.clone().map(|at| prose[at]).max().unwrap_or(0);
            if let Some(at) = said.filter(|&at| u64::from(prose[at]) * 100 >= u64::from(most) * 90).last() {
                return at as u32;
            }
        }
        let mut at = 0_u32;
        loop {
            let whole = u64::from(prose[at as usize]);
            let inner = tree
                .children(at)
                .filter(|&child| tree.nodes[child as usize].tag != "p")
                .max_by_key(|&child| prose[child as usize]);
            match inner {
                Some(child)
                    if whole > 0 && u64::from(prose[child as usize]) * 100 >= whole * u64::from(INSIDE_PERCENT) =>
                {
                    at = child;
                }
                _ => return at,
            }
        }
    }
}
