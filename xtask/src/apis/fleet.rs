//! All record APIs of a demo or a test, and a way to make one fail.
//!
//! A file `<source>.down` in the control folder stops that source's server, `<source>.frozen` makes it answer no
//! more; it comes back when the file is removed. Journeys do this, and whoever wants to see it in the demo.

use std::{fs, path::PathBuf, thread, time::Duration};

use nix::sys::signal::Signal;

use super::{Server, http};
use crate::{
    origin::ports,
    problem::{Outcome, While},
    process::Service,
    progress::say,
    workspace,
};

/// Where record APIs keep their data, and the address that browsers know them by.
pub struct Place {
    pub folder: PathBuf,
    pub origin: String,
}

/// One organisation's record API; without a process while it is down.
struct Api {
    source: String,
    port: u16,
    service: Option<Service>,
    frozen: bool,
    /// It has started and was prepared.
    ready: bool,
}

pub struct Fleet {
    server: Box<dyn Server>,
    place: Place,
    apis: Vec<Api>,
}

/// Whether record APIs go on with the data of the run before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Data {
    Kept,
    New,
}

const FIRST_PORT: u16 = 8101;
const PATIENCE: Duration = Duration::from_secs(90);

impl Fleet {
    /// Starts the record APIs of `sources` all at once, on free ports, and waits for them.
    pub fn start(
        server: Box<dyn Server>,
        sources: &[String],
        place: Place,
        data: Data,
    ) -> Outcome<Self> {
        workspace::folder(place.folder.clone())?;
        let control = workspace::folder(place.folder.join("control"))?;
        let mut fleet = Self {
            server,
            place,
            apis: Vec::new(),
        };
        for source in sources {
            fs::remove_file(control.join(format!("{source}.down"))).ok();
            fs::remove_file(control.join(format!("{source}.frozen"))).ok();
            if data == Data::New {
                fleet.server.forget(source, &fleet.place.folder);
            }
            let port = ports::free_from(FIRST_PORT)?;
            let service = Some(start_one(
                fleet.server.as_ref(),
                &fleet.place,
                source,
                port,
            )?);
            fleet.apis.push(Api {
                source: source.clone(),
                port,
                service,
                frozen: false,
                ready: false,
            });
        }
        for api in &mut fleet.apis {
            let url = fleet.server.url(&api.source, api.port);
            let address = format!("{url}/metadata");
            if let Some(service) = &mut api.service {
                service.wait_until(PATIENCE, || http::answers(&address))?;
            }
            fleet.server.prepare(&api.source, &url);
            api.ready = true;
        }
        Ok(fleet)
    }

    /// Source id and base URL without the proxy.
    pub fn urls(&self) -> Vec<(String, String)> {
        self.apis
            .iter()
            .map(|api| (api.source.clone(), self.server.url(&api.source, api.port)))
            .collect()
    }

    /// See the module's words.
    pub fn control(&self) -> PathBuf {
        self.place.folder.join("control")
    }

    /// Looks into the control folder and after the processes. To be called a few times a second.
    pub fn look_after(&mut self) -> Outcome<()> {
        let control = self.control();
        for api in &mut self.apis {
            let down = control.join(format!("{}.down", api.source));
            api.freeze(control.join(format!("{}.frozen", api.source)).exists());
            let runs = api.service.as_mut().map(Service::running);
            match runs {
                Some(_) if down.exists() => {
                    api.service = None;
                    api.ready = false;
                    say(format!(
                        "The record API of {} is down, as asked.",
                        api.source
                    ));
                }
                Some(false) => {
                    api.service = None;
                    api.ready = false;
                    fs::write(&down, "").could_not("note that a record API has ended")?;
                    say(format!(
                        "The record API of {} has ended. To start it again: rm {}",
                        api.source,
                        down.display()
                    ));
                }
                None if !down.exists() => {
                    api.service = Some(start_one(
                        self.server.as_ref(),
                        &self.place,
                        &api.source,
                        api.port,
                    )?);
                    say(format!(
                        "The record API of {} is starting again.",
                        api.source
                    ));
                }
                Some(true) if !api.ready && !api.frozen => {
                    let url = self.server.url(&api.source, api.port);
                    if http::answers(&format!("{url}/metadata")) {
                        self.server.prepare(&api.source, &url);
                        api.ready = true;
                    }
                }
                _ => (),
            }
        }
        Ok(())
    }
}

fn start_one(server: &dyn Server, place: &Place, source: &str, port: u16) -> Outcome<Service> {
    let log = place.folder.join(format!("{source}.log"));
    Service::start(
        format!("The record API of {source}"),
        server.command(source, port, place)?,
        &log,
    )
}

impl Api {
    fn freeze(&mut self, wanted: bool) {
        if self.frozen == wanted {
            return;
        }
        if let Some(service) = &self.service {
            service.signal(if wanted {
                Signal::SIGSTOP
            } else {
                Signal::SIGCONT
            });
            say(format!(
                "The record API of {} {}.",
                self.source,
                if wanted { "is frozen" } else { "goes on" }
            ));
        }
        self.frozen = wanted;
    }
}

/// Ends all at once, not one after the other.
impl Drop for Fleet {
    fn drop(&mut self) {
        thread::scope(|scope| {
            for api in &mut self.apis {
                scope.spawn(|| api.service = None);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{path::Path, process::Command};

    /// Answers like a record API, as far as this module cares.
    struct Files;

    impl Server for Files {
        fn command(&self, source: &str, port: u16, place: &Place) -> Outcome<Command> {
            fs::create_dir_all(place.folder.join(source)).could_not("make a folder")?;
            fs::write(place.folder.join(source).join("metadata"), "{}")
                .could_not("write a file")?;
            let mut python = crate::process::program("python3");
            python
                .args([
                    "-m",
                    "http.server",
                    "--bind",
                    "127.0.0.1",
                    &port.to_string(),
                ])
                .current_dir(&place.folder);
            Ok(python)
        }
        fn url(&self, source: &str, port: u16) -> String {
            format!("http://127.0.0.1:{port}/{source}")
        }
        fn forget(&self, _: &str, _: &Path) {}
    }

    fn until(mut true_: impl FnMut() -> bool) {
        for _ in 0..200 {
            if true_() {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("did not happen in ten seconds");
    }

    #[test]
    fn one_source_goes_down_and_comes_back_while_the_other_stays() {
        let folder = std::env::temp_dir().join(format!("alongside-fleet-{}", std::process::id()));
        let place = Place {
            folder: folder.clone(),
            origin: String::new(),
        };
        let sources = ["a".to_owned(), "b".to_owned()];
        let mut fleet =
            Fleet::start(Box::new(Files), &sources, place, Data::New).expect("two servers");
        let [(_, a), (_, b)] = fleet.urls().try_into().expect("two");
        let [a, b] = [a, b].map(|url| format!("{url}/metadata"));
        let down = fleet.control().join("a.down");
        fs::write(&down, "").expect("asked");
        fleet.look_after().expect("looked after");
        assert!(!http::answers(&a) && http::answers(&b));
        fs::remove_file(&down).expect("asked");
        fleet.look_after().expect("looked after");
        until(|| http::answers(&a));
        drop(fleet);
        assert!(!http::answers(&a) && !http::answers(&b));
        fs::remove_dir_all(folder).ok();
    }
}
