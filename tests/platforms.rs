//! Do platforms take what is written for them? One rich report that a gate weighed, through every format for a platform, held
//! against the schema that is published for it, or where none is, against what its page asks for (`fixtures/schemas/`).

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use crate::reports::rich;
use crossclaim::config::{Config, Settings, SourceOf};
use crossclaim::model::{
    BaselineState, Gate, GateStatus, Label, Place, Problem, Report, RuleInForce, Severity, Suppression,
    SuppressionKind, Weighed,
};
use crossclaim::pipeline;
use crossclaim::report::{Style, reporter};
use quick_xml::events::Event;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rich report with one conflict that fails, one in a baseline, one left alone, and problems.
pub(crate) fn weighed() -> Report {
    let mut report = rich();
    for (at, finding) in report.findings.iter_mut().filter(|finding| finding.label == Label::Conflict).enumerate() {
        finding.weighed = Some(Weighed {
            mark: format!("{at:016x}"),
            fails: at == 0,
            baseline: Some(if at == 1 { BaselineState::Unchanged } else { BaselineState::New }),
            suppression: (at == 2).then(|| Suppression {
                kind: SuppressionKind::InSource,
                path: "post.jsonl".to_owned(),
                place: Some(Place { line: 2, column: 1 }),
                reason: "told by the day of print".to_owned(),
                until: None,
            }),
        });
    }
    let problem = |rule: &str, level, path: &str, message: &str, fails| Problem {
        rule: rule.to_owned(),
        level,
        path: path.to_owned(),
        place: Some(Place { line: 4, column: 7 }),
        place_end: Some(Place { line: 5, column: 3 }),
        message: message.to_owned(),
        fails,
        baseline: None,
        mark: format!("{rule}-{path}"),
    };
    let problems = vec![
        problem(
            "min-sources",
            Severity::Error,
            "./wire/größe & [more].md",
            "one source makes this claim: 5 %, <b>",
            true,
        ),
        problem("unused-ignore", Severity::Warning, "herald/ferry.txt", "no finding of negation stands here", false),
    ];
    for rule in ["min-sources", "unused-ignore"] {
        report.method.rules.push(RuleInForce {
            id: rule.to_owned(),
            level: Some(Severity::Warning),
            summary: "something is wrong".to_owned(),
            bearing: "problem".to_owned(),
            page: "What it is.",
        });
    }
    report.gate = Some(Gate {
        status: GateStatus::Failed,
        fail_on: Some(Severity::Warning),
        max_conflicts: 0,
        failing: 2,
        baselined: Some(1),
        suppressed: 1,
        untouched: None,
        problems,
    });
    report
}

