//! Two names → how well they fit one another. In: canonical keys (folded, accents off, words apart by spaces) or mentions.
//! Out: a grade. It knows no gazetteer: that "the Kremlin" and "Moscow" may stand for one government is not its business.

use crate::model::{Mention, MentionKind};

/// How well two names fit one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameMatch {
    /// The same name.
    Same,
    /// One is a part or a short form of the other: surname and full name, initials, acronym.
    Compatible,
    /// The same but for spelling.
    Near,
    /// Different names.
    Different,
}

/// Least Jaro-Winkler similarity of two words that are taken for spellings of one. "jon"/"john" have .93, "mary"/"mark" .88,
/// "jong"/"yong" .83: different people must not fall together, while a missed spelling only costs a match.
const NEAR_SPELLING: f64 = 0.92;

/// Words that tell one place from another of the same name: "south korea" is no longer form of "korea" or "north korea".
const QUALIFIERS: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "upper",
    "lower",
    "new",
    "equatorial",
    "inner",
    "outer",
    "anti",
    "non",
];

/// Words that an acronym leaves out.
const SKIPPED_IN_ACRONYMS: &[&str] = &["of", "the", "and", "for", "on", "in", "de", "&"];

/// Compares two mentions by their keys and kinds. A place is never a short form of an organization or a person, and two
/// places of similar spelling are two places ("Niger", "Nigeria").
pub fn same_name(left: &Mention, right: &Mention) -> NameMatch {
    let grade = compare_names(&left.key, &right.key);
    let is_place = |mention: &Mention| matches!(mention.kind, MentionKind::Place | MentionKind::Nationality);
    let known = |mention: &Mention| mention.kind != MentionKind::Other;
    match grade {
        NameMatch::Near if is_place(left) || is_place(right) => NameMatch::Different,
        NameMatch::Compatible | NameMatch::Near if known(left) && known(right) && is_place(left) != is_place(right) => {
            NameMatch::Different
        }
        NameMatch::Compatible
            if matches!(
                (left.kind, right.kind),
                (MentionKind::Person, MentionKind::Organization) | (MentionKind::Organization, MentionKind::Person)
            ) =>
        {
            NameMatch::Different
        }
        other => other,
    }
}

/// Compares two canonical keys.
pub fn compare_names(left_key: &str, right_key: &str) -> NameMatch {
    if left_key == right_key {
        return NameMatch::Same;
    }
    if begin_apart(left_key, right_key) { NameMatch::Different } else { compare_words(left_key, right_key) }
}

/// Compares two keys that are not the same, word by word.
fn compare_words(left_key: &str, right_key: &str) -> NameMatch {
    let left: Vec<&str> = left_key.split(' ').filter(|word| !word.is_empty()).collect();
    let right: Vec<&str> = right_key.split(' ').filter(|word| !word.is_empty()).collect();
    if left.is_empty() || right.is_empty() {
        return NameMatch::Different;
    }
    if left.concat() == right.concat() {
        return NameMatch::Same;
    }
    let qualifiers = |words: &[&str]| words.iter().filter(|word| QUALIFIERS.contains(word)).count();
    let shared_qualifiers = left.iter().filter(|word| QUALIFIERS.contains(word) && right.contains(word)).count();
    let (short, long) = if left.len() <= right.len() { (&left, &right) } else { (&right, &left) };
    if is_acronym_of(short, long) {
        return NameMatch::Compatible;
    }
    if qualifiers(&left) != shared_qualifiers || qualifiers(&right) != shared_qualifiers {
        return NameMatch::Different;
    }
    if is_part_of(short, long) {
        return NameMatch::Compatible;
    }
    if short.len() == long.len() && short.iter().zip(long.iter()).all(|(a, b)| near_words(a, b)) {
        return NameMatch::Near;
    }
    NameMatch::Different
}

/// True where no word of the one key begins as a word of the other does. Whatever makes two names one leaves such a word in each, and
/// most pairs have none.
pub fn begin_apart(left_key: &str, right_key: &str) -> bool {
    first_letters(left_key) & first_letters(right_key) == 0
}

/// What the words of a key begin with, apart by spaces or hyphens, and their first letters, as bits; several characters share one.
fn first_letters(key: &str) -> u64 {
    let (mut all, mut begins, mut before_letters) = (0, true, true);
    for character in key.chars() {
        let is_letter = character.is_alphanumeric();
        if character != ' ' && (begins || before_letters && is_letter) {
            all |= 1_u64 << (u32::from(character) % u64::BITS);
        }
        begins = matches!(character, ' ' | '-');
        before_letters = begins || before_letters && !is_letter;
    }
    all
}

