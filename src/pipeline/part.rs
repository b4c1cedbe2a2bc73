//! Paths → the claims of a few documents and of those around them: what a run looks at that is asked for the findings of some files of
//! a corpus. Of every other document only its survey is read, which an earlier run may have kept.

use super::around::{Ask, around};
use super::early::{Slot, documents, make};
use super::partners::Corpus;
use super::sense::{MOST_TEXTS, score_by_words};
use super::session::Session;
use super::survey::Survey;
use super::{Run, Step, Watch, count, facts_with_families, handed, held, on_threads, pair};
use crate::cache;
use crate::cluster;
use crate::compare::{self, Meeting, Prepared, StoryProfiles};
use crate::config::{Meaning, Settings};
use crate::error::Result;
use crate::label::{self, DocumentFacts, LabelSettings};
use crate::lexicon::background::Rarity;
use crate::meaning::is_built_in;
use crate::model::{Candidate, CorpusStats, Document, DocumentId, Link, NormalClaim, Skipped};
use crate::read;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;

/// What the stages from `block` on are given: a corpus, or a part of one.
pub(super) struct Part {
    /// All documents of the corpus.
    pub(super) documents: Vec<Document>,
    /// The claims that are compared, in the order of the documents.
    pub(super) claims: Vec<NormalClaim>,
    pub(super) skipped: Vec<Skipped>,
    /// For each document, the number of its claims and of its sentences that make none.
    pub(super) counts: Vec<[u32; 2]>,
    /// The counts of the whole corpus.
    pub(super) stats: CorpusStats,
    pub(super) facts: FxHashMap<DocumentId, DocumentFacts>,
    /// The pairs to compare; nothing where those of all claims are yet to be found.
    pub(super) pairs: Option<Vec<Candidate>>,
}

impl Part {
    /// All of it.
    pub(super) fn all(run: Run) -> Self {
        let Run { documents, segmented: _, extracted, claims, skipped } = run;
        let mut claims_of: FxHashMap<DocumentId, u32> = FxHashMap::default();
        for claim in &claims {
            *claims_of.entry(claim.claim.document).or_insert(0) += 1;
        }
        let own = |document: &Document| claims_of.get(&document.id).copied().unwrap_or(0);
        let counts = documents.iter().zip(&extracted).map(|(document, of)| [own(document), of.set_aside.len() as u32]);
        let counts = counts.collect();
        let all: Vec<&NormalClaim> = claims.iter().collect();
        let facts = facts_with_families(&documents, &cluster::families(&all));
        let stats = count(&claims);
        Self { documents, claims, skipped, counts, stats, facts, pairs: None }
    }
}

