//! Claims → candidates: the keys of `block` over all claims, in parallel.

use super::early::look_onward;
use super::session::Session;
use super::told_alike::Sayings;
use super::{Indexed, Unwatched, Watch, count, handed, on_threads, prepare, sense};
use crate::block::{self, Counts, DocumentIndex, Item, Scratch, StemIndex};
use crate::compare::{self, Prepared, StoryProfiles};
use crate::config::Settings;
use crate::error::Result;
use crate::lexicon::background::Rarity;
use crate::model::{Candidate, Document, DocumentId, NormalClaim, Skipped};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::path::PathBuf;

/// The pairs of claims that share a blocking key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Candidates {
    /// What was read, by path and record.
    pub documents: Vec<Document>,
    /// All claims; the pairs index into them.
    pub claims: Vec<NormalClaim>,
    /// The pairs, by left and right.
    pub pairs: Vec<Candidate>,
    /// The names of the blocking keys, by their bit.
    pub keys: Vec<String>,
    /// Pairs of claims that stand together in the list of a word that the index looked up, once for each such word.
    pub considered: u64,
    /// Of these, what was ruled out before the words of two claims were held against each other: by a bound mostly.
    pub pruned: u64,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// The pairs that would be compared.
///
/// # Errors
///
/// As [`compare`](fn@super::compare).
pub fn candidates(paths: &[PathBuf], settings: &Settings) -> Result<Candidates> {
    let session = Session::open(settings)?;
    let run = look_onward(paths, &session, settings, &Unwatched)?;
    let joined = on_threads(settings, || {
        let stats = count(&run.claims);
        let rarity = Rarity::of(&stats);
        let weights = rarity.weights();
        let prepared = prepare(&run.claims, rarity.knowing(&weights));
        let mut profiles = compare::story_profiles(&prepared);
        let mut joined = join(&prepared, &profiles, settings, &Unwatched);
        keep_likenesses(&mut profiles, &prepared, &joined.pairs);
        sense::sense((&prepared, &Sayings::of(&prepared)), &profiles, &mut joined, &session, settings, &Unwatched);
        joined
    })?;
    session.close();
    Ok(Candidates {
        documents: run.documents,
        claims: run.claims,
        pairs: joined.pairs,
        keys: block::KEYS.iter().map(|key| key.name.to_owned()).collect(),
        considered: joined.counts.considered,
        pruned: joined.counts.pruned,
        skipped: run.skipped,
    })
}

/// A claim as the index sees it. `document` is its number among the documents whose likeness is known, or the largest.
pub(super) fn item<'a>(prepared: &'a Prepared<'_>, document: u32) -> Item<'a> {
    Item { source: prepared.claim.claim.source, document, stems: &prepared.stems, norm: prepared.norm }
}

/// The candidates of all keys, and what the index did.
pub(super) struct Joined {
    pub(super) pairs: Vec<Candidate>,
    pub(super) counts: Counts,
    /// The number of each article.
    pub(super) articles: FxHashMap<DocumentId, u32>,
    /// For each article, by its number, those that seem to tell of the same events.
    pub(super) near: Vec<Vec<u32>>,
    /// Whether the pairs are those of a part of a corpus.
    pub(super) is_part: bool,
}

impl Joined {
    /// The pairs of a part of a corpus, found elsewhere.
    pub(super) fn part(pairs: Vec<Candidate>) -> Self {
        Self { pairs, counts: Counts::default(), articles: FxHashMap::default(), near: Vec::new(), is_part: true }
    }

    /// What the index did, in numbers.
    pub(super) fn indexed(&self) -> Indexed {
        let Counts { considered, pruned } = self.counts;
        Indexed { considered, pruned, candidates: self.pairs.len() as u64 }
    }
}

