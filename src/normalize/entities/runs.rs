//! One line → the names in it. In: a line with what its letters tell, and the names its document told. Out: runs of tokens
//! with kind and key. It looks at one line only; who is who across a document is for the name table.

use super::gazetteer::{
    Case, Entry, GivenName, closes_place, gazetteer, given_name, is_calendar, is_ordinary, is_organization_word,
    is_plain_acronym, opens_organization, opens_place,
};
use super::line::{Line, Style};
use super::shape::{is_derived, is_particle, is_roman};
use super::table::NameTable;
use crate::lexicon;
use crate::model::MentionKind;
use crate::text::tokens::TokenKind;

/// A name found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Index of its first token.
    pub(super) from: usize,
    /// Index after its last token.
    pub(super) to: usize,
    /// What it names.
    pub(super) kind: MentionKind,
    /// What it resolves to.
    pub(super) key: String,
    /// The last word of the title before it, as compared.
    pub(super) title: Option<String>,
    /// True where the lexicon knows it.
    pub(super) listed: bool,
}

/// Most tokens of one name. Longer runs of capitals are lists or headlines whose style was not recognized.
const LONGEST_NAME: usize = 14;

/// All names of a line, in order.
pub(super) fn find(line: &Line<'_>, table: &NameTable) -> Vec<Found> {
    let mut reader = Reader { line, table, found: Vec::new() };
    let mut at = 0;
    while at < line.tokens.len() {
        at = if line.is_capitalized(at) { reader.read(at).max(at + 1) } else { at + 1 };
    }
    for found in &mut reader.found {
        if let Some((key, kind)) = table.user.stands_for(&found.key) {
            (found.key, found.kind) = (key.to_owned(), kind);
        }
    }
    reader.found
}

/// Reads one line with the names of its document.
pub(super) struct Reader<'l, 'a> {
    pub(super) line: &'l Line<'a>,
    pub(super) table: &'l NameTable,
    found: Vec<Found>,
}

impl Reader<'_, '_> {
    /// Reads what begins with the capitalized word at `at`; the index to go on from.
    fn read(&mut self, at: usize) -> usize {
        let line = self.line;
        let form = line.form(at);
        if let Some((entry, end)) = self.table.user.longest(line, at) {
            self.push_listed(at, end, entry);
            return end;
        }
        let named = gazetteer().names.longest(line, at, Case::Names);
        if let Some((_, title_end)) = gazetteer().titles.longest(line, at, Case::Any)
            && named.as_ref().is_none_or(|&(_, end)| end < title_end)
            && let Some(next) = self.read_title(at, title_end)
        {
            return next;
        }
        if let Some((entry, end)) = named {
            return self.read_known(at, entry, end);
        }
        let starts_person = given_name(form) != GivenName::No && self.is_name_word(at + 1);
        if !starts_person
            && (form == "i" || is_calendar(form) || lexicon::function_words().has(form) && !self.is_acronym_name(at))
        {
            return at + 1;
        }
        self.read_run(at)
    }

    /// Reads the name after the title at `at..title_end`. None where the words are no title here.
    fn read_title(&mut self, at: usize, title_end: usize) -> Option<usize> {
        let line = self.line;
        let mut next = title_end;
        if line.is_mark(next, '.') && line.touches_previous(next) {
            next += 1;
        }
        if let Some(name) = self.behind_domain(title_end) {
            next = name;
        }
        if !line.is_capitalized(next) || line.breaks_before(next) {
            return Some(next.max(title_end));
        }
        if line.style != Style::Prose && is_ordinary(line.form(next)) && !self.is_told(next) {
            return Some(title_end);
        }
        let run_end = self.run_end(next);
        if title_end == at + 1 && self.closes_organization(at, run_end) {
            return None;
        }
        let in_lexicon = gazetteer().names.longest(line, next, Case::Names).is_some();
        let another_title = gazetteer().titles.longest(line, next, Case::Any).is_some();
        if (in_lexicon && !self.is_told(next) && !self.begins_person(next, run_end)) || another_title {
            return Some(next);
        }
        if is_calendar(line.form(next)) && !self.is_told(next) || lexicon::function_words().has(line.form(next)) {
            return Some(title_end);
        }
        let known_name = self.is_told(next) || given_name(line.form(next)) != GivenName::No || run_end > next + 1;
        if line.style != Style::Prose && !known_name {
            // "Senator Dithers": in a headline a lone unknown word behind a title may be anything.
            return Some(title_end);
        }
        let title = line.form(title_end - 1).to_owned();
        self.push_person(next, run_end, Some(title));
        Some(run_end)
    }

