//! `diff OLD NEW`: what changed between two reports that `compare --format json` wrote.

use crate::args::{Cli, DiffArgs, DiffFormat};
use crate::exit::{Exit, Failure};
use crate::output::{destination, write_to};
use crate::settings;
use crate::terminal::style;
use crossclaim::error::{Error, ErrorKind};
use crossclaim::model::{Report, SCHEMA_VERSION};
use crossclaim::report::diff::difference;
use std::fs;
use std::path::Path;

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &DiffArgs) -> Result<Exit, Failure> {
    let difference = difference(read_report(&args.old)?, read_report(&args.new)?);
    let file = args.output.as_deref();
    let width = settings::config(cli, &[])?.settings()?.report.width;
    let style = style(cli.color, destination(file), width);
    write_to(file, |out| match args.format {
        DiffFormat::Table => difference.write_table(&style, args.all, out),
        DiffFormat::Markdown => difference.write_markdown(args.all, out),
        DiffFormat::Json => difference.write_json(out),
    })?;
    Ok(Exit::Clean)
}

/// A report of any minor version of this schema.
pub(super) fn read_report(path: &Path) -> Result<Report, Failure> {
    let failed = |reason: String| Error::new(ErrorKind::Input, format!("{}: {reason}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
    let report: Report = serde_json::from_str(&text)
        .map_err(|error| failed(format!("no report: {error}; `compare --format json` writes one")))?;
    let major = |version: &str| version.split('.').next().map(str::to_owned);
    if major(&report.schema) != major(SCHEMA_VERSION) {
        let message = format!("the report has schema {}, this program reads {SCHEMA_VERSION}", report.schema);
        return Err(failed(message).into());
    }
    Ok(report)
}
