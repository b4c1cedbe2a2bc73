//! Look-ups of phrases in running words. In: a table whose entries are words or phrases. Out: the longest entry that
//! begins at a word. The entries are kept by their first word, so that most words cost one look-up.

use super::Table;
use super::words::Words;
use rustc_hash::FxHashMap;

/// The entries of a table by their first word.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    by_first: Words<&'static str, Vec<Phrase>>,
}

/// One entry: its words and its first value, empty where it has none.
#[derive(Debug, Clone)]
struct Phrase {
    words: Vec<&'static str>,
    value: &'static str,
}

impl Phrases {
    /// The entries of `table`.
    pub(super) fn of(table: &Table) -> Self {
        let mut by_first: FxHashMap<&'static str, Vec<Phrase>> = FxHashMap::default();
        for (entry, values) in table.rows() {
            let words: Vec<&'static str> = entry.split(' ').collect();
            by_first.entry(words[0]).or_default().push(Phrase { words, value: values.first().copied().unwrap_or("") });
        }
        for phrases in by_first.values_mut() {
            // The sort is stable: of two entries of one length the earlier line counts.
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
        Self { by_first: by_first.into() }
    }

    /// The longest entry whose words are `word(0)`, `word(1)`, ...: its number of words and its value. `word` gives the
    /// folded words from some place on, and an empty word beyond the end.
    pub fn longest<'w>(&self, word: impl Fn(usize) -> &'w str) -> Option<(usize, &'static str)> {
        let phrases = self.by_first.get(word(0))?;
        let found = phrases
            .iter()
            .find(|phrase| phrase.words.iter().enumerate().skip(1).all(|(offset, part)| word(offset) == *part))?;
        Some((found.words.len(), found.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let phrases = Phrases::of(&Table::parse("no\tone\nno doubt\ttwo\n"));
        let at = |words: &[&'static str]| {
            let words = words.to_vec();
            phrases.longest(|offset| words.get(offset).copied().unwrap_or(""))
        };
        assert_eq!(at(&["no", "doubt", "that"]), Some((2, "two")));
        assert_eq!(at(&["no", "house"]), Some((1, "one")));
        assert_eq!(at(&["no"]), Some((1, "one")));
        assert_eq!(at(&["doubt"]), None);
        assert_eq!(at(&[]), None);
    }
}