/// True where the single word `short` is made of the first letters of `long`.
fn is_acronym_of(short: &[&str], long: &[&str]) -> bool {
    let [acronym] = short else { return false };
    if long.len() < 2 || acronym.chars().count() < 2 {
        return false;
    }
    let firsts = |skip: bool| {
        long.iter()
            .filter(move |word| !(skip && SKIPPED_IN_ACRONYMS.contains(word)))
            .filter_map(|word| word.chars().next())
    };
    firsts(true).eq(acronym.chars()) || firsts(false).eq(acronym.chars())
}

/// True where `short` is `long` with words left out or cut to their first letter. A single word must be the first or last
/// of the longer name, and the last words must agree where both names have two or more: "john smith" is no part of
/// "john smith ministry".
fn is_part_of(short: &[&str], long: &[&str]) -> bool {
    let fits = |a: &str, b: &str| a == b || is_initial_of(a, b) || is_initial_of(b, a);
    if let [only] = short {
        return only.chars().count() > 1 && long.len() > 1 && (long.first() == Some(only) || long.last() == Some(only));
    }
    let same_end = short.last() == long.last();
    let same_start = short.first() == long.first();
    if !(same_end || (same_start && long.len() > short.len())) {
        return false;
    }
    if short.len() == long.len() && short.iter().zip(long).all(|(a, b)| a != b) {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| fits(word, other)))
}

/// True where `letter` is the first letter of `word`.
fn is_initial_of(letter: &str, word: &str) -> bool {
    letter.chars().count() == 1 && word.starts_with(letter)
}

/// True where two words are the same or spellings of one: close, beginning with the same letter, and of three letters or more.
fn near_words(a: &str, b: &str) -> bool {
    let long_enough = |word: &str| word.chars().count() >= 3;
    a == b
        || long_enough(a)
            && long_enough(b)
            && a.chars().next() == b.chars().next()
            && strsim::jaro_winkler(a, b) >= NEAR_SPELLING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_that_begin_apart_are_different(
            left in "[a-d&'.-]{0,4}( [a-d&'.-]{1,3}){0,3}",
            right in "[a-d&'.-]{0,4}( [a-d&'.-]{1,3}){0,3}",
        ) {
            if left != right && begin_apart(&left, &right) {
                prop_assert_eq!(compare_words(&left, &right), NameMatch::Different);
            }
        }
    }

    #[test]
    fn a_surname_and_a_full_name_are_compatible() {
        assert_eq!(compare_names("smith", "john smith"), NameMatch::Compatible);
        assert_eq!(compare_names("john smith", "john q smith"), NameMatch::Compatible);
        assert_eq!(compare_names("j smith", "john smith"), NameMatch::Compatible);
        assert_eq!(compare_names("harlan freight", "harlan freight corp"), NameMatch::Compatible);
    }

    #[test]
    fn an_acronym_is_compatible_with_its_words() {
        assert_eq!(compare_names("nha", "national harbor agency"), NameMatch::Compatible);
        assert_eq!(compare_names("moh", "ministry of health"), NameMatch::Compatible);
        assert_eq!(compare_names("mh", "ministry of health"), NameMatch::Compatible);
        assert_eq!(compare_names("nhb", "national harbor agency"), NameMatch::Different);
    }

    #[test]
    fn spellings_are_near_and_different_people_are_not() {
        assert_eq!(compare_names("jon smith", "john smith"), NameMatch::Near);
        assert_eq!(compare_names("john smith", "mary smith"), NameMatch::Different);
        assert_eq!(compare_names("mark smith", "mary smith"), NameMatch::Different);
        assert_eq!(compare_names("john smith", "john brown"), NameMatch::Different);
        assert_eq!(compare_names("jon smith", "jon smythe"), NameMatch::Different);
    }

    #[test]
    fn points_of_the_compass_tell_places_apart() {
        assert_eq!(compare_names("south korea", "north korea"), NameMatch::Different);
        assert_eq!(compare_names("sudan", "south sudan"), NameMatch::Different);
        assert_eq!(compare_names("york", "new york"), NameMatch::Different);
    }

    #[test]
    fn kinds_keep_a_place_apart_from_what_is_named_after_it() {
        let mention = |kind, key: &str| Mention { span: Span::new(0, 1), kind, key: key.to_owned() };
        let town = mention(MentionKind::Place, "harlan");
        let ministry = mention(MentionKind::Organization, "harlan ministry");
        assert_eq!(same_name(&town, &ministry), NameMatch::Different);
        let niger = mention(MentionKind::Place, "niger");
        let nigeria = mention(MentionKind::Nationality, "nigeria");
        assert_eq!(same_name(&niger, &nigeria), NameMatch::Different);
        assert_eq!(same_name(&niger, &mention(MentionKind::Nationality, "niger")), NameMatch::Same);
    }

    #[test]
    fn empty_keys_match_nothing_but_themselves() {
        assert_eq!(compare_names("", ""), NameMatch::Same);
        assert_eq!(compare_names("", "smith"), NameMatch::Different);
        assert_eq!(compare_names(" ", "smith"), NameMatch::Different);
    }
}
