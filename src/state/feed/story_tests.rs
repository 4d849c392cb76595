//! Very much at once: it is bounded, the newest stay, and work in steps ends where work at once does.

use chrono::TimeDelta;

use super::*;
use crate::domain::Coded;
use crate::domain::activity::Setting;
use crate::domain::patient::Deceased;
use crate::domain::result::Judgement;
use crate::domain::sample::{appointment, encounter, finding, patient, time};

fn now() -> DateTime<Utc> {
    time("2026-11-22T12:00:00Z")
}

fn id(raw: &str) -> PatientId {
    PatientId::parse(raw).unwrap()
}

/// So many attendances of so many people, one a second until now, the newest first.
fn flood(events: usize, people: usize) -> HashMap<PatientId, Facts> {
    let mut all: HashMap<PatientId, Facts> = HashMap::new();
    for nth in 0..events {
        let at = now() - TimeDelta::seconds(i64::try_from(nth).unwrap());
        let mut it = encounter("rw3", Setting::Emergency, &at.to_rfc3339(), "");
        it.origin.resource = ResourceRef::new("Encounter", &format!("e{nth}"));
        it.origin.updated = Some(at);
        let person = all.entry(id(&format!("p{}", nth % people))).or_default();
        person.encounters.push(it.into());
    }
    all
}

fn told(facts: HashMap<PatientId, Facts>) -> Story {
    let mut story = Story::default();
    story.hear(&SourceId::new("rw3"), facts, Some(&[]));
    story
}

fn since() -> DateTime<Utc> {
    now() - TimeDelta::days(14)
}

#[test]
fn of_a_hundred_thousand_events_the_newest_stay() {
    let mut story = told(flood(100_000, 50));
    assert!(story.work(usize::MAX, since(), now()));
    let shown = story.shown();
    assert_eq!(shown.len(), MOST_EVENTS);
    assert_eq!(story.dropped(), 100_000 - MOST_EVENTS, "it is said");
    assert_eq!(*shown[0].key.resource.id, *"e0");
    let last = &shown[MOST_EVENTS - 1].key.resource.id;
    assert_eq!(**last, format!("e{}", MOST_EVENTS - 1));
}

#[test]
fn in_steps_nothing_changes_until_the_last_and_then_all_is_as_at_once() {
    let facts = flood(3000, 20);
    let mut at_once = told(facts.clone());
    assert!(at_once.work(usize::MAX, since(), now()));
    let mut story = told(facts);
    let mut steps = 1;
    while !story.work(200, since(), now()) {
        assert!(story.shown().is_empty());
        steps += 1;
    }
    assert!(steps > 5, "{steps}");
    assert_eq!(story.shown(), at_once.shown());

    // What comes between two steps is in the next, and what waits is not shown.
    story.hold();
    let mut more = flood(3005, 20);
    for facts in more.values_mut() {
        facts
            .encounters
            .retain(|it| it.origin.resource.id.len() == 5);
        facts
            .encounters
            .retain(|it| *it.origin.resource.id >= *"e3000");
    }
    let source = SourceId::new("rw3");
    story.hear(&source, more, None);
    assert!(!story.work(0, since(), now()));
    story.hear(&source, HashMap::new(), None);
    while !story.work(0, since(), now()) {}
    assert_eq!(story.waiting().len(), 5);
    assert_eq!(story.shown().len(), 3000);
    story.release();
    assert_eq!((story.shown().len(), story.waiting().len()), (3005, 0));

    // What is not there any more goes, and nothing else.
    story.hear(&source, flood(10, 20), Some(&[]));
    while !story.work(100, since(), now()) {}
    assert_eq!(story.shown().len(), 10);
}

#[test]
fn what_is_withheld_of_one_kind_keeps_nothing_deleted_of_another() {
    let mut facts = flood(3, 1);
    let jane = id("p0");
    let mut result = finding("rw3", "Potassium", "7.0", "mmol/L", "2026-11-22");
    result.judgement = Some(Coded::Known(Judgement::CriticalHigh));
    result.issued = Some(When::At(now()));
    facts.get_mut(&jane).unwrap().findings.push(result);
    let mut story = told(facts);
    while !story.work(100, since(), now()) {}
    assert_eq!(story.shown().len(), 4);
    let left = || flood(1, 1);
    story.hear(&SourceId::new("rw3"), left(), Some(&["Observation"]));
    while !story.work(100, since(), now()) {}
    let shown = story.shown();
    let kinds: Vec<&str> = shown.iter().map(|it| &*it.key.resource.kind).collect();
    assert_eq!(
        kinds.len(),
        2,
        "one attendance, and the result that is not given now: {kinds:?}"
    );
    assert!(kinds.contains(&"Observation"));
    story.hear(&SourceId::new("rw3"), left(), Some(&[]));
    while !story.work(100, since(), now()) {}
    assert_eq!(story.shown().len(), 1);
}

#[test]
fn what_a_source_tells_at_the_beginning_is_shown_though_another_was_there_before() {
    let (first, late) = (SourceId::new("rw3"), SourceId::new("rm2"));
    let mut story = told(flood(3, 2));
    while !story.work(100, since(), now()) {}
    story.hold();
    // The rest of the first, after its newest; and a source that answers late: its news waits.
    story.hear(&first, flood(10, 2), Some(&[]));
    story.let_in(&first);
    let mut other = flood(1, 2);
    for facts in other.values_mut() {
        Arc::make_mut(&mut facts.encounters[0]).origin.source = late.clone();
    }
    story.hear(&late, other, Some(&[]));
    while !story.work(100, since(), now()) {}
    assert_eq!((story.shown().len(), story.waiting().len()), (10, 1));
    // From then on what is new waits, whoever tells it.
    story.hear(&first, flood(11, 2), Some(&[]));
    while !story.work(100, since(), now()) {}
    assert_eq!((story.shown().len(), story.waiting().len()), (10, 2));
}

