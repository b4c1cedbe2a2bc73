//! A claim and its sentence's tree → its frames: who did what to whom, denied or not, how surely, and who says so.
//!
//! Words that are no clause give no frame, and a claim without frames is compared by its words alone.

use super::polarity::denies_length;
use super::roles::{Roles, is_passive};
use crate::lexicon;
use crate::model::{
    Claim, Frame, FrameKind, Grammar, Layer, Modality, Role, RoleKind, Span, Tag, TimeValue, Tree, Upos,
};

/// The frames whose predicates stand in the claim, in the order of the text. Spans point into the document's text.
pub(super) fn frames(tree: &Tree, claim: &Claim, times: &[TimeValue]) -> Vec<Frame> {
    let offset = claim.sentence.start;
    let inside = |span: Span| claim.states(span.shifted(offset as usize));
    let times: Vec<Span> = times
        .iter()
        .filter(|time| claim.sentence.contains(time.span))
        .map(|time| Span { start: time.span.start - offset, end: time.span.end - offset })
        .collect();
    let reader = Reader { tree, roles: Roles { tree, text: &claim.context, times: &times } };
    let heads: Vec<usize> =
        (0..tree.words().len()).filter(|&at| reader.is_predicate(at) && inside(tree.words()[at].span)).collect();
    let mut frames: Vec<Frame> = Vec::with_capacity(heads.len());
    for &head in &heads {
        let mut frame = reader.frame(head);
        frame.parent = tree.ancestors(head).find_map(|above| heads.binary_search(&above).ok()).filter(|_| {
            matches!(frame.layer, Layer::Content | Layer::Complement | Layer::Adverbial | Layer::Condition)
        });
        shift(&mut frame, offset as usize);
        keep_own(&mut frame, claim);
        frame.speaker = frame.speaker.or_else(|| speaker_by_words(claim, &frame));
        frame.roles.shrink_to_fit();
        frames.push(frame);
    }
    if let Some(shared) = claim.predicate {
        reader.further_object(&mut frames, shared, claim);
    }
    frames
}

/// Takes out the parts that stand in another clause and are not carried over: the object of the one claim is none of the
/// other.
fn keep_own(frame: &mut Frame, claim: &Claim) {
    let own = |role: &Role| {
        role.carried
            || claim.states(role.head)
            || claim.shares(role.head)
            || claim.subject.is_some_and(|subject| subject.overlaps(role.head))
    };
    if claim.span != claim.sentence {
        frame.roles.retain(own);
    }
}

/// Who says what a main clause tells, where the tree shows no reporting verb but the words around it do: "according to the
/// union", or a quotation that began in another sentence. A reporting verb itself is not reported.
fn speaker_by_words(claim: &Claim, frame: &Frame) -> Option<Span> {
    let attribution = claim.attribution.as_ref()?;
    let reported = matches!(frame.layer, Layer::Main | Layer::Content) && !attribution.cue.overlaps(frame.predicate);
    let speaker = attribution.speaker.as_ref().filter(|speaker| claim.sentence.contains(speaker.span))?;
    let speaks_of_itself = frame.roles(RoleKind::Agent).any(|role| role.span.overlaps(speaker.span))
        && lexicon::verb_frames().values(&frame.lemma).is_some_and(|values| values.contains(&"says"));
    (reported && !speaks_of_itself).then_some(speaker.span)
}

fn shift(frame: &mut Frame, offset: usize) {
    let moved = |span: Span| span.shifted(offset);
    frame.predicate = moved(frame.predicate);
    frame.negation = frame.negation.map(moved);
    frame.modality_cue = frame.modality_cue.map(moved);
    frame.speaker = frame.speaker.map(moved);
    for role in &mut frame.roles {
        role.head = moved(role.head);
        role.span = moved(role.span);
        role.count = role.count.map(moved);
    }
}

