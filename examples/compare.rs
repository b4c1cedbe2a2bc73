//! The main job from the library: paths → what conflicts, with the words that show it.
//!
//! ```text
//! cargo run --example compare -- fixtures/stories/ferry-pier/sources
//! ```

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use crossclaim::config::Settings;
use crossclaim::model::Label;
use crossclaim::pipeline;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let report = pipeline::compare(&paths, &Settings::default())?;
    for finding in report.findings.iter().filter(|finding| finding.label == Label::Conflict) {
        for (side, position) in (1..).zip(&finding.positions) {
            for claim in &position.claims {
                println!("{side}. {}, {}:{}: {}", claim.source, claim.path, claim.place.line, claim.text);
            }
        }
        for reason in &finding.reasons {
            println!("   {}: {}", reason.rule, reason.message);
        }
    }
    // What could not be read was not compared: whoever prints conflicts says so too.
    for skipped in &report.skipped {
        println!("not read: {}: {}", skipped.path, skipped.reason);
    }
    Ok(())
}
