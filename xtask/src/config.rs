//! `config.json`, as far as the task runner needs to know it: which record APIs there are.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    problem::{Outcome, While},
    workspace,
};

/// The file that the page is delivered with.
pub struct Config(Value);

impl Config {
    pub fn folder() -> PathBuf {
        workspace::root().join("public")
    }

    pub fn read() -> Outcome<Self> {
        let text = fs::read_to_string(Self::folder().join("config.json"))
            .could_not("read public/config.json")?;
        serde_json::from_str(&text)
            .map(Self)
            .could_not("understand public/config.json")
    }

    /// The ids of all sources, of those that are switched off too.
    pub fn sources(&self) -> Vec<String> {
        let sources = self.0.get("sources").and_then(Value::as_array);
        let ids = sources
            .into_iter()
            .flatten()
            .filter_map(|source| source.get("id")?.as_str());
        ids.map(str::to_owned).collect()
    }

    /// Switches on the sources in `ids` and switches off the others. A source that the file does not know is added.
    pub fn only(mut self, ids: &[&str]) -> Self {
        let known = self.sources();
        if let Some(sources) = self.0.get_mut("sources").and_then(Value::as_array_mut) {
            for source in sources.iter_mut() {
                let on = source
                    .get("id")
                    .and_then(Value::as_str)
                    .is_some_and(|id| ids.contains(&id));
                if let Some(source) = source.as_object_mut() {
                    source.insert("enabled".into(), Value::Bool(on));
                }
            }
            for id in ids
                .iter()
                .filter(|id| !known.iter().any(|known| known == *id))
            {
                sources.push(unknown(id));
            }
        }
        self
    }

    /// Suggests these people to be, by their `PractitionerRole` ids; nobody else.
    pub fn suggest(mut self, roles: &[String]) -> Self {
        if let Some(file) = self.0.as_object_mut() {
            file.insert("signIn".into(), serde_json::json!({ "suggested": roles }));
        }
        self
    }

    /// Writes it as `config.json` into `folder`.
    pub fn write(&self, folder: &Path) -> Outcome<()> {
        workspace::folder(folder.to_owned())?;
        fs::write(folder.join("config.json"), format!("{:#}\n", self.0))
            .could_not("write config.json")
    }
}

/// A source of which only the address is known: it is asked for what a trust provides.
fn unknown(id: &str) -> Value {
    serde_json::json!({
        "id": id,
        "name": id,
        "kind": "acute-trust",
        "fhirBaseUrl": format!("/fhir/{id}"),
        "provides": ["activity", "appointments", "results", "allergies", "medicines", "documents"],
    })
}
