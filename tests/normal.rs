//! Do these phrasings mean the same?
//!
//! Reads `fixtures/normal/*.txt`; the format stands in the README there.

use crossclaim::model::{Quantity, TimeValue};
use crossclaim::normalize::{quantities::quantities, times::times};
use crossclaim::text::tokens::tokenize;
use jiff::civil::Date;
use std::fs;
use std::path::Path;

/// The canonical form of what a text gives: a line as the fixtures write it.
fn forms(text: &str, published: Option<Date>) -> Vec<String> {
    let tokens = tokenize(text);
    let times = times(text, &tokens, published);
    let quantities = quantities(text, &tokens, &times);
    for span in times.iter().map(|time| time.span).chain(quantities.iter().map(|quantity| quantity.span)) {
        assert!(!span.of(text).is_empty(), "an empty span in {text:?}");
    }
    times.iter().map(time_form).chain(quantities.iter().map(quantity_form)).collect()
}

fn time_form(time: &TimeValue) -> String {
    let end = |date: Option<Date>| date.map_or("..".to_owned(), |date| date.to_string());
    format!("time {} {}", end(time.from), end(time.until))
}

fn quantity_form(quantity: &Quantity) -> String {
    let name = |value: serde_json::Value| value.as_str().expect("kinds are written as words").to_owned();
    let kind = name(serde_json::to_value(quantity.kind).expect("a kind is written"));
    let bound = name(serde_json::to_value(quantity.bound).expect("a bound is written"));
    // Sums of binary fractions differ in the last digits.
    let end = |value: Option<f64>| value.map_or("..".to_owned(), |value| ((value * 1e6).round() / 1e6).to_string());
    let unit = quantity.unit.as_deref().unwrap_or("..");
    format!("quantity {kind} {bound} {} {} {unit}", end(quantity.low), end(quantity.high))
}

#[test]
fn every_phrasing_gives_its_value_and_no_look_alike_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/normal");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let mut read = 0;
    let mut wrong = Vec::new();
    for path in files {
        let mut published = None;
        let mut expected = String::new();
        for (number, line) in fs::read_to_string(&path).expect("a text").lines().enumerate() {
            if line.is_empty() || line.starts_with("# ") {
                continue;
            }
            if let Some(date) = line.strip_prefix("@ ") {
                published = date.parse().ok();
                continue;
            }
            if let Some(value) = line.strip_prefix("= ") {
                expected = value.to_owned();
                continue;
            }
            let (text, wanted) = line.strip_prefix("! ").map_or((line, true), |text| (text, false));
            let given = forms(text, published);
            if given.contains(&expected) != wanted {
                let name = path.file_name().expect("a file").to_string_lossy().into_owned();
                wrong.push(format!("{name}:{}: {line:?} gives {given:?}, not {expected:?}", number + 1));
            }
            read += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {read}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(read >= 250, "only {read} lines");
}
