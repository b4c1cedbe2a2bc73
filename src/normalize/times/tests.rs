//! What the readers of times promise, sentence by sentence and for any text at all.

use super::*;
use crate::text::tokens::tokenize;
use proptest::prelude::*;

fn read(text: &str, published: &str) -> Vec<TimeValue> {
    times(text, &tokenize(text), published.parse().ok())
}

#[test]
fn without_a_publication_date_the_words_stay() {
    let found = read("They met on Monday", "");
    assert_eq!((found[0].written.as_str(), found[0].anchor), ("monday", Anchor::Unresolved));
    assert!(!found[0].is_resolved());
}

#[test]
fn words_that_are_also_months_and_days_are_no_times() {
    for text in
        ["It may rain", "They march on", "in a second", "the sun rose", "Theresa May said", "He sat down", "a bare 15"]
    {
        assert_eq!(read(text, "2025-11-26"), [], "{text}");
    }
}

#[test]
fn a_time_of_day_takes_the_day_beside_it() {
    let found = read("at 9:30 a.m. on Tuesday", "2025-11-26");
    assert_eq!(found[0].grain, Grain::Time);
    assert_eq!(found[0].from, found[1].from);
    assert!(found[0].is_resolved());
    assert!(!read("at noon", "2025-11-26")[0].is_resolved());
}

#[test]
fn grains_and_anchors_are_told() {
    let found = read("since the third quarter of 2024", "2025-11-26");
    assert_eq!((found[0].grain, found[0].anchor, found[0].until), (Grain::Quarter, Anchor::Absolute, None));
    let found = read("last week", "2025-11-26");
    assert_eq!((found[0].grain, found[0].anchor), (Grain::Week, Anchor::Published));
}

#[test]
fn day_and_month_change_places_with_the_order_of_the_place() {
    for (order, from) in [(DateOrder::MonthFirst, "2025-03-04"), (DateOrder::DayFirst, "2025-04-03")] {
        let reckoning = Reckoning { order, ..Reckoning::default() };
        let text = "on 3/4/2025";
        assert_eq!(times(text, &tokenize(text), reckoning)[0].from, from.parse().ok(), "{order:?}");
        // What can be read in one way only is read so.
        let text = "on 24/11/2025 and 11/24/2025";
        assert!(times(text, &tokenize(text), reckoning).iter().all(|time| time.from == "2025-11-24".parse().ok()));
    }
}

#[test]
fn where_the_days_differ_a_day_reckoned_from_publication_is_one_wider() {
    let of = |text: &str, zone| {
        let reckoning = Reckoning { zone, ..Reckoning::from("2025-11-26".parse().ok()) };
        let time = times(text, &tokenize(text), reckoning).remove(0);
        [time.from, time.until].map(|day| day.map_or(String::new(), |day| day.to_string()))
    };
    assert_eq!(of("resigned on Monday", 0), ["2025-11-24", "2025-11-25"]);
    assert_eq!(of("resigned on Monday", 1), ["2025-11-24", "2025-11-26"]);
    assert_eq!(of("resigned on Monday", -1), ["2025-11-23", "2025-11-25"]);
    assert_eq!(of("resigned on Nov. 24, 2025", 1), ["2025-11-24", "2025-11-25"]);
    assert_eq!(of("resigned last week", 1), ["2025-11-17", "2025-11-24"]);
}

fn holds(text: &str, published: &str) {
    let mut end = 0;
    for time in read(text, published) {
        assert!(text.is_char_boundary(time.span.start as usize) && text.is_char_boundary(time.span.end as usize));
        assert!(!time.span.is_empty() && time.span.start >= end, "{text:?}");
        end = time.span.end;
        if let (Some(from), Some(until)) = (time.from, time.until) {
            assert!(from < until, "{text:?}: {time:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}") {
        holds(&text, "2025-11-26");
    }

    #[test]
    fn any_heap_of_calendar_words_is_read_without_panic(words in prop::collection::vec(prop::sample::select(vec![
        "Nov", ".", "24", ",", "2025", "-", "/", "the", "7th", "of", "May", "march", "Monday", "last", "next", "this", "week",
        "months", "ago", "three", "5000", "from", "to", "between", "and", "until", "since", "before", "end", "1990s", "Q3",
        "third", "quarter", "century", "9:30", "a.m.", "noon", "in", "will", "summer", "day", "yesterday", "9999", "31", "first",
        "early", "later", "hours", "last", "after", "same", "following", "now", "half", "in", "AD", "w", "c", "than", "no", "5.12",
        "few", "several", "couple", "rest", "fortnight", "Easter", "weekend", "nineteen", "oh", "eighty", "thousand", "hundred",
        "previous", "upcoming", "'", "s", "two", "and", "a", "12", "quarter", "4Q18", "more", "less", "time", "decades", "ago",
    ]), 0..12), gap in prop::sample::select(vec!["", " "]), published in prop::sample::select(vec!["2025-11-26", "", "9999-12-31", "-009999-01-01"])) {
        holds(&words.join(gap), published);
    }
}
