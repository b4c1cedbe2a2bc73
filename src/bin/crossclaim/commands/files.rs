//! `--files`: what would be read, as which format, from which outlet, and what not.

use super::inputs::{exit_for, named};
use crate::args::{Cli, SourceArgs};
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use crate::settings;
use crate::terminal::{Destination, style};
use crossclaim::model::NamedBy;
use crossclaim::pipeline::{self, FileEntry, Files};
use crossclaim::report::grid::{Grid, Ink, Join, paint};
use crossclaim::report::{escape, wording};
use serde_json::{Value, json};
use std::path::PathBuf;

/// So many outlets of one file are named in the table; the records name all.
const OUTLETS_NAMED: usize = 4;

/// Lists the inputs of `paths` in the given format.
pub(crate) fn run(cli: &Cli, paths: &[PathBuf], sources: &SourceArgs, format: &str) -> Result<Exit, Failure> {
    let settings = settings::settings(cli, paths, sources, None)?;
    let files = match format {
        "table" | "jsonl" => pipeline::files(paths, &settings)?,
        other => return Err(Failure::usage(format!("--files is printed as table or jsonl, not as {other}"))),
    };
    write_to(None, |out| match format {
        "jsonl" => records(&files).iter().try_for_each(|record| writeln!(out, "{record}")),
        _ => table(&files).write(&style(cli.color, Destination::Screen, settings.report.width), out),
    })?;
    let read = files.entries.iter().map(|entry| entry.path.as_str());
    Ok(exit_for(&named(paths, sources), read, &files.skipped))
}

/// One record an input, then one for everything that is not read.
fn records(files: &Files) -> Vec<Value> {
    let read = files.entries.iter().map(|entry| {
        let outlets = entry.outlets.iter();
        json!({
            "path": entry.path,
            "formats": entry.formats,
            "documents": entry.documents,
            "sources": outlets
                .map(|((name, by), documents)| json!({ "name": name, "named_by": by, "documents": documents }))
                .collect::<Vec<_>>(),
            "languages": entry.languages,
            "skipped": null,
        })
    });
    let not_read = files.skipped.iter().map(|entry| {
        let line = entry.place.map(|place| place.line);
        json!({ "path": entry.path, "line": line, "documents": 0, "skipped": entry.reason })
    });
    read.chain(not_read).collect()
}

fn table(files: &Files) -> Grid {
    let mut grid = Grid::new(["File", "Format", "Docs.", "Outlet", "Lang."]);
    for entry in &files.entries {
        let formats: Vec<&str> = entry.formats.iter().map(String::as_str).collect();
        let languages: Vec<&str> = entry.languages.keys().map(String::as_str).collect();
        grid.row(
            Join::Apart,
            [
                escape::terminal(&entry.path),
                formats.join(", "),
                entry.documents.to_string(),
                escape::terminal(&outlets(entry)),
                languages.join(", "),
            ],
        );
    }
    for entry in &files.skipped {
        let reason = paint(&escape::terminal(&entry.reason), Ink::Yellow);
        let path = match entry.place {
            Some(at) => wording::place(&entry.path, at),
            None => entry.path.clone(),
        };
        grid.row(Join::Apart, [escape::terminal(&path), String::new(), "0".to_owned(), reason, String::new()]);
    }
    grid
}

/// The outlets of a file, each with what it was named by.
fn outlets(entry: &FileEntry) -> String {
    let named_by = |by: &NamedBy| serde_json::to_string(by).unwrap_or_default().trim_matches('"').to_owned();
    let mut lines: Vec<String> =
        entry.outlets.keys().take(OUTLETS_NAMED).map(|(name, by)| format!("{name} ({})", named_by(by))).collect();
    if entry.outlets.len() > OUTLETS_NAMED {
        lines.push(format!("and {} more", entry.outlets.len() - OUTLETS_NAMED));
    }
    lines.join(", ")
}
