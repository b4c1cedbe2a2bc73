//! Paths → what would be read: each input with its format, outlets and languages. The inputs are read for it, since a file of
//! records tells its outlets only inside, but no text is kept and no later stage runs.

use super::{handed, on_threads};
use crate::config::Settings;
use crate::error::Result;
use crate::model::{NamedBy, Skipped};
use crate::read;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// One input and what reading it gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileEntry {
    /// The path, as documents carry it.
    pub path: String,
    /// The formats it was read as: one, but for an archive of several.
    pub formats: BTreeSet<String>,
    /// How many documents it gives.
    pub documents: u64,
    /// The outlets of those, with what each was named by and how many documents it has.
    pub outlets: BTreeMap<(String, NamedBy), u64>,
    /// Their languages, with the number of documents; `und` where it is not known.
    pub languages: BTreeMap<String, u64>,
}

/// What [`files`] saw.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files {
    /// The inputs that give at least one document, by path.
    pub entries: Vec<FileEntry>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// Lists what `paths` would have read.
///
/// # Errors
///
/// As [`look`](super::look).
pub fn files(paths: &[PathBuf], settings: &Settings) -> Result<Files> {
    let reading = handed::read(settings);
    let found = read::discover(paths, &reading)?;
    on_threads(settings, || {
        let read: Vec<_> = found.inputs.par_iter().map(|input| entry(input, &reading)).collect();
        let mut files = Files { entries: Vec::new(), skipped: found.skipped };
        for (entry, skipped) in read {
            files.entries.extend((entry.documents > 0).then_some(entry));
            files.skipped.extend(skipped);
        }
        files.skipped.sort();
        files
    })
}

/// What one input gives.
fn entry(input: &read::Input, settings: &read::ReadSettings) -> (FileEntry, Vec<Skipped>) {
    let mut entry = FileEntry { path: input.path().to_owned(), ..FileEntry::default() };
    let mut skipped = Vec::new();
    read::read_each(input, settings, &mut |read| match read {
        Err(reason) => skipped.push(reason),
        Ok(document) => {
            entry.documents += 1;
            entry.formats.insert(document.origin.format);
            *entry.outlets.entry((document.source.name, document.source.named_by)).or_default() += 1;
            *entry.languages.entry(document.language).or_default() += 1;
        }
    });
    (entry, skipped)
}
