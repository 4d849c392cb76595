//! The task runner: `cargo xtask demo`, `cargo xtask test` and what they are made of.
//!
//! One direction: `args` → a command (`demo`, `test`, `lint`, …) → `page`, `apis`, `origin` → `tools` → `process`.
//! Everything that a command needs is set up by the part that needs it; a second run finds it and goes on.
//!
//! Deliberately absent: a web server and a proxy of our own (nginx is there), and anything that needs an account.

mod apis;
mod args;
mod bench;
mod config;
mod demo;
mod fill;
mod lint;
mod origin;
mod page;
mod people;
mod play;
mod problem;
mod process;
mod progress;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use args::Command;
use page::Flavour;
use problem::Outcome;

fn main() -> ExitCode {
    let outcome = process::stop::listen()
        .and_then(|()| args::read())
        .and_then(run);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if process::stop::asked() => ExitCode::from(130),
        Err(problem) => {
            eprintln!("\n{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome<()> {
    match command {
        Command::Bench(options) => bench::run(options),
        Command::Help => {
            print!("{}", args::HELP);
            Ok(())
        }
        Command::Build(flavour) => page::build(flavour).map(|_| ()),
        Command::Cohort(destination, wanted) => fill::run(&destination, wanted),
        Command::Demo(options) => demo::run(&options),
        Command::Lint(fixing) => lint::run(fixing),
        Command::Play(options) => play::run(&options),
        Command::Test(options) => test::run(&options),
    }
}
