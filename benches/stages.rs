//! How long does each stage take? On a generated corpus of fixed seed, one thread, and the whole on all.
//!
//! ```text
//! cargo bench --bench stages            # everything
//! cargo bench --bench stages -- block   # one stage
//! ```
//!
//! Figures of different machines cannot be compared; those of two versions on one machine can.

#[path = "../examples/recombine/corpus.rs"]
mod corpus;

use crossclaim::block::{self, BlockSettings, Item, Scratch, StemIndex};
use crossclaim::cluster::{self, ClusterSettings};
use crossclaim::compare::{self, Meeting, Prepared, Reading, StoryProfiles};
use crossclaim::config::Settings;
use crossclaim::grammar::Trees;
use crossclaim::lexicon::background::Rarity;
use crossclaim::model::{Candidate, CorpusStats, Link, NormalClaim, Relation, TermRole};
use crossclaim::pipeline::{self, Run, Stage, TextPair};
use crossclaim::{extract, normalize, segment};
use divan::Bencher;
use divan::counter::ItemsCount;
use std::path::PathBuf;
use std::sync::LazyLock;

/// A day of a small desk. Each stage is close to linear in it but `block` and `compare`, which look at pairs.
const ARTICLES: usize = 200;

/// Where the corpus is written, for what begins with paths.
static CORPUS: LazyLock<PathBuf> = LazyLock::new(|| {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("stages.jsonl");
    let mut lines = String::new();
    corpus::each(ARTICLES, |record| {
        lines.push_str(&record.to_string());
        lines.push('\n');
        Ok(())
    })
    .expect("the fixtures are there");
    std::fs::write(&path, lines).expect("the target folder can be written");
    path
});

/// What the early stages make of the corpus.
static RUN: LazyLock<Run> = LazyLock::new(|| look(Stage::Values));

/// How rare each stem is in the corpus.
static STATS: LazyLock<CorpusStats> = LazyLock::new(|| {
    let mut stats = CorpusStats::default();
    for claim in &RUN.claims {
        let words = claim.form.terms.iter().filter(|term| term.role != TermRole::Function);
        stats.add(words.map(|term| term.stem.as_str()).collect::<std::collections::BTreeSet<_>>());
    }
    stats
});

fn main() {
    divan::main();
}

fn look(until: Stage) -> Run {
    pipeline::look(std::slice::from_ref(&CORPUS), &Settings::default(), until).expect("the corpus is readable")
}

fn prepared() -> Vec<Prepared<'static>> {
    RUN.claims.iter().map(|claim| compare::prepare(claim, Rarity::of(&STATS))).collect()
}

