//! The words around a predicate → who takes part in it, where, when and how. In: a tree and the word that heads a clause.
//! Out: its participants, with a passive resolved and what grammar carries over from another clause.

use crate::lexicon;
use crate::model::{Grammar, Role, RoleKind, Span, Tag, Tree, Upos};

/// How many steps a carried-over participant is looked for upward; deeper sentences are no prose.
const FARTHEST: usize = 12;

/// Verbs of which "to somebody" names who gets it or is told it.
fn gives(lemma: &str) -> bool {
    lexicon::verb_frames().values(lemma).is_some_and(|values| values.contains(&"gives"))
}

/// Verbs whose object, not whose subject, does what the infinitive under them says: "asked her to leave".
fn object_acts(lemma: &str) -> bool {
    lexicon::verb_frames().values(lemma).is_some_and(|values| values.contains(&"orders"))
}

/// What reads the participants of one sentence.
pub(super) struct Roles<'a> {
    pub(super) tree: &'a Tree,
    pub(super) text: &'a str,
    /// The stretches of `text` that tell times.
    pub(super) times: &'a [Span],
}

/// Whether a clause is told in the passive.
pub(super) fn is_passive(tree: &Tree, verb: usize) -> bool {
    let word = &tree.words()[verb];
    let marked = tree.child(verb, &[Grammar::AuxPass, Grammar::NsubjPass, Grammar::CsubjPass]).is_some();
    // "a bill passed in May", and "was elected and sworn in", whose second verb shares the auxiliary.
    let reduced = matches!(word.relation, Grammar::Acl) && word.tag == Tag::Vbn;
    // "Asked about the letter, he laughed": without "having" and an object it was done to him.
    let ahead = word.relation == Grammar::Advcl
        && word.tag == Tag::Vbn
        && word.head.is_some_and(|head| head > verb)
        && tree.child(verb, &[Grammar::Aux, Grammar::Obj, Grammar::Mark, Grammar::Nsubj]).is_none();
    let shared = word.relation == Grammar::Conj
        && word.tag == Tag::Vbn
        && tree.child(verb, &[Grammar::Nsubj, Grammar::Aux, Grammar::Obj]).is_none()
        && word.head.is_some_and(|head| tree.words()[head].tag == Tag::Vbn && is_passive(tree, head));
    marked || reduced || ahead || shared
}

