//! Whether a claim orders or asks something instead of telling it. In: a claim with its frames. Out: the verb of the order, and what
//! "whether" leaves open. An order says nothing about what is the case: "Do not use the development server in production" does not
//! deny that it is used, and two orders hold under conditions of their own.

use crate::model::{ClaimKind, Frame, FrameKind, Layer, NormalClaim, RoleKind, Span};
use crate::text::symbols::is_part;

/// Words of a label: "Default", "Required minimum version".
const LABEL_WORDS: usize = 3;

/// Letters of a part that stands before a hyphen and is no word: "co", "non", "sub".
const PREFIX_LETTERS: usize = 3;

/// Words that may stand before the verb of an order.
const BEFORE: [&str; 18] = [
    "do",
    "don",
    "t",
    "dont",
    "not",
    "never",
    "always",
    "please",
    "instead",
    "then",
    "also",
    "just",
    "simply",
    "only",
    "first",
    "next",
    "now",
    "afterwards",
];

/// The main verb of `claim`, where it stands at its beginning, in its plain form and without anybody who does it. What else is told
/// there is told: "Do not worry, the bridge is not closed."
pub(super) fn ordered(claim: &NormalClaim) -> Option<Span> {
    let of = &claim.claim;
    let is_order = |frame: &&Frame| {
        let verb = of.words(frame.predicate).to_lowercase();
        frame.kind == FrameKind::Verb
            && frame.layer == Layer::Main
            && !frame.passive
            && frame.roles(RoleKind::Agent).next().is_none()
            && verb == frame.lemma
            && of.span.start <= frame.predicate.start
            && of
                .words(Span { start: of.span.start, end: frame.predicate.start })
                .to_lowercase()
                .split(|letter: char| !letter.is_alphanumeric())
                .all(|word| word.is_empty() || BEFORE.contains(&word))
    };
    claim.frames().iter().find(is_order).map(|frame| frame.predicate)
}

/// True where `claim` is an entry behind a label and tells no deed or state: "Default: No rate limit." What it is an entry of stands
/// elsewhere.
pub(super) fn is_entry(claim: &NormalClaim) -> bool {
    let text = claim.claim.text();
    let label = text.split_once(": ").map_or("", |(label, _)| label);
    let words = label.split_whitespace().count();
    let is = |word: &str| matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "has" | "have" | "had");
    (1..=LABEL_WORDS).contains(&words)
        && claim.frames().iter().all(|frame| frame.kind != FrameKind::Verb)
        && !claim.form.terms.iter().any(|term| is(&term.word))
}

/// True where `claim` is a title that names a topic: "Calling tasks" tells of nobody who calls.
pub(super) fn is_topic(claim: &NormalClaim) -> bool {
    let first = claim.form.terms.first().map_or("", |term| term.word.as_str());
    claim.claim.kind == ClaimKind::Headline
        && first.ends_with("ing")
        && claim.frames().iter().all(|frame| frame.roles(RoleKind::Agent).next().is_none())
}

/// True where the word at `span` is the constant of programs and no quantity: "set them to None to wait".
pub(super) fn is_constant(claim: &NormalClaim, span: Span) -> bool {
    let of = &claim.claim;
    of.words(span) == "None" && span.start > of.span.start && of.kind != ClaimKind::Headline
}

/// True where the word at `span` is a name of its own: a part of a name in a program or of a path, as "soft" of
/// "task_soft_time_limit", or alone in quotation marks, as the "start" property.
pub(super) fn in_identifier(claim: &NormalClaim, span: Span) -> bool {
    let of = &claim.claim;
    let Some(from) = span.start.checked_sub(of.sentence.start) else { return false };
    let Some(to) = span.end.checked_sub(of.sentence.start) else { return false };
    let (Some(before), Some(after)) = (of.context.get(..from as usize), of.context.get(to as usize..)) else {
        return false;
    };
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    // The first part of "co-exist" is no word either, nor is a later part of "armv6-none-eabihf".
    let part = span.len() <= PREFIX_LETTERS && after.strip_prefix('-').is_some_and(|rest| rest.starts_with(is_word))
        || before.strip_suffix('-').is_some_and(|rest| rest.ends_with(is_word));
    let is_quote =
        |mark: Option<char>| mark.is_some_and(|mark| matches!(mark, '"' | '\'' | '`' | '“' | '”' | '‘' | '’'));
    let quoted = is_quote(before.chars().next_back()) && is_quote(after.chars().next());
    part || quoted || is_part(before, after)
}

/// True where a claim leaves open something it tells of: "a debate over whether the economy is in a recession" neither affirms nor denies
/// that it is, and who does not rule out a strike says no more than that there may be one.
pub(super) fn leaves_open(claim: &NormalClaim) -> bool {
    let excludes =
        |told: &Frame| told.lemma == "exclude" || told.lemma == "rule" && told.particle.as_deref() == Some("out");
    claim.frames().iter().any(|told| is_open(claim, told) || told.negation.is_some() && excludes(told))
}

/// True where the word is part of what "whether" leaves open.
pub(super) fn is_asked(claim: &NormalClaim, word: Span) -> bool {
    let holds = |told: &Frame| told.predicate.overlaps(word) || told.roles.iter().any(|role| role.span.overlaps(word));
    claim.frames().iter().any(|told| is_open(claim, told) && holds(told))
}

fn is_open(claim: &NormalClaim, told: &Frame) -> bool {
    told.modality_cue.is_some_and(|cue| claim.claim.words(cue).eq_ignore_ascii_case("whether"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::claim;
    use super::*;

    #[test]
    fn words_of_a_name_in_a_program_are_no_words() {
        let claim = claim("The soft limit is task_soft_limit and no task.limit of the task.");
        let at = |word: &str, nth: usize| {
            let start = claim.claim.context.match_indices(word).nth(nth).unwrap().0;
            Span::new(start, start + word.len())
        };
        assert!(!in_identifier(&claim, at("soft", 0)) && in_identifier(&claim, at("soft", 1)));
        assert!(in_identifier(&claim, at("task", 1)) && !in_identifier(&claim, at("task", 2)));
    }

    #[test]
    fn parts_behind_a_hyphen_are_no_words() {
        let claim = claim("None of the arm-none-eabi targets - none at all - ran.");
        let at = |nth: usize| {
            let start = claim.claim.context.match_indices("none").nth(nth).unwrap().0;
            Span::new(start, start + 4)
        };
        assert!(in_identifier(&claim, at(0)) && !in_identifier(&claim, at(1)));
    }
}
