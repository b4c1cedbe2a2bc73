//! Fits the weights of the comparators' levels (`src/compare/weights.rs`) on pairs that say whether two sentences tell of
//! the same thing.
//!
//! ```text
//! cargo run --release --example fit_weights -- PAIRS.jsonl...
//! ```
//!
//! JSON Lines with `a`, `b` and either `match` (true or false) or `label` (`agree` and `conflict` are about the same
//! thing, `neutral` and `unrelated` are not). Each file counts alike, whatever its length, with the shares of both
//! answers it has: a file should hold pairs as blocking brings them together. Logistic regression by projected gradient with a ridge, under the condition that a better level never
//! weighs less than a worse one; a value between two levels counts for both by its distance. Prints each level with its
//! weight in bits.

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use crossclaim::compare::COMPARATORS;
use crossclaim::config::{Meaning, Settings};
use crossclaim::pipeline::{TextPair, compare_pairs};
use std::io::{BufRead, BufReader};

/// Keeps weights of rare levels near zero.
const RIDGE: f64 = 2.0;

/// Steps of the descent; the fit moves no more after some hundred.
const STEPS: usize = 3_000;

/// A pair: for each comparator that found something, its first parameter and where the value lies among its levels.
struct Example {
    features: Vec<(usize, f64)>,
    same: bool,
    weight: f64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut examples = Vec::new();
    for path in std::env::args().skip(1) {
        examples.extend(read(&path)?);
    }
    let width = 1 + COMPARATORS.iter().map(|comparator| comparator.levels().len()).sum::<usize>();
    let weights = descend(&examples, width);
    println!("prior {:.2}", weights[0] / std::f64::consts::LN_2);
    let mut first = 1;
    for comparator in COMPARATORS {
        println!("{}", comparator.id());
        let levels = comparator.levels();
        for (at, level) in levels.iter().enumerate() {
            // The last level holds the base, the others what they add to the level below.
            let sum: f64 = weights[first + at..first + levels.len()].iter().sum();
            println!("    level({:?}, {:?}, {:.2}),", level.name, level.at, sum / std::f64::consts::LN_2);
        }
        first += levels.len();
    }
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
                let anchors = comparator.levels();
                if let Some(value) = level.value {
                    for (at, anchor) in anchors.iter().enumerate() {
                        let below = anchors.get(at + 1).map_or(f64::NEG_INFINITY, |next| next.at);
                        let part = ((value - below) / (anchor.at - below)).clamp(0.0, 1.0);
                        features.push((first + at, if below.is_finite() { part } else { 1.0 }));
                    }
                }
                first += anchors.len();
            }
            Example { features, same, weight }
        })
        .collect())
}

/// The weights: the prior, then for each comparator what each level adds to the one below it, and the base of the last.
fn descend(examples: &[Example], width: usize) -> Vec<f64> {
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    let mut free = vec![false; width];
    free[0] = true;
    let mut first = 1;
    for comparator in COMPARATORS {
        first += comparator.levels().len();
        free[first - 1] = true;
    }
    // Nesterov's momentum; the step is a bound on the curvature: at most a quarter of the squared number of features.
    let rate = 4.0 / (COMPARATORS.len() * 3) as f64;
    let (mut weights, mut ahead) = (vec![0.0; width], vec![0.0; width]);
    for step in 0..STEPS {
        let mut gradient: Vec<f64> = ahead.iter().map(|weight: &f64| -RIDGE * weight / total).collect();
        for example in examples {
            let sum: f64 = example.features.iter().map(|&(at, value)| ahead[at] * value).sum();
            let error = f64::from(u8::from(example.same)) - 1.0 / (1.0 + (-sum).exp());
            for &(at, value) in &example.features {
                gradient[at] += example.weight / total * error * value;
            }
        }
        let momentum = step as f64 / (step + 3) as f64;
        for at in 0..width {
            let mut next = ahead[at] + rate * gradient[at];
            if !free[at] {
                next = next.max(0.0);
            }
            ahead[at] = next + momentum * (next - weights[at]);
            weights[at] = next;
        }
    }
    weights
}
