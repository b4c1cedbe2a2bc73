//! Words of a parsed sentence → the same with each verb given the subject that stands right ahead of it, where the parser made
//! something else of that: a thing after which something was done ("after the coach | resigned"), one more object ("wrote the memo and
//! Lindqvist | signed it"), what was done to a camp ("troops bombed | rebel camps").
//!
//! Each of these trees shows by itself that it is wrong: a finite verb without a subject beside a noun that hangs from another word.

use super::draft::{SUBJECTS, children, give, hangs_from, has, is_finite};
use crate::lexicon;
use crate::model::{Grammar, Tag, Upos, Word};

/// Words from a noun to its verb: adverbs and auxiliaries.
const HELPERS: usize = 4;

/// Steps from a word up to the verb of its clause.
const FARTHEST: usize = 12;

const MODIFIERS: [Grammar; 5] = [Grammar::Aux, Grammar::AuxPass, Grammar::Advmod, Grammar::Cop, Grammar::Discourse];

/// True for a form that was taken for a participle and is the past tense, because it has an object or a word that joins clauses: "after the
/// paper | published the letter".
fn is_past(text: &str, words: &[Word], verb: usize) -> bool {
    words[verb].tag == Tag::Vbn
        && words[verb].upos == Upos::Verb
        && has(words, verb, &[Grammar::Obj, Grammar::Mark])
        && lexicon::verbs().forms(&words[verb].span.of(text).to_lowercase()).past
        && !lexicon::verb_frames().values(&words[verb].lemma).is_some_and(|values| values.contains(&"gives"))
}

/// The word right ahead of a verb, its adverbs and auxiliaries apart.
fn ahead(words: &[Word], verb: usize) -> Option<usize> {
    let helps = |at: usize| words[at].head == Some(verb) && MODIFIERS.contains(&words[at].relation);
    (0..verb).rev().take(HELPERS).find(|&at| !helps(at))
}

/// Joins a noun and the finite verb right behind it to a clause: "fined the broker after the bank | complained" was not fined after the
/// bank. A verb that tells when has its own subject or none that is told.
pub(super) fn clause_behind_after(text: &str, words: &mut [Word]) {
    for verb in 0..words.len() {
        if words[verb].relation != Grammar::Advcl
            || !is_finite(words, verb) && !is_past(text, words, verb)
            || has(words, verb, &SUBJECTS)
        {
            continue;
        }
        let Some((head, last)) = words[verb].head.zip(ahead(words, verb)) else { continue };
        let subject = std::iter::successors(Some(last), |&at| words[at].head).take(FARTHEST).find(|&at| {
            words[at].head == Some(head) && words[at].relation == Grammar::Obl && words[at].is_noun() && at < verb
        });
        let Some(subject) = subject else { continue };
        let joins = |at: usize| {
            matches!(words[at].lemma.as_str(), "after" | "before" | "since" | "until" | "till" | "once" | "when" | "as")
                && (words[at].head == Some(subject) && words[at].relation == Grammar::Case
                    || words[at].head == Some(verb) && words[at].relation == Grammar::Mark)
        };
        let Some(joint) = (0..subject).rev().find(|&at| joins(at)) else { continue };
        let one_phrase = (joint + 1..subject).all(|at| hangs_from(words, at, subject));
        if !one_phrase || (joint..verb).any(|at| words[at].upos == Upos::Punct) {
            continue;
        }
        give(words, verb, subject);
        (words[joint].head, words[joint].relation, words[joint].upos) = (Some(verb), Grammar::Mark, Upos::Sconj);
    }
}

