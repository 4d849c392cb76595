//! Helios FHIR Server: the record API of the demo and of most tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Place, Server};
use crate::{
    problem::{Outcome, While},
    process::program,
    tools::{crates, npm},
    workspace,
};

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

    fn forget(&self, source: &str, folder: &Path) {
        for ending in ["", "-wal", "-shm"] {
            fs::remove_file(folder.join(format!("{source}.db{ending}"))).ok();
        }
    }
}
