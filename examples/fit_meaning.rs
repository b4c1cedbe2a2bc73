//! Fits what is weighed only where meaning is known (`src/compare/weights.rs`): the levels of `meaning`, `deeds` and `content`, the
//! share that the comparators of words keep beside them, and how many times as much figures and times count within a story.
//!
//! ```text
//! cargo run --release --example fit_meaning -- STORY_FOLDER...
//! ```
//!
//! A folder is an event: the articles of several outlets as `OUTLET.txt`, and `gold.jsonl` with groups of sentences that people found to
//! tell of one thing, each a line with `label` (`agree`, `conflict`; `related` ones are different things), perhaps `borderline`, and
//! `claims` with `file`, `start` and `end` in characters; or it is one as under `fixtures/stories`, of which the plain texts are read. Examples are all pairs of claims of two outlets in articles that seem to tell of
//! the same events; of the same thing are those whose words overlap those of a pair of one group, and pairs of borderline groups are
//! left out. Each event counts alike. What the other comparators weigh is given: those of words as one sum whose share is fitted,
//! the rest as it is.
//!
//! Prints the figures of each event under the weights of all others, then the weights of all. A sum of bases is told by the pairs alone; which of
//! them the threshold should meet was chosen by the groups that `compare` makes (`docs/quality.md`).

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

mod fitting;

use crossclaim::compare::{self, COMPARATORS, Comparator, Prepared, Reading};
use crossclaim::config::Settings;
use crossclaim::lexicon::background::Rarity;
use crossclaim::meaning::{Encoder, Space, Told};
use crossclaim::model::{CorpusStats, DocumentId};
use crossclaim::pipeline::{Stage, look};
use fitting::{Example, descend, placed, print};
use std::collections::BTreeMap;
use std::f64::consts::LN_2;
use std::path::{Path, PathBuf};

/// What is fitted.
const FITTED: [&str; 3] = ["meaning", "deeds", "content"];

/// Besides the levels: the share of words, and the factor of values.
const LEAD: usize = 2;

/// What counts more within a story.
const VALUES: [&str; 2] = ["quantities", "times"];

/// Articles are of one event from this likeness on, as for `compare`.
const ONE_EVENT: f64 = 0.25;

/// The prior of two claims in bits, whose share is fitted with that of words.
const PRIOR: f64 = -1.2;

type Failure = Box<dyn std::error::Error>;

/// Words of a file: its name, and where they begin and end in bytes.
type Place = (String, u32, u32);

fn main() -> Result<(), Failure> {
    let folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let comparators: Vec<&dyn Comparator> =
        FITTED.iter().filter_map(|id| COMPARATORS.iter().copied().find(|comparator| comparator.id() == *id)).collect();
    let mut events: Vec<(String, Vec<Example>, Vec<f64>)> = Vec::new();
    let is_event = |folder: &&PathBuf| folder.join("gold.jsonl").is_file() || folder.join("expected.json").is_file();
    for folder in folders.iter().filter(is_event) {
        let (examples, scores) = read(folder, &comparators)?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        events.push((name, examples, scores));
    }
    let fit = |without: Option<usize>| {
        let rest = events.iter().enumerate().filter(|(at, _)| Some(*at) != without);
        let examples: Vec<Example> = rest.flat_map(|(_, (_, examples, _))| examples.iter().map(again)).collect();
        descend(&examples, LEAD, &comparators)
    };
    let (mut fitted, mut now) = (Vec::new(), Vec::new());
    for (at, (name, examples, scores)) in events.iter().enumerate() {
        let weights = fit(Some(at));
        let left_out: Vec<(f64, bool)> =
            examples.iter().map(|example| (example.odds(&weights), example.same)).collect();
        let before: Vec<(f64, bool)> =
            scores.iter().zip(examples).map(|(score, example)| (*score, example.same)).collect();
        let same = examples.iter().filter(|example| example.same).count();
        println!(
            "{name}: {} pairs, {same} of the same; {} (in force: {})",
            examples.len(),
            told(&left_out),
            told(&before)
        );
        fitted.extend(left_out);
        now.extend(before);
    }
    println!("all: {} (in force: {})", told(&fitted), told(&now));
    let weights = fit(None);
    println!("share of words {:.2}, figures and times within a story {:.2}", weights[0], weights[1]);
    print(&weights, LEAD, &comparators);
    Ok(())
}

