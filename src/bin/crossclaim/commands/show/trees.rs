//! `show sentences --tree`: each sentence with its words, their parts of speech, and which depends on which.

use super::records;
use crossclaim::model::{Sentence, Tree};
use crossclaim::pipeline::{self, Run};
use crossclaim::report::escape;
use serde_json::{Value, json};
use std::io::{self, Write};

/// One record a sentence, with its tree. Offsets of words count from the beginning of the sentence.
pub(super) fn records(run: &Run) -> Vec<Value> {
    let documents = run.documents.iter().zip(&run.segmented);
    documents
        .flat_map(|(document, cut)| {
            cut.sentences.iter().map(|sentence| {
                let text = records::words(document, sentence.span);
                let mut record = records::sentence(document, sentence);
                record["tree"] = words(&pipeline::tree(text), text);
                record
            })
        })
        .collect()
}

fn words(tree: &Tree, text: &str) -> Value {
    tree.words()
        .iter()
        .map(|word| {
            json!({
                "start": word.span.start,
                "end": word.span.end,
                "text": word.span.of(text),
                "lemma": word.lemma,
                "upos": word.upos,
                "tag": word.tag,
                "head": word.head,
                "relation": word.relation,
                "features": word.features(),
            })
        })
        .collect()
}

/// For a terminal: the sentence, then a line a word, indented by its depth under the words it depends on.
pub(super) fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    for (document, cut) in run.documents.iter().zip(&run.segmented) {
        writeln!(out, "{}", escape::terminal(&format!("{} ({})", document.origin.path, document.source.name)))?;
        for Sentence { span, .. } in &cut.sentences {
            let text = records::words(document, *span);
            writeln!(out, "\n{}", escape::terminal(&text.split_whitespace().collect::<Vec<_>>().join(" ")))?;
            let tree = pipeline::tree(text);
            for (at, word) in tree.words().iter().enumerate() {
                // Deep trees are not news; the indent keeps within the line.
                let depth = tree.ancestors(at).take(24).count();
                let shown = escape::terminal(word.span.of(text));
                let head = word.head.map_or(String::new(), |head| {
                    format!(" of {}", escape::terminal(tree.words()[head].span.of(text)))
                });
                let left = format!("{:indent$}{shown}", "", indent = 2 * depth);
                writeln!(
                    out,
                    "  {left:<40} {:<6} {:<20} {}{head}",
                    word.upos,
                    escape::terminal(&word.lemma),
                    word.relation
                )?;
            }
        }
    }
    Ok(())
}
