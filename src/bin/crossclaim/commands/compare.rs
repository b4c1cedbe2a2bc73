//! `compare PATH...`: the report on standard output or in a file, its counts in one line on standard error.

use super::inputs::{exit_for, named};
use crate::args::{Cli, CompareArgs, GroupChoice, LabelChoice};
use crate::exit::{Exit, Failure};
use crate::output::{destination, write_to};
use crate::progress::Progress;
use crate::settings;
use crate::terminal::{complain, style, tell};
use crossclaim::error::{Error, ErrorKind};
use crossclaim::model::Report;
use crossclaim::pipeline;
use crossclaim::report::html::Html;
use crossclaim::report::select::{Selection, select};
use crossclaim::report::{Color, GroupBy, Listing, Reporter, Style, reporter, wording};
use std::fs;
use std::path::Path;

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &CompareArgs) -> Result<Exit, Failure> {
    if args.files {
        return super::files::run(cli, &args.paths, &args.sources, &args.format);
    }
    let progress = Progress::new(cli);
    let html = args.template.as_deref().map(template).transpose()?;
    let made = |format: &str| -> &dyn Reporter {
        match &html {
            Some(html) if format == html.name() => html,
            _ => reporter(format).expect("clap admits only the names of the reporters' table"),
        }
    };
    if html.is_some() && args.format != "html" && args.also.html_output.is_none() {
        return Err(Failure::usage("--template lays out the HTML report; add --format html or --html-output FILE"));
    }
    let settings = settings::settings(cli, &args.paths, &args.sources, args.threshold)?;
    let report = pipeline::compare_watched(&args.paths, &settings, &progress)?;
    progress.finish();
    let paths = named(&args.paths, &args.sources);
    let exit = exit_for(&paths, report.documents.iter().map(|entry| entry.path.as_str()), &report.skipped);
    let counts = wording::totals(&report);
    let remark = remark(&report);

    let mut style = style(cli.color, destination(args.output.as_deref()), settings.report.width);
    if args.all {
        style.claims = Listing::Listed;
    }
    if args.all || args.only.contains(&LabelChoice::SingleSource) {
        style.single_source = Listing::Listed;
    }
    style.group_by = match args.group_by {
        GroupChoice::Label => GroupBy::Label,
        GroupChoice::Story => GroupBy::Story,
        GroupChoice::Source => GroupBy::Source,
    };
    if args.explained_away {
        style.explained_away = Listing::Listed;
    }
    let labels = args.only.iter().map(|choice| choice.label()).collect();
    let report = select(report, &Selection { labels, limit: args.limit, ..Selection::default() });
    write_to(args.output.as_deref(), |out| made(&args.format).write(&report, &style, out))?;
    for (format, file) in args.also.files() {
        let style = Style { color: Color::Plain, width: settings.report.width, ..style };
        write_to(Some(file), |out| made(format).write(&report, &style, out))?;
    }
    if !cli.quiet {
        if let Some(remark) = remark {
            complain("note", &remark);
        }
        tell(&format!("{counts}; {:.2} s", progress.seconds()));
    }
    Ok(exit)
}

/// The HTML report by a template of the user's.
fn template(path: &Path) -> Result<Html, Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::Run(Error::new(ErrorKind::Configuration, format!("{}: {error}", path.display())))
    };
    let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
    Html::with_template(text).map_err(|error| failed(&error))
}

/// What a reader should know about the input before he reads the result.
fn remark(report: &Report) -> Option<String> {
    match report.sources.as_slice() {
        [] => None,
        [only] => Some(format!(
            "all documents come from one source ({}, named by {}), so there is nothing to compare them with; \
             --source NAME=GLOB tells outlets apart",
            only.name,
            serde_json::to_string(&only.named_by).unwrap_or_default().trim_matches('"')
        )),
        _ => None,
    }
}
