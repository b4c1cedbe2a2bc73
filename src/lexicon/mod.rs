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

/// Words that commonly open a sentence; the value `subject` marks articles, determiners and pronouns.
pub fn sentence_openers() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/sentence_openers.tsv")));
    &TABLE
}

/// Lines of the page that are no part of the article: phrase, reason, and how it is found.
pub fn boilerplate() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/boilerplate.tsv")));
    &TABLE
}

/// Single words by which lines of the page and titles are known; the value tells in what way.
pub fn boilerplate_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/boilerplate_words.tsv")));
    &TABLE
}
