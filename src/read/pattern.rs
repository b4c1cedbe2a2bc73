//! Path patterns: `*` and `?` inside one name, `**` across folders, `[ab]`, `{a,b}`. A pattern that matches a folder
//! matches all that is in it.

use globset::{Glob, GlobBuilder, GlobMatcher};
use std::path::{Component, Path, PathBuf};

/// One compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    matcher: GlobMatcher,
}

impl Pattern {
    /// Compiles `written`; the message says what is wrong with it.
    pub(super) fn new(written: &str) -> Result<Self, String> {
        Ok(Self { matcher: glob(written)?.compile_matcher() })
    }

    /// Whether `path`, or a folder it lies in, matches.
    pub(super) fn matches(&self, path: &str) -> bool {
        path_and_folders(path).any(|part| self.matcher.is_match(part))
    }
}

/// The pattern that `written` is.
pub(super) fn glob(written: &str) -> Result<Glob, String> {
    let trimmed = written.trim_end_matches('/').trim_start_matches("./");
    if trimmed.is_empty() {
        return Err("the pattern is empty".to_owned());
    }
    GlobBuilder::new(trimmed).literal_separator(true).build().map_err(|error| error.kind().to_string())
}

/// The pattern that `written` is in a file that lies in `folder`, which is absolute.
pub(super) fn glob_under(folder: &Path, written: &str) -> Result<Glob, String> {
    if Path::new(written).is_absolute() {
        return glob(written);
    }
    let mut base = folder.to_owned();
    let mut rest = written;
    loop {
        if let Some(after) = rest.strip_prefix("./") {
            rest = after;
        } else if let Some(after) = rest.strip_prefix("../") {
            base.pop();
            rest = after;
        } else {
            break;
        }
    }
    let base = globset::escape(&shown(&base));
    match rest {
        "" if written.is_empty() => Err("the pattern is empty".to_owned()),
        "" | "." => glob(&base),
        _ => glob(&format!("{}/{rest}", base.trim_end_matches('/'))),
    }
}

/// `path`, then the folder it lies in, the folder that lies in, and so on.
pub(super) fn path_and_folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |part| part.rfind('/').filter(|&slash| slash > 0).map(|slash| &part[..slash]))
}

/// Whether `path` holds a character that means something in a pattern.
pub(super) fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?', '[', '{'])
}

/// The folders that a pattern names before its first special character; empty where it begins with one.
pub(super) fn literal_folder(pattern: &str) -> &str {
    let special = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    pattern[..special].rfind('/').map_or("", |slash| &pattern[..slash.max(1)])
}

/// `path` as it is reported: forward slashes, no `.` components.
pub(super) fn shown(path: &Path) -> String {
    let mut text = String::new();
    for component in path.components() {
        match component {
            Component::CurDir => continue,
            Component::RootDir => text.push('/'),
            _ => {
                if !text.is_empty() && !text.ends_with('/') {
                    text.push('/');
                }
                text.push_str(&component.as_os_str().to_string_lossy());
            }
        }
    }
    if text.is_empty() { ".".to_owned() } else { text }
}

/// `path` made absolute by its words alone: links are not followed, `..` takes the folder before it away.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            _ => clean.push(component),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_inside_one_folder_and_a_folder_matches_its_contents() {
        let star = Pattern::new("./news/*.txt").unwrap();
        assert!(star.matches("news/a.txt"));
        assert!(!star.matches("news/deep/a.txt"));
        let folder = Pattern::new("news/").unwrap();
        assert!(folder.matches("news/deep/a.txt"));
        assert!(!folder.matches("newsroom/a.txt"));
        assert!(Pattern::new("news/**/a.*").unwrap().matches("news/x/y/a.md"));
        assert!(Pattern::new("[").is_err());
    }

    #[test]
    fn a_manifest_pattern_starts_at_the_manifest() {
        let base = Path::new("/data/[odd]/list");
        let under = |written| Pattern { matcher: glob_under(base, written).unwrap().compile_matcher() };
        assert!(under("a*.md").matches("/data/[odd]/list/ab.md"));
        assert!(!under("a*.md").matches("/data/o/list/ab.md"));
        assert!(under("../b/*").matches("/data/[odd]/b/x.md"));
        assert!(under(".").matches("/data/[odd]/list/deep/x.md"));
    }

    #[test]
    fn the_literal_part_of_a_pattern_ends_before_its_first_star() {
        assert_eq!(literal_folder("a/b/*.txt"), "a/b");
        assert_eq!(literal_folder("*.txt"), "");
        assert_eq!(literal_folder("/*.txt"), "/");
        assert_eq!(literal_folder("a/b?/c.txt"), "a");
    }

    #[test]
    fn shown_paths_are_clean() {
        assert_eq!(shown(Path::new("./a/./b.txt")), "a/b.txt");
        assert_eq!(shown(Path::new("/a/b.txt")), "/a/b.txt");
        assert_eq!(shown(Path::new(".")), ".");
    }
}
