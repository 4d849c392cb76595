//! Lists of people from servers that do not look at what they are asked for.

#![allow(clippy::unwrap_used)] // in the tests' own helper

mod common;

use alongside::api::ApiError;
use alongside::api::Method;
use alongside::api::lists::{ListKey, by_numbers, people};
use alongside::api::questions::Who;
use alongside::api::rows::{discharged_since, in_hospital, row_facts, trust_row};
use alongside::api::session::Reader;
use alongside::domain::NhsNumber;
use common::{Script, encounter, entries, ok, patient, searchset};
use futures::executor::block_on;

fn team(id: &str, person: &str, member: &str) -> String {
    format!(
        r#"{{"resourceType":"CareTeam","id":"{id}","subject":{{"reference":"Patient/{person}"}},"participant":[{{"member":{{"reference":"{member}"}}}}]}}"#
    )
}

fn asha() -> Reader {
    Reader {
        role_id: "asha".to_owned(),
        practitioner_id: "asha-p".to_owned(),
        name: "Asha".to_owned(),
        role: "GP".to_owned(),
        organisation: String::new(),
    }
}

#[test]
fn somebody_elses_teams_are_no_list_of_mine() {
    let answer = searchset(
        &[
            team("t1", "1", "PractitionerRole/asha"),
            team("t2", "2", "PractitionerRole/somebody-else"),
            team(
                "t3",
                "3",
                "https://elsewhere.example/fhir/Practitioner/asha-p",
            ),
            patient("1", "9990123456"),
            patient("2", "9990123464"),
            patient("3", "9990123472"),
        ],
        None,
    );
    let (client, _) = Script::default()
        .on(Method::Get, "/CareTeam?", vec![ok(answer)])
        .client();
    let page = block_on(people(&client, &ListKey::Mine, &asha(), 50)).unwrap();
    let ids: Vec<&str> = page.patients.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["1", "3"]);
    assert_eq!(page.total, Some(2));
}

#[test]
fn somebody_who_was_not_asked_for_by_number_is_in_no_list() {
    let numbers = vec![NhsNumber::received("9990123456").unwrap()];
    let asked = |people: &[String]| {
        let (client, _) = Script::default()
            .on(Method::Get, "/Patient?", vec![ok(searchset(people, None))])
            .client();
        block_on(by_numbers(&client, &numbers))
    };
    let right = asked(&[patient("1", "9990123456")]).unwrap();
    assert_eq!((right.0.len(), right.1), (1, false));
    let wrong = asked(&[patient("1", "9990123456"), patient("2", "9990123464")]);
    assert!(matches!(wrong, Err(ApiError::WrongPerson)), "{wrong:?}");
}

#[test]
fn who_is_in_hospital_is_looked_up_by_their_own_ids() {
    let stay = r#"{"resourceType":"Encounter","id":"e","status":"in-progress","class":{"code":"IMP"},"subject":{"reference":"Patient/1"}}"#;
    let looked_up = |id: &str, number: &str| {
        let (client, _) = Script::default()
            .on(
                Method::Get,
                "/Encounter?",
                vec![ok(searchset(&[stay.to_owned()], None))],
            )
            .on(
                Method::Get,
                "/Patient?",
                vec![ok(searchset(&[patient(id, number)], None))],
            )
            .client();
        block_on(in_hospital(&client))
    };
    let right = looked_up("1", "9990123456").unwrap();
    assert!(right.numbers.len() == 1 && right.is_whole);
    let wrong = looked_up("2", "9990123464");
    assert!(matches!(wrong, Err(ApiError::WrongPerson)), "{wrong:?}");
}

