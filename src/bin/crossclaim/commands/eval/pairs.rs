//! `eval pairs FILE`: labels pairs of claims and, where the file says what they are, counts how often it is right, at the
//! threshold in force and at others.

use super::share;
use super::sweep::{Scored, Sweep};
use crate::args::{Cli, PairsArgs, SourceArgs};
use crate::commands::inputs::records;
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use crate::settings;
use crossclaim::pipeline::{self, PairLabel, PairOutcome, TextPair};
use crossclaim::report::wording::count;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, Write};

/// One line of the file.
#[derive(Debug, Deserialize)]
struct PairRecord {
    id: Value,
    a: String,
    b: String,
    label: Option<String>,
}

/// The labels in the order of the matrix.
const LABELS: [PairLabel; 3] = [PairLabel::Agree, PairLabel::Conflict, PairLabel::Unmatched];

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &PairsArgs) -> Result<Exit, Failure> {
    let settings = settings::settings(cli, std::slice::from_ref(&args.file), &SourceArgs::default(), args.threshold)?;
    let found = records::<PairRecord>(&args.file)?;
    let pairs: Vec<TextPair> = found
        .records
        .iter()
        .map(|record| TextPair { id: record.id.to_string(), a: record.a.clone(), b: record.b.clone() })
        .collect();
    let threshold = settings.compare.threshold;
    // Without a threshold every pair that nothing vetoes is labelled; what lies below the one in force is unmatched.
    let mut open = settings.clone();
    open.compare.threshold = 0.0;
    let mut outcomes = pipeline::compare_pairs(&pairs, &open)?;
    let sweep = Sweep::of(found.records.iter().zip(&outcomes).filter_map(|(record, outcome)| {
        let gold = gold(record.label.as_ref()?);
        Some(Scored { gold, label: outcome.label, score: outcome.score })
    }));
    for outcome in outcomes.iter_mut().filter(|outcome| outcome.score < threshold) {
        outcome.label = PairLabel::Unmatched;
        outcome.reasons.clear();
    }
    if let Some(path) = &args.predictions {
        write_to(Some(path), |out| write_predictions(&found.records, &outcomes, out))?;
    }
    let matrix = Matrix::count(found.records.iter().zip(&outcomes));
    write_to(None, |out| {
        matrix.write(out)?;
        sweep.write(threshold, out)
    })?;
    Ok(found.exit())
}

