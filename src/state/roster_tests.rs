use super::*;
use crate::domain::{Issue, IssueOf, ResourceRef, sample};
use crate::state::parts::is_in_part;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

fn patient(raw: &str) -> Patient {
    let mut it = sample::patient("shared", "", "Smith", "Jane", "1945-07-14");
    it.id = PatientId::parse(raw).unwrap();
    it.origin.resource = ResourceRef::new("Patient", raw);
    it
}

fn page(ids: &[&str]) -> Arrived {
    Arrived {
        patients: ids.iter().map(|it| patient(it)).collect(),
        ..Arrived::default()
    }
}

#[test]
fn people_of_another_list_are_never_shown() {
    let mut roster = Roster::default();
    let first = roster.open("north");
    let second = roster.open("south");
    assert!(!roster.settle(first, Ok(page(&["anna"])), at(0)));
    assert!(roster.people().is_empty() && roster.settle(second, Ok(page(&["bert"])), at(1)));
}

#[test]
fn a_refresh_keeps_what_is_known_about_people_and_repeats_nobody() {
    let (rw3, mut roster) = (SourceId::new("rw3"), Roster::default());
    let ticket = roster.open("north");
    roster.settle(ticket, Ok(page(&["anna", "anna"])), at(0));
    let anna = [PatientId::parse("anna").unwrap()];
    roster.ask(&rw3, &anna);
    let heard = |is_whole| Heard {
        people: Vec::new(),
        is_whole,
    };
    roster.answer(ticket, &rw3, &anna, Ok(heard(false)), at(1));
    let part = |it: &Roster<_>| it.people()[0].parts.get(&rw3).cloned().unwrap();
    assert!(
        is_in_part(&part(&roster)),
        "nothing was said of her, in part"
    );
    roster.answer(ticket, &rw3, &anna, Ok(heard(true)), at(1));
    assert!(!is_in_part(&part(&roster)));
    let mut unread = Facts::default();
    unread.issues.push(Issue {
        resource: "Flag/1".to_owned(),
        path: "Flag.status".to_owned(),
        what: "expected text, found a number".to_owned(),
        of: IssueOf::Unread,
    });
    let told = Heard {
        people: vec![(anna[0].clone(), unread)],
        is_whole: true,
    };
    roster.answer(ticket, &rw3, &anna, Ok(told), at(1));
    assert!(is_in_part(&part(&roster)), "of her something was not read");
    roster.answer(ticket, &rw3, &anna, Ok(heard(true)), at(1));
    let ticket = roster.open("north");
    roster.settle(ticket, Ok(page(&["anna", "bert"])), at(2));
    assert_eq!(roster.people().len(), 2);
    assert!(roster.people()[0].parts.get(&rw3).unwrap().seen().is_some());
    roster.ask(&rw3, &anna);
    roster.answer(ticket, &rw3, &anna, Err(Problem::Unreachable), at(3));
    assert!(
        roster.people()[0].parts.get(&rw3).unwrap().seen().is_some(),
        "facts stay when a source fails"
    );
    assert!(
        roster.people()[0]
            .parts
            .get(&rw3)
            .unwrap()
            .problem()
            .is_some()
    );
}

#[test]
fn a_refresh_of_the_first_page_keeps_the_people_of_further_pages() {
    let mut roster = Roster::default();
    let ticket = roster.open("north");
    let more = |ids: &[&str]| Arrived {
        has_more: true,
        ..page(ids)
    };
    roster.settle(ticket, Ok(more(&["anna"])), at(0));
    roster.extend(ticket, page(&["bert", "anna", "carl"]));
    let versions: Vec<u64> = roster.people().iter().map(|it| it.version).collect();
    let ticket = roster.open("north");
    roster.settle(ticket, Ok(more(&["dora", "anna"])), at(1));
    let names: Vec<&str> = roster
        .people()
        .iter()
        .map(|it| it.patient.id.as_str())
        .collect();
    assert_eq!(names, ["dora", "anna", "bert", "carl"]);
    assert!(!roster.has_more(), "everybody is here already");
    assert!(
        roster
            .people()
            .iter()
            .all(|it| !versions.contains(&it.version))
    );
    // A list that has shrunk to one page has nobody behind it.
    let ticket = roster.open("north");
    roster.settle(ticket, Ok(page(&["dora"])), at(2));
    assert_eq!(roster.people().len(), 1);
}

#[test]
fn a_list_goes_on_while_there_are_further_pages_or_somebody_was_not_named() {
    let mut roster = Roster::default();
    let ticket = roster.open("north");
    let more = |has_more, is_cut| Arrived {
        has_more,
        is_cut,
        ..page(&["anna"])
    };
    roster.settle(ticket, Ok(more(true, false)), at(0));
    assert!(roster.goes_on());
    assert!(roster.extend(ticket, more(false, false)) && !roster.goes_on());
    assert!(roster.extend(ticket, more(false, true)) && roster.goes_on());
}
