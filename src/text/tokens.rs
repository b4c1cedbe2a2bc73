//! Text → tokens with their byte offsets. The only tokenizer of the program: terms, names, quantities and times use it.

use super::fold::{fold, plain};
use smol_str::{SmolStr, StrExt};

/// A piece of text: a word, a number or a mark. Never white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Byte offset of the first byte in the tokenized text.
    pub start: usize,
    /// Byte offset after the last byte.
    pub end: usize,
    /// The words as written.
    pub text: &'a str,
    /// Folded: NFKC, lower case, plain quotes and dashes.
    pub folded: SmolStr,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, possibly with inner apostrophes, dots of an acronym, or digits after letters ("G20", "U.S.", "don't").
    Word,
    /// The ending `'s` or `'` of a possessive.
    Possessive,
    /// Digits with their inner separators: "1,200", "3.5", "10:30", "2024-01-31"; a leading sign is a token of its own.
    Number,
    /// One ideograph, kana or syllable block of a script written without spaces.
    Ideograph,
    /// Any other single character: punctuation or a symbol.
    Mark,
}

impl Token<'_> {
    /// True for a word that begins with an upper-case letter.
    pub fn is_capitalized(&self) -> bool {
        self.kind == TokenKind::Word && self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// True for a word of two or more letters that are all upper case ("NATO", "U.S.").
    pub fn is_upper(&self) -> bool {
        let letters = || self.text.chars().filter(|c| c.is_alphabetic());
        self.kind == TokenKind::Word && letters().count() >= 2 && letters().all(char::is_uppercase)
    }

    /// True for the mark `mark`, in any typographic form.
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark && self.text.chars().next().map(plain) == Some(mark)
    }
}

/// Splits `text` into tokens. Hyphens separate words ("hour-long" gives three tokens), since outlets write compounds with
/// and without them; the dots of an acronym and apostrophes inside words do not.
pub fn tokenize(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        // Nearly all of English is spaces and words of plain letters.
        if matches!(byte, b' ' | b'\t'..=b'\r') {
            at += 1;
            continue;
        }
        if let Some(end) = plain_word_end(text, at) {
            let written = &text[at..end];
            tokens.push(Token { start: at, end, text: written, folded: folded(written), kind: TokenKind::Word });
            at = end;
            continue;
        }
        let Some(first) = text[at..].chars().next() else { break };
        let end = if first.is_whitespace() || is_ignorable(first) {
            at += first.len_utf8();
            continue;
        } else if first.is_numeric() {
            number_end(text, at)
        } else if is_ideograph(first) {
            at + first.len_utf8()
        } else if first.is_alphabetic() {
            word_end(text, at)
        } else {
            at + first.len_utf8()
        };
        let kind = if first.is_numeric() {
            // "3rd" and "90s" are numbers with an ending; "5G" and "4x4" are words that begin with a digit.
            TokenKind::Number
        } else if is_ideograph(first) {
            TokenKind::Ideograph
        } else if first.is_alphabetic() {
            TokenKind::Word
        } else {
            TokenKind::Mark
        };
        push(&mut tokens, text, at, end, kind);
        at = end;
    }
    tokens
}

/// Pushes one token, cutting a possessive ending off a word.
fn push<'a>(tokens: &mut Vec<Token<'a>>, text: &'a str, start: usize, end: usize, kind: TokenKind) {
    let written = &text[start..end];
    let possessive = match kind {
        TokenKind::Word => possessive_length(written),
        _ => 0,
    };
    let cut = end - possessive;
    tokens.push(Token { start, end: cut, text: &text[start..cut], folded: folded(&text[start..cut]), kind });
    if possessive > 0 {
        tokens.push(Token {
            start: cut,
            end,
            text: &text[cut..end],
            folded: folded(&text[cut..end]),
            kind: TokenKind::Possessive,
        });
    }
}

/// As [`fold`], without a piece of memory of its own for a short word.
fn folded(text: &str) -> SmolStr {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        text.into()
    } else if text.is_ascii() {
        text.to_ascii_lowercase_smolstr()
    } else {
        fold(text).into()
    }
}

/// The end of the word that begins at `start`, where it is made of nothing but ASCII letters and digits and what stands behind it
/// goes on with no word: as [`word_end`] finds it, sooner.
fn plain_word_end(text: &str, start: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[start..];
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let letters = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    let ends = match bytes.get(letters) {
        None => true,
        Some(b'\'' | b'`' | b'&') => false,
        // The stop behind a single letter may be that of an acronym.
        Some(b'.') => letters > 1,
        Some(mark) => mark.is_ascii(),
    };
    ends.then_some(start + letters)
}

