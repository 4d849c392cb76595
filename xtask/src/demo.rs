//! `cargo xtask demo`: everything up on one origin, until Ctrl-C.

mod note;

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::{
    apis::{Data, Fleet, Helios, Place},
    config::Config,
    origin::{nginx::Origin, ports},
    page::{self, Flavour},
    people::{self, People, Wanted},
    problem::{Outcome, Problem, While},
    process::{Service, stop},
    progress::say,
    tools::apt,
    workspace,
};

pub use note::running_apis;

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
    pub people: Wanted,
    /// Fill the given record APIs with the cohort too.
    pub load: bool,
    pub after: After,
}

/// What is done once everything is up.
pub enum After {
    /// Stay until Ctrl-C.
    Stay,
    /// When everybody is in: this, with the page's port, and then everything ends.
    Do(Box<dyn Fn(u16) -> Outcome<()> + Send + Sync>),
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8000,
            apis: Apis::Own,
            flavour: Flavour::Release,
            people: Wanted::default(),
            load: false,
            after: After::Stay,
        }
    }
}

/// What stands behind the page.
struct Behind {
    /// Ours, if they are.
    fleet: Option<Fleet>,
    /// Who is, or is to be, in there.
    people: Option<People>,
    apis: Vec<(String, String)>,
    config: PathBuf,
}

pub fn run(options: &Options) -> Outcome<()> {
    let folder = folder()?;
    let _only_one = lock(&folder)?;
    apt::ensure(&[apt::COMPILER, apt::WEB_SERVER])?;
    let port = ports::free_from(options.port)?;
    let url = Origin::url(port);
    let (page, behind) = thread::scope(|scope| {
        let behind = scope.spawn(|| Behind::set_up(options, &folder, &url));
        let page = page::build(options.flavour);
        (
            page,
            behind
                .join()
                .unwrap_or_else(|_| Err(Problem::new("Starting the record APIs ended early"))),
        )
    });
    let (page, mut behind) = (page?, behind?);
    let origin = Origin {
        port,
        page: &page,
        config: &behind.config,
        apis: behind.apis.clone(),
        folder: folder.join("nginx"),
    };
    let nginx = origin.start()?;
    let _note = note::Note::write(&folder, &behind.apis)?;
    if let Some(people) = &behind.people {
        fs::write(folder.join("cases.json"), people.cases())
            .could_not("write who breaks software")?;
    }
    if let After::Do(then) = &options.after {
        if let Some(people) = behind.people.as_ref().filter(|people| !people.complete()) {
            people.load(&behind.apis)?;
        }
        return then(port);
    }
    introduce(&url, &behind);
    let Behind {
        fleet,
        people,
        apis,
        ..
    } = &mut behind;
    thread::scope(|scope| {
        if let Some(people) = people.as_ref().filter(|people| !people.complete()) {
            scope.spawn(|| fill(people, apis));
        }
        stay(nginx, fleet.as_mut()).inspect_err(|_| stop::request())
    })
}

pub fn folder() -> Outcome<PathBuf> {
    workspace::folder(workspace::root().join("target/demo"))
}

impl Behind {
    fn set_up(options: &Options, folder: &Path, url: &str) -> Outcome<Self> {
        match &options.apis {
            Apis::Own => Self::own(options, folder, url),
            Apis::Given(given) => Self::given(options, given, folder),
        }
    }

    fn own(options: &Options, folder: &Path, url: &str) -> Outcome<Self> {
        let server = Box::new(Helios::ensure()?);
        let (people, data) = if let Some(people) = People::kept(folder, options.people) {
            (people, Data::Kept)
        } else {
            // Before the data go: a mark without its data would pass for a full demo.
            People::forget(folder)?;
            (People::new(options.people), Data::New)
        };
        let place = Place {
            folder: folder.to_owned(),
            origin: url.to_owned(),
        };
        let fleet = Fleet::start(server, &Config::read()?.sources(), place, data)?;
        let people = if data == Data::New {
            people.keep_in(folder)?
        } else {
            people
        };
        Ok(Self {
            apis: fleet.urls(),
            fleet: Some(fleet),
            people: Some(people),
            config: Config::folder(),
        })
    }

    /// The delivered configuration with just the given sources switched on.
    fn given(options: &Options, given: &[(String, String)], folder: &Path) -> Outcome<Self> {
        let ids: Vec<&str> = given.iter().map(|(id, _)| id.as_str()).collect();
        let config = folder.join("config");
        let file = Config::read()?.only(&ids);
        // A record that chooses ids itself has the demo's people under others.
        let roles = people::roles(given);
        let file = if roles.is_empty() {
            file
        } else {
            file.suggest(&roles)
        };
        file.write(&config)?;
        let people = options.load.then(|| People::new(options.people));
        Ok(Self {
            fleet: None,
            people,
            apis: given.to_vec(),
            config,
        })
    }
}

fn introduce(url: &str, behind: &Behind) {
    println!();
    say(format!("Alongside is at {url}   (Ctrl-C stops it)"));
    if let Some(people) = &behind.people {
        println!("\n         People to be:");
        for user in people.programme().demo_users() {
            println!(
                "           {}, {} · {}",
                user.name,
                user.role,
                user.teams.join(", ")
            );
        }
        println!("\n         To play the hospitals on: cargo xtask play");
    }
    if let Some(fleet) = &behind.fleet {
        println!(
            "         To take a source down: touch {}/rw3.down   (rm brings it back)",
            fleet.control().display()
        );
    }
    println!();
}

/// The page is usable while this goes on; that it failed is said, and the rest stays up.
fn fill(people: &People, apis: &[(String, String)]) {
    match people.load(apis) {
        Ok(loaded) => say(format!(
            "Cohort: everybody is in, {} resources.",
            loaded.resources.values().sum::<usize>()
        )),
        Err(_) if stop::requested() => (),
        Err(problem) => say(format!(
            "{problem}\nThe page stays up. Run the demo again to go on loading."
        )),
    }
}

fn stay(mut nginx: Service, mut fleet: Option<&mut Fleet>) -> Outcome<()> {
    while !stop::requested() {
        if !nginx.running() {
            return Err(nginx.problem("ended"));
        }
        if let Some(fleet) = &mut fleet {
            fleet.look_after()?;
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
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
