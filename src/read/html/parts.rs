//! Elements → what part of a page they are, by their tag, role and the names their developers gave them.

use super::tree::{NONE, Node, OTHER, TEXT, Tree, is_heading};
use crate::lexicon;

/// What an element is said to be. Several may hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Parts(u8);

impl Parts {
    /// The text of the article.
    pub(super) const BODY: Self = Self(1);
    /// No part of the article.
    pub(super) const APART: Self = Self(2);
    /// What readers wrote.
    pub(super) const TALK: Self = Self(4);
    /// No part of the article unless most of the text is in it.
    pub(super) const BESIDE: Self = Self(8);
    /// The text under a picture.
    pub(super) const CAPTION: Self = Self(16);
    /// A line about the article.
    pub(super) const NOTE: Self = Self(32);
    /// Never seen as text: scripts, styles, controls.
    pub(super) const UNSEEN: Self = Self(64);
    /// Marked as the text of the article by itself, not by a name.
    pub(super) const MARKED: Self = Self(128);

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// So much of a name is looked at; what is longer is generated.
const LONGEST_NAME: usize = 300;

/// What `node` is.
pub(super) fn parts(tree: &Tree, node: &Node) -> Parts {
    let mut parts = Parts::default();
    if node.tag == TEXT {
        return parts;
    }
    match node.tag {
        "script" | "style" | "noscript" | "template" | "svg" | "math" | "canvas" | "iframe" | "object" | "embed"
        | "button" | "select" | "textarea" | "option" | "audio" | "video" | "head" | "title" | "map" | "frameset" => {
            parts.add(Parts::UNSEEN);
        }
        "nav" | "menu" | "footer" | "dialog" => parts.add(Parts::APART),
        "aside" | "form" | "header" => parts.add(Parts::BESIDE),
        "figcaption" => parts.add(Parts::CAPTION),
        "time" => parts.add(Parts::NOTE),
        _ => {}
    }
    let attribute = |name| tree.attribute(node, name);
    let style = attribute("style").unwrap_or_default();
    let hides = |word: &str| {
        style
            .split(';')
            .filter_map(|rule| rule.split_once(':'))
            .any(|(name, value)| matches!(name.trim(), "display" | "visibility") && value.trim().starts_with(word))
    };
    if attribute("hidden").is_some() || hides("none") || hides("hidden") || attribute("aria-hidden") == Some("true") {
        parts.add(Parts::BESIDE);
    }
    if attribute("itemprop").is_some_and(|prop| prop.split_whitespace().any(|prop| prop == "articleBody")) {
        parts.add(Parts::MARKED);
    }
    if matches!(node.tag, "html" | "body") {
        return parts;
    }
    for name in ["class", "id", "role", "itemprop", "data-testid", "data-component"] {
        if let Some(value) = attribute(name) {
            read_names(value, &mut parts);
        }
    }
    // A name on a paragraph, row or cell tells what it is only where it tells it plainly.
    // So does one on a link in a heading: `<h2><a class="header" href="#limits">Limits</a></h2>`.
    let is_headings_link = node.tag == "a" && node.parent != NONE && is_heading(tree.nodes[node.parent as usize].tag);
    if matches!(node.tag, "p" | "tr" | "td" | "th" | "tbody") || is_heading(node.tag) || is_headings_link {
        parts.0 &= !(Parts::BODY.0 | Parts::BESIDE.0);
    }
    parts
}

/// Looks words and phrases of a name up.
fn read_names(value: &str, parts: &mut Parts) {
    let table = lexicon::page_parts();
    let end = (0..=LONGEST_NAME.min(value.len())).rev().find(|&end| value.is_char_boundary(end)).unwrap_or(0);
    for name in value[..end].split_whitespace() {
        let words = words_of(name);
        for from in 0..words.len() {
            let mut phrase = String::new();
            for word in words[from..].iter().take(3) {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                phrase.push_str(word);
                match table.value(&phrase) {
                    Some("body") => parts.add(Parts::BODY),
                    Some("apart") => parts.add(Parts::APART),
                    Some("talk") => parts.add(Parts::TALK),
                    Some("beside") => parts.add(Parts::BESIDE),
                    Some("caption") => parts.add(Parts::CAPTION),
                    Some("note") => parts.add(Parts::NOTE),
                    _ => {}
                }
            }
        }
    }
}

/// A developer's name as words in small letters: `storyRelated-links` is story, related, links.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before_is_small = false;
    let mut apart = true;
    for character in name.chars() {
        if !character.is_alphabetic() {
            apart = true;
            before_is_small = false;
            continue;
        }
        if apart || (character.is_uppercase() && before_is_small) {
            words.push(String::new());
        }
        apart = false;
        before_is_small = character.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
    }
    words
}

/// Whether an element stands inside a line.
pub(super) fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "b"
            | "big"
            | "cite"
            | "code"
            | "del"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "wbr"
            | "br"
            | "picture"
            | "source"
    ) || tag == OTHER
        || tag == TEXT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_where_developers_join_them() {
        assert_eq!(words_of("storyRelated-links_2"), ["story", "related", "links"]);
        assert_eq!(words_of("shader"), ["shader"]);
        assert_eq!(words_of(""), Vec::<String>::new());
    }
}
