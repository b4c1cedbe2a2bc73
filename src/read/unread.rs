//! Which reader reads a file, and what to say of files that none reads.
//!
//! Three kinds of file are not read: those of a format that holds articles but has no reader here (always reported), those
//! of unknown or binary content (reported), and those that are plainly no articles, such as configuration and source code
//! (passed over in a folder, since nobody takes them for what an outlet said).

use super::manifest::MANIFEST_NAME;
use super::{READERS, Reader, feed, html, packed};

/// Formats that hold articles and are not read, with the mend.
const NOT_READ: &[(&[&str], &str)] = &[
    (&["mhtml", "mht"], "MHTML is not read; save the page as .html"),
    (
        &["warc", "wacz"],
        "web archives are read by a build with the feature `warc` (.warc, .warc.gz); or export the articles as .jsonl",
    ),
    (&["pdf"], "PDF is not read; convert it, for example with `pdftotext`"),
    (
        &["doc", "docx", "odt", "rtf", "epub", "pages"],
        "word processor files are not read; save the text as .txt or .md",
    ),
    (&["xls", "xlsx", "ods", "numbers"], "spreadsheets are not read; export the table as .csv"),
    (&["parquet", "arrow", "feather", "sqlite", "db"], "this table format is not read; export it as .csv or .jsonl"),
    (
        &["bz2", "xz", "lz4", "br", "zip", "tar", "tgz", "tzst", "7z", "rar"],
        "archives and this compression are not read; unpack it first (.gz and .zst of one file are read)",
    ),
    (&["tex", "org", "eml", "srt", "vtt"], "this format is not read; save the text as .txt or .md"),
];

/// Endings of files that no one takes for an article: configuration, source code, style, logs, locks, pictures.
const NO_ARTICLES: &[&str] = &[
    "toml",
    "yaml",
    "yml",
    "ini",
    "cfg",
    "conf",
    "lock",
    "env",
    "properties",
    "log",
    "bak",
    "tmp",
    "swp",
    "sh",
    "bash",
    "zsh",
    "fish",
    "ps1",
    "bat",
    "rs",
    "py",
    "js",
    "ts",
    "jsx",
    "tsx",
    "mjs",
    "css",
    "scss",
    "go",
    "c",
    "h",
    "cpp",
    "hpp",
    "java",
    "kt",
    "rb",
    "php",
    "pl",
    "lua",
    "sql",
    "ipynb",
    "r",
    "diff",
    "patch",
    "map",
    // Pictures, sound, fonts: what a text shows or is shown with.
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "webp",
    "avif",
    "bmp",
    "ico",
    "tif",
    "tiff",
    "eps",
    "psd",
    "drawio",
    "odg",
    "mp3",
    "ogg",
    "wav",
    "mp4",
    "webm",
    "mov",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
];

/// Names, in lower case, of files that are no articles.
const NO_ARTICLE_NAMES: &[&str] =
    &["notice", "authors", "contributors", "codeowners", "makefile", "dockerfile", "justfile", "thumbs.db"];

/// Names of license texts, whatever their ending: legal prose that stands beside articles and is none.
const LICENSE_NAMES: &[&str] = &["license", "licence", "copying"];

/// How a file came among the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// The user named it.
    Named,
    /// It lies in a folder, or matches a pattern, that the user named.
    Inside,
}

