//! What `check`, `baseline` and `review` share: paths and flags → a report that was weighed.

use super::inputs::{exit_for, named};
use crate::args::{Cli, GateArgs, written};
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::settings;
use crossclaim::check::{Base, Baseline, Policy, Review, Weighing, weigh};
use crossclaim::config::{Config, Settings, facts};
use crossclaim::error::{Error, ErrorKind};
use crossclaim::model::Report;
use crossclaim::pipeline;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Value;

/// The name of a baseline where none is given.
pub(super) const BASELINE_FILE: &str = ".crossclaim-baseline.json";

/// A report that was weighed.
pub(super) struct Made {
    pub(super) report: Report,
    pub(super) settings: Settings,
    pub(super) base: Base,
    /// The baseline that was named, by a flag or in the configuration.
    pub(super) baseline: Option<PathBuf>,
    /// The review file that was named.
    pub(super) review: Option<PathBuf>,
    /// How the program ends if nothing is denied.
    pub(super) exit: Exit,
}

/// Which of the files of known findings that are named have to be there, and hold findings back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KnownFindings {
    /// Baseline and review.
    Held,
    /// The review; the baseline is about to be written.
    Baselined,
    /// Neither: every finding is to be looked at.
    Reviewed,
}

/// The configuration in force with the flags that `check` and `baseline` share.
pub(super) fn config(cli: &Cli, paths: &[PathBuf], args: &GateArgs) -> Result<Config, Failure> {
    let mut config = settings::config(cli, paths)?;
    if let Some(choice) = args.sources_by {
        config = config.with_flag("--sources-by", "check", "sources", Value::String(written(choice)))?;
    }
    if args.within {
        config = config.with_flag("--within", "check", "within", Value::Boolean(true))?;
    }
    if let Some(file) = &args.baseline {
        let file = Value::String(file.to_string_lossy().into_owned());
        config = config.with_flag("--baseline", "check", "baseline", file)?;
    }
    if let Some(file) = &args.review {
        let file = Value::String(file.to_string_lossy().into_owned());
        config = config.with_flag("--review", "check", "review", file)?;
    }
    if let Some(file) = &args.facts {
        let file = Value::String(file.to_string_lossy().into_owned());
        config = config.with_flag("--facts", "check", "facts", file)?;
    }
    Ok(config)
}

/// Compares the documents of `paths` and weighs what was found.
pub(super) fn weighed(
    cli: &Cli,
    paths: &[PathBuf],
    args: &GateArgs,
    config: Config,
    known: KnownFindings,
    changed: Option<&BTreeSet<String>>,
    progress: &Progress,
) -> Result<Made, Failure> {
    let written = config.settings()?.check;
    let baseline =
        (!written.baseline.is_empty()).then(|| settings::named_file(&config, "check", "baseline", &written.baseline));
    let review =
        (!written.review.is_empty()).then(|| settings::named_file(&config, "check", "review", &written.review));
    let facts_file =
        (!written.facts.is_empty()).then(|| settings::named_file(&config, "check", "facts", &written.facts));
    let today = args.today.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date());
    let mut settings = settings::of(config, cli, &args.sources, args.threshold)?;
    settings.source_of = settings.check.sources;
    settings.within = settings.check.within;
    settings.only = changed.cloned();
    if let Some(path) = facts_file {
        let text = fs::read_to_string(&path).map_err(|error| {
            Error::new(ErrorKind::Configuration, format!("cannot read the facts {}: {error}", path.display()))
        })?;
        // A fact whose days are past, or not yet come, says nothing of today's pages.
        settings.facts = facts(&path, &text)?.into_iter().filter(|fact| fact.holds_on(today)).collect();
    }
    let base = base(settings::file(cli, paths).as_deref())?;
    let policy = Policy::of(&settings, base.clone())?;
    // What is known is read before anything is compared: a file that is wrong ends the run at once.
    let told = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let held = match (&baseline, known) {
        (Some(path), KnownFindings::Held) => Some((read(path)?, told(path))),
        _ => None,
    };
    let rejected = match (&review, known) {
        (Some(path), KnownFindings::Held | KnownFindings::Baselined) => Some((read_review(path)?, told(path))),
        _ => None,
    };
    let report = pipeline::compare_watched(paths, &settings, progress)?;
    progress.finish();
    let named = named(paths, &args.sources);
    let exit = exit_for(&named, report.documents.iter().map(|entry| entry.path.as_str()), &report.skipped);
    let report = weigh(
        report,
        &Weighing {
            policy: &policy,
            baseline: held.as_ref().map(|(baseline, path)| (baseline, path.as_str())),
            review: rejected.as_ref().map(|(review, path)| (review, path.as_str())),
            today: Some(today),
            facts: &settings.facts,
            changed,
        },
    );
    Ok(Made { report, settings, base, baseline, review, exit })
}

/// The baseline in the file `path`.
pub(super) fn read(path: &Path) -> Result<Baseline, Failure> {
    let text = fs::read_to_string(path).map_err(|error| {
        let message = format!("cannot read the baseline {}: {error}; `crossclaim baseline` writes one", path.display());
        Error::new(ErrorKind::Configuration, message)
    })?;
    Ok(Baseline::read(path, &text)?)
}

/// The review in the file `path`.
pub(super) fn read_review(path: &Path) -> Result<Review, Failure> {
    let text = fs::read_to_string(path).map_err(|error| {
        let message = format!("cannot read the review {}: {error}; `crossclaim review` writes one", path.display());
        Error::new(ErrorKind::Configuration, message)
    })?;
    Ok(Review::read(path, &text)?)
}

/// Paths are told from the folder of the configuration file, or from where the program was started.
pub(super) fn base(file: Option<&Path>) -> Result<Base, Failure> {
    let whole = |path: &Path| -> Result<String, Failure> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let found = fs::canonicalize(path)
            .map_err(|error| Failure::input(format!("cannot tell where {} is: {error}", path.display())))?;
        Ok(found.to_string_lossy().replace('\\', "/"))
    };
    let started = whole(Path::new("."))?;
    let folder = match file {
        Some(file) => whole(file.parent().unwrap_or(Path::new(".")))?,
        None => started.clone(),
    };
    Ok(Base { started, folder })
}
