//! A sentence as grammar sees it: its words, and which word depends on which.

use super::Span;
pub use crossclaim_grammar::{Relation as Grammar, Tag, Upos};
use serde::{Deserialize, Serialize};

/// The dependency tree of one sentence, in the terms of Universal Dependencies, version 2.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tree {
    words: Vec<Word>,
    /// For each word, where its dependents end in `below`; they begin where those of the word before it end.
    ends: Vec<u32>,
    below: Vec<u32>,
}

/// One syntactic word. It may be part of a written word ("do" in "don't") or hold several marks of one ("e-mail").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Where it stands in the text that was parsed.
    pub span: Span,
    /// Its part of speech.
    pub upos: Upos,
    /// Its Penn tag, from which the features are read.
    pub tag: Tag,
    /// Its dictionary form.
    pub lemma: String,
    /// The word it depends on; nothing for the root.
    pub head: Option<usize>,
    /// How it depends on it.
    pub relation: Grammar,
}

/// What the form of a word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Features {
    /// Of a noun, pronoun or determiner.
    pub number: Option<Number>,
    /// Of a verb.
    pub verb_form: Option<VerbForm>,
    /// Of a finite verb or participle.
    pub tense: Option<Tense>,
    /// Of an adjective or adverb.
    pub degree: Option<Degree>,
}

/// One or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Number {
    /// One.
    Singular,
    /// Several.
    Plural,
}

/// What kind of form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerbForm {
    /// It can be the verb of a main clause: "goes", "went", "will".
    Finite,
    /// The base form: "to go", "will go".
    Infinitive,
    /// "going".
    Gerund,
    /// "gone", "taken".
    Participle,
}

/// Present or past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tense {
    /// "goes", "go".
    Present,
    /// "went", "gone".
    Past,
}

/// Of a quality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Degree {
    /// "large".
    Positive,
    /// "larger".
    Comparative,
    /// "largest".
    Superlative,
}

impl Word {
    /// What its form tells.
    pub fn features(&self) -> Features {
        let mut features = Features::default();
        match self.tag {
            Tag::Nn | Tag::Nnp => features.number = Some(Number::Singular),
            Tag::Nns | Tag::Nnps => features.number = Some(Number::Plural),
            Tag::Jj | Tag::Rb => features.degree = Some(Degree::Positive),
            Tag::Jjr | Tag::Rbr => features.degree = Some(Degree::Comparative),
            Tag::Jjs | Tag::Rbs => features.degree = Some(Degree::Superlative),
            _ => {}
        }
        let (form, tense) = match self.tag {
            Tag::Vbd => (Some(VerbForm::Finite), Some(Tense::Past)),
            Tag::Vbp | Tag::Vbz => (Some(VerbForm::Finite), Some(Tense::Present)),
            Tag::Md => (Some(VerbForm::Finite), None),
            Tag::Vb => (Some(VerbForm::Infinitive), None),
            Tag::Vbg => (Some(VerbForm::Gerund), Some(Tense::Present)),
            Tag::Vbn => (Some(VerbForm::Participle), Some(Tense::Past)),
            _ => (None, None),
        };
        (features.verb_form, features.tense) = (form, tense);
        features
    }

    /// True for a noun or a name.
    pub fn is_noun(&self) -> bool {
        matches!(self.upos, Upos::Noun | Upos::Propn)
    }
}

impl Tree {
    /// The tree of these words. A head that is no word of the sentence, or that would close a ring, counts as the root's.
    pub fn of(mut words: Vec<Word>) -> Self {
        let count = words.len();
        for (at, word) in words.iter_mut().enumerate() {
            word.head = word.head.filter(|&head| head < count && head != at);
        }
        // 0 not seen, 1 on the present way up, 2 known to reach a root.
        let mut seen = vec![0_u8; count];
        for start in 0..count {
            let (mut way, mut at) = (Vec::new(), Some(start));
            while let Some(word) = at.filter(|&word| seen[word] == 0) {
                seen[word] = 1;
                way.push(word);
                at = words[word].head;
            }
            if let (Some(closing), Some(&last)) = (at, way.last())
                && seen[closing] == 1
            {
                words[last].head = None;
            }
            way.into_iter().for_each(|word| seen[word] = 2);
        }
        let mut counts = vec![0_u32; count];
        words.iter().filter_map(|word| word.head).for_each(|head| counts[head] += 1);
        let mut sum = 0;
        let ends: Vec<u32> = counts
            .iter()
            .map(|&below| {
                sum += below;
                sum
            })
            .collect();
        let mut next: Vec<u32> = ends.iter().zip(&counts).map(|(end, below)| end - below).collect();
        let mut below = vec![0; sum as usize];
        for (at, word) in words.iter().enumerate() {
            if let Some(head) = word.head {
                below[next[head] as usize] = at as u32;
                next[head] += 1;
            }
        }
        Self { words, ends, below }
    }

