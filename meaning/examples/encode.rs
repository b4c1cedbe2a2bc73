//! Shows what the encoder makes of texts, for holding it against a reference (`docs/meaning.md`).
//!
//! ```text
//! cargo run --release -p crossclaim-meaning --example encode -- pieces|vectors|time [MODEL_FOLDER] < TEXTS.jsonl
//! ```
//!
//! One JSON string a line comes in. `pieces` and `vectors` print a JSON list of numbers for each, `time` how long all took.

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use crossclaim_meaning::Encoder;
use std::io::{BufRead, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mode = arguments.next().ok_or("pieces, vectors or time?")?;
    let texts: Vec<String> = std::io::stdin()
        .lock()
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<Result<_, Box<dyn std::error::Error>>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let start = Instant::now();
    let encoder = match arguments.next() {
        Some(folder) => Encoder::open(folder.as_ref())?,
        None => Encoder::built_in()?,
    };
    let loaded = start.elapsed();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
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
        _ => return Err("pieces, vectors or time?".into()),
    }
    Ok(())
}
