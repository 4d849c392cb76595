//! Names that carry the hash of the content, so that browsers and proxies may keep a file for ever.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{Flavour, style::Styles};
use crate::{
    problem::{Outcome, While},
    process::{Run, program},
    tools::npm,
    workspace,
};

/// The folder of the hashed files; the web server's configuration knows it.
pub const FOLDER: &str = "assets";

/// The hashed names that index.html mentions.
pub struct Names {
    pub start: String,
    pub app: String,
    pub wasm: String,
    /// The styles of what stands in index.html.
    pub shell: String,
    /// The styles of the first screens.
    pub style: String,
    /// The styles of what loads later.
    pub later: String,
}

/// A bundle on its way: (name, content), to be renamed.
struct File {
    name: String,
    content: Vec<u8>,
}

/// What the starting script asks before the program is there; `tests/first_questions.rs` writes it.
const FIRST: &str = include_str!("first.json");

/// Starts the page. Without it, or where WebAssembly is not to be had, the page says so instead of staying blank.
const START: &str = include_str!("start.js");

/// Writes the code (a folder of wasm-bindgen's) and the style sheets into `next`, and the files of `public/` as they are.
pub fn place(flavour: Flavour, code: &Path, styles: &Styles, next: &Path) -> Outcome<Names> {
    copy_folder(&workspace::root().join("public"), next)?;
    let folder = workspace::folder(next.join(FOLDER))?;
    let (mut wasm, mut scripts) = read(code)?;
    for file in &mut wasm {
        let old = file.name.clone();
        file.name = hashed(&old, &digest([file.content.as_slice()]));
        rename_inside(&mut scripts, &old, &file.name);
    }
    let main = find(&wasm, "app_bg").to_owned();
    scripts.push(File {
        name: "start.js".into(),
        content: start(&main, &scripts, &wasm).into_bytes(),
    });
    if flavour == Flavour::Release {
        for file in &mut scripts {
            file.content = minified(file)?;
        }
    }
    // The scripts import each other, in circles: one hash over all of them.
    let together = digest(scripts.iter().map(|file| file.content.as_slice()));
    let old_names: Vec<String> = scripts.iter().map(|file| file.name.clone()).collect();
    for old in &old_names {
        rename_inside(&mut scripts, old, &hashed(old, &together));
    }
    for file in &mut scripts {
        file.name = hashed(&file.name, &together);
    }
    let shell = place_style("shell.css", &styles.shell, &folder)?;
    let style = place_style("main.css", &styles.main, &folder)?;
    let later = place_style("later.css", &styles.later, &folder)?;
    for file in wasm.iter().chain(&scripts) {
        let path = folder.join(&file.name);
        workspace::folder(path.parent().unwrap_or(&folder).to_owned())?;
        fs::write(&path, &file.content).could_not(format_args!("write {}", path.display()))?;
    }
    Ok(Names {
        start: find(&scripts, "start").to_owned(),
        app: find(&scripts, "app").to_owned(),
        wasm: main,
        shell,
        style,
        later,
    })
}

/// A script without its comments, spaces and long names.
fn minified(script: &File) -> Outcome<Vec<u8>> {
    let folder = workspace::folder(workspace::root().join("target/page-parts/scripts"))?;
    let (from, to) = (folder.join("from.js"), folder.join("to.js"));
    fs::write(&from, &script.content).could_not("write a script")?;
    let mut esbuild = program(npm::tool("esbuild"));
    esbuild
        .args(["--minify", "--target=es2022", "--log-level=error"])
        .arg(&from)
        .arg(format!("--outfile={}", to.display()));
    Run::new(format!("Minifying {}", script.name), esbuild).quietly()?;
    fs::read(&to).could_not("read a minified script")
}

/// Returns the hashed name.
fn place_style(name: &str, compiled: &Path, folder: &Path) -> Outcome<String> {
    let css = fs::read(compiled).could_not("read the compiled styles")?;
    let name = hashed(name, &digest([css.as_slice()]));
    fs::write(folder.join(&name), css).could_not("write the styles")?;
    Ok(name)
}

