//! Numbers that name and do not count: models, versions, flights, sections, verses, addresses, telephone numbers, items of a
//! list.
//!
//! In: tokens and a number. Out: where the name ends, if it is one.

use super::counted::has_class;
use super::numerals::{Form, Numeral, class, glued, is_hyphen, is_mark, is_word};
use super::reader::Context;
use super::units;
use crate::lexicon;
use crate::model::QuantityKind;
use crate::text::tokens::{Token, TokenKind};

/// Longest chain of joined groups read as one name; a longer one is read in pieces.
const LONGEST_CHAIN: usize = 24;
/// Words that may stand between the number of a house and its street.
const STREET_REACH: usize = 4;
/// Digits of a telephone number, with its codes.
const TELEPHONE: std::ops::RangeInclusive<usize> = 10..=14;

/// The index after the identifier of which the number at token `at` is part; nothing where it counts.
pub(super) fn end(context: Context<'_>, at: usize, read: &Numeral) -> Option<usize> {
    let tokens = context.tokens;
    let digits = tokens[at].kind == TokenKind::Number;
    if read.form == Form::Words {
        return spelled_chain(tokens, read);
    }
    if digits && list_item(tokens, at) {
        return Some(at + 1);
    }
    if digits && let Some(end) = telephone(tokens, at) {
        return Some(end);
    }
    let chain = digits.then(|| hyphen_chain(tokens, at)).flatten();
    if digits && (is_joined_name(tokens, at) || read.end == at + 1 && is_name_by_itself(tokens, at, read)) {
        return Some(chain.unwrap_or_else(|| joined_end(tokens, at + 1)));
    }
    if digits && let Some(end) = slash_name(tokens, at, read) {
        return Some(end);
    }
    if is_address(context, at, read) {
        return Some(read.end);
    }
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    if let Some(before) = before {
        if before.is_mark('#') && glued(tokens, at - 1)
            || before.is_mark('\u{A7}')
            || matches!(before.folded.as_str(), "nr" | "nrs" | "nos" | "\u{2116}")
            || is_word(tokens, at - 1, "no") && digits && !counts_follow(tokens, read.end)
        {
            return Some(joined_end(tokens, read.end));
        }
        let number_sign = before.is_mark('.')
            && at >= 2
            && matches!(tokens[at - 2].folded.as_str(), "no" | "nr" | "nos" | "nrs" | "vol");
        if number_sign && digits {
            return Some(joined_end(tokens, read.end));
        }
        let word = at.checked_sub(2).map(|word| &tokens[word]).filter(|word| word.kind == TokenKind::Word);
        // "F-16", "COVID-19", "top-10"; but "1-in-5" and "10-to-12" are numbers.
        if digits && is_hyphen(tokens, at - 1) && word.is_some_and(|word| !joins_numbers(&word.folded)) {
            return Some(chain.unwrap_or_else(|| joined_end(tokens, at + 1)));
        }
        let whole = read.value.fract() == 0.0 && !tokens[at].text.contains([',', '.']);
        let plain = !read.scaled && whole && read.end == at + 1;
        let counts = counts_follow(tokens, read.end);
        // "schedule 30 minutes": beside a length of time a word in lower case is a verb.
        let lasts = !before.is_capitalized()
            && units::unit_after(tokens, read).is_some_and(|unit| unit.kind == QuantityKind::Duration);
        let named = has_class(&before.folded, "names") && (digits || before.is_capitalized() || !counts) && !lasts;
        // "Order 66 was given", but "Order 66 boxes".
        let titled = before.is_capitalized() && has_class(&before.folded, "titles") && !is_plural(tokens, read.end);
        let model = before.is_capitalized() && before.folded == "model";
        // "section 4.2", but "phase 2.5 million" and "size 4.5 in".
        let numbered = named && !read.scaled && digits && !whole && read.rest.is_none() && read.end == at + 1;
        let numbered = numbered && units::unit_after(tokens, read).is_none() && !tokens[at].text.contains(',');
        if (plain || numbered) && before.kind == TokenKind::Word && (named || titled || model) {
            return Some(chain.unwrap_or_else(|| joined_end(tokens, read.end)));
        }
        let opening = at == 1 && lexicon::ordinary_words().has(&before.folded);
        let name = before.is_capitalized() && !lexicon::function_words().has(&before.folded) && !opening
            || before.is_upper() && before.text.len() <= 4 && !lexicon::function_words().has(&before.folded)
            || has_inner_capital(before.text);
        let bounds = lexicon::bounds().has(&before.folded) || has_class(&before.folded, "befalls");
        let version = !read.scaled && digits && !whole && !tokens[at].text.contains(',') && read.end == at + 1;
        let release = version && tokens.get(read.end).is_some_and(|next| has_class(&next.folded, "versions"));
        if digits
            && (plain || version)
            && name
            && !bounds
            && !counts
            && read.form == Form::Digits
            && read.rest.is_none()
            || release && read.rest.is_none()
        {
            return Some(chain.unwrap_or_else(|| joined_end(tokens, read.end)));
        }
    }
    chain
}

