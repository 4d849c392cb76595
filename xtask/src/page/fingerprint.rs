//! Whether the page that was built is still the page of the sources.

use std::{fs, path::PathBuf};

use sha2::{Digest, Sha256};

use super::{Flavour, assets::files};
use crate::{
    problem::{Outcome, While},
    process::try_output,
    tools::wasm::Toolchain,
    workspace,
};

/// Everything that the page is made of, and what makes it.
const FOLDERS: [&str; 4] = ["src", "style", "public", "xtask/src/page"];
const FILES: [&str; 5] = [
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "end2end/package-lock.json",
    ".cargo/config.toml",
];

pub fn of(flavour: Flavour, toolchain: Toolchain) -> Outcome<String> {
    let root = workspace::root();
    let mut hash = Sha256::new();
    hash.update(flavour.name());
    hash.update(try_output(&mut toolchain.rustc(&["--version"])).unwrap_or_default());
    let mut paths: Vec<PathBuf> = FILES.iter().map(|name| root.join(name)).collect();
    for folder in FOLDERS {
        paths.extend(files(&root.join(folder))?);
    }
    for path in paths {
        let content = fs::read(&path).could_not(format_args!("read {}", path.display()))?;
        hash.update(
            path.strip_prefix(&root)
                .unwrap_or(&path)
                .as_os_str()
                .as_encoded_bytes(),
        );
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    Ok(format!("{:x}", hash.finalize()))
}

pub fn matches(flavour: Flavour, inputs: &str) -> bool {
    fs::read_to_string(mark(flavour)).is_ok_and(|kept| kept == inputs)
}

pub fn keep(flavour: Flavour, inputs: &str) -> Outcome<()> {
    fs::write(mark(flavour), inputs).could_not("remember what the page was built from")
}

fn mark(flavour: Flavour) -> PathBuf {
    workspace::page_target().join(format!("{}.fingerprint", flavour.name()))
}
