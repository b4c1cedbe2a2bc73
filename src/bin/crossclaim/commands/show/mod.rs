//! `show STAGE PATH...`: what an early stage saw, with what it set aside and why.

pub(super) mod frames;
mod records;
mod trees;

use super::inputs::{exit_for, named, tell_skipped};
use crate::args::{Cli, ListFormat, ShowArgs, StageChoice};
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use crate::settings;
use crate::terminal::{Destination, style, tell};
use crossclaim::model::{Details, Document, DocumentId, KeySet, NormalClaim, Place, SetAside, Skipped, Span};
use crossclaim::pipeline::{self, Candidates, Run};
use crossclaim::report::excerpt::shorten;
use crossclaim::report::grid::{Grid, Ink, Join, paint};
use crossclaim::report::{Style, escape, wording};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Characters of a text in the table; the JSONL records hold all of it.
const TEXT_CHARS: usize = 400;

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &ShowArgs) -> Result<Exit, Failure> {
    if args.tree && args.stage != StageChoice::Sentences {
        return Err(Failure::usage("--tree goes with the stage sentences"));
    }
    if args.files {
        return super::files::run(cli, &args.paths, &args.sources, args.format.name());
    }
    let settings = settings::settings(cli, &args.paths, &args.sources, None)?;
    let style = style(cli.color, Destination::Screen, settings.report.width);
    match args.stage.stage() {
        Some(stage) => {
            let run = pipeline::look(&args.paths, &settings, stage)?;
            write_to(None, |out| match args.format {
                ListFormat::Jsonl if args.tree => write_lines(&trees::records(&run), out),
                ListFormat::Table if args.tree => trees::write(&run, out),
                // A record takes several times the memory of its document, and a feed may have many of these.
                ListFormat::Jsonl if args.stage == StageChoice::Documents => {
                    run.documents.iter().try_for_each(|document| writeln!(out, "{}", records::document(document)))
                }
                ListFormat::Jsonl => write_lines(&stage_records(&run, args.stage), out),
                ListFormat::Table => write_tables(&run, args.stage, &style, out),
            })?;
            Ok(finish(cli, args, &run.documents, &run.skipped))
        }
        None => {
            let found = pipeline::candidates(&args.paths, &settings)?;
            write_to(None, |out| match args.format {
                ListFormat::Jsonl => write_candidates(&found, out),
                ListFormat::Table => {
                    candidate_table(&found).write(&style, out)?;
                    writeln!(out, "{}.", candidate_counts(&found))
                }
            })?;
            if !cli.quiet && args.format == ListFormat::Jsonl {
                tell(&candidate_counts(&found));
            }
            let exit = finish(cli, args, &found.documents, &found.skipped);
            // The program ends here, and giving back a million claims one by one takes seconds.
            std::mem::forget(found);
            Ok(exit)
        }
    }
}

/// Lists what was skipped, and what that makes of the exit status.
fn finish(cli: &Cli, args: &ShowArgs, documents: &[Document], skipped: &[Skipped]) -> Exit {
    if !cli.quiet {
        tell_skipped(skipped);
    }
    exit_for(
        &named(&args.paths, &args.sources),
        documents.iter().map(|document| document.origin.path.as_str()),
        skipped,
    )
}

fn write_lines(records: &[Value], out: &mut dyn Write) -> io::Result<()> {
    records.iter().try_for_each(|record| writeln!(out, "{record}"))
}

/// The records of a stage, in the order of the documents.
fn stage_records(run: &Run, stage: StageChoice) -> Vec<Value> {
    let documents = run.documents.iter();
    let normal = normal_claims(run);
    match stage {
        StageChoice::Documents => documents.map(records::document).collect(),
        StageChoice::Passages => documents
            .zip(&run.segmented)
            .flat_map(|(document, cut)| cut.passages.iter().map(|passage| records::passage(document, passage)))
            .collect(),
        StageChoice::Sentences => documents
            .zip(&run.segmented)
            .flat_map(|(document, cut)| cut.sentences.iter().map(|sentence| records::sentence(document, sentence)))
            .collect(),
        StageChoice::Claims => documents
            .zip(&run.extracted)
            .flat_map(|(document, extracted)| {
                let claims = normal.get(&document.id).into_iter().flatten().map(|normal| {
                    let mut record = records::claim(document, &normal.claim);
                    record["frames"] = frames::records(normal);
                    (normal.claim.span, record)
                });
                let aside = extracted.set_aside.iter().map(|aside| (aside.span, records::set_aside(document, aside)));
                in_order(claims.chain(aside))
            })
            .collect(),
        StageChoice::Values | StageChoice::Candidates => {
            let documents = by_id(&run.documents);
            let document = |id: DocumentId| documents.get(&id).copied();
            run.claims.iter().map(|normal| records::values(normal, document(normal.claim.document))).collect()
        }
    }
}

