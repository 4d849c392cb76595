//! Appointments: past, to come, and new ones while playing.

use chrono::{NaiveDateTime, TimeDelta};

use super::{Booking, pick_site, trust};
use crate::{chance::Chance, person::Person, programme::Options, source::Source};

const CLINICS: &[(&str, &str)] = &[
    ("Heart failure clinic", "Cardiology"),
    ("Respiratory clinic", "Respiratory medicine"),
    ("Falls clinic", "Geriatric medicine"),
    ("Diabetic foot clinic", "Diabetic medicine"),
    ("Eye clinic", "Ophthalmology"),
    ("Memory clinic", "Geriatric medicine"),
    ("Fracture clinic", "Trauma and orthopaedics"),
    ("Renal clinic", "Renal medicine"),
    ("Audiology", "Audiology"),
    ("Anticoagulation clinic", "Clinical haematology"),
];

pub(super) fn bookings(chance: &mut Chance, options: &Options, person: &Person) -> Vec<Booking> {
    let count = if person.full {
        chance.between(1, 4)
    } else {
        chance.between(0, 5) / 3
    };
    (0..count)
        .map(|at| booking(chance, options, person, at))
        .collect()
}

fn booking(chance: &mut Chance, options: &Options, person: &Person, at: i64) -> Booking {
    let trust = trust(chance, person);
    let (words, specialty) = *chance.pick(CLINICS);
    let past = person.full && chance.percent(25);
    let start = if past {
        chance.days_before(options.today, 1, 60)
    } else {
        chance.days_before(options.today, -90, -1)
    };
    let status = if past {
        chance.word(&["fulfilled", "fulfilled", "noshow", "cancelled"])
    } else {
        chance.word(&[
            "booked",
            "booked",
            "booked",
            "booked",
            "pending",
            "cancelled",
        ])
    };
    let moved = !past && status == "booked" && chance.percent(12);
    Booking {
        key: format!("a{at}"),
        trust,
        site: pick_site(chance, trust, false),
        specialty,
        words: words.to_owned(),
        start,
        minutes: chance.between(2, 6) * 10,
        status,
        created: chance
            .days_before(options.today, 1, 70)
            .min(start - TimeDelta::days(1)),
        channel: chance.word(&["In-person", "In-person", "In-person", "Telephone", "Video"]),
        comment: moved.then_some("Moved from an earlier date by the hospital"),
    }
}

/// An appointment booked now for one of the coming weeks.
pub(crate) fn a_booking(
    chance: &mut Chance,
    now: NaiveDateTime,
    trust: Source,
    key: &str,
) -> Booking {
    let (words, specialty) = *chance.pick(CLINICS);
    Booking {
        key: key.to_owned(),
        trust,
        site: pick_site(chance, trust, false),
        specialty,
        words: words.to_owned(),
        start: chance.days_before(now, -70, -3),
        minutes: 30,
        status: "booked",
        created: now,
        channel: "In-person",
        comment: None,
    }
}
