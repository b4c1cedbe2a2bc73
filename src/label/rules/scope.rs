//! Whether two matched claims can be taken to speak of one thing at all. In: a pair that a rule found a difference in. Out: true
//! where one of them says itself that what it speaks of is told elsewhere, and no rule can know whether that is what the other
//! speaks of: "This signal does not ..." under another heading, an example, what holds under a condition, what holds of another
//! part of a program.

use super::Case;
use crate::label::Pair;
use crate::model::{ClaimKind, NormalClaim, TermRole};
use std::collections::BTreeSet;

/// Words with which a noun points to what was named before.
const POINTING: [&str; 2] = ["this", "these"];

/// Words behind an article that do.
const NAMED_BEFORE: [&str; 5] = ["listed", "following", "above", "latter", "aforementioned"];

/// What an example begins with.
const EXAMPLES: [&str; 6] = ["e.g.", "eg.", "e.g", "for example", "for instance", "example:"];

/// What a condition begins with.
const CONDITIONS: [&str; 4] = ["if ", "unless ", "whenever ", "provided "];

/// Share of the words of a condition that the other sentence must have for it to speak of the same case.
const SAME_CONDITION: f64 = 0.5;

/// Letters of a word that tells something of a condition.
const TELLING: usize = 3;

/// True where the pair speaks of one thing only by chance.
pub(in crate::label) fn is_elsewhere(case: &Case<'_>) -> bool {
    let pair: &Pair<'_> = case;
    // What a user gives as a claim stands for itself, and so does a headline.
    let stands_alone = |claim: &NormalClaim| claim.claim.kind != ClaimKind::Body;
    if stands_alone(pair.left) || stands_alone(pair.right) {
        return false;
    }
    speaks_elsewhere(pair)
}

fn speaks_elsewhere(pair: &Pair<'_>) -> bool {
    points(pair.left)
        || points(pair.right)
        || is_example(pair.left)
        || is_example(pair.right)
        || is_remark(pair.left)
        || is_remark(pair.right)
        || other_condition(pair.left, pair.right)
        || other_condition(pair.right, pair.left)
        || other_names(pair.left, pair.right)
}

/// True where the claim begins with a noun that points to what was named before: "This handler", "the listed class", also behind what
/// is put ahead of it: "Unlike the others, this handler". "This year" is a time.
fn points(claim: &NormalClaim) -> bool {
    let text = claim.claim.text();
    let behind_comma = text.find(", ").map_or(0, |at| at + 2);
    [0, behind_comma].into_iter().any(|from| points_from(claim, claim.claim.span.start + from as u32))
}

/// The same for the words from this place on.
fn points_from(claim: &NormalClaim, from: u32) -> bool {
    let own = claim.form.terms.iter().filter(|term| claim.claim.span.contains(term.span) && term.span.start >= from);
    let mut first = own.skip_while(|term| term.role != TermRole::Content && is_opening(&term.word)).take(3);
    let (Some(one), Some(two)) = (first.next(), first.next()) else { return false };
    POINTING.contains(&one.word.as_str()) && two.role == TermRole::Content && claim.claim.quotes.is_empty()
        || one.word == "the" && NAMED_BEFORE.contains(&two.word.as_str()) && two.role != TermRole::Time
}

/// Words that may stand before the subject: "And this", "that these".
fn is_opening(word: &str) -> bool {
    matches!(word, "and" | "but" | "so" | "that" | "because" | "while" | "since" | "although")
}

/// True where the sentence of the claim, or the claim, is an example.
fn is_example(claim: &NormalClaim) -> bool {
    let begins = |text: &str| {
        let text = text.trim_start_matches(|mark: char| !mark.is_alphanumeric()).to_lowercase();
        EXAMPLES.iter().any(|mark| text.starts_with(mark))
            || text.starts_with("here are examples")
            || text.starts_with("and here are examples")
    };
    begins(&claim.claim.context) || begins(claim.claim.text())
}

/// True where the sentence stands in parentheses: a remark on what stands before it.
fn is_remark(claim: &NormalClaim) -> bool {
    let sentence = claim.claim.context.trim();
    sentence.starts_with('(') && sentence.trim_end_matches('.').ends_with(')')
}

/// The condition that the sentence of a claim begins with, up to its comma, where the claim is what holds under it.
fn condition(claim: &NormalClaim) -> Option<&str> {
    let sentence = claim.claim.context.as_ref();
    let begins =
        CONDITIONS.iter().any(|word| sentence.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word)));
    let end = sentence.find(',').filter(|_| begins)?;
    let claim_ends = (claim.claim.span.end as usize).checked_sub(claim.claim.sentence.start as usize)?;
    (claim_ends > end).then(|| &sentence[..end])
}

