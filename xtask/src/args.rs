//! What was typed after `cargo xtask`.

mod apis;

use std::{path::PathBuf, str::FromStr};

use lexopt::{Arg, Parser, ValueExt as _};

use crate::{
    Flavour, bench,
    demo::{self, Apis},
    fill::Destination,
    lint::Fixing,
    people::Wanted,
    play,
    problem::{Outcome, Problem},
    test::{self, Part},
};

pub const HELP: &str = "\
cargo xtask demo      Set up everything, start the record APIs with the cohort, serve the page
    --patients N      How many people (6000)
    --seed S          Another programme of that size
    --fresh           Forget what the demo holds and begin anew
    --port P          The first port to try (8000)
    --api ID=URL,…    Use record APIs that are running, instead of starting some
    --load            … and fill them with the cohort
    --dev             Serve a development build: quick to build, slow to load
cargo xtask test      Set up everything; formatting, clippy, native tests, browser tests, journeys
    --only PART       native, browser or journeys
    --journey NAME    Only journeys with this in their file name; may be repeated
    --browser NAME    Only the main journeys, in chromium, firefox or webkit; may be repeated
    --api ID=URL,…    Journeys against record APIs that are running
cargo xtask build     Build the page into dist/
    --dev             A development build, into target/dist-dev/
cargo xtask cohort    Make the cohort
    --to ID=URL,…     Fill FHIR R4 servers; URL with {source} in it stands for all six, URL alone for the shared record
    --out FOLDER      Write NDJSON files
    --patients N      How many people (6000)
    --seed S          Another programme of that size
cargo xtask play      Let the hospitals of the running demo go on: admissions, moves, discharges, results …
    --rate N          Events in a minute (6)
    --api ID=URL,…    Play on other record APIs, filled with the same --patients and --seed
cargo xtask bench     Measure the page in Chromium against the demo's record APIs: a table, and target/bench.json
    --runs N          How often; medians are shown (5)
    --compare FILE    Another run's bench.json: what moved
    --patients N      How many people (6000)
    --port P          The first port to try (8000)
    --url URL         The demo of this checkout that is running there, instead of starting it
cargo xtask lint      Formatting and clippy, natively and for wasm32
    --fix             Correct what can be corrected
";

pub enum Command {
    Bench(bench::Options),
    Help,
    Build(Flavour),
    Cohort(Destination, Wanted),
    Demo(demo::Options),
    Lint(Fixing),
    Play(play::Options),
    Test(test::Options),
}

pub fn read() -> Outcome<Command> {
    let mut parser = Parser::from_env();
    match parser.next()? {
        None | Some(Arg::Long("help") | Arg::Short('h')) => Ok(Command::Help),
        Some(Arg::Value(name)) => match name.to_string_lossy().as_ref() {
            "help" => Ok(Command::Help),
            "bench" => bench(&mut parser),
            "build" => build(&mut parser),
            "cohort" => cohort(&mut parser),
            "demo" => demo(&mut parser),
            "lint" => lint(&mut parser),
            "play" => play(&mut parser),
            "test" => test(&mut parser),
            other => Err(Problem::new(format!(
                "There is no command `{other}`.\n\n{HELP}"
            ))),
        },
        Some(other) => Err(other.unexpected().into()),
    }
}

fn build(parser: &mut Parser) -> Outcome<Command> {
    let mut flavour = Flavour::Release;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("dev") => flavour = Flavour::Development,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Build(flavour))
}

fn bench(parser: &mut Parser) -> Outcome<Command> {
    let mut options = bench::Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("runs") => options.runs = number(parser)?,
            Arg::Long("compare") => options.compare = Some(PathBuf::from(parser.value()?)),
            Arg::Long("patients") => options.people.patients = Some(patients(parser)?),
            Arg::Long("port") => options.port = number(parser)?,
            Arg::Long("url") => options.url = Some(parser.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Bench(options))
}

fn lint(parser: &mut Parser) -> Outcome<Command> {
    let mut fixing = Fixing::No;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("fix") => fixing = Fixing::Yes,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Lint(fixing))
}

fn demo(parser: &mut Parser) -> Outcome<Command> {
    let mut options = demo::Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("port") => options.port = number(parser)?,
            Arg::Long("patients") => options.people.patients = Some(patients(parser)?),
            Arg::Long("seed") => options.people.seed = Some(number(parser)?),
            Arg::Long("fresh") => options.people.afresh = true,
            Arg::Long("api") => options.apis = Apis::Given(apis::read(&parser.value()?.string()?)?),
            Arg::Long("load") => options.load = true,
            Arg::Long("dev") => options.flavour = Flavour::Development,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Demo(options))
}

fn cohort(parser: &mut Parser) -> Outcome<Command> {
    let (mut destination, mut wanted) = (None, Wanted::default());
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("to") => {
                destination = Some(Destination::Apis(apis::read(&parser.value()?.string()?)?));
            }
            Arg::Long("out") => {
                destination = Some(Destination::Folder(PathBuf::from(parser.value()?)));
            }
            Arg::Long("patients") => wanted.patients = Some(patients(parser)?),
            Arg::Long("seed") => wanted.seed = Some(number(parser)?),
            other => return Err(other.unexpected().into()),
        }
    }
    let destination =
        destination.ok_or_else(|| Problem::new("Where to? Give --to URL or --out FOLDER."))?;
    Ok(Command::Cohort(destination, wanted))
}

fn play(parser: &mut Parser) -> Outcome<Command> {
    let mut options = play::Options {
        per_minute: 6,
        apis: None,
        people: Wanted::default(),
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("rate") => options.per_minute = number(parser)?,
            Arg::Long("api") => options.apis = Some(apis::read(&parser.value()?.string()?)?),
            Arg::Long("patients") => options.people.patients = Some(patients(parser)?),
            Arg::Long("seed") => options.people.seed = Some(number(parser)?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Play(options))
}

fn test(parser: &mut Parser) -> Outcome<Command> {
    let mut options = test::Options {
        part: Part::All,
        apis: None,
        journeys: Vec::new(),
        engines: Vec::new(),
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("only") => options.part = part(&parser.value()?.string()?)?,
            Arg::Long("journey") => {
                options.part = Part::Journeys;
                options.journeys.push(parser.value()?.string()?);
            }
            Arg::Long("browser") => {
                options.part = Part::Journeys;
                options.engines.push(parser.value()?.string()?.parse()?);
            }
            Arg::Long("api") => {
                options.part = Part::Journeys;
                options.apis = Some(apis::read(&parser.value()?.string()?)?);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Test(options))
}

fn part(name: &str) -> Outcome<Part> {
    match name {
        "native" => Ok(Part::Native),
        "browser" => Ok(Part::Browser),
        "journeys" => Ok(Part::Journeys),
        other => Err(Problem::new(format!(
            "--only takes native, browser or journeys, not `{other}`."
        ))),
    }
}

fn patients(parser: &mut Parser) -> Outcome<usize> {
    match number(parser)? {
        0 => Err(Problem::new("A programme has at least one person.")),
        patients => Ok(patients),
    }
}

fn number<T: FromStr>(parser: &mut Parser) -> Outcome<T> {
    let text = parser.value()?.string()?;
    text.parse()
        .map_err(|_| Problem::new(format!("`{text}` is not a number that can be used here.")))
}
