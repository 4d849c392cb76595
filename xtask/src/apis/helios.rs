//! Helios FHIR Server: the record API of the demo and of most tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Place, Server, http};
use crate::{
    problem::{Outcome, While},
    process::program,
    tools::{crates, npm},
    workspace,
};

/// Two trusts push what happens to people; the others are polled, as in life.
const PUSHING: [&str; 2] = ["rw3", "rm2"];
/// The record that plans are written in.
const SHARED: &str = "shared";

/// What can be subscribed to.
struct Topic {
    /// As in `public/config.json`.
    url: &'static str,
    id: &'static str,
    kinds: &'static [&'static str],
    /// A search parameter by which a subscription can be narrowed.
    filter: Option<&'static str>,
}

/// Whatever happens to an encounter, an appointment, an observation or a report.
const ACTIVITY: Topic = Topic {
    url: "https://alongside.example/SubscriptionTopic/hospital-activity",
    id: "hospital-activity",
    kinds: &[
        "Encounter",
        "Appointment",
        "Observation",
        "DiagnosticReport",
    ],
    filter: None,
};

/// Somebody begins, or ends, to edit a section of a person's plan.
const EDITING: Topic = Topic {
    url: "https://alongside.example/SubscriptionTopic/plan-editing",
    id: "plan-editing",
    kinds: &["List"],
    filter: Some("patient"),
};

impl Topic {
    /// R5's `SubscriptionTopic` as R4's `Basic`.
    fn resource(&self) -> String {
        const R5: &str = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic";
        let (url, id) = (self.url, self.id);
        let trigger = |kind: &&str| {
            let on = |it: &str| format!(r#"{{"url":"supportedInteraction","valueCode":"{it}"}}"#);
            let interactions = ["create", "update", "delete"].map(on).join(",");
            format!(
                r#"{{"url":"{R5}.resourceTrigger","extension":[{{"url":"resource","valueUri":"http://hl7.org/fhir/StructureDefinition/{kind}"}},{interactions}]}}"#
            )
        };
        let filter = |name: &&str| {
            format!(
                r#"{{"url":"{R5}.canFilterBy","extension":[{{"url":"filterParameter","valueString":"{name}"}}]}}"#
            )
        };
        let parts = self.kinds.iter().map(trigger);
        let parts: Vec<String> = parts.chain(self.filter.iter().map(filter)).collect();
        let parts = parts.join(",");
        format!(
            r#"{{"resourceType":"Basic","id":"{id}","code":{{"coding":[{{"system":"http://hl7.org/fhir/fhir-types","code":"SubscriptionTopic"}}]}},"extension":[{{"url":"{R5}.url","valueUri":"{url}"}},{{"url":"{R5}.status","valueCode":"active"}},{parts}]}}"#
        )
    }
}

/// Its program and the definitions that it reads.
pub struct Helios {
    program: PathBuf,
    definitions: PathBuf,
}

impl Helios {
    pub fn ensure() -> Outcome<Self> {
        let definitions = workspace::tool_folder("helios-definitions", npm::DEFINITIONS.1)?;
        let file = definitions.join("search-parameters-r4.json");
        if !file.exists() {
            let parameters = npm::search_parameters()?;
            workspace::folder(definitions.clone())?;
            let next = definitions.join(format!("next-{}", std::process::id()));
            fs::copy(parameters, &next).could_not("copy the search parameters")?;
            fs::rename(next, file).could_not("keep the search parameters")?;
        }
        Ok(Self {
            program: crates::HELIOS.ensure()?,
            definitions,
        })
    }
}

impl Server for Helios {
    /// The path of the organisation is Helios's "tenant": `/fhir/rw3/` outside is `/rw3/` inside, which is how
    /// its links come out right.
    fn command(&self, source: &str, port: u16, place: &Place) -> Outcome<Command> {
        let mut hfs = program(&self.program);
        hfs.current_dir(&place.folder)
            .env("HFS_DATA_DIR", &self.definitions)
            .env("HFS_SERVER_HOST", "127.0.0.1")
            .env("HFS_SERVER_PORT", port.to_string())
            .env(
                "HFS_DATABASE_URL",
                place.folder.join(format!("{source}.db")),
            )
            .env("HFS_BASE_URL", format!("{}/fhir", place.origin))
            .env("HFS_TENANT_ROUTING_MODE", "url_path")
            .env("HFS_SUBSCRIPTIONS_ENABLED", "true")
            .env("HFS_UI_ENABLED", "false")
            .env("HFS_LOG_LEVEL", "warn");
        Ok(hfs)
    }

    fn url(&self, source: &str, port: u16) -> String {
        format!("http://127.0.0.1:{port}/{source}")
    }

    /// The topics that `config.json` says the source has. They are in no database: Helios knows those that were written
    /// since it started.
    fn prepare(&self, source: &str, url: &str) {
        let activity = PUSHING.contains(&source).then_some(&ACTIVITY);
        let editing = (source == SHARED).then_some(&EDITING);
        for topic in activity.into_iter().chain(editing) {
            http::put(&format!("{url}/Basic/{}", topic.id), &topic.resource());
        }
    }

    fn forget(&self, source: &str, folder: &Path) {
        for ending in ["", "-wal", "-shm"] {
            fs::remove_file(folder.join(format!("{source}.db{ending}"))).ok();
        }
    }
}
