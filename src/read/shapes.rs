//! JSON of known exchange formats → records with the names that all records have: schema.org claims and reviews of claims,
//! IPTC ninjs, JSON Feed, and lists inside of an answer.

use super::schema_org;
use serde_json::{Map, Value};

/// Names under which services put the list of what they found.
const LISTS: &[&str] = &["items", "articles", "entries", "results", "documents", "docs", "posts", "stories", "data"];

/// The records one value holds: of a feed its entries, of an answer its list, of a graph what says something; else itself.
pub(super) fn records(value: Value) -> Vec<Value> {
    let Value::Object(members) = &value else { return vec![value] };
    let is_feed = members
        .get("version")
        .and_then(Value::as_str)
        .is_some_and(|version| version.starts_with("https://jsonfeed.org/version/"));
    if members.contains_key("@graph") {
        let told: Vec<Value> = schema_org::objects(&value)
            .into_iter()
            .filter(|object| {
                schema_org::is_a(object, schema_org::ARTICLES) || schema_org::is_a(object, &["Claim", "ClaimReview"])
            })
            .map(|object| Value::Object(object.clone()))
            .collect();
        return if told.is_empty() { vec![value] } else { told };
    }
    let is_record = ["text", "body", "content", "claim", "title", "headline", "@type", "uri"];
    if !is_feed && is_record.iter().any(|name| members.contains_key(*name)) {
        return vec![value];
    }
    let list = LISTS.iter().copied().find(|name| {
        matches!(members.get(*name), Some(Value::Array(items)) if !items.is_empty() && items.iter().all(Value::is_object))
    });
    let Some(list) = list else { return vec![value] };
    let (outlet, language) = (members.get("title").cloned(), members.get("language").cloned());
    let Some(Value::Array(items)) = members.get(list).cloned() else { return vec![value] };
    items
        .into_iter()
        .map(|mut item| {
            if let (true, Value::Object(entry)) = (is_feed, &mut item) {
                for (name, given) in [("source", &outlet), ("language", &language)] {
                    if let Some(given) = given.clone() {
                        entry.entry(name).or_insert(given);
                    }
                }
                // A feed's `content_text` is plain, and its `summary` no more than that.
                if let Some(text) = entry.remove("content_text") {
                    entry.entry("text").or_insert(text);
                }
            }
            item
        })
        .collect()
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
