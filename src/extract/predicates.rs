//! A clause that tells several things of one subject → one clause for each. In: the clauses of a sentence and its tree. Out: the
//! clauses, cut before a further predicate ("and is the largest employer of the valley") and behind a relative clause that stands
//! between a subject and its verb ("The mine, which employs 1,450 people, belongs to ...").
//!
//! `clauses` cuts by the forms of words; here the tree tells what those leave open. In doubt nothing is cut: nothing that a condition or
//! a question reaches, nothing behind words before the subject that are no time and no reservation, no second verb of what somebody
//! said that could be the speaker's own, nothing inside quotation marks or brackets.

use super::clauses::{Clause, FEWEST_CONTENT_WORDS};
use super::phrases::Reader;
use super::reach::{has_value, told_for_all};
use super::syntax::Syntax;
use super::words::{is_adverb, is_joiner, is_subject_pronoun};
use crate::lexicon;
use crate::model::{Grammar, Tag, Tree, Upos};
use crate::text::tokens::TokenKind;

/// Words that open a relative clause about a subject.
const RELATIVES: [&str; 2] = ["who", "which"];

/// True where a sentence may tell several things of one subject, so that its tree is worth asking for: it holds a coordinating word, or a
/// relative pronoun behind a comma.
pub(super) fn may_tell_more(syntax: &Syntax<'_>) -> bool {
    let joins = |at: usize| {
        matches!(syntax.word(at), "and" | "but")
            || RELATIVES.contains(&syntax.word(at)) && syntax.tokens[at - 1].is_mark(',')
    };
    (1..syntax.tokens.len()).any(joins)
}

/// Cuts the clauses of a sentence where they go on to tell something else of the same subject.
pub(super) fn split(syntax: &Syntax<'_>, tree: &Tree, clauses: Vec<Clause>) -> Vec<Clause> {
    let reader = Reader::of(syntax, tree);
    let mut found = Vec::with_capacity(clauses.len());
    for clause in clauses {
        reader.predicates(clause, &mut found);
    }
    found
}

/// A place where a clause is cut, with what the second part takes over.
struct Cut {
    end: usize,
    start: usize,
    subject: Option<(usize, usize)>,
    /// The auxiliaries that both parts share.
    shared: Option<(usize, usize)>,
    before: Option<(usize, usize)>,
    goes_on: bool,
}

/// What may stand before a verb or what a copula says and carries its finite form.
const AUXILIARIES: &[Grammar] = &[Grammar::Aux, Grammar::AuxPass, Grammar::Cop];

/// A part that takes over its subject, or that counts something, needs so many content words of its own.
const FEWEST_WITH_SUBJECT: usize = 2;

