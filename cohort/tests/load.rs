//! The loader against servers that differ: what they offer, how they are busy, what they refuse.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::NaiveDate;
use cohort::{LoadError, Loaded, Options, Phase, Programme, Source, Target, load};
use serde_json::{Value, json};

/// A FHIR server of a few lines, with the habits that a test gives it.
#[derive(Default)]
struct Server {
    bundles: Vec<&'static str>,
    keeps_ids: bool,
    /// Every third call is answered with this first.
    busy: Option<u16>,
    refuses: Option<&'static str>,
    calls: usize,
    stored: BTreeMap<String, Value>,
}

impl Server {
    fn start(self) -> (Target, Arc<Mutex<Server>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let target = Target::new(
            Source::Shared,
            &format!("http://{}/fhir/", listener.local_addr().unwrap()),
        );
        let server = Arc::new(Mutex::new(self));
        let shared = Arc::clone(&server);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(&stream.unwrap(), &shared));
            }
        });
        (target, server)
    }

    fn answer(&mut self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        self.calls += 1;
        if let Some(status) = self.busy.filter(|_| self.calls.is_multiple_of(3)) {
            return (
                status,
                json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "diagnostics": "busy" }] }),
            );
        }
        match (method, path) {
            ("GET", "/fhir/metadata") => (200, self.statement()),
            ("GET", _) => (
                200,
                json!({ "resourceType": "Bundle", "type": "searchset" }),
            ),
            ("POST", "/fhir" | "/fhir/") => self.bundle(body),
            ("POST", _) => self.store(body.clone(), None),
            _ => self.store(body.clone(), path.strip_prefix("/fhir/").map(str::to_owned)),
        }
    }

    fn statement(&self) -> Value {
        let interactions: Vec<Value> = self
            .bundles
            .iter()
            .map(|code| json!({ "code": code }))
            .collect();
        let patient = json!({ "type": "Patient", "updateCreate": self.keeps_ids });
        json!({ "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": [{ "interaction": interactions, "resource": [patient] }] })
    }

    fn store(&mut self, mut resource: Value, address: Option<String>) -> (u16, Value) {
        let kind = resource["resourceType"].as_str().unwrap().to_owned();
        if self.refuses == Some(kind.as_str()) {
            return (
                422,
                json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "diagnostics": "not here" }] }),
            );
        }
        let address = address.unwrap_or_else(|| format!("{kind}/given-{}", self.stored.len()));
        resource["id"] = address.split('/').next_back().unwrap().into();
        self.stored.insert(address, resource.clone());
        (201, resource)
    }

    fn bundle(&mut self, bundle: &Value) -> (u16, Value) {
        let entries = bundle["entry"].as_array().unwrap();
        if entries
            .iter()
            .any(|entry| self.refuses == entry["resource"]["resourceType"].as_str())
        {
            return (422, Value::Null);
        }
        let mut given = BTreeMap::new();
        let mut answers = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let address = match entry["request"]["method"].as_str() {
                Some("PUT") => entry["request"]["url"].as_str().unwrap().to_owned(),
                _ => format!(
                    "{}/given-{}",
                    entry["resource"]["resourceType"].as_str().unwrap(),
                    self.stored.len() + at
                ),
            };
            given.insert(
                entry["fullUrl"].as_str().unwrap_or_default().to_owned(),
                address.clone(),
            );
            answers.push(json!({ "response": { "status": "201 Created", "location": format!("{address}/_history/1") } }));
        }
        for (entry, answer) in entries.iter().zip(&answers) {
            let mut text = entry["resource"].to_string();
            for (urn, address) in given.iter().filter(|(urn, _)| !urn.is_empty()) {
                text = text.replace(urn.as_str(), address);
            }
            let address = answer["response"]["location"]
                .as_str()
                .unwrap()
                .split("/_history")
                .next()
                .unwrap();
            self.stored
                .insert(address.to_owned(), serde_json::from_str(&text).unwrap());
        }
        (
            200,
            json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": answers }),
        )
    }

    /// References to what is not there.
    fn dangling(&self) -> BTreeSet<String> {
        let mut found = Vec::new();
        self.stored
            .values()
            .for_each(|resource| references(resource, &mut found));
        found
            .into_iter()
            .filter(|target| {
                !target.starts_with(['#', 'u', 'h']) && !self.stored.contains_key(target)
            })
            .collect()
    }
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.extend(
                members
                    .get("reference")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            members
                .values()
                .for_each(|member| references(member, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

fn serve(stream: &TcpStream, server: &Mutex<Server>) {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let mut words = first.split_whitespace();
    let (method, path) = (
        words.next().unwrap_or_default().to_owned(),
        words.next().unwrap_or_default().to_owned(),
    );
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let (status, answer) = server.lock().unwrap().answer(&method, &path, &body);
    let text = answer.to_string();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/fhir+json\r\nRetry-After: 0\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        text.len()
    );
    let mut stream = stream;
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(text.as_bytes()));
}

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

fn filled(server: Server, patients: usize) -> (Result<Loaded, LoadError>, Arc<Mutex<Server>>) {
    let (target, server) = server.start();
    let done = load(
        &programme(patients),
        &[target],
        &|_| {},
        &AtomicBool::new(false),
        0,
    );
    (done, server)
}

fn expected(patients: usize) -> usize {
    let programme = programme(patients);
    let shared = |record: Vec<(Source, Vec<Value>)>| {
        record
            .into_iter()
            .find(|(source, _)| *source == Source::Shared)
            .map_or(0, |(_, resources)| resources.len())
    };
    shared(programme.foundation())
        + programme.groups().len()
        + (0..patients)
            .map(|n| shared(programme.person(n)))
            .sum::<usize>()
}

#[test]
fn a_server_that_takes_our_ids_gets_everything_in_transactions() {
    let (done, server) = filled(
        Server {
            bundles: vec!["transaction", "batch"],
            keeps_ids: true,
            ..Server::default()
        },
        12,
    );
    let done = done.unwrap();
    let server = server.lock().unwrap();
    assert!(done.complete && done.refused.is_empty() && done.next_person == 12);
    assert_eq!(
        (server.stored.len(), done.resources[&Source::Shared]),
        (expected(12), expected(12))
    );
    assert!(server.calls < expected(12) / 10, "{} calls", server.calls);
    assert!(server.dangling().is_empty());
}

#[test]
fn a_server_that_gives_ids_itself_gets_references_that_resolve() {
    let (done, server) = filled(
        Server {
            bundles: vec!["transaction"],
            keeps_ids: false,
            ..Server::default()
        },
        12,
    );
    let server = server.lock().unwrap();
    assert!(done.unwrap().complete);
    assert_eq!(server.stored.len(), expected(12));
    assert_eq!(server.dangling(), BTreeSet::new());
}

#[test]
fn a_server_without_bundles_that_gives_ids_itself_is_filled_one_by_one() {
    let (done, server) = filled(
        Server {
            bundles: vec![],
            keeps_ids: false,
            ..Server::default()
        },
        4,
    );
    let server = server.lock().unwrap();
    assert!(done.unwrap().complete);
    assert_eq!(server.stored.len(), expected(4));
    assert_eq!(server.dangling(), BTreeSet::new());
}

#[test]
fn a_busy_server_is_waited_for() {
    for status in [429, 503] {
        let (done, server) = filled(
            Server {
                bundles: vec!["transaction"],
                keeps_ids: true,
                busy: Some(status),
                ..Server::default()
            },
            6,
        );
        assert!(done.unwrap().complete);
        assert_eq!(server.lock().unwrap().stored.len(), expected(6));
    }
}

#[test]
fn what_is_refused_is_named_and_costs_nothing_else() {
    let (done, server) = filled(
        Server {
            bundles: vec!["transaction"],
            keeps_ids: true,
            refuses: Some("RiskAssessment"),
            ..Server::default()
        },
        6,
    );
    let done = done.unwrap();
    assert!(done.complete);
    assert_eq!(done.refused.len(), 6);
    assert!(
        done.refused
            .iter()
            .all(|refusal| refusal.resource.starts_with("RiskAssessment/")
                && refusal.reason == "422: not here")
    );
    assert_eq!(server.lock().unwrap().stored.len(), expected(6) - 6);
}

#[test]
fn a_load_that_was_stopped_goes_on_where_it_was() {
    let (target, server) = Server {
        bundles: vec!["transaction"],
        keeps_ids: true,
        ..Server::default()
    }
    .start();
    let stop = AtomicBool::new(false);
    let halfway = |progress: &cohort::Progress| {
        if progress.phase == Phase::People && progress.next_person >= 5 {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let first = load(
        &programme(20),
        std::slice::from_ref(&target),
        &halfway,
        &stop,
        0,
    )
    .unwrap();
    assert!(!first.complete && first.next_person >= 5 && first.next_person < 20);
    let second = load(
        &programme(20),
        &[target],
        &|_| {},
        &AtomicBool::new(false),
        first.next_person,
    )
    .unwrap();
    assert!(second.complete);
    assert_eq!(server.lock().unwrap().stored.len(), expected(20));
}

#[test]
fn something_that_is_no_fhir_server_is_said_to_be_none() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<html>hi</html>");
        }
    });
    let done = load(
        &programme(2),
        &[Target::new(Source::Rw3, &format!("http://{address}"))],
        &|_| {},
        &AtomicBool::new(false),
        0,
    );
    assert!(
        matches!(
            done,
            Err(LoadError::NotFhir {
                source_id: "rw3",
                ..
            })
        ),
        "{done:?}"
    );
}
