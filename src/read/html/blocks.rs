//! The article of a page → its blocks: paragraphs, headings, items, cells and captions, each with its words and their places
//! in the file. Blocks that are lists of links, lines about the article or leftovers at its ends are taken out.

use super::super::fields::one_line;
use super::content::Content;
use super::tree::{NONE, TEXT, Tree, is_heading};
use crate::model::PassageKind;
use std::collections::BTreeSet;

/// One block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) kind: PassageKind,
    /// The pieces of text, and line breaks where there is none.
    pub(super) pieces: Vec<Option<u32>>,
    /// Bytes of its words, and of those that are links.
    length: usize,
    linked: usize,
    /// Whether the words end like a sentence.
    ends: bool,
    /// The element it is the text of.
    element: u32,
    /// The list or table around it.
    group: u32,
}

/// A cell with more words than this holds prose: tables were used to lay pages out.
const LONGEST_CELL: usize = 160;

/// A line outside of a paragraph needs so many bytes, or the end of a sentence, to be text.
const SHORTEST_LINE: usize = 80;

/// All blocks in the article, in order.
pub(super) fn blocks(tree: &Tree, content: &Content) -> Vec<Block> {
    let around = around(tree, content);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    let mut at = content.root;
    while at != NONE {
        let (index, node) = (at as usize, &tree.nodes[at as usize]);
        if content.left_out[index] {
            blocks.extend(open.take_if(|_| content.blocks[index] == at));
            at = tree.after(at, content.root);
            continue;
        }
        if node.tag == "br" {
            // Two breaks in a row part paragraphs.
            let doubled = open.as_ref().is_some_and(|block| block.pieces.last() == Some(&None));
            if doubled {
                blocks.extend(open.take());
            } else if let Some(block) = &mut open {
                block.pieces.push(None);
            }
        } else if node.tag == TEXT {
            let words = tree.words(node);
            let element = content.blocks[index];
            if open.as_ref().is_some_and(|block| block.element != element) {
                blocks.extend(open.take());
            }
            let length = words.split_whitespace().map(|word| word.len() + 1).sum::<usize>();
            if length > 0 {
                let block = open.get_or_insert_with(|| begin(tree, &around, element, content.root));
                block.length += length;
                block.linked += if content.linked[index] { length } else { 0 };
                block.ends = ends_sentence(words);
                block.pieces.push(Some(at));
            } else if let Some(block) = open.as_mut().filter(|block| block.pieces.last() != Some(&None)) {
                block.pieces.push(Some(at));
            }
        } else if content.blocks[index] == at {
            blocks.extend(open.take());
        }
        at = tree.following(at, content.root);
    }
    blocks.extend(open);
    blocks
}

/// What the elements around a block, up to the root of the article, make of it.
#[derive(Debug, Clone, Copy)]
struct Around {
    kind: Option<PassageKind>,
    /// The outermost list or table.
    group: u32,
}

/// For each node in the article what it and the elements around it make of a block; a parent stands before its children.
fn around(tree: &Tree, content: &Content) -> Vec<Around> {
    let mut around = vec![Around { kind: None, group: NONE }; tree.nodes.len()];
    for at in content.root as usize + 1..tree.nodes.len() {
        let node = &tree.nodes[at];
        if node.tag == TEXT || node.parent == NONE || node.parent < content.root {
            continue;
        }
        let outer = around[node.parent as usize];
        let own = match node.tag {
            _ if content.is_caption(tree, at as u32) => Some(PassageKind::Caption),
            tag if is_heading(tag) => Some(PassageKind::Heading),
            "li" | "dd" | "dt" => Some(PassageKind::ListItem),
            _ => None,
        };
        let kind = match outer.kind {
            Some(PassageKind::Caption) => outer.kind,
            kind => own.or(kind),
        };
        let is_group = matches!(node.tag, "ul" | "ol" | "dl" | "table");
        let group = if outer.group == NONE && is_group { at as u32 } else { outer.group };
        around[at] = Around { kind, group };
    }
    around
}

/// A block of the words of `element`.
fn begin(tree: &Tree, around: &[Around], element: u32, root: u32) -> Block {
    let Around { kind, group } = around[element as usize];
    // A paragraph in a cell is one of a page that was laid out by a table.
    let kind = match tree.nodes[element as usize].tag {
        "td" | "th" if kind != Some(PassageKind::Caption) && element != root => Some(PassageKind::Table),
        _ => kind,
    };
    Block {
        kind: kind.unwrap_or(PassageKind::Paragraph),
        pieces: Vec::new(),
        length: 0,
        linked: 0,
        ends: false,
        element,
        group,
    }
}

