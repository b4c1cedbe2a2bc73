//! How far what a sentence says once reaches. In: a sentence and objects that are coordinated in it. Out: whether a denial, a
//! question or a condition covers them together, and which time, place or reservation holds for each of them.
//!
//! "The mayor denied that the council approved the budget and the tram" does not state that it approved either, and what was
//! approved "on Monday" was all approved then. In doubt the parts stay together.

use super::clauses::Clause;
use super::phrases::Reader;
use super::syntax::Syntax;
use super::words::is_time_word;
use crate::lexicon;
use crate::model::{Grammar, Tag, Upos};

/// What is known of coordinated objects: the verb over them, the verb whose subject they share and that subject in tokens, the
/// heads of the first and the last of them, and the token at which the last one begins.
pub(super) struct Told {
    pub(super) governor: usize,
    pub(super) verb: usize,
    pub(super) subject: (usize, usize),
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) start: usize,
}

/// Tokens from and to; nothing where there is no such stretch.
type Stretch = Option<(usize, usize)>;

/// Whether the table of words around coordinated objects has this value for a word.
pub(super) fn has_value(word: &str, value: &str) -> bool {
    lexicon::conjunct_words().values(word).is_some_and(|values| values.contains(&value))
}

/// The words before a subject, where they tell when or how surely, of all predicates that the subject has: "On Monday, the mayor
/// closed the bridge and opened the tunnel".
pub(super) fn told_for_all(syntax: &Syntax<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let tells = |at: usize| {
        let ahead = |offset: usize| syntax.word(at + offset);
        tells_time(syntax, at) || lexicon::hedges().longest(ahead).is_some_and(|(length, _)| at + length <= to)
    };
    let plain = (from..to).all(|at| !syntax.is_finite(at) && !syntax.quoted[at] && !syntax.bracketed[at]);
    (from < to && plain && (from..to).any(tells)).then_some((from, to))
}

/// True for a word of the calendar, a day told from today, or a year.
fn tells_time(syntax: &Syntax<'_>, at: usize) -> bool {
    let token = &syntax.tokens[at];
    let year = token.text.len() == 4
        && token.text.starts_with(['1', '2'])
        && token.text.bytes().all(|byte| byte.is_ascii_digit());
    year || is_time_word(&token.folded) || lexicon::calendar_words().has(&token.folded)
}

