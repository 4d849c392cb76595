//! Programs from crates.io, each in a cache folder of its own.

use std::{fs, path::PathBuf};

use crate::{
    problem::Outcome,
    process::{Run, program},
    workspace,
};

/// One program of one crate, and how it is built.
pub struct Tool {
    package: &'static str,
    version: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    /// Crates compiled with optimisation; the others without, which is what makes the big one bearable.
    optimised: &'static [&'static str],
    level: &'static str,
    seconds: u64,
}

/// The record API. Optimised as a whole it compiles for over half an hour; with only its hot parts optimised, ten minutes.
pub const HELIOS: Tool = Tool {
    package: "helios-hfs",
    version: "0.2.7",
    program: "hfs",
    arguments: &[
        "--locked",
        "--no-default-features",
        "--features",
        "R4,sqlite,subscriptions",
    ],
    optimised: &[
        "serde_json",
        "serde",
        "libsqlite3-sys",
        "rusqlite",
        "tokio",
        "hyper",
        "axum",
        "helios-persistence",
        "helios-rest",
        "regex",
        "regex-automata",
        "aho-corasick",
        "memchr",
    ],
    level: "0",
    seconds: 600,
};

/// Must be the version of the `wasm-bindgen` crate exactly. Not `--locked`: its lock names a crate that was withdrawn.
pub const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    program: "wasm-bindgen",
    arguments: &[],
    optimised: &[],
    level: "1",
    seconds: 150,
};

pub const WASM_SPLIT: Tool = Tool {
    package: "wasm_split_cli_support",
    version: "0.2.4",
    program: "wasm-split-cli",
    arguments: &["--features", "build-binary"],
    optimised: &[],
    level: "1",
    seconds: 70,
};

impl Tool {
    fn folder(&self) -> Outcome<PathBuf> {
        workspace::tool_folder(self.package, self.version)
    }

    /// Beside the main program: `wasm-bindgen-test-runner` comes with `wasm-bindgen`.
    pub fn sibling(&self, program: &str) -> Outcome<PathBuf> {
        Ok(self.folder()?.join("bin").join(program))
    }

    /// Where the program is, built if it is not there. An interrupted build goes on where it stopped.
    pub fn ensure(&self) -> Outcome<PathBuf> {
        let path = self.sibling(self.program)?;
        if path.exists() {
            return Ok(path);
        }
        let _alone = workspace::alone(self.package)?;
        if path.exists() {
            return Ok(path);
        }
        let build = workspace::folder(workspace::cache()?.join("build").join(self.package))?;
        let mut cargo = program("cargo");
        cargo
            .args(["install", &format!("{}@{}", self.package, self.version)])
            .args(self.arguments)
            .arg("--root")
            .arg(self.folder()?)
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.level)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64")
            .env("CARGO_TERM_PROGRESS_WHEN", "always")
            .env("CARGO_TERM_PROGRESS_WIDTH", "80")
            // One generated file of Helios is deeper than rustc's usual stack.
            .env("RUST_MIN_STACK", "16777216")
            .env_remove("RUSTFLAGS")
            // A target set for the checkout is none for a tool.
            .current_dir(workspace::cache()?);
        for name in self.optimised {
            cargo
                .arg("--config")
                .arg(format!("profile.release.package.{name}.opt-level=1"));
        }
        Run::new(format!("Building {} {}", self.package, self.version), cargo)
            .typically(self.seconds)
            .speaking()?;
        fs::remove_dir_all(build).ok();
        Ok(path)
    }
}
