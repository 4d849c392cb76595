//! What templates suggest, and what of it a reader has set aside for somebody: kept on this device under names that say
//! nothing (`domain::plan::mark`), the newest of them.

use leptos::prelude::*;

use super::Store;
use crate::api::ConfigError;
use crate::api::templates::{self, Listed};
use crate::domain::PatientId;
use crate::domain::plan::Template;
use crate::transport::{fetch, storage};

const KEY: &str = "alongside.set-aside";
const MOST: usize = 500;

/// The templates of `config.json` and of the files that it names; else what is wrong with them, and where.
pub async fn suggested(store: Store) -> Result<Vec<Template>, String> {
    let words = |it: ConfigError| it.to_string();
    let mut found = Vec::new();
    for it in templates::listed(&store.config().templates).map_err(words)? {
        match it {
            Listed::Here(it) => found.push(it),
            Listed::File(path) => {
                let text = fetch::file(&path).await;
                let text = text.ok_or_else(|| format!("{path} could not be read"))?;
                found.extend(templates::in_file(&path, &text).map_err(words)?);
            }
        }
    }
    templates::distinct(found).map_err(words)
}

/// What this reader has set aside for this person.
pub fn set_aside(store: Store, patient: &PatientId) -> Vec<String> {
    let own = whose(store, patient);
    let all = kept();
    let marks = all.iter().filter_map(|it| it.strip_prefix(&own));
    marks.map(str::to_owned).collect()
}

pub fn put_aside(store: Store, patient: &PatientId, mark: &str) {
    let mut all = kept();
    all.push(format!("{}{mark}", whose(store, patient)));
    let first = all.len().saturating_sub(MOST);
    keep(&all.split_off(first));
}

/// Everything that was set aside for this person is suggested again.
pub fn bring_back(store: Store, patient: &PatientId) {
    let own = whose(store, patient);
    let mut all = kept();
    all.retain(|it| !it.starts_with(&own));
    keep(&all);
}

fn whose(store: Store, patient: &PatientId) -> String {
    let reader = store.reader.get_untracked();
    let reader = reader.map(|it| format!("{}{}", it.role_id, it.practitioner_id));
    format!("{}/{}/", reader.unwrap_or_default(), patient.as_str())
}

fn kept() -> Vec<String> {
    let text = storage::load(KEY).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn keep(all: &[String]) {
    if all.is_empty() {
        storage::remove(KEY);
    } else {
        storage::save(KEY, &all.join("\n"));
    }
}
