//! Does each rule do what its page says? In: the labelled examples of the pages. Out: a list of the examples that came out
//! otherwise.

use crossclaim::config::Settings;
use crossclaim::label::rules::RULES;
use crossclaim::model::Severity;
use crossclaim::pipeline::compare_pair;
use jiff::civil::Date;

/// One labelled example of a page.
pub(crate) struct Example<'a> {
    /// How the two should come out.
    pub(crate) label: &'a str,
    /// Publication date and text of either.
    pub(crate) sides: [(Option<Date>, &'a str); 2],
}

/// The examples of a page: fenced blocks with the info string `text LABEL` and two lines, `A: ...` and `B: ...`, each
/// with a publication date after the letter where it has one.
pub(crate) fn examples(page: &str) -> Vec<Example<'_>> {
    let mut lines = page.lines();
    let mut examples = Vec::new();
    while let Some(line) = lines.next() {
        let Some(label) = line.strip_prefix("```text ") else { continue };
        assert!(matches!(label, "conflict" | "agree" | "unmatched"), "an example has a known label: {label}");
        let mut side = |letter: &str| {
            let line = lines.next().expect("an example has two lines");
            let (head, text) = line.split_once(": ").expect("a side is a letter, a colon and a sentence");
            let date = head.strip_prefix(letter).expect("the sides are A and B").trim();
            let date =
                if date.is_empty() { None } else { Some(date.parse().expect("a date is written as 2026-03-04")) };
            (date, text)
        };
        let sides = [side("A"), side("B")];
        assert_eq!(lines.next(), Some("```"), "an example has no more than two lines");
        examples.push(Example { label, sides });
    }
    examples
}

#[test]
fn every_page_has_three_conflicts_and_three_near_misses_and_its_name_on_top() {
    for rule in RULES {
        let meta = rule.meta();
        let examples = examples(meta.page);
        let conflicts = examples.iter().filter(|example| example.label == "conflict").count();
        assert!(conflicts >= 3, "{}: {conflicts} conflicts", meta.id);
        assert!(examples.len() - conflicts >= 3, "{}: {} near misses", meta.id, examples.len() - conflicts);
        assert!(
            meta.would_settle().is_some_and(|section| section.ends_with('.')),
            "{} says what would settle it",
            meta.id
        );
        assert!(meta.page.starts_with(&format!("# {}\n", meta.id)), "{} has its name on top of its page", meta.id);
        assert!(meta.level >= Severity::Note && !meta.summary.is_empty());
    }
}

#[test]
fn every_example_comes_out_as_its_page_says() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let id = rule.meta().id;
        for Example { label, sides: [(a_date, a), (b_date, b)] } in examples(rule.meta().page) {
            for (one, one_date, other, other_date) in [(a, a_date, b, b_date), (b, b_date, a, a_date)] {
                let outcome = compare_pair(one, other, one_date, other_date, &Settings::default());
                let found = outcome.label.name();
                if found != label {
                    wrong.push(format!("{id}: {found}, not {label}\n  {one}\n  {other}"));
                } else if label == "conflict" && !outcome.reasons.iter().any(|reason| reason.rule == id) {
                    let rules: Vec<&str> = outcome.reasons.iter().map(|reason| reason.rule.as_str()).collect();
                    wrong.push(format!("{id}: raised by {rules:?}, not by this rule\n  {one}\n  {other}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples came out otherwise:\n{}", wrong.len(), wrong.join("\n"));
}
