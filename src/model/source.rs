//! Who speaks: the outlet a document comes from.

use super::SourceId;
use serde::{Deserialize, Serialize};

/// The outlet that published a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The hash of the outlet's name; two documents of one outlet carry the same.
    pub id: SourceId,
    /// The outlet's name as it is reported.
    pub name: String,
    /// Who owns the outlet, where the user's manifest says so.
    pub owner: Option<String>,
    /// What the name was taken from.
    pub named_by: NamedBy,
}

impl Source {
    /// A source called `name`, known by `named_by`.
    pub fn new(name: impl Into<String>, named_by: NamedBy) -> Self {
        let name = name.into();
        Self { id: SourceId::of([name.as_str()]), name, owner: None, named_by }
    }
}

/// What an outlet's name was taken from, in order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NamedBy {
    /// `--source NAME=GLOB`.
    Flag,
    /// A `sources.toml` manifest.
    Manifest,
    /// Front matter or a field of the record.
    Metadata,
    /// The registrable domain of the document's URL.
    Domain,
    /// The folder under the path that was given.
    Folder,
    /// The file's name without its extension.
    FileName,
    /// The whole path: each document is a source of its own.
    Path,
}