fn written(format: &str, report: &Report) -> String {
    let mut bytes = Vec::new();
    reporter(format).unwrap().write(report, &Style::default(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn json(format: &str, report: &Report) -> Value {
    serde_json::from_str(&written(format, report)).unwrap()
}

fn assert_fits(schema: &str, instance: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/schemas").join(schema);
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    // In the published schema of SARIF the pattern of languages is no regular expression: it has a bracket too many.
    for at in ["/definitions/run/properties/language", "/definitions/toolComponent/properties/language"] {
        if let Some(language) = schema.pointer_mut(at) {
            language.as_object_mut().unwrap().remove("pattern");
        }
    }
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}\n{instance:#}", errors.join("\n"));
}

/// A report without a finding, which every format must be able to tell.
fn empty() -> Report {
    let mut report = weighed();
    report.findings.clear();
    report.skipped.clear();
    report.gate.as_mut().unwrap().problems.clear();
    report
}

#[test]
fn sarif_fits_its_published_schema_and_what_code_scanning_asks_for() {
    for report in [weighed(), rich(), empty()] {
        let log = json("sarif", &report);
        assert_fits("sarif-2.1.0.json", &log);
        for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
            assert!(!rule["help"]["text"].as_str().unwrap().is_empty(), "{rule}");
            assert!(rule["fullDescription"]["text"].as_str().unwrap().chars().count() <= 1024);
        }
        for result in log["runs"][0]["results"].as_array().unwrap() {
            let rules = &log["runs"][0]["tool"]["driver"]["rules"];
            assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
            let places =
                result["locations"].as_array().into_iter().chain(result["relatedLocations"].as_array()).flatten();
            for place in places {
                let region = &place["physicalLocation"]["region"];
                for key in ["startLine", "startColumn", "endLine", "endColumn"] {
                    assert!(region[key].as_u64().is_some_and(|number| number > 0), "{key}: {place}");
                }
                let uri = place["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
                assert!(!uri.starts_with(['/', '.']) && !uri.contains([' ', '[', '\\']), "{uri}");
            }
        }
    }
}

#[test]
fn sarif_links_the_other_side_and_says_what_is_held_back() {
    let log = json("sarif", &weighed());
    let results = log["runs"][0]["results"].as_array().unwrap();
    // Two conflicts of the rich report are errors, and so is one problem; the date is a warning.
    assert_eq!(results.len(), 5);
    let toll = &results[0];
    let text = toll["message"]["text"].as_str().unwrap();
    assert!(text.starts_with("\"Nine\" and \"Twelve\" count the same dead and cannot both hold. Here: “"), "{text}");
    assert!(text.contains("; [post.jsonl:2:1](1): “Twelve dead in ferry fire | live”"), "{text}");
    assert_eq!(toll["relatedLocations"][0]["id"], 1);
    assert_eq!((&toll["baselineState"], &toll["suppressions"]), (&"new".into(), &Value::Null));
    let known = results.iter().find(|result| result["baselineState"] == "unchanged").unwrap();
    assert_eq!(known["suppressions"][0]["kind"], "external");
    let left = results.iter().find(|result| result["suppressions"][0]["kind"] == "inSource").unwrap();
    assert_eq!(left["suppressions"][0]["justification"], "told by the day of print");
    let marks: BTreeSet<&str> =
        results.iter().map(|result| result["partialFingerprints"]["crossclaim/v1"].as_str().unwrap()).collect();
    assert_eq!(marks.len(), results.len());
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let problem = results.iter().find(|result| result["ruleId"] == "min-sources").unwrap();
    assert_eq!(
        problem["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "wire/gr%C3%B6%C3%9Fe%20%26%20%5Bmore%5D.md"
    );
}

#[test]
fn github_annotates_both_sides_and_no_text_breaks_out() {
    let text = written("github", &weighed());
    for line in text.lines() {
        let (head, _) =
            line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("every line is a command");
        let (kind, properties) = head.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&kind), "{line}");
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&name), "{line}");
            assert!(!value.contains(':') || name == "title", "{line}");
        }
    }
    assert!(
        text.starts_with("::error file=wire/ferry.md,line=7,endLine=7,col=1,endColumn=59,title=numeric-mismatch::"),
        "{text}"
    );
    // Of a record only the line is known, and over two lines columns say nothing.
    assert!(text.contains("::error file=post.jsonl,line=2,title=numeric-mismatch::"), "{text}");
    assert!(text.contains(
        "file=wire/größe & [more].md,line=4,endLine=5,title=min-sources::one source makes this claim: 5 %25, <b>"
    ));
    assert!(!text.contains("Monday"), "what is left alone is not annotated\n{text}");
}

#[test]
fn github_shows_the_worst_and_counts_the_rest() {
    let mut report = weighed();
    let problem = report.gate.as_ref().unwrap().problems[1].clone();
    report.gate.as_mut().unwrap().problems = vec![problem; 23];
    let text = written("github", &report);
    let warnings: Vec<&str> = text.lines().filter(|line| line.starts_with("::warning")).collect();
    assert_eq!(warnings.len(), 10);
    assert!(
        warnings[9].starts_with("::warning title=crossclaim::") && warnings[9].contains(" more of this kind"),
        "{}",
        warnings[9]
    );
    assert!(text.find("::error") < text.find("::warning"));
}

