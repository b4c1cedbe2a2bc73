//! Feeds: RSS 2.0 and 1.0 and Atom, one document an entry.
//!
//! An entry's full text is taken where the feed gives it, else its summary, and the document says which. Entities that a feed
//! declares itself are never expanded, so that none can grow.

use super::encoding::{self, Unreadable};
use super::fields::{Field, Fields, one_line};
use super::places::Places;
use super::records::{self, Sink};
use super::{Given, ReadSettings, Reader, html};
use crate::model::Place;
use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Reads `.rss`, `.atom` and `.xml`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Feed;

/// A feed is read whole; what is longer than this is no feed of a newsroom.
const LONGEST_FILE: usize = 256 << 20;

/// How many bytes at the head of a file show that it is a feed, behind comments and style sheets.
const ROOT_WITHIN: usize = 4096;

impl Reader for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rss", "atom", "xml", "rdf"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let head = String::from_utf8_lossy(&head[..head.len().min(ROOT_WITHIN)]);
        head.trim_start().starts_with('<') && ["<rss", "<feed", "<rdf:RDF"].iter().any(|root| head.contains(root))
    }

    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given)) {
        let sink = Sink::new(give);
        let text = encoding::whole_bytes(file, LONGEST_FILE).and_then(|bytes| encoding::decode_markup(bytes, None));
        match text {
            Ok(text) if text.trim().is_empty() => sink.finish(),
            Ok(text) => entries(&text, settings, sink),
            Err(Unreadable { place, reason }) => sink.fail(place, reason),
        }
    }
}

