use super::*;
use crate::domain::crisis::CrisisPart;

fn entry(id: &str, text: &str) -> Entry {
    Entry {
        id: EntryId(id.to_owned()),
        part: CrisisPart::Triggers.into(),
        text: text.to_owned(),
    }
}

fn all(said: &[(&str, &str)]) -> Vec<Entry> {
    said.iter().map(|(id, text)| entry(id, text)).collect()
}

fn words(merged: &Merged) -> Vec<&str> {
    let said = merged.entries.iter().filter(|it| !it.is_blank());
    said.map(|it| it.text.as_str()).collect()
}

#[test]
fn what_only_one_has_changed_is_taken() {
    let base = all(&[("a", "breathless"), ("b", "ankles"), ("c", "cough")]);
    let mine = all(&[
        ("a", "more breathless"),
        ("b", "ankles"),
        ("c", "cough"),
        ("n", "new"),
    ]);
    let theirs = all(&[
        ("a", "breathless"),
        ("b", "ankles up a shoe size"),
        ("x", "added"),
    ]);
    let merged = merge(&base, &mine, &theirs);
    assert_eq!(merged.clashes, []);
    let taken = ["more breathless", "ankles up a shoe size", "added", "new"];
    assert_eq!(words(&merged), taken, "and what they took away is gone");
}

#[test]
fn what_both_have_changed_is_put_side_by_side_and_never_chosen() {
    let base = all(&[("a", "one tablet"), ("b", "ring the nurse")]);
    let mine = all(&[("a", "two tablets"), ("b", "ring the nurse at once")]);
    let theirs = all(&[("a", "half a tablet")]);
    let merged = merge(&base, &mine, &theirs);
    let clash = |id: &str, before: &str, theirs: Option<&str>, mine: &str| Clash {
        id: EntryId(id.to_owned()),
        part: CrisisPart::Triggers.into(),
        before: Some(before.to_owned()),
        theirs: theirs.map(str::to_owned),
        mine: Some(mine.to_owned()),
    };
    assert_eq!(
        merged.clashes,
        [
            clash("a", "one tablet", Some("half a tablet"), "two tablets"),
            clash("b", "ring the nurse", None, "ring the nurse at once"),
        ]
    );
    assert_eq!(words(&merged), ["two tablets", "ring the nurse at once"]);
}

#[test]
fn what_i_took_away_and_they_changed_is_a_clash_too() {
    let base = all(&[("a", "one tablet")]);
    let merged = merge(&base, &all(&[("a", " ")]), &all(&[("a", "two tablets")]));
    assert_eq!(merged.clashes.len(), 1);
    assert_eq!(merged.clashes[0].mine, None);
}

#[test]
fn the_same_change_by_both_is_none() {
    let base = all(&[("a", "one")]);
    let same = all(&[("a", "two")]);
    assert_eq!(merge(&base, &same, &same).clashes, []);
    let gone = merge(&base, &all(&[("a", "")]), &[]);
    assert_eq!((gone.clashes.len(), words(&gone).len()), (0, 0));
}

#[test]
fn what_had_arrived_without_an_answer_is_not_added_again() {
    let mine = all(&[("mine-1", "new trigger")]);
    let merged = merge(&[], &mine, &all(&[("v2.1", "new trigger")]));
    assert_eq!(words(&merged), ["new trigger"]);
    assert!(is_same(&merged.entries, &all(&[("v2.1", "new trigger")])));
}

#[test]
fn a_plan_without_a_trigger_or_with_an_endless_text_cannot_be_saved() {
    let today = chrono::NaiveDate::default();
    let wrong = |entries: &[Entry]| errors(Section::Crisis, &[], entries, today);
    assert_eq!(wrong(&all(&[("a", "breathless")])), []);
    let what = |entries: &[Entry]| {
        wrong(entries)
            .into_iter()
            .map(|it| it.what)
            .collect::<Vec<_>>()
    };
    assert_eq!(what(&[]), [EntryProblem::Missing]);
    assert_eq!(what(&all(&[("a", "  ")])), [EntryProblem::Missing]);
    assert_eq!(
        what(&[entry("a", &"x".repeat(MOST_LETTERS + 1))]),
        [EntryProblem::TooLong]
    );
}

#[test]
fn words_that_come_back_with_other_blanks_between_them_are_what_was_sent() {
    let sent = all(&[("a", "ring  Bess\n\nthen wait "), ("b", "tea")]);
    assert!(has_arrived(
        &sent,
        &all(&[("a", "ring Bess then wait"), ("b", "tea")])
    ));
    assert!(!has_arrived(
        &sent,
        &all(&[("a", "ringBess then wait"), ("b", "tea")])
    ));
    assert!(!has_arrived(&sent, &all(&[("b", "tea")])));
}

#[test]
fn a_number_that_comes_back_without_its_last_zero_is_what_was_sent() {
    let sent = all(&[("warmth", "17.50"), ("who", "10.0 Downing Street")]);
    let there = all(&[("warmth", "17.5"), ("who", "10.0 Downing Street")]);
    assert!(has_arrived(&sent, &there) && !is_same(&sent, &there));
    for other in [
        all(&[("warmth", "17.6"), ("who", "10.0 Downing Street")]),
        all(&[("warmth", "17.5"), ("who", "10 Downing Street")]),
        all(&[("warmth", "17.5")]),
    ] {
        assert!(!has_arrived(&sent, &other));
    }
}
