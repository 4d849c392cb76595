//! The style sheet: ours on nhsuk-frontend's.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::Flavour;
use crate::{
    problem::{Outcome, Problem, While},
    process::{Run, program},
    tools::npm,
    workspace,
};

/// Takes out rules for what stands nowhere in these files of the page’s source, and for [`ELSEWHERE`].
fn only_used(sheet: &Path, content: &[&str], to: &Path) -> Outcome<()> {
    let mut purge = program(npm::tool("purgecss"));
    purge
        .arg("--css")
        .arg(sheet)
        .arg("--content")
        .args(content)
        .arg("--keyframes")
        .arg("--blocklist")
        .args(ELSEWHERE)
        .arg("--output")
        .arg(to)
        .current_dir(workspace::root());
    Run::new("Leaving unused styles out", purge).quietly()
}

/// What the page shows before anything else has come.
const SHELL: &str = "index.html";

/// The page's source.
const PAGE: [&str; 3] = ["src/**/*.rs", SHELL, "xtask/src/page/start.js"];

/// What the source names and no page shows: cases of nhsuk-frontend's own, in tests of ours and in the style guide. No
/// button of ours has an icon.
const ELSEWHERE: [&str; 18] = [
    "nhsuk-button--icon",
    "nhsuk-button__content",
    "nhsuk-button--reverse",
    "nhsuk-button--login",
    "nhsuk-button--warning",
    "nhsuk-button--secondary-solid",
    "nhsuk-icon--search",
    ":only-child",
    "nhsuk-label--l",
    "nhsuk-label-wrapper",
    "nhsuk-label--m",
    "nhsuk-label--xl",
    "nhsuk-fieldset__legend--l",
    "nhsuk-fieldset__legend--m",
    "nhsuk-fieldset__legend--xl",
    "address",
    "h6",
    "code",
];

/// Compiled style sheets: of what stands in index.html, of the first screens, and of what loads later.
pub struct Styles {
    pub shell: PathBuf,
    pub main: PathBuf,
    pub later: PathBuf,
}

/// Compiles `style/main.scss` (`style/styleguide.scss` for the build with the style guide) and `style/later.scss`;
/// `@use "nhsuk-frontend/…"` finds the npm package.
pub fn compile(flavour: Flavour, parts: &Path) -> Outcome<Styles> {
    let sheet = |name: &str| parts.join(format!("{name}.css"));
    let names = ["main", "later", "styleguide"];
    let mut sass = program(npm::tool("sass"));
    sass.args(["--style=compressed", "--no-source-map", "--quiet-deps"])
        .arg(format!(
            "--load-path={}",
            workspace::npm_folder().join("node_modules").display()
        ))
        .args(names.map(|name| format!("style/{name}.scss:{}", sheet(name).display())))
        .current_dir(workspace::root());
    Run::new("Compiling the styles", sass)
        .typically(3)
        .speaking()?;
    let read = |name| fs::read_to_string(sheet(name)).could_not("read the compiled styles");
    let (main, both) = (read("main")?, read("later")?);
    let Some(more) = both.strip_prefix(main.trim_end()) else {
        return Err(Problem::new(
            "style/later.scss does not begin with what style/main.scss compiles to",
        ));
    };
    fs::write(sheet("later"), more.trim_start()).could_not("write the styles")?;
    // Of the parts of nhsuk-frontend that the first screen uses, much is for others.
    if flavour == Flavour::Release {
        only_used(&sheet("main"), &PAGE, &sheet("main"))?;
    }
    only_used(&sheet("main"), &[SHELL], &sheet("shell"))?;
    Ok(Styles {
        shell: sheet("shell"),
        main: match flavour {
            Flavour::Release => sheet("main"),
            Flavour::Development => sheet("styleguide"),
        },
        later: sheet("later"),
    })
}
