//! brotli and gzip beside each file, made once and as small as they get.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    thread,
};

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use super::assets::files;
use crate::{
    problem::{Outcome, Problem, While},
    progress::say,
};

/// Pictures and fonts are compressed already.
const WORTH_IT: [&str; 9] = [
    "html",
    "js",
    "wasm",
    "css",
    "svg",
    "json",
    "webmanifest",
    "txt",
    "ico",
];

/// Compresses everything under `folder`, on two cores.
pub fn folder(folder: &Path) -> Outcome<()> {
    let (first, second): (Vec<_>, Vec<_>) = files(folder)?
        .into_iter()
        .filter(|path| worth_it(path))
        .enumerate()
        .partition(|(n, _)| n % 2 == 0);
    let all = |paths: Vec<(usize, PathBuf)>| paths.iter().try_for_each(|(_, path)| both(path));
    thread::scope(|scope| {
        let other = scope.spawn(|| all(second));
        all(first)?;
        other
            .join()
            .unwrap_or_else(|_| Err(Problem::new("Compressing the page ended early")))
    })
}

/// `config.json` is edited in place on the server: a compressed form beside it would go on saying the old.
fn worth_it(path: &Path) -> bool {
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    WORTH_IT.contains(&extension) && path.file_name().is_none_or(|name| name != "config.json")
}

fn both(path: &Path) -> Outcome<()> {
    let content = fs::read(path).could_not(format_args!("read {}", path.display()))?;
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut content.as_slice(), &mut small, &params)
        .could_not("compress with brotli")?;
    fs::write(beside(path, "br"), &small).could_not("write a compressed file")?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&content).could_not("compress with gzip")?;
    fs::write(
        beside(path, "gz"),
        gzip.finish().could_not("compress with gzip")?,
    )
    .could_not("write a compressed file")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Says what a browser downloads.
pub fn report(folder: &Path) {
    let size = |path: &Path| fs::metadata(path).map_or(0, |data| data.len());
    for path in files(folder).unwrap_or_default() {
        let extension = path
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        if ["wasm", "css", "js"].contains(&extension) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let brotli = match size(&beside(&path, "br")) {
                0 => String::new(),
                small => format!(", {} with brotli", kilobytes(small)),
            };
            say(format!("  {name}: {}{brotli}", kilobytes(size(&path))));
        }
    }
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}
