//! Pairs of claims of one story → what a reader of both infers. In: where all claims lie in meaning. Out: what the cross-encoder makes of the
//! pairs of claims of different outlets that are near each other at all, read together; of a large story, of the nearest of them.
//!
//! Two outlets that write for themselves share hardly a word where they tell the same, and what contradicts a claim is often near it
//! by nothing but its meaning. Words and vectors, made of each text by itself, bring the two near each other; whether they tell one fact, and
//! whether both can hold, shows only where both are read at once.

use super::join::Joined;
use super::sense::words_of;
use super::session::Session;
use super::{Step, Watch};
use crate::block;
use crate::compare::Prepared;
use crate::config::{Meaning, Settings};
use crate::meaning::Space;
use crate::model::{Candidate, Claim, DocumentId, Inference, KeySet};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// With `auto`, no more pairs of texts than this are read together, the nearest first: what takes some nine seconds of one core
/// (`docs/performance.md`).
const MOST_PAIRS: usize = 2_048;

/// Pairs of less nearness are not read. In the stories of `docs/quality.md` one or two in a hundred of them are about the same thing, and they
/// are six to ten times as many as those that are read.
const LEAST_NEARNESS: f64 = 0.1;

/// Two claims of one story are compared from this nearness upward though they share no key. On the stories of
/// `docs/quality.md` a pair of less is never about the same thing by the weights of `compare` for what was not read.
const NEAR_IN_STORY: f64 = 0.35;

/// How surely both cannot hold, from where on two claims can be counterparts.
const CONTRADICTS: f64 = 0.7;

/// Bits by which a pair has to be ahead of what comes next to each of its claims. Where outlets write for themselves, of the pairs that the
/// reader takes for one fact (.8) and that words give odds of 1 : 64 to even ones 41 of 42 that are ahead by this are right, and 30 of
/// 45 others, contradictions or not (`docs/quality.md`).
const MARGIN: f64 = 1.5;

/// How surely two claims of the same words, which are not read, are about one fact: nothing comes nearer than what both articles print.
const PRINTED: f64 = 1.0;

/// The same of what was left unread because it says too little, or other pairs were nearer: nothing is known of it.
const UNREAD: f64 = 0.5;

/// What nearness in meaning counts for beside the reader; 10 bits give the same figures.
const NEARNESS_BITS: f64 = 6.0;

/// Words of a claim that is read: of fewer a reader makes anything.
const LEAST_WORDS: usize = 3;

/// Two claims of different outlets in articles that seem to tell of the same events, the smaller number first.
struct Near {
    left: u32,
    right: u32,
    /// How near they are in meaning.
    nearness: f64,
}

/// All pairs of claims of the same two texts, and how near the nearest of them is.
type Alike<'a> = (f64, Vec<&'a Near>);

/// What came of two claims that were read together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Read {
    pub(super) inference: Inference,
    /// Whether each of the two is by far what comes nearest to the other, of all that the other's article tells, and both can hardly hold.
    pub(super) is_counterpart: bool,
}

