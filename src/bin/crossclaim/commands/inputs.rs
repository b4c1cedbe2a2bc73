//! What the commands that read share: which named inputs gave nothing, and JSONL records of their own.

use crate::args::SourceArgs;
use crate::exit::{Exit, Failure};
use crate::terminal::{complain, tell};
use crossclaim::model::Skipped;
use crossclaim::report::wording;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The paths as documents name them: standard input goes by the name it was given.
pub(crate) fn named(paths: &[PathBuf], sources: &SourceArgs) -> Vec<PathBuf> {
    let shown = |path: &PathBuf| match &sources.stdin_filename {
        Some(name) if path == Path::new("-") => PathBuf::from(name),
        _ => path.clone(),
    };
    paths.iter().map(shown).collect()
}

/// Names on standard error every path that gave no document, and says how the program ends for it: an input that was
/// named and gave nothing must not look like "nobody else reports it". Globs choose among what is there, so a glob
/// counts as read when anything at all was.
pub(crate) fn exit_for<'a>(paths: &[PathBuf], read: impl Iterator<Item = &'a str>, skipped: &[Skipped]) -> Exit {
    // A file of a million records is named by each of them.
    let read: BTreeSet<&str> = read.collect();
    let read: BTreeSet<String> = read.into_iter().map(canonical).collect();
    let mut exit = Exit::Clean;
    for path in paths {
        let named = canonical(&path.to_string_lossy());
        let below = format!("{}/", named.trim_end_matches('/'));
        let gave = match named.as_str() {
            // The working folder: what is read below it may be named with or without it.
            "." => !read.is_empty(),
            _ if !path.exists() && named != "-" => !read.is_empty(),
            _ => {
                read.contains(&named)
                    || read.range(below.clone()..).next().is_some_and(|first| first.starts_with(&below))
            }
        };
        if !gave {
            let reason = skipped.iter().find(|entry| canonical(&entry.path) == named);
            let reason = reason.map_or("no document could be read from it".to_owned(), |entry| entry.reason.clone());
            complain("error", &format!("{}: {reason}", path.display()));
            exit = Exit::Failed;
        }
    }
    exit
}

/// Lists skipped inputs on standard error, for the outputs that have no place for them.
pub(crate) fn tell_skipped(skipped: &[Skipped]) {
    for entry in skipped {
        tell(&format!("skipped: {}", wording::skipped(entry)));
    }
}

/// One spelling of a path: forward slashes, none of them twice, no `.` in it, no slash at the end.
fn canonical(path: &str) -> String {
    let path = path.replace('\\', "/");
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    match (path.starts_with('/'), parts.join("/")) {
        (true, rest) => format!("/{rest}"),
        (false, rest) if rest.is_empty() => ".".to_owned(),
        (false, rest) => rest,
    }
}

/// The records of a JSONL file, and how many of its lines are none.
pub(crate) struct Records<T> {
    pub(crate) records: Vec<T>,
    pub(crate) malformed: u64,
}

impl<T> Records<T> {
    /// A line that cannot be read makes the run fail at its end, after the others were answered.
    pub(crate) fn exit(&self) -> Exit {
        if self.malformed == 0 { Exit::Clean } else { Exit::Failed }
    }
}

/// Reads a JSONL file, or standard input for `-`. Lines that are not of the form `T` are named on standard error.
pub(crate) fn records<T: DeserializeOwned>(path: &Path) -> Result<Records<T>, Failure> {
    let unreadable = |error: std::io::Error| Failure::input(format!("cannot read {}: {error}", path.display()));
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        bytes = std::fs::read(path).map_err(unreadable)?;
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let mut found = Records { records: Vec::new(), malformed: 0 };
    for (index, line) in text.split(|&byte| byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(line) {
            Ok(record) => found.records.push(record),
            Err(error) => {
                found.malformed += 1;
                // The parser counts lines within what it was given, which is one line of the file.
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or("").to_owned();
                complain("error", &format!("{}:{}:{}: {message}", path.display(), index + 1, error.column().max(1)));
            }
        }
    }
    if found.records.is_empty() && found.malformed == 0 {
        return Err(Failure::input(format!("{} holds no record", path.display())));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_path_has_one_spelling() {
        assert_eq!(canonical("./a/b/"), "a/b");
        assert_eq!(canonical("././/a"), "a");
        assert_eq!(canonical("./"), ".");
        assert_eq!(canonical("a//b/./c/"), "a/b/c");
        assert_eq!(canonical("//a"), "/a");
        assert_eq!(canonical("."), ".");
        assert_eq!(canonical("/"), "/");
        assert_eq!(canonical("-"), "-");
    }

    #[test]
    fn a_file_that_exists_and_gave_nothing_fails_the_run() {
        let here = PathBuf::from("Cargo.toml");
        assert_eq!(exit_for(std::slice::from_ref(&here), ["src/lib.rs"].into_iter(), &[]), Exit::Failed);
        assert_eq!(exit_for(std::slice::from_ref(&here), ["./Cargo.toml"].into_iter(), &[]), Exit::Clean);
    }

    #[test]
    fn a_folder_gave_something_where_a_document_lies_below_it() {
        let folder = [PathBuf::from("src")];
        assert_eq!(exit_for(&folder, ["src/lib.rs"].into_iter(), &[]), Exit::Clean);
        assert_eq!(exit_for(&folder, ["src-old/lib.rs", "a"].into_iter(), &[]), Exit::Failed);
        assert_eq!(exit_for(&[PathBuf::from("*.nothing")], ["a"].into_iter(), &[]), Exit::Clean);
    }
}
