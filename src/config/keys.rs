//! The keys of the configuration: what each is called, takes, and is where nothing is said.

use jiff::civil::Date;
use toml::Value;

/// The tables of a configuration file: one per stage, in pipeline order, then the cache, the gate and the rules.
pub const TABLES: [&str; 12] = [
    "read",
    "segment",
    "extract",
    "normalize",
    "block",
    "compare",
    "cluster",
    "label",
    "report",
    "cache",
    "check",
    "rules",
];

/// What may be written for the level of a rule.
pub const RULE_LEVELS: [&str; 4] = ["off", "note", "warning", "error"];

/// The levels from which a gate may fail.
const FAIL_LEVELS: &[&str] = &["note", "warning", "error", "never"];

/// The levels of what is found.
const LEVELS: &[&str] = &["note", "warning", "error"];

/// The paths of change logs and release notes as projects call them. A page with the number of a version in its name tells of that
/// version.
const HISTORY: &str = "[\"**/*change*log*\", \"**/changes.*\", \"**/history\", \"**/history.*\", \"**/news.*\", \"**/*whats*new*\", \"**/*release*notes*\", \"**/releases\", \"**/announce*\", \"**/*[0-9].[0-9]*\"]";

/// What a source may be for a gate.
const SOURCES: &[&str] = &["document", "folder", "outlet"];

/// Every key there is: what `list config` prints and what a file is checked against.
pub static KEYS: &[Key] = &[
    Key {
        table: "read",
        name: "max-document-bytes",
        shape: Shape::Whole { least: 1, most: 1 << 30 },
        default: "16777216",
        summary: "a file or record longer than this is skipped, and the report says so",
    },
    Key {
        table: "read",
        name: "max-unpacked-bytes",
        shape: Shape::Whole { least: 1, most: 1 << 50 },
        default: "1073741824",
        summary: "of a compressed file no more than this is unpacked; the report says where it stopped",
    },
    Key {
        table: "read",
        name: "map",
        shape: Shape::Pairs,
        default: "\"\"",
        summary: "how records call what they hold: NAME=FIELD, parted by commas, as in text=story,source=paper",
    },
    Key {
        table: "normalize",
        name: "aliases",
        shape: Shape::Text,
        default: "\"\"",
        summary: "a file of names with their other names, as seen from the configuration file; none where empty",
    },
    Key {
        table: "compare",
        name: "threshold",
        shape: Shape::Share,
        default: "0.5",
        summary: "two claims are about the same thing from this probability upward",
    },
    Key {
        table: "compare",
        name: "meaning",
        shape: Shape::OneOf(&["auto", "off", "all"]),
        default: "\"auto\"",
        summary: "whether claims are compared by meaning too: auto (as far as their number allows), off, all",
    },
    Key {
        table: "compare",
        name: "model",
        shape: Shape::Folders,
        default: "\"\"",
        summary: "a folder, or a list of folders, with models to be used instead of those inside, as seen from the configuration file: a sentence encoder, a cross-encoder for contradictions, one that ranks what search finds",
    },
    Key {
        table: "report",
        name: "width",
        shape: Shape::Whole { least: 40, most: 1000 },
        default: "100",
        summary: "columns of a table where the output is no terminal",
    },
    Key {
        table: "cache",
        name: "folder",
        shape: Shape::Text,
        default: "\"\"",
        summary: "what a run makes is kept in this folder for later runs, as seen from the configuration file; nothing is kept where empty",
    },
    Key {
        table: "cache",
        name: "max-bytes",
        shape: Shape::Whole { least: 1 << 20, most: 1 << 50 },
        default: "1073741824",
        summary: "the folder takes no more than this; what was not asked for goes first",
    },
    Key {
        table: "check",
        name: "fail-on",
        shape: Shape::OneOf(FAIL_LEVELS),
        default: "\"warning\"",
        summary: "findings fail the check from this level upward",
    },
    Key {
        table: "check",
        name: "show",
        shape: Shape::OneOf(LEVELS),
        default: "\"note\"",
        summary: "findings are shown from this level upward, whatever fails",
    },
    Key {
        table: "check",
        name: "max-conflicts",
        shape: Shape::Whole { least: 0, most: 1 << 30 },
        default: "0",
        summary: "the check passes with so many findings that fail",
    },
    Key {
        table: "check",
        name: "sources",
        shape: Shape::OneOf(SOURCES),
        default: "\"document\"",
        summary: "what is a source of its own: each document, each folder, or each outlet as compare tells them",
    },
    Key {
        table: "check",
        name: "history",
        shape: Shape::Patterns,
        default: HISTORY,
        summary: "pages that tell what was so at their time; a conflict with one of them is a note",
    },
    Key {
        table: "check",
        name: "within",
        shape: Shape::Flag,
        default: "false",
        summary: "contradictions inside of one document are looked for too",
    },
    Key {
        table: "check",
        name: "baseline",
        shape: Shape::Text,
        default: "\"\"",
        summary: "a file of known findings, as seen from the configuration file; none where empty",
    },
    Key {
        table: "check",
        name: "strict-baseline",
        shape: Shape::Flag,
        default: "false",
        summary: "entries of the baseline that nothing answers to any more fail the check",
    },
    Key {
        table: "check",
        name: "review",
        shape: Shape::Text,
        default: "\"\"",
        summary: "a file of reviewed findings, as seen from the configuration file: the rejected ones are left alone; none where empty",
    },
    Key {
        table: "check",
        name: "facts",
        shape: Shape::Text,
        default: "\"\"",
        summary: "a file of facts that no document may contradict, as seen from the configuration file; none where empty",
    },
];

