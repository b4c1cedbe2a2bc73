//! Words of a parsed sentence → the same with phrases taken apart or put together where the parser cut them at the wrong word: what
//! stands in commas behind a name says who it is, and "to the guard | hours after the riot" gives nothing to hours.

use super::draft::{children, ends, with};
use crate::lexicon;
use crate::model::{Grammar, Tag, Upos, Word};

/// Words between two words of one phrase.
const REACH: usize = 6;

/// Hangs from a name what was hung from its second word: "It was Maro | Bank that funded the dam".
pub(super) fn words_of_names(words: &mut [Word]) {
    for at in 0..words.len() {
        let Some(part) = words[at].head.filter(|&part| words[part].relation == Grammar::Flat) else { continue };
        let stays = matches!(
            words[at].relation,
            Grammar::Flat | Grammar::Punct | Grammar::Compound | Grammar::Goeswith | Grammar::Nummod
        );
        let name = words[part].head.filter(|&name| !stays && name != at && words[name].upos == Upos::Propn);
        if let Some(name) = name {
            words[at].head = Some(name);
        }
    }
}

/// Makes an apposition of a noun that stands in a comma behind a name, where the parser took the two for two objects of one verb ("called
/// Keller, | the chancellor of Ostmark"), or the name for somebody spoken to ("Orr, | the owner of the mine, sued").
pub(super) fn apposition_behind_name(text: &str, words: &mut [Word]) {
    let comma = |at: usize| words[at].span.of(text) == ",";
    let found = (0..words.len()).find_map(|name| {
        let verb = words[name].head.filter(|_| words[name].upos == Upos::Propn)?;
        let object = matches!(words[name].relation, Grammar::Obj | Grammar::Xcomp) && verb < name;
        let spoken_to = words[name].relation == Grammar::Vocative && name < verb;
        let noun = children(words, verb).find(|&at| {
            at > name
                && words[at].upos == Upos::Noun
                && with(words, at, Grammar::Det).is_some()
                && match words[at].relation {
                    Grammar::Obj => object,
                    Grammar::Nsubj | Grammar::NsubjPass => spoken_to && at < verb,
                    _ => false,
                }
        })?;
        if words[verb].upos != Upos::Verb {
            return None;
        }
        // Of the name only its words and the comma stand between the two.
        let own = |&at: &usize| {
            (words[at].relation == Grammar::Flat || words[at].relation == Grammar::Compound)
                && words[at].head == Some(name)
        };
        let last = (name..noun).take_while(|at| *at == name || own(at)).last()?;
        let (first, _) = ends(words, noun);
        let begins = if comma(first) { first } else { first.checked_sub(1)? };
        let closed = !spoken_to || (noun..verb).any(|at| comma(at) && (at + 1..verb).all(|it| !words[it].is_noun()));
        (begins == last + 1 && comma(begins) && closed).then_some((name, noun, verb))
    });
    let Some((name, noun, verb)) = found else { return };
    words[name].relation = words[noun].relation;
    (words[noun].head, words[noun].relation) = (Some(name), Grammar::Appos);
    // "..., the chancellor of Ostmark, on Tuesday": behind the second comma the verb goes on.
    for at in noun + 1..words.len() {
        let phrase = words[at].head == Some(noun) && words[at].relation == Grammar::Nmod;
        if phrase && words[ends(words, at).0].span.of(text) == "," && with(words, at, Grammar::Case).is_some() {
            (words[at].head, words[at].relation) = (Some(verb), Grammar::Obl);
        }
    }
}

/// Takes apart a noun that has two prepositions with another noun between them: "by a bull near | Tarn" is one phrase in the other.
pub(super) fn two_prepositions(words: &mut [Word]) {
    for noun in 0..words.len() {
        let Some(first) = with(words, noun, Grammar::Case).filter(|_| words[noun].is_noun()) else { continue };
        let Some(inner) = children(words, noun).find(|&at| {
            first < at
                && at < noun
                && words[at].is_noun()
                && matches!(words[at].relation, Grammar::Compound | Grammar::Nmod)
        }) else {
            continue;
        };
        let is_second = |at: usize| {
            words[at].relation == Grammar::Case && words[at].head == Some(noun) && words[at].tag != Tag::Pos
        };
        let Some(second) = (inner + 1..noun).find(|&at| is_second(at)) else { continue };
        if words[first].tag == Tag::Pos || (inner + 1..second).any(|at| words[at].upos == Upos::Punct) {
            continue;
        }
        (words[inner].head, words[inner].relation) = (words[noun].head, words[noun].relation);
        (words[noun].head, words[noun].relation) = (Some(inner), Grammar::Nmod);
        for word in words[..second].iter_mut().filter(|word| word.head == Some(noun)) {
            word.head = Some(inner);
        }
    }
}

