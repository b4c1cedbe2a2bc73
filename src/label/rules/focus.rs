//! Two long claims → the clauses in which both tell of one deed, each pair of them as two claims of their own. It raises nothing itself.
//!
//! The rules ask how much of two claims is the same before a difference counts. Two sentences that each tell much besides have little in
//! common however plainly they contradict each other in one clause: "The crew, asked about the night, said five boats had left the harbor
//! before the storm" and "Eleven boats had left the harbor before the storm, the captain told the coast guard, which began its search at
//! dawn". What the rules find in the two clauses alone, they find in the claims.

use super::case::Case;
use super::clauses::Clauses;
use super::deeds::{Deed, Footing};
use super::frame::Hand;
use super::words::is_content;
use super::{Rule, date_mismatch, negation, numeric_mismatch, place_mismatch};
use crate::label::Pair;
use crate::model::{Alignment, Claim, Frame as Told, NormalClaim, Polarity, Role, RoleKind, Span, TermPair, TermRole};

/// The rules that are asked about clauses. Who took part, who speaks and how sure it is are told by the whole sentence.
pub(in crate::label) static RULES: &[&dyn Rule] = &[
    &numeric_mismatch::NumericMismatch,
    &date_mismatch::DateMismatch,
    &place_mismatch::PlaceMismatch,
    &negation::Negation,
];

/// Words that tell something which both clauses have to share, so that a verb and its object alone are no deed.
const SHARED: usize = 3;

/// Pairs of clauses that are looked at.
const PAIRS: usize = 8;

/// Two clauses as claims, with what stands for what in them.
pub(in crate::label) struct Focus {
    left: NormalClaim,
    right: NormalClaim,
    alignment: Alignment,
}

impl Focus {
    /// The two clauses as a pair to hold against each other, published when their claims were.
    pub(in crate::label) fn pair<'f>(&'f self, whole: &Pair<'f>) -> Pair<'f> {
        Pair { left: &self.left, right: &self.right, alignment: &self.alignment, inference: None, ..*whole }
    }
}

/// The clauses that tell of one deed. None where each claim is one clause, and its words are all there is.
pub(in crate::label) fn focuses(case: &Case<'_>) -> Vec<Focus> {
    let (left, right) = (case.left, case.right);
    let frame = case.frame();
    // What holds in one case alone may not hold in another, and the clause does not tell which.
    let depends =
        |claim: &NormalClaim| claim.form.terms.iter().any(|term| matches!(term.word.as_str(), "if" | "unless"));
    if depends(left) || depends(right) || frame.other_times() {
        return Vec::new();
    }
    if left.frames().len() < 2 && right.frames().len() < 2 {
        return Vec::new();
    }
    let clauses = Clauses::of(frame);
    // "again", "for a second time": of which of them the other claim speaks, nothing tells.
    if clauses.is_told_again() {
        return Vec::new();
    }
    let pairs = clauses.left.iter().flat_map(|one| clauses.right.iter().map(move |other| (one, other)));
    let told = pairs.filter(|(one, other)| is_one_deed(&clauses, one, other)).take(PAIRS);
    told.filter_map(|(one, other)| {
        let (one, other) = (told_by(left, one)?, told_by(right, other)?);
        focus(case, one, other)
    })
    .collect()
}

/// True where two deeds are one, told by one word or by words of one meaning.
fn is_one_deed(clauses: &Clauses<'_, '_>, one: &Deed, other: &Deed) -> bool {
    clauses.one_predicate(one, other)
        && one.main
        && other.main
        && one.footing == other.footing
        && one.footing != Footing::Open
        && !one.is_saying()
        && clauses.one_deed(one, other)
        && clauses.one_scope(one, other)
        && clauses.is_known(one, other)
}

/// The frame of a deed.
fn told_by<'a>(claim: &'a NormalClaim, deed: &Deed) -> Option<&'a Told> {
    let predicate = claim.form.terms.get(deed.predicate)?.span;
    claim.frames().iter().find(|told| told.predicate.overlaps(predicate))
}

