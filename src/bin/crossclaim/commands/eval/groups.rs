//! `eval groups GOLD PATH...`: which claims belong together and what they are, as people say and as the report says.
//!
//! Grouping is measured over the claims that the gold file names: pairwise, over all pairs of them, and as B-cubed (Bagga &
//! Baldwin 1998), over every claim. Other claims of the articles count nowhere, so a file may name a part of what there is. A
//! claim that the report does not have stands alone.

use super::gold::{Gold, GoldGroup, Index};
use super::share;
use crate::args::{Cli, GroupsArgs, written};
use crate::commands::diff::read_report;
use crate::commands::inputs::{exit_for, named, tell_skipped};
use crate::commands::weighed::base;
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use crate::progress::Progress;
use crate::settings;
use crossclaim::model::{Label, Report};
use crossclaim::pipeline;
use crossclaim::report::wording::count;
use serde_json::json;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use toml::Value;

/// The labels in the order of the tables.
const LABELS: [Label; 3] = [Label::Conflict, Label::Agree, Label::SingleSource];

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &GroupsArgs) -> Result<Exit, Failure> {
    let (gold, mut exit) = Gold::read(&args.file)?;
    let report = match &args.report {
        Some(file) => read_report(file)?,
        None => {
            let mut config = settings::config(cli, &args.paths)?;
            if let Some(choice) = args.sources_by {
                config = config.with_flag("--sources-by", "check", "sources", Value::String(written(choice)))?;
            }
            let mut settings = settings::of(config, cli, &args.sources, args.threshold)?;
            if args.sources_by.is_some() {
                settings.source_of = settings.check.sources;
            }
            let progress = Progress::new(cli);
            let report = pipeline::compare_watched(&args.paths, &settings, &progress)?;
            progress.finish();
            let paths = named(&args.paths, &args.sources);
            exit =
                exit.max(exit_for(&paths, report.documents.iter().map(|entry| entry.path.as_str()), &report.skipped));
            report
        }
    };
    if !cli.quiet {
        tell_skipped(&report.skipped);
    }
    let base = base(settings::file(cli, &args.paths).as_deref())?;
    let index = Index::of(&report, &base);
    let held = Held::of(&gold, &index, &report);
    if let Some(file) = &args.predictions {
        write_to(Some(file), |out| held.write_predictions(&gold, out))?;
    }
    write_to(None, |out| held.write(&gold, out))?;
    Ok(exit)
}

/// Gold held against a report.
#[derive(Debug)]
struct Held {
    /// For each claim that is named: its gold group, and the finding it stands in.
    claims: Vec<(usize, Option<usize>)>,
    /// Claims that stand in several groups; each counts in the first.
    twice: u64,
    /// For each gold group: what it was given.
    given: Vec<Given>,
    /// For each label: the findings that carry it and can be told to be right or wrong, and those that are right.
    judged: BTreeMap<Label, (u64, u64)>,
}

/// What a gold group was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    /// Two or more of its claims, or its only one, stand in a finding with this label; or each of them in one of its own that says
    /// nobody else reports it.
    Label(Label),
    /// Its claims stand in different findings of which one has another label, or one of them in none.
    Apart,
}

impl Held {
    fn of(gold: &Gold, index: &Index<'_>, report: &Report) -> Self {
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut twice = 0;
        let mut claims: Vec<(usize, Option<usize>)> = Vec::new();
        for (at, group) in gold.groups.iter().enumerate() {
            // In the order of the gold file, each claim once.
            let mut named: Vec<Option<usize>> = Vec::new();
            for claim in &group.claims {
                match index.find(claim) {
                    found @ Some(claim) if seen.contains(&claim) && !named.contains(&found) => twice += 1,
                    found if found.is_none() || !named.contains(&found) => named.push(found),
                    _ => {}
                }
            }
            let own = || named.iter().flatten().copied();
            // Of several findings that a claim stands in, the one that has most of this group answers for it.
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            own().flat_map(|claim| index.findings(claim)).for_each(|at| *shared.entry(at).or_default() += 1);
            let best = |claim: usize| index.findings(claim).max_by_key(|at| (shared[at], Reverse(*at)));
            claims.extend(named.iter().map(|claim| (at, claim.and_then(best))));
            seen.extend(own());
        }
        let given = (0..gold.groups.len()).map(|at| given(at, &claims, report)).collect();
        let mut held = Self { claims, twice, given, judged: BTreeMap::new() };
        held.judge(gold, index, report);
        held
    }