#[test]
fn the_step_summary_is_a_table_that_stays_below_the_limit() {
    let text = written("summary", &weighed());
    assert!(
        text.starts_with(
            "### crossclaim\n\ncheck failed: 2 findings at warning or above, 1 in the baseline, 1 left alone; "
        ),
        "{text}"
    );
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 + 3, "{text}");
    assert!(rows.iter().all(|row| row.replace("\\|", "").matches('|').count() == 5), "{text}");
    let mut report = weighed();
    let problem = report.gate.as_ref().unwrap().problems[1].clone();
    report.gate.as_mut().unwrap().problems = vec![problem; 20_000];
    let long = written("summary", &report);
    assert!(long.len() < 1 << 20 && long.contains(" rows more are not shown."), "{}", long.len());
}

#[test]
fn gitlab_fits_what_it_asks_for_and_no_fingerprint_stands_twice() {
    for report in [weighed(), rich(), empty()] {
        let entries = json("gitlab", &report);
        assert_fits("gitlab-code-quality.json", &entries);
        let entries = entries.as_array().unwrap();
        let marks: BTreeSet<&str> = entries.iter().map(|entry| entry["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(marks.len(), entries.len());
    }
    assert_eq!(written("gitlab", &empty()), "[]\n");
    let paths: Vec<Value> =
        json("gitlab", &weighed()).as_array().unwrap().iter().map(|entry| entry["location"]["path"].clone()).collect();
    assert_eq!(paths[..2], ["wire/ferry.md", "post.jsonl"], "both sides");
}

#[test]
fn every_line_for_reviewdog_is_a_diagnostic() {
    let text = written("rdjsonl", &weighed());
    for line in text.lines() {
        assert_fits("rdf-diagnostic.json", &serde_json::from_str(line).unwrap());
    }
    assert_eq!(text.lines().count(), 2 + 2 + 2, "two sides, two problems, two inputs that were not read\n{text}");
    assert_eq!(written("rdjsonl", &empty()), "");
}

/// The elements of an XML text: each with its parent, its attributes and its text.
fn elements(xml: &str) -> Vec<(String, String, BTreeMap<String, String>, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open: Vec<usize> = Vec::new();
    let mut found: Vec<(String, String, BTreeMap<String, String>, String)> = Vec::new();
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error}\n{xml}"));
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let name = start.name().as_ref().to_owned();
                let parent = open.last().map(|at| found[*at].1.clone()).unwrap_or_default();
                let attributes = start
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        let key = attribute.key.as_ref().to_owned();
                        let value = quick_xml::escape::unescape(&attribute.value).unwrap();
                        (key, value.into_owned())
                    })
                    .collect();
                found.push((parent, name, attributes, String::new()));
                if matches!(event, Event::Start(_)) {
                    open.push(found.len() - 1);
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].3.push_str(&text);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

/// What Jenkins' schema (`junit-10.xsd`) lets stand in what, and with which attributes.
#[test]
fn junit_is_built_as_jenkins_reads_it() {
    for report in [weighed(), rich(), empty()] {
        let xml = written("junit", &report);
        let elements = elements(&xml);
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for (parent, name, attributes, _) in &elements {
            let (parents, allowed, required): (&[&str], &[&str], &[&str]) = match name.as_str() {
                "testsuites" => (&[""], &["name", "tests", "failures", "errors"], &["name"]),
                "testsuite" => {
                    (&["testsuites"], &["name", "tests", "failures", "errors", "skipped"], &["name", "tests"])
                }
                "testcase" => (&["testsuite"], &["name", "classname"], &["name", "classname"]),
                "failure" | "error" => (&["testcase"], &["type", "message"], &["type"]),
                "skipped" => (&["testcase"], &["message"], &[]),
                other => panic!("{other} is no element of JUnit"),
            };
            assert!(parents.contains(&parent.as_str()), "{name} in {parent}");
            assert!(attributes.keys().all(|key| allowed.contains(&key.as_str())), "{name}: {attributes:?}");
            assert!(required.iter().all(|key| attributes.contains_key(*key)), "{name}: {attributes:?}");
            *counted.entry(name).or_default() += 1;
        }
        let root = &elements[0].2;
        let of = |name: &str| counted.get(name).copied().unwrap_or(0).to_string();
        assert_eq!(
            (&root["tests"], &root["failures"], &root["errors"]),
            (&of("testcase"), &of("failure"), &of("error"))
        );
        assert!(!xml.contains('\u{1b}'));
    }
    let elements = elements(&written("junit", &weighed()));
    let failures: Vec<_> = elements.iter().filter(|element| element.1 == "failure").collect();
    assert_eq!(failures.len(), 2);
    assert_eq!(failures[0].2["type"], "numeric-mismatch");
    assert!(
        elements
            .iter()
            .any(|element| element.1 == "skipped" && element.2["message"] == "left alone: told by the day of print")
    );
}

