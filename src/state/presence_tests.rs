use super::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
}

fn role(id: &str) -> ResourceRef {
    ResourceRef::new("PractitionerRole", id)
}

fn editing(who: &str, place: &str, since: i64, said: i64) -> AtWork {
    AtWork {
        is_over: false,
        word: ResourceRef::new("List", &format!("{who}{since}")),
        who: role(who),
        name: who.to_owned(),
        role: None,
        organisation: None,
        place: place.to_owned(),
        of: ResourceRef::new("CarePlan", "c"),
        since: at(since),
        said: at(said),
    }
}

fn names(it: &Presence, places: &[&str]) -> Vec<String> {
    it.at(places).into_iter().map(|it| it.name).collect()
}

/// The line is open, and this was told.
fn told(all: Vec<AtWork>, now: i64) -> Presence {
    let mut it = Presence::default();
    it.opened(Some(TimeDelta::zero()), at(now));
    assert!(it.ask(at(now)));
    it.told(Some(all), &[role("me")], at(now));
    it
}

#[test]
fn a_colleague_is_told_where_they_edit_and_nowhere_else() {
    let it = told(vec![editing("tom", "crisis", 0, 5)], 10);
    assert_eq!(names(&it, &["crisis"]), ["tom"]);
    assert_eq!(names(&it, &["goal", "action"]), [""; 0]);
}

#[test]
fn the_readers_own_other_window_is_no_colleague() {
    let own = vec![
        editing("me", "crisis", 0, 5),
        editing("tom", "crisis", 1, 5),
    ];
    assert_eq!(names(&told(own, 10), &["crisis"]), ["tom"]);
}

#[test]
fn what_a_window_of_the_reader_has_left_behind_can_go_and_nobody_elses() {
    let mut it = Presence::default();
    it.opened(None, at(300));
    let all = vec![
        editing("me", "crisis", 0, 300 - LIVES_SECONDS),
        editing("me", "crisis", 1, 299),
        editing("tom", "crisis", 2, 0),
    ];
    let left = it.told(Some(all), &[role("me")], at(300));
    assert_eq!(left, [ResourceRef::new("List", "me0")]);
    assert_eq!(names(&it, &["crisis"]), [""; 0]);
}

#[test]
fn whose_word_is_over_edits_no_more() {
    let mut over = editing("tom", "crisis", 0, 5);
    over.is_over = true;
    let it = told(vec![over, editing("ann", "crisis", 1, 5)], 10);
    assert_eq!(names(&it, &["crisis"]), ["ann"]);
}

#[test]
fn a_colleague_with_two_windows_is_one_since_the_first() {
    let it = told(
        vec![
            editing("tom", "crisis", 8, 9),
            editing("tom", "crisis", 2, 9),
        ],
        10,
    );
    let all = it.at(&["crisis"]);
    assert_eq!((all.len(), all[0].since), (1, at(2)));
}

#[test]
fn what_a_crash_has_left_behind_is_over_by_the_time_of_the_source() {
    let mut it = told(vec![editing("tom", "crisis", 0, 0)], LIVES_SECONDS - 1);
    assert_eq!(names(&it, &["crisis"]), ["tom"]);
    assert!(it.forget(at(LIVES_SECONDS)));
    assert_eq!(names(&it, &["crisis"]), [""; 0]);
    assert!(!it.forget(at(LIVES_SECONDS + 1)), "nothing is new");
    let old = told(vec![editing("tom", "crisis", 0, 0)], 86_400);
    assert_eq!(names(&old, &["crisis"]), [""; 0]);
}

#[test]
fn a_device_whose_clock_is_a_day_wrong_sees_the_same() {
    for wrong in [-86_400, 86_400] {
        let mut it = Presence::default();
        it.opened(Some(TimeDelta::seconds(-wrong)), at(10 + wrong));
        it.ask(at(10 + wrong));
        let all = vec![
            editing("tom", "crisis", 0, 5),
            editing("ann", "crisis", 0, -LIVES_SECONDS),
        ];
        it.told(Some(all), &[], at(11 + wrong));
        assert_eq!(names(&it, &["crisis"]), ["tom"], "{wrong}");
        it.forget(at(5 + LIVES_SECONDS + wrong));
        assert_eq!(names(&it, &["crisis"]), [""; 0], "{wrong}");
    }
}

#[test]
fn a_hint_is_a_question_and_many_at_once_are_one() {
    let mut it = told(Vec::new(), 0);
    assert!(!it.ask(at(1)), "nothing to ask");
    for _ in 0..5 {
        it.hint(at(1));
    }
    assert!(!it.ask(at(1)), "a moment later");
    assert!(it.ask(at(2)));
    assert!(!it.ask(at(3)), "it is being asked");
    it.hint(at(3));
    it.told(Some(Vec::new()), &[], at(4));
    assert!(it.ask(at(5)), "what came meanwhile is asked for");
}

#[test]
fn a_lost_word_of_the_line_is_made_good_and_a_failure_forgets_nobody() {
    let mut it = told(vec![editing("tom", "crisis", 0, 0)], 0);
    assert!(it.ask(at(ASKED_EVERY_SECONDS)));
    it.told(None, &[], at(ASKED_EVERY_SECONDS));
    assert_eq!(names(&it, &["crisis"]), ["tom"]);
    assert!(it.ask(at(2 * ASKED_EVERY_SECONDS)));
}

#[test]
fn without_a_line_nothing_is_asked_and_nothing_begun() {
    let mut it = Presence::default();
    it.hint(at(0));
    assert!(!it.ask(at(1)));
    let own = OwnWord::open(at(0));
    assert_eq!(own.next(it.is_live(), at(1)), Say::Nothing);
    it.opened(None, at(2));
    assert_eq!(own.next(it.is_live(), at(2)), Say::Begin);
    it.ask(at(2));
    it.lost();
    it.told(Some(Vec::new()), &[], at(3));
    assert!(!it.ask(at(1000)), "the line has gone meanwhile");
}

#[test]
fn who_edits_says_so_again_and_again_and_who_rests_does_not() {
    let mut own = OwnWord::open(at(0));
    own.stands(at(0));
    assert_eq!(own.next(true, at(AGAIN_SECONDS - 1)), Say::Nothing);
    assert_eq!(own.next(false, at(AGAIN_SECONDS)), Say::Again);
    own.stands(at(AGAIN_SECONDS));
    assert_eq!(own.next(true, at(AGAIN_SECONDS)), Say::Nothing);
    assert_eq!(own.next(true, at(IDLE_SECONDS)), Say::Over);
    own.is_over();
    assert_eq!(own.next(true, at(IDLE_SECONDS + 5)), Say::Nothing);
    own.typed(at(IDLE_SECONDS + 6));
    assert_eq!(own.next(true, at(IDLE_SECONDS + 6)), Say::Begin);
}

#[test]
fn what_the_record_does_not_take_is_not_asked_of_it_at_once_again() {
    let mut own = OwnWord::open(at(0));
    own.failed(at(0));
    assert_eq!(own.next(true, at(1)), Say::Nothing);
    assert_eq!(own.next(true, at(AGAIN_SECONDS)), Say::Begin);
}

#[test]
fn two_words_in_a_row_can_be_lost() {
    const { assert!(AGAIN_SECONDS * 2 < LIVES_SECONDS) };
}
