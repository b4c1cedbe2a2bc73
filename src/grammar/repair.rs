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
    let inflected = |word: &Word| {
        matches!(word.tag, Tag::Vbd | Tag::Vbn | Tag::Vbg | Tag::Vbz)
            || word.tag == Tag::Vb && word.span.of(text).ends_with("ed")
    };
    for word in words.iter_mut().filter(|word| inflected(word)) {
        if matches!(word.span.of(text), "did" | "does" | "done" | "doing") {
            word.lemma = "do".into();
            continue;
        }
        let known = |base: &str| lexicon::verbs().forms(base).base || lexicon::ordinary_words().has(base);
        if !word.span.of(text).is_ascii() {
            continue;
        }
        let form = word.span.of(text).to_ascii_lowercase();
        // "Bitten" is no form of "bet", nor "found" the past of "found".
        if let Some(base) = lexicon::verbs().base(&form).filter(|_| !matches!(word.tag, Tag::Vbg | Tag::Vbz)) {
            word.lemma = base.to_owned();
            continue;
        }
        let is_form = word.lemma == form && form.ends_with("ed");
        if known(&word.lemma) && !is_form {
            continue;
        }
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

/// Makes a verb of a participle that was tagged an adjective and parsed as a passive: "12 people were injured". The parser has seen that
/// something was done; the tagger met the form in front of nouns more often.
pub(super) fn passive_adjective(text: &str, words: &mut [Word]) {
    for at in 0..words.len() {
        if words[at].upos != Upos::Adj {
            continue;
        }
        let below = |relation: Grammar| words.iter().any(|word| word.head == Some(at) && word.relation == relation);
        if !below(Grammar::AuxPass) {
            continue;
        }
        let form = words[at].span.of(text).to_lowercase();
        if !lexicon::verbs().forms(&form).participle {
            continue;
        }
        if let Some(base) = lexicon::verbs().base(&form) {
            (words[at].upos, words[at].tag, words[at].lemma) = (Upos::Verb, Tag::Vbn, base.to_owned());
        }
        // "Seven were injured" and "seven people were injured" are one passive.
        for word in words.iter_mut().filter(|word| word.head == Some(at) && word.relation == Grammar::Nsubj) {
            word.relation = Grammar::NsubjPass;
        }
    }
}

/// Makes a noun of a possessive pronoun that has a determiner: "the mine" digs for ore, "mine" belongs to me.
pub(super) fn noun_for_pronoun(text: &str, words: &mut [Word]) {
    for at in 0..words.len() {
        if words[at].upos != Upos::Pron || !words[at].span.of(text).eq_ignore_ascii_case("mine") {
            continue;
        }
        let described = |word: &Word| word.head == Some(at) && matches!(word.relation, Grammar::Det | Grammar::Amod);
        if words.iter().any(described) {
            (words[at].upos, words[at].tag, words[at].lemma) = (Upos::Noun, Tag::Nn, "mine".into());
        }
    }
}

/// Puts a name together that was taken for two subjects of one verb: "Mayor Ilse | Varn, who took office in May, said ...". A verb has
/// one subject, and nothing stands between the two.
pub(super) fn name_in_two(words: &mut [Word]) {
    let is_subject = |word: &Word| matches!(word.relation, Grammar::Nsubj | Grammar::NsubjPass);
    for second in 1..words.len() {
        if words[second].upos != Upos::Propn || !is_subject(&words[second]) {
            continue;
        }
        let verb = words[second].head;
        let first = (0..second)
            .rev()
            .find(|&at| words[at].upos == Upos::Propn && is_subject(&words[at]) && words[at].head == verb);
        let Some(first) = first else { continue };
        let is_part = |at: usize| {
            matches!(words[at].head, Some(head) if head == first || head == second)
                && matches!(words[at].relation, Grammar::Flat | Grammar::Compound)
        };
        let adjoins = (first + 1..second).all(is_part);
        if !adjoins {
            continue;
        }
        (words[second].head, words[second].relation) = (Some(first), Grammar::Flat);
        for (at, word) in words.iter_mut().enumerate().filter(|(_, word)| word.head == Some(second)) {
            word.head = Some(first);
            // "Farmer | Ellis Croft".
            if (first..second).contains(&at) {
                word.relation = Grammar::Flat;
            }
        }
    }
}

/// Joins a past tense with the verb it goes on from: in "said the bridge would reopen and denied that it was unsafe" nothing "would
/// denied". A form without auxiliary is coordinated with another such, not with the bare verb behind "would".
pub(super) fn finite_with_bare(words: &mut [Word]) {
    let with = |words: &[Word], verb: usize, relations: &[Grammar]| {
        words.iter().any(|word| word.head == Some(verb) && relations.contains(&word.relation))
    };
    let own = &[Grammar::Nsubj, Grammar::NsubjPass, Grammar::Aux, Grammar::AuxPass, Grammar::Cop, Grammar::Expl];
    for at in 0..words.len() {
        let finite = words[at].upos == Upos::Verb && matches!(words[at].tag, Tag::Vbd | Tag::Vbz);
        let Some(first) = words[at].head.filter(|_| finite && words[at].relation == Grammar::Conj) else { continue };
        let bare = words[first].tag == Tag::Vb && with(words, first, &[Grammar::Aux, Grammar::Mark]);
        if !bare || with(words, at, own) {
            continue;
        }
        let content = matches!(words[first].relation, Grammar::Ccomp | Grammar::Xcomp);
        let above = words[first].head.filter(|&above| content && above < first);
        let Some(above) = above else { continue };
        if words[above].upos == Upos::Verb && matches!(words[above].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp) {
            words[at].head = Some(above);
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
    use crate::model::{Grammar, Upos};

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
    fn a_participle_behind_be_is_a_verb() {
        for (text, word, lemma) in [
            ("Police said 12 people were injured.", "injured", "injure"),
            ("Officials said two people were killed and seven were injured.", "injured", "injure"),
        ] {
            let tree = parse(text);
            let at = tree.words().iter().position(|it| it.span.of(text) == word).expect("the word is in the text");
            assert_eq!((tree.words()[at].upos, tree.words()[at].lemma.as_str()), (Upos::Verb, lemma), "{text}");
            assert!(tree.child(at, &[Grammar::NsubjPass]).is_some(), "{text}");
        }
    }

    #[test]
    fn a_form_has_the_base_of_its_verb() {
        for (text, form, lemma) in [
            ("Ranger Tom Hale was bitten by a wolf.", "bitten", "bite"),
            ("Police freed the hostages.", "freed", "free"),
            ("Orr did not.", "did", "do"),
        ] {
            let tree = parse(text);
            let word = tree.words().iter().find(|it| it.span.of(text) == form).expect("the word is in the text");
            assert_eq!(word.lemma, lemma, "{text}");
        }
    }

    #[test]
    fn a_name_is_one_subject() {
        let text = "Mayor Ilse Varn, who took office in May, said the bridge would reopen in June.";
        let tree = parse(text);
        let said = tree.words().iter().position(|word| word.lemma == "say").expect("a verb");
        let subjects: Vec<&str> =
            tree.children_by(said, &[Grammar::Nsubj]).map(|at| tree.words()[at].span.of(text)).collect();
        assert_eq!(subjects, ["Mayor"]);
        let took = tree.words().iter().find(|word| word.lemma == "take").expect("a verb");
        assert_eq!(took.head, Some(0));
    }

    #[test]
    fn a_past_tense_goes_on_from_a_finite_verb() {
        let text = "The mayor said the bridge would reopen in June and denied that it was unsafe.";
        let tree = parse(text);
        let at = |lemma: &str| tree.words().iter().position(|word| word.lemma == lemma).expect("a verb");
        assert_eq!(tree.words()[at("deny")].head, Some(at("say")));
    }

    #[test]
    fn a_mine_with_an_article_is_a_noun() {
        let text = "The mine employs about 1,200 people.";
        let tree = parse(text);
        assert_eq!((tree.words()[1].upos, tree.words()[1].lemma.as_str()), (Upos::Noun, "mine"));
    }

    #[test]
    fn a_participle_stays_one_where_the_sentence_has_a_verb_or_is_none() {
        assert_eq!(told("Ilse Varn, the mayor of Tarnmouth, resigned on Monday"), ("Varn".to_owned(), None));
        assert_eq!(told("Karl Moe, the mayor of Holm, arrested on Friday, was freed.").0, "freed");
        assert_eq!(told("It was a bridge, the oldest of the town, built by monks.").0, "bridge");
    }
}
