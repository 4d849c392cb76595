//! The style sheet: ours on nhsuk-frontend's.

use std::path::{Path, PathBuf};

use super::Flavour;
use crate::{
    problem::Outcome,
    process::{Run, program},
    tools::npm,
    workspace,
};

/// Compiles `style/main.scss`, or `style/styleguide.scss` for the build with the style guide; `@use "nhsuk-frontend/…"` finds the npm package.
pub fn compile(flavour: Flavour, parts: &Path) -> Outcome<PathBuf> {
    let output = parts.join("main.css");
    let entry = match flavour {
        Flavour::Release => "style/main.scss",
        Flavour::Development => "style/styleguide.scss",
    };
    let mut sass = program(npm::tool("sass"));
    sass.args(["--style=compressed", "--no-source-map", "--quiet-deps"])
        .arg(format!(
            "--load-path={}",
            workspace::npm_folder().join("node_modules").display()
        ))
        .arg(entry)
        .arg(&output)
        .current_dir(workspace::root());
    Run::new("Compiling the styles", sass)
        .typically(3)
        .speaking()?;
    Ok(output)
}
