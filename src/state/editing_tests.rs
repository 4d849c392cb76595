use super::*;
use crate::domain::crisis::CrisisPart;

use crate::domain::sample::now;

fn entry(id: &str, text: &str) -> Entry {
    Entry {
        id: EntryId(id.to_owned()),
        part: CrisisPart::Triggers.into(),
        text: text.to_owned(),
    }
}

fn id(raw: &str) -> EntryId {
    EntryId(raw.to_owned())
}

fn later(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

/// Opened with one entry that is then changed.
fn changed() -> Editing {
    let mut it = Editing::open(Section::Crisis, vec![entry("0", "one tablet")], "w");
    it.write(&id("0"), "two tablets");
    it
}

fn text(it: &Editing) -> &str {
    &it.entries()[0].text
}

#[test]
fn what_is_typed_is_for_the_device_until_the_record_has_it() {
    let mut it = changed();
    assert_eq!(it.on_device(), None);
    let OnDevice::Keep(revision) = it.device() else {
        panic!("it is to be kept");
    };
    it.kept(revision, now());
    assert_eq!((it.device(), it.on_device()), (OnDevice::Kept, Some(now())));
    it.save(now());
    let Step::Write(sent) = it.step(now()) else {
        panic!("it is to be written");
    };
    assert_eq!(it.step(now()), Step::Nothing, "once");
    it.wrote(sent, later(1));
    assert_eq!(*it.on_record(), OnRecord::Saved(later(1)));
    assert_eq!(it.device(), OnDevice::Forget);
    assert!(!it.is_changed() && it.waits().is_none());
}

#[test]
fn what_is_typed_while_it_is_saved_stays() {
    let mut it = changed();
    it.save(now());
    let Step::Write(sent) = it.step(now()) else {
        panic!("it is to be written");
    };
    it.write(&id("0"), "two tablets at once");
    it.wrote(sent, later(1));
    assert!(it.is_changed());
    assert_eq!((text(&it), it.clashes().len()), ("two tablets at once", 0));
}

/// It is not sent again: only what goes with it may not have arrived.
fn finish(it: &mut Editing, second: i64) {
    assert_eq!(it.step(later(second)), Step::Finish);
    it.finished(later(second));
    assert_eq!(it.step(later(second)), Step::Nothing);
}

/// That it was not made up is no reason to forget it: the device keeps it, and it is tried again.
#[test]
fn what_goes_with_something_that_had_arrived_is_tried_until_it_is_there() {
    for problem in [Problem::Offline, Problem::Changed(String::new())] {
        let mut it = changed();
        it.save(now());
        assert!(matches!(it.step(now()), Step::Write(_)));
        it.failed(Problem::TimedOut(25), now());
        it.hurry();
        assert_eq!(it.step(now()), Step::Read);
        it.read(vec![entry("0", "two tablets")]);
        assert_eq!(it.step(now()), Step::Finish);
        assert!(it.is_changed(), "the device keeps it");
        it.failed(problem, now());
        let (base, draft) = (it.base().to_vec(), it.draft());
        let mut again = Editing::restore(Section::Crisis, base, draft, "w2", now());
        for it in [&mut it, &mut again] {
            it.hurry();
            assert_eq!(it.step(later(1)), Step::Read);
            it.read(vec![entry("0", "two tablets")]);
            finish(it, 2);
            assert_eq!(*it.on_record(), OnRecord::Saved(later(2)));
            assert!(!it.is_changed());
        }
    }
}

#[test]
fn without_an_answer_the_record_is_read_before_anything_is_sent_again() {
    let mut it = changed();
    it.save(now());
    assert!(matches!(it.step(now()), Step::Write(_)));
    it.failed(Problem::TimedOut(25), now());
    assert_eq!(
        *it.on_record(),
        OnRecord::Waiting(Problem::TimedOut(25), now())
    );
    assert_eq!(it.step(later(1)), Step::Nothing, "not at once");
    it.write(&id("0"), "two tablets at once");
    assert_eq!(it.step(later(5)), Step::Read);
    // It had arrived; what was typed since was not asked to be saved.
    it.read(vec![entry("0", "two tablets")]);
    assert_eq!(it.clashes(), []);
    finish(&mut it, 5);
    assert_eq!(*it.on_record(), OnRecord::Saved(later(5)));
    assert!(it.is_changed());
    it.save(later(6));
    assert_eq!(
        it.step(later(6)),
        Step::Write(vec![entry("0", "two tablets at once")])
    );
}

#[test]
fn what_is_typed_after_it_was_asked_to_be_saved_never_goes_on_its_way_by_itself() {
    let mut it = changed();
    it.save(now());
    it.step(now());
    it.failed(Problem::Offline, now());
    it.write(&id("0"), "do not");
    assert!(it.is_ahead() && it.waits() == Some(now()));
    // The page is closed, and what waits goes on without an editor.
    let base = vec![entry("0", "one tablet")];
    let mut it = Editing::restore(Section::Crisis, base.clone(), it.draft(), "w2", now());
    assert_eq!(it.step(later(9)), Step::Read);
    it.read(base);
    let asked = vec![entry("0", "two tablets")];
    assert_eq!(it.step(later(9)), Step::Write(asked.clone()));
    it.wrote(asked, later(9));
    assert_eq!(it.outcome(), Some(Outcome::Saved));
    assert_eq!((text(&it), it.waits()), ("do not", None));
    assert!(it.is_changed(), "a draft, offered where it was written");
}

#[test]
fn what_is_asked_while_it_is_saved_is_saved_next() {
    let mut it = changed();
    it.save(now());
    let Step::Write(first) = it.step(now()) else {
        panic!("it is to be written");
    };
    it.write(&id("0"), "three tablets");
    it.save(later(1));
    it.wrote(first, later(2));
    let second = vec![entry("0", "three tablets")];
    assert_eq!(it.step(later(2)), Step::Write(second.clone()));
    it.wrote(second, later(3));
    assert_eq!(*it.on_record(), OnRecord::Saved(later(3)));
    assert!(!it.is_changed());
}

#[test]
fn what_waits_is_not_forgotten_when_it_is_typed_back() {
    let mut it = changed();
    it.save(now());
    it.step(now());
    it.failed(Problem::Offline, now());
    it.write(&id("0"), "one tablet");
    assert!(matches!(it.device(), OnDevice::Keep(_)) && it.is_changed());
    // Somebody else has changed what was taken back here: theirs stands, and nobody is asked.
    it.hurry();
    assert_eq!(it.step(now()), Step::Read);
    it.read(vec![entry("0", "half a tablet")]);
    assert_eq!(it.step(later(1)), Step::Nothing);
    assert_eq!(it.outcome(), Some(Outcome::Saved));
    assert_eq!((text(&it), it.is_changed()), ("half a tablet", false));
}

#[test]
fn what_was_decided_waits_to_be_asked_again_and_is_no_change_when_theirs_is_taken() {
    let mut it = changed();
    it.save(now());
    it.step(now());
    it.failed(Problem::Changed(String::new()), now());
    it.step(now());
    it.read(vec![entry("0", "half a tablet")]);
    assert_eq!((it.outcome(), it.waits()), (Some(Outcome::Undecided), None));
    let draft = it.draft();
    let base = it.base().to_vec();
    let mut again = Editing::restore(Section::Crisis, base, draft, "w2", now());
    again.try_again();
    assert_eq!(again.step(later(9)), Step::Nothing, "not even then");
    again.decide(&id("0"), Choice::Mine);
    assert_eq!(again.step(later(9)), Step::Nothing);
    again.save(later(10));
    assert_eq!(again.step(later(10)), Step::Read);
    it.decide(&id("0"), Choice::Theirs);
    assert!(!it.is_changed() && it.draft().asked.is_none());
}

#[test]
fn what_had_arrived_is_saved_without_being_sent_again() {
    let mut it = changed();
    it.save(now());
    it.step(now());
    it.failed(Problem::Unreachable, now());
    it.hurry();
    assert_eq!(it.step(now()), Step::Read);
    it.read(vec![entry("0", "two tablets")]);
    finish(&mut it, 9);
    assert_eq!(*it.on_record(), OnRecord::Saved(later(9)));
}

#[test]
fn a_number_that_had_arrived_and_is_written_otherwise_there_is_no_change_of_theirs() {
    let mut it = Editing::open(Section::Crisis, vec![entry("0", "16")], "w");
    it.write(&id("0"), "17.50");
    it.save(now());
    assert!(matches!(it.step(now()), Step::Write(_)));
    it.failed(Problem::TimedOut(30), now());
    it.hurry();
    assert_eq!(it.step(later(5)), Step::Read);
    it.read(vec![entry("0", "17.5")]);
    assert!(it.clashes().is_empty());
    finish(&mut it, 6);
    assert_eq!((*it.on_record()).clone(), OnRecord::Saved(later(6)));
    assert_eq!(text(&it), "17.5");
}

#[test]
fn a_new_entry_that_had_arrived_is_not_there_twice() {
    let mut it = Editing::open(Section::Crisis, vec![entry("0", "a")], "w");
    let new = it.add(CrisisPart::Triggers.into());
    it.write(&new, "b");
    it.save(now());
    it.step(now());
    it.failed(Problem::Unreachable, now());
    it.write(&new, "b, and more");
    it.hurry();
    it.step(now());
    it.read(vec![entry("0", "a"), entry("w-1", "b")]);
    let texts: Vec<&str> = it.entries().iter().map(|it| it.text.as_str()).collect();
    assert_eq!((texts, it.clashes().len()), (vec!["a", "b, and more"], 0));
}

#[test]
fn somebody_elses_version_is_merged_and_what_both_changed_is_asked() {
    let mut it = changed();
    it.save(now());
    it.step(now());
    it.failed(Problem::Changed(String::new()), now());
    assert_eq!(it.step(now()), Step::Read, "at once");
    it.read(vec![entry("0", "half a tablet"), entry("1", "their own")]);
    assert_eq!(it.step(now()), Step::Nothing, "nobody but a person decides");
    let clashes = it.clashes();
    assert_eq!(clashes[0].theirs.as_deref(), Some("half a tablet"));
    assert_eq!(clashes[0].mine.as_deref(), Some("two tablets"));
    it.save(now());
    assert!(it.waits().is_none(), "not before it is decided");
    let mut both = it.clone();
    both.decide(&id("0"), Choice::Both);
    assert_eq!(text(&both), "half a tablet\ntwo tablets");
    it.decide(&id("0"), Choice::Theirs);
    assert!(!it.is_changed());
}

#[test]
fn a_clash_is_gone_when_both_say_the_same_and_goes_with_the_draft() {
    let mut it = changed();
    it.read(vec![entry("0", "half a tablet")]);
    assert_eq!(it.clashes().len(), 1);
    let restored = Editing::restore(Section::Crisis, it.base().to_vec(), it.draft(), "w2", now());
    assert_eq!(restored.clashes(), it.clashes());
    it.read(vec![entry("0", "two tablets")]);
    assert_eq!(it.clashes(), []);
    assert!(!it.is_changed());
}

#[test]
fn a_draft_begins_with_reading_and_what_is_refused_waits_for_a_person() {
    let mut it = Editing::restore(
        Section::Crisis,
        vec![entry("0", "one tablet")],
        changed().draft(),
        "w2",
        now(),
    );
    assert_eq!(it.on_device(), Some(now()));
    it.save(now());
    assert_eq!(it.step(now()), Step::Read);
    it.read(vec![entry("0", "one tablet")]);
    assert!(matches!(it.step(now()), Step::Write(_)));
    it.failed(Problem::Refused("too long".to_owned()), now());
    assert_eq!(it.step(later(600)), Step::Nothing);
    assert_eq!(
        *it.on_record(),
        OnRecord::Refused(Problem::Refused("too long".to_owned()))
    );
    it.write(&id("0"), "2 tablets");
    assert_eq!(*it.on_record(), OnRecord::AsRead);
}

#[test]
fn it_is_tried_less_and_less_and_says_since_when() {
    let mut it = changed();
    it.save(now());
    let (mut at, mut waits) = (0, Vec::new());
    for _ in 0..6 {
        let begin = at;
        while it.step(later(at)) == Step::Nothing {
            at += 1;
        }
        waits.push(at - begin);
        it.failed(Problem::Offline, later(at));
    }
    assert_eq!(waits, [0, 4, 8, 16, 32, 60]);
    assert_eq!(*it.on_record(), OnRecord::Waiting(Problem::Offline, now()));
    it.hurry();
    assert_eq!(it.step(later(at)), Step::Read);
}

#[test]
fn a_plan_without_a_trigger_is_not_sent() {
    let mut it = changed();
    it.write(&id("0"), " ");
    it.save(now());
    assert_eq!(
        (it.step(now()), it.errors(london(now()).date()).len()),
        (Step::Nothing, 1)
    );
    assert!(it.is_changed(), "and nothing is lost");
}

/// HTTP 409 may also mean that it is locked, or that something else is wrong: then nobody asks several times a second.
#[test]
fn a_record_that_says_every_time_that_somebody_else_was_faster_is_asked_less_and_less() {
    let mut it = changed();
    it.save(now());
    let base = it.base().to_vec();
    let mut writes = 0;
    for second in 0..600 {
        for _ in 0..50 {
            match it.step(later(second)) {
                Step::Nothing => break,
                Step::Read => it.read(base.clone()),
                Step::Finish => panic!("nothing has arrived"),
                Step::Write(_) => {
                    writes += 1;
                    it.failed(Problem::Changed("locked".to_owned()), later(second));
                }
            }
        }
    }
    assert!((5..20).contains(&writes), "{writes} in ten minutes");
    assert!(
        matches!(it.on_record(), OnRecord::Waiting(Problem::Changed(_), since) if *since == now())
    );
    let with_its_words = Problem::Changed("locked".to_owned());
    assert_eq!(it.outcome(), Some(Outcome::Waits(with_its_words)));
    let Step::Read = it.step(later(700)) else {
        panic!("it is read again");
    };
    it.read(base);
    let Step::Write(sent) = it.step(later(700)) else {
        panic!("it is to be written");
    };
    it.wrote(sent, later(701));
    assert_eq!(*it.on_record(), OnRecord::Saved(later(701)));
}

#[test]
fn a_link_by_identifier_is_known_again_once_it_is_saved() {
    let part = Part::Field(Field::Supporting);
    let text = "Encounter?identifier=urn:x|1%20%7C%202 Admitted as an emergency";
    let mut it = Editing::open(Section::Plan, Vec::new(), "w");
    let new = it.add(part);
    // The words of an admission may have come with more blanks than the record keeps.
    it.write(&new, &text.replace(" as ", "  as "));
    it.save(now());
    let Step::Write(sent) = it.step(now()) else {
        panic!("it is to be written");
    };
    assert_eq!(sent[0].text, text);
    let theirs = Entry {
        id: id("supporting:Encounter?identifier=urn:x|1%20%7C%202"),
        part,
        text: text.to_owned(),
    };
    it.wrote(vec![theirs.clone()], later(1));
    assert!(!it.is_changed() && it.waits().is_none());
    let linked: Vec<&Entry> = it.entries().iter().filter(|it| !it.is_blank()).collect();
    assert_eq!(linked, [&theirs]);
}
