//! Names in claims, as rules compare them. In: names and the claims around them. Out: whether two names may be one, whether
//! two could stand in one place, and who only tells the claim. It resolves no names.

use super::words::words_in;
use crate::lexicon::{given_names, organization_words, reporting_verbs};
use crate::model::{Mention, MentionKind, NormalClaim, Term, TermRole};
use crate::text::names::begin_apart;

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

/// True where two keys may name the same: equal, one part of the other, initials of the other, or a near spelling. The legal form of a
/// company is no part of its name, "Mt" is "Mount", and a plural is its singular ("the Socialists", "the Socialist Party").
pub(super) fn same_name(left: &str, right: &str) -> bool {
    left == right || !begin_apart(left, right) && same_words(left, right)
}

/// The same for two keys that differ, word by word.
fn same_words(left: &str, right: &str) -> bool {
    let (mut left, mut right) = (words_of(left), words_of(right));
    // "Varnex" and "Varnex Corp" are one firm, "Varnex Corp" and "Varnex Group" may be two.
    if is_legal(left.last()) != is_legal(right.last()) {
        drop_legal(&mut left);
        drop_legal(&mut right);
    }
    let part_of = |short: &[&str], long: &[&str]| {
        !short.is_empty() && short.iter().all(|word| long.iter().any(|other| same_word(word, other)))
    };
    let initials = |short: &[&str], long: &[&str]| {
        let letters: String =
            short.iter().flat_map(|word| word.chars()).filter(|letter| letter.is_alphanumeric()).collect();
        letters.chars().count() > 1
            && long.len() > 1
            && long.iter().filter_map(|word| word.chars().next()).eq(letters.chars())
    };
    part_of(&left, &right)
        || part_of(&right, &left)
        || initials(&left, &right)
        || initials(&right, &left)
        || near_spelling(&left.join(" "), &right.join(" "))
}

/// The words of a key.
fn words_of(key: &str) -> Vec<&str> {
    key.split([' ', '-']).map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty()).collect()
}

/// True for the legal form of a company: "Corp".
fn is_legal(word: Option<&&str>) -> bool {
    let values = word.and_then(|word| organization_words().values(word));
    values.is_some_and(|values| values.contains(&"legal"))
}

/// Takes the legal form of a company off the end of its name.
fn drop_legal(words: &mut Vec<&str>) {
    while words.len() > 1 && is_legal(words.last()) {
        words.pop();
    }
}

/// True for two forms of one word of a name: a plural, or a word that names of places write short.
fn same_word(one: &str, other: &str) -> bool {
    // "Peters" is no plural of "Peter".
    let plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other) && !given_names().has(other);
    let short = |one: &str, other: &str| {
        matches!((one, other), ("mt", "mount") | ("st", "saint") | ("ft", "fort") | ("s", "south") | ("n", "north"))
    };
    one == other || plural(one, other) || plural(other, one) || short(one, other) || short(other, one)
}

/// True where one of two persons is told by a given name alone and the other by one word: "Sir Paul" and "Ostermann" may be one.
pub(super) fn by_given_name(left: &Mention, right: &Mention) -> bool {
    let lone = |name: &Mention| name.kind == MentionKind::Person && !name.key.contains(' ');
    lone(left) && lone(right) && (given_names().has(&left.key) || given_names().has(&right.key))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn person(key: &str) -> Mention {
        Mention { span: crate::model::Span::new(0, 1), kind: MentionKind::Person, key: key.into() }
    }

    proptest! {
        #[test]
        fn names_that_begin_apart_are_not_the_same(
            left in "[a-d&'.-]{0,4}( [a-d&'.-]{1,3}){0,3}| ?m(t|ount)( co)?",
            right in "[a-d&'.-]{0,4}( [a-d&'.-]{1,3}){0,3}| ?m(t|ount)( co)?",
        ) {
            prop_assert!(left == right || !begin_apart(&left, &right) || !same_words(&left, &right));
        }
    }

    #[test]
    fn forms_of_one_name_are_one_and_two_names_are_two() {
        for (one, other, same) in [
            ("nordline marine co", "nm", true),
            ("varnex", "varnex corp", true),
            ("varnex corp", "varnex group", false),
            ("aoran-mt keld park", "aoran mount keld park", true),
            ("socialists", "socialist party", true),
            ("peters", "peter holm", false),
            ("ada lind", "nils holm", false),
        ] {
            assert_eq!(same_name(one, other), same, "{one} | {other}");
            assert_eq!(same_name(other, one), same, "{other} | {one}");
        }
    }

    #[test]
    fn a_given_name_alone_may_be_that_of_another_surname() {
        assert!(by_given_name(&person("paul"), &person("ostermann")));
        assert!(!by_given_name(&person("paul holm"), &person("ostermann")));
        assert!(!by_given_name(&person("vasquez"), &person("ostermann")));
    }
}
