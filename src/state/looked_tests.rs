#![allow(clippy::unwrap_used)]

use super::*;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

fn id(name: &str) -> PatientId {
    PatientId::parse(name).unwrap()
}

fn looked(all: &[(&str, i64)]) -> Looked {
    let mut it = Looked::default();
    for (name, minutes) in all {
        it.look(&id(name), at(*minutes));
    }
    it
}

#[test]
fn coming_back_soon_is_the_same_visit() {
    let it = looked(&[("anna", 0), ("anna", 60), ("anna", 80)]);
    assert_eq!(it.last(&id("anna")), Some(at(80)));
    assert_eq!(it.before_this_visit(&id("anna")), Some(at(0)));
    assert_eq!(it.last(&id("bert")), None);
    assert_eq!(looked(&[("anna", 0)]).before_this_visit(&id("anna")), None);
}

/// What merging `other` at `now` changes, if anything.
fn told(here: &mut Looked, other: (&str, i64), now: i64) -> bool {
    here.merge(&[(id(other.0), at(other.1))], at(now))
}

#[test]
fn what_was_seen_on_another_device_is_no_news_here() {
    let mut here = looked(&[("anna", 0)]);
    assert!(here.merge(&looked(&[("anna", 60), ("bert", 10)]).latest(), at(61)));
    assert_eq!(here.last(&id("anna")), Some(at(60)));
    assert_eq!(here.last(&id("bert")), Some(at(10)));
    let older = told(&mut here, ("anna", 40), 61);
    assert!(!older, "older than what is known");
}

#[test]
fn a_look_elsewhere_before_this_visit_counts_though_it_is_told_of_later() {
    let mut here = looked(&[("anna", 0), ("anna", 120)]);
    assert!(told(&mut here, ("anna", 70), 121));
    assert_eq!(here.last(&id("anna")), Some(at(120)));
    assert_eq!(here.before_this_visit(&id("anna")), Some(at(70)));
    let same_visit = told(&mut here, ("anna", 110), 121);
    assert!(!same_visit);
}

#[test]
fn a_clock_that_is_an_hour_ahead_hides_nothing_here_and_is_put_right() {
    let mut here = looked(&[("anna", 0)]);
    let ahead = [(id("anna"), at(70))];
    assert!(!here.merge(&ahead, at(10)));
    assert!(here.is_ahead_of(&ahead, at(10)));
}

#[test]
fn only_what_others_do_not_know_is_told_to_them() {
    let here = looked(&[("anna", 0), ("bert", 5)]);
    assert!(here.is_ahead_of(&[], at(6)));
    assert!(here.is_ahead_of(&[(id("anna"), at(0))], at(6)));
    assert!(!here.is_ahead_of(&here.latest(), at(6)));
    assert!(!Looked::default().is_ahead_of(&[], at(6)));
}

#[test]
fn the_latest_three_hundred_are_told_and_the_rest_do_not_make_it_unequal() {
    let mut here = Looked::default();
    for minute in 0..3000 {
        here.look(&id(&format!("p{minute}")), at(minute));
    }
    let told = here.latest();
    assert_eq!(told.len(), SHARED);
    assert_eq!(told.first().map(|it| it.0.as_str()), Some("p2999"));
    assert!(!here.is_ahead_of(&told, at(3000)));
    assert_eq!(here.at.len(), KEPT);
}

#[test]
fn text_on_the_device_is_read_again_and_nonsense_is_left_out() {
    let it = looked(&[("anna", 0), ("anna", 60), ("bert", 5)]);
    assert_eq!(Looked::from_text(&it.to_text()), it);
    let broken = format!("{}\nx\n/ 1 2\nx 1\nx a b\n\n", it.to_text());
    assert_eq!(Looked::from_text(&broken), it);
}

/// Whatever is merged in whatever order, the latest look counts.
#[test]
fn the_order_of_merging_does_not_matter_for_the_last_look() {
    let devices = [
        looked(&[("anna", 0), ("bert", 50)]),
        looked(&[("anna", 45), ("carl", 3)]),
        looked(&[("bert", 20), ("anna", 90)]),
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]] {
        let mut it = Looked::default();
        for nth in order {
            it.merge(&devices[nth].latest(), at(100));
        }
        let last = ["anna", "bert", "carl"].map(|name| it.last(&id(name)));
        assert_eq!(last, [Some(at(90)), Some(at(50)), Some(at(3))]);
    }
}
