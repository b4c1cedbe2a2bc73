//! How far a run is: a bar on standard error where that is a terminal and the run takes longer than a second, and with
//! `--verbose` what each step took.

use crate::args::Cli;
use crate::terminal::tell_rows;
use crossclaim::pipeline::{Indexed, Step, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A run shorter than this shows no bar: it would only flicker.
const WORTH_SHOWING: Duration = Duration::from_secs(1);

/// As many texts take longer than [`WORTH_SHOWING`] to be placed by their meaning, and nothing is told while they are.
const MANY_TEXTS: u64 = 1_000;

/// The same for pairs that are read together.
const MANY_PAIRS: u64 = 400;

/// How often a bar without parts moves.
const TICK: Duration = Duration::from_millis(120);

/// Watches one run.
pub(crate) struct Progress {
    started: Instant,
    may_show: bool,
    verbose: bool,
    bar: ProgressBar,
    is_shown: AtomicBool,
    done: AtomicU64,
    steps: Mutex<Steps>,
}

/// What was told so far.
#[derive(Debug, Default)]
struct Steps {
    now: Option<(Step, u64, Instant)>,
    past: Vec<(Step, u64, Duration)>,
    indexed: Option<Indexed>,
}

impl Progress {
    /// Begins to watch.
    pub(crate) fn new(cli: &Cli) -> Self {
        let may_show = !cli.quiet && !cli.no_progress && std::io::stderr().is_terminal();
        Self {
            started: Instant::now(),
            may_show,
            verbose: cli.verbose,
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            is_shown: AtomicBool::new(false),
            done: AtomicU64::new(0),
            steps: Mutex::default(),
        }
    }

    /// Seconds since the beginning.
    pub(crate) fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Takes the bar away; with `--verbose` tells what each step took.
    pub(crate) fn finish(&self) {
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        steps.end();
        self.bar.finish_and_clear();
        if self.verbose {
            tell_rows(&steps.lines());
        }
    }

    /// Brings the bar up once the run has taken long enough.
    fn show(&self, is_long: bool) {
        if !self.may_show || !(is_long || self.started.elapsed() > WORTH_SHOWING) {
            return;
        }
        if !self.is_shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(TICK);
        }
    }
}

impl Drop for Progress {
    /// A run that failed leaves no bar behind.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Progress {
    fn begin(&self, step: Step, parts: u64) {
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        steps.end();
        steps.now = Some((step, parts, Instant::now()));
        drop(steps);
        self.done.store(0, Ordering::Relaxed);
        if !self.may_show {
            return;
        }
        self.bar.set_message(format!("{}, {parts} {}", step.name(), step.parts()));
        // Steps that end all at once are a sign that turns, the others a bar.
        let template = match step {
            Step::Meaning | Step::Together | Step::Label => "{spinner} {msg}",
            _ => "{msg} {bar:24} {human_pos}/{human_len}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("━╸─"));
        }
        self.bar.set_length(parts);
        self.bar.set_position(0);
        self.show(step == Step::Meaning && parts > MANY_TEXTS || step == Step::Together && parts > MANY_PAIRS);
    }

    fn advance(&self, parts: u64) {
        let done = self.done.fetch_add(parts, Ordering::Relaxed) + parts;
        if self.may_show {
            self.bar.set_position(done);
            self.show(false);
        }
    }

    fn indexed(&self, indexed: Indexed) {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).indexed = Some(indexed);
    }
}

impl Steps {
    fn end(&mut self) {
        if let Some((step, parts, began)) = self.now.take() {
            self.past.push((step, parts, began.elapsed()));
        }
    }

    /// A line a step, and what the index did.
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (step, parts, took) in &self.past {
            let parts = format!("{parts} {}", step.parts());
            lines.push(format!("{:<24}{parts:>20}{:>10.3} s", step.name(), took.as_secs_f64()));
        }
        if let Some(Indexed { considered, pruned, candidates }) = self.indexed {
            lines.push(format!(
                "pairs: {considered} considered, {pruned} of them pruned by a bound; {candidates} candidates compared"
            ));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_told_once_with_its_parts() {
        let mut steps = Steps::default();
        for (step, parts) in [(Step::Read, 2), (Step::Compare, 40)] {
            steps.end();
            steps.now = Some((step, parts, Instant::now()));
        }
        steps.end();
        steps.end();
        steps.indexed = Some(Indexed { considered: 90, pruned: 50, candidates: 40 });
        let lines = steps.lines();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("reading ") && lines[0].contains(" 2 files "), "{lines:?}");
        assert!(lines[1].starts_with("comparing ") && lines[1].contains(" 40 pairs "), "{lines:?}");
        assert_eq!(lines[2], "pairs: 90 considered, 50 of them pruned by a bound; 40 candidates compared");
    }
}
