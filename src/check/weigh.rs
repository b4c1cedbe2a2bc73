//! Report and policy → the report with its gate. The order is: other levels for some paths, what is left alone, what is
//! known, what touches a file that changed, what fails.

use super::baseline::{Baseline, Budget};
use super::facts::admit;
use super::marks::{bare, mark, of_finding, of_words, opposed, rules};
use super::policy::{MinSources, Policy, holds};
use super::problems::{MIN_SOURCES, STALE_BASELINE, in_force};
use super::review::Review;
use super::suppressions::Suppressions;
use crate::model::{
    BaselineState, Fact, Finding, Gate, GateStatus, Label, Problem, Report, ReportedClaim, RuleInForce, Severity,
    Suppression, Weighed,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What a report is weighed with.
#[derive(Debug, Clone, Copy)]
pub struct Weighing<'a> {
    /// What fails.
    pub policy: &'a Policy,
    /// What is known, and the name of its file.
    pub baseline: Option<(&'a Baseline, &'a str)>,
    /// What people made of findings, and the name of its file: what was rejected is left alone.
    pub review: Option<(&'a Review, &'a str)>,
    /// The day; without one no comment is past its own.
    pub today: Option<Date>,
    /// What the owner holds for settled; tolerances are theirs.
    pub facts: &'a [Fact],
    /// The files that changed, as reports name them; all were where absent.
    pub changed: Option<&'a BTreeSet<String>>,
}

/// Weighs `report`.
pub fn weigh(mut report: Report, with: &Weighing<'_>) -> Report {
    let Weighing { policy, baseline, review, today, facts, changed } = *with;
    let before = report.findings.len();
    for finding in &mut report.findings {
        admit(finding, facts, &policy.base);
        settle_history(finding, policy);
        relevel(finding, policy, &report.method.rules);
    }
    report.findings.retain(|finding| finding.label != Label::Conflict || !finding.reasons.is_empty());
    let off = u32::try_from(before - report.findings.len()).unwrap_or(u32::MAX);
    report.totals.conflict = report.totals.conflict.saturating_sub(off);
    report.findings.sort_by(|one, other| {
        let level = |finding: &Finding| (finding.label == Label::Conflict).then_some(finding.level);
        level(other).cmp(&level(one))
    });
    report.method.rules.extend(in_force());

    let mut suppressions = Suppressions::of(&report, policy, review, today);
    let mut budget = baseline.map(|(baseline, _)| Budget::of(baseline));
    let mut made: Vec<Option<Weighed>> = Vec::with_capacity(report.findings.len());
    for finding in &report.findings {
        let weighed = (finding.label == Label::Conflict)
            .then(|| weigh_finding(finding, &rules(finding, &report), policy, &mut suppressions, budget.as_mut()));
        made.push(weighed);
    }
    let mut problems = few_sources(&report, policy, &mut suppressions, budget.as_mut());
    problems.extend(suppressions.problems(changed.is_none()));
    for (finding, weighed) in report.findings.iter_mut().zip(made) {
        finding.weighed = weighed;
    }

    let mut untouched = None;
    if let Some(changed) = changed {
        let touches = |finding: &Finding| {
            let mut claims = finding.positions.iter().flat_map(|position| &position.claims);
            finding.label != Label::Conflict || claims.any(|claim| changed.contains(&claim.path))
        };
        let before = report.findings.len() + problems.len();
        report.findings.retain(touches);
        problems.retain(|problem| changed.contains(&problem.path));
        untouched = Some(u32::try_from(before - report.findings.len() - problems.len()).unwrap_or(u32::MAX));
    } else if let (Some(budget), Some((_, path))) = (&budget, baseline) {
        // Of a part of the findings one cannot tell what is found no more.
        problems.extend(budget.stale().into_iter().map(|(entry, count)| {
            let times = if count == 1 { String::new() } else { format!(" ({count} times)") };
            let fails = policy.strict_baseline && policy.fail_on.is_some();
            Problem {
                rule: STALE_BASELINE.to_owned(),
                level: if fails { Severity::Error } else { Severity::Warning },
                path: path.to_owned(),
                place: None,
                place_end: None,
                message: format!(
                    "{} in {} is found no more{times}: {}",
                    entry.rule,
                    entry.paths.join(" and "),
                    entry.claims.join(" / ")
                ),
                fails,
                baseline: None,
                mark: of_words(STALE_BASELINE, [(entry.fingerprint.clone(), String::new())]),
            }
        }));
    }
    problems.sort_by(|one, other| {
        (&one.path, one.place, &one.rule, &one.message).cmp(&(&other.path, other.place, &other.rule, &other.message))
    });
    report.gate = Some(gate(&report.findings, problems, policy, baseline.is_some(), untouched));
    report
}

