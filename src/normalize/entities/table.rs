//! One document → the names it tells and what their short forms stand for. In: the runs of capitals of all its lines. Out:
//! a table of aliases. It joins names inside one document only; joining them across documents is comparing.

use super::gazetteer::{
    GivenName, closes_place, gazetteer, given_name, is_ordinary, is_organization_word, opens_place,
};
use super::line::{Line, Style};
use super::runs::{Found, find};
use super::user::UserNames;
use crate::lexicon;
use crate::model::MentionKind;
use crate::text::names::{NameMatch, compare_names};
use crate::text::tokens::{Token, TokenKind, tokenize};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// What a short or full form stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// The canonical name.
    pub(super) key: String,
    /// What it names.
    pub(super) kind: MentionKind,
}

/// The names one document tells: full names with their short forms, acronyms with what they stand for, and the words it
/// writes without a capital, so that a capital at the head of a sentence is not taken for a name.
#[derive(Debug, Clone, Default)]
pub struct NameTable {
    aliases: FxHashMap<String, Known>,
    titled: FxHashMap<(String, String), Known>,
    lower: FxHashSet<SmolStr>,
    plain_acronyms: FxHashSet<String>,
    pub(super) user: UserNames,
}

impl NameTable {
    /// What `key` stands for in this document.
    pub(super) fn resolve(&self, key: &str) -> Option<&Known> {
        self.aliases.get(key)
    }

    /// What `key` stands for behind `title`: tells apart two people of one surname.
    pub(super) fn resolve_titled(&self, title: &str, key: &str) -> Option<&Known> {
        if self.titled.is_empty() {
            return None;
        }
        self.titled.get(&(title.to_owned(), key.to_owned()))
    }

    /// True where the document writes `form` without a capital.
    pub(super) fn is_lower(&self, form: &str) -> bool {
        self.lower.contains(form)
    }

    /// True where the document explains the acronym `form` by words that name nothing: "improvised devices (ID)".
    pub(super) fn is_plain_acronym(&self, form: &str) -> bool {
        self.plain_acronyms.contains(form)
    }

    fn add(&mut self, alias: String, key: &str, kind: MentionKind) {
        self.aliases.entry(alias).or_insert_with(|| Known { key: key.to_owned(), kind });
    }
}

/// What was seen of one name of two or more words.
#[derive(Debug)]
struct Seen {
    key: String,
    kind: MentionKind,
    count: usize,
    titles: Vec<String>,
}

/// For so many words of a line room is made at once.
const FEW_WORDS: usize = 32;

