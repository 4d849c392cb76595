//! Jane Smith, fully: the person the pictures of the screens show.

#[path = "jane/plan.rs"]
mod plan;
#[path = "jane/stay.rs"]
mod stay;

use chrono::{NaiveDate, TimeDelta};

use crate::{
    allergies::{Allergies, Known, LATEX, PENICILLIN},
    contacts::Contact,
    identity::Gender,
    legal::{Legal, Resuscitation},
    medicines::medicine,
    person::{Alert, Carer, Person, Taken},
    programme::Options,
    staff::TEAM_SIZE,
};

pub(super) fn shape(options: &Options, person: &mut Person) {
    let day = |back: i64| (options.today - TimeDelta::days(back)).date();
    person.problems = super::problems(
        options,
        person.n,
        &[
            ("hf", "2019"),
            ("copd", "2011-03"),
            ("frailty", "2022-10-04"),
            ("htn", "2004"),
            ("hearing", "2017"),
        ],
    );
    person.allergies = Allergies::Known(vec![
        Known {
            allergen: &PENICILLIN,
            year: 1998,
            in_gp: true,
            in_trust: true,
        },
        Known {
            allergen: &LATEX,
            year: 2021,
            in_gp: false,
            in_trust: true,
        },
    ]);
    person.medicines = medicines(&day);
    person.team = team(person.team_number, &day);
    person.contacts = contacts();
    person.risk = 41;
    person.plan = Some(plan::of(options, person.team_number));
    (person.alerts, person.legal) = (alerts(&day), legal(&day));
    person.package = Some(("Home care package, 2 calls a day".to_owned(), day(150)));
    (person.mental_health, person.call_outs, person.died) = (false, 2, None);
    person.episodes = stay::episodes(options, person);
    person.bookings = stay::bookings(options);
}

fn medicines(day: &dyn Fn(i64) -> NaiveDate) -> Vec<Taken> {
    let row = |key: &str, dose: usize, hospital: Option<usize>, since: i64, problem: usize| {
        Some(Taken {
            medicine: medicine(key)?,
            dose,
            hospital_dose: hospital,
            status: "active",
            start: day(since),
            end: None,
            changed: None,
            problem: Some(problem),
        })
    };
    // The GP doubled the furosemide this morning; the trust's last discharge still says once a day.
    let mut list: Vec<Taken> = [
        row("furosemide", 1, Some(0), 1300, 0),
        row("bisoprolol", 0, Some(0), 1250, 0),
        row("ramipril", 0, Some(0), 2300, 3),
        row("salbutamol", 0, Some(0), 3400, 1),
        row("tiotropium", 0, Some(0), 2100, 1),
        row("carbocisteine", 0, None, 800, 1),
        row("paracetamol", 0, Some(0), 900, 2),
        row("colecalciferol", 0, None, 700, 2),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some(furosemide) = list.first_mut() {
        furosemide.changed = Some(day(0));
    }
    for (key, status, start, end) in [
        ("amlodipine", "stopped", 2000, 160),
        ("amoxicillin", "entered-in-error", 60, 59),
        ("doxycycline", "completed", 132, 127),
        ("spironolactone", "on-hold", 400, 0),
    ] {
        let end = (end > 0).then(|| day(end));
        list.extend(medicine(key).map(|medicine| Taken {
            medicine,
            dose: 0,
            hospital_dose: None,
            status,
            start: day(start),
            end,
            changed: None,
            problem: None,
        }));
    }
    list
}

fn team(team: usize, day: &dyn Fn(i64) -> NaiveDate) -> Vec<Carer> {
    let rows = [
        (1, 500, true),
        (0, 500, false),
        (2, 3000, false),
        (8, 420, false),
        (3, 150, false),
        (4, 380, false),
        (9, 260, false),
        (5, 60, false),
    ];
    rows.into_iter()
        .map(|(post, since, key_worker)| Carer {
            member: team * TEAM_SIZE + post,
            since: day(since),
            key_worker,
        })
        .collect()
}

fn contacts() -> Vec<Contact> {
    vec![
        Contact {
            name: ("Carol".to_owned(), "Smith".to_owned()),
            relation: ("DAU", "natural daughter"),
            roles: vec![("N", "Next-of-Kin"), ("C", "Emergency Contact")],
            uk_roles: vec!["Carer"],
            phone: "07700 900 113".to_owned(),
            lives_with: false,
            gender: Gender::Female,
        },
        Contact {
            name: ("Bill".to_owned(), "Entwistle".to_owned()),
            relation: ("NBOR", "neighbor"),
            roles: vec![("C", "Emergency Contact")],
            uk_roles: Vec::new(),
            phone: "0161 496 0177".to_owned(),
            lives_with: false,
            gender: Gender::Male,
        },
    ]
}

fn alerts(day: &dyn Fn(i64) -> NaiveDate) -> Vec<Alert> {
    vec![
        Alert {
            code: "",
            words: "Key safe by the back door; ask the care coordinator for the number".to_owned(),
            category: "Access",
            active: true,
            since: day(220),
        },
        Alert {
            code: "",
            words: "Oxygen at home: no smoking, no naked flame".to_owned(),
            category: "Safety",
            active: true,
            since: day(95),
        },
    ]
}

fn legal(day: &dyn Fn(i64) -> NaiveDate) -> Legal {
    Legal {
        resuscitation: Some(Resuscitation {
            attempt: true,
            decided: day(41),
            paper: "Yellow folder on the hall table",
        }),
        shares: Some(day(400)),
        attorney: Some(day(700)),
        capacity: Some((
            "Has capacity for decisions about care and treatment",
            day(41),
        )),
        place_of_care: Some(("Own home, with Bess", day(41))),
        place_of_death: Some(("Own home", day(41))),
        ..Legal::default()
    }
}