/// The lists of a configuration file: tables that may be repeated, as `[[override]]`.
pub static LISTS: &[List] = &[
    List {
        name: "override",
        summary: "other levels of rules for findings that touch one of these paths; of two entries the later holds",
        keys: &[
            ListKey {
                name: "paths",
                shape: Shape::Texts,
                required: true,
                summary: "patterns of paths, as seen from the configuration file",
            },
            ListKey {
                name: "rules",
                shape: Shape::Levels,
                required: true,
                summary: "the level of each rule there, \"off\" for none",
            },
        ],
    },
    List {
        name: "min-sources",
        summary: "claims that so many sources have to make",
        keys: &[
            ListKey {
                name: "paths",
                shape: Shape::Texts,
                required: true,
                summary: "patterns of the paths they stand in",
            },
            ListKey {
                name: "words",
                shape: Shape::Texts,
                required: false,
                summary: "only claims that hold all of these words",
            },
            ListKey {
                name: "sources",
                shape: Shape::Whole { least: 2, most: 1000 },
                required: true,
                summary: "the least number of sources",
            },
            ListKey {
                name: "level",
                shape: Shape::OneOf(LEVELS),
                required: false,
                summary: "the level of a claim that has fewer; \"warning\" where nothing is said",
            },
        ],
    },
    List {
        name: "ignore",
        summary: "findings that are left alone, with a reason",
        keys: &[
            ListKey {
                name: "paths",
                shape: Shape::Texts,
                required: true,
                summary: "patterns of paths, one of a finding's",
            },
            ListKey {
                name: "rules",
                shape: Shape::Rules,
                required: true,
                summary: "the rules that are left alone there",
            },
            ListKey { name: "reason", shape: Shape::Text, required: true, summary: "why" },
            ListKey {
                name: "words",
                shape: Shape::Texts,
                required: false,
                summary: "only findings with a claim that holds all of these words",
            },
            ListKey {
                name: "until",
                shape: Shape::Day,
                required: false,
                summary: "the last day it holds, as in \"2031-12-31\"",
            },
        ],
    },
];

/// A table of the configuration that may be repeated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct List {
    /// Its name.
    pub name: &'static str,
    /// One line: what an entry does.
    pub summary: &'static str,
    /// What an entry holds.
    pub keys: &'static [ListKey],
}

/// One key of an entry of a [`List`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ListKey {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// Whether an entry has to have it.
    pub required: bool,
    /// One line: what it does.
    pub summary: &'static str,
}

