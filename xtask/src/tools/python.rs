//! The second record API, from the Python package index, in a virtual environment of its own.

use std::path::PathBuf;

use super::apt;
use crate::{
    problem::{Outcome, Problem},
    process::{Run, found, program},
    workspace,
};

const PACKAGE: &str = "sekmet-fhir";
const VERSION: &str = "0.1.1";

/// The program `sekmet`.
pub fn sekmet() -> Outcome<PathBuf> {
    let folder = workspace::tool_folder(PACKAGE, VERSION)?;
    let path = folder.join("bin/sekmet");
    if path.exists() {
        return Ok(path);
    }
    let _alone = workspace::alone(PACKAGE)?;
    if path.exists() {
        return Ok(path);
    }
    if !found("python3") {
        return Err(Problem::new(
            "Python 3.11 or later is missing. Please run:\n\n    sudo apt-get install python3 python3-venv\n",
        ));
    }
    let environment = || {
        let mut venv = program("python3");
        venv.args(["-m", "venv", "--clear"]).arg(&folder);
        Run::new("Making a Python environment", venv).quietly()
    };
    // Debian keeps venv in a package of its own.
    if environment().is_err() {
        apt::install(&["python3-venv"])?;
        environment()?;
    }
    let mut pip = program(folder.join("bin/pip"));
    pip.args(["install", "--quiet", &format!("{PACKAGE}=={VERSION}")]);
    Run::new(format!("Installing {PACKAGE} {VERSION}"), pip)
        .typically(25)
        .speaking()?;
    Ok(path)
}
