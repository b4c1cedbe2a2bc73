//! Fits the weights of the comparators' levels (`src/compare/weights.rs`) on pairs that say whether two sentences tell of
//! the same thing.
//!
//! ```text
//! cargo run --release --example fit_weights -- PAIRS.jsonl...
//! ```
//!
//! JSON Lines with `a`, `b` and either `match` (true or false) or `label` (`agree` and `conflict` are about the same
//! thing, `neutral` and `unrelated` are not). Each file counts alike, whatever its length, and in each file both answers
//! count alike. Logistic regression by Newton's method with a ridge; a value between two levels counts for both by its
//! distance. Prints each level with its weight in bits.

use crossclaim::compare::COMPARATORS;
use crossclaim::config::Settings;
use crossclaim::pipeline::{TextPair, compare_pairs};
use std::io::{BufRead, BufReader};

/// Keeps weights of rare levels near zero.
const RIDGE: f64 = 3.0;

/// Newton steps; the fit is still after six.
const STEPS: usize = 12;

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
    let mut weights = vec![0.0; width];
    for _ in 0..STEPS {
        step(&examples, &mut weights);
    }
    println!("prior {:.2}", weights[0] / std::f64::consts::LN_2);
    let mut at = 1;
    for comparator in COMPARATORS {
        println!("{}", comparator.id());
        for level in comparator.levels() {
            println!("    level({:?}, {}, {:.2}),", level.name, level.at, weights[at] / std::f64::consts::LN_2);
            at += 1;
        }
    }
    Ok(())
}

/// The examples of one file, all together weighing 2,000, the two answers alike.
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
    let outcomes = compare_pairs(&pairs, &Settings::default())?;
    let of_same = answers.iter().filter(|same| **same).count().max(1) as f64;
    let of_other = (answers.len() as f64 - of_same).max(1.0);
    Ok(outcomes
        .iter()
        .zip(answers)
        .map(|(outcome, same)| {
            let mut features = vec![(0, 1.0)];
            let mut first = 1;
            for (comparator, level) in COMPARATORS.iter().zip(&outcome.comparison.levels) {
                let anchors = comparator.levels();
                if let Some(value) = level.value {
                    let above = anchors.iter().rposition(|anchor| anchor.at >= value).unwrap_or(0);
                    let below = (above + 1).min(anchors.len() - 1);
                    let (high, low) = (anchors[above].at, anchors[below].at);
                    let part = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 1.0 };
                    features.push((first + above, part));
                    features.push((first + below, 1.0 - part));
                }
                first += anchors.len();
            }
            Example { features, same, weight: 1_000.0 / if same { of_same } else { of_other } }
        })
        .collect())
}

/// One Newton step.
fn step(examples: &[Example], weights: &mut [f64]) {
    let width = weights.len();
    let mut gradient: Vec<f64> = weights.iter().map(|weight| -RIDGE * weight).collect();
    let mut hessian = vec![vec![0.0; width]; width];
    for (at, row) in hessian.iter_mut().enumerate() {
        row[at] = RIDGE;
    }
    for example in examples {
        let sum: f64 = example.features.iter().map(|&(at, value)| weights[at] * value).sum();
        let probability = 1.0 / (1.0 + (-sum).exp());
        let error = f64::from(u8::from(example.same)) - probability;
        let curvature = probability * (1.0 - probability);
        for &(i, x) in &example.features {
            gradient[i] += example.weight * error * x;
            for &(j, y) in &example.features {
                hessian[i][j] += example.weight * curvature * x * y;
            }
        }
    }
    for (weight, change) in weights.iter_mut().zip(solve(hessian, gradient)) {
        *weight += change;
    }
}

/// Solves a positive definite system by elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let width = right.len();
    for pivot in 0..width {
        for row in pivot + 1..width {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            for column in pivot..width {
                matrix[row][column] -= factor * matrix[pivot][column];
            }
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..width).rev() {
        for column in row + 1..width {
            right[row] -= matrix[row][column] * right[column];
        }
        right[row] /= matrix[row][row];
    }
    right
}
