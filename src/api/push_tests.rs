use super::*;
use crate::domain::ResourceRef;

const NOTIFICATION: &str = r#"{"resourceType":"Bundle","type":"history","entry":[{"resource":{"resourceType":"Parameters",
  "parameter":[{"name":"subscription","valueReference":{"reference":"Subscription/s"}},{"name":"status","valueCode":"active"},
  {"name":"type","valueCode":"event-notification"},{"name":"notification-event","part":[{"name":"event-number","valueString":"2"},
  {"name":"focus","valueReference":{"reference":"Encounter/e1"}}]}]}}]}"#;

/// As it is read on the line of subscription `s`.
fn read(text: &str) -> Frame {
    frame(text, &["s".to_owned()])
}

#[test]
fn how_another_subscription_stands_is_nothing_to_us() {
    let other = NOTIFICATION.replace("Subscription/s", "https://inner/fhir/Subscription/t");
    let off = other.replace("\"active\"", "\"off\"");
    for status in ["handshake", "heartbeat", "query-status"] {
        let said = off.replace("event-notification", status);
        assert_eq!(read(&said), Frame::Other, "{status}");
        let own = said.replace("Subscription/t", "Subscription/s");
        assert_eq!(read(&own), Frame::Ended, "{status}");
    }
    let handshake = other.replace("event-notification", "handshake");
    assert_eq!(read(&handshake), Frame::Other);
    assert!(
        matches!(read(&other), Frame::Happened(_)),
        "a hint is a hint whoever it was for"
    );
    let nameless = off.replace("\"name\":\"subscription\"", "\"name\":\"topic\"");
    assert_eq!(read(&nameless), Frame::Ended);
}

#[test]
fn a_source_that_says_when_it_has_nothing_to_say_may_not_be_silent_for_long() {
    let mut silence = Silence::default();
    for it in ["bound 7", "ping 7", NOTIFICATION, "nonsense"] {
        silence.hears(&read(it));
        assert_eq!(
            silence.limit(),
            None,
            "nobody knows how often it speaks: {it}"
        );
    }
    let beat = NOTIFICATION.replace("event-notification", "heartbeat");
    assert_eq!(read(&beat), Frame::Alive);
    silence.hears(&read(&beat));
    silence.hears(&read("ping 7"));
    let limit = silence.limit().unwrap();
    assert!(limit > HEARTBEAT * 2 && limit < HEARTBEAT * 3);
    let asked = by_topic(
        "https://x.example/t",
        &asked(Push::Topic(String::new())),
        DateTime::UNIX_EPOCH,
    );
    let period = asked.pointer("/channel/extension/0/valueUnsignedInt");
    assert_eq!(period.and_then(Value::as_u64), Some(HEARTBEAT.as_secs()));
}

#[test]
fn both_forms_of_frames_are_read() {
    let handshake = NOTIFICATION.replace("event-notification", "handshake");
    assert_eq!(read(&handshake), Frame::Bound);
    assert_eq!(read("bound 7"), Frame::Bound);
    assert_eq!(read("ping 7"), Frame::Happened(Vec::new()));
    let Frame::Happened(focus) = read(NOTIFICATION) else {
        panic!("not read");
    };
    assert!(focus.contains(&ResourceRef::new("Encounter", "e1")));
    let off = NOTIFICATION.replace("\"active\"", "\"off\"");
    assert_eq!(read(&off), Frame::Ended);
}

#[test]
fn a_line_that_binds_one_of_two_is_not_open() {
    let line = |hello: &[&str]| Line {
        url: String::new(),
        hello: hello.iter().map(|&it| it.to_owned()).collect(),
        ids: vec!["s".to_owned()],
    };
    let mut both = Binding::of(&line(&["bind 1", "bind 2"]));
    assert_eq!(both.hears("bound 1"), None);
    assert_eq!(both.hears("Unexpected client message: bind 2"), None);
    assert_eq!(both.hears("ping 1"), None);
    assert_eq!(both.hears("bound 2"), Some(true));
    let one = line(&["bind 1"]);
    assert_eq!(Binding::of(&one).hears("bound 1"), Some(true));
    assert_eq!(Binding::of(&one).hears("ping 1"), Some(true));
    let off = NOTIFICATION.replace("\"active\"", "\"off\"");
    assert_eq!(Binding::of(&one).hears(&off), Some(false));
}

