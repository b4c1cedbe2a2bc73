//! `sources.toml` → which files belong to which outlet.
//!
//! It refuses what it does not know, with the line, so that a misspelled key is never a silent loss.

use super::dates::publication_date;
use super::pattern::{absolute, glob_under, path_and_folders, shown};
use crate::error::{Error, ErrorKind, Result};
use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::civil::Date;
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;

/// The file name that is a manifest wherever it lies, and never a document.
pub(super) const MANIFEST_NAME: &str = "sources.toml";

/// One `[[source]]` of a manifest.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The outlet's name.
    pub(super) name: String,
    /// The address of the documents, where they give none themselves.
    pub(super) url: Option<String>,
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// Who owns the outlet.
    pub(super) owner: Option<String>,
}

/// The entries of all manifests that are in force. The patterns are asked together: a manifest may name every one of
/// thousands of files by itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Manifest {
    entries: Vec<Arc<Entry>>,
    patterns: GlobSet,
    /// Which entry each pattern belongs to.
    entry_of: Vec<usize>,
}

impl Manifest {
    /// Reads the manifests at `paths`; of two entries that cover a file the earlier holds.
    pub(super) fn load<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Result<Self> {
        let mut manifest = Self::default();
        let mut patterns = GlobSetBuilder::new();
        for path in paths {
            for (entry, globs) in load(path)? {
                for glob in globs {
                    patterns.add(glob);
                    manifest.entry_of.push(manifest.entries.len());
                }
                manifest.entries.push(Arc::new(entry));
            }
        }
        manifest.patterns = patterns.build().map_err(|error| {
            Error::new(ErrorKind::Configuration, format!("the manifest's patterns are too many: {error}"))
        })?;
        Ok(manifest)
    }

    /// The entry for the file at `path`, which is `real` when links are followed.
    pub(super) fn entry(&self, path: &Path, real: &Path) -> Option<Arc<Entry>> {
        if self.entries.is_empty() {
            return None;
        }
        let (written, real) = (shown(&absolute(path)), shown(real));
        path_and_folders(&written)
            .chain(path_and_folders(&real))
            .flat_map(|part| self.patterns.matches(part))
            .map(|pattern| self.entry_of[pattern])
            .min()
            .map(|entry| Arc::clone(&self.entries[entry]))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    name: toml::Spanned<String>,
    paths: toml::Spanned<Vec<String>>,
    url: Option<String>,
    published: Option<toml::Spanned<toml::Value>>,
    owner: Option<String>,
}

/// Reads one manifest: its entries with their patterns.
fn load(path: &Path) -> Result<Vec<(Entry, Vec<Glob>)>> {
    let fail = |message: String| Error::new(ErrorKind::Configuration, format!("{}{message}", shown(path)));
    let text = std::fs::read_to_string(path).map_err(|error| fail(format!(": cannot be read: {error}")))?;
    let at = |offset: usize, message: String| {
        let line = 1 + text.as_bytes().iter().take(offset).filter(|&&byte| byte == b'\n').count();
        fail(format!(":{line}: {message}"))
    };
    let file: File = toml::from_str(&text)
        .map_err(|error| at(error.span().map_or(0, |span| span.start), error.message().replace('\n', ", ")))?;
    let mut folders = vec![absolute(path.parent().unwrap_or(Path::new("")))];
    // A user may reach the documents by a link and the manifest without, or the other way round.
    folders.extend(folders[0].canonicalize().ok().filter(|real| *real != folders[0]));
    let mut entries = Vec::with_capacity(file.source.len());
    for item in file.source {
        let (name_at, paths_at) = (item.name.span().start, item.paths.span().start);
        let name = item.name.into_inner().trim().to_owned();
        if name.is_empty() {
            return Err(at(name_at, "a source needs a name".to_owned()));
        }
        let mut patterns = Vec::new();
        for glob in item.paths.into_inner() {
            for folder in &folders {
                let pattern = glob_under(folder, &glob)
                    .map_err(|reason| at(paths_at, format!("`{glob}` in `paths` of `{name}`: {reason}")))?;
                patterns.push(pattern);
            }
        }
        if patterns.is_empty() {
            return Err(at(paths_at, format!("`paths` of `{name}` is empty; list at least one path or pattern")));
        }
        let published = match item.published {
            None => None,
            Some(value) => Some(date(value.get_ref()).ok_or_else(|| {
                at(value.span().start, format!("`published` of `{name}` is no date; write it as 2025-11-24"))
            })?),
        };
        entries.push((Entry { name, url: item.url, published, owner: item.owner }, patterns));
    }
    Ok(entries)
}

/// A date as a manifest or TOML front matter writes it: with or without quotes.
fn date(value: &toml::Value) -> Option<Date> {
    match value {
        toml::Value::String(text) => publication_date(text),
        toml::Value::Datetime(moment) => publication_date(&moment.to_string()),
        _ => None,
    }
}
