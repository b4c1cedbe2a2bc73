//! Words and signs after (or before) a number → unit codes, and the arithmetic between units of one dimension.
//!
//! In: tokens and a position. Out: a UCUM code, an ISO 4217 code or `%`. It converts on request and never by itself.

use super::numerals::{Form, Numeral, glued, is_mark, past_hyphen};
use crate::lexicon::{self, Table};
use crate::model::QuantityKind;
use crate::text::tokens::{Token, TokenKind};

/// A unit that was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    /// Its code.
    pub code: &'static str,
    /// What the written number is to be multiplied by: 10 for "decades".
    pub factor: f64,
    /// Index of the token after it.
    pub end: usize,
    /// What sort of quantity it makes.
    pub kind: QuantityKind,
}

/// Longest unit phrase in tokens ("square kilometers per hour" has four).
const LONGEST_PHRASE: usize = 4;
/// "pounds" without any cue is money from this amount on, and a weight below.
const POUNDS_OF_MONEY: f64 = 10_000.0;
/// How far a pound sign may stand from "pounds" to make them money.
const STERLING_REACH: usize = 40;
/// "won" is a currency from this amount on; below, it is a verb ("the 3 won").
const WON_OF_MONEY: f64 = 100.0;

/// The longest entry of `table` that begins at token `at`: its values and the index after it.
pub(super) fn longest(
    table: &'static Table,
    tokens: &[Token<'_>],
    at: usize,
    accept: impl Fn(&[&str]) -> bool,
) -> Option<(&'static [&'static str], usize)> {
    let first = tokens.get(at)?.folded.as_str();
    if !table.starts_phrase(first.strip_suffix("'s").unwrap_or(first)) {
        // Most words are no entry, and no entry of several words begins with them.
        return table.values(first).filter(|values| accept(values)).map(|values| (values, at + 1));
    }
    let mut phrase = String::new();
    let mut found = None;
    for (offset, token) in tokens.iter().skip(at).take(LONGEST_PHRASE).enumerate() {
        if offset > 0 {
            phrase.push(' ');
        }
        phrase.push_str(&token.folded);
        if phrase.len() > 40 {
            break;
        }
        if let Some(values) = table.values(&phrase).filter(|values| accept(values)) {
            found = Some((values, at + offset + 1));
        }
    }
    found
}