/// One key of the configuration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// The table it stands in.
    pub table: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// Its default, as written in TOML.
    pub default: &'static str,
    /// One line: what it does.
    pub summary: &'static str,
}

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A number from 0 to 1.
    Share,
    /// Text: `NAME=VALUE`, parted by commas; it may be empty.
    Pairs,
    /// Text in quotes.
    Text,
    /// A list of texts, not empty.
    Texts,
    /// A list of texts, which may be empty.
    Patterns,
    /// Text, which may be empty, or a list of texts.
    Folders,
    /// A list of rules' ids, not empty.
    Rules,
    /// A table: the level of each rule that is named.
    Levels,
    /// A day, as `2031-12-31`.
    Day,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// A whole number between two ends, both included.
    Whole {
        /// The lowest.
        least: i64,
        /// The highest.
        most: i64,
    },
}

impl Shape {
    /// What is wrong with `value`, in words; nothing if it fits.
    pub(super) fn complaint(self, value: &Value) -> Option<String> {
        let number = value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64));
        match self {
            Self::Share if number.is_some_and(|share| (0.0..=1.0).contains(&share)) => None,
            Self::Text if value.is_str() => None,
            Self::Text => Some("takes text in quotes".to_owned()),
            Self::Share => Some("takes a number from 0 to 1".to_owned()),
            Self::Texts | Self::Rules if is_texts(value) => None,
            Self::Patterns if value.as_array().is_some_and(|texts| texts.iter().all(Value::is_str)) => None,
            Self::Folders if value.is_str() || is_texts(value) => None,
            Self::Folders => Some("takes a folder in quotes, or a list of them".to_owned()),
            Self::Patterns => Some("takes a list of patterns, as in [\"docs/**\"]".to_owned()),
            Self::Texts => Some("takes a list of texts, as in [\"docs/**\"]".to_owned()),
            Self::Rules => Some("takes a list of rules, as in [\"numeric-mismatch\"]".to_owned()),
            Self::Levels if value.is_table() => None,
            Self::Levels => Some("takes the levels of rules, as in { numeric-mismatch = \"note\" }".to_owned()),
            Self::Day if day(value).is_some() => None,
            Self::Day => Some("takes a day, as in \"2031-12-31\"".to_owned()),
            Self::OneOf(words) if value.as_str().is_some_and(|word| words.contains(&word)) => None,
            Self::OneOf(words) => Some(format!("takes {}", one_of(words))),
            Self::Flag if value.is_bool() => None,
            Self::Flag => Some("takes true or false".to_owned()),
            Self::Pairs if value.as_str().is_some_and(are_pairs) => None,
            Self::Pairs => Some("takes NAME=FIELD, parted by commas".to_owned()),
            Self::Whole { least, most } if value.as_integer().is_some_and(|n| (least..=most).contains(&n)) => None,
            Self::Whole { least, most } => Some(format!("takes a whole number from {least} to {most}")),
        }
    }
}

fn is_texts(value: &Value) -> bool {
    let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    value.as_array().is_some_and(|texts| !texts.is_empty() && texts.iter().all(is_text))
}

/// A day as TOML writes it, with or without quotes.
pub(super) fn day(value: &Value) -> Option<Date> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Datetime(moment) if moment.time.is_none() => moment.to_string().parse().ok(),
        _ => None,
    }
}

/// `"off", "note", "warning" or "error"`.
pub(super) fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

fn are_pairs(text: &str) -> bool {
    let is_pair = |pair: &str| {
        pair.split_once('=').is_some_and(|(name, value)| !name.trim().is_empty() && !value.trim().is_empty())
    };
    text.is_empty() || text.split(',').all(is_pair)
}

/// A value as it is written in TOML, or what it is where no key takes such a value.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Float(number) => format!("{number:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(given) => given.to_string(),
        Value::Datetime(date) => date.to_string(),
        Value::Array(values) => format!("[{}]", values.iter().map(written).collect::<Vec<_>>().join(", ")),
        Value::Table(_) => "a table".to_owned(),
    }
}
