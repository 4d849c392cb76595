//! `cargo xtask test`: everything that must hold, side by side where it can be.
//!
//! Three lanes: the native one (in `target/`), the page's (in `target/page/`: its build, then clippy for wasm32 and
//! the browser tests), and the record APIs' with the journeys, which wait for the page. One step's failure stops
//! only what needs it, so that one run says everything that is wrong.

mod browser;
mod engine;
mod journeys;
mod native;
mod report;

use std::{sync::mpsc, thread};

use crate::{
    page::{self, Flavour},
    problem::{Outcome, Problem},
    process::stop,
    tools::apt,
};
pub use engine::Engine;
use report::Report;

/// Which part is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    All,
    Native,
    Browser,
    Journeys,
}

impl Part {
    fn includes(self, other: Self) -> bool {
        self == Self::All || self == other
    }
}

pub struct Options {
    pub part: Part,
    /// Journeys against record APIs that are running: source id and address.
    pub apis: Option<Vec<(String, String)>>,
    /// Journeys whose file name contains one of these; all if there are none.
    pub journeys: Vec<String>,
    /// The main journeys in these browsers alone; if there are none, all journeys, and the main ones in every browser.
    pub engines: Vec<Engine>,
}

pub fn run(options: &Options) -> Outcome<()> {
    apt::ensure(&[apt::COMPILER, apt::WEB_SERVER, apt::BROWSER])?;
    if options.part.includes(Part::Journeys) && !engine::asked_for(options).is_empty() {
        apt::ensure(&[apt::OTHER_BROWSERS])?;
    }
    let report = &Report::default();
    let (built, page) = mpsc::channel();
    thread::scope(|scope| {
        if options.part.includes(Part::Native) {
            scope.spawn(|| native::run(report));
        }
        scope.spawn(move || {
            if options.part.includes(Part::Journeys) {
                built
                    .send(report.step("Building the page", || page::build(Flavour::Release)))
                    .ok();
            }
            if options.part.includes(Part::Browser) {
                browser::run(report);
            }
        });
        if options.part.includes(Part::Journeys) {
            scope.spawn(move || journeys::run(options, &page, report));
        }
    });
    stop::check()?;
    report.print();
    if report.passed() {
        Ok(())
    } else {
        Err(Problem::new("Not everything passed."))
    }
}
