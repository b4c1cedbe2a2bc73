//! A claim made ready for many comparisons: its words and names as weighted vectors, computed once.
//!
//! What comes in: a normal form and the rarity of words. What goes out: [`Prepared`]. Numbers and times take part in the
//! vectors as words, but never in coverage: their values are judged by comparators of their own.

use super::deeds::{self, Deed};
use crate::lexicon::background::Rarity;
use crate::lexicon::identifiers::{Identifier, identifiers};
use crate::lexicon::related::{self, RelatedId};
use crate::model::{NormalClaim, Quantity, QuantityKind, Span, Term, TermRole, content_hash};
use crate::text::stems::stem;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// Words that only tell who said it count this share of their weight, so that a statement told with and without its
/// speaker is still the same statement.
const ATTRIBUTION_SHARE: f64 = 0.4;

/// So do the words of a subject carried over from an earlier clause: they say whom the claim is about, and every clause of
/// the sentence has them.
const CARRIED_SHARE: f64 = 0.4;

/// The shortest and longest character sequences taken from a word.
const GRAM_LENGTHS: [usize; 2] = [3, 4];

/// A claim with its vectors. All vectors are sorted by their first member and have unit length. What only a look at another claim
/// asks for is made when it is first asked for: most claims of a large corpus are never looked at beside another.
#[derive(Debug, Clone)]
pub struct Prepared<'a> {
    /// The claim.
    pub claim: &'a NormalClaim,
    /// Stems and words of canonical names, by hash, with TF-IDF weights.
    pub stems: Vec<(u64, f32)>,
    /// Length of `stems` before it was scaled.
    pub norm: f32,
    pub(super) rarity: Rarity<'a>,
    grams: OnceLock<Vec<(u32, f32)>>,
    coverage: OnceLock<Box<Coverage>>,
    may_have_backdrop: OnceLock<bool>,
    told: OnceLock<Box<Told>>,
}

/// What coverage is measured over.
#[derive(Debug, Clone)]
struct Coverage {
    units: Vec<Unit>,
    mass: f64,
    names: Vec<u32>,
}

/// What grammar says of a claim.
#[derive(Debug, Clone)]
struct Told {
    deeds: Vec<Deed>,
    backdrop: Vec<Span>,
    described: Vec<Span>,
    identifiers: Vec<Identifier>,
}

impl Prepared<'_> {
    /// Character sequences inside words, by hash, weighted by the rarity of their words.
    pub fn grams(&self) -> &[(u32, f32)] {
        self.grams.get_or_init(|| grams(self.claim, self.rarity))
    }

    /// What coverage is measured over: words and names, in order of their place.
    pub fn units(&self) -> &[Unit] {
        &self.coverage().units
    }

    /// Sum of the weights of the units.
    pub fn mass(&self) -> f64 {
        self.coverage().mass
    }

    /// The names, each once, without those that only tell who said it, as indexes into `form.entities`.
    pub fn names(&self) -> &[u32] {
        &self.coverage().names
    }

    /// Who did what, in the order of the frames.
    pub fn deeds(&self) -> &[Deed] {
        &self.told().deeds
    }

    /// What only tells who somebody is.
    pub fn described(&self) -> &[Span] {
        &self.told().described
    }

    /// What only tells when they are done.
    pub fn backdrop(&self) -> &[Span] {
        if *self.may_have_backdrop.get_or_init(|| deeds::may_have_backdrop(self.claim)) {
            &self.told().backdrop
        } else {
            &[]
        }
    }

    /// The numbered things.
    pub fn identifiers(&self) -> &[Identifier] {
        // Grammar is not asked where there are none.
        let numbered = |quantity: &Quantity| quantity.kind == QuantityKind::Identifier;
        if self.claim.form.quantities.iter().any(numbered) { &self.told().identifiers } else { &[] }
    }

    fn coverage(&self) -> &Coverage {
        self.coverage.get_or_init(|| {
            let mut units = units(self.claim, self.rarity);
            units.shrink_to_fit();
            let mass = units.iter().map(|unit| unit.weight).sum();
            Box::new(Coverage { units, mass, names: distinct_names(self.claim) })
        })
    }

    fn told(&self) -> &Told {
        let claim = self.claim;
        let told = || Told {
            deeds: deeds::deeds(claim),
            backdrop: deeds::backdrop(claim),
            described: deeds::described(claim),
            identifiers: identifiers(claim),
        };
        self.told.get_or_init(|| Box::new(told()))
    }
}

/// A word or a name that can have a partner in another claim.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Index of the word in `form.terms`; of the last word of a name.
    pub term: u32,
    /// Number of words.
    pub words: u32,
    /// Index of the name in `form.entities`, if it is one.
    pub mention: Option<u32>,
    /// Hash of the stem, or of the canonical name.
    pub key: u64,
    /// How much it weighs.
    pub weight: f64,
    /// The word's entry in the table of related words. Names have none: a name means nobody but its bearer.
    pub related: Option<RelatedId>,
}

