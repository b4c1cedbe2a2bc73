//! Claims looked up in a corpus: who reports this?

use super::pairs::{PairLabel, claim_of};
use super::{Run, Stage, count, facts, handed, look, on_threads, prepare, stand};
use crate::block::{Item, Scratch, StemIndex};
use crate::compare::{self, Prepared, Record, StoryProfiles};
use crate::config::Settings;
use crate::error::Result;
use crate::label::DocumentFacts;
use crate::lexicon::background::Rarity;
use crate::model::{Document, DocumentId, NormalClaim, Relation, Skipped, SourceId};
use crate::normalize::NormalizeSettings;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::path::PathBuf;

/// So many of the records nearest by stems are ranked by all measures for each query.
const RANKED_IN_FULL: usize = 300;

/// A document of no more bytes, some sentences, is one record. Of a longer one each claim is a record, with the headline
/// over it.
const SHORT_RECORD: usize = 1_000;

/// A claim to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The identity the input gave.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// What was found for one [`Query`].
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResult {
    /// The query's identity.
    pub query: String,
    /// What was found, best first, each document once.
    pub hits: Vec<Hit>,
}

/// What a search gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Searched {
    /// One result a query, in the order of the queries.
    pub results: Vec<SearchResult>,
    /// The files that were read, by path; a file of many records once.
    pub paths: Vec<String>,
    /// What could not be read: who is not found there may still report it.
    pub skipped: Vec<Skipped>,
}

/// One claim that resembles a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The identity the input gave to the claim or its article, else the claim's hash.
    pub id: String,
    /// The document's identity, or the one its input gave.
    pub document: String,
    /// The outlet.
    pub source: String,
    /// The words of the claim.
    pub text: String,
    /// The subject taken over from an earlier clause, where those words lack one.
    pub subject: Option<String>,
    /// How near its record is to the query, in [0, 1]: [`compare::relevance`].
    pub score: f64,
    /// How it stands to the query.
    pub label: PairLabel,
}

/// Looks for the claims that resemble each query; at most `limit` hits a query.
///
/// # Errors
///
/// As [`compare`](fn@super::compare).
pub fn search(queries: &[Query], paths: &[PathBuf], limit: usize, settings: &Settings) -> Result<Searched> {
    let run = look(paths, settings, Stage::Values)?;
    let results = on_threads(settings, || {
        let stats = count(&run.claims);
        let rarity = Rarity::for_queries(&stats);
        let known = handed::normalize(settings);
        let wholes: Vec<NormalClaim> = run.documents.par_iter().map(|document| whole(document, &known)).collect();
        let corpus = Corpus::of(&run, &wholes, rarity);
        let items: Vec<Item<'_>> = corpus.records.par_iter().map(Corpus::item).collect();
        let index = StemIndex::of(&items, &[]);
        queries
            .par_iter()
            .map_init(Scratch::default, |scratch, query| {
                let claim = claim_of("query", &query.text, None, &known);
                let asked = compare::prepare(&claim, rarity);
                let nearest = index.nearest(&asked.stems, asked.norm, RANKED_IN_FULL, scratch);
                let mut ranked: Vec<(f64, u32)> = nearest
                    .into_iter()
                    .map(|at| (compare::relevance(&asked, &corpus.records[at as usize].words), at))
                    .collect();
                ranked.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
                let mut seen: Vec<DocumentId> = Vec::new();
                let mut hits = Vec::new();
                for (relevance, at) in ranked {
                    let entry = &corpus.records[at as usize];
                    let document = corpus.wholes[entry.document].claim.claim.document;
                    if hits.len() == limit {
                        break;
                    }
                    if !seen.contains(&document) {
                        seen.push(document);
                        hits.push(corpus.hit(&asked, entry, relevance, settings));
                    }
                }
                SearchResult { query: query.id.clone(), hits }
            })
            .collect()
    })?;
    let mut paths: Vec<String> = run.documents.into_iter().map(|document| document.origin.path).collect();
    paths.dedup();
    Ok(Searched { results, paths, skipped: run.skipped })
}

