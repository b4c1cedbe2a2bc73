//! The digits of one token → a number with its precision.
//!
//! In: a token as written. Out: value, half place value, and the letters that follow. It sees one token only.

/// Half the place value of the last digit of `value` that is not zero.
pub(in crate::normalize) fn precision_of(value: f64) -> f64 {
    let mut place = 1.0;
    if value == 0.0 || !value.is_finite() {
        return 0.5;
    }
    if value.fract() != 0.0 {
        for _ in 0..3 {
            place /= 10.0;
            if ((value / place) - (value / place).round()).abs() < 1e-6 {
                break;
            }
        }
    } else {
        while (value / (place * 10.0)).fract() == 0.0 {
            place *= 10.0;
        }
    }
    place / 2.0
}

/// The digits of one token: value, half place value, and the letters that follow.
pub(in crate::normalize) fn split_digits(written: &str) -> Option<(f64, f64, &str)> {
    if written.len() <= EXACT_DIGITS && !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: u64 = written.parse().ok()?;
        return Some((number as f64, precision_of_whole(written), ""));
    }
    let mut plain = String::with_capacity(written.len());
    let mut end = 0;
    let mut part = None;
    for (offset, character) in written.char_indices() {
        if let Some(digit) = digit(character) {
            plain.push(digit);
        } else if matches!(character, '.' | ',') {
            plain.push(character);
        } else if let Some(value) = vulgar_fraction(character) {
            part = Some(value);
            end = offset + character.len_utf8();
            break;
        } else {
            break;
        }
        end = offset + character.len_utf8();
    }
    let rest = &written[end..];
    if rest.starts_with(|next: char| next.is_numeric() || next == ':') || (plain.is_empty() && part.is_none()) {
        return None;
    }
    let (whole, decimals) = match plain.split_once('.') {
        Some((whole, decimals)) => (whole, decimals),
        None => (plain.as_str(), ""),
    };
    if decimals.contains(['.', ',']) || !grouped(whole) {
        return None;
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let number: f64 = if plain.is_empty() { 0.0 } else { format!("{whole}.{decimals}0").parse().ok()? };
    let precision = if let Some(part) = part {
        precision_of(part)
    } else if decimals.is_empty() {
        precision_of_whole(&whole)
    } else {
        10_f64.powi(-i32::try_from(decimals.len()).unwrap_or(0)) / 2.0
    };
    Some((number + part.unwrap_or(0.0), precision, rest))
}

/// Whole numbers of so many digits are exact.
const EXACT_DIGITS: usize = 15;

/// Half the place value of the last digit that is not zero, of a number without decimals.
fn precision_of_whole(digits: &str) -> f64 {
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let place = if zeros == digits.len() { 0 } else { zeros };
    10_f64.powi(i32::try_from(place).unwrap_or(0)) / 2.0
}

/// "12,5" and "1.234,5": digits in the continental way, with a comma before the decimals. Whether "12,5" is meant so the
/// token alone cannot tell; a stop between groups settles it, which the last field says.
pub(super) fn comma_decimals(written: &str) -> Option<(f64, f64, &str, bool)> {
    let (whole, tail) = written.split_once(',')?;
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    let (decimals, rest) = tail.split_at(digits);
    let stops = whole.contains('.');
    let usual = if stops { (1..=3).contains(&digits) } else { (1..=2).contains(&digits) };
    if !usual || rest.starts_with(|next: char| next.is_numeric() || matches!(next, '.' | ',' | ':')) {
        return None;
    }
    let groups = whole.replace('.', ",");
    if !grouped(&groups) || !groups.bytes().all(|byte| byte.is_ascii_digit() || byte == b',') {
        return None;
    }
    let number: f64 = format!("{}.{decimals}", groups.replace(',', "")).parse().ok()?;
    Some((number, 10_f64.powi(-i32::try_from(digits).unwrap_or(0)) / 2.0, rest, stops))
}

/// True where commas stand between groups of three digits, or of two before the last three, as in India.
fn grouped(whole: &str) -> bool {
    let groups: Vec<&str> = whole.split(',').collect();
    let Some((last, before)) = groups.split_last() else { return true };
    before.is_empty()
        || (last.len() == 3
            && before[1..].iter().all(|group| group.len() == 3 || group.len() == 2)
            && (1..=3).contains(&before[0].len()))
}

fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '\u{FF10}'..='\u{FF19}' => char::from_digit(character as u32 - 0xFF10, 10),
        _ => None,
    }
}

fn vulgar_fraction(character: char) -> Option<f64> {
    Some(match character {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '⅕' => 0.2,
        '⅖' => 0.4,
        '⅗' => 0.6,
        '⅘' => 0.8,
        '⅙' => 1.0 / 6.0,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        _ => return None,
    })
}
