//! Merging and refusing to merge.

use super::*;
use crate::domain::patient::{Address, Gender, PatientId, Telecom};
use crate::domain::sample::{allergy, now, patient, period, phone, source, when};
use crate::domain::{Coded, NhsNumber, ResourceRef};

fn of(patients: Vec<Patient>) -> Facts {
    Facts {
        patients,
        ..Facts::default()
    }
}

const NUMBER: &str = "9434765919";

#[test]
fn the_same_number_with_another_birth_date_is_never_merged_and_its_facts_are_left_out() {
    let known = patient("shared", NUMBER, "Smith", "Jane", "1945-07-14");
    let facts = Facts {
        patients: vec![
            known.clone(),
            patient("rm2", NUMBER, "Smith", "Jane", "1945-07"),
            patient("rw3", NUMBER, "Smith", "Jane", "1954-07-14"),
        ],
        allergies: vec![
            allergy("shared", "A"),
            allergy("rm2", "B"),
            allergy("rw3", "C"),
        ],
        ..Facts::default()
    };
    let (facts, conflicts) = split(facts, &known);
    assert_eq!(conflicts.len(), 1);
    assert_eq!(
        (conflicts[0].why, &conflicts[0].patient.origin.source),
        (Match::BirthDateDiffers, &source("rw3"))
    );
    assert_eq!(
        facts
            .allergies
            .iter()
            .map(|it| it.origin.source.as_str())
            .collect::<Vec<_>>(),
        ["shared", "rm2"]
    );
    assert_eq!(facts.patients.len(), 2);
}

#[test]
fn a_record_without_a_birth_date_and_of_another_name_is_left_out_and_said() {
    let known = patient("shared", NUMBER, "Smith", "Jane", "1945-07-14");
    let mut there = patient("rm2", NUMBER, "Brown", "Ann", "1945");
    there.birth = None;
    let of = |there: &Patient| split(facts(vec![known.clone(), there.clone()]), &known);
    let (told, conflicts) = of(&there);
    assert_eq!(conflicts[0].why, Match::NotCertain);
    assert_eq!(told.patients.len(), 1);
    there.names[0].family = Some("Smith".to_owned());
    assert_eq!(of(&there).1, []);
}

#[test]
fn differences_between_sources_are_listed_and_a_partial_date_is_one() {
    let known = patient("shared", NUMBER, "Smith", "Jane", "1945-07-14");
    let others = [
        known.clone(),
        patient("rm2", NUMBER, "Smyth", "Jane", "1945-07"),
    ];
    let person = Person::of(&known, &of(others.to_vec()), now());
    assert_eq!(person.others.len(), 1);
    assert!(matches!(
        person.differences.as_slice(),
        [Difference::Name(_), Difference::BirthDate(_)]
    ));
}

#[test]
fn a_middle_name_or_an_accent_is_no_difference() {
    let known = patient("shared", NUMBER, "O’Brien", "Zoë", "1945");
    let person = Person::of(
        &known,
        &of(vec![patient("rm2", NUMBER, "O'BRIEN", "Zoe Mary", "1945")]),
        now(),
    );
    assert_eq!(person.differences, []);
}

#[test]
fn a_death_that_one_source_knows_of_is_said_with_that_source() {
    let known = patient("shared", NUMBER, "Smith", "Jane", "1945");
    let (mut vague, mut dated) = (known.clone(), known.clone());
    vague.origin.source = source("rw3");
    vague.deceased = Some(Deceased::Yes);
    dated.origin.source = source("rm2");
    dated.deceased = when("2026-03-03").map(Deceased::On);
    let person = Person::of(&known, &of(vec![vague, dated]), now());
    assert_eq!(
        person.deceased,
        when("2026-03-03").map(|it| (Deceased::On(it), source("rm2")))
    );
    assert!(
        matches!(&person.differences[..], [Difference::Deceased { says, silent }] if says.len() == 2 && silent.len() == 1)
    );
}

fn jane(from: &str, birth: &str) -> Patient {
    patient(from, NUMBER, "Smith", "Jane", birth)
}

fn facts(patients: Vec<Patient>) -> Facts {
    Facts {
        patients,
        allergies: vec![
            allergy("shared", "A"),
            allergy("rm2", "B"),
            allergy("rw3", "C"),
        ],
        ..Facts::default()
    }
}

fn left(facts: &Facts) -> Vec<&str> {
    let all = facts.allergies.iter();
    all.map(|it| it.origin.source.as_str()).collect()
}