/// What is searched.
struct Corpus<'a> {
    prepared: Vec<Prepared<'a>>,
    /// The text of each short document, and the headline of each long one, taken as one claim.
    wholes: Vec<Prepared<'a>>,
    records: Vec<Entry>,
    documents: FxHashMap<DocumentId, DocumentFacts>,
    given: FxHashMap<DocumentId, &'a str>,
}

/// One record of the corpus.
struct Entry {
    /// Its document, as an index.
    document: usize,
    /// The claims that were found in its words.
    claims: Range<usize>,
    words: Record,
}

/// The text of a short document, or the headline of a long one, as one claim: what extraction sets aside, a title that
/// asks, is no claim and yet tells what the record is about.
fn whole(document: &Document, known: &NormalizeSettings) -> NormalClaim {
    let text = if is_short(document) { document.text.as_str() } else { document.title.as_deref().unwrap_or("") };
    let mut whole = claim_of(&document.source.name, text, document.published, known);
    whole.claim.document = document.id;
    whole.claim.source = document.source.id;
    whole
}

fn is_short(document: &Document) -> bool {
    document.text.len() <= SHORT_RECORD
}

impl<'a> Corpus<'a> {
    fn of(run: &'a Run, wholes: &'a [NormalClaim], rarity: Rarity<'_>) -> Self {
        let (prepared, wholes) = (prepare(&run.claims, rarity), prepare(wholes, rarity));
        let mut ranges: Vec<(usize, Range<usize>)> = Vec::new();
        let mut from = 0;
        for (at, document) in run.documents.iter().enumerate() {
            let own = prepared[from..].iter().take_while(|claim| claim.claim.claim.document == document.id).count();
            if is_short(document) {
                ranges.push((at, from..from + own));
            } else {
                ranges.extend((from..from + own).map(|claim| (at, claim..claim + 1)));
            }
            from += own;
        }
        let records = ranges
            .into_par_iter()
            .map(|(document, claims)| {
                let own = if is_short(&run.documents[document]) { 0..0 } else { claims.clone() };
                let words = Record::of(prepared[own].iter().chain(&wholes[document..=document]));
                Entry { document, claims, words }
            })
            .collect();
        let given = run.documents.iter().filter_map(|document| Some((document.id, document.given_id.as_deref()?)));
        Self { records, documents: facts(&run.documents), given: given.collect(), prepared, wholes }
    }

    fn item(entry: &Entry) -> Item<'_> {
        Item { source: SourceId(0), document: u32::MAX, stems: &entry.words.stems, norm: entry.words.norm }
    }

    /// The claim of a record that is nearest to the query; the whole record where nothing in it is a claim.
    fn hit(&self, asked: &Prepared<'_>, entry: &Entry, relevance: f64, settings: &Settings) -> Hit {
        let claims = &self.prepared[entry.claims.clone()];
        let claims = if claims.is_empty() { &self.wholes[entry.document..=entry.document] } else { claims };
        let best = (0_u32..)
            .zip(claims)
            .map(|(at, found)| (compare::compare((0, asked), (1 + at, found), &StoryProfiles::default()), found))
            .max_by(|(one, _), (two, _)| one.weight.total_cmp(&two.weight).then(two.right.cmp(&one.right)));
        let (comparison, found) = best.expect("a record has a claim");
        let of: &NormalClaim = found.claim;
        let matched = comparison.veto.is_none() && comparison.score >= settings.compare.threshold;
        let labels = handed::label(settings);
        let standing = matched.then(|| stand(&comparison, asked, found, &self.documents, &labels).relation);
        let label = match standing {
            Some(Relation::Agree) => PairLabel::Agree,
            Some(Relation::Conflict) => PairLabel::Conflict,
            Some(Relation::Apart) | None => PairLabel::Unmatched,
        };
        let about = self.documents.get(&of.claim.document);
        let given = of.claim.given_id.as_deref().or_else(|| self.given.get(&of.claim.document).copied());
        Hit {
            id: given.map_or_else(|| of.claim.id.to_string(), ToOwned::to_owned),
            document: about.map_or_else(String::new, |facts| facts.shown.clone()),
            source: about.map_or_else(String::new, |facts| facts.source.clone()),
            text: of.claim.text().to_owned(),
            subject: of.claim.subject.map(|span| of.claim.words(span).to_owned()),
            score: relevance,
            label,
        }
    }
}
