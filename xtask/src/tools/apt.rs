//! Debian packages.

use std::path::Path;

use super::root;
use crate::{
    problem::{Outcome, Problem},
    process::{Run, found},
    workspace,
};

/// A package, and the file that says that it (or something as good) is there.
pub struct Package {
    pub name: &'static str,
    pub file: &'static str,
}

const fn package(name: &'static str, file: &'static str) -> Package {
    Package { name, file }
}

pub const COMPILER: &[Package] = &[package("build-essential", "/usr/bin/cc")];

pub const WEB_SERVER: &[Package] = &[
    package("nginx-light", "/usr/sbin/nginx"),
    package(
        "libnginx-mod-http-brotli-static",
        "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so",
    ),
    package(
        "libnginx-mod-http-brotli-filter",
        "/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so",
    ),
];

pub const BROWSER: &[Package] = &[
    package("chromium", "/usr/bin/chromium"),
    package("chromium-driver", "/usr/bin/chromedriver"),
];

/// The other two browsers of the journeys, and a display for the one that cannot do without.
pub const OTHER_BROWSERS: &[Package] = &[
    package("firefox-esr", "/usr/bin/firefox-esr"),
    package("webkit2gtk-driver", "/usr/bin/WebKitWebDriver"),
    package("xvfb", "/usr/bin/Xvfb"),
];

pub fn ensure(wanted: &[&[Package]]) -> Outcome<()> {
    let missing: Vec<&str> = wanted
        .iter()
        .flat_map(|packages| packages.iter())
        .filter(|package| !Path::new(package.file).exists())
        .map(|package| package.name)
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        install(&missing)
    }
}

pub fn install(names: &[&str]) -> Outcome<()> {
    // apt knows one caller at a time.
    let _alone = workspace::alone("apt")?;
    let listed = names.join(" ");
    if !found("apt-get") {
        return Err(Problem::new(format!(
            "These are missing and this system has no apt-get. Please install what Debian calls: {listed}"
        )));
    }
    let quiet_web_server =
        names.contains(&"nginx-light") && Path::new("/run/systemd/system").exists();
    let words: Vec<&str> = ["apt-get", "install", "-y", "--no-install-recommends"]
        .iter()
        .chain(names)
        .copied()
        .collect();
    let step = format!("Installing {listed}");
    let first = Run::new(&step, root::command(&words)?)
        .typically(40)
        .speaking();
    // Package lists that are absent or old make the first try fail.
    if first.is_err() {
        Run::new(
            "Fetching apt's package lists",
            root::command(&["apt-get", "update"])?,
        )
        .typically(15)
        .speaking()?;
        Run::new(&step, root::command(&words)?)
            .typically(40)
            .speaking()
            .map_err(|problem| {
                Problem::new(format!(
                    "{problem}\n\nThe command was:\n\n    sudo {}\n",
                    words.join(" ")
                ))
            })?;
    }
    if quiet_web_server {
        // Ours runs by itself, without rights; the package's own would stay on port 80.
        Run::new(
            "Leaving nginx's own service off",
            root::command(&["systemctl", "disable", "--now", "nginx"])?,
        )
        .quietly()?;
    }
    Ok(())
}