    /// Tells of every finding with a label that the gold file speaks of whether it carries it by right.
    fn judge(&mut self, gold: &Gold, index: &Index<'_>, report: &Report) {
        let mut of_finding: BTreeMap<usize, BTreeMap<usize, u64>> = BTreeMap::new();
        for (group, finding) in &self.claims {
            if let Some(finding) = finding {
                *of_finding.entry(*finding).or_default().entry(*group).or_default() += 1;
            }
        }
        let refused: Vec<(Label, BTreeMap<usize, usize>)> = gold
            .refused
            .iter()
            .map(|refused| {
                let mut findings: BTreeMap<usize, usize> = BTreeMap::new();
                for claim in refused.claims.iter().filter_map(|claim| index.find(claim)) {
                    index.findings(claim).for_each(|finding| *findings.entry(finding).or_default() += 1);
                }
                (refused.label, findings)
            })
            .collect();
        for (at, finding) in report.findings.iter().enumerate() {
            let label = finding.label;
            // One claim tells that a finding is of one source; that several belong together, two have to tell.
            let least = if label == Label::SingleSource { 1 } else { 2 };
            let groups = of_finding.get(&at);
            let named: u64 = groups.map_or(0, |groups| groups.values().sum());
            let shared = |wanted: &dyn Fn(&GoldGroup) -> bool| {
                let mut shared = groups.into_iter().flatten().filter(|(_, claims)| **claims >= least);
                shared.any(|(group, _)| wanted(&gold.groups[*group]))
            };
            let right = shared(&|group| group.label == Some(label) || is_alone(group) && label == Label::SingleSource);
            let is_refused = refused
                .iter()
                .any(|(refused, findings)| *refused == label && findings.get(&at).is_some_and(|n| *n as u64 >= least));
            // A group without a label tells that its claims belong together, and no more.
            let untold = shared(&|group| group.label.is_none() && !is_alone(group));
            if is_refused || right || (named >= least && !untold) {
                let counts = self.judged.entry(label).or_default();
                counts.0 += 1;
                counts.1 += u64::from(right && !is_refused);
            }
        }
    }

    /// The sizes of the gold groups, of the answers, and of what both have in common, over the claims named.
    fn sizes(&self) -> Sizes {
        let mut sizes = Sizes::default();
        for (at, (group, finding)) in self.claims.iter().enumerate() {
            // A claim that the report lacks stands alone, under a number no finding has.
            let answer = finding.map_or((1, at), |finding| (0, finding));
            *sizes.gold.entry(*group).or_default() += 1;
            *sizes.answer.entry(answer).or_default() += 1;
            *sizes.both.entry((*group, answer)).or_default() += 1;
        }
        sizes
    }

    fn write(&self, gold: &Gold, out: &mut dyn Write) -> io::Result<()> {
        let sizes = self.sizes();
        let found = self.claims.iter().filter(|(_, finding)| finding.is_some()).count();
        let size = |count: usize| count as u64;
        write!(
            out,
            "{} of {}, {found} of them in the report",
            count(size(gold.groups.len()), "group"),
            count(size(self.claims.len()), "claim")
        )?;
        if self.twice > 0 {
            write!(out, "; {} more in a second group and counted in the first only", self.twice)?;
        }
        if !gold.refused.is_empty() {
            write!(out, "; {} rejected", count(size(gold.refused.len()), "finding"))?;
        }
        writeln!(out, "\n")?;
        writeln!(out, "{:<14}{:>10}{:>10}{:>10}{:>10}", "grouping", "precision", "recall", "F1", "support")?;
        let (precision, recall, support) = sizes.pairwise();
        write_figures("pairs", precision, recall, support, out)?;
        let (precision, recall) = sizes.b_cubed();
        write_figures("B-cubed", precision, recall, size(self.claims.len()), out)?;
        self.write_labels(gold, out)
    }

