//! Claims looked up in a corpus: who reports this?

use super::early::{Run, look_onward};
use super::encoded::Encoded;
use super::pairs::{PairLabel, claim_of};
use super::session::Session;
use super::{Step, Unwatched, Watch, count, facts, handed, on_threads, prepare, sense, stand};
use crate::block::{Item, Scratch, StemIndex};
use crate::compare::{self, Prepared, Reading, StoryProfiles, Window};
use crate::config::{Meaning, Settings};
use crate::error::Result;
use crate::label::DocumentFacts;
use crate::lexicon::background::Rarity;
use crate::model::{Claim, ClaimKind, Document, DocumentId, NormalClaim, Passage, Relation, Skipped};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::PathBuf;

/// So many of the claims nearest by stems are compared in full for each query.
const COMPARED_IN_FULL: usize = 200;

/// So many of them, the best of each query, are ranked by meaning too. Meaning has half of the say: the share that the
/// train parts of CheckThat! 2022 prefer (`docs/matching.md`).
const RANKED: usize = 50;

/// With `auto`, all queries together have this many ranked so, and each at least [`LEAST_RANKED`].
const MOST_RANKED: usize = 32_768;

/// The least that is ranked by meaning for each of a great many queries.
const LEAST_RANKED: usize = 10;

/// With `auto`, every claim is encoded and brought in by its meaning too where a search has no more of them than so many for each
/// query, nor more than [`MOST_RANKED`]; or where they are as few as a whole run encodes.
const PAID_BY_A_QUERY: usize = 256;

/// A paragraph of no more words than this is encoded whole: what its sentences mean ("It was not.") often only all of them tell, and on
/// the train parts of CheckThat! 2022 it finds more than they do one by one.
const SHORT_PARAGRAPH: usize = 64;

/// So many, the best of each query by all that, are read together with it where a model was named that tells how relevant a text is.
const READ_TOGETHER: usize = 20;

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
    /// The subject, or subject and predicate, taken over from an earlier clause, where those words lack them.
    pub subject: Option<String>,
    /// How near it is to the query, in [0, 1]: the mean of [`compare::relevance`] and of the likeness of the query to the claim
    /// under its headline, and where meaning is asked for the mean of that and of the cosine in meaning;
    /// where a model is named that tells how relevant a text is, the mean of all that and of what it tells.
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
    search_watched(queries, paths, limit, settings, &Unwatched)
}

/// The same, and `watch` is told how far it is.
///
/// # Errors
///
/// As [`compare`](fn@super::compare).
pub fn search_watched(
    queries: &[Query],
    paths: &[PathBuf],
    limit: usize,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Searched> {
    let session = Session::open(settings)?;
    let run = look_onward(paths, &session, settings, watch)?;
    let results = on_threads(settings, || {
        let stats = count(&run.claims);
        let rarity = Rarity::for_queries(&stats);
        let prepared = prepare(&run.claims, rarity);
        let corpus = Corpus::of(&run, &prepared);
        let known = handed::normalize(settings);
        let asked: Vec<NormalClaim> =
            queries.par_iter().map(|query| claim_of("query", &query.text, None, &known)).collect();
        let asked: Vec<Prepared<'_>> = asked.iter().map(|claim| compare::prepare(claim, rarity)).collect();
        let items: Vec<Item<'_>> = corpus.items();
        let index = StemIndex::of(&items, &[]);
        let whole = corpus.encode_whole(&asked, &session, settings, watch);
        watch.begin(Step::Search, queries.len() as u64);
        let mut ranked: Vec<Vec<Found>> = (0..asked.len())
            .into_par_iter()
            .map_init(Scratch::default, |scratch, at| {
                let near = index.nearest(&asked[at].stems, asked[at].norm, COMPARED_IN_FULL, scratch);
                corpus.nearest(near, &asked[at], whole.as_ref().map(|whole| (whole, at)))
            })
            .inspect(|_| watch.advance(1))
            .collect();
        if whole.is_none() {
            corpus.rank_by_meaning(&asked, &mut ranked, limit, &session, settings);
        }
        corpus.rank_by_relevance(&asked, &mut ranked, limit, &session);
        for found in &mut ranked {
            found.truncate(limit);
        }
        corpus.results(queries, &asked, &ranked, &session, settings)
    })?;
    session.close();
    let mut paths: Vec<String> = run.documents.into_iter().map(|document| document.origin.path).collect();
    paths.dedup();
    Ok(Searched { results, paths, skipped: run.skipped })
}

/// One claim found for a query.
struct Found {
    /// Place among the claims that are looked up.
    at: u32,
    score: f64,
}

/// The claims that are searched, each with the headline over it.
struct Corpus<'a> {
    prepared: &'a [Prepared<'a>],
    /// The claims that are looked up, in order: all but headlines with claims under them.
    looked_up: Vec<u32>,
    /// What each of them tells together with its headline.
    windows: Vec<Window>,
    headlines: FxHashMap<DocumentId, u32>,
    documents: FxHashMap<DocumentId, &'a Document>,
    facts: FxHashMap<DocumentId, DocumentFacts>,
}

