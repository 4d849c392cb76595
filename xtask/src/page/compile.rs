//! Rust to WebAssembly and its JavaScript.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Flavour, fresh, order, trim};
use crate::{
    problem::{Outcome, While},
    process::{Run, program},
    tools::{
        crates, npm,
        wasm::{TARGET, Toolchain},
    },
    workspace,
};

/// What browsers of the last years all have. `--all-features` makes a file that Chromium refuses.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The splitter needs the relocations; `cfg(split)` makes parts of the page files of their own; erased components are a
/// seventh fewer bytes.
const RELEASE_FLAGS: &str = "-Clink-args=--emit-relocs --cfg split --cfg erase_components";

const MAIN: &str = "app_bg.wasm";

/// How long a function may be that stands wherever it is called, in instructions. A browser compiles each function when it is
/// first called, which takes longer than to run it; and what the parts have is fewer bytes so. Functions of the main file
/// stay for the parts that call them, so that there it costs bytes.
const INLINE: usize = 6;
const INLINE_IN_MAIN: usize = 4;

/// Returns the folder with `app.js`, `app_bg.wasm` and the parts that load later.
pub fn run(
    flavour: Flavour,
    toolchain: Toolchain,
    bindgen: &Path,
    parts: &Path,
) -> Outcome<PathBuf> {
    let compiled = cargo(flavour, toolchain)?;
    let bound = fresh(parts.join(format!("bound-{}", flavour.name())))?;
    match flavour {
        Flavour::Development => bind(bindgen, &compiled, &bound, &[])?,
        Flavour::Release => {
            let split = fresh(parts.join("split"))?;
            let mut splitter = program(crates::WASM_SPLIT.ensure()?);
            splitter
                .arg(&compiled)
                .arg(&split)
                .args(["--out-name", "app"]);
            Run::new("Splitting the WebAssembly", splitter).quietly()?;
            bind(
                bindgen,
                &split.join("app.wasm"),
                &bound,
                &["--keep-lld-exports", "--no-demangle"],
            )?;
            bring_chunks(&split, &bound)?;
            trim(&bound, trim::without_streams)?;
            optimise(&bound)?;
            trim(&bound, trim::shorten)?;
        }
    }
    Ok(bound)
}

fn cargo(flavour: Flavour, toolchain: Toolchain) -> Outcome<PathBuf> {
    let (mut cargo, profile, typical) = match flavour {
        Flavour::Release => (toolchain.release_cargo(RELEASE_FLAGS), "release", 200),
        Flavour::Development => {
            let mut cargo = toolchain.development_cargo();
            cargo.arg("build");
            (cargo, "debug", 120)
        }
    };
    cargo.args([
        "--package",
        "alongside",
        "--bin",
        "alongside",
        "--target",
        TARGET,
    ]);
    let step = format!("Compiling the page ({} build)", flavour.name());
    Run::new(step, cargo)
        .typically(typical)
        .showing(80)
        .speaking()?;
    Ok(workspace::page_target()
        .join(TARGET)
        .join(profile)
        .join("alongside.wasm"))
}

fn bind(bindgen: &Path, wasm: &Path, output: &Path, more: &[&str]) -> Outcome<()> {
    let mut command = program(bindgen);
    command
        .args(["--target=web", "--no-typescript", "--out-name=app"])
        .args(more)
        .arg("--out-dir")
        .arg(output)
        .arg(wasm);
    Run::new("Binding the WebAssembly to JavaScript", command)
        .typically(3)
        .quietly()
}

/// The parts that load later, and the script that loads them, go beside the main part.
fn bring_chunks(split: &Path, bound: &Path) -> Outcome<()> {
    for entry in fs::read_dir(split)
        .could_not("read what the splitter wrote")?
        .flatten()
    {
        let name = entry.file_name();
        if name != "app.wasm" {
            fs::copy(entry.path(), bound.join(name)).could_not("copy a part of the page")?;
        }
    }
    Ok(())
}

/// Changes the main part and its script together.
fn trim(folder: &Path, change: trim::Change) -> Outcome<()> {
    let (wasm, script) = (folder.join(MAIN), folder.join("app.js"));
    let read = fs::read(&wasm).could_not("read the WebAssembly")?;
    let words = fs::read_to_string(&script).could_not("read its script")?;
    let (short, words) = change(&read, &words)?;
    fs::write(&wasm, short).could_not("write the WebAssembly")?;
    fs::write(&script, words).could_not("write its script")
}

/// Each module: small, then once more with what is alike together.
fn optimise(folder: &Path) -> Outcome<()> {
    for entry in fs::read_dir(folder)
        .could_not("read what wasm-bindgen wrote")?
        .flatten()
    {
        let path = entry.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "wasm")
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            small(&path, &format!("Optimising {name}"), &[])?;
            let wasm = fs::read(&path).could_not("read the WebAssembly")?;
            if let Some(named) = order::named(&wasm) {
                fs::write(&path, named).could_not("write the WebAssembly")?;
                let in_order = ["--reorder-functions-by-name", "--strip-debug"];
                small(&path, &format!("Ordering {name}"), &in_order)?;
            }
        }
    }
    Ok(())
}

fn small(path: &Path, step: &str, more: &[&str]) -> Outcome<()> {
    let is_main = path.file_name().is_some_and(|it| it == MAIN);
    let inline = if is_main { INLINE_IN_MAIN } else { INLINE };
    let mut command = program(npm::tool("wasm-opt"));
    command
        .arg("-Oz")
        .arg(format!("--always-inline-max-function-size={inline}"))
        .args(more)
        // What tools say of themselves is not read by any browser.
        .args(["--strip-producers", "--strip-target-features"])
        .args(FEATURES)
        .arg(path)
        .arg("-o")
        .arg(path);
    Run::new(step, command).typically(20).speaking()?;
    Ok(())
}
