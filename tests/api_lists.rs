//! Lists of people from servers that do not look at what they are asked for.

#![allow(clippy::unwrap_used)] // in the tests' own helper

mod common;

use alongside::api::Method;
use alongside::api::lists::{ListKey, people};
use alongside::api::session::Reader;
use common::{Script, ok, patient, searchset};
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
