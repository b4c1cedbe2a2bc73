//! The closed classes of English words. In: a folded word. Out: whether it is a preposition, a pronoun, an auxiliary, ... .
//! It looks at no neighbors: what a word is where it stands is for `syntax`.

use crate::lexicon::{self, Words};
use crate::text::fold::expand_contraction;
use std::sync::LazyLock;

static SUBJECT_PRONOUNS: LazyLock<Words<&str, ()>> = LazyLock::new(|| {
    ["i", "he", "she", "it", "we", "they", "you", "who", "which", "there", "everyone", "nobody"].into_iter().collect()
});
pub(super) const PLURAL_PRONOUNS: [&str; 4] = ["i", "we", "they", "you"];
static DETERMINERS: LazyLock<Words<&str, ()>> = LazyLock::new(|| {
    [
        "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "no",
        "some", "any", "each", "every", "another", "all", "several", "many", "few",
    ]
    .into_iter()
    .collect()
});
static PREPOSITIONS: LazyLock<Words<&str, ()>> = LazyLock::new(|| {
    [
        "of",
        "in",
        "on",
        "at",
        "by",
        "to",
        "from",
        "with",
        "about",
        "into",
        "onto",
        "over",
        "under",
        "between",
        "among",
        "through",
        "during",
        "before",
        "after",
        "above",
        "below",
        "against",
        "within",
        "without",
        "toward",
        "towards",
        "upon",
        "per",
        "via",
        "amid",
        "across",
        "along",
        "around",
        "near",
        "off",
        "out",
        "for",
        "since",
        "until",
        "despite",
        "behind",
        "following",
    ]
    .into_iter()
    .collect()
});
/// Words that open a subordinate clause or join clauses, so that no noun phrase runs across them.
static JOINERS: LazyLock<Words<&str, ()>> = LazyLock::new(|| {
    [
        "and", "or", "but", "nor", "so", "yet", "that", "while", "whereas", "although", "though", "because", "if",
        "unless", "when", "where", "whether", "as", "who", "which", "whom", "whose", "than", "how",
    ]
    .into_iter()
    .collect()
});

/// Words in -ly that are no adverbs.
static NOT_ADVERBS: LazyLock<Words<&str, ()>> = LazyLock::new(|| {
    [
        "family", "supply", "reply", "italy", "daily", "weekly", "monthly", "july", "assembly", "ally", "rally",
        "elderly", "anomaly", "monopoly",
    ]
    .into_iter()
    .collect()
});

pub(super) fn is_preposition(folded: &str) -> bool {
    PREPOSITIONS.has(folded)
}

pub(super) fn is_determiner(folded: &str) -> bool {
    DETERMINERS.has(folded)
}

pub(super) fn is_joiner(folded: &str) -> bool {
    JOINERS.has(folded)
}

pub(super) fn is_subject_pronoun(folded: &str) -> bool {
    SUBJECT_PRONOUNS.has(folded)
}

/// A light adverb, or any word in -ly, which may stand between a subject and its verb.
pub(super) fn is_adverb(folded: &str) -> bool {
    lexicon::adverbs().value(folded) == Some("adverb")
        || (folded.len() > 4 && folded.ends_with("ly") && !NOT_ADVERBS.has(folded))
}

/// A word of time: weekdays, months, "earlier", "last", "week".
pub(super) fn is_time_word(folded: &str) -> bool {
    lexicon::adverbs().value(folded) == Some("time")
}

/// The class of a finite or nonfinite auxiliary, contractions undone: "didn't" is a form of "do", "they're" of "be".
/// The value tells the class, and whether it is finite.
pub(super) fn auxiliary(folded: &str) -> Option<(&'static str, bool)> {
    let table = lexicon::auxiliaries();
    let of = |word: &str| {
        table.values(word).map(|values| (values[0], values.get(1).is_some_and(|value| *value == "finite")))
    };
    of(folded).or_else(|| {
        let [head, second] = expand_contraction(folded)?;
        if second == "not" { of(head) } else { of(second) }
    })
}

/// What a speaker that is only a pronoun can stand for.
pub(super) fn is_pronoun(words: &str) -> bool {
    is_subject_pronoun(words) && !matches!(words, "i" | "we" | "you" | "there" | "who" | "which")
}