impl Reader<'_> {
    /// The parts of a clause, in order.
    fn predicates(&self, clause: Clause, found: &mut Vec<Clause>) {
        let mut cuts: Vec<Cut> = (0..self.tree.words().len())
            .filter(|&word| clause.from <= self.token_of[word] && self.token_of[word] < clause.to)
            .filter_map(|word| self.further_predicate(&clause, word).or_else(|| self.behind_relative(&clause, word)))
            .collect();
        cuts.sort_by_key(|cut| cut.end);
        let mut current = clause;
        for cut in cuts {
            let enough = |from: usize, to: usize, subject: Option<(usize, usize)>| {
                // "seven were injured" is a claim.
                let counts = || (self.word_of[from]..self.word_of[to - 1]).any(|at| self.word(at).upos == Upos::Num);
                from < to
                    && (self.syntax.content_words(from, to) >= FEWEST_CONTENT_WORDS
                        || self.syntax.content_words(from, to) >= FEWEST_WITH_SUBJECT
                            && (subject.is_some() || counts()))
            };
            if cut.end <= current.from
                || !enough(current.from, cut.end, current.subject)
                || !enough(cut.start, clause.to, cut.subject)
            {
                continue;
            }
            // What is told behind the last part for all of them stays with the last.
            found.push(Clause { to: cut.end, ..current });
            let Cut { start: from, subject, shared: predicate, before, goes_on, .. } = cut;
            current = Clause { from, subject, predicate, before, goes_on, ..clause };
        }
        found.push(current);
    }

    /// The cut before `word`, if it is a further finite verb of the clause.
    fn further_predicate(&self, clause: &Clause, word: usize) -> Option<Cut> {
        let first = self.word(word).head.filter(|&head| {
            self.word(word).relation == Grammar::Conj && head < word && self.token_of[head] >= clause.from
        })?;
        let start = self.start_of(word);
        let joint = start.checked_sub(1).filter(|&joint| joint > clause.from)?;
        let comma = self.syntax.tokens[joint].is_mark(',');
        let joined = matches!(self.syntax.word(joint), "and" | "but") || comma && self.is_listed(first, word);
        if !joined {
            return None;
        }
        let end = joint - usize::from(!comma && self.syntax.tokens[joint - 1].is_mark(','));
        if !self.is_open_ground(end, start) || !self.is_told_plainly(clause, first, joint) {
            return None;
        }
        let shared = if self.stands_alone(first, word) { None } else { Some(self.shared_auxiliaries(first, word)?) };
        if shared.is_some() && self.may_share_time(first, word) {
            return None;
        }
        let own = self.tree.child(word, &[Grammar::Nsubj, Grammar::NsubjPass, Grammar::Csubj, Grammar::Expl]);
        let goes_on = self.is_reported(first);
        let Some(_) = own else {
            // "The regulator said the bank had lied and fined it": whose deed the second is, words do not tell.
            if goes_on && shared.is_none() && self.tree.child(word, AUXILIARIES).is_none() {
                return None;
            }
            let subject = self.subject_of(clause, first)?;
            let before = if clause.subject == Some(subject) { clause.before } else { self.leading(clause, subject.0)? };
            return Some(Cut { end, start, subject: Some(subject), shared, before, goes_on });
        };
        let begins = own.is_some_and(|own| self.start_of(own) >= start && own < word);
        // "who came first and they went later": what has a subject of its own stands beside a main clause only.
        (begins && shared.is_none()).then_some(Cut { end, start, subject: None, shared, before: None, goes_on })
    }

    /// The cut behind a relative clause that stands in commas between a subject and its verb.
    fn behind_relative(&self, clause: &Clause, relative: usize) -> Option<Cut> {
        let noun = self.word(relative).head.filter(|_| self.word(relative).relation == Grammar::AclRelcl)?;
        let verb = self.word(noun).head.filter(|&verb| verb > relative)?;
        if !matches!(self.word(noun).relation, Grammar::Nsubj | Grammar::NsubjPass) || !self.has_finite_form(verb) {
            return None;
        }
        let (from, end) = (self.start_of(relative), self.end_of(relative));
        let closed = from > clause.from
            && end < clause.to
            && self.syntax.tokens[from - 1].is_mark(',')
            && RELATIVES.contains(&self.syntax.word(from))
            && self.token_of[verb] > end;
        // The tree may leave the comma that closes the relative clause to it.
        let comma = [end, end.wrapping_sub(1)].into_iter().find(|&at| closed && self.syntax.tokens[at].is_mark(','))?;
        // "The crown, which had lost 3 percent since May, gained 1 percent": what had been before is the ground of what came.
        let is_had = |at: usize| self.word(at).lemma == "have" && self.word(at).tag == Tag::Vbd;
        if self.tree.children_by(relative, &[Grammar::Aux]).any(is_had) {
            return None;
        }
        let named = (self.start_of(noun), self.name_end(noun));
        let open = self.is_open_ground(comma, comma + 1) && self.is_open_ground(from - 1, from);
        let whole = named.0 >= clause.from && named.1 <= from && !is_subject_pronoun(self.syntax.word(named.0));
        let told = self.is_told_plainly(clause, verb, named.0) && !self.has_finite_between(named.0, from);
        // Behind the comma the verb of the subject goes on, not "forecasters said".
        let verb_at = (comma + 1..clause.to).find(|&at| !is_adverb(self.syntax.word(at)) || self.syntax.is_finite(at));
        let opens =
            std::iter::once(verb).chain(self.tree.children_by(verb, AUXILIARIES)).map(|at| self.token_of[at]).min();
        if verb_at != opens {
            return None;
        }
        let before = self.leading(clause, named.0).filter(|_| open && whole && told)?;
        Some(Cut {
            end: comma,
            start: comma + 1,
            subject: Some(named),
            shared: None,
            before,
            goes_on: self.is_reported(verb),
        })
    }

    /// What stands before the subject and is told of all that follows; nothing where it cannot be told what it holds for: "Without a
    /// deal, ...", "Under the law, ...", "Fewer than".
    fn leading(&self, clause: &Clause, subject: usize) -> Option<Option<(usize, usize)>> {
        let marks = |at: usize| self.syntax.tokens[at].kind == TokenKind::Mark || is_joiner(self.syntax.word(at));
        let empty = subject <= clause.from || (clause.from..subject).all(marks);
        let reports = self.is_behind_report(clause, subject);
        if empty || reports { Some(None) } else { told_for_all(self.syntax, clause.from, subject).map(Some) }
    }

    /// True where a reporting verb stands before the subject: "The mayor said the bridge ...".
    fn is_behind_report(&self, clause: &Clause, subject: usize) -> bool {
        (clause.from..subject).any(|at| lexicon::reporting_verbs().value(self.syntax.word(at)) == Some("verb"))
    }

    /// True where the second part tells a time and the first has none: it may hold for both.
    fn may_share_time(&self, first: usize, word: usize) -> bool {
        let kinds = &[Grammar::Obl, Grammar::OblUnmarked, Grammar::NmodUnmarked, Grammar::Nmod];
        let times = |verb: usize, from: usize, to: usize| {
            self.tree
                .subtree(verb, |_| false)
                .into_iter()
                .any(|at| at > from && at < to && kinds.contains(&self.word(at).relation) && self.tells_time(at))
        };
        times(word, word, usize::MAX) && !times(first, first, word)
    }

    fn has_finite_between(&self, from: usize, to: usize) -> bool {
        (from..to).any(|token| self.syntax.is_finite(token))
    }

    /// True where `word` is one of several predicates of `first`, the last of which has the coordinating word.
    fn is_listed(&self, first: usize, word: usize) -> bool {
        let last = self.tree.children_by(first, &[Grammar::Conj]).max();
        last.is_some_and(|last| {
            last > word && self.tree.child(last, &[Grammar::Cc]).is_some() && self.has_finite_form(last)
        })
    }

    fn is_open_ground(&self, from: usize, to: usize) -> bool {
        (from..=to).all(|at| {
            self.syntax.quoted.get(at) == Some(&false)
                && self.syntax.bracketed.get(at) == Some(&false)
                && !self.syntax.tokens[at].is_mark('"')
        })
    }

    /// True for a verb or what a copula says that has a finite form of its own.
    fn has_finite_form(&self, word: usize) -> bool {
        let finite = |at: usize| matches!(self.word(at).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
        self.word(word).upos == Upos::Verb && finite(word) || self.tree.children_by(word, AUXILIARIES).any(finite)
    }

    /// True where a further predicate brings its own finite form and does not go on with the auxiliary of the first: "were arrested and
    /// charged", "will come and go".
    fn stands_alone(&self, first: usize, word: usize) -> bool {
        if !self.has_finite_form(word) || !self.has_finite_form(first) {
            return false;
        }
        let helped = |at: usize| self.tree.child(at, AUXILIARIES).is_some();
        let shares = helped(first) && !helped(word) && lexicon::verbs().forms(self.written(word)).participle;
        !shares
    }

    /// The auxiliaries of `first`, where `word` goes on with them in the same form: "will cost 3 million and hold 200 beds", "was built
    /// in 1890 and torn down in 1990".
    fn shared_auxiliaries(&self, first: usize, word: usize) -> Option<(usize, usize)> {
        let help = &[Grammar::Aux, Grammar::AuxPass];
        // "was elected and resigned": a form that is a past tense as well may be one.
        let unlike_past = || !lexicon::verbs().forms(self.written(word)).past;
        let alike = self.word(first).tag == self.word(word).tag
            && (self.word(word).tag == Tag::Vb || self.word(word).tag == Tag::Vbn && unlike_past());
        if !alike
            || self.word(word).upos != Upos::Verb
            || !self.has_finite_form(first)
            || self.tree.child(word, help).is_some()
        {
            return None;
        }
        let from = self.tree.children_by(first, help).filter(|&aux| aux < first).min()?;
        // A denial among them may reach over both or only over the first.
        let plain = (from..first).all(|at| help.contains(&self.word(at).relation));
        plain.then(|| (self.token_of[from], self.token_of[first]))
    }

    fn written(&self, word: usize) -> &str {
        self.syntax.word(self.token_of[word])
    }

    /// True where what `verb` tells is stated, or told as what somebody says: no condition, no question, and no subject that denies it.
    fn is_told_plainly(&self, clause: &Clause, verb: usize, to: usize) -> bool {
        // A condition behind the last part may hold for all of them.
        let open = (clause.from..clause.to).any(|at| has_value(self.syntax.word(at), "open") || self.is_condition(at));
        let denied_before = (clause.from..to.min(self.token_of[verb])).any(|at| self.denies_at(at));
        let subject = self.tree.child(verb, &[Grammar::Nsubj, Grammar::NsubjPass]);
        let denied = subject.is_some_and(|subject| {
            let none =
                |at: usize| matches!(self.lemma(at), "no" | "none" | "nobody" | "nothing" | "neither" | "few" | "not");
            none(subject) || self.tree.children(subject).any(none)
        });
        !open && !denied && !denied_before && self.is_main_or_reported(verb)
    }

    /// True where a condition without "if" begins at the token.
    fn is_condition(&self, at: usize) -> bool {
        let word = |offset: usize| self.syntax.word(at + offset);
        let inverted = matches!(word(0), "should" | "had" | "were")
            && at > 0
            && (self.syntax.tokens[at - 1].is_mark(',') || at == 0)
            && !matches!(word(1), "be" | "been" | "have");
        inverted
            || matches!(word(0), "once" | "provided" | "providing" | "assuming")
            || matches!((word(0), word(1), word(2)), ("as" | "so", "long", "as") | ("on", "condition", "that"))
    }

    /// True for the verb of the sentence and for that of what somebody says in it, and for what is coordinated with these.
    fn is_main_or_reported(&self, verb: usize) -> bool {
        let mut at = verb;
        loop {
            let word = self.word(at);
            let marked = self.tree.children_by(at, &[Grammar::Mark]).any(|mark| !has_value(self.lemma(mark), "states"));
            let asked = self.tree.children_by(at, &[Grammar::Advmod]).any(|child| self.word(child).tag == Tag::Wrb);
            if marked || asked {
                return false;
            }
            let Some(above) = word.head else { return true };
            match word.relation {
                Grammar::Conj => {}
                Grammar::Ccomp if self.frame_says(above, "says") => {}
                Grammar::Parataxis => return true,
                _ => return false,
            }
            at = above;
        }
    }

    /// True where what `verb` tells is what somebody says.
    fn is_reported(&self, verb: usize) -> bool {
        let mut at = verb;
        while self.word(at).relation == Grammar::Conj {
            let Some(above) = self.word(at).head else { return false };
            at = above;
        }
        self.word(at).relation == Grammar::Ccomp
    }

    /// The subject that a further predicate takes over from `first`.
    fn subject_of(&self, clause: &Clause, first: usize) -> Option<(usize, usize)> {
        let Some(subject) = self.tree.child(first, &[Grammar::Nsubj, Grammar::NsubjPass]) else {
            let reported = self.is_reported(first);
            return clause.subject.filter(|_| !reported);
        };
        if matches!(self.word(subject).tag, Tag::Wdt | Tag::Wp) {
            return clause.subject;
        }
        let named = (self.start_of(subject), self.name_end(subject));
        let expletive = self.lemma(subject) == "there";
        (subject < first && !expletive && named.0 >= clause.from && named.1 <= self.token_of[first]).then_some(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::clauses::{clauses, shown};
    use crate::grammar::parse;

    fn cut(text: &str) -> Vec<String> {
        let syntax = Syntax::read(text, &[]);
        shown(&syntax, text, split(&syntax, &parse(text), clauses(&syntax)))
    }

    #[test]
    fn a_further_predicate_is_a_claim_with_its_subject() {
        assert_eq!(
            cut("The mine employs about 1,200 people and is the largest employer in the valley."),
            ["The mine employs about 1,200 people", "[The mine] is the largest employer in the valley."]
        );
        assert_eq!(
            cut("The old bridge was built by monks in 1890 and torn down by the army in 1990."),
            ["The old bridge was built by monks in 1890", "[The old bridge was] torn down by the army in 1990."]
        );
        assert_eq!(
            cut("The reservoir will cost 310 million crowns and hold 12 billion liters of water."),
            ["The reservoir will cost 310 million crowns", "[The reservoir will] hold 12 billion liters of water."]
        );
        assert_eq!(
            cut("Officials said two people were killed and seven were injured."),
            ["Officials said two people were killed", "seven were injured."]
        );
    }

    #[test]
    fn a_relative_clause_between_subject_and_verb_is_a_claim() {
        assert_eq!(
            cut("The mine, which employs 1,450 people, belongs to Halvorsen Copper, a company from Ostland."),
            ["The mine, which employs 1,450 people", "[The mine] belongs to Halvorsen Copper, a company from Ostland."]
        );
        assert_eq!(
            cut("Mayor Ilse Varn, who took office in May, said the bridge would reopen and denied that it was unsafe."),
            [
                "Mayor Ilse Varn, who took office in May",
                "[Mayor Ilse Varn] said the bridge would reopen",
                "[Mayor Ilse Varn] denied that it was unsafe."
            ]
        );
    }

    #[test]
    fn what_depends_or_is_denied_together_stays_together() {
        for whole in [
            "If the river rises and the dam breaks, the town will flood.",
            "No minister resigned and left the country that week.",
            "The man who shot two guards and fled the prison was caught in Berg.",
            "The storm, which has killed four people, could reach the capital by Friday, forecasters said.",
            "The minister asked whether the bank had lent the money and kept the books.",
            "The state will cut taxes on fuel and raise pensions by a tenth if the party wins.",
            "The regulator said the bank had lied to its clients and fined it for the loss.",
            "Without a deal, the ferry will stop its service and sell both ships.",
            "The crown, which had lost 3 percent against the dollar since May, gained 1 percent on Friday.",
            "Not all workers left the yard and returned to their villages.",
            "The mayor was elected in a landslide and resigned on Friday.",
            "The bank will close twelve branches and dismiss 400 workers by the end of May.",
        ] {
            let parts = cut(whole);
            assert!(parts.len() == 1 || whole.starts_with("The storm"), "{parts:?}");
            assert!(parts.iter().all(|part| !part.ends_with("] forecasters said.")), "{parts:?}");
        }
    }
}
