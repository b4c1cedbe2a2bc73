//! reStructuredText: one document to a file.
//!
//! Prose, cells of tables, captions and the text of admonitions are kept; code, mathematics, comments and other directives
//! are kept as passages set aside as markup. It reads by lines and indentation, as the language is defined (Docutils), and
//! where a file is not well formed it reads prose.
//!
//! The parsers there are give a tree without places in the file (`rst_parser`), so that no quotation could be traced.

mod inline;

mod marks;

mod tables;

pub(super) use self::marks::field_marker;

use self::marks::{NO_PROSE, PROSE_ARGUMENT, directive, is_bibliographic, is_rule, is_underline, list_marker};
use super::encoding::{Unreadable, whole};
use super::fields::Fields;
use super::ignores::by_lines;
use super::markup::Markup;
use super::{Draft, Given, ReadSettings, Reader};
use crate::model::{PassageKind, SetAside};
use std::io::BufRead;

/// Reads `.rst` and `.rest`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rst;

impl Reader for Rst {
    fn name(&self) -> &'static str {
        "rst"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rst", "rest"]
    }

    fn sniff(&self, _: &[u8]) -> bool {
        // Without its ending nothing parts it surely from plain text, which is read as it stands.
        false
    }

    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given)) {
        give(whole(file, settings.limit()).and_then(|text| draft(&text)).into());
    }
}

fn draft(file: &str) -> Result<Draft, Unreadable> {
    let mut reading = Reading { lines: lines(file), at: 0, out: Markup::new(file), fields: Fields::default() };
    reading.blocks(0, PassageKind::Paragraph);
    let Reading { mut out, fields, .. } = reading;
    out.comments = by_lines(file, "..");
    out.draft(fields, None)
}

/// One line of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Where it begins in the file.
    pub(super) start: usize,
    /// The line without its break and without white space at its end.
    pub(super) text: &'a str,
    /// Characters of white space before its first word; a tab counts up to the next eighth column.
    pub(super) indent: usize,
}

impl<'a> Line<'a> {
    /// The words without the white space before them.
    pub(super) fn words(&self) -> &'a str {
        self.text.trim_start()
    }

    /// Where the words begin in the file.
    pub(super) fn words_at(&self) -> usize {
        self.start + self.text.len() - self.words().len()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// The lines of a file; of blank ones in a row the first.
pub(super) fn lines(file: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines: Vec<Line<'_>> = Vec::new();
    for piece in file.split_inclusive('\n') {
        let text = piece.trim_end();
        let mut indent = 0;
        for mark in text.chars().take_while(|mark| mark.is_whitespace()) {
            indent = if mark == '\t' { (indent / 8 + 1) * 8 } else { indent + 1 };
        }
        if !text.is_empty() || lines.last().is_none_or(|last| !last.is_blank()) {
            lines.push(Line { start, text, indent });
        }
        start += piece.len();
    }
    lines
}

/// Nested deeper than this, blocks are read as if they stood one level higher: no document is, and the stack is kept small.
const DEEPEST: usize = 40;

/// The state of reading.
struct Reading<'a> {
    lines: Vec<Line<'a>>,
    at: usize,
    out: Markup<'a>,
    fields: Fields,
}

impl<'a> Reading<'a> {
    /// Reads blocks from the line reached on, for as long as they are indented by at least `indent`.
    fn blocks(&mut self, depth: usize, kind: PassageKind) {
        let indent = self.lines.get(self.at).map_or(0, |line| line.indent);
        self.blocks_from(indent, depth, kind);
    }

    fn blocks_from(&mut self, indent: usize, depth: usize, kind: PassageKind) {
        while let Some(&line) = self.lines.get(self.at) {
            if line.is_blank() {
                self.at += 1;
            } else if line.indent < indent && depth > 0 {
                return;
            } else {
                self.block(line, depth, kind);
            }
        }
    }

    /// Reads one block; always goes on by at least one line.
    fn block(&mut self, line: Line<'a>, depth: usize, kind: PassageKind) {
        let words = line.words();
        if self.title(line) || tables::table(&self.lines, &mut self.at, &mut self.out) {
            return;
        }
        if is_rule(words) && words.len() >= 4 {
            self.at += 1;
            return;
        }
        if words == ".." || words.starts_with(".. ") {
            return self.explicit(line, depth);
        }
        if words.starts_with("__ ") {
            self.at += 1;
            return;
        }
        if words.starts_with(">>> ") || words == ">>>" {
            return self.code_while(|next| !next.is_blank());
        }
        if let Some(marker) = list_marker(words) {
            return self.nested_item(line, marker, depth, kind);
        }
        if let Some((name, value)) = field_marker(words) {
            return self.field(line, name, value, depth);
        }
        if words.starts_with("| ") || words == "|" {
            return self.line_block(kind);
        }
        self.paragraph(line, depth, kind);
    }