/// Joins a noun that was taken for one more object and the finite verb right behind it to a clause: in "wrote the memo and Lindqvist |
/// signed it" nobody wrote Lindqvist.
pub(super) fn clause_behind_and(words: &mut [Word]) {
    for verb in 0..words.len() {
        let clause = matches!(
            words[verb].relation,
            Grammar::Ccomp | Grammar::Conj | Grammar::Parataxis | Grammar::Advcl | Grammar::Acl
        );
        if !clause || !is_finite(words, verb) || has(words, verb, &SUBJECTS) || has(words, verb, &[Grammar::Mark]) {
            continue;
        }
        let Some(last) = ahead(words, verb).filter(|&at| words[at].upos != Upos::Punct) else { continue };
        let joined = |at: usize| {
            words[at].relation == Grammar::Conj && words[at].is_noun() && words[at].head.is_some_and(|head| head < at)
        };
        let Some(subject) =
            std::iter::successors(Some(last), |&at| words[at].head).take(FARTHEST).find(|&at| joined(at))
        else {
            continue;
        };
        // "and", and right behind it the phrase that ends at the verb.
        let and = children(words, subject).find(|&at| words[at].relation == Grammar::Cc && at < subject);
        let Some(and) = and.filter(|&and| (and + 1..subject).all(|at| hangs_from(words, at, subject))) else {
            continue;
        };
        let is_verb = |at: usize| words[at].upos == Upos::Verb && at < and;
        let first =
            std::iter::successors(words[subject].head, |&at| words[at].head).take(FARTHEST).find(|&at| is_verb(at));
        let Some(first) = first.filter(|&first| first != verb && !hangs_from(words, first, verb)) else { continue };
        // "met the owner of the mill and the mayor of Holm | said": the other verb is in another clause, be it as it may.
        if words[verb].head != Some(first) && !words[verb].head.is_some_and(|head| hangs_from(words, head, first)) {
            continue;
        }
        give(words, verb, subject);
        (words[verb].head, words[verb].relation) = (Some(first), Grammar::Conj);
        words[and].head = Some(verb);
    }
}

/// Makes a verb that has a subject the head of what stands behind it: in "Troops bombed | rebel camps" troops are the subject of no
/// adjective, and a relative clause stands behind its noun.
pub(super) fn adjective_with_subject(words: &mut [Word]) {
    for verb in 0..words.len() {
        let participle = words[verb].upos == Upos::Verb && matches!(words[verb].tag, Tag::Vbd | Tag::Vbn);
        let Some(noun) = words[verb].head.filter(|&noun| {
            participle
                && matches!(words[verb].relation, Grammar::Amod | Grammar::Acl | Grammar::AclRelcl)
                && noun > verb
                && words[noun].is_noun()
        }) else {
            continue;
        };
        let Some(subject) = children(words, verb).find(|&at| {
            words[at].relation == Grammar::Nsubj && at < verb && (at + 1..verb).all(|it| hangs_from(words, it, verb))
        }) else {
            continue;
        };
        // "the camps that troops bombed" has its noun ahead; a determiner or preposition ahead of the verb makes a phrase of all.
        if children(words, noun).any(|at| {
            at < subject && matches!(words[at].relation, Grammar::Case | Grammar::Det | Grammar::Mark | Grammar::Nsubj)
        }) {
            continue;
        }
        let (head, relation) = (words[noun].head, words[noun].relation);
        let relation = match (head, relation) {
            (None, _) => Grammar::Root,
            (_, Grammar::Conj | Grammar::Ccomp | Grammar::Parataxis | Grammar::Advcl) => relation,
            _ => Grammar::Parataxis,
        };
        (words[verb].head, words[verb].relation, words[verb].tag) = (head, relation, Tag::Vbd);
        (words[noun].head, words[noun].relation) = (Some(verb), Grammar::Obj);
        for (at, word) in words.iter_mut().enumerate() {
            let outside = at < verb
                || matches!(word.relation, Grammar::Punct | Grammar::Parataxis | Grammar::Conj)
                    && word.upos != Upos::Noun;
            if word.head == Some(noun) && outside {
                word.head = Some(verb);
            }
        }
    }
}

