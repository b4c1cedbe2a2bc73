//! Layers of settings → validated [`Settings`], one table per stage.
//!
//! What comes in: the text of a configuration file, if one is in force, and what the flags said. What goes out: the
//! settings each stage is handed, and for every key the layer it came from. It opens no file and looks at no
//! environment; the program does, and hands the text over. An unknown key, rule or level ends the run with the place in
//! the file and the nearest known name.

mod aliases;

mod check;

mod checker;

mod facts;

mod keys;

mod schema;

pub use aliases::aliases;
pub use check::{CheckTable, FailOn, IgnoreEntry, MinSourcesEntry, OverrideEntry, SourceOf};
pub use facts::facts;
pub use keys::{KEYS, Key, LISTS, List, ListKey, RULE_LEVELS, Shape, TABLES};
pub use schema::schema;

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Fact, KnownName, Severity};
use checker::Checker;
use keys::written;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use toml::de::DeTable;
use toml::{Table, Value};

/// The names under which a configuration file is found, in order of precedence.
pub const FILE_NAMES: [&str; 2] = ["crossclaim.toml", ".crossclaim.toml"];

/// The table that maps a rule to its level.
const RULES_TABLE: &str = "rules";

/// The table of profiles, each a configuration of its own.
const PROFILES: &str = "profile";

/// What a profile inherits from.
const INHERITS: &str = "inherits";

/// A name is suggested where it is this similar (Jaro-Winkler, in [0, 1]) to what was written. Chosen by hand: "treshold"
/// for "threshold" reaches .96, unrelated keys of the table below stay under .7.
const SUGGESTION_SIMILARITY: f64 = 0.75;

/// What the stages are told. Made by [`Config::settings`], so every value in it has been checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// For `read`.
    pub read: ReadTable,
    /// For `normalize`.
    pub normalize: NormalizeTable,
    /// For `compare`.
    pub compare: CompareTable,
    /// For `report`.
    pub report: ReportTable,
    /// For the results that are kept.
    pub cache: CacheTable,
    /// For the gate.
    pub check: CheckTable,
    /// Other levels for some paths, in the order of the files.
    pub overrides: Vec<OverrideEntry>,
    /// Claims that so many sources have to make.
    pub min_sources: Vec<MinSourcesEntry>,
    /// Findings that are left alone.
    pub ignores: Vec<IgnoreEntry>,
    /// The level of each rule that was given one; a rule that is not here keeps its own.
    pub rules: BTreeMap<String, RuleLevel>,
    /// The names of the file that `normalize.aliases` names, read by the program with [`aliases`].
    pub aliases: Vec<KnownName>,
    /// The folder that `cache.folder` names, as seen from where the program was started; nothing is kept where there is none.
    /// What is kept never changes a result.
    pub cache_folder: Option<PathBuf>,
    /// The folders of the models that `compare.model` names, as seen from where the program was started; what none of them does,
    /// those inside the program do.
    pub models: Vec<PathBuf>,
    /// The facts of the file that `check.facts` names, read by the program with [`facts`](fn@facts). They are compared like
    /// documents.
    pub facts: Vec<Fact>,
    /// Findings that touch none of the files with these paths, as reports name them, need not be made; all may be asked for
    /// where it is absent. All files are compared with those. Flags only.
    pub only: Option<BTreeSet<String>>,
    /// Whether the claims of one document are held against each other too.
    pub within: bool,
    /// `NAME=GLOB` pairs that say which outlet a file belongs to, in the order given. Flags only.
    pub sources: Vec<(String, String)>,
    /// What is a source of its own where no flag says so. `compare` takes outlets; the gate sets it from its table.
    pub source_of: SourceOf,
    /// A `sources.toml` that says so. Flags only.
    pub manifest: Option<PathBuf>,
    /// The file name that standard input stands for: it tells format and outlet. Flags only.
    pub stdin_name: Option<String>,
    /// Whether hidden files in folders are read too. Flags only.
    pub hidden: bool,
    /// Number of threads; as many as there are cores where absent. It never changes a result. Flags only.
    pub threads: Option<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Config::new(&[]).settings().expect("the defaults in KEYS fit their shapes and fields")
    }
}