#[test]
fn checkstyle_is_errors_in_files() {
    for report in [weighed(), rich(), empty()] {
        for (parent, name, attributes, _) in elements(&written("checkstyle", &report)) {
            let keys: Vec<&str> = attributes.keys().map(String::as_str).collect();
            match name.as_str() {
                "checkstyle" => assert_eq!((parent.as_str(), keys), ("", vec!["version"])),
                "file" => assert_eq!((parent.as_str(), keys), ("checkstyle", vec!["name"])),
                "error" => {
                    assert_eq!(
                        (parent.as_str(), keys),
                        ("file", vec!["column", "line", "message", "severity", "source"])
                    );
                    assert!(["error", "warning", "info"].contains(&attributes["severity"].as_str()));
                    assert!(attributes["line"].parse::<u32>().unwrap() > 0);
                }
                other => panic!("{other} is no element of Checkstyle"),
            }
        }
    }
}

/// Lines and columns of both sides, as the files have them: characters from one, the end behind the last.
#[test]
fn places_are_those_of_the_files_in_every_format() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("places-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let files: [(&str, &str); 5] = [
        (
            "a.md",
            "# Sicherungen\n\nÜber alles: 🙂 *Größe* zählt. **Nightly** backups of [customer\ndatabases](x.md) are kept for 30 days.\n",
        ),
        (
            "b.html",
            "<html><body><main><p>A page that is long enough to be taken for the words of an article, and says so at length.</p>\n<p>The café &amp; the bar are open. <b>Nightly</b> backups of customer\n  databases are kept for 43 days.</p></main></body></html>\n",
        ),
        ("c.txt", "Größe zählt, sagt man.\r\n\r\nNightly backups of customer\r\ndatabases are kept for 57 days.\r\n"),
        (
            "d.jsonl",
            "{\"id\": \"x\", \"text\": \"The office is closed on Sundays.\"}\n{\"id\": \"y\", \"text\": \"Nightly backups of customer databases are kept for 68 days.\"}\n",
        ),
        ("e.rst", "Título\n======\n\n* Nightly backups of *customer*\n  databases are kept for 79 days.\n"),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    let settings = Settings { source_of: SourceOf::Document, ..Config::new(&[]).settings().unwrap() };
    let report = pipeline::compare(&[PathBuf::from(&folder)], &settings).unwrap();
    let log = json("sarif", &report);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 1, "{log:#}");
    let places =
        results[0]["locations"].as_array().into_iter().chain(results[0]["relatedLocations"].as_array()).flatten();
    let mut regions: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for place in places {
        let uri = place["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        let region = &place["physicalLocation"]["region"];
        let numbers = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| region[key].as_u64().unwrap());
        regions.insert(uri.rsplit('/').next().unwrap().to_owned(), numbers.to_vec());
    }
    let _ = fs::remove_dir_all(&folder);
    for (name, text) in files {
        let lines: Vec<&str> = text.lines().collect();
        let Some(region) = regions.get(name) else { panic!("{name} is missing in {regions:?}") };
        let at =
            |line: u64, column: u64| lines[line as usize - 1].chars().skip(column as usize - 1).collect::<String>();
        let (start, end) = (at(region[0], region[1]), at(region[2], region[3] - 1));
        match name {
            // Of a record the line is known.
            "d.jsonl" => assert_eq!(region, &[2, 1, 2, 2]),
            _ => {
                assert!(start.trim_start_matches('*').starts_with("Nightly"), "{name}: {start:?} {region:?}");
                assert!(end.starts_with('.'), "{name}: {end:?} {region:?}");
            }
        }
    }
}
