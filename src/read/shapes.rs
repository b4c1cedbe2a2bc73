//! JSON of known exchange formats → records with the names that all records have: schema.org claims and reviews of claims,
//! IPTC ninjs, JSON Feed, and lists inside of an answer.

use super::{encoding, json, schema_org};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Names under which services put the list of what they found.
const LISTS: &[&str] = &["items", "articles", "entries", "results", "documents", "docs", "posts", "stories", "data"];

/// Members that make an object a record, whatever else it holds.
const OF_RECORD: &[&str] = &["text", "body", "content", "claim", "title", "headline", "@type", "uri"];

/// Hands over the records that the JSON value `raw` holds: of a feed its entries, of an answer its list, of a graph what says
/// something; else itself. Each is parsed by itself and only if it is not longer than `limit` bytes: parsed, a value takes many
/// times the memory of its text.
pub(super) fn records(raw: &str, limit: usize, take: &mut dyn FnMut(Result<Value, String>)) {
    let parse = |raw: &str| -> Result<Value, String> {
        if raw.len() > limit {
            return Err(encoding::too_long(limit));
        }
        serde_json::from_str(raw).map_err(|error| format!("is malformed JSON: {}", json::message(&error)))
    };
    let outer = if raw.starts_with('{') { serde_json::from_str::<Outer<'_>>(raw).ok() } else { None };
    let Some(Outer { members }) = outer else { return take(parse(raw)) };
    let text = |name: &str| members.get(name).and_then(|value| serde_json::from_str::<String>(value.get()).ok());
    let is_feed = text("version").is_some_and(|version| version.starts_with("https://jsonfeed.org/version/"));
    if members.contains_key("@graph") {
        return match parse(raw) {
            Ok(value) => in_graph(value).into_iter().for_each(|record| take(Ok(record))),
            Err(reason) => take(Err(reason)),
        };
    }
    let is_list = |name: &&&str| {
        let begins = members.get(**name).and_then(|value| value.get().strip_prefix('['));
        begins.is_some_and(|rest| rest.trim_start().starts_with('{'))
    };
    let is_record = !is_feed && OF_RECORD.iter().any(|name| members.contains_key(*name));
    let Some(list) = LISTS.iter().find(is_list).and_then(|name| members.get(name)).filter(|_| !is_record) else {
        return take(parse(raw));
    };
    let of_feed = [("source", text("title")), ("language", text("language"))];
    let mut each = |raw: &RawValue| {
        take(parse(raw.get()).map(|value| if is_feed { entry(value, &of_feed) } else { value }));
    };
    // What is malformed was seen when the whole was read.
    drop(serde_json::Deserializer::from_str(list.get()).deserialize_seq(Each(&mut each)));
}

/// The statements of a graph that are articles or claims; the graph itself where there is none.
fn in_graph(value: Value) -> Vec<Value> {
    let said: Vec<Value> = schema_org::objects(&value)
        .into_iter()
        .filter(|object| {
            schema_org::is_a(object, schema_org::ARTICLES) || schema_org::is_a(object, &["Claim", "ClaimReview"])
        })
        .map(|object| Value::Object(object.clone()))
        .collect();
    if said.is_empty() { vec![value] } else { said }
}

/// An entry of a JSON Feed, with what the feed says of all of them.
fn entry(mut value: Value, of_feed: &[(&str, Option<String>)]) -> Value {
    if let Value::Object(entry) = &mut value {
        for (name, given) in of_feed {
            if let Some(given) = given {
                entry.entry(*name).or_insert_with(|| Value::String(given.clone()));
            }
        }
        // A feed's `content_text` is plain, and its `summary` no more than that.
        if let Some(text) = entry.remove("content_text") {
            entry.entry("text").or_insert(text);
        }
    }
    value
}

/// The members of an object that tell what it is; the others are passed over, however many there are.
struct Outer<'a> {
    members: BTreeMap<&'static str, &'a RawValue>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Outer<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Members<'a> {
            type Value = Outer<'a>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outer<'a>, A::Error> {
                let mut members = BTreeMap::new();
                while let Some(name) = map.next_key::<Cow<'_, str>>()? {
                    let told = ["version", "language", "@graph"];
                    let known = LISTS.iter().chain(OF_RECORD).chain(&told).find(|known| **known == name);
                    match known {
                        Some(known) => drop(members.insert(*known, map.next_value()?)),
                        None => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(Outer { members })
            }
        }
        deserializer.deserialize_map(Members(PhantomData))
    }
}

/// Hands over the items of a list one by one.
struct Each<'a>(&'a mut dyn FnMut(&RawValue));

impl<'de> Visitor<'de> for Each<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<&RawValue>()? {
            (self.0)(item);
        }
        Ok(())
    }
}

/// One record with the names that all records have.
pub(super) fn plain(members: Map<String, Value>) -> Map<String, Value> {
    if schema_org::is_a(&members, &["ClaimReview"]) {
        return claim_review(&members);
    }
    if schema_org::is_a(&members, &["Claim"]) {
        return claim(&members);
    }
    let is_ninjs = members.contains_key("uri")
        && ["body_text", "body_html", "body_xhtml", "bodies", "headlines"]
            .iter()
            .any(|name| members.contains_key(*name));
    if is_ninjs { ninjs(members) } else { members }
}

