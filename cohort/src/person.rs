//! The facts about one person, decided before anybody writes them down as FHIR.

#[path = "person/around.rs"]
mod around;
#[path = "person/health.rs"]
mod health;

pub(crate) use health::problem;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use crate::{
    activity::{self, Booking, Episode},
    allergies::Allergies,
    chance::{Chance, opaque_id},
    conditions::Condition,
    contacts::{self, Contact},
    demo,
    identity::Identity,
    legal::{self, Legal},
    medicines::Medicine,
    mock,
    plan::{self, Plan},
    programme::Options,
    source::Source,
    staff::TEAM_SIZE,
};

/// A problem of the problem list.
pub(crate) struct Problem {
    pub condition: &'static Condition,
    /// As the GP wrote it: `2019`, `2019-04` or a day.
    pub since: String,
    pub recorded: NaiveDate,
}

/// A medicine of the GP's list.
pub(crate) struct Taken {
    pub medicine: &'static Medicine,
    /// Which of the medicine's doses the GP has.
    pub dose: usize,
    /// Which one a hospital wrote on its last discharge, if any did.
    pub hospital_dose: Option<usize>,
    pub status: &'static str,
    pub start: NaiveDate,
    pub end: Option<NaiveDate>,
    /// When the dose last changed.
    pub changed: Option<NaiveDate>,
    pub problem: Option<usize>,
}

/// Somebody of the person's own team.
pub(crate) struct Carer {
    pub member: usize,
    pub since: NaiveDate,
    pub key_worker: bool,
}

/// Something everybody should know before knocking.
pub(crate) struct Alert {
    pub code: &'static str,
    pub words: String,
    pub category: &'static str,
    pub active: bool,
    pub since: NaiveDate,
}

pub(crate) struct Person {
    pub n: usize,
    /// Everything is recorded; else the least that lists need.
    pub full: bool,
    pub area: usize,
    pub team_number: usize,
    pub practice: usize,
    pub identity: Identity,
    pub problems: Vec<Problem>,
    pub allergies: Allergies,
    pub medicines: Vec<Taken>,
    pub team: Vec<Carer>,
    pub contacts: Vec<Contact>,
    /// Per cent, of an emergency admission within twelve months.
    pub risk: i64,
    pub risk_on: NaiveDate,
    pub plan: Option<Plan>,
    pub alerts: Vec<Alert>,
    pub legal: Legal,
    /// Words and since when; the council's.
    pub package: Option<(String, NaiveDate)>,
    pub episodes: Vec<Episode>,
    pub bookings: Vec<Booking>,
    pub mental_health: bool,
    pub call_outs: i64,
    pub died: Option<NaiveDateTime>,
}

impl Person {
    pub fn of(options: &Options, n: usize) -> Self {
        let area = options.area_of(n);
        let full = n < options.detailed();
        let identity = Identity::of(options, n, area);
        let mut chance = Chance::of(options.seed, "person", n);
        let problems = health::problems(options, n, full, &identity);
        let team = around::team(options, n, full, &problems);
        let mut person = Self {
            n,
            full,
            area,
            team_number: options.team_of(n),
            practice: area * options.practices_per_area()
                + chance.below(options.practices_per_area()),
            allergies: health::allergies(&mut chance, options, full),
            medicines: health::medicines(options, n, full, &problems),
            contacts: contacts::of(options, n, full, &identity),
            risk: 14 + chance.between(0, 28) + chance.between(0, 28),
            risk_on: options
                .today
                .date()
                .with_day(1)
                .unwrap_or(options.today.date()),
            plan: None,
            alerts: around::alerts(&mut chance, options, full, &problems),
            legal: legal::of(options, n, full, &identity),
            package: around::package(&mut chance, options),
            episodes: Vec::new(),
            bookings: Vec::new(),
            mental_health: problems
                .iter()
                .any(|problem| problem.condition.specialist == Some(10))
                && chance.percent(34),
            call_outs: if chance.percent(10) {
                chance.between(1, if full { 4 } else { 2 })
            } else {
                0
            },
            died: None,
            identity,
            problems,
            team,
        };
        person.avoid_allergens();
        person.plan = plan::of(options, &person);
        (person.episodes, person.bookings) = activity::of(options, &person);
        if n >= demo::TEAMS * demo::CRAFTED_PER_TEAM && chance.permille(5) {
            person
                .die(options.today - TimeDelta::days(chance.between(1, 20)) - TimeDelta::hours(5));
        }
        mock::shape(options, &mut person);
        person
    }

    /// The person dies: nothing is open or to come afterwards.
    pub fn die(&mut self, at: NaiveDateTime) {
        self.died = Some(at);
        self.bookings.clear();
        self.episodes
            .retain(|episode| episode.start < at && episode.end.is_some_and(|end| end < at));
    }

    /// Makes medicines and plan anew, for problems and a team decided by hand. There is always a plan.
    pub fn retreat(&mut self, options: &Options) {
        self.medicines = health::medicines(options, self.n, self.full, &self.problems);
        self.avoid_allergens();
        self.plan = Some(plan::make(options, self));
    }

    /// Nobody is given what they are known to be allergic to.
    fn avoid_allergens(&mut self) {
        const NOT_WITH: &[(&str, &str)] = &[
            ("penicillin", "amoxicillin"),
            ("aspirin", "aspirin"),
            ("Codeine", "codeine"),
        ];
        let Allergies::Known(known) = &self.allergies else {
            return;
        };
        let barred: Vec<&str> = NOT_WITH
            .iter()
            .filter(|(allergen, _)| {
                known
                    .iter()
                    .any(|known| known.allergen.name.contains(allergen))
            })
            .map(|(_, medicine)| *medicine)
            .collect();
        self.medicines
            .retain(|taken| !barred.contains(&taken.medicine.key));
    }

    /// The opaque id of one of this person's resources in a source.
    pub fn id(&self, options: &Options, source: Source, kind: &str, key: &str) -> String {
        resource_id(options, source, kind, self.n, key)
    }

    pub fn patient_id(&self, options: &Options, source: Source) -> String {
        self.id(options, source, "Patient", "")
    }

    /// The member of the team with this post, else the general practitioner, else the first.
    pub fn member_with(&self, post: usize) -> usize {
        let has = |wanted: usize| {
            self.team
                .iter()
                .map(|carer| carer.member)
                .find(|member| member % TEAM_SIZE == wanted)
        };
        has(post)
            .or_else(|| has(2))
            .or_else(|| self.team.first().map(|carer| carer.member))
            .unwrap_or(self.team_number * TEAM_SIZE + 2)
    }
}

pub(crate) fn resource_id(
    options: &Options,
    source: Source,
    kind: &str,
    n: usize,
    key: &str,
) -> String {
    opaque_id(
        options.seed,
        &format!("{}/{kind}/person-{n}/{key}", source.id()),
    )
}
