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
pub mod lemma;
pub mod model;
pub mod names;
mod network;
pub mod shape;

pub use model::Model;
pub use names::{Relation, Tag, Upos};
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

impl Model<'_> {
    /// Analyzes the words of one sentence. There is one root, and every word reaches it.
    pub fn analyze(&self, words: &[&str]) -> Vec<Analysis> {
        let mut out: Vec<Analysis> = Vec::with_capacity(words.len());
        for piece in words.chunks(LONGEST) {
            let before = out.len();
            let scores = network::scores(self, piece);
            let (heads, relations) = decode::tree(self, &scores);
            for (at, (word, line)) in piece.iter().zip(scores.heads.chunks_exact(shape::HEADS)).enumerate() {
                let upos = decode::best(line[..self.upos.len()].iter().enumerate()).unwrap_or(0);
                let tags = &line[shape::AT_XPOS..][..self.tags.len()];
                let tag = self.tags[decode::best(tags.iter().enumerate()).unwrap_or(0)];
                let (head, relation) = match heads[at] {
                    0 if before > 0 => {
                        (out.iter().position(|word| word.head == 0).unwrap_or(0) + 1, Relation::Parataxis)
                    }
                    0 => (0, Relation::Root),
                    head => (before + head, relations[at]),
                };
                let lemma = lemma::lemma(self, word, tag);
                out.push(Analysis { upos: self.upos[upos], tag, lemma, head, relation });
            }
        }
        out
    }
}
