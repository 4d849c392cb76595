//! Jane Smith, fully: the person the pictures of the screens show.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::{
    activity::{Booking, EMERGENCY_METHOD, Episode, HOME, Kind, admission},
    allergies::{Allergies, Known, LATEX, PENICILLIN},
    chance::Chance,
    contacts::Contact,
    emergency::reason,
    identity::Gender,
    legal::{Legal, Resuscitation},
    medicines::medicine,
    person::{Alert, Carer, Person, Taken},
    places::main_site,
    plan::{Action, Goal, Plan},
    programme::Options,
    results::{Measured, panel, report},
    source::Source,
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
    person.plan = Some(plan(options, person.team_number));
    person.alerts = vec![
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
    ];
    person.legal = Legal {
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
    };
    person.package = Some(("Home care package, 2 calls a day".to_owned(), day(150)));
    (person.mental_health, person.call_outs, person.died) = (false, 2, None);
    person.episodes = episodes(options, person);
    person.bookings = bookings(options);
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

fn plan(options: &Options, team: usize) -> Plan {
    let at = |back: i64| {
        options.today.date().and_time(NaiveTime::MIN) - TimeDelta::days(back)
            + TimeDelta::minutes(905)
    };
    let day = |back: i64| at(back).date();
    let member = |post: usize| team * TEAM_SIZE + post;
    let action = |words: &str, owner, status, due: i64, asked: i64, touched: i64| Action {
        words: words.to_owned(),
        owner: member(owner),
        status,
        due: day(due),
        asked: at(asked),
        touched: at(touched),
    };
    let goal = |words: &str, importance, achievement, problem, actions| Goal {
        words: words.to_owned(),
        importance,
        achievement,
        lifecycle: "active",
        start: day(130),
        due: day(-90),
        problem,
        actions,
    };
    Plan {
        created: at(133),
        author: member(3),
        reviews: vec![day(133), day(41)],
        next_review: Some(day(-51)),
        reviewer: member(2),
        goals: vec![
            goal("Walk Bess to the park and back", 9, ("in-progress", "In Progress"), 0, vec![
                action("Chair-based exercise referral", 3, "in-progress", -6, 20, 20),
                action("Walking frame delivered", 3, "completed", 18, 33, 18),
            ]),
            goal("Get through the winter at home, without oxygen worries", 8, ("no-change", "No Change"), 1, vec![
                action("Home oxygen check", 1, "requested", 7, 30, 30),
                action("Check inhaler technique and spacer", 9, "completed", 12, 40, 12),
            ]),
            goal("Hear the doorbell and the telephone", 5, ("in-progress", "In Progress"), 4, vec![action("Hearing aid repair", 0, "accepted", -20, 10, 8)]),
        ],
        crisis: vec![
            ("Trigger factors", "More breathless than usual, sleeping in the chair, ankles up a shoe size".to_owned()),
            ("What should happen", "One extra furosemide 40 mg, ring the heart failure nurse the same day".to_owned()),
            ("Who should be contacted", "J Patel, heart failure nurse, then the GP practice".to_owned()),
            ("Coping strategies", "Sit by the open window with the fan on, Bess on the lap, slow breathing".to_owned()),
            ("Relapse indicators", "Two pillows become three, slippers tight by evening".to_owned()),
            ("Anticipatory medicines and equipment", "Rescue pack (prednisolone, doxycycline) in the bedside drawer. Oxygen concentrator in the hall; spare cylinder behind the sofa.".to_owned()),
            ("Advance statement", "I do not want to be moved at night. The signed copy is in the yellow folder.".to_owned()),
            ("If the carer cannot care", "If Carol cannot come: Bill next door walks Bess; ring the council’s emergency duty team for extra calls.".to_owned()),
        ],
        ring: member(8),
        about: about(),
        received: vec!["Grab rail fitted by the bath".to_owned()],
    }
}

fn about() -> Vec<(&'static str, String)> {
    let words = [
        (
            "What is most important to me",
            "Being home with Bess, my dog. I don’t want to be moved at night.",
        ),
        (
            "People who are important to me",
            "Carol, my daughter, who has the key. Bill next door. My sister Joan in Bury, on the telephone on Sundays.",
        ),
        (
            "How I communicate and how to communicate with me",
            "I hear better on the right. Write numbers down for me.",
        ),
        (
            "My wellness",
            "A good day is a walk with Bess and my own cooking. On a bad day I sleep in the chair.",
        ),
        (
            "Please do and please don't",
            "Please do ask before you move my things. Please don’t talk to Carol as if I were not there.",
        ),
        (
            "How and when to support me",
            "Mornings are slow: after ten, please. I need help with stockings and the bath.",
        ),
        (
            "Also worth knowing about me",
            "I was a weaver at the mill, then a school cook for twenty years.",
        ),
        ("Strengths", "Never misses a tablet. Knows her own signs."),
    ];
    words
        .into_iter()
        .map(|(heading, words)| (heading, words.to_owned()))
        .collect()
}

