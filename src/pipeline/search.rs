//! Claims looked up in a corpus: who reports this?

use super::early::look_onward;
use super::join::item;
use super::pairs::{PairLabel, claim_of};
use super::{count, facts, handed, on_threads, prepare, stand};
use crate::block::{Item, Scratch, StemIndex};
use crate::compare::{self, Prepared, StoryProfiles};
use crate::config::Settings;
use crate::error::Result;
use crate::lexicon::background::Rarity;
use crate::model::{DocumentId, NormalClaim, Relation, Skipped};
use rayon::prelude::*;
use std::path::PathBuf;

/// So many of the claims nearest by stems are compared in full for each query.
const COMPARED_IN_FULL: usize = 200;

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
    /// How near it is to the query, in [0, 1]: [`compare::relevance`].
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
    let run = look_onward(paths, settings)?;
    let results = on_threads(settings, || {
        let stats = count(&run.claims);
        let rarity = Rarity::for_queries(&stats);
        let prepared = prepare(&run.claims, rarity);
        let items: Vec<Item<'_>> = prepared.iter().map(|claim| item(claim, u32::MAX)).collect();
        let index = StemIndex::of(&items, &[]);
        let documents = facts(&run.documents);
        let given: rustc_hash::FxHashMap<DocumentId, &str> =
            run.documents.iter().filter_map(|document| Some((document.id, document.given_id.as_deref()?))).collect();
        let labels = handed::label(settings);
        let known = handed::normalize(settings);
        queries
            .par_iter()
            .map_init(Scratch::default, |scratch, query| {
                let claim = claim_of("query", &query.text, None, &known);
                let asked = compare::prepare(&claim, rarity);
                let mut ranked: Vec<_> = index
                    .nearest(&asked.stems, asked.norm, COMPARED_IN_FULL, scratch)
                    .into_iter()
                    .map(|at| {
                        let found = &prepared[at as usize];
                        let comparison = compare::compare((0, &asked), (at, found), &StoryProfiles::default(), None);
                        (at, compare::relevance(&comparison), comparison)
                    })
                    .collect();
                ranked.sort_by(|one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
                let mut seen: Vec<DocumentId> = Vec::new();
                let mut hits = Vec::new();
                for (at, relevance, comparison) in ranked {
                    let found: &Prepared<'_> = &prepared[at as usize];
                    let of: &NormalClaim = found.claim;
                    if hits.len() == limit || seen.contains(&of.claim.document) {
                        continue;
                    }
                    seen.push(of.claim.document);
                    let matched = comparison.veto.is_none() && comparison.score >= settings.compare.threshold;
                    let label = match matched.then(|| stand(&comparison, &asked, found, &documents, &labels).relation) {
                        Some(Relation::Agree) => PairLabel::Agree,
                        Some(Relation::Conflict) => PairLabel::Conflict,
                        Some(Relation::Apart) | None => PairLabel::Unmatched,
                    };
                    let about = documents.get(&of.claim.document);
                    let given = of.claim.given_id.as_deref().or_else(|| given.get(&of.claim.document).copied());
                    hits.push(Hit {
                        id: given.map_or_else(|| of.claim.id.to_string(), ToOwned::to_owned),
                        document: about.map_or_else(String::new, |facts| facts.shown.clone()),
                        source: about.map_or_else(String::new, |facts| facts.source.clone()),
                        text: of.claim.text().to_owned(),
                        subject: of.claim.subject.map(|span| of.claim.words(span).to_owned()),
                        score: relevance,
                        label,
                    });
                }
                SearchResult { query: query.id.clone(), hits }
            })
            .collect()
    })?;
    let mut paths: Vec<String> = run.documents.into_iter().map(|document| document.origin.path).collect();
    paths.dedup();
    Ok(Searched { results, paths, skipped: run.skipped })
}
