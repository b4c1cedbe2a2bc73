//! The arguments of the gate: `check` and `baseline`. The texts here are what `--help` prints.

use super::SourceArgs;
use super::reports::{AlsoArgs, report_formats};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// `check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crossclaim check docs/                                 every document is a source of its own
  crossclaim check docs/ --fail-on error
  crossclaim check docs/ --baseline .crossclaim-baseline.json
  crossclaim check docs/ --format github                 annotations on the lines of a change request
  crossclaim check docs/ --exit-zero --sarif-output crossclaim.sarif

Exit status: 0 nothing fails, 1 findings fail, 2 could not run. With --exit-zero 1 becomes 0, for steps that upload a report.")]
pub(crate) struct CheckArgs {
    /// Files, folders, globs, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How to print what was found
    #[arg(long, short, value_name = "FORMAT", default_value = "full", value_parser = report_formats())]
    pub(crate) format: String,

    /// Write it to FILE, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) also: AlsoArgs,

    #[command(flatten)]
    pub(crate) gate: GateArgs,

    /// Fail for findings of this level and above [default: warning]
    #[arg(long, value_name = "LEVEL", help_heading = "What fails")]
    pub(crate) fail_on: Option<FailChoice>,

    /// End with 0 whatever is found; what cannot run still ends with 2
    #[arg(long, help_heading = "What fails")]
    pub(crate) exit_zero: bool,

    /// Pass with up to N conflicts that fail
    #[arg(long, value_name = "N", help_heading = "What fails")]
    pub(crate) max_conflicts: Option<u32>,

    /// Fail where the baseline holds what is found no more
    #[arg(long, help_heading = "What fails")]
    pub(crate) strict_baseline: bool,

    /// Show findings of this level and above [default: note]
    #[arg(long, value_name = "LEVEL", help_heading = "What is shown")]
    pub(crate) show: Option<ShowChoice>,

    /// Show also what the baseline holds
    #[arg(long, help_heading = "What is shown")]
    pub(crate) show_baselined: bool,

    /// Show also what comments, [[ignore]] entries and the review leave alone, with the reasons
    #[arg(long, help_heading = "What is shown")]
    pub(crate) show_suppressed: bool,

    /// Show only what touches files that differ from the git revision REV; all files are compared
    #[arg(long, value_name = "REV", help_heading = "What is shown")]
    pub(crate) changed_since: Option<String>,

    /// Show the first N findings at most
    #[arg(long, value_name = "N", help_heading = "What is shown")]
    pub(crate) limit: Option<usize>,
}

/// What `check` and `baseline` share.
#[derive(Debug, Args)]
pub(crate) struct GateArgs {
    /// What is a source of its own [default: document]
    #[arg(long, value_name = "WHAT", help_heading = "What is compared")]
    pub(crate) sources_by: Option<SourcesChoice>,

    /// Look for contradictions inside of one document too
    #[arg(long, help_heading = "What is compared")]
    pub(crate) within: bool,

    /// Facts that no document may contradict
    #[arg(long, value_name = "FILE", help_heading = "What is compared")]
    pub(crate) facts: Option<PathBuf>,

    /// Known findings, which do not fail
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Reviewed findings: the rejected ones are left alone
    #[arg(long, value_name = "FILE")]
    pub(crate) review: Option<PathBuf>,

    /// The day on which ignore comments are past or not [default: today, UTC]
    #[arg(long, value_name = "DAY")]
    pub(crate) today: Option<Date>,

    /// Two claims are about the same thing from this probability upward
    #[arg(long, value_name = "P", help_heading = "What is compared")]
    pub(crate) threshold: Option<f64>,

    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

/// `baseline`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crossclaim baseline docs/                              writes .crossclaim-baseline.json
  crossclaim baseline docs/ --accept-new                 writes it anew with what has come since

Exit status: 0 written, 1 not written because there is more than the file holds, 2 could not run.")]
pub(crate) struct BaselineArgs {
    /// Files, folders, globs
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Take in also what the file there does not hold yet
    #[arg(long)]
    pub(crate) accept_new: bool,

    #[command(flatten)]
    pub(crate) gate: GateArgs,
}

/// `--fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailChoice {
    /// Everything that is found
    Note,
    /// Warnings and errors
    Warning,
    /// Errors
    Error,
    /// Nothing
    Never,
}

/// `--show`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowChoice {
    /// Everything that is found
    Note,
    /// Warnings and errors
    Warning,
    /// Errors
    Error,
}

/// `--sources-by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SourcesChoice {
    /// Every document
    Document,
    /// Every folder that holds documents
    Folder,
    /// Every outlet, as `compare` tells them: manifest, front matter, domain, folder, file name
    Outlet,
}

/// A choice as it is written.
pub(crate) fn written(choice: impl ValueEnum) -> String {
    choice.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
