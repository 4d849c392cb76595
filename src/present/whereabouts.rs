//! Where somebody is, in words. `kind` tells a page which tone to give it; nothing is said by colour alone.

use chrono::{DateTime, Utc};

use super::name::shown;
use super::phrase::{Names, alike};
use super::{date, problem};
use crate::domain::activity::{At, Encounter, EncounterStatus, Setting, Whereabouts};
use crate::domain::{Coded, SourceId, When};
use crate::state::Problem;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    InHospital,
    InEd,
    Home,
    Deceased,
    NotKnown,
}

/// What a row or a panel shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub kind: Kind,
    /// "In hospital".
    pub badge: &'static str,
    /// "Wythenshawe, ward F7"; for what is not known, why: "South Manchester not reached".
    pub place: Option<String>,
    /// "since 21-Nov-2026 23:40".
    pub since: Option<String>,
    /// What makes it doubtful, each on its own line.
    pub notes: Vec<String>,
    /// At home: "Left Wythenshawe 09-Nov-2026 16:10".
    pub last: Option<String>,
}

/// `name` gives the short name of a source, `why` what went wrong with one that has not answered: "too busy to answer".
pub fn words(it: &Whereabouts, name: Names<'_>, why: Names<'_>, now: DateTime<Utc>) -> Words {
    let mut notes = Vec::new();
    let mut found = match &it.at {
        At::Deceased => bare(Kind::Deceased, "Deceased"),
        At::InHospital { encounter } => stay(Kind::InHospital, "In hospital", encounter, name, now),
        At::InEd { encounter } => stay(Kind::InEd, "In ED", encounter, name, now),
        At::Home { last } => Words {
            last: last.as_ref().and_then(|it| left(it, name, now)),
            ..bare(Kind::Home, "Home")
        },
        At::Unknown if !it.awaited.is_empty() => bare(Kind::NotKnown, "Not known yet"),
        At::Unknown => bare(Kind::NotKnown, "Not known"),
    };
    let unheard = unheard(it, name, why);
    if found.kind == Kind::NotKnown {
        found.place = unheard;
    } else if found.kind != Kind::Deceased {
        notes.extend(unheard);
    }
    if it.encounter().is_some_and(is_on_leave) {
        notes.push("On leave from the ward".to_owned());
    }
    notes.extend(it.conflicts.iter().map(|it| {
        format!(
            "{} holds another birth date or name under this NHS number",
            name(it)
        )
    }));
    if found.kind != Kind::Deceased {
        notes.extend(it.doubtful.iter().map(|it| doubt(it, name, now)));
    }
    found.notes = notes;
    found
}