    fn write_labels(&self, gold: &Gold, out: &mut dyn Write) -> io::Result<()> {
        let of_label =
            |label: Label| self.given.iter().zip(&gold.groups).filter(move |(_, group)| group.label == Some(label));
        if LABELS.iter().any(|label| of_label(*label).next().is_some()) {
            writeln!(
                out,
                "\n{:<14}{:>10}{:>10}{:>15}{:>10}",
                "gold \\ given", "conflict", "agree", "single-source", "apart"
            )?;
            for label in LABELS {
                let number = |given: Given| of_label(label).filter(|(own, _)| **own == given).count();
                writeln!(
                    out,
                    "{:<14}{:>10}{:>10}{:>15}{:>10}",
                    label.name(),
                    number(Given::Label(Label::Conflict)),
                    number(Given::Label(Label::Agree)),
                    number(Given::Label(Label::SingleSource)),
                    number(Given::Apart)
                )?;
            }
        }
        writeln!(
            out,
            "\n{:<14}{:>10}{:>10}{:>10}{:>10}{:>10}",
            "label", "precision", "recall", "F1", "given", "support"
        )?;
        for label in LABELS {
            let (given, right) = self.judged.get(&label).copied().unwrap_or_default();
            let support = of_label(label).count() as u64;
            let hit = of_label(label).filter(|(own, _)| **own == Given::Label(label)).count() as u64;
            let ratio = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
            let (precision, recall) = (ratio(right, given), ratio(hit, support));
            writeln!(
                out,
                "{:<14}{:>10}{:>10}{:>10}{given:>10}{support:>10}",
                label.name(),
                share(right, given),
                share(hit, support),
                figure(f1(precision, recall))
            )?;
        }
        Ok(())
    }

    /// A line a gold group: what it was given.
    fn write_predictions(&self, gold: &Gold, out: &mut dyn Write) -> io::Result<()> {
        for (at, group) in gold.groups.iter().enumerate() {
            let own = || self.claims.iter().filter(move |(of, _)| *of == at);
            let given = match self.given[at] {
                Given::Label(label) => label.name(),
                Given::Apart => "apart",
            };
            let findings: Vec<Option<usize>> = own().map(|(_, finding)| finding.map(|finding| finding + 1)).collect();
            let label = group.label.map(Label::name);
            writeln!(out, "{}", json!({ "id": group.name, "label": label, "given": given, "findings": findings }))?;
        }
        Ok(())
    }
}

/// Whether a group says that nobody else reports it.
fn is_alone(group: &GoldGroup) -> bool {
    group.label == Some(Label::SingleSource) || (group.label.is_none() && group.claims.len() == 1)
}

/// What the claims of the group `at` were given.
fn given(at: usize, claims: &[(usize, Option<usize>)], report: &Report) -> Given {
    let own: Vec<Option<usize>> =
        claims.iter().filter(|(group, _)| *group == at).map(|(_, finding)| *finding).collect();
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for finding in own.iter().flatten() {
        *shared.entry(*finding).or_default() += 1;
    }
    let label = |finding: usize| report.findings[finding].label;
    // Of findings that hold as many of its claims the first of the report counts.
    match shared.iter().max_by_key(|(finding, claims)| (**claims, Reverse(**finding))) {
        Some((finding, number)) if *number >= 2 || own.len() == 1 => Given::Label(label(*finding)),
        Some(_) if own.iter().all(|finding| finding.is_some_and(|one| label(one) == Label::SingleSource)) => {
            Given::Label(Label::SingleSource)
        }
        _ => Given::Apart,
    }
}