#[test]
fn who_is_expected_to_leave_is_in_hospital_until_then() {
    let stay = encounter("e", "1").replace(r#""period":{"#, r#""period":{"end":"2026-11-24","#);
    let over = encounter("f", "2").replace("in-progress", "finished");
    let all = [
        stay,
        over,
        patient("1", "9990123456"),
        patient("2", "9990123464"),
    ];
    let (client, _) = Script::default()
        .on(Method::Get, "/Encounter?", vec![ok(searchset(&all, None))])
        .client();
    let named = block_on(in_hospital(&client)).unwrap();
    assert_eq!(
        named.numbers,
        NhsNumber::received("9990123456")
            .into_iter()
            .collect::<Vec<_>>()
    );
}

#[test]
fn who_has_another_consultant_now_was_not_discharged() {
    let over = |id: &str, person: &str, whole: &str| {
        let it = encounter(id, person).replace("in-progress", "finished");
        let end = format!(
            r#""partOf":{{"reference":"Encounter/{whole}"}},"period":{{"end":"2026-11-22","#
        );
        it.replace(r#""period":{"#, &end)
    };
    let all = [
        encounter("spell", "1"),
        over("episode", "1", "spell"),
        over("last", "2", "spell-that-was-not-told"),
        patient("1", "9990123456"),
        patient("2", "9990123464"),
    ];
    let (client, _) = Script::default()
        .on(Method::Get, "/Encounter?", vec![ok(searchset(&all, None))])
        .client();
    let named = block_on(discharged_since(&client, "2026-11-20")).unwrap();
    let gone = NhsNumber::received("9990123464");
    assert_eq!(named.numbers, gone.into_iter().collect::<Vec<_>>());
}

#[test]
fn an_answer_of_which_something_is_missing_is_no_whole_one() {
    let outcome =
        r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"incomplete"}]}"#;
    let taken_out = r#"{"resourceType":"Bundle","type":"searchset","total":3}"#;
    let asked = |stays: String| {
        let (client, _) = Script::default()
            .on(Method::Get, "/Encounter?", vec![ok(stays)])
            .on(Method::Get, "/Patient?", vec![ok(searchset(&[], None))])
            .client();
        block_on(in_hospital(&client)).unwrap().is_whole
    };
    assert!(asked(searchset(&[], None)));
    assert!(!asked(searchset(&[outcome.to_owned()], None)));
    assert!(!asked(taken_out.to_owned()));
}

#[test]
fn a_list_of_which_something_is_missing_says_so() {
    let error =
        r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"}]}"#;
    let mine = team("t1", "1", "PractitionerRole/asha");
    let jane = patient("1", "9990123456");
    for (with, is_cut) in [(None, false), (Some(error.to_owned()), true)] {
        let all: Vec<String> = [mine.clone(), jane.clone()]
            .into_iter()
            .chain(with)
            .collect();
        let (client, _) = Script::default()
            .on(Method::Get, "/CareTeam?", vec![ok(searchset(&all, None))])
            .on(Method::Get, "/Patient?", vec![ok(searchset(&all, None))])
            .client();
        for key in [ListKey::Mine, ListKey::Everyone] {
            let page = block_on(people(&client, &key, &asha(), 50)).unwrap();
            assert_eq!((page.patients.len(), page.is_cut), (1, is_cut), "{key:?}");
        }
        let numbers = [NhsNumber::received("9990123456").unwrap()];
        let found = block_on(by_numbers(&client, &numbers)).unwrap();
        assert_eq!((found.0.len(), found.1), (1, is_cut));
    }
    // A first page of several says that more follow, and is no less whole for it.
    let next = Some("https://inner/fhir/Patient?page=2");
    let (client, _) = Script::default()
        .on(Method::Get, "/Patient?", vec![ok(searchset(&[jane], next))])
        .client();
    let page = block_on(people(&client, &ListKey::Everyone, &asha(), 50)).unwrap();
    assert!(!page.is_cut && page.next.is_some());
}

#[test]
fn what_is_kept_back_of_one_kind_of_rows_keeps_nothing_of_the_others_back() {
    let asked = |rest: fn() -> Result<String, u16>| {
        let mut all = vec![
            Ok(searchset(&[patient("1", "9990123456")], None)),
            Ok(searchset(&[encounter("e", "1")], None)),
        ];
        all.resize_with(5, rest);
        let (client, _) = Script::default()
            .on(Method::Post, "", vec![ok(entries(&all))])
            .client();
        let who = Who::Numbers(vec![NhsNumber::received("9990123456").unwrap()]);
        block_on(row_facts(&client, &who, &trust_row("2026-11-01")))
    };
    for code in [403, 500] {
        let told = match code {
            403 => asked(|| Err(403)),
            _ => asked(|| Err(500)),
        };
        let told = told.unwrap();
        assert_eq!(told.people.first().unwrap().encounters.len(), 1, "{code}");
        assert!(!told.is_whole, "{code}");
    }
    assert!(asked(|| Ok(searchset(&[], None))).unwrap().is_whole);
}

