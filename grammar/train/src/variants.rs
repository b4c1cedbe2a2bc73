//! A sentence of the treebank → the same sentence as a headline, in capitals, in small letters, or without its full stop.
//!
//! The treebank is web text; the news that is parsed has headlines and teasers. A variant keeps tags, heads and relations
//! of the words it keeps, so a word loses its capital without losing its name.

use crate::conllu::{Sentence, Word};
use crate::net::Random;

/// A variant of `sentence`, or nothing where it is to be read as it is, which it mostly is.
pub(crate) fn variant(sentence: &Sentence, random: &mut Random) -> Option<Sentence> {
    let draw = random.unit();
    if draw < 0.03 {
        return Some(mapped(sentence, str::to_lowercase));
    }
    if draw < 0.05 {
        return Some(mapped(sentence, str::to_uppercase));
    }
    if draw < 0.08 {
        return Some(titled(sentence));
    }
    if draw < 0.14 {
        let short =
            without(sentence, |at, word| at + 1 == sentence.words.len() && word.upos == "PUNCT" || telegraphic(word));
        return Some(if random.unit() < 0.4 { titled(&short) } else { short });
    }
    if draw < 0.20 {
        return Some(without(sentence, |at, word| at + 1 == sentence.words.len() && word.upos == "PUNCT"));
    }
    None
}

/// What headlines leave out: articles, and forms of "be" beside another word that says what happened.
fn telegraphic(word: &Word) -> bool {
    let article = word.relation == "det" && matches!(word.lemma.as_str(), "the" | "a");
    let be = matches!(word.relation.as_str(), "aux" | "aux:pass" | "cop") && word.lemma == "be";
    article || (be && !word.form.starts_with(['\'', '\u{2019}']))
}

fn mapped(sentence: &Sentence, map: impl Fn(&str) -> String) -> Sentence {
    let mut out = sentence.clone();
    for word in &mut out.words {
        word.form = map(&word.form);
    }
    out
}

/// Every word with a capital but the small ones, as in the headlines of many outlets.
fn titled(sentence: &Sentence) -> Sentence {
    let mut out = sentence.clone();
    for (at, word) in out.words.iter_mut().enumerate() {
        let small = matches!(word.upos.as_str(), "ADP" | "DET" | "CCONJ" | "PART") && word.form.len() < 5 && at > 0;
        let mut rest = word.form.chars();
        if let Some(first) = rest.next().filter(|_| !small) {
            word.form = first.to_uppercase().chain(rest).collect();
        }
    }
    out
}

/// The sentence without the words that `drop` names, as far as nothing hangs from them.
fn without(sentence: &Sentence, drop: impl Fn(usize, &Word) -> bool) -> Sentence {
    let words = &sentence.words;
    let bears = |at: usize| words.iter().any(|word| word.head == at + 1);
    let kept: Vec<usize> =
        (0..words.len()).filter(|&at| words[at].head == 0 || bears(at) || !drop(at, &words[at])).collect();
    let mut out = Sentence { text: String::new(), words: kept.iter().map(|&at| words[at].clone()).collect() };
    for word in &mut out.words {
        if word.head > 0 {
            word.head = kept.binary_search(&(word.head - 1)).map_or(0, |at| at + 1);
        }
    }
    out
}