/// Makes the past tense of a sentence that has no verb its verb: "The sale of the harbor | angered fishermen", where the parser made an
/// adjective of it. What stands behind it without a preposition hangs from nothing ahead of it.
pub(super) fn verb_behind_phrase(text: &str, words: &mut [Word]) {
    let written = |at: usize| words[at].span.of(text);
    let ends = words.iter().rposition(|word| !matches!(word.span.of(text), "\"" | "\u{201D}" | ")"));
    let Some(root) = words.iter().position(|word| word.head.is_none()) else { return };
    if !words[root].is_noun() || ends.is_none_or(|ends| written(ends) != ".") || has(words, root, &[Grammar::Cop]) {
        return;
    }
    let found = (root + 1..words.len()).find(|&at| {
        let past = lexicon::verbs().forms(&written(at).to_lowercase()).past;
        let object = words[at].head.filter(|&object| {
            past && words[at].relation == Grammar::Amod
                && at < object
                && words[object].is_noun()
                && matches!(words[object].relation, Grammar::Nmod | Grammar::NmodUnmarked)
                && !has(words, object, &[Grammar::Case, Grammar::Det])
        });
        object.is_some_and(|object| {
            let alone =
                (at + 1..object).all(|it| hangs_from(words, it, object)) && children(words, at).next().is_none();
            alone && hangs_from(words, object, root)
        })
    });
    let Some((verb, object)) = found.and_then(|at| Some((at, words[at].head?))) else { return };
    if words.iter().any(|word| SUBJECTS.contains(&word.relation) || word.upos == Upos::Aux) {
        return;
    }
    let base = lexicon::verbs().base(&written(verb).to_lowercase()).map(str::to_owned);
    let word = &mut words[verb];
    (word.head, word.relation, word.upos, word.tag) = (None, Grammar::Root, Upos::Verb, Tag::Vbd);
    if let Some(base) = base {
        word.lemma = base;
    }
    (words[root].head, words[root].relation) = (Some(verb), Grammar::Nsubj);
    (words[object].head, words[object].relation) = (Some(verb), Grammar::Obj);
    for word in words.iter_mut().skip(verb + 1) {
        if word.head == Some(root) || word.head.is_some_and(|head| head < verb && head != root) {
            word.head = Some(verb);
        }
    }
}

/// Makes the verb behind a relative clause in commas that of the sentence, where a noun without a verb is left as its head: "The treaty, which
/// Ostland never signed, | obliges members to share data".
pub(super) fn verb_behind_relative(text: &str, words: &mut [Word]) {
    let written = |at: usize| words[at].span.of(text);
    let ends = words.iter().rposition(|word| !matches!(word.span.of(text), "\"" | "\u{201D}" | ")"));
    let Some(root) = words.iter().position(|word| word.head.is_none()) else { return };
    if !words[root].is_noun() || ends.is_none_or(|ends| written(ends) != ".") || has(words, root, &[Grammar::Cop]) {
        return;
    }
    let Some(relative) = children(words, root).find(|&at| words[at].relation == Grammar::AclRelcl) else { return };
    let Some(opens) = (root + 1..relative).find(|&at| written(at) == ",") else { return };
    let is_relative = |at: usize| matches!(words[at].tag, Tag::Wdt | Tag::Wp | Tag::WpDollar);
    if !(opens + 1..relative).take(2).any(is_relative) || has(words, root, &SUBJECTS) {
        return;
    }
    let found = (relative + 1..words.len()).filter(|&at| written(at) == ",").find_map(|comma| {
        let verb = (comma + 1..words.len()).take(HELPERS).find(|&at| words[at].upos != Upos::Adv)?;
        let forms = lexicon::verbs().forms(&written(verb).to_lowercase());
        let by_form = match words[verb].upos {
            Upos::Verb => forms.past || forms.third || is_finite(words, verb),
            Upos::Noun => forms.third && words[verb].relation == Grammar::Conj && words[verb].tag == Tag::Nns,
            _ => false,
        };
        let alone = !has(words, verb, &SUBJECTS) && !has(words, verb, &[Grammar::Cc, Grammar::Mark, Grammar::Det]);
        (by_form && alone && written(verb).starts_with(char::is_lowercase)).then_some(verb)
    });
    let Some(verb) = found else { return };
    let behind = words[verb].head.filter(|&object| object > verb && words[verb].relation == Grammar::Amod);
    // "..., seized by soldiers, was returned": a verb of its own stands further on.
    let finite = |at: usize| at != verb && is_finite(words, at) && has(words, at, &SUBJECTS);
    let others = (verb + 1..words.len())
        .any(|at| words[at].head.is_some_and(|head| head == root) && (finite(at) || words[at].upos == Upos::Verb));
    if others || has(words, verb, &[Grammar::OblAgent]) {
        return;
    }
    let word = &mut words[verb];
    if word.upos == Upos::Noun || word.tag == Tag::Vbn {
        let form = word.span.of(text).to_lowercase();
        word.tag = if lexicon::verbs().forms(&form).past { Tag::Vbd } else { Tag::Vbz };
        word.upos = Upos::Verb;
        if let Some(base) = lexicon::verbs().base(&form) {
            word.lemma = base.to_owned();
        }
    }
    (word.head, word.relation) = (None, Grammar::Root);
    give(words, verb, root);
    if let Some(object) = behind {
        (words[object].head, words[object].relation) = (Some(verb), Grammar::Obj);
    }
    for at in verb + 1..words.len() {
        if words[at].head.is_some_and(|head| head < verb) {
            words[at].head = Some(verb);
            if words[at].relation == Grammar::Conj && words[at].is_noun() && !has(words, at, &[Grammar::Cc]) {
                words[at].relation = Grammar::Obj;
            }
        }
    }
}

