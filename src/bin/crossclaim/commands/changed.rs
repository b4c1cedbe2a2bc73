//! `--changed-since REV`: asks git which files differ from a revision, in the words in which reports name files.

use crate::exit::Failure;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files below `paths` that differ from `revision` or are not yet known to git, as a report of `paths` names them.
pub(super) fn changed_since(revision: &str, paths: &[PathBuf]) -> Result<BTreeSet<String>, Failure> {
    // A revision that looks like an option would be taken for one.
    if revision.starts_with('-') {
        return Err(Failure::usage(format!("--changed-since takes a revision, not `{revision}`")));
    }
    let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?.trim_end());
    let differ = git(&["diff", "--name-only", "-z", "--no-renames", revision, "--"])?;
    let unknown = git(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"])?;
    let names = differ.split('\0').chain(unknown.split('\0')).filter(|name| !name.is_empty());
    let changed: BTreeSet<PathBuf> = names.filter_map(|name| fs::canonicalize(top.join(name)).ok()).collect();
    let mut told = BTreeSet::new();
    for path in paths {
        let Ok(real) = fs::canonicalize(path) else { continue };
        for file in &changed {
            // Reports name a file by the way that was given to it.
            if let Ok(below) = file.strip_prefix(&real) {
                let whole = if below.as_os_str().is_empty() { path.clone() } else { path.join(below) };
                told.extend(spellings(&whole));
            }
        }
    }
    // A pattern names files as seen from here.
    let here = fs::canonicalize(".").unwrap_or_default();
    told.extend(changed.iter().filter_map(|file| file.strip_prefix(&here).ok()).flat_map(spellings));
    Ok(told)
}

/// The ways in which one path may be written in a report.
fn spellings(path: &Path) -> [String; 2] {
    let written = path.to_string_lossy().replace('\\', "/");
    let bare = written.strip_prefix("./").unwrap_or(&written).to_owned();
    [written, bare]
}

/// What git prints.
fn git(arguments: &[&str]) -> Result<String, Failure> {
    let done = Command::new("git")
        .args(arguments)
        .output()
        .map_err(|error| Failure::input(format!("--changed-since asks git, which does not run: {error}")))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        let said = said.lines().next().unwrap_or("it gave no reason").trim_start_matches("fatal: ").to_owned();
        return Err(Failure::input(format!("--changed-since asks git, which fails: {said}")));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
