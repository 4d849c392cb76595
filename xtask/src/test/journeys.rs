//! Journeys in real browsers against real record APIs: all of them in Chromium with Helios, the main ones in every
//! browser, then all with a second, different server; or with servers that are running already.
//!
//! What a journey gets in its environment is written in `end2end/README.md`.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::Receiver,
    },
    thread,
    time::Duration,
};

use serde_json::{Map, Value};

use super::{
    Options,
    engine::{self, Engine},
    report::Report,
};
use crate::{
    apis::{Data, Fleet, Helios, Place, Sekmet, Server},
    config::Config,
    origin::{nginx::Origin, ports},
    people::{People, Wanted},
    problem::{Outcome, Problem, While},
    process::{Run, program},
    tools::npm,
    workspace,
};

/// Enough for every special case and every demo user's list.
const HELIOS_PATIENTS: usize = 120;
/// Its searches grow slow with the data.
const SEKMET_PATIENTS: usize = 40;

/// Away from the demo's, which may be running.
const FIRST_PORT: u16 = 8500;

type Environment = Vec<(&'static str, String)>;

pub fn run(options: &Options, page: &Receiver<Option<PathBuf>>, report: &Report) {
    if let Some(apis) = &options.apis {
        let page = page.recv().ok().flatten();
        report.step("The given record APIs behind the page", || {
            with_given(apis, &built(page)?, |environment| {
                in_chromium("given", options, environment, report);
                in_every_browser("given", options, environment, report);
            })
        });
        return;
    }
    let helios = report.step("Record APIs, Helios", || {
        Stage::set("helios", Box::new(Helios::ensure()?), HELIOS_PATIENTS)
    });
    let page = page.recv().ok().flatten();
    if let Some(stage) = helios {
        report.step("Helios behind the page", || {
            stage.play(&built(page.clone())?, |environment| {
                in_chromium("helios", options, environment, report);
                in_every_browser("helios", options, environment, report);
            })
        });
    }
    if !options.engines.is_empty() {
        return;
    }
    let sekmet = report.step("Record APIs, sekmet", || {
        Stage::set("sekmet", Box::new(Sekmet::ensure()?), SEKMET_PATIENTS)
    });
    if let Some(stage) = sekmet {
        report.step("sekmet behind the page", || {
            stage.play(&built(page)?, |environment| {
                let options = about_servers(options);
                if !options.journeys.is_empty() {
                    in_chromium("sekmet", &options, environment, report);
                }
            })
        });
    }
}

/// What may differ with the server behind the page; what the page looks like, weighs and withstands does not.
const ABOUT_SERVERS: [&str; 7] = [
    "activity.mjs",
    "config.mjs",
    "finder.mjs",
    "origin.mjs",
    "person.mjs",
    "sources.mjs",
    "worklist.mjs",
];

/// The same, for a second server.
fn about_servers(options: &Options) -> Options {
    let asked_for = |name: &&&str| {
        options.journeys.is_empty()
            || options
                .journeys
                .iter()
                .any(|part| name.contains(part.as_str()))
    };
    let journeys = ABOUT_SERVERS.iter().filter(asked_for);
    Options {
        part: options.part,
        apis: None,
        journeys: journeys.map(|it| (*it).to_owned()).collect(),
        engines: Vec::new(),
    }
}

/// All journeys, or those that were named.
fn in_chromium(server: &str, options: &Options, environment: &Environment, report: &Report) {
    if options.engines.is_empty() || !options.journeys.is_empty() {
        let name = format!("Journeys, {server}");
        report.step(&name, || node(&name, files(options)?, environment));
    }
}

/// The main journeys: one row of the report for each browser.
fn in_every_browser(server: &str, options: &Options, environment: &Environment, report: &Report) {
    let file = workspace::npm_folder().join("browsers/main.mjs");
    for engine in engine::asked_for(options) {
        let name = format!("Main journeys, {server}, {}", engine.name());
        let environment = [environment.as_slice(), &[browser(engine)]].concat();
        report.step(&name, || node(&name, vec![file.clone()], &environment));
    }
}

fn browser(engine: Engine) -> (&'static str, String) {
    ("ALONGSIDE_BROWSER", engine.name().to_owned())
}

fn built(page: Option<PathBuf>) -> Outcome<PathBuf> {
    page.ok_or_else(|| Problem::new("There is no page to try: its build failed."))
}

/// Record APIs with people in them, and the port of the origin in front of them.
struct Stage {
    server: &'static str,
    port: u16,
    folder: PathBuf,
    fleet: Fleet,
    people: People,
}

impl Stage {
    fn set(server: &'static str, program: Box<dyn Server>, patients: usize) -> Outcome<Self> {
        let folder = workspace::root().join("target/test").join(server);
        let port = ports::free_from(FIRST_PORT)?;
        let place = Place {
            folder: folder.clone(),
            origin: Origin::url(port),
        };
        let fleet = Fleet::start(program, &Config::read()?.sources(), place, Data::New)?;
        let people = People::new(Wanted {
            patients: Some(patients),
            ..Wanted::default()
        });
        people.load(&fleet.urls())?;
        Ok(Self {
            server,
            port,
            folder,
            fleet,
            people,
        })
    }

    fn play(mut self, page: &Path, journeys: impl FnOnce(&Environment)) -> Outcome<()> {
        let apis = self.fleet.urls();
        let origin = Origin {
            port: self.port,
            page,
            config: &Config::folder(),
            apis: apis.clone(),
            folder: self.folder.join("nginx"),
        };
        let _nginx = origin.start()?;
        let today = self
            .people
            .programme()
            .options()
            .today
            .and_utc()
            .to_rfc3339();
        let environment = vec![
            ("ALONGSIDE_URL", Origin::url(self.port)),
            ("ALONGSIDE_APIS", as_json(&apis)),
            ("ALONGSIDE_SERVER", self.server.to_owned()),
            (
                "ALONGSIDE_CONTROL",
                self.fleet.control().to_string_lossy().into_owned(),
            ),
            ("ALONGSIDE_COHORT_DAY", today),
            ("ALONGSIDE_CASES", self.people.cases()),
        ];
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            // Journeys stop and start record APIs.
            let keeper = scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    self.fleet.look_after()?;
                    thread::sleep(Duration::from_millis(100));
                }
                Ok(())
            });
            journeys(&environment);
            done.store(true, Ordering::Relaxed);
            keeper
                .join()
                .unwrap_or_else(|_| Err(Problem::new("Looking after the record APIs ended early")))
        })
    }
}