/// What is inferred of the pairs that are read, the smaller number first; and the candidates among all that are near.
pub(super) fn read(
    prepared: &[Prepared<'_>],
    joined: &Joined,
    space: &Space,
    session: &Session,
    settings: &Settings,
    watch: &dyn Watch,
) -> (FxHashMap<(u32, u32), Read>, Vec<Candidate>) {
    let near = near_in_story(prepared, joined, space);
    let most = (settings.compare.meaning == Meaning::Auto).then_some(MOST_PAIRS);
    let words: Vec<Option<String>> = prepared.par_iter().map(|prepared| worth_reading(&prepared.claim.claim)).collect();
    let inferred = inferred(&words, &near, most, session, watch);
    let read = counterparts(prepared, &words, &near, &inferred);
    let candidate = |of: &Near| {
        let mut keys = KeySet::default();
        if of.nearness >= NEAR_IN_STORY {
            keys = keys.with(block::MEANING_KEY);
        }
        if read.get(&(of.left, of.right)).is_some_and(|read| read.is_counterpart) {
            keys = keys.with(block::READING_KEY);
        }
        (keys != KeySet::default()).then_some(Candidate { left: of.left, right: of.right, keys })
    };
    let candidates = near.iter().filter_map(candidate).collect();
    (read, candidates)
}

/// What is inferred of the pairs that are read: of the nearest, and no more pairs of texts than `most`. `words` are those of each claim, nothing
/// for one that says too little.
fn inferred(
    words: &[Option<String>],
    near: &[Near],
    most: Option<usize>,
    session: &Session,
    watch: &dyn Watch,
) -> FxHashMap<(u32, u32), Inference> {
    // Outlets print one another's sentences: the same two texts are one pair, and a text has nothing to tell of itself.
    let mut pairs: FxHashMap<(&str, &str), Alike<'_>> = FxHashMap::default();
    for pair in near {
        let (Some(left), Some(right)) = (&words[pair.left as usize], &words[pair.right as usize]) else { continue };
        if left != right {
            let (_, all) = pairs
                .entry((left.min(right), left.max(right)))
                .and_modify(|(nearest, _)| *nearest = nearest.max(pair.nearness))
                .or_insert_with(|| (pair.nearness, Vec::new()));
            all.push(pair);
        }
    }
    let mut pairs: Vec<((&str, &str), Alike<'_>)> = pairs.into_iter().collect();
    // Ties are broken by the texts: neither the order of the inputs nor that of a table has a say.
    pairs.par_sort_unstable_by(|(one, (near, _)), (two, (less, _))| less.total_cmp(near).then(one.cmp(two)));
    pairs.truncate(most.unwrap_or(usize::MAX));
    if pairs.is_empty() {
        return FxHashMap::default();
    }
    watch.begin(Step::Together, pairs.len() as u64);
    let texts: Vec<(&str, &str)> = pairs.iter().map(|(texts, _)| *texts).collect();
    let inferred = session.inferences_in_stories(&texts).unwrap_or_default();
    let told = pairs.iter().zip(inferred);
    told.flat_map(|((_, (_, all)), inference)| all.iter().map(move |pair| ((pair.left, pair.right), inference)))
        .collect()
}

/// Tells which of the pairs that were read are counterparts. The margin of a claim is over what comes next to it in the other's article.
fn counterparts(
    prepared: &[Prepared<'_>],
    words: &[Option<String>],
    near: &[Near],
    inferred: &FxHashMap<(u32, u32), Inference>,
) -> FxHashMap<(u32, u32), Read> {
    let document = |at: u32| prepared[at as usize].claim.claim.document;
    let close = |pair: &Near| {
        let told = inferred.get(&(pair.left, pair.right)).and_then(|inference| inference.same_fact);
        let [left, right] = [pair.left, pair.right].map(|at| &words[at as usize]);
        closeness(pair.nearness, told.unwrap_or(if left.is_some() && left == right { PRINTED } else { UNREAD }))
    };
    // For each claim and each other article the best and the second best.
    let mut best: FxHashMap<(u32, DocumentId), [f64; 2]> = FxHashMap::default();
    for pair in near {
        let close = close(pair);
        for (one, other) in [(pair.left, pair.right), (pair.right, pair.left)] {
            let [first, second] = best.entry((one, document(other))).or_insert([f64::NEG_INFINITY; 2]);
            *second = second.max(close.min(*first));
            *first = first.max(close);
        }
    }
    let leads = |one: u32, other: u32, close: f64| {
        let [first, second] = best[&(one, document(other))];
        close >= first && close - second >= MARGIN
    };
    let read = |pair: &Near| {
        let inference = *inferred.get(&(pair.left, pair.right))?;
        let is_counterpart = inference.contradiction >= CONTRADICTS
            && leads(pair.left, pair.right, close(pair))
            && leads(pair.right, pair.left, close(pair));
        Some(((pair.left, pair.right), Read { inference, is_counterpart }))
    };
    near.iter().filter_map(read).collect()
}

/// How close two claims are, in bits: half the odds that both are about one fact, and how near they are in meaning.
fn closeness(nearness: f64, surely: f64) -> f64 {
    let surely = surely.clamp(0.001, 0.999);
    0.5 * (surely / (1.0 - surely)).log2() + NEARNESS_BITS * nearness
}

/// The pairs of claims of different outlets, in articles that seem to tell of the same events, that are near enough in meaning to be
/// read together.
fn near_in_story(prepared: &[Prepared<'_>], joined: &Joined, space: &Space) -> Vec<Near> {
    let mut claims: Vec<Vec<u32>> = vec![Vec::new(); joined.near.len()];
    for (at, prepared) in (0_u32..).zip(prepared) {
        if let Some(article) = joined.articles.get(&prepared.claim.claim.document) {
            claims[*article as usize].push(at);
        }
    }
    let source = |at: u32| prepared[at as usize].claim.claim.source;
    (0..claims.len())
        .into_par_iter()
        .flat_map_iter(|here| {
            joined.near[here].iter().filter(move |there| here < **there as usize).map(move |there| (here, *there))
        })
        .flat_map_iter(|(here, there)| {
            let pairs = space.near_pairs(&claims[here], &claims[there as usize], LEAST_NEARNESS);
            pairs.into_iter().filter(|(one, two, _)| source(*one) != source(*two)).map(|(one, two, nearness)| Near {
                left: one.min(two),
                right: one.max(two),
                nearness,
            })
        })
        .collect()
}

/// The words of a claim that is worth reading.
fn worth_reading(claim: &Claim) -> Option<String> {
    says_enough(claim).then(|| words_of(claim))
}

/// True for a claim that says enough for a reader to infer anything from it.
pub(super) fn says_enough(claim: &Claim) -> bool {
    let mut words = claim.text().split_whitespace().filter(|piece| piece.contains(char::is_alphanumeric));
    words.nth(LEAST_WORDS - 1).is_some()
}

#[cfg(all(test, feature = "meaning"))]
mod tests {
    use super::super::pairs::claim_of;
    use super::super::{Unwatched, prepare};
    use super::*;
    use crate::lexicon::background::Rarity;
    use crate::model::{CorpusStats, NormalClaim};
    use crate::normalize::NormalizeSettings;

    fn read_of(texts: &[&str], near: &[(u32, u32, f64)], most: Option<usize>) -> Vec<(u32, u32)> {
        let known = NormalizeSettings::default();
        let claims: Vec<NormalClaim> = texts.iter().map(|text| claim_of("Courier", text, None, &known)).collect();
        let words: Vec<Option<String>> = claims.iter().map(|normal| worth_reading(&normal.claim)).collect();
        let near: Vec<Near> = near.iter().map(|&(left, right, nearness)| Near { left, right, nearness }).collect();
        let session = Session::open(&Settings::default()).expect("nothing is opened");
        let mut read: Vec<(u32, u32)> = inferred(&words, &near, most, &session, &Unwatched).into_keys().collect();
        read.sort_unstable();
        read
    }

    const TEXTS: [&str; 5] = [
        "The bridge was closed to trucks on Monday.",
        "Trucks may cross the bridge.",
        "The bridge was closed to trucks on Monday.",
        "Closed again",
        "Lorries have been banned from the bridge.",
    ];

    #[test]
    fn the_nearest_pairs_of_texts_are_read_and_what_two_outlets_print_alike_once() {
        let near = [(0, 1, 0.3), (1, 2, 0.4), (0, 4, 0.2), (0, 2, 1.0), (1, 3, 0.9)];
        assert_eq!(read_of(&TEXTS, &near, None), [(0, 1), (0, 4), (1, 2)], "not one text twice, nor two words");
        assert_eq!(read_of(&TEXTS, &near, Some(1)), [(0, 1), (1, 2)], "the same two texts are one pair");
    }

    #[test]
    fn what_both_articles_print_has_no_other_counterpart() {
        let known = NormalizeSettings::default();
        let texts = ["The bridge is open.", "The bridge is open.", "The bridge is shut.", "The bridge was painted."];
        let sources = ["Courier", "Herald", "Herald", "Herald"];
        let mut told: Vec<NormalClaim> =
            texts.iter().zip(sources).map(|(text, source)| claim_of(source, text, None, &known)).collect();
        // The claims of the Herald stand in one article.
        let herald = told[1].claim.document;
        told[1..].iter_mut().for_each(|normal| normal.claim.document = herald);
        let words: Vec<Option<String>> = told.iter().map(|normal| worth_reading(&normal.claim)).collect();
        let stats = CorpusStats::default();
        let prepared = prepare(&told, Rarity::of(&stats));
        let contradicts = |same_fact| Inference {
            entailment: 0.02,
            contradiction: 0.97,
            neutral: 0.01,
            similarity: None,
            same_fact: Some(same_fact),
        };
        let pair = |left, right, nearness| Near { left, right, nearness };
        let inferred = FxHashMap::from_iter([((0, 2), contradicts(0.99))]);
        let read = |near: &[Near]| counterparts(&prepared, &words, near, &inferred)[&(0, 2)].is_counterpart;
        assert!(read(&[pair(0, 2, 0.6)]));
        assert!(!read(&[pair(0, 1, 1.0), pair(0, 2, 0.6)]), "what both print");
        assert!(read(&[pair(0, 2, 0.6), pair(0, 3, 0.5)]), "unread, and less near");
        assert!(!read(&[pair(0, 2, 0.3), pair(0, 3, 0.7)]), "unread, and much nearer");
    }

    #[test]
    fn equally_near_pairs_are_chosen_by_their_texts_in_whatever_order_they_stand() {
        let chosen = |texts: [&'static str; 3]| {
            let read = read_of(&texts, &[(0, 1, 0.3), (1, 2, 0.3), (0, 2, 0.3)], Some(1));
            let mut both =
                read.first().map(|&(one, two)| [texts[one as usize], texts[two as usize]]).expect("one is read");
            both.sort_unstable();
            both
        };
        let [one, two, three] = [TEXTS[0], TEXTS[1], TEXTS[4]];
        let first = chosen([one, two, three]);
        assert_eq!(first, chosen([three, two, one]));
        assert_eq!(first, chosen([two, three, one]));
    }
}