/// Reads a corpus as far as the findings of the files `only` ask for it.
///
/// # Errors
///
/// As [`compare`](fn@super::compare).
pub(super) fn look_around(
    paths: &[PathBuf],
    only: &BTreeSet<String>,
    session: &Session,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Part> {
    let reading = handed::read(settings);
    let found = read::discover(paths, &reading)?;
    on_threads(settings, || {
        let Run { documents, skipped, .. } = documents(found, &reading, Some(session), settings, watch);
        let (slots, surveys) = surveyed(&documents, session, settings, watch);
        let each = || documents.iter().map(|document| document.id).zip(&surveys);
        let of = |(id, hashes): (DocumentId, &[u64])| hashes.iter().map(move |hash| (id, *hash)).collect::<Vec<_>>();
        let families = cluster::families_of(each().flat_map(|(id, survey)| of((id, &survey.printed))));
        let facts = facts_with_families(&documents, &families);
        let counts = surveys.iter().map(|survey| [survey.len() as u32, survey.set_aside]).collect();
        let store =
            Store { documents: &documents, session, settings, slots: slots.into_iter().map(Stored::of).collect() };
        let (corpus, stats) = Corpus::of(&documents, &surveys, handed::block(settings));
        if is_encoded_whole(&surveys, settings) {
            let claims = store.take(0..documents.len());
            return Part { claims, documents, skipped, counts, stats, facts, pairs: None };
        }
        watch.begin(Step::Index, surveys.iter().map(|survey| survey.len() as u64).sum());
        let asked: Vec<usize> = (0..documents.len()).filter(|at| only.contains(&documents[*at].origin.path)).collect();
        let seeds: Vec<u32> = asked.iter().flat_map(|document| corpus.claims_of(*document)).collect();
        let mut claims = Claims {
            corpus: &corpus,
            store: &store,
            prepared: (0..documents.len()).map(|_| OnceLock::new()).collect(),
            profiles: StoryProfiles::among(stats.articles),
            rarity: Rarity::of(&stats),
            facts: &facts,
            threshold: settings.compare.threshold,
            labels: handed::label(settings),
        };
        let mut pairs = around(&seeds, &mut claims);
        let ends = pairs.iter().flat_map(|pair| [pair.left, pair.right]).map(|claim| corpus.document_of(claim));
        let mut looked_at: Vec<usize> = ends.chain(asked).collect();
        looked_at.sort_unstable();
        looked_at.dedup();
        let mut number: FxHashMap<u32, u32> = FxHashMap::default();
        for claim in looked_at.iter().flat_map(|document| corpus.claims_of(*document)) {
            let next = number.len() as u32;
            number.insert(claim, next);
        }
        for pair in &mut pairs {
            (pair.left, pair.right) = (number[&pair.left], number[&pair.right]);
        }
        drop(claims);
        let claims = store.take(looked_at);
        Part { claims, documents, skipped, counts, stats, facts, pairs: Some(pairs) }
    })
}

/// Whether all claims of a corpus would be placed by their meaning. Which of them are then compared, words alone do not decide.
fn is_encoded_whole(surveys: &[Survey], settings: &Settings) -> bool {
    match settings.compare.meaning {
        Meaning::Off => false,
        _ if !is_built_in() => false,
        Meaning::Auto => {
            let mut texts: FxHashSet<u64> = FxHashSet::default();
            surveys.iter().all(|survey| {
                texts.extend(&survey.texts);
                texts.len() <= MOST_TEXTS
            })
        }
        _ => true,
    }
}

/// The survey of each document, as it was kept or made now; and what was made for it.
fn surveyed(
    documents: &[Document],
    session: &Session,
    settings: &Settings,
    watch: &dyn Watch,
) -> (Vec<Slot>, Vec<Survey>) {
    let of_key = |key: Option<u128>| key.map(|key| cache::key("survey", &key.to_le_bytes()));
    let (mut slots, known): (Vec<Slot>, Vec<Option<Survey>>) = documents
        .par_iter()
        .map(|document| {
            let key = session.key(document);
            let survey: Option<Survey> = session.known(of_key(key));
            let made = if survey.is_none() { session.made(key, document) } else { None };
            ((key, made), survey)
        })
        .unzip();
    let missing = documents.iter().zip(&mut slots).zip(&known);
    let missing = missing.filter(|((_, (_, made)), survey)| made.is_none() && survey.is_none()).map(|(slot, _)| slot);
    make(missing.collect(), session, settings, watch);
    let survey = |((key, made), known): (&Slot, Option<Survey>)| {
        known.unwrap_or_else(|| {
            let survey = made.as_ref().map(Survey::of).unwrap_or_default();
            session.remember(of_key(*key), &survey);
            survey
        })
    };
    let surveys = slots.par_iter().zip(known).map(survey).collect();
    (slots, surveys)
}

/// The claims of each document, read when they are first asked for.
struct Store<'s> {
    documents: &'s [Document],
    session: &'s Session,
    settings: &'s Settings,
    slots: Vec<Stored>,
}

struct Stored {
    key: Option<u128>,
    claims: OnceLock<Vec<NormalClaim>>,
}

impl Stored {
    fn of((key, made): Slot) -> Self {
        Self { key, claims: made.map_or_else(OnceLock::new, |made| made.claims.into()) }
    }
}

impl Store<'_> {
    fn claims(&self, document: usize) -> &[NormalClaim] {
        let Stored { key, claims } = &self.slots[document];
        claims.get_or_init(|| self.load(document, *key))
    }

    fn load(&self, at: usize, key: Option<u128>) -> Vec<NormalClaim> {
        let document = &self.documents[at];
        let mut slot = (key, self.session.made(key, document));
        if slot.1.is_none() {
            // Only its survey was kept.
            make(vec![(document, &mut slot)], self.session, self.settings, &super::Unwatched);
        }
        slot.1.unwrap_or_default().claims
    }

    /// The claims of these documents, in their order.
    fn take(mut self, documents: impl IntoIterator<Item = usize>) -> Vec<NormalClaim> {
        let documents: Vec<usize> = documents.into_iter().collect();
        documents.par_iter().for_each(|document| {
            self.claims(*document);
        });
        let mut taken = |document: usize| self.slots[document].claims.take().unwrap_or_default();
        documents.into_iter().flat_map(&mut taken).collect()
    }
}

