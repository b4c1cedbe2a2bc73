//! Whether a claim denies, and what. In: the words of a claim. Out: its polarity, and each denying word with the words it
//! covers.
//!
//! A scope runs from the cue to the end of its clause. The claim as a whole is denied where a cue that covers its main
//! predicate is not itself denied. It does not judge meaning: "banned" affirms a ban.

use super::main_clause::{ends_clause, is_finite, main_line};
use crate::lexicon;
use crate::model::{Negation, Polarity, Span};
use crate::text::fold::expand_contraction;
use crate::text::tokens::{Token, TokenKind};
use std::cell::LazyCell;

/// "not on Monday but on Friday" denies the day, not the claim: how far after "not" such a "but" may stand.
const CORRECTION_REACH: usize = 7;

/// How far after "not" the "ago" of a phrase of time may stand.
const TIME_REACH: usize = 6;

/// No clause is longer, in tokens; text without any mark is not searched to its end from every cue.
const LONGEST_SCOPE: usize = 120;

/// A denying phrase, in tokens.
struct Cue {
    from: usize,
    to: usize,
    scope_end: usize,
    /// True where it turns what it covers around, false where it denies only a phrase.
    turns: bool,
}

/// The polarity of the claim `text`, and its denying words. Spans count from the beginning of `text`; `tokens` are those
/// of `text`.
pub fn polarity(text: &str, tokens: &[Token<'_>]) -> (Polarity, Vec<Negation>) {
    let cues = cues(tokens);
    let mut negated = false;
    let mut covered = 0;
    for (at, cue) in cues.iter().enumerate() {
        if !cue.turns || cue.from < covered {
            continue;
        }
        let inside =
            cues[at + 1..].iter().take_while(|inner| inner.from < cue.scope_end).filter(|inner| inner.turns).count();
        negated |= inside % 2 == 0;
        covered = cue.scope_end;
    }
    let negations = cues
        .iter()
        .map(|cue| {
            let cue_span = Span::new(tokens[cue.from].start, tokens[cue.to - 1].end);
            let end = tokens[cue.scope_end.max(cue.to) - 1].end.min(text.len());
            let start = tokens.get(cue.to).map_or(end, |first| first.start.min(end));
            Negation { cue: cue_span, scope: Span::new(start, end) }
        })
        .collect();
    (if negated { Polarity::Negated } else { Polarity::Affirmed }, negations)
}

fn cues(tokens: &[Token<'_>]) -> Vec<Cue> {
    let table = lexicon::negation();
    // Most texts deny nothing, and their clauses are not asked for.
    let main = LazyCell::new(|| main_line(tokens));
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let matched = table.longest(|offset| tokens.get(at + offset).map_or("", |token| token.folded.as_str()));
        let contracted = tokens[at].folded == "cannot"
            || tokens[at].kind == TokenKind::Word
                && expand_contraction(&tokens[at].folded).is_some_and(|[_, second]| second == "not");
        let (length, kind) = match matched {
            Some(matched) => matched,
            None if contracted => (1, "verb"),
            None => {
                at += 1;
                continue;
            }
        };
        let to = at + length;
        if kind != "pseudo" && !is_label(tokens, at) {
            let scope_end = scope_end(tokens, to);
            let turns = match kind {
                "verb" => !corrects(tokens, to, scope_end) && !denies_length(words_behind(tokens, to)),
                "determiner" => !after_preposition(tokens, at),
                "pronoun" | "lexical" => true,
                _ => false,
            };
            found.push(Cue { from: at, to, scope_end, turns: turns && main[at] });
        }
        at = to;
    }
    found
}

/// "No. 10" and the answer "No, ...".
fn is_label(tokens: &[Token<'_>], at: usize) -> bool {
    let next_is = |mark: char| tokens.get(at + 1).is_some_and(|next| next.is_mark(mark));
    tokens[at].folded == "no"
        && (at == 0 && next_is(',')
            || next_is('.') && tokens.get(at + 2).is_some_and(|number| number.kind == TokenKind::Number)
            || tokens.get(at + 1).is_some_and(|number| number.kind == TokenKind::Number))
}

/// The token after the last one covered by a cue that ends before `from`: the clause ends at a mark, at a word that opens
/// another clause, and at a coordinator with a finite verb of its own.
fn scope_end(tokens: &[Token<'_>], from: usize) -> usize {
    let end = tokens.len().min(from + LONGEST_SCOPE);
    (from..end)
        .find(|&at| {
            let word = tokens[at].folded.as_str();
            ends_clause(&tokens[at])
                || matches!(
                    word,
                    "but"
                        | "because"
                        | "although"
                        | "though"
                        | "while"
                        | "whereas"
                        | "when"
                        | "unless"
                        | "if"
                        | "who"
                        | "which"
                        | "since"
                        | "after"
                        | "where"
                )
                || matches!(word, "until" | "till" | "before")
                    && tokens.iter().skip(at + 1).take(4).any(|next| lexicon::verbs().forms(&next.folded).third)
                || word == "and" && (at + 1..(at + 4).min(tokens.len())).any(|next| is_finite(tokens, next))
        })
        .unwrap_or(end)
}

/// "not A but B", without a verb on the way.
fn corrects(tokens: &[Token<'_>], from: usize, scope_end: usize) -> bool {
    let but = (scope_end..tokens.len().min(scope_end + 2)).find(|&at| tokens[at].folded == "but");
    but.is_some_and(|but| {
        but - from <= CORRECTION_REACH
            && !(from..but)
                .any(|at| is_finite(tokens, at) || lexicon::verbs().forms(&tokens[at].folded).base && at == from)
            && !(but + 1..(but + 4).min(tokens.len())).any(|at| is_finite(tokens, at))
    })
}

/// The words from `from` on, folded.
fn words_behind<'a>(tokens: &'a [Token<'_>], from: usize) -> impl Iterator<Item = &'a str> {
    tokens.iter().skip(from).map(|token| token.folded.as_str())
}

/// True where what follows a "not" tells how long: "not a day ago", "not long after". It denies that length, and nothing else.
pub(super) fn denies_length<'a>(behind: impl Iterator<Item = &'a str>) -> bool {
    let is_measure = |word: &str| {
        matches!(word, "a" | "an" | "one" | "two" | "three" | "long" | "far" | "mere" | "even" | "much" | "quite")
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_unit = |word: &str| {
        let word = word.strip_suffix('s').unwrap_or(word);
        matches!(word, "minute" | "hour" | "day" | "week" | "month" | "year" | "decade")
    };
    let mut words = behind.take(TIME_REACH).peekable();
    let mut measured = false;
    while let Some(word) = words.next_if(|word| is_measure(word) || is_unit(word)) {
        measured |= is_unit(word) || matches!(word, "long" | "far");
    }
    measured && words.next().is_some_and(|word| matches!(word, "ago" | "later" | "earlier" | "after" | "before"))
}

/// True where the "no" at `at` belongs to a phrase: "with no warning".
fn after_preposition(tokens: &[Token<'_>], at: usize) -> bool {
    at > 0
        && matches!(
            tokens[at - 1].folded.as_str(),
            "with" | "for" | "by" | "from" | "under" | "to" | "at" | "in" | "on" | "of" | "through"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokenize;

    fn negated(text: &str) -> bool {
        polarity(text, &tokenize(text)).0 == Polarity::Negated
    }

    fn scopes(text: &str) -> Vec<(&str, &str)> {
        let (_, negations) = polarity(text, &tokenize(text));
        negations.into_iter().map(|negation| (negation.cue.of(text), negation.scope.of(text))).collect()
    }

    #[test]
    fn denials_of_the_main_predicate_turn_the_claim() {
        for text in [
            "The minister did not resign.",
            "The minister didn't resign.",
            "The bridge is no longer open.",
            "No one was injured in the fire.",
            "Police found no weapons in the house.",
            "The council failed to pass the budget.",
            "The firm has yet to pay its workers.",
            "Berg denied that he had met the general.",
            "The ministry rejected reports that the dam had burst.",
            "Neither the mayor nor her deputy attended.",
            "The union said that it would not strike.",
            "Residents were told not to leave.",
            "There is no evidence that the vote was rigged.",
            "The general cannot travel.",
            "The man who led the raid was not caught.",
        ] {
            assert!(negated(text), "{text}");
        }
    }

    #[test]
    fn denials_beside_the_main_predicate_do_not() {
        for text in [
            "The minister resigned.",
            "The storm not only flooded the port but also cut the railway.",
            "There is no doubt that the dam held.",
            "The men who did not pay were expelled.",
            "The queen left without a word.",
            "The council met with no warning on Friday.",
            "The road was closed because the bridge did not hold.",
            "No fewer than 30 houses burned.",
            "The train left not on Monday but on Friday.",
            "Not a mere day ago, the club put its goalkeeper on the bench.",
            "Not long after the vote, the minister left.",
            "The dam broke not two weeks later.",
            "The mayor lives at No. 10 Harbor Street.",
            "No, the mayor stays.",
            "The tower fell, but nobody was hurt.",
        ] {
            assert!(!negated(text), "{text}");
        }
    }

    #[test]
    fn two_denials_affirm() {
        assert!(!negated("The council did not fail to pass the budget."));
        assert!(!negated("Berg denied that he had not met the general."));
    }

    #[test]
    fn a_scope_runs_to_the_end_of_its_clause() {
        assert_eq!(scopes("The dam did not break on Monday, officials said."), [("not", "break on Monday")]);
        assert_eq!(scopes("Berg didn't stay because it rained."), [("didn't", "stay")]);
        assert_eq!(
            scopes("The firm failed to pay its workers and closed the mill."),
            [("failed to", "pay its workers")]
        );
        assert_eq!(scopes("It was not."), [("not", "")]);
    }

    #[test]
    fn any_text_is_read() {
        for text in ["", "not", "no", "—", "not not not", "No.", "n't"] {
            let _ = polarity(text, &tokenize(text));
        }
    }
}
