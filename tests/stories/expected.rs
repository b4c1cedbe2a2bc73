//! A story's folder → what is right about it, as people wrote it down.
//!
//! What comes in: `fixtures/stories/<slug>/`. What goes out: the parsed `expected.json` and the texts its quotations come
//! from. It reads the texts with its own few lines, not with the library's readers, so that a fault there cannot hide a
//! fault here.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The expectations of one story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    /// What the story tests.
    #[serde(rename = "about")]
    pub(crate) _about: String,
    /// Claims of several outlets that belong together, or only seem to.
    pub(crate) groups: Vec<Group>,
    /// Claims that only one outlet makes.
    pub(crate) single_source: Vec<Quote>,
    /// Text that makes no claim.
    pub(crate) set_aside: Vec<Quote>,
}

/// Claims that belong together, or only seem to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    /// What they are to each other.
    pub(crate) label: Gold,
    /// For `agree`: in what way. Read by people; the label is what is scored.
    #[serde(rename = "kind")]
    pub(crate) _kind: Option<String>,
    /// For `conflict`: which rule should see it.
    pub(crate) rule: Option<String>,
    /// For the other labels: what they have in common.
    #[serde(rename = "about")]
    pub(crate) _about: Option<String>,
    /// For `conflict`: `note` where it is a difference more than a contradiction.
    #[serde(rename = "level")]
    pub(crate) _level: Option<String>,
    /// True for a clear case, which must hold in every version of the program.
    #[serde(default)]
    pub(crate) must: bool,
    /// Other labels that would be right as well.
    #[serde(default)]
    pub(crate) also: Vec<Gold>,
    /// Why, where it is not plain to see.
    #[serde(rename = "note")]
    pub(crate) _note: Option<String>,
    /// The claims.
    pub(crate) claims: Vec<Quote>,
}

/// What the claims of a group are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Gold {
    /// Reported by all, in compatible versions.
    Agree,
    /// Claims on different sides exclude each other; claims on one side agree.
    Conflict,
    /// They look alike and are about different things: no match, and above all no conflict.
    Related,
    /// People would differ on it: it counts neither way.
    Borderline,
}

/// The words of a claim.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quote {
    /// The file's name, followed by `#` and the record's id where the file holds several documents.
    pub(crate) file: String,
    /// The words, exactly as written; they occur once in the document.
    pub(crate) quote: String,
    /// For claims of a conflict: the side.
    pub(crate) side: Option<String>,
    /// For text set aside: why.
    pub(crate) reason: Option<String>,
    /// True for a clear case, outside of groups.
    #[serde(default)]
    pub(crate) must: bool,
}

impl Quote {
    /// File and words: what one place is known by, whatever group it is quoted in.
    pub(crate) fn words(&self) -> Words<'_> {
        (&self.file, &self.quote)
    }
}

/// A quotation's file and words.
pub(crate) type Words<'a> = (&'a str, &'a str);

/// One story on disk.
#[derive(Debug)]
pub(crate) struct Story {
    /// The name of its folder.
    pub(crate) slug: String,
    /// Where its sources lie.
    pub(crate) sources: PathBuf,
    /// What is right.
    pub(crate) expected: Expected,
    /// The text of each document, by the name quotations use.
    pub(crate) texts: BTreeMap<String, String>,
}

/// The folder of all stories.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories")
}

/// Where the stories lie that each outlet tells in words of its own.
pub(crate) fn retold_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/retold")
}

/// All stories, by name.
pub(crate) fn stories() -> Vec<Story> {
    stories_of(&folder())
}

/// The stories of both folders.
pub(crate) fn all_stories() -> Vec<Story> {
    stories().into_iter().chain(stories_of(&retold_folder())).collect()
}

/// The stories of a folder, by name.
pub(crate) fn stories_of(folder: &Path) -> Vec<Story> {
    entries(folder).iter().filter(|path| path.join("expected.json").is_file()).map(|path| story(path)).collect()
}

fn story(path: &Path) -> Story {
    let slug = name_of(path);
    let expected = serde_json::from_str(&text_of(&path.join("expected.json")))
        .unwrap_or_else(|error| panic!("{slug}/expected.json: {error}"));
    let sources = path.join("sources");
    let mut texts = BTreeMap::new();
    for path in entries(&sources) {
        let name = name_of(&path);
        let text = text_of(&path);
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("txt") => drop(texts.insert(name, text)),
            Some("md") => drop(texts.insert(name, without_front_matter(&text).to_owned())),
            Some("jsonl") => texts.extend(text.lines().map(|line| record(&name, line))),
            _ => assert_eq!(name, "sources.toml", "{slug}: a file the tests do not know how to read"),
        }
    }
    Story { slug, sources, expected, texts }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = read.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    paths
}

fn name_of(path: &Path) -> String {
    path.file_name().expect("a listed path has a name").to_string_lossy().into_owned()
}

fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn without_front_matter(text: &str) -> &str {
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    body.map_or(text, |(_, body)| body)
}

fn record(file: &str, line: &str) -> (String, String) {
    let record: serde_json::Value =
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{file}: {error}: {line}"));
    let field = |key: &str| record[key].as_str().unwrap_or_else(|| panic!("{file}: no {key}: {line}"));
    (format!("{file}#{}", field("id")), format!("{}\n\n{}", field("title"), field("text")))
}