/// What is known of the claims that were come upon.
struct Claims<'s> {
    corpus: &'s Corpus<'s>,
    store: &'s Store<'s>,
    prepared: Vec<OnceLock<Vec<Prepared<'s>>>>,
    profiles: StoryProfiles,
    rarity: Rarity<'s>,
    facts: &'s FxHashMap<DocumentId, DocumentFacts>,
    threshold: f64,
    labels: LabelSettings,
}

impl<'s> Claims<'s> {
    fn claim(&self, claim: u32) -> &'s NormalClaim {
        let document = self.corpus.document_of(claim);
        &self.store.claims(document)[(claim - self.corpus.claims_of(document).start) as usize]
    }

    fn prepared(&self, claim: u32) -> &Prepared<'s> {
        let document = self.corpus.document_of(claim);
        &self.of_document(document)[(claim - self.corpus.claims_of(document).start) as usize]
    }

    fn of_document(&self, document: usize) -> &[Prepared<'s>] {
        let prepare = || self.store.claims(document).iter().map(|claim| compare::prepare(claim, self.rarity)).collect();
        self.prepared[document].get_or_init(prepare)
    }

    /// Makes the claims of these documents ready, and sums up what the documents are about.
    fn look_at(&mut self, mut documents: Vec<usize>) {
        documents.sort_unstable();
        documents.dedup();
        documents.retain(|document| self.prepared[*document].get().is_none());
        let about: Vec<StoryProfiles> =
            documents.par_iter().map(|document| compare::story_profiles(self.of_document(*document))).collect();
        about.into_iter().for_each(|profiles| self.profiles.extend(profiles));
    }
}

impl Ask for Claims<'_> {
    fn partners(&mut self, claims: &[u32]) -> Vec<Candidate> {
        self.corpus.partners(claims)
    }

    fn links(&mut self, pairs: &[Candidate]) -> Vec<Link> {
        let ends = pairs.iter().flat_map(|pair| [pair.left, pair.right]);
        self.look_at(ends.map(|claim| self.corpus.document_of(claim)).collect());
        let this = &*self;
        let link = |candidate: &Candidate| {
            let (left, right) = (candidate.left, candidate.right);
            let (one, two) = (this.prepared(left), this.prepared(right));
            let likeness = this.profiles.likeness(one.claim.claim.document, two.claim.claim.document);
            let meeting = Meeting::of(one, two);
            let score = score_by_words(&meeting, likeness)?;
            if score < this.threshold * held::WORTH_KEEPING {
                return None;
            }
            let relation = (score >= this.threshold).then(|| {
                let pair = pair((meeting.alignment(), None), one, two, this.facts);
                label::relation_by_words(&pair, &this.labels).relation(&pair)
            });
            Some(Link { left, right, score: held::millionths(score), relation })
        };
        pairs.par_iter().filter_map(link).collect()
    }

    fn groups(&mut self, links: &[Link]) -> Vec<Vec<u32>> {
        let mut claims: Vec<u32> = links.iter().flat_map(|link| [link.left, link.right]).collect();
        claims.sort_unstable();
        claims.dedup();
        let number: FxHashMap<u32, u32> = claims.iter().copied().zip(0..).collect();
        let numbered = |link: &Link| Link { left: number[&link.left], right: number[&link.right], ..*link };
        let mut links: Vec<Link> = links.iter().map(numbered).collect();
        let of_claims: Vec<&NormalClaim> = claims.iter().map(|claim| self.claim(*claim)).collect();
        cluster::part_what_both_tell(|claim| of_claims[claim as usize].claim.document, &mut links);
        let settings = handed::cluster(self.store.settings);
        let groups = cluster::groups(&of_claims, &links, self.threshold, &settings);
        groups.iter().map(|group| group.own().iter().map(|at| claims[*at as usize]).collect()).collect()
    }
}
