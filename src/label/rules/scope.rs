//! Whether two matched claims can be taken to speak of one thing at all. In: a pair that a rule found a difference in. Out: true
//! where one of them says itself that what it speaks of is told elsewhere, and no rule can know whether that is what the other
//! speaks of: "This signal does not ..." under another heading, an example, what holds under a condition, what holds of another
//! part of a program, or of the topic of another page of one template.

use super::Case;
use super::orders::is_entry;
use crate::label::Pair;
use crate::label::page::{are_about_their_own, are_under_other_headings};
use crate::lexicon::asides;
use crate::model::{ClaimKind, Layer, NormalClaim, TermRole};
use crate::text::symbols::names;
use std::collections::BTreeSet;

/// Share of the words of a condition that the other sentence must have for it to speak of the same case.
const SAME_CONDITION: f64 = 0.5;

/// Letters of a word that tells something of a condition.
const TELLING: usize = 3;

/// True where the pair speaks of one thing only by chance.
pub(in crate::label) fn is_elsewhere(case: &Case<'_>) -> bool {
    ByPages::of(case).are_elsewhere(case) || is_elsewhere_by_words(case)
}

/// How the pages of two claims are asked whether the two speak of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByPages {
    entries: bool,
}

impl ByPages {
    /// Of two claims of the words of these.
    pub(in crate::label) fn of(pair: &Pair<'_>) -> Self {
        Self { entries: is_entry(pair.left) && is_entry(pair.right) }
    }

    /// True where the pages of the pair are about other things.
    pub(in crate::label) fn are_elsewhere(self, pair: &Pair<'_>) -> bool {
        let Some(pages) = pair.pages else { return false };
        let claims = [pair.left, pair.right];
        // "Tier: 2": of what, the heading tells.
        are_about_their_own(pages, claims) || self.entries && are_under_other_headings(pages, claims)
    }
}

/// True where the words of one of the two say that what it speaks of is told elsewhere.
pub(in crate::label) fn is_elsewhere_by_words(pair: &Pair<'_>) -> bool {
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
/// is put ahead of its main verb: "Unlike the others, this handler". "This year" is a time.
fn points(claim: &NormalClaim) -> bool {
    let own = claim.claim.span.start;
    let main = claim.frames().iter().filter(|frame| frame.layer == Layer::Main).map(|frame| frame.predicate.start);
    let ahead = main.min().map_or(usize::MAX, |verb| verb.saturating_sub(own) as usize);
    let behind_comma = claim.claim.text().find(", ").filter(|at| *at < ahead).map_or(0, |at| at + 2);
    [0, behind_comma].into_iter().any(|from| points_from(claim, own + from as u32))
}

/// The same for the words from this place on.
fn points_from(claim: &NormalClaim, from: u32) -> bool {
    let own = claim.form.terms.iter().filter(|term| claim.claim.span.contains(term.span) && term.span.start >= from);
    let mut first = own.skip_while(|term| term.role != TermRole::Content && is(&term.word, "opens")).take(3);
    let (Some(one), Some(two)) = (first.next(), first.next()) else { return false };
    is(&one.word, "points") && two.role == TermRole::Content && claim.claim.quotes.is_empty()
        || one.word == "the" && is(&two.word, "named") && two.role != TermRole::Time
}

/// Whether a word is of this sort in the table.
fn is(word: &str, sort: &str) -> bool {
    asides().value(word) == Some(sort)
}

/// Whether a text begins with an entry of this sort.
fn begins(text: &str, sort: &str) -> bool {
    let mut entries = asides().rows().filter(|(_, values)| values.first() == Some(&sort));
    entries.any(|(entry, _)| {
        text.get(..entry.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(entry))
            && (!entry.ends_with(char::is_alphanumeric) || !text[entry.len()..].starts_with(char::is_alphanumeric))
    })
}

/// True where the sentence of the claim, or the claim, is an example: "E.g., to close the gate", "And here are some that stay open".
fn is_example(claim: &NormalClaim) -> bool {
    let begins_so = |text: &str| {
        let text = text.trim_start_matches(|mark: char| !mark.is_alphanumeric());
        let rest = text.split_once(' ').filter(|(first, _)| is(&first.to_lowercase(), "opens")).map(|(_, rest)| rest);
        begins(text, "example") || rest.is_some_and(|rest| begins(rest, "example"))
    };
    begins_so(&claim.claim.context) || begins_so(claim.claim.text())
}

/// True where the whole sentence stands in one pair of parentheses: a remark on what stands before it.
fn is_remark(claim: &NormalClaim) -> bool {
    let sentence = claim.claim.context.trim().trim_end_matches('.');
    let Some(inner) = sentence.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return false };
    let depth = inner.chars().try_fold(0_u32, |depth, mark| match mark {
        '(' => Some(depth + 1),
        ')' => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}

/// The condition that the sentence of a claim begins with, up to its comma, where the claim is what holds under it.
fn condition(claim: &NormalClaim) -> Option<&str> {
    let sentence = claim.claim.context.as_ref();
    let end = sentence.find(',').filter(|_| begins(sentence, "condition"))?;
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
    let of = |claim: &NormalClaim| -> BTreeSet<String> { names(claim.claim.text()).map(str::to_owned).collect() };
    let (left, right) = (of(left), of(right));
    !left.is_empty() && !right.is_empty() && left.is_disjoint(&right)
}

/// True where the subject of a claim is named in another sentence.
pub(super) fn opens_with_pronoun(claim: &NormalClaim) -> bool {
    let mut words = claim.form.terms.iter();
    let first = words.next().map_or("", |term| term.word.as_str());
    // "This is", but "this boat is".
    let alone = words.next().is_some_and(|next| next.role == TermRole::Function);
    claim.claim.subject.is_none() && (first == "it" || alone && matches!(first, "this" | "that" | "these" | "those"))
}

/// True where the claim is a relative clause whose noun stands ahead of it.
pub(super) fn opens_with_relative(claim: &NormalClaim) -> bool {
    claim.form.terms.first().is_some_and(|term| matches!(term.word.as_str(), "which" | "who" | "whose" | "whom"))
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
            ("(Holm) tides are not listed (yet).", "Tides are listed.", false),
            ("And here are some gates that do not open.", "Gates open.", true),
            ("Here they do not open.", "Gates open.", false),
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