/// Makes the verb of a sentence of a participle right behind the name that the sentence begins with: "Holm | lost to Brack on Saturday". Nothing
/// is told of a name so without commas. What somebody did to it ("seized by the state") stays a participle.
pub(super) fn verb_behind_name(text: &str, words: &mut [Word]) {
    let ends = words.iter().rposition(|word| !matches!(word.span.of(text), "\"" | "\u{201D}" | ")"));
    let Some(root) = words.iter().position(|word| word.head.is_none()) else { return };
    if words[root].upos != Upos::Propn || ends.is_none_or(|ends| words[ends].span.of(text) != ".") {
        return;
    }
    let Some(verb) = children(words, root).find(|&at| words[at].relation == Grammar::Acl && at > root) else { return };
    let is_name = |at: usize| words[at].upos == Upos::Propn && hangs_from(words, at, root);
    let past = words[verb].tag == Tag::Vbn && lexicon::verbs().forms(&words[verb].span.of(text).to_lowercase()).past;
    let finite = |at: usize| at != verb && (is_finite(words, at) || words[at].upos == Upos::Aux);
    let own = [Grammar::OblAgent, Grammar::Aux, Grammar::AuxPass, Grammar::Mark];
    if !past || !(0..verb).all(is_name) || (0..words.len()).any(finite) || has(words, verb, &own) {
        return;
    }
    (words[verb].head, words[verb].relation, words[verb].tag) = (None, Grammar::Root, Tag::Vbd);
    give(words, verb, root);
    for word in words[verb + 1..].iter_mut().filter(|word| word.head == Some(root)) {
        word.head = Some(verb);
    }
}

/// Makes the subject of a name right ahead of a finite verb that was taken for a word about the verb: "Osten | transferred the goalkeeper".
pub(super) fn name_ahead(words: &mut [Word]) {
    for verb in 1..words.len() {
        if !is_finite(words, verb) || words[verb].upos != Upos::Verb || has(words, verb, &SUBJECTS) {
            continue;
        }
        let Some(last) = ahead(words, verb).or(Some(verb - 1)) else { continue };
        let name = std::iter::successors(Some(last), |&at| words[at].head).take(FARTHEST).find(|&at| {
            words[at].head == Some(verb)
                && words[at].upos == Upos::Propn
                && at < verb
                && matches!(words[at].relation, Grammar::Advmod | Grammar::Vocative | Grammar::Discourse)
        });
        let name = name.or_else(|| {
            let at = verb - 1;
            let taken = words[at].head == Some(verb) && words[at].upos == Upos::Propn;
            (taken && words[at].relation == Grammar::Advmod).then_some(at)
        });
        let Some(name) = name else { continue };
        let is_time = lexicon::calendar_words().has(&words[name].lemma.to_lowercase());
        if !is_time && (name..verb).all(|at| words[at].upos != Upos::Punct) {
            give(words, verb, name);
        }
    }
}

