use super::*;
use crate::domain::sample::now;

fn later(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

fn found(name: &str, of: Option<&str>, since: i64) -> Found {
    Found {
        name: name.to_owned(),
        patient: PatientId::parse("jane").unwrap(),
        section: Section::Goal,
        of: of.map(|id| ResourceRef::new("Goal", id)),
        since: later(since),
        stopped: None,
    }
}

fn three() -> Outbox {
    let mut it = Outbox::default();
    it.found(
        vec![
            found("c", Some("3"), 3),
            found("a", Some("1"), 1),
            found("b", None, 2),
        ],
        now(),
    );
    it
}

fn names(it: &Outbox) -> Vec<&str> {
    it.all().iter().map(|it| it.found.name.as_str()).collect()
}

fn standing(it: &Outbox, name: &str) -> Standing {
    let mut all = it.all().iter();
    all.find(|it| it.found.name == name)
        .unwrap()
        .standing
        .clone()
}

#[test]
fn the_first_asked_goes_first_and_one_at_a_time() {
    let mut it = three();
    assert_eq!(names(&it), ["a", "b", "c"]);
    for name in ["a", "b", "c"] {
        assert_eq!(it.next(now()).as_deref(), Some(name));
        assert_eq!(it.next(now()), None, "one at a time");
        it.settled(name, Came::Of(Outcome::Saved), later(9));
    }
    assert_eq!((it.all().len(), it.saved()), (0, Some(later(9))));
}

#[test]
fn a_record_that_is_not_reached_makes_all_wait_and_is_asked_less_and_less() {
    let mut it = three();
    let (mut at, mut waits) = (0, Vec::new());
    for _ in 0..6 {
        let begin = at;
        while it.next(later(at)).is_none() {
            at += 1;
        }
        waits.push(at - begin);
        it.settled("a", Came::Of(Outcome::Waits(Problem::Offline)), later(at));
    }
    assert_eq!(waits, [0, 4, 8, 16, 32, 60]);
    assert_eq!(
        standing(&it, "a"),
        Standing::Waits(Problem::Offline, now()),
        "since the first time"
    );
    it.hurry();
    assert_eq!(it.next(later(at)).as_deref(), Some("a"));
}

#[test]
fn what_one_thing_meets_holds_nobody_else_up() {
    let mut it = three();
    it.next(now());
    it.settled("a", Came::Of(Outcome::Undecided), now());
    it.next(now());
    let refused = Problem::Refused("no".to_owned());
    it.settled("b", Came::Of(Outcome::Refused(refused.clone())), now());
    assert_eq!(it.next(now()).as_deref(), Some("c"));
    it.settled(
        "c",
        Came::Of(Outcome::Waits(Problem::SourceFailed(500))),
        now(),
    );
    assert_eq!(it.next(later(3)), None);
    assert_eq!(it.next(later(4)).as_deref(), Some("c"));
    it.settled("c", Came::Open, later(4));
    assert_eq!(standing(&it, "a"), Standing::Undecided);
    assert_eq!(standing(&it, "b"), Standing::NotTaken(Some(refused)));
    it.try_now("a");
    it.try_now("b");
    assert_eq!(it.next(later(4)).as_deref(), Some("b"), "a needs somebody");
}

#[test]
fn nothing_overtakes_what_goes_to_the_same_resource() {
    let mut it = Outbox::default();
    it.found(
        vec![
            found("first", Some("1"), 1),
            found("second", Some("1"), 2),
            found("other", Some("2"), 3),
        ],
        now(),
    );
    it.next(now());
    it.settled(
        "first",
        Came::Of(Outcome::Waits(Problem::SourceFailed(500))),
        now(),
    );
    assert_eq!(it.next(now()).as_deref(), Some("other"));
    it.settled("other", Came::Of(Outcome::Saved), now());
    assert_eq!(it.next(now()), None);
    it.next(later(4));
    it.settled("first", Came::Of(Outcome::Saved), later(4));
    assert_eq!(it.next(later(4)).as_deref(), Some("second"));
}

#[test]
fn what_the_device_has_is_what_waits_and_what_is_asked_anew_goes_again() {
    let mut it = three();
    it.next(now());
    it.settled("a", Came::Of(Outcome::Refused(Problem::Withheld)), now());
    let stopped = |why| Found {
        stopped: Some(why),
        ..found("a", Some("1"), 1)
    };
    it.found(vec![stopped(Stopped::NotTaken)], now());
    let known = Standing::NotTaken(Some(Problem::Withheld));
    assert_eq!((names(&it), standing(&it, "a")), (vec!["a"], known));
    // After a restart it is not known why.
    let mut again = Outbox::default();
    again.found(vec![stopped(Stopped::NotTaken), found("b", None, 2)], now());
    assert_eq!(standing(&again, "a"), Standing::NotTaken(None));
    assert_eq!(again.next(now()).as_deref(), Some("b"));
    again.found(
        vec![stopped(Stopped::Undecided), found("b", None, 2)],
        now(),
    );
    assert_eq!(standing(&again, "a"), Standing::Undecided);
    assert_eq!(standing(&again, "b"), Standing::Sending, "still");
    it.found(vec![found("a", Some("1"), 1)], now());
    assert_eq!(it.next(now()).as_deref(), Some("a"));
    it.settled("a", Came::Gone, now());
    assert_eq!((it.all().len(), it.saved()), (0, None));
}