/// One line a pair, its identity as it came.
fn write_predictions(records: &[PairRecord], outcomes: &[PairOutcome], out: &mut dyn Write) -> io::Result<()> {
    for (record, outcome) in records.iter().zip(outcomes) {
        let reasons: Vec<Value> = outcome
            .reasons
            .iter()
            .map(|reason| {
                json!({
                    "rule": reason.rule, "left": reason.left.text, "right": reason.right.text, "message": reason.message
                })
            })
            .collect();
        let line =
            json!({ "id": record.id, "label": outcome.label.name(), "score": outcome.score, "reasons": reasons });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// How often each label was given to pairs of each true label.
#[derive(Debug, Default, PartialEq, Eq)]
struct Matrix {
    /// By true label, then by given label.
    counts: [[u64; 3]; 3],
    /// Pairs of unknown label, by given label.
    unlabelled: [u64; 3],
}

impl Matrix {
    fn count<'a>(pairs: impl Iterator<Item = (&'a PairRecord, &'a PairOutcome)>) -> Self {
        let mut matrix = Self::default();
        for (record, outcome) in pairs {
            let given = index(outcome.label);
            match &record.label {
                Some(label) => matrix.counts[index(gold(label))][given] += 1,
                None => matrix.unlabelled[given] += 1,
            }
        }
        matrix
    }

    fn total(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// The pairs given this label, those that have it, and those that are both.
    fn of(&self, label: usize) -> (u64, u64, u64) {
        let given = self.counts.iter().map(|row| row[label]).sum();
        (given, self.counts[label].iter().sum(), self.counts[label][label])
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.total() > 0 {
            let right: u64 = (0..3).map(|label| self.counts[label][label]).sum();
            writeln!(out, "{}, accuracy {}\n", count(self.total(), "labelled pair"), share(right, self.total()))?;
            writeln!(out, "{:<12}{:>10}{:>10}{:>10}", "gold \\ given", "agree", "conflict", "unmatched")?;
            for (label, row) in LABELS.iter().zip(&self.counts) {
                writeln!(out, "{:<12}{:>10}{:>10}{:>10}", label.name(), row[0], row[1], row[2])?;
            }
            writeln!(out, "\n{:<12}{:>10}{:>10}{:>10}{:>10}", "", "precision", "recall", "F1", "support")?;
            for (at, label) in LABELS.iter().enumerate() {
                let (given, support, both) = self.of(at);
                // F1 is the harmonic mean of precision and recall: 2 TP / (given + support).
                let (precision, recall, f1) =
                    (share(both, given), share(both, support), share(2 * both, given + support));
                writeln!(out, "{:<12}{precision:>10}{recall:>10}{f1:>10}{support:>10}", label.name())?;
            }
            if self.unlabelled.iter().sum::<u64>() > 0 {
                writeln!(out)?;
            }
        }
        let unlabelled: u64 = self.unlabelled.iter().sum();
        if unlabelled > 0 {
            let [agree, conflict, unmatched] = self.unlabelled;
            writeln!(
                out,
                "{} without a label: {agree} agree, {conflict} conflict, {unmatched} unmatched",
                count(unlabelled, "pair")
            )?;
        }
        Ok(())
    }
}

fn index(label: PairLabel) -> usize {
    match label {
        PairLabel::Agree => 0,
        PairLabel::Conflict => 1,
        PairLabel::Unmatched => 2,
    }
}

/// The label a file names; every name but the first two counts as unmatched.
fn gold(label: &str) -> PairLabel {
    match label {
        "agree" => PairLabel::Agree,
        "conflict" => PairLabel::Conflict,
        _ => PairLabel::Unmatched,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_come_from_the_matrix() {
        // Of 4 true conflicts 3 are found; 5 are given; so precision .6, recall .75, F1 .667.
        let matrix = Matrix { counts: [[7, 1, 2], [0, 3, 1], [0, 1, 5]], unlabelled: [0, 0, 0] };
        let mut out = Vec::new();
        matrix.write(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("20 labelled pairs, accuracy 0.750\n"), "{text}");
        let line = text.lines().rev().find(|line| line.starts_with("conflict")).unwrap();
        assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["conflict", "0.600", "0.750", "0.667", "4"]);
    }

    #[test]
    fn a_label_nobody_gave_has_no_precision() {
        let matrix = Matrix { counts: [[0, 0, 2], [0, 0, 0], [0, 0, 3]], unlabelled: [1, 0, 4] };
        let mut out = Vec::new();
        matrix.write(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("agree                -     0.000     0.000         2"), "{text}");
        assert!(text.ends_with("5 pairs without a label: 1 agree, 0 conflict, 4 unmatched\n"), "{text}");
    }

    #[test]
    fn a_pair_below_the_threshold_is_labelled_as_with_that_threshold() {
        let texts = [
            ("Nine people were hurt in the fire", "Twelve people were hurt in the fire"),
            ("The bridge was closed on Monday", "On Monday the old bridge was shut"),
            ("The bridge was closed on Monday", "The mayor opened a school"),
            ("Prices rose by 3 %", "The council met"),
        ];
        let pair = |(a, b): &(&str, &str)| TextPair { id: String::new(), a: (*a).to_owned(), b: (*b).to_owned() };
        let pairs: Vec<TextPair> = texts.iter().map(pair).collect();
        let at = |threshold| {
            let mut settings = crossclaim::config::Settings::default();
            settings.compare.threshold = threshold;
            pipeline::compare_pairs(&pairs, &settings).unwrap()
        };
        let all = at(0.0);
        for threshold in [0.01, 0.2, 0.5, 0.9, 0.999] {
            for (open, own) in all.iter().zip(at(threshold)) {
                let label = if open.score < threshold { PairLabel::Unmatched } else { open.label };
                assert_eq!((label, open.score), (own.label, own.score), "{threshold}");
            }
        }
        assert!(all.iter().any(|outcome| outcome.score > 0.5) && all.iter().any(|outcome| outcome.score < 0.2));
    }

    #[test]
    fn unknown_labels_count_as_unmatched() {
        assert_eq!(gold("conflict"), PairLabel::Conflict);
        assert_eq!(gold("neutral"), PairLabel::Unmatched);
    }
}
