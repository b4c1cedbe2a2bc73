//! Which words of one claim stand for which words of another.
//!
//! What comes in: two prepared claims. What goes out: an [`Alignment`]. Names stand only for names of the same person,
//! body or place; words stand for words of one stem or of nearly one spelling. It knows no synonyms.

use super::prepared::{Prepared, Unit};
use crate::model::{Alignment, TermPair};
use crate::text::names::{NameMatch, compare_names};

/// Spellings at least this alike (Jaro-Winkler) stand for each other; below, "minister" would stand for "ministry".
const NEAR_SPELLING: f64 = 0.93;

/// Words shorter than this are too short for a likeness of spelling to mean anything.
const SHORTEST_NEAR: usize = 6;

/// Aligns the words and names of two claims, the strongest pairs first, at equal strength the pairs in like order.
pub(super) fn align(left: &Prepared<'_>, right: &Prepared<'_>) -> Alignment {
    let mut partner_of_left: Vec<Option<(usize, f64)>> = vec![None; left.units.len()];
    let mut taken_right = vec![false; right.units.len()];
    // Equal stems and names first: they must not lose their partner to a likeness of spelling.
    for pass in [Pass::Equal, Pass::Near] {
        for (i, unit) in left.units.iter().enumerate() {
            if partner_of_left[i].is_some() {
                continue;
            }
            let mut best: Option<(usize, f64)> = None;
            for (j, other) in right.units.iter().enumerate() {
                if taken_right[j] {
                    continue;
                }
                let strength = match pass {
                    Pass::Equal => f64::from(u8::from(unit.key == other.key)),
                    Pass::Near => near(left, unit, right, other),
                };
                if strength > best.map_or(0.0, |(_, found)| found) {
                    best = Some((j, strength));
                }
            }
            if let Some((j, strength)) = best {
                partner_of_left[i] = Some((j, strength));
                taken_right[j] = true;
            }
        }
    }
    let mut alignment = Alignment::default();
    let (mut left_found, mut right_found) = (0.0, 0.0);
    for (unit, partner) in left.units.iter().zip(&partner_of_left) {
        match partner {
            Some((j, strength)) => {
                left_found += unit.weight * strength;
                right_found += right.units[*j].weight * strength;
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
    for (unit, _) in right.units.iter().zip(&taken_right).filter(|(_, taken)| !**taken) {
        alignment.right_only.extend(words(unit));
    }
    alignment.pairs.sort_by_key(|pair| (pair.left, pair.right));
    alignment.shared_weight = (left_found + right_found) / 2.0;
    alignment.left_coverage = if left.mass > 0.0 { (left_found / left.mass).min(1.0) } else { 0.0 };
    alignment.right_coverage = if right.mass > 0.0 { (right_found / right.mass).min(1.0) } else { 0.0 };
    alignment
}

/// The two passes of [`align`].
#[derive(Clone, Copy)]
enum Pass {
    Equal,
    Near,
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
            match compare_names(one, two) {
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
            let (one, two) = (&left_form.terms[unit.term as usize].word, &right_form.terms[other.term as usize].word);
            near_spelling(one, two)
        }
    }
}

/// A name that the one claim's reader did not know for a name may still be written the same.
fn word_of_name(key: &str, word: &str) -> f64 {
    if key.split_whitespace().any(|part| part == word) { 0.9 } else { 0.0 }
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
    let likeness = strsim::jaro_winkler(one, two);
    if likeness >= NEAR_SPELLING { likeness * 0.9 } else { 0.0 }
}
