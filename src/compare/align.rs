//! Which words of one claim stand for which words of another.
//!
//! What comes in: two prepared claims. What goes out: an [`Alignment`]. Names stand only for names of the same person,
//! body or place; words stand for words of one stem, of nearly one spelling, or related in
//! meaning (`lexicon::related`), unless one of the two is negated. It does not ask which meaning a word has in its sentence.

use super::prepared::{Prepared, Unit};
use crate::lexicon::related;
use crate::model::{Alignment, TermPair};
use crate::text::names::{NameMatch, compare_names};

/// Spellings at least this alike (Jaro-Winkler) stand for each other; below, "minister" would stand for "ministry".
const NEAR_SPELLING: f64 = 0.93;

/// Words shorter than this are too short for a likeness of spelling to mean anything.
const SHORTEST_NEAR: usize = 6;

/// A relation of meaning counts this share of its strength: which meaning a word has in its sentence is not known.
const MEANING_SHARE: f64 = 0.9;

/// Aligns the words and names of two claims, the strongest pairs first, at equal strength the pairs in like order. The
/// claims exchanged give the same pairs exchanged.
pub(super) fn align(left: &Prepared<'_>, right: &Prepared<'_>) -> Alignment {
    let (lefts, rights) = (left.units(), right.units());
    let mut partners = Partners { of_left: vec![None; lefts.len()], of_right: vec![None; rights.len()] };
    // Equal stems and names first: they must not lose their partner to a likeness of spelling or of meaning.
    for (i, unit) in lefts.iter().enumerate() {
        let equal = (0..rights.len()).find(|&j| partners.of_right[j].is_none() && unit.key == rights[j].key);
        if let Some(j) = equal {
            partners.join(i, j, 1.0);
        }
    }
    let mut near_pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, unit) in lefts.iter().enumerate().filter(|(i, _)| partners.of_left[*i].is_none()) {
        for (j, other) in rights.iter().enumerate().filter(|(j, _)| partners.of_right[*j].is_none()) {
            let strength = near(left, unit, right, other);
            if strength > 0.0 {
                near_pairs.push((strength, i, j));
            }
        }
    }
    strongest_first(&mut near_pairs);
    for (strength, i, j) in near_pairs {
        if partners.of_left[i].is_none() && partners.of_right[j].is_none() {
            partners.join(i, j, strength);
        }
    }
    alignment_of(left, right, &partners)
}

/// For each word or name of two claims its partner and how far the two stand for each other.
struct Partners {
    of_left: Vec<Option<(usize, f64)>>,
    of_right: Vec<Option<(usize, f64)>>,
}

impl Partners {
    fn join(&mut self, left: usize, right: usize, strength: f64) {
        self.of_left[left] = Some((right, strength));
        self.of_right[right] = Some((left, strength));
    }
}

/// How much the words of a claim that have a partner weigh, each as far as the two stand for each other.
fn found(claim: &Prepared<'_>, partners: &[Option<(usize, f64)>]) -> f64 {
    let shared = claim.units().iter().zip(partners);
    shared.filter_map(|(unit, partner)| partner.map(|(_, strength)| unit.weight * strength)).sum()
}

/// Writes partners down as words.
fn alignment_of(left: &Prepared<'_>, right: &Prepared<'_>, partners: &Partners) -> Alignment {
    let mut alignment = Alignment::default();
    for (unit, partner) in left.units().iter().zip(&partners.of_left) {
        match partner {
            Some((j, strength)) => {
                // The words of a name are paired from its end: "Ana Ruiz" and "Ruiz" share the surname.
                let other = &right.units()[*j];
                for back in 0..unit.words.min(other.words) {
                    let pair = TermPair { left: unit.term - back, right: other.term - back, strength: *strength };
                    alignment.pairs.push(pair);
                }
            }
            None => alignment.left_only.extend(words(unit)),
        }
    }
    for (unit, _) in right.units().iter().zip(&partners.of_right).filter(|(_, partner)| partner.is_none()) {
        alignment.right_only.extend(words(unit));
    }
    alignment.pairs.sort_by_key(|pair| (pair.left, pair.right));
    let (left_found, right_found) = (found(left, &partners.of_left), found(right, &partners.of_right));
    alignment.shared_weight = (left_found + right_found) / 2.0;
    alignment.left_coverage = if left.mass() > 0.0 { (left_found / left.mass()).min(1.0) } else { 0.0 };
    alignment.right_coverage = if right.mass() > 0.0 { (right_found / right.mass()).min(1.0) } else { 0.0 };
    alignment
}