/// Reads the names of the lines of a document.
pub(super) fn read_table(texts: &[&str], user: &UserNames) -> NameTable {
    let tokens: Vec<Vec<Token<'_>>> = texts.iter().map(|text| tokenize(text)).collect();
    let lines: Vec<Line<'_>> = texts.iter().zip(&tokens).map(|(text, tokens)| Line::new(text, tokens)).collect();
    let mut table = NameTable { user: user.clone(), ..NameTable::default() };
    for line in &lines {
        table.lower.reserve(line.tokens.len().min(FEW_WORDS));
        for (at, token) in line.tokens.iter().enumerate() {
            if token.kind == TokenKind::Word && !token.is_capitalized() && !table.lower.contains(line.form(at)) {
                table.lower.insert(line.form(at).into());
            }
        }
    }
    let mut seen: Vec<Seen> = Vec::new();
    let mut index: FxHashMap<String, usize> = FxHashMap::default();
    let mut alone: FxHashMap<String, usize> = FxHashMap::default();
    let mut acronyms: Vec<(String, String, MentionKind)> = Vec::new();
    let mut introduced: FxHashSet<String> = FxHashSet::default();
    let mut early: FxHashSet<String> = FxHashSet::default();
    let mut titled_alone: Vec<(String, String)> = Vec::new();
    for (place_of_line, line) in lines.iter().enumerate().filter(|(_, line)| line.style == Style::Prose) {
        for found in find(line, &table) {
            match definition(line, &found) {
                Some(Definition::Of(acronym)) => acronyms.push((acronym, found.key.clone(), found.kind)),
                Some(Definition::By(name, kind)) => acronyms.push((found.key.clone(), name, kind)),
                Some(Definition::Plain) => {
                    table.plain_acronyms.insert(found.key);
                    continue;
                }
                None => {}
            }
            if found.listed {
                continue;
            }
            if !found.key.contains(' ') {
                // A headline says "Harlan" before the text introduces Jane Harlan; the text itself does not.
                if place_of_line > 0 && !introduced.contains(&found.key) {
                    early.insert(found.key.clone());
                }
                if let Some(title) = found.title
                    && titled_alone.len() < MOST_TITLED
                    && !titled_alone.iter().any(|known| known.0 == found.key && known.1 == title)
                {
                    titled_alone.push((found.key.clone(), title));
                }
                *alone.entry(found.key).or_insert(0) += 1;
                continue;
            }
            introduced.insert(surname(&found.key).to_owned());
            introduced.insert(found.key.split(' ').next().unwrap_or("").to_owned());
            let place = *index.entry(found.key.clone()).or_insert(seen.len());
            if place == seen.len() {
                seen.push(Seen { key: found.key, kind: found.kind, count: 0, titles: Vec::new() });
            }
            let entry = &mut seen[place];
            entry.count += 1;
            if found.kind == MentionKind::Person {
                entry.kind = MentionKind::Person;
            }
            if let Some(title) = found.title
                && !entry.titles.contains(&title)
                && !is_address(&title)
            {
                entry.titles.push(title);
            }
        }
    }
    add_acronyms(&mut table, acronyms);
    // "President Harlan" is not the Emma Harlan who bears no such title, as far as this document tells.
    for (name, title) in titled_alone.iter().filter(|(_, title)| !is_address(title)) {
        let mut bearers = seen.iter().filter(|entry| surname(&entry.key) == name).peekable();
        if bearers.peek().is_some()
            && !bearers.any(|entry| entry.titles.iter().any(|other| is_same_title(other, title)))
        {
            early.insert(name.clone());
        }
    }
    add_people(&mut table, &mut seen, &alone, &early);
    add_organizations(&mut table, &seen);
    for (name, _) in titled_alone {
        table.add(name.clone(), &name, MentionKind::Person);
    }
    table
}

/// "Mr." tells nobody apart.
fn is_address(title: &str) -> bool {
    matches!(title, "mr" | "mrs" | "ms" | "miss" | "dr")
}

/// "sen" and "senator" are one title.
fn is_same_title(left: &str, right: &str) -> bool {
    left.starts_with(right) || right.starts_with(left)
}

/// What a name and the brackets or "or" behind it define.
enum Definition {
    /// The name is the long form of this acronym.
    Of(String),
    /// The name is an acronym of this long form.
    By(String, MentionKind),
    /// The name is an acronym of words that name nothing.
    Plain,
}

