//! Words of a parsed sentence → the same with a mistake of the parser undone that the words themselves show to be one.
//!
//! "Ilse Varn, the mayor of Tarnmouth, resigned." has an apposition between its subject and its verb. The treebank has few of
//! them and the parser takes the sentence for a name with a participle behind it, a phrase without any finite verb. A sentence
//! that ends in a stop is no such phrase: where the form can be a past tense, it is the verb of the sentence.

use crate::lexicon;
use crate::model::{Grammar, Tag, Upos, Word};

/// Makes the verb behind an apposition the root, where a sentence would have none.
pub(super) fn verb_behind_apposition(text: &str, words: &mut [Word]) {
    let Some((subject, apposition, verb)) = found(text, words) else { return };
    let word = &mut words[verb];
    (word.head, word.relation, word.upos, word.tag) = (None, Grammar::Root, Upos::Verb, Tag::Vbd);
    (words[subject].head, words[subject].relation) = (Some(verb), Grammar::Nsubj);
    // What stands behind the verb belongs to it.
    for word in &mut words[verb + 1..] {
        if word.head == Some(subject) || word.head == Some(apposition) {
            word.head = Some(verb);
        }
    }
}

/// Gives a verb the base form that a list of verbs or of ordinary words knows where the lemmatizer made up a word: "fined" is
/// no form of "fin".
pub(super) fn made_up_lemmas(text: &str, words: &mut [Word]) {
    for word in words.iter_mut().filter(|word| matches!(word.tag, Tag::Vbd | Tag::Vbn | Tag::Vbg | Tag::Vbz)) {
        let known = |base: &str| lexicon::verbs().forms(base).base || lexicon::ordinary_words().has(base);
        if !word.span.of(text).is_ascii() || known(&word.lemma) {
            continue;
        }
        let form = word.span.of(text).to_ascii_lowercase();
        let regular = || {
            let cut = ["ed", "d", "ing", "es", "s"].into_iter().filter_map(|ending| form.strip_suffix(ending));
            cut.flat_map(|stem| [stem.to_owned(), format!("{stem}e")]).find(|base| base.len() > 2 && known(base))
        };
        if let Some(base) = lexicon::verbs().base(&form).map(str::to_owned).or_else(regular) {
            word.lemma = base;
        }
    }
}

/// Makes an active perfect active: "prices have increased by 12 percent". "Have" makes a passive only with a form of "be" beside it.
pub(super) fn active_perfect(words: &mut [Word]) {
    let lemmas = |words: &[Word], verb: usize, relation: Grammar, wanted: &[&str]| {
        words
            .iter()
            .any(|word| word.head == Some(verb) && word.relation == relation && wanted.contains(&word.lemma.as_str()))
    };
    for verb in 0..words.len() {
        let has_passive = words.iter().any(|word| word.head == Some(verb) && word.relation == Grammar::AuxPass)
            || lemmas(words, verb, Grammar::Aux, &["be", "get"]);
        if words[verb].upos != Upos::Verb || has_passive || !lemmas(words, verb, Grammar::Aux, &["have"]) {
            continue;
        }
        for word in words.iter_mut().filter(|word| word.head == Some(verb)) {
            match word.relation {
                Grammar::NsubjPass => word.relation = Grammar::Nsubj,
                Grammar::CsubjPass => word.relation = Grammar::Csubj,
                Grammar::OblAgent => word.relation = Grammar::Obl,
                _ => {}
            }
        }
    }
}