/// Puts pairs of a left and a right place in the order in which they are chosen: by strength, then those in like places,
/// then the earlier ones. The order of the sides has no say: two pairs that still tie share no place.
pub(super) fn strongest_first(pairs: &mut [(f64, usize, usize)]) {
    pairs.sort_by(|one, two| {
        let places = |pair: &(f64, usize, usize)| (pair.1.abs_diff(pair.2), pair.1 + pair.2);
        two.0.total_cmp(&one.0).then_with(|| places(one).cmp(&places(two)))
    });
}

/// The indexes of a unit's words.
fn words(unit: &Unit) -> std::ops::RangeInclusive<u32> {
    unit.term + 1 - unit.words..=unit.term
}

/// How far two words or names of different keys stand for each other, 0 to 1.
fn near(left: &Prepared<'_>, unit: &Unit, right: &Prepared<'_>, other: &Unit) -> f64 {
    let (left_form, right_form) = (&left.claim.form, &right.claim.form);
    match (unit.mention, other.mention) {
        (Some(i), Some(j)) => {
            let (one, two) = (&left_form.entities[i as usize].key, &right_form.entities[j as usize].key);
            // In one order, whichever claim stands left.
            match compare_names(one.min(two), one.max(two)) {
                NameMatch::Same => 1.0,
                NameMatch::Compatible => 0.95,
                NameMatch::Near => 0.85,
                NameMatch::Different => 0.0,
            }
        }
        (Some(i), None) => {
            word_of_name(&left_form.entities[i as usize].key, &right_form.terms[other.term as usize].word)
        }
        (None, Some(j)) => {
            word_of_name(&right_form.entities[j as usize].key, &left_form.terms[unit.term as usize].word)
        }
        (None, None) => {
            let (one, two) = (&left_form.terms[unit.term as usize], &right_form.terms[other.term as usize]);
            near_spelling(&one.word, &two.word).max(if one.negated == two.negated { meaning(unit, other) } else { 0.0 })
        }
    }
}

/// A name that the one claim's reader did not know for a name may still be written the same.
fn word_of_name(key: &str, word: &str) -> f64 {
    // The words of a key stand apart by single spaces.
    let holds = word.len() <= key.len() && key.split(' ').any(|part| part == word);
    if holds && !word.is_empty() { 0.9 } else { 0.0 }
}

/// How closely two words are related in meaning, as far as a relation lets one stand for the other.
fn meaning(unit: &Unit, other: &Unit) -> f64 {
    let (Some(one), Some(two)) = (unit.related, other.related) else { return 0.0 };
    related::between(one, two).map_or(0.0, |relation| relation * MEANING_SHARE)
}

