//! A model and a CoNLL-U file → how many words it analyzes as the file does.

use crate::conllu::{self, Sentence};
use crossclaim::grammar::words;
use crossclaim_grammar::Model;
use std::path::Path;

/// How often a model is loaded to time it.
const LOADS: usize = 11;

/// Right answers over `words` words.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Score {
    pub(crate) words: usize,
    pub(crate) upos: usize,
    pub(crate) xpos: usize,
    pub(crate) lemma: usize,
    pub(crate) unlabelled: usize,
    pub(crate) labelled: usize,
    content: usize,
    content_labelled: usize,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |right: usize| right as f64 / self.words.max(1) as f64;
        write!(
            f,
            "{} words  UPOS {:.4}  XPOS {:.4}  lemma {:.4}  UAS {:.4}  LAS {:.4}  CLAS {:.4}",
            self.words,
            share(self.upos),
            share(self.xpos),
            share(self.lemma),
            share(self.unlabelled),
            share(self.labelled),
            self.content_labelled as f64 / self.content.max(1) as f64,
        )
    }
}

/// Analyzes the words of `sentences` as the file splits them.
pub(crate) fn score(model: &Model<'_>, sentences: &[Sentence]) -> Score {
    let mut score = Score::default();
    for sentence in sentences {
        let forms: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
        for (gold, found) in sentence.words.iter().zip(model.analyze(&forms)) {
            let arc = gold.head == found.head;
            let labelled = arc && gold.relation == found.relation.as_str();
            let bare = gold.relation.split(':').next().unwrap_or_default();
            let content = !matches!(bare, "punct" | "aux" | "case" | "cc" | "clf" | "cop" | "det" | "mark");
            score.words += 1;
            score.upos += usize::from(gold.upos == found.upos.as_str());
            score.xpos += usize::from(gold.xpos == found.tag.as_str());
            score.lemma += usize::from(gold.lemma == found.lemma || gold.lemma == "_");
            score.unlabelled += usize::from(arc);
            score.labelled += usize::from(labelled);
            score.content += usize::from(content);
            score.content_labelled += usize::from(content && labelled);
        }
    }
    score
}

/// The same with the words that crossclaim makes of each sentence's text: of the file's words and of the found ones, the
/// harmonic mean of the shares that agree. A word agrees where it covers the same letters, and its head does.
pub(crate) fn score_text(model: &Model<'_>, sentences: &[Sentence]) -> String {
    let (mut gold_words, mut found_words, mut same) = (0, 0, 0);
    let mut right = Score::default();
    for sentence in sentences.iter().filter(|sentence| !sentence.text.is_empty()) {
        let spans = words(&sentence.text);
        let forms: Vec<&str> = spans.iter().map(|span| span.of(&sentence.text)).collect();
        let found = model.analyze(&forms);
        // Both are counted in letters without spaces, so that the file need not tell where spaces were.
        let gold_ends = ends(sentence.words.iter().map(|word| word.form.as_str()));
        let found_ends = ends(forms.iter().copied());
        gold_words += gold_ends.len();
        found_words += found_ends.len();
        let places: std::collections::BTreeMap<(usize, usize), usize> =
            found_ends.iter().enumerate().map(|(at, &place)| (place, at)).collect();
        for (gold, place) in sentence.words.iter().zip(&gold_ends) {
            let Some(&at) = places.get(place) else { continue };
            let word = &found[at];
            same += 1;
            right.upos += usize::from(gold.upos == word.upos.as_str());
            right.lemma += usize::from(gold.lemma == word.lemma || gold.lemma == "_");
            let head = (word.head > 0).then(|| found_ends[word.head - 1]);
            let arc = head == (gold.head > 0).then(|| gold_ends[gold.head - 1]);
            right.unlabelled += usize::from(arc);
            right.labelled += usize::from(arc && gold.relation == word.relation.as_str());
        }
    }
    let share = |right: usize| 2.0 * right as f64 / (gold_words + found_words).max(1) as f64;
    format!(
        "own words {:.4}  UPOS {:.4}  lemma {:.4}  UAS {:.4}  LAS {:.4}",
        share(same),
        share(right.upos),
        share(right.lemma),
        share(right.unlabelled),
        share(right.labelled)
    )
}

/// Where each form begins and ends, counted in letters.
fn ends<'a>(forms: impl Iterator<Item = &'a str>) -> Vec<(usize, usize)> {
    let mut at = 0;
    forms
        .map(|form| {
            let start = at;
            at += form.chars().filter(|c| !c.is_whitespace()).count();
            (start, at)
        })
        .collect()
}

/// `eval MODEL FILE...`: prints the figures of each file.
pub(crate) fn run(model: &str, files: &[&str]) -> Result<(), String> {
    let bytes = std::fs::read(model).map_err(|error| format!("{model}: {error}"))?;
    // The median of several, each a model of its own: how long the first sentence of a run waits.
    let mut waits: Vec<f64> = (0..LOADS)
        .map(|_| {
            let begun = std::time::Instant::now();
            let read = Model::read(&bytes).is_some();
            begun.elapsed().as_secs_f64() * 1e3 * f64::from(u8::from(read))
        })
        .collect();
    waits.sort_by(f64::total_cmp);
    println!("loaded in {:.1} ms", waits[LOADS / 2]);
    let model = Model::read(&bytes).ok_or_else(|| format!("{model}: no model of this version"))?;
    for file in files {
        let sentences = conllu::read(Path::new(file))?;
        let begun = std::time::Instant::now();
        let score = score(&model, &sentences);
        let seconds = begun.elapsed().as_secs_f64();
        println!("{file}: {score}");
        println!("  {}", score_text(&model, &sentences));
        println!("  {:.0} sentences a second", sentences.len() as f64 / seconds);
    }
    Ok(())
}
