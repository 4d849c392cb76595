//! The shape of the source: imports point inward, only the right modules name the wire and the browser, files stay
//! small, and no address of a machine is left behind.

#![allow(clippy::unwrap_used)] // in what the tests share

use std::fs;
use std::path::{Path, PathBuf};

/// Module → what of ours it may import (the table in `src/lib.rs`).
const MAY: [(&str, &[&str]); 13] = [
    ("domain", &[]),
    ("fhir", &["domain"]),
    ("state", &["domain"]),
    ("routes", &["domain"]),
    ("present", &["domain", "state"]),
    ("api", &["fhir", "domain"]),
    ("transport", &["api"]),
    (
        "store",
        &["state", "api", "transport", "domain", "present", "routes"],
    ),
    ("ui", &["domain", "present", "state"]),
    (
        "pages",
        &["store", "ui", "present", "routes", "domain", "state"],
    ),
    (
        "app",
        &[
            "domain",
            "present",
            "routes",
            "store",
            "ui",
            "pages",
            "state",
            "api",
            "transport",
            "panic",
        ],
    ),
    ("panic", &[]),
    (
        "lib",
        &[
            "domain",
            "fhir",
            "state",
            "routes",
            "present",
            "api",
            "transport",
            "store",
            "ui",
            "pages",
            "app",
            "panic",
        ],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    found
}

/// The top-level module that a file of `src` belongs to.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap();
    Path::new(first.as_os_str())
        .file_stem()
        .unwrap()
        .to_string_lossy()
        .into_owned()
}

/// Top-level modules of ours that a text names: `crate::x`, also inside braces after `crate::`.
fn named(text: &str) -> Vec<String> {
    let word = |it: &str| {
        it.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut found = Vec::new();
    for after in text.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(braces) => {
                let mut depth = 1;
                let mut start = true;
                for (at, letter) in braces.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => start = true,
                        other if depth == 1 && start && !other.is_whitespace() => {
                            found.push(word(&braces[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            None => found.push(word(after)),
        }
    }
    found
}

/// In no build but that of the tests: it compares our components with received HTML, so it may have some.
const FIXTURES: &str = "src/ui/nhs/fixtures";

/// What the page is built from.
fn built() -> Vec<PathBuf> {
    let tests = root().join(FIXTURES);
    assert!(tests.join("mod.rs").exists(), "{FIXTURES} has moved");
    let mut all = files(&root().join("src"), "rs");
    all.retain(|it| !it.starts_with(&tests));
    all
}

#[test]
fn imports_point_inward() {
    let mut wrong = Vec::new();
    for file in files(&root().join("src"), "rs") {
        let module = module_of(&file);
        if module == "main" {
            continue;
        }
        let allowed = MAY.iter().find(|(name, _)| *name == module).map(|it| it.1);
        let allowed = allowed.unwrap_or_else(|| panic!("{module} is not in the table"));
        for target in named(&fs::read_to_string(&file).unwrap()) {
            let ours = MAY.iter().any(|(name, _)| *name == target);
            if ours && target != module && !allowed.contains(&target.as_str()) {
                wrong.push(format!(
                    "{}: {module} must not import {target}",
                    file.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_right_modules_name_the_wire_and_the_browser() {
    let rules: [(&str, &[&str]); 3] = [
        ("serde_json", &["fhir", "api"]),
        ("web_sys", &["transport", "ui", "app", "panic", "pages"]),
        ("leptos", &["store", "ui", "pages", "app", "main"]),
    ];
    let mut wrong = Vec::new();
    for file in built() {
        let (module, text) = (module_of(&file), fs::read_to_string(&file).unwrap());
        for (name, allowed) in rules {
            let names = text.lines().any(|line| {
                !line.trim_start().starts_with("//") && line.contains(&format!("{name}::"))
            });
            if names && !allowed.contains(&module.as_str()) {
                wrong.push(format!("{}: {module} must not name {name}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_small() {
    let mut long = Vec::new();
    for folder in ["src", "cohort/src", "xtask/src"] {
        for file in files(&root().join(folder), "rs") {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            if lines > 400 {
                long.push(format!("{}: {lines} lines", file.display()));
            }
        }
    }
    assert!(
        long.is_empty(),
        "about 250 lines is the habit, 400 the end:\n{}",
        long.join("\n")
    );
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<String> = files(&root().join("src"), "rs")
        .into_iter()
        // A module's tests in a file of their own belong to it.
        .filter(|it| !it.to_string_lossy().ends_with("tests.rs"))
        .filter(|it| !fs::read_to_string(it).unwrap().starts_with("//!"))
        .map(|it| it.display().to_string())
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn nothing_bypasses_escaping_or_the_content_security_policy() {
    let mut wrong = Vec::new();
    for file in built() {
        let text = fs::read_to_string(&file).unwrap();
        for forbidden in [
            "inner_html",
            "set_inner_html",
            "insert_adjacent_html",
            "style=\"",
            "eval(",
        ] {
            if text
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(forbidden))
            {
                wrong.push(format!("{}: {forbidden}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