    /// Reads what begins with a name of the lexicon.
    fn read_known(&mut self, at: usize, entry: &Entry, end: usize) -> usize {
        let line = self.line;
        let beginning = line.is_beginning(at) || line.style != Style::Prose;
        let form = line.form(at);
        if end == at + 1 && line.style == Style::Shouting && is_ordinary(form) {
            return end;
        }
        if beginning && end == at + 1 && gazetteer().is_also_a_word(&entry.key) && self.table.is_lower(form) {
            return end;
        }
        if entry.kind == MentionKind::Nationality {
            self.push_listed(at, end, entry);
            return end;
        }
        let goes_on = line.is_capitalized(end)
            && !line.breaks_before(end)
            && !is_calendar(line.form(end))
            && gazetteer().names.longest(line, end, Case::Names).is_none();
        let compound = line.is_mark(end, '-') && line.touches_previous(end) && line.touches_previous(end + 1);
        let person_goes_on = compound && line.is_capitalized(end + 1) && given_name(form) != GivenName::No;
        if !(goes_on || person_goes_on) {
            self.push_listed(at, end, entry);
            return end;
        }
        let run_end = self.run_end(end - 1);
        if end == at + 1 && self.begins_person(at, run_end) {
            self.push_person(at, run_end, None);
            return run_end;
        }
        let country = entry.kind == MentionKind::Place && lexicon::countries().has(&entry.key);
        if run_end > end
            && gazetteer().titles.longest(line, end, Case::Any).is_none()
            && self.closes_organization(end.saturating_sub(1), run_end)
            && !(country && run_end > end + 1)
        {
            let key = format!("{} {}", entry.key, self.key_of(end, run_end));
            self.push(at, run_end, MentionKind::Organization, key, None);
            return run_end;
        }
        if entry.kind == MentionKind::Place && run_end == end + 1 && closes_place(line.form(end)) {
            let key = format!("{} {}", entry.key, line.form(end));
            self.push(at, run_end, MentionKind::Place, key, None);
            return run_end;
        }
        self.push_listed(at, end, entry);
        end
    }

    /// Reads a run of capitalized words that begins with no title and no known name.
    fn read_run(&mut self, at: usize) -> usize {
        let line = self.line;
        let end = self.run_end(at);
        let form = line.form(at);
        if form.chars().count() == 1 && line.is_mark(at + 1, '-') {
            // "R-Va." labels a member of parliament; "X-Harlan" is rare.
            return end;
        }
        let key = self.key_of(at, end);
        let beginning = line.is_beginning(at) || line.style != Style::Prose;
        let word_here = is_ordinary(form) || self.table.is_lower(form);
        if let Some(known) = self.table.resolve(&key) {
            // "Rice prices rose": a surname that is a word of this document proves nothing at a beginning.
            if !(beginning && end == at + 1 && self.table.is_lower(form)) {
                let (key, kind) = (known.key.clone(), known.kind);
                self.push(at, end, kind, key, None);
                return end;
            }
        }
        if end == at + 1 {
            return self.read_single(at, key, beginning && word_here);
        }
        let person = self.begins_person(at, end);
        let organization = self.closes_organization(at, end) || self.is_ministry_of(at, end);
        if beginning && word_here && !person {
            let rest_known = self.table.resolve(&self.key_of(at + 1, end)).is_some()
                || gazetteer().names.longest(line, at + 1, Case::Names).is_some()
                || gazetteer().titles.longest(line, at + 1, Case::Any).is_some();
            let keeps = organization && !rest_known && line.style == Style::Prose && !form.ends_with("ly");
            if !keeps {
                return at + 1;
            }
        }
        if organization {
            self.push(at, end, MentionKind::Organization, key, None);
        } else if person {
            self.push_person(at, end, None);
        } else if let Some(known) = self.table.resolve(form).filter(|known| known.kind == MentionKind::Person)
            && (at + 1..end).all(|word| is_ordinary(line.form(word)))
        {
            // "Harlan Agenda": the person, and words of a headline.
            let key = known.key.clone();
            self.push(at, at + 1, MentionKind::Person, key, None);
            return at + 1;
        } else if (opens_place(form) || closes_place(line.form(end - 1)))
            && !(at..end).all(|word| is_ordinary(line.form(word)))
        {
            self.push(at, end, MentionKind::Place, key, None);
        } else if self.follows_role(at) {
            self.push_person(at, end, None);
        } else if self.is_emphasis(at, end)
            || line.style == Style::Shouting
            || (at..end).all(|word| is_ordinary(line.form(word))) && self.loose(at)
        {
            return at + 1;
        } else if self.is_saying(end) || self.closes_speech(at, end) || self.has_initial(at, end) {
            self.push_person(at, end, None);
        } else {
            self.push(at, end, MentionKind::Other, key, None);
        }
        end
    }

