//! Fits the weights of the comparators' levels (`src/compare/weights.rs`) on pairs that say whether two sentences tell of
//! the same thing.
//!
//! ```text
//! cargo run --release --example fit_weights -- PAIRS.jsonl...
//! ```
//!
//! JSON Lines with `a`, `b` and either `match` (true or false) or `label` (`agree` and `conflict` are about the same
//! thing, `neutral` and `unrelated` are not). Each file counts alike, whatever its length, with the shares of both
//! answers it has: a file should hold pairs as blocking brings them together. Prints each level with its weight in bits.

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

mod fitting;

use crossclaim::compare::COMPARATORS;
use crossclaim::config::{Meaning, Settings};
use crossclaim::pipeline::{TextPair, compare_pairs};
use fitting::{Example, descend, placed, print};
use std::io::{BufRead, BufReader};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut examples = Vec::new();
    for path in std::env::args().skip(1) {
        examples.extend(read(&path)?);
    }
    let weights = descend(&examples, 1, COMPARATORS);
    println!("prior {:.2}", weights[0] / std::f64::consts::LN_2);
    print(&weights, 1, COMPARATORS);
    Ok(())
}

/// The examples of one file, all together weighing 10,000.
fn read(path: &str) -> Result<Vec<Example>, Box<dyn std::error::Error>> {
    let (mut pairs, mut answers) = (Vec::new(), Vec::new());
    for line in BufReader::new(std::fs::File::open(path)?).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let same = record["match"].as_bool().or(match record["label"].as_str() {
            Some("agree" | "conflict") => Some(true),
            Some("neutral" | "unrelated") => Some(false),
            _ => None,
        });
        if let (Some(a), Some(b), Some(same)) = (record["a"].as_str(), record["b"].as_str(), same) {
            pairs.push(TextPair { id: String::new(), a: a.to_owned(), b: b.to_owned() });
            answers.push(same);
        }
    }
    // Meaning, and what is weighed only beside it, is fitted on whole stories: pairs have no articles around them.
    let mut settings = Settings::default();
    settings.compare.meaning = Meaning::Off;
    let outcomes = compare_pairs(&pairs, &settings)?;
    let weight = 10_000.0 / answers.len().max(1) as f64;
    Ok(outcomes
        .iter()
        .zip(answers)
        .map(|(outcome, same)| {
            let mut features = vec![(0, 1.0)];
            let mut first = 1;
            for (comparator, level) in COMPARATORS.iter().zip(&outcome.comparison.levels) {
                if let Some(value) = level.value {
                    features.extend(placed(*comparator, value, first));
                }
                first += comparator.levels().len();
            }
            Example { features, given: 0.0, same, weight }
        })
        .collect())
}
