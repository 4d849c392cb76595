//! Where the record APIs of the running demo are: for `play`, and for whoever is curious.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};

use crate::problem::{Outcome, While};

const NOTE: &str = "apis.json";

/// The record APIs of the demo that is running, if one is.
pub fn running_apis(folder: &Path) -> Option<Vec<(String, String)>> {
    let note: Value = serde_json::from_str(&fs::read_to_string(folder.join(NOTE)).ok()?).ok()?;
    Some(
        note.as_object()?
            .iter()
            .filter_map(|(id, url)| Some((id.clone(), url.as_str()?.to_owned())))
            .collect(),
    )
}

/// There while the demo runs.
pub struct Note(PathBuf);

impl Note {
    pub fn write(folder: &Path, apis: &[(String, String)]) -> Outcome<Self> {
        let pairs: Map<String, Value> = apis
            .iter()
            .map(|(id, url)| (id.clone(), Value::String(url.clone())))
            .collect();
        fs::write(folder.join(NOTE), Value::Object(pairs).to_string())
            .could_not("note where the record APIs are")?;
        Ok(Self(folder.join(NOTE)))
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        fs::remove_file(&self.0).ok();
    }
}