    /// The words in the order of the text.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The word that depends on no other; the first of several.
    pub fn root(&self) -> Option<usize> {
        self.words.iter().position(|word| word.head.is_none())
    }

    /// The words that depend on `word`, in the order of the text.
    pub fn children(&self, word: usize) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        let end = self.ends.get(word).copied().unwrap_or(0) as usize;
        let start = if word == 0 { 0 } else { self.ends.get(word - 1).map_or(end, |&start| start as usize) };
        self.below[start..end].iter().map(|&child| child as usize)
    }

    /// The words that depend on `word` by one of `relations`.
    pub fn children_by<'a>(
        &'a self,
        word: usize,
        relations: &'a [Grammar],
    ) -> impl DoubleEndedIterator<Item = usize> + Clone + 'a {
        self.children(word).filter(move |&child| relations.contains(&self.words[child].relation))
    }

    /// The first word that depends on `word` by one of `relations`.
    pub fn child(&self, word: usize, relations: &[Grammar]) -> Option<usize> {
        self.children(word).find(|&child| relations.contains(&self.words[child].relation))
    }

    /// `word` and all that hangs from it, in the order of the text, without the branches that `cut` names.
    pub fn subtree(&self, word: usize, cut: impl Fn(usize) -> bool) -> Vec<usize> {
        let (mut found, mut open) = (Vec::new(), vec![word]);
        while let Some(at) = open.pop() {
            found.push(at);
            open.extend(self.children(at).filter(|&child| !cut(child)));
        }
        found.sort_unstable();
        found
    }

    /// The words above `word`, nearest first.
    pub fn ancestors(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.words.get(word).and_then(|word| word.head), |&at| self.words[at].head)
    }

    /// The words that head a clause, in the order of the text: the root, and what hangs by a relation of clauses.
    pub fn clause_heads(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.words.len()).filter(|&at| self.is_clause(at))
    }

    /// True where `word` heads a clause: the root, a clause by its relation, or a verb coordinated with one.
    pub fn is_clause(&self, word: usize) -> bool {
        use Grammar::*;
        match self.words[word].relation {
            Root | Csubj | CsubjPass | CsubjOuter | Ccomp | Xcomp | Advcl | AdvclRelcl | Acl | AclRelcl | Parataxis => {
                true
            }
            Conj => {
                let predicate = |at: usize| {
                    self.words[at].upos == Upos::Verb || self.child(at, &[Nsubj, NsubjPass, Csubj, Cop]).is_some()
                };
                predicate(word)
            }
            _ => false,
        }
    }

    /// The smallest span around `words`.
    pub fn span(&self, words: &[usize]) -> Option<Span> {
        words.iter().map(|&word| self.words[word].span).reduce(Span::cover)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(heads: &[Option<usize>]) -> Tree {
        Tree::of(
            heads
                .iter()
                .enumerate()
                .map(|(at, &head)| Word {
                    span: Span::new(at * 2, at * 2 + 1),
                    upos: Upos::Noun,
                    tag: Tag::Nn,
                    lemma: String::new(),
                    head,
                    relation: if head.is_some() { Grammar::Nmod } else { Grammar::Root },
                })
                .collect(),
        )
    }

    #[test]
    fn a_tree_is_walked_both_ways() {
        let tree = tree(&[Some(2), Some(0), None, Some(2), Some(3)]);
        assert_eq!(tree.root(), Some(2));
        assert_eq!(tree.children(2).collect::<Vec<_>>(), [0, 3]);
        assert_eq!(tree.children(1).count() + tree.children(9).count(), 0);
        assert_eq!(tree.subtree(2, |at| at == 3), [0, 1, 2]);
        assert_eq!(tree.ancestors(1).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(tree.span(&[3, 1]), Some(Span::new(2, 7)));
    }

    #[test]
    fn rings_and_heads_outside_are_undone() {
        for heads in [vec![Some(1), Some(2), Some(0)], vec![Some(0), Some(7)], vec![Some(1), Some(0), Some(1), None]] {
            let tree = tree(&heads);
            for word in 0..heads.len() {
                assert!(tree.ancestors(word).count() < heads.len());
            }
        }
    }
}
