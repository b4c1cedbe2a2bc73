//! Names in claims, as rules compare them. In: names and the claims around them. Out: whether two names may be one, whether
//! two could stand in one place, and who only tells the claim. It resolves no names.

use super::words::words_in;
use crate::lexicon::reporting_verbs;
use crate::model::{Mention, MentionKind, NormalClaim, Term, TermRole};

/// Words ahead of a name among which "according" makes it the teller.
const TELLING_REACH: usize = 12;

/// True where `name` is who tells the claim: "said Ada Lind", "Ada Lind, ..., said", "according to the mayor, Ada Lind".
pub(super) fn is_teller(claim: &NormalClaim, name: &Mention) -> bool {
    let terms = &claim.form.terms;
    let words = words_in(terms, name.span);
    let of_speaker = claim.claim.attribution.as_ref().and_then(|it| it.speaker.as_ref());
    let is_telling = |term: &Term| reporting_verbs().has(&term.word);
    let ahead = terms[..words.start].iter().rev().find(|term| term.role != TermRole::Function);
    let according = terms[..words.start].iter().rev().take(TELLING_REACH).any(|term| term.word == "according");
    of_speaker.is_some_and(|speaker| speaker.span.overlaps(name.span))
        || terms[words.clone()].iter().any(|term| term.role == TermRole::Attribution)
        || ahead.is_some_and(is_telling)
        || terms.get(words.end).is_some_and(is_telling)
        || according
}

/// The name that the `at`-th word of `claim` belongs to.
pub(super) fn name_at(claim: &NormalClaim, at: usize) -> Option<&Mention> {
    let span = claim.form.terms.get(at)?.span;
    claim.form.entities.iter().find(|name| name.span.overlaps(span))
}

/// True where two keys may name the same: equal, one part of the other, initials of the other, or a near spelling.
pub(super) fn same_name(left: &str, right: &str) -> bool {
    let part_of = |short: &str, long: &str| {
        !short.is_empty() && short.split(' ').all(|word| long.split(' ').any(|other| other == word))
    };
    let initials = |short: &str, long: &str| {
        let letters: String = short.chars().filter(|letter| letter.is_alphanumeric()).collect();
        letters.chars().count() > 1
            && long.contains(' ')
            && long.split(' ').filter_map(|word| word.chars().next()).eq(letters.chars())
    };
    left == right
        || part_of(left, right)
        || part_of(right, left)
        || initials(left, right)
        || initials(right, left)
        || near_spelling(left, right)
}

/// Transliterations and typing errors: one letter in five may differ, and the first must not.
fn near_spelling(left: &str, right: &str) -> bool {
    let length = left.len().min(right.len());
    (5..=64).contains(&length)
        && left.len().abs_diff(right.len()) <= 2
        && left.chars().next() == right.chars().next()
        && strsim::osa_distance(left, right) <= length / 5
}

/// True where two kinds of names could stand in one place. A name of unknown kind could stand in any.
pub(super) fn could_fill_one_place(left: MentionKind, right: MentionKind) -> bool {
    use MentionKind::{Nationality, Other, Place};
    left == right
        || left == Other
        || right == Other
        || matches!((left, right), (Place, Nationality) | (Nationality, Place))
}