/// Makes a verb of an adjective that has subject and object: "The murder of the judge | shocked the town".
pub(super) fn adjective_with_object(text: &str, words: &mut [Word]) {
    for at in 0..words.len() {
        let taken = words[at].upos == Upos::Adj
            && has(words, at, &[Grammar::Obj])
            && has(words, at, &[Grammar::Nsubj])
            && !has(words, at, &[Grammar::Cop, Grammar::Aux, Grammar::AuxPass]);
        let form = words[at].span.of(text).to_lowercase();
        if !taken || !lexicon::verbs().forms(&form).past {
            continue;
        }
        (words[at].upos, words[at].tag) = (Upos::Verb, Tag::Vbd);
        if let Some(base) = lexicon::verbs().base(&form) {
            words[at].lemma = base.to_owned();
        }
    }
}

/// Gives the verb that a reporting verb took the subject of its own back: in "The suspect, who fled in May, surrendered in a barn, | police
/// said" the suspect said nothing. Two subjects with a comma between them speak in no one verb.
pub(super) fn speaker_at_end(text: &str, words: &mut [Word]) {
    let written = |at: usize| words[at].span.of(text);
    let found = (0..words.len()).find_map(|says| {
        let reports = |lemma: &str| lexicon::verb_frames().values(lemma).is_some_and(|values| values.contains(&"says"));
        if !is_finite(words, says) || words[says].upos != Upos::Verb || !reports(&words[says].lemma) {
            return None;
        }
        let mut subjects = children(words, says).filter(|&at| words[at].relation == Grammar::Nsubj && at < says);
        let (first, speaker) = (subjects.next()?, subjects.next()?);
        let comma = (first + 1..speaker).rev().find(|&at| !hangs_from(words, at, speaker) || written(at) == ",")?;
        if written(comma) != "," || subjects.next().is_some() {
            return None;
        }
        let candidates: Vec<usize> = (first + 1..comma)
            .filter(|&at| {
                let forms = lexicon::verbs().forms(&written(at).to_lowercase());
                let past = words[at].upos == Upos::Verb
                    && (words[at].tag == Tag::Vbd || words[at].tag == Tag::Vbn && forms.past);
                let own = [Grammar::Aux, Grammar::AuxPass, Grammar::Mark, Grammar::OblAgent, Grammar::Cc];
                past && !matches!(words[at].relation, Grammar::AclRelcl | Grammar::Amod)
                    && !has(words, at, &SUBJECTS)
                    && !has(words, at, &own)
                    && (hangs_from(words, at, first) || words[at].head == Some(says))
            })
            .collect();
        let behind_comma = |&at: &usize| written(at - 1) == ",";
        let verb = match candidates.as_slice() {
            [verb] => *verb,
            several => {
                let finite = several.iter().find(|&&at| words[at].tag == Tag::Vbd);
                *finite.or_else(|| several.iter().rev().find(|&at| behind_comma(at))).or(several.first())?
            }
        };
        Some((first, verb, says))
    });
    let Some((first, verb, says)) = found else { return };
    (words[verb].head, words[verb].relation, words[verb].tag) = (words[says].head, words[says].relation, Tag::Vbd);
    give(words, verb, first);
    (words[says].head, words[says].relation) = (Some(verb), Grammar::Parataxis);
    for word in words[..verb].iter_mut().filter(|word| word.head == Some(says)) {
        word.head = Some(verb);
    }
}

/// Makes a name of what was taken for a verb at the beginning of a sentence: nobody "bens", so Benning does something.
pub(super) fn name_for_verb(text: &str, words: &mut [Word]) {
    let Some(first) = words.iter().position(|word| word.upos != Upos::Punct) else { return };
    let word = &words[first];
    let written = word.span.of(text);
    let known = || lexicon::verbs().forms(&word.lemma).base || lexicon::ordinary_words().has(&word.lemma);
    let taken = matches!(word.relation, Grammar::Csubj | Grammar::Aux)
        && word.tag == Tag::Vbg
        && written.starts_with(char::is_uppercase)
        && !has(words, first, &[Grammar::Obj, Grammar::Obl, Grammar::Advmod, Grammar::Xcomp]);
    let Some(verb) = word.head.filter(|&verb| taken && verb > first && is_finite(words, verb)) else { return };
    // Only "being", "having" and "getting" help, and what is no verb at all does nothing.
    let helps = matches!(word.lemma.as_str(), "be" | "have" | "get");
    if has(words, verb, &SUBJECTS[..2]) || helps || word.relation == Grammar::Csubj && known() {
        return;
    }
    (words[first].upos, words[first].tag, words[first].lemma) = (Upos::Propn, Tag::Nnp, written.to_owned());
    give(words, verb, first);
}

