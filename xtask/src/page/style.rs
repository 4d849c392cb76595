//! The style sheet: ours on nhsuk-frontend's.

use std::path::{Path, PathBuf};

use crate::{
    problem::Outcome,
    process::{Run, program},
    tools::npm,
    workspace,
};

/// Compiles `style/main.scss`; `@use "nhsuk-frontend/…"` finds the npm package.
pub fn compile(parts: &Path) -> Outcome<PathBuf> {
    let output = parts.join("main.css");
    let mut sass = program(npm::tool("sass"));
    sass.args(["--style=compressed", "--no-source-map", "--quiet-deps"])
        .arg(format!(
            "--load-path={}",
            workspace::npm_folder().join("node_modules").display()
        ))
        .arg("style/main.scss")
        .arg(&output)
        .current_dir(workspace::root());
    Run::new("Compiling the styles", sass)
        .typically(3)
        .speaking()?;
    Ok(output)
}
