//! Markdown: one article to a file, with metadata in front.
//!
//! Emphasis, links and other marks are taken off and the words kept, each with its place in the file. Code, raw HTML and
//! mathematics are kept as passages set aside as markup; struck-out words are left out, since the author took them back.

use super::encoding::{Unreadable, narrow, whole};
use super::fields::{Field, one_line};
use super::front_matter::{self, FrontMatter};
use super::{Draft, Given, ReadSettings, Reader};
use crate::model::{DocumentForm, LineMap, Passage, PassageKind, Place, Run, SetAside, Span};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::io::BufRead;
use std::ops::Range;

/// Reads `.md` and `.markdown` (CommonMark with tables, footnotes, task lists and struck-out words).
#[derive(Debug, Clone, Copy)]
pub(super) struct Markdown;

impl Reader for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown", "mdown", "mkd"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let head = String::from_utf8_lossy(head);
        front_matter::begins(&head) && front_matter::front_matter(&head).is_ok_and(|found| found.body > 0)
    }

    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given)) {
        give(match whole(file, settings.limit()).and_then(|text| draft(&text)) {
            Ok(draft) => Given::Document(Box::new(draft)),
            Err(Unreadable { place, reason }) => Given::Skipped { place, reason },
        });
    }
}

fn draft(file: &str) -> Result<Draft, Unreadable> {
    let FrontMatter { mut fields, title_at, body } = front_matter::front_matter(file)?;
    let declared = fields.take_line(Field::Title);
    let mut builder = build(file, body, None);
    if let Some(title) = &declared
        && !builder.begins_with(title)
    {
        builder = build(file, body, Some((title, title_at)));
    }
    let Builder { text, passages, runs, .. } = builder;
    // The headline of the file is the title in front, or a first heading with which the text begins.
    let title = declared.or_else(|| {
        let first = passages.first().filter(|first| first.kind == PassageKind::Headline)?;
        Some(one_line(first.span.of(&text)))
    });
    let has_words = passages.iter().any(|passage| passage.set_aside.is_none() && passage.kind != PassageKind::Headline);
    if !has_words && (passages.is_empty() || title.is_none()) {
        return Err(Unreadable::file(if file.trim().is_empty() { "is empty" } else { "holds no text but markup" }));
    }
    Ok(Draft {
        record: None,
        given_id: fields.take_line(Field::Id),
        outlet: fields.take_line(Field::Source),
        title,
        url: fields.take_line(Field::Url),
        published: fields.published(),
        language: fields.take(Field::Language),
        form: DocumentForm::Article,
        text,
        passages,
        lines: LineMap::Runs(runs),
        unread_date: fields.unread_date(),
        details: fields.details(),
    })
}

/// The text of a file from `body` on, under the title that the metadata gives, if it is given here.
fn build<'a>(file: &'a str, body: usize, title: Option<(&str, usize)>) -> Builder<'a> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut builder = Builder::new(file);
    if let Some((title, at)) = title {
        builder.open(PassageKind::Headline, None);
        builder.words(title, at);
        builder.close();
    }
    for (event, range) in Parser::new_ext(&file[body..], options).into_offset_iter() {
        builder.take(event, range.start + body..range.end + body);
    }
    builder.close();
    builder
}

/// A passage that is being filled.
#[derive(Debug, Clone, Copy)]
struct Open {
    start: usize,
    kind: PassageKind,
    set_aside: Option<SetAside>,
}

/// Puts the text together from the parser's events.
struct Builder<'a> {
    text: String,
    passages: Vec<Passage>,
    runs: Vec<Run>,
    file: &'a str,
    open: Option<Open>,
    /// Where the last run of words ended, in the text and in the file.
    ended: Option<(usize, usize)>,
    places: Places<'a>,
    /// How many lists enclose what comes next.
    lists: usize,
    struck: usize,
    images: usize,
    /// The words under a picture, with their place, kept until it is known whether the picture stands alone.
    caption: Vec<(String, usize)>,
}

