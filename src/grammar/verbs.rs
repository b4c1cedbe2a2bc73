//! Words of a parsed sentence → the same with a clause given the verb that heads it, where the parser made a noun of it ("A judge | shot and
//! killed a burglar"), coordinated it with a thing ("killed 12 people and | injured 40"), or took a participle that stands ahead of the
//! clause or inside of its subject for the verb of the sentence.

use super::draft::{SUBJECTS, children, ends, give, has, is_finite, with};
use crate::lexicon;
use crate::model::{Grammar, Tag, Upos, Word};

fn is_past_form(text: &str, words: &[Word], at: usize) -> bool {
    lexicon::verbs().forms(&words[at].span.of(text).to_lowercase()).past
}

/// Makes a past tense of the word `at`.
fn make_past(text: &str, words: &mut [Word], at: usize) {
    (words[at].upos, words[at].tag) = (Upos::Verb, Tag::Vbd);
    if let Some(base) = lexicon::verbs().base(&words[at].span.of(text).to_lowercase()) {
        words[at].lemma = base.to_owned();
    }
}

/// Makes a verb of a noun that is coordinated with the verb right behind it: "A retired judge | shot and killed a burglar". Shots kill, but not "and".
pub(super) fn noun_and_verb(text: &str, words: &mut [Word]) {
    for at in 1..words.len().saturating_sub(2) {
        let second = at + 2;
        let clause = matches!(
            words[at].relation,
            Grammar::Root | Grammar::Ccomp | Grammar::Parataxis | Grammar::Advcl | Grammar::AclRelcl
        );
        let taken = clause
            && matches!(words[at].tag, Tag::Nn)
            && words[at + 1].lemma == "and"
            && words[second].upos == Upos::Verb
            && matches!(words[second].tag, Tag::Vbd | Tag::Vbn)
            && words[second].relation == Grammar::Conj
            && words[second].head == Some(at)
            && !has(words, second, &SUBJECTS)
            && !has(words, at, &SUBJECTS)
            && is_past_form(text, words, at);
        let subject = at - 1;
        let named = words[subject].head == Some(at) && words[subject].relation == Grammar::Compound;
        if !taken || !named {
            continue;
        }
        make_past(text, words, at);
        words[second].tag = Tag::Vbd;
        if words[subject].upos == Upos::Adj {
            words[subject].upos = Upos::Noun;
        }
        for word in words[..subject].iter_mut().filter(|word| word.head == Some(at)) {
            if word.relation != Grammar::Punct {
                word.head = Some(subject);
            }
        }
        give(words, at, subject);
    }
}

/// Coordinates a participle that has an object with the verb ahead instead of with what that verb is done to: "killed 12 people and | injured
/// 40". Nobody is a thing and injured forty.
pub(super) fn verb_among_nouns(text: &str, words: &mut [Word]) {
    for at in 2..words.len() {
        let Some(thing) = words[at].head.filter(|&thing| words[at].relation == Grammar::Conj && thing < at) else {
            continue;
        };
        let counted = words[thing].is_noun() || matches!(words[thing].upos, Upos::Num | Upos::Pron);
        let Some(verb) = words[thing].head.filter(|&verb| {
            counted && words[thing].relation == Grammar::Obj && words[verb].upos == Upos::Verb && verb < thing
        }) else {
            continue;
        };
        let participle = words[at].upos == Upos::Adj || words[at].tag == Tag::Vbn;
        let joined = with(words, at, Grammar::Cc).is_some_and(|and| and + 1 == at);
        if !participle || !joined || !is_past_form(text, words, at) || words[verb].tag == Tag::Vb {
            continue;
        }
        // The object, or a number that was taken for one more of what is counted: "killed two and wounded nine".
        let number = children(words, thing)
            .find(|&it| it == at + 1 && words[it].upos == Upos::Num && words[it].relation == Grammar::Conj);
        let Some(object) = with(words, at, Grammar::Obj).filter(|&it| it > at).or(number) else { continue };
        make_past(text, words, at);
        words[at].head = Some(verb);
        (words[object].head, words[object].relation) = (Some(at), Grammar::Obj);
    }
}