    /// Reads a capitalized word that stands alone; `doubtful` where its capital proves nothing.
    fn read_single(&mut self, at: usize, key: String, doubtful: bool) -> usize {
        let line = self.line;
        let form = line.form(at);
        let end = at + 1;
        if doubtful || form.chars().count() < 2 || is_ordinary(form) && !self.is_acronym_name(at) {
            return end;
        }
        if line.is_acronym(at) {
            let letters = line.tokens[at].text.chars().filter(|c| c.is_alphanumeric()).count();
            let plain = is_plain_acronym(form) || is_ordinary(form) || self.table.is_plain_acronym(form);
            if (2..=6).contains(&letters) && !plain {
                self.push(at, end, MentionKind::Organization, key, None);
            }
            return end;
        }
        if line.style == Style::Shouting || is_organization_word(form) || closes_place(form) {
            return end;
        }
        let beginning = line.is_beginning(at) || line.style != Style::Prose;
        match given_name(form) {
            // "Clara Baker Says ...": the surname is a word, and half a name is worse than none.
            GivenName::Clear if line.style != Style::Prose && line.is_capitalized(end) && !self.is_told(at) => {}
            GivenName::Clear => self.push_person(at, end, None),
            GivenName::Ambiguous if beginning => {}
            _ if beginning && (is_derived(form) || self.table.is_lower(form)) => {}
            _ if self.is_saying(end) || self.follows_role(at) || self.closes_speech(at, end) => {
                self.push_person(at, end, None)
            }
            _ => self.push(at, end, MentionKind::Other, key, None),
        }
        end
    }

