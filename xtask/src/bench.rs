//! `cargo xtask bench`: the page measured in a browser, against the demo's record APIs and people.
//!
//! What is measured, and how, is in `end2end/bench/`; here are only the servers and the environment. Nothing fails for
//! being slow: machines differ and are shared.

use std::path::PathBuf;

use crate::{
    demo::{self, After, Apis},
    origin::nginx::Origin,
    page::Flavour,
    people::Wanted,
    problem::{Outcome, Problem, While},
    process::{Run, program},
    tools::{apt, npm},
    workspace,
};

pub struct Options {
    pub runs: usize,
    pub compare: Option<PathBuf>,
    pub people: Wanted,
    pub port: u16,
    /// A demo of this checkout that is running.
    pub url: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            runs: 5,
            compare: None,
            people: Wanted::default(),
            port: 8000,
            url: None,
        }
    }
}

pub fn run(options: Options) -> Outcome<()> {
    apt::ensure(&[apt::COMPILER, apt::WEB_SERVER, apt::BROWSER])?;
    npm::ensure()?;
    if let Some(url) = &options.url {
        return measure(url, &options);
    }
    demo::run(&demo::Options {
        port: options.port,
        apis: Apis::Own,
        flavour: Flavour::Release,
        people: options.people,
        load: false,
        after: After::Do(Box::new(move |port| measure(&Origin::url(port), &options))),
    })
}

/// Runs the measurements against a page with the demo's record APIs behind it.
fn measure(url: &str, options: &Options) -> Outcome<()> {
    let folder = demo::folder()?;
    let apis = demo::running_apis(&folder)
        .ok_or_else(|| Problem::new("No demo of this checkout is running."))?;
    let cases =
        std::fs::read_to_string(folder.join("cases.json")).could_not("read who is in the demo")?;
    let apis: serde_json::Map<String, serde_json::Value> =
        apis.into_iter().map(|(id, url)| (id, url.into())).collect();
    let mut node = program("node");
    node.arg("bench/run.mjs")
        .args(["--runs", &options.runs.to_string()])
        .arg("--out")
        .arg(workspace::root().join("target/bench.json"))
        .current_dir(workspace::npm_folder())
        .env("ALONGSIDE_URL", url)
        .env("ALONGSIDE_SERVER", "helios")
        .env(
            "ALONGSIDE_APIS",
            serde_json::Value::Object(apis).to_string(),
        )
        .env("ALONGSIDE_CASES", cases);
    if let Some(other) = &options.compare {
        let other = std::path::absolute(other).could_not("find the other run")?;
        if !other.exists() {
            return Err(Problem::new(format!("There is no {}", other.display())));
        }
        node.arg("--compare").arg(other);
    }
    Run::new("Measuring", node).aloud()
}