#[test]
fn what_sources_told_is_bounded_and_what_is_to_come_stays() {
    let mut story = Story::default();
    let source = SourceId::new("rw3");
    let mut first = flood(1, 1);
    let mut booked = appointment("rw3", "2026-12-24T10:00:00Z");
    booked.origin.updated = Some(now() - TimeDelta::days(300));
    let jane = id("p0");
    first.get_mut(&jane).unwrap().appointments.push(booked);
    story.hear(&source, first, Some(&[]));
    story.hear(&source, flood(MOST_TOLD + 500, 50), None);
    let kept = |story: &Story| -> usize {
        let told = story.told.values().flat_map(HashMap::values);
        told.map(|it| stream::resources(it).count()).sum()
    };
    assert_eq!(kept(&story), MOST_TOLD);
    assert!(story.work(usize::MAX, since(), now()));
    assert_eq!(story.coming(&HashMap::new(), now()).len(), 1);
    assert_eq!(story.dropped(), MOST_TOLD + 500 - MOST_EVENTS, "it is said");
    assert_eq!(*story.shown()[0].key.resource.id, *"e0");
    // It tells everything once more, and that is less.
    story.hear(&source, flood(10, 5), Some(&[]));
    assert!(story.work(usize::MAX, since(), now()));
    assert_eq!((kept(&story), story.dropped()), (10, 0));
}

fn result(test: &str, value: &str) -> Facts {
    let mut it = finding("rw3", test, value, "mmol/L", "2026-11-22");
    it.origin.updated = Some(now());
    it.judgement = Some(Coded::Known(Judgement::CriticalHigh));
    Facts {
        findings: vec![it],
        ..Facts::default()
    }
}

/// Results of one moment are one event: what joins it, or changes, is there at once and counts as new.
#[test]
fn a_result_that_joins_another_or_is_corrected_is_shown_in_its_place_and_is_new() {
    let source = SourceId::new("rw3");
    let of_jane = |facts: Facts| HashMap::from([(id("jane"), facts)]);
    let counts = |story: &Story| {
        let lines: usize = story.shown().iter().map(|it| 1 + it.more.len()).sum();
        (story.shown().len(), lines, story.waiting().len())
    };
    let mut story = told(of_jane(result("Sodium", "118")));
    let settle = |story: &mut Story| while !story.work(100, since(), now()) {};
    settle(&mut story);
    story.hold();
    assert_eq!(counts(&story), (1, 1, 0));
    // It is written again, and says the same.
    let mut again = result("Sodium", "118");
    again.findings[0].origin.updated = Some(now() + TimeDelta::minutes(1));
    for (facts, expected) in [
        (again, (1, 1, 0)),
        (result("Troponin", "9000"), (1, 2, 1)),
        (Facts::default(), (1, 2, 1)),
    ] {
        story.hear(&source, of_jane(facts), None);
        settle(&mut story);
        assert_eq!(counts(&story), expected);
    }
    story.release();
    assert_eq!(counts(&story), (1, 2, 0));
    let mut corrected = result("Troponin", "90");
    corrected.findings[0].origin.updated = Some(now() + TimeDelta::minutes(2));
    story.hear(&source, of_jane(corrected), None);
    settle(&mut story);
    assert_eq!(counts(&story), (1, 2, 1));
}

#[test]
fn what_waits_of_those_who_stay_goes_on_waiting_when_others_join() {
    let mut story = told(flood(2, 1));
    let settle = |story: &mut Story| while !story.work(100, since(), now()) {};
    settle(&mut story);
    story.hold();
    let source = SourceId::new("rw3");
    story.hear(&source, flood(3, 1), Some(&[]));
    settle(&mut story);
    assert_eq!((story.shown().len(), story.waiting().len()), (2, 1));
    // Somebody joins; each source begins anew.
    story.begin(|_| true, |it| *it == id("p0"));
    story.hear(&source, flood(6, 2), Some(&[]));
    story.let_in(&source);
    settle(&mut story);
    let waiting: Vec<_> = story.waiting().iter().map(|it| it.person.clone()).collect();
    assert!(waiting.iter().all(|it| *it == id("p0")), "{waiting:?}");
    assert!(!waiting.is_empty());
    // Other people altogether are a new beginning.
    story.begin(|it| *it == id("p7"), |it| *it == id("p0"));
    assert!(!story.is_steady());
}

#[test]
fn an_appointment_of_somebody_who_has_died_says_so_whoever_knows_of_it() {
    let (jane, source) = (id("p0"), SourceId::new("rw3"));
    let mut own = patient("shared", "9990000018", "Smith", "Jane", "1945");
    let mut facts = flood(1, 1);
    let booked = appointment("rw3", "2026-11-24T10:00:00Z");
    let theirs = facts.get_mut(&jane).unwrap();
    theirs.appointments.push(booked);
    let coming = |facts: &HashMap<PatientId, Facts>, own: &Patient| {
        let mut story = Story::default();
        story.hear(&source, facts.clone(), Some(&[]));
        while !story.work(100, since(), now()) {}
        let people = HashMap::from([(jane.clone(), Arc::new(own.clone()))]);
        let it = story.coming(&people, now()).remove(0).1;
        (it.may_clash, it.has_died)
    };
    assert_eq!(coming(&facts, &own), (true, false));
    let mut there = own.clone();
    there.deceased = Some(Deceased::Yes);
    own.deceased = Some(Deceased::Yes);
    assert_eq!(coming(&facts, &own), (false, true));
    own.deceased = None;
    facts.get_mut(&jane).unwrap().patients.push(there);
    assert_eq!(coming(&facts, &own), (false, true));
}