/// Makes a noun of an adjective with an article of its own and "of" behind it: "a | fine of two million crowns".
pub(super) fn noun_ahead_of_of(words: &mut [Word]) {
    for at in 1..words.len().saturating_sub(2) {
        let Some(noun) = words[at].head.filter(|&noun| {
            words[at].upos == Upos::Adj
                && words[at].tag == Tag::Jj
                && words[at].relation == Grammar::Amod
                && noun > at + 1
        }) else {
            continue;
        };
        let of =
            words[at + 1].lemma == "of" && words[at + 1].head == Some(noun) && words[at + 1].relation == Grammar::Case;
        let Some(verb) = words[noun].head.filter(|_| of && words[at - 1].upos == Upos::Det) else { continue };
        let led = (0..at).any(|it| words[it].relation == Grammar::Case && words[it].head == Some(noun));
        let object = with(words, verb, Grammar::Obj).is_some();
        let relation = match words[noun].relation {
            Grammar::Obl if !led && !object && words[verb].upos == Upos::Verb && verb < at => Grammar::Obj,
            relation => relation,
        };
        (words[at].head, words[at].relation) = (Some(verb), relation);
        (words[at].upos, words[at].tag) = (Upos::Noun, Tag::Nn);
        (words[noun].head, words[noun].relation) = (Some(at), Grammar::Nmod);
        for word in words[..at].iter_mut().filter(|word| word.head == Some(noun)) {
            word.head = Some(at);
        }
        words[at - 1].head = Some(at);
    }
}

/// Hangs "not" from the auxiliary right ahead of it where no verb follows: "and the clerk was | not".
pub(super) fn not_behind_auxiliary(words: &mut [Word]) {
    for at in 1..words.len() {
        let ahead = &words[at - 1];
        let alone = ahead.upos == Upos::Aux && ahead.relation == Grammar::Conj;
        if alone && matches!(words[at].lemma.as_str(), "not" | "n't") && words[at].relation == Grammar::Conj {
            (words[at].head, words[at].relation) = (Some(at - 1), Grammar::Advmod);
        }
    }
}

/// Gives a verb of telling the clause behind whom it was told to: in "told the council | that Benning had hidden the offer" the clause says
/// nothing of the council. Who is told a thing is told a clause, unless the verb has one already.
pub(super) fn told_that(words: &mut [Word]) {
    for clause in 0..words.len() {
        if !matches!(words[clause].relation, Grammar::Acl | Grammar::AclRelcl) {
            continue;
        }
        let Some(told) = words[clause]
            .head
            .filter(|&told| told < clause && matches!(words[told].relation, Grammar::Obj | Grammar::Iobj))
        else {
            continue;
        };
        let Some(verb) = words[told].head.filter(|&verb| {
            verb < told
                && lexicon::verb_frames().values(&words[verb].lemma).is_some_and(|values| values.contains(&"tells"))
        }) else {
            continue;
        };
        let that = ends(words, clause).0;
        let opens = words[that].lemma == "that" && words[that].head == Some(clause) && that > told;
        let subject = children(words, clause)
            .any(|at| at != that && matches!(words[at].relation, Grammar::Nsubj | Grammar::NsubjPass | Grammar::Expl));
        let content = &[Grammar::Ccomp, Grammar::Xcomp];
        let told_else = children(words, verb)
            .any(|at| content.contains(&words[at].relation) || words[at].relation == Grammar::Obj && at > told);
        if opens && subject && !told_else {
            (words[clause].head, words[clause].relation) = (Some(verb), Grammar::Ccomp);
            (words[that].relation, words[that].upos, words[that].tag) = (Grammar::Mark, Upos::Sconj, Tag::In);
        }
    }
}

