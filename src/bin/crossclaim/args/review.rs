//! The arguments of `review` and of `eval`: what people made of findings, and what is measured against it. The texts here are
//! what `--help` prints.

use super::reports::LabelChoice;
use super::{GateArgs, ListFormat, SourceArgs};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `review`.
#[derive(Debug, Args)]
#[command(
    after_help = "At each finding, one line: a (accept) and perhaps a reason, r (reject) and a reason, r=agree, r=conflict or r=apart and a
reason to say what it is instead, s (skip), q (stop). Every answer is written at once.

Examples:
  crossclaim review docs/                                writes .crossclaim-review.jsonl
  crossclaim review docs/ --list                         what was found, and what became of it
  crossclaim review docs/ --answers answers.txt          lines of: FINGERPRINT accept|reject[=LABEL] REASON
  crossclaim check docs/ --review .crossclaim-review.jsonl
  crossclaim eval groups .crossclaim-review.jsonl docs/ --sources-by document"
)]
pub(crate) struct ReviewArgs {
    /// Files, folders, globs
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Go through findings with this label; may be repeated [default: conflict]
    #[arg(long, value_name = "LABEL")]
    pub(crate) only: Vec<LabelChoice>,

    /// Go also through what has an answer already, or is left alone by a comment or an entry
    #[arg(long)]
    pub(crate) again: bool,

    /// Ask nothing: list the findings with their fingerprints and answers
    #[arg(long, conflicts_with = "answers")]
    pub(crate) list: bool,

    /// How to print the list
    #[arg(long, short, value_name = "FORMAT", default_value = "table", requires = "list")]
    pub(crate) format: ListFormat,

    /// Ask nothing: take the answers from FILE, or - for standard input; all of them or none
    #[arg(long, value_name = "FILE")]
    pub(crate) answers: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) gate: GateArgs,
}

/// `eval`.
#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    #[command(subcommand)]
    pub(crate) gold: Gold,
}

/// What the labels are measured against.
#[derive(Debug, Subcommand)]
pub(crate) enum Gold {
    /// Pairs of claims: JSONL with id, a, b and perhaps label
    #[command(after_help = "Labels other than agree and conflict count as unmatched. Without labels it only predicts.

Example:
  crossclaim eval pairs gold.jsonl --predictions predicted.jsonl")]
    Pairs(PairsArgs),
    /// Groups of claims: a review file, or JSONL with id, label and claims
    #[command(after_help = "A line of a gold file:
  {\"id\": \"g1\", \"label\": \"conflict\", \"claims\": [{\"path\": \"post.txt\", \"text\": \"Nine people died.\"}, ...]}
A claim is named by path, source or id, and by its words; label is conflict, agree or single-source, or left out.

Examples:
  crossclaim eval groups gold.jsonl articles/
  crossclaim eval groups .crossclaim-review.jsonl docs/ --sources-by document
  crossclaim eval groups gold.jsonl --report report.json")]
    Groups(GroupsArgs),
}

/// `eval pairs`.
#[derive(Debug, Args)]
pub(crate) struct PairsArgs {
    /// The pairs, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Write id, label, score and reasons of every pair to OUT as JSONL
    #[arg(long, value_name = "OUT")]
    pub(crate) predictions: Option<PathBuf>,

    /// Two claims are about the same thing from this probability upward
    #[arg(long, value_name = "P")]
    pub(crate) threshold: Option<f64>,
}

/// `eval groups`.
#[derive(Debug, Args)]
pub(crate) struct GroupsArgs {
    /// The groups, or - for standard input
    #[arg(value_name = "GOLD")]
    pub(crate) file: PathBuf,

    /// The files, folders or globs the groups were made of
    #[arg(value_name = "PATH", required_unless_present = "report")]
    pub(crate) paths: Vec<PathBuf>,

    /// Measure this report, as --format json writes it, instead of comparing anything
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub(crate) report: Option<PathBuf>,

    /// Write id, label and what it was given of every group to OUT as JSONL
    #[arg(long, value_name = "OUT")]
    pub(crate) predictions: Option<PathBuf>,

    /// What is a source of its own [default: outlet]
    #[arg(long, value_name = "WHAT")]
    pub(crate) sources_by: Option<super::gate::SourcesChoice>,

    /// Two claims are about the same thing from this probability upward
    #[arg(long, value_name = "P")]
    pub(crate) threshold: Option<f64>,

    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}
