//! Language data: word lists and tables in `en/*.tsv`, loaded once when first asked for.
//!
//! A line is one entry: the entry itself, then its values, separated by tabs. Lines that begin with `#` are comments.
//! A list that grows is a file here, not code.

pub mod amounts;

pub mod background;

pub mod identifiers;

pub mod language;

mod table;

mod verbs;

mod words;

mod phrases;

pub mod related;

pub use phrases::Phrases;
pub use table::Table;
pub use verbs::{VerbForms, Verbs};
pub(crate) use words::Words;

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Abbreviations that end in a stop without ending a sentence; the value is `title`, `month`, `unit`, ... .
pub fn abbreviations() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/abbreviations.tsv")));
    &TABLE
}

/// Words that are two words of grammar; the value is the length of the first, or `ending`.
pub fn contractions() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/contractions.tsv")));
    &TABLE
}

/// Beginnings that a hyphen joins to the rest as one word: "co", "anti".
pub fn joined_prefixes() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/joined_prefixes.tsv")));
    &TABLE
}

/// What one party cannot have done at once: "took place", "was called off".
pub fn opposed_deeds() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/opposed_deeds.tsv")));
    &TABLE
}

/// Words that take and name a side: "voted", "for", "against".
pub fn stances() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/stances.tsv")));
    &TABLE
}

/// What a phrase tells by its preposition: place, time, cause, manner, who gets it.
pub fn prepositions() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/prepositions.tsv")));
    &TABLE
}

/// Lemmas of verbs; the values tell how they bear on the clause under them.
pub fn verb_frames() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/verb_frames.tsv")));
    &TABLE
}

/// Nouns that name a deed; the values are its verb, light verbs, and how its parts are told.
pub fn deverbal() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/deverbal.tsv")));
    &TABLE
}

/// Words that carry grammar, not content.
pub fn function_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/function_words.tsv")));
    &TABLE
}

/// Words that carry grammar in English and are words of other languages too, so that they tell no language.
pub fn shared_grammar() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/shared_grammar.tsv")));
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

/// Names that developers give to the parts of a page; the value tells what such a part is.
pub fn page_parts() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/page_parts.tsv")));
    &TABLE
}

/// Countries whose own currency is a dollar; the value is its ISO 4217 code.
pub fn dollars() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/dollars.tsv")));
    &TABLE
}

/// English verbs in all their forms.
pub fn verbs() -> &'static Verbs {
    static VERBS: LazyLock<Verbs> = LazyLock::new(|| Verbs::derive(verbs_table()));
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

/// Words by which the name of a news outlet is known.
pub fn outlet_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/outlet_words.tsv")));
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

/// Words with which a sentence says that what it speaks of is told elsewhere; the value tells how.
pub fn asides() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/asides.tsv")));
    &TABLE
}

/// Prepositions behind which another deed tells when this one is done.
pub fn backdrop_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/backdrop.tsv")));
    &TABLE
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

/// Nouns that take an infinitive of their own: "the right to vote".
pub fn infinitive_nouns() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/infinitive_nouns.tsv")));
    &TABLE
}

/// Words that tell on whose word a claim stands; the value is the rung.
pub fn certainty_words() -> &'static Phrases {
    static PHRASES: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::of(&Table::parse(include_str!("en/certainty_words.tsv"))));
    &PHRASES
}

/// Single words by which lines of the page and titles are known; the value tells in what way.
pub fn boilerplate_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/boilerplate_words.tsv")));
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

/// Words with which it is one whatever stands on which side of them.
pub fn even_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/even_words.tsv")));
    &TABLE
}

/// Nouns that tell which hours, days or years are meant ("office hours"), besides [`calendar_words`].
pub fn stretch_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/stretch_words.tsv")));
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

/// Countries by ISO 3166 code; values: name, least and greatest offset from UTC, order of day and month.
pub fn locales() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/locales.tsv")));
    &TABLE
}

/// Words that tell what a number beside them is; values: one or more classes.
pub fn value_cues() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/value_cues.tsv")));
    &TABLE
}

/// Opposites in a common meaning of both: a stem, then stems of which each is its opposite. Made from WordNet (Fellbaum 1998).
pub fn opposites() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/opposites.tsv")));
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

/// Words that coordinate objects; the value tells whether they join whole phrases only.
pub fn coordinators() -> &'static Phrases {
    static PHRASES: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::of(&Table::parse(include_str!("en/coordinators.tsv"))));
    &PHRASES
}

/// Words that decide whether coordinated objects can be told one by one; the values are explained in the file.
pub fn conjunct_words() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/conjunct_words.tsv")));
    &TABLE
}

/// Whether `word` is a form of a verb that tells of both what it tells of one: what A does with B, B does with A.
pub fn is_mutual(word: &str) -> bool {
    mutual_forms().has(word)
}

/// Whether `word` is a form of a verb whose objects take part in one deed together ("merged A and B"), and are not what its
/// subjects share ("discussed A and B").
pub fn joins_objects(word: &str) -> bool {
    mutual_forms().get(word) == Some(&Objects::Together)
}

/// What the objects of a mutual verb are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Objects {
    Together,
    Topics,
}

/// The forms of the mutual verbs in `en/roles.tsv`, which has their base forms.
fn mutual_forms() -> &'static Words<String, Objects> {
    static FORMS: LazyLock<Words<String, Objects>> = LazyLock::new(|| {
        let mutual = roles().rows().filter(|(_, values)| values.first() == Some(&"mutual"));
        let forms = mutual.flat_map(|(base, values)| {
            let objects = if values.contains(&"topic") { Objects::Topics } else { Objects::Together };
            verbs::inflected(verbs_table(), base).into_iter().map(move |form| (form, objects))
        });
        forms.collect::<FxHashMap<_, _>>().into()
    });
    &FORMS
}

/// Offices that one person holds at a time in one body. Values: the name by which ways to say one of them are one; whether it is an office
/// of a `place`, a `body` or of `any` of them.
pub fn offices() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/offices.tsv")));
    &TABLE
}

/// Words by the number of their participants: `sole`, by any form of the word, or `mutual`, by the base form of a verb; for
/// the latter ask [`is_mutual`].
pub fn roles() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/roles.tsv")));
    &TABLE
}

/// Places whose sort and surroundings are known; values: sort, then what it lies in, separated by `|`.
pub fn gazetteer() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/gazetteer.tsv")));
    &TABLE
}

/// Words that deny by their meaning what stands after them: "failed to", "loss of".
pub fn implicit_negatives() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/implicit_negatives.tsv")));
    &TABLE
}

/// Words of prices that change by the minute: shares, indexes, currencies and goods traded on exchanges; the value is `market`
/// for what is traded and `move` for what it does.
pub fn markets() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/markets.tsv")));
    &TABLE
}

/// Verbs as they stand in the file: base form, past tense and participle ("-" where regular), "noun".
pub fn verbs_table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/verbs.tsv")));
    &TABLE
}

/// Nouns with the plurals that the stemmer does not bring together with them.
pub fn irregular_plurals() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/irregular_plurals.tsv")));
    &TABLE
}

/// Words after "not" with which only a part is denied: "not only", "not quite".
pub fn partly() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("en/partly.tsv")));
    &TABLE
}
