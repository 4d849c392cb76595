//! The loader against servers that differ: what they offer, how they are busy, what they refuse.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

mod references;
mod server;

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::NaiveDate;
use cohort::{LoadError, Loaded, Options, Phase, Programme, Source, Target, load, roles_of};
use serde_json::Value;
use server::Server;

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
fn a_server_that_gives_ids_itself_and_does_not_say_so_is_filled_too() {
    let (done, server) = filled(
        Server {
            bundles: vec!["transaction"],
            keeps_ids: false,
            silent: true,
            ..Server::default()
        },
        12,
    );
    let done = done.unwrap();
    assert!(
        done.complete && done.refused.is_empty(),
        "{:?}",
        done.refused
    );
    let server = server.lock().unwrap();
    assert_eq!(server.stored.len(), expected(12));
    assert_eq!(server.dangling(), BTreeSet::new());
}

#[test]
fn the_people_of_the_demo_are_found_where_the_record_has_chosen_their_ids() {
    let server = Server {
        bundles: vec![],
        keeps_ids: false,
        ..Server::default()
    };
    let (target, server) = server.start();
    let users = programme(1).demo_users();
    let never = AtomicBool::new(false);
    assert_eq!(
        roles_of(&target, &users),
        Vec::<String>::new(),
        "nobody yet"
    );
    let targets = std::slice::from_ref(&target);
    load(&programme(1), targets, &|_| {}, &never, 0).unwrap();
    let roles = roles_of(&target, &users);
    let server = server.lock().unwrap();
    let name = |id: &String| {
        server.stored[&format!("PractitionerRole/{id}")]["practitioner"]["display"].clone()
    };
    let names: Vec<Value> = roles.iter().map(name).collect();
    let wanted: Vec<Value> = users.iter().map(|it| it.name.clone().into()).collect();
    assert_eq!(names, wanted);
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

/// A record API with referential integrity takes a person in any order, but not what is theirs one after the other.
#[test]
fn what_is_refused_of_one_person_costs_nobody_else_anything() {
    let person = programme(6).person(3);
    let (_, own) = person
        .into_iter()
        .find(|(source, _)| *source == Source::Shared)
        .unwrap();
    let address = |it: &Value| {
        let part = |name: &str| it[name].as_str().unwrap().to_owned();
        format!("{}/{}", part("resourceType"), part("id"))
    };
    let bad = own.iter().find(|it| it["resourceType"] == "Flag");
    let bad = address(bad.unwrap());
    let (done, server) = filled(
        Server {
            bundles: vec!["transaction"],
            keeps_ids: true,
            refuses_one: Some(bad.clone()),
            wants_targets: true,
            ..Server::default()
        },
        6,
    );
    let done = done.unwrap();
    let refused: BTreeSet<String> = done.refused.into_iter().map(|it| it.resource).collect();
    // Results stand before what they are results of: sent again, they are taken; a plan and its actions name each other, and
    // are taken together.
    assert_eq!(refused, BTreeSet::from([bad]));
    let server = server.lock().unwrap();
    assert_eq!(server.stored.len(), expected(6) - refused.len());
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
