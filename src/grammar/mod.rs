//! Text of one sentence → its dependency tree.
//!
//! The words of grammar are made of the program's tokens ([`words`]), so that every word of a tree quotes the text. The
//! analysis itself is the crate `crossclaim-grammar`, which knows words and no texts; it is a crate of its own so that
//! tests and debug builds run it optimized, and so that the training program needs no more than it.

mod repair;

mod words;

use crate::model::{Tree, Word};
use crossclaim_grammar::english;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};
pub use words::words;

/// The trees of sentences that stand in several documents, each parsed once: outlets reprint one another. What stands in
/// one place only is not kept.
#[derive(Debug, Default)]
pub struct Reprints {
    trees: FxHashMap<Arc<str>, OnceLock<Tree>>,
}

impl Reprints {
    /// Room for the trees of those of `sentences` that are there more than once. Nothing is parsed yet.
    pub fn among<'a>(sentences: impl Iterator<Item = &'a Arc<str>>) -> Self {
        let mut seen: FxHashMap<&str, bool> = FxHashMap::default();
        let mut trees = FxHashMap::default();
        for sentence in sentences {
            match seen.get_mut(sentence.as_ref()) {
                None => {
                    seen.insert(sentence, false);
                }
                Some(again) if !*again => {
                    *again = true;
                    trees.insert(Arc::clone(sentence), OnceLock::new());
                }
                Some(_) => {}
            }
        }
        Self { trees }
    }

    /// The tree of `sentence`.
    pub fn tree(&self, sentence: &str) -> Cow<'_, Tree> {
        match self.trees.get(sentence) {
            Some(tree) => Cow::Borrowed(tree.get_or_init(|| parse(sentence))),
            None => Cow::Owned(parse(sentence)),
        }
    }
}

/// Parses the sentence `text`. Every word's span points into it; a text without words gives an empty tree.
pub fn parse(text: &str) -> Tree {
    let spans = words(text);
    let forms: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
    let analysis = english().analyze(&forms);
    let words = analysis.into_iter().zip(spans).map(|(word, span)| Word {
        span,
        upos: word.upos,
        tag: word.tag,
        lemma: word.lemma,
        head: word.head.checked_sub(1),
        relation: word.relation,
    });
    let mut words: Vec<Word> = words.collect();
    repair::verb_behind_apposition(text, &mut words);
    Tree::of(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Grammar;
    use proptest::prelude::*;

    #[test]
    fn a_passive_sentence_has_its_subject_and_agent() {
        let text = "Two guards were injured by the strikers on Friday.";
        let tree = parse(text);
        let root = tree.root().unwrap();
        let word = |at: usize| tree.words()[at].span.of(text);
        assert_eq!((word(root), tree.words()[root].lemma.as_str()), ("injured", "injure"));
        let by = |relation| tree.child(root, &[relation]).map(word);
        assert_eq!(by(Grammar::NsubjPass), Some("guards"));
        assert_eq!(by(Grammar::OblAgent), Some("strikers"));
    }

    #[test]
    fn a_reprinted_sentence_has_the_tree_of_any_other() {
        let sentences: Vec<Arc<str>> =
            ["The dam broke.", "It rained.", "The dam broke.", "The dam broke."].map(Arc::from).to_vec();
        let reprints = Reprints::among(sentences.iter());
        assert_eq!(reprints.trees.len(), 1);
        for sentence in &sentences {
            assert_eq!(*reprints.tree(sentence), parse(sentence));
        }
    }

    #[test]
    fn nothing_gives_an_empty_tree() {
        assert_eq!(parse(" \n").words().len(), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_gives_a_tree_whose_words_quote_it(text in "\\PC{0,300}") {
            let tree = parse(&text);
            let mut end = 0;
            for (at, word) in tree.words().iter().enumerate() {
                prop_assert!(word.span.start >= end && !word.span.of(&text).is_empty());
                end = word.span.end;
                prop_assert!(tree.ancestors(at).count() < tree.words().len());
            }
            prop_assert!(tree.words().iter().filter(|word| word.head.is_none()).count() <= 1);
        }
    }
}
