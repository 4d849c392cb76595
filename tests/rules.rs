//! Each rule of `tests/rules.txt` has a test that is named after it: a native one (`pab_0019_unknown_is_a_word`) or a
//! journey (`"pab_0015 …"`); `medi_014_to_017_…` stands for several, and more ids may follow (`…_and_medi_038_…`).
//! The list of rules with their tests is written to `target/rules.txt`: evidence for a clinical safety case.

#![allow(clippy::unwrap_used)] // in what the tests share

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A guide, and the first and last number of a rule in it.
type Ids = (String, u32, u32);

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// `PAB-0042, 0046`, `D+Ta-0006 to 0010`.
fn ids_of_rule(ids: &str) -> Vec<Ids> {
    let (guide, numbers) = ids.split_once('-').unwrap();
    let guide = guide.replace('+', "").to_lowercase();
    let range = |part: &str| {
        let (first, last) = part.split_once(" to ").unwrap_or((part, part));
        let number = |it: &str| it.trim().parse::<u32>().unwrap();
        (guide.clone(), number(first), number(last))
    };
    numbers.split(',').map(range).collect()
}

/// What a test's name is about: `medi_014_to_017_…_and_medi_038_…`.
fn ids_of_test(name: &str, guides: &BTreeSet<String>) -> Vec<Ids> {
    let words: Vec<&str> = name.split([' ', '_']).collect();
    let number = |at: usize| words.get(at)?.parse::<u32>().ok();
    let mut ids: Vec<Ids> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !guides.contains(*word) || !(at == 0 || words.get(at - 1) == Some(&"and")) {
            continue;
        }
        let Some(first) = number(at + 1) else {
            continue;
        };
        let to = words.get(at + 2) == Some(&"to");
        let last = number(at + 3).filter(|_| to).unwrap_or(first);
        ids.push(((*word).to_owned(), first, last));
    }
    ids
}

/// Names of tests in a file: functions under `#[test]`, first arguments of `test(…)`.
fn tests_in(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut names = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let above = at.checked_sub(1).and_then(|it| lines.get(it));
        let marked = matches!(above, Some(&("#[test]" | "#[wasm_bindgen_test]")));
        let function = line.strip_prefix("fn ").and_then(|it| it.split('(').next());
        let journey = line
            .strip_prefix("test(\"")
            .and_then(|it| it.split('"').next());
        names.extend(function.filter(|_| marked).or(journey).map(str::to_owned));
    }
    names
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs" || it == "mjs") {
            found.push(path);
        }
    }
}

/// Every test that is named after a rule: the ids in its name, and where it is.
fn named_tests(guides: &BTreeSet<String>) -> Vec<(Vec<Ids>, String)> {
    let mut paths = Vec::new();
    for folder in ["src", "tests", "end2end/journeys"] {
        files(&root().join(folder), &mut paths);
    }
    paths.sort();
    let mut tests = Vec::new();
    for path in &paths {
        let place = path.strip_prefix(root()).unwrap().display().to_string();
        for name in tests_in(path) {
            let ids = ids_of_test(&name, guides);
            if !ids.is_empty() {
                tests.push((ids, format!("{place}: {name}")));
            }
        }
    }
    tests
}

#[test]
fn every_rule_has_a_test_that_is_named_after_it() {
    let text = fs::read_to_string(root().join("tests/rules.txt")).unwrap();
    let rules: Vec<(&str, &str)> = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(" | ").unwrap())
        .collect();
    assert!(rules.len() > 30, "the list of rules is there");
    let guides: BTreeSet<String> = rules
        .iter()
        .flat_map(|(ids, _)| ids_of_rule(ids))
        .map(|it| it.0)
        .collect();
    let tests = named_tests(&guides);
    let (mut list, mut bare, mut used) = (String::new(), Vec::new(), BTreeSet::new());
    for (ids, words) in &rules {
        let wanted = ids_of_rule(ids);
        let about = |it: &Ids| {
            wanted
                .iter()
                .any(|(guide, first, last)| *guide == it.0 && it.1 <= *last && it.2 >= *first)
        };
        let own: Vec<&String> = tests
            .iter()
            .filter(|it| it.0.iter().any(about))
            .map(|it| &it.1)
            .collect();
        writeln!(list, "{ids}: {words}").unwrap();
        for test in &own {
            writeln!(list, "    {test}").unwrap();
            used.insert((*test).clone());
        }
        if own.is_empty() {
            bare.push(*ids);
        }
    }
    let target = root().join("target");
    fs::create_dir_all(&target).unwrap();
    fs::write(target.join("rules.txt"), list).unwrap();
    assert!(bare.is_empty(), "no test is named after {bare:?}");
    let stray: Vec<&String> = tests
        .iter()
        .map(|it| &it.1)
        .filter(|it| !used.contains(*it))
        .collect();
    assert!(
        stray.is_empty(),
        "named after a rule that is not in tests/rules.txt: {stray:#?}"
    );
}

#[test]
fn names_are_read_as_they_are_meant() {
    let guides: BTreeSet<String> = ["medi", "pab"].map(str::to_owned).into();
    let one = |name: &str, first, last| (name.to_owned(), first, last);
    assert_eq!(
        ids_of_test("medi_014_to_017_a_dose_and_medi_041_a_comma", &guides),
        [one("medi", 14, 17), one("medi", 41, 41)]
    );
    assert_eq!(
        ids_of_test("pab_0015 nobody", &guides),
        [one("pab", 15, 15)]
    );
    assert!(ids_of_test("a_pab_0015_elsewhere", &guides).is_empty());
    assert_eq!(
        ids_of_rule("PAB-0042, 0046"),
        [one("pab", 42, 42), one("pab", 46, 46)]
    );
    assert_eq!(ids_of_rule("D+Ta-0006 to 0010"), [one("dta", 6, 10)]);
}
