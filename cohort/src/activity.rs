//! Two years of hospital activity, and what is to come.

#[path = "activity/bookings.rs"]
mod bookings;

pub(crate) use bookings::a_booking;

use chrono::{NaiveDateTime, TimeDelta};

use crate::{
    chance::Chance,
    emergency::{COMMON, Reason, reason},
    person::Person,
    places::{AREAS, Site, main_site, sites, ward},
    programme::Options,
    results::{Report, panel, report},
    source::Source,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Admission,
    Emergency,
    Outpatient,
}

/// An admission, emergency attendance or clinic visit.
#[derive(Clone)]
pub(crate) struct Episode {
    pub key: String,
    pub trust: Source,
    pub kind: Kind,
    pub start: NaiveDateTime,
    pub end: Option<NaiveDateTime>,
    pub reason: &'static Reason,
    pub specialty: &'static str,
    pub site: &'static Site,
    /// Ward, and since when; the last is where the person is or was at the end.
    pub moves: Vec<(String, NaiveDateTime)>,
    pub method: (&'static str, &'static str),
    pub destination: (&'static str, &'static str),
    pub by_ambulance: bool,
    pub reports: Vec<Report>,
    /// Whether a letter about it was sent.
    pub letter: bool,
}

/// A hospital appointment.
#[derive(Clone)]
pub(crate) struct Booking {
    pub key: String,
    pub trust: Source,
    pub site: &'static Site,
    pub specialty: &'static str,
    pub words: String,
    pub start: NaiveDateTime,
    pub minutes: i64,
    pub status: &'static str,
    pub created: NaiveDateTime,
    pub channel: &'static str,
    pub comment: Option<&'static str>,
}

pub(crate) const EMERGENCY_METHOD: (&str, &str) = (
    "21",
    "Emergency Care Department or dental casualty department of the Health Care Provider",
);
const GP_METHOD: (&str, &str) = (
    "22",
    "General practitioner: after a request for immediate admission",
);
const ELECTIVE_METHOD: (&str, &str) = ("11", "Elective admission: waiting list");
pub(crate) const HOME: (&str, &str) = ("19", "Usual place of residence");
const CARE_HOME: (&str, &str) = ("54", "NHS run care home");
const COUNCIL_HOME: (&str, &str) = ("65", "Local authority residential accommodation");

pub(crate) fn of(options: &Options, person: &Person) -> (Vec<Episode>, Vec<Booking>) {
    let mut chance = Chance::of(options.seed, "activity", person.n);
    let mut episodes = stays(&mut chance, options, person);
    if person.full || chance.percent(25) {
        for visit in 0..if person.full { chance.between(1, 5) } else { 1 } {
            episodes.push(clinic_visit(&mut chance, options, person, visit));
        }
    }
    now(&mut chance, options, person, &mut episodes);
    let bookings = bookings::bookings(&mut chance, options, person);
    (episodes, bookings)
}

/// The trust of the area for most, another for some.
fn trust(chance: &mut Chance, person: &Person) -> Source {
    let home = AREAS
        .get(person.area)
        .map_or(Source::Rw3, |area| area.trust);
    if chance.percent(12) {
        *chance.pick(&Source::TRUSTS)
    } else {
        home
    }
}

fn why(chance: &mut Chance, person: &Person) -> &'static Reason {
    let fitting: Vec<&'static str> = person
        .problems
        .iter()
        .flat_map(|problem| problem.condition.admissions.iter().copied())
        .collect();
    reason(if fitting.is_empty() || chance.percent(15) {
        chance.word(COMMON)
    } else {
        chance.word(&fitting)
    })
}

fn stays(chance: &mut Chance, options: &Options, person: &Person) -> Vec<Episode> {
    let count = if person.full {
        chance.between(1, 4)
    } else {
        chance.between(0, 9) / 5
    };
    let mut stays = Vec::new();
    for stay in 0..count {
        let at = chance.days_before(options.today, 12, 720)
            + TimeDelta::minutes(chance.between(-300, 360));
        let trust = trust(chance, person);
        let why = why(chance, person);
        stays.extend(admission(
            chance,
            options,
            person,
            (trust, why, at),
            &format!("s{stay}"),
            true,
        ));
    }
    stays
}

