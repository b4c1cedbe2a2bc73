//! Tokens → one number, written in digits, in words or in both ("1.2 million", "twenty-one", "two and a half").
//!
//! In: the tokens of a text and the index where a number may begin. Out: its value, how precisely it is written and where
//! it ends. It knows nothing of units, bounds or of what is counted.

pub(in crate::normalize) use super::digits::{precision_of, split_digits};
use super::fractions::{
    add_part_of_scale, and_part, denominated, fraction, half, over, part, past_loose_hyphen, slash_fraction,
};
use super::notations::{continental, power, power_of_ten, spaced_groups, spoken_decimals, times_power_of_ten};
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
    /// As a vague small number, of which it is the middle: "a few", "several".
    Loose,
}

/// Numbers above this are no claim about the world, and sums of them would overflow.
const LARGEST: f64 = 1e30;
/// The largest power of ten that is read after an "e".
pub(super) const LARGEST_POWER: i32 = 30;

/// The number that begins at token `at`.
pub(in crate::normalize) fn numeral(tokens: &[Token<'_>], at: usize) -> Option<Numeral> {
    written(tokens, at).filter(Numeral::is_told)
}

/// The same where the number may be too large to be told: whoever reads on must pass over the whole of it.
pub(super) fn written(tokens: &[Token<'_>], at: usize) -> Option<Numeral> {
    let token = tokens.get(at)?;
    let read = match token.kind {
        TokenKind::Number => digits(tokens, at, token.text),
        TokenKind::Word => words(tokens, at),
        TokenKind::Mark if opens_decimals(tokens, at) => digits(tokens, at + 1, &format!(".{}", tokens[at + 1].text)),
        _ => None,
    }?;
    Some(over(tokens, at, &read).unwrap_or(read))
}

/// True for the point of ".5": it hangs on the digits after it and on no word before it.
fn opens_decimals(tokens: &[Token<'_>], at: usize) -> bool {
    let free = at == 0
        || !glued(tokens, at - 1)
        || tokens[at - 1].kind == TokenKind::Mark
            && !matches!(tokens[at - 1].text, "." | "," | ":" | ";" | ")" | "]" | "/");
    let digits = |next: &Token<'_>| next.kind == TokenKind::Number && !next.text.contains(['.', ',', ':']);
    is_mark(tokens, at, '.') && free && glued(tokens, at) && tokens.get(at + 1).is_some_and(digits)
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

/// A number that begins with the digits `text` of token `at`.
fn digits(tokens: &[Token<'_>], at: usize, text: &str) -> Option<Numeral> {
    let (value, precision, rest) = split_digits(text).or_else(|| continental(tokens, at))?;
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
            _ => match power_of_ten(tokens, at, &folded) {
                Some((power, end)) => {
                    read.scale(10_f64.powi(power));
                    read.end = end;
                }
                None if times_power_of_ten(tokens, at, &folded).is_some() => {}
                None => read.rest = Some(rest.to_owned()),
            },
        },
    }
    if let Some((power, end)) = times_power_of_ten(tokens, at, &folded) {
        read.scale(10_f64.powi(power));
        return Some(Numeral { end, ..read });
    }
    if read.rest.is_some() || read.scaled && class(tokens, read.end).is_none() {
        return Some(read);
    }
    if let Some(grouped) = spaced_groups(tokens, at) {
        read = grouped;
    }
    // "6 1/2" and "1/2".
    if let Some((part, end, rest)) = slash_fraction(tokens, at) {
        let form = Form::Fraction;
        return Some(Numeral { value: part, precision: precision_of(part), end, form, rest, ..read });
    }
    if read.value.fract() == 0.0
        && let Some((part, end, rest)) = slash_fraction(tokens, read.end)
    {
        read = Numeral { value: read.value + part, precision: precision_of(part), end, rest, ..read };
    }
    if let Some((part, end)) = and_part(tokens, read.end) {
        read = Numeral { value: read.value + part, precision: precision_of(part), end, ..read };
    }
    if let Some((value, end)) = power(tokens, &read) {
        return Some(Numeral { value, precision: precision_of(value), end, ..read });
    }
    if let Some(read) = spoken_decimals(tokens, &read) {
        return Some(read);
    }
    read.multiply(tokens);
    if read.scaled {
        add_part_of_scale(tokens, &mut read);
    }
    Some(read)
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
            // "1,674 M": no unit is written with a capital M apart from its number.
            if self.form == Form::Digits && !self.scaled && tokens.get(next).is_some_and(|next| next.text == "M") {
                self.scale(1e6);
                self.end = next + 1;
                continue;
            }
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
        ("some", _) => return several(tokens, first),
        ("half" | "quarter", denominator) => return half(tokens, at, first, denominator),
        // "score" alone is the result of a game: "a score of ships".
        ("group", 20.0) => {
            let counts = article && is_word(tokens, first + 1, "of") && class(tokens, first + 2).is_none();
            if !counts || tokens.get(first + 2).is_none_or(|next| next.kind != TokenKind::Word) {
                return None;
            }
        }
        ("hundred" | "scale" | "group", _) => {}
        ("ordinal", rank) if article => return part(tokens, at, &ordinal(rank, first + 1)),
        ("tens", _) if article => return part(tokens, at, &cardinal(tokens, first)?),
        ("small" | "tens" | "ordinal", _) if !article => {}
        _ => return None,
    }
    let read = cardinal(tokens, first)?;
    Some(part(tokens, at, &read).unwrap_or(read))
}

/// "several hundred", "a few dozen", "a couple of thousand": at least two of them.
fn several(tokens: &[Token<'_>], at: usize) -> Option<Numeral> {
    let next = at + 1 + usize::from(is_word(tokens, at + 1, "of"));
    matches!(class(tokens, next), Some(("hundred" | "scale" | "group", _))).then_some(())?;
    let unit = cardinal(tokens, next)?;
    Some(Numeral { value: 2.0 * unit.value, precision: unit.value, form: Form::Vague, scaled: true, ..unit })
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

/// A number in words, after any article.
fn cardinal(tokens: &[Token<'_>], at: usize) -> Option<Numeral> {
    let (mut total, mut current) = (0.0_f64, 0.0_f64);
    let mut last = "";
    let mut last_tens = 0.0;
    let mut joined = false;
    let mut end = at;
    let mut scaled = false;
    let mut next = at;
    while let Some((class, value)) = class(tokens, next) {
        match (last, class) {
            ("" | "tens" | "hundred" | "scale", "small") if last != "tens" || (1.0..10.0).contains(&value) => {
                current += value;
            }
            ("" | "hundred" | "scale", "tens") => {
                current += value;
                last_tens = value;
            }
            // "one hundred thirty-fifths": the tens belong to the parts; "one hundred and thirty fifths": to the number.
            ("tens", "parts") if value < 10.0 && total + current > last_tens && !joined => {
                return Some(fraction((total + current - last_tens) / (last_tens + value), next + 1));
            }
            ("" | "small" | "tens", "hundred") => {
                current = current.max(if last.is_empty() { 1.0 } else { 0.0 }) * value
            }
            ("hundred", "hundred") => break,
            (_, "scale") | ("small" | "tens" | "hundred" | "scale", "plural" | "short-scale") if value > 20.0 => {
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
            // "five thousandth" ranks; the parts are "five thousandths".
            ("small" | "tens" | "hundred", "ordinal") if value >= 100.0 && total + current > 1.0 => {
                return Some(ordinal((total + current) * value, next + 1));
            }
            ("", "ordinal") | ("tens" | "hundred" | "scale", "ordinal") if last != "tens" || value < 10.0 => {
                return Some(ordinal(total + current + value, next + 1));
            }
            _ => break,
        }
        last = if matches!(class, "plural" | "short-scale") { "scale" } else { class };
        end = next + 1;
        if end - at > 40 || total > LARGEST {
            let value = f64::INFINITY;
            return Some(Numeral { value, precision: value, end, form: Form::Words, rest: None, scaled: true });
        }
        let digit =
            |at: usize| matches!(self::class(tokens, at), Some(("small", digit)) if (1.0..10.0).contains(&digit));
        // "fifty - two".
        let loose = past_loose_hyphen(tokens, end);
        next = if last == "tens" && digit(loose) { loose } else { past_hyphen(tokens, end) };
        // "twenty and four hours"; but "aged twenty and four", "between twenty and four" are two numbers.
        let old = last == "tens"
            && is_word(tokens, next, "and")
            && digit(next + 1)
            && !at.checked_sub(1).is_some_and(|before| {
                matches!(tokens[before].folded.as_str(), "between" | "both" | "from" | "aged" | "age" | "ages" | ",")
            });
        let joins = matches!(last, "hundred" | "scale") && is_word(tokens, next, "and") || old;
        // "one hundred and three quarters" adds a part, not three.
        let part = matches!(self::class(tokens, next + 1), Some(("small", _)))
            && matches!(self::class(tokens, past_hyphen(tokens, next + 2)), Some(("parts" | "quarter" | "half", _)));
        if joins && !part && matches!(self::class(tokens, next + 1), Some(("small" | "tens", _))) {
            next += 1;
            joined = true;
        }
    }
    if last.is_empty() && end == at {
        return None;
    }
    let value = total + current;
    let mut read = Numeral { value, precision: precision_of(value), end, form: Form::Words, rest: None, scaled };
    if let Some(done) = spoken_decimals(tokens, &read) {
        read = done;
    }
    let whole = read.end;
    add_part_of_scale(tokens, &mut read);
    if read.end > whole {
        return Some(read);
    }
    if let Some((part, end)) = and_part(tokens, read.end) {
        read.value += part;
        read.precision = precision_of(part);
        read.end = end;
        read.multiply(tokens);
        return Some(read);
    }
    if let Some(parts) = denominated(tokens, &read) {
        return Some(parts);
    }
    read.multiply(tokens);
    Some(read)
}

fn ordinal(value: f64, end: usize) -> Numeral {
    Numeral { value, precision: 0.5, end, form: Form::Ordinal, rest: None, scaled: false }
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
