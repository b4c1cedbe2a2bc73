//! The program's tokens → the words of grammar, after the English treebanks of Universal Dependencies.
//!
//! Most tokens are one word. A contraction is cut ("do|n't", "it|'s", "can|not"); tokens that stand without space between
//! them are joined where they write one word: "e-mail", "Mr.", "J.", "...", "12/24/2020", addresses of mail and web.

use crate::lexicon;
use crate::model::Span;
use crate::text::fold::plain;
use crate::text::tokens::{Token, TokenKind, tokenize};

/// The words of `text`, one after the other. No white space is inside of any but of no other kind of joined word.
pub fn words(text: &str) -> Vec<Span> {
    let tokens = tokenize(text);
    let mut words = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let count = joined(text, &tokens[at..]).max(1);
        let (start, end) = (tokens[at].start, tokens[at + count - 1].end);
        match tokens[at].kind {
            TokenKind::Word if count == 1 => words.extend(cut(&tokens[at])),
            _ => words.push(Span::new(start, end)),
        }
        at += count;
    }
    words
}

/// How many of `tokens`, from the first on, are one word.
fn joined(text: &str, tokens: &[Token<'_>]) -> usize {
    let Some(first) = tokens.first() else { return 0 };
    let run = glued(tokens);
    match first.kind {
        TokenKind::Mark => marks(first, run),
        TokenKind::Number => number(run),
        TokenKind::Word => address(text, run).or_else(|| prefixed(run)).or_else(|| stopped(tokens, run)).unwrap_or(1),
        TokenKind::Possessive | TokenKind::Ideograph => 1,
    }
}

/// A token can be joined with so many after it; longer runs are cut, so that no run is read again and again.
const MOST_JOINED: usize = 64;

/// The tokens from the first on that have no space between them.
fn glued<'a, 'b>(tokens: &'b [Token<'a>]) -> &'b [Token<'a>] {
    let limit = tokens.len().min(MOST_JOINED);
    let end = (1..limit).find(|&at| tokens[at - 1].end != tokens[at].start).unwrap_or(limit);
    &tokens[..end]
}

/// Repeated marks are one: "...", "--", "!!!"; so is a mark with the word it begins in "@name", "#topic" and "'90s".
fn marks(first: &Token<'_>, run: &[Token<'_>]) -> usize {
    let mark = first.text.chars().next().map_or(' ', plain);
    match mark {
        '.' | '-' | '*' | '=' | '_' | '~' | '`' | '\'' => {
            let same = run.iter().take_while(|token| token.is_mark(mark)).count();
            let year = run.get(1).is_some_and(|token| {
                token.kind == TokenKind::Number && token.folded.len() == 3 && token.folded.ends_with('s')
            });
            if mark == '\'' && same == 1 && year { 2 } else { same }
        }
        '!' | '?' => run.iter().take_while(|token| token.is_mark('!') || token.is_mark('?')).count(),
        '@' | '#' => match run.get(1) {
            Some(word) if matches!(word.kind, TokenKind::Word | TokenKind::Number) => {
                1 + run[1..]
                    .iter()
                    .take_while(|t| t.kind == TokenKind::Word || t.kind == TokenKind::Number || t.is_mark('_'))
                    .count()
            }
            _ => 1,
        },
        _ => 1,
    }
}

/// Numbers around slashes are one ("12/24/2020", "1/2"), and three or more around hyphens (telephone numbers, days).
fn number(run: &[Token<'_>]) -> usize {
    let chain = |mark: char| {
        let steps = run[1..]
            .chunks_exact(2)
            .take_while(|pair| pair[0].is_mark(mark) && pair[1].kind == TokenKind::Number)
            .count();
        1 + 2 * steps
    };
    let (slashes, hyphens) = (chain('/'), chain('-'));
    let telephone = hyphens == 3 && run[0].text.len() == 3 && run[2].text.len() == 4;
    if slashes > 1 {
        slashes
    } else if hyphens > 3 || telephone {
        hyphens
    } else {
        1
    }
}

/// Endings of names of sites that are no words of their own.
const SITES: [&str; 14] = ["com", "org", "net", "gov", "edu", "info", "uk", "io", "eu", "tv", "ca", "au", "de", "fr"];

/// Addresses: "http://...", "www...", "name@site.org", "site.com".
fn address(text: &str, run: &[Token<'_>]) -> Option<usize> {
    if run.len() < 3 {
        return None;
    }
    let marked = |at: usize, mark: char| run.get(at).is_some_and(|token| token.is_mark(mark));
    let folded = run[0].folded.as_str();
    let web = matches!(folded, "http" | "https" | "ftp") && marked(1, ':') && marked(2, '/')
        || folded == "www" && marked(1, '.');
    let inside = |token: &Token<'_>| {
        matches!(token.kind, TokenKind::Word | TokenKind::Number) || {
            token
                .text
                .chars()
                .all(|c| matches!(c, '.' | '-' | '_' | '/' | ':' | '?' | '=' | '&' | '%' | '+' | '@' | '~' | '#'))
        }
    };
    let mut end = run.iter().take_while(|token| inside(token)).count();
    // A stop or colon at the end belongs to the sentence.
    while end > 1 && (marked(end - 1, '.') || marked(end - 1, ':') || marked(end - 1, '?') || marked(end - 1, '-')) {
        end -= 1;
    }
    if web {
        return Some(end);
    }
    let plain = |token: &Token<'_>| {
        matches!(token.kind, TokenKind::Word | TokenKind::Number) || matches!(token.text, "." | "-" | "_" | "@")
    };
    let end = end.min(run.iter().take_while(|token| plain(token)).count());
    let words = text.get(run[0].start..run[end - 1].end)?;
    let site = end >= 3 && marked(end - 2, '.') && SITES.contains(&run[end - 1].folded.as_str());
    (site && (words.contains('@') || !words.contains('-'))).then_some(end)
}

