//! Names of metadata fields, in records and in front matter alike → what they mean.

use super::dates::publication_date;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Details;
use jiff::civil::Date;

/// What a field tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Source,
    Title,
    Text,
    Claim,
    Published,
    Url,
    Language,
    Form,
    /// The text as HTML.
    Html,
    /// A part of the text, where the whole is missing.
    Summary,
    Author,
    Modified,
    BasedOn,
}

impl Field {
    /// The field that is called so in `--map`.
    pub(super) fn called(name: &str) -> Option<Self> {
        CALLED.iter().find(|(known, _)| *known == name).map(|&(_, field)| field)
    }
}

/// What fields are called in `--map`.
const CALLED: &[(&str, Field)] = &[
    ("id", Field::Id),
    ("source", Field::Source),
    ("title", Field::Title),
    ("text", Field::Text),
    ("html", Field::Html),
    ("claim", Field::Claim),
    ("published", Field::Published),
    ("modified", Field::Modified),
    ("url", Field::Url),
    ("language", Field::Language),
    ("author", Field::Author),
    ("type", Field::Form),
];

/// Ends the run where a name that records are to be read by is none that there is.
pub(super) fn check(map: &[(String, String)]) -> Result<()> {
    let Some((ours, theirs)) = map.iter().find(|(ours, _)| Field::called(ours).is_none()) else { return Ok(()) };
    let known = CALLED.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    Err(Error::new(ErrorKind::Usage, format!("--map {ours}={theirs}: `{ours}` is none of {known}")))
}

/// The names of each field, best first, as [`plain_name`] writes them.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "guid", "uid"]),
    (Field::Source, &["source", "outlet", "publisher", "site", "sitename", "newspaper"]),
    (Field::Title, &["title", "headline"]),
    (Field::Text, &["text", "body", "content", "articlebody", "maintext", "fulltext"]),
    (Field::Claim, &["claim", "statement"]),
    (
        Field::Published,
        &["published", "date", "datepublished", "publishedat", "publishdate", "publicationdate", "pubdate"],
    ),
    (Field::Url, &["url", "link", "canonicalurl", "permalink"]),
    (Field::Language, &["language", "lang", "inlanguage", "locale"]),
    (Field::Form, &["type", "form"]),
    (Field::Html, &["contenthtml", "bodyhtml", "bodyxhtml", "html"]),
    (Field::Summary, &["summary", "description", "abstract"]),
    (Field::Author, &["author", "authors", "byline", "creator"]),
    (Field::Modified, &["modified", "updated", "datemodified", "modifiedat", "updatedat", "lastmodified"]),
    (Field::BasedOn, &["isbasedon", "basedon", "agency"]),
];

/// The fields one record or front matter gave. Of two names for one thing the better is kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    found: Vec<(Field, usize, String)>,
    titled: bool,
    date: Option<(usize, Date)>,
    /// What was given as date and is none.
    unread: Option<String>,
    /// Whether the text is known to be a part of the whole.
    pub(super) is_summary: bool,
}

impl Fields {
    /// What the field called `name` means, with its rank among the names for that; nothing if it is not known. What the user
    /// says of a name goes before all that is known.
    pub(super) fn meaning(name: &str, map: &[(String, String)]) -> Option<(Field, usize)> {
        let plain = plain_name(name);
        let mapped = map.iter().find(|(_, theirs)| plain_name(theirs) == plain);
        if let Some(field) = mapped.and_then(|(ours, _)| Field::called(ours)) {
            return Some((field, 0));
        }
        NAMES.iter().find_map(|&(field, names)| Some((field, names.iter().position(|&known| known == plain)? + 1)))
    }

    /// Takes note that there is a field called `name`, whatever it holds. Returns its meaning.
    pub(super) fn declare(&mut self, name: &str, map: &[(String, String)]) -> Option<(Field, usize)> {
        let meaning = Self::meaning(name, map);
        self.titled |= matches!(meaning, Some((Field::Title, _)));
        meaning
    }

