//! Clocks of trusts and of this device that differ, and times that are wrong.

use super::*;

#[test]
fn a_question_is_for_what_was_written_since_by_the_sources_clock() {
    let (mut feed, mut trust) = (feed(), Trust::default());
    // The trust's clock is an hour ahead.
    let there = start() + seconds(3600);
    trust.write(there, 0, 1, "anna", EncounterStatus::InProgress);
    let poll = feed.due(start()).remove(0);
    assert_eq!(poll.how, How::Newest);
    assert!(feed.due(start()).is_empty(), "one question at a time");
    feed.settle(&poll, Ok(trust.answer(How::Whole, there)), start(), 0.5);
    assert!(feed.due(start() + seconds(10)).is_empty());
    let poll = feed.due(start() + seconds(20)).remove(0);
    assert_eq!(poll.how, How::Since(there - seconds(OVERLAP_SECONDS)));
}

#[test]
fn one_record_that_says_to_lie_ahead_keeps_nothing_else_from_being_told() {
    let (mut feed, mut trust) = (feed(), Trust::default());
    trust.write(start(), 0, 1, "anna", EncounterStatus::InProgress);
    trust.write(
        start() + TimeDelta::days(40),
        0,
        2,
        "bert",
        EncounterStatus::InProgress,
    );
    let poll = feed.due(start()).remove(0);
    let all = trust.answer(How::Whole, start() + TimeDelta::days(41));
    feed.settle(&poll, Ok(all), start(), 0.5);
    assert_eq!(feed.shown().len(), 2);
    let poll = feed.due(start() + seconds(20)).remove(0);
    assert_eq!(poll.how, How::Since(start() - seconds(OVERLAP_SECONDS)));
}

#[test]
fn what_happens_now_is_shown_though_this_devices_clock_is_late() {
    let (mut feed, mut trust) = (feed(), Trust::default());
    trust.write(start(), 0, 1, "anna", EncounterStatus::InProgress);
    let late = start() - seconds(7200);
    feed.hurry(None, late);
    let poll = feed.due(late).remove(0);
    feed.settle(&poll, Ok(trust.answer(How::Whole, start())), late, 0.5);
    assert_eq!(feed.shown().len(), 1);
}
