//! The keys of the configuration: what each is called, takes, and is where nothing is said.

use toml::Value;

/// The tables of a configuration file: one per stage, in pipeline order, then the rules.
pub const TABLES: [&str; 10] =
    ["read", "segment", "extract", "normalize", "block", "compare", "cluster", "label", "report", "rules"];

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
        table: "report",
        name: "width",
        shape: Shape::Whole { least: 40, most: 1000 },
        default: "100",
        summary: "columns of a table where the output is no terminal",
    },
];

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
    /// One of these words in quotes.
    OneOf(&'static [&'static str]),
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
            Self::OneOf(words) if value.as_str().is_some_and(|word| words.contains(&word)) => None,
            Self::OneOf(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
                Some(format!("takes {}", words.join(" or ")))
            }
            Self::Share => Some("takes a number from 0 to 1".to_owned()),
            Self::Pairs if value.as_str().is_some_and(are_pairs) => None,
            Self::Pairs => Some("takes NAME=FIELD, parted by commas".to_owned()),
            Self::Whole { least, most } if value.as_integer().is_some_and(|n| (least..=most).contains(&n)) => None,
            Self::Whole { least, most } => Some(format!("takes a whole number from {least} to {most}")),
        }
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
        Value::Array(_) => "an array".to_owned(),
        Value::Table(_) => "a table".to_owned(),
    }
}
