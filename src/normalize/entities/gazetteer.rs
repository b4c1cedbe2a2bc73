//! The names known beforehand. In: the tables of the lexicon. Out: look-ups of phrases and of single words by role.
//! It does not decide whether a phrase is meant as a name where it stands; that is for the reader of runs.

use super::line::Line;
use crate::lexicon::{self, Table, Words};
use crate::model::MentionKind;
use crate::text::fold::fold_accents;
use crate::text::tokens::{TokenKind, tokenize};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// One way of writing a known name.
#[derive(Debug)]
pub(super) struct Entry {
    /// The folded words after the first.
    rest: Vec<String>,
    /// What the name resolves to; empty for a title.
    pub(super) key: String,
    /// What it names.
    pub(super) kind: MentionKind,
    /// True for an acronym, which only upper case makes a name: "US", not "us".
    upper_only: bool,
}

/// Phrases by their first word, longest first.
#[derive(Debug, Default)]
pub(super) struct Phrases(Words<String, Vec<Entry>>);

/// Phrases as they are put together.
#[derive(Debug, Default)]
pub(super) struct Draft(FxHashMap<String, Vec<Entry>>);

impl Draft {
    pub(super) fn add(&mut self, written: &str, key: &str, kind: MentionKind) {
        let letters = || written.chars().filter(|c| c.is_alphabetic());
        // "G20" and "A.P." are acronyms too; a single letter is not.
        let upper_only = letters().all(char::is_uppercase) && letters().next().is_some();
        let mut words = phrase_words(written).into_iter();
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        let entries = self.0.entry(first).or_default();
        if !entries.iter().any(|entry| entry.rest == rest && entry.upper_only == upper_only) {
            entries.push(Entry { rest, key: key.to_owned(), kind, upper_only });
        }
    }

    /// All of them, for look-ups.
    pub(super) fn sorted(mut self) -> Phrases {
        for entries in self.0.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        Phrases(self.0.into())
    }
}

impl Phrases {
    /// The longest phrase that begins at token `at`, with the index after its last token.
    pub(super) fn longest(&self, line: &Line<'_>, at: usize, case: Case) -> Option<(&Entry, usize)> {
        let entries = self.0.get(line.form(at))?;
        entries.iter().find_map(|entry| {
            if entry.upper_only && case == Case::Names && !line.is_acronym(at) {
                return None;
            }
            let mut end = at + 1;
            for word in &entry.rest {
                end = line.next_of_phrase(end, word)?;
                if case == Case::Names
                    && line.tokens[end].kind == TokenKind::Word
                    && word.len() >= 4
                    && !line.tokens[end].is_capitalized()
                {
                    return None;
                }
                end += 1;
            }
            Some((entry, end))
        })
    }
}

/// How the words of a phrase must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Longer words with a capital, acronyms in capitals.
    Names,
    /// Any.
    Any,
}

/// All that is known beforehand.
#[derive(Debug)]
pub(super) struct Gazetteer {
    /// Names.
    pub(super) names: Phrases,
    /// Titles and roles.
    pub(super) titles: Phrases,
    ordinary_names: FxHashSet<String>,
    known_keys: FxHashSet<String>,
}

impl Gazetteer {
    /// True where `key` is what a known name resolves to.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.known_keys.contains(key)
    }

    /// True for a known name that is also an ordinary word ("Apple").
    pub(super) fn is_also_a_word(&self, key: &str) -> bool {
        self.ordinary_names.contains(key)
    }
}

/// The known names, built when first asked for.
pub(super) fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(build);
    &GAZETTEER
}

fn build() -> Gazetteer {
    let mut names = Draft::default();
    let mut ordinary_names = FxHashSet::default();
    for (name, columns) in lexicon::countries().rows() {
        let key = canonical_key(name);
        names.add(name, &key, MentionKind::Place);
        for alias in values(columns, 0) {
            names.add(alias, &key, MentionKind::Place);
        }
        for demonym in values(columns, 1) {
            names.add(demonym, &key, MentionKind::Nationality);
        }
        let mut capital_key = None;
        for capital in values(columns, 2) {
            let key = capital_key.get_or_insert_with(|| canonical_key(capital));
            names.add(capital, key, MentionKind::Place);
        }
    }
    let mut add_table = |table: &'static Table, kind: MentionKind| {
        for (name, columns) in table.rows() {
            let key = canonical_key(name);
            names.add(name, &key, kind);
            for alias in values(columns, 0) {
                names.add(alias, &key, kind);
            }
            if kind == MentionKind::Organization && columns.get(1) == Some(&"word") {
                ordinary_names.insert(key);
            }
        }
    };
    add_table(lexicon::places(), MentionKind::Place);
    add_table(lexicon::organizations(), MentionKind::Organization);
    add_table(lexicon::other_names(), MentionKind::Other);
    let mut titles = Draft::default();
    for (title, _) in lexicon::titles().rows() {
        titles.add(title, "", MentionKind::Person);
    }
    let known_keys = names.0.values().flatten().map(|entry| entry.key.clone()).collect();
    Gazetteer { names: names.sorted(), titles: titles.sorted(), ordinary_names, known_keys }
}

