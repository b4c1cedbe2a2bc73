//! Families of documents that print one text: reprints of an agency's report count as one origin.

use crate::model::{DocumentId, NormalClaim};
use crate::text::fold::printed;
use rustc_hash::{FxHashMap, FxHashSet};

/// Sentences of fewer words than this are printed alike by chance.
const LEAST_WORDS: usize = 8;

/// Two documents are copies when the shorter shares at least this part of its sentences with the other.
const COPIED_SHARE: f64 = 0.5;

/// And at least this many of them: one shared sentence is a quotation, not a copy.
const LEAST_SHARED: usize = 3;

/// The documents that share a sentence are compared with each other up to this many; beyond, each with the first only, so
/// that a text reprinted by hundreds is one family without a look at every pair.
const MOST_COMPARED: usize = 200;

/// Which documents print one text.
#[derive(Debug, Clone, Default)]
pub struct Families {
    family_of: FxHashMap<DocumentId, DocumentId>,
}

impl Families {
    /// The identity of the family: the smallest identity of its documents.
    pub fn family(&self, document: DocumentId) -> DocumentId {
        self.family_of.get(&document).copied().unwrap_or(document)
    }
}

/// Whether a sentence is long enough to tell, where two documents print it, that one copies the other.
pub fn tells_copies(sentence: &str) -> bool {
    sentence.split_whitespace().count() >= LEAST_WORDS
}

/// Finds the documents that share most of their sentences word for word.
pub fn families(claims: &[&NormalClaim]) -> Families {
    let telling = claims.iter().map(|claim| &claim.claim).filter(|claim| tells_copies(&claim.context));
    families_of(telling.map(|claim| (claim.document, printed(&claim.context))))
}

/// The same for the sentences that tell it, by their hashes ([`printed`]), each with its document.
pub fn families_of(printed: impl Iterator<Item = (DocumentId, u64)>) -> Families {
    let mut sentences: FxHashMap<DocumentId, FxHashSet<u64>> = FxHashMap::default();
    for (document, sentence) in printed {
        sentences.entry(document).or_default().insert(sentence);
    }
    let mut holders: FxHashMap<u64, Vec<DocumentId>> = FxHashMap::default();
    for (document, hashes) in &sentences {
        for hash in hashes {
            holders.entry(*hash).or_default().push(*document);
        }
    }
    let mut shared: FxHashMap<(DocumentId, DocumentId), usize> = FxHashMap::default();
    for documents in holders.values_mut() {
        documents.sort_unstable();
        let compared = if documents.len() <= MOST_COMPARED { documents.len() } else { 1 };
        for (at, &one) in documents.iter().enumerate().take(compared) {
            for &two in &documents[at + 1..] {
                *shared.entry((one, two)).or_insert(0) += 1;
            }
        }
    }
    let mut pairs: Vec<(DocumentId, DocumentId)> = shared
        .into_iter()
        .filter(|&((one, two), count)| {
            let shorter = sentences[&one].len().min(sentences[&two].len());
            count >= LEAST_SHARED && count as f64 >= COPIED_SHARE * shorter as f64
        })
        .map(|(pair, _)| pair)
        .collect();
    pairs.sort_unstable();
    let mut families = Families::default();
    for (one, two) in pairs {
        let (one, two) = (families.family(one), families.family(two));
        // Every two of a hundred reprints are a pair, and all but the first of them join nothing.
        if one == two {
            continue;
        }
        let (least, other) = (one.min(two), one.max(two));
        families.family_of.insert(other, least);
        for family in families.family_of.values_mut().filter(|family| **family == other) {
            *family = least;
        }
    }
    families
}