/// Joins all claims.
pub(super) fn join(
    prepared: &[Prepared<'_>],
    profiles: &StoryProfiles,
    settings: &Settings,
    watch: &dyn Watch,
) -> Joined {
    let bounds = handed::block(settings);
    let articles = profiles.all();
    let number: FxHashMap<DocumentId, u32> = articles.iter().map(|(document, _)| *document).zip(0..).collect();
    let near = near_documents(&articles, bounds.least_likeness - profiles.bonus() as f32);
    let items: Vec<Item<'_>> = prepared
        .par_iter()
        .map(|prepared| {
            let document = number.get(&prepared.claim.claim.document).copied().unwrap_or(u32::MAX);
            item(prepared, document)
        })
        .collect();
    let index = StemIndex::of(&items, &near);
    let parts: Vec<(Vec<Candidate>, Counts)> = (0..index.len() as u32)
        .into_par_iter()
        .with_min_len(LEAST_AT_ONCE)
        .with_max_len(MOST_AT_ONCE)
        .fold(
            || (Scratch::default(), Vec::new(), Counts::default()),
            |(mut scratch, mut found, counts), at| {
                let more = index.candidates(at, &bounds, &mut scratch, &mut found);
                watch.advance(1);
                (scratch, found, counts.and(more))
            },
        )
        .map(|(_, found, counts)| (found, counts))
        .collect();
    let mut counts = Counts::default();
    let mut pairs = Vec::with_capacity(parts.iter().map(|(found, _)| found.len()).sum());
    for (found, more) in parts {
        pairs.extend(found);
        counts = counts.and(more);
    }
    let mut entries: Vec<block::Entry> = prepared
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, prepared)| block::entries(at as u32, prepared.claim))
        .collect();
    entries.par_sort_unstable();
    entries.dedup();
    pairs.extend(block::key_pairs(&entries, |claim| prepared[claim as usize].claim.claim.source));
    pairs.par_sort_unstable();
    Joined { pairs: block::merge(pairs), counts, articles: number, near, is_part: false }
}

/// A thread takes at least this many claims at once, whose candidates it puts into one list.
const LEAST_AT_ONCE: usize = 256;

/// And no more than this many: the first of the claims, which tell the least, have the longest lists before them.
const MOST_AT_ONCE: usize = 4096;

/// For each article those that seem to tell of the same events, ascending.
fn near_documents(articles: &[(DocumentId, &[(u64, f32)])], least: f32) -> Vec<Vec<u32>> {
    let profiles: Vec<&[(u64, f32)]> = articles.iter().map(|(_, profile)| *profile).collect();
    let index = DocumentIndex::of(&profiles);
    let mut near: Vec<Vec<u32>> = (0..articles.len() as u32)
        .into_par_iter()
        .map_init(Scratch::default, |scratch, at| index.near(at, least, scratch))
        .collect();
    for one in 0..near.len() as u32 {
        for at in 0..near[one as usize].len() {
            let two = near[one as usize][at];
            // What is added here is smaller than `two`, and `two` is looked at later: its own list is still the longer part.
            if two > one {
                near[two as usize].push(one);
            }
        }
    }
    for documents in &mut near {
        documents.sort_unstable();
    }
    near
}

/// Keeps how alike those articles are whose claims meet.
pub(super) fn keep_likenesses(profiles: &mut StoryProfiles, prepared: &[Prepared<'_>], candidates: &[Candidate]) {
    let document = |claim: u32| prepared[claim as usize].claim.claim.document;
    let mut pairs: Vec<(DocumentId, DocumentId)> = candidates
        .par_iter()
        .map(|pair| (document(pair.left), document(pair.right)))
        .filter(|&(one, two)| profiles.has(one) && profiles.has(two) && !profiles.knows(one, two))
        .map(|(one, two)| (one.min(two), one.max(two)))
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    let likenesses: Vec<((DocumentId, DocumentId), f64)> =
        pairs.par_iter().filter_map(|&(one, two)| Some(((one, two), profiles.likeness(one, two)?))).collect();
    profiles.keep(likenesses);
}