/// How much of its weight a word counts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Share {
    /// All of it.
    Own,
    /// That of a word which only tells who said it.
    Attribution,
    /// That of a word carried over from an earlier clause.
    Carried,
}

impl Share {
    /// That of a word of the claim; nothing for one that counts nowhere.
    fn of(claim: &NormalClaim, term: &Term) -> Option<Self> {
        match term.role {
            TermRole::Function => None,
            TermRole::Attribution => Some(Self::Attribution),
            _ if !claim.claim.states(term.span) => Some(Self::Carried),
            _ => Some(Self::Own),
        }
    }

    /// The share, in [0, 1].
    pub fn value(self) -> f64 {
        match self {
            Self::Own => 1.0,
            Self::Attribution => ATTRIBUTION_SHARE,
            Self::Carried => CARRIED_SHARE,
        }
    }
}

/// The stems and words of canonical names that [`prepare`] makes the vector of a claim of, each once with the largest of its shares, in
/// the order of the vector: by their hashes, which come first.
pub fn told_stems(claim: &NormalClaim) -> Vec<(u64, String, Share)> {
    let form = &claim.form;
    let mut told: Vec<(u64, String, Share)> = Vec::new();
    let mut add = |stem: String, share| told.push((stem_id(&stem), stem, share));
    let mut mentions_seen = vec![false; form.entities.len()];
    for term in &form.terms {
        let Some(share) = Share::of(claim, term) else { continue };
        match form.entities.iter().position(|mention| mention.span.contains(term.span)) {
            Some(at) if !std::mem::replace(&mut mentions_seen[at], true) => {
                form.entities[at].key.split_whitespace().for_each(|word| add(stem(word).into(), share));
            }
            Some(_) => {}
            None => add(term.stem.to_string(), share),
        }
    }
    told.sort_by(|one, two| one.0.cmp(&two.0).then(two.2.value().total_cmp(&one.2.value())));
    told.dedup_by_key(|(id, ..)| *id);
    told
}

/// Hash of a stem.
pub(super) fn stem_id(stem: &str) -> u64 {
    content_hash([stem])
}

/// Makes a claim ready.
pub fn prepare<'a>(claim: &'a NormalClaim, rarity: Rarity<'a>) -> Prepared<'a> {
    let mut stems: Vec<(u64, f64)> = Vec::with_capacity(claim.form.terms.len());
    for told in told_terms(claim) {
        match told.mention {
            None => stems.push((stem_id(&told.term.stem), rarity.weight(&told.term.stem) * told.share)),
            Some(at) if told.is_first => {
                for word in claim.form.entities[at].key.split_whitespace() {
                    let stem = stem(word);
                    stems.push((stem_id(&stem), rarity.weight(&stem) * told.share));
                }
            }
            Some(_) => {}
        }
    }
    let (mut stems, norm) = unit_vector(stems);
    stems.shrink_to_fit();
    Prepared {
        claim,
        stems,
        norm,
        rarity,
        grams: OnceLock::new(),
        coverage: OnceLock::new(),
        may_have_backdrop: OnceLock::new(),
        told: OnceLock::new(),
    }
}

/// A word of a claim that counts.
struct ToldTerm<'a> {
    /// Its place in `form.terms`.
    at: usize,
    term: &'a Term,
    /// How much of its weight it counts with.
    share: f64,
    /// The name it is a part of, as a place in `form.entities`.
    mention: Option<usize>,
    /// Whether it is the first word of that name that counts. A name counts once.
    is_first: bool,
}

/// The words of a claim that count, in their order.
fn told_terms(claim: &NormalClaim) -> impl Iterator<Item = ToldTerm<'_>> {
    let form = &claim.form;
    let mut mentions_seen = vec![false; form.entities.len()];
    form.terms.iter().enumerate().filter_map(move |(at, term)| {
        let share = Share::of(claim, term)?.value();
        let mention = form.entities.iter().position(|mention| mention.span.contains(term.span));
        let is_first = mention.is_some_and(|at| !std::mem::replace(&mut mentions_seen[at], true));
        Some(ToldTerm { at, term, share, mention, is_first })
    })
}

/// The vector of character sequences.
fn grams(claim: &NormalClaim, rarity: Rarity<'_>) -> Vec<(u32, f32)> {
    let mut grams: Vec<(u32, f64)> = Vec::new();
    let mut marked = String::new();
    for told in told_terms(claim) {
        match told.mention {
            None => add_grams(&mut grams, &mut marked, &told.term.word, rarity.weight(&told.term.stem) * told.share),
            Some(at) if told.is_first => {
                for word in claim.form.entities[at].key.split_whitespace() {
                    add_grams(&mut grams, &mut marked, word, rarity.weight(&stem(word)) * told.share);
                }
            }
            Some(_) => {}
        }
    }
    let mut grams = unit_vector(grams).0;
    // It is made in the room of what it is made of, which is twice as large.
    grams.shrink_to_fit();
    grams
}