/// Makes a name the head of the office right ahead of it: "rebel leader | Jonas Abara", "the painter | Emil Vanner". A comma between the two
/// would make two phrases of them.
pub(super) fn office_ahead_of_name(words: &mut [Word]) {
    for name in 1..words.len() {
        if words[name].upos != Upos::Propn || words[name].relation != Grammar::Appos {
            continue;
        }
        let Some(office) = words[name].head.filter(|&office| words[office].upos == Upos::Noun && office < name) else {
            continue;
        };
        let adjoins = (office + 1..name)
            .all(|at| words[at].head == Some(name) && matches!(words[at].relation, Grammar::Flat | Grammar::Compound));
        let stays = |word: &Word, at: usize| {
            matches!(
                word.relation,
                Grammar::Amod | Grammar::Compound | Grammar::Nummod | Grammar::Punct | Grammar::NmodDesc
            ) && at < office
        };
        if !adjoins {
            continue;
        }
        (words[name].head, words[name].relation) = (words[office].head, words[office].relation);
        (words[office].head, words[office].relation) = (Some(name), Grammar::NmodDesc);
        for (at, word) in words.iter_mut().enumerate() {
            if word.head == Some(office) && at != name && !stays(word, at) {
                word.head = Some(name);
            }
        }
    }
}

/// Parts whom was taken from what he was taken as: "took | prisoners | hostage".
pub(super) fn taken_hostage(words: &mut [Word]) {
    for at in 2..words.len() {
        let verb = words[at].head.filter(|&verb| {
            matches!(words[at].lemma.as_str(), "hostage" | "captive" | "prisoner")
                && words[at].tag == Tag::Nn
                && words[at].relation == Grammar::Obj
                && matches!(words[verb].lemma.as_str(), "take" | "hold")
                && verb < at
        });
        let Some(verb) = verb else { continue };
        let whom = children(words, verb).find(|&it| words[it].relation == Grammar::Obj && it < at && it != at);
        let whom = whom.or_else(|| {
            let taken = at - 1;
            (words[taken].head == Some(at) && words[taken].is_noun() && words[taken].relation == Grammar::Compound)
                .then_some(taken)
        });
        let Some(whom) = whom else { continue };
        words[at].relation = Grammar::Xcomp;
        (words[whom].head, words[whom].relation) = (Some(verb), Grammar::Obj);
        for word in words[..whom].iter_mut().filter(|word| word.head == Some(at)) {
            word.head = Some(whom);
        }
    }
}

/// Parts a stretch of time from the noun ahead of it: "handed the keys to the guard | hours after the riot".
pub(super) fn time_behind_noun(text: &str, words: &mut [Word]) {
    for unit in 2..words.len().saturating_sub(1) {
        let noun = unit - 1;
        let counts = matches!(
            words[unit].span.of(text),
            "moments" | "seconds" | "minutes" | "hours" | "days" | "weeks" | "months" | "years" | "decades"
        );
        let bound = matches!(words[unit + 1].lemma.as_str(), "after" | "before" | "later" | "earlier" | "ago");
        if !counts || !bound || words[noun].head != Some(unit) || !words[noun].is_noun() {
            continue;
        }
        // "office hours", "the election days before": of these a word says which hours.
        let noun_word = &words[noun].lemma;
        let kind = lexicon::calendar_words().has(&noun_word.to_lowercase()) || lexicon::stretch_words().has(noun_word);
        let lead = children(words, unit).find(|&at| at < noun && words[at].relation == Grammar::Case);
        let lead = lead.filter(|&lead| {
            !matches!(words[lead].lemma.as_str(), "during" | "for" | "within" | "of" | "in" | "over")
                || with(words, unit, Grammar::Det).is_some()
                    && !matches!(words[lead].lemma.as_str(), "during" | "for" | "within" | "over")
        });
        let numbered = children(words, unit).any(|at| matches!(words[at].relation, Grammar::Nummod));
        let (Some(lead), Some(verb)) = (lead, words[unit].head) else { continue };
        if kind || numbered || noun - lead > REACH || words[unit].relation == Grammar::Nmod && !words[verb].is_noun() {
            continue;
        }
        (words[noun].head, words[noun].relation) = (Some(verb), words[unit].relation);
        for word in words[..noun].iter_mut().filter(|word| word.head == Some(unit)) {
            word.head = Some(noun);
        }
        words[unit].relation = Grammar::OblUnmarked;
        if words[verb].upos != Upos::Verb
            && let Some(above) = words[verb].head.filter(|&above| words[above].upos == Upos::Verb)
        {
            words[unit].head = Some(above);
        }
    }
}

