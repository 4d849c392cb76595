//! Who the special people are and what is true of them.

use chrono::{NaiveDate, TimeDelta};

use super::{
    ALLERGIES_UNKNOWN, ARABIC, CHINESE, CONFLICT, DECEASED, FAILING, FAILING_NUMBER, LONG_NAME,
    NO_KEY_WORKER, NO_NUMBER, NONE_KNOWN, NOT_RECORDED, NOWHERE, OTHER_TWIN, REFUTED, THREE_IDS,
    TWIN, TWO_DOSES, is_special,
};
use crate::{
    activity::{Episode, admission},
    allergies::{Allergies, Known, LATEX, PENICILLIN, aspirin},
    chance::Chance,
    emergency::reason,
    identity::{Gender, Identity},
    medicines::medicine,
    person::{Person, Taken},
    programme::Options,
    source::Source,
};

pub(crate) fn rename(n: usize, identity: &mut Identity) {
    let mut name = |family: &str, given: &str, prefix: &str, gender: Gender| {
        family.clone_into(&mut identity.family);
        given.clone_into(&mut identity.given);
        prefix.clone_into(&mut identity.prefix);
        identity.gender = gender;
        (identity.middle, identity.nickname) = (None, None);
    };
    match n {
        TWIN | OTHER_TWIN => name("Patel", "Kamala", "Mrs", Gender::Female),
        ARABIC => name("Al-Sayed", "Mariam", "Mrs", Gender::Female),
        CHINESE => name("Wong", "Kwok Wing", "Mr", Gender::Male),
        LONG_NAME => name(
            "d’Almeida Szymańska-Featherstonehaugh O’Shaughnessy-Ní Dhomhnaill",
            "Maria-Luísa Anne-Françoise Zoë",
            "Professor",
            Gender::Female,
        ),
        _ => {}
    }
    match n {
        TWIN | OTHER_TWIN => {
            identity.birth = NaiveDate::from_ymd_opt(1948, 1, 1).unwrap_or(identity.birth);
        }
        NO_NUMBER => {
            identity.birth = NaiveDate::from_ymd_opt(1922, 6, 30).unwrap_or(identity.birth);
        }
        FAILING_NUMBER => FAILING.clone_into(&mut identity.nhs_number),
        ARABIC => identity.language = Some(("ar", "Arabic", true)),
        CHINESE => identity.language = Some(("yue", "Cantonese", true)),
        _ => {}
    }
}

pub(crate) fn shape(options: &Options, person: &mut Person) {
    if !is_special(person.n) {
        return;
    }
    // Every special person has a plan, a team and a stay or two, so that the odd thing is met everywhere.
    if person.plan.is_none() {
        person.retreat(options);
    }
    if !person.team.iter().any(|carer| carer.key_worker)
        && let Some(first) = person.team.first_mut()
    {
        first.key_worker = true;
    }
    match person.n {
        DECEASED => person.die(options.today - TimeDelta::days(9)),
        THREE_IDS => {
            for (at, trust) in Source::TRUSTS.into_iter().enumerate() {
                stay(
                    options,
                    person,
                    trust,
                    60 + 70 * i64::try_from(at).unwrap_or(0),
                );
            }
        }
        CONFLICT => stay(options, person, Source::Rm2, 44),
        TWO_DOSES => two_doses(options, person),
        NOT_RECORDED => person.allergies = Allergies::NotRecorded,
        NONE_KNOWN | ALLERGIES_UNKNOWN => person.allergies = Allergies::NoneKnown,
        REFUTED => person.allergies = three_allergies(),
        NO_KEY_WORKER => person
            .team
            .iter_mut()
            .for_each(|carer| carer.key_worker = false),
        NOWHERE => person.contacts.clear(),
        _ => stay(
            options,
            person,
            crate::places::AREAS
                .get(person.area)
                .map_or(Source::Rw3, |area| area.trust),
            75,
        ),
    }
}

/// Apixaban, 5 mg for the GP and 2.5 mg on the discharge list.
fn two_doses(options: &Options, person: &mut Person) {
    person
        .medicines
        .retain(|taken| taken.medicine.key != "apixaban");
    let start = (options.today - TimeDelta::days(700)).date();
    person
        .medicines
        .extend(medicine("apixaban").map(|medicine| Taken {
            medicine,
            dose: 0,
            hospital_dose: Some(1),
            status: "active",
            start,
            end: None,
            changed: None,
            problem: None,
        }));
    stay(options, person, Source::Rw3, 31);
}

/// Three that the GP has: each gets another status on the wire.
fn three_allergies() -> Allergies {
    let known = |allergen, year| Known {
        allergen,
        year,
        in_gp: true,
        in_trust: false,
    };
    Allergies::Known(vec![
        known(&PENICILLIN, 1979),
        known(&LATEX, 1990),
        known(aspirin(), 2015),
    ])
}

/// A finished stay so many days ago.
fn stay(options: &Options, person: &mut Person, trust: Source, back: i64) {
    let mut chance = Chance::of(options.seed, trust.id(), person.n);
    let arrived = options.today - TimeDelta::days(back);
    let stays: Vec<Episode> = admission(
        &mut chance,
        options,
        person,
        (trust, reason("chest"), arrived),
        &format!("special-{}", trust.id()),
        true,
    );
    person.episodes.extend(stays);
}
