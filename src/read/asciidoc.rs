//! AsciiDoc: one document to a file.
//!
//! Prose, cells of tables, captions and the text of admonitions are kept; listings, literal and passed-through blocks and
//! comments are kept as passages set aside as markup. Both branches of a condition are read: which one a build takes is not
//! in the file. It reads by lines; where a file is not well formed it reads prose.
//!
//! Of the parsers there are, `asciidoc-parser` keeps the places of blocks but hands their words over as HTML, so that no
//! quotation inside a paragraph could be traced.

mod inline;

mod marks;

mod tables;

use self::marks::{
    Delimiter, Style, admonition, block_macro, delimiter, described, is_comment, is_header_line, list_item, section,
    style_of,
};
use super::encoding::{Unreadable, whole};
use super::fields::Fields;
use super::ignores::by_lines;
use super::markup::Markup;
use super::rst::{Line, lines};
use super::{Draft, Given, ReadSettings, Reader};
use crate::model::{PassageKind, SetAside};
use std::collections::BTreeMap;
use std::io::BufRead;

/// Reads `.adoc`, `.asciidoc` and `.asc`.
#[derive(Debug, Clone, Copy)]
pub(super) struct AsciiDoc;

impl Reader for AsciiDoc {
    fn name(&self) -> &'static str {
        "asciidoc"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["adoc", "asciidoc", "asc"]
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
    let mut reading = Reading {
        lines: lines(file),
        at: 0,
        out: Markup::new(file),
        fields: Fields::default(),
        attributes: BTreeMap::new(),
        style: Style::Prose,
    };
    reading.header();
    while reading.at < reading.lines.len() {
        reading.block();
    }
    let Reading { mut out, fields, .. } = reading;
    out.comments = by_lines(file, "//");
    out.draft(fields, None)
}

/// Values of attributes, by name.
type Attributes<'a> = BTreeMap<String, &'a str>;

/// The state of reading.
struct Reading<'a> {
    lines: Vec<Line<'a>>,
    at: usize,
    out: Markup<'a>,
    fields: Fields,
    attributes: Attributes<'a>,
    style: Style,
}

