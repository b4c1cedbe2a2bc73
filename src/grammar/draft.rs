//! Questions to the words of a sentence while they are mended, before they are a tree. Each looks at the words once, so that a
//! mistake that most sentences do not have costs little.

use crate::model::{Grammar, Tag, Upos, Word};

/// The relations of what a clause tells of.
pub(super) const SUBJECTS: [Grammar; 5] =
    [Grammar::Nsubj, Grammar::NsubjPass, Grammar::Csubj, Grammar::CsubjPass, Grammar::Expl];

/// The words that hang from `head`.
pub(super) fn children<'w>(words: &'w [Word], head: usize) -> impl Iterator<Item = usize> + 'w {
    (0..words.len()).filter(move |&at| words[at].head == Some(head))
}

pub(super) fn has(words: &[Word], head: usize, relations: &[Grammar]) -> bool {
    children(words, head).any(|at| relations.contains(&words[at].relation))
}

/// True where `at` hangs from `above`, or is it.
pub(super) fn hangs_from(words: &[Word], at: usize, above: usize) -> bool {
    std::iter::successors(Some(at), |&at| words[at].head).take(words.len()).any(|it| it == above)
}

/// The first word that hangs from `head` by `relation`.
pub(super) fn with(words: &[Word], head: usize, relation: Grammar) -> Option<usize> {
    children(words, head).find(|&at| words[at].relation == relation)
}

/// The first and the last word that hangs from `at`, or is it.
pub(super) fn ends(words: &[Word], at: usize) -> (usize, usize) {
    let inside = |&word: &usize| {
        std::iter::successors(Some(word), |&at| words[at].head).take(words.len()).any(|above| above == at)
    };
    let mut all = (0..words.len()).filter(inside);
    let first = all.next().unwrap_or(at);
    (first, all.next_back().unwrap_or(first))
}

/// True for a verb that can be that of a clause by its form; an auxiliary stands for one where the verb is left out ("and Orr did not").
pub(super) fn is_finite(words: &[Word], verb: usize) -> bool {
    let finite = matches!(words[verb].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp);
    match words[verb].upos {
        Upos::Verb => finite || has(words, verb, &[Grammar::Aux, Grammar::AuxPass]),
        Upos::Aux => {
            finite
                && matches!(words[verb].relation, Grammar::Conj | Grammar::Advcl | Grammar::Parataxis | Grammar::Ccomp)
        }
        _ => false,
    }
}

/// Makes `subject` the subject of `verb`.
pub(super) fn give(words: &mut [Word], verb: usize, subject: usize) {
    let passive = has(words, verb, &[Grammar::AuxPass]);
    words[subject].head = Some(verb);
    words[subject].relation = if passive { Grammar::NsubjPass } else { Grammar::Nsubj };
}
