//! The phrases of a sentence. In: its tokens and its tree. Out: which word heads the phrase at a token, what sort of phrase it is,
//! where it begins and ends, what it has of its own, and which verb it hangs from.

use super::syntax::Syntax;
use crate::model::{Grammar, Tag, Tree, Upos};

/// How far upward a head or a verb is looked for; deeper sentences are no prose.
pub(super) const FARTHEST: usize = 8;

/// What a phrase is made of: only like joins like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Nominal,
    Gerund,
    Infinitive,
}

/// A sentence as tokens and as a tree.
pub(super) struct Reader<'a> {
    pub(super) syntax: &'a Syntax<'a>,
    pub(super) tree: &'a Tree,
    /// For each word the token it begins in.
    pub(super) token_of: Vec<usize>,
    /// For each token the first word that begins in it or after it.
    pub(super) word_of: Vec<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn of(syntax: &'a Syntax<'a>, tree: &'a Tree) -> Self {
        let words = tree.words();
        let token_of = words
            .iter()
            .map(|word| syntax.tokens.partition_point(|token| token.end <= word.span.start as usize))
            .collect();
        let word_of = syntax
            .tokens
            .iter()
            .map(|token| words.partition_point(|word| (word.span.start as usize) < token.start))
            .collect();
        Self { syntax, tree, token_of, word_of }
    }

    pub(super) fn word(&self, at: usize) -> &crate::model::Word {
        &self.tree.words()[at]
    }

    pub(super) fn lemma(&self, at: usize) -> &str {
        &self.word(at).lemma
    }

    /// The word that heads the phrase beginning at token `start`: the highest word not left of it.
    pub(super) fn head_from(&self, start: usize) -> Option<usize> {
        let begin = *self.word_of.get(start)?;
        let mut at = begin;
        if at >= self.tree.words().len() {
            return None;
        }
        for _ in 0..FARTHEST {
            match self.word(at).head {
                Some(head) if head >= begin => at = head,
                Some(_) => return Some(at),
                None => return None,
            }
        }
        None
    }

    /// What sort of phrase `head` heads; nothing for a finite clause and for what is no object.
    pub(super) fn form(&self, head: usize) -> Option<Form> {
        let word = self.word(head);
        if self.tree.child(head, &[Grammar::Nsubj, Grammar::NsubjPass, Grammar::Cop, Grammar::Aux]).is_some() {
            return None;
        }
        match word.tag {
            Tag::Vbg => Some(Form::Gerund),
            Tag::Vb => Some(Form::Infinitive),
            _ if word.upos == Upos::Noun => Some(Form::Nominal),
            _ => None,
        }
    }

    pub(super) fn last_word_before(&self, token: usize) -> Option<usize> {
        let end = self.word_of[token];
        (0..end).rev().find(|&word| self.word(word).upos != Upos::Punct)
    }

    pub(super) fn is_finite(&self, at: usize) -> bool {
        matches!(self.word(at).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md)
            || self
                .tree
                .child(at, &[Grammar::Nsubj, Grammar::NsubjPass, Grammar::Aux, Grammar::AuxPass, Grammar::Cop])
                .is_some()
            || self.word(at).head.is_none()
    }

    /// "of …", a clause, an object: what makes a phrase more than a name for a thing.
    pub(super) fn has_complement(&self, head: usize) -> bool {
        let own = &[
            Grammar::Nmod,
            Grammar::Acl,
            Grammar::AclRelcl,
            Grammar::Obj,
            Grammar::Obl,
            Grammar::Xcomp,
            Grammar::Ccomp,
            Grammar::Advcl,
        ];
        self.tree.children_by(head, own).any(|child| child > head)
    }

    pub(super) fn has_determiner(&self, head: usize) -> bool {
        self.tree.children_by(head, &[Grammar::Det, Grammar::NmodPoss]).any(|child| child < head)
    }

    /// The verb that `first` is an object or complement of.
    pub(super) fn governor(&self, first: usize) -> Option<usize> {
        let verb = self
            .tree
            .ancestors(first)
            .take(FARTHEST)
            .find(|&word| self.word(word).upos == Upos::Verb && word < first)?;
        // A subject, an apposition or a relative clause on the way belongs to another verb.
        let mut between = std::iter::once(first).chain(self.tree.ancestors(first)).take_while(|&word| word != verb);
        let direct = between.all(|word| {
            !matches!(
                self.word(word).relation,
                Grammar::Nsubj | Grammar::NsubjPass | Grammar::Csubj | Grammar::Appos | Grammar::AclRelcl
            )
        });
        direct.then_some(verb)
    }

    /// The token after the last one of the phrase of `head`.
    pub(super) fn end_of(&self, head: usize) -> usize {
        let last = self.tree.subtree(head, |_| false).into_iter().max().unwrap_or(head);
        self.token_of[last] + 1
    }

    /// The token at which the phrase of `head` begins.
    pub(super) fn start_of(&self, head: usize) -> usize {
        let first = self
            .tree
            .subtree(head, |word| matches!(self.word(word).relation, Grammar::Cc | Grammar::CcPreconj | Grammar::Punct))
            .into_iter()
            .min()
            .unwrap_or(head);
        self.token_of[first]
    }

    /// The same of a phrase that begins at token `start`: "along with" before it is none of its own.
    pub(super) fn own_mark(&self, head: usize, start: usize) -> Option<usize> {
        self.mark(head).filter(|&mark| self.token_of[mark] >= start)
    }

    /// The preposition or "to" of a phrase.
    pub(super) fn mark(&self, head: usize) -> Option<usize> {
        self.tree.children_by(head, &[Grammar::Case, Grammar::Mark]).find(|&mark| mark < head)
    }

    /// The token after the noun phrase of a subject, without clauses and appositions behind it.
    pub(super) fn name_end(&self, head: usize) -> usize {
        let cut = |word: usize| {
            matches!(
                self.word(word).relation,
                Grammar::Acl
                    | Grammar::AclRelcl
                    | Grammar::Appos
                    | Grammar::Parataxis
                    | Grammar::Punct
                    | Grammar::Advcl
            )
        };
        let last = self.tree.subtree(head, cut).into_iter().max().unwrap_or(head);
        self.token_of[last] + 1
    }
}