impl Roles<'_> {
    fn word(&self, at: usize) -> &crate::model::Word {
        &self.tree.words()[at]
    }

    /// The participants of the clause that `verb` heads, in the order of the text, carried ones first.
    pub(super) fn of(&self, verb: usize) -> Vec<Role> {
        let passive = is_passive(self.tree, verb);
        let mut roles = Vec::new();
        let (subject, carried) = match self.subject(verb) {
            Some(subject) => subject,
            None => (usize::MAX, false),
        };
        let gives = gives(&self.word(verb).lemma);
        // "Lawmakers were given two days": what is given is the object.
        let told = self.is_told(verb, subject);
        let given = passive && (told || gives && self.tree.child(verb, &[Grammar::Obj]).is_some());
        let acts = match (passive, given) {
            (_, true) => RoleKind::Recipient,
            (true, false) => RoleKind::Patient,
            (false, false) => RoleKind::Agent,
        };
        if subject != usize::MAX {
            self.push(&mut roles, self.antecedent(subject, verb), acts, carried || self.is_relative_pronoun(subject));
            if let Some(time) = self.time_ahead(subject, verb).filter(|_| !carried) {
                self.push(&mut roles, time, RoleKind::Time, false);
            }
        }
        self.shared(verb, &mut roles);
        let told_by = self.inverted_speaker(verb);
        for child in self.tree.children(verb) {
            let word = self.word(child);
            match word.relation {
                Grammar::Obj if told_by == Some(child) => self.push(&mut roles, child, RoleKind::Agent, false),
                Grammar::Obj => {
                    let object = self.antecedent(child, verb);
                    self.push(&mut roles, object, RoleKind::Patient, object != child);
                    // "sent a letter to the president", where the phrase was taken for the letter's.
                    let to = |&at: &usize| gives && self.case(at).is_some_and(|case| case == "to");
                    if let Some(recipient) = self.tree.children_by(child, &[Grammar::Nmod]).find(to) {
                        self.push(&mut roles, recipient, RoleKind::Recipient, false);
                    }
                }
                // "became head of the agency".
                Grammar::Xcomp if word.is_noun() && self.word(verb).lemma == "become" => {
                    self.push(&mut roles, child, RoleKind::Patient, false);
                }
                Grammar::Iobj => self.push(&mut roles, child, RoleKind::Recipient, false),
                Grammar::OblAgent => self.push(&mut roles, child, RoleKind::Agent, false),
                Grammar::OblUnmarked => {
                    let kind = if self.is_time(child) { RoleKind::Time } else { RoleKind::Other };
                    self.push(&mut roles, child, kind, false);
                }
                // "the mayor whom a builder had bribed": without a preposition it is what is done to.
                Grammar::Obl if self.is_relative_pronoun(child) && self.case(child).is_none() => {
                    self.push(&mut roles, self.antecedent(child, verb), RoleKind::Patient, true);
                }
                Grammar::Obl if passive && self.is_by(child) => self.push(&mut roles, child, RoleKind::Agent, false),
                Grammar::Obl => {
                    let kind = self.circumstance(child, gives);
                    self.push(&mut roles, child, kind, false);
                }
                Grammar::Advmod if self.is_time(child) => self.push(&mut roles, child, RoleKind::Time, false),
                Grammar::Advmod if word.lemma.ends_with("ly") && word.upos == Upos::Adv => {
                    self.push(&mut roles, child, RoleKind::Manner, false);
                }
                _ => {}
            }
        }
        if passive
            && !roles.iter().any(|role| role.kind == RoleKind::Agent)
            && let Some(doer) = self.doer_further_down(verb)
        {
            self.push(&mut roles, doer, RoleKind::Agent, false);
        }
        // "the bill, which the council passed": the noun above is what is passed.
        if self.word(verb).relation == Grammar::AclRelcl
            && let Some(noun) = self.word(verb).head
            && !roles.iter().any(|role| role.head == self.word(noun).span)
            && !roles.iter().any(|role| role.kind == RoleKind::Patient)
            && !self.has_relative_adverb(verb)
        {
            self.push(&mut roles, noun, RoleKind::Patient, true);
        }
        roles.sort_by_key(|role| (!role.carried, role.span, role.kind));
        roles.dedup_by(|later, earlier| later.head == earlier.head);
        roles
    }

    /// The time that stands between a subject and its verb: "A staffer on Friday resigned". The parser hangs it on the subject. Of a
    /// subject that names a deed it is the time of that: "The vote on Friday was called off".
    fn time_ahead(&self, subject: usize, verb: usize) -> Option<usize> {
        let word = self.word(subject);
        // "The concert on Friday was called off": of what is done to it, the day may be its own.
        if lexicon::deverbal().has(&word.lemma) || word.upos == Upos::Pron || is_passive(self.tree, verb) {
            return None;
        }
        let helps = |at: &usize| {
            matches!(self.word(*at).relation, Grammar::Aux | Grammar::AuxPass | Grammar::Advmod | Grammar::Cop)
        };
        let last = (subject + 1..verb).rev().find(|at| !helps(at))?;
        let of_subject = self.tree.ancestors(last).take(FARTHEST).any(|above| above == subject);
        let is_day = self.is_time(last) && self.case(last).is_none_or(|case| case == "on");
        (of_subject && is_day).then_some(last)
    }

    /// True where the subject of "was told" is who hears it: somebody by name or pronoun, or where what is told stands beside
    /// it ("Nobody was told about the leak"). "The story was told by her sister" tells the story.
    fn is_told(&self, verb: usize, subject: usize) -> bool {
        if self.word(verb).lemma != "tell" || subject >= self.tree.words().len() {
            return false;
        }
        let subject = self.word(self.antecedent(subject, verb));
        let somebody = subject.upos == Upos::Propn
            || subject.upos == Upos::Pron
                && !matches!(subject.lemma.as_str(), "it" | "this" | "that" | "which" | "what");
        let content = &[Grammar::Obj, Grammar::Ccomp, Grammar::Xcomp];
        let about = |child: usize| self.case(child).is_some_and(|case| case == "about" || case == "of");
        somebody || self.tree.child(verb, content).is_some() || self.tree.children_by(verb, &[Grammar::Obl]).any(about)
    }

    /// The speaker behind a reporting verb that follows what was said: "..., said two officials". The parser takes it for an
    /// object where no pronoun or name shows its case.
    pub(super) fn inverted_speaker(&self, verb: usize) -> Option<usize> {
        let word = self.word(verb);
        let reports = lexicon::verb_frames().values(&word.lemma).is_some_and(|values| values.contains(&"says"))
            && word.tag != Tag::Vbn;
        if !reports || word.relation != Grammar::Parataxis || self.subject(verb).is_some() {
            return None;
        }
        self.tree
            .child(verb, &[Grammar::Obj])
            .filter(|&object| object > verb && (self.word(object).is_noun() || self.word(object).upos == Upos::Pron))
    }

    /// "by the strikers", and not "by Monday": who does what is told in the passive.
    fn is_by(&self, at: usize) -> bool {
        let word = self.word(at);
        (word.is_noun() || word.upos == Upos::Pron || word.lemma == "one")
            && self.case(at).is_some_and(|case| case == "by")
            && !self.is_time(at)
    }

    /// The subject of the clause that `verb` heads, and whether it stands in another clause.
    pub(super) fn subject(&self, verb: usize) -> Option<(usize, bool)> {
        let mut at = verb;
        for step in 0..FARTHEST {
            let own = self.tree.child(at, &[Grammar::Nsubj, Grammar::NsubjPass, Grammar::Csubj, Grammar::CsubjPass]);
            if let Some(subject) = own {
                return Some((subject, step > 0));
            }
            let word = self.word(at);
            let head = word.head?;
            let governor = self.word(head);
            match word.relation {
                Grammar::Acl => return Some((head, true)),
                Grammar::AclRelcl if self.gap_is_subject(at) => return Some((head, true)),
                Grammar::Xcomp => {
                    let object = self.tree.child(head, &[Grammar::Obj, Grammar::Iobj]);
                    if let Some(object) = object.filter(|_| object_acts(&governor.lemma) || word.tag != Tag::Vb) {
                        return Some((object, true));
                    }
                }
                // An order names who is to act as its object: "told him to go"; in the passive as its subject.
                Grammar::Ccomp if word.tag == Tag::Vb => {}
                Grammar::Conj => {}
                Grammar::Advcl if matches!(word.tag, Tag::Vbg | Tag::Vbn | Tag::Vb) => {
                    let object = self.tree.child(head, &[Grammar::Obj]);
                    if let Some(object) = object.filter(|_| word.tag == Tag::Vb && object_acts(&governor.lemma)) {
                        return Some((object, true));
                    }
                }
                _ => return None,
            }
            at = head;
        }
        None
    }

    /// The doer of a passive whom the parser hung on what stands between: "was taken hostage by inmates", "was chased across a field by a
    /// bull". Behind other words ("in a book by a friend") it may well belong there.
    fn doer_further_down(&self, verb: usize) -> Option<usize> {
        let between = self.tree.children(verb).filter(|&child| child > verb).filter(|&child| {
            let case = self.case(child);
            match self.word(child).relation {
                Grammar::Obj | Grammar::Xcomp | Grammar::OblUnmarked => case.is_none(),
                Grammar::Obl => matches!(
                    case.as_deref(),
                    Some(
                        "across"
                            | "along"
                            | "through"
                            | "over"
                            | "into"
                            | "out of"
                            | "from"
                            | "at"
                            | "on"
                            | "during"
                            | "to"
                    )
                ),
                _ => false,
            }
        });
        between
            .flat_map(|child| self.tree.children_by(child, &[Grammar::Nmod, Grammar::Obl]))
            .find(|&at| self.is_by(at))
    }

    /// True where a relative clause lacks its subject: "the men arrested", "that fell".
    fn gap_is_subject(&self, verb: usize) -> bool {
        self.tree.child(verb, &[Grammar::Nsubj, Grammar::NsubjPass]).is_none()
    }

    fn has_relative_adverb(&self, verb: usize) -> bool {
        self.tree.children(verb).any(|child| {
            self.word(child).tag == Tag::Wrb
                || self.word(child).relation == Grammar::Obl
                    && self.is_relative_pronoun(child)
                    && self.case(child).is_some()
        })
    }

    fn is_relative_pronoun(&self, at: usize) -> bool {
        matches!(self.word(at).tag, Tag::Wdt | Tag::Wp)
            && self.tree.ancestors(at).take(3).any(|above| self.word(above).relation == Grammar::AclRelcl)
    }

    /// What a relative pronoun stands for; any other word stands for itself.
    fn antecedent(&self, at: usize, verb: usize) -> usize {
        if !self.is_relative_pronoun(at) {
            return at;
        }
        std::iter::once(verb)
            .chain(self.tree.ancestors(verb).take(FARTHEST))
            .find(|&above| self.word(above).relation == Grammar::AclRelcl)
            .and_then(|clause| self.word(clause).head)
            .unwrap_or(at)
    }

    /// What a second verb shares with the first: "arrested and charged two men" has its object at the first verb only
    /// where it stands behind the second.
    fn shared(&self, verb: usize, roles: &mut Vec<Role>) {
        let own = self.tree.child(verb, &[Grammar::Obj, Grammar::Ccomp, Grammar::Xcomp, Grammar::Obl]).is_some();
        if own || is_passive(self.tree, verb) || self.word(verb).relation == Grammar::Conj {
            return;
        }
        let second = self.tree.children_by(verb, &[Grammar::Conj]).next();
        let Some(second) = second.filter(|&second| second == verb + 2 && self.word(second).upos == Upos::Verb) else {
            return;
        };
        if let Some(object) = self.tree.child(second, &[Grammar::Obj]) {
            self.push(roles, object, RoleKind::Patient, true);
        }
    }

    /// Adds the phrase that `head` heads, and those coordinated with it.
    pub(super) fn push(&self, roles: &mut Vec<Role>, head: usize, kind: RoleKind, carried: bool) {
        roles.push(self.role(head, kind, carried));
        for member in self.tree.children_by(head, &[Grammar::Conj]) {
            if self.word(member).is_noun()
                || self.word(member).upos == Upos::Pron
                || self.word(member).upos == Upos::Num
            {
                let first = roles.last().and_then(|role| role.preposition.clone());
                let mut role = self.role(member, kind, carried);
                role.preposition = role.preposition.or(first);
                roles.push(role);
            }
        }
    }

    /// The phrase of `head` without clauses, appositions and what is coordinated with it.
    pub(super) fn role(&self, head: usize, kind: RoleKind, carried: bool) -> Role {
        let cut = |at: usize| {
            matches!(
                self.word(at).relation,
                Grammar::Conj
                    | Grammar::Cc
                    | Grammar::Punct
                    | Grammar::AclRelcl
                    | Grammar::Acl
                    | Grammar::Appos
                    | Grammar::Parataxis
                    | Grammar::Advcl
                    | Grammar::Ccomp
                    | Grammar::Nsubj
                    | Grammar::NsubjPass
                    | Grammar::Cop
                    | Grammar::Aux
                    | Grammar::Mark
            ) || self.word(at).relation == Grammar::Case && self.word(at).head == Some(head)
        };
        let words = self.tree.subtree(head, cut);
        let span = self.tree.span(&words).unwrap_or(self.word(head).span);
        // "three of the ministers" counts ministers.
        let counted = self
            .tree
            .children_by(head, &[Grammar::Nmod])
            .find(|&below| self.word(head).upos == Upos::Num && self.case(below).is_some_and(|of| of == "of"));
        let number = self.tree.children_by(head, &[Grammar::Nummod]).next();
        let number = number.map(|number| {
            let words = self.tree.subtree(number, |at| self.word(at).relation == Grammar::Punct);
            self.tree.span(&words).unwrap_or(self.word(number).span)
        });
        let count = number.or_else(|| (self.word(head).upos == Upos::Num).then(|| self.word(head).span));
        Role {
            kind,
            head: self.word(head).span,
            span,
            lemma: self.word(counted.unwrap_or(head)).lemma.clone(),
            preposition: self.case(head),
            count,
            carried,
        }
    }

    /// The preposition before `at`; one of several words in full ("because of").
    fn case(&self, at: usize) -> Option<String> {
        let case = self.tree.children_by(at, &[Grammar::Case]).find(|&case| self.word(case).tag != Tag::Pos)?;
        let mut words = vec![case];
        words.extend(self.tree.children_by(case, &[Grammar::Fixed]));
        let written: Vec<String> =
            words.iter().map(|&word| self.word(word).span.of(self.text).to_lowercase()).collect();
        Some(written.join(" "))
    }

    /// The preposition before `at`, for nouns that name deeds.
    pub(super) fn case_of(&self, at: usize) -> Option<String> {
        self.case(at)
    }

    /// True where `at` tells a time.
    pub(super) fn is_when(&self, at: usize) -> bool {
        self.is_time(at)
    }

    /// What a phrase with a preposition tells.
    fn circumstance(&self, at: usize, gives: bool) -> RoleKind {
        let word = self.word(at);
        let preposition = self.case(at).unwrap_or_default();
        if self.is_time(at) {
            return RoleKind::Time;
        }
        let place = word.upos == Upos::Propn || {
            let lemma = word.lemma.to_lowercase();
            lexicon::place_words().has(&lemma) || lexicon::places().has(&lemma) || lexicon::countries().has(&lemma)
        };
        match lexicon::prepositions().value(&preposition) {
            Some("gets") if gives => RoleKind::Recipient,
            Some("place") => RoleKind::Place,
            Some("gets" | "perhaps-place") if place => RoleKind::Place,
            Some("time") => RoleKind::Time,
            Some("cause") => RoleKind::Cause,
            Some("manner") => RoleKind::Manner,
            _ => RoleKind::Other,
        }
    }

    fn is_time(&self, at: usize) -> bool {
        let span = self.word(at).span;
        self.times.iter().any(|time| time.overlaps(span))
            || lexicon::calendar_words().has(&self.word(at).lemma.to_lowercase())
    }
}