fn put(record: &mut Map<String, Value>, name: &str, words: Option<String>) {
    if let Some(words) = words {
        record.insert(name.to_owned(), Value::String(words));
    }
}

/// A review says what somebody claimed: the claim is theirs, not the reviewer's.
fn claim_review(review: &Map<String, Value>) -> Map<String, Value> {
    let reviewed = match review.get("itemReviewed") {
        Some(Value::Object(reviewed)) => Some(reviewed),
        Some(Value::Array(items)) => items.iter().find_map(Value::as_object),
        _ => None,
    };
    let of_reviewed = |name: &str| reviewed.and_then(|reviewed| schema_org::words(reviewed, name));
    let mut record = Map::new();
    let words =
        schema_org::words(review, "claimReviewed").or_else(|| of_reviewed("text")).or_else(|| of_reviewed("name"));
    put(&mut record, "claim", words);
    put(&mut record, "source", of_reviewed("author").or_else(|| schema_org::words(review, "author")));
    put(&mut record, "published", of_reviewed("datePublished").or_else(|| schema_org::words(review, "datePublished")));
    put(&mut record, "url", schema_org::words(review, "url"));
    put(&mut record, "language", schema_org::words(review, "inLanguage"));
    put(&mut record, "id", schema_org::words(review, "@id"));
    record
}

fn claim(claim: &Map<String, Value>) -> Map<String, Value> {
    let said = |name: &str| schema_org::words(claim, name);
    let mut record = Map::new();
    put(&mut record, "claim", said("text").or_else(|| said("name")).or_else(|| said("headline")));
    put(&mut record, "source", said("author").or_else(|| said("creator")).or_else(|| said("publisher")));
    put(&mut record, "published", said("datePublished").or_else(|| said("dateCreated")));
    put(&mut record, "url", said("url").or_else(|| said("appearance")).or_else(|| said("firstAppearance")));
    put(&mut record, "language", said("inLanguage"));
    put(&mut record, "id", said("@id"));
    record
}

/// News in JSON, versions 1 to 3: the later write headlines and bodies as lists by role and type.
fn ninjs(mut members: Map<String, Value>) -> Map<String, Value> {
    let value_of = |members: &Map<String, Value>, list: &str, wanted: &dyn Fn(&str) -> bool| -> Option<String> {
        let items = members.get(list)?.as_array()?;
        let text = |item: &Value, name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let fits = |item: &&Value| wanted(&text(item, "contenttype"));
        let main = items.iter().filter(fits).find(|item| text(item, "role") == "main");
        main.or_else(|| items.iter().find(fits)).map(|item| text(item, "value")).filter(|value| !value.is_empty())
    };
    let is_html = |kind: &str| kind.contains("html");
    let (headline, plain, html) = (
        value_of(&members, "headlines", &|kind| !is_html(kind)),
        value_of(&members, "bodies", &|kind| !is_html(kind)),
        value_of(&members, "bodies", &|kind| is_html(kind)),
    );
    // A `title` is a short name for the desk; the headline is what readers see.
    if headline.is_some() || members.contains_key("headline") {
        members.remove("title");
    }
    put(&mut members, "headline", headline);
    put(&mut members, "text", plain);
    put(&mut members, "body_html", html);
    for (ours, theirs) in [
        ("text", &["body_text"][..]),
        ("id", &["uri"]),
        ("source", &["infosources", "infosource", "provider", "copyrightholder"]),
        ("published", &["contentcreated", "firstcreated", "versioncreated"]),
        ("modified", &["contentmodified", "versioncreated"]),
        ("author", &["by", "byline"]),
    ] {
        if !members.contains_key(ours) {
            let words =
                theirs.iter().find_map(|name| schema_org::words(&members, name).or_else(|| long(&members, name)));
            let whole = theirs.iter().find_map(|name| long(&members, name)).filter(|_| ours == "text");
            put(&mut members, ours, whole.or(words));
        }
    }
    members
}

/// The text of a member with its line breaks.
fn long(members: &Map<String, Value>, name: &str) -> Option<String> {
    members.get(name)?.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(raw: &str, limit: usize) -> Vec<Result<Value, String>> {
        let mut found = Vec::new();
        records(raw, limit, &mut |record| found.push(record));
        found
    }

    #[test]
    fn the_records_of_a_list_are_parsed_one_by_one_and_each_has_the_limit() {
        let long = "x".repeat(100);
        let answer = format!(r#"{{"total": 3, "articles": [{{"text": "a"}}, {{"text": "{long}"}}, {{"text": "b"}}]}}"#);
        let found = found(&answer, 50);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], Ok(serde_json::json!({"text": "a"})));
        assert!(found[1].as_ref().is_err_and(|reason| reason.contains("limit of 50 bytes")));
        assert_eq!(found[2], Ok(serde_json::json!({"text": "b"})));
    }

    #[test]
    fn what_nests_without_end_is_refused_and_takes_no_stack() {
        let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
        assert!(found(&deep, 1 << 24)[0].as_ref().is_err_and(|reason| reason.contains("recursion")));
        let inside = format!(r#"{{"articles": [{{"text": {deep}}}]}}"#);
        assert!(found(&inside, 1 << 24)[0].as_ref().is_err_and(|reason| reason.contains("recursion")));
    }
}
