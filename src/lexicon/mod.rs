//! Language data: word lists and tables in `en/*.tsv`, loaded once when first asked for.
//!
//! A line is one entry: the entry itself, then its values, separated by tabs. Lines that begin with `#` are comments.
//! A list that grows is a file here, not code.

mod table;

pub use table::Table;

use std::sync::LazyLock;

/// Abbreviations that end in a stop without ending a sentence; the value is `title`, `month`, `unit`, ... .
pub fn abbreviations() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/abbreviations.tsv")));
    &TABLE
}

/// Words that carry grammar, not content.
pub fn function_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/function_words.tsv")));
    &TABLE
}

/// Verbs and nouns that report speech ("said", "according to"); the value tells their kind.
pub fn reporting_verbs() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/reporting_verbs.tsv")));
    &TABLE
}

/// Pairs of words that exclude each other; values: the sort, then the words of either side.
pub fn antonyms() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/antonyms.tsv")));
    &TABLE
}

/// Sets of words of which one excludes the others; values: the sort, then one member a column.
pub fn exclusive() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/exclusive.tsv")));
    &TABLE
}

/// What a counted word is a count of: "deaths" and "killed" are one outcome; `people` goes with any.
pub fn counted() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/counted.tsv")));
    &TABLE
}

/// Verbs in the past that do not end in -ed.
pub fn irregular_pasts() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/irregular_pasts.tsv")));
    &TABLE
}

/// Units by UCUM code; values: dimension, factor to its base unit, and what is added before the factor.
pub fn comparable_units() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/comparable_units.tsv")));
    &TABLE
}

/// Words that deny what a claim reports; the value tells whether they need the word "claim" or its like beside them.
pub fn denials() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/denials.tsv")));
    &TABLE
}

/// Words that say how many of a group; the value is the share: all, most, half, many, some, few, none.
pub fn quantifiers() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/quantifiers.tsv")));
    &TABLE
}

/// Words by the number of their participants: `sole` or `mutual`.
pub fn roles() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/roles.tsv")));
    &TABLE
}

/// Places whose sort and surroundings are known; values: sort, then what it lies in, separated by `|`.
pub fn gazetteer() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/gazetteer.tsv")));
    &TABLE
}
