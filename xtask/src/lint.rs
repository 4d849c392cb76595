//! Formatting and clippy, natively and for wasm32.

use std::process::Command;

use crate::{
    problem::Outcome,
    process::{Run, found, program, try_output},
    tools::{
        npm,
        wasm::{TARGET, Toolchain},
    },
    workspace,
};

/// Whether what can be corrected is corrected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fixing {
    No,
    Yes,
}

pub fn run(fixing: Fixing) -> Outcome<()> {
    format(fixing)?;
    let native = native(fixing);
    let wasm = wasm(fixing);
    native.and(wasm)
}

pub fn format(fixing: Fixing) -> Outcome<()> {
    component("rustfmt")?;
    let mut cargo = own("cargo");
    cargo.args(["fmt", "--all"]);
    if fixing == Fixing::No {
        cargo.arg("--check");
    }
    Run::new("Formatting", cargo)
        .typically(2)
        .showing(80)
        .speaking()
        .map(|_| ())
}

pub fn native(fixing: Fixing) -> Outcome<()> {
    component("clippy")?;
    let mut cargo = own("cargo");
    cargo.args(["clippy", "--workspace", "--all-targets"]);
    clippy("Clippy, native", cargo, fixing)
}

pub fn wasm(fixing: Fixing) -> Outcome<()> {
    // Tests hold what is in npm packages.
    npm::ensure()?;
    let mut cargo = Toolchain::ensure()?.development_cargo();
    cargo.args([
        "clippy",
        "--package",
        "alongside",
        "--all-targets",
        "--target",
        TARGET,
    ]);
    clippy("Clippy, wasm32", cargo, fixing)
}

fn clippy(name: &str, mut cargo: Command, fixing: Fixing) -> Outcome<()> {
    if fixing == Fixing::Yes {
        cargo.args(["--fix", "--allow-dirty", "--allow-staged"]);
    }
    cargo
        .args(["--", "-D", "warnings"])
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "80");
    Run::new(name, cargo)
        .typically(60)
        .showing(120)
        .speaking()
        .map(|_| ())
}

/// A minimal rustup profile comes without these.
fn component(name: &str) -> Outcome<()> {
    let asked = if name == "clippy" { "clippy" } else { "fmt" };
    if try_output(own("cargo").args([asked, "--version"])).is_some() || !found("rustup") {
        return Ok(());
    }
    let mut add = program("rustup");
    add.args(["component", "add", name]);
    Run::new(format!("Adding {name} to your Rust toolchain"), add)
        .typically(10)
        .speaking()
        .map(|_| ())
}

fn own(name: &str) -> Command {
    let mut command = program(name);
    command.current_dir(workspace::root());
    command
}