impl<'a> Corpus<'a> {
    fn of(run: &'a Run, prepared: &'a [Prepared<'a>]) -> Self {
        let mut headlines = FxHashMap::default();
        let mut with_body = FxHashSet::default();
        for (at, prepared) in (0_u32..).zip(prepared) {
            let claim = &prepared.claim.claim;
            if claim.kind == ClaimKind::Headline {
                headlines.entry(claim.document).or_insert(at);
            } else {
                with_body.insert(claim.document);
            }
        }
        let looked_up: Vec<u32> = (0_u32..)
            .zip(prepared)
            .filter(|(_, prepared)| {
                let claim = &prepared.claim.claim;
                claim.kind != ClaimKind::Headline || !with_body.contains(&claim.document)
            })
            .map(|(at, _)| at)
            .collect();
        let headline = |at: u32| headlines.get(&prepared[at as usize].claim.claim.document).filter(|over| **over != at);
        let windows = looked_up
            .par_iter()
            .map(|&at| compare::window(&prepared[at as usize], headline(at).map(|over| &prepared[*over as usize])))
            .collect();
        let documents = run.documents.iter().map(|document| (document.id, document)).collect();
        Self { prepared, looked_up, windows, headlines, documents, facts: facts(&run.documents) }
    }

    /// The windows, as the index takes them.
    fn items(&self) -> Vec<Item<'_>> {
        let claims = self.looked_up.iter().map(|at| &self.prepared[*at as usize].claim.claim);
        let items = claims.zip(&self.windows);
        items
            .map(|(claim, window)| Item {
                source: claim.source,
                document: u32::MAX,
                stems: &window.stems,
                norm: window.norm,
            })
            .collect()
    }

    /// Every query and every claim that is looked up, encoded, unless they are too many.
    fn encode_whole(
        &self,
        asked: &[Prepared<'_>],
        session: &Session,
        settings: &Settings,
        watch: &dyn Watch,
    ) -> Option<Encoded> {
        let most = (asked.len() * PAID_BY_A_QUERY).clamp(sense::MOST_TEXTS, MOST_RANKED);
        let fits = match settings.compare.meaning {
            Meaning::Off => false,
            Meaning::Auto => self.looked_up.len() <= most,
            Meaning::All => true,
        };
        if !fits {
            return None;
        }
        watch.begin(Step::Meaning, self.looked_up.len() as u64);
        self.encode(asked, (0..self.looked_up.len() as u32).collect(), session)
    }

    /// The queries and some of the claims that are looked up, encoded.
    fn encode(&self, asked: &[Prepared<'_>], some: Vec<u32>, session: &Session) -> Option<Encoded> {
        let queries = asked.iter().map(|asked| &*asked.claim.claim.context).collect();
        Encoded::of(queries, some, self.looked_up.len(), |at| (self.around(at), self.headline_over(at)), session)
    }

    /// The claims nearest to a query, best first, each document once: those of `near`, and those nearest in meaning where all claims
    /// were encoded. By words and spelling, and there by meaning too.
    fn nearest(&self, mut near: Vec<u32>, asked: &Prepared<'_>, encoded: Option<(&Encoded, usize)>) -> Vec<Found> {
        if let Some((encoded, query)) = encoded {
            near.extend(encoded.nearest(query, RANKED));
            near.sort_unstable();
            near.dedup();
        }
        let mut found: Vec<Found> = near
            .into_iter()
            .map(|at| {
                let claim = &self.prepared[self.looked_up[at as usize] as usize];
                let comparison =
                    compare::compare((0, asked), (1, claim), &StoryProfiles::default(), Reading::default());
                let both = compare::likeness(asked, &self.windows[at as usize]);
                let score = (compare::relevance(&comparison) + both) / 2.0;
                let score = match encoded {
                    Some((encoded, query)) => half_of_the_say(score, encoded.nearness(query, at)),
                    None => score,
                };
                Found { at, score }
            })
            .collect();
        sort(&mut found);
        let mut seen: FxHashSet<DocumentId> = FxHashSet::default();
        found.retain(|found| seen.insert(self.claim(found).document));
        found
    }

    /// The claim that is looked up at this place.
    fn at(&self, at: u32) -> &'a Claim {
        &self.prepared[self.looked_up[at as usize] as usize].claim.claim
    }

    fn claim(&self, found: &Found) -> &'a Claim {
        self.at(found.at)
    }