/// Two clauses as claims; nothing where they have too little in common.
fn focus(case: &Case<'_>, one: &Told, other: &Told) -> Option<Focus> {
    let (left, lefts) = clause(case.left, one);
    let (right, rights) = clause(case.right, other);
    let place = |kept: &[u32], at: usize| kept.iter().position(|old| *old as usize == at).map(|new| new as u32);
    let frame = case.frame();
    let pairs: Vec<TermPair> = (0_u32..)
        .zip(&lefts)
        .filter_map(|(new, old)| {
            let partner = frame.partner(Hand::Left, *old as usize)?;
            Some(TermPair { left: new, right: place(&rights, partner)?, strength: 1.0 })
        })
        .collect();
    let tells = |claim: &NormalClaim, at: u32| {
        let term = &claim.form.terms[at as usize];
        is_content(term) || term.role == TermRole::Name
    };
    if pairs.iter().filter(|pair| tells(&left, pair.left)).count() < SHARED {
        return None;
    }
    let only = |claim: &NormalClaim, paired: &dyn Fn(u32) -> bool| -> Vec<u32> {
        (0..claim.form.terms.len() as u32).filter(|at| tells(claim, *at) && !paired(*at)).collect()
    };
    let left_only = only(&left, &|at| pairs.iter().any(|pair| pair.left == at));
    let right_only = only(&right, &|at| pairs.iter().any(|pair| pair.right == at));
    // "violent crime fell" is another thing than "crime fell", and two words of their own are two things.
    let narrowed = |claim: &NormalClaim, told: &Told, alone: &[u32]| {
        let core = |role: &&Role| matches!(role.kind, RoleKind::Agent | RoleKind::Patient);
        alone.iter().any(|at| {
            told.roles.iter().filter(core).any(|role| role.span.overlaps(claim.form.terms[*at as usize].span))
        })
    };
    let apart = !left_only.is_empty() && !right_only.is_empty()
        || narrowed(&left, one, &left_only)
        || narrowed(&right, other, &right_only)
        || left.form.times.is_empty() != right.form.times.is_empty();
    if apart {
        return None;
    }
    let share = |alone: &[u32]| pairs.len() as f64 / (pairs.len() + alone.len()) as f64;
    let alignment = Alignment {
        left_coverage: share(&left_only),
        right_coverage: share(&right_only),
        pairs,
        left_only,
        right_only,
        ..*case.alignment
    };
    Some(Focus { left, right, alignment })
}

/// One clause of a claim as a claim, and the numbers of its words in the whole claim.
fn clause(claim: &NormalClaim, told: &Told) -> (NormalClaim, Vec<u32>) {
    let own = told.roles.iter().filter(|role| !role.carried).map(|role| role.span);
    let span = own.chain(told.negation).chain(told.modality_cue).fold(told.predicate, Span::cover);
    let carried: Vec<Span> = told.roles.iter().filter(|role| role.carried).map(|role| role.span).collect();
    let inside = |at: Span| span.overlaps(at) || carried.iter().any(|role| role.overlaps(at));
    let kept: Vec<u32> =
        (0_u32..).zip(&claim.form.terms).filter(|(_, term)| inside(term.span)).map(|(at, _)| at).collect();
    let of = Claim { span, subject: None, predicate: None, circumstances: Vec::new(), ..claim.claim.clone() };
    let mut form = claim.form.clone();
    form.terms = kept.iter().map(|at| claim.form.terms[*at as usize].clone()).collect();
    form.entities.retain(|it| inside(it.span));
    form.quantities.retain(|it| inside(it.span));
    form.times.retain(|it| inside(it.span));
    form.polarity = if told.negation.is_some() { Polarity::Negated } else { Polarity::Affirmed };
    form.modality = told.modality;
    (NormalClaim::new(of, form, vec![Told { parent: None, ..told.clone() }]), kept)
}