/// The counts.
fn gate(
    findings: &[Finding],
    problems: Vec<Problem>,
    policy: &Policy,
    has_baseline: bool,
    untouched: Option<u32>,
) -> Gate {
    let weighed = || findings.iter().filter_map(|finding| finding.weighed.as_ref());
    let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let conflicts = size(weighed().filter(|made| made.fails).count());
    let others = size(problems.iter().filter(|problem| problem.fails).count());
    let is_known = |state: Option<BaselineState>| state == Some(BaselineState::Unchanged);
    let known = weighed().filter(|made| made.suppression.is_none() && is_known(made.baseline)).count()
        + problems.iter().filter(|problem| is_known(problem.baseline)).count();
    let passed = conflicts <= policy.max_conflicts && others == 0;
    Gate {
        status: if passed { GateStatus::Passed } else { GateStatus::Failed },
        fail_on: policy.fail_on,
        max_conflicts: policy.max_conflicts,
        failing: conflicts + others,
        baselined: has_baseline.then_some(size(known)),
        suppressed: size(weighed().filter(|made| made.suppression.is_some()).count()),
        untouched,
        problems,
    }
}

/// Makes a conflict a note where every two sides of it meet in a page of history: what was so at its time contradicts nothing
/// that is so today.
fn settle_history(finding: &mut Finding, policy: &Policy) {
    let is_history = |claim: &ReportedClaim| policy.history.is_match(policy.base.told(&claim.path));
    if finding.label == Label::Conflict
        && !policy.history.is_empty()
        && opposed(finding).iter().all(|pair| is_history(pair.one) || is_history(pair.other))
    {
        finding.level = Severity::Note;
    }
}

/// Gives a conflict the level that the policy has for its paths; reasons of rules that are off there are taken out.
fn relevel(finding: &mut Finding, policy: &Policy, rules: &[RuleInForce]) {
    if finding.label != Label::Conflict || finding.reasons.is_empty() || policy.overrides.is_empty() {
        return;
    }
    let path_of = |claim: &str| {
        let claims = finding.positions.iter().flat_map(|position| &position.claims);
        claims.filter(|known| known.id == claim).map(|known| policy.base.told(&known.path)).next().unwrap_or_default()
    };
    // The level that each reason is given; nothing where no entry speaks of it.
    let given: Vec<Option<Option<Severity>>> = finding
        .reasons
        .iter()
        .map(|reason| {
            let paths = [path_of(&reason.left.claim), path_of(&reason.right.claim)];
            let speaks =
                policy.overrides.iter().rev().filter(|entry| paths.iter().any(|path| entry.paths.is_match(path)));
            speaks.filter_map(|entry| entry.levels.get(&reason.rule).copied()).next()
        })
        .collect();
    if given.iter().all(Option::is_none) {
        return;
    }
    let own = |rule: &str| rules.iter().find(|known| known.id == rule).and_then(|known| known.level);
    let bears = |rule: &str| !rules.iter().any(|known| known.id == rule && known.bearing == "context");
    let level = finding
        .reasons
        .iter()
        .zip(&given)
        .filter(|(reason, _)| bears(&reason.rule))
        .filter_map(|(reason, given)| match given {
            Some(level) => *level,
            // What the context took off the level of the whole stays off.
            None => own(&reason.rule).map(|level| level.min(finding.level)),
        })
        .max();
    match level {
        Some(level) => {
            finding.level = level;
            let mut given = given.iter();
            finding.reasons.retain(|_| given.next() != Some(&Some(None)));
        }
        None => finding.reasons.clear(),
    }
}

