//! Makes `src/lexicon/en/background.tsv`: in how many sentences of general English each stem occurs.
//!
//! ```text
//! cargo run --release --example background -- FILE.jsonl... > src/lexicon/en/background.tsv
//! ```
//!
//! Takes JSON Lines; the fields `a`, `b`, `text` and `title` are read, cut at sentence ends and counted. Stems seen in
//! fewer than five sentences are left out: as rare as any unknown word.

use crossclaim::text::{stems::stem, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};

/// Stems in fewer sentences than this weigh as much as unknown ones.
const LEAST_SENTENCES: u32 = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for path in std::env::args().skip(1) {
        for line in BufReader::new(std::fs::File::open(&path)?).lines() {
            let record: serde_json::Value = serde_json::from_str(&line?)?;
            for field in ["a", "b", "text", "title"] {
                let Some(text) = record[field].as_str() else { continue };
                for sentence in text.split(['\n', '!', '?']).flat_map(|part| part.split(". ")) {
                    // The same sentence occurs in many pairs of a data set; it counts once.
                    if sentence.len() < 15 || !seen.insert(crossclaim::model::content_hash([sentence])) {
                        continue;
                    }
                    let stems: BTreeSet<String> = tokens::tokenize(sentence)
                        .into_iter()
                        .filter(|token| token.kind == tokens::TokenKind::Word)
                        .map(|token| stem(&token.folded).into())
                        .collect();
                    for stem in stems {
                        *counts.entry(stem).or_insert(0) += 1;
                    }
                }
            }
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "# sentences\t{}", seen.len())?;
    for (stem, count) in counts {
        if count >= LEAST_SENTENCES {
            writeln!(out, "{stem}\t{count}")?;
        }
    }
    Ok(())
}
