//! What every programme must be.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod references;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use cohort::{Options, Programme, Source};
use references::references;
use serde_json::Value;

fn programme(patients: usize) -> Programme {
    let today = NaiveDate::from_ymd_opt(2026, 11, 22)
        .unwrap()
        .and_hms_opt(14, 5, 0)
        .unwrap();
    Programme::new(Options {
        seed: 1,
        patients,
        today,
    })
}

fn everything(programme: &Programme) -> BTreeMap<Source, Vec<Value>> {
    let mut all: BTreeMap<Source, Vec<Value>> = programme.foundation().into_iter().collect();
    for n in 0..programme.len() {
        for (source, resources) in programme.person(n) {
            all.entry(source).or_default().extend(resources);
        }
    }
    all.entry(Source::Shared)
        .or_default()
        .extend(programme.groups());
    all
}

fn address(resource: &Value) -> String {
    format!(
        "{}/{}",
        resource["resourceType"].as_str().unwrap(),
        resource["id"].as_str().unwrap()
    )
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    let written = || {
        let programme = programme(60);
        let mut text = serde_json::to_string(&programme.groups()).unwrap();
        for (_, resources) in programme
            .foundation()
            .into_iter()
            .chain((0..60).flat_map(|n| programme.person(n)))
        {
            text += &serde_json::to_string(&resources).unwrap();
        }
        text
    };
    assert_eq!(written(), written());
}

#[test]
fn a_person_can_be_made_alone() {
    let programme = programme(200);
    let alone = programme.person(77);
    for n in 0..80 {
        programme.person(n);
    }
    assert_eq!(alone, programme.person(77));
}

#[test]
fn every_id_is_opaque_and_there_once() {
    for (source, resources) in everything(&programme(120)) {
        let mut seen = BTreeSet::new();
        for resource in &resources {
            let id = resource["id"].as_str().unwrap();
            assert!(
                id.len() == 36 && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-'),
                "{id}"
            );
            assert!(
                seen.insert(address(resource)),
                "{} twice in {}",
                address(resource),
                source.id()
            );
        }
    }
}

#[test]
fn every_reference_resolves_in_its_own_source() {
    for (source, resources) in everything(&programme(400)) {
        let there: BTreeSet<String> = resources.iter().map(address).collect();
        for resource in &resources {
            let mut found = Vec::new();
            references(resource, &mut found);
            let local =
                |target: &String| !target.starts_with(['#', 'u']) && !target.starts_with("http");
            for target in found.into_iter().filter(local) {
                assert!(
                    there.contains(&target),
                    "{} of {} names {target}, which is not there",
                    address(resource),
                    source.id()
                );
            }
        }
    }
}

#[test]
fn the_whole_programme_has_about_150_000_resources() {
    let programme = programme(6_000);
    let listed: usize = (0..300).map(|n| count(&programme, n)).sum();
    let rest: usize = (300..6_000).step_by(19).map(|n| count(&programme, n)).sum();
    let foundation: usize = programme
        .foundation()
        .iter()
        .map(|(_, resources)| resources.len())
        .sum();
    let total = foundation + listed + rest * 19;
    assert!(
        (135_000..175_000).contains(&total),
        "{total}: {foundation} foundation, {} a listed person, {} another",
        listed / 300,
        rest / 300
    );
}

fn count(programme: &Programme, n: usize) -> usize {
    programme
        .person(n)
        .iter()
        .map(|(_, resources)| resources.len())
        .sum()
}

fn sample() -> Vec<BTreeMap<Source, Vec<Value>>> {
    let programme = programme(6_000);
    (0..6_000)
        .step_by(3)
        .map(|n| programme.person(n).into_iter().collect())
        .collect()
}

#[test]
fn one_plan_in_six_is_overdue_and_three_in_a_hundred_are_in_hospital() {
    let people = sample();
    let share = |count: usize, of: usize| 1000 * count / of.max(1);
    let mut plans = 0;
    let mut overdue = 0;
    let mut inside = 0;
    for person in &people {
        let due: Vec<&str> = person[&Source::Shared]
            .iter()
            .filter(|resource| resource["resourceType"] == "CarePlan")
            .flat_map(|plan| plan["activity"].as_array().unwrap())
            .filter(|activity| activity["detail"]["status"] == "scheduled")
            .filter_map(|activity| activity["detail"]["scheduledPeriod"]["start"].as_str())
            .collect();
        plans += usize::from(!due.is_empty());
        overdue += usize::from(due.iter().any(|due| *due < "2026-11-22"));
        let stays = person
            .values()
            .flatten()
            .filter(|resource| resource["resourceType"] == "Encounter");
        inside += usize::from(
            stays
                .filter(|stay| stay["class"]["code"] == "IMP")
                .any(|stay| stay["status"] == "in-progress"),
        );
    }
    assert!(
        (130..=205).contains(&share(overdue, plans)),
        "{overdue} of {plans} plans overdue"
    );
    assert!(
        (22..=42).contains(&share(inside, people.len())),
        "{inside} of {} in hospital",
        people.len()
    );
}

#[test]
fn each_demo_user_has_about_47_people_and_asha_is_first() {
    let programme = programme(6_000);
    let users = programme.demo_users();
    assert_eq!(
        (users[0].name.as_str(), users[0].role.as_str()),
        ("Asha Rahman", "Care coordinator")
    );
    assert_eq!(users[0].teams, ["North 3 team"]);
    let mut lists = vec![0; users.len()];
    for n in 0..6_000 {
        let record: BTreeMap<Source, Vec<Value>> = if n < 300 || n % 40 == 0 {
            programme.person(n).into_iter().collect()
        } else {
            continue;
        };
        let text = serde_json::to_string(
            &record[&Source::Shared]
                .iter()
                .find(|resource| resource["resourceType"] == "CareTeam"),
        )
        .unwrap();
        for (list, user) in lists.iter_mut().zip(&users) {
            *list += usize::from(text.contains(&user.practitioner_role));
        }
    }
    assert!(
        lists.iter().all(|list| (20..=55).contains(list)),
        "{lists:?}"
    );
    assert_eq!(lists[0], 47);
}

#[test]
fn staff_and_organisations_are_those_of_the_programme() {
    let foundation: BTreeMap<Source, Vec<Value>> =
        programme(6_000).foundation().into_iter().collect();
    let count = |kind: &str| {
        foundation[&Source::Shared]
            .iter()
            .filter(|resource| resource["resourceType"] == kind)
            .count()
    };
    assert_eq!(
        (
            count("Practitioner"),
            count("PractitionerRole"),
            count("CareTeam"),
            count("Organization")
        ),
        (900, 900, 60, 100)
    );
    let groups = programme(6_000).groups();
    assert_eq!(
        groups
            .iter()
            .map(|group| group["member"].as_array().unwrap().len())
            .collect::<Vec<_>>(),
        [2_000, 2_000, 2_000]
    );
}

#[test]
fn nobody_is_prescribed_what_they_are_known_to_be_allergic_to() {
    let programme = programme(6_000);
    for n in 36..300 {
        let text = serde_json::to_string(&programme.person(n)[0].1).unwrap();
        let clash =
            text.contains("Allergy to penicillin") && text.contains("Amoxicillin 500mg capsules");
        assert!(!clash, "person {n}");
    }
}