/// Sizes of groups, by gold group and by answer: the cells of a contingency table and its sums.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sizes {
    gold: BTreeMap<usize, u64>,
    answer: BTreeMap<Answered, u64>,
    both: BTreeMap<Cell, u64>,
}

/// A finding, or the claim that stands alone; the first number tells which of the two it is.
type Answered = (u8, usize);

/// What a gold group and an answer have in common.
type Cell = (usize, Answered);

impl Sizes {
    /// Precision and recall over pairs of claims, and the number of pairs that belong together.
    fn pairwise(&self) -> (Option<f64>, Option<f64>, u64) {
        let pairs = |sizes: &mut dyn Iterator<Item = &u64>| sizes.map(|size| size * (size - 1) / 2).sum::<u64>();
        let (both, gold, answer) =
            (pairs(&mut self.both.values()), pairs(&mut self.gold.values()), pairs(&mut self.answer.values()));
        let ratio = |whole: u64| (whole > 0).then(|| both as f64 / whole as f64);
        (ratio(answer), ratio(gold), gold)
    }

    /// B-cubed precision and recall: for each claim the share of its answer, and of its gold group, that the two have in
    /// common; the mean over all claims.
    fn b_cubed(&self) -> (Option<f64>, Option<f64>) {
        let claims: u64 = self.gold.values().sum();
        let mean = |whole: &dyn Fn(&Cell) -> u64| {
            // Every claim of a cell has the same share, so a cell counts as often as it has claims.
            let sum: f64 = self.both.iter().map(|(cell, size)| (size * size) as f64 / whole(cell) as f64).sum();
            (claims > 0).then(|| sum / claims as f64)
        };
        (mean(&|(_, answer)| self.answer[answer]), mean(&|(group, _)| self.gold[group]))
    }
}

/// The harmonic mean of precision and recall.
fn f1(precision: Option<f64>, recall: Option<f64>) -> Option<f64> {
    let (precision, recall) = (precision?, recall?);
    Some(if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 })
}

fn figure(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| format!("{value:.3}"))
}

fn write_figures(
    name: &str,
    precision: Option<f64>,
    recall: Option<f64>,
    support: u64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let f1 = figure(f1(precision, recall));
    writeln!(out, "{name:<14}{:>10}{:>10}{f1:>10}{support:>10}", figure(precision), figure(recall))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_and_pairwise_are_those_of_the_textbook_example() {
        // Gold {1,2,3,4,5} {6,7} {8,9,A,B,C}; answer {1..5} {6,7,8,9,A,B,C}: Bagga & Baldwin (1998), figure 2: precision
        // (5 * 1 + 2 * 2/7 + 5 * 5/7) / 12 = .762, recall 1. Pairs: 10 + 1 + 10 = 21 together, 10 + 21 = 31 answered.
        let mut held = Held { claims: Vec::new(), twice: 0, given: Vec::new(), judged: BTreeMap::new() };
        let gold = [0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2];
        held.claims = gold.iter().map(|group| (*group, Some(usize::from(*group > 0)))).collect();
        let sizes = held.sizes();
        let (precision, recall) = sizes.b_cubed();
        assert!((precision.unwrap() - 0.7619).abs() < 1e-4 && (recall.unwrap() - 1.0).abs() < 1e-12);
        let (precision, recall, support) = sizes.pairwise();
        assert!((precision.unwrap() - 21.0 / 31.0).abs() < 1e-12 && (recall.unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(support, 21);
    }

    #[test]
    fn a_claim_that_the_report_lacks_stands_alone() {
        let held = Held {
            claims: vec![(0, None), (0, None), (0, Some(3))],
            twice: 0,
            given: Vec::new(),
            judged: BTreeMap::new(),
        };
        let (precision, recall) = held.sizes().b_cubed();
        assert_eq!((precision, figure(recall)), (Some(1.0), "0.333".to_owned()));
        assert_eq!(held.sizes().pairwise(), (None, Some(0.0), 3));
    }
}
