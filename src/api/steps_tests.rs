use serde_json::{Value, json};

use super::{PIECE, Reading, Whole};
use crate::api::abilities::{Abilities, trimmed};
use crate::api::client::parse;
use crate::domain::KINDS;

/// What comes of it, and in how many steps.
fn read(text: &str) -> (Result<Value, String>, usize) {
    read_with(text, parse)
}

fn read_with(text: &str, whole: Whole) -> (Result<Value, String>, usize) {
    let mut reading = Reading::of(text.to_owned(), whole);
    let mut steps = 1;
    loop {
        match reading.step() {
            Some(done) => return (done, steps),
            None => steps += 1,
        }
    }
}

fn bundle(entries: usize) -> Value {
    let text = "a \"word\", {or} [two]: \\ \u{e9}\u{1f600}\u{2028} ";
    let one = |nth: usize| {
        json!({ "fullUrl": format!("https://a.example/{nth}"), "resource": {
            "resourceType": "Observation", "id": nth.to_string(), "note": [{ "text": text.repeat(nth % 40) }],
            "valueQuantity": { "value": 1.50, "unit": "" }, "empty": {}, "none": [], "nothing": null, "is": [true, false, -1e-7] } })
    };
    let all: Vec<Value> = (0..entries).map(one).collect();
    json!({ "resourceType": "Bundle", "entry": [{ "resource": { "entry": all, "total": entries } }, { "response": {} }, null] })
}

#[test]
fn what_is_read_in_steps_is_what_is_read_as_a_whole() {
    for entries in [0, 1, 30, 400, 3000] {
        let value = bundle(entries);
        for text in [
            value.to_string(),
            serde_json::to_string_pretty(&value).unwrap(),
        ] {
            let (read, steps) = read(&text);
            assert_eq!(read.as_ref(), Ok(&value), "{entries} entries");
            assert_eq!(
                read.unwrap().to_string(),
                value.to_string(),
                "in this order"
            );
            assert!(
                steps > text.len() / 150_000,
                "{steps} steps for {}",
                text.len()
            );
        }
    }
}

/// Statements are megabytes: what is not asked for in them is not built, and takes no hand from the reader.
#[test]
fn what_a_source_says_that_it_can_do_is_read_in_steps_too() {
    let long = "words ".repeat(200);
    let type_of = |name: &str| {
        let parameters: Vec<Value> = (0..200)
            .map(|nth| json!({ "name": format!("{name}-{nth}"), "documentation": "of it".repeat(20) }))
            .collect();
        json!({ "type": name, "documentation": long, "searchParam": parameters, "extension": [{ "valueString": long }],
            "interaction": [{ "code": "search-type" }], "searchInclude": [format!("{name}:subject")] })
    };
    let types: Vec<Value> = KINDS.iter().map(|it| type_of(it)).collect();
    let text = json!({ "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "text": { "div": long },
        "rest": [{ "mode": "server", "resource": types, "interaction": [{ "code": "batch" }] }] })
    .to_string();
    let (read, steps) = read_with(&text, trimmed);
    let read = read.unwrap();
    assert!(steps > 4, "{steps}");
    assert!(
        !read.to_string().contains("of it"),
        "what nobody asks for is not built"
    );
    let abilities = Abilities::of(&read);
    assert!(abilities.is_some());
    assert_eq!(abilities, Abilities::of(&trimmed(&text).unwrap()));
}

#[test]
fn the_last_of_two_members_of_one_name_counts_as_it_does_elsewhere() {
    let long = "x".repeat(PIECE);
    let text = format!(r#"{{"a":1,"b":"{long}","a":2}}"#);
    let whole: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read(&text).0.unwrap().to_string(), whole.to_string());
}

/// Whatever is cut off, doubled or exchanged: it is read as `serde_json` reads it, or handed back.
#[test]
fn what_is_no_json_is_never_read_as_something() {
    let text = bundle(60).to_string();
    assert!(text.len() > 2 * PIECE);
    let mut refused = 0;
    let mut random = 7_u64;
    let mut any = |below: usize| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % below
    };
    for _ in 0..4000 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..=any(2) {
            let (at, with) = (any(bytes.len()), b"{}[]\":,\\ 1x\0"[any(12)]);
            match any(4) {
                0 => bytes.truncate(at),
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, with),
                _ => bytes[at] = with,
            }
            bytes.push(b' ');
        }
        let Ok(odd) = String::from_utf8(bytes) else {
            continue;
        };
        match (read(&odd).0, serde_json::from_str::<Value>(&odd)) {
            (Ok(read), whole) => assert_eq!(read, whole.unwrap()),
            (Err(handed_back), whole) => {
                assert!(whole.is_err(), "it could have been read");
                assert_eq!(handed_back, odd);
                refused += 1;
            }
        }
    }
    assert!(refused > 1000, "{refused}");
}

#[test]
fn a_separator_too_many_or_too_few_is_not_overlooked_in_what_is_large() {
    let long = format!("[\"{}\"]", "x".repeat(PIECE));
    let odd = [
        "[@ @]",
        "[@,,@]",
        "[,@]",
        "[@,]",
        "[@]]",
        "[[@]",
        "[@}",
        "{@}",
        "{\"a\":@ \"b\":1}",
        "{\"a\" @}",
        "{\"a\":@,}",
        "{\"a\":\"b\":@}",
        "{\"a\":@,\"b\"}",
        "@@",
        "@,",
        "@ 1",
        "1 @",
        "[1:@]",
        ":@",
        "{1:@}",
        "{\"a\"::@}",
        "[@]1",
        "[tru,@]",
    ];
    for it in odd {
        let text = it.replace('@', &long);
        assert!(serde_json::from_str::<Value>(&text).is_err(), "{it}");
        assert_eq!(read(&text).0, Err(text), "{it}");
    }
}

#[test]
fn what_is_nested_without_end_is_handed_back() {
    let deep = "[".repeat(60_000) + &"]".repeat(60_000);
    assert_eq!(read(&deep).0, Err(deep));
}
