//! One file a command. Each reads its arguments, calls the library once, and prints.

mod compare;

mod check;

mod baseline;

mod changed;

mod init;

mod weighed;

mod review;

mod search;

mod show;

mod explain;

mod eval;

mod list;

mod diff;

mod about;

mod inputs;

mod files;

use crate::args::{Cli, Command, Gold};
use crate::exit::{Exit, Failure};

/// Runs the command that was asked for.
pub(crate) fn run(cli: &Cli) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Compare(args) => compare::run(cli, args),
        Command::Check(args) => check::run(cli, args),
        Command::Baseline(args) => baseline::run(cli, args),
        Command::Review(args) => review::run(cli, args),
        Command::Init(args) => init::run(args),
        Command::Search(args) => search::run(cli, args),
        Command::Show(args) => show::run(cli, args),
        Command::Explain(args) => explain::run(cli, args),
        Command::Eval(args) => match &args.gold {
            Gold::Pairs(pairs) => eval::pairs(cli, pairs),
            Gold::Groups(groups) => eval::groups(cli, groups),
        },
        Command::Diff(args) => diff::run(cli, args),
        Command::List(args) => list::run(cli, args),
        Command::Completions(args) => about::completions(args),
        Command::Man => about::man(),
    }
}
