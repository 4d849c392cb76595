//! The cohort: made by the crate `cohort`, loaded into record APIs, and remembered, so that a demo goes on where it stopped.

mod speaker;

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    time::SystemTime,
};

use chrono::{DateTime, NaiveDateTime};
use cohort::{Loaded, Source, Target};
use serde_json::{Value, json};

use speaker::Speaker;

use crate::{
    problem::{Outcome, Problem, While},
    process::stop,
    progress::say,
};

/// The file that says which programme is being loaded and how far it is.
const MARK: &str = "cohort.json";

pub const SEED: u64 = 1;
pub const WHOLE_PROGRAMME: usize = 6_000;

/// A programme on its way into record APIs.
pub struct People {
    programme: cohort::Programme,
    next_person: usize,
    /// Where its state is kept; nowhere for a load that nobody goes on with.
    mark: Option<PathBuf>,
}

/// The `PractitionerRole` ids of the people to be, where the shared record of these APIs has them.
pub fn roles(apis: &[(String, String)]) -> Vec<String> {
    let Some((_, url)) = apis.iter().find(|(id, _)| id == Source::Shared.id()) else {
        return Vec::new();
    };
    // Their names are the same in every programme.
    let anybody = People::new(Wanted::default());
    let target = Target::new(Source::Shared, url);
    cohort::roles_of(&target, &anybody.programme.demo_users())
}

/// Which programme is wanted.
#[derive(Clone, Copy, Default)]
pub struct Wanted {
    pub seed: Option<u64>,
    pub patients: Option<usize>,
    /// Throw away what is there.
    pub afresh: bool,
}

impl People {
    /// The people who break software, and those of the pictures, as JSON for journeys to visit.
    pub fn cases(&self) -> String {
        let cases = self.programme.special_cases();
        let cases: Value = cases.iter().map(cohort::SpecialCase::to_json).collect();
        cases.to_string()
    }

    /// A new programme, of today.
    pub fn new(wanted: Wanted) -> Self {
        let options = cohort::Options {
            seed: wanted.seed.unwrap_or(SEED),
            patients: wanted.patients.unwrap_or(WHOLE_PROGRAMME),
            today: now(),
        };
        Self {
            programme: cohort::Programme::new(options),
            next_person: 0,
            mark: None,
        }
    }

    /// The programme whose load was begun in `folder`, unless another one is wanted.
    pub fn kept(folder: &Path, wanted: Wanted) -> Option<Self> {
        let mark = folder.join(MARK);
        let state: Value = serde_json::from_str(&fs::read_to_string(&mark).ok()?).ok()?;
        let number = |name: &str| state.get(name).and_then(Value::as_u64);
        let (seed, patients) = (number("seed")?, usize::try_from(number("patients")?).ok()?);
        let today = DateTime::from_timestamp(state.get("today")?.as_i64()?, 0)?.naive_utc();
        let another = wanted.seed.is_some_and(|wanted| wanted != seed)
            || wanted.patients.is_some_and(|wanted| wanted != patients)
            || wanted.afresh;
        if another {
            return None;
        }
        let programme = cohort::Programme::new(cohort::Options {
            seed,
            patients,
            today,
        });
        Some(Self {
            programme,
            next_person: usize::try_from(number("next")?).ok()?,
            mark: Some(mark),
        })
    }

    /// Whatever load was begun in `folder` counts no more.
    pub fn forget(folder: &Path) -> Outcome<()> {
        match fs::remove_file(folder.join(MARK)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).could_not("forget the cohort before")
            }
            _ => Ok(()),
        }
    }

    /// From now on its state is kept in `folder`.
    pub fn keep_in(mut self, folder: &Path) -> Outcome<Self> {
        self.mark = Some(folder.join(MARK));
        self.note(0)?;
        Ok(self)
    }

    pub fn programme(&self) -> &cohort::Programme {
        &self.programme
    }

    pub fn complete(&self) -> bool {
        self.next_person >= self.programme.len()
    }

    /// Fills the record APIs until everybody is in, or we are asked to stop.
    pub fn load(&self, apis: &[(String, String)]) -> Outcome<Loaded> {
        let targets: Vec<Target> = apis
            .iter()
            .filter_map(|(id, url)| Some(Target::new(Source::from_id(id)?, url)))
            .collect();
        if targets.is_empty() {
            return Err(Problem::new(
                "None of these sources has a part in the cohort (shared, rw3, rw6, rm2, tae, rx7).",
            ));
        }
        let speaker = Speaker::new(self, &targets);
        let loaded = cohort::load(
            &self.programme,
            &targets,
            &|progress| speaker.hear(progress),
            stop::flag(),
            self.next_person,
        );
        let loaded =
            loaded.map_err(|error| Problem::new(format!("Loading the cohort stopped: {error}")))?;
        self.note(loaded.next_person)?;
        stop::check()?;
        for refusal in loaded.refused.iter().take(10) {
            say(format!(
                "Refused by {}: {}: {}",
                refusal.source.id(),
                refusal.resource,
                refusal.reason
            ));
        }
        Ok(loaded)
    }

    fn note(&self, next_person: usize) -> Outcome<()> {
        let Some(mark) = &self.mark else {
            return Ok(());
        };
        let options = self.programme.options();
        let state = json!({
            "seed": options.seed,
            "patients": options.patients,
            "today": options.today.and_utc().timestamp(),
            "next": next_person,
        });
        // Whole or not at all.
        let next = mark.with_extension("next");
        fs::write(&next, format!("{state:#}\n")).could_not("note how far the cohort is")?;
        fs::rename(next, mark).could_not("note how far the cohort is")
    }
}

/// Whole minutes, because the same options make the same bytes.
pub fn now() -> NaiveDateTime {
    let seconds = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |time| time.as_secs());
    let minutes = i64::try_from(seconds / 60 * 60).unwrap_or_default();
    DateTime::from_timestamp(minutes, 0)
        .unwrap_or_default()
        .naive_utc()
}
