//! Text of one sentence → its dependency tree.
//!
//! The words of grammar are made of the program's tokens ([`words`]), so that every word of a tree quotes the text. The
//! analysis itself is the crate `crossclaim-grammar`, which knows words and no texts; it is a crate of its own so that
//! tests and debug builds run it optimized, and so that the training program needs no more than it.

mod words;

use crate::model::{Tree, Word};
use crossclaim_grammar::english;
pub use words::words;

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
    Tree::of(words.collect())
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