/// How alike two words are spelled, 0 where not alike enough. Words with digits are alike only when equal.
fn near_spelling(one: &str, two: &str) -> f64 {
    if one.len() < SHORTEST_NEAR || two.len() < SHORTEST_NEAR || one.len().abs_diff(two.len()) > 3 {
        return 0.0;
    }
    // Alike spellings begin alike; this spares most of the comparisons.
    if one.as_bytes()[..2] != two.as_bytes()[..2] || one.bytes().chain(two.bytes()).any(|byte| byte.is_ascii_digit()) {
        return 0.0;
    }
    let likeness = strsim::jaro_winkler(one.min(two), one.max(two));
    if likeness >= NEAR_SPELLING { likeness * 0.9 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::prepared::prepare;
    use super::*;
    use crate::lexicon::background::Rarity;
    use crate::model::{
        Claim, ClaimId, ClaimKind, CorpusStats, DocumentId, NormalClaim, NormalForm, Place, SourceId, Span, Term,
        TermRole,
    };
    use crate::text::stems::stem;
    use proptest::prelude::*;

    /// A claim of content words; "!" before a word stands for a negation over it, "=" makes it part of a name.
    fn claim(words: &str) -> NormalClaim {
        let term = |(at, word): (usize, &str)| Term {
            span: Span::new(at * 10, at * 10 + 9),
            word: word.trim_start_matches(['!', '=']).into(),
            stem: stem(word.trim_start_matches(['!', '='])),
            role: if word.starts_with('=') { TermRole::Name } else { TermRole::Content },
            negated: word.starts_with('!'),
        };
        let whole = Span::new(0, words.split_whitespace().count() * 10);
        let claim = Claim {
            id: ClaimId(0),
            given_id: None,
            document: DocumentId(0),
            source: SourceId(0),
            span: whole,
            sentence: whole,
            context: words.into(),
            place: Place { line: 1, column: 1 },
            place_end: None,
            kind: ClaimKind::Given,
            subject: None,
            predicate: None,
            circumstances: Vec::new(),
            attribution: None,
            quotes: Vec::new(),
        };
        let form =
            NormalForm { terms: words.split_whitespace().enumerate().map(term).collect(), ..NormalForm::default() };
        NormalClaim::new(claim, form, Vec::new())
    }

    /// The alignment of two claims.
    fn aligned(left: &str, right: &str) -> Alignment {
        let (stats, left, right) = (CorpusStats::default(), claim(left), claim(right));
        let rarity = Rarity::of(&stats);
        align(&prepare(&left, rarity), &prepare(&right, rarity))
    }

    /// The aligned words, as written.
    fn partners<'a>(left: &'a str, right: &'a str) -> Vec<(&'a str, &'a str)> {
        let (one, two): (Vec<_>, Vec<_>) = (left.split(' ').collect(), right.split(' ').collect());
        aligned(left, right).pairs.iter().map(|pair| (one[pair.left as usize], two[pair.right as usize])).collect()
    }

    #[test]
    fn words_of_one_meaning_are_partners_and_count_less_than_equal_words() {
        let found = partners("brewer purchased orchard", "brewer bought orchard");
        assert_eq!(found, [("brewer", "brewer"), ("purchased", "bought"), ("orchard", "orchard")]);
        let strengths: Vec<f64> =
            aligned("brewer purchased", "brewer bought").pairs.iter().map(|pair| pair.strength).collect();
        assert!(strengths[0] == 1.0 && strengths[1] < 1.0, "{strengths:?}");
    }

    #[test]
    fn an_equal_word_is_preferred_to_a_related_one() {
        assert_eq!(partners("talks negotiations", "negotiations"), [("negotiations", "negotiations")]);
    }

    #[test]
    fn opposites_days_and_names_are_no_partners() {
        for (left, right) in [
            ("rose", "fell"),
            ("monday", "tuesday"),
            ("doctor", "nurse"),
            ("=purchased", "bought"),
            ("!bought", "purchased"),
        ] {
            assert_eq!(partners(left, right), [], "{left} {right}");
        }
    }

    const WORDS: &[&str] = &[
        "talks",
        "negotiations",
        "discussion",
        "met",
        "meeting",
        "attack",
        "assault",
        "raid",
        "strike",
        "struck",
        "walkout",
        "!attack",
        "=raid",
        "minister",
        "ministers",
        "ministry",
        "buy",
        "bought",
        "purchase",
        "deal",
        "agreement",
        "accord",
    ];

    proptest! {
        #[test]
        fn claims_exchanged_give_the_same_pairs_exchanged(
            left in prop::collection::vec(prop::sample::select(WORDS), 0..9),
            right in prop::collection::vec(prop::sample::select(WORDS), 0..9),
        ) {
            let (left, right) = (left.join(" "), right.join(" "));
            let (there, back) = (aligned(&left, &right), aligned(&right, &left));
            let mut exchanged: Vec<_> = back.pairs.iter().map(|pair| (pair.right, pair.left, pair.strength)).collect();
            exchanged.sort_by_key(|pair| (pair.0, pair.1));
            let pairs: Vec<_> = there.pairs.iter().map(|pair| (pair.left, pair.right, pair.strength)).collect();
            prop_assert_eq!(pairs, exchanged);
            prop_assert_eq!(&there.left_only, &back.right_only);
            prop_assert_eq!(there.left_coverage, back.right_coverage);
            prop_assert_eq!(there.shared_weight, back.shared_weight);
        }
    }
}
