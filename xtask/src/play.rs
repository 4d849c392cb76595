//! `cargo xtask play`: the hospitals go on, through their APIs, until Ctrl-C.

use std::path::Path;

use cohort::{PlayOptions, Source, Target};

use crate::{
    demo,
    people::{self, People, Wanted},
    problem::{Outcome, Problem},
    process::stop,
    progress::say,
};

pub struct Options {
    /// Events in a minute, over all hospitals.
    pub per_minute: u32,
    /// Record APIs that hold the cohort; those of the running demo if none are given.
    pub apis: Option<Vec<(String, String)>>,
    pub people: Wanted,
}

pub fn run(options: &Options) -> Outcome<()> {
    let folder = demo::folder()?;
    let (people, apis) = match &options.apis {
        Some(apis) => (People::new(options.people), apis.clone()),
        None => of_the_demo(&folder)?,
    };
    let targets: Vec<Target> = apis
        .iter()
        .filter_map(|(id, url)| Some(Target::new(Source::from_id(id)?, url)))
        .collect();
    let play = PlayOptions {
        per_minute: options.per_minute,
        ..PlayOptions::default()
    };
    say(format!(
        "About {} events a minute; Ctrl-C stops.",
        play.per_minute
    ));
    let tell = |event: &cohort::Event| {
        say(format!(
            "{} · {} · {}",
            event.source.name(),
            event.listed,
            event.what
        ));
    };
    let events = cohort::play(
        people.programme(),
        &targets,
        &play,
        &people::now,
        &tell,
        stop::flag(),
    );
    let events = events.map_err(|error| Problem::new(format!("Playing stopped: {error}")))?;
    say(format!("{events} events."));
    Ok(())
}

fn of_the_demo(folder: &Path) -> Outcome<(People, Vec<(String, String)>)> {
    let running = People::kept(folder, Wanted::default()).zip(demo::running_apis(folder));
    running.ok_or_else(|| {
        Problem::new("No demo of this checkout is running. Start one (cargo xtask demo), or give --api ID=URL,… and the --patients it was filled with.")
    })
}