/// Makes the clause behind a participle the main one: "Having won the vote, | Odile Kerr named her cabinet". A participle without a subject of its
/// own is no sentence where one follows.
pub(super) fn participle_ahead(text: &str, words: &mut [Word]) {
    let Some(root) = words.iter().position(|word| word.head.is_none()) else { return };
    let is_first = words[..root].iter().all(|word| word.head == Some(root) && word.tag == Tag::Vbg);
    let participle = words[root].upos == Upos::Verb
        && (matches!(words[root].tag, Tag::Vbn | Tag::Vbg) || words[root].tag == Tag::Vbd && root == 0);
    if !is_first || !participle || has(words, root, &SUBJECTS) {
        return;
    }
    let found = children(words, root).find(|&at| {
        let clause = matches!(
            words[at].relation,
            Grammar::Advcl | Grammar::Conj | Grammar::Parataxis | Grammar::Ccomp | Grammar::Xcomp
        );
        let first = ends(words, at).0;
        let comma = |at: usize| words[at].span.of(text) == ",";
        clause
            && at > root
            && words[at].upos == Upos::Verb
            && (is_finite(words, at) || is_past_form(text, words, at))
            && with(words, at, Grammar::Nsubj).or(with(words, at, Grammar::NsubjPass)).is_some_and(|it| it < at)
            && !has(words, at, &[Grammar::Mark, Grammar::Cc])
            && (comma(first) || first > 0 && comma(first - 1))
    });
    let Some(clause) = found else { return };
    (words[clause].head, words[clause].relation) = (None, Grammar::Root);
    if words[clause].tag == Tag::Vbn && !has(words, clause, &[Grammar::Aux, Grammar::AuxPass]) {
        words[clause].tag = Tag::Vbd;
    }
    (words[root].head, words[root].relation) = (Some(clause), Grammar::Advcl);
    if words[root].tag == Tag::Vbd {
        words[root].tag = Tag::Vbn;
    }
    for word in words[clause + 1..].iter_mut().filter(|word| word.head == Some(root)) {
        word.head = Some(clause);
    }
}

/// Makes a participle inside of the subject what it is where the finite verb of the sentence hangs from it: "Anyone | caught with a knife | will be
/// expelled".
pub(super) fn participle_behind(words: &mut [Word]) {
    let Some(root) = words.iter().position(|word| word.head.is_none()) else { return };
    let form = words[root].upos == Upos::Verb && matches!(words[root].tag, Tag::Vbn | Tag::Vbd);
    if !form || has(words, root, &[Grammar::Aux, Grammar::AuxPass, Grammar::Obj]) {
        return;
    }
    let Some(subject) = children(words, root).find(|&at| SUBJECTS[..2].contains(&words[at].relation) && at < root)
    else {
        return;
    };
    let found = children(words, root).find(|&at| {
        let clause =
            matches!(words[at].relation, Grammar::Ccomp | Grammar::Xcomp | Grammar::Advcl | Grammar::Parataxis);
        let helped = with(words, at, Grammar::Aux).or(with(words, at, Grammar::AuxPass));
        clause
            && at > root + 1
            && helped
                .is_some_and(|help| help > root && matches!(words[help].tag, Tag::Md | Tag::Vbd | Tag::Vbz | Tag::Vbp))
            && !has(words, at, &SUBJECTS)
            && !has(words, at, &[Grammar::Mark, Grammar::Cc])
            && (root..at).all(|it| words[it].upos != Upos::Punct)
    });
    let Some(verb) = found else { return };
    (words[verb].head, words[verb].relation) = (None, Grammar::Root);
    give(words, verb, subject);
    (words[root].head, words[root].relation, words[root].tag) = (Some(subject), Grammar::Acl, Tag::Vbn);
    for (at, word) in words.iter_mut().enumerate() {
        if word.head == Some(root) && (at > verb || word.upos == Upos::Punct) {
            word.head = Some(verb);
        }
    }
}

