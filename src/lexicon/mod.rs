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

/// Words that write numbers; values: class, number.
pub fn number_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/number_words.tsv")));
    &TABLE
}

/// Unit words and phrases; values: UCUM code, how it may be written.
pub fn units() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/units.tsv")));
    &TABLE
}

/// UCUM codes that convert; values: base unit, factor, offset.
pub fn unit_conversions() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/unit_conversions.tsv")));
    &TABLE
}

/// Names and signs of currencies; values: ISO 4217 code, places where it is written.
pub fn currencies() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/currencies.tsv")));
    &TABLE
}

/// Phrases that bound a number ("at least"); values: class, place. Those that follow a number begin with "after".
pub fn bounds() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/bounds.tsv")));
    &TABLE
}

/// Months, weekdays, seasons and other words of the calendar; values: class, number or code.
pub fn calendar_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/calendar_words.tsv")));
    &TABLE
}

/// Words that tell what a number beside them is; values: one or more classes.
pub fn value_cues() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/value_cues.tsv")));
    &TABLE
}