#[test]
fn a_team_that_cannot_be_read_is_not_nobodys() {
    let cut = |odd: &str| {
        let all = [
            team("t1", "1", "PractitionerRole/asha"),
            patient("1", "9990123456"),
            odd.to_owned(),
        ];
        let (client, _) = Script::default()
            .on(Method::Get, "/CareTeam?", vec![ok(searchset(&all, None))])
            .client();
        let page = block_on(people(&client, &ListKey::Mine, &asha(), 50)).unwrap();
        assert_eq!(page.patients.len(), 1);
        page.is_cut
    };
    let mine = r#""participant":[{"member":{"reference":"PractitionerRole/asha"}}]"#;
    assert!(
        !cut(&format!(
            r#"{{"resourceType":"CareTeam","id":"t2",{mine}}}"#
        )),
        "a team of professionals"
    );
    for odd in [
        format!(r#"{{"resourceType":"CareTeam","id":"t2","subject":{{"reference":7}},{mine}}}"#),
        r#"{"resourceType":"CareTeam","id":"t2","subject":{"reference":"Patient/2"},"participant":{"member":{}}}"#.to_owned(),
        r#"{"resourceType":"CareTeam","id":"t2","subject":{"reference":"Patient/2"},"participant":[[]]}"#.to_owned(),
        r#"{"resourceType":"careteam","id":"t2"}"#.to_owned(),
    ] {
        assert!(cut(&odd), "{odd}");
    }
}

#[test]
fn what_does_not_say_whom_it_is_about_is_set_aside_and_the_rows_stay() {
    let nobodys = encounter("n", "1").replace(
        r#""subject":{"reference":"Patient/1"}"#,
        r#""subject":{"display":"Jane"}"#,
    );
    assert!(!nobodys.contains("Patient/1"));
    let asked = |more: String| {
        let mut all = vec![
            Ok(searchset(&[patient("1", "9990123456")], None)),
            Ok(searchset(&[encounter("e", "1"), more], None)),
        ];
        all.resize_with(5, || Ok(searchset(&[], None)));
        let (client, _) = Script::default()
            .on(Method::Post, "", vec![ok(entries(&all))])
            .on(Method::Get, "/metadata", vec![common::status(404, "")])
            .client();
        let who = Who::Numbers(vec![NhsNumber::received("9990123456").unwrap()]);
        block_on(row_facts(&client, &who, &trust_row("2026-11-01")))
    };
    let told = asked(nobodys).unwrap();
    assert_eq!(told.people.first().unwrap().encounters.len(), 1);
    assert!(!told.is_whole, "and it is said that this is not all");
    let without_id = patient("1", "9990123456").replace(r#""id":"1""#, r#""id":7"#);
    assert!(!asked(without_id).unwrap().is_whole);
    let team = r#"{"resourceType":"CareTeam","id":"t","status":"active"}"#;
    assert!(
        asked(team.to_owned()).unwrap().is_whole,
        "a team of professionals"
    );
    let wrong = asked(encounter("x", "of-somebody-else"));
    assert!(matches!(wrong, Err(ApiError::WrongPerson)), "{wrong:?}");
}

#[test]
fn a_stay_that_does_not_say_whose_it_is_makes_no_whole_list_of_who_is_in() {
    let nobodys = encounter("n", "1").replace(r#""reference":"Patient/1""#, r#""display":"Jane""#);
    let all = [encounter("e", "1"), patient("1", "9990123456"), nobodys];
    let (client, _) = Script::default()
        .on(Method::Get, "/Encounter?", vec![ok(searchset(&all, None))])
        .client();
    let named = block_on(in_hospital(&client)).unwrap();
    assert_eq!((named.numbers.len(), named.is_whole), (1, false));
}