/// Hangs who reports it from the sentence: "It was the guards who struck first, | an inquiry has found". Behind a comma no relative clause begins
/// without its pronoun.
pub(super) fn report_at_end(text: &str, words: &mut [Word]) {
    for at in 1..words.len() {
        let Some(noun) = words[at].head.filter(|_| words[at].relation == Grammar::AclRelcl) else { continue };
        let reports = lexicon::verb_frames().values(&words[at].lemma).is_some_and(|values| values.contains(&"says"))
            || matches!(words[at].lemma.as_str(), "find" | "show" | "learn" | "rule");
        let first = ends(words, at).0;
        let from = if words[first].span.of(text) == "," { first } else { first.saturating_sub(1) };
        let opens = words.get(from + 1).map(|word| word.tag);
        let pronoun = matches!(opens, Some(Tag::Wdt | Tag::Wp | Tag::WpDollar | Tag::Wrb | Tag::In));
        let subject = with(words, at, Grammar::Nsubj).is_some_and(|it| it < at);
        let root = std::iter::successors(Some(noun), |&at| words[at].head).take(words.len()).last();
        let last = words[at + 1..].iter().all(|word| word.upos == Upos::Punct || word.head == Some(at));
        if reports && words[from].span.of(text) == "," && !pronoun && subject && last && root.is_some() {
            (words[at].head, words[at].relation) = (root, Grammar::Parataxis);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::grammar::parse;
    use crate::model::{Grammar, Upos};

    /// The root of a sentence, and what `word` hangs from and how.
    fn told(text: &str, word: &str) -> (String, String, Grammar) {
        let tree = parse(text);
        let written = |at: usize| tree.words()[at].span.of(text).to_owned();
        let at = tree.words().iter().position(|it| it.span.of(text) == word).expect("the word is in the text");
        let root = tree.root().map_or(String::new(), written);
        (root, tree.words()[at].head.map_or(String::new(), written), tree.words()[at].relation)
    }

    fn all_hang(cases: &[(&str, &str, (&str, &str, Grammar))]) {
        for (text, word, (root, head, relation)) in cases {
            assert_eq!(told(text, word), ((*root).to_owned(), (*head).to_owned(), *relation), "{text}");
        }
    }

    #[test]
    fn who_shoots_and_kills_does_both() {
        let text = "A retired judge shot and killed a burglar in Holm.";
        all_hang(&[
            (text, "judge", ("shot", "shot", Grammar::Nsubj)),
            (text, "retired", ("shot", "judge", Grammar::Amod)),
        ]);
        let tree = parse(text);
        assert!(tree.words().iter().any(|word| word.upos == Upos::Verb && word.lemma == "shoot"));
    }

    #[test]
    fn people_are_no_deeds() {
        all_hang(&[
            ("The flood killed 12 people and injured 40.", "injured", ("killed", "killed", Grammar::Conj)),
            ("The bomb killed two and wounded nine.", "wounded", ("killed", "killed", Grammar::Conj)),
            ("The bomb killed two and wounded nine.", "nine", ("killed", "wounded", Grammar::Obj)),
        ]);
    }

    #[test]
    fn a_participle_ahead_of_a_clause_or_inside_of_its_subject_is_none() {
        all_hang(&[
            ("Having won the vote, Odile Kerr named her cabinet.", "won", ("named", "named", Grammar::Advcl)),
            ("Asked about the letter, Kerr laughed and walked away.", "Asked", ("laughed", "laughed", Grammar::Advcl)),
            (
                "Anyone caught with a knife will be expelled from the stadium.",
                "Anyone",
                ("expelled", "expelled", Grammar::NsubjPass),
            ),
        ]);
    }

    #[test]
    fn an_inquiry_that_has_found_it_tells_it() {
        all_hang(&[(
            "It was the guards who struck first, an inquiry has found.",
            "found",
            ("guards", "guards", Grammar::Parataxis),
        )]);
    }
}
