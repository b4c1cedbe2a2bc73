//! `baseline PATH...`: the conflicts there are → a file that `check` takes for known.

use super::weighed::{BASELINE_FILE, KnownFindings, config, read, weighed};
use crate::args::{BaselineArgs, Cli};
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use crate::progress::Progress;
use crate::terminal::{complain, tell};
use crossclaim::check::{Baseline, Entry, entries};
use crossclaim::report::wording;
use std::path::PathBuf;

/// So many of the entries that are not taken in are named.
const NAMED: usize = 10;

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &BaselineArgs) -> Result<Exit, Failure> {
    let config = config(cli, &args.paths, &args.gate)?;
    let made = weighed(cli, &args.paths, &args.gate, config, KnownFindings::Baselined, None, &Progress::new(cli))?;
    if made.exit != Exit::Clean {
        // Of a part of the documents no baseline can be made: the rest would be new tomorrow.
        return Ok(made.exit);
    }
    let file = made.baseline.unwrap_or_else(|| PathBuf::from(BASELINE_FILE));
    let found = Baseline::new(entries(&made.report, &made.base));
    let mut gone = 0;
    if file.exists() {
        let known = read(&file)?;
        let new = known.lacks(&found);
        if !new.is_empty() && !args.accept_new {
            for entry in new.iter().take(NAMED) {
                complain("new", &told(entry));
            }
            let number = wording::count(new.len() as u64, "finding");
            complain(
                "error",
                &format!("{} holds {number} less; --accept-new takes them in, nothing was written", file.display()),
            );
            return Ok(Exit::Denied);
        }
        gone = found.lacks(&known).len();
    }
    write_to(Some(&file), |out| out.write_all(found.text().as_bytes()))?;
    if !cli.quiet {
        let number = found.entries().len();
        let entries = if number == 1 { "entry" } else { "entries" };
        let dropped = if gone == 0 { String::new() } else { format!(", {gone} that are found no more left out") };
        tell(&format!("{}: {number} {entries}{dropped}", file.display()));
    }
    Ok(Exit::Clean)
}

fn told(entry: &Entry) -> String {
    format!("{} in {}: {}", entry.rule, entry.paths.join(" and "), entry.claims.join(" / "))
}
