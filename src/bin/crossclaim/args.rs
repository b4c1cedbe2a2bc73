//! The command line, as clap reads it. The texts here are what `--help` prints.

mod gate;

mod reports;

mod review;

pub(crate) use gate::{BaselineArgs, CheckArgs, GateArgs, written};
pub(crate) use reports::{CompareArgs, DiffArgs, DiffFormat, GroupChoice, LabelChoice};
pub(crate) use review::{EvalArgs, Gold, GroupsArgs, PairsArgs, ReviewArgs};

use crate::terminal::ColorChoice;
use clap::{Args, Parser, Subcommand, ValueEnum};
use crossclaim::pipeline::Stage;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Compares what several sources say: what they agree on, where they conflict, what only one of them has.
///
/// It works offline, gives the same bytes for the same input, and never says which side is right.
#[derive(Debug, Parser)]
#[command(
    name = "crossclaim",
    version,
    arg_required_else_help = true,
    subcommand_required = true,
    after_help = "Examples:
  crossclaim compare articles/                    the report, on the terminal
  crossclaim compare articles/ --format markdown -o report.md
  crossclaim check docs/                          fail where two pages contradict each other
  crossclaim search \"The bridge was closed\" articles/
  crossclaim explain \"Nine people were hurt\" \"Twelve people were hurt\"

Exit status: 0 done, 1 a check found what it denies, 2 could not run or could not read an input that was named."
)]
pub(crate) struct Cli {
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to print color
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Everywhere")]
    pub(crate) color: ColorChoice,

    /// Print no notes and no summary; errors stay
    #[arg(long, short, global = true, help_heading = "Everywhere")]
    pub(crate) quiet: bool,

    /// Tell what each step took, and how many pairs were considered and ruled out
    #[arg(long, short, global = true, conflicts_with = "quiet", help_heading = "Everywhere")]
    pub(crate) verbose: bool,

    /// Show no progress bar, also on a terminal
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(crate) no_progress: bool,

    /// Compare claims by meaning too: auto does as far as their number allows [default: auto]
    #[arg(long, global = true, value_name = "WHICH", help_heading = "Everywhere", value_parser = ["auto", "off", "all"])]
    pub(crate) meaning: Option<String>,

    /// Take the BERT model in FOLDER instead of the one inside: a sentence encoder, a cross-encoder that tells contradictions, or one
    /// that ranks what search finds; may be repeated [files: config.json, vocab.txt, model.safetensors]
    #[arg(long, global = true, value_name = "FOLDER", help_heading = "Everywhere")]
    pub(crate) model: Vec<PathBuf>,

    /// Keep what this run makes in FOLDER, and take from there what an earlier one made; it never changes a result
    #[arg(long, global = true, value_name = "FOLDER", help_heading = "Everywhere")]
    pub(crate) cache: Option<PathBuf>,

    /// The folder of --cache takes no more than SIZE when a run has ended, as in 500M or 4GiB [default: 1GiB]
    #[arg(long, global = true, value_name = "SIZE", value_parser = size, help_heading = "Everywhere")]
    pub(crate) cache_size: Option<Size>,

    /// Number of threads; it never changes a result [default: one per core]
    #[arg(long, global = true, value_name = "N", help_heading = "Everywhere")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Take settings from FILE [default: crossclaim.toml, found upward from the first path]
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config", help_heading = "Everywhere")]
    pub(crate) config: Option<PathBuf>,

    /// Lay this profile of the configuration over the rest of it
    #[arg(long, global = true, value_name = "NAME", conflicts_with = "no_config", help_heading = "Everywhere")]
    pub(crate) profile: Option<String>,

