//! nginx with `deploy/nginx.conf`: the sample for deployment is what runs here.

use std::{
    fmt::Write as _,
    fs,
    net::{Ipv6Addr, TcpListener},
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    apis::http,
    problem::{Outcome, Problem, While},
    process::{Service, program},
    workspace,
};

const PROGRAM: &str = "/usr/sbin/nginx";

/// What the sample configuration leaves open.
pub struct Origin<'a> {
    pub port: u16,
    pub page: &'a Path,
    /// The folder of the `config.json` that is served.
    pub config: &'a Path,
    /// Source id and the address of its record API.
    pub apis: Vec<(String, String)>,
    /// For the configuration, the process id and temporary files; one for each nginx.
    pub folder: PathBuf,
}

impl Origin<'_> {
    pub fn url(port: u16) -> String {
        format!("http://localhost:{port}")
    }

    /// Starts it and waits until it answers.
    pub fn start(&self) -> Outcome<Service> {
        let sample = fs::read_to_string(workspace::root().join("deploy/nginx.conf"))
            .could_not("read deploy/nginx.conf")?;
        let folder = workspace::folder(self.folder.clone())?;
        let file = folder.join("nginx.conf");
        fs::write(&file, self.configuration(&sample)?).could_not("write nginx's configuration")?;
        let mut nginx = program(PROGRAM);
        nginx
            .arg("-p")
            .arg(&folder)
            .arg("-c")
            .arg(&file)
            .args(["-e", "stderr"])
            .args([
                "-g",
                &format!("daemon off; pid {}/nginx.pid;", folder.display()),
            ]);
        let mut service = Service::start("nginx", nginx, &folder.join("nginx.log"))?;
        let address = format!("{}/config.json", Self::url(self.port));
        service.wait_until(Duration::from_secs(15), || http::answers(&address))?;
        Ok(service)
    }

    /// The sample with our values. It fails where a marked line has gone, rather than serve something else.
    fn configuration(&self, sample: &str) -> Outcome<String> {
        let is_root = nix::unistd::Uid::effective().is_root();
        // Only root can choose; without rights nginx runs as whoever started it.
        let user = if is_root { "user root;" } else { "" };
        let mut text = with_line(sample, "# here: who the workers are", user)?;
        text = with_line(
            &text,
            "# here: where temporary files go",
            &self.temporary_files(),
        )?;
        text = with_line(&text, "# here: the address", &self.listening())?;
        text = with_line(
            &text,
            "# here: the page",
            &format!("root {};", self.page.display()),
        )?;
        let config = format!("root {};", self.config.display());
        text = with_line(&text, "# here: the folder of config.json", &config)?;
        self.with_apis(&text)
    }

    fn temporary_files(&self) -> String {
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .fold(String::new(), |mut text, kind| {
                writeln!(text, "{kind}_temp_path {}/{kind};", self.folder.display()).ok();
                text
            })
    }

    /// `localhost` is either family to a browser. Never other machines: the demo has no sign-in.
    fn listening(&self) -> String {
        let port = self.port;
        let six = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).is_ok();
        let six = if six {
            format!("listen [::1]:{port};")
        } else {
            String::new()
        };
        format!("listen 127.0.0.1:{port}; {six}")
    }

    fn with_apis(&self, text: &str) -> Outcome<String> {
        let lost = || Problem::new("deploy/nginx.conf has lost the place of the record APIs");
        let (before, rest) = text
            .split_once("# here: the record APIs")
            .ok_or_else(lost)?;
        let (_, after) = rest
            .split_once("# end of the record APIs")
            .ok_or_else(lost)?;
        let locations = self.apis.iter().fold(String::new(), |mut text, (id, url)| {
            let url = url.trim_end_matches('/');
            // The base itself too, where batches go: left to nginx it would be a redirect, which loses a POST.
            writeln!(text, "location = /fhir/{id} {{ proxy_pass {url}; }}").ok();
            writeln!(text, "location /fhir/{id}/ {{ proxy_pass {url}/; }}").ok();
            text
        });
        Ok(format!("{before}{locations}{after}"))
    }
}

/// `text` with the line that carries `mark` replaced.
fn with_line(text: &str, mark: &str, line: &str) -> Outcome<String> {
    let found = text.lines().find(|candidate| candidate.contains(mark));
    let found = found.ok_or_else(|| {
        Problem::new(format!(
            "deploy/nginx.conf has lost its line marked `{mark}`"
        ))
    })?;
    Ok(text.replacen(found, line, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_configuration_takes_our_values() {
        let origin = Origin {
            port: 8009,
            page: Path::new("/a page"),
            config: Path::new("/a config"),
            apis: vec![("rw3".into(), "http://127.0.0.1:9/rw3".into())],
            folder: "/a folder".into(),
        };
        let text = origin
            .configuration(include_str!("../../../deploy/nginx.conf"))
            .expect("a configuration");
        for line in [
            "listen 127.0.0.1:8009;",
            "root /a page;",
            "root /a config;",
            "location /fhir/rw3/ { proxy_pass http://127.0.0.1:9/rw3/; }",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("/srv/alongside;"), "{text}");
        assert!(!text.contains("location /fhir/shared/"), "{text}");
    }

    #[test]
    fn the_policy_allows_no_inline_script_or_style() {
        let sample = include_str!("../../../deploy/nginx.conf");
        assert!(sample.contains("default-src 'none'"));
        assert!(!sample.contains("unsafe-inline") && !sample.contains("'unsafe-eval'"));
    }
}
