//! Shows what the encoder makes of texts, for holding it against a reference (`docs/meaning.md`).
//!
//! ```text
//! cargo run --release -p crossclaim-meaning --example encode -- pieces|vectors|time [MODEL_FOLDER] < TEXTS.jsonl
//! cargo run --release -p crossclaim-meaning --example encode -- pairs [MODEL_FOLDER] < PAIRS.jsonl
//! ```
//!
//! One JSON string a line comes in. `pieces` and `vectors` print a JSON list of numbers for each, `time` how long all took. For `pairs` a
//! list of two strings a line comes in, and a list of what a cross-encoder makes of them goes out: entailment, contradiction, neutral and,
//! of the one inside, similarity; or the relevance of the second for the first.

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use crossclaim_meaning::{CrossEncoder, Encoder, Task};
use std::io::{BufRead, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mode = arguments.next().ok_or("pieces, vectors, time or pairs?")?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let start = Instant::now();
    let encoder = match arguments.next() {
        Some(folder) => Encoder::open(folder.as_ref())?,
        None => Encoder::built_in()?,
    };
    let loaded = start.elapsed();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if mode == "pairs" {
        let pairs: Vec<(String, String)> =
            lines.iter().map(|line| serde_json::from_str(line)).collect::<Result<_, _>>()?;
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(left, right)| (&left[..], &right[..])).collect();
        let inferred = match encoder.task() {
            Task::Vectors => Some(CrossEncoder::built_in(&encoder)?.infer(&encoder, &pairs)),
            Task::Inference => encoder.infer(&pairs),
            Task::Relevance => None,
        };
        for one in inferred.iter().flatten() {
            let shares = [Some(one.entailment), Some(one.contradiction), Some(one.neutral), one.similarity];
            writeln!(out, "{}", serde_json::to_string(&shares.into_iter().flatten().collect::<Vec<f64>>())?)?;
        }
        for one in encoder.relevance(&pairs).into_iter().flatten() {
            writeln!(out, "[{one}]")?;
        }
        return Ok(());
    }
    let texts: Vec<String> = lines.iter().map(|line| serde_json::from_str(line)).collect::<Result<_, _>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    match mode.as_str() {
        "pieces" => {
            for text in texts {
                writeln!(out, "{}", serde_json::to_string(&encoder.pieces(text))?)?;
            }
        }
        "vectors" => {
            for vector in encoder.encode(&texts) {
                let numbers: Vec<i8> = vector.bytes().map(|byte| byte as i8).collect();
                writeln!(out, "{}", serde_json::to_string(&numbers)?)?;
            }
        }
        "time" => {
            let start = Instant::now();
            encoder.encode(&texts);
            let took = start.elapsed();
            let pieces: usize = texts.iter().map(|text| encoder.pieces(text).len()).sum();
            writeln!(out, "loaded in {loaded:.1?}; {} texts of {pieces} pieces in {took:.1?}", texts.len())?;
        }
        _ => return Err("pieces, vectors, time or pairs?".into()),
    }
    Ok(())
}
