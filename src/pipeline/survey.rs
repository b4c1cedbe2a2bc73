//! The claims of a document → what has to be known of each claim of a corpus to find the partners of a few: stems without weights,
//! what blocking keys take, and hashes of texts. It is a tenth of the claims' size, and is kept from run to run.

use super::sense::words_of;
use super::session::Made;
use crate::block::{self, Taken};
use crate::cluster;
use crate::compare::{self, Share};
use crate::model::{ClaimKind, NormalClaim, Term, TermRole, content_hash};
use crate::text::fold::printed;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What is known of one document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Survey {
    /// The number of its sentences that make no claim.
    pub(super) set_aside: u32,
    /// The stems of its claims, each once, one a line; the lists below number them.
    stems: String,
    /// Whether each claim is a part of an article, not a ready-made one.
    in_article: Vec<bool>,
    /// A hash of the stems of each claim that count for rarity.
    statements: Vec<u64>,
    counted: Lists<u32>,
    told: Lists<(u32, Share)>,
    keys: Lists<Taken>,
    /// The sentences by which copies of a document are known.
    pub(super) printed: Vec<u64>,
    /// The texts that would be placed by their meaning.
    pub(super) texts: Vec<u64>,
}

/// A list for each claim, one behind the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Lists<T> {
    ends: Vec<u32>,
    all: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), all: Vec::new() }
    }
}

impl<T> Lists<T> {
    fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.all.extend(list);
        self.ends.push(self.all.len() as u32);
    }

    fn range(&self, at: usize) -> Range<usize> {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        from..self.ends[at] as usize
    }

    fn of(&self, at: usize) -> &[T] {
        &self.all[self.range(at)]
    }
}

impl Survey {
    /// What is to be known of a document of which the early stages made this.
    pub(super) fn of(made: &Made) -> Self {
        let mut survey = Self { set_aside: made.set_aside.len() as u32, ..Self::default() };
        let mut number: FxHashMap<String, u32> = FxHashMap::default();
        for claim in &made.claims {
            survey.add(claim, &mut number);
        }
        for hashes in [&mut survey.printed, &mut survey.texts] {
            hashes.sort_unstable();
            hashes.dedup();
        }
        survey
    }

    fn add(&mut self, claim: &NormalClaim, number: &mut FxHashMap<String, u32>) {
        let mut numbered = |stem: &str| {
            let next = number.len() as u32;
            *number.entry(stem.to_owned()).or_insert_with(|| {
                self.stems.push_str(stem);
                self.stems.push('\n');
                next
            })
        };
        let counted = distinct_stems(claim);
        self.statements.push(content_hash(counted.iter().copied()));
        self.counted.push(counted.into_iter().map(&mut numbered));
        self.told.push(compare::told_stems(claim).into_iter().map(|(_, stem, share)| (numbered(&stem), share)));
        self.keys.push(block::taken(claim));
        self.in_article.push(claim.claim.kind != ClaimKind::Given);
        let context = &claim.claim.context;
        self.printed.extend(cluster::tells_copies(context).then(|| printed(context)));
        self.texts.extend([content_hash([words_of(&claim.claim).as_str()]), content_hash([&**context])]);
    }

    /// Number of claims.
    pub(super) fn len(&self) -> usize {
        self.statements.len()
    }

    /// The stems of its claims.
    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        self.stems.lines()
    }

    /// A hash of the stems of a claim that count for rarity, and those.
    pub(super) fn statement(&self, at: usize) -> (u64, &[u32]) {
        (self.statements[at], self.counted.of(at))
    }

    /// The stems of a claim with what they count, in the order of their hashes.
    pub(super) fn told(&self, at: usize) -> &[(u32, Share)] {
        self.told.of(at)
    }

    /// What blocking keys take from a claim.
    pub(super) fn keys(&self, at: usize) -> &[Taken] {
        self.keys.of(at)
    }

    /// Whether a claim is a part of an article.
    pub(super) fn is_in_article(&self, at: usize) -> bool {
        self.in_article[at]
    }
}

/// The stems of a claim that count for rarity, in order, each once: neither grammar nor figures, nor what it shares with
/// another claim of its sentence, where it has counted.
pub(super) fn distinct_stems(claim: &NormalClaim) -> Vec<&str> {
    let own = |term: &Term| {
        let claim = &claim.claim;
        claim.span.contains(term.span) || claim.predicate.is_none() && !claim.shares(term.span)
    };
    let counts = |term: &&Term| !matches!(term.role, TermRole::Function | TermRole::Quantity) && own(term);
    let mut stems: Vec<&str> = claim.form.terms.iter().filter(counts).map(|term| term.stem.as_str()).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}