/// "South Manchester not reached; Wythenshawe answered in part": beside what the other sources say. `None` when every
/// source has told all.
pub fn unheard(it: &Whereabouts, name: Names<'_>, why: Names<'_>) -> Option<String> {
    let say = |all: &[SourceId], what: &str| {
        let names: Vec<String> = all.iter().map(name).collect();
        let (last, before) = names.split_last()?;
        Some(if before.is_empty() {
            format!("{last} {what}")
        } else {
            format!("{} and {last} {what}", before.join(", "))
        })
    };
    let failed = alike(&it.missing, why);
    let failed = failed.iter().map(|(why, all)| say(all, why));
    let rest = [
        say(&it.unasked, &problem::short(&Problem::Unnumbered)),
        say(&it.in_part, "answered in part"),
    ];
    let said: Vec<String> = failed.chain(rest).flatten().collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// Whether [`words`] say of a source that it has not told all: of who has died nobody waits to hear where they are.
pub fn says_unheard(it: &Whereabouts) -> bool {
    let all = [&it.missing, &it.unasked, &it.in_part];
    it.at != At::Deceased && all.iter().any(|it| !it.is_empty())
}

fn bare(kind: Kind, badge: &'static str) -> Words {
    Words {
        kind,
        badge,
        place: None,
        since: None,
        notes: Vec::new(),
        last: None,
    }
}

fn stay(
    kind: Kind,
    badge: &'static str,
    encounter: &Encounter,
    name: Names<'_>,
    now: DateTime<Utc>,
) -> Words {
    let start = encounter.period.start.as_ref();
    Words {
        place: Some(place(encounter, name)),
        since: start.map(|it| format!("since {}", moment(it, now))),
        ..bare(kind, badge)
    }
}

/// "Wythenshawe, ward F7". A place that names its hospital already does not say it twice.
pub fn place(encounter: &Encounter, name: Names<'_>) -> String {
    let source = name(&encounter.origin.source);
    let ward = encounter.place().and_then(|it| it.location.name.as_deref());
    match ward.and_then(shown) {
        None => source,
        Some(ward) if ward.to_lowercase().contains(&source.to_lowercase()) => ward,
        Some(ward) => match ward.strip_prefix("Ward ") {
            Some(rest) => format!("{source}, ward {rest}"),
            None => format!("{source}, {ward}"),
        },
    }
}

fn left(encounter: &Encounter, name: Names<'_>, now: DateTime<Utc>) -> Option<String> {
    let end = encounter.period.end.as_ref()?;
    let source = name(&encounter.origin.source);
    Some(format!("Left {source} {}", moment(end, now)))
}

/// "Bolton: emergency attendance still open since 01-Nov-2026".
fn doubt(encounter: &Encounter, name: Names<'_>, now: DateTime<Utc>) -> String {
    let what = match encounter.setting {
        Coded::Known(Setting::Emergency) => "emergency attendance",
        Coded::Known(Setting::Inpatient) => "stay",
        _ => "contact of an unknown kind",
    };
    let start = encounter.period.start.as_ref();
    let is_to_come = encounter.began().is_some_and(|it| it > now);
    let since = start.map_or_else(
        || ", start not recorded".to_owned(),
        |it| {
            let at = moment(it, now);
            if is_to_come {
                format!(", although it begins {at}")
            } else {
                format!(" since {at}")
            }
        },
    );
    format!(
        "{}: {what} still open{since}",
        name(&encounter.origin.source)
    )
}

/// `23:40` for today; as precise as it was given.
fn moment(it: &When, now: DateTime<Utc>) -> String {
    match it {
        When::At(at) => date::clock(*at, now),
        other => date::when(other),
    }
}

fn is_on_leave(encounter: &Encounter) -> bool {
    matches!(
        encounter.status,
        Some(Coded::Known(EncounterStatus::OnLeave))
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::Facts;
    use crate::domain::activity::where_now;
    use crate::domain::sample::{self, encounter, now, source};

    fn name(it: &SourceId) -> String {
        match it.as_str() {
            "rm2" => "Wythenshawe".to_owned(),
            "rw3" => "South Manchester".to_owned(),
            other => other.to_owned(),
        }
    }

    fn out_of_reach(_: &SourceId) -> String {
        problem::short(&Problem::Unreachable)
    }

    fn of(encounters: Vec<Encounter>, missing: &[SourceId]) -> Words {
        let facts = Facts {
            encounters: encounters.into_iter().map(Arc::new).collect(),
            ..Facts::default()
        };
        words(
            &where_now(&facts, now(), missing),
            &name,
            &out_of_reach,
            now(),
        )
    }

    #[test]
    fn a_stay_says_trust_ward_and_since() {
        let mut stay = encounter("rm2", Setting::Inpatient, "2026-11-21T23:40:00Z", "");
        stay.places = vec![sample::place("Ward F7", "2026-11-21T23:40:00Z", "")];
        let said = of(vec![stay.clone()], &[]);
        assert_eq!((said.kind, said.badge), (Kind::InHospital, "In hospital"));
        assert_eq!(said.place.as_deref(), Some("Wythenshawe, ward F7"));
        assert_eq!(said.since.as_deref(), Some("since 21-Nov-2026 23:40"));
        assert!(said.notes.is_empty());
        stay.places = vec![sample::place("Wythenshawe Hospital, F7", "", "")];
        let said = of(vec![stay], &[source("rw3")]);
        assert_eq!(said.place.as_deref(), Some("Wythenshawe Hospital, F7"));
        assert_eq!(said.notes, ["South Manchester not reached"]);
    }

    #[test]
    fn in_ed_today_says_only_the_time() {
        let ed = encounter("rm2", Setting::Emergency, "2026-11-22T12:52:00Z", "");
        let said = of(vec![ed], &[]);
        assert_eq!(
            (said.badge, said.place.as_deref()),
            ("In ED", Some("Wythenshawe"))
        );
        assert_eq!(said.since.as_deref(), Some("since 12:52"));
    }

    #[test]
    fn a_trust_that_was_not_reached_is_never_home() {
        let said = of(vec![], &[source("rw3")]);
        assert_eq!((said.kind, said.badge), (Kind::NotKnown, "Not known"));
        assert_eq!(said.place.as_deref(), Some("South Manchester not reached"));
        let both = of(vec![], &[source("rm2"), source("rw3")]);
        assert_eq!(
            both.place.as_deref(),
            Some("Wythenshawe and South Manchester not reached")
        );
    }

    #[test]
    fn where_it_is_told_that_a_source_was_not_reached_the_words_have_it() {
        let rw3 = [source("rw3")];
        let stay = || vec![encounter("rm2", Setting::Inpatient, "2026-11-21", "").into()];
        let mut facts = Facts::default();
        for (encounters, died) in [(vec![], false), (stay(), false), (vec![], true)] {
            facts.encounters = encounters;
            let mut person = sample::patient("rm2", "9434765919", "Smith", "Jane", "1945");
            person.deceased = died.then_some(crate::domain::patient::Deceased::Yes);
            facts.patients = vec![person];
            for missing in [&rw3[..], &[]] {
                let found = where_now(&facts, now(), missing);
                let said = words(&found, &name, &out_of_reach, now());
                let all = said.place.iter().chain(&said.notes);
                let is_said = all.into_iter().any(|it| it.contains("not reached"));
                assert_eq!(says_unheard(&found), is_said, "{said:?}");
                assert_eq!(is_said, !died && !missing.is_empty());
            }
        }
    }

    #[test]
    fn what_went_wrong_with_a_trust_is_said() {
        let all = ["rm2", "rw3", "tae"].map(source);
        let none = where_now(&Facts::default(), now(), &all);
        let why = |id: &SourceId| match id.as_str() {
            "rw3" => problem::short(&Problem::Busy),
            _ => problem::short(&Problem::Unreachable),
        };
        assert_eq!(
            unheard(&none, &|id| id.as_str().to_owned(), &why).as_deref(),
            Some("rm2 and tae not reached; rw3 too busy to answer")
        );
    }

    #[test]
    fn a_trust_that_answered_in_part_was_reached_and_is_never_home() {
        let [rm2, rw3] = ["rm2", "rw3"].map(source);
        let none = where_now(&Facts::default(), now(), &[rm2.clone(), rw3]);
        let said = words(&none.in_part(|it| *it == rm2), &name, &out_of_reach, now());
        assert_eq!((said.kind, said.badge), (Kind::NotKnown, "Not known"));
        assert_eq!(
            said.place.as_deref(),
            Some("South Manchester not reached; Wythenshawe answered in part")
        );
    }

    #[test]
    fn a_trust_that_cannot_be_asked_without_an_nhs_number_was_not_out_of_reach_and_is_never_home() {
        let rm2 = source("rm2");
        let none = where_now(&Facts::default(), now(), std::slice::from_ref(&rm2));
        let said = words(&none.unasked(|it| *it == rm2), &name, &out_of_reach, now());
        assert_eq!((said.kind, said.badge), (Kind::NotKnown, "Not known"));
        assert_eq!(
            said.place.as_deref(),
            Some("Wythenshawe not asked: no valid NHS number")
        );
    }

    #[test]
    fn a_trust_that_has_not_answered_yet_was_not_said_to_be_out_of_reach() {
        let [rm2, rw3] = ["rm2", "rw3"].map(source);
        let none = where_now(&Facts::default(), now(), &[rm2.clone(), rw3.clone()]);
        let said = words(
            &none.clone().awaiting(|_| true),
            &name,
            &out_of_reach,
            now(),
        );
        assert_eq!(
            (said.kind, said.badge, said.place),
            (Kind::NotKnown, "Not known yet", None)
        );
        let said = words(&none.awaiting(|it| *it == rm2), &name, &out_of_reach, now());
        assert_eq!(said.place.as_deref(), Some("South Manchester not reached"));
        assert_eq!(said.badge, "Not known yet");
    }

    #[test]
    fn what_was_never_closed_is_said() {
        let stale = encounter("rm2", Setting::Emergency, "2026-11-01T12:00:00Z", "");
        let said = of(vec![stale], &[]);
        assert_eq!(said.kind, Kind::NotKnown);
        assert_eq!(
            said.notes,
            ["Wythenshawe: emergency attendance still open since 01-Nov-2026 12:00"]
        );
    }

    #[test]
    fn home_knows_where_the_person_came_from() {
        let over = encounter("rm2", Setting::Inpatient, "2026-11-01", "2026-11-09");
        let said = of(vec![over], &[]);
        assert_eq!((said.kind, said.badge), (Kind::Home, "Home"));
        assert_eq!(said.last.as_deref(), Some("Left Wythenshawe 09-Nov-2026"));
    }
}
