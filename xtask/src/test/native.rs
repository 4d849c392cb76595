//! Formatting, clippy and the tests that need no browser.

use super::report::Report;
use crate::{
    lint::{self, Fixing},
    process::{Run, program},
    tools::npm,
    workspace,
};

pub fn run(report: &Report) {
    report.step("Formatting", || lint::format(Fixing::No));
    report.step("Clippy, native", || lint::native(Fixing::No));
    report.step("Native tests", || {
        let mut cargo = program("cargo");
        cargo
            .args(["test", "--workspace"])
            .current_dir(workspace::root())
            .env("FHIR_R4_EXAMPLES", npm::examples()?)
            .env("CARGO_TERM_PROGRESS_WHEN", "always")
            .env("CARGO_TERM_PROGRESS_WIDTH", "80");
        Run::new("Native tests", cargo)
            .typically(120)
            .showing(200)
            .speaking()
    });
}
