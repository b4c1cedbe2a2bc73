//! Markdown: one article to a file, with metadata in front.
//!
//! Emphasis, links and other marks are taken off and the words kept, each with its place in the file. Code, raw HTML and
//! mathematics are kept as passages set aside as markup; struck-out words are left out, since the author took them back. So are
//! the comments and the lines of code between paragraphs (`import`, `export`) of MDX.

use super::encoding::{Unreadable, whole};
use super::fields::Field;
use super::front_matter::{self, FrontMatter};
use super::ignores::{Comment, blanked, in_braces, in_markup};
use super::markup::Markup;
use super::{Draft, Given, ReadSettings, Reader};
use crate::model::{PassageKind, SetAside};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::io::BufRead;
use std::ops::Range;

/// Reads `.md`, `.markdown` and `.mdx` (CommonMark with tables, footnotes, task lists and struck-out words).
#[derive(Debug, Clone, Copy)]
pub(super) struct Markdown;

impl Reader for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown", "mdown", "mkd", "mdx"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let head = String::from_utf8_lossy(head);
        front_matter::begins(&head) && front_matter::front_matter(&head).is_ok_and(|found| found.body > 0)
    }

    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given)) {
        give(whole(file, settings.limit()).and_then(|text| draft(&text)).into());
    }
}

fn draft(file: &str) -> Result<Draft, Unreadable> {
    let FrontMatter { mut fields, title_at, body } = front_matter::front_matter(file)?;
    let declared = fields.take_line(Field::Title);
    let mut builder = build(file, body, None);
    if let Some(title) = &declared
        && !builder.out.begins_with(title)
    {
        builder = build(file, body, Some((title, title_at)));
    }
    builder.out.draft(fields, declared)
}

/// The text of a file from `body` on, under the title that the metadata gives, if it is given here.
fn build<'a>(file: &'a str, body: usize, title: Option<(&str, usize)>) -> Builder<'a> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut builder = Builder::new(file);
    if let Some((title, at)) = title {
        builder.out.open(PassageKind::Headline, None);
        builder.out.words(title, at, PassageKind::Headline);
        builder.out.close();
    }
    let braces = in_braces(file);
    let without_code = without_module_code(file, &braces, body);
    for (event, range) in Parser::new_ext(&without_code[body..], options).into_offset_iter() {
        builder.take(event, range.start + body..range.end + body);
    }
    builder.close();
    let code = std::mem::take(&mut builder.code);
    let is_code = |comment: &Comment| code.iter().any(|range| range.contains(&comment.whole.start));
    builder.out.comments.extend(braces.into_iter().filter(|comment| !is_code(comment)));
    builder.out.comments.sort_by_key(|comment| comment.whole.start);
    builder
}

/// The file with white space of the same length in place of what MDX has between its paragraphs and Markdown would take for
/// one: comments in braces, and lines of code, each block of them up to the next empty line.
fn without_module_code<'a>(file: &'a str, braces: &[Comment], body: usize) -> Cow<'a, str> {
    let mut out = braces.to_vec();
    let (mut start, mut after_empty, mut in_code) = (body, true, false);
    for line in file[body..].split_inclusive('\n') {
        let is_empty = line.trim().is_empty();
        in_code = !is_empty && (in_code || after_empty && is_module_code(line.trim_end()));
        if in_code {
            out.push(Comment { whole: start..start + line.len(), words: start..start });
        }
        after_empty = is_empty || in_code;
        start += line.len();
    }
    if out.is_empty() {
        return Cow::Borrowed(file);
    }
    out.sort_by_key(|part| part.whole.start);
    Cow::Owned(blanked(file.to_owned(), &out))
}

/// Whether a line imports or exports something, as a module of JavaScript does.
fn is_module_code(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import ") {
        let named = rest.trim_end_matches(';');
        let quoted = |text: &str| text.starts_with(['\'', '"']) && text.len() > 1 && text.ends_with(['\'', '"']);
        return quoted(named) || named.rsplit_once(" from ").is_some_and(|(_, path)| quoted(path.trim()));
    }
    let exported = line.strip_prefix("export ").and_then(|rest| rest.split_whitespace().next());
    exported.is_some_and(|word| {
        matches!(word, "const" | "let" | "var" | "default" | "function" | "async" | "class" | "{" | "*")
    })
}

/// Puts the text together from the parser's events.
struct Builder<'a> {
    out: Markup<'a>,
    /// How many lists enclose what comes next.
    lists: usize,
    /// Everything in the file that looks like a comment for a gate.
    in_file: Vec<Comment>,
    /// Where code stands in the file: what looks like a comment in braces there is none.
    code: Vec<Range<usize>>,
    struck: usize,
    images: usize,
    /// The words under a picture, with their place, kept until it is known whether the picture stands alone.
    caption: Vec<(String, usize)>,
    /// Whether the words that come next are the first of their line.
    line_begins: bool,
    /// Whether the rest of the line is the mark and title of an admonition.
    in_mark: bool,
    /// Whether what stands last was such a line, so that what is indented below it is prose and no code.
    admonition: bool,
}

