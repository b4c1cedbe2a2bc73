//! A word and its tag → its lemma, by scripts that cut an ending off and add another.
//!
//! A form that the model knows has its own script; of any other the longest known ending decides. Names keep their
//! capitals, all other lemmas are in small letters.

use crate::features::{hash_all, normal};
use crate::model::Model;
use crate::names::Tag;

/// How many letters of an ending can decide.
pub const LONGEST_ENDING: usize = 6;

/// The key of a whole form.
pub fn form_key(normal: &str, tag: &str) -> u32 {
    hash_all(40, &[normal.as_bytes(), b"\t", tag.as_bytes()])
}

/// The key of an ending.
pub fn ending_key(ending: &str, tag: &str) -> u32 {
    hash_all(41, &[ending.as_bytes(), b"\t", tag.as_bytes()])
}

/// What scripts are applied to: names keep their capitals.
pub fn base(form: &str, tag: &str) -> String {
    if matches!(tag, "NNP" | "NNPS" | "ADD" | "GW" | "FW") { form.to_owned() } else { form.to_lowercase() }
}

/// The endings of `normal`, longest first, down to the empty one.
pub fn endings(normal: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = normal.char_indices().rev().map(|(at, _)| at).take(LONGEST_ENDING).collect();
    starts.into_iter().rev().chain([normal.len()]).map(|at| &normal[at..])
}

/// The longest ending, in bytes, that the script of an unknown word puts in place of another.
const LONGEST_ADDED: usize = 4;

/// The lemma of `form` as a word with this tag.
pub(crate) fn lemma(model: &Model<'_>, form: &str, tag: Tag) -> String {
    let (normal, tag) = (normal(form), tag.as_str());
    let mut base = base(form, tag);
    // A script that writes a word anew was learned from that word: "agricultural" is no "inter-cultural".
    let regular = |&number: &usize| model.scripts.get(number).is_none_or(|(_, add)| add.len() <= LONGEST_ADDED);
    let script = model
        .lemmas
        .get(form_key(&normal, tag))
        .or_else(|| endings(&normal).find_map(|ending| model.lemmas.get(ending_key(ending, tag))).filter(regular));
    if let Some(&(cut, add)) = script.and_then(|number| model.scripts.get(number)) {
        let kept = match cut {
            0 => base.len(),
            cut => base.char_indices().rev().nth(cut - 1).map_or(0, |(at, _)| at),
        };
        // A script that would leave nothing was learned from another word.
        if kept + add.len() > 0 {
            base.truncate(kept);
            base.push_str(add);
        }
    }
    base
}
