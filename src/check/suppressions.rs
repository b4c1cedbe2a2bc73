//! Comments, entries and rejected findings of a review file, which leave findings alone: which pair of claims one of them covers,
//! and which of them covers none.

use super::marks::{Opposed, mark, of_words};
use super::paths::Base;
use super::policy::{Ignore, Policy, holds};
use super::problems::{EXPIRED_IGNORE, UNUSED_IGNORE, UNUSED_REVIEW, WRONG_IGNORE};
use super::review::{Review, ReviewRecord};
use crate::config::did_you_mean;
use crate::model::{IgnoreComment, Place, Problem, Report, ReportedClaim, Severity, Suppression, SuppressionKind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// All that is said to be left alone, and what of it was of use.
pub(super) struct Suppressions<'a> {
    /// The comments of each file, by line.
    comments: BTreeMap<&'a str, Vec<Comment<'a>>>,
    entries: Vec<(&'a Ignore, bool)>,
    rejected: Vec<Rejected<'a>>,
    /// The marks of the rejected pairs, with their places in `rejected`.
    rejected_marks: BTreeMap<String, Vec<usize>>,
    base: &'a Base,
    today: Option<Date>,
    known: Vec<&'a str>,
}

/// A rejected finding of a review file.
struct Rejected<'a> {
    path: &'a str,
    line: u32,
    record: &'a ReviewRecord,
    used: bool,
}

struct Comment<'a> {
    comment: &'a IgnoreComment,
    used: bool,
    mistake: Option<String>,
}

impl<'a> Suppressions<'a> {
    /// Those of the documents of `report`, of `policy` and of a review with the name of its file. Without a day nothing is past.
    pub(super) fn of(
        report: &'a Report,
        policy: &'a Policy,
        review: Option<(&'a Review, &'a str)>,
        today: Option<Date>,
    ) -> Self {
        let known: Vec<&str> = report.method.rules.iter().map(|rule| rule.id.as_str()).collect();
        let mut comments: BTreeMap<&str, Vec<Comment<'_>>> = BTreeMap::new();
        for document in &report.documents {
            let of_file = comments.entry(&document.path).or_default();
            for comment in &document.ignores {
                let mistake = comment.mistake.clone().or_else(|| unknown_rule(comment, &known));
                of_file.push(Comment { comment, used: false, mistake });
            }
        }
        let entries = policy.ignores.iter().map(|entry| (entry, false)).collect();
        let mut rejected = Vec::new();
        let mut rejected_marks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        if let Some((review, path)) = review {
            for (line, record) in review.rejected() {
                for mark in record.marks() {
                    rejected_marks.entry(mark).or_default().push(rejected.len());
                }
                rejected.push(Rejected { path, line, record, used: false });
            }
        }
        Self { comments, entries, rejected, rejected_marks, base: &policy.base, today, known }
    }

    /// What leaves a pair alone for `rule`, if anything does.
    pub(super) fn of_pair(&mut self, rule: &str, pair: &Opposed<'_>) -> Option<Suppression> {
        let one = self.of_claim(rule, pair.one);
        // Both are asked, so that a comment on either side counts as used.
        let other = self.of_claim(rule, pair.other);
        let rejected = self.of_review(rule, pair);
        one.or(other).or(rejected)
    }

    /// The line of the review that rejects a pair for `rule`.
    fn of_review(&mut self, rule: &str, pair: &Opposed<'_>) -> Option<Suppression> {
        if self.rejected.is_empty() {
            return None;
        }
        let lines = self.rejected_marks.get(&mark(rule, [pair.one, pair.other], self.base))?;
        for at in lines {
            self.rejected[*at].used = true;
        }
        let rejected = &self.rejected[*lines.first()?];
        Some(Suppression {
            kind: SuppressionKind::External,
            path: rejected.path.to_owned(),
            place: Some(Place { line: rejected.line, column: 1 }),
            reason: rejected.record.reason.clone(),
            until: None,
        })
    }