/// Yesterday evening by ambulance to Wythenshawe, admitted at 23:40, on ward F7 since this morning.
fn episodes(options: &Options, person: &Person) -> Vec<Episode> {
    let mut chance = Chance::of(options.seed, "jane", 0);
    let yesterday = options.today.date() - TimeDelta::days(1);
    let admitted = yesterday.and_hms_opt(23, 40, 0).unwrap_or(options.today);
    let arrived = yesterday.and_hms_opt(19, 5, 0).unwrap_or(options.today);
    let moved = options
        .today
        .date()
        .and_hms_opt(9, 40, 0)
        .unwrap_or(options.today)
        .min(options.today - TimeDelta::minutes(20));
    let stay = Episode {
        key: "now".to_owned(),
        trust: Source::Rm2,
        kind: Kind::Admission,
        start: admitted,
        end: None,
        reason: reason("chest"),
        specialty: "Respiratory medicine",
        site: main_site(Source::Rm2),
        moves: vec![
            ("AMU".to_owned(), admitted),
            (
                "ward F7".to_owned(),
                moved.max(admitted + TimeDelta::minutes(30)),
            ),
        ],
        method: EMERGENCY_METHOD,
        destination: HOME,
        by_ambulance: true,
        reports: blood(
            options,
            person,
            options
                .today
                .date()
                .and_hms_opt(6, 15, 0)
                .unwrap_or(admitted),
            &mut chance,
        ),
        letter: false,
    };
    let arrival = Episode {
        key: "nowe".to_owned(),
        kind: Kind::Emergency,
        start: arrived,
        end: Some(admitted),
        specialty: "Emergency medicine",
        moves: Vec::new(),
        reports: Vec::new(),
        ..stay.clone()
    };
    let mut all = Vec::new();
    for (key, trust, why, back) in [
        ("s0", Source::Rm2, "hf-acute", 152),
        ("s1", Source::Rw6, "copd-exac", 130),
        ("s2", Source::Rw3, "fall", 402),
    ] {
        let arrived = options.today - TimeDelta::days(back) + TimeDelta::minutes(170);
        all.extend(admission(
            &mut chance,
            options,
            person,
            (trust, reason(why), arrived),
            key,
            true,
        ));
    }
    all.extend([arrival, stay]);
    all
}

/// This morning's blood: a CRP of 112.
fn blood(
    options: &Options,
    person: &Person,
    at: NaiveDateTime,
    chance: &mut Chance,
) -> Vec<crate::results::Report> {
    let panels = ["crp", "fbc", "ue"].into_iter().filter_map(panel);
    let at = at.min(options.today - TimeDelta::minutes(30));
    let mut reports: Vec<_> = panels
        .map(|panel| {
            report(
                options.seed,
                person.n,
                panel,
                at,
                0,
                true,
                &format!("now-{}", panel.key),
                chance,
            )
        })
        .collect();
    let set = |value: &mut Measured, steps| value.steps = steps;
    for value in reports.iter_mut().flat_map(|report| &mut report.values) {
        match value.test.key {
            "crp" => set(value, 112),
            "k" => set(value, 44),
            _ => {}
        }
    }
    reports
}

fn bookings(options: &Options) -> Vec<Booking> {
    let at = |days: i64, hour, minute| {
        (options.today.date() + TimeDelta::days(days))
            .and_hms_opt(hour, minute, 0)
            .unwrap_or(options.today)
    };
    let site = |trust| main_site(trust);
    let row = |key: &str, trust, words: &str, specialty, start: NaiveDateTime, status| Booking {
        key: key.to_owned(),
        trust,
        site: site(trust),
        specialty,
        words: words.to_owned(),
        start,
        minutes: 30,
        status,
        created: options.today - TimeDelta::days(48),
        channel: "In-person",
        comment: None,
    };
    vec![
        row(
            "a0",
            Source::Rm2,
            "Heart failure clinic",
            "Cardiology",
            at(11, 10, 20),
            "booked",
        ),
        row(
            "a1",
            Source::Rw6,
            "Audiology",
            "Audiology",
            at(26, 14, 0),
            "booked",
        ),
        row(
            "a2",
            Source::Rw3,
            "Falls clinic",
            "Geriatric medicine",
            at(-9, 9, 30),
            "noshow",
        ),
    ]
}