impl<'a> Builder<'a> {
    fn new(file: &'a str) -> Self {
        Self {
            text: String::new(),
            passages: Vec::new(),
            runs: Vec::new(),
            file,
            open: None,
            ended: None,
            places: Places { file, at: 0, place: Place { line: 1, column: 1 } },
            lists: 0,
            struck: 0,
            images: 0,
            caption: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => {
                if self.images > 0 {
                    self.caption.push((words.into_string(), range.start));
                } else {
                    self.words(&words, range.start);
                }
            }
            Event::Code(words) => {
                // The range covers the backticks too.
                let at = self.file[range.clone()].find(&*words).unwrap_or(0);
                self.words(&words, range.start + at);
            }
            Event::SoftBreak => self.space(" "),
            Event::HardBreak => self.space("\n"),
            Event::Html(words) | Event::DisplayMath(words) => self.words(&words, range.start),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.space("\n"),
            Event::InlineMath(words) => self.words(&words, range.start),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open(self.prose(), None),
            Tag::Heading { level, .. } => {
                let opens_article = *level == HeadingLevel::H1 && self.passages.is_empty() && self.open.is_none();
                self.open(if opens_article { PassageKind::Headline } else { PassageKind::Heading }, None);
            }
            Tag::Item => self.open(PassageKind::ListItem, None),
            Tag::TableCell => self.open(PassageKind::Table, None),
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

    /// Whether the text begins with a heading of these words.
    fn begins_with(&self, title: &str) -> bool {
        self.passages
            .first()
            .is_some_and(|first| first.kind == PassageKind::Headline && one_line(first.span.of(&self.text)) == title)
    }

    /// Begins a passage; one that is open ends.
    fn open(&mut self, kind: PassageKind, set_aside: Option<SetAside>) {
        self.close();
        self.open = Some(Open { start: usize::MAX, kind, set_aside });
    }

    /// Ends the open passage. A picture that stood alone in it makes a caption of its description.
    fn close(&mut self) {
        let caption = std::mem::take(&mut self.caption);
        let Some(open) = self.open.take() else { return };
        if open.start != usize::MAX {
            self.finish(open);
        } else if !caption.is_empty() && open.kind != PassageKind::Heading {
            self.open = Some(Open { kind: PassageKind::Caption, ..open });
            for (words, at) in caption {
                self.words(&words, at);
            }
            if let Some(open) = self.open.take().filter(|open| open.start != usize::MAX) {
                self.finish(open);
            }
        }
    }

    fn finish(&mut self, open: Open) {
        let written = &self.text[open.start..];
        let kept = written.trim_end().len();
        let lead = written.len() - written.trim_start().len();
        if kept > lead {
            let span = Span::new(open.start + lead, open.start + kept);
            self.passages.push(Passage { span, kind: open.kind, set_aside: open.set_aside });
        }
    }

    /// Adds words that stand at `at` in the file.
    fn words(&mut self, words: &str, at: usize) {
        if self.struck > 0 || words.is_empty() {
            return;
        }
        let kind = self.prose();
        let open = self.open.get_or_insert(Open { start: usize::MAX, kind, set_aside: None });
        if open.start == usize::MAX {
            if words.trim().is_empty() {
                return;
            }
            let kept = self.text.trim_end().len();
            self.text.truncate(kept);
            while self.runs.last().is_some_and(|run| run.text as usize >= kept) {
                self.runs.pop();
            }
            if kept > 0 {
                self.text.push_str("\n\n");
            }
            open.start = self.text.len();
        }
        if self.ended != Some((self.text.len(), at)) {
            self.runs.push(Run { text: narrow(self.text.len()), place: self.places.of(at) });
        }
        self.text.push_str(words);
        // Only where the words stand in the file as they are does the next run follow from this one.
        let as_written = self.file[at..].starts_with(words);
        self.ended = as_written.then_some((self.text.len(), at + words.len()));
    }

    /// Adds white space between words of one passage.
    fn space(&mut self, space: &str) {
        if self.images > 0 {
            if let Some((words, _)) = self.caption.last_mut() {
                words.push(' ');
            }
        } else if self.struck == 0 && self.open.is_some_and(|open| open.start != usize::MAX) {
            self.text.push_str(space);
        }
    }
}

/// Places of offsets in a file, quick where they are asked for in ascending order.
struct Places<'a> {
    file: &'a str,
    at: usize,
    place: Place,
}

impl Places<'_> {
    fn of(&mut self, offset: usize) -> Place {
        if offset < self.at {
            self.at = 0;
            self.place = Place { line: 1, column: 1 };
        }
        for character in self.file[self.at..offset].chars() {
            if character == '\n' {
                self.place = Place { line: self.place.line.saturating_add(1), column: 1 };
            } else {
                self.place.column = self.place.column.saturating_add(1);
            }
        }
        self.at = offset;
        self.place
    }
}
