//! schema.org statements in JSON-LD → what they say of an article: in the pages of news sites, and in files of their own.

use super::fields::one_line;
use serde_json::{Map, Value};

/// Statements nested deeper than this are passed over.
const DEEPEST: usize = 16;

/// Of a page with more statements than this, the rest is passed over: they are lists of other pages.
const MOST: usize = 2000;

/// The objects of a JSON-LD text, the outer before the inner: of lists, of `@graph`, and of what an object is about.
pub(super) fn objects(value: &Value) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut waiting = vec![(value, 0)];
    while let Some((value, depth)) = waiting.pop() {
        if depth > DEEPEST || found.len() >= MOST {
            continue;
        }
        match value {
            Value::Array(items) => waiting.extend(items.iter().rev().map(|item| (item, depth + 1))),
            Value::Object(members) => {
                found.push(members);
                for name in ["mainEntityOfPage", "mainEntity", "@graph"] {
                    waiting.extend(members.get(name).map(|inner| (inner, depth + 1)));
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether an object is of a type whose name ends so: `NewsArticle` and `ReportageNewsArticle` are articles.
pub(super) fn is_a(object: &Map<String, Value>, types: &[&str]) -> bool {
    let is = |name: &str| {
        let name = name.rsplit(['/', '#', ':']).next().unwrap_or(name);
        types.iter().any(|kind| name.ends_with(kind))
    };
    match object.get("@type") {
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// The types of objects that are articles.
pub(super) const ARTICLES: &[&str] = &["Article", "BlogPosting", "Report", "SocialMediaPosting"];

/// The words of a member: text, or the name of an object, or those of the first of a list.
pub(super) fn words(object: &Map<String, Value>, name: &str) -> Option<String> {
    words_of(object.get(name)?, 0)
}

fn words_of(value: &Value, depth: usize) -> Option<String> {
    if depth > 3 {
        return None;
    }
    match value {
        Value::String(text) => Some(one_line(text)).filter(|text| !text.is_empty()),
        Value::Array(items) => items.iter().find_map(|item| words_of(item, depth + 1)),
        Value::Object(members) => ["name", "headline", "@value", "url", "@id"]
            .iter()
            .find_map(|name| words_of(members.get(*name)?, depth + 1)),
        _ => None,
    }
}

/// The address of what a member names, of the first that has one.
pub(super) fn address(object: &Map<String, Value>, name: &str) -> Option<String> {
    address_of(object.get(name)?, 0)
}

fn address_of(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(text) => Some(one_line(text)).filter(|text| text.starts_with("http")),
        Value::Array(items) if depth == 0 => items.iter().find_map(|item| address_of(item, 1)),
        Value::Object(members) => ["url", "@id"]
            .iter()
            .find_map(|name| members.get(*name)?.as_str())
            .and_then(|text| address_of(&text.into(), 1)),
        _ => None,
    }
}

/// The names of all that a member lists, as "A, B".
pub(super) fn names(object: &Map<String, Value>, name: &str) -> Option<String> {
    let listed = match object.get(name)? {
        Value::Array(items) => items.iter().filter_map(|item| words_of(item, 0)).collect::<Vec<_>>().join(", "),
        value => words_of(value, 0)?,
    };
    Some(listed).filter(|listed| !listed.is_empty())
}