    /// Take settings from no file
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(crate) no_config: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compare the claims of several sources and report what they agree on and where they conflict
    Compare(Box<CompareArgs>),
    /// A gate for CI: fail when documents contradict each other, by a policy and a baseline
    Check(Box<CheckArgs>),
    /// Write down the conflicts there are, so that `check --baseline` fails only for new ones
    Baseline(Box<BaselineArgs>),
    /// Accept or reject findings one by one, each with a reason, into a file that `check` and `eval` read
    Review(Box<ReviewArgs>),
    /// Write a commented configuration
    Init(InitArgs),
    /// Who reports this? Claims ranked by similarity, each with how it stands to yours
    Search(SearchArgs),
    /// What an early stage saw: documents, passages, sentences, claims, values or candidates
    Show(ShowArgs),
    /// Every step in comparing two claims, or the page of a rule
    Explain(ExplainArgs),
    /// Measure the labels against labelled pairs or groups
    Eval(EvalArgs),
    /// What changed between two reports: new and resolved conflicts, claims now corroborated
    Diff(DiffArgs),
    /// What there is: settings in force, rules, formats, readers, blocking keys
    List(ListArgs),
    /// Completions for a shell, on standard output
    Completions(CompletionsArgs),
    /// The manual page, on standard output
    Man,
}

/// Which outlet a document comes from.
#[derive(Debug, Default, Args)]
pub(crate) struct SourceArgs {
    /// Files that match GLOB come from the outlet NAME; may be repeated
    #[arg(long, value_name = "NAME=GLOB", value_parser = named_glob)]
    pub(crate) source: Vec<NamedGlob>,

    /// Take outlets, dates and addresses from this sources.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) sources: Option<PathBuf>,

    /// Take names with their other names from this aliases.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) aliases: Option<PathBuf>,

    /// Standard input stands for a file of this name, which tells its format and outlet
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<String>,

    /// Records call NAME (text, source, title, published, url, ...) FIELD; several with commas, or repeated
    #[arg(long, value_name = "NAME=FIELD")]
    pub(crate) map: Vec<String>,

    /// Read hidden files and folders too
    #[arg(long)]
    pub(crate) hidden: bool,

    /// Skip documents longer than SIZE, as in 500k or 64MiB [default: 16MiB]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) max_size: Option<Size>,
}

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) i64);

/// A whole number with a unit: powers of 1024 for `k`, `KiB` and their like, powers of 1000 for `kB`.
fn size(text: &str) -> Result<Size, String> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let unit: i64 = match text[digits..].trim().to_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        other => return Err(format!("`{other}` is no unit of size; write 500k, 64MiB or 2000000")),
    };
    let number: Option<i64> = text[..digits].parse().ok();
    number.and_then(|number| number.checked_mul(unit)).map(Size).ok_or_else(|| "write a size such as 64MiB".to_owned())
}

/// One `--source`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedGlob {
    pub(crate) name: String,
    pub(crate) glob: String,
}

fn named_glob(text: &str) -> Result<NamedGlob, String> {
    match text.split_once('=') {
        Some((name, glob)) if !name.trim().is_empty() && !glob.trim().is_empty() => {
            Ok(NamedGlob { name: name.trim().to_owned(), glob: glob.trim().to_owned() })
        }
        _ => Err("write NAME=GLOB, as in \"Harbor Post=post/*.txt\"".to_owned()),
    }
}

/// `init`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crossclaim init                    writes crossclaim.toml with every key and its default")]
pub(crate) struct InitArgs {
    /// The folder it is written into
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,

    /// Write it anew where it is there already
    #[arg(long)]
    pub(crate) force: bool,
}

/// `completions`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crossclaim completions bash > /etc/bash_completion.d/crossclaim")]
pub(crate) struct CompletionsArgs {
    /// The shell they are for
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// `search`.
#[derive(Debug, Args)]
#[command(
    override_usage = "crossclaim search [OPTIONS] <CLAIM> <PATH>...\n       crossclaim search [OPTIONS] --queries <FILE> <PATH>...",
    after_help = "Examples:
  crossclaim search \"The mayor resigned on Monday\" articles/
  crossclaim search --queries queries.jsonl corpus.jsonl --limit 10 --format jsonl"
)]
pub(crate) struct SearchArgs {
    /// The claim to look for, then the files, folders or globs to look in; with --queries paths only
    #[arg(required = true, value_name = "CLAIM | PATH")]
    pub(crate) words: Vec<String>,

    /// Look for every claim of this JSONL file (id, text)
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: Option<PathBuf>,

    /// At most K results a query
    #[arg(long, value_name = "K", default_value_t = 10)]
    pub(crate) limit: usize,

