//! CoNLL-U files → sentences of words with tags, lemmas, heads and relations.

use std::path::Path;

/// One syntactic word.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: String,
    pub(crate) xpos: String,
    /// 0 for the root, otherwise the number of the head, counted from 1.
    pub(crate) head: usize,
    pub(crate) relation: String,
}

/// One sentence, with its text where the file has it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sentence {
    pub(crate) text: String,
    pub(crate) words: Vec<Word>,
}

/// Reads a file. Lines of multiword tokens and of empty nodes are passed over: the words below them are what is parsed.
pub(crate) fn read(path: &Path) -> Result<Vec<Sentence>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    for (number, line) in text.lines().chain([""]).enumerate() {
        if let Some(comment) = line.strip_prefix('#') {
            if let Some(text) = comment.trim_start().strip_prefix("text = ") {
                sentence.text = text.to_owned();
            }
            continue;
        }
        if line.trim().is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if fields[0].contains(['-', '.']) {
            continue;
        }
        let [_, form, lemma, upos, xpos, _, head, relation, ..] = fields[..] else {
            return Err(format!("{}:{}: fewer than eight fields", path.display(), number + 1));
        };
        let head = head.parse().map_err(|_| format!("{}:{}: the head is no number", path.display(), number + 1))?;
        sentence.words.push(Word {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: upos.to_owned(),
            xpos: xpos.to_owned(),
            head,
            relation: relation.to_owned(),
        });
    }
    for sentence in &sentences {
        if let Some(word) = sentence.words.iter().find(|word| word.head > sentence.words.len()) {
            return Err(format!("{}: a head outside its sentence at {:?}", path.display(), word.form));
        }
    }
    Ok(sentences)
}
