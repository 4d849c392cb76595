//! Helios FHIR Server: the record API of the demo and of most tests.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::http;
use crate::{
    origin::ports,
    problem::{Outcome, Problem, While},
    process::{Service, program},
    tools::{crates, npm},
    workspace,
};

/// One organisation's record API.
pub struct Helios {
    pub source: String,
    /// Where it listens, without the proxy.
    pub url: String,
    pub service: Service,
}

/// Its program and the definitions that it reads.
#[derive(Clone)]
pub struct Installation {
    program: PathBuf,
    definitions: PathBuf,
}

impl Installation {
    pub fn ensure() -> Outcome<Self> {
        let definitions = workspace::tool_folder("helios-definitions", "5.2.13")?;
        let file = definitions.join("search-parameters-r4.json");
        if !file.exists() {
            let parameters = npm::search_parameters()?;
            let folder = workspace::folder(definitions.clone())?;
            fs::copy(parameters, folder.join("next")).could_not("copy the search parameters")?;
            fs::rename(folder.join("next"), file).could_not("keep the search parameters")?;
        }
        Ok(Self {
            program: crates::HELIOS.ensure()?,
            definitions,
        })
    }

    /// Starts the record APIs of `sources`, each with a database in `folder`, all at once.
    /// `origin` is the address that browsers know: links in answers lead there.
    pub fn start(&self, sources: &[String], folder: &Path, origin: &str) -> Outcome<Vec<Helios>> {
        let started: Outcome<Vec<Helios>> = sources
            .iter()
            .map(|source| self.start_one(source, folder, origin, ports::free_from(8101)?))
            .collect();
        let mut apis = started?;
        for api in &mut apis {
            api.wait()?;
        }
        Ok(apis)
    }

    /// The path of the organisation is Helios's "tenant": `/fhir/rw3/` outside is `/rw3/` inside, which is how
    /// its links come out right.
    pub fn start_one(
        &self,
        source: &str,
        folder: &Path,
        origin: &str,
        port: u16,
    ) -> Outcome<Helios> {
        let folder = workspace::folder(folder.to_owned())?;
        let mut hfs = program(&self.program);
        hfs.current_dir(&folder)
            .env("HFS_DATA_DIR", &self.definitions)
            .env("HFS_SERVER_HOST", "127.0.0.1")
            .env("HFS_SERVER_PORT", port.to_string())
            .env("HFS_DATABASE_URL", folder.join(format!("{source}.db")))
            .env("HFS_BASE_URL", format!("{origin}/fhir"))
            .env("HFS_TENANT_ROUTING_MODE", "url_path")
            .env("HFS_SUBSCRIPTIONS_ENABLED", "true")
            .env("HFS_UI_ENABLED", "false")
            .env("HFS_LOG_LEVEL", "warn");
        let service = Service::start(
            format!("The record API of {source}"),
            hfs,
            &folder.join(format!("{source}.log")),
        )?;
        Ok(Helios {
            source: source.to_owned(),
            url: format!("http://127.0.0.1:{port}/{source}"),
            service,
        })
    }
}

impl Helios {
    /// Until it answers for its organisation.
    pub fn wait(&mut self) -> Outcome<()> {
        let address = format!("{}/metadata", self.url);
        self.service
            .wait_until(Duration::from_secs(60), || http::answers(&address))
    }

    pub fn check(&mut self) -> Outcome<()> {
        if self.service.running() {
            Ok(())
        } else {
            Err(Problem::new(format!("{} has ended", self.service.name())))
        }
    }
}