/// The values of one column, which stand apart by semicolons.
fn values(columns: &[&'static str], column: usize) -> impl Iterator<Item = &'static str> {
    columns.get(column).copied().unwrap_or("").split(';').map(str::trim).filter(|value| !value.is_empty())
}

/// The words of a phrase as they are compared: folded, accents off, dots and hyphens left out.
fn phrase_words(written: &str) -> Vec<String> {
    tokenize(written)
        .iter()
        .filter(|token| !(token.is_mark('-') || token.is_mark('.')))
        .map(|token| fold_accents(token.text).replace('.', ""))
        .collect()
}

/// The key of a name: its words as they are compared, apart by spaces.
pub(super) fn canonical_key(written: &str) -> String {
    let mut key = String::with_capacity(written.len());
    for word in phrase_words(written) {
        if !key.is_empty() && !word.starts_with('\'') {
            key.push(' ');
        }
        key.push_str(&word);
    }
    key
}

/// True for a word that a capital letter alone does not make a name, also in its regular inflections.
pub(super) fn is_ordinary(form: &str) -> bool {
    let words = lexicon::ordinary_words();
    let listed = |word: &str| words.has(word) || lexicon::function_words().has(word);
    if listed(form) || crate::text::fold::expand_contraction(form).is_some() {
        return true;
    }
    let with_e = |base: &str| listed(&format!("{base}e"));
    let with_y = |base: &str| listed(&format!("{base}y"));
    let doubled = |base: &str| {
        let mut letters = base.chars().rev();
        matches!((letters.next(), letters.next()), (Some(a), Some(b)) if a == b && a.is_ascii()) && {
            listed(&base[..base.len() - 1])
        }
    };
    let base = |ending: &str| form.strip_suffix(ending).filter(|base| base.len() >= 3);
    let short_base = |ending: &str| form.strip_suffix(ending).filter(|base| base.len() >= 2);
    short_base("ies").is_some_and(with_y)
        || short_base("ied").is_some_and(with_y)
        || base("s").is_some_and(is_ordinary)
        || base("es").is_some_and(listed)
        || base("ly").is_some_and(is_ordinary)
        || ["ed", "ing"].into_iter().filter_map(base).any(|base| listed(base) || with_e(base) || doubled(base))
}

/// True for a day, month or feast, which ends a run of capitals.
pub(super) fn is_calendar(form: &str) -> bool {
    lexicon::ordinary_words().value(form) == Some("calendar")
}

/// True for an acronym that names nothing ("TV").
pub(super) fn is_plain_acronym(form: &str) -> bool {
    lexicon::ordinary_words().value(form) == Some("plain")
}

/// How sure a word is a given name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GivenName {
    /// It is nothing else.
    Clear,
    /// It is also an ordinary word or a place.
    Ambiguous,
    /// It is none that is known.
    No,
}

/// Whether `form` is a given name.
pub(super) fn given_name(form: &str) -> GivenName {
    match lexicon::given_names().values(form) {
        None => GivenName::No,
        Some(values) if values.contains(&"word") => GivenName::Ambiguous,
        Some(_) => GivenName::Clear,
    }
}

/// True for a word that closes the name of an organization.
pub(super) fn is_organization_word(form: &str) -> bool {
    lexicon::organization_words().has(form)
}

/// True for a word that opens the name of an organization: "Ministry of ...".
pub(super) fn opens_organization(form: &str) -> bool {
    lexicon::organization_words().value(form) == Some("of")
}

/// True for a word that closes the name of a place: "Harlan County".
pub(super) fn closes_place(form: &str) -> bool {
    matches!(lexicon::place_words().value(form), Some("end" | "both"))
}

/// True for a word that opens the name of a place: "Mount Harlan".
pub(super) fn opens_place(form: &str) -> bool {
    matches!(lexicon::place_words().value(form), Some("open" | "both"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of names and the table of what lies where are two files: what the one says the other must not deny.
    #[test]
    fn the_two_tables_of_places_agree() {
        let rows = lexicon::countries().rows().chain(lexicon::places().rows());
        let written: FxHashSet<String> = rows
            .flat_map(|(_, columns)| columns.iter().flat_map(|column| column.split(';')))
            .map(str::to_lowercase)
            .collect();
        for (name, columns) in lexicon::gazetteer().rows() {
            let told = lexicon::places().values(name).and_then(|values| values.get(1).copied()).unwrap_or("");
            let inside = columns.get(1).copied().unwrap_or("");
            assert!(told.is_empty() || inside.split('|').any(|lies| lies == told), "{name}: {told} or {inside}");
            let known = lexicon::places().has(name)
                || written.contains(name)
                || lexicon::given_names().has(name)
                || is_ordinary(name);
            assert!(columns.first() != Some(&"city") || known, "{name} is a city that is read as no name");
        }
    }
}
