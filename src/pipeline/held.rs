//! Candidates → links, and groups → standings: every pair is compared for its score and for how the two stand, and only
//! the pairs that end up in one group are held against each other again for what is to be told of them. A corpus full of
//! look-alikes has hundreds of matched pairs for each that is told.

use super::sense::Sense;
use super::{Step, Watch, handed, pair, stand};
use crate::block;
use crate::cluster;
use crate::compare::{self, Prepared, Reading, StoryProfiles};
use crate::config::Settings;
use crate::label::{self, DocumentFacts};
use crate::model::{Candidate, ClaimGroup, Comparison, DocumentId, Link, NormalClaim, Standing};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Scores below this share of the threshold are taken for 0 when groups are joined, which spares keeping them.
pub(super) const WORTH_KEEPING: f64 = 0.1;

/// A score as links have it.
pub(super) fn millionths(score: f64) -> u32 {
    (score * f64::from(Link::CERTAIN)).round() as u32
}

/// What pairs are held against each other with.
pub(super) struct Held<'a> {
    pub(super) prepared: &'a [Prepared<'a>],
    pub(super) profiles: &'a StoryProfiles,
    /// Where the claims lie in meaning, as far as they were encoded.
    pub(super) sense: &'a Sense,
    pub(super) documents: &'a FxHashMap<DocumentId, DocumentFacts>,
    pub(super) settings: &'a Settings,
    pub(super) watch: &'a dyn Watch,
}

/// So many pairs are compared between two words to who watches.
const AT_ONCE: usize = 1024;

impl Held<'_> {
    /// The links of all candidates near enough to count when groups are joined, in their order. `candidates` are those that
    /// [`sense`](fn@super::sense::sense) saw.
    pub(super) fn links(&self, candidates: &[Candidate]) -> Vec<Link> {
        let threshold = self.settings.compare.threshold;
        let settings = handed::label(self.settings);
        self.watch.begin(Step::Compare, candidates.len() as u64);
        let mut links: Vec<Link> = candidates
            .par_iter()
            .enumerate()
            .filter_map(|(at, candidate)| {
                if at % AT_ONCE == 0 {
                    self.watch.advance((candidates.len() - at).min(AT_ONCE) as u64);
                }
                let (left, right) = (candidate.left, candidate.right);
                let (one, two) = (&self.prepared[left as usize], &self.prepared[right as usize]);
                let score = self.score(at, candidate)?;
                if score < threshold * WORTH_KEEPING {
                    return None;
                }
                let relation = (score >= threshold).then(|| {
                    let comparison = self.compare(left, right);
                    label::relation(&pair(&comparison, one, two, self.documents), &settings)
                });
                Some(Link { left, right, score: millionths(score), relation })
            })
            .collect();
        cluster::part_what_both_tell(|claim| self.prepared[claim as usize].claim.claim.document, &mut links);
        links
    }

    /// The score of the candidate at this place in the list; nothing where it is not worth comparing or vetoed.
    fn score(&self, at: usize, candidate: &Candidate) -> Option<f64> {
        let (left, right) = (candidate.left, candidate.right);
        let (one, two) = (&self.prepared[left as usize], &self.prepared[right as usize]);
        let reading = self.reading(left, right);
        if let Some(by_words) = &self.sense.by_words {
            let score = by_words[at]?;
            let is_placed = reading.nearness.is_some();
            return if is_placed { compare::score(one, two, self.profiles, reading) } else { Some(score) };
        }
        // What only meaning brought together, words have nothing to say of.
        let by_words = !candidate.keys.has(block::MEANING_KEY);
        if by_words && !compare::worth_comparing(one, two, self.profiles) {
            return None;
        }
        compare::score(one, two, self.profiles, reading)
    }

    /// The comparison of two claims, level by level.
    pub(super) fn compare(&self, left: u32, right: u32) -> Comparison {
        let (one, two) = (&self.prepared[left as usize], &self.prepared[right as usize]);
        compare::compare((left, one), (right, two), self.profiles, self.reading(left, right))
    }

    /// What is known of the meaning of two claims: how near they are. The claims of a corpus are never read together.
    fn reading(&self, left: u32, right: u32) -> Reading {
        let nearness = self.sense.space.as_ref().and_then(|space| space.nearness(left, right));
        Reading { nearness, inference: None }
    }

    /// The groups that `links` make of all claims.
    pub(super) fn groups(&self, claims: &[&NormalClaim], links: &[Link]) -> Vec<ClaimGroup> {
        cluster::groups(claims, links, self.settings.compare.threshold, &handed::cluster(self.settings))
    }

    /// The standings of the pairs inside each group. The links of the groups, indexes into `links`, become indexes into
    /// them.
    pub(super) fn standings(&self, groups: &mut [ClaimGroup], links: &[Link]) -> Vec<Standing> {
        let settings = handed::label(self.settings);
        let of_groups: Vec<Vec<Standing>> = groups
            .par_iter()
            .map(|group| {
                let pairs = group.links.iter().map(|&link| (links[link as usize].left, links[link as usize].right));
                pairs
                    .map(|(left, right)| {
                        let (one, two) = (&self.prepared[left as usize], &self.prepared[right as usize]);
                        let comparison = self.compare(left, right);
                        stand(&comparison, one, two, self.documents, &settings)
                    })
                    .collect()
            })
            .collect();
        let mut standings = Vec::with_capacity(of_groups.iter().map(Vec::len).sum());
        for (group, own) in groups.iter_mut().zip(of_groups) {
            let from = standings.len() as u32;
            group.links = (from..from + own.len() as u32).collect();
            standings.extend(own);
        }
        standings
    }
}