    /// What the claim at this place is told in: its paragraph where that is short, else its sentence.
    fn around(&self, at: u32) -> &'a str {
        let claim = self.at(at);
        let paragraph = self.documents.get(&claim.document).and_then(|document| {
            let around = |passage: &&Passage| {
                passage.span.start <= claim.sentence.start && claim.sentence.end <= passage.span.end
            };
            document.text.get(document.passages.iter().find(around)?.span.range())
        });
        let is_short = |text: &&str| text.split_whitespace().nth(SHORT_PARAGRAPH).is_none();
        paragraph.filter(is_short).unwrap_or(&claim.context)
    }

    /// The headline over the claim at this place, unless it is one: also one that makes no claim itself ("Does this picture show a
    /// flood?").
    fn headline_over(&self, at: u32) -> Option<&'a str> {
        let claim = self.at(at);
        if claim.kind == ClaimKind::Headline {
            return None;
        }
        let title = self.documents.get(&claim.document).and_then(|document| document.title.as_deref());
        let headline = || Some(self.prepared[*self.headlines.get(&claim.document)? as usize].claim.claim.text());
        title.filter(|title| title.contains(char::is_alphanumeric)).or_else(headline)
    }

    /// What is read together with a query: the headline of a claim and its sentence.
    fn told(&self, found: &Found) -> String {
        let claim = self.claim(found);
        match self.headline_over(found.at) {
            Some(headline) => format!("{headline}. {}", claim.context),
            None => claim.context.to_string(),
        }
    }

    /// Lets meaning have its say on the first of each query, which come out ranked anew; the rest is cut off.
    fn rank_by_meaning(
        &self,
        asked: &[Prepared<'_>],
        found: &mut [Vec<Found>],
        limit: usize,
        session: &Session,
        settings: &Settings,
    ) {
        let each = (MOST_RANKED / asked.len().max(1)).clamp(LEAST_RANKED, RANKED);
        let each = if settings.compare.meaning == Meaning::All { RANKED } else { each }.max(limit);
        if settings.compare.meaning == Meaning::Off {
            return;
        }
        found.iter_mut().for_each(|found| found.truncate(each));
        let some = found.iter().flatten().map(|found| found.at).collect();
        let Some(encoded) = self.encode(asked, some, session) else { return };
        for (query, found) in found.iter_mut().enumerate() {
            for found in found.iter_mut() {
                found.score = half_of_the_say(found.score, encoded.nearness(query, found.at));
            }
            sort(found);
        }
    }

    /// Lets a model that reads the query and what was found together have its say on the first of each query, if one was named.
    fn rank_by_relevance(&self, asked: &[Prepared<'_>], found: &mut [Vec<Found>], limit: usize, session: &Session) {
        if !session.has_ranker() {
            return;
        }
        found.iter_mut().for_each(|found| found.truncate(READ_TOGETHER.max(limit)));
        let pairs: Vec<(&str, String)> = asked
            .iter()
            .zip(found.iter())
            .flat_map(|(asked, found)| found.iter().map(|found| (&*asked.claim.claim.context, self.told(found))))
            .collect();
        let Some(relevances) = session.relevances(&pairs) else { return };
        let mut relevances = relevances.into_iter();
        for found in found {
            for (found, relevance) in found.iter_mut().zip(&mut relevances) {
                found.score = half_of_the_say(found.score, relevance);
            }
            sort(found);
        }
    }

    /// The results, each hit with how it stands to its query.
    fn results(
        &self,
        queries: &[Query],
        asked: &[Prepared<'_>],
        found: &[Vec<Found>],
        session: &Session,
        settings: &Settings,
    ) -> Vec<SearchResult> {
        let pairs = asked
            .iter()
            .zip(found)
            .flat_map(|(asked, found)| found.iter().map(|found| (&asked.claim.claim, self.claim(found))));
        let mut near = sense::of_pairs(pairs, session, settings);
        near.resize(found.iter().map(Vec::len).sum(), None);
        let mut from = 0;
        let of_query: Vec<_> = queries
            .iter()
            .zip(asked)
            .zip(found)
            .map(|((query, asked), found)| {
                let near = &near[from..from + found.len()];
                from += found.len();
                (query, asked, found, near)
            })
            .collect();
        of_query
            .into_par_iter()
            .map(|(query, asked, found, near)| {
                let hits = found.iter().zip(near).map(|(found, near)| self.hit(asked, found, *near, settings));
                SearchResult { query: query.id.clone(), hits: hits.collect() }
            })
            .collect()
    }

    fn hit(&self, asked: &Prepared<'_>, found: &Found, near: Option<f64>, settings: &Settings) -> Hit {
        let prepared = &self.prepared[self.looked_up[found.at as usize] as usize];
        let claim = &prepared.claim.claim;
        let reading = Reading { nearness: near, ..Reading::default() };
        let comparison = compare::compare((0, asked), (1, prepared), &StoryProfiles::default(), reading);
        let matched = comparison.veto.is_none() && comparison.score >= settings.compare.threshold;
        let stands = || stand(&comparison, asked, prepared, &self.facts, &handed::label(settings)).relation;
        let label = match matched.then(stands) {
            Some(Relation::Agree) => PairLabel::Agree,
            Some(Relation::Conflict) => PairLabel::Conflict,
            Some(Relation::Apart) | None => PairLabel::Unmatched,
        };
        let about = self.facts.get(&claim.document);
        let of_document = || self.documents.get(&claim.document).and_then(|document| document.given_id.as_deref());
        let given = claim.given_id.as_deref().or_else(of_document);
        Hit {
            id: given.map_or_else(|| claim.id.to_string(), ToOwned::to_owned),
            document: about.map_or_else(String::new, |facts| facts.shown.clone()),
            source: about.map_or_else(String::new, |facts| facts.source.clone()),
            text: claim.text().to_owned(),
            subject: claim.carried(),
            score: found.score,
            label,
        }
    }
}

/// The mean of two scores, rounded so that the last bits of floating point turn no order.
fn half_of_the_say(score: f64, other: f64) -> f64 {
    ((score + other) / 2.0 * 1e6).round() / 1e6
}

/// Best first; of equals the earlier.
fn sort(found: &mut [Found]) {
    found.sort_by(|one, two| two.score.total_cmp(&one.score).then(one.at.cmp(&two.at)));
}

#[cfg(test)]
#[cfg(feature = "meaning")]
mod tests {
    use super::*;
    use serde_json::json;

    /// The ids of what is found for each query, best first.
    fn found(queries: &[&str], records: &[(&str, &str)], meaning: Meaning) -> Vec<Vec<String>> {
        let about = format!("{queries:?} {records:?} {meaning:?}");
        let name = format!(
            "crossclaim-search-{}-{:x}.jsonl",
            std::process::id(),
            xxhash_rust::xxh3::xxh3_64(about.as_bytes())
        );
        let file = std::env::temp_dir().join(name);
        let line = |(id, (title, text)): (usize, &(&str, &str))| {
            json!({ "id": id.to_string(), "source": "Post", "title": title, "text": text }).to_string()
        };
        let lines: Vec<String> = records.iter().enumerate().map(line).collect();
        std::fs::write(&file, lines.join("\n")).expect("it can be written");
        let queries: Vec<Query> =
            queries.iter().map(|text| Query { id: (*text).to_owned(), text: (*text).to_owned() }).collect();
        let mut settings = Settings::default();
        settings.compare.meaning = meaning;
        let searched = search(&queries, std::slice::from_ref(&file), 10, &settings).expect("it can be read");
        std::fs::remove_file(&file).expect("it is there");
        let ids = |result: SearchResult| result.hits.into_iter().map(|hit| hit.id).collect();
        searched.results.into_iter().map(ids).collect()
    }

    #[test]
    fn what_is_said_in_other_words_is_found_by_its_meaning() {
        let records = [
            ("Kestrel Bay votes", "The council put off its vote on the marina budget."),
            ("Walkout at clinic", "Doctors stopped work on Tuesday because of low pay."),
            ("Bridge shut", "Trucks may not cross the old bridge until June."),
        ];
        let query = ["Physicians are striking over their wages"];
        assert!(found(&query, &records, Meaning::Off)[0].is_empty());
        assert_eq!(found(&query, &records, Meaning::Auto)[0][0], "1");
    }

    #[test]
    fn a_headline_that_asks_is_heeded() {
        let records = [
            ("Did a heron close the airport of Tarn?", "It is a rumor that began with a joke."),
            ("Did a mayor sell the town hall?", "It is a rumor that began with a joke."),
        ];
        let queries = ["A bird shut down Tarn's airport", "The city hall was sold by its mayor"];
        let found = found(&queries, &records, Meaning::Auto);
        assert_eq!((found[0][0].as_str(), found[1][0].as_str()), ("0", "1"));
    }

    #[test]
    fn what_a_short_paragraph_tells_together_is_encoded_together() {
        let records = [
            ("", "The ministry was asked about the ferry from Osk. It will not be sold. Nobody wants it."),
            ("", "The ministry was asked about the museum in Osk. It will not be sold. Nobody wants it."),
        ];
        let queries = ["There is no buyer for the ship", "There is no buyer for the gallery"];
        let found = found(&queries, &records, Meaning::All);
        assert_eq!((found[0][0].as_str(), found[1][0].as_str()), ("0", "1"));
    }
}
