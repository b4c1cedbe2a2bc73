//! The text of an `aliases.toml` → the names a user knows. It refuses what it does not know, with the line.

use crate::error::{Error, ErrorKind, Result};
use crate::model::{KnownName, MentionKind};
use serde::Deserialize;
use std::path::Path;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    name: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    name: Spanned<String>,
    kind: Option<MentionKind>,
    #[serde(default)]
    also: Vec<String>,
}

/// Reads the names of the file `path`, whose text is `text`.
///
/// # Errors
///
/// Text that is no TOML, an unknown key or kind, or an entry without a name.
pub fn aliases(path: &Path, text: &str) -> Result<Vec<KnownName>> {
    let at = |offset: usize, message: &str| {
        let line = 1 + text.as_bytes().iter().take(offset).filter(|&&byte| byte == b'\n').count();
        Error::new(ErrorKind::Configuration, format!("{}:{line}: {message}", path.display()))
    };
    let file: File = toml::from_str(text)
        .map_err(|error| at(error.span().map_or(0, |span| span.start), &error.message().replace('\n', ", ")))?;
    let known = |item: Item| {
        let start = item.name.span().start;
        let name = item.name.into_inner();
        if !name.chars().any(char::is_alphanumeric) {
            return Err(at(start, "a name needs a letter or digit"));
        }
        Ok(KnownName { name, kind: item.kind.unwrap_or(MentionKind::Other), also: item.also })
    };
    file.name.into_iter().map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_with_their_kinds() {
        let text = "[[name]]\nname = \"Holm River Office\"\nkind = \"organization\"\nalso = [\"HRO\", \"River Office\"]\n[[name]]\nname = \"Ida Lund\"\n";
        let read = aliases(Path::new("aliases.toml"), text).expect("it is right");
        assert_eq!(read[0].kind, MentionKind::Organization);
        assert_eq!(read[0].also, ["HRO", "River Office"]);
        assert_eq!((read[1].name.as_str(), read[1].kind), ("Ida Lund", MentionKind::Other));
    }

    #[test]
    fn what_is_not_known_is_refused_with_its_line() {
        for (text, line) in [
            ("[[name]]\nname = \"a\"\nalias = []\n", ":3:"),
            ("[[name]]\nname = \"-\"\n", ":2:"),
            ("[[name]]\nname = \"a\"\nkind = \"ship\"\n", ":3:"),
            ("[[names]]\n", ":1:"),
            ("[[name]]\nalso = []\n", ":1:"),
        ] {
            let error = aliases(Path::new("aliases.toml"), text).expect_err(text).to_string();
            assert!(error.contains(line), "{text}: {error}");
        }
    }
}
