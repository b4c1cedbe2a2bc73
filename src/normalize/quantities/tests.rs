//! What the readers of quantities promise, sentence by sentence and for any text at all.

use super::*;
use crate::model::{Bound, Quantity, QuantityKind};
use crate::normalize::times::times;
use crate::text::tokens::tokenize;
use proptest::prelude::*;

fn read(text: &str) -> Vec<Quantity> {
    let tokens = tokenize(text);
    let times = times(text, &tokens, "2025-11-26".parse().ok());
    quantities(text, &tokens, &times)
}

fn of(text: &str) -> Vec<String> {
    read(text).first().map(|quantity| quantity.of.clone()).unwrap_or_default()
}

#[test]
fn what_is_counted_goes_with_what_befell_it() {
    assert_eq!(of("At least 12 people were killed"), ["peopl", "kill"]);
    assert_eq!(of("The storm left 12 dead"), ["dead"]);
    assert_eq!(of("It will create 300 jobs"), ["job"]);
    assert_eq!(of("killing 12 people"), ["peopl", "kill"]);
    assert_eq!(of("The death toll rose to 12."), ["death", "toll"]);
}

#[test]
fn spans_take_in_the_bound_and_the_unit() {
    let text = "They paid more than $5 million for it.";
    let found = read(text);
    assert_eq!(found[0].span.of(text), "more than $5 million");
    assert_eq!((found[0].bound, found[0].low, found[0].high), (Bound::MoreThan, Some(5e6), None));
}

#[test]
fn a_movement_has_two_ends_and_is_no_range() {
    let found = read("Sales rose from 10 to 15 percent");
    assert_eq!(found.iter().map(Quantity::value).collect::<Vec<_>>(), [Some(10.0), Some(15.0)]);
    assert!(found.iter().all(|quantity| quantity.kind == QuantityKind::Percent));
}

#[test]
fn numbers_of_dates_are_no_quantities() {
    assert_eq!(read("On Nov. 24, 2025, in the 1990s and at 9:30 a.m."), []);
}

#[test]
fn numbers_too_large_to_be_told_are_left_out_however_they_are_written() {
    let nines = "9".repeat(400);
    let words = "million ".repeat(60);
    for text in [format!("It paid USD{nines}."), format!("It paid USD3 {words}."), format!("It paid {nines} dollars.")]
    {
        assert!(read(&text).iter().all(|quantity| quantity.value().is_some_and(|value| value <= 1e30)), "{text}");
    }
    assert_eq!(read("It paid USD3 million.").first().and_then(Quantity::value), Some(3e6));
}

#[test]
fn what_is_counted_ends_where_the_verb_begins() {
    assert_eq!(of("4,460 deaths were reported"), ["death"]);
    assert_eq!(of("12 officers came to the pier"), ["offic"]);
    assert_eq!(of("50 of the 120 passengers were rescued"), ["passeng", "rescu"]);
    assert_eq!(of("a magnitude 7.2 earthquake"), ["magnitud", "earthquak"]);
    assert_eq!(of("a 7.2-magnitude earthquake"), ["magnitud", "earthquak"]);
}

#[test]
fn a_change_and_the_level_it_reaches_are_two_quantities() {
    let found = read("The rate rose by 3 points to 45 %");
    let told: Vec<_> = found.iter().map(|quantity| (quantity.value(), quantity.unit.as_deref())).collect();
    assert_eq!(told, [(Some(3.0), Some("%{pp}")), (Some(45.0), Some("%"))]);
}

#[test]
fn a_number_too_large_to_be_told_takes_its_magnitudes_along() {
    assert_eq!(read("It sold 1e30 million tonnes."), []);
    assert_eq!(read(&format!("It sold {}tonnes.", "million ".repeat(50))), []);
}

#[test]
fn an_identifier_is_read_as_a_whole() {
    for (text, whole) in [
        ("It is CVE-2024-3094 that they mean", "2024-3094"),
        ("Call +1 202 555 0142 for help", "1 202 555 0142"),
        ("a 501(c)(3) group", "501(c)(3)"),
        ("It is open 24/7 there", "24/7"),
        ("He lives at 221 Harbor Street", "221"),
    ] {
        let found = read(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((found[0].span.of(text), found[0].kind), (whole, QuantityKind::Identifier), "{text}");
    }
}

#[test]
fn a_few_is_a_small_number_with_a_wide_reach() {
    let few = read("It took a few hours").remove(0);
    let three = read("It took two hours").remove(0);
    let twelve = read("It took twelve hours").remove(0);
    let standing = crate::lexicon::amounts::standing;
    assert!(matches!(standing(&few, &three), Some(crate::lexicon::amounts::Standing::Reconciled(_))));
    assert_eq!(standing(&few, &twelve), Some(crate::lexicon::amounts::Standing::Apart));
}

fn holds(text: &str) {
    for quantity in read(text) {
        assert!(
            text.is_char_boundary(quantity.span.start as usize) && text.is_char_boundary(quantity.span.end as usize)
        );
        assert!(!quantity.span.is_empty());
        assert!(quantity.low.is_none_or(f64::is_finite) && quantity.high.is_none_or(f64::is_finite));
        if let (Some(low), Some(high)) = (quantity.low, quantity.high) {
            assert!(low <= high, "{text:?}: {quantity:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}") {
        holds(&text);
    }

    #[test]
    fn any_heap_of_number_words_is_read_without_panic(words in prop::collection::vec(prop::sample::select(vec![
        "two", "twenty", "hundred", "million", "and", "a", "half", "third", "of", "-", "to", "at least", "$", "5", "3.5",
        "1,000", "%", "points", "km", "year", "old", "or more", "between", "from", "/", ".", ",", "in", "m", "one", "no",
        "(", ")", ":", "^", "#", "over", "few", "several", "couple", "aged", "ages", "over", "below", "zero", "per", "points", "#",
        "5G", "12,5", "24/7", "555", "0142", "Street", "Model", "No", "s", "grand", "c", "fifths", "twenty-firsts", "point",
        "pounds", "won", "dozen", "thousands", "9e29", "½", "nov", "2024", "ago", "last", "the", "monday", "until", "99999999",
    ]), 0..14), gap in prop::sample::select(vec!["", " "])) {
        holds(&words.join(gap));
    }
}
