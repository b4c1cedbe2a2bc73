//! `check PATH...`: the gate. Findings on standard output, in one line on standard error what they amount to.

use super::changed::changed_since;
use super::weighed::{KnownFindings, config, weighed};
use crate::args::{CheckArgs, Cli, written};
use crate::exit::{Exit, Failure};
use crate::output::{destination, write_to};
use crate::progress::Progress;
use crate::terminal::{complain, style, tell};
use crossclaim::error::{Error, ErrorKind};
use crossclaim::model::{GateStatus, Label, Report, Weighed};
use crossclaim::report::select::{Selection, select};
use crossclaim::report::{Color, Reporter, Style, reporter, wording};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use toml::Value;

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &CheckArgs) -> Result<Exit, Failure> {
    let progress = Progress::new(cli);
    let mut config = config(cli, &args.paths, &args.gate)?;
    if let Some(level) = args.fail_on {
        config = config.with_flag("--fail-on", "check", "fail-on", Value::String(written(level)))?;
    }
    if let Some(level) = args.show {
        config = config.with_flag("--show", "check", "show", Value::String(written(level)))?;
    }
    if let Some(number) = args.max_conflicts {
        config = config.with_flag("--max-conflicts", "check", "max-conflicts", Value::Integer(number.into()))?;
    }
    if args.strict_baseline {
        config = config.with_flag("--strict-baseline", "check", "strict-baseline", Value::Boolean(true))?;
    }
    let changed = args.changed_since.as_deref().map(|revision| changed_since(revision, &args.paths)).transpose()?;
    let made = weighed(cli, &args.paths, &args.gate, config, KnownFindings::Held, changed.as_ref(), &progress)?;
    let width = made.settings.report.width;
    let style = style(cli.color, destination(args.output.as_deref()), width);
    let selection =
        Selection { labels: vec![Label::Conflict], least: Some(made.settings.check.show), ..Selection::default() };
    let report = select(made.report, &selection);
    let shown = |format: &str| -> (&'static dyn Reporter, Report) {
        let reporter = reporter(format).expect("clap admits only the names of the reporters' table");
        (reporter, shown(&report, reporter, args))
    };
    let (printed, of_printed) = shown(&args.format);
    write_to(args.output.as_deref(), |out| printed.write(&of_printed, &style, out))?;
    for (format, file) in args.also.files() {
        let style = Style { color: Color::Plain, width, ..style };
        let (written, of_written) = shown(format);
        write_to(Some(file), |out| written.write(&of_written, &style, out))?;
    }
    if args.format == "github" {
        write_step_summary(&report)?;
    }
    if !cli.quiet {
        let conflicts = report.findings.len();
        if let Some(most) = args.limit.filter(|most| *most < conflicts) {
            complain("note", &format!("{} more are not shown; --limit {most} asks for that", conflicts - most));
        }
        tell(&format!("{}; {:.2} s", wording::gate(&report), progress.seconds()));
    }
    let failed = report.gate.as_ref().is_some_and(|gate| gate.status == GateStatus::Failed);
    let exit = if failed && !args.exit_zero { Exit::Denied } else { Exit::Clean };
    // What could not run outranks what was found.
    Ok(exit.max(made.exit))
}

/// Adds the whole table to the summary of the step, where GitHub Actions names a file for it.
fn write_step_summary(report: &Report) -> Result<(), Failure> {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) else { return Ok(()) };
    let mut summary = Vec::new();
    reporter("summary").expect("it is in the table").write(report, &Style::default(), &mut summary)?;
    let mut out = OpenOptions::new().append(true).create(true).open(&file).map_err(|error| {
        let message = format!("cannot write the step summary {}: {error}", file.to_string_lossy());
        Failure::Run(Error::new(ErrorKind::Output, message))
    })?;
    Ok(out.write_all(&summary)?)
}

/// The part of a report that a format is given: formats for eyes leave out what is held back unless it is asked for, those
/// for programs say themselves what became of it.
fn shown(report: &Report, reporter: &dyn Reporter, args: &CheckArgs) -> Report {
    let mut report = report.clone();
    if reporter.is_for_eyes() {
        let wanted = |made: &Weighed| match &made.suppression {
            Some(_) => args.show_suppressed,
            None => made.is_live() || args.show_baselined,
        };
        report.findings.retain(|finding| finding.weighed.as_ref().is_none_or(wanted));
    }
    if let Some(limit) = args.limit {
        report.findings.truncate(limit);
    }
    if PLATFORMS.contains(&reporter.name()) {
        name_real_files(&mut report);
    }
    report
}

/// The formats of platforms, which know files as they lie in the working folder.
const PLATFORMS: [&str; 7] = ["sarif", "github", "summary", "gitlab", "junit", "rdjsonl", "checkstyle"];

/// Names every file as it lies below the working folder, links followed: a platform knows no others. What lies outside keeps
/// its name.
fn name_real_files(report: &mut Report) {
    let Ok(here) = fs::canonicalize(".") else { return };
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut rename = |path: &mut String| {
        let real = known.entry(path.clone()).or_insert_with(|| {
            let real = fs::canonicalize(&*path).ok();
            let below = real.as_deref().and_then(|real| real.strip_prefix(&here).ok());
            below.map_or_else(|| path.clone(), |below| below.to_string_lossy().replace('\\', "/"))
        });
        path.clone_from(real);
    };
    let claims = report.findings.iter_mut().flat_map(|finding| &mut finding.positions);
    claims.flat_map(|side| &mut side.claims).for_each(|claim| rename(&mut claim.path));
    report.documents.iter_mut().for_each(|entry| rename(&mut entry.path));
    report.skipped.iter_mut().for_each(|entry| rename(&mut entry.path));
    let problems = report.gate.iter_mut().flat_map(|gate| &mut gate.problems);
    problems.for_each(|problem| rename(&mut problem.path));
}
