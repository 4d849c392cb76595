//! Reading `config.json` member by member, each with its place in the file when it is wrong.

use serde_json::{Map, Value};

use super::config::ConfigError;

pub(super) type Checked<T> = Result<T, ConfigError>;

pub(super) fn wrong<T>(place: &str, what: impl Into<String>) -> Checked<T> {
    Err(ConfigError {
        place: place.to_owned(),
        what: what.into(),
    })
}

/// A misspelt name would be ignored in silence otherwise.
pub(super) fn only(item: &Map<String, Value>, place: &str, known: &[&str]) -> Checked<()> {
    match item.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => wrong(
            &join(place, key),
            format!("is not known here; known are {}", known.join(", ")),
        ),
        None => Ok(()),
    }
}

pub(super) fn join(place: &str, key: &str) -> String {
    if place.is_empty() {
        key.to_owned()
    } else {
        format!("{place}.{key}")
    }
}

pub(super) fn text_at(item: &Map<String, Value>, place: &str, key: &str) -> Checked<String> {
    optional_text(item, place, key)?.map_or_else(|| wrong(&join(place, key), "is missing"), Ok)
}

pub(super) fn optional_text(
    item: &Map<String, Value>,
    place: &str,
    key: &str,
) -> Checked<Option<String>> {
    match item.get(key) {
        None => Ok(None),
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text.trim().to_owned())),
        Some(_) => wrong(&join(place, key), "must be a text that is not empty"),
    }
}

pub(super) fn number_at(
    item: &Map<String, Value>,
    place: &str,
    key: &str,
    (from, to): (u32, u32),
) -> Checked<Option<u32>> {
    let Some(value) = item.get(key) else {
        return Ok(None);
    };
    let number = value
        .as_u64()
        .and_then(|it| u32::try_from(it).ok())
        .filter(|it| (from..=to).contains(it));
    number.map_or_else(
        || {
            wrong(
                &join(place, key),
                format!("must be a whole number from {from} to {to}"),
            )
        },
        |it| Ok(Some(it)),
    )
}
