//! The names a user knows → look-ups. In: names with their other names. Out: which of them begins at a word, and what a key stands
//! for. They come before the lexicon and before what the document tells.

use super::gazetteer::{Case, Draft, Entry, Phrases, canonical_key};
use super::line::Line;
use crate::model::{KnownName, MentionKind};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The names a user knows. A clone shares them.
#[derive(Debug, Clone, Default)]
pub struct UserNames(Option<Arc<Known>>);

#[derive(Debug)]
struct Known {
    phrases: Phrases,
    keys: FxHashMap<String, (String, MentionKind)>,
}

impl UserNames {
    /// Of two names that share another name, the earlier one has it.
    pub fn of(names: &[KnownName]) -> Self {
        if names.is_empty() {
            return Self::default();
        }
        let (mut phrases, mut keys) = (Draft::default(), FxHashMap::default());
        for KnownName { name, kind, also } in names {
            let key = canonical_key(name);
            for written in std::iter::once(name).chain(also) {
                phrases.add(written, &key, *kind);
                keys.entry(canonical_key(written)).or_insert_with(|| (key.clone(), *kind));
            }
        }
        Self(Some(Arc::new(Known { phrases: phrases.sorted(), keys })))
    }

    /// The longest of them that begins at token `at`, with the index after it.
    pub(super) fn longest(&self, line: &Line<'_>, at: usize) -> Option<(&Entry, usize)> {
        self.0.as_ref()?.phrases.longest(line, at, Case::Names)
    }

    /// The key that the name `key` stands for, and what it names.
    pub(super) fn stands_for(&self, key: &str) -> Option<(&str, MentionKind)> {
        self.0.as_ref()?.keys.get(key).map(|(key, kind)| (key.as_str(), *kind))
    }
}
