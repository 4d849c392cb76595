//! What happens in hospitals, as the api makes it of what servers answer, natively.

#![allow(clippy::unwrap_used)] // in the tests' own helper

mod common;

use alongside::api::activity::{Happened, Read, Span, happened};
use alongside::api::{ApiError, Client, Method, Transport};
use alongside::domain::NhsNumber;
use alongside::domain::appointment::Appointment;
use chrono::NaiveDate;
use common::{Script, batch_response, encounter, entries, ok, patient, searchset, status};
use futures::executor::block_on;

const JANE: &str = "9990123456";

fn appointment(id: &str, version: &str, written: &str, start: &str) -> String {
    format!(
        r#"{{"resourceType":"Appointment","id":"{id}","meta":{{"versionId":"{version}","lastUpdated":"{written}"}},"status":"booked","start":"{start}","participant":[{{"actor":{{"reference":"Patient/p"}},"status":"accepted"}}]}}"#
    )
}

/// What happened to Jane, as far as this source tells it.
fn everything<T: Transport>(client: &Client<T>) -> Happened {
    everything_of(client, &[JANE])
}

fn everything_of<T: Transport>(client: &Client<T>, people: &[&str]) -> Happened {
    let span = Span {
        since: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
        read: Read::Everything,
    };
    let people: Vec<NhsNumber> = people
        .iter()
        .map(|it| NhsNumber::received(it).unwrap())
        .collect();
    block_on(happened(client, &people, span)).unwrap()
}

/// What a source has that answers the question about its versions so.
fn appointments(versions: Vec<alongside::api::Response>) -> (Vec<Appointment>, Vec<String>) {
    let now = appointment("a", "2", "2026-11-20T10:00:00Z", "2026-12-05T09:00:00Z");
    let never = appointment("b", "1", "2026-11-20T10:00:00Z", "2026-12-06T09:00:00Z");
    let answer = batch_response(&[
        searchset(&[patient("p", JANE)], None),
        searchset(&[], None),
        searchset(&[], None),
        searchset(&[now, never], None),
        searchset(&[], None),
        searchset(&[], None),
        searchset(&[], None),
        searchset(&[], None),
        searchset(&[], None),
        searchset(&[], None),
    ]);
    let (client, script) = Script::default()
        .on(Method::Get, "_history", versions)
        .on(Method::Post, "", vec![ok(answer)])
        .client();
    let told = everything(&client);
    let found = told.people.into_iter().flat_map(|it| it.appointments);
    (found.collect(), script.asked.borrow().clone())
}

#[test]
fn an_appointment_that_was_written_again_is_asked_about_its_versions() {
    let versions = searchset(
        &[
            appointment("a", "2", "2026-11-20T10:00:00Z", "2026-12-05T09:00:00Z"),
            appointment("a", "1", "2026-11-10T10:00:00Z", "2026-12-03T09:00:00Z"),
        ],
        None,
    );
    let (found, asked) = appointments(vec![ok(versions)]);
    let moves: Vec<usize> = found.iter().map(|it| it.moves.len()).collect();
    assert_eq!(moves, [1, 0]);
    assert_eq!(
        asked.get(1..).unwrap(),
        ["Get /fhir/rw3/Appointment/a/_history?_count=20"]
    );
}

#[test]
fn a_source_without_versions_or_with_somebody_elses_is_taken_at_its_word_of_now() {
    let other = appointment("z", "1", "2026-11-10T10:00:00Z", "2026-12-03T09:00:00Z");
    for answer in [
        status(404, ""),
        status(501, ""),
        status(500, "<html>"),
        ok("{"),
        ok(searchset(&[other], None)),
    ] {
        let (found, _) = appointments(vec![answer]);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|it| it.moves.is_empty()));
    }
}

/// A result that says only when it was issued, a stay that is over and says nothing, an image that was reported.
fn undated() -> [String; 3] {
    let about = r#""subject":{"reference":"Patient/p"}"#;
    let written = r#""meta":{"lastUpdated":"2026-11-20T10:00:00Z"}"#;
    [
        format!(
            r#"{{"resourceType":"Observation","id":"o",{written},{about},"status":"final","code":{{"text":"CRP"}},"issued":"2026-11-20T09:00:00Z","valueString":"high"}}"#
        ),
        format!(
            r#"{{"resourceType":"Encounter","id":"e",{written},{about},"status":"finished","class":{{"code":"IMP"}}}}"#
        ),
        format!(
            r#"{{"resourceType":"DiagnosticReport","id":"d",{written},{about},"status":"final","code":{{"text":"CT head"}},"issued":"2026-11-20T09:00:00Z","conclusion":"No bleed"}}"#
        ),
    ]
}

#[test]
fn what_bears_no_date_is_asked_for_and_where_that_is_refused_not_again() {
    let [issued, over, image] = undated();
    let none = || Ok(searchset(&[], None));
    let jane = || Ok(searchset(&[patient("p", JANE)], None));
    let dated = || [jane(), none(), none(), none(), none(), none()];
    let refused = || Err(400);
    for (undated, found, questions) in [
        (
            [
                Ok(searchset(&[over], None)),
                none(),
                Ok(searchset(&[issued], None)),
                Ok(searchset(&[image], None)),
            ],
            [3, 3],
            [10, 10],
        ),
        (
            [refused(), refused(), refused(), refused()],
            [0, 0],
            [10, 6],
        ),
        // It gives what has a date, too: it has not understood.
        (
            [
                Ok(searchset(&[encounter("f", "p")], None)),
                none(),
                none(),
                none(),
            ],
            [1, 0],
            [10, 6],
        ),
    ] {
        let first: Vec<_> = dated().into_iter().chain(undated).collect();
        let second = if questions[1] == 10 {
            first.clone()
        } else {
            dated().to_vec()
        };
        let answers = vec![ok(entries(&first)), ok(entries(&second))];
        let (client, script) = Script::default().on(Method::Post, "", answers).client();
        let span = Span {
            since: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
            read: Read::Newest,
        };
        let jane = [NhsNumber::received(JANE).unwrap()];
        for (found, asked) in found.into_iter().zip(questions) {
            let told = block_on(happened(&client, &jane, span)).unwrap();
            let facts = told.people.first().unwrap();
            let all = facts.findings.len() + facts.encounters.len() + facts.reports.len();
            assert_eq!((all, told.partial), (found, false));
            let body = script.bodies.borrow().last().cloned().unwrap();
            assert_eq!(body.matches("\"GET\"").count(), asked);
        }
    }
}

