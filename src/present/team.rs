//! Members of the care teams in words.

use chrono::{DateTime, Utc};

use super::contact::{self, Link};
use super::name::shown;
use super::{date, name, words};
use crate::domain::patient::Telecom;
use crate::domain::team::{Colleague, Team, TeamMember};
use crate::domain::{Period, SourceId};

/// One member's line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberWords {
    pub name: String,
    pub key_worker: bool,
    /// Has left: shown below the others.
    pub former: bool,
    /// `district nurse, care coordinator`; empty when none is given.
    pub roles: String,
    pub specialties: String,
    pub organisation: Option<String>,
    /// `North 3 team`, joined.
    pub teams: String,
    pub phones: Vec<Link>,
    pub emails: Vec<Link>,
    /// `since 03-May-2026`, `until 03-May-2026`.
    pub since: Option<String>,
    /// `No phone number recorded`.
    pub lacking: Option<&'static str>,
    pub sources: Vec<SourceId>,
}

impl MemberWords {
    /// `key worker, district nurse, North 3 team`: everything after the name, on one line.
    pub fn line(&self) -> String {
        let filled = |it: &str| (!it.is_empty()).then(|| it.to_owned());
        let parts = [
            self.key_worker.then(|| "key worker".to_owned()),
            filled(&self.roles),
            filled(&self.specialties),
            filled(&self.teams),
            self.organisation.clone(),
        ];
        words::joined(parts).unwrap_or_default()
    }
}

/// A member of any team.
pub fn member(it: &TeamMember, now: DateTime<Utc>) -> MemberWords {
    let phones: Vec<Link> = it.phones.iter().filter_map(contact::tel).collect();
    MemberWords {
        name: it
            .name
            .as_deref()
            .and_then(shown)
            .unwrap_or_else(|| name::NOT_RECORDED.to_owned()),
        key_worker: it.key_worker,
        former: it.former,
        roles: list(&it.roles),
        specialties: list(&it.specialties),
        organisation: it.organisation.as_deref().and_then(shown),
        teams: list(&it.teams),
        lacking: phones.is_empty().then_some("No phone number recorded"),
        phones,
        emails: it.emails.iter().filter_map(contact::mailto).collect(),
        since: stay(it, now),
        sources: it.sources.clone(),
    }
}

/// Somebody with their last day in the team, where they have one.
pub type Leaver = (String, Option<String>);

/// Who the key worker was, is now.
pub fn key_worker(was: Option<&Leaver>, is: Option<&Leaver>) -> String {
    match (was, is) {
        (None, None) => "Nobody is the key worker".to_owned(),
        (Some((was, until)), Some((is, _))) if was != is => {
            let until = until.as_ref().map(|it| format!(" until {it}"));
            let until = until.unwrap_or_default();
            format!("Key worker: {is}, in place of {was}, who stays in the team{until}")
        }
        (_, Some((is, Some(until)))) => {
            format!("Key worker: {is}, until {until}: somebody else has to become it then")
        }
        (_, Some((is, None))) => format!("Key worker: {is}"),
        (Some((was, _)), None) => {
            format!("{was} is not the key worker any more, and nobody else is")
        }
    }
}

/// Somebody who can join a team: what they do, where.
pub fn colleague(it: &Colleague) -> String {
    let kind = (it.to.kind == "Organization").then(|| "organisation or service".to_owned());
    let filled = |it: String| (!it.is_empty()).then_some(it);
    let parts = [
        kind,
        filled(list(&it.roles)),
        filled(list(&it.specialties)),
        it.organisation.as_deref().and_then(shown),
    ];
    words::joined(parts).unwrap_or_default()
}

fn list(all: &[String]) -> String {
    words::unique(all.iter().filter_map(|it| shown(it))).join(", ")
}

fn stay(it: &TeamMember, now: DateTime<Utc>) -> Option<String> {
    let period = Period {
        start: it.since.clone(),
        end: it.until.clone(),
    };
    match &it.until {
        Some(_) => Some(date::period(&period)),
        None => date::since(&period, now),
    }
}

/// A team's own line: `North 3 team`, its organisations and numbers.
pub fn team(it: &Team) -> (String, Vec<String>, Vec<Link>) {
    let name = it
        .name
        .as_deref()
        .and_then(shown)
        .or_else(|| words::labels(&it.categories).into_iter().next())
        .unwrap_or_else(|| "Team without a name".to_owned());
    let organisations = words::unique(it.organisations.iter().filter_map(words::named));
    let phones = it
        .telecoms
        .iter()
        .filter_map(|it: &Telecom| contact::tel(it));
    (name, organisations, phones.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::When;

    #[test]
    fn it_is_said_who_the_key_worker_was_and_is_and_until_when() {
        let of = |name: &str, until: Option<&str>| (name.to_owned(), until.map(str::to_owned));
        let (ann, tom) = (of("Ann", None), of("Tom", None));
        let leaving = of("Ann", Some("31-Jan-2027"));
        assert_eq!(key_worker(None, None), "Nobody is the key worker");
        assert_eq!(
            key_worker(Some(&ann), Some(&tom)),
            "Key worker: Tom, in place of Ann, who stays in the team"
        );
        assert_eq!(
            key_worker(Some(&leaving), Some(&tom)),
            "Key worker: Tom, in place of Ann, who stays in the team until 31-Jan-2027"
        );
        assert_eq!(key_worker(Some(&ann), Some(&ann)), "Key worker: Ann");
        assert_eq!(
            key_worker(Some(&leaving), Some(&leaving)),
            "Key worker: Ann, until 31-Jan-2027: somebody else has to become it then"
        );
        assert!(key_worker(Some(&ann), None).ends_with("nobody else is"));
    }

    #[test]
    fn a_member_is_one_line_with_every_role() {
        let mut one = TeamMember::default();
        one.name = Some("Tom Achebe".to_owned());
        one.roles = vec!["District nurse".to_owned(), "district nurse".to_owned()];
        one.teams = vec!["North 3 team".to_owned()];
        one.since = Some(When::parse("2026-05-03"));
        one.key_worker = true;
        let now = "2026-11-21T14:00:00Z".parse().unwrap();
        let words = member(&one, now);
        assert_eq!(words.line(), "key worker, District nurse, North 3 team");
        assert_eq!(words.since.as_deref(), Some("since 03-May-2026"));
        assert_eq!(words.lacking, Some("No phone number recorded"));
        let nobody = member(&TeamMember::default(), now);
        assert_eq!(nobody.name, "Name not recorded");
    }
}