impl Settings {
    /// The level of the rule `id`, whose own level is `usual`; nothing where the rule is off.
    pub fn rule_level(&self, id: &str, usual: Severity) -> Option<Severity> {
        match self.rules.get(id) {
            None => Some(usual),
            Some(RuleLevel::Off) => None,
            Some(RuleLevel::Note) => Some(Severity::Note),
            Some(RuleLevel::Warning) => Some(Severity::Warning),
            Some(RuleLevel::Error) => Some(Severity::Error),
        }
    }
}

/// Settings of `read`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReadTable {
    /// A file or record longer than this is skipped.
    pub max_document_bytes: u64,
    /// Of a compressed file no more than this is unpacked.
    pub max_unpacked_bytes: u64,
    /// How records call what they hold: `NAME=FIELD`, parted by commas.
    pub map: String,
}

impl ReadTable {
    /// The pairs of name and field in [`map`](Self::map).
    pub fn pairs(&self) -> Vec<(String, String)> {
        let pairs = self.map.split(',').filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, field)| (name.trim().to_owned(), field.trim().to_owned())).collect()
    }
}

/// Settings of `normalize`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NormalizeTable {
    /// A file of names with their other names; empty where there is none.
    pub aliases: String,
}

/// Settings of `compare`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CompareTable {
    /// Two claims are about the same thing from this probability upward.
    pub threshold: f64,
    /// Whether they are compared by meaning too.
    pub meaning: Meaning,
    /// The folders of other models, one of each kind; none for those inside.
    #[serde(deserialize_with = "one_or_more")]
    pub model: Vec<String>,
}

/// A text, which may be empty and then is none, or a list of texts.
fn one_or_more<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One(String),
        More(Vec<String>),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::One(text) if text.is_empty() => Vec::new(),
        Written::One(text) => vec![text],
        Written::More(texts) => texts,
    })
}

/// Settings of the results that are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CacheTable {
    /// The folder they are kept in; empty where none are.
    pub folder: String,
    /// Bytes it takes at most.
    pub max_bytes: u64,
}

/// Whether claims are compared by meaning. A program built without an encoder does as with [`Off`](Self::Off).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// All claims where they are few, else those of the pairs that words leave undecided. Decided by counts, never by the
    /// clock.
    Auto,
    /// No claim.
    Off,
    /// All claims, however many.
    All,
}

/// Settings of `report`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReportTable {
    /// Columns of a table where the output is no terminal.
    pub width: u16,
}

/// What is to be done with what a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleLevel {
    /// The rule does not run.
    Off,
    /// Worth knowing.
    Note,
    /// Worth a look.
    Warning,
    /// The versions exclude each other.
    Error,
}

impl RuleLevel {
    /// The level as written in a file.
    pub fn name(self) -> &'static str {
        RULE_LEVELS[self as usize]
    }
}

/// Where the value in force of a key comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Built in.
    Default,
    /// Written in this file.
    File(PathBuf),
    /// Given on the command line.
    Flag,
}

/// The merged layers: defaults, then a file, then flags; a later layer wins key by key.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    merged: Table,
    origins: BTreeMap<(String, String), Origin>,
    lists: BTreeMap<String, Vec<Value>>,
    profiles: BTreeMap<String, (Table, Origin)>,
    rules: Vec<String>,
}

/// The tables that are read, as they are deserialized.
#[derive(Deserialize)]
struct Tables {
    read: ReadTable,
    normalize: NormalizeTable,
    compare: CompareTable,
    report: ReportTable,
    cache: CacheTable,
    check: CheckTable,
    rules: BTreeMap<String, RuleLevel>,
}