/// The starting script with the names of the files that each kind of first view needs, the largest last.
fn start(main: &str, scripts: &[File], wasm: &[File]) -> String {
    let loader = scripts.iter().find(|it| it.name == "__wasm_split.js");
    let loader = loader.map_or("".into(), |it| String::from_utf8_lossy(&it.content));
    let files = [
        ("record", "record"),
        ("start", "told"),
        ("hospital", "sections"),
    ]
    .map(|(view, part)| {
        let shared = shared_with(&loader, part);
        let own = find(wasm, &format!("split_{part}"));
        let mut needed: Vec<&str> = std::iter::once(own)
            .chain(shared)
            .filter(|it| !it.is_empty())
            .collect();
        needed.sort_by_key(|name| {
            let file = wasm.iter().find(|it| it.name == *name);
            file.map_or(0, |it| it.content.len())
        });
        let names: Vec<String> = needed.iter().map(|it| format!("\"./{it}\"")).collect();
        format!("{view}: [{}]", names.join(", "))
    });
    START
        .replace("app_bg.wasm", main)
        .replace("const FIRST = {};", &format!("const FIRST = {FIRST};"))
        .replace(
            "const FILES = {};",
            &format!("const FILES = {{ {} }};", files.join(", ")),
        )
}

/// The files that hold what a part shares with others: the splitter's script names the sharers in a comment before each.
fn shared_with<'a>(loader: &'a str, part: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for block in loader.split("/* ").skip(1) {
        let Some((sharers, code)) = block.split_once(" */") else {
            continue;
        };
        if sharers.split(", ").any(|it| it == part)
            && let Some((_, rest)) = code.split_once("\"./")
            && let Some((name, _)) = rest.split_once('"')
        {
            found.push(name);
        }
    }
    found
}

/// The WebAssembly files and the scripts of a folder, the scripts of packages (`snippets/…`) included, in one order always.
fn read(code: &Path) -> Outcome<(Vec<File>, Vec<File>)> {
    let (mut wasm, mut scripts) = (Vec::new(), Vec::new());
    for path in files(code)? {
        let name = path
            .strip_prefix(code)
            .unwrap_or(&path)
            .to_string_lossy()
            .into_owned();
        let content = fs::read(&path).could_not(format_args!("read {}", path.display()))?;
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("wasm") => wasm.push(File { name, content }),
            Some("js") => scripts.push(File { name, content }),
            _ => (),
        }
    }
    Ok((wasm, scripts))
}

/// All files under a folder, sorted; none where there is no folder.
pub fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    let entries =
        fs::read_dir(folder).could_not(format_args!("read the folder {}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
    for path in files(from)? {
        let target = to.join(path.strip_prefix(from).unwrap_or(&path));
        workspace::folder(target.parent().unwrap_or(to).to_owned())?;
        fs::copy(&path, &target).could_not(format_args!("copy {}", path.display()))?;
    }
    Ok(())
}

/// Scripts name each other and the parts as whole path segments: `"./app.js"`, `'./split_x.wasm'`, `new URL("app_bg.wasm"`.
fn rename_inside(scripts: &mut [File], old: &str, new: &str) {
    for file in scripts {
        let mut text = String::from_utf8_lossy(&file.content).into_owned();
        for before in ["/", "\"", "'", "`"] {
            text = text.replace(&format!("{before}{old}"), &format!("{before}{new}"));
        }
        // The keys of an import object are names inside the WebAssembly, which stay as they are.
        text = text.replace(&format!("{new}\":"), &format!("{old}\":"));
        file.content = text.into_bytes();
    }
}

fn hashed(name: &str, hash: &str) -> String {
    name.rsplit_once('.').map_or_else(
        || format!("{name}-{hash}"),
        |(stem, end)| format!("{stem}-{hash}.{end}"),
    )
}

fn digest<'a>(contents: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for content in contents {
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    format!("{:x}", hash.finalize()).chars().take(12).collect()
}

fn find<'a>(files: &'a [File], stem: &str) -> &'a str {
    let start = format!("{stem}-");
    files
        .iter()
        .find(|file| file.name.starts_with(&start))
        .map_or("", |file| &file.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_the_hash_before_its_ending() {
        assert_eq!(hashed("split_a.b.wasm", "0123"), "split_a.b-0123.wasm");
    }

    #[test]
    fn a_part_needs_what_it_shares() {
        let loader = r#"/* a, record */ const x = fetch(new URL("./chunk_1-0.wasm", u)); /* a, b */ fetch(new URL("./chunk_2-0.wasm"))"#;
        assert_eq!(shared_with(loader, "record"), ["chunk_1-0.wasm"]);
    }

    #[test]
    fn only_whole_names_are_renamed_inside_scripts() {
        let content =
            br#"import "./app.js"; new URL('app_bg.wasm'); "my_app.js"; {"./app.js": x} // myapp.js"#.to_vec();
        let mut scripts = [File {
            name: "x.js".into(),
            content,
        }];
        rename_inside(&mut scripts, "app.js", "app-1.js");
        let text = String::from_utf8(scripts[0].content.clone()).expect("text");
        assert_eq!(
            text,
            r#"import "./app-1.js"; new URL('app_bg.wasm'); "my_app.js"; {"./app.js": x} // myapp.js"#
        );
    }
}
