//! Servers differ, fail and lie: what the api makes of it, natively. The same is tried in browsers against real
//! record APIs by the journeys.

#![allow(clippy::unwrap_used)] // in the tests' own helper

mod common;

use alongside::api::client::Reach;
use alongside::api::person::person;
use alongside::api::questions::Who;
use alongside::api::{ApiError, Method, Search};
use alongside::domain::{NhsNumber, Topic};
use common::{Script, batch_response, encounter, ok, patient, searchset, status, told};
use futures::executor::block_on;

const JANE: &str = "9990123456";

fn jane() -> Who {
    Who::Numbers(vec![NhsNumber::received(JANE).unwrap()])
}

fn two() -> [Search; 2] {
    [
        Search::new("Patient").with("_id", "1"),
        Search::new("Encounter").with("patient", "1"),
    ]
}

#[test]
fn one_round_trip_where_the_server_can_batch() {
    let answer = batch_response(&[
        searchset(&[patient("p", JANE)], None),
        searchset(&[], None),
        searchset(&[encounter("e", "p")], None),
    ]);
    let (client, script) = Script::default()
        .on(Method::Post, "", vec![ok(answer)])
        .client();
    let answers = block_on(person(&client, &jane(), &[Topic::Activity], 100));
    assert_eq!(answers[0].1.as_ref().unwrap().encounters.len(), 1);
    assert_eq!(script.asked.borrow().len(), 1);
}

#[test]
fn a_server_without_batch_is_asked_one_by_one_and_remembered() {
    for refusal in [
        status(405, ""),
        status(400, "{}"),
        status(404, ""),
        status(501, "<html>"),
        status(403, ""),
    ] {
        let (client, script) = Script::default()
            .on(Method::Post, "", vec![refusal])
            .on(
                Method::Get,
                "/Patient?",
                vec![ok(searchset(&[patient("1", JANE)], None))],
            )
            .on(
                Method::Get,
                "/Encounter?",
                vec![ok(searchset(&[encounter("e", "1")], None))],
            )
            .client();
        for _ in 0..2 {
            let found = block_on(client.ask(&two(), Reach::FirstPage));
            assert!(found.iter().all(Result::is_ok), "{found:?}");
        }
        let posts = script
            .asked
            .borrow()
            .iter()
            .filter(|it| it.starts_with("Post"))
            .count();
        assert_eq!(posts, 1, "the batch is not tried again");
    }
}

/// As some say it that take both: `transaction` and no word of `batch`.
#[test]
fn a_server_that_says_only_that_it_takes_transactions_is_asked_in_one_batch() {
    let statement = r#"{"resourceType":"CapabilityStatement","rest":[{"mode":"server",
        "interaction":[{"code":"transaction"},{"code":"history-system"}],
        "resource":[{"type":"Patient"},{"type":"Encounter"}]}]}"#;
    let answer = batch_response(&[
        searchset(&[patient("1", JANE)], None),
        searchset(&[encounter("e", "1")], None),
    ]);
    let (client, script) = Script::default()
        .on(Method::Get, "/metadata", vec![ok(statement)])
        .on(Method::Post, "", vec![ok(answer)])
        .client();
    told(&script, &client);
    let found = block_on(client.ask(&two(), Reach::FirstPage));
    assert!(found.iter().all(Result::is_ok), "{found:?}");
    assert_eq!(script.asked.borrow().len(), 1);
}

#[test]
fn only_what_the_capability_statement_offers_is_asked() {
    let statement = r#"{"resourceType":"CapabilityStatement","rest":[{"mode":"server","resource":[{"type":"Patient"}]}]}"#;
    let (client, script) = Script::default()
        .on(Method::Get, "/metadata", vec![ok(statement)])
        .on(Method::Get, "/Patient?", vec![ok(searchset(&[], None))])
        .client();
    told(&script, &client);
    let found = block_on(client.ask(&two(), Reach::FirstPage));
    assert!(found[0].is_ok());
    assert_eq!(found[1], Err(ApiError::NotOffered));
    assert_eq!(
        script.asked.borrow().as_slice(),
        ["Get /fhir/rw3/Patient?_id=1"]
    );
}

#[test]
fn remarks_among_the_matches_are_kept_and_not_taken_for_facts() {
    let outcome = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"incomplete","diagnostics":"an archive could not be read"}]}"#;
    let body = searchset(
        &[encounter("e", "1"), outcome.to_owned(), "null".to_owned()],
        None,
    );
    let (client, _) = Script::default()
        .on(Method::Get, "", vec![ok(body)])
        .client();
    let found = block_on(client.ask(&[Search::new("Encounter")], Reach::FirstPage))
        .remove(0)
        .unwrap();
    assert_eq!(found.resources.len(), 1);
    assert!(found.remarks[0].contains("archive could not be read"));
}