/// Takes out what is no text of the article.
pub(super) fn clean(tree: &Tree, mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        if block.kind == PassageKind::Table && block.length > LONGEST_CELL {
            block.kind = PassageKind::Paragraph;
        }
    }
    drop_link_lists(&mut blocks);
    keep_telling_captions(tree, &mut blocks);
    blocks.retain(|block| is_text(tree, block));
    let is_prose =
        |block: &Block| block.kind == PassageKind::Paragraph && (block.length >= SHORTEST_LINE || block.ends);
    // A list at the end in which every item leads elsewhere.
    let end = blocks.iter().rposition(is_prose).map_or(blocks.len(), |last| last + 1);
    let leads: Vec<u32> = blocks[end..].iter().filter(|block| block.linked == 0).map(|block| block.group).collect();
    let mut at = 0;
    blocks.retain(|block| {
        at += 1;
        at <= end || block.kind != PassageKind::ListItem || leads.contains(&block.group)
    });
    // What stands before the first paragraph and after the last are dates, names and buttons.
    let first = blocks.iter().position(is_prose).unwrap_or(0);
    let last = blocks.iter().rposition(is_prose).unwrap_or(blocks.len());
    let mut index = 0;
    blocks.retain(|block| {
        let here = index;
        index += 1;
        (first..=last).contains(&here)
            || matches!(block.kind, PassageKind::Caption)
            || (here > last && matches!(block.kind, PassageKind::ListItem | PassageKind::Table))
            || (here < first && block.kind == PassageKind::Heading)
    });
    // A heading over nothing headed something that is gone.
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks.into_iter().rev() {
        let over_nothing = kept
            .last()
            .is_none_or(|next| next.kind == PassageKind::Heading && level(tree, next) <= level(tree, &block));
        if block.kind != PassageKind::Heading || !over_nothing {
            kept.push(block);
        }
    }
    kept.reverse();
    kept
}

/// How deep a heading stands.
fn level(tree: &Tree, block: &Block) -> u8 {
    tree.nodes[block.element as usize].tag.as_bytes().get(1).copied().unwrap_or(b'9')
}

/// Lists and tables that are mostly links lead elsewhere.
fn drop_link_lists(blocks: &mut Vec<Block>) {
    let mut groups: Vec<(u32, usize, usize)> = Vec::new();
    for block in blocks.iter().filter(|block| block.group != NONE) {
        match groups.last_mut().filter(|group| group.0 == block.group) {
            Some(group) => {
                group.1 += block.length;
                group.2 += block.linked;
            }
            None => groups.push((block.group, block.length, block.linked)),
        }
    }
    groups.retain(|&(_, length, linked)| linked * 2 > length);
    groups.sort_unstable();
    blocks.retain(|block| block.group == NONE || groups.binary_search_by_key(&block.group, |group| group.0).is_err());
}

/// The text under a picture needs so many words to tell something.
const FEWEST_CAPTION_WORDS: usize = 8;

/// Of captions those are kept that tell something in a sentence, each once. The others name who is seen, or who took the
/// picture, and often belong to another day.
fn keep_telling_captions(tree: &Tree, blocks: &mut Vec<Block>) {
    let mut seen = BTreeSet::new();
    blocks.retain(|block| {
        let is_kept = block.ends && block.length > block.linked && {
            let words = one_line(&block.words(tree));
            words.split(' ').count() >= FEWEST_CAPTION_WORDS && !words.ends_with(':') && seen.insert(words)
        };
        block.kind != PassageKind::Caption || is_kept
    });
}

/// Whether a block is words of the article.
fn is_text(tree: &Tree, block: &Block) -> bool {
    let tag = tree.nodes[block.element as usize].tag;
    let is_paragraph = matches!(tag, "p" | "pre" | "blockquote");
    match block.kind {
        PassageKind::Paragraph => {
            let plain = block.length - block.linked;
            let leads_away = block.linked > 0 && plain * 5 < block.length * 2 && plain < SHORTEST_LINE;
            !leads_away && (is_paragraph || block.ends || block.length >= SHORTEST_LINE)
        }
        PassageKind::Heading => block.linked * 2 <= block.length,
        _ => true,
    }
}

/// Whether words end like a sentence.
fn ends_sentence(words: &str) -> bool {
    words
        .trim_end()
        .trim_end_matches(['"', '\'', '\u{201D}', '\u{2019}', ')', ']', '\u{BB}'])
        .ends_with(['.', '!', '?', ':', ';', '\u{2026}', '\u{3002}', '\u{FF01}', '\u{FF1F}'])
}

impl Block {
    /// Its words.
    pub(super) fn words(&self, tree: &Tree) -> String {
        self.pieces.iter().map(|piece| piece.map_or("\n", |at| tree.words(&tree.nodes[at as usize]))).collect()
    }
}
