//! Blocks → the text of a document, its passages, and the way from the text to the file.
//!
//! White space is made single, character references are read, soft hyphens and marks without width are taken off; every
//! word keeps its place.

use super::super::encoding::narrow;
use super::super::places::Places;
use super::super::soft::is_soft;
use super::blocks::Block;
use super::tree::{Node, Tree};
use crate::model::{Passage, PassageKind, Run, Span};
use html5gum::{Token, Tokenizer};

/// The longest reference, `&CounterClockwiseContourIntegral;`, has 33 bytes.
const LONGEST_REFERENCE: usize = 40;

/// A text that is being put together.
pub(super) struct Writer<'a> {
    pub(super) text: String,
    pub(super) passages: Vec<Passage>,
    pub(super) runs: Vec<Run>,
    tree: &'a Tree,
    markup: &'a str,
    places: Places<'a>,
    /// Where in the text the open passage begins.
    start: usize,
    /// White space that waits for a word, with its offset if it is one blank.
    space: Option<(char, usize)>,
    /// The offset in the file that follows on what was written last.
    expected: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(tree: &'a Tree, markup: &'a str) -> Self {
        Self {
            text: String::new(),
            passages: Vec::new(),
            runs: Vec::new(),
            tree,
            markup,
            places: Places::new(markup),
            start: 0,
            space: None,
            expected: usize::MAX,
        }
    }

    /// Adds a block as a passage.
    pub(super) fn block(&mut self, block: &Block) {
        self.begin();
        for piece in &block.pieces {
            match piece {
                Some(at) => self.piece(*at),
                None => self.space = Some(('\n', usize::MAX)),
            }
        }
        self.end(block.kind);
    }

    /// Adds the words of an element as a passage.
    pub(super) fn element(&mut self, element: u32, kind: PassageKind) {
        self.begin();
        let mut at = element;
        while at != super::tree::NONE {
            if self.tree.nodes[at as usize].tag == super::tree::TEXT {
                self.piece(at);
            } else if self.tree.nodes[at as usize].tag == "br" {
                self.space = Some((' ', usize::MAX));
            }
            at = self.tree.following(at, element);
        }
        self.end(kind);
    }

    /// Adds words that stand at `at` in the file, or are told there in some other way.
    pub(super) fn words(&mut self, words: &str, at: usize, kind: PassageKind) {
        self.begin();
        let as_written = self.markup[at..].starts_with(words);
        for (offset, character) in words.char_indices() {
            self.put(character, if as_written { at + offset } else { at });
        }
        self.end(kind);
    }

    fn begin(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.start = self.text.len();
        self.space = None;
        self.expected = usize::MAX;
    }

    fn end(&mut self, kind: PassageKind) {
        if self.text.len() > self.start {
            let span = Span::new(self.start, self.text.len());
            self.passages.push(Passage { span, kind, set_aside: None });
        } else {
            let kept = self.text.trim_end().len();
            self.text.truncate(kept);
        }
    }

    /// Adds a piece of text, each character with its place.
    fn piece(&mut self, at: u32) {
        let tree = self.tree;
        let node: &Node = &tree.nodes[at as usize];
        let words = tree.words(node);
        let (start, end) = (node.at as usize, node.end as usize);
        let raw = self.markup.get(start..end).unwrap_or_default();
        if raw == words {
            for (offset, character) in words.char_indices() {
                self.put(character, start + offset);
            }
            return;
        }
        let mut read = words;
        let mut at = 0;
        while let Some(character) = read.chars().next() {
            let rest = &raw[at..];
            if rest.starts_with('&')
                && let Some((length, meant)) = reference(rest)
                && read.starts_with(&meant)
            {
                for character in meant.chars() {
                    self.put(character, start + at);
                }
                read = &read[meant.len()..];
                at += length;
                continue;
            }
            // What was written otherwise, such as a line break of two characters, is passed over in the file.
            if rest.starts_with('\r') && character != '\r' {
                at += 1;
                if character != '\n' || raw[at..].starts_with('\n') {
                    continue;
                }
                self.put(character, start + at - 1);
                read = &read[character.len_utf8()..];
                continue;
            }
            self.put(character, start + at);
            read = &read[character.len_utf8()..];
            at += rest.chars().next().map_or(0, char::len_utf8);
        }
    }

    /// Adds a character that stands at `at` in the file.
    fn put(&mut self, character: char, at: usize) {
        if character.is_whitespace() {
            let single = character == ' ' && self.space.is_none();
            if self.space.is_none_or(|(space, _)| space != '\n') {
                self.space = Some((' ', if single { at } else { usize::MAX }));
            }
            return;
        }
        if is_soft(character) || character.is_control() {
            return;
        }
        if let Some((space, stands)) = self.space.take()
            && self.text.len() > self.start
        {
            self.text.push(space);
            // Nothing is expected where it is not known what was written last.
            let follows = stands == self.expected && stands != usize::MAX;
            self.expected = if follows { stands + 1 } else { usize::MAX };
        }
        if at != self.expected {
            self.runs.push(Run { text: narrow(self.text.len()), place: self.places.of(at), byte: narrow(at) });
        }
        let is_itself = self.markup[at..].starts_with(character);
        self.expected = if is_itself { at + character.len_utf8() } else { usize::MAX };
        self.text.push(character);
    }
}

/// The length of the reference with which `raw` begins, and what it means; nothing if it is none.
fn reference(raw: &str) -> Option<(usize, String)> {
    let name =
        raw[1..].bytes().take(LONGEST_REFERENCE).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    let mut length = 1 + name.count();
    length += usize::from(raw[length..].starts_with(';'));
    let mut meant = String::new();
    for Ok(token) in Tokenizer::new(&raw[..length]) {
        if let Token::String(words) = token {
            meant.push_str(&String::from_utf8_lossy(&words));
        }
    }
    (!meant.is_empty()).then_some((length, meant))
}
