//! Documents that tell of the same events.

use crate::model::{ClaimGroup, DocumentId, NormalClaim};
use rustc_hash::FxHashMap;

/// Articles need this many groups of claims in common to tell of the same events: a shared background sentence is not
/// enough.
const LEAST_SHARED_GROUPS: u32 = 2;

/// Puts documents into stories by the groups of claims they share, and writes each group's story into it. Gives the
/// documents of each story, ordered by the first of them in `documents`; a document that shares too little is a story of
/// its own.
pub fn stories(documents: &[DocumentId], claims: &[&NormalClaim], groups: &mut [ClaimGroup]) -> Vec<Vec<DocumentId>> {
    let index: FxHashMap<DocumentId, usize> = documents.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let documents_of = |group: &ClaimGroup| {
        // A guest tells two things, and joins nothing: else three sentences of two things each would make one story of four.
        let mut found: Vec<usize> = group
            .own()
            .into_iter()
            .filter_map(|member| index.get(&claims[member as usize].claim.document).copied())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let mut shared: FxHashMap<(usize, usize), u32> = FxHashMap::default();
    let mut articles = vec![0_u32; documents.len()];
    for claim in claims {
        if let Some(&at) = index.get(&claim.claim.document) {
            articles[at] += 1;
        }
    }
    let mut root: Vec<usize> = (0..documents.len()).collect();
    for group in groups.iter() {
        let found = documents_of(group);
        // A ready-made claim is a document with one claim: it can share no more than that, and joins whoever shares it.
        // Hundreds of them tell the same, and one look at each is enough.
        if let Some(&whole) = found.iter().find(|&&at| articles[at] == 1) {
            for &other in &found {
                let (one, two) = (find(&mut root, whole), find(&mut root, other));
                root[one.max(two)] = one.min(two);
            }
            continue;
        }
        for (at, &one) in found.iter().enumerate() {
            for &two in &found[at + 1..] {
                *shared.entry((one, two)).or_insert(0) += 1;
            }
        }
    }
    let mut pairs: Vec<((usize, usize), u32)> = shared.into_iter().collect();
    pairs.sort_unstable();
    for ((one, two), count) in pairs {
        if count >= LEAST_SHARED_GROUPS {
            let (one, two) = (find(&mut root, one), find(&mut root, two));
            root[one.max(two)] = one.min(two);
        }
    }
    let mut story_of_root: FxHashMap<usize, usize> = FxHashMap::default();
    let mut stories: Vec<Vec<DocumentId>> = Vec::new();
    for (at, document) in documents.iter().enumerate() {
        let root = find(&mut root, at);
        let story = *story_of_root.entry(root).or_insert_with(|| {
            stories.push(Vec::new());
            stories.len() - 1
        });
        stories[story].push(*document);
    }
    for group in groups.iter_mut() {
        let first = documents_of(group).first().copied().unwrap_or(0);
        let root = find(&mut root, first);
        group.story = story_of_root.get(&root).copied().map_or(0, |story| story as u32);
    }
    stories
}

/// The root of `at`, with the path to it made short.
fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}
