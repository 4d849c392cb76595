//! sekmet-fhir: the second, different record API of the tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Place, Server};
use crate::{
    problem::{Outcome, While},
    process::program,
    tools::python,
    workspace,
};

pub struct Sekmet {
    program: PathBuf,
}

impl Sekmet {
    pub fn ensure() -> Outcome<Self> {
        Ok(Self {
            program: python::sekmet()?,
        })
    }
}

impl Server for Sekmet {
    fn command(&self, source: &str, port: u16, place: &Place) -> Outcome<Command> {
        let folder = workspace::folder(place.folder.join(source))?;
        // As it comes it answers appointments by itself, logs every call and refuses what it thinks is invalid.
        let settings = format!(
            "base_url: {}/fhir/{source}\nhost: 127.0.0.1\nport: {port}\nlog_inbound: false\n\
             simulator: {{enabled: false}}\nvalidation: {{inbound: \"off\"}}\n",
            place.origin
        );
        fs::write(folder.join("settings.yaml"), settings).could_not("write sekmet's settings")?;
        let mut sekmet = program(&self.program);
        sekmet
            .arg("serve")
            .current_dir(&folder)
            .env("SEKMET_CONFIG", "settings.yaml");
        Ok(sekmet)
    }

    fn url(&self, _source: &str, port: u16) -> String {
        format!("http://127.0.0.1:{port}/fhir")
    }

    fn forget(&self, source: &str, folder: &Path) {
        fs::remove_dir_all(folder.join(source)).ok();
    }
}