/// The index after a list of digits said one by one: "four-four-two".
fn spelled_chain(tokens: &[Token<'_>], read: &Numeral) -> Option<usize> {
    let mut end = read.end;
    let mut groups = 1;
    while is_hyphen(tokens, end) && matches!(class(tokens, end + 1), Some(("small", digit)) if digit < 10.0) {
        end += 2;
        groups += 1;
    }
    (groups > 2 && read.value < 10.0).then_some(end)
}

/// The index after groups and words joined to an identifier that ends before `end`: "2024-3094", "12/A", "501(c)(3)".
fn joined_end(tokens: &[Token<'_>], mut end: usize) -> usize {
    for _ in 0..LONGEST_CHAIN {
        let glue = tokens.get(end).is_some_and(|mark| {
            mark.is_mark('-') || mark.is_mark('/') || mark.is_mark(':') || mark.is_mark('.') || mark.is_mark('_')
        });
        let next = tokens.get(end + 1).filter(|_| glue && glued(tokens, end - 1) && glued(tokens, end));
        if next.is_some_and(|next| next.kind == TokenKind::Number) {
            end += 2;
        } else if is_mark(tokens, end, '(') && glued(tokens, end - 1) && is_mark(tokens, end + 2, ')') {
            end += 3;
        } else {
            break;
        }
    }
    end
}

/// True where digits hang on a word by a mark or stand in brackets that do: "HTTP/1.1", "PM2.5", "5:3-12", "(c)(3)".
fn is_joined_name(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(mark) = at.checked_sub(1).filter(|&mark| glued(tokens, mark)) else { return false };
    let Some(before) = mark.checked_sub(1).filter(|&before| glued(tokens, before)).map(|before| &tokens[before]) else {
        return false;
    };
    let word = before.kind == TokenKind::Word;
    let has_digit = before.text.bytes().any(|byte| byte.is_ascii_digit());
    match tokens[mark].text {
        "/" => word && !lexicon::units().has(&before.folded),
        "_" | "=" | "@" | "\\" => word,
        "." => word && has_digit,
        ":" => before.is_mark(':') || word && has_digit,
        "(" => is_mark(tokens, at + 1, ')') && (before.is_mark(')') || before.kind == TokenKind::Number),
        // Verses: "5:3-12".
        _ => tokens[mark].is_mark('-') && before.kind == TokenKind::Number && before.text.contains(':'),
    }
}

/// True for digits that no count is written with: "007", "7950X", "4x4", "5G".
fn is_name_by_itself(tokens: &[Token<'_>], at: usize, read: &Numeral) -> bool {
    let text = tokens[at].text;
    let padded = text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    let decimals = at > 0 && is_mark(tokens, at - 1, '.') && glued(tokens, at - 1);
    let sign = at > 0 && lexicon::currencies().has(&tokens[at - 1].folded);
    let letters = read.rest.as_deref().is_some_and(|rest| {
        let first = rest.chars().next();
        !sign
            && first.is_some_and(char::is_alphabetic)
            && !matches!(rest, "s" | "m" | "x" | "c" | "p" | "C" | "F")
            && units::unit_after(tokens, read).is_none()
    });
    // "501(c)(3)".
    let section = is_mark(tokens, at + 1, '(')
        && glued(tokens, at)
        && is_mark(tokens, at + 3, ')')
        && tokens[at + 2].text.len() == 1
        && tokens[at + 2].kind == TokenKind::Word;
    padded && !decimals && read.form == Form::Digits || letters || section
}

/// "24/7", "9/11", "20/20": two numbers with a slash that are no fraction.
fn slash_name(tokens: &[Token<'_>], at: usize, read: &Numeral) -> Option<usize> {
    let bare = read.form == Form::Digits && read.rest.is_none() && read.end == at + 1;
    let joined = is_mark(tokens, at + 1, '/') && glued(tokens, at) && glued(tokens, at + 1);
    let other = tokens.get(at + 2).is_some_and(|next| next.text.bytes().all(|byte| byte.is_ascii_digit()));
    (bare && joined && other).then(|| joined_end(tokens, at + 1))
}

/// The index after a telephone number: "+1 202 555 0142", "(202) 555-0142", "555-0142".
fn telephone(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let plain = |at: usize| {
        tokens.get(at).filter(|it| it.kind == TokenKind::Number && it.text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let plus = at > 0 && is_mark(tokens, at - 1, '+') && glued(tokens, at - 1);
    let bracket = at > 0 && is_mark(tokens, at - 1, '(') && is_mark(tokens, at + 1, ')');
    let mut digits = plain(at)?.text.len();
    let (mut end, mut groups) = (at + 1 + usize::from(bracket), 1);
    while groups < 6 {
        let next =
            end + usize::from(is_mark(tokens, end, '-') || is_mark(tokens, end, '.') || is_mark(tokens, end, '('));
        let Some(group) = plain(next).filter(|group| group.text.len() >= 2) else { break };
        if group.start > tokens[end - 1].end + 2 {
            break;
        }
        digits += group.text.len();
        groups += 1;
        end = next + 1 + usize::from(is_mark(tokens, next + 1, ')'));
    }
    let last = plain(end - 1).map_or(0, |last| last.text.len());
    let coded = groups >= 3 && (plus || last == 4) || groups >= 2 && (plus || bracket);
    (coded && TELEPHONE.contains(&digits)).then_some(end)
}

/// "221 Baker Street", "26 U.S.C.", and ranks that name a street: "12th Street".
fn is_address(context: Context<'_>, at: usize, read: &Numeral) -> bool {
    let all = context.all;
    let ordinal = read.form == Form::Ordinal;
    if !(ordinal || read.form == Form::Digits && read.rest.is_none() && !read.scaled)
        || all[at].text.contains([',', '.'])
    {
        return false;
    }
    let code = all.get(read.end).is_some_and(|next| has_class(&next.folded, "codes") && next.is_upper());
    if code && !ordinal {
        return true;
    }
    let words = all[read.end..].iter().take(STREET_REACH).take_while(|word| word.is_capitalized());
    let street = words.enumerate().find(|(_, word)| has_class(&word.folded, "streets"));
    street.is_some_and(|(place, _)| (place > 0 || ordinal) && !is_plural(all, read.end + place + 1))
}

/// True where the word at `at` is a plural in lower case, which a number before it may count; "says" is none.
fn is_plural(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|word| {
        let forms = lexicon::verbs().forms(&word.folded);
        word.kind == TokenKind::Word
            && !word.is_capitalized()
            && word.folded.len() > 3
            && word.folded.ends_with('s')
            && (!forms.third || forms.noun)
    })
}

/// "iOS", "macOS", "GPT": a word with a capital after its first letter names something.
fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// Words that join two numbers with hyphens.
fn joins_numbers(folded: &str) -> bool {
    matches!(folded, "in" | "to" | "and" | "or" | "of" | "for" | "by" | "foot" | "feet") || lexicon::units().has(folded)
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

/// "1. The first item", "(2) The second": a number, a stop or bracket, and a word, at the very beginning.
fn list_item(tokens: &[Token<'_>], at: usize) -> bool {
    if at == 1 && tokens[0].is_mark('(') && is_mark(tokens, 2, ')') && tokens[1].text.len() <= 3 {
        return true;
    }
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