/// What to make of one conflict: it is left alone or known when every two claims on different sides are.
fn weigh_finding(
    finding: &Finding,
    rules: &[&str],
    policy: &Policy,
    suppressions: &mut Suppressions<'_>,
    mut budget: Option<&mut Budget<'_>>,
) -> Weighed {
    let mut suppression: Option<Suppression> = None;
    let (mut suppressed, mut known) = (true, true);
    for pair in opposed(finding) {
        let mut left_alone = rules.iter().map(|rule| suppressions.of_pair(rule, &pair)).collect::<Vec<_>>().into_iter();
        match left_alone.clone().all(|held| held.is_some()).then(|| left_alone.find_map(|held| held)).flatten() {
            Some(held) => {
                suppression.get_or_insert(held);
            }
            None => {
                suppressed = false;
                if let Some(budget) = budget.as_deref_mut() {
                    let marks: Vec<String> =
                        rules.iter().map(|rule| mark(rule, [pair.one, pair.other], &policy.base)).collect();
                    known &= budget.take(&marks);
                }
            }
        }
    }
    let baseline = budget.map(|_| if known && !suppressed { BaselineState::Unchanged } else { BaselineState::New });
    let mut made = Weighed {
        mark: of_finding(finding, rules.first().copied().unwrap_or_default(), &policy.base),
        fails: false,
        baseline,
        suppression: suppression.filter(|_| suppressed),
    };
    made.fails = made.is_live() && policy.fail_on.is_some_and(|least| finding.level >= least);
    made
}

/// The claims that too few sources make.
fn few_sources(
    report: &Report,
    policy: &Policy,
    suppressions: &mut Suppressions<'_>,
    mut budget: Option<&mut Budget<'_>>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    if policy.min_sources.is_empty() {
        return problems;
    }
    for finding in &report.findings {
        for position in &finding.positions {
            // Who stands on the other side of a conflict does not make this claim.
            let sources = u32::try_from(position.outlets.len()).unwrap_or(u32::MAX);
            for claim in position.claims.iter().filter(|claim| !claim.headline) {
                let Some(wants) = wanted(claim, policy).filter(|wants| sources < wants.sources) else { continue };
                if suppressions.of_claim(MIN_SOURCES, claim).is_some() {
                    continue;
                }
                let mark = of_words(MIN_SOURCES, [(policy.base.told(&claim.path), bare(&claim.text))]);
                let known = budget.as_deref_mut().map(|budget| {
                    if budget.take(std::slice::from_ref(&mark)) { BaselineState::Unchanged } else { BaselineState::New }
                });
                let who = if sources == 1 { "one source makes" } else { "too few sources make" };
                problems.push(Problem {
                    rule: MIN_SOURCES.to_owned(),
                    level: wants.level,
                    path: claim.path.clone(),
                    place: Some(claim.place),
                    place_end: claim.place_end,
                    message: format!("{who} this claim, the policy wants {}: {}", wants.sources, claim.text),
                    fails: known != Some(BaselineState::Unchanged)
                        && policy.fail_on.is_some_and(|least| wants.level >= least),
                    baseline: known,
                    mark,
                });
            }
        }
    }
    problems
}

/// The strictest entry that speaks of a claim.
fn wanted<'a>(claim: &ReportedClaim, policy: &'a Policy) -> Option<&'a MinSources> {
    let told = policy.base.told(&claim.path);
    let speaks =
        policy.min_sources.iter().filter(|entry| entry.paths.is_match(&told) && holds(&claim.text, &entry.words));
    speaks.max_by_key(|entry| (entry.sources, entry.level))
}
