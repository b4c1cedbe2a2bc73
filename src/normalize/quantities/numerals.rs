//! Tokens → one number, written in digits, in words or in both ("1.2 million", "twenty-one", "two and a half").
//!
//! In: the tokens of a text and the index where a number may begin. Out: its value, how precisely it is written and where
//! it ends. It knows nothing of units, bounds or of what is counted.

pub(in crate::normalize) use super::digits::{precision_of, split_digits};
use crate::lexicon;
use crate::text::tokens::{Token, TokenKind};

/// One number as written.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::normalize) struct Numeral {
    /// The number.
    pub value: f64,
    /// Half the place value of its last significant digit.
    pub precision: f64,
    /// Index of the token after it.
    pub end: usize,
    /// How it is written.
    pub form: Form,
    /// Letters glued to the digits that are no part of the number: "7.62mm" leaves "mm".
    pub rest: Option<String>,
    /// True where a word or letter of magnitude was read ("million", "k").
    pub scaled: bool,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::normalize) enum Form {
    /// In digits, possibly with a word of magnitude.
    Digits,
    /// In words.
    Words,
    /// As a rank: "third", "21st".
    Ordinal,
    /// As a part of one: "two-thirds", "half".
    Fraction,
    /// As a vague plural, of which it is the least: "dozens", "hundreds of thousands".
    Vague,
}

/// Numbers above this are no claim about the world, and sums of them would overflow.
const LARGEST: f64 = 1e30;

