//! The standard library for wasm, built from its source.
//!
//! Built once and put where the toolchain looks, every later build is a plain one. `embed-bitcode` is for the
//! release build, whose link-time optimisation reaches into it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    root,
    wasm::{TARGET, Toolchain},
};
use crate::{
    problem::{Outcome, Problem, While},
    process::Run,
    workspace,
};

/// Builds it and copies it into the toolchain (which needs root for one in /usr). About 75 seconds.
pub fn install(toolchain: Toolchain) -> Outcome<()> {
    let library = toolchain
        .wasm_library()
        .ok_or_else(|| Problem::new("This rustc does not know the wasm target"))?;
    let built = build(toolchain)?;
    let destination = library.to_string_lossy().into_owned();
    let mut words = vec![
        "install".to_owned(),
        "-m644".to_owned(),
        "-D".to_owned(),
        "-t".to_owned(),
        destination,
    ];
    words.extend(built);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Run::new(
        "Installing the standard library for wasm",
        root::command(&words)?,
    )
    .quietly()
}

fn build(toolchain: Toolchain) -> Outcome<Vec<String>> {
    let stub = workspace::folder(workspace::cache()?.join("build/wasm-std"))?;
    let manifest =
        "[package]\nname = \"stub\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(stub.join("Cargo.toml"), manifest).could_not("write a manifest in the cache")?;
    workspace::folder(stub.join("src"))?;
    fs::write(stub.join("src/lib.rs"), "#![no_std]\n").could_not("write into the cache")?;
    let mut cargo = toolchain.cargo();
    cargo
        .args([
            "build",
            "--release",
            "-Z",
            "build-std=std,panic_abort,test,proc_macro",
            "--target",
            TARGET,
        ])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", stub.join("target"))
        .current_dir(&stub);
    Run::new("Building Rust's standard library for wasm", cargo)
        .typically(75)
        .speaking()?;
    libraries(&stub.join("target").join(TARGET).join("release/deps"))
}

fn libraries(folder: &Path) -> Outcome<Vec<String>> {
    let entries = fs::read_dir(folder).could_not("find the standard library just built")?;
    let is_library = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| extension == "rlib")
    };
    let paths = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(is_library);
    Ok(paths
        .map(|path| path.to_string_lossy().into_owned())
        .filter(|path| !path.contains("/libstub-"))
        .collect())
}