impl Config {
    /// The defaults. `rules` are the ids that the table `[rules]` may name.
    pub fn new(rules: &[&str]) -> Self {
        let mut config = Self {
            merged: Table::new(),
            origins: BTreeMap::new(),
            lists: BTreeMap::new(),
            profiles: BTreeMap::new(),
            rules: rules.iter().map(|&id| id.to_owned()).collect(),
        };
        for table in TABLES {
            config.merged.insert(table.to_owned(), Value::Table(Table::new()));
        }
        for key in KEYS {
            let text = format!("{} = {}", key.name, key.default);
            let default = text.parse::<Table>().expect("every default in KEYS is written in TOML");
            config.lay(key.table, default, &Origin::Default);
        }
        config
    }

    /// Lays the text of the configuration file `path` over what is there. Its profiles wait to be chosen.
    pub fn with_file(mut self, path: &Path, text: &str) -> Result<Self> {
        let source = Located { path, text };
        let places =
            DeTable::parse(text).map_err(|error| source.error(error.span().map(|at| at.start), error.message()))?;
        let values: Table = text
            .parse()
            .map_err(|error: toml::de::Error| source.error(error.span().map(|at| at.start), error.message()))?;
        let checker = Checker { source: &source, rules: &self.rules };
        checker.check_file(places.get_ref(), &values)?;
        self.lay_all(values, &Origin::File(path.to_path_buf()));
        Ok(self)
    }

    /// Lays the profile `name` over what is there, after those it inherits from.
    ///
    /// # Errors
    ///
    /// No file in force has a profile of that name.
    pub fn with_profile(mut self, name: &str) -> Result<Self> {
        let mut chain = Vec::new();
        let mut next = Some(name.to_owned());
        while let Some(name) = next.take() {
            let Some((table, origin)) = self.profiles.get(&name) else {
                let hint = match did_you_mean(&name, self.profiles.keys().map(String::as_str)) {
                    Some(near) => format!("; did you mean `{near}`?"),
                    None => format!("; write it as [{PROFILES}.{name}] into the configuration file"),
                };
                return Err(Error::new(ErrorKind::Usage, format!("no profile is called `{name}`{hint}")));
            };
            // Files in which profiles inherit in a circle have been refused.
            next = table.get(INHERITS).and_then(Value::as_str).map(str::to_owned);
            chain.push((table.clone(), origin.clone()));
        }
        for (mut table, origin) in chain.into_iter().rev() {
            table.remove(INHERITS);
            self.lay_all(table, &origin);
        }
        Ok(self)
    }

    /// Lays a value given on the command line over what is there; `flag` names it in a complaint.
    pub fn with_flag(mut self, flag: &str, table: &str, key: &str, value: Value) -> Result<Self> {
        let known = KEYS.iter().find(|known| known.table == table && known.name == key);
        let complaint = known.expect("flags only set keys of KEYS").shape.complaint(&value);
        if let Some(complaint) = complaint {
            return Err(Error::new(ErrorKind::Usage, format!("{flag} {complaint}, not {}", written(&value))));
        }
        let mut one = Table::new();
        one.insert(key.to_owned(), value);
        self.lay(table, one, &Origin::Flag);
        Ok(self)
    }

    /// The validated settings.
    pub fn settings(&self) -> Result<Settings> {
        let tables: Tables = Value::Table(self.merged.clone())
            .try_into()
            .map_err(|error: toml::de::Error| Error::new(ErrorKind::Configuration, error.message().to_owned()))?;
        let Tables { read, normalize, compare, report, cache, check, rules } = tables;
        Ok(Settings {
            read,
            normalize,
            compare,
            report,
            cache,
            check,
            overrides: self.list("override")?,
            min_sources: self.list("min-sources")?,
            ignores: self.list("ignore")?,
            rules,
            source_of: SourceOf::Outlet,
            aliases: Vec::new(),
            cache_folder: None,
            models: Vec::new(),
            facts: Vec::new(),
            only: None,
            within: false,
            sources: Vec::new(),
            manifest: None,
            stdin_name: None,
            hidden: false,
            threads: None,
        })
    }

