//! Outlet, date, address and language of a document, from all that names them, by precedence.

use super::manifest::Entry;
use super::{Draft, Input, ReadSettings};
use crate::config::SourceOf;
use crate::lexicon::language::{self, Told};
use crate::model::{NamedBy, Source};
use jiff::civil::Date;
use std::sync::Arc;

/// What the command line, the manifest and the path say about the documents of one file.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// The outlet by `--source NAME=GLOB`.
    pub(super) flag: Option<String>,
    /// The manifest's entry for the file.
    pub(super) entry: Option<Arc<Entry>>,
    /// The folder, where folders are outlets.
    pub(super) folder: Option<String>,
    /// The file's name without its extension.
    pub(super) stem: String,
}

/// The outlet: flag, manifest, metadata, domain, folder, file name; the first that tells it.
pub(super) fn source(input: &Input, draft: &Draft, settings: &ReadSettings) -> Source {
    let names = input.names();
    let is_told = names.flag.is_some() || (settings.manifest.is_some() && names.entry.is_some());
    match settings.source_of {
        SourceOf::Document if !is_told => Source::new(own_name(input.path(), draft), NamedBy::Path),
        SourceOf::Folder if !is_told => Source::new(folder(input.path()), NamedBy::Folder),
        SourceOf::Document | SourceOf::Folder | SourceOf::Outlet => outlet(names, draft),
    }
}

/// The name of a document that is a source of its own: its path, and its line where the file holds several.
fn own_name(path: &str, draft: &Draft) -> String {
    draft.record.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"))
}

/// The folder of a file.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(folder, _)| folder)
}

fn outlet(names: &Names, draft: &Draft) -> Source {
    let domain = || draft.url.as_deref().and_then(registrable_domain);
    let mut source = if let Some(name) = &names.flag {
        Source::new(name, NamedBy::Flag)
    } else if let Some(entry) = &names.entry {
        Source::new(&entry.name, NamedBy::Manifest)
    } else if let Some(name) = &draft.outlet {
        Source::new(name, NamedBy::Metadata)
    } else if let Some(name) = domain() {
        Source::new(name, NamedBy::Domain)
    } else if let Some(name) = &names.folder {
        Source::new(name, NamedBy::Folder)
    } else {
        Source::new(&names.stem, NamedBy::FileName)
    };
    // The manifest knows the owner of the outlet it names, not of one the user put in its place.
    source.owner = names.entry.as_ref().filter(|entry| entry.name == source.name).and_then(|entry| entry.owner.clone());
    source
}

/// The day of publication: manifest, then metadata.
pub(super) fn published(names: &Names, draft: &Draft) -> Option<Date> {
    names.entry.as_ref().and_then(|entry| entry.published).or(draft.published)
}

/// The address: the document's own, else the manifest's, which may be no more than the outlet's home page.
pub(super) fn url(names: &Names, draft: &Draft) -> Option<String> {
    draft.url.clone().or_else(|| names.entry.as_ref().and_then(|entry| entry.url.clone()))
}

/// The language as a BCP 47 tag: the declared one, unless the text tells clearly that it is in another; `und` where
/// neither tells. Pages are declared English by programs that were never told otherwise.
pub(super) fn language(draft: &Draft) -> String {
    let declared = declared(draft);
    match language::told(&sample(draft)) {
        Told::English if language::primary(&declared) != "en" => "en".to_owned(),
        Told::Other(tag) if language::has_lexicon(&declared) => tag.to_owned(),
        _ => declared,
    }
}

/// So much of a document tells its language.
const SAMPLE: usize = 6_000;

/// The beginning of a document, without what is no prose.
fn sample(draft: &Draft) -> String {
    let mut sample = String::new();
    for passage in draft.passages.iter().filter(|passage| passage.set_aside.is_none()) {
        sample.push_str(passage.span.of(&draft.text));
        sample.push('\n');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    sample
}

/// The declared language as a BCP 47 tag, `und` where none is declared or it is no tag.
fn declared(draft: &Draft) -> String {
    let tag = draft.language.as_deref().unwrap_or_default().trim().replace('_', "-");
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let is_tag = (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if !is_tag {
        return "und".to_owned();
    }
    let rest = &tag[primary.len()..];
    format!("{}{rest}", primary.to_ascii_lowercase())
}

/// The domain one buys: `news.example.co.uk` belongs to `example.co.uk`. Addresses in digits have none.
fn registrable_domain(address: &str) -> Option<String> {
    let parsed = url::Url::parse(address).or_else(|_| url::Url::parse(&format!("https://{address}"))).ok()?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return None;
    }
    match parsed.host()? {
        url::Host::Domain(host) => psl::domain_str(host.trim_end_matches('.')).map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_is_the_one_that_is_registered() {
        assert_eq!(registrable_domain("https://www.news.example.co.uk/a?b"), Some("example.co.uk".to_owned()));
        assert_eq!(registrable_domain("HTTP://Daily.Example:8080/"), Some("daily.example".to_owned()));
        assert_eq!(registrable_domain("daily.example.org/story"), Some("example.org".to_owned()));
        assert_eq!(registrable_domain("http://192.0.2.1/a"), None);
        assert_eq!(registrable_domain("file:///tmp/a"), None);
        assert_eq!(registrable_domain("see page 3"), None);
        assert_eq!(registrable_domain("http://localhost/"), None);
    }
}