/// Hangs from a noun a relative clause that was taken for one about the whole clause: "It was Kestrel Air | that sued Northway".
pub(super) fn cleft(words: &mut [Word]) {
    for clause in 0..words.len() {
        if words[clause].relation != Grammar::AdvclRelcl {
            continue;
        }
        let Some(noun) = words[clause].head.filter(|&noun| words[noun].is_noun()) else { continue };
        let (first, _) = ends(words, clause);
        let pronoun =
            matches!(words[first].lemma.as_str(), "that" | "who" | "whom") && words[first].head == Some(clause);
        let it = children(words, noun)
            .any(|at| words[at].lemma == "it" && matches!(words[at].relation, Grammar::Nsubj | Grammar::Expl));
        if pronoun && it && with(words, noun, Grammar::Cop).is_some() {
            words[clause].relation = Grammar::AclRelcl;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::grammar::parse;
    use crate::model::{Grammar, Tree};

    fn at(tree: &Tree, text: &str, word: &str) -> usize {
        tree.words().iter().position(|it| it.span.of(text) == word).expect("the word is in the text")
    }

    /// What `word` hangs from and how.
    fn above(text: &str, word: &str) -> (String, Grammar) {
        let tree = parse(text);
        let found = &tree.words()[at(&tree, text, word)];
        (found.head.map_or(String::new(), |head| tree.words()[head].span.of(text).to_owned()), found.relation)
    }

    fn all_hang(cases: &[(&str, &str, &str, Grammar)]) {
        for (text, word, head, relation) in cases {
            assert_eq!(above(text, word), ((*head).to_owned(), *relation), "{text}");
        }
    }

    #[test]
    fn who_somebody_is_stands_beside_the_name() {
        all_hang(&[
            (
                "Hale, the Ostland envoy, met Orr, the minister of Kovaria, on Friday.",
                "minister",
                "Orr",
                Grammar::Appos,
            ),
            ("Hale, the Ostland envoy, met Orr, the minister of Kovaria, on Friday.", "Friday", "met", Grammar::Obl),
            ("Orr, the owner of the mine, sued Hale, the engineer, on Friday.", "owner", "Orr", Grammar::Appos),
            ("Orr, the owner of the mine, sued Hale, the engineer, on Friday.", "Orr", "sued", Grammar::Nsubj),
            ("Rebel leader Jonas Abara has been shot by a guard.", "leader", "Jonas", Grammar::NmodDesc),
        ]);
    }

    #[test]
    fn hours_are_given_nothing() {
        all_hang(&[
            ("The prisoner gave the keys to the guard hours after the riot.", "guard", "gave", Grammar::Obl),
            ("The jet crashed at the airport days before the summit.", "airport", "crashed", Grammar::Obl),
        ]);
        let (head, _) = above("The shop is shut during the office hours before noon.", "office");
        assert_eq!(head, "hours");
    }

    #[test]
    fn a_phrase_has_one_preposition_and_one_article() {
        all_hang(&[
            ("Farmer Ellis Croft was chased across a field by a bull near Tarn.", "Tarn", "bull", Grammar::Nmod),
            ("Maro Bank paid a fine of two million crowns to Halvern Rail.", "fine", "paid", Grammar::Obj),
        ]);
    }

    #[test]
    fn a_clause_told_to_somebody_says_nothing_of_him() {
        all_hang(&[
            ("Hale told the court that Orr had stolen the file.", "stolen", "told", Grammar::Ccomp),
            ("The mayor informed residents that the water was unsafe.", "unsafe", "informed", Grammar::Ccomp),
        ]);
        let (head, _) = above("Hale gave the man that Orr hired a letter.", "hired");
        assert_eq!(head, "man");
    }

    #[test]
    fn a_cleft_tells_of_its_noun() {
        all_hang(&[
            ("It was Kestrel Air that sued Northway over the landing slots.", "sued", "Kestrel", Grammar::AclRelcl),
            ("It was Maro Bank that funded the dam.", "funded", "Maro", Grammar::AclRelcl),
        ]);
    }

    #[test]
    fn hostages_are_taken() {
        let text = "Guards took prisoners hostage in Brack on Sunday.";
        all_hang(&[(text, "prisoners", "took", Grammar::Obj), (text, "hostage", "took", Grammar::Xcomp)]);
    }
}
