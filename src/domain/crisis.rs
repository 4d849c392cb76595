//! What to do if it goes wrong: the crisis plans in brief, side by side, and the CPR decision.
//!
//! No score and no traffic light: triggers, what to do and whom to ring (HSSIB, September 2024).

mod part;

pub use part::CrisisPart;

use chrono::{DateTime, Utc};

use super::legal::Cpr;
use super::patient::Telecom;
use super::plan::{ActionDetail, Plan, PlanAction, PlanKind, TaskStatus, Written, not_given};
use super::team::{named, phones, reach};
use super::{Coded, Facts, Origin, Party, When};

/// One crisis or contingency plan, read by its headings.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Crisis {
    pub origin: Origin,
    pub title: Option<String>,
    pub triggers: Vec<String>,
    pub to_do: Vec<String>,
    /// Whom to contact, in the plan's words.
    pub contact_words: Vec<String>,
    /// The same, as people with their numbers.
    pub contacts: Vec<CrisisContact>,
    pub coping: Vec<String>,
    pub relapse: Vec<String>,
    pub anticipatory: Vec<String>,
    pub advance_statement: Vec<String>,
    pub if_carer_cannot: Vec<String>,
    /// Parts under another heading: shown under their own.
    pub others: Vec<(Option<String>, String)>,
    pub author: Option<String>,
    pub written: Option<Written>,
    /// When it was last reviewed, else written.
    pub when: Option<When>,
    pub overdue: bool,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct CrisisContact {
    pub name: Option<String>,
    pub phones: Vec<Telecom>,
}

/// Every crisis plan in force, the one written last first. Several are kept side by side, never merged.
pub fn plans(facts: &Facts, now: DateTime<Utc>) -> Vec<Crisis> {
    let in_force =
        |it: &&Plan| it.kind == PlanKind::Crisis && it.is_current() && !it.period.ended(now);
    let mut all: Vec<Crisis> = facts
        .plans
        .iter()
        .filter(in_force)
        .map(|it| Crisis::from(facts, it, now))
        .collect();
    all.sort_by_cached_key(|it| std::cmp::Reverse(it.when.as_ref().and_then(When::earliest)));
    all
}

impl Crisis {
    fn from(facts: &Facts, plan: &Plan, now: DateTime<Utc>) -> Self {
        let written = plan.written.as_ref().and_then(|it| it.at.clone());
        let mut crisis = Self {
            origin: plan.origin.clone(),
            title: plan.title.clone(),
            triggers: Vec::new(),
            to_do: Vec::new(),
            contact_words: Vec::new(),
            contacts: Vec::new(),
            coping: Vec::new(),
            relapse: Vec::new(),
            anticipatory: Vec::new(),
            advance_statement: Vec::new(),
            if_carer_cannot: Vec::new(),
            others: Vec::new(),
            author: plan
                .author
                .as_ref()
                .and_then(|it| named(facts, &plan.origin.source, it)),
            written: plan.written.clone(),
            when: plan
                .reviewed()
                .cloned()
                .into_iter()
                .chain(written)
                .max_by_key(When::earliest)
                .or_else(|| plan.created.clone()),
            overdue: plan.is_review_overdue(super::time::london(now).date()),
        };
        if let Some(words) = filled(plan.description.as_ref()) {
            crisis.others.push((None, words));
        }
        for action in &plan.actions {
            match action {
                PlanAction::Detail(it) => crisis.add(facts, it, now),
                PlanAction::Task(to, name) => {
                    let words = task_words(facts, &plan.origin, to, name.as_deref());
                    crisis.to_do.extend(words);
                }
            }
        }
        crisis
    }

