//! Each person who breaks software is there, even in the smallest cohort.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use cohort::{Options, Programme, Source};
use serde_json::Value;

type Person = BTreeMap<Source, Vec<Value>>;

fn programme() -> Programme {
    let today = NaiveDate::from_ymd_opt(2026, 11, 22)
        .unwrap()
        .and_hms_opt(14, 5, 0)
        .unwrap();
    Programme::new(Options {
        seed: 1,
        patients: 40,
        today,
    })
}

fn case(name: &str) -> Person {
    let programme = programme();
    let case = programme
        .special_cases()
        .into_iter()
        .find(|case| case.name == name)
        .unwrap_or_else(|| panic!("no case {name}"));
    let person: Person = programme.person(case.person).into_iter().collect();
    assert_eq!(
        all(&person[&Source::Shared], "Patient")[0]["id"],
        case.patient.as_str()
    );
    person
}

fn all<'a>(resources: &'a [Value], kind: &str) -> Vec<&'a Value> {
    resources
        .iter()
        .filter(|resource| resource["resourceType"] == kind)
        .collect()
}

fn written(person: &Person) -> String {
    serde_json::to_string(&person.values().collect::<Vec<_>>()).unwrap()
}

#[test]
fn there_are_thirty_six_by_hand_with_different_names() {
    let cases = programme().special_cases();
    let names: std::collections::BTreeSet<_> = cases.iter().map(|case| case.name).collect();
    assert_eq!((cases.len(), names.len()), (36, 36));
}

#[test]
fn jane_is_as_in_the_pictures() {
    let jane = case("jane");
    let shared = &jane[&Source::Shared];
    let patient = all(shared, "Patient")[0];
    assert_eq!(patient["birthDate"], "1945-07-14");
    assert_eq!(patient["identifier"][0]["value"], "9990123454");
    let stay = all(&jane[&Source::Rm2], "Encounter")
        .into_iter()
        .find(|stay| stay["status"] == "in-progress")
        .unwrap();
    assert_eq!(stay["period"]["start"], "2026-11-21T23:40:00+00:00");
    assert_eq!(
        stay["location"].as_array().unwrap().last().unwrap()["location"]["display"],
        "Wythenshawe Hospital, ward F7"
    );
    let text = written(&jane);
    for words in [
        "Tom Achebe",
        "Key worker",
        "Carol",
        "Being home with Bess, my dog. I don’t want to be moved at night.",
        "North 3 team",
        "40 mg twice a day",
        "40 mg once a day",
        "Latex allergy",
        "Chest infection",
    ] {
        assert!(text.contains(words), "{words}");
    }
    let due = all(shared, "CarePlan")
        .iter()
        .flat_map(|plan| plan["activity"].as_array().unwrap())
        .find(|activity| {
            activity["detail"]["status"] == "scheduled"
                && activity["detail"]["scheduledPeriod"].is_object()
        })
        .unwrap();
    assert_eq!(due["detail"]["scheduledPeriod"]["start"], "2027-01-12");
}

#[test]
fn unknown_codes_and_elements_are_there() {
    assert!(written(&case("unknown-codes")).contains("urn:oid:2.16.840.1.113883.2.1.9.9.9"));
    let odd = written(&case("unknown-elements"));
    assert!(
        odd.contains("favouriteBiscuit")
            && odd.contains("_birthDate")
            && odd.contains("lighthouse")
            && odd.contains("sparkle")
    );
}

#[test]
fn the_care_team_is_contained_and_nowhere_else() {
    let person = case("contained");
    let shared = &person[&Source::Shared];
    assert!(all(shared, "CareTeam").is_empty());
    assert_eq!(
        all(shared, "CarePlan")[0]["contained"][0]["resourceType"],
        "CareTeam"
    );
    assert!(written(&person).contains("\"#product\""));
}

#[test]
fn entered_in_error_is_said_of_each_kind() {
    let text = written(&case("entered-in-error"));
    assert!(text.matches("entered-in-error").count() >= 6);
}

#[test]
fn dates_are_partial_and_a_death_is_recorded() {
    assert_eq!(
        all(&case("partial-dates")[&Source::Shared], "Patient")[0]["birthDate"],
        "1941"
    );
    assert_eq!(
        all(&case("deceased")[&Source::Shared], "Patient")[0]["deceasedDateTime"],
        "2026-11-13T14:05:00+00:00"
    );
}

