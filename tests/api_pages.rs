//! Answers of several pages, natively: links are followed, endless ones end, what comes twice is one fact.

#![allow(clippy::unwrap_used)] // in the tests' own helper

mod common;

use alongside::api::client::Reach;
use alongside::api::{ApiError, Method, Search};
use common::{Script, encounter, ok, searchset, status};
use futures::executor::block_on;

#[test]
fn next_links_are_followed_without_total_and_endless_ones_end() {
    let page = |next: Option<&str>| {
        let id = next.map_or("last", |it| &it[it.len() - 1..]);
        ok(searchset(&[encounter(id, "1")], next))
    };
    let (client, _) = Script::default()
        .on(Method::Get, "page=3", vec![page(None)])
        .on(
            Method::Get,
            "page=2",
            vec![page(Some("http://inner:9/rw3/Encounter?page=3"))],
        )
        .on(
            Method::Get,
            "Encounter?patient",
            vec![page(Some("Encounter?page=2"))],
        )
        .client();
    let one = [Search::new("Encounter").with("patient", "1")];
    let found = block_on(client.ask(&one, Reach::UpTo(100)))
        .remove(0)
        .unwrap();
    assert_eq!((found.resources.len(), found.partial), (3, false));

    let (client, script) = Script::default()
        .on(Method::Get, "", vec![page(Some("?page=again"))])
        .client();
    let found = block_on(client.ask(&one, Reach::UpTo(100)))
        .remove(0)
        .unwrap();
    assert!(found.partial, "a link to itself is not followed for ever");
    assert!(script.asked.borrow().len() < 5);
}

#[test]
fn links_that_are_always_new_but_bring_nothing_new_end_and_this_is_said() {
    let page = |resources: &[String], next| ok(searchset(resources, Some(next)));
    let same = [encounter("e", "1")];
    let nothing: [String; 0] = [];
    for later in [&same[..], &nothing[..]] {
        let pages = [
            page(&same, "?page=1"),
            page(later, "?page=2"),
            page(later, "?page=3"),
        ];
        let (client, script) = Script::default()
            .on(Method::Get, "", pages.to_vec())
            .client();
        let one = [Search::new("Encounter").with("patient", "1")];
        let found = block_on(client.ask(&one, Reach::UpTo(100)))
            .remove(0)
            .unwrap();
        assert_eq!((found.resources.len(), found.partial), (1, true));
        assert_eq!(script.asked.borrow().len(), 2);
    }
}

#[test]
fn the_same_resource_twice_in_one_answer_is_one_fact() {
    let twice = [
        encounter("e", "1"),
        encounter("f", "1"),
        encounter("e", "1"),
    ];
    let (client, _) = Script::default()
        .on(Method::Get, "", vec![ok(searchset(&twice, None))])
        .client();
    let found = block_on(client.ask(&[Search::new("Encounter")], Reach::FirstPage)).remove(0);
    assert_eq!(found.unwrap().resources.len(), 2);
}

#[test]
fn a_later_page_that_fails_leaves_what_was_read_and_says_that_there_is_more() {
    let (client, _) = Script::default()
        .on(Method::Get, "page=2", vec![status(500, "")])
        .on(
            Method::Get,
            "",
            vec![ok(searchset(&[encounter("e", "1")], Some("?page=2")))],
        )
        .client();
    let found = block_on(client.ask(&[Search::new("Encounter")], Reach::UpTo(100)))
        .remove(0)
        .unwrap();
    assert_eq!((found.resources.len(), found.partial), (1, true));
}

#[test]
fn a_long_answer_is_read_with_pauses_and_a_broken_one_is_broken() {
    let all: Vec<String> = (0..3000)
        .map(|it| encounter(&it.to_string(), "1"))
        .collect();
    let whole = searchset(&all, None);
    let broken = whole[..whole.len() - 2].to_owned();
    let (client, script) = Script::default()
        .on(Method::Get, "", vec![ok(whole), ok(broken)])
        .client();
    let one = [Search::new("Encounter").with("patient", "1")];
    let ask = || block_on(client.ask(&one, Reach::UpTo(5000))).remove(0);
    assert_eq!(ask().unwrap().resources.len(), 3000);
    assert!(script.breaths.get() > 5, "{}", script.breaths.get());
    assert!(matches!(ask(), Err(ApiError::Unreadable(_))));
}

#[test]
fn where_there_are_fewer_on_a_later_page_than_there_were_something_was_not_seen() {
    let found = |first: &str, later: &str| {
        let page = |id: &str, total: &str, next| {
            let it = searchset(&[encounter(id, "1")], next);
            ok(it.replace(r#""type""#, &format!(r#"{total}"type""#)))
        };
        let (client, _) = Script::default()
            .on(Method::Get, "page=2", vec![page("f", later, None)])
            .on(
                Method::Get,
                "Encounter?patient",
                vec![page("e", first, Some("Encounter?page=2"))],
            )
            .client();
        let one = [Search::new("Encounter").with("patient", "1")];
        let found = block_on(client.ask(&one, Reach::UpTo(100))).remove(0);
        found.unwrap().partial
    };
    let (two, three) = (r#""total":2,"#, r#""total":3,"#);
    assert!(found(three, two));
    assert!(found(three, ""), "one of three was on no page");
    // One more stands on the last page, and what is not counted says nothing.
    for (first, later) in [(two, two), (two, three), ("", two)] {
        assert!(!found(first, later), "{first} {later}");
    }
}

#[test]
fn who_counts_more_than_they_give_and_has_no_other_page_has_answered_in_part() {
    let partial = |total: usize, modes: &[&str], next| {
        let entry = |mode: &str, nth: usize| {
            let it = encounter(&nth.to_string(), "1");
            format!(r#"{{"resource":{it},"search":{{"mode":"{mode}"}}}}"#)
        };
        let all: Vec<String> = modes
            .iter()
            .zip(0..)
            .map(|(it, nth)| entry(it, nth))
            .collect();
        let total = format!(r#""total":{total},"type""#);
        let body = searchset(&[], next).replace(r#""type""#, &total);
        let body = body.replace(r#""entry":[]"#, &format!(r#""entry":[{}]"#, all.join(",")));
        assert!(body.contains("mode"), "{body}");
        let (client, _) = Script::default()
            .on(Method::Get, "", vec![ok(body)])
            .client();
        let one = [Search::new("Encounter").with("patient", "1")];
        let found = block_on(client.ask(&one, Reach::FirstPage)).remove(0);
        found.unwrap().partial
    };
    assert!(partial(40, &["match", "match"], None));
    assert!(partial(2, &["match", "include", "include"], None));
    assert!(partial(40, &["match"], Some("Encounter?page=2")), "as ever");
    assert!(!partial(2, &["match", "match", "include"], None));
    assert!(!partial(1, &["match", "match"], None));
    assert!(
        !partial(3, &["match", "include", "include"], None),
        "some count what comes along"
    );
}
