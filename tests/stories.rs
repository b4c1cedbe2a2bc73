//! Is the answer right? Whole articles of several outlets, held against expectations written by hand.
//!
//! Each story under `fixtures/stories` is run through the library. What must hold is what its `expected.json` marks
//! `must`; what is merely counted is printed as a table, and guarded by the floors of `quality`. A clear case that does not
//! hold today stands in `wrong_today.json` with today's answer and the reason why it is wrong: it fails the test as soon as
//! it comes out otherwise.

pub(crate) mod expected;
pub(crate) mod scoring;

use crossclaim::config::Settings;
use crossclaim::model::{Finding, Label, Report};
use crossclaim::pipeline;
use expected::{Gold, Story, all_stories, stories};
use scoring::{Answer, Found, answers, header, score};
use std::collections::BTreeSet;

/// Runs the library over the sources of `story`. A manifest among them names and dates the plain texts.
pub(crate) fn report_of(story: &Story) -> Report {
    pipeline::compare(std::slice::from_ref(&story.sources), &Settings::default()).expect("a story is readable")
}

/// A clear case that comes out wrong today.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WrongToday {
    /// The case and today's answer, as the scoring prints them.
    case: String,
    /// Why the answer is wrong, or what is missing.
    why: String,
}

#[test]
fn clear_cases_hold_in_every_story_but_for_those_known_to_be_wrong_today() {
    let path = expected::folder().join("wrong_today.json");
    let listed: Vec<WrongToday> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert!(listed.iter().all(|wrong| wrong.why.len() > 20), "every wrong answer has its reason");
    let mut listed: BTreeSet<String> = listed.into_iter().map(|wrong| wrong.case).collect();
    let mut table = vec![header()];
    let mut new = Vec::new();
    for story in stories() {
        let score = score(&story, &answers(&report_of(&story)));
        table.push(score.counts.line(&story.slug));
        for case in score.broken {
            if !listed.remove(&case) {
                new.push(format!("  {},", serde_json::json!({ "case": case, "why": "" })));
            }
        }
    }
    println!("{}", table.join("\n"));
    let mut wrong = String::new();
    if !new.is_empty() {
        wrong +=
            &format!("{} clear cases do not hold, or come out otherwise than listed:\n{}\n", new.len(), new.join("\n"));
    }
    if !listed.is_empty() {
        let lines: Vec<String> = listed.into_iter().collect();
        wrong += &format!("take these out of {}, they no longer come out so:\n{}", path.display(), lines.join("\n"));
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn explaining_two_claims_tells_the_very_comparison_that_grouped_them() {
    for story in stories().iter().take(2) {
        let report = report_of(story);
        let paths = std::slice::from_ref(&story.sources);
        let mut singles = Vec::new();
        for finding in &report.findings {
            let claims: Vec<_> = finding.positions.iter().flat_map(|position| &position.claims).collect();
            let first = claims[0];
            let Some(other) = claims.iter().find(|claim| claim.source != first.source) else {
                singles.push((first.id.as_str(), first.source.as_str()));
                continue;
            };
            let told = pipeline::explain(paths, [&first.id, &other.id], &Settings::default()).expect("both are known");
            assert_eq!(told.gap, None, "{} / {}", first.text, other.text);
            // That few articles are compared makes them likelier to tell of one event, and is told apart from their words.
            let articles = report.documents.len() as u64;
            assert!(told.among.is_some_and(|(of, gained)| of == articles && gained > 0.1), "{:?}", told.among);
            if claims.len() == 2 {
                assert!(!told.keys.is_empty(), "{} / {}", first.text, other.text);
                let expected = format!("{:?}", finding.label).to_lowercase();
                assert_eq!(told.outcome.label.name(), expected, "{} / {}", first.text, other.text);
            }
        }
        let (one, source) = singles[0];
        let (two, _) =
            *singles.iter().find(|(_, other)| *other != source).expect("two outlets have claims of their own");
        let told = pipeline::explain(paths, [one, two], &Settings::default()).expect("both are known");
        let gap = told.gap.expect("the two share no group");
        assert_eq!((gap.left.len(), gap.right.len(), gap.pairs), (1, 1, 1));
        let compared = !told.keys.is_empty() && told.outcome.comparison.veto.is_none();
        assert!(gap.mean == 0.0 || compared && (gap.mean - told.outcome.score).abs() < 1e-6);
    }
}

#[test]
fn a_claim_that_tells_two_things_stands_with_those_who_tell_either() {
    let records = [
        ("Harbour Post", "The city released the inspection reports on the Aldermere bridge on Thursday."),
        ("Tidewater News", "Inspection reports on the Aldermere bridge were released by the city on Thursday."),
        ("Coast Radio", "Inspectors found cracks in four of the nine girders of the Aldermere bridge."),
        ("Northern Wire", "Cracks were found by inspectors in four of nine girders of the Aldermere bridge."),
        (
            "Ledger",
            "Inspection reports on the Aldermere bridge, released by the city on Thursday, say inspectors found cracks in \
             four of the nine girders of the bridge.",
        ),
    ];
    let path =
        std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("two-things-{}.jsonl", std::process::id()));
    let lines = records.map(|(source, text)| serde_json::json!({ "source": source, "text": text }).to_string());
    std::fs::write(&path, lines.join("\n")).expect("the file can be written");
    let report = pipeline::compare(std::slice::from_ref(&path), &Settings::default()).expect("the file can be read");
    std::fs::remove_file(&path).expect("the file can be removed");
    let outlets = |finding: &'_ Finding| -> Vec<String> { finding.positions[0].outlets.clone() };
    let told: Vec<(Label, Vec<String>)> =
        report.findings.iter().map(|finding| (finding.label, outlets(finding))).collect();
    let guest =
        |finding: &Finding| finding.positions[0].claims.iter().find(|claim| claim.guest).map(|it| it.source.clone());
    let guests: Vec<String> = report.findings.iter().filter_map(guest).collect();
    assert_eq!(guests, ["Ledger"]);
    let released = ["Harbour Post", "Ledger", "Tidewater News"].map(str::to_owned).to_vec();
    let cracked = ["Coast Radio", "Ledger", "Northern Wire"].map(str::to_owned).to_vec();
    assert_eq!(told, [(Label::Agree, cracked), (Label::Agree, released)]);
}

#[test]
fn every_input_of_a_story_is_read() {
    for story in all_stories() {
        let report = report_of(&story);
        assert_eq!(report.skipped, [], "{}", story.slug);
        assert_eq!(report.documents.len(), story.texts.len(), "{}", story.slug);
        assert_eq!(report.sources.len(), story.texts.len(), "{}: each document has an outlet of its own", story.slug);
        for document in &report.documents {
            assert!(document.published.is_some(), "{}: {} has its date", story.slug, document.path);
        }
    }
}

#[test]
fn every_quotation_occurs_once_in_its_document() {
    for story in all_stories() {
        let quotes = story.expected.groups.iter().flat_map(|group| &group.claims);
        for quote in quotes.chain(&story.expected.single_source).chain(&story.expected.set_aside) {
            let text = story.texts.get(&quote.file).unwrap_or_else(|| panic!("{}: {}", story.slug, quote.file));
            assert_eq!(text.matches(&quote.quote).count(), 1, "{}: {}: {}", story.slug, quote.file, quote.quote);
            assert!(!quote.quote.contains('\n'), "{}: a claim lies inside one sentence: {}", story.slug, quote.quote);
        }
    }
}

#[test]
fn groups_are_complete_enough_to_be_scored() {
    for story in all_stories() {
        for group in &story.expected.groups {
            let first = &group.claims[0];
            assert!(group.claims.iter().any(|claim| claim.file != first.file), "{}: {}", story.slug, first.quote);
            let sided = group.claims.iter().filter(|claim| claim.side.is_some()).count();
            let conflict = group.label == Gold::Conflict;
            assert_eq!(sided, if conflict { group.claims.len() } else { 0 }, "{}: {}", story.slug, first.quote);
            assert_eq!(group.rule.is_some(), conflict, "{}: {}", story.slug, first.quote);
            assert!(!conflict || group.claims.iter().any(|claim| claim.side != first.side), "{}", first.quote);
        }
    }
}

/// What a program without fault would find: the expectations themselves.
fn perfect(story: &Story) -> Vec<Answer> {
    let found = |quote: &expected::Quote| {
        let context = story.texts[&quote.file].clone();
        let start = context.find(&quote.quote).expect("every quotation occurs once") as u32;
        Found { file: quote.file.clone(), start, text: quote.quote.clone(), context }
    };
    let mut all = Vec::new();
    for group in &story.expected.groups {
        let label = match group.label {
            Gold::Agree => Label::Agree,
            Gold::Conflict => Label::Conflict,
            Gold::Related | Gold::Borderline => continue,
        };
        let names: std::collections::BTreeSet<_> = group.claims.iter().map(|claim| &claim.side).collect();
        let side = |name| group.claims.iter().filter(|claim| &claim.side == name).map(found).collect();
        all.push(Answer { label, sides: names.into_iter().map(side).collect() });
    }
    for quote in &story.expected.single_source {
        all.push(Answer { label: Label::SingleSource, sides: vec![vec![found(quote)]] });
    }
    all
}

#[test]
fn an_answer_without_fault_scores_full() {
    for story in all_stories() {
        let score = score(&story, &perfect(&story));
        assert_eq!(score.broken, Vec::<String>::new());
        for (name, figure) in score.counts.figures().into_iter().filter(|(name, _)| *name != "related_kept_apart") {
            assert!(figure > 0.999, "{}: {name} is {figure}", story.slug);
        }
    }
}

#[test]
fn an_answer_that_calls_every_look_alike_a_conflict_is_caught() {
    for story in stories() {
        let mut all = perfect(&story);
        let related = story.expected.groups.iter().filter(|group| group.label == Gold::Related);
        for group in related {
            let claims = group.claims.iter().map(|quote| {
                let context = story.texts[&quote.file].clone();
                vec![Found { file: quote.file.clone(), start: 0, text: quote.quote.clone(), context }]
            });
            all.push(Answer { label: Label::Conflict, sides: claims.collect() });
        }
        let score = score(&story, &all);
        let figures = std::collections::BTreeMap::from(score.counts.figures());
        assert!(figures["conflict_precision"] < 0.9, "{}: {figures:?}", story.slug);
        assert!(figures["related_kept_apart"] < 0.1, "{}: {figures:?}", story.slug);
        assert!(!score.wrong_conflicts.is_empty());
    }
}

#[test]
fn an_empty_answer_finds_nothing_and_breaks_the_clear_cases() {
    for story in stories() {
        let score = score(&story, &[]);
        let figures = std::collections::BTreeMap::from(score.counts.figures());
        assert_eq!(figures["match_recall"], 0.0);
        assert_eq!(figures["single_source_kept"], 0.0);
        assert!(!score.broken.is_empty(), "{} has a clear case", story.slug);
    }
}
