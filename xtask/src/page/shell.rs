//! `index.html`: the template with the hashed names, and no inline script or style. What its `shell` holds stands there until
//! the page has started; the app takes it away.

use std::{fs, path::Path};

use super::assets::{FOLDER, Names};
use crate::{
    problem::{Outcome, Problem, While},
    workspace,
};

/// The line of the template that becomes the links.
const PLACE: &str = "<!-- The task runner puts the links to styles and scripts here. -->";

pub fn write(names: &Names, next: &Path) -> Outcome<()> {
    let template =
        fs::read_to_string(workspace::root().join("index.html")).could_not("read index.html")?;
    if !template.contains(PLACE) {
        return Err(Problem::new(format!(
            "index.html has lost its line\n\n    {PLACE}\n"
        )));
    }
    fs::write(
        next.join("index.html"),
        template.replace(PLACE, &links(names)),
    )
    .could_not("write index.html")
}

/// Everything that the first view needs is asked for at once, not one after the other.
fn links(names: &Names) -> String {
    let Names {
        start,
        app,
        wasm,
        shell,
        style,
        later,
    } = names;
    [
        // What is seen first waits for nothing but its own few styles.
        format!(r#"<link rel="stylesheet" href="/{FOLDER}/{shell}">"#),
        format!(r#"<link id="styles" rel="preload" href="/{FOLDER}/{style}" as="style">"#),
        // Where it is: whoever needs it first asks for it.
        format!(r#"<meta name="later-styles" content="/{FOLDER}/{later}">"#),
        r#"<link rel="preload" href="/config.json" as="fetch" crossorigin>"#.to_owned(),
        format!(r#"<link rel="modulepreload" href="/{FOLDER}/{app}">"#),
        format!(r#"<link rel="preload" href="/{FOLDER}/{wasm}" as="fetch" type="application/wasm" crossorigin>"#),
        format!(r#"<script type="module" src="/{FOLDER}/{start}"></script>"#),
    ]
    .join("\n    ")
}