    /// The end of the run of capitalized words that begins at `at`, with the hyphens, stops, particles and small words
    /// inside it.
    fn run_end(&self, at: usize) -> usize {
        let line = self.line;
        let titled = line.style != Style::Prose;
        let mut end = at + 1;
        let mut in_of = false;
        while end < line.tokens.len() && end - at < LONGEST_NAME && !line.breaks_before(end) {
            let token = &line.tokens[end];
            let last = end - 1;
            if line.is_capitalized(end) {
                let form = line.form(end);
                let ordinary = is_ordinary(form);
                let initial = token.text.len() == 1 && line.is_mark(end + 1, '.');
                if is_calendar(form) && !(given_name(line.form(at)) != GivenName::No && end == at + 1 && !titled)
                    || form == "i" && !initial
                    || titled
                        && ordinary
                        && !initial
                        && !(is_organization_word(form) && end > at)
                        && !self.is_told_run(at, end)
                    || self.is_title_of_next(at, end)
                    || !in_of && self.begins_another_person(at, end)
                    || !in_of
                        && end > at + 1
                        && line.is_acronym(end)
                        && line.tokens[end].text.len() > 1
                        && !is_roman(token.text)
                    || ordinary && lexicon::function_words().has(form) && !in_of && !initial
                    || !in_of && self.is_other_name(at, end)
                {
                    break;
                }
                end += 1;
            } else if token.is_mark('-') && line.touches_previous(end) && line.touches_previous(end + 1) {
                let Some(next) = line.tokens.get(end + 1) else { break };
                let piece = line.form(end + 1);
                let syllable = lexicon::name_particles().value(piece) == Some("syllable") && end > at + 1;
                let part = next.kind == TokenKind::Word
                    && (next.is_capitalized()
                        || syllable
                        || next.text.chars().count() <= 7 && !is_ordinary(piece)
                        || next.text.len() == 1 && line.is_mark(end + 2, '-') && line.is_capitalized(end + 3));
                if !part || next.is_capitalized() && titled && is_ordinary(piece) && !syllable {
                    break;
                }
                end += 2;
            } else if token.is_mark('.') && line.touches_previous(end) && line.is_capitalized(end + 1) {
                // "J. Harlan", "St. Harlan", "Harlan Jr."; any other stop ends a sentence.
                let initial = line.form(last).chars().count() == 1 || line.form(last) == "st";
                if !initial {
                    break;
                }
                end += 2;
            } else if token.is_mark('&') && line.is_capitalized(end + 1) {
                end += 2;
            } else if token.kind == TokenKind::Word && is_particle(&token.folded) {
                let mut next = end + 1;
                while next < end + 4
                    && (line.is_mark(next, '-')
                        || line.tokens.get(next).is_some_and(|token| is_particle(&token.folded)))
                {
                    next += 1;
                }
                if !line.is_capitalized(next) || is_organization_word(line.form(last)) {
                    break;
                }
                end = next + 1;
            } else if matches!(token.folded.as_str(), "of" | "for")
                && (opens_organization(line.form(last)) || opens_organization(line.form(at)) && end == at + 1)
            {
                let next =
                    if line.tokens.get(end + 1).is_some_and(|token| token.text == "the") { end + 2 } else { end + 1 };
                if !line.is_capitalized(next) || titled && is_ordinary(line.form(next)) && token.folded == "for" {
                    break;
                }
                in_of = true;
                end = next + 1;
            } else if token.folded == "and"
                && in_of
                && opens_organization(line.form(at))
                && line.is_capitalized(end + 1)
                && is_ordinary(line.form(end + 1))
            {
                end += 2;
            } else {
                break;
            }
        }
        end.min(line.tokens.len())
    }

    /// The key of the words `from..to`.
    pub(super) fn key_of(&self, from: usize, to: usize) -> String {
        let mut key = String::new();
        for at in from..to {
            let token = &self.line.tokens[at];
            if token.is_mark('-') || token.is_mark('.') {
                continue;
            }
            if !key.is_empty() && token.kind != TokenKind::Possessive {
                key.push(' ');
            }
            key.push_str(self.line.form(at));
        }
        key
    }

    fn push_person(&mut self, from: usize, to: usize, title: Option<String>) {
        let key = self.key_of(from, to);
        let titled = title.as_ref().and_then(|title| self.table.resolve_titled(title, &key));
        let (key, kind) = match titled.or_else(|| self.table.resolve(&key)) {
            Some(known) => (known.key.clone(), MentionKind::Person),
            None => (key, MentionKind::Person),
        };
        self.found.push(Found { from, to, kind, key, title, listed: false });
    }

    fn push(&mut self, from: usize, to: usize, kind: MentionKind, key: String, title: Option<String>) {
        if key.chars().nth(1).is_none() {
            return;
        }
        let (key, kind) = match self.table.resolve(&key) {
            Some(known) => (known.key.clone(), known.kind),
            None => (key, kind),
        };
        self.found.push(Found { from, to, kind, key, title, listed: false });
    }

    fn push_listed(&mut self, from: usize, to: usize, entry: &Entry) {
        let found = Found { from, to, kind: entry.kind, key: entry.key.clone(), title: None, listed: true };
        self.found.push(found);
    }
}