/// True where `claim` holds under a condition of which the sentence of the other says nothing.
fn other_condition(claim: &NormalClaim, other: &NormalClaim) -> bool {
    let Some(condition) = condition(claim) else { return false };
    let asked = words(condition);
    let told = words(&other.claim.context);
    let shared = asked.iter().filter(|word| told.contains(*word)).count();
    (shared as f64) < asked.len() as f64 * SAME_CONDITION
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).map(str::to_lowercase);
    words.filter(|word| word.chars().count() >= TELLING).collect()
}

/// True where each claim names things of programs, and none that the other names.
fn other_names(left: &NormalClaim, right: &NormalClaim) -> bool {
    let (left, right) = (names(left.claim.text()), names(right.claim.text()));
    !left.is_empty() && !right.is_empty() && left.is_disjoint(&right)
}

/// Parts of a name in one word from which it is one of a program: "YouTube" and "McDonald" have two.
const HUMPS: usize = 3;

/// Letters of such a part.
const HUMP_LETTERS: usize = 3;

/// True for names as classes have them: `InspectReportItem`.
fn has_humps(word: &str) -> bool {
    let capital = |letter: char| letter.is_ascii_uppercase();
    let humps = word.split_inclusive(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
    let starts: Vec<usize> = humps
        .char_indices()
        .zip(humps.chars().skip(1).chain(['A']))
        .filter(|((_, letter), next)| capital(*letter) && next.is_ascii_lowercase())
        .map(|((at, _), _)| at)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([humps.len()]);
    starts.iter().zip(ends).filter(|(from, to)| to - *from >= HUMP_LETTERS).count() >= HUMPS
}

/// The names of things of programs in a text: `max_size`, `run()`, `net::Socket`, `--all`, `TideReportItem`. Of `timeout=30` the first
/// part.
fn names(text: &str) -> BTreeSet<&str> {
    let pieces = text.split_whitespace().map(|piece| piece.split('=').next().unwrap_or(piece));
    pieces
        .map(|piece| {
            piece.trim_matches(|mark: char| !(mark.is_alphanumeric() || matches!(mark, '_' | '-' | '(' | ')')))
        })
        .map(|piece| (piece, piece.trim_matches(['-', '(', ')', '_'])))
        .filter(|(piece, bare)| {
            let joined = bare.contains('_') || bare.contains("::") || piece.ends_with("()") && !bare.is_empty();
            let option = piece.starts_with("--") && bare.starts_with(|letter: char| letter.is_ascii_lowercase());
            (joined || option || has_humps(bare)) && bare.starts_with(char::is_alphabetic)
        })
        .map(|(_, bare)| bare)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::case;
    use super::*;

    #[test]
    fn what_is_named_elsewhere_is_held_against_nothing() {
        for (left, right, elsewhere) in [
            ("This signal supports slow handlers.", "This signal does not support slow handlers.", true),
            ("The listed class cannot be used with the harbor mode.", "It is used with the harbor mode.", true),
            ("The signal supports slow handlers.", "The signal does not support slow handlers.", false),
            ("{t:This year} the harbor was closed.", "{t:This year} the harbor was not closed.", false),
            (
                "E.g., to disable the tide export, remove the entry.",
                "To disable the wind export, remove the entry.",
                true,
            ),
            ("If the mode is set to slow, queues survive a restart.", "Queues do not survive a restart.", true),
            (
                "If the mode is set to slow, queues survive a restart.",
                "If the mode is set to slow, queues do not survive a restart.",
                false,
            ),
            ("The read_tide method runs first.", "The write_tide method runs last.", true),
            ("The read_tide method runs first.", "The read_tide method runs last.", false),
            ("Webhooks time out after --wait=30 seconds.", "Webhooks time out after --wait=60 seconds.", false),
            ("(No tides are listed.)", "Tides are listed.", true),
            ("Unlike the others, this gate does not open.", "The gate opens.", true),
            ("A TideReportItem tells of a tide.", "A WindReportItem tells of a tide.", true),
            ("{o:YouTube} closed on Friday.", "{o:McDonald} closed on Friday.", false),
            ("The --all flag denies it.", "The --none flag denies it.", true),
        ] {
            assert_eq!(case(left, right, |pair| speaks_elsewhere(pair)), elsewhere, "{left} | {right}");
            assert_eq!(case(right, left, |pair| speaks_elsewhere(pair)), elsewhere, "{right} | {left}");
        }
    }
}
