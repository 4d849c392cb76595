//! Where Jane Smith is and was, and what is to come.

use chrono::{NaiveDateTime, TimeDelta};

use crate::{
    activity::{Booking, EMERGENCY_METHOD, Episode, HOME, Kind, admission},
    chance::Chance,
    emergency::reason,
    person::Person,
    places::main_site,
    programme::Options,
    results::{Measured, panel, report},
    source::Source,
};

/// Yesterday evening by ambulance to Wythenshawe, admitted at 23:40, on ward F7 since this morning.
pub(super) fn episodes(options: &Options, person: &Person) -> Vec<Episode> {
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
    let mut all = earlier(options, person, &mut chance);
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

pub(super) fn bookings(options: &Options) -> Vec<Booking> {
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

/// Three stays of the last fourteen months, one at each trust.
fn earlier(options: &Options, person: &Person, chance: &mut Chance) -> Vec<Episode> {
    let mut all = Vec::new();
    for (key, trust, why, back) in [
        ("s0", Source::Rm2, "hf-acute", 152),
        ("s1", Source::Rw6, "copd-exac", 130),
        ("s2", Source::Rw3, "fall", 402),
    ] {
        let arrived = options.today - TimeDelta::days(back) + TimeDelta::minutes(170);
        all.extend(admission(
            chance,
            options,
            person,
            (trust, reason(why), arrived),
            key,
            true,
        ));
    }
    all
}
