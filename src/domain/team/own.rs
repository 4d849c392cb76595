//! The teams around one person, of those that a record has: not a team of professionals, not one inside a plan.

use chrono::{DateTime, Utc};

use super::Team;
use crate::domain::plan::plans;
use crate::domain::{Facts, PatientId, SourceId};

/// What can be written to, the plan's own first.
pub fn own_teams<'a>(
    facts: &'a Facts,
    source: &SourceId,
    patient: &PatientId,
    now: DateTime<Utc>,
) -> Vec<&'a Team> {
    let is_own = |it: &&Team| {
        let about = it.subject.as_ref();
        let is_about = about.is_some_and(|it| it.kind == "Patient" && *it.id == *patient.as_str());
        let is_over = matches!(it.status.as_deref(), Some("entered-in-error" | "inactive"));
        // What is known as `plan#team` is part of that plan.
        let is_whole = !it.origin.resource.id.contains('#');
        it.origin.source == *source && is_about && is_whole && !is_over && !it.period.ended(now)
    };
    let named = plans(facts, now).current.map(|it| it.teams);
    let named = named.unwrap_or_default();
    let mut all: Vec<&Team> = facts.teams.iter().filter(is_own).collect();
    all.sort_by_key(|it| !named.contains(&it.origin.resource));
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::domain::ResourceRef;
    use crate::domain::sample::{now, period, source, team};

    #[test]
    fn a_team_of_professionals_another_persons_and_one_inside_a_plan_are_not_written_to() {
        let jane = PatientId::parse("jane").unwrap();
        let of = |id: &str, about: Option<&str>| {
            let mut it = team("shared", id, Vec::new());
            it.origin.resource = ResourceRef::new("CareTeam", id);
            it.subject = about.map(|it| ResourceRef::new("Patient", it));
            it
        };
        let mut over = of("over", Some("jane"));
        over.period = period("2020", "2021");
        let mut elsewhere = of("elsewhere", Some("jane"));
        elsewhere.origin.source = source("rw3");
        let facts = Facts {
            teams: vec![
                of("mdt", None),
                of("others", Some("ann")),
                of("plan#team", Some("jane")),
                over,
                elsewhere,
                of("own", Some("jane")),
            ],
            ..Facts::default()
        };
        let all = own_teams(&facts, &source("shared"), &jane, now());
        let ids: Vec<&str> = all
            .iter()
            .map(|it| it.origin.resource.id.as_ref())
            .collect();
        assert_eq!(ids, ["own"]);
    }
}
