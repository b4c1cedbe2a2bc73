//! Labelled pairs with their scores → how matching and conflicts fare at every threshold, and which one to take.

use super::share;
use crossclaim::pipeline::PairLabel;
use crossclaim::report::wording::count;
use std::io::{self, Write};

/// A pair whose label is known, with what the program says of it where every score is enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scored {
    pub(super) gold: PairLabel,
    pub(super) label: PairLabel,
    pub(super) score: f64,
}

/// Precision weighs so much against recall in the figure that a threshold is suggested by: F with beta = 0.5 (van Rijsbergen
/// 1979) counts precision twice, since a match that is none costs a reader more than one that is missed.
const BETA: f64 = 0.5;

/// With fewer labelled pairs than this a suggestion says more about the pairs than about the program.
const FEW: usize = 200;

/// The pairs, the highest score first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sweep {
    pairs: Vec<Scored>,
}

/// What is given at one threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Given {
    matched: u64,
    matched_right: u64,
    conflict: u64,
    conflict_right: u64,
    right: u64,
}

impl Sweep {
    pub(super) fn of(pairs: impl Iterator<Item = Scored>) -> Self {
        let mut pairs: Vec<Scored> = pairs.collect();
        pairs.sort_by(|one, other| other.score.total_cmp(&one.score));
        Self { pairs }
    }

    fn given(&self, threshold: f64) -> Given {
        let mut given = Given::default();
        for pair in &self.pairs {
            let label = if pair.score >= threshold { pair.label } else { PairLabel::Unmatched };
            given.right += u64::from(label == pair.gold);
            if label != PairLabel::Unmatched {
                given.matched += 1;
                given.matched_right += u64::from(pair.gold != PairLabel::Unmatched);
            }
            if label == PairLabel::Conflict {
                given.conflict += 1;
                given.conflict_right += u64::from(pair.gold == PairLabel::Conflict);
            }
        }
        given
    }

    fn gold(&self, is: impl Fn(PairLabel) -> bool) -> u64 {
        self.pairs.iter().filter(|pair| is(pair.gold)).count() as u64
    }

    /// The threshold with the best figure for matching, in hundredths; of several the one in their middle, which is farthest from
    /// where the figure falls. Nothing where the pairs all match, or none does: then none is better than another.
    fn suggested(&self) -> Option<f64> {
        let matching = self.gold(|gold| gold != PairLabel::Unmatched);
        if matching == 0 || matching == self.pairs.len() as u64 {
            return None;
        }
        let figure = |threshold: f64| {
            let given = self.given(threshold);
            let weight = BETA * BETA;
            let below = weight * matching as f64 + given.matched as f64;
            (1.0 + weight) * given.matched_right as f64 / below
        };
        let figures: Vec<f64> = (1..100).map(|at| figure(f64::from(at) / 100.0)).collect();
        let best = figures.iter().copied().fold(0.0, f64::max);
        let equal: Vec<usize> = (1..100).filter(|at| figures[at - 1] == best).collect();
        equal.get(equal.len() / 2).map(|at| *at as f64 / 100.0)
    }

    /// Writes the figures at twenty thresholds and the suggestion; nothing where no pair has a label.
    pub(super) fn write(&self, in_force: f64, out: &mut dyn Write) -> io::Result<()> {
        if self.pairs.is_empty() {
            return Ok(());
        }
        let matching = self.gold(|gold| gold != PairLabel::Unmatched);
        let conflicts = self.gold(|gold| gold == PairLabel::Conflict);
        writeln!(out, "\n{:<10}{:^30}{:>19}", "", "matched", "conflict")?;
        writeln!(
            out,
            "{:<10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>9}",
            "threshold", "precision", "recall", "F1", "precision", "recall", "F1", "accuracy"
        )?;
        let mut line = |threshold: f64, mark: &str| {
            let given = self.given(threshold);
            let triple = |right: u64, given: u64, gold: u64| {
                format!("{:>10}{:>10}{:>10}", share(right, given), share(right, gold), share(2 * right, given + gold))
            };
            writeln!(
                out,
                "{:<10}{}{}{:>9}{mark}",
                format!("{threshold:.2}"),
                triple(given.matched_right, given.matched, matching),
                triple(given.conflict_right, given.conflict, conflicts),
                share(given.right, self.pairs.len() as u64)
            )
        };
        for at in 1..20 {
            let threshold = f64::from(at) / 20.0;
            line(threshold, if (threshold - in_force).abs() < 1e-9 { "  in force" } else { "" })?;
        }
        match self.suggested() {
            None => writeln!(out, "\nNo threshold is suggested: the pairs all match, or none does."),
            Some(best) => {
                let given = self.given(best);
                writeln!(
                    out,
                    "\nSuggested threshold: {best:.2} (best F0.5 of matching: precision {}, recall {}){}",
                    share(given.matched_right, given.matched),
                    share(given.matched_right, matching),
                    if self.pairs.len() < FEW {
                        format!("; {} are few to choose by", count(self.pairs.len() as u64, "labelled pair"))
                    } else {
                        String::new()
                    }
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(gold: PairLabel, label: PairLabel, score: f64) -> Scored {
        Scored { gold, label, score }
    }

    fn written(pairs: &[Scored]) -> String {
        let mut bytes = Vec::new();
        Sweep::of(pairs.iter().copied()).write(0.5, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_threshold_that_parts_the_pairs_best_is_suggested() {
        use PairLabel::{Agree, Conflict, Unmatched};
        // From .71 to .75 all three matches and nothing else; at .7 a wrong one comes in, at .76 one is lost.
        let pairs = [
            pair(Agree, Agree, 0.95),
            pair(Conflict, Conflict, 0.85),
            pair(Agree, Conflict, 0.75),
            pair(Unmatched, Agree, 0.704),
            pair(Unmatched, Unmatched, 0.9),
        ];
        let text = written(&pairs);
        assert!(
            text.contains("Suggested threshold: 0.73 (best F0.5 of matching: precision 1.000, recall 1.000)"),
            "{text}"
        );
        assert!(text.ends_with("; 5 labelled pairs are few to choose by\n"), "{text}");
        let line = text.lines().find(|line| line.starts_with("0.50")).unwrap();
        let figures = ["0.50", "0.750", "1.000", "0.857", "0.500", "1.000", "0.667", "0.600", "in", "force"];
        assert_eq!(line.split_whitespace().collect::<Vec<_>>(), figures);
    }

    #[test]
    fn nothing_is_suggested_where_every_pair_matches() {
        let text = written(&[pair(PairLabel::Agree, PairLabel::Agree, 0.9)]);
        assert!(text.ends_with("No threshold is suggested: the pairs all match, or none does.\n"), "{text}");
        assert_eq!(written(&[]), "");
    }
}
