//! What waits to be saved to the record: how much, why, since when.

use chrono::{DateTime, TimeDelta, Utc};

use super::{date, problem, writing};
use crate::state::Outbox;
use crate::state::outbox::{Standing, Waiting};

/// How long it is said that everything is saved.
const SAID_SECONDS: i64 = 60;

/// For the top bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub words: String,
    /// The same where there is little room.
    pub short: String,
    /// Something waits for a person.
    pub needs_somebody: bool,
    /// Nothing waits any more.
    pub is_done: bool,
}

/// `None` while nothing waits for more than a moment.
pub fn summary(it: &Outbox, unsigned: bool, now: DateTime<Utc>) -> Option<Summary> {
    let now = it.now(now);
    let late = || it.all().iter().filter(|it| it.is_late(now));
    let (all, stuck) = (
        late().count(),
        late().filter(|it| it.standing.needs_somebody()).count(),
    );
    if all == 0 {
        let at = it.saved()?;
        let is_fresh = now - at < TimeDelta::seconds(SAID_SECONDS);
        let mut words = format!("Saved to the record {}", date::clock(at, now));
        if unsigned {
            words.push_str(", but not who wrote it");
        }
        let short = "Saved".to_owned();
        return (is_fresh || unsigned).then_some(Summary {
            words,
            short,
            needs_somebody: false,
            is_done: true,
        });
    }
    let waits = format!("{all} waiting to be saved");
    let words = match stuck {
        0 => waits,
        1 => format!("{waits}, 1 needs you"),
        many => format!("{waits}, {many} need you"),
    };
    Some(Summary {
        words,
        short: format!("{all} waiting"),
        needs_somebody: stuck > 0,
        is_done: false,
    })
}

/// "Changes to a goal".
pub fn what(it: &Waiting) -> String {
    let words = writing::kept(it.found.section, it.found.of.is_none());
    let mut letters = words.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Since when, and why it is not on the record yet. `source`: the record that it goes to.
pub fn why(it: &Waiting, source: &str, now: DateTime<Utc>) -> String {
    let since = date::clock(it.found.since, now);
    let why = match &it.standing {
        Standing::Queued => "goes to the record next".to_owned(),
        Standing::Sending => "being saved to the record".to_owned(),
        Standing::Waits(why, since) => format!(
            "{source} {}. It is tried again by itself",
            problem::short_since(why, *since, now)
        ),
        Standing::Open => "open to be written, and goes from there".to_owned(),
        Standing::Undecided => "somebody else has changed the same: open it, and decide".to_owned(),
        Standing::NotTaken(Some(why)) => writing::refused(source, why),
        Standing::NotTaken(None) => "not saved: open it, or try it again".to_owned(),
    };
    format!("Saved by you at {since}, not on the record yet: {why}")
}

/// What the reader is told before somebody else works here. `None` where nothing of theirs is on this device only.
pub fn left_here(waits: usize, drafts: usize) -> Option<String> {
    let is_one = waits + drafts == 1;
    let waits = match waits {
        0 => None,
        1 => Some("One change that you saved has not reached the record yet".to_owned()),
        many => Some(format!(
            "{many} changes that you saved have not reached the record yet"
        )),
    };
    let drafts = match drafts {
        0 => None,
        1 => Some("one draft is on this device only".to_owned()),
        many => Some(format!("{many} drafts are on this device only")),
    };
    let words = match (waits, drafts) {
        (None, None) => return None,
        (Some(waits), None) => waits,
        (Some(waits), Some(drafts)) => format!("{waits}, and {drafts}"),
        (None, Some(drafts)) => drafts.replacen("one", "One", 1),
    };
    let lost = if is_one { "It is" } else { "They are" };
    Some(format!(
        "{words}. {lost} lost when somebody else works on this device."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::now;
    use crate::domain::section::Section;
    use crate::domain::{PatientId, ResourceRef};
    use crate::state::Problem;
    use crate::state::editing::Outcome;
    use crate::state::outbox::{Came, Found};

    fn waiting(seconds: i64) -> Outbox {
        let mut it = Outbox::default();
        it.found(
            vec![Found {
                name: "a".to_owned(),
                patient: PatientId::parse("jane").unwrap(),
                section: Section::Goal,
                of: Some(ResourceRef::new("Goal", "1")),
                since: now() - TimeDelta::seconds(seconds),
                stopped: None,
            }],
            now(),
        );
        it
    }

    #[test]
    fn what_waits_is_said_with_what_why_and_since_when() {
        assert_eq!(summary(&waiting(2), false, now()), None, "a moment");
        let mut it = waiting(60);
        let words = |it: &Outbox| summary(it, false, now()).map(|it| it.words);
        assert_eq!(words(&it).as_deref(), Some("1 waiting to be saved"));
        it.next(now());
        it.settled("a", Came::Of(Outcome::Waits(Problem::Offline)), now());
        let first = it.all().first().unwrap();
        let (at, since) = (
            date::clock(first.found.since, now()),
            date::clock(now(), now()),
        );
        assert_eq!(what(first), "Changes to a goal");
        assert_eq!(
            why(first, "Shared record", now()),
            format!(
                "Saved by you at {at}, not on the record yet: Shared record not reached: this device is offline, since {since}. It is tried again by itself"
            )
        );
        it.settled("a", Came::Of(Outcome::Undecided), now());
        assert_eq!(
            words(&it).as_deref(),
            Some("1 waiting to be saved, 1 needs you")
        );
        it.settled("a", Came::Of(Outcome::Saved), now());
        let said = format!("Saved to the record {since}");
        assert_eq!(words(&it), Some(said));
        let later = now() + TimeDelta::seconds(61);
        assert_eq!(summary(&it, false, later), None);
    }

    #[test]
    fn who_leaves_is_told_what_would_be_lost() {
        assert_eq!(left_here(0, 0), None);
        assert_eq!(
            left_here(2, 1).as_deref(),
            Some(
                "2 changes that you saved have not reached the record yet, and one draft is on this device only. They are lost when somebody else works on this device."
            )
        );
        assert!(left_here(0, 1).unwrap().starts_with("One draft is on"));
    }
}