fn with_given(
    apis: &[(String, String)],
    page: &Path,
    journeys: impl FnOnce(&Environment),
) -> Outcome<()> {
    let folder = workspace::root().join("target/test/given");
    let ids: Vec<&str> = apis.iter().map(|(id, _)| id.as_str()).collect();
    Config::read()?.only(&ids).write(&folder.join("config"))?;
    let port = ports::free_from(FIRST_PORT)?;
    let origin = Origin {
        port,
        page,
        config: &folder.join("config"),
        apis: apis.to_vec(),
        folder: folder.join("nginx"),
    };
    let _nginx = origin.start()?;
    let environment = vec![
        ("ALONGSIDE_URL", Origin::url(port)),
        ("ALONGSIDE_APIS", as_json(apis)),
        ("ALONGSIDE_SERVER", "given".to_owned()),
    ];
    journeys(&environment);
    Ok(())
}

fn node(name: &str, files: Vec<PathBuf>, environment: &Environment) -> Outcome<()> {
    npm::ensure()?;
    let mut node = program("node");
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(files)
        .current_dir(workspace::npm_folder())
        .envs(environment.iter().cloned());
    Run::new(name, node)
        .typically(120)
        .showing(250)
        .speaking()
        .map(|_| ())
}

fn files(options: &Options) -> Outcome<Vec<PathBuf>> {
    let folder = workspace::npm_folder().join("journeys");
    let entries = fs::read_dir(&folder).could_not("read end2end/journeys")?;
    let asked_for = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        options.journeys.is_empty() || options.journeys.iter().any(|part| name.contains(part))
    };
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension().is_some_and(|extension| extension == "mjs") && asked_for(path)
        })
        .collect();
    files.sort();
    if files.is_empty() {
        Err(Problem::new("No journey has such a name."))
    } else {
        Ok(files)
    }
}

fn as_json(apis: &[(String, String)]) -> String {
    let pairs: Map<String, Value> = apis
        .iter()
        .map(|(id, url)| (id.clone(), Value::String(url.clone())))
        .collect();
    Value::Object(pairs).to_string()
}