    /// The entries of a list.
    fn list<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<Vec<T>> {
        let entries = Value::Array(self.lists.get(name).cloned().unwrap_or_default());
        entries
            .try_into()
            .map_err(|error: toml::de::Error| Error::new(ErrorKind::Configuration, error.message().to_owned()))
    }

    /// The value in force of a key, as written in TOML, and where it comes from.
    pub fn in_force(&self, table: &str, key: &str) -> Option<(String, Origin)> {
        let value = self.merged.get(table)?.as_table()?.get(key)?;
        let origin = self.origins.get(&(table.to_owned(), key.to_owned())).cloned().unwrap_or(Origin::Default);
        Some((written(value), origin))
    }

    /// Lays everything that a file or profile holds over what is there. Lists grow.
    fn lay_all(&mut self, values: Table, origin: &Origin) {
        for (name, value) in values {
            match value {
                Value::Table(profiles) if name == PROFILES => {
                    for (name, profile) in profiles {
                        if let Value::Table(profile) = profile {
                            self.profiles.insert(name, (profile, origin.clone()));
                        }
                    }
                }
                Value::Table(table) => self.lay(&name, table, origin),
                Value::Array(entries) => self.lists.entry(name).or_default().extend(entries),
                _ => {}
            }
        }
    }

    /// Lays the keys of one table over those there.
    fn lay(&mut self, table: &str, values: Table, origin: &Origin) {
        let Some(Value::Table(under)) = self.merged.get_mut(table) else { return };
        for (key, value) in values {
            self.origins.insert((table.to_owned(), key.clone()), origin.clone());
            under.insert(key, value);
        }
    }
}

/// The name among `known` that is nearest to `written`, if one is near.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = written.to_lowercase().replace('_', "-");
    let mut best: Option<(f64, &str)> = None;
    for name in known {
        let similarity = strsim::jaro_winkler(&folded, name);
        if similarity >= SUGGESTION_SIMILARITY && best.is_none_or(|(so_far, _)| similarity > so_far) {
            best = Some((similarity, name));
        }
    }
    best.map(|(_, name)| name)
}

