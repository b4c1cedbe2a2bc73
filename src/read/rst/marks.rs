//! The marks with which a line of reStructuredText begins, or of which it is made. In: the line. Out: what it is.

/// Directives whose content is no prose: code, data, other files, pictures, and what a program writes in their place.
pub(super) const NO_PROSE: &[&str] = &[
    "code",
    "code-block",
    "sourcecode",
    "literalinclude",
    "highlight",
    "highlightlang",
    "raw",
    "math",
    "parsed-literal",
    "include",
    "toctree",
    "contents",
    "sectnum",
    "section-numbering",
    "header",
    "footer",
    "meta",
    "default-role",
    "role",
    "image",
    "graphviz",
    "digraph",
    "graph",
    "mermaid",
    "plantuml",
    "uml",
    "productionlist",
    "prompt",
    "doctest",
    "testcode",
    "testoutput",
    "testsetup",
    "testcleanup",
    "ipython",
    "jupyter-execute",
    "command-output",
    "program-output",
    "automodule",
    "autoclass",
    "autofunction",
    "automethod",
    "autosummary",
    "autodata",
    "autoattribute",
    "autoexception",
    "currentmodule",
    "module",
    "py:module",
    "py:currentmodule",
    "index",
    "tabularcolumns",
    "plot",
    "console",
    "shell",
    "argparse",
    "click",
    "target-notes",
    "date",
    "unicode",
    "rst-class",
    "class",
    "codeauthor",
    "sectionauthor",
    "replace",
];

/// Directives whose argument is prose too: "`.. note:: The ferry is late.`"
pub(super) const PROSE_ARGUMENT: &[&str] = &[
    "note",
    "warning",
    "tip",
    "important",
    "caution",
    "danger",
    "error",
    "hint",
    "attention",
    "admonition",
    "seealso",
    "todo",
    "topic",
    "sidebar",
    "rubric",
    "centered",
    "epigraph",
    "highlights",
    "pull-quote",
    "table",
    "csv-table",
    "list-table",
    "deprecated",
    "versionadded",
    "versionchanged",
    "versionremoved",
    "compound",
    "line-block",
    "dropdown",
];

/// Whether a line is made of one mark, as under a title.
pub(super) fn is_rule(line: &str) -> bool {
    let mut marks = line.chars();
    let Some(first) = marks.next() else { return false };
    first.is_ascii_punctuation() && line.len() >= 2 && marks.all(|mark| mark == first) && line != ".." && line != "::"
}

/// Whether `rule` is long enough to make a title of the line above it.
pub(super) fn is_underline(title: &str, rule: &str) -> bool {
    !title.is_empty() && !is_rule(title) && (rule.len() >= 4 || rule.len() >= title.chars().count())
}

/// Name and argument of a directive: `name:: argument`.
pub(super) fn directive(after: &str) -> Option<(&str, &str)> {
    let (name, argument) = after.split_once("::")?;
    let is_name = !name.is_empty()
        && name.chars().all(|mark| mark.is_alphanumeric() || matches!(mark, '-' | '_' | '.' | ':' | '+'));
    is_name.then_some((name, argument.trim_start()))
}

/// Name and text of a field: `:name: text`.
pub(in crate::read) fn field_marker(words: &str) -> Option<(&str, &str)> {
    let rest = words.strip_prefix(':')?;
    let end = rest.find(':')?;
    let (name, value) = (&rest[..end], &rest[end + 1..]);
    let is_name = !name.is_empty() && !name.starts_with(' ') && !name.contains('`');
    (is_name && (value.is_empty() || value.starts_with(' '))).then(|| (name, value.trim_start()))
}

/// Fields of the head of a file that are about the document and are no text of it.
pub(super) fn is_bibliographic(name: &str) -> bool {
    matches!(
        name.to_lowercase().as_str(),
        "author"
            | "authors"
            | "contact"
            | "organization"
            | "address"
            | "version"
            | "revision"
            | "status"
            | "copyright"
            | "orphan"
            | "tocdepth"
            | "nocomments"
            | "nosearch"
            | "keywords"
            | "tags"
            | "category"
            | "slug"
            | "license"
    )
}

/// The length of the mark with which an item of a list begins.
pub(super) fn list_marker(words: &str) -> Option<usize> {
    let first = words.chars().next()?;
    if matches!(first, '*' | '-' | '+' | '\u{2022}') {
        let rest = &words[first.len_utf8()..];
        return (rest.is_empty() || rest.starts_with(' ')).then_some(first.len_utf8());
    }
    let open = usize::from(first == '(');
    let inner = &words[open..];
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let counts = inner.starts_with('#') || inner[..length].bytes().all(|byte| byte.is_ascii_digit());
    let length = if inner.starts_with('#') { 1 } else { length };
    // One letter, or a small number: "I. went" and "2025. That" begin sentences.
    if length == 0 || length > 2 || !(counts || length == 1 && inner.as_bytes()[0].is_ascii_lowercase()) {
        return None;
    }
    let rest = &inner[length..];
    let closed = rest.starts_with(')') || open == 0 && rest.starts_with('.');
    let spaced = rest.get(1..).is_some_and(|rest| rest.starts_with(' '));
    (closed && spaced).then_some(open + length + 1)
}
