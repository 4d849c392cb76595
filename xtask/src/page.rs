//! The page, from source to the static folder that is deployed.
//!
//! In steps: cargo → wasm-split (parts that load when they are opened) → wasm-bindgen → wasm-opt; Sass beside it;
//! names with the hash of the content; brotli and gzip beside each file. Trunk is deliberately absent: it cannot
//! split, writes no brotli, and needs an inline script.

mod assets;
mod compile;
mod compress;
mod fingerprint;
mod order;
mod shell;
mod style;
mod trim;

use std::{fs, path::PathBuf, thread, time::Duration};

use crate::{
    problem::{Outcome, Problem, While},
    progress::{Step, say},
    tools::{crates, npm, wasm::Toolchain},
    workspace,
};

/// How the page is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flavour {
    /// Small: optimised, split, compressed.
    Release,
    /// Quick to build, for the loop: nothing of that.
    Development,
}

impl Flavour {
    pub fn output(self) -> PathBuf {
        match self {
            Self::Release => workspace::dist(),
            Self::Development => workspace::dev_dist(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Development => "development",
        }
    }
}

/// Builds the page with everything it takes, unless it is up to date. Returns its folder.
pub fn build(flavour: Flavour) -> Outcome<PathBuf> {
    let (toolchain, bindgen) = tools(flavour)?;
    let inputs = fingerprint::of(flavour, toolchain)?;
    let output = flavour.output();
    if fingerprint::matches(flavour, &inputs) && output.join("index.html").exists() {
        say(format!(
            "The page ({} build) is up to date.",
            flavour.name()
        ));
        return Ok(output);
    }
    let parts = workspace::folder(workspace::root().join("target/page-parts"))?;
    let (code, style) = thread::scope(|scope| {
        let style = scope.spawn(|| style::compile(flavour, &parts));
        let code = compile::run(flavour, toolchain, &bindgen, &parts);
        (
            code,
            style
                .join()
                .unwrap_or_else(|_| Err(Problem::new("Compiling the styles ended early"))),
        )
    });
    let (code, style) = (code?, style?);
    let next = fresh(output.with_extension("next"))?;
    let names = assets::place(flavour, &code, &style, &next)?;
    shell::write(&names, &next)?;
    if flavour == Flavour::Release {
        let step = Step::start("Compressing the page", Duration::from_secs(4));
        compress::folder(&next)?;
        step.done();
    }
    fs::remove_dir_all(&output).ok();
    fs::rename(&next, &output).could_not(format_args!("put the page into {}", output.display()))?;
    fingerprint::keep(flavour, &inputs)?;
    say(format!(
        "The page ({} build) is in {}",
        flavour.name(),
        output.display()
    ));
    compress::report(&output);
    Ok(output)
}

/// Whatever the build needs, side by side.
fn tools(flavour: Flavour) -> Outcome<(Toolchain, PathBuf)> {
    thread::scope(|scope| {
        let npm = scope.spawn(npm::ensure);
        let crates = scope.spawn(move || {
            let bindgen = crates::WASM_BINDGEN.ensure()?;
            if flavour == Flavour::Release {
                crates::WASM_SPLIT.ensure()?;
            }
            Ok(bindgen)
        });
        let toolchain = match flavour {
            Flavour::Release => Toolchain::with_source(),
            Flavour::Development => Toolchain::ensure(),
        };
        let ended_early = || Err(Problem::new("Installing tools ended early"));
        let bindgen = crates.join().unwrap_or_else(|_| ended_early());
        npm.join()
            .unwrap_or_else(|_| Err(Problem::new("Installing npm packages ended early")))?;
        Ok((toolchain?, bindgen?))
    })
}

/// An empty folder at `path`.
fn fresh(path: PathBuf) -> Outcome<PathBuf> {
    fs::remove_dir_all(&path).ok();
    workspace::folder(path)
}
