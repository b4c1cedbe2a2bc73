//! JUnit XML as Jenkins reads it: a suite a story, a case a finding. A conflict that fails is a failure, one that is held back is
//! skipped; what could not be read is an error.

use super::located::{Located, located, plain_path};
use super::telling::headline;
use super::xml::legal;
use super::{Reporter, Style, wording};
use crate::model::{Finding, Label, Report};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// `--format junit`.
pub(super) struct Junit;

/// Characters of a finding's words in the name of its case.
const NAME_CHARS: usize = 120;

impl Reporter for Junit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn media_type(&self) -> &'static str {
        "application/xml"
    }

    fn summary(&self) -> &'static str {
        "for test reports: JUnit XML, a suite a story, a case a finding"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let suites = suites(report);
        let mut xml = Writer::new_with_indent(out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let cases = || suites.iter().flat_map(|suite| &suite.cases);
        let root = counted("testsuites", "crossclaim", cases());
        xml.write_event(Event::Start(root))?;
        for suite in &suites {
            xml.write_event(Event::Start(counted("testsuite", &suite.name, suite.cases.iter())))?;
            for case in &suite.cases {
                write_case(&mut xml, case)?;
            }
            xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
        }
        xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
        xml.into_inner().write_all(b"\n")
    }
}

struct Suite {
    name: String,
    cases: Vec<Case>,
}

struct Case {
    name: String,
    /// Where it stands.
    class: String,
    outcome: Outcome,
}

enum Outcome {
    Passed,
    Failed { rule: String, message: String, details: String },
    Skipped { why: String },
    Broken { message: String },
}

/// An element with a name and how its cases came out.
fn counted<'a>(element: &'a str, name: &str, cases: impl Iterator<Item = &'a Case> + Clone) -> BytesStart<'a> {
    let of = |wanted: fn(&Outcome) -> bool| cases.clone().filter(|case| wanted(&case.outcome)).count().to_string();
    let mut start = BytesStart::new(element);
    start.push_attribute(("name", legal(name).as_str()));
    start.push_attribute(("tests", of(|_| true).as_str()));
    start.push_attribute(("failures", of(|outcome| matches!(outcome, Outcome::Failed { .. })).as_str()));
    start.push_attribute(("errors", of(|outcome| matches!(outcome, Outcome::Broken { .. })).as_str()));
    if element == "testsuite" {
        start.push_attribute(("skipped", of(|outcome| matches!(outcome, Outcome::Skipped { .. })).as_str()));
    }
    start
}

fn write_case<W: io::Write>(xml: &mut Writer<W>, case: &Case) -> io::Result<()> {
    let mut start = BytesStart::new("testcase");
    start.push_attribute(("name", legal(&case.name).as_str()));
    start.push_attribute(("classname", legal(&case.class).as_str()));
    let (element, kind, message, details) = match &case.outcome {
        Outcome::Passed => return xml.write_event(Event::Empty(start)),
        Outcome::Failed { rule, message, details } => ("failure", Some(rule.as_str()), message, details.as_str()),
        Outcome::Skipped { why } => ("skipped", None, why, ""),
        Outcome::Broken { message } => ("error", Some("not-read"), message, ""),
    };
    xml.write_event(Event::Start(start))?;
    let mut inner = BytesStart::new(element);
    if let Some(kind) = kind {
        inner.push_attribute(("type", kind));
    }
    inner.push_attribute(("message", legal(message).as_str()));
    if details.is_empty() {
        xml.write_event(Event::Empty(inner))?;
    } else {
        xml.write_event(Event::Start(inner))?;
        xml.write_event(Event::Text(BytesText::new(&legal(details))))?;
        xml.write_event(Event::End(BytesEnd::new(element)))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

fn suites(report: &Report) -> Vec<Suite> {
    let all = located(report);
    let mut suites: Vec<Suite> = Vec::new();
    for story in &report.stories {
        let of_story = report.findings.iter().filter(|finding| finding.story == story.id);
        let cases: Vec<Case> = of_story.map(|finding| case(finding, &all)).collect();
        if !cases.is_empty() {
            let title = story.documents.first().and_then(|id| report.documents.iter().find(|entry| entry.id == *id));
            let title = title.map(|entry| entry.title.clone().unwrap_or_else(|| plain_path(&entry.path).to_owned()));
            suites.push(Suite { name: title.unwrap_or_else(|| story.id.to_string()), cases });
        }
    }
    let problems: Vec<Case> = all.iter().filter(|one| one.problem.is_some()).map(of_problem).collect();
    if !problems.is_empty() {
        suites.push(Suite { name: "problems".to_owned(), cases: problems });
    }
    let broken: Vec<Case> = report
        .skipped
        .iter()
        .map(|entry| Case {
            name: "is read".to_owned(),
            class: plain_path(&entry.path).to_owned(),
            outcome: Outcome::Broken { message: entry.reason.clone() },
        })
        .collect();
    if !broken.is_empty() {
        suites.push(Suite { name: "not read".to_owned(), cases: broken });
    }
    suites
}

fn case(finding: &Finding, all: &[Located<'_>]) -> Case {
    let first = finding.positions.first().and_then(|position| position.claims.first());
    let mut case = Case {
        name: headline(finding, NAME_CHARS),
        class: first.map(|claim| plain_path(&claim.path).to_owned()).unwrap_or_default(),
        outcome: Outcome::Passed,
    };
    let same = |one: &&Located<'_>| one.finding.is_some_and(|known| std::ptr::eq(known, finding));
    if let Some(one) = all.iter().find(same).filter(|_| finding.label == Label::Conflict) {
        case.class = one.sides.first().map(|side| plain_path(side.path).to_owned()).unwrap_or_default();
        case.outcome = match (wording::held_back(finding), one.weighed) {
            (Some(why), made) => {
                let reason = made.and_then(|made| made.suppression.as_ref());
                Outcome::Skipped {
                    why: reason.map_or_else(|| why.to_owned(), |held| format!("{why}: {}", held.reason)),
                }
            }
            (None, Some(made)) if !made.fails => Outcome::Passed,
            _ => failed(one),
        };
    }
    case
}

fn of_problem(one: &Located<'_>) -> Case {
    let fails = one.problem.is_some_and(|problem| problem.fails);
    Case {
        name: format!("{}: {}", one.rule, one.title),
        class: one.sides.first().map(|side| plain_path(side.path).to_owned()).unwrap_or_default(),
        outcome: if fails { failed(one) } else { Outcome::Skipped { why: one.title.clone() } },
    }
}

fn failed(one: &Located<'_>) -> Outcome {
    let sides: Vec<String> = one
        .sides
        .iter()
        .map(|side| if side.words.is_empty() { side.told() } else { format!("{}: {}", side.told(), side.words) })
        .collect();
    Outcome::Failed { rule: one.rule.to_owned(), message: one.title.clone(), details: sides.join("\n") }
}