/// The subject, its apposition and the verb of a sentence that has no other finite verb of its own.
fn found(text: &str, words: &[Word]) -> Option<(usize, usize, usize)> {
    let written = |at: usize| words[at].span.of(text);
    let ends = words.iter().rposition(|word| !matches!(word.span.of(text), "\"" | "\u{201D}" | ")"))?;
    let subject = words.iter().position(|word| word.head.is_none())?;
    if written(ends) != "." || !words[subject].is_noun() {
        return None;
    }
    let below = |at: usize| words[at].head == Some(subject);
    let apposition = (subject + 1..words.len())
        .find(|&at| below(at) && words[at].relation == Grammar::Appos && words[at].upos != Upos::Verb)?;
    let verb = (apposition + 1..words.len()).find(|&at| {
        (below(at) || words[at].head == Some(apposition))
            && matches!(words[at].relation, Grammar::Acl | Grammar::Parataxis | Grammar::Conj)
            && matches!(words[at].tag, Tag::Vbn | Tag::Vbd)
    })?;
    let own = |at: usize| words[at].head == Some(verb);
    let first = (0..verb).find(|&at| own(at) && words[at].relation != Grammar::Punct).unwrap_or(verb);
    let bare = (0..words.len()).filter(|&at| own(at)).all(|at| {
        !matches!(
            words[at].relation,
            Grammar::Nsubj
                | Grammar::NsubjPass
                | Grammar::Aux
                | Grammar::AuxPass
                | Grammar::Mark
                | Grammar::OblAgent
                | Grammar::Cc
        )
    });
    let behind_comma = first > 0 && written(first - 1) == "," && first - 1 > apposition;
    let past = lexicon::verbs().forms(&written(verb).to_lowercase()).past;
    // "A name, an office, arrested on Friday, was freed": another finite verb speaks for itself.
    let finite = words.iter().enumerate().any(|(at, word)| {
        at != verb
            && below(at)
            && matches!(word.relation, Grammar::Cop | Grammar::Nsubj | Grammar::Aux | Grammar::AuxPass)
            || at > verb && below(at) && matches!(word.relation, Grammar::Acl | Grammar::Parataxis)
    });
    (bare && behind_comma && past && !finite).then_some((subject, apposition, verb))
}

#[cfg(test)]
mod tests {
    use crate::grammar::parse;
    use crate::model::Grammar;

    /// The root of a sentence and its subject.
    fn told(text: &str) -> (String, Option<String>) {
        let tree = parse(text);
        let root = tree.root().expect("a sentence has a root");
        let word = |at: usize| tree.words()[at].span.of(text).to_owned();
        (word(root), tree.child(root, &[Grammar::Nsubj]).map(word))
    }

    #[test]
    fn a_verb_behind_an_apposition_is_the_verb_of_the_sentence() {
        for (text, verb, subject) in [
            ("Ilse Varn, the mayor of Tarnmouth, resigned on Monday.", "resigned", "Varn"),
            ("Peter Holm, the mayor of Tarnmouth, resigned.", "resigned", "Peter"),
            ("Sanae Takaichi, Japan's prime minister, called Donald Trump.", "called", "Sanae"),
            ("Harlan Petroleum, the country's largest refiner, bought the terminal.", "bought", "Harlan"),
            ("The suspect, a 34-year-old man from Garrow, surrendered to police.", "surrendered", "suspect"),
        ] {
            assert_eq!(told(text), (verb.to_owned(), Some(subject.to_owned())), "{text}");
        }
    }

    #[test]
    fn have_alone_makes_no_passive() {
        let relation = |text: &str, word: &str| {
            let tree = parse(text);
            let found = tree.words().iter().find(|it| it.span.of(text) == word).expect("the word is in the text");
            found.relation
        };
        let active = "The union said that ticket prices have increased by 12 percent in two winters.";
        assert_eq!(relation(active, "prices"), Grammar::Nsubj);
        assert_eq!(relation(active, "percent"), Grammar::Obl);
        let passive = "The union said that ticket prices have been raised by the council.";
        assert_eq!(relation(passive, "prices"), Grammar::NsubjPass);
    }

    #[test]
    fn a_participle_stays_one_where_the_sentence_has_a_verb_or_is_none() {
        assert_eq!(told("Ilse Varn, the mayor of Tarnmouth, resigned on Monday"), ("Varn".to_owned(), None));
        assert_eq!(told("Karl Moe, the mayor of Holm, arrested on Friday, was freed.").0, "freed");
        assert_eq!(told("It was a bridge, the oldest of the town, built by monks.").0, "bridge");
    }
}
