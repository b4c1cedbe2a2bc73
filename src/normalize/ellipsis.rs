//! A verb that is left out → its frame. "Marten signed the accord and Keller did not" tells of two who could sign: the auxiliary
//! stands for the verb before it and all that hangs from that.

use super::frames::Reader;
use super::roles::is_passive;
use crate::model::{Frame, FrameKind, Grammar, Modality, Role, RoleKind, Upos};

impl Reader<'_> {
    /// The verb that the auxiliary `at` stands for: "... and Orr did not", "... and so did Orr". Nothing where the auxiliary says more
    /// by itself.
    pub(super) fn left_out(&self, at: usize) -> Option<usize> {
        let word = &self.tree.words()[at];
        let stands = word.upos == Upos::Aux || word.upos == Upos::Verb && word.lemma == "do";
        let verb = word.head.filter(|_| stands && word.relation == Grammar::Conj)?;
        let bare = self.tree.children(at).all(|child| {
            let below = &self.tree.words()[child];
            match below.relation {
                Grammar::Nsubj | Grammar::NsubjPass => child < at,
                Grammar::Cc | Grammar::Punct => true,
                Grammar::Obj => self.is_turned(at) && child > at,
                Grammar::Advmod => {
                    matches!(below.lemma.as_str(), "not" | "n't" | "never" | "so" | "neither" | "nor" | "also" | "too")
                }
                _ => false,
            }
        });
        let is_verb = verb < at && self.tree.words()[verb].upos == Upos::Verb;
        (is_verb && bare && self.subject_of_left_out(at).is_some()).then_some(verb)
    }

    /// True for "so did Orr", where the subject stands behind.
    fn is_turned(&self, at: usize) -> bool {
        let turns =
            |child: usize| child < at && matches!(self.tree.words()[child].lemma.as_str(), "so" | "neither" | "nor");
        self.tree.children(at).any(turns)
    }

    fn subject_of_left_out(&self, at: usize) -> Option<usize> {
        self.tree.child(at, &[Grammar::Nsubj, Grammar::NsubjPass]).or_else(|| self.tree.child(at, &[Grammar::Obj]))
    }

    /// The frame of `verb` with the subject of the auxiliary `at`; all else is carried over.
    pub(super) fn frame_left_out(&self, at: usize, verb: usize) -> Frame {
        let word = &self.tree.words()[at];
        let passive = is_passive(self.tree, verb);
        let acts = if passive { RoleKind::Patient } else { RoleKind::Agent };
        let own = self.subject_of_left_out(at).map(|subject| self.roles.role(subject, acts, false));
        let kept = |role: &Role| role.kind != acts;
        let others = self.roles.of(verb).into_iter().filter(kept).map(|role| Role { carried: true, ..role });
        let modality = match word.lemma.as_str() {
            "may" | "might" | "could" => Modality::Possible,
            "will" | "shall" => Modality::Planned,
            "would" => Modality::Hypothetical,
            _ => self.modality(verb).0,
        };
        let mut roles: Vec<Role> = own.into_iter().chain(others).collect();
        roles.sort_by_key(|role| (!role.carried, role.span, role.kind));
        Frame {
            predicate: word.span,
            lemma: self.tree.words()[verb].lemma.clone(),
            particle: self.particle(verb),
            kind: FrameKind::Verb,
            layer: self.layer(at),
            parent: None,
            passive,
            roles,
            negation: self.negation(at).map(|cue| self.tree.words()[cue].span),
            modality,
            modality_cue: None,
            speaker: self.speaker(at),
        }
    }
}
