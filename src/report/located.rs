//! Conflicts and problems → what a platform shows: one rule, one message, and a place in a file for each side. The formats for
//! platforms share it; it knows none of them.

use super::telling::{distinct_reasons, headline, telling_claims};
use super::wording;
use crate::model::{Finding, Label, Place, Problem, Report, ReportedClaim, Severity, Weighed};

/// Characters of a claim in a message.
const QUOTED_CHARS: usize = 240;

/// One thing to show.
#[derive(Debug, Clone)]
pub(super) struct Located<'a> {
    pub(super) rule: &'a str,
    pub(super) level: Severity,
    /// What it is, in one sentence without a stop: "30 days against 14 days".
    pub(super) title: String,
    /// Where it stands: the sides of a conflict, each by its telling claim.
    pub(super) sides: Vec<Side<'a>>,
    /// A mark free of positions.
    pub(super) mark: String,
    /// What a gate makes of the conflict; nothing for a problem, and where no gate looked.
    pub(super) weighed: Option<&'a Weighed>,
    /// The problem, if it is one.
    pub(super) problem: Option<&'a Problem>,
    pub(super) finding: Option<&'a Finding>,
}

/// A side of it.
#[derive(Debug, Clone)]
pub(super) struct Side<'a> {
    pub(super) path: &'a str,
    pub(super) place: Option<Place>,
    /// The place after its last character.
    pub(super) end: Option<Place>,
    /// What is said there.
    pub(super) words: String,
}

impl Located<'_> {
    /// False where a baseline or a suppression holds it back.
    pub(super) fn is_live(&self) -> bool {
        let known =
            self.problem.is_some_and(|problem| problem.baseline == Some(crate::model::BaselineState::Unchanged));
        !known && self.weighed.is_none_or(Weighed::is_live)
    }

    /// What is said on the side `at` and on all others, in two or more sentences of plain text.
    pub(super) fn message(&self, at: usize) -> String {
        if self.problem.is_some() {
            return self.title.clone();
        }
        let mut message = format!("{}.", self.title);
        if let Some(here) = self.sides.get(at) {
            message.push_str(&format!(" Here: “{}”", here.words));
        }
        for (_, other) in self.sides.iter().enumerate().filter(|(side, _)| *side != at) {
            message.push_str(&format!("; {}: “{}”", other.told(), other.words));
        }
        message
    }
}

impl Side<'_> {
    /// Where it stands, as editors read it.
    pub(super) fn told(&self) -> String {
        self.place
            .map_or_else(|| plain_path(self.path).to_owned(), |place| wording::place(plain_path(self.path), place))
    }
}

/// Everything to show, the conflicts in the order of the report, then the problems by level.
pub(super) fn located(report: &Report) -> Vec<Located<'_>> {
    let conflicts = report.findings.iter().filter(|finding| finding.label == Label::Conflict);
    let mut all: Vec<Located<'_>> = conflicts.map(of_finding).collect();
    let mut problems: Vec<&Problem> = report.gate.iter().flat_map(|gate| &gate.problems).collect();
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.level));
    all.extend(problems.into_iter().map(of_problem));
    // Errors come first whatever they are about, since platforms show a part only.
    all.sort_by_key(|one| std::cmp::Reverse(one.level));
    all
}

fn of_finding(finding: &Finding) -> Located<'_> {
    let reason = distinct_reasons(finding).into_iter().next();
    let sides = finding.positions.iter().filter_map(|position| {
        let shown = telling_claims(finding, position).shown.into_iter().next()?;
        Some(Side {
            path: &shown.claim.path,
            place: Some(shown.claim.place),
            end: shown.claim.place_end,
            words: words(shown.claim),
        })
    });
    Located {
        rule: reason.map_or("conflict", |reason| reason.rule.as_str()),
        level: finding.level,
        title: super::escape::terminal(
            &reason.map_or_else(|| headline(finding, QUOTED_CHARS), |reason| reason.message.clone()),
        )
        .trim_end_matches('.')
        .to_owned(),
        sides: sides.collect(),
        mark: finding.weighed.as_ref().map_or_else(|| finding.fingerprint.to_string(), |made| made.mark.clone()),
        weighed: finding.weighed.as_ref(),
        problem: None,
        finding: Some(finding),
    }
}

fn of_problem(problem: &Problem) -> Located<'_> {
    let side = Side { path: &problem.path, place: problem.place, end: problem.place_end, words: String::new() };
    Located {
        rule: &problem.rule,
        level: problem.level,
        title: super::escape::terminal(&problem.message),
        sides: vec![side],
        mark: problem.mark.clone(),
        weighed: None,
        problem: Some(problem),
        finding: None,
    }
}

/// The words of a claim with the subject they took over, on one line.
fn words(claim: &ReportedClaim) -> String {
    let words = wording::with_subject(claim.subject.as_deref(), &claim.text);
    super::excerpt::shorten(&super::escape::terminal(&words), QUOTED_CHARS)
}

/// A path as platforms want it: from the working folder, without `./` in front.
pub(super) fn plain_path(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

/// The folder that all documents have in common, as a name; `corpus` where there is none.
pub(super) fn corpus(report: &Report) -> String {
    let mut folders = report.documents.iter().map(|document| {
        let path = plain_path(&document.path);
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    });
    let Some(first) = folders.next() else { return "corpus".to_owned() };
    let shared = folders.fold(first.split('/').collect::<Vec<_>>(), |shared, folder| {
        let same = shared.iter().zip(folder.split('/')).take_while(|(one, other)| *one == other).count();
        shared[..same].to_vec()
    });
    let name = shared.join("/");
    let name = name.trim_matches('/');
    if name.is_empty() { "corpus".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_no_dot_in_front() {
        assert_eq!(plain_path("./docs/a.md"), "docs/a.md");
        assert_eq!(plain_path(".//a.md"), "a.md");
        assert_eq!(plain_path("../a.md"), "../a.md");
        assert_eq!(plain_path("/a.md"), "/a.md");
    }
}
