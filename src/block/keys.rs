//! Blocking keys besides the index over stems: what two claims can share without sharing a rare word.

use crate::model::{Candidate, KeySet, NormalClaim, QuantityKind, content_hash};

/// A key that more claims share than this brings nothing together: it is a phrase of the trade.
const MOST_SHARING: usize = 60;

/// Number of names of a claim that are paired with each other; a list of twenty names would make 190 keys.
const MOST_NAMES: usize = 6;

/// Number of words of a quotation that make a key.
const QUOTED_WORDS: usize = 5;

/// A blocking key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Kebab-case name.
    pub name: &'static str,
    /// What it brings together.
    pub summary: &'static str,
    /// What it takes from a claim.
    take: fn(&NormalClaim) -> Vec<u64>,
}

/// Every blocking key. The first is the index over stems and takes nothing here.
pub static KEYS: &[Key] = &[
    Key { name: "rare-term", summary: "claims that share rare words", take: |_| Vec::new() },
    Key { name: "entity", summary: "claims that share two names", take: entity },
    Key { name: "quantity", summary: "claims that give one figure for one thing", take: quantity },
    Key { name: "quotation", summary: "claims that quote the same words", take: quotation },
];

/// The candidates of all keys but the first. `source` gives the outlet of each claim.
pub fn key_pairs(claims: &[&NormalClaim]) -> Vec<Candidate> {
    let mut entries: Vec<(u64, u32, usize)> = Vec::new();
    for (index, claim) in (0_u32..).zip(claims) {
        for (number, key) in KEYS.iter().enumerate() {
            entries.extend((key.take)(claim).into_iter().map(|key| (key, index, number)));
        }
    }
    entries.sort_unstable();
    entries.dedup();
    let mut found = Vec::new();
    for sharing in entries.chunk_by(|one, two| one.0 == two.0 && one.2 == two.2) {
        if sharing.len() > MOST_SHARING {
            continue;
        }
        for (at, &(_, left, number)) in sharing.iter().enumerate() {
            for &(_, right, _) in &sharing[at + 1..] {
                if claims[left as usize].claim.source != claims[right as usize].claim.source {
                    found.push(Candidate { left, right, keys: KeySet::default().with(number) });
                }
            }
        }
    }
    found
}

/// Every two names of the claim.
fn entity(claim: &NormalClaim) -> Vec<u64> {
    let mut names: Vec<&str> = claim.form.entities.iter().map(|mention| last_word(&mention.key)).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST_NAMES);
    let mut keys = Vec::new();
    for (at, one) in names.iter().enumerate() {
        for two in &names[at + 1..] {
            keys.push(content_hash(["entity", one, two]));
        }
    }
    keys
}

/// The part of a name that outlets share most: the surname, the last word of a body's name.
fn last_word(key: &str) -> &str {
    key.rsplit(' ').next().unwrap_or(key)
}

/// Every figure with what it counts.
fn quantity(claim: &NormalClaim) -> Vec<u64> {
    let mut keys = Vec::new();
    for quantity in &claim.form.quantities {
        if quantity.kind == QuantityKind::Identifier {
            continue;
        }
        let value = quantity.low.or(quantity.high).map_or_else(String::new, |value| value.to_string());
        let unit = quantity.unit.as_deref().unwrap_or("");
        if quantity.of.is_empty() && !unit.is_empty() {
            keys.push(content_hash(["quantity", &value, unit]));
        }
        keys.extend(quantity.of.iter().map(|of| content_hash(["quantity", &value, unit, of])));
    }
    keys
}

/// Every run of some words inside a quotation.
fn quotation(claim: &NormalClaim) -> Vec<u64> {
    let mut keys = Vec::new();
    for quote in &claim.claim.quotes {
        let words: Vec<&str> =
            claim.form.terms.iter().filter(|term| quote.contains(term.span)).map(|term| term.stem.as_str()).collect();
        keys.extend(words.windows(QUOTED_WORDS).map(|run| content_hash(run.iter().copied())));
    }
    keys
}