/// What is done with a file.
#[derive(Clone, Copy)]
pub(super) enum Choice {
    /// It is read by the reader that its name tells.
    Read(&'static dyn Reader),
    /// It is read, or reported, by what it holds.
    Look,
    /// It is reported as skipped.
    Skip(&'static str),
    /// It is no article.
    PassOver,
}

/// Decides by name alone; `name` is the last part of the path.
pub(super) fn by_name(name: &str, found: Found) -> Choice {
    let lower = packed::inner_name(name).to_lowercase();
    let named = found == Found::Named;
    if lower == MANIFEST_NAME {
        return if named {
            Choice::Skip("a manifest of sources is no document; give it with --sources")
        } else {
            Choice::PassOver
        };
    }
    let (stem, extension) = match lower.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, extension),
        _ => (lower.as_str(), ""),
    };
    let reader = by_extension(extension);
    let is_license = LICENSE_NAMES.iter().any(|name| {
        // "LICENSE-MIT" has no ending that is read; "license-plates.txt" is an article.
        stem == *name || (reader.is_none() && lower.strip_prefix(name).is_some_and(|end| end.starts_with('-')))
    });
    if is_license && !named {
        return Choice::PassOver;
    }
    if let Some(reader) = reader {
        return Choice::Read(reader);
    }
    if let Some((_, mend)) = NOT_READ.iter().find(|(extensions, _)| extensions.contains(&extension)) {
        return Choice::Skip(mend);
    }
    let no_article = NO_ARTICLES.contains(&extension) || NO_ARTICLE_NAMES.contains(&lower.as_str());
    if no_article && !named { Choice::PassOver } else { Choice::Look }
}

/// The reader for names that end in `extension`.
pub(super) fn by_extension(extension: &str) -> Option<&'static dyn Reader> {
    READERS.iter().copied().find(|reader| reader.extensions().contains(&extension))
}

/// The reader called `name`.
pub(super) fn by_format(name: &str) -> Option<&'static dyn Reader> {
    READERS.iter().copied().find(|reader| reader.name() == name)
}

/// Decides by the first bytes of a file whose name tells nothing.
pub(super) fn recognize(head: &[u8]) -> Result<&'static dyn Reader, String> {
    if is_binary(head) {
        return Err("is no text: unknown binary format".to_owned());
    }
    if let Some(what) = unread_markup(head) {
        return Err(what.to_owned());
    }
    READERS.iter().copied().find(|reader| reader.sniff(head)).ok_or_else(|| {
        "is of an unknown format; give it an ending that tells its format (.txt, .md, .html, .jsonl, .json, .csv)"
            .to_owned()
    })
}

/// Checks that a file named as text is not markup, whose tags would be read as words: a page is read as one, other markup is not
/// read.
pub(super) fn confirm(reader: &'static dyn Reader, head: &[u8]) -> Result<&'static dyn Reader, String> {
    if reader.name() != "text" {
        return Ok(reader);
    }
    let markup: [&'static dyn Reader; 2] = [&html::Html, &feed::Feed];
    if let Some(markup) = markup.into_iter().find(|reader| reader.sniff(head)) {
        return Ok(markup);
    }
    match unread_markup(head) {
        Some(what) => Err(format!("holds markup, whatever its name says: {what}")),
        None => Ok(reader),
    }
}

/// Whether a file in a folder, whose name tells nothing, may hold an article; the message tells the user how to have it read.
pub(super) fn stranger(head: &[u8], extension: Option<&str>) -> String {
    if is_binary(head) {
        return "is no text: unknown binary format".to_owned();
    }
    match extension {
        Some(extension) => format!("has the unknown ending .{extension}; rename it to .txt or .md, or name it itself"),
        None => "has no ending that tells its format; rename it to .txt or .md, or name it itself".to_owned(),
    }
}

/// Whether the bytes are no text in any encoding that is read.
fn is_binary(head: &[u8]) -> bool {
    if head.contains(&0) || head.starts_with(b"%PDF-") {
        return true;
    }
    // Text of another encoding is reported by its place, so only what no such text holds counts as binary.
    let control =
        head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    control * 50 > head.len()
}

/// What markup the text begins with, if it is one that is not read yet.
fn unread_markup(head: &[u8]) -> Option<&'static str> {
    let start = head.trim_ascii_start();
    let begins = |with: &str| start.len() >= with.len() && start[..with.len()].eq_ignore_ascii_case(with.as_bytes());
    let kind = if begins("WARC/1.") && by_format("warc").is_none() {
        "warc"
    } else {
        return None;
    };
    NOT_READ.iter().find(|(extensions, _)| extensions.contains(&kind)).map(|&(_, mend)| mend)
}
