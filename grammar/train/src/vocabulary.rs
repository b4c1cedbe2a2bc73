//! Which features and classes the model knows, counted in the training part.

use crate::conllu::Sentence;
use crate::net::Example;
use crossclaim_grammar::features::{casing, features};
use std::collections::BTreeMap;

/// A word must be seen this often to have a vector of its own, a part of a word this often.
const MIN_WORD: usize = 2;
const MIN_PART: usize = 4;

/// Features and classes with their numbers.
pub(crate) struct Vocabulary {
    /// Hash of a feature → its row. Row 0 stands for every unknown word.
    pub(crate) rows: BTreeMap<u32, u32>,
    /// How often the feature of a row was seen.
    pub(crate) counts: Vec<usize>,
    pub(crate) upos: Vec<String>,
    pub(crate) xpos: Vec<String>,
    pub(crate) relations: Vec<String>,
}

impl Vocabulary {
    pub(crate) fn count(sentences: &[Sentence]) -> Self {
        let (mut words, mut parts) = (BTreeMap::<u32, usize>::new(), BTreeMap::<u32, usize>::new());
        let mut names: [BTreeMap<&str, usize>; 3] = Default::default();
        for sentence in sentences {
            let case = casing(sentence.words.iter().map(|w| w.form.as_str()));
            for (at, word) in sentence.words.iter().enumerate() {
                let found = features(&word.form, at == 0, case);
                *words.entry(found[0]).or_default() += 1;
                for &part in &found[1..] {
                    *parts.entry(part).or_default() += 1;
                }
                for (names, name) in names.iter_mut().zip([&word.upos, &word.xpos, &word.relation]) {
                    *names.entry(name).or_default() += 1;
                }
            }
        }
        let mut rows = BTreeMap::new();
        let mut counts = vec![usize::MAX];
        for (found, least) in [(words, MIN_WORD), (parts, MIN_PART)] {
            for (hash, count) in found {
                if count >= least && !rows.contains_key(&hash) {
                    rows.insert(hash, counts.len() as u32);
                    counts.push(count);
                }
            }
        }
        let [upos, xpos, relations] = names.map(|names| names.into_keys().map(str::to_owned).collect::<Vec<_>>());
        Self { rows, counts, upos, xpos, relations }
    }

    /// The rows of each word's features; an unknown word has row 0.
    pub(crate) fn rows(&self, forms: &[String]) -> Vec<Vec<u32>> {
        let case = casing(forms.iter().map(String::as_str));
        forms
            .iter()
            .enumerate()
            .map(|(at, form)| {
                let found = features(form, at == 0, case);
                let word = self.rows.get(&found[0]).copied().unwrap_or(0);
                std::iter::once(word).chain(found[1..].iter().filter_map(|h| self.rows.get(h).copied())).collect()
            })
            .collect()
    }

    pub(crate) fn example(&self, sentence: &Sentence) -> Example {
        let forms: Vec<String> = sentence.words.iter().map(|w| w.form.clone()).collect();
        let class = |names: &[String], name: &str| names.iter().position(|n| n == name).unwrap_or(0) as u8;
        Example {
            rows: self.rows(&forms),
            upos: sentence.words.iter().map(|w| class(&self.upos, &w.upos)).collect(),
            xpos: sentence.words.iter().map(|w| class(&self.xpos, &w.xpos)).collect(),
            heads: sentence.words.iter().map(|w| w.head as u16).collect(),
            relations: sentence.words.iter().map(|w| class(&self.relations, &w.relation)).collect(),
        }
    }
}