/// Reads "National Harbor Agency (NHA)", "the NHA, or National Harbor Agency" and "small arms (SA)".
fn definition(line: &Line<'_>, found: &Found) -> Option<Definition> {
    let words: Vec<&str> = found.key.split(' ').collect();
    let opened = line.is_mark(found.to, '(');
    let after = if opened {
        found.to + 1
    } else if line.is_mark(found.to, ',') && line.tokens.get(found.to + 1).is_some_and(|token| token.text == "or") {
        let article = line.tokens.get(found.to + 2).is_some_and(|token| token.text == "the");
        found.to + 2 + usize::from(article)
    } else {
        found.to
    };
    if after > found.to && line.is_acronym(after) && words.len() > 1 {
        let acronym = line.form(after);
        // The long form may be a name of the lexicon, whose key differs from the words written here.
        let written: Vec<&str> = (found.from..found.to)
            .filter(|&at| line.tokens[at].kind == TokenKind::Word)
            .map(|at| line.form(at))
            .collect();
        let fits = compare_names(acronym, &written.join(" ")) == NameMatch::Compatible
            || compare_names(acronym, &found.key) == NameMatch::Compatible;
        return fits.then(|| Definition::Of(acronym.to_owned()));
    }
    if !line.is_acronym(found.from) || found.to != found.from + 1 {
        return None;
    }
    if after > found.to && line.is_capitalized(after) {
        let mut end = after;
        let mut name = String::new();
        while end < after + 8
            && line.tokens.get(end).is_some_and(|token| {
                token.is_capitalized() || matches!(token.folded.as_str(), "of" | "the" | "and" | "for")
            })
        {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(line.form(end));
            if compare_names(&found.key, &name) == NameMatch::Compatible {
                return Some(Definition::By(name, MentionKind::Organization));
            }
            end += 1;
        }
        return None;
    }
    let bracketed = found.from > 0 && line.is_mark(found.from - 1, '(') && line.is_mark(found.to, ')');
    let letters = line.form(found.from).chars().count();
    if bracketed && found.from > letters && !found.listed {
        let before = found.from - 1 - letters..found.from - 1;
        let small = before.clone().all(|at| line.tokens[at].kind == TokenKind::Word && !line.is_capitalized(at));
        let initials = before.filter_map(|at| line.form(at).chars().next());
        if small && initials.eq(line.form(found.from).chars()) {
            return Some(Definition::Plain);
        }
    }
    None
}

fn add_acronyms(table: &mut NameTable, acronyms: Vec<(String, String, MentionKind)>) {
    for (acronym, name, kind) in acronyms {
        // The lexicon's reading of an acronym yields to the document's own words only where it has none.
        if gazetteer().has_key(&acronym) {
            continue;
        }
        let kind = if kind == MentionKind::Place { kind } else { MentionKind::Organization };
        table.add(name.clone(), &name, kind);
        table.add(acronym, &name, kind);
    }
}

/// Maps the surname of each person to the full name, unless two people bear it.
fn add_people(table: &mut NameTable, seen: &mut [Seen], alone: &FxHashMap<String, usize>, early: &FxHashSet<String>) {
    let is_alone = |word: &str| alone.contains_key(word);
    for entry in seen.iter_mut() {
        // A pair of unknown words is a person where the document goes on with the last of them alone.
        let last = surname(&entry.key);
        if entry.kind == MentionKind::Other && is_alone(last) && entry.key.split(' ').count() <= 3 && !is_ordinary(last)
        {
            entry.kind = MentionKind::Person;
        }
    }
    let people: Vec<&Seen> =
        seen.iter().filter(|entry| entry.kind == MentionKind::Person && !names_a_thing(&entry.key)).collect();
    let mut by_word: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (place, person) in people.iter().enumerate() {
        let first = person.key.split(' ').next().unwrap_or("");
        by_word.entry(surname(&person.key)).or_default().push(place);
        if first != surname(&person.key) {
            by_word.entry(first).or_default().push(place);
        }
    }
    // "Donald Harlan" and "Donald Q. Harlan" are one person, under the form the document prefers.
    let canonical: Vec<usize> = (0..people.len())
        .map(|place| {
            let bearers = by_word.get(surname(&people[place].key)).map_or(&[][..], Vec::as_slice);
            bearers
                .iter()
                .take(MOST_BEARERS)
                .copied()
                .filter(|&other| other == place || is_same_person(&people[place].key, &people[other].key))
                .max_by_key(|&other| (people[other].count, std::cmp::Reverse(other)))
                .unwrap_or(place)
        })
        .collect();
    let only = |places: &mut dyn Iterator<Item = usize>| {
        let first = places.next()?;
        let mut rest = places;
        Iterator::all(&mut rest, |other| other == first).then_some(first)
    };
    for (place, person) in people.iter().enumerate() {
        let target = &people[canonical[place]].key;
        table.add(person.key.clone(), target, MentionKind::Person);
        if let Some(particle) = person.key.find(' ').and_then(|from| particle_surname(&person.key, from)) {
            table.add(particle.to_owned(), target, MentionKind::Person);
        }
        for title in &person.titles {
            let entry = (title.clone(), surname(&person.key).to_owned());
            table.titled.entry(entry).or_insert_with(|| Known { key: target.clone(), kind: MentionKind::Person });
        }
    }
    let mut words: Vec<&&str> = by_word.keys().collect();
    words.sort_unstable();
    for word in words {
        // Who is called by surname before the full name comes may be somebody else: "President Harlan" and his daughter.
        if word.chars().count() < 2 || early.contains::<str>(word) {
            continue;
        }
        let places = &by_word[*word];
        let as_surname = || places.iter().copied().filter(|&place| is_surname(word, &people[place].key, &is_alone));
        let bearer = if as_surname().next().is_some() {
            only(&mut as_surname().map(|place| canonical[place]))
        } else {
            only(&mut places.iter().map(|&place| canonical[place]))
        };
        if let Some(bearer) = bearer {
            table.add((**word).to_owned(), &people[bearer].key, MentionKind::Person);
        }
    }
}