#[test]
fn a_busy_source_is_given_the_time_it_asks_for() {
    for busy in [429, 503] {
        let mut wait = status(busy, "");
        wait.retry_after = Some(7);
        let (client, script) = Script::default()
            .on(Method::Get, "", vec![wait, ok(searchset(&[], None))])
            .client();
        assert!(block_on(client.ask(&[Search::new("Encounter")], Reach::FirstPage))[0].is_ok());
        assert_eq!(script.slept.borrow()[0].as_secs(), 7);
    }
    let mut long = status(503, "");
    long.retry_after = Some(3600);
    let (client, script) = Script::default().on(Method::Get, "", vec![long]).client();
    assert_eq!(
        block_on(client.ask(&[Search::new("Encounter")], Reach::FirstPage))[0],
        Err(ApiError::Busy)
    );
    assert!(
        script.slept.borrow().is_empty(),
        "nobody waits an hour for a screen"
    );
}

#[test]
fn what_is_not_fhir_is_named_and_never_taken_for_nothing() {
    let truncated = &searchset(&[encounter("e", "1")], None)[..90];
    for body in [
        "",
        "<html><body>Bad gateway</body></html>",
        truncated,
        "null",
        "[]",
        "{}",
        "\"x\"",
    ] {
        let (client, _) = Script::default()
            .on(Method::Get, "", vec![ok(body)])
            .client();
        let found = block_on(client.ask(&[Search::new("Encounter")], Reach::FirstPage)).remove(0);
        assert!(
            matches!(found, Err(ApiError::Unreadable(_))),
            "{body}: {found:?}"
        );
        let (client, _) = Script::default()
            .on(Method::Post, "", vec![ok(body)])
            .client();
        let found = block_on(client.ask(&two(), Reach::FirstPage));
        assert!(
            found
                .iter()
                .all(|it| matches!(it, Err(ApiError::Unreadable(_)))),
            "{body}: {found:?}"
        );
    }
}

#[test]
fn statuses_are_told_apart() {
    for (code, error) in [
        (401, ApiError::SignedOut),
        (403, ApiError::Withheld),
        (404, ApiError::Gone),
        (410, ApiError::Gone),
        (500, ApiError::Failed(500)),
        (502, ApiError::Unreachable),
        (504, ApiError::Unreachable),
    ] {
        let (client, _) = Script::default()
            .on(Method::Get, "", vec![status(code, "<html>")])
            .client();
        assert_eq!(
            block_on(client.ask(&[Search::new("Encounter")], Reach::FirstPage))[0],
            Err(error),
            "{code}"
        );
    }
}

#[test]
fn somebody_elses_bundle_is_refused_whole() {
    // The batch lies, and so does the second, safer question.
    let lie = batch_response(&[
        searchset(&[patient("p", JANE)], None),
        searchset(&[], None),
        searchset(&[encounter("e", "p"), encounter("f", "q")], None),
    ]);
    let (client, _) = Script::default()
        .on(Method::Post, "", vec![ok(lie)])
        .on(
            Method::Get,
            "",
            vec![ok(searchset(&[patient("p", JANE)], None))],
        )
        .client();
    let answers = block_on(person(&client, &jane(), &[Topic::Activity], 100));
    assert_eq!(answers[0].1, Err(ApiError::WrongPerson));

    let other = batch_response(&[
        searchset(&[patient("q", "9990000018")], None),
        searchset(&[], None),
        searchset(&[encounter("f", "q")], None),
    ]);
    let (client, _) = Script::default()
        .on(Method::Post, "", vec![ok(other)])
        .on(
            Method::Get,
            "",
            vec![ok(searchset(&[patient("q", "9990000018")], None))],
        )
        .client();
    let answers = block_on(person(
        &client,
        &jane(),
        &[Topic::Identity, Topic::Activity],
        100,
    ));
    assert!(answers.iter().all(|(_, it)| !matches!(it, Ok(facts) if !facts.encounters.is_empty() || !facts.patients.is_empty())), "{answers:?}");
}

#[test]
fn a_server_that_ignores_chained_searches_is_asked_by_its_own_ids() {
    // It ignores the unknown parameter and gives everybody's encounters.
    let ignoring = batch_response(&[
        searchset(&[patient("p", JANE)], None),
        searchset(&[], None),
        searchset(&[encounter("e", "p"), encounter("f", "q")], None),
    ]);
    let by_id = batch_response(&[
        searchset(&[patient("p", JANE)], None),
        searchset(&[], None),
        searchset(&[encounter("e", "p")], None),
    ]);
    let (client, _) = Script::default()
        .on(Method::Post, "patient.identifier", vec![ok(ignoring)])
        .on(Method::Post, "patient=p", vec![ok(by_id)])
        .on(
            Method::Get,
            "/Patient?identifier",
            vec![ok(searchset(&[patient("p", JANE)], None))],
        )
        .client();
    let answers = block_on(person(&client, &jane(), &[Topic::Activity], 100));
    let facts = answers[0].1.as_ref().unwrap();
    assert_eq!(
        facts
            .encounters
            .iter()
            .map(|it| it.origin.resource.id.as_ref())
            .collect::<Vec<_>>(),
        ["e"]
    );
}

