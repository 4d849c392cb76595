//! Clippy for wasm32, and the tests that run inside a browser.

use super::report::Report;
use crate::{
    lint::{self, Fixing},
    problem::Outcome,
    process::Run,
    tools::{
        crates,
        wasm::{TARGET, Toolchain},
    },
};

pub fn run(report: &Report) {
    report.step("Clippy, wasm32", || lint::wasm(Fixing::No));
    report.step("Browser tests", tests);
}

/// Headless Chromium by chromedriver: exactly one driver is named, which is what chooses the browser.
fn tests() -> Outcome<()> {
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