/// The unit after a number, if any: currency, share, measure or time.
pub(super) fn unit_after(tokens: &[Token<'_>], read: &Numeral) -> Option<Unit> {
    if let Some(rest) = &read.rest {
        return glued_unit(rest, tokens, read);
    }
    let at = past_hyphen(tokens, read.end);
    // "half an hour", "a quarter of a mile", "20 [kg]".
    let at = if read.form == Form::Fraction || is_half(read) { past_article(tokens, at) } else { at };
    // "20 [kg]", "20 (kg)": in round brackets only where nothing else stands in them.
    let open = is_mark(tokens, at, '[') || is_mark(tokens, at, '{');
    if is_mark(tokens, at, '(') {
        let (values, end) = longest(lexicon::units(), tokens, at + 1, |_| true)?;
        return is_mark(tokens, end, ')').then(|| unit(values[0], end + 1));
    }
    let at = at + usize::from(open);
    let currency =
        longest(lexicon::currencies(), tokens, at, |values| values[1..].iter().any(|place| *place != "prefix"));
    // "two $1-million loans": the sign belongs to the number after it.
    let next_sum = |end: usize| {
        tokens[end - 1].kind == TokenKind::Mark
            && !glued(tokens, at - 1)
            && tokens.get(end).is_some_and(|next| next.kind == TokenKind::Number)
    };
    if let Some((values, end)) = currency.filter(|(_, end)| at == 0 || !next_sum(*end)) {
        let word = tokens[at].kind != TokenKind::Word || tokens[at].text.len() > 1;
        let won = values[1..].contains(&"won");
        // "10 grand", "two nickels": of so many of the currency each.
        let factor = values[1..].iter().find_map(|place| place.strip_prefix('x')?.parse().ok());
        let slang = factor.is_none() || slang_is_money(tokens, at, end, read);
        if word && slang && (!won || won_is_money(tokens, end, read)) {
            return Some(Unit { code: values[0], factor: factor.unwrap_or(1.0), end, kind: QuantityKind::Money });
        }
    }
    if let Some(unit) = degrees_by_letter(tokens, at, read) {
        return Some(unit);
    }
    let (values, end) = longest(lexicon::units(), tokens, at, |_| true)?;
    let token = &tokens[at];
    let fits = match values[1] {
        "short" => {
            read.form != Form::Words
                && !(token.text.len() == 1 && token.is_capitalized() && !matches!(token.text, "L"))
                && (matches!(read.form, Form::Digits | Form::Fraction) || glued(tokens, read.end))
        }
        "last" => !tokens.get(end).is_some_and(|next| matches!(next.kind, TokenKind::Word | TokenKind::Number)),
        _ => true,
    };
    if !fits {
        return None;
    }
    if values[1] == "pound" && pounds_are_money(tokens, at, end, read) {
        return Some(Unit { code: "GBP", factor: 1.0, end, kind: QuantityKind::Money });
    }
    Some(unit(values[0], end))
}

/// Beyond these no weather, oven or fever is told of, and "1200 C" is as often a name.
const DEGREES: std::ops::RangeInclusive<f64> = -130.0..=900.0;

/// "35 C", "95 F": degrees, where nothing follows that the letter could belong to.
fn degrees_by_letter(tokens: &[Token<'_>], at: usize, read: &Numeral) -> Option<Unit> {
    let code = match tokens.get(at)?.text {
        "C" => "Cel",
        "F" => "[degF]",
        _ => return None,
    };
    let closed = tokens.get(at + 1).is_none_or(|next| match next.kind {
        TokenKind::Mark => !matches!(next.text, "-" | "+" | "#" | "/" | "&" | "'"),
        _ => lexicon::function_words().has(&next.folded),
    });
    let plain = read.form == Form::Digits && !read.scaled && at == read.end && DEGREES.contains(&read.value);
    (plain && closed).then(|| unit(code, at + 1))
}

fn is_half(read: &Numeral) -> bool {
    read.value.fract() != 0.0 && read.form == Form::Words
}

/// The index after "a", "an", "of", "of a", "of an".
pub(super) fn past_article(tokens: &[Token<'_>], at: usize) -> usize {
    let of = tokens.get(at).is_some_and(|token| token.folded == "of");
    let at = at + usize::from(of);
    at + usize::from(tokens.get(at).is_some_and(|token| matches!(token.folded.as_str(), "a" | "an")))
}

/// "10 grand" but not "10 Grand Slams", "two nickels" but not "nickel".
fn slang_is_money(tokens: &[Token<'_>], at: usize, end: usize, read: &Numeral) -> bool {
    let closed = tokens.get(end).is_none_or(|next| {
        next.kind == TokenKind::Mark && !next.is_mark('-') || lexicon::function_words().has(&next.folded)
    });
    closed && !tokens[at].is_capitalized() && (read.value > 1.0 || is_half(read)) && read.form != Form::Ordinal
}

fn won_is_money(tokens: &[Token<'_>], end: usize, read: &Numeral) -> bool {
    read.value >= WON_OF_MONEY
        && !tokens
            .get(end)
            .is_some_and(|next| matches!(next.folded.as_str(), "the" | "a" | "an" | "by" | "their" | "his"))
}

/// Pounds weigh where something is weighed or follows with "of"; they are money in millions, in sterling, or in plenty.
fn pounds_are_money(tokens: &[Token<'_>], at: usize, end: usize, read: &Numeral) -> bool {
    let cue = |token: &Token<'_>| {
        lexicon::value_cues().values(&token.folded).is_some_and(|classes| classes.contains(&"weighs"))
    };
    let near = at.saturating_sub(STERLING_REACH)..(at + STERLING_REACH).min(tokens.len());
    let sterling = tokens[near].iter().any(|token| token.is_mark('£'));
    let window = at.saturating_sub(6)..(end + 3).min(tokens.len());
    if tokens[window].iter().any(cue) {
        return false;
    }
    // "fell to 41.20 pounds": pence have two digits.
    let pence = at > 0 && read.form == Form::Digits && tokens[at - 1].text.len() > 3 && {
        let written = tokens[at - 1].text;
        written.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() == 2)
    };
    if pence {
        return true;
    }
    if tokens.get(end).is_some_and(|next| next.folded == "of") {
        return read.scaled && read.value >= 1e6;
    }
    sterling || read.scaled && read.value >= 1e6 || read.value >= POUNDS_OF_MONEY
}

/// A unit glued to the digits: "7.62mm", "5km", "30C".
fn glued_unit(rest: &str, tokens: &[Token<'_>], read: &Numeral) -> Option<Unit> {
    let folded = crate::text::fold::fold(rest);
    // "188km/h": the slash and what follows are tokens of their own.
    if tokens.get(read.end).is_some_and(|token| token.is_mark('/')) && glued(tokens, read.end - 1) {
        let speed = tokens.get(read.end + 1).map(|token| format!("{folded} / {}", token.folded)).unwrap_or_default();
        if let Some(values) = lexicon::units().values(&speed) {
            return Some(unit(values[0], read.end + 2));
        }
    }
    // "3.14US$": the sign is a token of its own.
    if let Some(next) = tokens.get(read.end).filter(|next| next.kind == TokenKind::Mark && glued(tokens, read.end - 1))
        && let Some(values) = lexicon::currencies().values(&format!("{folded} {}", next.folded))
    {
        return Some(Unit { code: values[0], factor: 1.0, end: read.end + 1, kind: QuantityKind::Money });
    }
    match rest {
        "C" => return Some(unit("Cel", read.end)),
        "F" => return Some(unit("[degF]", read.end)),
        _ => {}
    }
    if let Some(values) = lexicon::currencies().values(&folded)
        && rest.chars().count() > 1
        && values[1..].iter().any(|place| *place != "prefix")
    {
        return Some(Unit { code: values[0], factor: 1.0, end: read.end, kind: QuantityKind::Money });
    }
    let values = lexicon::units().values(&folded)?;
    if rest.len() == 1 && rest.chars().all(char::is_uppercase) && rest != "L" {
        return None;
    }
    Some(unit(values[0], read.end))
}

/// A unit by its code as the table writes it, with a leading factor: `10a`.
pub(super) fn unit(code: &'static str, end: usize) -> Unit {
    let digits = code.bytes().take_while(u8::is_ascii_digit).count();
    let (factor, code) = (code[..digits].parse().unwrap_or(1.0), &code[digits..]);
    let (factor, code) = if code == "bp" { (0.01, "%{pp}") } else { (factor, code) };
    let kind = match code {
        "%" => QuantityKind::Percent,
        "s" | "min" | "h" | "d" | "wk" | "mo" | "a" => QuantityKind::Duration,
        _ => QuantityKind::Measure,
    };
    Unit { code, factor, end, kind }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::amounts::convert;

    #[test]
    fn units_of_one_dimension_meet_in_its_base() {
        let (miles, base) = convert(3.1, "[mi_i]").expect("known");
        let (kilometers, same) = convert(4.989, "km").expect("known");
        assert_eq!(base, same);
        assert!((miles - kilometers).abs() < 1.0);
        let (warm, _) = convert(98.6, "[degF]").expect("known");
        assert!((warm - 37.0).abs() < 1e-9);
        assert_eq!(convert(5.0, "USD"), None);
    }

    #[test]
    fn every_unit_but_angles_and_volts_converts() {
        for (entry, values) in lexicon::units().rows() {
            let code = unit(values[0], 0).code;
            assert!(convert(1.0, code).is_some() || matches!(code, "deg" | "V"), "{entry}: {code}");
        }
    }
}
