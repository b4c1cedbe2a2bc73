//! `list`: what the tables of the library hold.

use crate::args::{Cli, ListArgs, ListChoice};
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use crate::settings;
use crate::terminal::{Destination, style};
use crossclaim::config::{Config, KEYS, Origin, TABLES};
use crossclaim::label::rules::RULES;
use crossclaim::pipeline;
use crossclaim::report::REPORTERS;
use crossclaim::report::grid::{Grid, Join};
use std::io::{self, Write};

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &ListArgs) -> Result<Exit, Failure> {
    let config = settings::config(cli, &args.paths)?;
    let grid = match args.what {
        ListChoice::Config => {
            write_to(None, |out| write_config(&config, out))?;
            return Ok(Exit::Clean);
        }
        ListChoice::Rules => rules(&config)?,
        ListChoice::Formats => formats(),
        ListChoice::Readers => named("Reader", "Extensions", pipeline::readers()),
        ListChoice::Keys => named("Key", "Brings together", pipeline::keys()),
    };
    let width = config.settings()?.report.width;
    write_to(None, |out| grid.write(&style(cli.color, Destination::Screen, width), out))?;
    Ok(Exit::Clean)
}

/// The settings in force, in the form of a configuration file that would set them so.
fn write_config(config: &Config, out: &mut dyn Write) -> io::Result<()> {
    let from = |origin: Origin| match origin {
        Origin::Default => "default".to_owned(),
        Origin::File(path) => path.display().to_string(),
        Origin::Flag => "command line".to_owned(),
    };
    for table in TABLES {
        writeln!(out, "[{table}]")?;
        let known = KEYS.iter().filter(|key| key.table == table).map(|key| (key.name, key.summary));
        let rules = RULES.iter().map(|rule| (rule.meta().id, rule.meta().summary)).filter(|_| table == "rules");
        for (name, summary) in known.chain(rules) {
            match config.in_force(table, name) {
                Some((value, origin)) => writeln!(out, "{name} = {value}  # {}; {summary}", from(origin))?,
                // A rule that no file mentions keeps its own level.
                None => {
                    let level = RULES.iter().find(|rule| rule.meta().id == name).map(|rule| rule.meta().level.name());
                    writeln!(out, "{name} = {:?}  # default; {summary}", level.unwrap_or("note"))?;
                }
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn rules(config: &Config) -> Result<Grid, Failure> {
    let levels = config.settings()?.rules;
    let mut grid = Grid::new(["Rule", "Level", "Bearing", "What differs"]);
    for rule in RULES {
        let meta = rule.meta();
        let level = levels.get(meta.id).map_or(meta.level.name(), |level| level.name());
        grid.row(Join::Apart, [meta.id, level, meta.bearing.name(), meta.summary].map(str::to_owned));
    }
    Ok(grid)
}

fn formats() -> Grid {
    let mut grid = Grid::new(["Format", "Media type", "What for"]);
    for reporter in REPORTERS {
        grid.row(Join::Apart, [reporter.name(), reporter.media_type(), reporter.summary()].map(str::to_owned));
    }
    grid
}

fn named(name: &str, meaning: &str, rows: Vec<(String, String)>) -> Grid {
    let mut grid = Grid::new([name, meaning]);
    for (one, other) in rows {
        grid.row(Join::Apart, [one, other]);
    }
    grid
}
