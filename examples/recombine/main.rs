//! Writes a corpus of any size for measuring speed; `corpus.rs` says what is in it.
//!
//! ```text
//! cargo run --release --example recombine -- [ARTICLES] [FILE]      # 1000 articles to standard output by default
//! cargo run --release --example recombine -- 1000 target/articles.jsonl
//! time target/release/crossclaim compare target/articles.jsonl --format json -o target/report.json
//! ```

mod corpus;

use std::error::Error;
use std::io::{BufWriter, Write};

const DEFAULT_ARTICLES: usize = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let articles = arguments.next().map_or(Ok(DEFAULT_ARTICLES), |text| text.parse())?;
    let out: Box<dyn Write> = match arguments.next() {
        Some(path) => Box::new(std::fs::File::create(path)?),
        None => Box::new(std::io::stdout().lock()),
    };
    let mut out = BufWriter::new(out);
    corpus::each(articles, |record| Ok(writeln!(out, "{record}")?))?;
    Ok(out.flush()?)
}