    fn add(&mut self, facts: &Facts, part: &ActionDetail, now: DateTime<Utc>) {
        if matches!(
            part.status.as_deref(),
            Some("entered-in-error" | "cancelled" | "stopped")
        ) {
            return;
        }
        let heading = part.heading.as_ref().and_then(super::Concept::label);
        let words = filled(part.description.as_ref()).map(|it| {
            if part.do_not {
                format!("Do not: {it}")
            } else {
                it
            }
        });
        let words = words.into_iter().chain(part.notes.iter().cloned());
        let under = heading.and_then(CrisisPart::of);
        if under == Some(CrisisPart::Contact) {
            self.contact_words.extend(words);
            self.contacts.extend(
                part.performers
                    .iter()
                    .map(|it| contact(facts, &self.origin, it, now)),
            );
            return;
        }
        let list = match under {
            Some(CrisisPart::Triggers) => &mut self.triggers,
            Some(CrisisPart::IfCarerCannot) => &mut self.if_carer_cannot,
            Some(CrisisPart::Anticipatory) => &mut self.anticipatory,
            Some(CrisisPart::AdvanceStatement) => &mut self.advance_statement,
            Some(CrisisPart::Coping) => &mut self.coping,
            Some(CrisisPart::Relapse) => &mut self.relapse,
            Some(CrisisPart::ToDo) => &mut self.to_do,
            Some(CrisisPart::Contact) | None => {
                let heading = heading.map(str::to_owned);
                self.others.extend(words.map(|it| (heading.clone(), it)));
                return;
            }
        };
        list.extend(words);
    }
}

fn filled(text: Option<&String>) -> Option<String> {
    text.filter(|it| !it.trim().is_empty()).cloned()
}

/// What a task asks for. Nothing of one that is off; of one that the source does not give, what the plan calls it.
fn task_words(
    facts: &Facts,
    origin: &Origin,
    to: &super::ResourceRef,
    name: Option<&str>,
) -> Option<String> {
    let task = facts
        .tasks
        .iter()
        .find(|it| it.origin.source == origin.source && it.origin.resource == *to);
    let dropped = task.is_some_and(|it| {
        matches!(
            it.status,
            Some(Coded::Known(
                TaskStatus::Cancelled | TaskStatus::EnteredInError
            ))
        )
    });
    let words = match task {
        Some(task) => filled(task.what.as_ref()).unwrap_or_else(|| {
            let named = name.filter(|it| !it.trim().is_empty());
            named
                .unwrap_or("An action that does not say what")
                .to_owned()
        }),
        None => not_given(to, name),
    };
    (!dropped).then_some(words)
}

/// Somebody the plan names, with the numbers of the directory or of the person's contacts.
fn contact(facts: &Facts, origin: &Origin, party: &Party, now: DateTime<Utc>) -> CrisisContact {
    let own = facts.contacts.iter().find(|it| {
        it.origin.source == origin.source && Some(&it.origin.resource) == party.reference.as_ref()
    });
    let name = named(facts, &origin.source, party);
    let own_name = own.and_then(|it| it.name.as_ref()).map(|it| {
        let words: Vec<&str> = it
            .given
            .iter()
            .map(String::as_str)
            .chain(it.family.as_deref())
            .collect();
        if words.is_empty() {
            it.text.clone().unwrap_or_default()
        } else {
            words.join(" ")
        }
    });
    CrisisContact {
        name: name.or(own_name).filter(|it| !it.is_empty()),
        phones: own.map_or_else(
            || reach(facts, origin, party, now),
            |it| phones(&it.telecoms, now),
        ),
    }
}

/// The CPR decision to show, and whether records disagree on it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct CprStanding {
    pub newest: Cpr,
    /// What stands beside it: the newest decision of every other source, and what says otherwise without a date by
    /// which it would be the older one.
    pub others: Vec<Cpr>,
    /// There are different decisions that are both in force: said loudly, never resolved here.
    pub disagree: bool,
}

/// `None` when no source has one: then it is "not recorded", not "for resuscitation".
pub fn cpr(facts: &Facts, now: DateTime<Utc>) -> Option<CprStanding> {
    let mut all: Vec<&Cpr> = facts.cpr.iter().filter(|it| it.is_current(now)).collect();
    // What is dated leads; of what is not, that which was written last.
    all.sort_by_key(|it| {
        let decided = it.decided().and_then(When::earliest);
        std::cmp::Reverse((decided, it.origin.updated))
    });
    let mut standing: Vec<&Cpr> = Vec::new();
    for it in all {
        let mut own = standing
            .iter()
            .filter(|other| other.origin.source == it.origin.source);
        if !own.any(|other| other.replaces(it)) {
            standing.push(it);
        }
    }
    let (newest, others) = standing.split_first()?;
    Some(CprStanding {
        disagree: others.iter().any(|it| it.decision != newest.decision),
        newest: (*newest).clone(),
        others: others.iter().map(|it| (*it).clone()).collect(),
    })
}

#[cfg(test)]
#[path = "crisis_tests.rs"]
mod tests;