/// The normal forms by their documents, in the order of the text.
fn normal_claims(run: &Run) -> BTreeMap<DocumentId, Vec<&NormalClaim>> {
    let mut by_document: BTreeMap<DocumentId, Vec<&NormalClaim>> = BTreeMap::new();
    for normal in &run.claims {
        by_document.entry(normal.claim.document).or_default().push(normal);
    }
    by_document
}

fn by_id(documents: &[Document]) -> BTreeMap<DocumentId, &Document> {
    documents.iter().map(|document| (document.id, document)).collect()
}

/// Entries in the order of the text.
fn in_order<T>(entries: impl Iterator<Item = (Span, T)>) -> Vec<T> {
    let mut entries: Vec<(Span, T)> = entries.collect();
    entries.sort_by_key(|(span, _)| *span);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// One record a pair, each written before the next is made: there are many.
fn write_candidates(found: &Candidates, out: &mut dyn Write) -> io::Result<()> {
    let sides = records::Sides::of(&found.claims)?;
    let mut lines: Vec<u8> = Vec::new();
    for pair in &found.pairs {
        let keys = key_names(found, pair.keys);
        sides.candidate(pair, &keys, &mut lines)?;
        if lines.len() >= WRITTEN_AT_ONCE {
            out.write_all(&lines)?;
            lines.clear();
        }
    }
    out.write_all(&lines)
}

/// So many bytes of records are put together before they are written.
const WRITTEN_AT_ONCE: usize = 1 << 17;

/// How many pairs the index looked at and what became of them.
fn candidate_counts(found: &Candidates) -> String {
    let Candidates { claims, considered, pruned, pairs, .. } = found;
    format!(
        "{} claims; {considered} pairs considered that share a rare word, {pruned} of them ruled out by a bound; {} pairs to compare",
        claims.len(),
        pairs.len()
    )
}

fn key_names(found: &Candidates, keys: KeySet) -> Vec<&str> {
    found.keys.iter().enumerate().filter(|(bit, _)| keys.has(*bit)).map(|(_, name)| name.as_str()).collect()
}

fn candidate_table(found: &Candidates) -> Grid {
    let mut grid = Grid::new(["Keys", "One claim", "The other"]);
    grid.keep_within(0, 20);
    for pair in &found.pairs {
        let side =
            |index: u32| found.claims.get(index as usize).map_or(String::new(), |normal| cell(normal.claim.text()));
        grid.row(Join::Apart, [key_names(found, pair.keys).join("\n"), side(pair.left), side(pair.right)]);
    }
    grid
}

/// The tables of a stage: one of all documents, or one a document under its name.
fn write_tables(run: &Run, stage: StageChoice, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if stage == StageChoice::Documents {
        return document_table(&run.documents).write(style, out);
    }
    let normal = normal_claims(run);
    for (index, document) in run.documents.iter().enumerate() {
        writeln!(out, "{}", escape::terminal(&format!("{} ({})", document.origin.path, document.source.name)))?;
        let grid = match stage {
            StageChoice::Passages => passage_table(run, index, document),
            StageChoice::Sentences => sentence_table(run, index, document),
            StageChoice::Claims => {
                claim_table(run, index, document, normal.get(&document.id).map_or(&[], Vec::as_slice))
            }
            StageChoice::Documents | StageChoice::Values | StageChoice::Candidates => value_table(run, document),
        };
        if grid.is_empty() {
            writeln!(out, "Nothing.")?;
        } else {
            grid.write(style, out)?;
        }
    }
    Ok(())
}

fn document_table(documents: &[Document]) -> Grid {
    let mut grid = Grid::new(["Outlet", "Named by", "Published", "Lang.", "Document"]);
    for document in documents {
        let record = document.origin.record.map(|line| format!(":{line}")).unwrap_or_default();
        let path = paint(
            &escape::terminal(&format!("{}{record} ({})", document.origin.path, document.origin.format)),
            Ink::Faint,
        );
        grid.row(
            Join::Apart,
            [
                escape::terminal(&document.source.name),
                name_of(&document.source.named_by),
                document.published.map_or("unknown".to_owned(), |day| day.to_string()),
                document.language.clone(),
                format!("{}\n{path}{}", cell(document.title.as_deref().unwrap_or(&document.text)), details(document)),
            ],
        );
    }
    grid
}

/// What else a document tells of itself, as a line of its own; nothing where it tells nothing.
fn details(document: &Document) -> String {
    let Details { author, modified, based_on, is_summary, ignores: _ } = &document.details;
    let told = [
        author.as_ref().map(|author| format!("author: {author}")),
        modified.map(|day| format!("modified {day}")),
        based_on.as_ref().map(|origin| format!("based on {origin}")),
        is_summary.then(|| "only a summary".to_owned()),
    ];
    let told = told.into_iter().flatten().collect::<Vec<_>>().join("; ");
    if told.is_empty() { told } else { format!("\n{}", faint(&shorten(&told, TEXT_CHARS))) }
}

fn passage_table(run: &Run, index: usize, document: &Document) -> Grid {
    let mut grid = Grid::new(["Line", "Kind", "Passage"]);
    for passage in run.segmented.get(index).into_iter().flat_map(|cut| &cut.passages) {
        let text = records::words(document, passage.span);
        grid.row(Join::Apart, [line(document, passage.span), name_of(&passage.kind), aside(text, passage.set_aside)]);
    }
    grid
}

fn sentence_table(run: &Run, index: usize, document: &Document) -> Grid {
    let mut grid = Grid::new(["Line", "Kind", "Sentence"]);
    for sentence in run.segmented.get(index).into_iter().flat_map(|cut| &cut.sentences) {
        let text = records::words(document, sentence.span);
        grid.row(
            Join::Apart,
            [line(document, sentence.span), name_of(&sentence.kind), aside(text, sentence.set_aside)],
        );
    }
    grid
}

fn claim_table(run: &Run, index: usize, document: &Document, normal: &[&NormalClaim]) -> Grid {
    let mut grid = Grid::new(["Line", "Id", "Claim"]);
    let Some(extracted) = run.extracted.get(index) else { return grid };
    let claims = normal.iter().map(|normal| {
        let claim = &normal.claim;
        let told: String = frames::lines(normal).iter().map(|frame| format!("\n{}", faint(&cell(frame)))).collect();
        let subject = claim.carried().map(|words| format!("({words}) ")).unwrap_or_default();
        let speaker = claim.attribution.as_ref().map(|words| format!("\n{}", faint(&wording::attribution(words))));
        let text = format!("{}{}{told}", cell(&format!("{subject}{}", claim.text())), speaker.unwrap_or_default());
        (claim.span, [claim.place.line.to_string(), claim.shown_id(), text])
    });
    let set_aside = extracted.set_aside.iter().map(|sentence| {
        let text = aside(records::words(document, sentence.span), Some(sentence.reason));
        (sentence.span, [line(document, sentence.span), String::new(), text])
    });
    for row in in_order(claims.chain(set_aside)) {
        grid.row(Join::Apart, row.map(|cell| cell));
    }
    grid
}

fn value_table(run: &Run, document: &Document) -> Grid {
    let mut grid = Grid::new(["Line", "Claim", "Values"]);
    for normal in run.claims.iter().filter(|normal| normal.claim.document == document.id) {
        let row =
            [normal.claim.place.line.to_string(), cell(normal.claim.text()), super::explain::values(normal).join("\n")];
        grid.row(Join::Apart, row);
    }
    grid
}

/// The line in the file where a span begins.
fn line(document: &Document, span: Span) -> String {
    let start = span.start as usize;
    let place = if document.text.is_char_boundary(start) {
        document.lines.place(&document.text, start)
    } else {
        Place { line: 1, column: 1 }
    };
    place.line.to_string()
}

/// A text in a table.
fn cell(text: &str) -> String {
    shorten(&escape::terminal(text), TEXT_CHARS)
}

fn faint(text: &str) -> String {
    paint(&escape::terminal(text), Ink::Faint)
}

/// A text with the reason it was set aside, if it was.
fn aside(text: &str, reason: Option<SetAside>) -> String {
    match reason {
        Some(reason) => {
            format!("{}\n{}", faint(&cell(text)), paint(&format!("set aside: {}", name_of(&reason)), Ink::Yellow))
        }
        None => cell(text),
    }
}

/// The name a model value has in JSON, so that tables and records use the same words.
fn name_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
