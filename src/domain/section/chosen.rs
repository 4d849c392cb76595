//! Somebody or something of the record that is linked, never copied; and what there is to choose from.

use chrono::{DateTime, Utc};

use super::Field;
use crate::domain::problem::behind;
use crate::domain::team::named;
use crate::domain::{Facts, SourceId, Target};

/// What is linked, with the name that the record shows beside the link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chosen {
    pub to: Target,
    pub name: String,
}

impl Chosen {
    pub fn new(to: impl Into<Target>, name: impl Into<String>) -> Self {
        let (to, name) = (to.into(), name.into());
        Self { to, name }
    }

    /// Reads what an entry says: `Kind/id name`, or `Kind?identifier=system|value name`.
    pub fn read(text: &str) -> Option<Self> {
        let (to, name) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        Target::parse(to).map(|to| Self::new(to, name.trim()))
    }
}

/// As an entry says it.
impl std::fmt::Display for Chosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let line = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            write!(f, "{}", self.to)
        } else {
            write!(f, "{} {line}", self.to)
        }
    }
}

/// What the record that is written to has to choose from, in the order to offer it.
pub fn offers(facts: &Facts, field: Field, source: &SourceId, now: DateTime<Utc>) -> Vec<Chosen> {
    let mut all = match field {
        Field::Need => needs(facts, source),
        Field::GoalNeed => {
            let mut all = needs(facts, source);
            all.extend(planned(facts, source));
            all
        }
        Field::Serves => goals(facts, source),
        Field::Responsible => staff(facts, source, now),
        Field::Callee | Field::Owner => {
            let mut all = staff(facts, source, now);
            all.extend(carers(facts, source, now));
            all
        }
        Field::Attorney => carers(facts, source, now),
        Field::OnBehalfOf => organisations(facts, source),
        _ => Vec::new(),
    };
    let mut seen = Vec::new();
    all.retain(|it| {
        let is_new = !seen.contains(&it.to);
        seen.push(it.to.clone());
        is_new && !it.name.trim().is_empty()
    });
    all
}

fn needs(facts: &Facts, source: &SourceId) -> Vec<Chosen> {
    let own = facts
        .problems
        .iter()
        .filter(|it| it.origin.source == *source);
    own.filter(|it| !it.is_error())
        .filter_map(|it| Some(Chosen::new(it.origin.resource.clone(), it.what.label()?)))
        .collect()
}

/// Needs that another source holds, as far as a plan of this one has them.
fn planned(facts: &Facts, source: &SourceId) -> Vec<Chosen> {
    let plans = facts.plans.iter();
    let plans = plans.filter(|it| it.origin.source == *source && !it.is_error());
    let needs = plans.flat_map(|plan| &plan.needs);
    let called = needs.filter_map(|it| {
        let to = it.to.clone()?;
        let live = behind(&facts.problems, source, &to).and_then(|it| it.what.label());
        let name = live.or(it.name.as_deref())?;
        matches!(to, Target::Called(..)).then(|| Chosen::new(to, name))
    });
    called.collect()
}

fn goals(facts: &Facts, source: &SourceId) -> Vec<Chosen> {
    let own = facts.goals.iter().filter(|it| it.origin.source == *source);
    own.filter(|it| {
        !matches!(
            it.lifecycle.as_deref(),
            Some("entered-in-error" | "cancelled" | "rejected")
        )
    })
    .filter_map(|it| Some(Chosen::new(it.origin.resource.clone(), it.what.label()?)))
    .collect()
}

fn staff(facts: &Facts, source: &SourceId, now: DateTime<Utc>) -> Vec<Chosen> {
    let teams = facts.teams.iter().filter(|it| {
        let is_over = matches!(it.status.as_deref(), Some("entered-in-error" | "inactive"));
        it.origin.source == *source && !is_over && !it.period.ended(now)
    });
    let mut members: Vec<_> = teams
        .flat_map(|it| &it.members)
        .filter(|it| !it.period.ended(now))
        .collect();
    members.sort_by_key(|it| !it.is_key_worker());
    let chosen = members.into_iter().filter_map(|it| {
        let to = it.who.reference.clone()?;
        let is_person = matches!(
            to.kind.as_ref(),
            "Practitioner" | "PractitionerRole" | "Organization" | "CareTeam"
        );
        let name = named(facts, source, &it.who)?;
        is_person.then(|| Chosen::new(to, name))
    });
    chosen.collect()
}

fn organisations(facts: &Facts, source: &SourceId) -> Vec<Chosen> {
    let own = facts.directory.iter();
    let own =
        own.filter(|it| it.origin.source == *source && it.origin.resource.kind == "Organization");
    own.filter_map(|it| Some(Chosen::new(it.origin.resource.clone(), it.name.clone()?)))
        .collect()
}

fn carers(facts: &Facts, source: &SourceId, now: DateTime<Utc>) -> Vec<Chosen> {
    let own = facts.contacts.iter().filter(|it| {
        it.origin.source == *source
            && it.active
            && !it.period.ended(now)
            && it.origin.resource.kind == "RelatedPerson"
    });
    own.filter_map(|it| {
        let name = it.name.as_ref()?.plain();
        Some(Chosen::new(it.origin.resource.clone(), name))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plan::PlanKind;
    use crate::domain::sample::{called, linked, now, plan, problem, source};

    #[test]
    fn a_goal_may_serve_a_need_that_a_plan_has_from_another_source() {
        let mut main = plan(PlanKind::Main);
        main.needs = vec![
            linked("Was called gout", "Condition?identifier=urn:x|gout"),
            linked("Gone", "Condition?identifier=urn:x|gone"),
            linked("Asthma", "Condition/Asthma"),
            linked("Only named", ""),
        ];
        let mut gout = problem("rw3", "Gout", "2011");
        gout.identifier = called("gout");
        let facts = Facts {
            problems: vec![problem("shared", "COPD", "2019"), gout],
            plans: vec![main],
            ..Facts::default()
        };
        let offered = |field| {
            let all = offers(&facts, field, &source("shared"), now()).into_iter();
            all.map(|it| it.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(
            offered(Field::GoalNeed),
            [
                "Condition/COPD COPD",
                "Condition?identifier=urn:x|gout Gout",
                "Condition?identifier=urn:x|gone Gone",
            ]
        );
        assert_eq!(offered(Field::Need), ["Condition/COPD COPD"]);
    }

    #[test]
    fn what_a_device_has_kept_reads_as_it_did() {
        for text in [
            "Condition/1 COPD",
            "Condition/1",
            "Encounter?identifier=urn:x|a%20b  Two  words",
        ] {
            let line = text.replace("  ", " ");
            let read = Chosen::read(text).map(|it| it.to_string());
            assert_eq!(read, Some(line));
        }
        assert_eq!(Chosen::read("Encounter?identifier=urn:x a stay"), None);
    }
}