/// What one element of an entry holds.
#[derive(Debug, Clone, Default)]
struct Entry {
    /// Where it begins.
    at: usize,
    /// How many elements lie around its own.
    depth: usize,
    values: Vec<(&'static str, String)>,
}

/// An element whose words are being collected.
#[derive(Debug)]
struct Open {
    name: &'static str,
    depth: usize,
    words: String,
    /// Where markup that is no text begins, if the element holds such.
    markup_from: Option<usize>,
    /// Whether the element in it that holds the name, of an author or a feed, has ended: what follows is an address.
    is_whole: bool,
}

/// Elements of an entry, as feeds of all kinds write them, and what they are.
const ELEMENTS: &[(&str, &str)] = &[
    ("title", "title"),
    ("link", "link"),
    ("guid", "id"),
    ("id", "id"),
    ("pubDate", "published"),
    ("published", "published"),
    ("dc:date", "published"),
    ("issued", "published"),
    ("updated", "updated"),
    ("modified", "updated"),
    ("dc:creator", "author"),
    ("author", "author"),
    ("content:encoded", "content"),
    ("content", "content"),
    ("description", "summary"),
    ("summary", "summary"),
    ("source", "source"),
    ("dc:source", "source"),
    ("language", "language"),
    ("dc:language", "language"),
];

/// Reads the entries one by one.
fn entries(text: &str, settings: &ReadSettings, mut sink: Sink<'_>) {
    let mut reader = XmlReader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut places = Places::new(text);
    let (mut depth, mut root, mut any_root) = (0_usize, String::new(), false);
    let mut outer: Vec<(&'static str, String)> = Vec::new();
    let (mut entry, mut open): (Option<Entry>, Option<Open>) = (None, None);
    loop {
        let before = offset(&reader, text);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let place = places.of(offset(&reader, text).max(before));
                return sink.fail(Some(place), format!("is malformed XML, nothing after this was read: {error}"));
            }
        };
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let is_empty = matches!(event, Event::Empty(_));
                let name = tag.name();
                let name = name.as_ref();
                if !any_root {
                    any_root = true;
                    root = name.to_owned();
                    if !matches!(name, "rss" | "feed" | "rdf:RDF" | "RDF") {
                        let place = places.of(before);
                        return sink
                            .fail(Some(place), format!("is XML of `{}`, no feed: RSS and Atom are read", shown(name)));
                    }
                }
                depth += 1;
                match (&mut open, &mut entry) {
                    (Some(open), _) if holds_name(open.name, name) => open.words.clear(),
                    (Some(_), _) => {}
                    (None, None) if matches!(name, "item" | "entry") && !is_empty => {
                        entry = Some(Entry { at: before, depth, values: Vec::new() });
                    }
                    (None, Some(entry)) if depth == entry.depth + 1 => {
                        open = begin(tag, name, &mut entry.values, depth);
                    }
                    (None, None) if depth == if root == "feed" { 2 } else { 3 } => {
                        open = begin(tag, name, &mut outer, depth);
                    }
                    _ => {}
                }
                if let Some(open) = &mut open
                    && open.depth == depth
                    && attribute(tag, "type").as_deref() == Some("xhtml")
                {
                    open.markup_from = Some(offset(&reader, text));
                }
                if is_empty {
                    open.take_if(|open| open.depth == depth);
                    depth -= 1;
                }
            }
            Event::Text(words) => {
                if let Some(open) = open.as_mut().filter(|open| !open.is_whole) {
                    open.words.push_str(&words.xml10_content());
                }
            }
            Event::CData(words) => {
                if let Some(open) = open.as_mut().filter(|open| !open.is_whole) {
                    open.words.push_str(&words.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(open) = open.as_mut().filter(|open| !open.is_whole) {
                    match reference.resolve_char_ref() {
                        Ok(Some(character)) => open.words.push(character),
                        // What the feed declares itself has no meaning here and stays as it is written.
                        _ => open.words.push_str(&html::plain(&format!("&{};", &*reference.xml10_content()))),
                    }
                }
            }
            Event::End(tag) => {
                if let Some(open) = &mut open
                    && holds_name(open.name, tag.name().as_ref())
                {
                    open.is_whole = true;
                }
                if let Some(done) = open.take_if(|open| open.depth == depth) {
                    let words = done.markup_from.map_or(done.words, |from| text[from..before].to_owned());
                    let values = entry.as_mut().map_or(&mut outer, |entry| &mut entry.values);
                    if !words.trim().is_empty() && !values.iter().any(|(known, _)| *known == done.name) {
                        values.push((done.name, words));
                    }
                }
                if let Some(done) = entry.take_if(|entry| entry.depth == depth) {
                    let place = Place { column: 1, ..places.of(done.at) };
                    let length: usize = done.values.iter().map(|(_, value)| value.len()).sum();
                    let read = if length > settings.limit() {
                        Err(encoding::too_long(settings.limit()))
                    } else {
                        document(&done, &outer, place.line)
                    };
                    sink.push(place, read);
                }
                depth = depth.saturating_sub(1);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if entry.is_some() {
        return sink.fail(Some(places.of(text.len())), "ends inside of an entry; the file may be cut off".to_owned());
    }
    sink.finish();
}

/// Whether an element inside of another holds its name: of an author, or of the feed an entry comes from.
fn holds_name(outer: &str, inner: &str) -> bool {
    matches!(outer, "author" | "source") && matches!(inner, "name" | "title")
}

/// Begins to collect the words of an element that is known; an address may stand in an attribute.
fn begin(tag: &BytesStart<'_>, name: &str, values: &mut Vec<(&'static str, String)>, depth: usize) -> Option<Open> {
    let (_, meaning) = ELEMENTS.iter().find(|(known, _)| *known == name)?;
    if *meaning == "link"
        && let Some(address) = attribute(tag, "href")
    {
        let is_page = attribute(tag, "rel").is_none_or(|rel| rel == "alternate");
        if is_page && !values.iter().any(|(known, _)| *known == "link") {
            values.push(("link", address));
        }
        return None;
    }
    Some(Open { name: meaning, depth, words: String::new(), markup_from: None, is_whole: false })
}

/// The value of an attribute.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    Some(html::plain(&found.value))
}

/// A name as it is shown in a message.
fn shown(name: &str) -> String {
    name.chars().take(40).collect()
}

/// How far the reader has come, on a boundary of characters.
fn offset(reader: &XmlReader<&[u8]>, text: &str) -> usize {
    let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// An entry as a document.
fn document(entry: &Entry, feed: &[(&'static str, String)], line: u32) -> Result<super::Draft, String> {
    let value = |name: &str| entry.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    let of_feed = |name: &str| feed.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    let mut fields = Fields::default();
    fields.put(Field::Form, 0, "article");
    let title = value("title").map(|title| one_line(&html::plain(title)));
    for (field, given) in [
        (Field::Id, value("id").map(str::to_owned)),
        (Field::Title, title.clone()),
        (Field::Url, value("link").map(str::to_owned)),
        (Field::Source, value("source").or(of_feed("title")).map(|name| one_line(&html::plain(name)))),
        (Field::Published, value("published").or(value("updated")).map(str::to_owned)),
        (Field::Modified, value("updated").map(str::to_owned)),
        (Field::Author, value("author").map(|name| one_line(&html::plain(name)))),
        (Field::Language, value("language").or(of_feed("language")).map(str::to_owned)),
    ] {
        if let Some(given) = given {
            fields.put(field, 0, given.trim());
        }
    }
    if let Some(content) = value("content") {
        fields.put(Field::Html, 0, content);
    } else if let Some(summary) = value("summary") {
        fields.put(Field::Html, 0, summary);
        fields.is_summary = true;
    } else if let Some(title) = &title {
        fields.put(Field::Text, 0, title);
        fields.is_summary = true;
    }
    records::draft(fields, line)
}