#[test]
fn somebody_the_source_does_not_know_has_no_facts_there_and_that_is_an_answer() {
    let nobody = batch_response(&[
        searchset(&[], None),
        searchset(&[], None),
        searchset(&[], None),
    ]);
    let (client, _) = Script::default()
        .on(Method::Post, "", vec![ok(nobody)])
        .client();
    let answers = block_on(person(&client, &jane(), &[Topic::Activity], 100));
    assert_eq!(answers[0].1.as_ref().map(|it| it.encounters.len()), Ok(0));
}

#[test]
fn a_part_that_fails_fails_alone() {
    let mixed = format!(
        r#"{{"resourceType":"Bundle","type":"batch-response","entry":[{{"response":{{"status":"200 OK"}},"resource":{}}},{{"response":{{"status":"200"}},"resource":{}}},{{"response":{{"status":"500 Internal Server Error"}}}},{{"response":{{"status":"200 OK"}},"resource":{}}}]}}"#,
        searchset(&[patient("p", JANE)], None),
        searchset(&[], None),
        searchset(&[], None),
    );
    let (client, _) = Script::default()
        .on(Method::Post, "", vec![ok(mixed)])
        .client();
    let answers = block_on(person(
        &client,
        &jane(),
        &[Topic::Activity, Topic::Appointments],
        100,
    ));
    assert_eq!(answers[0].1, Err(ApiError::Failed(500)));
    assert!(answers[1].1.is_ok());
}

#[test]
fn what_is_withheld_is_told_to_the_topic_that_it_is_about() {
    let list = r#"{"resourceType":"List","id":"w","status":"current","mode":"snapshot","subject":{"reference":"Patient/p"},"code":{"text":"Medications"},"extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ListWarningCode","valueCode":"confidential-items"}]}"#;
    let answer = batch_response(&[
        searchset(&[patient("p", JANE)], None),
        searchset(&[list.to_owned()], None),
        searchset(&[], None),
        searchset(&[], None),
        searchset(&[], None),
    ]);
    let (client, _) = Script::default()
        .on(Method::Post, "", vec![ok(answer)])
        .client();
    let topics = [Topic::Medicines, Topic::Allergies];
    let answers = block_on(person(&client, &jane(), &topics, 100));
    let told: Vec<usize> = answers
        .iter()
        .map(|(_, it)| it.as_ref().unwrap().withheld.len())
        .collect();
    assert_eq!(told, [1, 0]);
}

#[test]
fn a_part_about_other_people_that_can_be_missed_does_not_cost_the_rest() {
    // The server does not know `List?patient=` and gives everybody's.
    let list = r#"{"resourceType":"List","id":"w","subject":{"reference":"Patient/q"}}"#;
    let answer = batch_response(&[
        searchset(&[patient("p", JANE)], None),
        searchset(&[list.to_owned()], None),
    ]);
    let (client, _) = Script::default()
        .on(Method::Post, "", vec![ok(answer)])
        .client();
    let who = Who::Id(alongside::domain::PatientId::parse("p").unwrap());
    let answers = block_on(person(&client, &who, &[Topic::Identity], 100));
    let facts = answers[0].1.as_ref().unwrap();
    assert_eq!((facts.patients.len(), facts.withheld.len()), (1, 0));
    assert!(facts.issues[0].what.contains("thrown away"));
}

/// Who is there without an id would else be called unknown to the source, and at home.
#[test]
fn a_person_whose_id_cannot_be_read_is_not_unknown_to_the_source() {
    let bare = r#"{"resourceType":"Patient","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990123456"}]}"#;
    let small = r#"{"resourceType":"patient","id":"p"}"#;
    for odd in [bare, small] {
        let identity = || searchset(&[odd.to_owned()], None);
        let stay = || searchset(&[encounter("e", "p")], None);
        let (client, _) = Script::default()
            .on(
                Method::Post,
                "",
                vec![ok(batch_response(&[
                    identity(),
                    searchset(&[], None),
                    stay(),
                ]))],
            )
            .on(Method::Get, "/Patient?", vec![ok(identity())])
            .client();
        let answers = block_on(person(&client, &jane(), &[Topic::Activity], 100));
        assert!(
            matches!(answers[0].1, Err(ApiError::Unreadable(_))),
            "{odd}: {answers:?}"
        );
    }
}
