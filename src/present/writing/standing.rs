//! Where what was typed is: on this device, on its way, in the record.

use chrono::{DateTime, Utc};

use crate::present::{date, name, problem};
use crate::state::editing::{Editing, OnRecord};

/// How it stands, in a few words for a fixed place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub words: String,
    /// Something keeps it from being saved.
    pub is_problem: bool,
}

/// `keeps`: whether this device keeps a draft at all. `is_new`: whether the record does not have it yet. `source`: the
/// record that it goes to.
pub fn standing(
    it: &Editing,
    (keeps, is_new): (bool, bool),
    source: &str,
    now: DateTime<Utc>,
) -> Standing {
    let plain = |words: String| Standing {
        words,
        is_problem: false,
    };
    if !it.is_changed() {
        return plain(match it.on_record() {
            OnRecord::Saved(at) => format!("Saved to the record {}", date::clock(*at, now)),
            _ if is_new => "Nothing is written yet".to_owned(),
            _ => "As it is in the record".to_owned(),
        });
    }
    let device = match it.on_device() {
        _ if !keeps => {
            "This device cannot keep it: save it to the record before you leave".to_owned()
        }
        Some(at) => format!("Saved on this device {}", date::clock_to_the_second(at)),
        None => "Being saved on this device".to_owned(),
    };
    let (record, is_problem) = match it.on_record() {
        OnRecord::Saving => ("saving to the record".to_owned(), false),
        OnRecord::Waiting(why, since) => (
            format!(
                "not on the record yet: {source} {}. It is tried again by itself{}",
                problem::short_since(why, *since, now),
                if it.is_ahead() {
                    ", without what you have typed since"
                } else {
                    ""
                }
            ),
            true,
        ),
        OnRecord::Refused(why) => (format!("not on the record: {}", refused(source, why)), true),
        OnRecord::AsRead | OnRecord::Saved(_) if !it.clashes().is_empty() => (
            "not on the record yet: first decide what two people have changed".to_owned(),
            false,
        ),
        OnRecord::AsRead | OnRecord::Saved(_) => ("not on the record yet".to_owned(), false),
    };
    Standing {
        words: format!("{device} · {record}"),
        is_problem: is_problem || !keeps,
    }
}

pub(in crate::present) fn refused(source: &str, why: &crate::state::Problem) -> String {
    use crate::state::Problem as P;
    match why {
        P::Refused(words) => match name::shown(words) {
            Some(words) => format!("{source} does not take it: {words}"),
            None => format!("{source} does not take it"),
        },
        P::Gone => format!("{source} has this no longer"),
        P::Withheld => format!("{source} does not let you change it"),
        P::SignedOut => "you are signed out. Sign in, and save again".to_owned(),
        P::NotOffered => format!("{source} cannot be written to"),
        other => format!("{source} {}", problem::short(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::crisis::CrisisPart;
    use crate::domain::sample::now;
    use crate::domain::section::{Entry, EntryId, Section};
    use crate::state::Problem;
    use crate::state::editing::{OnDevice, Step};

    fn changed() -> Editing {
        let id = EntryId("0".to_owned());
        let mut it = Editing::open(
            Section::Crisis,
            vec![Entry {
                id: id.clone(),
                part: CrisisPart::Triggers.into(),
                text: "one".to_owned(),
            }],
            "w",
        );
        it.write(&id, "two");
        it
    }

    fn keep(it: &mut Editing) {
        if let OnDevice::Keep(revision) = it.device() {
            it.kept(revision, now());
        }
    }

    fn words(it: &Editing) -> String {
        standing(it, (true, false), "Shared record", now()).words
    }

    #[test]
    fn this_device_and_the_record_are_different_words() {
        let mut it = changed();
        assert_eq!(
            words(&it),
            "Being saved on this device · not on the record yet"
        );
        keep(&mut it);
        let at = date::clock_to_the_second(now());
        let device = format!("Saved on this device {at}");
        assert_eq!(words(&it), format!("{device} · not on the record yet"));
        it.save(now());
        let Step::Write(sent) = it.step(now()) else {
            panic!("it is written");
        };
        keep(&mut it);
        assert_eq!(words(&it), format!("{device} · saving to the record"));
        it.wrote(sent, now());
        let clock = date::clock(now(), now());
        assert_eq!(words(&it), format!("Saved to the record {clock}"));
    }

    #[test]
    fn what_keeps_it_from_being_saved_is_said() {
        let mut it = changed();
        it.kept(1, now());
        let mut theirs = it.base().to_vec();
        if let Some(it) = theirs.first_mut() {
            it.text = "three".to_owned();
        }
        it.read(theirs);
        assert!(words(&it).ends_with("first decide what two people have changed"));
    }

    #[test]
    fn every_failure_says_where_what_was_typed_is() {
        for (problem, said) in [
            (
                Problem::Offline,
                "not on the record yet: Shared record not reached: this device is offline",
            ),
            (
                Problem::Refused("too long".to_owned()),
                "not on the record: Shared record does not take it: too long",
            ),
            (
                Problem::Withheld,
                "not on the record: Shared record does not let you change it",
            ),
        ] {
            let mut it = changed();
            it.save(now());
            it.step(now());
            it.failed(problem, now());
            keep(&mut it);
            assert!(words(&it).starts_with("Saved on this device "));
            assert!(words(&it).contains(said), "{}", words(&it));
        }
        let nowhere = standing(&changed(), (false, false), "Shared record", now());
        assert!(nowhere.is_problem && nowhere.words.starts_with("This device cannot keep it"));
    }
}