#[test]
fn somebody_else_beside_the_right_person_costs_the_source_everything() {
    let known = jane("shared", "1945-07-14");
    let mut stranger = patient("rw3", "9990000018", "Smith", "Jane", "1945-07-14");
    stranger.id = PatientId::parse("p2").unwrap();
    let all = vec![jane("rw3", "1945-07-14"), stranger];
    let (kept, conflicts) = split(facts(all), &known);
    assert_eq!((conflicts.len(), conflicts[0].why), (1, Match::Other));
    assert_eq!(left(&kept), ["shared", "rm2"]);
}

#[test]
fn the_source_that_opened_the_person_keeps_its_facts_and_loses_only_the_other_record() {
    let known = jane("shared", "1945-07-14");
    let mut twin = jane("shared", "1954-07-14");
    twin.id = PatientId::parse("p2").unwrap();
    twin.origin.resource = ResourceRef::new("Patient", "p2");
    twin.deceased = Some(Deceased::Yes);
    let (kept, conflicts) = split(facts(vec![known.clone(), twin]), &known);
    assert_eq!(left(&kept), ["shared", "rm2", "rw3"]);
    assert_eq!(kept.patients, std::slice::from_ref(&known));
    assert!(!conflicts[0].is_whole_source(&known));
    assert_eq!(Person::of(&known, &kept, now()).deceased, None);
}

#[test]
fn a_record_that_was_replaced_by_the_persons_own_is_no_stranger() {
    let known = jane("shared", "1945-07-14");
    let mut old = patient("rw3", "", "Smith", "Jane", "1945-07-14");
    old.id = PatientId::parse("old").unwrap();
    old.origin.resource = ResourceRef::new("Patient", "old");
    old.replaced_by = Some(ResourceRef::new("Patient", "p1"));
    let all = vec![jane("rw3", "1945-07-14"), old.clone()];
    assert_eq!(split(facts(all), &known).1, []);
    assert_eq!(
        split(facts(vec![old]), &known).1.len(),
        1,
        "its replacement is not here to tell"
    );
}

#[test]
fn gender_address_and_phone_differ_only_where_both_say_something_else() {
    let with = |from: &str, gender: Gender, lines: &[&str], number: &str| {
        let mut it = jane(from, "1945-07-14");
        it.gender = Some(Coded::Known(gender));
        it.telecoms = vec![phone(number, 1)];
        it.addresses = vec![Address {
            lines: lines.iter().map(|it| (*it).to_owned()).collect(),
            ..Address::default()
        }];
        it
    };
    let known = with(
        "shared",
        Gender::Female,
        &["12 Moor Rd", "Manchester", "M23 9LT"],
        "0161 496 0101",
    );
    let same = with(
        "rm2",
        Gender::Unknown,
        &["12 Moor Road, Wythenshawe, Manchester M23 9LT"],
        "+44 161 496 0101",
    );
    assert_eq!(
        Person::of(&known, &facts(vec![same]), now()).differences,
        []
    );
    let other = with(
        "rm2",
        Gender::Male,
        &["3 High St", "M1 1AA"],
        "07700 900113",
    );
    assert!(matches!(
        Person::of(&known, &facts(vec![other]), now()).differences[..],
        [
            Difference::Gender(_),
            Difference::Address(_),
            Difference::Phone(_)
        ]
    ));
}

#[test]
fn an_address_or_a_number_that_has_ended_is_no_difference() {
    let with = |from: &str, homes: &[(&str, &str)]| {
        let mut it = jane(from, "1945-07-14");
        for (line, end) in homes {
            it.addresses.push(Address {
                lines: vec![(*line).to_owned()],
                period: period("", end),
                ..Address::default()
            });
            it.telecoms.push(Telecom {
                period: period("", end),
                ..phone(&format!("0161 496 0101 {}", line.len()), 1)
            });
        }
        it
    };
    let known = with(
        "shared",
        &[("3 Old St", "2019-05-01"), ("12 Moor Road", "")],
    );
    let same = with("rm2", &[("12 Moor Road", "")]);
    assert_eq!(
        Person::of(&known, &facts(vec![same]), now()).differences,
        []
    );
    let old = with("rm2", &[("3 Old St", "2019-05-01")]);
    assert_eq!(Person::of(&known, &facts(vec![old]), now()).differences, []);
    // Until a day to come they live there.
    let soon = with("rm2", &[("3 Old St", "2027-05-01")]);
    assert!(matches!(
        Person::of(&known, &facts(vec![soon]), now()).differences[..],
        [Difference::Address(_), Difference::Phone(_)]
    ));
}

#[test]
fn a_number_that_fails_its_check_is_said_with_its_source() {
    let known = patient("shared", "9912003814", "Smith", "Jane", "1945");
    let person = Person::of(&known, &Facts::default(), now());
    let said = NhsNumber::received("9912003814").unwrap();
    assert_eq!(
        person.differences,
        [Difference::NumberFailsCheck(vec![(source("shared"), said)])]
    );
}
