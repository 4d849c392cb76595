//! Subscribing at servers that take their time.

mod common;

use std::time::Duration;

use alongside::api::Method;
use alongside::api::push::{Asked, Push, subscribe};
use chrono::DateTime;
use common::{Script, ok, status};
use futures::executor::block_on;

/// As a server does that makes subscriptions active behind a queue.
#[test]
fn a_subscription_that_is_made_active_after_some_seconds_is_waited_for() {
    let seen =
        |status: &str| format!(r#"{{"resourceType":"Subscription","id":"s","status":"{status}"}}"#);
    let mut looks = vec![ok(seen("requested")); 7];
    looks.push(ok(seen("active")));
    let (client, script) = Script::default()
        .on(
            Method::Post,
            "/Subscription",
            vec![status(201, seen("requested"))],
        )
        .on(Method::Get, "/Subscription/s", looks)
        .client();
    let push = Push::Criteria {
        criteria: vec!["Encounter?".to_owned()],
        socket: "/websocket".to_owned(),
    };
    let asked = Asked {
        push,
        only: None,
        reason: "A test",
    };
    assert!(block_on(subscribe(&client, &asked, DateTime::UNIX_EPOCH)).is_ok());
    let slept = script.slept.borrow();
    assert!(
        slept[0] < Duration::from_secs(1),
        "who is quick is heard at once"
    );
    assert!(slept.iter().sum::<Duration>() > Duration::from_secs(10));
}

/// As a server does that answers what it created with where it is, and nothing else.
#[test]
fn a_subscription_that_is_answered_with_its_place_alone_is_known_by_it() {
    let made = |location: Option<&str>| {
        let mut made = status(201, "");
        made.location = location.map(str::to_owned);
        made
    };
    let active = r#"{"resourceType":"Subscription","id":"s","status":"active"}"#;
    let asked = Asked {
        push: Push::Topic("https://x.example/t".to_owned()),
        only: None,
        reason: "A test",
    };
    for (place, is_known) in [
        (Some("https://inner/fhir/Subscription/s/_history/1"), true),
        (Some("Subscription/s"), true),
        (Some("https://inner/fhir/Patient/s"), false),
        (None, false),
    ] {
        let (client, _) = Script::default()
            .on(Method::Post, "/Subscription", vec![made(place)])
            .on(Method::Get, "/Subscription/s", vec![ok(active)])
            .client();
        let answer = block_on(subscribe(&client, &asked, DateTime::UNIX_EPOCH));
        assert_eq!(answer.is_ok(), is_known, "{place:?}");
    }
}
