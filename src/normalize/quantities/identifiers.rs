//! Numbers that name and do not count: models, flights, sections, telephone numbers, items of a list.
//!
//! In: tokens and a number. Out: where the name ends, if it is one.

use super::counted::has_class;
use super::numerals::{Form, Numeral, glued, is_hyphen, is_mark, is_word};
use crate::lexicon;
use crate::text::tokens::{Token, TokenKind};

/// The index after the identifier of which the number at token `at` is part; nothing where it counts.
pub(super) fn end(tokens: &[Token<'_>], at: usize, read: &Numeral) -> Option<usize> {
    let digits = tokens[at].kind == TokenKind::Number;
    if digits && list_item(tokens, at) {
        return Some(at + 1);
    }
    let chain = digits.then(|| hyphen_chain(tokens, at)).flatten();
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    if let Some(before) = before {
        if before.is_mark('#') && glued(tokens, at - 1)
            || is_word(tokens, at - 1, "nr")
            || is_word(tokens, at - 1, "no") && digits && !counts_follow(tokens, read.end)
        {
            return Some(read.end);
        }
        let number_sign =
            before.is_mark('.') && at >= 2 && matches!(tokens[at - 2].folded.as_str(), "no" | "nr" | "nos");
        if number_sign && digits {
            return Some(read.end);
        }
        // "F-16", "COVID-19", "top-10".
        if digits && is_hyphen(tokens, at - 1) && tokens[at - 2].kind == TokenKind::Word {
            return Some(chain.unwrap_or(at + 1));
        }
        let plain =
            !read.scaled && read.value.fract() == 0.0 && !tokens[at].text.contains([',', '.']) && read.end == at + 1;
        let named = before.kind == TokenKind::Word && has_class(&before.folded, "names");
        if plain && named && (digits || before.is_capitalized() || !counts_follow(tokens, read.end)) {
            return Some(chain.unwrap_or(read.end));
        }
        let name = before.is_capitalized() && !lexicon::function_words().has(&before.folded) && at >= 2
            || before.is_upper() && before.text.len() <= 4 && !lexicon::function_words().has(&before.folded);
        let bounds = lexicon::bounds().has(&before.folded) || has_class(&before.folded, "befalls");
        if digits
            && plain
            && name
            && !bounds
            && !counts_follow(tokens, read.end)
            && read.form == Form::Digits
            && read.rest.is_none()
        {
            return Some(chain.unwrap_or(read.end));
        }
    }
    chain
}

/// True where the next word can be what is counted, or a unit.
fn counts_follow(tokens: &[Token<'_>], end: usize) -> bool {
    let Some(next) = tokens.get(end) else { return false };
    if next.is_mark('%') || next.is_mark('-') || next.is_mark('+') || next.is_mark('\u{B0}') {
        return true;
    }
    next.kind == TokenKind::Word && (lexicon::units().has(&next.folded) || lexicon::currencies().has(&next.folded))
        || next.kind == TokenKind::Word
            && !lexicon::function_words().has(&next.folded)
            && (next.folded.ends_with('s')
                || has_class(&next.folded, "state")
                || has_class(&next.folded, "befalls")
                || matches!(next.folded.as_str(), "people" | "men" | "women" | "children" | "percent"))
        || matches!(next.folded.as_str(), "to" | "and" | "or" | "percent" | "per")
}

/// "1. The first item": a number, a stop or bracket, and a word, at the very beginning.
fn list_item(tokens: &[Token<'_>], at: usize) -> bool {
    at == 0
        && tokens[0].text.len() <= 3
        && (is_mark(tokens, 1, '.') || is_mark(tokens, 1, ')'))
        && glued(tokens, 0)
        && tokens.get(2).is_some_and(|token| token.kind == TokenKind::Word)
}

/// Three or more groups of digits joined by hyphens, or a telephone number: the index after it.
fn hyphen_chain(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let mut end = at + 1;
    let mut groups = 1;
    while is_hyphen(tokens, end) && tokens.get(end + 1).is_some_and(|token| token.kind == TokenKind::Number) {
        end += 2;
        groups += 1;
    }
    let telephone = groups == 2 && tokens[at].text.len() == 3 && tokens[end - 1].text.len() == 4;
    (groups > 2 || telephone).then_some(end)
}
