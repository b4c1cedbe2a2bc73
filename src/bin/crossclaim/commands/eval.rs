//! `eval pairs FILE`: labels pairs of claims and, where the file says what they are, counts how often it is right.

use super::inputs::records;
use crate::args::{Cli, PairsArgs, SourceArgs};
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
    let outcomes = pipeline::compare_pairs(&pairs, &settings)?;
    if let Some(path) = &args.predictions {
        write_to(Some(path), |out| write_predictions(&found.records, &outcomes, out))?;
    }
    let matrix = Matrix::count(found.records.iter().zip(&outcomes));
    write_to(None, |out| matrix.write(out))?;
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

/// A share with three digits; a dash where there is nothing to share.
fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.3}", part as f64 / whole as f64) }
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
    fn unknown_labels_count_as_unmatched() {
        assert_eq!(gold("conflict"), PairLabel::Conflict);
        assert_eq!(gold("neutral"), PairLabel::Unmatched);
    }
}
