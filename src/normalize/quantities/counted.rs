//! The words around a number → the stems of what it counts.
//!
//! In: tokens and the place of a number. Out: stems of the head noun, its close modifiers, and what befell those counted
//! ("at least 12 people were killed": people, kill). There is no parse; function words and marks end the phrase.

use crate::lexicon;
use crate::text::stems::stem;
use crate::text::tokens::{Token, TokenKind};

/// Content words taken after the number. Longer noun phrases are rare and their tail seldom belongs to the count.
const LONGEST_PHRASE: usize = 4;
/// How far back "toll" may stand from "rose to 12".
const TOLL_REACH: usize = 8;

/// Stems of what the number at tokens `start..end` counts, in the order of the text.
pub(super) fn counted(tokens: &[Token<'_>], start: usize, end: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut at = end;
    while tokens.get(at).is_some_and(|token| is_link(&token.folded) || token.is_mark('-')) && at < end + 3 {
        at += 1;
    }
    // "50 of the 120 passengers" counts passengers.
    if at > end
        && super::numerals::is_word(tokens, end, "of")
        && tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number)
    {
        at += 1;
    }
    while let Some(token) = tokens.get(at) {
        let joins = token.is_mark('-') && super::numerals::is_hyphen(tokens, at);
        if joins || token.kind == TokenKind::Possessive {
            at += 1;
            continue;
        }
        if token.kind != TokenKind::Word || is_function(&token.folded) || found.len() == LONGEST_PHRASE {
            break;
        }
        // "12 officers came": the verb is no part of what is counted.
        if !found.is_empty() && is_told(&token.folded) {
            break;
        }
        found.push(stem(&token.folded).into());
        at += 1;
        if is_state(&token.folded) {
            break;
        }
    }
    // "12 people were killed", "12 people have been confirmed dead".
    let mut auxiliaries = 0;
    while auxiliaries < 3 && tokens.get(at).is_some_and(|token| is_auxiliary(&token.folded)) {
        at += 1;
        auxiliaries += 1;
    }
    let state = |token: &&Token<'_>| {
        token.kind == TokenKind::Word && is_state(&token.folded) && !has_class(&token.folded, "told")
    };
    if let Some(token) = tokens.get(at).filter(|_| auxiliaries > 0).filter(state) {
        found.push(stem(&token.folded).into());
        if let Some(next) = tokens.get(at + 1).filter(|next| has_class(&next.folded, "state")) {
            found.push(stem(&next.folded).into());
        }
    }
    if let Some(before) = start.checked_sub(1).and_then(|before| tokens.get(before)) {
        if has_class(&before.folded, "befalls") {
            found.push(stem(&before.folded).into());
        } else if has_class(&before.folded, "scale") {
            // "a magnitude 7.2 earthquake" as in "a 7.2-magnitude earthquake".
            found.insert(0, stem(&before.folded).into());
        }
    }
    if found.is_empty()
        && let Some(toll) =
            tokens[start.saturating_sub(TOLL_REACH)..start].iter().rposition(|token| token.folded == "toll")
    {
        let toll = start.saturating_sub(TOLL_REACH) + toll;
        found.extend(tokens[toll.saturating_sub(1)..=toll].iter().map(|token| stem(&token.folded).into()));
    }
    let mut seen = Vec::with_capacity(found.len());
    found.retain(|stem| {
        let new = !seen.contains(stem);
        seen.push(stem.clone());
        new
    });
    found
}

/// Stem of what the number at token `start` names: "flight" of "Flight 370", "F" of "F-16". Nothing behind a plural, which more
/// numbers than this may belong to, and behind a word of grammar.
pub(super) fn named(tokens: &[Token<'_>], start: usize) -> Option<String> {
    let between = |token: &Token<'_>| {
        token.is_mark('-')
            || token.is_mark('#')
            || token.is_mark('.')
            || matches!(token.folded.as_str(), "no" | "nr" | "number" | "\u{2116}")
    };
    let at = (start.saturating_sub(3)..start).rev().find(|&at| !between(&tokens[at]))?;
    let word = &tokens[at];
    let whole = stem(&word.folded);
    let is_plural = word.folded.ends_with('s')
        && whole != word.folded
        && word.folded.len() > 3
        && !has_class(&word.folded, "names");
    (word.kind == TokenKind::Word && !is_plural && !lexicon::function_words().has(&word.folded)).then(|| whole.into())
}

/// Words between a number and what it counts: "12 of the jobs", "300 a share".
fn is_link(folded: &str) -> bool {
    matches!(folded, "of" | "the" | "a" | "an" | "per" | "its" | "their" | "his" | "her" | "our" | "these" | "those")
        || matches!(folded, "other" | "more")
}

/// A verb in the past that befalls nothing ("came", "reported").
fn is_told(folded: &str) -> bool {
    // "300 jobs cut" may be a participle; "came" and "rose" cannot.
    let forms = lexicon::verbs().forms(folded);
    has_class(folded, "told") || forms.past && !forms.participle && !has_class(folded, "state")
}

fn is_auxiliary(folded: &str) -> bool {
    matches!(folded, "was" | "were" | "is" | "are" | "been" | "be" | "being" | "have" | "has" | "had" | "got")
}

fn is_function(folded: &str) -> bool {
    lexicon::function_words().has(folded) || is_auxiliary(folded)
}

fn is_state(folded: &str) -> bool {
    folded.len() > 4 && folded.ends_with("ed") || has_class(folded, "state")
}

/// True where the lexicon gives `folded` the cue `class`.
pub(super) fn has_class(folded: &str, class: &str) -> bool {
    lexicon::value_cues().values(folded).is_some_and(|classes| classes.contains(&class))
}
