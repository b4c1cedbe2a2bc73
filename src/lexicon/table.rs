//! One table of the lexicon. In: tab-separated text compiled into the program. Out: look-ups by entry.

use super::words::Words;
use rustc_hash::FxHashMap;

/// Entries with their values, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Table {
    rows: Vec<(&'static str, Vec<&'static str>)>,
    index: Words<&'static str, usize>,
    first_words: Words<&'static str, ()>,
}

impl Table {
    /// Reads tab-separated lines; the first column is the entry, empty lines and lines beginning with `#` are skipped.
    /// A repeated entry keeps its first line.
    pub fn parse(text: &'static str) -> Self {
        let mut rows: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
        let mut index: FxHashMap<&'static str, usize> = FxHashMap::default();
        let mut first_words: FxHashMap<&'static str, ()> = FxHashMap::default();
        for line in text.lines() {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t').map(str::trim);
            let entry = columns.next().unwrap_or("");
            if !entry.is_empty() && !index.contains_key(entry) {
                index.insert(entry, rows.len());
                if let Some((first, _)) = entry.split_once(' ') {
                    first_words.insert(first.strip_suffix("'s").unwrap_or(first), ());
                }
                rows.push((entry, columns.collect()));
            }
        }
        Self { rows, index: index.into(), first_words: first_words.into() }
    }

    /// True where `entry` is in the table.
    pub fn has(&self, entry: &str) -> bool {
        self.index.has(entry)
    }

    /// True where `word` is the first of an entry's several words.
    pub fn starts_phrase(&self, word: &str) -> bool {
        self.first_words.has(word)
    }

    /// The values of `entry`.
    pub fn values(&self, entry: &str) -> Option<&[&'static str]> {
        self.index.get(entry).map(|&row| self.rows[row].1.as_slice())
    }

    /// The entry as it stands in the table.
    pub fn entry(&self, entry: &str) -> Option<&'static str> {
        self.index.get(entry).map(|&row| self.rows[row].0)
    }

    /// The first value of `entry`.
    pub fn value(&self, entry: &str) -> Option<&'static str> {
        self.values(entry)?.first().copied()
    }

    /// All rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, &[&'static str])> {
        self.rows.iter().map(|(entry, values)| (*entry, values.as_slice()))
    }

    /// Number of words of the longest entry, for look-ups of phrases.
    pub fn longest_phrase(&self) -> usize {
        self.rows.iter().map(|(entry, _)| entry.split(' ').count()).max().unwrap_or(0)
    }
}
