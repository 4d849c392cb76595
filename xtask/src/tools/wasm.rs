//! A Rust toolchain that compiles for `wasm32-unknown-unknown`.
//!
//! The user's own where it has the target or rustup can fetch it. Where rustup cannot download (a closed hospital
//! network), Debian carries a recent toolchain under other names, whose standard library we build once for wasm.

use std::{path::PathBuf, process::Command};

use super::{apt, root, sysroot};
use crate::{
    problem::{Outcome, Problem},
    process::{Run, found, program, try_output},
    progress::say,
    workspace,
};

pub const TARGET: &str = "wasm32-unknown-unknown";

/// Which toolchain compiles the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Toolchain {
    /// What `cargo` is in the checkout.
    Own,
    /// Debian's `rustc-web` and its fellows, in /usr.
    Debian,
}

const DEBIAN_PACKAGES: [&str; 6] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-clippy",
    "rustfmt-web",
    "lld-22",
];

impl Toolchain {
    /// The toolchain, made ready to compile for wasm.
    pub fn ensure() -> Outcome<Self> {
        if std::env::var("ALONGSIDE_TOOLCHAIN").is_ok_and(|name| name == "debian") {
            return Self::debian();
        }
        if Self::Own.has_wasm() {
            return Ok(Self::Own);
        }
        if found("rustup") {
            let mut add = program("rustup");
            add.args(["target", "add", TARGET]);
            let added = Run::new("Adding the wasm target to your Rust toolchain", add)
                .typically(10)
                .speaking();
            if added.is_ok() && Self::Own.has_wasm() {
                return Ok(Self::Own);
            }
            say("rustup could not fetch the wasm target; using Debian's toolchain instead.");
        }
        Self::debian().map_err(|problem| {
            Problem::new(format!(
                "{problem}\n\nThe page needs a Rust toolchain with the wasm target. With a network: rustup target add {TARGET}"
            ))
        })
    }

    /// A toolchain that also has the source of the standard library, which the release build compiles for itself.
    pub fn with_source() -> Outcome<Self> {
        if std::env::var("ALONGSIDE_TOOLCHAIN").is_ok_and(|name| name == "debian") {
            return Self::debian();
        }
        if Self::Own.has_source() {
            return Ok(Self::Own);
        }
        if found("rustup") {
            let mut add = program("rustup");
            add.args(["component", "add", "rust-src"]);
            let added = Run::new(
                "Adding the standard library's source to your Rust toolchain",
                add,
            )
            .typically(10)
            .speaking();
            if added.is_ok() && Self::Own.has_source() {
                return Ok(Self::Own);
            }
            say(
                "rustup could not fetch the standard library's source; using Debian's toolchain instead.",
            );
        }
        Self::debian().map_err(|problem| {
            Problem::new(format!(
                "{problem}\n\nThe release build needs the standard library's source. With a network: rustup component add rust-src"
            ))
        })
    }

    fn debian() -> Outcome<Self> {
        let is_there = || try_output(&mut Self::Debian.rustc(&["--version"])).is_some();
        let _alone = (!is_there() || !Self::Debian.has_wasm())
            .then(|| workspace::alone("toolchain"))
            .transpose()?;
        if !is_there() {
            apt::install(&DEBIAN_PACKAGES)?;
            // rustup's proxies come first on the PATH; under a name of its own the other one can be reached.
            if found("rustup") {
                let mut link = program("rustup");
                link.args(["toolchain", "link", "debian", "/usr"]);
                Run::new("Linking Debian's toolchain into rustup", link).quietly()?;
            }
        }
        Self::Debian.link_linker()?;
        if !Self::Debian.has_wasm() {
            sysroot::install(Self::Debian)?;
        }
        Ok(Self::Debian)
    }

    pub fn cargo(self) -> Command {
        self.own_name("cargo")
    }

    /// A cargo for the release build: the standard library is compiled with the page, for size, and a panic is a trap
    /// and nothing else, `{:?}` writes nothing, and no place of the source is named. That is an eighth fewer bytes than
    /// with the library as it is delivered. The page is told of a trap by the browser (`start.js`).
    pub fn release_cargo(self, flags: &str) -> Command {
        let mut cargo = self.cargo();
        cargo
            .current_dir(workspace::root())
            .args([
                "build",
                "--release",
                "-Zbuild-std=std,panic_abort",
                "-Zbuild-std-features=optimize_for_size",
            ])
            // Stable compilers have these two options under this name only.
            .env("RUSTC_BOOTSTRAP", "1")
            .env(
                "RUSTFLAGS",
                format!("{flags} -Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none"),
            )
            .env("CARGO_TARGET_DIR", workspace::page_target())
            .env("CARGO_TERM_PROGRESS_WHEN", "always")
            .env("CARGO_TERM_PROGRESS_WIDTH", "80");
        cargo
    }

    /// A cargo that works for wasm in the development profile. One set of flags for all who do (the development
    /// build, clippy, the browser tests): other flags would compile every crate again.
    pub fn development_cargo(self) -> Command {
        let mut cargo = self.cargo();
        cargo
            .current_dir(workspace::root())
            .env("CARGO_TARGET_DIR", workspace::page_target())
            // The style guide is in these builds and in no other: the release has its own flags.
            .env("RUSTFLAGS", "--cfg erase_components --cfg styleguide")
            // wasm-bindgen would read the debug information and throw it away.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TERM_PROGRESS_WHEN", "always")
            .env("CARGO_TERM_PROGRESS_WIDTH", "80");
        cargo
    }

    pub fn rustc(self, arguments: &[&str]) -> Command {
        let mut rustc = self.own_name("rustc");
        rustc.args(arguments);
        rustc
    }

    fn own_name(self, name: &str) -> Command {
        match self {
            Self::Own => program(name),
            Self::Debian => {
                let mut command = program(format!("/usr/bin/{name}"));
                // For the programs that look for their fellows through rustup's proxies.
                command
                    .env("RUSTUP_TOOLCHAIN", "debian")
                    .env("RUSTC", "/usr/bin/rustc")
                    .env_remove("CARGO");
                command
            }
        }
    }

    /// Where its standard library for wasm is, or would be.
    pub fn wasm_library(self) -> Option<PathBuf> {
        try_output(&mut self.rustc(&["--print", "target-libdir", "--target", TARGET]))
            .map(PathBuf::from)
    }

    fn has_source(self) -> bool {
        let sysroot = try_output(&mut self.rustc(&["--print", "sysroot"])).unwrap_or_default();
        std::path::Path::new(&sysroot)
            .join("lib/rustlib/src/rust/library/std/Cargo.toml")
            .exists()
    }

    fn has_wasm(self) -> bool {
        let entries = self
            .wasm_library()
            .and_then(|folder| std::fs::read_dir(folder).ok());
        entries.is_some_and(|entries| {
            entries
                .flatten()
                .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
        })
    }

    /// Debian's rustc looks for `rust-lld` in its own folders and its packages put none there.
    fn link_linker(self) -> Outcome<()> {
        let sysroot = try_output(&mut self.rustc(&["--print", "sysroot"])).unwrap_or_default();
        let folder = format!("{sysroot}/lib/rustlib/x86_64-unknown-linux-gnu/bin");
        let link = format!("{folder}/rust-lld");
        if std::path::Path::new(&link).exists() {
            return Ok(());
        }
        Run::new(
            "Making a folder for the linker",
            root::command(&["mkdir", "-p", &folder])?,
        )
        .quietly()?;
        Run::new(
            "Linking the linker",
            root::command(&["ln", "-sf", "/usr/bin/lld-22", &link])?,
        )
        .quietly()
    }
}
