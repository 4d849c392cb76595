//! The questions with which the page begins, as the program puts them: `start.js` asks them before the program is there
//! (`xtask/src/page/first.json`). After a change here: `ALONGSIDE_WRITE=1 cargo test --test first_questions`.
//!
//! `{me}` `{id}` `{since}` … are the holes that the script fills.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use alongside::api::activity::{self, Read, Span};
use alongside::api::lists::{self, Cursor, ListKey};
use alongside::api::questions::{Who, about};
use alongside::api::rows;
use alongside::api::session::{self, Reader};
use alongside::api::{Client, Config, Request, Response, Search, Transport, TransportError};
use alongside::domain::{NhsNumber, PatientId, Topic};
use alongside::state::feed::WINDOW_DAYS;
use futures::executor::block_on;
use serde_json::{Map, Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/xtask/src/page/first.json");

/// Stands for whoever is meant, in words that no question has.
const ROLE: &str = "h0le-role";
const PERSON: &str = "h0le-person";
const LIST: &str = "h0le-list";
const IDS: &str = "h0le-ids";
const NUMBER: &str = "9990000018";
const DAY: &str = "1234-05-06";
/// So much earlier that a result that was taken then may be reported on the day.
const TAKEN: &str = "1234-04-22";
const PAGE: usize = 4321;

/// Takes down what is asked; the answer is that there is nothing.
#[derive(Default)]
struct Listener(RefCell<Vec<Request>>);

impl Transport for Listener {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let nothing = json!({ "resourceType": "Bundle", "type": "searchset" });
        let body = request.body.as_deref().map_or(nothing.clone(), |body| {
            let asked: Value = serde_json::from_str(body).unwrap();
            let entry = json!({ "response": { "status": "200" }, "resource": nothing });
            let entries = vec![entry; asked["entry"].as_array().unwrap().len()];
            json!({ "resourceType": "Bundle", "type": "batch-response", "entry": entries })
        });
        self.0.borrow_mut().push(request);
        Ok(Response {
            status: 200,
            retry_after: None,
            location: None,
            body: body.to_string(),
        })
    }

    async fn sleep(&self, _: Duration) {}
}

/// The paths of the first question that `ask` puts, several where it is a batch.
fn heard(ask: impl AsyncFnOnce(&Client<Listener>)) -> Value {
    let config = Config::read(include_str!("../public/config.json")).unwrap();
    let source = config.sources[0].clone();
    let base = source.base_url.clone();
    let listener = Rc::new(Listener::default());
    let client = Client::new(source, Rc::clone(&listener), Duration::from_secs(5));
    block_on(ask(&client));
    let asked = listener.0.borrow();
    let first = asked.first().unwrap();
    let paths: Vec<String> = match &first.body {
        None => vec![first.url[base.len() + 1..].to_owned()],
        Some(body) => {
            let body: Value = serde_json::from_str(body).unwrap();
            let entries = body["entry"].as_array().unwrap();
            let url = |it: &Value| it["request"]["url"].as_str().unwrap().to_owned();
            entries.iter().map(url).collect()
        }
    };
    with_holes(&paths)
}

fn of(searches: &[Search]) -> Value {
    with_holes(&searches.iter().map(Search::path).collect::<Vec<_>>())
}

fn with_holes(paths: &[String]) -> Value {
    let number = format!("https://fhir.nhs.uk/Id/nhs-number%7C{NUMBER}");
    let me = format!("PractitionerRole/{ROLE},Practitioner/{PERSON}");
    let holes = [
        (me.as_str(), "{me}"),
        (ROLE, "{roles}"),
        (PERSON, "{person}"),
        (LIST, "{id}"),
        (IDS, "{ids}"),
        (number.as_str(), "{numbers}"),
        (DAY, "{since}"),
        (TAKEN, "{taken}"),
        ("4321", "{page}"),
    ];
    let hole = |path: &String| {
        let fill = |path: String, (from, to): &(&str, &str)| path.replace(from, to);
        holes.iter().fold(path.clone(), fill)
    };
    paths.iter().map(hole).collect()
}

fn reader() -> Reader {
    Reader {
        role_id: ROLE.to_owned(),
        practitioner_id: PERSON.to_owned(),
        ..Reader::nobody()
    }
}

fn id(raw: &str) -> PatientId {
    PatientId::parse(raw).unwrap()
}

fn list(key: &ListKey) -> Value {
    heard(async |client| {
        let _ = lists::people(client, key, &reader(), PAGE).await;
    })
}

/// As many are asked for as were named, and at least a page.
fn by_ids() -> Value {
    let paths = heard(async |client| {
        let _ = lists::more(client, Cursor::Ids(vec![id(IDS)]), 1).await;
    });
    let path = paths[0].as_str().unwrap();
    let count = format!("_count={}", rows::AT_ONCE);
    assert!(path.contains(&count), "{path}");
    json!([path.replace(&count, "_count={count}")])
}

fn row(who: &Who, searches: &[Search]) -> Value {
    heard(async |client| {
        let _ = rows::row_facts(client, who, searches).await;
    })
}

fn topics(who: &Who) -> Value {
    let one = |topic: Topic| (topic.code().to_owned(), of(&about(topic, who)));
    Value::Object(Topic::ALL.into_iter().map(one).collect::<Map<_, _>>())
}

/// Everything that the script knows to ask.
fn first() -> Value {
    let ids = Who::Ids(vec![id(IDS)]);
    let numbers = Who::Numbers(vec![NhsNumber::received(NUMBER).unwrap()]);
    json!({
        "newsDays": rows::NEWS_DAYS,
        "dischargedDays": rows::DISCHARGED_DAYS,
        "rowPeople": rows::AT_ONCE,
        "readers": heard(async |client| {
            let _ = session::people(client, &[ROLE.to_owned()], "").await;
        }),
        "readersUnsuggested": heard(async |client| {
            let _ = session::people(client, &[], "").await;
        }),
        "choices": heard(async |client| {
            let _ = lists::choices(client, &reader()).await;
        }),
        "lists": {
            "mine": list(&ListKey::Mine),
            "team": list(&ListKey::Team(id(LIST))),
            "area": list(&ListKey::Area(id(LIST))),
            "everyone": list(&ListKey::Everyone),
        },
        "byIds": by_ids(),
        "trusts": {
            "in-hospital": heard(async |client| {
                let _ = rows::in_hospital(client).await;
            }),
            "discharged": heard(async |client| {
                let _ = rows::discharged_since(client, DAY).await;
            }),
        },
        "rows": {
            "shared": row(&ids, &rows::shared_row(DAY)),
            "other": row(&numbers, &rows::trust_row(DAY)),
        },
        "hospital": {
            "days": WINDOW_DAYS,
            "lateDays": activity::REPORTED_LATE_DAYS,
            "other": heard(async |client| {
                let people = [NhsNumber::received(NUMBER).unwrap()];
                let span = Span { since: DAY.parse().unwrap(), read: Read::Newest };
                let _ = activity::happened(client, &people, span).await;
            }),
        },
        "person": {
            "shared": topics(&Who::Id(id(LIST))),
            "other": topics(&numbers),
        },
    })
}

#[test]
fn what_the_starting_script_asks_is_what_the_program_asks() {
    let now = format!("{}\n", serde_json::to_string_pretty(&first()).unwrap());
    if std::env::var("ALONGSIDE_WRITE").is_ok() {
        std::fs::write(FILE, &now).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    assert_eq!(
        kept, now,
        "ALONGSIDE_WRITE=1 cargo test --test first_questions"
    );
}