    /// What leaves a claim alone for `rule`.
    pub(super) fn of_claim(&mut self, rule: &str, claim: &ReportedClaim) -> Option<Suppression> {
        let today = self.today;
        let holds_today = |until: Option<Date>| until.is_none_or(|last| today.is_none_or(|today| today <= last));
        let (from, to) = lines(claim);
        let mut found = None;
        for comment in self.comments.get_mut(claim.path.as_str()).into_iter().flatten() {
            let covers = comment.comment.from <= to && from <= comment.comment.to;
            if comment.mistake.is_none() && covers && comment.comment.rules.iter().any(|named| named == rule) {
                comment.used = true;
                if holds_today(comment.comment.until) {
                    found.get_or_insert_with(|| Suppression {
                        kind: SuppressionKind::InSource,
                        path: claim.path.clone(),
                        place: Some(comment.comment.place),
                        reason: comment.comment.reason.clone(),
                        until: comment.comment.until,
                    });
                }
            }
        }
        let told = self.base.told(&claim.path);
        for (entry, used) in &mut self.entries {
            let covers = entry.paths.is_match(&told) && holds(&claim.text, &entry.words);
            if covers && entry.rules.iter().any(|named| named == rule) {
                *used = true;
                if holds_today(entry.until) {
                    found.get_or_insert_with(|| Suppression {
                        kind: SuppressionKind::External,
                        path: entry.written.clone(),
                        place: None,
                        reason: entry.reason.clone(),
                        until: entry.until,
                    });
                }
            }
        }
        found
    }

    /// What is wrong with the comments and entries, after every finding was asked about. Where not all there are were made, nobody
    /// can tell which lines of a review are of no use.
    pub(super) fn problems(&self, all_findings: bool) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (path, comments) in &self.comments {
            for Comment { comment, used, mistake } in comments {
                let named = comment.rules.join(", ");
                let (rule, message) = match mistake {
                    Some(mistake) => (WRONG_IGNORE, mistake.clone()),
                    None if !self.holds(comment.until) => (EXPIRED_IGNORE, expired(&named, comment.until)),
                    None if !used => {
                        (UNUSED_IGNORE, format!("no finding of {named} stands here; take the comment out"))
                    }
                    None => continue,
                };
                problems.push(problem(rule, path, Some(comment.place), message));
            }
        }
        for (entry, used) in &self.entries {
            let named = entry.rules.join(", ");
            let (rule, message) = match () {
                () if !self.holds(entry.until) => (EXPIRED_IGNORE, expired(&named, entry.until)),
                () if !used => {
                    let message =
                        format!("no finding of {named} under {}; take the [[ignore]] entry out", entry.written);
                    (UNUSED_IGNORE, message)
                }
                () => continue,
            };
            problems.push(problem(rule, &entry.written, None, message));
        }
        for Rejected { path, line, record, .. } in
            self.rejected.iter().filter(|rejected| all_findings && !rejected.used)
        {
            let claims: Vec<&str> = record.sides.iter().flatten().map(|claim| claim.text.as_str()).collect();
            let message = format!(
                "no {} is raised by these claims any more; take the line out: {}",
                record.rules.join(", "),
                claims.join(" / ")
            );
            problems.push(problem(UNUSED_REVIEW, path, Some(Place { line: *line, column: 1 }), message));
        }
        debug_assert!(problems.iter().all(|problem| self.known.contains(&problem.rule.as_str())));
        problems
    }

    fn holds(&self, until: Option<Date>) -> bool {
        until.is_none_or(|last| self.today.is_none_or(|today| today <= last))
    }
}

/// The lines of a claim.
fn lines(claim: &ReportedClaim) -> (u32, u32) {
    (claim.place.line, claim.place_end.map_or(claim.place.line, |end| end.line))
}

fn unknown_rule(comment: &IgnoreComment, known: &[&str]) -> Option<String> {
    let rule = comment.rules.iter().find(|rule| !known.contains(&rule.as_str()))?;
    let hint = did_you_mean(rule, known.iter().copied());
    let hint =
        hint.map_or("`crossclaim list rules` names them all".to_owned(), |near| format!("did you mean `{near}`?"));
    Some(format!("unknown rule `{rule}`; {hint}"))
}

fn expired(named: &str, until: Option<Date>) -> String {
    let day = until.map(|day| day.to_string()).unwrap_or_default();
    format!("held until {day} and leaves {named} alone no more; mend the conflict or give it another day")
}

fn problem(rule: &str, path: &str, place: Option<Place>, message: String) -> Problem {
    Problem {
        rule: rule.to_owned(),
        level: Severity::Warning,
        path: path.to_owned(),
        place,
        place_end: None,
        fails: false,
        baseline: None,
        mark: of_words(rule, [(path.to_owned(), message.clone())]),
        message,
    }
}
