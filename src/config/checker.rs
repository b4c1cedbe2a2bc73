//! The text of a configuration file → what is wrong with it, with the place and the nearest known name.

use super::keys::{LISTS, RULE_LEVELS, one_of, written};
use super::{INHERITS, KEYS, Located, PROFILES, RULES_TABLE, Shape, TABLES, did_you_mean};
use crate::error::Result;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

/// Holds a file against what is known.
pub(super) struct Checker<'a> {
    pub(super) source: &'a Located<'a>,
    /// The ids of the rules.
    pub(super) rules: &'a [String],
}

impl Checker<'_> {
    /// Checks a whole file; `values` are those of `places`.
    pub(super) fn check_file(&self, places: &DeTable<'_>, values: &Table) -> Result<()> {
        for (name, value) in places {
            let name_text: &str = name.get_ref();
            let given = same(values, name_text);
            if name_text == PROFILES {
                self.check_profiles(name.span().start, value, given)?;
            } else {
                self.check_part(name_text, name.span().start, value, given)?;
            }
        }
        Ok(())
    }

    /// Checks one table or list.
    fn check_part(&self, name: &str, at: usize, place: &Spanned<DeValue<'_>>, value: &Value) -> Result<()> {
        if let Some(list) = LISTS.iter().find(|list| list.name == name) {
            let (Some(places), Some(values)) = (place.get_ref().as_array(), value.as_array()) else {
                return self.wrong(at, &format!("`{name}` is a list of tables: write [[{name}]]"));
            };
            for (place, value) in places.iter().zip(values) {
                let (Some(keys), Some(values)) = (place.get_ref().as_table(), value.as_table()) else {
                    return self.wrong(place.span().start, &format!("`{name}` is a list of tables: write [[{name}]]"));
                };
                self.check_entry(list, place.span().start, keys, values)?;
            }
            return Ok(());
        }
        if !TABLES.contains(&name) {
            let hint = match KEYS.iter().find(|key| key.name == name) {
                Some(key) => format!("; `{}` belongs under [{}]", key.name, key.table),
                None => {
                    let lists = LISTS.iter().map(|list| list.name);
                    match did_you_mean(name, TABLES.into_iter().chain(lists).chain([PROFILES])) {
                        Some(near) if LISTS.iter().any(|list| list.name == near) => {
                            format!("; did you mean [[{near}]]?")
                        }
                        Some(near) => format!("; did you mean [{near}]?"),
                        None => String::new(),
                    }
                }
            };
            return self.wrong(at, &format!("unknown table or key `{name}`{hint}"));
        }
        let (Some(keys), Some(values)) = (place.get_ref().as_table(), value.as_table()) else {
            return self.wrong(at, &format!("`{name}` is a table: write [{name}]"));
        };
        for (key, _) in keys {
            let key_text: &str = key.get_ref();
            let given = same(values, key_text);
            let complaint = match name {
                RULES_TABLE => self.rule_complaint(key_text, given),
                _ => key_complaint(name, key_text, given),
            };
            if let Some(complaint) = complaint {
                return self.wrong(key.span().start, &complaint);
            }
        }
        Ok(())
    }

    /// Checks one entry of a list.
    fn check_entry(&self, list: &super::List, at: usize, keys: &DeTable<'_>, values: &Table) -> Result<()> {
        for (key, place) in keys {
            let name: &str = key.get_ref();
            let Some(known) = list.keys.iter().find(|known| known.name == name) else {
                let hint = did_you_mean(name, list.keys.iter().map(|key| key.name))
                    .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                return self.wrong(key.span().start, &format!("unknown key `{name}` in [[{}]]{hint}", list.name));
            };
            let value = same(values, name);
            if let Some(complaint) = known.shape.complaint(value) {
                let complaint = format!("`{name}` in [[{}]] {complaint}, not {}", list.name, written(value));
                return self.wrong(key.span().start, &complaint);
            }
            match (known.shape, place.get_ref(), value) {
                (Shape::Levels, DeValue::Table(places), Value::Table(levels)) => {
                    for (rule, _) in places {
                        let id: &str = rule.get_ref();
                        if let Some(complaint) = self.rule_complaint(id, same(levels, id)) {
                            return self.wrong(rule.span().start, &complaint);
                        }
                    }
                }
                (Shape::Rules, DeValue::Array(places), Value::Array(rules)) => {
                    for (place, rule) in places.iter().zip(rules) {
                        if let Some(complaint) = rule.as_str().and_then(|id| self.unknown_rule(id)) {
                            return self.wrong(place.span().start, &complaint);
                        }
                    }
                }
                _ => {}
            }
        }
        match list.keys.iter().find(|key| key.required && !values.contains_key(key.name)) {
            Some(missing) => self.wrong(at, &format!("an entry of [[{}]] needs `{}`", list.name, missing.name)),
            None => Ok(()),
        }
    }

    /// Checks all profiles.
    fn check_profiles(&self, at: usize, place: &Spanned<DeValue<'_>>, value: &Value) -> Result<()> {
        let (Some(places), Some(profiles)) = (place.get_ref().as_table(), value.as_table()) else {
            return self.wrong(at, &format!("`{PROFILES}` holds tables: write [{PROFILES}.NAME]"));
        };
        for (name, place) in places {
            let name_text: &str = name.get_ref();
            let value = same(profiles, name_text);
            let (Some(parts), Some(values)) = (place.get_ref().as_table(), value.as_table()) else {
                return self.wrong(name.span().start, &format!("a profile is a table: write [{PROFILES}.{name_text}]"));
            };
            for (part, place) in parts {
                let part_text: &str = part.get_ref();
                let given = same(values, part_text);
                if part_text == INHERITS {
                    self.check_inherits(name_text, part.span().start, given, profiles)?;
                } else {
                    self.check_part(part_text, part.span().start, place, given)?;
                }
            }
        }
        Ok(())
    }

    /// Checks what the profile `name` inherits from.
    fn check_inherits(&self, name: &str, at: usize, given: &Value, profiles: &Table) -> Result<()> {
        let Some(mut base) = given.as_str() else {
            return self.wrong(at, &format!("`{INHERITS}` takes the name of a profile, not {}", written(given)));
        };
        if !profiles.contains_key(base) {
            let hint = did_you_mean(base, profiles.keys().map(String::as_str).filter(|known| *known != name));
            let hint = hint.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            return self.wrong(at, &format!("no profile is called `{base}`{hint}"));
        }
        // As many steps as there are profiles lead through all of them.
        for _ in 0..=profiles.len() {
            if base == name {
                return self.wrong(at, &format!("profile `{name}` inherits from itself"));
            }
            match profiles.get(base).and_then(|table| table.get(INHERITS)).and_then(Value::as_str) {
                Some(next) => base = next,
                None => break,
            }
        }
        Ok(())
    }

    /// What is wrong with a line of `[rules]`.
    fn rule_complaint(&self, rule: &str, level: &Value) -> Option<String> {
        if let Some(complaint) = self.unknown_rule(rule) {
            return Some(complaint);
        }
        match level.as_str() {
            Some(level) if RULE_LEVELS.contains(&level) => None,
            Some(level) => {
                let hint = did_you_mean(level, RULE_LEVELS).map(|near| format!("; did you mean \"{near}\"?"));
                Some(format!("`{rule}` takes {}, not \"{level}\"{}", one_of(&RULE_LEVELS), hint.unwrap_or_default()))
            }
            None => Some(format!("`{rule}` takes {}, not {}", one_of(&RULE_LEVELS), written(level))),
        }
    }

    fn unknown_rule(&self, rule: &str) -> Option<String> {
        let known = || self.rules.iter().map(String::as_str);
        if known().any(|id| id == rule) {
            return None;
        }
        let hint = match did_you_mean(rule, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`crossclaim list rules` names them all".to_owned(),
        };
        Some(format!("unknown rule `{rule}`; {hint}"))
    }

    fn wrong(&self, at: usize, complaint: &str) -> Result<()> {
        Err(self.source.error(Some(at), complaint))
    }
}

/// The value of a key that stands in both readings of one text.
fn same<'a>(values: &'a Table, key: &str) -> &'a Value {
    values.get(key).expect("both readings of one text hold the same keys")
}

/// What is wrong with a line of any other table.
fn key_complaint(table: &str, name: &str, value: &Value) -> Option<String> {
    let of_table = || KEYS.iter().filter(|key| key.table == table);
    match of_table().find(|key| key.name == name) {
        Some(key) => {
            let complaint = key.shape.complaint(value)?;
            let hint = match (key.shape, value.as_str()) {
                (Shape::OneOf(words), Some(word)) => did_you_mean(word, words.iter().copied()),
                _ => None,
            };
            let hint = hint.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
            Some(format!("`{table}.{name}` {complaint}, not {}{hint}", written(value)))
        }
        None => {
            let hint = match did_you_mean(name, of_table().map(|key| key.name)) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => match KEYS.iter().find(|key| key.name == name) {
                    Some(key) => format!("; it belongs under [{}]", key.table),
                    None => String::new(),
                },
            };
            Some(format!("unknown key `{name}` in [{table}]{hint}"))
        }
    }
}