    /// Takes the field called `name` in, if it means anything and is not empty. Returns its meaning.
    pub(super) fn add(&mut self, name: &str, value: &str) -> Option<Field> {
        self.add_mapped(name, value, &[])
    }

    /// The same, with what the user says of names.
    pub(super) fn add_mapped(&mut self, name: &str, value: &str, map: &[(String, String)]) -> Option<Field> {
        let (field, rank) = self.declare(name, map)?;
        self.put(field, rank, value).then_some(field)
    }

    /// Takes in a field of known meaning. Tells whether its value is kept.
    pub(super) fn put(&mut self, field: Field, rank: usize, value: &str) -> bool {
        if value.trim().is_empty() {
            return false;
        }
        // A field `date` that tells no day must not hide a `published_at` that does.
        if field == Field::Published {
            let day = publication_date(value);
            self.add_date(rank, day);
            if day.is_none() {
                self.unread.get_or_insert_with(|| one_line(value));
            }
            return true;
        }
        match self.found.iter_mut().find(|(known, ..)| *known == field) {
            Some(better) if better.1 <= rank => return false,
            Some(worse) => *worse = (field, rank, value.to_owned()),
            None => self.found.push((field, rank, value.to_owned())),
        }
        true
    }

    /// Takes in a day that a field of that `rank` told.
    pub(super) fn add_date(&mut self, rank: usize, day: Option<Date>) {
        if let Some(day) = day
            && self.date.is_none_or(|(known, _)| rank < known)
        {
            self.date = Some((rank, day));
        }
    }

    /// The value of `field`, taken out.
    pub(super) fn take(&mut self, field: Field) -> Option<String> {
        let at = self.found.iter().position(|(known, ..)| *known == field)?;
        Some(self.found.swap_remove(at).2)
    }

    /// The value of a one-line `field`, taken out: white space at its ends removed, inside made single.
    pub(super) fn take_line(&mut self, field: Field) -> Option<String> {
        self.take(field).map(|value| one_line(&value))
    }

    /// The day of publication.
    pub(super) fn published(&self) -> Option<Date> {
        self.date.map(|(_, day)| day)
    }

    /// How many bytes they hold.
    pub(super) fn length(&self) -> usize {
        self.found.iter().map(|(.., value)| value.len()).sum()
    }

    /// What was given as day of publication, where it tells no day.
    pub(super) fn unread_date(&self) -> Option<String> {
        self.unread.clone().filter(|_| self.date.is_none())
    }

    /// What else the fields tell, taken out.
    pub(super) fn details(&mut self) -> Details {
        Details {
            ignores: Vec::new(),
            author: self.take_line(Field::Author),
            modified: self.take(Field::Modified).and_then(|written| publication_date(&written)),
            based_on: self.take_line(Field::BasedOn),
            is_summary: self.is_summary,
        }
    }

    /// Whether a title belongs to these fields, be it empty: a ready-made claim has none.
    pub(super) fn is_titled(&self) -> bool {
        self.titled
    }
}

/// The words of `value` with single spaces between them.
pub(super) fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A field's name in lower case and without the marks between its words: `Date_Published` is `datepublished`.
fn plain_name(name: &str) -> String {
    name.chars().filter(|mark| !matches!(mark, '_' | '-' | ' ' | '.')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_name_wins_in_either_order() {
        for order in [["text", "content"], ["content", "text"]] {
            let mut fields = Fields::default();
            for name in order {
                fields.add(name, name);
            }
            assert_eq!(fields.take(Field::Text).as_deref(), Some("text"));
        }
    }

    #[test]
    fn an_empty_field_does_not_hide_a_full_one() {
        let mut fields = Fields::default();
        fields.add("text", "  ");
        fields.add("Body", "words");
        fields.add("date", "soon");
        fields.add("Published_At", "2025-11-24T10:00:00Z");
        assert_eq!(fields.take(Field::Text).as_deref(), Some("words"));
        assert_eq!(fields.published(), Some(jiff::civil::date(2025, 11, 24)));
    }
}