/// The number that begins at token `at`.
pub(in crate::normalize) fn numeral(tokens: &[Token<'_>], at: usize) -> Option<Numeral> {
    let token = tokens.get(at)?;
    let read = match token.kind {
        TokenKind::Number => digits(tokens, at),
        TokenKind::Word => words(tokens, at),
        _ => None,
    }?;
    read.is_told().then_some(read)
}

/// The number class and value of a word.
pub(in crate::normalize) fn class(tokens: &[Token<'_>], at: usize) -> Option<(&'static str, f64)> {
    let token = tokens.get(at)?;
    if token.kind != TokenKind::Word {
        return None;
    }
    let values = lexicon::number_words().values(&token.folded)?;
    Some((values.first()?, values.get(1)?.parse().ok()?))
}

/// True where no space stands between the token at `at` and the next.
pub(in crate::normalize) fn glued(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).zip(tokens.get(at + 1)).is_some_and(|(left, right)| left.end == right.start)
}

/// True where token `at` is the word `word`.
pub(in crate::normalize) fn is_word(tokens: &[Token<'_>], at: usize, word: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.folded == word)
}

/// True where token `at` is the mark `mark`.
pub(in crate::normalize) fn is_mark(tokens: &[Token<'_>], at: usize, mark: char) -> bool {
    tokens.get(at).is_some_and(|token| token.is_mark(mark))
}

/// True where token `at` is a hyphen with no space on either side.
pub(in crate::normalize) fn is_hyphen(tokens: &[Token<'_>], at: usize) -> bool {
    at > 0 && is_mark(tokens, at, '-') && glued(tokens, at - 1) && glued(tokens, at)
}

/// The index after a joining hyphen at `at`, or `at` itself.
pub(in crate::normalize) fn past_hyphen(tokens: &[Token<'_>], at: usize) -> usize {
    if is_hyphen(tokens, at) { at + 1 } else { at }
}

/// A number that begins with digits.
fn digits(tokens: &[Token<'_>], at: usize) -> Option<Numeral> {
    let (mut value, mut precision, rest) = split_digits(tokens[at].text)?;
    let mut read = Numeral { value, precision, end: at + 1, form: Form::Digits, rest: None, scaled: false };
    let folded = rest.to_lowercase();
    match folded.as_str() {
        "" => {}
        "st" | "nd" | "rd" | "th" => {
            read.form = Form::Ordinal;
            return Some(read);
        }
        // "100m" may be meters and "5g" grams; capital letters are magnitudes.
        _ if rest == "M" => read.scale(1e6),
        _ if rest == "B" || rest == "b" => read.scale(1e9),
        _ => match lexicon::number_words().values(&folded) {
            Some([class, scale]) if class.ends_with("scale") => read.scale(scale.parse().ok()?),
            _ => match folded.strip_prefix('e').and_then(|power| power.parse::<i32>().ok()) {
                Some(power) if (0..=30).contains(&power) => read.scale(10_f64.powi(power)),
                _ => read.rest = Some(rest.to_owned()),
            },
        },
    }
    if read.rest.is_some() || read.scaled && class(tokens, read.end).is_none() {
        return Some(read);
    }
    // Thousands set apart by spaces: "1 414 021 100".
    if !tokens[at].text.contains(['.', ',']) && tokens[at].text.len() <= 3 {
        let mut groups = at + 1;
        while tokens.get(groups).is_some_and(|token| {
            let (whole, _) = token.text.split_once('.').unwrap_or((token.text, ""));
            token.kind == TokenKind::Number
                && whole.len() == 3
                && whole.bytes().all(|byte| byte.is_ascii_digit())
                && token.start - tokens[groups - 1].end <= 3
        }) && !tokens[groups - 1].text.contains('.')
            && groups - at < 9
        {
            groups += 1;
        }
        if groups > at + 2 {
            let joined: String = tokens[at..groups].iter().map(|token| token.text).collect();
            (value, precision, _) = split_digits(&joined)?;
            read = Numeral { value, precision, end: groups, ..read };
        }
    }
    // "6 1/2" and "1/2".
    if let Some((part, end)) = slash_fraction(tokens, at) {
        return Some(Numeral { value: part, precision: precision_of(part), end, form: Form::Fraction, ..read });
    }
    if read.value.fract() == 0.0
        && let Some((part, end)) = slash_fraction(tokens, read.end)
    {
        read.value += part;
        read.precision = precision_of(part);
        read.end = end;
    }
    if let Some((part, end)) = and_part(tokens, read.end) {
        read.value += part;
        read.precision = precision_of(part);
        read.end = end;
    }
    read.multiply(tokens);
    Some(read)
}

/// A fraction written with a slash, below one and with a usual denominator. "9/11" and "24/7" are names.
fn slash_fraction(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let (over, under) = (tokens.get(at)?, tokens.get(at + 2)?);
    if !is_mark(tokens, at + 1, '/') || !glued(tokens, at) || !glued(tokens, at + 1) || is_mark(tokens, at + 3, '/') {
        return None;
    }
    let numerator: u32 = over.text.parse().ok()?;
    let digits = under.text.bytes().take_while(u8::is_ascii_digit).count();
    let denominator: u32 = under.text[..digits].parse().ok()?;
    let usual = matches!(denominator, 2..=10 | 12 | 15 | 16 | 20 | 32 | 64 | 100 | 1000);
    (digits == under.text.len() && usual && numerator > 0 && numerator < denominator)
        .then(|| (f64::from(numerator) / f64::from(denominator), at + 3))
}

/// "and a half", "and three quarters", joined by hyphens or not.
fn and_part(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let and = past_hyphen(tokens, at);
    if !is_word(tokens, and, "and") {
        return None;
    }
    let mut next = past_hyphen(tokens, and + 1);
    let mut numerator = 1.0;
    match class(tokens, next) {
        Some(("small", value)) => {
            numerator = value;
            next = past_hyphen(tokens, next + 1);
        }
        _ if is_word(tokens, next, "a") || is_word(tokens, next, "an") => next = past_hyphen(tokens, next + 1),
        Some(("half" | "quarter", _)) => {}
        _ => return None,
    }
    match class(tokens, next)? {
        ("half" | "quarter", denominator) => Some((numerator / denominator, next + 1)),
        ("parts", denominator) if numerator > 1.0 => Some((numerator / denominator, next + 1)),
        ("ordinal", denominator) if numerator == 1.0 && denominator >= 3.0 => Some((1.0 / denominator, next + 1)),
        _ => None,
    }
}

impl Numeral {
    /// False for a number beyond what any claim tells of, and for what no number can hold.
    pub(in crate::normalize) fn is_told(&self) -> bool {
        self.value.abs() <= LARGEST
    }

    /// Multiplies value and precision.
    pub(in crate::normalize) fn scale(&mut self, factor: f64) {
        self.value *= factor;
        self.precision *= factor;
        self.scaled = true;
    }

    /// Takes the words of magnitude that follow: "million", "hundred thousand", "dozen".
    pub(in crate::normalize) fn multiply(&mut self, tokens: &[Token<'_>]) {
        // Beyond the largest number nothing is read from any of these words, so the rest of them need no look.
        while self.value <= LARGEST {
            let next = past_hyphen(tokens, self.end);
            let Some((class, factor)) = class(tokens, next) else { return };
            let fits = match class {
                "scale" | "group" | "hundred" => true,
                "plural" => factor > 20.0 || factor == 12.0,
                "short-scale" => self.form == Form::Digits,
                _ => false,
            };
            if !fits {
                return;
            }
            self.scale(factor);
            self.end = next + 1;
        }
    }
}

/// A number that begins with a word.
fn words(tokens: &[Token<'_>], at: usize) -> Option<Numeral> {
    let article = is_word(tokens, at, "a") || is_word(tokens, at, "an");
    let first = if article { at + 1 } else { at };
    match class(tokens, first)? {
        ("plural", least) if !article => return vague(tokens, first, least),
        ("half" | "quarter", denominator) => return part(tokens, at, first, denominator),
        ("ordinal", denominator) if article => {
            // "a third of", but not "a third man".
            let of = is_word(tokens, first + 1, "of") && denominator >= 3.0;
            return of.then(|| fraction(1.0 / denominator, first + 1));
        }
        ("hundred" | "scale" | "group" | "small" | "tens" | "ordinal", _) => {}
        _ => return None,
    }
    if article && !matches!(class(tokens, first), Some(("hundred" | "scale" | "group", _))) {
        return None;
    }
    let read = cardinal(tokens, first)?;
    Some(read)
}

fn fraction(value: f64, end: usize) -> Numeral {
    Numeral { value, precision: precision_of(value), end, form: Form::Fraction, rest: None, scaled: false }
}

/// "dozens", "hundreds of thousands": the least number the words can mean.
fn vague(tokens: &[Token<'_>], at: usize, unit: f64) -> Option<Numeral> {
    let mut least = unit;
    let mut end = at + 1;
    while is_word(tokens, end, "of") && end < at + 5 {
        let Some(("plural", factor)) = class(tokens, end + 1) else { break };
        least *= factor;
        end += 2;
    }
    // "tens" alone is a digit, and "scores" alone may be the results of games.
    let alone = end == at + 1;
    if alone && (is_word(tokens, at, "tens") || is_word(tokens, at, "scores") && !is_word(tokens, end, "of")) {
        return None;
    }
    Some(Numeral { value: 2.0 * least, precision: least, end, form: Form::Vague, rest: None, scaled: true })
}

/// "half", "a quarter", "half a million".
fn part(tokens: &[Token<'_>], at: usize, word: usize, denominator: f64) -> Option<Numeral> {
    if at > 0 && (matches!(class(tokens, at - 1), Some(("ordinal", _))) || is_word(tokens, at - 1, "and")) {
        return None;
    }
    let mut read = fraction(1.0 / denominator, word + 1);
    let next = past_hyphen(tokens, read.end);
    let inner = next + usize::from(is_word(tokens, next, "a"));
    if matches!(class(tokens, inner), Some(("scale" | "group" | "hundred", _))) {
        read.end = inner;
        read.form = Form::Words;
        read.multiply(tokens);
        read.precision = precision_of(read.value);
    }
    Some(read)
}

/// A number in words, after any article.
fn cardinal(tokens: &[Token<'_>], at: usize) -> Option<Numeral> {
    let (mut total, mut current) = (0.0_f64, 0.0_f64);
    let mut last = "";
    let mut end = at;
    let mut scaled = false;
    let mut next = at;
    while let Some((class, value)) = class(tokens, next) {
        match (last, class) {
            ("" | "tens" | "hundred" | "scale", "small") if last != "tens" || (1.0..10.0).contains(&value) => {
                current += value;
            }
            ("" | "hundred" | "scale", "tens") => current += value,
            ("" | "small" | "tens", "hundred") => {
                current = current.max(if last.is_empty() { 1.0 } else { 0.0 }) * value
            }
            ("hundred", "hundred") => break,
            (_, "scale") | ("small" | "tens" | "hundred" | "scale", "plural") if value > 20.0 => {
                if last == "scale" && current == 0.0 {
                    total *= value;
                } else if total > 0.0 && value > total {
                    total = (total + current) * value;
                } else {
                    total += if last.is_empty() { value } else { current * value };
                }
                current = 0.0;
                scaled = true;
            }
            (_, "group") | ("small" | "tens" | "hundred" | "scale", "plural") => {
                let number = if last.is_empty() { 1.0 } else { total + current };
                (total, current) = (number * value, 0.0);
                end = next + 1;
                break;
            }
            ("", "ordinal") | ("tens" | "hundred" | "scale", "ordinal") if last != "tens" || value < 10.0 => {
                return Some(ordinal(total + current + value, next + 1));
            }
            _ => break,
        }
        last = if class == "plural" { "scale" } else { class };
        end = next + 1;
        if end - at > 40 || total > LARGEST {
            return None;
        }
        next = past_hyphen(tokens, end);
        let joins = matches!(last, "hundred" | "scale") && is_word(tokens, next, "and");
        // "one hundred and three quarters" adds a part, not three.
        let part = matches!(self::class(tokens, next + 1), Some(("small", _)))
            && matches!(self::class(tokens, past_hyphen(tokens, next + 2)), Some(("parts" | "quarter", _)));
        if joins && !part && matches!(self::class(tokens, next + 1), Some(("small" | "tens", _))) {
            next += 1;
        }
    }
    if last.is_empty() && end == at {
        return None;
    }
    let value = total + current;
    let mut read = Numeral { value, precision: precision_of(value), end, form: Form::Words, rest: None, scaled };
    if let Some(done) = point(tokens, &read) {
        read = done;
    }
    if let Some((part, end)) = and_part(tokens, read.end) {
        read.value += part;
        read.precision = precision_of(part);
        read.end = end;
        read.multiply(tokens);
        return Some(read);
    }
    // "two-thirds", "one fifth".
    let parts = past_hyphen(tokens, read.end);
    match self::class(tokens, parts) {
        Some(("parts", denominator)) if denominator != 2.0 || read.value == 2.0 => {
            return Some(fraction(read.value / denominator, parts + 1));
        }
        Some(("ordinal" | "half" | "quarter", denominator)) if read.value == 1.0 && denominator >= 2.0 => {
            return Some(fraction(1.0 / denominator, parts + 1));
        }
        _ => {}
    }
    read.multiply(tokens);
    Some(read)
}

fn ordinal(value: f64, end: usize) -> Numeral {
    Numeral { value, precision: 0.5, end, form: Form::Ordinal, rest: None, scaled: false }
}

/// "two point five": digits spoken after the point.
fn point(tokens: &[Token<'_>], whole: &Numeral) -> Option<Numeral> {
    if !is_word(tokens, whole.end, "point") {
        return None;
    }
    let mut place = 1.0;
    let mut value = whole.value;
    let mut end = whole.end + 1;
    while let Some(("small", digit)) = class(tokens, end) {
        if digit > 9.0 || end - whole.end > 12 {
            break;
        }
        place /= 10.0;
        value += digit * place;
        end += 1;
    }
    (end > whole.end + 1).then(|| {
        let mut read = Numeral { value, precision: place / 2.0, end, form: Form::Words, rest: None, scaled: false };
        read.multiply(tokens);
        read
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokenize;

    fn value(text: &str) -> Option<f64> {
        numeral(&tokenize(text), 0).map(|read| read.value)
    }

    #[test]
    fn words_and_digits_make_one_number() {
        for (text, expected) in [
            ("1,200", 1200.0),
            ("1.2 million", 1.2e6),
            ("3.5k", 3500.0),
            ("4bn", 4e9),
            ("twenty-one", 21.0),
            ("two hundred and five thousand and six", 205_006.0),
            ("two and a half", 2.5),
            ("two-and-a-half million", 2.5e6),
            ("a dozen", 12.0),
            ("half a million", 5e5),
            ("half a dozen", 6.0),
            ("nine point nought four", 9.04),
            ("6 1/2", 6.5),
            ("2½", 2.5),
            ("a hundred thousand", 1e5),
            ("one and three quarters", 1.75),
        ] {
            let read = value(text).expect(text);
            assert!((read - expected).abs() < 1e-9 * expected, "{text}: {read}");
        }
    }

    #[test]
    fn fractions_and_ranks_are_told_apart() {
        let form = |text: &str| numeral(&tokenize(text), 0).map(|read| read.form);
        assert_eq!(form("two-thirds"), Some(Form::Fraction));
        assert_eq!(form("twenty-third"), Some(Form::Ordinal));
        assert_eq!(form("a third of them"), Some(Form::Fraction));
        assert_eq!(form("a third man"), None);
        assert_eq!(form("hundreds of thousands"), Some(Form::Vague));
    }

    #[test]
    fn names_with_a_slash_are_no_fractions() {
        assert_eq!(value("9/11"), Some(9.0));
        assert_eq!(value("3/4"), Some(0.75));
    }

    #[test]
    fn the_last_significant_digit_sets_the_precision() {
        let precision = |text: &str| numeral(&tokenize(text), 0).map(|read| read.precision);
        assert_eq!(precision("300 million"), Some(50e6));
        assert_eq!(precision("1.25"), Some(0.005));
        assert_eq!(precision("312"), Some(0.5));
        assert_eq!(precision("three hundred"), Some(50.0));
    }
}
