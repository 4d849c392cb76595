//! What is known already when a plan is written, in words.

use chrono::{DateTime, Utc};

use super::{activity, contact, date, name, words};
use crate::domain::section::known::{Dated, Known, KnownKind, What};

/// What it is; and beside it what else is worth knowing, where it is known (`source`), since when.
pub fn known(it: &Known, source: String, now: DateTime<Utc>) -> (String, String) {
    match &it.what {
        What::Named(name) => {
            let name = name::shown(name).unwrap_or_else(|| "Not named".to_owned());
            let about = it.about.iter().filter_map(|said| match it.kind {
                KnownKind::Carer => contact::role(said),
                _ => name::shown(said),
            });
            let about = words::joined(about.map(Some));
            let when = it.when.as_ref().map(|it| match it {
                Dated::Since(when) => format!("since {}", date::when(when)),
                Dated::AsOf(when) => format!("as at {}", date::when(when)),
            });
            let beside = words::joined([about, Some(source), when]);
            (name, beside.unwrap_or_default())
        }
        What::Admission(it) => {
            let place = activity::place(it).map(|it| format!(", {it}"));
            let what = activity::headline(it, now);
            let when = activity::words(it, now).when;
            (
                format!("{what}{}, {when}", place.unwrap_or_default()),
                source,
            )
        }
    }
}

/// What kind of thing is known.
pub const fn known_kind(it: KnownKind) -> &'static str {
    match it {
        KnownKind::Problem => "Needs: problems of the record",
        KnownKind::Carer => "Carers and next of kin",
        KnownKind::Practice => "GP practice",
        KnownKind::Team => "Team and key contacts",
        KnownKind::Admission => "Admissions in the last 12 months",
        KnownKind::Other => "Documents and other facts",
    }
}

/// The same where there is none.
pub const fn none_known(it: KnownKind) -> &'static str {
    match it {
        KnownKind::Problem => "No problems are recorded",
        KnownKind::Carer => "No carers and no next of kin are recorded",
        KnownKind::Practice => "No GP practice is recorded",
        KnownKind::Team => "No team is recorded",
        KnownKind::Admission => "No admissions in the last 12 months",
        KnownKind::Other => "None",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::When;
    use crate::domain::activity::Setting;
    use crate::domain::sample::{encounter, now, source};

    #[test]
    fn since_when_and_as_of_when_are_two_things() {
        let mut it = Known {
            kind: KnownKind::Team,
            source: source("shared"),
            to: None,
            identifier: None,
            what: What::Named("North 3".to_owned()),
            about: vec!["Tom".to_owned(), "Ann".to_owned()],
            when: Some(Dated::Since(When::parse("2019"))),
        };
        let told = |it: &Known| known(it, "Shared record".to_owned(), now()).1;
        assert_eq!(told(&it), "Tom, Ann, Shared record, since 2019");
        it.when = Some(Dated::AsOf(When::parse("2026-11-22")));
        assert_eq!(told(&it), "Tom, Ann, Shared record, as at 22-Nov-2026");
        (it.kind, it.about) = (KnownKind::Carer, vec!["neighbor".to_owned()]);
        let carer = "neighbour, Shared record, as at 22-Nov-2026";
        assert_eq!(told(&it), carer, "in the words that are used elsewhere");
        let stay = encounter("rw3", Setting::Inpatient, "2026-11-10", "2026-11-12");
        it.what = What::Admission(Box::new(stay));
        let (what, beside) = known(&it, "MRI".to_owned(), now());
        assert!(what.starts_with("Admission to hospital, ") && what.contains("10-Nov-2026"));
        assert_eq!(beside, "MRI", "the link says when it was");
    }
}
