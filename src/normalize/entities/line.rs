//! One line of text with what its letters tell: the comparable form of each word, where sentences begin, and whether its
//! capitals mean anything. In: a text and its tokens. Out: answers about positions. It finds no names.

use super::gazetteer::{Case, gazetteer, is_ordinary, is_organization_word};
use crate::lexicon;
use crate::text::fold::{fold_accents, plain};
use crate::text::tokens::{Token, TokenKind};
use std::borrow::Cow;

/// What capitals mean in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// They mark names and the beginnings of sentences.
    Prose,
    /// They stand on every word that carries meaning, as in headlines.
    TitleCase,
    /// All letters are capitals.
    Shouting,
}

/// A text, its tokens, and what their letters tell.
pub(super) struct Line<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its tokens.
    pub(super) tokens: &'a [Token<'a>],
    forms: Vec<Cow<'a, str>>,
    /// What capitals mean here.
    pub(super) style: Style,
}

/// Share of words in capitals from which a line is shouting, where it has at least `SHOUTING_WORDS` words.
const SHOUTING_SHARE: f64 = 0.7;

/// Fewest words of a line that can be shouting: "NATO" alone is a name.
const SHOUTING_WORDS: usize = 4;

impl<'a> Line<'a> {
    /// Reads the letters of a line.
    pub(super) fn new(text: &'a str, tokens: &'a [Token<'a>]) -> Self {
        let forms: Vec<Cow<'a, str>> = tokens.iter().map(form_of).collect();
        let mut line = Self { text, tokens, forms, style: Style::Prose };
        line.style = line.style_of();
        line
    }

    /// The word at `at` as it is compared: folded, accents and dots off.
    pub(super) fn form(&self, at: usize) -> &str {
        &self.forms[at]
    }

    /// True where `at` is a word that begins with a capital.
    pub(super) fn is_capitalized(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_capitalized)
    }

    /// True where the word at `at` is written as an acronym and the line does not shout.
    pub(super) fn is_acronym(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let digits = token.text.bytes().any(|byte| byte.is_ascii_digit());
        self.style != Style::Shouting && (token.is_upper() || digits && token.is_capitalized())
    }

    /// True where the token `mark` stands at `at`.
    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(mark))
    }

    /// True where no space stands between token `at` and the one before.
    pub(super) fn touches_previous(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|token| token.start == self.tokens[at - 1].end)
    }

    /// True where an empty line stands between token `at` and the one before: a run of capitals ends there.
    pub(super) fn breaks_before(&self, at: usize) -> bool {
        let (Some(token), true) = (self.tokens.get(at), at > 0) else { return true };
        let gap = &self.text[self.tokens[at - 1].end..token.start];
        gap.len() >= 2 && gap.bytes().filter(|&byte| byte == b'\n').count() >= 2
    }

    /// The index of the token that goes on with `word` of a known phrase: the token at `at`, or the one after a hyphen
    /// inside a compound or the stop of an abbreviation ("St. Louis").
    pub(super) fn next_of_phrase(&self, at: usize, word: &str) -> Option<usize> {
        if at < self.tokens.len() && self.form(at) == word {
            return Some(at);
        }
        let hyphen = self.is_mark(at, '-') && self.touches_previous(at) && self.touches_previous(at + 1);
        let stop = self.is_mark(at, '.')
            && self.touches_previous(at)
            && self.form(at - 1).len() <= 3
            && at + 1 < self.tokens.len();
        ((hyphen || stop) && self.form(at + 1) == word).then_some(at + 1)
    }

    /// True where a capital at `at` may be due to a beginning: of the text, of a sentence, of a quotation, after a colon.
    pub(super) fn is_beginning(&self, at: usize) -> bool {
        let mut at = at;
        // Quotations nest two or three deep; more marks in a row are not language.
        for _ in 0..3 {
            let Some(before) = at.checked_sub(1) else { return true };
            let previous = &self.tokens[before];
            if previous.kind != TokenKind::Mark {
                return false;
            }
            match previous.text.chars().next().map(plain) {
                Some('.') => return !self.ends_abbreviation(before),
                Some('!' | '?' | ':' | ';' | '…' | '•' | '*' | '|' | '#' | '>') => return true,
                // A quotation mark that has a space before it, or nothing, opens.
                Some('"' | '\'') if !self.touches_previous(before) => return true,
                Some('"' | '\'') => at = before,
                Some('(' | '[' | '-') => return before == 0,
                _ => return false,
            }
        }
        false
    }

    /// True where the stop at `at` belongs to an initial or an abbreviated title.
    pub(super) fn ends_abbreviation(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let form = self.form(before);
        self.touches_previous(at)
            && self.tokens[before].kind == TokenKind::Word
            && (form.chars().count() == 1 && self.is_capitalized(before)
                || lexicon::titles().value(form) == Some("address")
                || lexicon::abbreviations().value(form) == Some("title"))
    }

    fn style_of(&self) -> Style {
        let words = self.tokens.iter().filter(|token| token.kind == TokenKind::Word);
        let (mut letters, mut upper) = (0_usize, 0_usize);
        for token in words {
            if token.text.chars().nth(1).is_some() {
                letters += 1;
                upper += usize::from(token.is_upper());
            }
        }
        if letters >= SHOUTING_WORDS && upper as f64 >= SHOUTING_SHARE * letters as f64 {
            return Style::Shouting;
        }
        let last = self
            .tokens
            .iter()
            .rev()
            .find(|token| !matches!(token.text.chars().next().map(plain), Some('"' | '\'' | ')')));
        if last.is_some_and(|token| token.is_mark('.')) {
            // Headlines have no final stop.
            return Style::Prose;
        }
        let (mut raised, mut plain_words, mut at) = (0_usize, 0_usize, 0_usize);
        while at < self.tokens.len() {
            let token = &self.tokens[at];
            if token.kind != TokenKind::Word || token.text.len() < 3 {
                at += 1;
                continue;
            }
            if !token.is_capitalized() {
                // Short function words stay small in headlines too, so only other words tell.
                plain_words += usize::from(!lexicon::function_words().has(self.form(at)));
            } else if let Some((_, end)) = gazetteer().names.longest(self, at, Case::Names) {
                at = end;
                continue;
            } else if let Some((_, end)) = gazetteer().titles.longest(self, at, Case::Any) {
                at = end;
                continue;
            } else if !self.is_beginning(at) && is_ordinary(self.form(at)) && !is_organization_word(self.form(at)) {
                // The words of an organization are raised in prose too.
                raised += 1;
            }
            at += 1;
        }
        // One raised word among small ones is a name inside a sentence; raised words among none or few are a headline.
        if raised >= 1 && plain_words == 0 || raised >= 3 && raised >= 2 * plain_words {
            Style::TitleCase
        } else {
            Style::Prose
        }
    }
}

/// The comparable form of a token. Most tokens are plain words whose folded form already is it.
fn form_of<'a>(token: &'a Token<'a>) -> Cow<'a, str> {
    let folded = token.folded.as_str();
    let dotted = token.kind == TokenKind::Word && folded.contains('.');
    if folded.is_ascii() && !dotted {
        return Cow::Borrowed(folded);
    }
    let bare = fold_accents(token.text);
    Cow::Owned(if dotted { bare.replace('.', "") } else { bare })
}