/// "e-mail", "co-owner".
fn prefixed(run: &[Token<'_>]) -> Option<usize> {
    let [prefix, hyphen, rest, ..] = run else { return None };
    let joins =
        hyphen.text == "-" && matches!(rest.kind, TokenKind::Word) && lexicon::joined_prefixes().has(&prefix.folded);
    joins.then_some(3)
}

/// Abbreviations and initials with their stop, where they do not end the sentence.
fn stopped(tokens: &[Token<'_>], run: &[Token<'_>]) -> Option<usize> {
    if !run.get(1)?.is_mark('.') || run.get(2).is_some_and(|token| token.is_mark('.')) {
        return None;
    }
    // "Ph.D."
    if let [_, _, next, stop, ..] = run
        && next.kind == TokenKind::Word
        && next.text.len() <= 2
        && stop.is_mark('.')
    {
        return Some(4);
    }
    let first = &tokens[0];
    let last = tokens[2..].iter().all(|token| token.kind == TokenKind::Mark && !token.is_mark('-'));
    let initial = first.text.chars().count() == 1 && first.is_capitalized();
    let known = lexicon::abbreviations().value(&first.folded);
    let capital = first.is_capitalized();
    let joins = match known {
        Some("title" | "month" | "weekday") => capital && !last,
        Some("organization" | "place") => capital,
        Some("number" | "inner" | "closing" | "other" | "unit" | "time") => !last,
        _ => initial && !last,
    };
    joins.then_some(2)
}

/// The words that a written word is made of.
fn cut(token: &Token<'_>) -> Vec<Span> {
    let whole = Span::new(token.start, token.end);
    let contractions = lexicon::contractions();
    let plain: String = token.text.chars().map(plain).flat_map(char::to_lowercase).collect();
    let at = match contractions.value(&plain).and_then(|first| first.parse::<usize>().ok()) {
        Some(first) => Some(token.start + first),
        // Letters and marks before the ending keep their own bytes: the ending is counted in characters from the end.
        None => {
            let characters = plain.chars().count();
            [3, 2].into_iter().filter(|&size| characters > size).find_map(|size| {
                let ending: String = plain.chars().skip(characters - size).collect();
                let known = contractions.value(&ending) == Some("ending");
                let (from, _) = token.text.char_indices().rev().nth(size - 1)?;
                known.then_some(token.start + from)
            })
        }
    };
    match at {
        Some(at) => vec![Span::new(token.start, at), Span::new(at, token.end)],
        None => vec![whole],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn contractions_are_two_words() {
        assert_eq!(
            split("They don\u{2019}t; it's what we cannot do."),
            ["They", "do", "n\u{2019}t", ";", "it", "'s", "what", "we", "can", "not", "do", "."]
        );
        assert_eq!(
            split("The mayor's plan won't pass, she'd said"),
            ["The", "mayor", "'s", "plan", "wo", "n't", "pass", ",", "she", "'d", "said"]
        );
        // A letter whose small form has more bytes does not shift the cut.
        assert_eq!(split("\u{130}n't \u{130}'ll"), ["\u{130}", "n't", "\u{130}", "'ll"]);
    }

    #[test]
    fn compounds_are_split_and_prefixes_are_not() {
        assert_eq!(
            split("a long-term e-mail to the co-owner"),
            ["a", "long", "-", "term", "e-mail", "to", "the", "co-owner"]
        );
    }

    #[test]
    fn stops_of_abbreviations_belong_to_them() {
        assert_eq!(
            split("Mr. J. Varn of Tarn Corp. met Dr. Ilse on Jan. 5."),
            ["Mr.", "J.", "Varn", "of", "Tarn", "Corp.", "met", "Dr.", "Ilse", "on", "Jan.", "5", "."]
        );
        assert_eq!(split("It ended in May."), ["It", "ended", "in", "May", "."]);
        assert_eq!(split("She holds a Ph.D. from Calder."), ["She", "holds", "a", "Ph.D.", "from", "Calder", "."]);
    }

    #[test]
    fn marks_numbers_and_addresses() {
        assert_eq!(split("Wait... really?! -- yes"), ["Wait", "...", "really", "?!", "--", "yes"]);
        assert_eq!(
            split("on 12/24/2020 call 555-0134, 5-7 people"),
            ["on", "12/24/2020", "call", "555-0134", ",", "5", "-", "7", "people"]
        );
        assert_eq!(
            split("write to desk@varndaily.com or https://varn.org/a?b=1."),
            ["write", "to", "desk@varndaily.com", "or", "https://varn.org/a?b=1", "."]
        );
        assert_eq!(split("the '90s at @varn and site.com"), ["the", "'90s", "at", "@varn", "and", "site.com"]);
    }
}
