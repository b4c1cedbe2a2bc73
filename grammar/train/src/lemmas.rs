//! Forms with their tags and lemmas → scripts: what to cut off and what to add, for endings and for known forms.

use crate::conllu::Sentence;
use crossclaim_grammar::features::normal;
use crossclaim_grammar::lemma::{base, ending_key, endings, form_key};
use std::collections::BTreeMap;

/// The scripts, and the table from keys to their numbers.
pub(crate) struct Lemmas {
    pub(crate) scripts: Vec<String>,
    pub(crate) table: BTreeMap<u32, u16>,
}

/// An ending must have been seen on this many different words to decide by itself.
const MIN_FORMS: usize = 2;

/// Learns from `sentences`. Endings are counted over different forms, so that a frequent irregular word decides for
/// itself only.
pub(crate) fn learn(sentences: &[Sentence]) -> Lemmas {
    let mut seen: BTreeMap<(String, String), BTreeMap<String, usize>> = BTreeMap::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        if word.lemma == "_" {
            continue;
        }
        let script = script(&base(&word.form, &word.xpos), &word.lemma);
        let scripts = seen.entry((normal(&word.form), word.xpos.clone())).or_default();
        *scripts.entry(script).or_default() += 1;
    }
    let forms: Vec<((String, String), String)> =
        seen.into_iter().map(|(key, scripts)| (key, most(&scripts).to_owned())).collect();
    let mut by_ending: BTreeMap<(String, String), BTreeMap<String, usize>> = BTreeMap::new();
    for ((form, tag), script) in &forms {
        for ending in endings(form) {
            let scripts = by_ending.entry((ending.to_owned(), tag.clone())).or_default();
            *scripts.entry(script.clone()).or_default() += 1;
        }
    }
    let mut decided: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut order: Vec<_> = by_ending.into_iter().collect();
    order.sort_by_key(|((ending, _), _)| ending.chars().count());
    for ((ending, tag), scripts) in order {
        let choice = most(&scripts);
        let count: usize = scripts.values().sum();
        let shorter = if ending.is_empty() { None } else { resolve(&decided, &ending, &tag) };
        if ending.is_empty() || (count >= MIN_FORMS && shorter != Some(choice)) {
            decided.insert((ending, tag), choice.to_owned());
        }
    }
    let mut numbers: BTreeMap<String, u16> = BTreeMap::new();
    let mut scripts = Vec::new();
    let mut table = BTreeMap::new();
    let mut number = |script: &str| {
        *numbers.entry(script.to_owned()).or_insert_with(|| {
            scripts.push(script.to_owned());
            (scripts.len() - 1) as u16
        })
    };
    for ((ending, tag), script) in &decided {
        table.insert(ending_key(ending, tag), number(script));
    }
    for ((form, tag), script) in &forms {
        if resolve(&decided, form, tag) != Some(script) {
            table.insert(form_key(form, tag), number(script));
        }
    }
    Lemmas { scripts, table }
}

fn resolve<'a>(decided: &'a BTreeMap<(String, String), String>, form: &str, tag: &str) -> Option<&'a str> {
    endings(form).find_map(|ending| decided.get(&(ending.to_owned(), tag.to_owned()))).map(String::as_str)
}

fn most(scripts: &BTreeMap<String, usize>) -> &str {
    // The last of equals, in the order of the alphabet: any fixed choice would do.
    scripts.iter().max_by_key(|&(_, count)| count).map_or("0 ", |(script, _)| script)
}

/// How `base` becomes `lemma`: letters to cut off, and what to add.
fn script(base: &str, lemma: &str) -> String {
    let common = base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
    let cut = base.chars().count() - common;
    format!("{cut} {}", lemma.chars().skip(common).collect::<String>())
}
