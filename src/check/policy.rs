//! Settings → what fails, where, and from how many on.

use super::paths::Base;
use crate::config::{RuleLevel, Settings};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Severity;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a gate holds findings against.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Findings fail from this level upward; none where absent.
    pub fail_on: Option<Severity>,
    /// So many that fail are put up with.
    pub max_conflicts: u32,
    /// Whether stale entries of the baseline fail.
    pub strict_baseline: bool,
    /// From where the patterns of paths are told.
    pub base: Base,
    pub(super) history: GlobSet,
    pub(super) overrides: Vec<Override>,
    pub(super) min_sources: Vec<MinSources>,
    pub(super) ignores: Vec<Ignore>,
}

/// Other levels for some paths.
#[derive(Debug, Clone)]
pub(super) struct Override {
    pub(super) paths: GlobSet,
    /// The level of each rule; nothing where it is off.
    pub(super) levels: BTreeMap<String, Option<Severity>>,
}

/// Claims that so many sources have to make.
#[derive(Debug, Clone)]
pub(super) struct MinSources {
    pub(super) paths: GlobSet,
    pub(super) words: Vec<String>,
    pub(super) sources: u32,
    pub(super) level: Severity,
}

/// Findings that the configuration leaves alone.
#[derive(Debug, Clone)]
pub(super) struct Ignore {
    pub(super) paths: GlobSet,
    pub(super) rules: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) reason: String,
    pub(super) until: Option<Date>,
    /// The pattern as written, to name the entry.
    pub(super) written: String,
}

impl Policy {
    /// The policy of `settings`; `base` tells where the patterns of paths begin.
    ///
    /// # Errors
    ///
    /// A pattern that is none, or a reason without words.
    pub fn of(settings: &Settings, base: Base) -> Result<Self> {
        let level = |level: RuleLevel| match level {
            RuleLevel::Off => None,
            RuleLevel::Note => Some(Severity::Note),
            RuleLevel::Warning => Some(Severity::Warning),
            RuleLevel::Error => Some(Severity::Error),
        };
        let folded = |words: &[String]| words.iter().map(|word| word.to_lowercase()).collect();
        let mut policy = Self {
            fail_on: settings.check.fail_on.level(),
            max_conflicts: settings.check.max_conflicts,
            strict_baseline: settings.check.strict_baseline,
            base,
            history: patterns(&settings.check.history)?,
            overrides: Vec::new(),
            min_sources: Vec::new(),
            ignores: Vec::new(),
        };
        for entry in &settings.overrides {
            let levels = entry.rules.iter().map(|(rule, given)| (rule.clone(), level(*given))).collect();
            policy.overrides.push(Override { paths: patterns(&entry.paths)?, levels });
        }
        for entry in &settings.min_sources {
            policy.min_sources.push(MinSources {
                paths: patterns(&entry.paths)?,
                words: folded(&entry.words),
                sources: entry.sources,
                level: entry.level,
            });
        }
        for entry in &settings.ignores {
            let written = entry.paths.join(", ");
            if !entry.reason.chars().any(char::is_alphanumeric) {
                let message = format!("the entry of [[ignore]] for {written} needs a reason in words");
                return Err(Error::new(ErrorKind::Configuration, message));
            }
            policy.ignores.push(Ignore {
                paths: patterns(&entry.paths)?,
                rules: entry.rules.clone(),
                words: folded(&entry.words),
                reason: entry.reason.clone(),
                until: entry.until,
                written,
            });
        }
        Ok(policy)
    }
}

/// Patterns of paths; one without a wildcard names a file, or all below a folder.
fn patterns(written: &[String]) -> Result<GlobSet> {
    let wrong = |pattern: &str, error: &globset::Error| {
        Error::new(ErrorKind::Configuration, format!("`{pattern}` is no pattern of paths: {}", error.kind()))
    };
    let mut set = GlobSetBuilder::new();
    for pattern in written {
        let clean = pattern.trim_start_matches("./").trim_end_matches('/');
        for glob in [clean.to_owned(), format!("{clean}/**")] {
            let glob = GlobBuilder::new(&glob).literal_separator(true).case_insensitive(true).build();
            set.add(glob.map_err(|error| wrong(pattern, &error))?);
        }
    }
    set.build().map_err(|error| wrong(&written.join(", "), &error))
}

/// Whether `text` holds all of `words`, which are in small letters.
pub(super) fn holds(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_files_folders_and_everything_below() {
        let matches = |pattern: &str, path: &str| patterns(&[pattern.to_owned()]).unwrap().is_match(path);
        assert!(matches("docs/**/*.md", "docs/a/b.md") && matches("docs/*.md", "docs/b.md"));
        assert!(!matches("docs/*.md", "docs/a/b.md"));
        assert!(matches("docs/", "docs/a/b.md") && matches("./docs", "docs/b.md") && matches("docs/b.md", "docs/b.md"));
        assert!(!matches("docs", "docs2/b.md"));
        assert!(patterns(&["docs/[".to_owned()]).unwrap_err().to_string().contains("`docs/[` is no pattern of paths"));
    }
}