fn items<'a>(prepared: &'a [Prepared<'_>]) -> Vec<Item<'a>> {
    prepared
        .iter()
        .map(|claim| Item {
            source: claim.claim.claim.source,
            document: u32::MAX,
            stems: &claim.stems,
            norm: claim.norm,
        })
        .collect()
}

/// The score of one pair, whatever was found of others.
fn score(prepared: &[Prepared<'_>], profiles: &StoryProfiles, pair: &Candidate) -> Option<f64> {
    let (left, right) = (&prepared[pair.left as usize], &prepared[pair.right as usize]);
    let likeness = profiles.likeness(left.claim.claim.document, right.claim.claim.document);
    Meeting::of(left, right).score(likeness, Reading::default())
}

/// The candidates of the corpus.
fn candidates() -> Vec<Candidate> {
    pipeline::candidates(std::slice::from_ref(&CORPUS), &Settings::default()).expect("the corpus is readable").pairs
}

#[divan::bench(sample_count = 10)]
fn read(bencher: Bencher<'_, '_>) {
    LazyLock::force(&CORPUS);
    bencher.counter(ItemsCount::new(ARTICLES)).bench(|| look(Stage::Documents));
}

#[divan::bench(sample_count = 10)]
fn segment(bencher: Bencher<'_, '_>) {
    let documents = &RUN.documents;
    bencher
        .counter(ItemsCount::new(documents.len()))
        .bench(|| documents.iter().map(segment::segment).collect::<Vec<_>>());
}

/// Tagging and parsing alone: sentences a second on one core.
#[divan::bench(sample_count = 10)]
fn parse(bencher: Bencher<'_, '_>) {
    let documents = RUN.documents.iter().zip(&RUN.segmented).take(20);
    let sentences: Vec<&str> = documents
        .flat_map(|(document, cut)| cut.sentences.iter().map(|sentence| sentence.span.of(&document.text)))
        .collect();
    bencher
        .counter(ItemsCount::new(sentences.len()))
        .bench(|| sentences.iter().map(|text| pipeline::tree(text).words().len()).sum::<usize>());
}

#[divan::bench(sample_count = 10)]
fn extract(bencher: Bencher<'_, '_>) {
    let documents = RUN.documents.iter().zip(&RUN.segmented);
    bencher.counter(ItemsCount::new(RUN.documents.len())).bench(|| {
        documents
            .clone()
            .map(|(document, segmented)| extract::extract(document, segmented, &mut Trees::default()))
            .collect::<Vec<_>>()
    });
}

/// Values, names, words and certainty: claims a second on one core, without parsing.
#[divan::bench(sample_count = 10)]
fn normalize(bencher: Bencher<'_, '_>) {
    let claims: usize = RUN.extracted.iter().map(|extracted| extracted.claims.len()).sum();
    let extracted = || RUN.extracted.iter().map(|extracted| extracted.claims.clone()).collect::<Vec<_>>();
    bencher.counter(ItemsCount::new(claims)).with_inputs(extracted).bench_values(|claims| {
        let settings = normalize::NormalizeSettings::default();
        let documents = RUN.documents.iter().zip(claims);
        documents
            .map(|(document, claims)| normalize::normalize(document, claims, &mut Trees::default(), &settings))
            .collect::<Vec<_>>()
    });
}

#[divan::bench(sample_count = 10)]
fn index(bencher: Bencher<'_, '_>) {
    let prepared = prepared();
    let items = items(&prepared);
    bencher.counter(ItemsCount::new(items.len())).bench(|| StemIndex::of(&items, &[]));
}

#[divan::bench(sample_count = 10)]
fn block(bencher: Bencher<'_, '_>) {
    let prepared = prepared();
    let items = items(&prepared);
    let index = StemIndex::of(&items, &[]);
    let settings = BlockSettings::default();
    bencher.counter(ItemsCount::new(items.len())).bench(|| {
        let (mut scratch, mut found) = (Scratch::default(), Vec::new());
        for at in 0..index.len() as u32 {
            index.candidates(at, &settings, &mut scratch, &mut found);
        }
        let mut entries: Vec<_> =
            (0_u32..).zip(&RUN.claims).flat_map(|(at, claim)| block::entries(at, claim)).collect();
        entries.sort_unstable();
        entries.dedup();
        found.extend(block::key_pairs(&entries, |claim| RUN.claims[claim as usize].claim.source));
        block::merge(found)
    });
}

#[divan::bench(sample_count = 10)]
fn compare(bencher: Bencher<'_, '_>) {
    let prepared = prepared();
    let profiles = compare::story_profiles(&prepared);
    let candidates = candidates();
    bencher
        .counter(ItemsCount::new(candidates.len()))
        .bench(|| candidates.iter().filter_map(|pair| score(&prepared, &profiles, pair)).sum::<f64>());
}

#[divan::bench(sample_count = 10)]
fn cluster(bencher: Bencher<'_, '_>) {
    let prepared = prepared();
    let profiles = compare::story_profiles(&prepared);
    let link = |pair: &Candidate| {
        let score = score(&prepared, &profiles, pair)?;
        let relation = (score >= 0.5).then_some(Relation::Agree);
        let score = (score * f64::from(Link::CERTAIN)).round() as u32;
        Some(Link { left: pair.left, right: pair.right, score, relation })
    };
    let links: Vec<Link> = candidates().iter().filter_map(link).collect();
    let claims: Vec<&NormalClaim> = RUN.claims.iter().collect();
    bencher
        .counter(ItemsCount::new(links.len()))
        .bench(|| cluster::groups(&claims, &links, 0.5, &ClusterSettings::default()));
}

#[divan::bench(sample_count = 10)]
fn pairs_of_texts(bencher: Bencher<'_, '_>) {
    let text = |at: usize| RUN.claims[at].claim.text().to_owned();
    let pairs: Vec<TextPair> =
        (0..500).map(|at| TextPair { id: at.to_string(), a: text(at), b: text(at + 1) }).collect();
    bencher
        .counter(ItemsCount::new(pairs.len()))
        .bench(|| pipeline::compare_pairs(&pairs, &Settings::default()).expect("all cores are there"));
}

#[divan::bench(sample_count = 10, args = [1, 2])]
fn whole(bencher: Bencher<'_, '_>, threads: usize) {
    LazyLock::force(&CORPUS);
    let settings = Settings { threads: Some(threads), ..Settings::default() };
    bencher
        .counter(ItemsCount::new(ARTICLES))
        .bench(|| pipeline::compare(std::slice::from_ref(&CORPUS), &settings).expect("the corpus is readable"));
}