/// An admission with, for people in full detail, the emergency attendance before it.
/// `over` tells whether it has ended.
pub(crate) fn admission(
    chance: &mut Chance,
    options: &Options,
    person: &Person,
    (trust, why, arrived): (Source, &'static Reason, NaiveDateTime),
    key: &str,
    over: bool,
) -> Vec<Episode> {
    let site = if chance.percent(78) {
        main_site(trust)
    } else {
        pick_site(chance, trust, true)
    };
    let method = if over && chance.percent(12) {
        ELECTIVE_METHOD
    } else if chance.percent(15) {
        GP_METHOD
    } else {
        EMERGENCY_METHOD
    };
    let admitted = arrived + TimeDelta::minutes(chance.between(35, 110) * 5);
    let end = over.then(|| {
        admitted + TimeDelta::minutes(chance.between(why.nights.0 * 1440, why.nights.1 * 1440))
    });
    let end = end
        .map(|end| end.min(options.today - TimeDelta::hours(3)))
        .filter(|end| *end > admitted);
    let mut moves = vec![("AMU".to_owned(), admitted)];
    let settled = admitted + TimeDelta::minutes(chance.between(60, 300) * 5);
    if settled < end.unwrap_or(options.today) {
        moves.push((ward(site, why.specialty).to_owned(), settled));
    }
    let destination = *chance.pick(&[HOME, HOME, HOME, HOME, HOME, CARE_HOME, COUNCIL_HOME]);
    let mut stay = Episode {
        key: key.to_owned(),
        trust,
        kind: Kind::Admission,
        start: admitted,
        end,
        reason: why,
        specialty: why.specialty,
        site,
        moves,
        method,
        destination,
        by_ambulance: chance.percent(60),
        reports: Vec::new(),
        letter: person.full && end.is_some(),
    };
    if person.full {
        stay.reports = arrival_reports(chance, options, person, &stay);
    }
    let mut episodes = Vec::new();
    if method == EMERGENCY_METHOD && person.full {
        episodes.push(Episode {
            key: format!("{key}e"),
            kind: Kind::Emergency,
            start: arrived,
            end: Some(admitted),
            specialty: "Emergency medicine",
            moves: Vec::new(),
            reports: Vec::new(),
            letter: false,
            ..stay.clone()
        });
    }
    episodes.push(stay);
    episodes
}

fn arrival_reports(
    chance: &mut Chance,
    options: &Options,
    person: &Person,
    stay: &Episode,
) -> Vec<Report> {
    let taken = stay.start + TimeDelta::minutes(chance.between(10, 80) * 5);
    let taken = taken.min(options.today - TimeDelta::minutes(40));
    let panels = stay.reason.panels.iter().filter_map(|key| panel(key));
    panels
        .map(|panel| {
            report(
                options.seed,
                person.n,
                panel,
                taken,
                0,
                true,
                &format!("{}-{}", stay.key, panel.key),
                chance,
            )
        })
        .collect()
}

fn clinic_visit(chance: &mut Chance, options: &Options, person: &Person, visit: i64) -> Episode {
    let start = chance.days_before(options.today, 6, 700);
    let trust = trust(chance, person);
    let why = why(chance, person);
    Episode {
        key: format!("c{visit}"),
        trust,
        kind: Kind::Outpatient,
        start,
        end: Some(start + TimeDelta::minutes(25)),
        reason: why,
        specialty: why.specialty,
        site: pick_site(chance, trust, false),
        moves: Vec::new(),
        method: ELECTIVE_METHOD,
        destination: HOME,
        by_ambulance: false,
        reports: Vec::new(),
        letter: person.full && chance.percent(50),
    }
}

/// About three in a hundred are in hospital now, and a few in an emergency department.
fn now(chance: &mut Chance, options: &Options, person: &Person, episodes: &mut Vec<Episode>) {
    let trust = trust(chance, person);
    let why = why(chance, person);
    let (inside, arriving) = (chance.permille(30), chance.permille(5));
    if inside {
        let arrived = options.today - TimeDelta::minutes(chance.between(100, 2900) * 5);
        episodes.extend(admission(
            chance,
            options,
            person,
            (trust, why, arrived),
            "now",
            false,
        ));
    } else if arriving {
        let arrived = options.today - TimeDelta::minutes(chance.between(3, 45) * 5);
        episodes.push(attendance(person, trust, why, arrived, "now"));
    }
}

/// Somebody in an emergency department at this moment.
pub(crate) fn attendance(
    _person: &Person,
    trust: Source,
    why: &'static Reason,
    arrived: NaiveDateTime,
    key: &str,
) -> Episode {
    Episode {
        key: key.to_owned(),
        trust,
        kind: Kind::Emergency,
        start: arrived,
        end: None,
        reason: why,
        specialty: "Emergency medicine",
        site: main_site(trust),
        moves: Vec::new(),
        method: EMERGENCY_METHOD,
        destination: HOME,
        by_ambulance: true,
        reports: Vec::new(),
        letter: false,
    }
}

fn pick_site(chance: &mut Chance, trust: Source, emergency: bool) -> &'static Site {
    let there: Vec<&'static Site> = sites(trust)
        .filter(|site| site.emergency || !emergency)
        .collect();
    chance.pick::<&'static Site>(&there)
}