fn again(example: &Example) -> Example {
    Example { features: example.features.clone(), ..*example }
}

/// Average precision, and how many of the pairs of the same are found at a precision of .9.
fn told(scored: &[(f64, bool)]) -> String {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|one, two| two.0.total_cmp(&one.0));
    let all = sorted.iter().filter(|(_, same)| *same).count() as f64;
    let (mut found, mut sum, mut at_nine) = (0.0, 0.0, 0.0);
    for (rank, _) in sorted.iter().enumerate().filter(|(_, (_, same))| *same) {
        found += 1.0;
        let precision = found / (rank + 1) as f64;
        sum += precision;
        if precision >= 0.9 {
            at_nine = found;
        }
    }
    format!("average precision {:.3}, recall at precision .9 {:.3}", sum / all, at_nine / all)
}

/// The pairs of an event, and what each weighs in force.
fn read(folder: &Path, comparators: &[&dyn Comparator]) -> Result<(Vec<Example>, Vec<f64>), Failure> {
    let sources = Some(folder.join("sources")).filter(|sources| sources.is_dir()).unwrap_or_else(|| folder.to_owned());
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(sources)?.map(|entry| Ok(entry?.path())).collect::<Result<_, Failure>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let run = look(&paths, &Settings::default(), Stage::Values)?;
    let mut stats = CorpusStats::default();
    for claim in &run.claims {
        let stems = compare::told_stems(claim);
        stats.add(stems.iter().map(|(_, stem, _)| stem.as_str()));
    }
    let stats = stats.among(run.documents.len() as u64);
    let rarity = Rarity::of(&stats);
    let prepared: Vec<Prepared<'_>> = run.claims.iter().map(|claim| compare::prepare(claim, rarity)).collect();
    let profiles = compare::story_profiles(&prepared);
    let files: BTreeMap<DocumentId, String> = run
        .documents
        .iter()
        .map(|document| (document.id, document.origin.path.rsplit('/').next().unwrap_or_default().to_owned()))
        .collect();
    let articles: BTreeMap<DocumentId, u32> = run.documents.iter().map(|document| document.id).zip(0..).collect();
    let mut texts: Vec<String> = Vec::new();
    let mut told = Vec::new();
    for claim in run.claims.iter().map(|normal| &normal.claim) {
        let carried = claim.carried().map_or_else(String::new, |carried| format!("{carried} "));
        let at = texts.len() as u32;
        texts.push(carried + claim.text());
        texts.push(claim.context.to_string());
        told.push(Some(Told { words: at, sentence: at + 1, article: articles.get(&claim.document).copied() }));
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let space = Space::of(Encoder::built_in().encode(&texts).ok_or("this program has no encoder")?, told);
    let gold = gold(folder)?;
    let (mut examples, mut scores) = (Vec::new(), Vec::new());
    for (left, one) in prepared.iter().enumerate() {
        for (right, two) in prepared.iter().enumerate().skip(left + 1) {
            let (here, there) = (&one.claim.claim, &two.claim.claim);
            let likeness = profiles.likeness(here.document, there.document);
            if here.source == there.source || likeness.is_none_or(|likeness| likeness < ONE_EVENT) {
                continue;
            }
            let place = |claim: &crossclaim::model::Claim| {
                (files.get(&claim.document).cloned().unwrap_or_default(), claim.span.start, claim.span.end)
            };
            let Some(same) = gold.same(&place(here), &place(there)) else { continue };
            let nearness = space.nearness(left as u32, right as u32);
            let both = ((left as u32, one), (right as u32, two));
            let with = compare::compare(both.0, both.1, &profiles, Reading { nearness, ..Reading::default() });
            let without = compare::compare(both.0, both.1, &profiles, Reading::default());
            if with.veto.is_some() {
                continue;
            }
            // What weighs less beside meaning is the comparators of words; the rest is given.
            let (mut words, mut values, mut given) = (PRIOR, 0.0, 0.0);
            for (with, without) in with.levels.iter().zip(&without.levels) {
                if FITTED.contains(&&*with.comparator) {
                } else if VALUES.contains(&&*with.comparator) && without.weight > 0.0 {
                    values += without.weight;
                } else if (with.weight - without.weight).abs() > 1e-9 {
                    words += without.weight;
                } else {
                    given += with.weight;
                }
            }
            let mut features = vec![(0, words * LN_2), (1, values * LN_2)];
            let mut first = LEAD;
            for comparator in comparators {
                let level = with.levels.iter().find(|level| level.comparator == comparator.id());
                if let Some(value) = level.and_then(|level| level.value) {
                    features.extend(placed(*comparator, value, first));
                }
                first += comparator.levels().len();
            }
            examples.push(Example { features, given: given * LN_2, same, weight: 0.0 });
            scores.push(with.weight);
        }
    }
    let weight = 10_000.0 / examples.len().max(1) as f64;
    examples.iter_mut().for_each(|example| example.weight = weight);
    Ok((examples, scores))
}

/// What people found to tell of one thing.
#[derive(Default)]
struct Gold {
    same: Vec<(Place, Place)>,
    open: Vec<(Place, Place)>,
}

impl Gold {
    /// Whether two claims are about the same thing; nothing where people would differ.
    fn same(&self, one: &Place, two: &Place) -> Option<bool> {
        let meet = |one: &Place, other: &Place| one.0 == other.0 && one.1 < other.2 && other.1 < one.2;
        let among = |pairs: &[(Place, Place)]| {
            pairs.iter().any(|(a, b)| meet(one, a) && meet(two, b) || meet(one, b) && meet(two, a))
        };
        if among(&self.same) { Some(true) } else { (!among(&self.open)).then_some(false) }
    }
}

/// The annotated pairs of an event.
fn gold(folder: &Path) -> Result<Gold, Failure> {
    if folder.join("expected.json").is_file() {
        return expected(folder);
    }
    let mut gold = Gold::default();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for line in std::fs::read_to_string(folder.join("gold.jsonl"))?.lines() {
        let group: serde_json::Value = serde_json::from_str(line)?;
        if group["label"] == "related" {
            continue;
        }
        let mut places = Vec::new();
        for claim in group["claims"].as_array().into_iter().flatten() {
            let file = claim["file"].as_str().unwrap_or_default();
            if !texts.contains_key(file) {
                texts.insert(file.to_owned(), std::fs::read_to_string(folder.join(file))?);
            }
            let bytes = |at: &serde_json::Value| -> Result<u32, Failure> {
                let at = usize::try_from(at.as_u64().ok_or("a place is no number")?)?;
                let before: usize = texts[file].chars().take(at).map(char::len_utf8).sum();
                Ok(u32::try_from(before)?)
            };
            places.push((file.to_owned(), bytes(&claim["start"])?, bytes(&claim["end"])?));
        }
        let pairs = places.iter().enumerate().flat_map(|(at, one)| places[at + 1..].iter().map(move |two| (one, two)));
        let pairs = pairs.filter(|(one, two)| one.0 != two.0).map(|(one, two)| (one.clone(), two.clone()));
        let list = if group["borderline"] == true { &mut gold.open } else { &mut gold.same };
        list.extend(pairs);
    }
    Ok(gold)
}

/// The same of an event of the fixtures: quotations stand for their places.
fn expected(folder: &Path) -> Result<Gold, Failure> {
    let mut gold = Gold::default();
    let expected: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json"))?)?;
    for group in expected["groups"].as_array().into_iter().flatten() {
        let list = match group["label"].as_str() {
            Some("agree" | "conflict") => &mut gold.same,
            Some("borderline") => &mut gold.open,
            _ => continue,
        };
        let mut places: Vec<Place> = Vec::new();
        for claim in group["claims"].as_array().into_iter().flatten() {
            let (file, quote) =
                (claim["file"].as_str().unwrap_or_default(), claim["quote"].as_str().unwrap_or_default());
            if file.ends_with(".txt") {
                let text = std::fs::read_to_string(folder.join("sources").join(file))?;
                let start = text.find(quote).ok_or_else(|| format!("{file}: no such words: {quote}"))?;
                places.push((file.to_owned(), start as u32, (start + quote.len()) as u32));
            }
        }
        let pairs = places.iter().enumerate().flat_map(|(at, one)| places[at + 1..].iter().map(move |two| (one, two)));
        list.extend(pairs.filter(|(one, two)| one.0 != two.0).map(|(one, two)| (one.clone(), two.clone())));
    }
    Ok(gold)
}