#[cfg(test)]
mod tests {
    use crate::grammar::parse;
    use crate::model::{Grammar, Tree};

    fn at(tree: &Tree, text: &str, word: &str) -> usize {
        tree.words().iter().position(|it| it.span.of(text) == word).expect("the word is in the text")
    }

    /// Who does what `verb` tells, by its main word.
    fn subject(text: &str, verb: &str) -> Option<String> {
        let tree = parse(text);
        let found = tree.child(at(&tree, text, verb), &[Grammar::Nsubj, Grammar::NsubjPass]);
        found.map(|word| tree.words()[word].span.of(text).to_owned())
    }

    fn all_have(cases: &[(&str, &str, &str)]) {
        for (text, verb, expected) in cases {
            assert_eq!(subject(text, verb).as_deref(), Some(*expected), "{text}");
        }
    }

    #[test]
    fn a_clause_behind_after_has_its_own_subject() {
        all_have(&[
            ("The club sold the striker after the coach resigned.", "resigned", "coach"),
            ("The minister dismissed the envoy after the paper published the letter.", "published", "paper"),
        ]);
        // What was announced in May did nothing.
        assert_eq!(subject("The city honored the singer after the deal announced in May.", "announced"), None);
    }

    #[test]
    fn a_clause_behind_and_has_its_own_subject() {
        all_have(&[
            ("Corvin painted the fence and Lindahl repaired it.", "repaired", "Lindahl"),
            ("The clerk wrote the letter and the mayor signed it.", "signed", "mayor"),
            ("The union accepted the offer and Orr did not.", "did", "Orr"),
        ]);
        assert_eq!(subject("Police arrested the driver and freed the hostages.", "freed"), None);
    }

    #[test]
    fn troops_that_bomb_camps_are_a_subject() {
        all_have(&[
            ("Troops bombed rebel camps north of Brack.", "bombed", "Troops"),
            ("The avalanche killed 12 skiers above Sankt Veit.", "killed", "avalanche"),
        ]);
    }

    #[test]
    fn a_sentence_has_a_verb() {
        all_have(&[
            ("The sale of the harbor by the council angered fishermen.", "angered", "sale"),
            ("The murder of the judge by a clerk shocked the town.", "shocked", "murder"),
            ("Holm lost to Brack on Saturday.", "lost", "Holm"),
            ("Osten transferred the goalkeeper to Brack for two million crowns.", "transferred", "Osten"),
            ("Manning painted the fence.", "painted", "Manning"),
        ]);
        assert_eq!(subject("Smoking harms the lungs.", "Smoking"), None);
    }

    #[test]
    fn the_verb_behind_a_relative_clause_is_that_of_its_noun() {
        all_have(&[
            ("The treaty, which Ostland never signed, obliges members to share data.", "obliges", "treaty"),
            ("Orr, who leads the union, insulted Hale in a letter.", "insulted", "Orr"),
            ("The engineer, who built the dam, fled to Ostland.", "fled", "engineer"),
        ]);
    }

    #[test]
    fn who_speaks_at_the_end_leaves_the_subject_to_the_verb() {
        for (text, verb, doer, speaker) in [
            ("The suspect, who fled in May, surrendered in a barn, police said.", "surrendered", "suspect", "police"),
            ("A train carrying coal derailed near Holm, the railway said.", "derailed", "train", "railway"),
            ("A boy of nine drowned in the Brack, a spokesman said.", "drowned", "boy", "spokesman"),
        ] {
            assert_eq!(subject(text, verb).as_deref(), Some(doer), "{text}");
            assert_eq!(subject(text, "said").as_deref(), Some(speaker), "{text}");
        }
    }
}
