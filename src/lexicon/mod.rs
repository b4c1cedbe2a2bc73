//! Language data: word lists and tables in `en/*.tsv`, loaded once when first asked for.
//!
//! A line is one entry: the entry itself, then its values, separated by tabs. Lines that begin with `#` are comments.
//! A list that grows is a file here, not code.

mod phrases;

mod table;

mod verbs;

pub use phrases::Phrases;
pub use table::Table;
pub use verbs::{VerbForms, Verbs};

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

/// English verbs in all their forms.
pub fn verbs() -> &'static Verbs {
    static VERBS: LazyLock<Verbs> = LazyLock::new(|| Verbs::derive(&Table::parse(include_str!("en/verbs.tsv"))));
    &VERBS
}

/// Auxiliaries; the values are `be`, `have`, `do` or `modal`, then `finite` or `nonfinite`.
pub fn auxiliaries() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/auxiliaries.tsv")));
    &TABLE
}

/// Light adverbs and words of time that stand around a verb or a speaker's name; the value is `adverb` or `time`.
pub fn adverbs() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/adverbs.tsv")));
    &TABLE
}

/// Participles that report without naming a speaker ("is said to").
pub fn reporting_participles() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/reporting_participles.tsv")));
    &TABLE
}

/// Words and phrases that show an author's judgement; the value is how much they weigh.
pub fn opinion() -> &'static Phrases {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&Table::parse(include_str!("en/opinion.tsv"))));
    &PHRASES
}

/// Openings of orders and requests to the reader.
pub fn instructions() -> &'static Phrases {
    static PHRASES: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::of(&Table::parse(include_str!("en/instructions.tsv"))));
    &PHRASES
}

/// Words that deny something; the value is the kind of cue.
pub fn negation() -> &'static Phrases {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&Table::parse(include_str!("en/negation.tsv"))));
    &PHRASES
}

/// Words that tell how sure a text is; the value is the rung of the ladder.
pub fn hedges() -> &'static Phrases {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&Table::parse(include_str!("en/hedges.tsv"))));
    &PHRASES
}
