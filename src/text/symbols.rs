//! Names of things in programs, as they stand in running text: `max_size`, `run()`, `net::Socket`, `--all`, `docs/index.md`,
//! `TideReportItem`. In: a text, or what stands around a word of it. Out: which of it is such a name and no word of the language.

/// Parts of a name in one word from which it is one of a program: "YouTube" and "McDonald" have two.
const HUMPS: usize = 3;

/// Letters of such a part.
const HUMP_LETTERS: usize = 3;

/// Marks that join the parts of a name.
fn joins(mark: char) -> bool {
    matches!(mark, '_' | '.' | '/' | ':' | '=' | '\\')
}

/// Whether a mark and what follows it, seen from a word, lead to another part of one name.
fn leads_on(mut letters: impl Iterator<Item = char>) -> bool {
    letters.next().is_some_and(joins) && letters.next().is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
}

/// Whether a word is a part of such a name, as "soft" of `task_soft_limit`. `before` and `after` are the text on its sides.
pub fn is_part(before: &str, after: &str) -> bool {
    after.starts_with("()") || leads_on(before.chars().rev()) || leads_on(after.chars())
}

/// Whether what stands between two spaces is such a name, or words that a mark joins as it joins the parts of one: `celery.backends`,
/// `a::b`, `docs/index.md`, `sphinx>=9`, `--all`.
pub fn is_name(piece: &str) -> bool {
    let inner = piece.trim_matches(|mark: char| !mark.is_alphanumeric() && mark != '-');
    let parts_behind = |at: usize| inner[at..].trim_start_matches(joins).starts_with(char::is_alphanumeric);
    inner.starts_with('-') || inner.char_indices().any(|(at, mark)| at > 0 && joins(mark) && parts_behind(at))
}

/// The names in a text that nothing else looks like: those with `_` or `::` in them, with `()` behind or `--` before them, or of three
/// words written as one. Of `timeout=30` the first part. A stop, a slash or a colon may join names of the world as well.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|piece| piece.split('=').next().unwrap_or(piece))
        .map(|piece| {
            piece.trim_matches(|mark: char| !(mark.is_alphanumeric() || matches!(mark, '_' | '-' | '(' | ')')))
        })
        .map(|piece| (piece, piece.trim_matches(['-', '(', ')', '_'])))
        .filter(|(piece, bare)| {
            let joined = bare.contains('_') || bare.contains("::") || piece.ends_with("()");
            bare.starts_with(char::is_alphabetic)
                && (joined || is_option(piece.trim_start_matches('(')) || has_humps(bare))
        })
        .map(|(_, bare)| bare)
}

/// Whether what stands between two spaces is an option of a program: `--all`, and no dash that nobody spaced.
pub fn is_option(piece: &str) -> bool {
    piece.strip_prefix("--").is_some_and(|name| name.starts_with(|letter: char| letter.is_ascii_lowercase()))
}

/// Whether the word behind `before` is the first of an option of a program. A dash that two hyphens stand for has a word or a space
/// before it and, where nobody spaced it, one behind it.
pub fn opens_option(before: &str) -> bool {
    before
        .strip_suffix("--")
        .is_some_and(|rest| rest.is_empty() || rest.ends_with(|mark: char| !mark.is_alphanumeric()))
}

/// True for names as classes have them: `InspectReportItem`.
fn has_humps(word: &str) -> bool {
    let first = word.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
    let next = first.chars().skip(1).chain(['A']);
    let begins = |(letter, next): (char, char)| letter.is_ascii_uppercase() && next.is_ascii_lowercase();
    let starts: Vec<usize> = first
        .char_indices()
        .zip(next)
        .filter(|((_, letter), next)| begins((*letter, *next)))
        .map(|((at, _), _)| at)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([first.len()]);
    starts.iter().zip(ends).filter(|(from, to)| to - *from >= HUMP_LETTERS).count() >= HUMPS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_programs_are_told_from_words() {
        let found: Vec<&str> =
            names("The read_tide() of net::Socket, (--all) and wait=30: TideReportItem, YouTube, U.S., he/she -- not.")
                .collect();
        assert_eq!(found, ["read_tide", "net::Socket", "all", "TideReportItem"]);
        for name in ["celery.backends.dynamodb", "max_size", "a::b", "docs/index.md,", "--all", "(sphinx>=9)"] {
            assert!(is_name(name), "{name}");
        }
        for word in ["word", "end.", "(so)", "it's", "co-exist", "note:", "“Yes,”"] {
            assert!(!is_name(word), "{word}");
        }
    }

    #[test]
    fn an_option_is_no_dash() {
        assert!(opens_option("Use --") && opens_option("--") && opens_option("(--") && is_option("--all"));
        assert!(!opens_option("The mayor--") && !is_option("--") && !is_option("---"));
    }
}
