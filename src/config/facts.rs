//! The text of a `facts.toml` → facts. It refuses what it does not know, with the line.

use super::keys::day;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Fact, Tolerance};
use serde::Deserialize;
use std::path::Path;
use toml::{Spanned, Value};

/// What stands in a claim for the value that is given apart.
const VALUE: &str = "{value}";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fact: Vec<Spanned<Item>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Item {
    claim: Spanned<String>,
    value: Option<Spanned<Value>>,
    unit: Option<String>,
    tolerance: Option<Spanned<Value>>,
    valid_from: Option<Spanned<Value>>,
    valid_until: Option<Spanned<Value>>,
    source: Option<String>,
}

/// Reads the facts of the file `path`, whose text is `text`.
///
/// # Errors
///
/// Text that is no TOML, an unknown key, a claim without words, a value without its place in the claim, a tolerance or day that is
/// none.
pub fn facts(path: &Path, text: &str) -> Result<Vec<Fact>> {
    let line = |offset: usize| 1 + text.as_bytes().iter().take(offset).filter(|&&byte| byte == b'\n').count();
    let at = |offset: usize, message: &str| {
        Error::new(ErrorKind::Configuration, format!("{}:{}: {message}", path.display(), line(offset)))
    };
    let file: File = toml::from_str(text)
        .map_err(|error| at(error.span().map_or(0, |span| span.start), &error.message().replace('\n', ", ")))?;
    let mut facts = Vec::with_capacity(file.fact.len());
    for entry in file.fact {
        let item = entry.into_inner();
        let start = item.claim.span().start;
        let mut claim = item.claim.into_inner().split_whitespace().collect::<Vec<_>>().join(" ");
        match (&item.value, claim.contains(VALUE)) {
            (Some(value), true) => {
                let Some(written) = written(value.get_ref()) else {
                    return Err(at(value.span().start, "`value` takes a number or text"));
                };
                let unit = item.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
                claim = claim.replace(VALUE, &format!("{written}{unit}"));
            }
            (Some(value), false) => {
                return Err(at(value.span().start, &format!("`value` needs {VALUE} in `claim`, where it is to stand")));
            }
            (None, true) => return Err(at(start, &format!("{VALUE} in `claim` needs `value`"))),
            (None, false) if item.unit.is_some() => return Err(at(start, "`unit` needs `value`")),
            (None, false) => {}
        }
        if !claim.chars().any(char::is_alphabetic) {
            return Err(at(start, "a fact needs a claim in words"));
        }
        let date = |given: &Option<Spanned<Value>>, key: &str| match given {
            None => Ok(None),
            Some(value) => match day(value.get_ref()) {
                Some(day) => Ok(Some(day)),
                None => Err(at(value.span().start, &format!("`{key}` takes a day, as in 2031-12-31"))),
            },
        };
        let tolerance = match &item.tolerance {
            None => None,
            Some(value) => Some(tolerance(value.get_ref()).ok_or_else(|| {
                at(value.span().start, "`tolerance` takes an amount in the unit of the figure, or a share as in \"5%\"")
            })?),
        };
        facts.push(Fact {
            path: path.to_string_lossy().replace('\\', "/"),
            line: u32::try_from(line(start)).unwrap_or(u32::MAX),
            claim,
            tolerance,
            from: date(&item.valid_from, "valid-from")?,
            until: date(&item.valid_until, "valid-until")?,
            source: item.source,
        });
    }
    Ok(facts)
}

/// A value as it stands in a sentence.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        _ => None,
    }
}

fn tolerance(value: &Value) -> Option<Tolerance> {
    let number = |value: &Value| value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64));
    let tolerance = match value.as_str() {
        Some(text) => Tolerance::Share(text.trim().strip_suffix('%')?.trim().parse::<f64>().ok()? / 100.0),
        None => Tolerance::Amount(number(value)?),
    };
    let (Tolerance::Amount(size) | Tolerance::Share(size)) = tolerance;
    (size.is_finite() && size >= 0.0).then_some(tolerance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Result<Vec<Fact>> {
        facts(Path::new("facts.toml"), text)
    }

    #[test]
    fn facts_are_read_with_their_values_and_days() {
        let text = "[[fact]]\nclaim = \"Backups are kept for {value}.\"\nvalue = 30\nunit = \"days\"\ntolerance = \
                    \"5%\"\nvalid-from = 2031-01-01\nvalid-until = \"2031-12-31\"\nsource = \"contract\"\n\n[[fact]]\nclaim = \
                    \"The office\\nis closed on Sundays.\"\n";
        let facts = read(text).unwrap();
        assert_eq!(facts[0].claim, "Backups are kept for 30 days.");
        assert_eq!(facts[0].tolerance, Some(Tolerance::Share(0.05)));
        assert_eq!((facts[0].line, facts[1].line), (2, 11));
        assert_eq!(facts[1].claim, "The office is closed on Sundays.");
        assert!(facts[0].holds_on(date(2031, 12, 31)) && !facts[0].holds_on(date(2032, 1, 1)));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, told) in [
            ("[[fact]]\nclaim = \"30 {value}\"\n", ":2: {value} in `claim` needs `value`"),
            ("[[fact]]\nclaim = \"It is so.\"\nvalue = 3\n", ":3: `value` needs {value} in `claim`"),
            ("[[fact]]\nclaim = \"It is so.\"\nunit = \"days\"\n", ":2: `unit` needs `value`"),
            ("[[fact]]\nclaim = \"It is so.\"\ntolerance = \"much\"\n", ":3: `tolerance` takes an amount"),
            ("[[fact]]\nclaim = \"It is so.\"\nvalid-from = \"soon\"\n", ":3: `valid-from` takes a day"),
            ("[[fact]]\nclaim = \"...\"\n", ":2: a fact needs a claim in words"),
            ("[[fact]]\nclaims = \"x\"\n", ":2: unknown field `claims`"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.starts_with("facts.toml:") && error.contains(told), "{text}{error}");
        }
    }

    #[test]
    fn a_tolerance_is_an_amount_or_a_share() {
        assert!(Tolerance::Share(0.05).admits(30.0, 31.5) && !Tolerance::Share(0.05).admits(30.0, 31.6));
        assert!(Tolerance::Amount(0.1).admits(2.5, 2.6) && !Tolerance::Amount(0.1).admits(2.5, 2.4 - 0.01));
    }
}