impl Reader<'_> {
    /// True where the sentence states what it tells of the parts, so that each can be told by itself: nothing that stands over
    /// them denies it, asks for it or makes it a condition. `verb` is the one whose subject the parts share, and the words of
    /// both end at the token `lead_end`.
    pub(super) fn is_told(&self, clause: &Clause, first: usize, verb: usize, lead_end: usize) -> bool {
        let syntax = self.syntax;
        let open = (clause.from..clause.to).any(|at| has_value(syntax.word(at), "open"));
        let carried = clause.subject.map_or(0..0, |(from, to)| from..to);
        let denied = (clause.from..lead_end).chain(carried).any(|at| self.denies_at(at));
        let spine = self.tree.ancestors(first).take_while(|&word| word >= verb);
        let refuses = spine.into_iter().any(|word| self.frame_says(word, "denies"));
        !open && !denied && !refuses && self.is_stated(verb)
    }

    /// True where a word or phrase that begins at the token denies what follows it, or all but a little of it.
    pub(super) fn denies_at(&self, at: usize) -> bool {
        let found = lexicon::negation().longest(|offset| self.syntax.word(at + offset));
        let denies = found.is_some_and(|(_, kind)| !matches!(kind, "pseudo" | "preposition"));
        denies || has_value(self.syntax.word(at), "scarce") || self.syntax.word(at).ends_with("n't")
    }

    pub(super) fn frame_says(&self, word: usize, value: &str) -> bool {
        lexicon::verb_frames().values(self.lemma(word)).is_some_and(|values| values.contains(&value))
    }

    /// True where the clause of `verb` is stated or told as what somebody says: not under "whether", "when" or "doubts that",
    /// and not under a denial.
    fn is_stated(&self, verb: usize) -> bool {
        let mut at = verb;
        loop {
            let marked = self.tree.children_by(at, &[Grammar::Mark]).any(|mark| !has_value(self.lemma(mark), "states"));
            let asked = self.tree.children_by(at, &[Grammar::Advmod]).any(|child| self.word(child).tag == Tag::Wrb);
            if marked || asked || self.has_denial(at) {
                return false;
            }
            let Some(above) = self.word(at).head else { return true };
            match self.word(at).relation {
                // A relative pronoun takes part in its clause; "the rumor that" only opens it.
                Grammar::AclRelcl => return self.tree.child(at, &[Grammar::Mark]).is_none(),
                // "proposed that the council approve": what is to be done is not done.
                Grammar::Ccomp => {
                    let wished = self.word(at).tag == Tag::Vb
                        && self.tree.child(at, &[Grammar::Aux, Grammar::AuxPass]).is_none();
                    let denies = lexicon::denials().has(self.lemma(above));
                    if wished || denies || !self.frame_says(above, "says") {
                        return false;
                    }
                }
                Grammar::Acl | Grammar::Csubj | Grammar::CsubjPass | Grammar::CsubjOuter => return false,
                _ => {}
            }
            at = above;
        }
    }

    /// True where a word that belongs to the clause of `verb`, or its subject, denies it.
    pub(super) fn has_denial(&self, verb: usize) -> bool {
        let own = &[Grammar::Advmod, Grammar::Cc, Grammar::CcPreconj, Grammar::Det];
        let denies = |word: usize| {
            let kind = lexicon::negation().longest(|offset| if offset == 0 { self.lemma(word) } else { "" });
            kind.is_some_and(|(_, kind)| kind != "pseudo") || has_value(self.lemma(word), "scarce")
        };
        let subject = self.tree.child(verb, &[Grammar::Nsubj, Grammar::NsubjPass]);
        let own = self.tree.children_by(verb, own).chain(subject);
        let of_subject = subject.into_iter().flat_map(|subject| self.tree.children_by(subject, &[Grammar::Det]));
        own.chain(of_subject).any(denies)
    }

    /// The stretches before the shared subject and behind the last part that tell something of all parts; nothing where it
    /// cannot be told whether they do.
    pub(super) fn circumstances(&self, clause: &Clause, told: &Told) -> Option<(Stretch, Stretch)> {
        let verbs: Vec<usize> = std::iter::once(told.governor)
            .chain(self.tree.ancestors(told.governor).take_while(|&above| above >= told.verb))
            .collect();
        let kinds = &[Grammar::Obl, Grammar::OblUnmarked, Grammar::Advmod];
        let stretch = |word: usize| (self.start_of(word), self.end_of(word));
        let hull = |one: Stretch, other: (usize, usize)| {
            Some(one.map_or(other, |one: (usize, usize)| (one.0.min(other.0), one.1.max(other.1))))
        };
        let mut before = clause.before;
        let mut behind = clause.behind;
        for &verb in &verbs {
            for child in self.tree.children_by(verb, kinds) {
                let (from, to) = stretch(child);
                if to <= told.subject.0 && from >= clause.from && self.leads(child) {
                    before = hull(before, (from, to));
                }
                if child > told.second && from > told.start && to <= clause.to && self.trails(child) {
                    behind = hull(behind, (from, to));
                }
            }
        }
        // What somebody else's verb above them only reserves: "the mayor allegedly said that".
        for above in self.tree.ancestors(told.verb) {
            for child in self.tree.children_by(above, &[Grammar::Advmod]).filter(|&child| self.reserves(child)) {
                let (from, to) = stretch(child);
                if to <= told.subject.0 && from >= clause.from {
                    before = hull(before, (from, to));
                }
            }
        }
        // "approved the sale and the purchase on Monday", where the tree gives the day to the purchase alone.
        let own = &[Grammar::Nmod, Grammar::NmodUnmarked, Grammar::Obl, Grammar::OblUnmarked];
        let words = |head: usize| self.tree.subtree(head, |word| self.word(word).relation == Grammar::Conj);
        let timed = |head: usize| words(head).into_iter().any(|word| word > told.second && self.tells_time(word));
        let before_last = (told.first..told.second).any(|word| self.tells_time(word));
        let one_sided = self.word(told.second).is_noun()
            && !before_last
            && self.tree.children_by(told.second, own).any(|child| child > told.second && timed(child));
        // "approved the sale and the purchase on Monday", where it gives it to the coordination.
        let shared = self.tree.children_by(told.first, own).filter(|&child| child > told.second);
        for child in shared.filter(|&child| self.trails(child)) {
            behind = hull(behind, stretch(child));
        }
        (!one_sided).then_some((before, behind))
    }

    /// True where a phrase before the subject tells something of what follows: not a word that only links sentences.
    fn leads(&self, word: usize) -> bool {
        if self.word(word).relation == Grammar::Advmod {
            return self.reserves(word) || self.tells_time(word);
        }
        let according = self.mark(word).is_some_and(|mark| self.lemma(mark) == "according");
        !according
    }

    /// True for a time, a place or a reservation behind the last part.
    fn trails(&self, word: usize) -> bool {
        let lemma = self.lemma(word).to_lowercase();
        let place = self.mark(word).is_some_and(|mark| {
            let named = self.word(word).upos == Upos::Propn
                || lexicon::place_words().has(&lemma)
                || lexicon::places().has(&lemma);
            matches!(lexicon::prepositions().value(self.lemma(mark)), Some("place" | "perhaps-place")) && named
        });
        // Of "4 May 2024" the number may head the rest.
        let time = std::iter::once(word).chain(self.tree.children(word)).any(|word| self.tells_time(word));
        place || time || self.reserves(word)
    }

    pub(super) fn tells_time(&self, word: usize) -> bool {
        tells_time(self.syntax, self.token_of[word])
    }

    /// True for a word that takes back how sure the text is: "perhaps", "allegedly".
    fn reserves(&self, word: usize) -> bool {
        let folded = self.syntax.word(self.token_of[word]);
        let alone = |offset: usize| if offset == 0 { folded } else { "" };
        lexicon::hedges().longest(alone).is_some() || lexicon::certainty_words().longest(alone).is_some()
    }
}
