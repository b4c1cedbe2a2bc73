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

/// Countries with their other names, demonyms and capitals.
pub fn countries() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/countries.tsv")));
    &TABLE
}

/// Cities, states, regions and seas with their other names and country.
pub fn places() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/places.tsv")));
    &TABLE
}

/// Large bodies, agencies, companies and outlets with their other names.
pub fn organizations() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/organizations.tsv")));
    &TABLE
}

/// Events, faiths, peoples and treaties with their other names.
pub fn other_names() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/other_names.tsv")));
    &TABLE
}

/// Words before a name that are a role or form of address, not the name.
pub fn titles() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/titles.tsv")));
    &TABLE
}

/// Given names; the value `word` marks those that are also an ordinary word.
pub fn given_names() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/given_names.tsv")));
    &TABLE
}

/// Words that make a run of capitalized words an organization.
pub fn organization_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/organization_words.tsv")));
    &TABLE
}

/// Words that make a run of capitalized words a place.
pub fn place_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/place_words.tsv")));
    &TABLE
}

/// Words that a capital letter alone does not make a name.
pub fn ordinary_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/ordinary_words.tsv")));
    &TABLE
}

/// Lower-case words inside names of persons ("de", "van", "bin").
pub fn name_particles() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/name_particles.tsv")));
    &TABLE
}
