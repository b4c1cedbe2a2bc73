//! `init`: a commented configuration in the working folder, made from the keys there are.

use crate::args::InitArgs;
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use crate::terminal::tell;
use crossclaim::config::{FILE_NAMES, KEYS, TABLES};
use crossclaim::error::{Error, ErrorKind};
use crossclaim::label::rules::RULES;
use std::fmt::Write;

/// What the lists look like, each entry commented out.
const LISTS: &str = "\
# Other levels for findings that touch some paths. Patterns are told from the folder of this file.
# [[override]]
# paths = [\"archive/**\"]
# rules = { numeric-mismatch = \"note\" }

# Claims that several sources have to make.
# [[min-sources]]
# paths = [\"briefing/**\"]
# words = [\"casualties\"]
# sources = 2

# Findings that are left alone, with a reason, perhaps until a day.
# [[ignore]]
# paths = [\"docs/2019/**\"]
# rules = [\"numeric-mismatch\"]
# reason = \"prices of that year stay as they were printed\"
# until = \"2031-12-31\"

# Chosen with --profile nightly.
# [profile.nightly.check]
# within = true
";

/// Runs the command.
pub(crate) fn run(args: &InitArgs) -> Result<Exit, Failure> {
    let file = args.folder.join(FILE_NAMES[0]);
    if file.exists() && !args.force {
        let message = format!("{} is there already; --force writes it anew", file.display());
        return Err(Error::new(ErrorKind::Output, message).into());
    }
    let text = text();
    write_to(Some(&file), |out| out.write_all(text.as_bytes()))?;
    tell(&format!("{}: every key with its default; `crossclaim check` finds it", file.display()));
    Ok(Exit::Clean)
}

/// The tables first that a gate reads, every key commented out, so that defaults stay those of the program.
fn text() -> String {
    let mut text = String::from(
        "# What crossclaim is told; docs/configuration.md is the page about it. A key that is commented out has its default.\n\n",
    );
    let first = ["check", "rules"];
    let others = TABLES.into_iter().filter(|table| !first.contains(table));
    for table in first.into_iter().chain(others) {
        let keys: Vec<_> = KEYS.iter().filter(|key| key.table == table).collect();
        if keys.is_empty() && table != "rules" {
            continue;
        }
        // Writing to a String cannot fail.
        let _ = writeln!(text, "[{table}]");
        for key in keys {
            let _ = writeln!(text, "# {}\n# {} = {}", key.summary, key.name, key.default);
        }
        for rule in RULES.iter().filter(|_| table == "rules") {
            let meta = rule.meta();
            let _ = writeln!(text, "# {}\n# {} = \"{}\"", meta.summary, meta.id, meta.level.name());
        }
        text.push('\n');
        if table == "rules" {
            text.push_str(LISTS);
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