/// Most people known by title and surname only, so that the search through them costs linear time.
const MOST_TITLED: usize = 64;

/// Most names compared for one surname, so that a list of relatives costs linear time.
const MOST_BEARERS: usize = 16;

/// True where `word` is the surname of `key`: its last word, or its first where surnames come first and the document uses
/// that one alone.
fn is_surname(word: &str, key: &str, is_alone: &dyn Fn(&str) -> bool) -> bool {
    let first = key.split(' ').next().unwrap_or("");
    let last = surname(key);
    let surname_first = given_name(first) != GivenName::Clear && is_alone(first) && !is_alone(last);
    if surname_first { word == first } else { word == last }
}

/// The last word of a name that is no suffix.
fn surname(key: &str) -> &str {
    let is_suffix = |word: &&str| matches!(*word, "jr" | "sr" | "ii" | "iii" | "iv");
    key.rsplit(' ').find(|word| !is_suffix(word)).unwrap_or(key)
}

/// "van der berg" of "jan van der berg".
fn particle_surname(key: &str, from: usize) -> Option<&str> {
    let mut start = from + 1;
    for word in key[start..].split(' ') {
        if lexicon::name_particles().values(word).is_some_and(<[&str]>::is_empty) && start + word.len() < key.len() {
            return Some(&key[start..]);
        }
        start += word.len() + 1;
    }
    None
}

/// True where two forms with one surname are one person: the first names agree, a middle name or initial may be missing.
fn is_same_person(left: &str, right: &str) -> bool {
    left.split(' ').next() == right.split(' ').next() && compare_names(left, right) == NameMatch::Compatible
}

/// True for what was taken for a person by its context but is named like a thing.
fn names_a_thing(key: &str) -> bool {
    let last = surname(key);
    let first = key.split(' ').next().unwrap_or("");
    given_name(first) != GivenName::Clear && (is_organization_word(last) || closes_place(last) || opens_place(first))
}

/// Maps the short forms of companies to the full names, and every other name to itself.
fn add_organizations(table: &mut NameTable, seen: &[Seen]) {
    for entry in seen {
        if entry.kind == MentionKind::Person {
            continue;
        }
        table.add(entry.key.clone(), &entry.key, entry.kind);
        if entry.kind != MentionKind::Organization {
            continue;
        }
        if let Some((head, tail)) = entry.key.rsplit_once(' ')
            && lexicon::organization_words().values(tail).is_some_and(|values| values.contains(&"legal"))
            && (!is_ordinary(head) || head.contains(' '))
        {
            table.add(head.to_owned(), &entry.key, MentionKind::Organization);
        }
    }
}
