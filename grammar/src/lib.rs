//! Words of an English sentence → parts of speech, tags, lemmas, heads and relations in the terms of Universal
//! Dependencies, version 2.
//!
//! ```
//! let words = ["The", "mayor", "did", "n't", "resign", "."];
//! let analysis = crossclaim_grammar::english().analyze(&words);
//! assert_eq!(analysis[4].relation.as_str(), "root");
//! assert_eq!((analysis[1].head, analysis[1].relation.as_str()), (5, "nsubj"));
//! assert_eq!(analysis[2].lemma, "do");
//! ```
//!
//! The model is part of the program. It was learned from the English Web Treebank by the program in `train/`; what it is
//! made of and its licence (CC BY-SA 4.0) stand in `model/`. The same words give the same analysis on every machine: all
//! steps are whole numbers or exact operations on floats in a fixed order.
//!
//! Time grows with the length of a sentence: what is longer than [`LONGEST`] words is analyzed in pieces.

pub mod decode;
pub mod features;
mod kernel;
pub mod lemma;
pub mod model;
pub mod names;
mod network;
pub mod shape;

use fearless_simd::{Level, Simd, dispatch};
pub use model::Model;
pub use names::{Relation, Tag, Upos};
use network::Scores;
use std::cell::RefCell;
use std::sync::OnceLock;

/// A sentence of more words than this is analyzed in pieces of at most this many, the later hanging from the first.
pub const LONGEST: usize = 160;

/// What is known of one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// Its part of speech.
    pub upos: Upos,
    /// Its Penn tag.
    pub tag: Tag,
    /// Its dictionary form.
    pub lemma: String,
    /// The word it depends on, counted from 1; 0 for the root.
    pub head: usize,
    /// How it depends on it.
    pub relation: Relation,
}

/// The English model. It is unpacked on the first call.
pub fn english() -> &'static Model<'static> {
    static MODEL: OnceLock<Model<'static>> = OnceLock::new();
    static BYTES: &[u8] = include_bytes!("../model/english.bin");
    MODEL.get_or_init(|| Model::read(BYTES).expect("the model that ships is whole, a test says so"))
}

thread_local! {
    /// The room of the sentences that this thread analyzes.
    static ROOM: RefCell<Scores> = RefCell::default();
}

impl Model<'_> {
    /// Analyzes the words of one sentence. There is one root, and every word reaches it.
    pub fn analyze(&self, words: &[&str]) -> Vec<Analysis> {
        static LEVEL: OnceLock<Level> = OnceLock::new();
        self.analyze_at(*LEVEL.get_or_init(Level::new), words)
    }

    /// The same by the instructions of `level`, which change nothing but the time it takes.
    fn analyze_at(&self, level: Level, words: &[&str]) -> Vec<Analysis> {
        let mut out: Vec<Analysis> = Vec::with_capacity(words.len());
        ROOM.with_borrow_mut(|room| {
            for piece in words.chunks(LONGEST) {
                dispatch!(level, simd => self.analyze_piece(simd, room, piece, &mut out));
            }
        });
        out
    }

    /// Appends the analysis of a piece of a sentence to that of the pieces before it.
    #[inline(always)]
    fn analyze_piece<S: Simd>(&self, simd: S, scores: &mut Scores, piece: &[&str], out: &mut Vec<Analysis>) {
        let before = out.len();
        scores.read(simd, self, piece);
        let heads = decode::best_tree(&scores.arcs, piece.len());
        scores.name(simd, self, &heads);
        let relations = decode::relations(self, &scores.relations, &heads);
        for (at, (word, line)) in piece.iter().zip(scores.heads.chunks_exact(shape::HEADS)).enumerate() {
            let upos = decode::best(line[..self.upos.len()].iter().enumerate()).unwrap_or(0);
            let tags = &line[shape::AT_XPOS..][..self.tags.len()];
            let tag = self.tags[decode::best(tags.iter().enumerate()).unwrap_or(0)];
            let (head, relation) = match heads[at] {
                0 if before > 0 => (out.iter().position(|word| word.head == 0).unwrap_or(0) + 1, Relation::Parataxis),
                0 => (0, Relation::Root),
                head => (before + head, relations[at]),
            };
            let lemma = lemma::lemma(self, word, tag);
            out.push(Analysis { upos: self.upos[upos], tag, lemma, head, relation });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyze(text: &str) -> Vec<Analysis> {
        english().analyze(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn a_sentence_is_tagged_lemmatized_and_parsed() {
        let words = analyze("The ministers had been warned by three experts .");
        let told: Vec<(&str, &str, usize, &str)> =
            words.iter().map(|w| (w.upos.as_str(), w.lemma.as_str(), w.head, w.relation.as_str())).collect();
        assert_eq!(
            told,
            [
                ("DET", "the", 2, "det"),
                ("NOUN", "minister", 5, "nsubj:pass"),
                ("AUX", "have", 5, "aux"),
                ("AUX", "be", 5, "aux:pass"),
                ("VERB", "warn", 0, "root"),
                ("ADP", "by", 8, "case"),
                ("NUM", "three", 8, "nummod"),
                ("NOUN", "expert", 5, "obl:agent"),
                ("PUNCT", ".", 5, "punct"),
            ]
        );
    }

    #[test]
    fn lemmas_of_irregular_and_of_unknown_words() {
        let lemma = |text: &str, at: usize| analyze(text)[at].lemma.clone();
        assert_eq!(lemma("They went home .", 1), "go");
        assert_eq!(lemma("The men were sworn in .", 1), "man");
        assert_eq!(lemma("Two flibberties vanished .", 1), "flibberty");
        assert_eq!(lemma("They bought agricultural products .", 2), "agricultural");
    }

    #[test]
    fn whatever_the_words_there_is_one_root_that_all_reach() {
        let long = "because they said that he ran and ".repeat(80);
        for text in ["", "x", "( ( ( (", "\u{130}\u{130} \u{1F600} 1 ,", long.as_str()] {
            let words = analyze(text);
            assert_eq!(words.iter().filter(|word| word.head == 0).count(), 1);
            for start in 0..words.len() {
                let way = std::iter::successors(Some(start), |&at| words[at].head.checked_sub(1));
                assert!(way.take(words.len() + 1).count() <= words.len());
            }
        }
        assert_eq!(english().analyze(&[]), []);
    }

    #[test]
    fn narrow_and_wide_instructions_give_the_same_analysis() {
        let text = "Three ministers , who had warned of it on May 4 , 2021 , were n't asked before the vote ; \u{c9}lise Varn was .";
        let words: Vec<&str> = text.split(' ').collect();
        let analysis = english().analyze_at(Level::baseline(), &words);
        assert_eq!(analysis, english().analyze(&words));
    }

    #[test]
    fn bytes_that_are_no_model_are_refused() {
        let bytes = include_bytes!("../model/english.bin");
        assert!(bytes.len() < 8 << 20);
        for size in [0, 20, 21, 100, 5_000, bytes.len() / 2, bytes.len() - 1] {
            assert!(Model::read(&bytes[..size]).is_none(), "{size}");
        }
        let mut longer = bytes.to_vec();
        longer.push(0);
        assert!(Model::read(&longer).is_none());
    }
}