#[test]
fn what_is_kept_back_of_one_kind_keeps_no_arrivals_back() {
    let none = || Ok(searchset(&[], None));
    let asked = |stays: Result<String, u16>, rest: fn() -> Result<String, u16>| {
        let mut all = vec![Ok(searchset(&[patient("p", JANE)], None)), stays];
        all.resize_with(10, rest);
        let answers = vec![ok(entries(&all))];
        let (client, _) = Script::default().on(Method::Post, "", answers).client();
        let span = Span {
            since: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
            read: Read::Newest,
        };
        block_on(happened(
            &client,
            &[NhsNumber::received(JANE).unwrap()],
            span,
        ))
    };
    let stay = || Ok(searchset(&[encounter("e", "p")], None));
    let told = asked(stay(), || Err(403)).unwrap();
    assert_eq!(told.people.first().unwrap().encounters.len(), 1);
    assert!(!told.failed.is_empty(), "and it is said");
    assert!(asked(stay(), none).unwrap().failed.is_empty());
    let nothing = asked(Err(403), || Err(403));
    assert!(matches!(nothing, Err(ApiError::Withheld)), "{nothing:?}");
}

#[test]
fn of_whom_it_is_not_said_that_they_are_there_nothing_is_known() {
    let error =
        r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"}]}"#;
    // The first answer says that somebody is missing, and tells what happened to them; so does the second, by ids.
    let cut = searchset(&[error.to_owned()], None);
    let mut all = vec![Ok(cut.clone()), Ok(searchset(&[encounter("e", "p")], None))];
    all.resize_with(10, || Ok(searchset(&[], None)));
    let (client, _) = Script::default()
        .on(Method::Post, "", vec![ok(entries(&all))])
        .on(Method::Get, "/Patient?", vec![ok(cut)])
        .on(Method::Get, "/metadata", vec![status(404, "")])
        .client();
    let told = everything(&client);
    assert!(told.people.is_empty());
    assert!(told.failed.contains(&"Encounter"), "{told:?}");
}

#[test]
fn a_group_appointment_is_told_of_each_of_them_once() {
    let group = r#"{"resourceType":"Appointment","id":"g","meta":{"versionId":"2","lastUpdated":"2026-11-20T10:00:00Z"},"status":"booked","start":"2026-12-05T09:00:00Z","participant":[{"actor":{"reference":"Patient/p"}},{"actor":{"reference":"Patient/q"}},{"actor":{"reference":"Patient/p"}},{"actor":{"reference":"Patient/of-somebody-else"}}]}"#;
    let none = || searchset(&[], None);
    let mut answers = vec![searchset(
        &[patient("p", JANE), patient("q", "9990123464")],
        None,
    )];
    answers.extend([
        none(),
        none(),
        searchset(&[group.to_owned()], None),
        none(),
        none(),
    ]);
    answers.extend((0..4).map(|_| none()));
    let (client, script) = Script::default()
        .on(Method::Post, "", vec![ok(batch_response(&answers))])
        .client();
    let told = everything_of(&client, &[JANE, "9990123464"]);
    let booked: Vec<usize> = told.people.iter().map(|it| it.appointments.len()).collect();
    assert_eq!(booked, [1, 1]);
    let asked = script.asked.borrow();
    let versions = asked.iter().filter(|it| it.contains("_history"));
    assert_eq!(versions.count(), 1, "{asked:?}");
}

#[test]
fn a_stay_that_does_not_say_whose_it_is_spoils_nothing_and_is_said() {
    let nobodys = encounter("n", "p").replace(r#""reference":"Patient/p""#, r#""display":"Jane""#);
    let mut all = vec![
        Ok(searchset(&[patient("p", JANE)], None)),
        Ok(searchset(&[encounter("e", "p"), nobodys], None)),
    ];
    all.resize_with(10, || Ok(searchset(&[], None)));
    let (client, _) = Script::default()
        .on(Method::Post, "", vec![ok(entries(&all))])
        .on(Method::Get, "/metadata", vec![status(404, "")])
        .client();
    let told = everything(&client);
    assert_eq!(told.people.first().unwrap().encounters.len(), 1);
    assert!(told.failed.contains(&"Encounter"), "{told:?}");
}

#[test]
fn of_who_is_there_without_an_id_it_is_said_that_nothing_is_known() {
    let nameless = patient("p", JANE).replace(r#""id":"p""#, r#""id":7"#);
    let mut all = vec![searchset(std::slice::from_ref(&nameless), None)];
    all.resize(10, searchset(&[], None));
    let (client, _) = Script::default()
        .on(Method::Post, "", vec![ok(batch_response(&all))])
        .on(
            Method::Get,
            "/Patient?",
            vec![ok(searchset(&[nameless], None))],
        )
        .client();
    let told = everything(&client);
    assert!(
        told.people.is_empty() && !told.failed.is_empty(),
        "{told:?}"
    );
}