    /// A section title: a line over a line of marks, perhaps under another.
    fn title(&mut self, line: Line<'a>) -> bool {
        let next = self.lines.get(self.at + 1);
        let third = self.lines.get(self.at + 2);
        let (title, taken) = if is_rule(line.text) && line.indent == 0 {
            match (next, third) {
                (Some(title), Some(under)) if under.text == line.text && !title.is_blank() && !is_rule(title.text) => {
                    (*title, 3)
                }
                _ => return false,
            }
        } else {
            match next {
                Some(under) if line.indent == 0 && is_rule(under.text) && is_underline(line.text, under.text) => {
                    (line, 2)
                }
                _ => return false,
            }
        };
        let kind = if self.out.is_empty() { PassageKind::Headline } else { PassageKind::Heading };
        self.out.open(kind, None);
        inline::write(title.words(), title.words_at(), kind, &mut self.out);
        self.out.close();
        self.at += taken;
        true
    }

    /// What begins with two dots: a directive, a target, a footnote, a substitution, a comment.
    fn explicit(&mut self, line: Line<'a>, depth: usize) {
        let after = line.words()[2..].trim_start();
        let at = line.words_at() + line.words().len() - after.len();
        if after.starts_with('_') || after.starts_with('|') {
            self.skip_indented(line.indent);
            return;
        }
        if let Some(end) = after.strip_prefix('[').and_then(|rest| rest.find(']')) {
            // A footnote or citation: its text is prose.
            let rest = after[end + 2..].trim_start();
            self.nested_text(line, (rest, at + after.len() - rest.len()), depth, PassageKind::Paragraph);
            return;
        }
        let Some((name, argument)) = directive(after) else {
            // A comment was written for authors, not for readers; it is kept aside.
            self.at += 1;
            self.out.open(PassageKind::Boilerplate, Some(SetAside::Markup));
            self.out.words(after, at, PassageKind::Boilerplate);
            self.markup_indented(line.indent);
            self.out.close();
            return;
        };
        let argument_at = at + after.len() - argument.len();
        self.at += 1;
        if NO_PROSE.contains(&name) {
            self.out.open(PassageKind::Boilerplate, Some(SetAside::Markup));
            self.markup_indented(line.indent);
            self.out.close();
            return;
        }
        if PROSE_ARGUMENT.contains(&name) && !argument.is_empty() {
            let kind = if name.ends_with("table") { PassageKind::Caption } else { PassageKind::Paragraph };
            let version = if name.starts_with("version") || name == "deprecated" {
                argument.find(char::is_whitespace).unwrap_or(argument.len())
            } else {
                0
            };
            let rest = argument[version..].trim_start();
            self.out.open(kind, None);
            inline::write(rest, argument_at + argument.len() - rest.len(), kind, &mut self.out);
            // The argument may run on below, until a blank line or an option.
            while let Some(&next) = self.lines.get(self.at)
                && !next.is_blank()
                && next.indent > line.indent
                && field_marker(next.words()).is_none()
                && list_marker(next.words()).is_none()
            {
                self.out.space("\n");
                inline::write(next.words(), next.words_at(), kind, &mut self.out);
                self.at += 1;
            }
            self.out.close();
        }
        while self
            .lines
            .get(self.at)
            .is_some_and(|next| next.indent > line.indent && field_marker(next.words()).is_some())
        {
            self.at += 1;
        }
        match name {
            "csv-table" => tables::csv(&self.lines, &mut self.at, line.indent, &mut self.out),
            "list-table" => self.indented(line.indent, depth, PassageKind::Table),
            "figure" => self.indented(line.indent, depth, PassageKind::Caption),
            _ => self.indented(line.indent, depth, PassageKind::Paragraph),
        }
    }

    /// Reads the blocks that are indented by more than `indent`.
    fn indented(&mut self, indent: usize, depth: usize, kind: PassageKind) {
        let mut ahead = self.at;
        while self.lines.get(ahead).is_some_and(Line::is_blank) {
            ahead += 1;
        }
        if let Some(first) = self.lines.get(ahead)
            && first.indent > indent
        {
            self.at = ahead;
            let inner = first.indent.min(self.least_indent(ahead, indent));
            if depth < DEEPEST {
                self.blocks_from(inner, depth + 1, kind);
            }
        }
    }

    /// The indent of a block may be less on a later line than on its first, as in a definition's first line.
    fn least_indent(&self, from: usize, above: usize) -> usize {
        self.lines.get(from).map_or(above + 1, |line| line.indent)
    }

    /// Puts the indented lines below aside as markup, into the open passage.
    fn markup_indented(&mut self, indent: usize) {
        while let Some(&next) = self.lines.get(self.at) {
            if !next.is_blank() && next.indent <= indent {
                break;
            }
            self.out.space("\n");
            self.out.words(next.words(), next.words_at(), PassageKind::Boilerplate);
            self.at += 1;
        }
    }

    fn skip_indented(&mut self, indent: usize) {
        self.at += 1;
        while self.lines.get(self.at).is_some_and(|next| !next.is_blank() && next.indent > indent) {
            self.at += 1;
        }
    }

