//! Candidate → comparison: how two claims stand to each other, level by level.
//!
//! What comes in: two claims that a blocking key brought together. What goes out: the level each comparator found, with
//! its weight, and the weights' sum as a probability that both speak of the same thing. It does not say whether they
//! agree: a likeness never tells that.

mod align;

mod levels;

mod prepared;

mod quantities;

mod quotes;

mod story;

mod terms;

mod names;

mod meaning;

mod inference;

mod deeds;

mod identifiers;

mod meeting;

mod window;

mod times;

mod weights;

pub use levels::{Comparator, Grade, LevelMeta};
pub use meeting::Meeting;
pub use prepared::{Prepared, Share, prepare, told_stems};
pub use story::{StoryProfiles, likeness_prior, story_profiles};
pub use window::{Window, likeness, window};

use crate::model::{Alignment, Comparison, Inference};

/// Every comparator, in the order in which their levels are listed.
pub static COMPARATORS: &[&dyn Comparator] = &[
    &terms::Terms,
    &terms::Grams,
    &terms::Coverage,
    &terms::Containment,
    &terms::Evidence,
    &names::Names,
    &quantities::Quantities,
    &identifiers::Identifiers,
    &times::Times,
    &quotes::Quotes,
    &quotes::Speaker,
    &story::SameStory,
    &deeds::Deeds,
    &deeds::Content,
    &meaning::Meaning,
    &inference::Similarity,
    &inference::Counterpart,
];

/// What the comparators see of two claims.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// The one claim.
    pub left: &'a Prepared<'a>,
    /// The other.
    pub right: &'a Prepared<'a>,
    /// Which words of the one stand for which of the other.
    pub alignment: &'a Alignment,
    /// How alike their articles are, in [0, 1]; nothing where one of them stands in none.
    pub likeness: Option<f64>,
    /// What their texts mean, as far as that was measured.
    pub reading: Reading,
}

/// What two texts mean, held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reading {
    /// How near they are in meaning, in [0, 1], where that was measured.
    pub nearness: Option<f64>,
    /// What a reader of both infers, where one was asked: of two claims alone, or of those of one story.
    pub inference: Option<Inference>,
    /// True where each of two claims of one story is by far what comes nearest to the other, of all that the other's article tells, and a
    /// reader finds that both can hardly hold.
    pub is_counterpart: bool,
}

/// Compares two claims. `left` and `right` are their indexes in the list of claims.
pub fn compare(
    (left, left_claim): (u32, &Prepared<'_>),
    (right, right_claim): (u32, &Prepared<'_>),
    stories: &StoryProfiles,
    reading: Reading,
) -> Comparison {
    let likeness = stories.likeness(left_claim.claim.claim.document, right_claim.claim.claim.document);
    Meeting::of(left_claim, right_claim).compare((left, right), likeness, reading)
}

/// What a pair weighs before any comparison.
fn prior(sides: &Sides<'_>) -> f64 {
    let beside_meaning = if sides.reading.nearness.is_some() { weights::BESIDE_MEANING } else { 1.0 };
    weights::PRIOR * beside_meaning * levels::beside_inference(sides)
}

/// How far a pair lies from where its meaning could no longer turn it, 1 in the middle; nothing where it lies beyond. In: how alike
/// the articles of two claims are whose meaning was not measured, and their [`score`](Meeting::score).
pub fn open_to_meaning(likeness: Option<f64>, score: f64) -> Option<f64> {
    let story = likeness.map_or(0.0, |value| levels::weight(weights::STORY, value));
    let rest = (score / (1.0 - score)).log2() - story;
    let without = rest * weights::BESIDE_MEANING + story;
    let reach = weights::MEANING.iter().map(|level| level.weight.abs()).fold(0.0, f64::max);
    Some(1.0 - without.abs() / reach).filter(|inside| *inside > 0.0)
}

/// Pairs whose words, spelling and articles together weigh less than this are not compared further. What is left to weigh
/// could make up for it on paper and does not in fact: over 400,000 pairs of three corpora no matched pair lay below -3.3
/// (`docs/performance.md`).
const LEAST_FIRST_WEIGHT: f64 = -4.0;

/// The probability behind a weight in bits: `2^w / (1 + 2^w)`, rounded so that the last bits of floating point cannot
/// turn an order or a threshold.
fn probability(weight: f64) -> f64 {
    let odds = weight.clamp(-60.0, 60.0).exp2();
    (odds / (1.0 + odds) * 1e6).round() / 1e6
}

/// What each measure adds to the relevance of a claim for a query; chosen on public sets of queries with the checked
/// claims that answer them (`docs/quality.md`). How much of the claim found is told by the query does not help: what is
/// said in two words is told by many.
const RELEVANCE: [(&str, f64); 3] = [("terms", 0.3), ("grams", 0.3), ("evidence", 0.3)];

/// The share of the query's own coverage in the relevance; with [`RELEVANCE`] it adds up to 1.
const QUERY_COVERED: f64 = 0.1;

/// How near a claim is to a query (the left side), in [0, 1]: a ranking, not a probability. Two claims can be about the same
/// thing with a better score and still answer a long query less.
pub fn relevance(comparison: &Comparison) -> f64 {
    let value = |id: &str| comparison.levels.iter().find(|level| level.comparator == id).and_then(|level| level.value);
    let measured: f64 = RELEVANCE.iter().map(|(id, share)| share * value(id).unwrap_or(0.0)).sum();
    ((measured + QUERY_COVERED * comparison.alignment.left_coverage) * 1e6).round() / 1e6
}
