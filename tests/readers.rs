//! Who one can be, where the record has the suggested people and where it does not.

mod common;

use alongside::api::Method;
use alongside::api::session::people;
use common::{Script, batch_response, ok, searchset};
use futures::executor::block_on;

const TOM: &str =
    r#"{"resourceType":"Practitioner","id":"tom","name":[{"family":"Achebe","given":["Tom"]}]}"#;
const NURSE: &str = r#"{"resourceType":"PractitionerRole","id":"nurse","practitioner":{"reference":"Practitioner/tom"},"organization":{"display":"North"},"code":[{"text":"District nurse"}]}"#;

#[test]
fn where_nobody_who_is_suggested_is_in_the_record_others_are_offered_with_their_roles() {
    let nobody = searchset(&[], None);
    let persons = searchset(&[TOM.to_owned()], None);
    let roles = searchset(&[NURSE.to_owned(), TOM.to_owned()], None);
    let (client, _) = Script::default()
        .on(
            Method::Post,
            "/",
            vec![ok(batch_response(&[nobody, persons]))],
        )
        .on(Method::Get, "/PractitionerRole?_include", vec![ok(roles)])
        .client();
    let found = block_on(people(&client, &["an-id-of-ours".to_owned()], "")).unwrap();
    let all: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|it| (it.role_id.as_str(), it.name.as_str(), it.role.as_str()))
        .collect();
    assert_eq!(all, [("nurse", "Tom Achebe", "District nurse")]);
}
