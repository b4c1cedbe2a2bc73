//! The program: arguments → one command of the library, its output, and an exit status.

mod args;

mod commands;

mod exit;

mod interrupt;

mod output;

mod progress;

mod settings;

mod terminal;

use clap::Parser;
use exit::{Exit, Failure};
use std::process::ExitCode;

fn main() -> ExitCode {
    interrupt::prepare();
    let cli = args::Cli::parse();
    let exit = match commands::run(&cli) {
        Ok(exit) => exit,
        // Whoever reads the output has seen enough: `crossclaim ... | head` is no failure.
        Err(Failure::ClosedPipe) => Exit::Clean,
        Err(Failure::Run(error)) => {
            terminal::complain("error", &error.to_string());
            Exit::Failed
        }
    };
    ExitCode::from(exit.code())
}
