//! Flags and the configuration file → the library's settings. The file is found upward from the first path.

use crate::args::{Cli, Size, SourceArgs};
use crate::exit::Failure;
use crossclaim::config::{Config, FILE_NAMES, Origin, Settings};
use crossclaim::error::{Error, ErrorKind};
use crossclaim::label::rules::RULES;
use crossclaim::model::KnownName;
use crossclaim::pipeline;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Value;

/// The configuration in force for a command on `paths`, before its own flags.
pub(crate) fn config(cli: &Cli, paths: &[PathBuf]) -> Result<Config, Failure> {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.meta().id).collect();
    let config = Config::new(&rules);
    let config = match file(cli, paths) {
        None => config,
        Some(path) => {
            let text = fs::read_to_string(&path).map_err(|error| {
                Error::new(
                    ErrorKind::Configuration,
                    format!("cannot read the configuration {}: {error}", path.display()),
                )
            })?;
            config.with_file(&path, &text)?
        }
    };
    match &cli.profile {
        Some(profile) => Ok(config.with_profile(profile)?),
        None => Ok(config),
    }
}

/// The configuration file in force for a command on `paths`.
pub(crate) fn file(cli: &Cli, paths: &[PathBuf]) -> Option<PathBuf> {
    match (&cli.config, cli.no_config) {
        (Some(path), _) => Some(path.clone()),
        (None, true) => None,
        (None, false) => found(paths.first().map_or(Path::new("."), PathBuf::as_path)),
    }
}

/// The settings for a command on `paths`.
pub(crate) fn settings(
    cli: &Cli,
    paths: &[PathBuf],
    sources: &SourceArgs,
    threshold: Option<f64>,
) -> Result<Settings, Failure> {
    of(config(cli, paths)?, cli, sources, threshold)
}

/// The settings of a configuration that flags of the command may have been laid over already.
pub(crate) fn of(
    mut config: Config,
    cli: &Cli,
    sources: &SourceArgs,
    threshold: Option<f64>,
) -> Result<Settings, Failure> {
    if let Some(threshold) = threshold {
        config = config.with_flag("--threshold", "compare", "threshold", Value::Float(threshold))?;
    }
    if let Some(meaning) = &cli.meaning {
        config = config.with_flag("--meaning", "compare", "meaning", Value::String(meaning.clone()))?;
    }
    if let Some(Size(bytes)) = sources.max_size {
        config = config.with_flag("--max-size", "read", "max-document-bytes", Value::Integer(bytes))?;
    }
    if !sources.map.is_empty() {
        config = config.with_flag("--map", "read", "map", Value::String(sources.map.join(",")))?;
    }
    if let Some(path) = &sources.aliases {
        config = config.with_flag("--aliases", "normalize", "aliases", text(path))?;
    }
    if !cli.model.is_empty() {
        let folders = Value::Array(cli.model.iter().map(|folder| text(folder)).collect());
        config = config.with_flag("--model", "compare", "model", folders)?;
    }
    if let Some(folder) = &cli.cache {
        config = config.with_flag("--cache", "cache", "folder", text(folder))?;
    }
    if let Some(Size(bytes)) = cli.cache_size {
        config = config.with_flag("--cache-size", "cache", "max-bytes", Value::Integer(bytes))?;
    }
    let mut settings = config.settings()?;
    if !settings.cache.folder.is_empty() {
        settings.cache_folder = Some(named_file(&config, "cache", "folder", &settings.cache.folder));
    }
    settings.models =
        settings.compare.model.iter().map(|written| named_file(&config, "compare", "model", written)).collect();
    if !settings.models.is_empty() {
        pipeline::open_models(&settings)?;
    }
    settings.aliases = aliases(&config, &settings.normalize.aliases)?;
    settings.sources = sources.source.iter().map(|named| (named.name.clone(), named.glob.clone())).collect();
    settings.manifest = sources.sources.clone();
    settings.stdin_name = sources.stdin_filename.clone();
    settings.hidden = sources.hidden;
    settings.threads = cli.threads.map(|threads| threads.get());
    Ok(settings)
}

/// A path as a value of the configuration.
fn text(path: &Path) -> Value {
    Value::String(path.to_string_lossy().into_owned())
}

/// The names of the file `written`; a configuration file names it as seen from its own folder.
fn aliases(config: &Config, written: &str) -> Result<Vec<KnownName>, Failure> {
    if written.is_empty() {
        return Ok(Vec::new());
    }
    let path = named_file(config, "normalize", "aliases", written);
    let text = fs::read_to_string(&path).map_err(|error| {
        Error::new(ErrorKind::Configuration, format!("cannot read the aliases {}: {error}", path.display()))
    })?;
    Ok(crossclaim::config::aliases(&path, &text)?)
}

/// The file that a key names: as seen from the configuration file where it is written there.
pub(crate) fn named_file(config: &Config, table: &str, key: &str, written: &str) -> PathBuf {
    match config.in_force(table, key) {
        Some((_, Origin::File(file))) => file.parent().unwrap_or(Path::new("")).join(written),
        _ => PathBuf::from(written),
    }
}

/// The configuration file nearest above `start`.
fn found(start: &Path) -> Option<PathBuf> {
    // A glob or `-` names no folder; then the search begins where the program was started.
    let start = if start.exists() { start } else { Path::new(".") };
    let start = fs::canonicalize(start).ok()?;
    let here = std::env::current_dir().and_then(fs::canonicalize).ok();
    let file = start
        .ancestors()
        .filter(|folder| folder.is_dir())
        .flat_map(|folder| FILE_NAMES.map(|name| folder.join(name)))
        .find(|file| file.is_file())?;
    // Messages name the file as the user would: relative to where he stands, if it is below.
    match here.and_then(|here| file.strip_prefix(here).ok().map(Path::to_path_buf)) {
        Some(relative) => Some(relative),
        None => Some(file),
    }
}
