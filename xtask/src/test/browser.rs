//! Clippy for wasm32, and the tests that run inside a browser.

use std::fs;

use super::report::Report;
use crate::{
    lint::{self, Fixing},
    problem::{Outcome, Problem, While},
    process::Run,
    progress::say,
    tools::{
        crates, npm,
        wasm::{TARGET, Toolchain},
    },
    workspace,
};

pub fn run(report: &Report) {
    report.step("Clippy, wasm32", || lint::wasm(Fixing::No));
    report.step("Browser tests", || tests().and_then(|()| fixtures()));
}

/// What the comparison with nhsuk-frontend's fixtures said, a line for each component.
const FIXTURES: &str = "nhs-fixtures: ";

/// Keeps these lines in a file of their own, and says them.
fn fixtures() -> Outcome<()> {
    let log = workspace::logs()?.join("Browser-tests.log");
    let log = fs::read_to_string(&log).could_not(format_args!("read {}", log.display()))?;
    let lines: Vec<&str> = log
        .lines()
        .filter_map(|line| line.trim().strip_prefix(FIXTURES))
        .collect();
    if lines.is_empty() {
        return Err(Problem::new(
            "The browser tests compared no component with nhsuk-frontend's fixtures.",
        ));
    }
    let file = workspace::root().join("target/nhs-fixtures.txt");
    let text = format!("{}\n", lines.join("\n"));
    fs::write(&file, &text).could_not(format_args!("write {}", file.display()))?;
    say(format!("NHS components, cases of nhsuk-frontend:\n{text}"));
    Ok(())
}

/// Headless Chromium by chromedriver: exactly one driver is named, which is what chooses the browser.
fn tests() -> Outcome<()> {
    // The fixtures are in the npm package of the styles.
    npm::ensure()?;
    crates::WASM_BINDGEN.ensure()?;
    let mut cargo = Toolchain::ensure()?.development_cargo();
    let runner = crates::WASM_BINDGEN.sibling("wasm-bindgen-test-runner")?;
    cargo
        .args([
            "test",
            "--package",
            "alongside",
            "--lib",
            "--tests",
            "--target",
            TARGET,
            "--",
            "--nocapture",
        ])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", "/usr/bin/chromedriver")
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180");
    Run::new("Browser tests", cargo)
        .typically(120)
        .showing(200)
        .speaking()
        .map(|_| ())
}
