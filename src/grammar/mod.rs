//! Text of one sentence → its dependency tree.
//!
//! The words of grammar are made of the program's tokens ([`words`]), so that every word of a tree quotes the text. The
//! analysis itself is the crate `crossclaim-grammar`, which knows words and no texts; it is a crate of its own so that
//! tests and debug builds run it optimized, and so that the training program needs no more than it.

mod draft;

mod phrases;

mod repair;

mod subjects;

mod verbs;

mod words;

use crate::model::{Span, Tree, Word};
use crossclaim_grammar::english;
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};
pub use words::words;

/// The tree of a sentence that several ask for: parsed for the first of them.
#[derive(Debug, Default)]
pub struct SharedTree(OnceLock<Tree>);

impl SharedTree {
    /// The tree; `text` is the sentence, the same each time.
    pub fn of(&self, text: &str) -> &Tree {
        self.0.get_or_init(|| parse(text))
    }
}

/// The trees of sentences that stand in several documents, each parsed once: outlets reprint one another. What stands in
/// one place only is not kept.
#[derive(Debug, Default)]
pub struct Reprints {
    trees: FxHashMap<Box<str>, Arc<SharedTree>>,
}

impl Reprints {
    /// Room for the trees of those of `sentences` that are there more than once. Nothing is parsed yet.
    pub fn among<'a>(sentences: impl Iterator<Item = &'a str>) -> Self {
        let mut seen: FxHashMap<&str, bool> = FxHashMap::default();
        let mut trees = FxHashMap::default();
        for sentence in sentences {
            match seen.get_mut(sentence) {
                None => {
                    seen.insert(sentence, false);
                }
                Some(again) if !*again => {
                    *again = true;
                    trees.insert(Box::from(sentence), Arc::default());
                }
                Some(_) => {}
            }
        }
        Self { trees }
    }
}

/// The trees of the sentences of one document, each parsed when a stage first asks for it and kept for the next stage.
#[derive(Debug, Default)]
pub struct Trees<'r> {
    reprints: Option<&'r Reprints>,
    known: FxHashMap<Span, Arc<SharedTree>>,
}

impl<'r> Trees<'r> {
    /// Those of a document among others; `reprints` holds the sentences that other documents have too.
    pub fn of(reprints: &'r Reprints) -> Self {
        Self { reprints: Some(reprints), known: FxHashMap::default() }
    }

    /// The tree of the sentence at `span` of the document, which reads `text`. Spans of its words point into `text`.
    pub fn tree(&mut self, span: Span, text: &str) -> &Tree {
        self.entry(span, text).of(text)
    }

    /// The tree of that sentence, to be parsed when it is first asked for.
    pub fn shared(&mut self, span: Span, text: &str) -> Arc<SharedTree> {
        Arc::clone(self.entry(span, text))
    }

    /// Whether the sentence at `span` is parsed already.
    pub fn is_parsed(&self, span: Span) -> bool {
        self.known.get(&span).is_some_and(|tree| tree.0.get().is_some())
    }

    fn entry(&mut self, span: Span, text: &str) -> &Arc<SharedTree> {
        let reprints = self.reprints;
        let reprinted = || reprints.and_then(|reprints| reprints.trees.get(text)).cloned();
        self.known.entry(span).or_insert_with(|| reprinted().unwrap_or_default())
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
    repair::made_up_lemmas(text, &mut words);
    repair::active_perfect(&mut words);
    repair::passive_adjective(text, &mut words);
    repair::noun_for_pronoun(text, &mut words);
    repair::name_in_two(&mut words);
    repair::finite_with_bare(&mut words);
    phrases::words_of_names(&mut words);
    phrases::office_ahead_of_name(&mut words);
    phrases::taken_hostage(&mut words);
    phrases::apposition_behind_name(text, &mut words);
    phrases::two_prepositions(&mut words);
    phrases::noun_ahead_of_of(&mut words);
    phrases::not_behind_auxiliary(&mut words);
    phrases::time_behind_noun(text, &mut words);
    phrases::cleft(&mut words);
    phrases::told_that(&mut words);
    subjects::name_for_verb(text, &mut words);
    subjects::adjective_with_object(text, &mut words);
    subjects::name_ahead(&mut words);
    subjects::speaker_at_end(text, &mut words);
    subjects::verb_behind_name(text, &mut words);
    subjects::verb_behind_relative(text, &mut words);
    subjects::verb_behind_phrase(text, &mut words);
    subjects::adjective_with_subject(&mut words);
    verbs::noun_and_verb(text, &mut words);
    verbs::verb_among_nouns(text, &mut words);
    verbs::participle_ahead(text, &mut words);
    verbs::participle_behind(&mut words);
    verbs::report_at_end(text, &mut words);
    subjects::clause_behind_after(text, &mut words);
    subjects::clause_behind_and(&mut words);
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
    fn a_verb_has_a_base_form_that_is_a_word() {
        let lemma = |text: &str, form: &str| {
            let tree = parse(text);
            tree.words().iter().find(|word| word.span.of(text) == form).map(|word| word.lemma.clone())
        };
        assert_eq!(lemma("The regulator fined the bank.", "fined").as_deref(), Some("fine"));
        assert_eq!(lemma("The mayor had bribed a builder from Tarn.", "bribed").as_deref(), Some("bribe"));
        assert_eq!(lemma("Troops shelled the town overnight.", "shelled").as_deref(), Some("shell"));
        assert_eq!(lemma("She stopped the truck.", "stopped").as_deref(), Some("stop"));
    }

    #[test]
    fn a_reprinted_sentence_has_the_tree_of_any_other() {
        let sentences = ["The dam broke.", "It rained.", "The dam broke.", "The dam broke."];
        let reprints = Reprints::among(sentences.into_iter());
        assert_eq!(reprints.trees.len(), 1);
        let mut trees = Trees::of(&reprints);
        for (at, sentence) in sentences.into_iter().enumerate() {
            let span = Span::new(at * 20, at * 20 + sentence.len());
            assert_eq!(*trees.tree(span, sentence), parse(sentence));
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
