//! Names: people, organizations, places.

use super::Span;
use serde::{Deserialize, Serialize};

/// A name in a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The words of the name.
    pub span: Span,
    /// What it names, as far as known.
    pub kind: MentionKind,
    /// The canonical name the mention resolves to, folded: "sanae takaichi" for "Takaichi", "united states" for "U.S.".
    pub key: String,
}

/// A name the user knows, with its other names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownName {
    /// The name all of them stand for.
    pub name: String,
    /// What it names.
    pub kind: MentionKind,
    /// Other ways to write it.
    pub also: Vec<String>,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentionKind {
    /// A person.
    Person,
    /// A company, party, agency, court.
    Organization,
    /// A country, city, region, sea; a capital stands for itself here, not for its government.
    Place,
    /// A people or the adjective of a country; its key is the country's.
    Nationality,
    /// A name of unknown kind.
    Other,
}