#[test]
fn two_people_have_the_same_name_and_birthday_and_different_numbers() {
    let (a, b) = (case("same-name-a"), case("same-name-b"));
    let (a, b) = (
        all(&a[&Source::Shared], "Patient")[0].clone(),
        all(&b[&Source::Shared], "Patient")[0].clone(),
    );
    assert_eq!((&a["name"], &a["birthDate"]), (&b["name"], &b["birthDate"]));
    assert_ne!(a["identifier"][0]["value"], b["identifier"][0]["value"]);
}

#[test]
fn a_number_fails_one_conflicts_and_one_is_missing() {
    assert!(written(&case("failing-nhs-number")).contains("9912003814"));
    let conflict = case("number-conflict");
    let (ours, theirs) = (
        all(&conflict[&Source::Shared], "Patient")[0],
        all(&conflict[&Source::Rm2], "Patient")[0],
    );
    assert_eq!(
        ours["identifier"][0]["value"],
        theirs["identifier"][0]["value"]
    );
    assert_ne!(ours["birthDate"], theirs["birthDate"]);
    assert!(!written(&case("no-nhs-number")).contains("Id/nhs-number"));
}

#[test]
fn one_person_has_three_ids_in_three_trusts() {
    let person = case("three-ids");
    let ids: std::collections::BTreeSet<_> = Source::TRUSTS
        .iter()
        .map(|trust| all(&person[trust], "Patient")[0]["id"].to_string())
        .collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn the_same_medicine_has_two_doses() {
    let person = case("two-doses");
    let gp = all(&person[&Source::Shared], "MedicationStatement")
        .into_iter()
        .find(|taken| taken["medicationCodeableConcept"]["text"] == "Apixaban 5mg tablets")
        .unwrap();
    let trust = all(&person[&Source::Rw3], "MedicationRequest")
        .into_iter()
        .find(|taken| taken["medicationCodeableConcept"]["text"] == "Apixaban 5mg tablets")
        .unwrap();
    assert_ne!(
        gp["dosage"][0]["text"],
        trust["dosageInstruction"][0]["text"]
    );
}

#[test]
fn decimals_keep_every_digit_and_below_five_comes_in_two_ways() {
    let text = written(&case("long-decimals"));
    for written in [
        "5.30000000000000001",
        "\"value\":5.0,",
        "4.90",
        "\"comparator\":\"<\"",
        "\"valueString\":\"<5\"",
    ] {
        assert!(text.contains(written), "{written}");
    }
}

#[test]
fn one_person_has_five_hundred_encounters() {
    assert!(all(&case("500-encounters")[&Source::Rw3], "Encounter").len() >= 500);
}

#[test]
fn markup_is_hostile_and_names_come_in_other_scripts() {
    assert!(written(&case("hostile-html")).contains("<img src=x onerror="));
    assert!(written(&case("arabic-name")).contains("مريم"));
    assert!(written(&case("chinese-name")).contains("黃"));
}

#[test]
fn a_medicine_has_three_hundred_characters() {
    let person = case("long-medicine");
    let names = all(&person[&Source::Shared], "MedicationStatement");
    assert!(names.iter().any(|taken| {
        taken["medicationCodeableConcept"]["text"]
            .as_str()
            .unwrap()
            .chars()
            .count()
            == 300
    }));
}

#[test]
fn displays_are_missing_and_lists_are_withheld() {
    assert!(!written(&case("missing-display")).contains("\"display\""));
    let withheld = written(&case("withheld"));
    assert!(
        withheld.contains("confidential-items")
            && withheld.contains("data-in-transit")
            && withheld.contains("no-content-recorded")
    );
}

#[test]
fn one_test_comes_in_two_units() {
    let text = written(&case("two-units"));
    assert!(text.contains("g/dL") && text.contains("\"g/L\""));
}

#[test]
fn allergies_are_not_recorded_none_known_unknown_or_refuted() {
    let count = |name: &str| all(&case(name)[&Source::Shared], "AllergyIntolerance").len();
    assert_eq!(count("allergies-not-recorded"), 0);
    assert!(written(&case("no-known-allergies")).contains("716186003"));
    assert!(written(&case("allergies-unknown")).contains("asked-unknown"));
    let refuted = written(&case("allergy-refuted"));
    assert!(refuted.contains("\"refuted\"") && refuted.contains("\"inactive\""));
}

#[test]
fn every_special_person_is_on_the_safety_officers_list() {
    let programme = programme();
    let officer = programme
        .demo_users()
        .into_iter()
        .find(|user| user.role == "Clinical safety officer")
        .unwrap();
    for case in programme
        .special_cases()
        .into_iter()
        .filter(|case| case.person >= 6)
    {
        let person: Person = programme.person(case.person).into_iter().collect();
        assert!(
            written(&person).contains(&officer.practitioner_role),
            "{}",
            case.name
        );
    }
}
