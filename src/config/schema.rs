//! The keys → a JSON Schema of the configuration file, for editors and for those who write one by a program.

use super::keys::{KEYS, LISTS, RULE_LEVELS, Shape, TABLES};
use super::{INHERITS, PROFILES, RULES_TABLE};
use serde_json::{Map, Value, json};

/// The schema (JSON Schema 2020-12) of a configuration file; `rules` are the ids that may be named.
pub fn schema(rules: &[&str]) -> Value {
    let mut parts = Map::new();
    for table in TABLES {
        let mut keys = Map::new();
        for key in KEYS.iter().filter(|key| key.table == table) {
            keys.insert(key.name.to_owned(), described(key.shape, key.summary));
        }
        if table == RULES_TABLE {
            for rule in rules {
                keys.insert((*rule).to_owned(), json!({ "enum": RULE_LEVELS }));
            }
        }
        parts.insert(table.to_owned(), json!({ "type": "object", "additionalProperties": false, "properties": keys }));
    }
    for list in LISTS {
        let keys: Map<String, Value> =
            list.keys.iter().map(|key| (key.name.to_owned(), described(key.shape, key.summary))).collect();
        let required: Vec<&str> = list.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
        let entry =
            json!({ "type": "object", "additionalProperties": false, "properties": keys, "required": required });
        parts.insert(list.name.to_owned(), json!({ "description": list.summary, "type": "array", "items": entry }));
    }
    let mut of_profile = parts.clone();
    let inherits = json!({ "description": "the profile that this one builds on", "type": "string" });
    of_profile.insert(INHERITS.to_owned(), inherits);
    let profile = json!({ "type": "object", "additionalProperties": false, "properties": of_profile });
    parts.insert(
        PROFILES.to_owned(),
        json!({ "description": "configurations to be chosen with --profile", "type": "object", "additionalProperties": profile }),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://crossclaim.invalid/crossclaim.schema.json",
        "title": "Configuration of crossclaim",
        "type": "object",
        "additionalProperties": false,
        "$defs": {
            "rule": { "enum": rules },
            "levels": {
                "type": "object",
                "propertyNames": { "enum": rules },
                "additionalProperties": { "enum": RULE_LEVELS },
            },
        },
        "properties": parts,
    })
}

/// The schema of what a key takes, with what it does.
fn described(shape: Shape, summary: &str) -> Value {
    let mut schema = match shape {
        Shape::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Shape::Pairs | Shape::Text => json!({ "type": "string" }),
        Shape::Whole { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Texts => json!({ "type": "array", "minItems": 1, "items": { "type": "string", "minLength": 1 } }),
        Shape::Folders => json!({ "anyOf": [
            { "type": "string" },
            { "type": "array", "minItems": 1, "items": { "type": "string", "minLength": 1 } },
        ] }),
        Shape::Patterns => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Rules => json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/rule" } }),
        Shape::Levels => json!({ "$ref": "#/$defs/levels" }),
        Shape::Day => json!({ "type": "string", "format": "date" }),
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), summary.into());
    }
    schema
}
