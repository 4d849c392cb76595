//! `cargo xtask demo`: everything up on one origin, until Ctrl-C.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::{
    apis::helios::{Helios, Installation},
    config::Config,
    origin::{nginx::Origin, ports},
    page::{self, Flavour},
    problem::{Outcome, Problem, While},
    process::stop,
    progress::say,
    tools::apt,
    workspace,
};

/// Which record APIs the page is served with.
pub enum Apis {
    /// One Helios for each source of `public/config.json`, with the cohort.
    Own,
    /// Running ones: source id and address.
    Given(Vec<(String, String)>),
}

pub struct Options {
    pub port: u16,
    pub apis: Apis,
    pub flavour: Flavour,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8000,
            apis: Apis::Own,
            flavour: Flavour::Release,
        }
    }
}

pub fn run(options: &Options) -> Outcome<()> {
    let folder = workspace::folder(workspace::root().join("target/demo"))?;
    let _only_one = lock(&folder)?;
    apt::ensure(&[apt::COMPILER, apt::WEB_SERVER])?;
    let port = ports::free_from(options.port)?;
    let url = Origin::url(port);
    let (page, own) = thread::scope(|scope| {
        let own = scope.spawn(|| own_apis(&options.apis, &folder, &url));
        let page = page::build(options.flavour);
        (
            page,
            own.join()
                .unwrap_or_else(|_| Err(Problem::new("Starting the record APIs ended early"))),
        )
    });
    let (page, mut own) = (page?, own?);
    let (config, apis) = match &options.apis {
        Apis::Own => (
            Config::folder(),
            own.iter()
                .map(|api| (api.source.clone(), api.url.clone()))
                .collect(),
        ),
        Apis::Given(given) => (given_config(given, &folder)?, given.clone()),
    };
    let origin = Origin {
        port,
        page: &page,
        config: &config,
        apis,
        folder: folder.join("nginx"),
    };
    let mut nginx = origin.start()?;
    say(format!("Alongside is at {url}   (Ctrl-C stops it)"));
    while !stop::requested() {
        if !nginx.running() {
            return Err(nginx.problem("ended"));
        }
        thread::sleep(Duration::from_millis(200));
        own.iter_mut().try_for_each(Helios::check)?;
    }
    Ok(())
}

fn own_apis(apis: &Apis, folder: &Path, url: &str) -> Outcome<Vec<Helios>> {
    match apis {
        Apis::Given(_) => Ok(Vec::new()),
        Apis::Own => Installation::ensure()?.start(&Config::read()?.sources(), folder, url),
    }
}

/// The delivered configuration with just the given sources switched on.
fn given_config(given: &[(String, String)], folder: &Path) -> Outcome<PathBuf> {
    let ids: Vec<&str> = given.iter().map(|(id, _)| id.as_str()).collect();
    let folder = folder.join("config");
    Config::read()?.only(&ids).write(&folder)?;
    Ok(folder)
}

/// Two demos of one checkout would share a database.
fn lock(folder: &Path) -> Outcome<File> {
    let file = File::create(folder.join("lock")).could_not("write into target/demo")?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Problem::new(
            "A demo of this checkout is running already. Stop it first (Ctrl-C where it runs).",
        )),
        Err(TryLockError::Error(error)) => Err(error).could_not("lock target/demo"),
    }
}
