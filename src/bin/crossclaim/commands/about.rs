//! `completions SHELL` and `man`: what a packager installs beside the program.

use crate::args::{Cli, CompletionsArgs};
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use clap::CommandFactory;

/// Prints the completions for a shell.
pub(crate) fn completions(args: &CompletionsArgs) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "crossclaim", &mut script);
    write_to(None, |out| out.write_all(&script))?;
    Ok(Exit::Clean)
}

/// Prints the manual page of the program, then one for each command.
pub(crate) fn man() -> Result<Exit, Failure> {
    let mut command = Cli::command();
    command.build();
    write_to(None, |out| {
        clap_mangen::Man::new(command.clone()).render(out)?;
        for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
            clap_mangen::Man::new(command.clone()).render(out)?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}