impl<'a> Builder<'a> {
    fn new(file: &'a str) -> Self {
        Self {
            out: Markup::new(file),
            lists: 0,
            in_file: in_markup(file),
            code: Vec::new(),
            struck: 0,
            images: 0,
            caption: Vec::new(),
            line_begins: true,
            in_mark: false,
            admonition: false,
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            self.comment(&range);
        }
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) {
            self.code.push(range.clone());
        }
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => {
                if self.images > 0 {
                    self.caption.push((words.into_string(), range.start));
                } else {
                    self.text(&words, range.start);
                }
            }
            Event::Code(words) => {
                // The range covers the backticks too.
                let at = self.out.file()[range.clone()].find(&*words).unwrap_or(0);
                self.words(&words, range.start + at);
            }
            Event::SoftBreak => self.line_break(" "),
            Event::HardBreak => self.line_break("\n"),
            Event::Html(words) | Event::DisplayMath(words) => self.words(&words, range.start),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.space("\n"),
            Event::InlineMath(words) => self.words(&words, range.start),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    /// Keeps the comments that begin in a piece of HTML. In code there are none, however it looks.
    fn comment(&mut self, html: &Range<usize>) {
        let comments = self.in_file.iter().filter(|comment| html.contains(&comment.whole.start));
        self.out.comments.extend(comments.cloned());
    }

    fn start(&mut self, tag: &Tag<'_>) {
        self.line_begins = true;
        self.in_mark = false;
        let prose_below =
            std::mem::take(&mut self.admonition) && matches!(tag, Tag::CodeBlock(CodeBlockKind::Indented));
        match tag {
            Tag::Paragraph => self.open(self.prose(), None),
            Tag::Heading { level, .. } => {
                let opens_article = *level == HeadingLevel::H1 && self.out.is_empty();
                self.open(if opens_article { PassageKind::Headline } else { PassageKind::Heading }, None);
            }
            Tag::Item => self.open(PassageKind::ListItem, None),
            Tag::TableCell => self.open(PassageKind::Table, None),
            Tag::CodeBlock(_) if prose_below => {
                self.open(PassageKind::Paragraph, None);
                // There may be more of it below.
                self.admonition = true;
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.open(PassageKind::Boilerplate, Some(SetAside::Markup)),
            Tag::List(_) => {
                self.close();
                self.lists += 1;
            }
            Tag::Strikethrough => self.struck += 1,
            Tag::Image { .. } => self.images += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock => self.close(),
            TagEnd::List(_) => {
                self.close();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            _ => {}
        }
    }

    /// The kind of running text at this place.
    fn prose(&self) -> PassageKind {
        if self.lists > 0 { PassageKind::ListItem } else { PassageKind::Paragraph }
    }

    fn open(&mut self, kind: PassageKind, set_aside: Option<SetAside>) {
        self.close();
        self.out.open(kind, set_aside);
    }

    /// Ends the open passage. A picture that stood alone in it makes a caption of its description.
    fn close(&mut self) {
        let caption = std::mem::take(&mut self.caption);
        let alone = self.out.opened().is_some_and(|(kind, has_words)| !has_words && kind != PassageKind::Heading);
        if alone && !caption.is_empty() {
            self.out.open(PassageKind::Caption, None);
            for (words, at) in caption {
                self.words(&words, at);
            }
        }
        self.out.close();
    }

    /// Adds words of running text. Lines that only mark an admonition (`!!! note "Title"`, `:::tip`) are no text.
    fn text(&mut self, words: &str, at: usize) {
        let begins = std::mem::replace(&mut self.line_begins, false);
        let is_prose = self.out.opened().is_none_or(|(kind, _)| kind != PassageKind::Boilerplate);
        if begins && is_prose {
            let mark = ["!!! ", "??? ", "???+ ", ":::"].iter().find(|mark| words.starts_with(**mark));
            self.in_mark = mark.is_some();
            self.admonition |= mark.is_some_and(|mark| !mark.starts_with(':'));
        }
        if !self.in_mark {
            self.words(words, at);
        }
    }

    fn line_break(&mut self, space: &str) {
        self.space(space);
        self.line_begins = true;
        self.in_mark = false;
    }

    /// Adds words that stand at `at` in the file.
    fn words(&mut self, words: &str, at: usize) {
        if self.struck == 0 {
            self.out.words(words, at, self.prose());
        }
    }

    /// Adds white space between words of one passage.
    fn space(&mut self, space: &str) {
        if self.images > 0 {
            if let Some((words, _)) = self.caption.last_mut() {
                words.push(' ');
            }
        } else if self.struck == 0 {
            self.out.space(space);
        }
    }
}