/// Length in bytes of the possessive ending of `word`, 0 if there is none. "it's" and its like are contractions.
fn possessive_length(word: &str) -> usize {
    let mut from_end = word.char_indices().rev();
    let Some((_, last)) = from_end.next() else { return 0 };
    if last != 's' && last != 'S' {
        return 0;
    }
    match from_end.next() {
        Some((at, mark)) if at > 0 && plain(mark) == '\'' => {
            let head = &word[..at];
            let contracted = ["it", "he", "she", "that", "there", "what", "who", "let", "here", "where"];
            if contracted.iter().any(|short| head.eq_ignore_ascii_case(short)) { 0 } else { word.len() - at }
        }
        _ => 0,
    }
}

/// The end of the word that begins at `start`.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut letters_since_dot = 0_usize;
    let mut dots = 0_usize;
    // Kept along the way: a word of thousands of "&" would be read anew at each of them.
    let mut capitals_only = true;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((offset, character)) = rest.next() {
        let next = rest.peek().map(|&(_, following)| following);
        let capitals_before = capitals_only;
        capitals_only &= character.is_uppercase() || character == '&';
        if character.is_alphanumeric() && !is_ideograph(character) || is_joined(character) {
            end = start + offset + character.len_utf8();
            letters_since_dot += 1;
        } else if plain(character) == '\'' && next.is_some_and(|c| c.is_alphabetic() && !is_ideograph(c)) {
            end = start + offset + character.len_utf8();
            letters_since_dot = usize::MAX / 2;
        } else if character == '.' && letters_since_dot == 1 && (dots > 0 || next.is_some_and(char::is_alphabetic)) {
            // "U.S." and "a.m.": single letters joined by dots. The last dot belongs to the word once a dot came before it.
            dots += 1;
            end = start + offset + 1;
            letters_since_dot = 0;
            if !next.is_some_and(char::is_alphabetic) {
                break;
            }
        } else if character == '&' && next.is_some_and(char::is_uppercase) && capitals_before {
            // "AT&T", "R&D".
            end = start + offset + 1;
        } else {
            break;
        }
    }
    end
}

/// The end of the number that begins at `start`.
fn number_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text[start..].char_indices().peekable();
    let mut seen_letter = false;
    while let Some((offset, character)) = rest.next() {
        let next = rest.peek().map(|&(_, following)| following);
        if character.is_numeric() || (character.is_alphabetic() && !is_ideograph(character)) {
            seen_letter |= character.is_alphabetic();
            end = start + offset + character.len_utf8();
        } else if matches!(character, '.' | ',' | ':') && next.is_some_and(char::is_numeric) && !seen_letter {
            end = start + offset + character.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// Characters that are never seen and never part of a word: soft hyphen, zero-width space, joiners, marks of direction.
fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

/// Marks and invisible characters that stay inside a word.
fn is_joined(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
        || matches!(character, '\u{00AD}' | '\u{200C}' | '\u{200D}')
}

/// Characters of scripts written without spaces between words.
pub fn is_ideograph(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text).into_iter().map(|token| token.text).collect()
    }

    proptest! {
        #[test]
        fn plain_words_end_where_words_end(text in "[a-zA-Z0-9]([a-cA-C0-9 .,'`&\u{2019}\u{301}é-]|\\PC){0,12}") {
            if let Some(end) = plain_word_end(&text, 0) {
                prop_assert_eq!(end, word_end(&text, 0));
                prop_assert_eq!(possessive_length(&text[..end]), 0);
            }
            for token in tokenize(&text) {
                prop_assert_eq!(token.folded.as_str(), fold(token.text));
            }
        }
    }

    #[test]
    fn an_ampersand_joins_capitals_only() {
        assert_eq!(words("AT&T R&D Ab&C A&b A1&B"), ["AT&T", "R&D", "Ab", "&", "C", "A", "&", "b", "A1", "&", "B"]);
    }

    #[test]
    fn acronyms_contractions_and_possessives() {
        assert_eq!(
            words("The U.S. didn't ask Xi\u{2019}s aide."),
            ["The", "U.S.", "didn't", "ask", "Xi", "\u{2019}s", "aide", "."]
        );
        assert_eq!(words("at 9 a.m. today"), ["at", "9", "a.m.", "today"]);
        assert_eq!(words("It's AT&T."), ["It's", "AT&T", "."]);
        assert_eq!(words("the end. A start"), ["the", "end", ".", "A", "start"]);
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(words("$1,200.50, 10:30 and 3rd."), ["$", "1,200.50", ",", "10:30", "and", "3rd", "."]);
        assert_eq!(words("hour-long 5–7"), ["hour", "-", "long", "5", "–", "7"]);
    }

    #[test]
    fn ideographs_stand_alone_and_offsets_quote_the_text() {
        let text = "Xi (習近平) met";
        for token in tokenize(text) {
            assert_eq!(&text[token.start..token.end], token.text);
        }
        assert_eq!(words(text), ["Xi", "(", "習", "近", "平", ")", "met"]);
    }
}