    /// How to print the results
    #[arg(long, short, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ListFormat,

    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

/// The formats of listings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a terminal
    Table,
    /// One record a line
    Jsonl,
}

impl ListFormat {
    /// The format as written on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Jsonl => "jsonl",
        }
    }
}

/// `show`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crossclaim show claims articles/post.txt        claims, and what was set aside and why
  crossclaim show values claims.jsonl --format jsonl
  crossclaim show sentences --tree articles/post.txt")]
pub(crate) struct ShowArgs {
    /// The stage to look at
    #[arg(value_name = "STAGE")]
    pub(crate) stage: StageChoice,

    /// Files, folders, globs, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How to print it
    #[arg(long, short, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ListFormat,

    /// With sentences: also their words, parts of speech, and which word depends on which
    #[arg(long)]
    pub(crate) tree: bool,

    /// Only list what would be read, as which format, from which outlet
    #[arg(long)]
    pub(crate) files: bool,

    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

/// The stages `show` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StageChoice {
    /// What was read, and what each outlet's name was taken from
    Documents,
    /// Blocks of text with their kinds
    Passages,
    /// Sentences, also those set aside
    Sentences,
    /// Claims with who did what to whom, and what was set aside
    Claims,
    /// Quantities, times, names, polarity and modality of each claim
    Values,
    /// Pairs of claims that will be compared
    Candidates,
}

impl StageChoice {
    /// How far the early stages run for it; nothing for candidates, which take one stage more.
    pub(crate) fn stage(self) -> Option<Stage> {
        match self {
            Self::Documents => Some(Stage::Documents),
            Self::Passages => Some(Stage::Passages),
            Self::Sentences => Some(Stage::Sentences),
            // Claims are shown with who did what to whom, which the normal forms hold.
            Self::Claims | Self::Values => Some(Stage::Values),
            Self::Candidates => None,
        }
    }
}

/// `explain`.
#[derive(Debug, Args)]
#[command(
    override_usage = "crossclaim explain [OPTIONS] <TEXT> <TEXT>\n       crossclaim explain [OPTIONS] <CLAIM-ID> <CLAIM-ID> --in <PATH>...\n       crossclaim explain <RULE-ID>",
    after_help = "Examples:
  crossclaim explain \"Nine people were hurt\" \"Twelve people were hurt\"
  crossclaim explain c0123456789abcdef cfedcba9876543210 --in articles/
  crossclaim explain \"Nine people were hurt\" \"Twelve people were hurt\" --format html -o pair.html
  crossclaim explain numeric-mismatch"
)]
pub(crate) struct ExplainArgs {
    /// A claim: its words, or with --in its id; or the id of a rule
    #[arg(value_name = "A")]
    pub(crate) left: String,

    /// The other claim
    #[arg(value_name = "B")]
    pub(crate) right: Option<String>,

    /// How to print it
    #[arg(long, short, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ExplainFormat,

    /// Write it to FILE, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Look the two ids up among the claims of these files
    #[arg(long = "in", value_name = "PATH", num_args = 1.., requires = "right")]
    pub(crate) paths: Vec<PathBuf>,

    /// Two claims are about the same thing from this probability upward
    #[arg(long, value_name = "P")]
    pub(crate) threshold: Option<f64>,

    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

/// The formats of `explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For a terminal
    Table,
    /// One page for a browser, with the weights drawn
    Html,
}

/// `list`.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// What to list
    #[arg(value_name = "WHAT")]
    pub(crate) what: ListChoice,

    /// For config: list what is in force for these paths [default: the working folder]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

/// What `list` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListChoice {
    /// The settings in force, as a configuration file, and where each comes from
    Config,
    /// The rules, with their levels
    Rules,
    /// The formats of the report
    Formats,
    /// The formats that are read
    Readers,
    /// The blocking keys
    Keys,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_numbers_with_a_unit() {
        assert_eq!(size("500k"), Ok(Size(512_000)));
        assert_eq!(size("64 MiB"), Ok(Size(64 << 20)));
        assert_eq!(size("2MB"), Ok(Size(2_000_000)));
        assert_eq!(size("17"), Ok(Size(17)));
        for wrong in ["", "k", "1.5M", "-3", "12 parsecs", "99999999999999999999", "9999999999999G"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
