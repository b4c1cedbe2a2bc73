//! `search CLAIM PATH...`: claims that resemble a claim, best first, each with how it stands to it.

use super::inputs::{exit_for, named, records, tell_skipped};
use crate::args::{Cli, ListFormat, SearchArgs};
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use crate::progress::Progress;
use crate::settings;
use crate::terminal::{Destination, style};
use crossclaim::pipeline::{self, Hit, PairLabel, Query, SearchResult};
use crossclaim::report::grid::{Grid, Ink, Join, paint};
use crossclaim::report::{escape, wording};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::PathBuf;

/// One line of `--queries`.
#[derive(Debug, Deserialize)]
struct QueryRecord {
    id: Value,
    text: String,
}

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &SearchArgs) -> Result<Exit, Failure> {
    let (asked, paths, exit) = match &args.queries {
        Some(file) => {
            let found = records::<QueryRecord>(file)?;
            let exit = found.exit();
            (found.records, args.words.as_slice(), exit)
        }
        None => match args.words.split_first() {
            Some((claim, paths)) if !paths.is_empty() => {
                let one = QueryRecord { id: Value::String(claim.clone()), text: claim.clone() };
                (vec![one], paths, Exit::Clean)
            }
            _ => return Err(Failure::usage("search where? write the claim, then the files or folders to look in")),
        },
    };
    if args.queries.is_none() && asked.iter().all(|query| query.text.trim().is_empty()) {
        return Err(Failure::usage("the claim to look for is empty"));
    }
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let settings = settings::settings(cli, &paths, &args.sources, None)?;
    let queries: Vec<Query> =
        asked.iter().map(|query| Query { id: shown(&query.id), text: query.text.clone() }).collect();
    let progress = Progress::new(cli);
    let found = pipeline::search_watched(&queries, &paths, args.limit, &settings, &progress)?;
    progress.finish();
    let results = &found.results;

    write_to(None, |out| match args.format {
        ListFormat::Jsonl => write_lines(&asked, results, out),
        ListFormat::Table => {
            for (query, result) in asked.iter().zip(results) {
                writeln!(out, "{}", escape::terminal(&query.text))?;
                if result.hits.is_empty() {
                    writeln!(out, "Nothing resembles it.")?;
                } else {
                    table(&result.hits).write(&style(cli.color, Destination::Screen, settings.report.width), out)?;
                }
            }
            Ok(())
        }
    })?;
    if !cli.quiet {
        tell_skipped(&found.skipped);
    }
    let read = found.paths.iter().map(String::as_str);
    Ok(exit.max(exit_for(&named(&paths, &args.sources), read, &found.skipped)))
}

/// An identity as a name: a text without its quotation marks, anything else as JSON.
fn shown(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// One line a query, its identity as it came. Results run along with the queries.
fn write_lines(asked: &[QueryRecord], results: &[SearchResult], out: &mut dyn Write) -> io::Result<()> {
    for (query, result) in asked.iter().zip(results) {
        let hits: Vec<Value> = result
            .hits
            .iter()
            .map(|hit| {
                json!({
                    "id": hit.id, "score": hit.score, "label": hit.label.name(),
                    "document": hit.document, "source": hit.source, "text": hit.text, "subject": hit.subject,
                })
            })
            .collect();
        writeln!(out, "{}", json!({ "query": query.id, "results": hits }))?;
    }
    Ok(())
}

fn table(hits: &[Hit]) -> Grid {
    let mut grid = Grid::new(["Score", "Stands to it", "Outlet", "Claim"]);
    grid.keep_within(2, 25);
    for hit in hits {
        let ink = match hit.label {
            PairLabel::Conflict => Ink::Red,
            PairLabel::Agree => Ink::Green,
            PairLabel::Unmatched => Ink::Faint,
        };
        grid.row(
            Join::Apart,
            [
                format!("{:.3}", hit.score),
                paint(hit.label.name(), ink),
                escape::terminal(&hit.source),
                format!(
                    "{}\n{}",
                    escape::terminal(&wording::with_subject(hit.subject.as_deref(), &hit.text)),
                    paint(&escape::terminal(&hit.id), Ink::Faint)
                ),
            ],
        );
    }
    grid
}
