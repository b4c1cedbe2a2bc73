//! Blocking keys besides the index over stems: what two claims can share without sharing a rare word.

use crate::model::{Candidate, KeySet, NormalClaim, QuantityKind, SourceId, content_hash};

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
    Key {
        name: "meaning",
        summary: "claims of one story that say nearly the same in other words",
        take: |_| Vec::new(),
    },
    Key {
        name: "reading",
        summary: "claims of one story that contradict each other for a reader of both",
        take: |_| Vec::new(),
    },
];

/// The place in [`KEYS`] of the key that takes nothing from a claim's words: what is near in meaning is found by whoever has
/// the vectors.
pub const MEANING_KEY: usize = 4;

/// The same of what a reader of both found.
pub const READING_KEY: usize = 5;

/// What one key takes from one claim, in the order in which equal ones stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    value: u64,
    key: u8,
    claim: u32,
}

/// What a key takes from a claim: a hash, and the key's place in [`KEYS`].
pub type Taken = (u64, u8);

/// What all keys take from the claim, each once.
pub fn taken(claim: &NormalClaim) -> Vec<Taken> {
    let keys = KEYS.iter().zip(0_u8..);
    let mut found: Vec<Taken> =
        keys.flat_map(|(key, number)| (key.take)(claim).into_iter().map(move |value| (value, number))).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// True where so many claims share what a key takes that it brings none of them together.
pub fn is_crowded(sharing: usize) -> bool {
    sharing > MOST_SHARING
}

/// What all keys take from the claim at `index`; to be sorted before [`key_pairs`].
pub fn entries(index: u32, claim: &NormalClaim) -> Vec<Entry> {
    taken(claim).into_iter().map(|(value, key)| Entry { value, key, claim: index }).collect()
}

/// The candidates of all keys but the first, among the sorted `entries`. `source` gives the outlet of each claim.
pub fn key_pairs(entries: &[Entry], source: impl Fn(u32) -> SourceId) -> Vec<Candidate> {
    let mut found = Vec::new();
    for sharing in entries.chunk_by(|one, two| one.value == two.value && one.key == two.key) {
        if is_crowded(sharing.len()) {
            continue;
        }
        for (at, one) in sharing.iter().enumerate() {
            for two in &sharing[at + 1..] {
                if source(one.claim) != source(two.claim) {
                    let keys = KeySet::default().with(usize::from(one.key));
                    found.push(Candidate { left: one.claim.min(two.claim), right: one.claim.max(two.claim), keys });
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
