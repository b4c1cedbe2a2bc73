//! The arguments of the commands that make and read reports: `compare` and `diff`. The texts here are what `--help`
//! prints.

use super::SourceArgs;
use clap::{Args, ValueEnum};
use crossclaim::model::Label;
use crossclaim::report::REPORTERS;
use std::path::{Path, PathBuf};

/// `compare`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crossclaim compare post.txt herald.md wire.jsonl
  crossclaim compare articles/ --only conflict --explained-away
  crossclaim compare articles/ --html-output report.html
  crossclaim compare articles/ --files            what would be read, and from which outlet
  crossclaim compare articles/ --source \"Harbor Post=articles/hp-*.txt\" --format json -o report.json")]
pub(crate) struct CompareArgs {
    /// Files, folders, globs, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How to print the report
    #[arg(long, short, value_name = "FORMAT", default_value = "table", value_parser = report_formats())]
    pub(crate) format: String,

    /// Only list what would be read, as which format, from which outlet (as table or jsonl)
    #[arg(long, conflicts_with = "output")]
    pub(crate) files: bool,

    /// Write the report to FILE, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) also: AlsoArgs,

    /// Lay the HTML report out by this Jinja template instead of the built-in page
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) sources: SourceArgs,

    /// Two claims are about the same thing from this probability upward
    #[arg(long, value_name = "P")]
    pub(crate) threshold: Option<f64>,

    /// Put the findings of the table together by label, story or outlet
    #[arg(long, value_name = "BY", default_value = "label")]
    pub(crate) group_by: GroupChoice,

    /// List everything: claims of one outlet only, and every outlet's words
    #[arg(long)]
    pub(crate) all: bool,

    /// Report only groups with this label; may be repeated
    #[arg(long, value_name = "LABEL")]
    pub(crate) only: Vec<LabelChoice>,

    /// Report the first N groups at most
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,

    /// Show the conflicts that were considered and not raised, and what reconciled them
    #[arg(long)]
    pub(crate) explained_away: bool,
}

/// Further reports of the same run, each in a file of its own.
#[derive(Debug, Default, Args)]
pub(crate) struct AlsoArgs {
    /// Also write the report as JSON to FILE
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) json_output: Option<PathBuf>,

    /// Also write it as JSON lines
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) jsonl_output: Option<PathBuf>,

    /// Also write it as one HTML page
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) html_output: Option<PathBuf>,

    /// Also write it as Markdown
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) markdown_output: Option<PathBuf>,

    /// Also write it as CSV
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) csv_output: Option<PathBuf>,

    /// Also write it as linked data
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) jsonld_output: Option<PathBuf>,

    /// Also write it as SARIF
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) sarif_output: Option<PathBuf>,

    /// Also write a step summary in Markdown
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) summary_output: Option<PathBuf>,

    /// Also write it for GitLab Code Quality
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) gitlab_output: Option<PathBuf>,

    /// Also write it as JUnit XML
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) junit_output: Option<PathBuf>,

    /// Also write it for reviewdog
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) rdjsonl_output: Option<PathBuf>,

    /// Also write it as Checkstyle XML
    #[arg(long, value_name = "FILE", help_heading = "Several reports at once")]
    pub(crate) checkstyle_output: Option<PathBuf>,
}

impl AlsoArgs {
    /// The format and the file of each.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let all = [
            ("json", &self.json_output),
            ("jsonl", &self.jsonl_output),
            ("html", &self.html_output),
            ("markdown", &self.markdown_output),
            ("csv", &self.csv_output),
            ("jsonld", &self.jsonld_output),
            ("sarif", &self.sarif_output),
            ("summary", &self.summary_output),
            ("gitlab", &self.gitlab_output),
            ("junit", &self.junit_output),
            ("rdjsonl", &self.rdjsonl_output),
            ("checkstyle", &self.checkstyle_output),
        ];
        all.into_iter().filter_map(|(format, file)| file.as_deref().map(|file| (format, file)))
    }
}

/// `--group-by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GroupChoice {
    /// Conflicts, agreements, single-source
    Label,
    /// A table for each story
    Story,
    /// A table for each outlet, with all it reports
    Source,
}

/// The names of the reporters' table, for clap to check and list.
pub(super) fn report_formats() -> clap::builder::PossibleValuesParser {
    REPORTERS.iter().map(|reporter| reporter.name()).collect::<Vec<_>>().into()
}

/// `--only`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LabelChoice {
    /// Versions that cannot both hold
    Conflict,
    /// Versions that are compatible
    Agree,
    /// Reported by one outlet only
    SingleSource,
}

impl LabelChoice {
    pub(crate) fn label(self) -> Label {
        match self {
            Self::Conflict => Label::Conflict,
            Self::Agree => Label::Agree,
            Self::SingleSource => Label::SingleSource,
        }
    }
}

/// `diff`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crossclaim compare articles/ --format json -o today.json
  crossclaim diff yesterday.json today.json")]
pub(crate) struct DiffArgs {
    /// The older report, as --format json writes it
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,

    /// The newer report
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,

    /// How to print it
    #[arg(long, short, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: DiffFormat,

    /// Write it to FILE, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// List also groups that came or went without a conflict
    #[arg(long)]
    pub(crate) all: bool,
}

/// The formats of `diff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a terminal
    Table,
    /// For an editor or a comment on a change request
    Markdown,
    /// For programs
    Json,
}