impl<'a> Reading<'a> {
    /// The title of the document, its author and revision, and its attributes.
    fn header(&mut self) {
        while self.lines.get(self.at).is_some_and(|line| line.is_blank() || is_comment(line.text)) {
            self.at += 1;
        }
        let Some(line) = self.lines.get(self.at).copied() else { return };
        let Some(title) = line.text.strip_prefix("= ") else { return };
        self.heading(line, title, PassageKind::Headline);
        // The lines of author and revision follow without a blank line; the attributes among them.
        let mut plain = 0;
        while let Some(line) = self.lines.get(self.at).copied().filter(|line| !line.is_blank()) {
            if self.attribute(line) || is_comment(line.text) {
                self.at += 1;
            } else if plain < 2 && line.indent == 0 && is_header_line(line.text, plain) {
                if plain == 1
                    && let Some(date) = line.text.split([',', ':']).find(|part| part.trim().len() >= 8)
                {
                    self.fields.add("date", date.trim());
                }
                plain += 1;
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// An attribute entry: `:name: value`.
    fn attribute(&mut self, line: Line<'a>) -> bool {
        let Some((name, value)) = line.text.strip_prefix(':').and_then(|rest| rest.split_once(':')) else {
            return false;
        };
        let is_name =
            !name.is_empty() && name.chars().all(|mark| mark.is_alphanumeric() || matches!(mark, '-' | '_' | '!'));
        if !is_name || !(value.is_empty() || value.starts_with(' ')) {
            return false;
        }
        let value = value.trim();
        let meant = match name.to_lowercase().as_str() {
            "revdate" | "docdate" => "date",
            "lang" => "lang",
            // What is about the page is not its outlet or its words.
            "source-highlighter" | "source" | "sourcedir" | "id" | "title" | "text" | "type" => "",
            _ => name,
        };
        if Fields::meaning(meant, &[]).is_some() {
            self.fields.add(meant, value);
        }
        if !value.is_empty() {
            self.attributes.insert(name.to_lowercase(), value);
        }
        true
    }

    fn heading(&mut self, line: Line<'a>, words: &'a str, kind: PassageKind) {
        let words = words.trim();
        // "== Title ==" is an older way to write it.
        let words = words.trim_end_matches(['=', '#']).trim_end();
        let at = line.start + line.text.find(words).unwrap_or(0);
        self.out.open(kind, None);
        inline::write(words, at, kind, &self.attributes, &mut self.out);
        self.out.close();
        self.at += 1;
    }

    /// Reads one block; always goes on by at least one line.
    fn block(&mut self) {
        let Some(line) = self.lines.get(self.at).copied() else { return };
        let text = line.text;
        if line.is_blank() {
            self.at += 1;
            return;
        }
        let style = self.style;
        if text.starts_with('[') && text.ends_with(']') && !text.contains("]_") && line.indent == 0 {
            self.style = style_of(&text[1..text.len() - 1], style);
            self.at += 1;
            return;
        }
        self.style = Style::Prose;
        if let Some(kind) = delimiter(text) {
            return self.delimited(text, kind, style);
        }
        if is_comment(text) || self.attribute(line) || matches!(text, "'''" | "<<<" | "---" | "***" | "+") {
            self.at += 1;
            return;
        }
        if let Some((_, words)) = section(text) {
            let kind = if self.out.is_empty() { PassageKind::Headline } else { PassageKind::Heading };
            return self.heading(line, words, kind);
        }
        if let Some(title) =
            text.strip_prefix('.').filter(|rest| !rest.starts_with(['.', ' ', '\t']) && !rest.is_empty())
        {
            // The title of a block; the attributes above it hold for the block.
            self.style = style;
            return self.heading(line, title, PassageKind::Caption);
        }
        if let Some((name, target)) = block_macro(text) {
            return self.block_macro(line, name, target);
        }
        if style == Style::Code {
            return self.code_while(|next| !next.is_blank());
        }
        if line.indent > 0 && list_item(line.words()).is_none() {
            return self.code_while(|next| !next.is_blank());
        }
        self.text_block(line);
    }

    /// A block between two equal lines of marks.
    fn delimited(&mut self, mark: &str, kind: Delimiter, style: Style) {
        self.at += 1;
        let cells = |lines: &[Line<'a>], at: &mut usize| {
            let end = lines.iter().enumerate().skip(*at).find(|(_, line)| line.text == mark).map(|(end, _)| end);
            let end = end.unwrap_or(lines.len());
            let inner = *at..end;
            *at = (end + 1).min(lines.len());
            inner
        };
        match kind {
            // What is in these is read as what stands around it; so is their end.
            Delimiter::Container if style != Style::Code => {}
            Delimiter::Container | Delimiter::Code => {
                let inner = cells(&self.lines, &mut self.at);
                let after = self.at;
                self.at = inner.start;
                let end = inner.end;
                self.code_until(end);
                self.at = after;
            }
            Delimiter::Table(separator) => {
                let inner = cells(&self.lines, &mut self.at);
                let separator = if style == Style::Csv { ',' } else { separator };
                tables::table(&self.lines[inner], separator, &self.attributes, &mut self.out);
            }
        }
    }

    fn code_while(&mut self, holds: impl Fn(&Line<'a>) -> bool) {
        let rest = &self.lines[self.at..];
        let end = self.at + rest.iter().position(|line| !holds(line)).unwrap_or(rest.len());
        self.code_until(end);
    }

    fn code_until(&mut self, end: usize) {
        self.out.open(PassageKind::Boilerplate, Some(SetAside::Markup));
        for line in &self.lines[self.at..end] {
            self.out.words(line.words(), line.words_at(), PassageKind::Boilerplate);
            self.out.space("\n");
        }
        self.out.close();
        self.at = end;
    }

    /// `image::pier.png[The old pier]`: the description is a caption. Of the others nothing is text.
    fn block_macro(&mut self, line: Line<'a>, name: &str, target: &'a str) {
        self.at += 1;
        if !matches!(name, "image" | "video" | "audio") {
            return;
        }
        let Some((_, list)) = target.split_once('[') else { return };
        let words = list.trim_end_matches(']').split(',').next().unwrap_or_default().trim().trim_matches('"');
        if words.contains('=') || words.is_empty() {
            return;
        }
        let at = line.start + line.text.len() - list.len() + list.find(words).unwrap_or(0);
        self.out.open(PassageKind::Caption, None);
        inline::write(words, at, PassageKind::Caption, &self.attributes, &mut self.out);
        self.out.close();
    }

    /// A paragraph or an item of a list: lines up to a blank one, or to one that begins something else.
    fn text_block(&mut self, line: Line<'a>) {
        let item = list_item(line.words());
        let kind = if item.is_some() { PassageKind::ListItem } else { PassageKind::Paragraph };
        let mut from = item.unwrap_or(0);
        if item.is_none() {
            from = admonition(line.text);
        }
        self.out.open(kind, None);
        let begun = self.at;
        while let Some(next) = self.lines.get(self.at).copied() {
            let first = self.at == begun;
            if !first && (next.is_blank() || self.ends_text(&next)) {
                break;
            }
            self.at += 1;
            if is_comment(next.text) {
                continue;
            }
            let (mut words, mut at) = (next.words(), next.words_at());
            if first {
                let rest = words[from.min(words.len())..].trim_start();
                at += words.len() - rest.len();
                words = rest;
                // "term:: definition"
                if let Some((term, definition)) = described(words) {
                    inline::write(term, at, kind, &self.attributes, &mut self.out);
                    self.out.open(PassageKind::ListItem, None);
                    at += words.len() - definition.len();
                    words = definition;
                }
            }
            let broken = words.ends_with(" +");
            inline::write(words.strip_suffix(" +").unwrap_or(words), at, kind, &self.attributes, &mut self.out);
            self.out.space(if broken { "\n" } else { " " });
        }
        self.out.close();
    }

    /// Whether a line ends the paragraph above it without a blank line between.
    fn ends_text(&self, line: &Line<'a>) -> bool {
        let text = line.text;
        delimiter(text).is_some()
            || text == "+"
            || list_item(line.words()).is_some()
            || described(text).is_some()
            || section(text).is_some()
            || block_macro(text).is_some()
            || text.starts_with("[[") && text.ends_with("]]")
    }
}
