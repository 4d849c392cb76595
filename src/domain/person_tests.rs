use super::*;
use crate::domain::sample::{allergy, patient, source, when};

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
fn differences_between_sources_are_listed_and_a_partial_date_is_one() {
    let known = patient("shared", NUMBER, "Smith", "Jane", "1945-07-14");
    let others = [
        known.clone(),
        patient("rm2", NUMBER, "Smyth", "Jane", "1945-07"),
    ];
    let person = Person::of(&known, &of(others.to_vec()));
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
    let person = Person::of(&known, &of(vec![vague, dated]));
    assert_eq!(
        person.deceased,
        when("2026-03-03").map(|it| (Deceased::On(it), source("rm2")))
    );
    assert!(
        matches!(&person.differences[..], [Difference::Deceased { says, silent }] if says.len() == 2 && silent.len() == 1)
    );
}