/// The words and names that can have partners.
fn units(claim: &NormalClaim, rarity: Rarity<'_>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for ToldTerm { at: index, term, share, mention, is_first } in told_terms(claim) {
        let term_index = index as u32;
        match mention {
            Some(at) if is_first => {
                let key = &claim.form.entities[at].key;
                if term.role != TermRole::Attribution && claim.claim.states(term.span) {
                    let weights = key.split_whitespace().map(|word| rarity.weight(&stem(word)) * share);
                    units.push(Unit {
                        term: term_index,
                        words: 1,
                        mention: Some(at as u32),
                        key: content_hash(["name", key]),
                        weight: weights.fold(0.0, f64::max),
                        related: None,
                    });
                }
            }
            Some(at) => {
                if let Some(unit) = units.iter_mut().rev().find(|unit| unit.mention == Some(at as u32)) {
                    unit.term = term_index;
                    unit.words += 1;
                }
            }
            None => {
                if matches!(term.role, TermRole::Content | TermRole::Name) && claim.claim.states(term.span) {
                    let related = match term.role {
                        TermRole::Content => related::entry(&term.stem),
                        _ => None,
                    };
                    let (key, weight) = (stem_id(&term.stem), rarity.weight(&term.stem) * share);
                    units.push(Unit { term: term_index, words: 1, mention: None, key, weight, related });
                }
            }
        }
    }
    units
}

/// The names of a claim, each once, without those that only tell who said it.
fn distinct_names(claim: &NormalClaim) -> Vec<u32> {
    let form = &claim.form;
    let mut names: Vec<u32> = Vec::new();
    for (at, mention) in (0_u32..).zip(&form.entities) {
        let only_speaker =
            form.terms.iter().any(|term| term.role == TermRole::Attribution && mention.span.contains(term.span));
        if !only_speaker && names.iter().all(|&known| form.entities[known as usize].key != mention.key) {
            names.push(at);
        }
    }
    names
}

/// Adds the character sequences of a word, with its ends marked. Together they weigh as much as the word. `marked` is room to write in.
fn add_grams(grams: &mut Vec<(u32, f64)>, marked: &mut String, word: &str, weight: f64) {
    marked.clear();
    marked.push('^');
    marked.push_str(word);
    marked.push('$');
    let letters = if marked.is_ascii() { marked.len() } else { marked.chars().count() };
    let count: usize = GRAM_LENGTHS.iter().map(|&length| (letters + 1).saturating_sub(length)).sum();
    if count == 0 {
        return;
    }
    let each = weight / (count as f64).sqrt();
    // Half of the hash is enough: two of a few hundred sequences of one claim rarely share it.
    let mut add = |sequence: &str| grams.push((content_hash([sequence]) as u32, each));
    for length in GRAM_LENGTHS {
        if letters == marked.len() {
            (length..=letters).for_each(|end| add(&marked[end - length..end]));
        } else {
            let starts = marked.char_indices().map(|(at, _)| at);
            let ends = starts.clone().chain([marked.len()]).skip(length);
            starts.zip(ends).for_each(|(start, end)| add(&marked[start..end]));
        }
    }
}

/// Sorts by key, keeps each key once, and scales to unit length. Gives the length it had too.
fn unit_vector<K: Ord + Copy>(mut entries: Vec<(K, f64)>) -> (Vec<(K, f32)>, f32) {
    entries.sort_by(|left, right| left.0.cmp(&right.0).then(right.1.total_cmp(&left.1)));
    let mut vector: Vec<(K, f64)> = Vec::with_capacity(entries.len());
    for (key, weight) in entries {
        // A word said twice is not twice as telling: only its first, heaviest mention counts.
        if vector.last().is_none_or(|(last, _)| *last != key) {
            vector.push((key, weight));
        }
    }
    let norm = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    if norm == 0.0 {
        return (Vec::new(), 0.0);
    }
    (vector.into_iter().map(|(key, weight)| (key, (weight / norm) as f32)).collect(), norm as f32)
}

/// The cosine of two unit vectors sorted by key, in [0, 1].
pub(super) fn cosine<K: Ord + Copy>(left: &[(K, f32)], right: &[(K, f32)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < left.len() && j < right.len() {
        let ((one, weight), (two, other)) = (left[i], right[j]);
        if one == two {
            sum += f64::from(weight) * f64::from(other);
        }
        // Without a branch on the order: it is as good as random, and a wrong guess costs more than the step.
        i += usize::from(one <= two);
        j += usize::from(two <= one);
    }
    sum.clamp(0.0, 1.0)
}
