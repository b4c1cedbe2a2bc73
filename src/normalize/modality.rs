//! How sure a text is of its claim. In: the words of a claim. Out: the rung of the ladder from asserted to hypothetical,
//! and the words that say so.
//!
//! The first hedge in the main line counts. A hedge in a relative or adverbial clause says nothing of the claim. It does
//! not look at who says it: a doubtful speaker is attribution, not modality.

use super::main_clause::{is_finite, main_line};
use crate::lexicon;
use crate::model::{Modality, Span};
use crate::text::fold::expand_contraction;
use crate::text::tokens::{Token, TokenKind};
use std::cell::LazyCell;

/// The longest subject of a headline in the infinitive, in tokens.
const HEADLINE_SUBJECT: usize = 8;

/// Longer texts are no headlines, in tokens.
const LONGEST_HEADLINE: usize = 30;

/// The modality of the claim `text`, and its cue. Spans count from the beginning of `text`; `tokens` are those of `text`.
pub fn modality(text: &str, tokens: &[Token<'_>]) -> (Modality, Option<Span>) {
    debug_assert!(tokens.last().is_none_or(|last| last.end <= text.len()), "the tokens are those of the text");
    if let Some(condition) = condition(tokens) {
        return (Modality::Hypothetical, Some(span(tokens, condition, condition + 1)));
    }
    let main = LazyCell::new(|| main_line(tokens));
    let table = lexicon::hedges();
    let mut at = 0;
    while at < tokens.len() {
        let matched = table
            .longest(|offset| tokens.get(at + offset).map_or("", |token| token.folded.as_str()))
            .and_then(|(length, value)| Some((length, rung(value)?)));
        let future = tokens[at].kind == TokenKind::Word
            && expand_contraction(&tokens[at].folded).is_some_and(|[_, second]| second == "will");
        let matched = matched.or(future.then_some((1, Modality::Planned)));
        if let Some((length, found)) = matched.filter(|_| main[at] && !is_no_hedge(tokens, at)) {
            let found = if tokens[at].folded == "would" && length == 1 { would(tokens, at) } else { found };
            return (found, Some(span(tokens, at, at + length)));
        }
        at += matched.map_or(1, |(length, _)| length);
    }
    match headline_future(tokens) {
        Some(at) => (Modality::Planned, Some(span(tokens, at, at + 1))),
        None => (Modality::Asserted, None),
    }
}

/// The "to" of a headline's future: "Minister to visit Garrow", where no verb is finite.
fn headline_future(tokens: &[Token<'_>]) -> Option<usize> {
    let at = tokens.iter().take(HEADLINE_SUBJECT + 1).position(|token| token.folded == "to").filter(|at| *at > 0)?;
    let verb = tokens.get(at + 1).is_some_and(|verb| {
        let forms = lexicon::verbs().forms(&verb.folded);
        verb.kind == TokenKind::Word && forms.base
    });
    let subject = &tokens[at - 1];
    let forms = lexicon::verbs().forms(&subject.folded);
    let noun = subject.kind == TokenKind::Word
        && tokens[0].is_capitalized()
        // "Talks to resume", but "Minister moves to visit".
        && (!forms.any() || forms.noun && (!forms.third || at == 1))
        && !lexicon::function_words().has(&subject.folded)
        && !lexicon::infinitive_nouns().has(&subject.folded);
    let finite = || (0..tokens.len().min(LONGEST_HEADLINE)).any(|at| is_finite(tokens, at));
    (verb && noun && !finite() && tokens.len() <= LONGEST_HEADLINE).then_some(at)
}

fn span(tokens: &[Token<'_>], from: usize, to: usize) -> Span {
    Span::new(tokens[from].start, tokens[to - 1].end)
}

fn rung(value: &str) -> Option<Modality> {
    match value {
        "probable" => Some(Modality::Probable),
        "possible" => Some(Modality::Possible),
        "planned" => Some(Modality::Planned),
        "hypothetical" => Some(Modality::Hypothetical),
        _ => None,
    }
}

/// The "if" or "unless" that makes the claim a condition: at its beginning, or before or after a "would" or "will".
fn condition(tokens: &[Token<'_>]) -> Option<usize> {
    let conditional = |at: &usize| matches!(tokens[*at].folded.as_str(), "if" | "unless");
    let at = (0..tokens.len()).find(conditional)?;
    // "asked if", "to see if", "even if", "as if": a question or a concession, no condition.
    let before = at.checked_sub(1).map_or("", |before| tokens[before].folded.as_str());
    let asks = matches!(
        before,
        "asked"
            | "ask"
            | "asking"
            | "asks"
            | "see"
            | "know"
            | "wonder"
            | "wondered"
            | "say"
            | "clear"
            | "unclear"
            | "even"
            | "as"
            | "sure"
            | "determine"
            | "only"
            | "decide"
            | "of"
    );
    let result = tokens.iter().any(|token| {
        matches!(token.folded.as_str(), "would" | "will" | "could" | "wouldn't" | "won't" | "may" | "might" | "can")
    });
    (!asks && (at == 0 || result)).then_some(at)
}

/// "would" after a verb of saying tells a plan as seen from the past; elsewhere it is a condition, also "would have".
fn would(tokens: &[Token<'_>], at: usize) -> Modality {
    let told = tokens[..at]
        .iter()
        .any(|token| matches!(lexicon::reporting_verbs().value(&token.folded), Some("verb" | "gerund")));
    let told_after = tokens[at..]
        .iter()
        .any(|token| matches!(token.folded.as_str(), "said" | "told" | "announced" | "according" | "reported"));
    if told || told_after { Modality::Planned } else { Modality::Hypothetical }
}

/// Words that look like hedges and are none: the month of May, somebody's will, what could not be done.
fn is_no_hedge(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let previous = before.map_or("", |before| before.folded.as_str());
    let next = tokens.get(at + 1).map_or("", |next| next.folded.as_str());
    let noun_sign = matches!(
        previous,
        "the" | "a" | "his" | "her" | "their" | "its" | "our" | "my" | "of" | "free" | "good" | "political"
    ) || before.is_some_and(|before| before.kind == TokenKind::Possessive);
    match token.folded.as_str() {
        "may" => {
            let dated = tokens.get(at + 1).is_none_or(|next| next.kind != TokenKind::Word || next.is_capitalized());
            token.is_capitalized() && (at > 0 || dated)
                || matches!(previous, "in" | "since" | "until" | "last" | "next")
        }
        "will" | "might" => noun_sign || token.is_capitalized() && at > 0,
        "could" => next == "not" || next == "hardly",
        "should" => next == "have",
        // "is to open", but not "is to blame" and not "what it is to us".
        "is" | "are" => {
            next == "to"
                && tokens.get(at + 2).is_none_or(|verb| {
                    verb.folded == "blame" || verb.folded != "be" && !lexicon::verbs().forms(&verb.folded).base
                })
        }
        "predicted" | "recommended" => matches!(previous, "as" | "than"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokenize;

    fn read(text: &str) -> (Modality, Option<&str>) {
        let (modality, cue) = modality(text, &tokenize(text));
        (modality, cue.map(|cue| cue.of(text)))
    }

    #[test]
    fn the_infinitive_of_a_headline_is_a_plan() {
        assert_eq!(read("Minister to visit Garrow next week"), (Modality::Planned, Some("to")));
        assert_eq!(read("Garrow council to close two mills"), (Modality::Planned, Some("to")));
        for text in
            ["How to cook rice", "The right to vote in Garrow", "Minister moves to visit Garrow", "From Garrow to Holm"]
        {
            assert_eq!(read(text), (Modality::Asserted, None), "{text}");
        }
    }

    #[test]
    fn each_rung_has_its_words() {
        assert_eq!(read("The dam broke on Monday."), (Modality::Asserted, None));
        assert_eq!(read("The dam probably broke on Monday."), (Modality::Probable, Some("probably")));
        assert_eq!(read("Nine men are believed to be missing."), (Modality::Probable, Some("believed to")));
        assert_eq!(read("The dam may have broken."), (Modality::Possible, Some("may")));
        assert_eq!(read("The queen will visit Holm."), (Modality::Planned, Some("will")));
        assert_eq!(read("She'll visit Holm."), (Modality::Planned, Some("She'll")));
        assert_eq!(read("The council plans to close the mill."), (Modality::Planned, Some("plans to")));
        assert_eq!(read("The mill is to close on Friday."), (Modality::Planned, Some("is to")));
        assert_eq!(read("The mill is to blame."), (Modality::Asserted, None));
        assert_eq!(read("If the dam breaks, the town will flood."), (Modality::Hypothetical, Some("If")));
        assert_eq!(read("A flood would have ruined the town."), (Modality::Hypothetical, Some("would have")));
    }

    #[test]
    fn a_clause_cut_from_its_sentence_is_its_own_main_line() {
        assert_eq!(read("while the mill may close"), (Modality::Possible, Some("may")));
        assert_eq!(read("who will visit Holm."), (Modality::Planned, Some("will")));
        assert_eq!(read("While the mill may close, the mine stays open."), (Modality::Asserted, None));
    }

    #[test]
    fn would_after_saying_is_a_plan() {
        assert_eq!(read("Berg said she would visit Holm."), (Modality::Planned, Some("would")));
        assert_eq!(read("A second dam would cost millions."), (Modality::Hypothetical, Some("would")));
    }

    #[test]
    fn look_alikes_and_side_clauses_do_not_count() {
        for text in [
            "The dam broke in May 2020.",
            "May Olsen won the race.",
            "The judge read the will aloud.",
            "The man who may have seen it was questioned.",
            "Rescuers could not reach the village.",
            "Reporters asked if the dam was safe.",
        ] {
            assert_eq!(read(text), (Modality::Asserted, None), "{text}");
        }
    }

    #[test]
    fn any_text_is_read() {
        for text in ["", "may", "if", "'ll", "would", "—"] {
            let _ = read(text);
        }
    }
}
