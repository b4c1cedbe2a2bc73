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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
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

/// All stories, by name.
pub(crate) fn stories() -> Vec<Story> {
    let mut slugs: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("expected.json").is_file())
        .collect();
    slugs.sort();
    slugs.iter().map(|path| story(path)).collect()
}

fn story(path: &Path) -> Story {
    let slug = path.file_name().unwrap().to_string_lossy().into_owned();
    let json = std::fs::read_to_string(path.join("expected.json")).unwrap();
    let expected = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{slug}/expected.json: {error}"));
    let sources = path.join("sources");
    let mut texts = BTreeMap::new();
    for entry in std::fs::read_dir(&sources).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("txt") => drop(texts.insert(name, text)),
            Some("md") => drop(texts.insert(name, without_front_matter(&text).to_owned())),
            Some("jsonl") => texts.extend(records(&name, &text)),
            _ => assert_eq!(name, "sources.toml", "{slug}: a file the tests do not know how to read"),
        }
    }
    Story { slug, sources, expected, texts }
}

fn without_front_matter(text: &str) -> &str {
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    body.map_or(text, |(_, body)| body)
}

fn records(name: &str, text: &str) -> Vec<(String, String)> {
    text.lines()
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            let field = |key: &str| record[key].as_str().unwrap().to_owned();
            (format!("{name}#{}", field("id")), format!("{}\n\n{}", field("title"), field("text")))
        })
        .collect()
}
