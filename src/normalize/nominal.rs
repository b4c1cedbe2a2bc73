//! Nouns that name a deed → the deed. In: a tree and a noun or the verb over it. Out: the verb that the noun stands for and its
//! parts: "made a decision" decides, "the arrest of the tycoon by police" arrests.
//!
//! Which nouns do and how their parts are told is a table (`lexicon/en/deverbal.tsv`); a noun that is not in it stays a thing.

use super::roles::Roles;
use crate::lexicon;
use crate::model::{Grammar, Role, RoleKind, Tag};

/// A noun that is a predicate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nominal {
    /// The noun.
    pub(super) noun: usize,
    /// The lemma of the verb it stands for.
    pub(super) verb: &'static str,
    told: &'static [&'static str],
}

impl Nominal {
    fn tells(&self, value: &str) -> bool {
        self.told.contains(&value)
    }

    /// What the phrase with this preposition tells of the deed.
    fn part(&self, preposition: &str) -> Option<RoleKind> {
        match preposition {
            "by" => Some(RoleKind::Agent),
            "of" if self.tells("of=agent") => Some(RoleKind::Agent),
            "of" => Some(RoleKind::Patient),
            _ if self.tells(&format!("{preposition}=patient")) => Some(RoleKind::Patient),
            _ if self.tells(&format!("{preposition}=recipient")) => Some(RoleKind::Recipient),
            _ => None,
        }
    }
}

impl Roles<'_> {
    fn named_deed(&self, noun: usize) -> Option<Nominal> {
        let word = &self.tree.words()[noun];
        let table = lexicon::deverbal();
        let values = word.is_noun().then(|| table.values(&word.lemma.to_lowercase())).flatten()?;
        let (verb, told) = values.split_first()?;
        Some(Nominal { noun, verb, told })
    }

    /// The noun that tells the deed where `verb` is only its light verb: its object, or its subject in the passive.
    pub(super) fn under_light_verb(&self, verb: usize) -> Option<Nominal> {
        let object = self.tree.child(verb, &[Grammar::Obj]).or_else(|| self.tree.child(verb, &[Grammar::NsubjPass]))?;
        let nominal = self.named_deed(object)?;
        // "took part of the money" takes money, and in nothing part.
        let of = |child: usize| self.case_of(child).is_some_and(|case| case == "of");
        let bare = self.tree.children(object).all(|child| child > object && !of(child));
        let light = nominal.tells(&self.tree.words()[verb].lemma);
        (light && (bare || !nominal.tells("bare"))).then_some(nominal)
    }

    /// The deed that `noun` names with one of its parts, where no light verb stands over it: "the arrest of X".
    pub(super) fn nominal_predicate(&self, noun: usize) -> Option<Nominal> {
        let nominal = self.named_deed(noun).filter(|nominal| !nominal.tells("bare"))?;
        let word = &self.tree.words()[noun];
        let under_light = word.head.is_some_and(|verb| self.under_light_verb(verb).is_some_and(|it| it.noun == noun));
        // "The arrest" of a plural noun or with a part is a deed; a compound ("arrest warrant") is none.
        let told = self.tree.children(noun).any(|child| {
            let relation = self.tree.words()[child].relation;
            relation == Grammar::NmodPoss
                || relation == Grammar::Nmod && self.case_of(child).is_some_and(|case| nominal.part(&case).is_some())
        });
        (told && !under_light && word.relation != Grammar::Compound).then_some(nominal)
    }

    /// The parts of the deed that hang from its noun.
    pub(super) fn of_nominal(&self, nominal: Nominal) -> Vec<Role> {
        let mut roles = Vec::new();
        let mut owner = None;
        for child in self.tree.children(nominal.noun) {
            match self.tree.words()[child].relation {
                Grammar::NmodPoss if self.tree.words()[child].tag != Tag::PrpDollar => owner = Some((child, false)),
                // "Varnex completed its takeover of Borel Steel".
                Grammar::NmodPoss => owner = self.subject_over(nominal.noun).map(|subject| (subject, true)),
                Grammar::Nmod => {
                    let preposition = self.case_of(child).unwrap_or_default();
                    let kind = if self.is_when(child) { Some(RoleKind::Time) } else { nominal.part(&preposition) };
                    if let Some(kind) = kind {
                        self.push(&mut roles, child, kind, false);
                    }
                    // "the murder of the clerk by a judge", where the phrase was taken for the clerk's.
                    let by = |&at: &usize| self.case_of(at).is_some_and(|case| case == "by") && !self.is_when(at);
                    let further = self.tree.children_by(child, &[Grammar::Nmod]).find(by);
                    if let Some(doer) = further.filter(|_| kind == Some(RoleKind::Patient)) {
                        self.push(&mut roles, doer, RoleKind::Agent, false);
                    }
                }
                _ => {}
            }
        }
        if let Some((owner, carried)) = owner {
            let patient = roles.iter().any(|role| role.kind == RoleKind::Patient);
            let kind = if nominal.tells("poss=patient") && !patient { RoleKind::Patient } else { RoleKind::Agent };
            self.push(&mut roles, owner, kind, carried);
        }
        roles
    }

    /// The subject of the verb that `noun` is the object of: who "its" means there.
    fn subject_over(&self, noun: usize) -> Option<usize> {
        let word = &self.tree.words()[noun];
        let verb = word.head.filter(|_| word.relation == Grammar::Obj)?;
        self.subject(verb).map(|(subject, _)| subject).filter(|&subject| subject != noun)
    }

    /// The parts of a deed told by a light verb: the verb's own, without the noun, and those of the noun.
    pub(super) fn of_light(&self, verb: usize, nominal: Nominal) -> Vec<Role> {
        let noun = self.tree.words()[nominal.noun].span;
        let mut roles: Vec<Role> = self.of(verb).into_iter().filter(|role| role.head != noun).collect();
        for role in &mut roles {
            // "paid a visit to the camp": the phrase may hang from the verb.
            let other = matches!(role.kind, RoleKind::Recipient | RoleKind::Other | RoleKind::Place | RoleKind::Manner);
            let part = role.preposition.as_deref().and_then(|preposition| nominal.part(preposition));
            if let Some(kind) = part.filter(|_| other) {
                role.kind = kind;
            }
        }
        let known: Vec<_> = roles.iter().map(|role| role.head).collect();
        roles.extend(self.of_nominal(nominal).into_iter().filter(|role| !known.contains(&role.head)));
        roles.sort_by_key(|role| (!role.carried, role.span, role.kind));
        roles
    }
}