#[test]
fn half_a_frame_and_nonsense_are_nothing() {
    let half = NOTIFICATION.get(..100).unwrap_or_default();
    for text in [
        half,
        "",
        "{}",
        "[]",
        "null",
        "hello",
        "{\"entry\":[{}]}",
        "<html>",
    ] {
        assert_eq!(read(text), Frame::Other, "{text}");
    }
}

#[test]
fn the_line_is_the_sources_own_whatever_host_it_names() {
    for (base, link, expected) in [
        (
            "/fhir/rw3",
            "ws://inner:8080/rw3/ws/subscriptions/bind",
            "/fhir/rw3/ws/subscriptions/bind",
        ),
        (
            "https://api.example/fhir",
            "wss://elsewhere.example/fhir/ws",
            "https://api.example/fhir/ws",
        ),
        ("/fhir/rw3", "/websocket", "/fhir/rw3/websocket"),
    ] {
        assert_eq!(socket_url(base, link), expected);
    }
}

#[test]
fn what_is_wrong_about_push_is_said_with_its_place() {
    let read = |text: &str| {
        let value: Value = serde_json::from_str(text).unwrap();
        Push::read(value.as_object().unwrap(), "sources[1]")
    };
    assert_eq!(read("{}"), Ok(None));
    let topic = read(r#"{"push":{"topic":"https://x.example/t"}}"#).unwrap();
    assert_eq!(topic, Some(Push::Topic("https://x.example/t".to_owned())));
    let old = r#"{"push":{"criteria":["Encounter?"],"webSocketUrl":"/fhir/rw3/websocket"}}"#;
    assert!(matches!(read(old), Ok(Some(Push::Criteria { .. }))));
    for (text, place) in [
        (r#"{"push":true}"#, "sources[1].push"),
        (r#"{"push":{"topics":"x"}}"#, "sources[1].push.topics"),
        (
            r#"{"push":{"webSocketUrl":"/w","criteria":[]}}"#,
            "sources[1].push.criteria",
        ),
        (
            r#"{"push":{"criteria":["Encounter?"]}}"#,
            "sources[1].push.webSocketUrl",
        ),
    ] {
        assert_eq!(read(text).unwrap_err().place, place);
    }
}

fn asked(push: Push) -> Asked {
    Asked {
        push,
        only: Some(("List", "patient=Patient/jane".to_owned())),
        reason: "A plan on the screen",
    }
}

#[test]
fn a_topic_is_asked_for_one_person_only() {
    let asked = asked(Push::Topic("https://x.example/t".to_owned()));
    let made = by_topic("https://x.example/t", &asked, DateTime::UNIX_EPOCH);
    let filter = made.pointer("/_criteria/extension/0/valueString");
    assert_eq!(filter, Some(&json!("List?patient=Patient/jane")));
    assert_eq!(
        made.pointer("/extension"),
        made.pointer("/_criteria/extension")
    );
    let all = Asked {
        only: None,
        ..asked
    };
    let made = by_topic("https://x.example/t", &all, DateTime::UNIX_EPOCH);
    assert_eq!((made.get("extension"), made.get("_criteria")), (None, None));
}

#[test]
fn criteria_are_narrowed_to_one_person() {
    for (criteria, expected) in [
        ("List?", "List?patient=Patient/jane"),
        ("List", "List?patient=Patient/jane"),
        (
            "List?status=current",
            "List?status=current&patient=Patient/jane",
        ),
    ] {
        let asked = asked(Push::Criteria {
            criteria: vec![criteria.to_owned()],
            socket: "/w".to_owned(),
        });
        let made = by_criteria(criteria, &asked, DateTime::UNIX_EPOCH);
        assert_eq!(made.get("criteria"), Some(&json!(expected)));
    }
}
