//! Tokens → the words of a claim, each with its stem and the part it plays. It drops punctuation and nothing else.

use super::touches;
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

/// The words of `text`, in order, with spans moved by `offset`. `attribution` holds spans already so moved.
pub fn terms(text: &str, tokens: &[Token<'_>], marks: &Marks<'_>, offset: usize, attribution: &[Span]) -> Vec<Term> {
    let _ = text;
    let function_words = lexicon::function_words();
    let mut terms = Vec::with_capacity(tokens.len());
    for token in tokens {
        if matches!(token.kind, TokenKind::Mark | TokenKind::Possessive) {
            continue;
        }
        let local = Span::new(token.start, token.end);
        let span = local.shifted(offset);
        let negated = marks.negations.iter().any(|denial| denial.scope.contains(local));
        let role = |word: &str| {
            if touches(attribution.iter().copied(), span) {
                TermRole::Attribution
            } else if touches(marks.entities.iter().map(|mention| mention.span), local) {
                TermRole::Name
            } else if touches(marks.times.iter().map(|time| time.span), local) {
                TermRole::Time
            } else if token.kind == TokenKind::Word && function_words.has(word) {
                TermRole::Function
            } else if touches(marks.quantities.iter().map(|quantity| quantity.span), local) {
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
                        word: word.to_owned(),
                        stem: stem(word),
                        role: role(word),
                        negated: negated && word != "not",
                    });
                }
            }
            _ => terms.push(Term {
                span,
                word: token.folded.clone(),
                stem: stem(&token.folded),
                role: role(&token.folded),
                negated,
            }),
        }
    }
    terms
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
        let terms = terms(text, &tokens, &none, 100, &[]);
        let words: Vec<&str> = terms.iter().map(|term| term.word.as_str()).collect();
        assert_eq!(words, ["police", "did", "not", "close", "the", "bridge"]);
        assert_eq!(terms[3].span, Span::new(114, 119));
        assert_eq!(terms[2].role, TermRole::Function);
        assert_eq!(terms[5].role, TermRole::Content);
    }
}
