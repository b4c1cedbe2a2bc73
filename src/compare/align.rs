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
    let mut partners = Partners { of_left: vec![None; left.units.len()], of_right: vec![None; right.units.len()] };
    // Equal stems and names first: they must not lose their partner to a likeness of spelling or of meaning.
    for (i, unit) in left.units.iter().enumerate() {
        let equal = (0..right.units.len()).find(|&j| partners.of_right[j].is_none() && unit.key == right.units[j].key);
        if let Some(j) = equal {
            partners.join(i, j, 1.0);
        }
    }
    let mut near_pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, unit) in left.units.iter().enumerate().filter(|(i, _)| partners.of_left[*i].is_none()) {
        for (j, other) in right.units.iter().enumerate().filter(|(j, _)| partners.of_right[*j].is_none()) {
            let strength = near(left, unit, right, other);
            if strength > 0.0 {
                near_pairs.push((strength, i, j));
            }
        }
    }
    // Two pairs equal in all three have no word in common, so their order makes no difference.
    near_pairs.sort_by(|(one, i, j), (other, k, l)| {
        other.total_cmp(one).then((i + j).cmp(&(k + l))).then(i.abs_diff(*j).cmp(&k.abs_diff(*l)))
    });
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

/// The share of a claim's content that has a partner.
fn coverage(claim: &Prepared<'_>, partners: &[Option<(usize, f64)>]) -> f64 {
    let found: f64 = claim
        .units
        .iter()
        .zip(partners)
        .filter_map(|(unit, partner)| partner.map(|(_, strength)| unit.weight * strength))
        .sum();
    if claim.mass > 0.0 { (found / claim.mass).min(1.0) } else { 0.0 }
}

/// Writes partners down as words.
fn alignment_of(left: &Prepared<'_>, right: &Prepared<'_>, partners: &Partners) -> Alignment {
    let mut alignment = Alignment::default();
    for (unit, partner) in left.units.iter().zip(&partners.of_left) {
        match partner {
            Some((j, strength)) => {
                // The words of a name are paired from its end: "Ana Ruiz" and "Ruiz" share the surname.
                let other = &right.units[*j];
                for back in 0..unit.words.min(other.words) {
                    let pair = TermPair { left: unit.term - back, right: other.term - back, strength: *strength };
                    alignment.pairs.push(pair);
                }
            }
            None => alignment.left_only.extend(words(unit)),
        }
    }
    for (unit, _) in right.units.iter().zip(&partners.of_right).filter(|(_, partner)| partner.is_none()) {
        alignment.right_only.extend(words(unit));
    }
    alignment.pairs.sort_by_key(|pair| (pair.left, pair.right));
    alignment.left_coverage = coverage(left, &partners.of_left);
    alignment.right_coverage = coverage(right, &partners.of_right);
    alignment
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
    if key.split_whitespace().any(|part| part == word) { 0.9 } else { 0.0 }
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