/// A file and its text, to name places in it.
struct Located<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Located<'_> {
    /// An error at the byte `offset`, named as `path:line:column`.
    fn error(&self, offset: Option<usize>, message: &str) -> Error {
        let path = self.path.display();
        let message = message.trim_end().replace('\n', "; ");
        let before = offset.and_then(|offset| self.text.get(..offset));
        let text = match before {
            Some(before) => {
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
                format!("{path}:{line}:{column}: {message}")
            }
            None => format!("{path}: {message}"),
        };
        Error::new(ErrorKind::Configuration, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [&str; 2] = ["numeric-mismatch", "date-mismatch"];

    fn file(text: &str) -> Result<Config> {
        Config::new(&RULES).with_file(Path::new("desk/crossclaim.toml"), text)
    }

    fn complaint(text: &str) -> String {
        file(text).expect_err("this file is wrong").to_string()
    }

    #[test]
    fn the_defaults_fit_their_own_shapes() {
        for key in KEYS {
            let value = Config::new(&[]).merged[key.table][key.name].clone();
            assert_eq!(key.shape.complaint(&value), None, "{}.{}", key.table, key.name);
            assert!(TABLES.contains(&key.table));
        }
        assert_eq!(Settings::default().rules.len(), 0);
    }

    #[test]
    fn the_page_about_the_configuration_names_every_key() {
        let page = include_str!("../docs/configuration.md");
        for key in KEYS {
            let row = format!("| `{}` | `{}` | `{}` | {} |", key.table, key.name, key.default, key.summary);
            assert!(page.contains(&row), "docs/configuration.md lacks the row\n{row}");
        }
        for table in TABLES {
            assert!(page.contains(&format!("`[{table}]`")), "docs/configuration.md lacks [{table}]");
        }
    }

    #[test]
    fn a_later_layer_wins_key_by_key() {
        let config = file("[compare]\nthreshold = 0.7\n[report]\nwidth = 80\n").unwrap();
        let config = config.with_flag("--threshold", "compare", "threshold", Value::Float(0.9)).unwrap();
        let settings = config.settings().unwrap();
        assert_eq!((settings.compare.threshold, settings.report.width), (0.9, 80));
        assert_eq!(config.in_force("compare", "threshold"), Some(("0.9".to_owned(), Origin::Flag)));
        assert_eq!(
            config.in_force("report", "width"),
            Some(("80".to_owned(), Origin::File(PathBuf::from("desk/crossclaim.toml"))))
        );
        assert_eq!(config.in_force("read", "max-document-bytes").unwrap().1, Origin::Default);
    }

    #[test]
    fn rules_get_their_levels_and_a_whole_number_is_a_share() {
        let settings =
            file("[rules]\ndate-mismatch = \"off\"\n[compare]\nthreshold = 1\n").unwrap().settings().unwrap();
        assert_eq!(settings.rule_level("date-mismatch", Severity::Error), None);
        assert_eq!(settings.rule_level("numeric-mismatch", Severity::Error), Some(Severity::Error));
        assert_eq!(settings.compare.threshold, 1.0);
    }

    #[test]
    fn an_unknown_key_is_refused_with_file_place_and_suggestion() {
        assert_eq!(
            complaint("[compare]\n# half\n treshold = 0.5\n"),
            "desk/crossclaim.toml:3:2: unknown key `treshold` in [compare]; did you mean `threshold`?"
        );
        assert_eq!(
            complaint("[compear]\n"),
            "desk/crossclaim.toml:1:2: unknown table or key `compear`; did you mean [compare]?"
        );
        assert_eq!(
            complaint("threshold = 0.5\n"),
            "desk/crossclaim.toml:1:1: unknown table or key `threshold`; `threshold` belongs under [compare]"
        );
        assert_eq!(
            complaint("[report]\nthreshold = 0.5\n"),
            "desk/crossclaim.toml:2:1: unknown key `threshold` in [report]; it belongs under [compare]"
        );
    }

    #[test]
    fn unknown_rules_and_levels_are_refused() {
        assert_eq!(
            complaint("[rules]\nnumeric-missmatch = \"off\"\n"),
            "desk/crossclaim.toml:2:1: unknown rule `numeric-missmatch`; did you mean `numeric-mismatch`?"
        );
        assert_eq!(
            complaint("[rules]\ndate-mismatch = \"warn\"\n"),
            "desk/crossclaim.toml:2:1: `date-mismatch` takes \"off\", \"note\", \"warning\" or \"error\", not \"warn\"; \
             did you mean \"warning\"?"
        );
        assert!(complaint("[rules]\nzzz = \"off\"\n").ends_with("`crossclaim list rules` names them all"));
    }

    #[test]
    fn values_out_of_range_and_broken_toml_are_refused() {
        assert!(complaint("[compare]\nthreshold = 1.5\n").contains("takes a number from 0 to 1, not 1.5"));
        assert!(complaint("[report]\nwidth = \"wide\"\n").contains("takes a whole number from 40 to 1000"));
        assert!(complaint("compare = 3\n").contains("write [compare]"));
        assert!(complaint("[compare\n").starts_with("desk/crossclaim.toml:1:"), "{}", complaint("[compare\n"));
        let flag = Config::new(&[]).with_flag("--threshold", "compare", "threshold", Value::Float(2.0));
        assert_eq!(flag.unwrap_err().to_string(), "--threshold takes a number from 0 to 1, not 2.0");
    }
}