    /// Puts lines aside as code while `holds` is true of them.
    fn code_while(&mut self, holds: impl Fn(&Line<'a>) -> bool) {
        self.out.open(PassageKind::Boilerplate, Some(SetAside::Markup));
        while let Some(&next) = self.lines.get(self.at)
            && holds(&next)
        {
            self.out.words(next.words(), next.words_at(), PassageKind::Boilerplate);
            self.out.space("\n");
            self.at += 1;
        }
        self.out.close();
    }

    /// An item of a list, with what is indented below it. In a table written as a list, an item is a cell.
    fn nested_item(&mut self, line: Line<'a>, marker: usize, depth: usize, kind: PassageKind) {
        let words = &line.words()[marker..];
        let text = words.trim_start();
        let at = line.words_at() + line.words().len() - text.len();
        let kind = if kind == PassageKind::Table { kind } else { PassageKind::ListItem };
        self.nested_text(line, (text, at), depth, kind);
    }

    /// Text that begins on the line reached, at a place of its own, and goes on in indented lines.
    fn nested_text(&mut self, line: Line<'a>, (text, at): (&'a str, usize), depth: usize, kind: PassageKind) {
        // The rest of the line is read as a line of its own, indented by what came off before it.
        let column = line.indent + (at - line.words_at());
        if text.is_empty() || depth >= DEEPEST {
            self.at += 1;
            self.out.open(kind, None);
            inline::write(text, at, kind, &mut self.out);
            self.out.close();
            return self.indented(line.indent, depth.min(DEEPEST), kind);
        }
        let first = self.lines.get(self.at + 1).filter(|next| !next.is_blank() && next.indent > line.indent);
        let indent = first.map_or(column, |next| next.indent.min(column));
        self.lines[self.at] = Line { start: at, text, indent };
        self.blocks_from(indent.max(line.indent + 1), depth + 1, kind);
    }

    /// A field: metadata at the head of the file, else a name with prose.
    fn field(&mut self, line: Line<'a>, name: &'a str, value: &'a str, depth: usize) {
        let at = line.words_at() + line.words().len() - value.len();
        let in_head = self.out.passages.iter().all(|passage| passage.kind == PassageKind::Headline) && line.indent == 0;
        if in_head && (Fields::meaning(name, &[]).is_some() || is_bibliographic(name)) {
            self.fields.add(name, value);
            self.skip_indented(line.indent);
            return;
        }
        self.nested_text(line, (value, at), depth, PassageKind::ListItem);
    }

    /// Lines that keep their breaks.
    fn line_block(&mut self, kind: PassageKind) {
        self.out.open(kind, None);
        while let Some(&line) = self.lines.get(self.at)
            && let Some(rest) = line.words().strip_prefix('|').filter(|rest| rest.is_empty() || rest.starts_with(' '))
        {
            let words = rest.trim_start();
            inline::write(words, line.words_at() + line.words().len() - words.len(), kind, &mut self.out);
            self.out.space("\n");
            self.at += 1;
        }
        self.out.close();
    }

    /// A paragraph; a term with its definition; and the code that a paragraph announces with two colons.
    fn paragraph(&mut self, line: Line<'a>, depth: usize, kind: PassageKind) {
        let term = self.lines.get(self.at + 1).is_some_and(|next| !next.is_blank() && next.indent > line.indent);
        let kind = if term && kind == PassageKind::Paragraph { PassageKind::ListItem } else { kind };
        self.out.open(kind, None);
        let mut announces = false;
        let begun = self.at;
        while let Some(&next) = self.lines.get(self.at)
            && !next.is_blank()
            && (self.at == begun || next.indent == line.indent)
        {
            let ends = self.lines.get(self.at + 1).is_none_or(|after| after.is_blank() || after.indent > line.indent);
            let words = next.words();
            announces = ends && words.ends_with("::");
            let words = match () {
                () if announces && words.trim_end_matches("::").trim_end() != words.trim_end_matches("::") => {
                    words.trim_end_matches("::").trim_end()
                }
                () if announces => words.strip_suffix(':').filter(|words| *words != ":").unwrap_or(""),
                () => words,
            };
            if self.at > begun {
                self.out.space("\n");
            }
            inline::write(words, next.words_at(), kind, &mut self.out);
            self.at += 1;
            if ends {
                break;
            }
        }
        self.out.close();
        if announces {
            return self.literal(line.indent);
        }
        if term {
            self.indented(line.indent, depth, PassageKind::Paragraph);
        }
    }

    /// The indented, or quoted, block after two colons.
    fn literal(&mut self, indent: usize) {
        while self.lines.get(self.at).is_some_and(Line::is_blank) {
            self.at += 1;
        }
        let Some(first) = self.lines.get(self.at).copied() else { return };
        if first.indent > indent {
            self.code_while(|next| next.is_blank() || next.indent > indent);
        } else if first.words().starts_with(['>', '|', '#', '$', '%']) {
            let mark = first.words().chars().next();
            self.code_while(move |next| next.words().chars().next() == mark);
        }
    }
}
