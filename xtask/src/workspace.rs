//! Where things are: the checkout, its build folders and the user's cache of tools.

use std::{
    env,
    fs::{self, File},
    path::PathBuf,
};

use crate::{
    problem::{Outcome, While},
    progress::say,
};

/// The checkout. The task runner always runs from source, so the folder it was compiled in is the one.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// The page is compiled into a folder of its own, so that it builds beside native tests instead of
/// waiting for cargo's lock, and so that a second toolchain (see `tools::wasm`) never rebuilds the first one's work.
pub fn page_target() -> PathBuf {
    root().join("target/page")
}

/// What is deployed.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// A development build, elsewhere so that it is never deployed by mistake.
pub fn dev_dist() -> PathBuf {
    root().join("target/dist-dev")
}

pub fn npm_folder() -> PathBuf {
    root().join("end2end")
}

pub fn logs() -> Outcome<PathBuf> {
    folder(root().join("target/logs"))
}

/// `<cache>/<tool>-<version>`: kept outside of the checkout, so that clones and worktrees share it.
pub fn tool_folder(tool: &str, version: &str) -> Outcome<PathBuf> {
    Ok(cache()?.join(format!("{tool}-{version}")))
}

pub fn cache() -> Outcome<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .ok_or("neither XDG_CACHE_HOME nor HOME is set")
        .could_not("find a cache folder")?;
    folder(base.join("alongside"))
}

/// One task runner of this user at a time, and one thread of it: until what comes back is dropped nobody else has this
/// name. What is to be done is looked at again after the wait.
pub fn alone(name: &str) -> Outcome<File> {
    let path = folder(cache()?.join("locks"))?.join(name);
    let file = File::create(&path).could_not("make a lock in the cache")?;
    if file.try_lock().is_err() {
        say(format!("Waiting for another task runner: {name}"));
        file.lock().could_not("wait for another task runner")?;
    }
    Ok(file)
}

/// The folder, made if it is not there.
pub fn folder(path: PathBuf) -> Outcome<PathBuf> {
    fs::create_dir_all(&path).could_not(format_args!("make the folder {}", path.display()))?;
    Ok(path)
}
