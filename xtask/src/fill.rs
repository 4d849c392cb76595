//! `cargo xtask cohort`: the synthetic programme into any FHIR R4 servers, or into files.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    people::{People, Wanted},
    problem::{Outcome, While},
    process::stop,
    progress::say,
    workspace,
};

/// Where it goes.
pub enum Destination {
    /// Source id and address.
    Apis(Vec<(String, String)>),
    /// `<folder>/<source>/<type>.ndjson`, the form of bulk data.
    Folder(PathBuf),
}

pub fn run(destination: &Destination, wanted: Wanted) -> Outcome<()> {
    let people = People::new(wanted);
    match destination {
        Destination::Apis(apis) => {
            let loaded = people.load(apis)?;
            for (source, resources) in &loaded.resources {
                say(format!("{}: {resources} resources", source.name()));
            }
        }
        Destination::Folder(folder) => {
            let resources = write(people.programme(), folder)?;
            say(format!("{resources} resources are in {}", folder.display()));
        }
    }
    Ok(())
}

fn write(programme: &cohort::Programme, folder: &Path) -> Outcome<usize> {
    let mut files = Files {
        folder,
        open: BTreeMap::new(),
        resources: 0,
    };
    for (source, resources) in programme.foundation() {
        files.add(source.id(), &resources)?;
    }
    for person in 0..programme.len() {
        stop::check()?;
        for (source, resources) in programme.person(person) {
            files.add(source.id(), &resources)?;
        }
        if person % 500 == 499 {
            say(format!("{} of {} people", person + 1, programme.len()));
        }
    }
    files.add(cohort::Source::Shared.id(), &programme.groups())?;
    files.finish()
}

/// One file for each source and type.
struct Files<'a> {
    folder: &'a Path,
    open: BTreeMap<(String, String), BufWriter<File>>,
    resources: usize,
}

impl Files<'_> {
    fn add(&mut self, source: &str, resources: &[Value]) -> Outcome<()> {
        for resource in resources {
            let kind = resource
                .get("resourceType")
                .and_then(Value::as_str)
                .unwrap_or("Unknown");
            let key = (source.to_owned(), kind.to_owned());
            if !self.open.contains_key(&key) {
                let folder = workspace::folder(self.folder.join(source))?;
                let path = folder.join(format!("{kind}.ndjson"));
                let file =
                    File::create(&path).could_not(format_args!("write {}", path.display()))?;
                self.open.insert(key.clone(), BufWriter::new(file));
            }
            if let Some(file) = self.open.get_mut(&key) {
                writeln!(file, "{resource}").could_not("write a resource")?;
            }
            self.resources += 1;
        }
        Ok(())
    }

    fn finish(self) -> Outcome<usize> {
        for mut file in self.open.into_values() {
            file.flush().could_not("write the last resources")?;
        }
        Ok(self.resources)
    }
}
