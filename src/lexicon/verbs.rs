//! The forms of English verbs. In: the table of verbs, irregular forms written out. Out: which forms a word can be.
//! It knows no sentences: whether a form is a verb where it stands is for the reader of the sentence to decide.

use super::Table;
use super::words::Words;
use rustc_hash::FxHashMap;

/// Which forms of a verb a word can be. All are false for a word that is no form of a known verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerbForms {
    /// "go", "report".
    pub base: bool,
    /// "goes", "reports".
    pub third: bool,
    /// "went", "reported".
    pub past: bool,
    /// "gone", "reported".
    pub participle: bool,
    /// "going", "reporting".
    pub gerund: bool,
    /// The word, or the base form it is made of, is as common as a noun.
    pub noun: bool,
}

impl VerbForms {
    /// True where the word is some form of a verb.
    pub fn any(self) -> bool {
        self.base || self.third || self.past || self.participle || self.gerund
    }
}

/// All forms of all verbs of the table.
#[derive(Debug, Clone, Default)]
pub struct Verbs {
    forms: Words<String, VerbForms>,
    /// For each form the verb that has it; nothing where two verbs do.
    bases: Words<String, Option<&'static str>>,
}

impl Verbs {
    /// Derives the forms of the verbs in `table`: base form, past tense and participle ("-" where regular), "noun".
    pub(super) fn derive(table: &Table) -> Self {
        let mut all: FxHashMap<String, VerbForms> = FxHashMap::default();
        let mut bases: FxHashMap<String, Option<&'static str>> = FxHashMap::default();
        for (base, values) in table.rows() {
            let noun = values.get(2) == Some(&"noun");
            let forms = inflected(table, base);
            for form in &forms {
                let known = bases.entry(form.clone()).or_insert(Some(base));
                *known = known.filter(|&known| known == base);
            }
            let [_, third, gerund, past, participle] = forms;
            note(&mut all, base, noun, |forms| forms.base = true);
            note(&mut all, &third, noun, |forms| forms.third = true);
            note(&mut all, &gerund, false, |forms| forms.gerund = true);
            note(&mut all, &past, false, |forms| forms.past = true);
            note(&mut all, &participle, false, |forms| forms.participle = true);
        }
        Self { forms: all.into(), bases: bases.into() }
    }

    /// The base form of a folded word that is a form of one known verb.
    pub fn base(&self, folded: &str) -> Option<&'static str> {
        self.bases.get(folded).copied().flatten()
    }

    /// The forms a folded word can be. A word in -ed that is no known verb counts as past tense and participle, because
    /// no list of regular verbs is complete.
    pub fn forms(&self, folded: &str) -> VerbForms {
        if let Some(forms) = self.forms.get(folded) {
            return *forms;
        }
        let letters = folded.len();
        let regular = letters >= 5 && folded.ends_with("ed") && !folded.ends_with("eed") && folded != "hundred";
        VerbForms { past: regular, participle: regular, ..VerbForms::default() }
    }
}

/// Notes one more thing that `form` can be.
fn note(forms: &mut FxHashMap<String, VerbForms>, form: &str, noun: bool, set: impl FnOnce(&mut VerbForms)) {
    let forms = forms.entry(form.to_owned()).or_default();
    forms.noun |= noun;
    set(forms);
}

/// The forms of a verb, as `table` has them, else regular: base, third person, gerund, past tense, participle.
pub(super) fn inflected(table: &Table, base: &str) -> [String; 5] {
    let values = table.values(base).unwrap_or_default();
    let past =
        |at: usize| values.get(at).filter(|form| **form != "-").map_or_else(|| past_of(base), ToString::to_string);
    [base.to_owned(), third_of(base), gerund_of(base), past(0), past(1)]
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether the last consonant is doubled before an ending: short verbs with one vowel before one consonant, and a few
/// longer ones stressed on the last syllable.
fn doubles(base: &str) -> bool {
    let letters = base.as_bytes();
    let [.., before, vowel, last] = letters else { return false };
    let shape = !is_vowel(*last) && !matches!(last, b'w' | b'x' | b'y') && is_vowel(*vowel) && !is_vowel(*before);
    let one_syllable = letters.iter().filter(|&&letter| is_vowel(letter)).count() == 1;
    let stressed_at_end = ["mit", "fer", "pel", "cur", "quit", "gin", "bid", "get", "trol"];
    shape && (one_syllable || stressed_at_end.iter().any(|ending| base.ends_with(ending)))
}

fn past_of(base: &str) -> String {
    match stem_before_y(base) {
        _ if base.ends_with('e') => format!("{base}d"),
        Some(head) => format!("{head}ied"),
        None if doubles(base) => format!("{base}{}ed", &base[base.len() - 1..]),
        None => format!("{base}ed"),
    }
}

fn third_of(base: &str) -> String {
    match stem_before_y(base) {
        Some(head) => format!("{head}ies"),
        None if ["s", "x", "z", "ch", "sh", "o"].iter().any(|ending| base.ends_with(ending)) => format!("{base}es"),
        None => format!("{base}s"),
    }
}

fn gerund_of(base: &str) -> String {
    if let Some(head) = base.strip_suffix("ie") {
        return format!("{head}ying");
    }
    match base.strip_suffix('e') {
        Some(head) if head.len() > 1 && !head.ends_with('e') => format!("{head}ing"),
        _ if doubles(base) => format!("{base}{}ing", &base[base.len() - 1..]),
        _ => format!("{base}ing"),
    }
}

/// What stands before the -y of a verb that changes it to -ies and -ied.
fn stem_before_y(base: &str) -> Option<&str> {
    base.strip_suffix('y').filter(|head| head.bytes().last().is_some_and(|letter| !is_vowel(letter)))
}

#[cfg(test)]
mod tests {
    use super::super::verbs;

    #[test]
    fn regular_and_irregular_forms_are_found() {
        for past in ["said", "went", "stopped", "carried", "agreed", "permitted", "visited", "reported", "embroidered"]
        {
            assert!(verbs().forms(past).past, "{past}");
        }
        for third in ["goes", "carries", "passes", "wants"] {
            assert!(verbs().forms(third).third, "{third}");
        }
        for gerund in ["dying", "making", "stopping", "fleeing", "visiting"] {
            assert!(verbs().forms(gerund).gerund, "{gerund}");
        }
        assert!(!verbs().forms("went").participle);
        assert!(verbs().forms("reports").noun);
        assert!(!verbs().forms("table-like").any());
        assert!(!verbs().forms("hundred").any());
        assert!(!verbs().forms("stoped").base);
    }
}
