//! The other people of the worklist's picture.

use chrono::{NaiveTime, TimeDelta};

use crate::{
    activity::{Booking, admission, attendance},
    allergies::Allergies,
    chance::Chance,
    emergency::reason,
    person::Person,
    places::main_site,
    programme::Options,
    results::{Measured, Report, panel, report},
    source::Source,
    staff::TEAM_SIZE,
};

/// In an emergency department for the last hour; plan overdue since September.
pub(super) fn okafor(options: &Options, person: &mut Person) {
    person.problems = super::problems(
        options,
        person.n,
        &[
            ("dementia", "2023-05"),
            ("frailty", "2021"),
            ("incontinence", "2022"),
            ("ckd3", "2018"),
        ],
    );
    replan(options, person, 55, 82, Some(0));
    let arrived = options.today - TimeDelta::minutes(73);
    person.episodes.retain(|episode| episode.end.is_some());
    person.episodes.push(attendance(
        person,
        Source::Rw3,
        reason("delirium"),
        arrived,
        "now",
    ));
    person.call_outs = 3;
    person.mental_health = true;
}

/// Home since yesterday after six days.
pub(super) fn obrien(options: &Options, person: &mut Person) {
    replan(options, person, 38, -71, Some(3));
    let mut chance = Chance::of(options.seed, "obrien", 0);
    let home = options.today.date().and_time(NaiveTime::MIN) - TimeDelta::minutes(470);
    person.episodes.retain(|episode| {
        episode
            .end
            .is_some_and(|end| end < home - TimeDelta::days(8))
    });
    let mut stay = admission(
        &mut chance,
        options,
        person,
        (Source::Rw6, reason("chest"), home - TimeDelta::days(6)),
        "last",
        true,
    );
    for episode in stay.iter_mut().filter(|episode| !episode.moves.is_empty()) {
        (episode.end, episode.destination) = (Some(home), crate::activity::HOME);
        episode.moves.retain(|(_, since)| *since < home);
        episode.site = main_site(Source::Rw6);
        episode.moves.truncate(1);
        episode
            .moves
            .push(("ward C4".to_owned(), episode.start + TimeDelta::hours(9)));
    }
    person.episodes.extend(stay);
}

/// At home, with a potassium of 6.1 this morning.
pub(super) fn hussain(options: &Options, person: &mut Person) {
    person.problems = super::problems(
        options,
        person.n,
        &[
            ("t2dm", "2009"),
            ("ckd3", "2016-02-11"),
            ("hf", "2020"),
            ("htn", "2001"),
        ],
    );
    replan(options, person, 33, -88, Some(0));
    person.episodes.retain(|episode| episode.end.is_some());
    let mut chance = Chance::of(options.seed, "hussain", 0);
    let at = (options.today.date().and_time(NaiveTime::MIN) + TimeDelta::minutes(691))
        .min(options.today - TimeDelta::minutes(100));
    let Some(panel) = panel("ue") else { return };
    let mut blood: Report = report(
        options.seed,
        person.n,
        panel,
        at - TimeDelta::minutes(95),
        0,
        false,
        "today-ue",
        &mut chance,
    );
    let potassium = |value: &mut Measured| {
        if value.test.key == "k" {
            value.steps = 61;
        }
    };
    blood.values.iter_mut().for_each(potassium);
    // Taken in the trust's day unit: a visit of an hour.
    let mut visit = attendance(
        person,
        Source::Rw6,
        reason("aki"),
        at - TimeDelta::minutes(140),
        "unit",
    );
    visit.kind = crate::activity::Kind::Outpatient;
    visit.specialty = "Renal medicine";
    visit.end = Some(at - TimeDelta::minutes(80));
    visit.reports = vec![blood];
    person.episodes.push(visit);
}

/// Did not attend cardiology yesterday; plan overdue since last week.
pub(super) fn jones(options: &Options, person: &mut Person) {
    replan(options, person, 29, 8, Some(1));
    person.episodes.retain(|episode| episode.end.is_some());
    let yesterday = (options.today.date() - TimeDelta::days(1))
        .and_hms_opt(14, 0, 0)
        .unwrap_or(options.today);
    person.bookings.push(Booking {
        key: "missed".to_owned(),
        trust: Source::Rw3,
        site: main_site(Source::Rw3),
        specialty: "Cardiology",
        words: "Cardiology clinic".to_owned(),
        start: yesterday,
        minutes: 20,
        status: "noshow",
        created: yesterday - TimeDelta::days(44),
        channel: "In-person",
        comment: None,
    });
}

/// No plan yet, no key worker, allergies not recorded; known to South Manchester.
pub(super) fn kowalska(options: &Options, person: &mut Person) {
    person.plan = None;
    person.risk = 47;
    for carer in &mut person.team {
        carer.key_worker = false;
    }
    person.allergies = Allergies::NotRecorded;
    let mut chance = Chance::of(options.seed, "kowalska", 0);
    person.episodes.retain(|episode| episode.end.is_some());
    let stay = admission(
        &mut chance,
        options,
        person,
        (
            Source::Rm2,
            reason("uti"),
            options.today - TimeDelta::days(95),
        ),
        "last",
        true,
    );
    person.episodes.extend(stay);
}

/// Makes the plan anew for the person as now known, with a next review so many days ago (negative: to come).
fn replan(
    options: &Options,
    person: &mut Person,
    risk: i64,
    overdue: i64,
    key_worker: Option<usize>,
) {
    person.risk = risk;
    person.died = None;
    for post in [0, 1, 2, 3] {
        let member = person.team_number * TEAM_SIZE + post;
        if !person.team.iter().any(|carer| carer.member == member) {
            person.team.push(crate::person::Carer {
                member,
                since: options.today.date() - TimeDelta::days(200),
                key_worker: false,
            });
        }
    }
    for carer in &mut person.team {
        carer.key_worker = key_worker == Some(carer.member % TEAM_SIZE);
    }
    person.retreat(options);
    if let Some(plan) = &mut person.plan {
        plan.next_review = Some(options.today.date() - TimeDelta::days(overdue));
        let last = options.today.date() - TimeDelta::days(overdue + 91);
        plan.reviews = vec![last];
        plan.created = plan.created.min(last.and_time(NaiveTime::MIN));
    }
}
