//! Tokens → the words of a claim, each with its stem and the part it plays. It drops punctuation and nothing else.

use crate::lexicon;
use crate::model::{Claim, Mention, Negation, Quantity, Span, Term, TermRole, TimeValue};
use crate::text::fold::expand_contraction;
use crate::text::stems::stem;
use crate::text::tokens::{Token, TokenKind};

/// What other readers found in the same text, with spans relative to it.
#[derive(Debug, Clone, Copy)]
pub struct Marks<'a> {
    /// Times.
    pub times: &'a [TimeValue],
    /// Quantities.
    pub quantities: &'a [Quantity],
    /// Names.
    pub entities: &'a [Mention],
    /// Denials with their scopes.
    pub negations: &'a [Negation],
}

/// The spans of who said the claim and of the reporting words, as far as they lie inside it.
pub fn attribution_spans(claim: &Claim) -> Vec<Span> {
    let Some(attribution) = &claim.attribution else { return Vec::new() };
    let speaker = attribution.speaker.as_ref().map(|speaker| speaker.span);
    let inside = |span: &Span| claim.span.contains(*span);
    speaker.into_iter().chain([attribution.cue]).filter(inside).collect()
}

/// The words of a text, in order, with spans moved by `offset`. `attribution` holds spans already so moved.
pub fn terms(tokens: &[Token<'_>], marks: &Marks<'_>, offset: usize, attribution: &[Span]) -> Vec<Term> {
    let function_words = lexicon::function_words();
    let names = touched(tokens, marks.entities.iter().map(|mention| mention.span));
    let times = touched(tokens, marks.times.iter().map(|time| time.span));
    let quantities = touched(tokens, marks.quantities.iter().map(|quantity| quantity.span));
    let denied = covered(tokens, marks.negations.iter().map(|denial| denial.scope));
    let mut terms = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        if matches!(token.kind, TokenKind::Mark | TokenKind::Possessive) {
            continue;
        }
        let span = Span::new(token.start, token.end).shifted(offset);
        let negated = denied[at];
        let role = |word: &str| {
            if attribution.iter().any(|said| said.overlaps(span)) {
                TermRole::Attribution
            } else if names[at] {
                TermRole::Name
            } else if times[at] {
                TermRole::Time
            } else if token.kind == TokenKind::Word && function_words.has(word) {
                TermRole::Function
            } else if quantities[at] {
                TermRole::Quantity
            } else {
                TermRole::Content
            }
        };
        match expand_contraction(&token.folded) {
            Some(words) if token.kind == TokenKind::Word => {
                for word in words {
                    terms.push(Term {
                        span,
                        word: word.into(),
                        stem: stem(word),
                        role: role(word),
                        negated: negated && word != "not",
                    });
                }
            }
            _ => terms.push(Term {
                span,
                word: token.folded.as_str().into(),
                stem: stem(&token.folded),
                role: role(&token.folded),
                negated,
            }),
        }
    }
    terms
}

/// For each token whether it shares a byte with one of `spans`. Every span is looked up once, not at every token: a
/// sentence without a stop can be as long as a document.
fn touched(tokens: &[Token<'_>], spans: impl Iterator<Item = Span>) -> Vec<bool> {
    let mut touched = vec![false; tokens.len()];
    for span in spans {
        let first = tokens.partition_point(|token| token.end <= span.start as usize);
        let until = tokens.partition_point(|token| token.start < span.end as usize);
        touched[first..until.max(first)].fill(true);
    }
    touched
}

/// For each token whether it lies inside one of `spans`.
fn covered(tokens: &[Token<'_>], spans: impl Iterator<Item = Span>) -> Vec<bool> {
    let mut covered = vec![false; tokens.len()];
    for span in spans {
        let first = tokens.partition_point(|token| token.start < span.start as usize);
        let until = tokens.partition_point(|token| token.end <= span.end as usize);
        covered[first..until.max(first)].fill(true);
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokenize;

    #[test]
    fn words_keep_their_place_and_contractions_are_undone() {
        let text = "Police didn't close the bridge";
        let tokens = tokenize(text);
        let none = Marks { times: &[], quantities: &[], entities: &[], negations: &[] };
        let terms = terms(&tokens, &none, 100, &[]);
        let words: Vec<&str> = terms.iter().map(|term| term.word.as_str()).collect();
        assert_eq!(words, ["police", "did", "not", "close", "the", "bridge"]);
        assert_eq!(terms[3].span, Span::new(114, 119));
        assert_eq!(terms[2].role, TermRole::Function);
        assert_eq!(terms[5].role, TermRole::Content);
    }
}