pub(super) struct Reader<'a> {
    pub(super) tree: &'a Tree,
    pub(super) roles: Roles<'a>,
}

impl Reader<'_> {
    /// Gives the predicate that a claim shares the object that the claim consists of, where the tree hung it elsewhere.
    fn further_object(&self, frames: &mut [Frame], shared: Span, claim: &Claim) {
        let offset = claim.sentence.start as usize;
        let span_of = |at: usize| self.tree.words()[at].span.shifted(offset);
        let Some(frame) = frames.iter_mut().rev().find(|frame| shared.contains(frame.predicate)) else { return };
        let Some(first) = (0..self.tree.words().len()).find(|&at| claim.span.contains(span_of(at))) else { return };
        let above = std::iter::once(first).chain(self.tree.ancestors(first));
        let Some(head) = above.take_while(|&at| claim.span.contains(span_of(at))).last() else { return };
        if !self.tree.words()[head].is_noun() || frame.roles.iter().any(|role| claim.span.contains(role.head)) {
            return;
        }
        // "They spoke about A and B": the preposition stands in front of the first.
        let last = (0..self.tree.words().len()).rev().find(|&at| shared.contains(span_of(at)));
        let preposition = last.map(|at| &self.tree.words()[at]).filter(|word| word.upos == Upos::Adp);
        let kind = if preposition.is_some() { RoleKind::Other } else { RoleKind::Patient };
        let mut role = self.roles.role(head, kind, false);
        role.preposition = role.preposition.or_else(|| preposition.map(|word| word.lemma.clone()));
        (role.head, role.span) = (role.head.shifted(offset), role.span.shifted(offset));
        role.count = role.count.map(|count| count.shifted(offset));
        frame.roles.push(role);
    }

    fn is(&self, at: usize, relations: &[Grammar]) -> bool {
        relations.contains(&self.tree.words()[at].relation)
    }

    /// True for a verb that heads a clause, for what "be" says of something, and for an apposition.
    fn is_predicate(&self, at: usize) -> bool {
        let word = &self.tree.words()[at];
        if word.relation == Grammar::Appos {
            return word.is_noun() && word.head.is_some_and(|head| self.tree.words()[head].is_noun());
        }
        if self.tree.child(at, &[Grammar::Cop]).is_some() || self.roles.nominal_predicate(at).is_some() {
            return true;
        }
        let verb = word.upos == Upos::Verb
            || word.upos == Upos::Aux && !self.is(at, &[Grammar::Aux, Grammar::AuxPass, Grammar::Cop]);
        // Behind "to" stands a verb, whatever it was taken for: "failed to land".
        let infinitive =
            self.is(at, &[Grammar::Xcomp, Grammar::Advcl]) && self.tree.child(at, &[Grammar::Mark]).is_some();
        (verb || infinitive) && self.tree.is_clause(at) || self.left_out(at).is_some()
    }

    fn frame(&self, head: usize) -> Frame {
        let word = &self.tree.words()[head];
        if let Some(verb) = self.left_out(head) {
            return self.frame_left_out(head, verb);
        }
        let copula = self.tree.child(head, &[Grammar::Cop]);
        let kind = match (word.relation, copula) {
            (Grammar::Appos, None) => FrameKind::Apposition,
            (_, Some(_)) => FrameKind::Copula,
            _ if word.is_noun() && self.roles.nominal_predicate(head).is_some() => FrameKind::Nominal,
            _ => FrameKind::Verb,
        };
        let light = self.roles.under_light_verb(head).filter(|_| kind == FrameKind::Verb);
        let nominal = if kind == FrameKind::Nominal { self.roles.nominal_predicate(head) } else { light };
        let roles = match kind {
            FrameKind::Apposition => {
                let named = word.head.map(|named| self.roles.role(named, RoleKind::Agent, false));
                named.into_iter().chain([self.roles.role(head, RoleKind::Attribute, false)]).collect()
            }
            FrameKind::Copula => {
                let mut roles: Vec<Role> = self.roles.of(head);
                roles.push(self.roles.role(head, RoleKind::Attribute, false));
                roles
            }
            FrameKind::Nominal => nominal.map(|nominal| self.roles.of_nominal(nominal)).unwrap_or_default(),
            FrameKind::Verb => light.map_or_else(|| self.roles.of(head), |nominal| self.roles.of_light(head, nominal)),
        };
        let (modality, modality_cue) = match kind {
            // "called for the arrest of X" does not tell that X was arrested; "the arrest of X shocked" does.
            FrameKind::Nominal => (self.nominal_modality(head), None),
            _ => self.modality(head),
        };
        Frame {
            // Of "paid a visit" the noun tells the deed.
            predicate: nominal.map_or(word.span, |nominal| self.tree.words()[nominal.noun].span),
            lemma: nominal.map_or_else(|| word.lemma.clone(), |nominal| nominal.verb.to_owned()),
            particle: self.particle(head).filter(|_| nominal.is_none()),
            kind,
            layer: if kind == FrameKind::Nominal { self.nominal_layer(head) } else { self.layer(head) },
            parent: None,
            passive: kind == FrameKind::Verb && light.is_none() && is_passive(self.tree, head),
            roles,
            negation: self.negation(head).map(|at| self.tree.words()[at].span),
            modality,
            modality_cue: modality_cue.map(|at| self.tree.words()[at].span),
            speaker: self.speaker(head),
        }
    }

    pub(super) fn particle(&self, verb: usize) -> Option<String> {
        self.tree.child(verb, &[Grammar::CompoundPrt]).map(|at| self.tree.words()[at].lemma.clone())
    }

    /// Where the clause of `head` stands; a coordinated clause stands where the first one does.
    pub(super) fn layer(&self, head: usize) -> Layer {
        let mut at = head;
        loop {
            let word = &self.tree.words()[at];
            return match word.relation {
                Grammar::Conj => match word.head {
                    Some(first) => {
                        at = first;
                        continue;
                    }
                    None => Layer::Main,
                },
                Grammar::AclRelcl if self.is_cleft(at) => Layer::Main,
                Grammar::Ccomp | Grammar::Csubj | Grammar::CsubjPass | Grammar::CsubjOuter => Layer::Content,
                // "has yet to leave" tells of leaving what "has not left" tells, and so does "refused to leave".
                Grammar::Xcomp if self.yet_above(at).is_some() || self.denied_above(at) => match word.head {
                    Some(above) => {
                        at = above;
                        continue;
                    }
                    None => Layer::Main,
                },
                Grammar::Xcomp => Layer::Complement,
                Grammar::Acl | Grammar::AclRelcl | Grammar::Appos => Layer::Relative,
                Grammar::Advcl | Grammar::AdvclRelcl => {
                    let mark = self.tree.child(at, &[Grammar::Mark]).map(|mark| self.tree.words()[mark].lemma.as_str());
                    if matches!(mark, Some("if" | "unless")) { Layer::Condition } else { Layer::Adverbial }
                }
                _ => Layer::Main,
            };
        }
    }

    /// True where the verb above says that what stands under it is not so.
    fn denied_above(&self, head: usize) -> bool {
        let above = self.tree.words()[head].head.map(|above| self.tree.words()[above].lemma.as_str());
        above.and_then(|lemma| lexicon::verb_frames().values(lemma)).is_some_and(|values| values.contains(&"denies"))
    }

    /// Where a deed that a noun names stands: with the verb that only tells of its course ("Kovaria's invasion of Ostland began").
    fn nominal_layer(&self, noun: usize) -> Layer {
        let verb =
            self.tree.words()[noun].head.filter(|_| self.is(noun, &[Grammar::Nsubj, Grammar::NsubjPass, Grammar::Obj]));
        let course = verb.filter(|&verb| {
            let values = lexicon::verb_frames().values(&self.tree.words()[verb].lemma).unwrap_or_default();
            values.iter().any(|value| matches!(*value, "begins" | "occurs"))
        });
        match course {
            Some(verb) if self.nominal_modality(noun) == Modality::Asserted => self.layer(verb),
            _ => Layer::Relative,
        }
    }

    /// The "yet" of "has yet to leave", by its "leave".
    fn yet_above(&self, head: usize) -> Option<usize> {
        let above = self.tree.words()[head].head?;
        let yet =
            |parent: usize| self.tree.children(parent).find(|&at| at < head && self.tree.words()[at].lemma == "yet");
        let is_light = matches!(self.tree.words()[above].lemma.as_str(), "have" | "be");
        if is_light { yet(above).or_else(|| yet(head)) } else { None }
    }

    /// The word that denies the clause of `head`: its own "not", a subject or object with "no", or a verb above it that
    /// denies by its meaning ("failed to land").
    pub(super) fn negation(&self, head: usize) -> Option<usize> {
        let denies = |at: usize| {
            matches!(
                self.tree.words()[at].lemma.as_str(),
                "not" | "never" | "n't" | "neither" | "nor" | "no" | "hardly"
            ) && self.is(at, &[Grammar::Advmod, Grammar::Det, Grammar::Cc, Grammar::CcPreconj])
        };
        if let Some(own) = self.tree.children(head).find(|&at| denies(at) && !self.partly(at)) {
            return Some(own);
        }
        let word = &self.tree.words()[head];
        if let Some(above) = word.head {
            // "It was not the army that opened the dam", "there is no plan to move it", "has yet to pay".
            let no_noun = word.relation == Grammar::Acl && word.tag == Tag::Vb;
            let cue = match word.relation {
                _ if self.is_cleft(head) => self.tree.children(above).find(|&at| denies(at) && !self.partly(at)),
                _ if no_noun => self.tree.children_by(above, &[Grammar::Det]).find(|&at| denies(at)),
                Grammar::Xcomp => self.yet_above(head),
                _ => None,
            };
            if cue.is_some() {
                return cue;
            }
        }
        let nobody = |at: usize| {
            matches!(self.tree.words()[at].lemma.as_str(), "nobody" | "none" | "nothing" | "no-one" | "neither")
        };
        // "No minister resigned and left": the subject that a second verb takes over denies it as well.
        let carried = self.roles.subject(head).filter(|&(_, carried)| carried && word.relation == Grammar::Conj);
        let participants = self.tree.children_by(head, &[Grammar::Nsubj, Grammar::NsubjPass, Grammar::Obj]);
        for participant in participants.chain(carried.map(|(subject, _)| subject)) {
            if nobody(participant) {
                return Some(participant);
            }
            // "No minister", "neither the mayor nor his deputy".
            let leads = self.tree.children_by(participant, &[Grammar::Det, Grammar::CcPreconj]);
            if let Some(no) = leads.clone().find(|&at| denies(at) && !self.partly(at)) {
                return Some(no);
            }
            // "No-one", with a hyphen between.
            if self.tree.words()[participant].lemma == "one"
                && let Some(no) =
                    (participant.saturating_sub(2)..participant).find(|&at| self.tree.words()[at].lemma == "no")
            {
                return Some(no);
            }
        }
        let above = word.head.filter(|_| word.relation == Grammar::Xcomp)?;
        match self.negation(above) {
            Some(cue) if self.passes_on(above) => Some(cue),
            _ => lexicon::verb_frames()
                .values(&self.tree.words()[above].lemma)
                .is_some_and(|values| values.contains(&"denies"))
                .then_some(above),
        }
    }

    /// "It was the guards who struck first": the clause beside the noun is what the sentence states.
    fn is_cleft(&self, head: usize) -> bool {
        let word = &self.tree.words()[head];
        let Some(above) = word.head.filter(|_| word.relation == Grammar::AclRelcl) else { return false };
        let it = self.tree.child(above, &[Grammar::Nsubj, Grammar::Expl]);
        // "“It is not something to decide here,” she wrote" has no relative pronoun, and "wrote" is the reporting verb.
        let pronoun = self
            .tree
            .children(head)
            .any(|at| at < head && matches!(self.tree.words()[at].lemma.as_str(), "that" | "who" | "whom" | "which"));
        pronoun
            && self.tree.child(above, &[Grammar::Cop]).is_some()
            && self.tree.words()[above].head.is_none()
            && it.is_some_and(|it| self.tree.words()[it].lemma == "it")
    }

    /// "not only", "not all": a part is denied, not the clause.
    fn partly(&self, not: usize) -> bool {
        let behind = || self.tree.words().iter().skip(not + 1).map(|word| word.lemma.as_str());
        behind().next().is_some_and(|next| lexicon::partly().has(next)) || denies_length(behind())
    }

    /// Verbs through which a denial reaches what stands under them: "did not want to go", "was not able to land".
    fn passes_on(&self, verb: usize) -> bool {
        lexicon::verb_frames()
            .values(&self.tree.words()[verb].lemma)
            .is_some_and(|values| values.iter().any(|value| matches!(*value, "plans" | "begins" | "manages" | "seems")))
    }

    /// True where "would" tells a plan as seen from the past: "said he would resign", and no "would have resigned".
    fn told_before(&self, head: usize) -> bool {
        let words = self.tree.words();
        let done = self.tree.children_by(head, &[Grammar::Aux]).any(|aux| words[aux].lemma == "have");
        let above = words[head].head.filter(|_| self.is(head, &[Grammar::Ccomp, Grammar::Parataxis]));
        let values = above.and_then(|above| lexicon::verb_frames().values(&words[above].lemma));
        !done && values.is_some_and(|values| values.contains(&"says"))
    }

    /// How sure the text is of the clause of `head`, and the word that says so.
    pub(super) fn modality(&self, head: usize) -> (Modality, Option<usize>) {
        for aux in self.tree.children_by(head, &[Grammar::Aux]) {
            let modality = match self.tree.words()[aux].lemma.as_str() {
                "may" | "might" | "could" => Modality::Possible,
                "will" | "shall" => Modality::Planned,
                "would" if self.told_before(head) => Modality::Planned,
                "would" => Modality::Hypothetical,
                _ => continue,
            };
            return (modality, Some(aux));
        }
        // "will lose its school and close its pool": the auxiliary stands before the first and holds for both.
        let word = &self.tree.words()[head];
        if word.relation == Grammar::Conj
            && word.tag == Tag::Vb
            && self.tree.child(head, &[Grammar::Aux, Grammar::Mark, Grammar::Nsubj, Grammar::NsubjPass]).is_none()
            && let Some(first) = word.head.filter(|&first| first < head && self.tree.words()[first].tag == Tag::Vb)
            && self.tree.child(first, &[Grammar::Aux]).is_some()
        {
            return self.modality(first);
        }
        // "a debate over whether the economy is in a recession" states neither.
        if let Some(whether) =
            self.tree.children_by(head, &[Grammar::Mark]).find(|&mark| self.tree.words()[mark].lemma == "whether")
        {
            return (Modality::Hypothetical, Some(whether));
        }
        if self.layer(head) == Layer::Condition {
            return (Modality::Hypothetical, self.tree.child(head, &[Grammar::Mark]));
        }
        let word = &self.tree.words()[head];
        // "is expected to leave", "plans to leave", "asked her to leave": what stands under the verb has not happened yet.
        let under = &[Grammar::Xcomp, Grammar::Ccomp, Grammar::Advcl];
        if let Some(above) = word.head.filter(|_| word.tag == Tag::Vb && self.is(head, under)) {
            let values = lexicon::verb_frames().values(&self.tree.words()[above].lemma).unwrap_or_default();
            if values.iter().any(|value| matches!(*value, "plans" | "orders")) {
                return (Modality::Planned, Some(above));
            }
            if values.contains(&"seems") {
                return (Modality::Probable, Some(above));
            }
            let (modality, cue) = self.modality(above);
            return (modality, cue);
        }
        (Modality::Asserted, None)
    }

    /// Whether a deed that a noun names has taken place, as far as the verb over it tells: "the arrest of X shocked the town",
    /// but not "the sale of X was called off".
    fn nominal_modality(&self, noun: usize) -> Modality {
        let subject = self.is(noun, &[Grammar::Nsubj, Grammar::NsubjPass]);
        let Some(verb) = self.tree.words()[noun].head.filter(|_| subject || self.is_carried_out(noun)) else {
            return Modality::Possible;
        };
        let lemma = self.tree.words()[verb].lemma.as_str();
        let values = lexicon::verb_frames().values(lemma).unwrap_or_default();
        let doubted = self.negation(verb).is_some()
            || values.iter().any(|value| matches!(*value, "undone" | "seems" | "denies"))
            || lexicon::hedges().longest(|offset| if offset == 0 { lemma } else { "" }).is_some()
            || is_passive(self.tree, verb) && !values.contains(&"occurs");
        match self.modality(verb).0 {
            Modality::Asserted if doubted => Modality::Possible,
            modality => modality,
        }
    }

    /// "completed its takeover", "began the invasion": the object of such a verb is done, as far as the verb tells.
    fn is_carried_out(&self, noun: usize) -> bool {
        let verb = self.tree.words()[noun].head.filter(|_| self.is(noun, &[Grammar::Obj]));
        verb.is_some_and(|verb| {
            matches!(self.tree.words()[verb].lemma.as_str(), "begin" | "start" | "complete" | "finish")
        })
    }

    /// Who says the clause of `head`: the subject of the reporting verb above it, or beside it ("it rained, police said").
    pub(super) fn speaker(&self, head: usize) -> Option<Span> {
        let subject_of = |verb: usize| {
            let reports = lexicon::verb_frames()
                .values(&self.tree.words()[verb].lemma)
                .is_some_and(|values| values.contains(&"says"));
            let subject = self.tree.child(verb, &[Grammar::Nsubj]).or_else(|| self.roles.inverted_speaker(verb));
            let subject = subject.filter(|_| reports)?;
            Some(self.roles.role(subject, RoleKind::Agent, false).span)
        };
        // A reporting verb is not reported by itself.
        let (mut at, mut below) = (head, usize::MAX);
        for _ in 0..8 {
            let beside =
                self.tree.children_by(at, &[Grammar::Parataxis]).filter(|&verb| verb != below).find_map(subject_of);
            if let Some(speaker) = beside {
                return Some(speaker);
            }
            let word = &self.tree.words()[at];
            let above = word.head?;
            if word.relation == Grammar::Ccomp
                && let Some(speaker) = subject_of(above)
            {
                return Some(speaker);
            }
            (at, below) = (above, at);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;
    use crate::model::{Claim, Frame, FrameKind, Modality, NormalClaim, Role, RoleKind};
    use crate::pipeline::compare_pair;

    fn claim(text: &str) -> NormalClaim {
        compare_pair(text, text, None, None, &Settings::default()).left
    }

    fn shown(claim: &Claim, frame: &Frame) -> String {
        let role = |role: &Role| {
            let count = role.count.map(|count| format!("#{}", claim.words(count))).unwrap_or_default();
            format!("{:?}:{}{count}", role.kind, claim.words(role.head)).to_lowercase()
        };
        let roles: Vec<String> = frame.roles.iter().map(role).collect();
        let denied = if frame.negation.is_some() { "not " } else { "" };
        let sure = match frame.modality {
            Modality::Asserted => String::new(),
            modality => format!(" {modality:?}").to_lowercase(),
        };
        format!("{denied}{}({}){sure}", frame.lemma, roles.join(" "))
    }

    /// Every frame of a sentence in one line.
    fn told(text: &str) -> String {
        let normal = claim(text);
        normal.frames().iter().map(|frame| shown(&normal.claim, frame)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn who_did_what_to_whom() {
        assert_eq!(told("The minister called the mayor."), "call(agent:minister patient:mayor)");
        assert_eq!(told("The mayor called the minister."), "call(agent:mayor patient:minister)");
        assert_eq!(told("Two guards were injured by strikers."), "injure(patient:guards#two agent:strikers)");
        assert_eq!(
            told("The company gave the workers a bonus."),
            "give(agent:company recipient:workers patient:bonus)"
        );
        assert_eq!(told("She sent a letter to the president."), "send(agent:she patient:letter recipient:president)");
    }

    #[test]
    fn a_day_before_the_verb_is_when_it_was_done() {
        let told_of = |text: &str| told(text).split("; ").next().map(str::to_owned);
        for text in ["A clerk of the port on Friday resigned.", "A clerk Friday resigned."] {
            let told = told_of(text).expect("a deed is told");
            assert!(told.contains("time:friday"), "{text}: {told}");
        }
        let told = told_of("The vote on Friday was called off.").expect("a deed is told");
        assert!(!told.contains("time:friday"), "{told}");
    }

    #[test]
    fn a_subject_is_carried_over() {
        assert_eq!(
            told("The police arrested two men and charged three others."),
            "arrest(agent:police patient:men#two); charge(agent:police patient:others#three)"
        );
        assert_eq!(told("She wants to close the branch."), "want(agent:she); close(agent:she patient:branch) planned");
        assert_eq!(
            told("The judge ordered the company to pay a fine."),
            "order(agent:judge patient:company); pay(agent:company patient:fine) planned"
        );
    }

    #[test]
    fn what_is_denied() {
        assert_eq!(told("The minister did not resign."), "not resign(agent:minister)");
        assert_eq!(told("Nobody was injured in the fire."), "not injure(patient:nobody other:fire)");
        assert!(told("No-one was injured in the fire.").starts_with("not injure"));
        assert_eq!(told("The plane failed to land."), "fail(agent:plane); not land(agent:plane)");
        assert_eq!(
            told("The mayor said the bridge had not been closed."),
            "say(agent:mayor); not close(patient:bridge)"
        );
    }

    #[test]
    fn a_cleft_states_its_clause_and_a_reporting_verb_is_none() {
        assert_eq!(
            told("It was not the army that opened the dam."),
            "not army(agent:it attribute:army); not open(agent:army patient:dam)"
        );
        let said = told("\"It is not something to be decided by a show of hands,\" Anna Berg wrote.");
        assert!(!said.contains("not write"), "{said}");
    }

    #[test]
    fn light_verbs_and_nouns_that_name_deeds() {
        assert_eq!(told("Amiel paid a visit to the camp."), "visit(agent:amiel patient:camp)");
        assert_eq!(told("The vote did not take place."), "not occur(agent:vote)");
        let shocked = told("The killing of four miners by soldiers shocked Holm.");
        assert!(shocked.contains("kill(patient:miners#four agent:soldiers)"), "{shocked}");
        assert!(told("The firm has yet to pay the pickers.").contains("not pay(agent:firm patient:pickers)"));
    }

    #[test]
    fn a_verb_that_is_left_out_is_told() {
        assert!(told("Hale voted for the bill and Orr did not.").ends_with("not vote(other:bill agent:orr)"));
        assert!(told("Hale joined the strike and so did Orr.").ends_with("join(patient:strike agent:orr)"));
        assert!(told("The mayor was arrested and the clerk was not.").ends_with("not arrest(patient:clerk)"));
        assert!(told("The council did not vote and neither did the mayor.").ends_with("not vote(agent:mayor)"));
        assert!(told("Hale will resign and Orr won't.").ends_with("not resign(agent:orr) planned"));
    }

    #[test]
    fn what_neither_of_two_did_is_denied() {
        assert!(told("Neither the mayor nor his deputy attended the hearing.").starts_with("not attend"));
        for text in
            ["Either the mayor or his deputy attended it.", "Not only the mayor but also his deputy attended it."]
        {
            assert!(!told(text).contains("not attend"), "{text}");
        }
    }

    #[test]
    fn what_is_refused_is_told_not_to_be_done() {
        let normal = claim("The army refused to leave the town.");
        let leave = normal.frames().iter().find(|frame| frame.lemma == "leave").expect("a deed is told");
        assert!(leave.negation.is_some() && leave.layer == crate::model::Layer::Main);
    }

    #[test]
    fn a_deed_that_a_noun_names_has_the_doer_of_its_clause() {
        let told_of = told("Varnex completed its takeover of Borel Steel on Monday.");
        assert!(told_of.contains("acquire(patient:steel agent:varnex)"), "{told_of}");
        let told_of = told("The murder of the clerk by a judge shocked the town.");
        assert!(told_of.contains("murder(patient:clerk agent:judge)"), "{told_of}");
        let told_of = told("Asked about the letter, Kerr laughed.");
        assert!(told_of.contains("ask(patient:kerr"), "{told_of}");
    }

    #[test]
    fn what_is_told_and_who_is_told_it() {
        assert_eq!(told("The story was told by her sister."), "tell(patient:story agent:sister)");
        assert_eq!(told("Nobody was told about the leak."), "not tell(recipient:nobody other:leak)");
        assert!(told("Residents were told to boil the water.").starts_with("tell(recipient:residents)"));
    }

    #[test]
    fn a_deed_that_did_not_take_place_is_none() {
        for text in [
            "The closure of the mill was called off.",
            "The purchase of the barracks was cancelled.",
            "The removal of the statue fell through.",
            "The deportation of the family did not happen.",
            "The ratification of the treaty is unlikely.",
            "The demolition of the tower will take a week.",
        ] {
            let first = claim(text).frames().iter().find(|frame| frame.kind == FrameKind::Nominal).cloned();
            assert!(first.is_some_and(|frame| frame.modality != Modality::Asserted), "{text}");
        }
        for text in ["The killing of four miners shocked Holm.", "The arrest of the mayor was filmed."] {
            let first = claim(text).frames().iter().find(|frame| frame.kind == FrameKind::Nominal).cloned();
            assert!(first.is_some_and(|frame| frame.modality == Modality::Asserted), "{text}");
        }
    }

    #[test]
    fn a_part_of_something_is_no_light_verb() {
        assert!(told("He took part of the money.").starts_with("take("));
        assert!(told("She took part in the march.").starts_with("participate("));
    }

    #[test]
    fn speakers_and_what_somebody_is() {
        let normal = claim("The dam will hold, the engineer said.");
        let hold = &normal.frames()[0];
        assert_eq!(hold.speaker.map(|span| normal.claim.words(span)), Some("the engineer"));
        assert_eq!(hold.modality, Modality::Planned);
        let normal = claim("Ilse Varn, the mayor of Tarnmouth, resigned on Monday.");
        let kinds: Vec<FrameKind> = normal.frames().iter().map(|frame| frame.kind).collect();
        assert_eq!(kinds, [FrameKind::Apposition, FrameKind::Verb]);
        let resign = &normal.frames()[1];
        assert_eq!(
            resign.roles(RoleKind::Time).map(|role| normal.claim.words(role.head)).collect::<Vec<_>>(),
            ["Monday"]
        );
    }

    #[test]
    fn words_without_a_verb_give_no_frame() {
        assert_eq!(told("Two dead after blaze"), "");
    }
}
