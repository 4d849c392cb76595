//! Problems, allergies and medicines, drawn so that they fit each other.

use chrono::{Datelike, TimeDelta};

use super::{Problem, Taken};
use crate::{
    allergies::{ALLERGENS, Allergies, Known},
    chance::Chance,
    conditions::{CONDITIONS, Condition},
    identity::{Identity, age},
    medicines::{Medicine, medicine},
    programme::Options,
};

pub(super) fn problems(
    options: &Options,
    n: usize,
    full: bool,
    identity: &Identity,
) -> Vec<Problem> {
    let mut chance = Chance::of(options.seed, "problems", n);
    let least = if full { 4 } else { 3 };
    let most = if full { 7 } else { 3 };
    let years = age(identity.birth, options.today.date());
    let mut found: Vec<&'static Condition> = Vec::new();
    // Two passes over the table in a random order: the shares decide who gets in first.
    for _ in 0..4 {
        for condition in chance.some(CONDITIONS, CONDITIONS.len()) {
            let too_young = years < 62
                && matches!(
                    condition.key,
                    "dementia" | "frailty" | "amd" | "osteoporosis"
                );
            if found.len() < most
                && !too_young
                && !found.iter().any(|had| had.key == condition.key)
                && chance.permille(condition.share / 2)
            {
                found.push(condition);
            }
        }
        if found.len() >= least {
            break;
        }
    }
    found
        .into_iter()
        .map(|condition| problem(&mut chance, options, condition, years))
        .collect()
}

pub(crate) fn problem(
    chance: &mut Chance,
    options: &Options,
    condition: &'static Condition,
    years: i32,
) -> Problem {
    // Nothing begins before birth.
    let (low, high) = (
        condition.since.0,
        condition.since.1.min(i64::from(years) - 3),
    );
    let began = options.today.date() - TimeDelta::days(chance.between(low * 365, high * 365));
    let since = match chance.below(4) {
        0 => began.format("%Y-%m-%d").to_string(),
        1 => began.format("%Y-%m").to_string(),
        _ => began.format("%Y").to_string(),
    };
    Problem {
        condition,
        since,
        recorded: began + TimeDelta::days(chance.between(0, 20)),
    }
}

pub(super) fn allergies(chance: &mut Chance, options: &Options, full: bool) -> Allergies {
    let fate = chance.below(100);
    let year = options.today.year();
    match fate {
        0..=8 => Allergies::NotRecorded,
        9..=58 => Allergies::NoneKnown,
        _ => {
            let count = if full { 1 + chance.below(2) } else { 1 };
            let mut found = chance.some(ALLERGENS, count);
            found.dedup_by_key(|allergen| allergen.name);
            let mut known = |allergen| Known {
                allergen,
                year: year - i32::try_from(chance.between(1, 30)).unwrap_or(1),
                in_gp: true,
                in_trust: chance.percent(60),
            };
            Allergies::Known(found.into_iter().map(&mut known).collect())
        }
    }
}

pub(super) fn medicines(
    options: &Options,
    n: usize,
    full: bool,
    problems: &[Problem],
) -> Vec<Taken> {
    let mut chance = Chance::of(options.seed, "medicines", n);
    let most = if full { 11 } else { 3 };
    let mut taken: Vec<Taken> = Vec::new();
    for (at, problem) in problems.iter().enumerate() {
        let per_problem = if full { 3 } else { 2 };
        for key in problem.condition.medicines.iter().take(per_problem) {
            let had = taken.iter().any(|other| other.medicine.key == *key);
            if let Some(medicine) = medicine(key).filter(|_| !had && taken.len() < most) {
                taken.push(course(&mut chance, options, medicine, (at, problem)));
            }
        }
    }
    if full {
        for key in ["amoxicillin", "doxycycline", "prednisolone"] {
            if let Some(medicine) = medicine(key).filter(|_| chance.percent(30)) {
                let start = options.today.date() - TimeDelta::days(chance.between(30, 500));
                taken.push(Taken {
                    medicine,
                    dose: 0,
                    hospital_dose: None,
                    status: "completed",
                    start,
                    end: Some(start + TimeDelta::days(5)),
                    changed: None,
                    problem: None,
                });
            }
        }
    }
    taken
}

fn course(
    chance: &mut Chance,
    options: &Options,
    medicine: &'static Medicine,
    (at, reason): (usize, &Problem),
) -> Taken {
    let today = options.today.date();
    let start = (today - TimeDelta::days(chance.between(60, 2400)))
        .max(reason.recorded)
        .min(today - TimeDelta::days(29));
    let dose = if chance.percent(75) {
        0
    } else {
        chance.below(medicine.doses.len())
    };
    let fate = chance.below(100);
    let (status, end) = match fate {
        0..=5 => (
            "stopped",
            Some(today - TimeDelta::days(chance.between(2, 300))),
        ),
        6..=8 => ("on-hold", None),
        _ => ("active", None),
    };
    let changed = (status == "active" && chance.percent(12))
        .then(|| today - TimeDelta::days(chance.between(1, 27)));
    let hospital_dose = if chance.percent(85) {
        Some(dose)
    } else {
        Some(chance.below(medicine.doses.len()))
    };
    let end = end.filter(|end| *end > start);
    Taken {
        medicine,
        dose,
        hospital_dose,
        status,
        start,
        end,
        changed,
        problem: Some(at),
    }
}
