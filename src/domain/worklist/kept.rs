//! What is kept of an answer about many people: a list can be of thousands, so no more than its rows show.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::change;
use crate::domain::identity::{Match, compare};
use crate::domain::medicine::{self, Medicine, MedicineChange};
use crate::domain::plan::{Plan, PlanKind, Review, Written};
use crate::domain::team::Member;
use crate::domain::{Facts, Issue, Origin, Patient, PatientId, ResourceRef};

/// What a source's answer tells of which person of the list, pruned to what rows show. A source that holds somebody else
/// under the number tells that, and nothing of theirs; `None` for people who are not on the list. Rows are never made
/// for news from before `since`.
pub fn belonging(
    facts: Facts,
    known: &[Arc<Patient>],
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<(PatientId, Facts)> {
    let there = facts.patients.first()?;
    if let Some(own) = same(there, known) {
        return Some((own.id.clone(), kept(facts, since, now)));
    }
    let own = mistaken(&facts, known)?.clone();
    let stranger = Facts {
        patients: facts.patients.into_iter().map(listed).collect(),
        ..Facts::default()
    };
    Some((own, stranger))
}

/// Under whose number a source has somebody with another birth date, or with none and of another name.
pub fn mistaken<'a>(facts: &Facts, known: &'a [Arc<Patient>]) -> Option<&'a PatientId> {
    let there = facts.patients.first()?;
    let differs = |it: &&Arc<Patient>| {
        let found = compare(it, there);
        matches!(found, Match::BirthDateDiffers | Match::NotCertain)
    };
    let own = known.iter().find(differs);
    own.filter(|_| same(there, known).is_none())
        .map(|it| &it.id)
}

/// The same without pruning, for those of whom it is all told: nothing of somebody else's. Of the person only that they
/// have died.
pub fn whose(mut facts: Facts, known: &[Arc<Patient>]) -> Option<(PatientId, Facts)> {
    let own = same(facts.patients.first()?, known)?.id.clone();
    let died = facts
        .patients
        .into_iter()
        .filter(|it| it.deceased.is_some());
    facts.patients = died.map(listed).collect();
    facts.contacts = Vec::new();
    Some((own, facts))
}

/// Who of these it is: the very record, or the same number and no other birth date.
fn same<'a>(there: &Patient, known: &'a [Arc<Patient>]) -> Option<&'a Arc<Patient>> {
    let is_own = |it: &&Arc<Patient>| {
        let own = &it.origin;
        (&own.source, &own.resource) == (&there.origin.source, &there.origin.resource)
    };
    let is_same = |it: &&Arc<Patient>| compare(it, there) == Match::Same;
    known
        .iter()
        .find(is_own)
        .or_else(|| known.iter().find(is_same))
}

/// What a row is made from, and no more: a list can be of thousands. The person is known from the list itself; of plans
/// how they stand, of teams the key worker, of medicines those that changed after `since`.
fn kept(mut facts: Facts, since: DateTime<Utc>, now: DateTime<Utc>) -> Facts {
    facts.patients = Vec::new();
    facts.contacts = Vec::new();
    // One is enough to know that something is not told here; which is said on the person's own page.
    facts.issues = facts
        .issues
        .into_iter()
        .find(Issue::hides)
        .into_iter()
        .collect();
    facts.medicines = changed(&facts.medicines, since, now);
    let news: Vec<ResourceRef> = change::since(&facts, since, now)
        .into_iter()
        .map(|it| it.origin.resource)
        .collect();
    let is_news = |it: &Plan| news.contains(&it.origin.resource);
    facts
        .plans
        .retain(|it| it.kind == PlanKind::Main || is_news(it));
    for plan in &mut facts.plans {
        if !news.contains(&plan.origin.resource) {
            forget_who(plan);
        }
        plan.description = None;
        plan.needs = Vec::new();
        plan.goals = Vec::new();
        plan.actions = Vec::new();
        plan.teams = Vec::new();
        plan.supporting = Vec::new();
        plan.notes = Vec::new();
    }
    for team in &mut facts.teams {
        team.members.retain(Member::is_key_worker);
        team.telecoms = Vec::new();
        team.categories = Vec::new();
        team.organisations = Vec::new();
        team.subject = None;
        team.name = None;
        team.origin = Origin::nameless(team.origin.source.clone(), "CareTeam");
    }
    for risk in &mut facts.risks {
        risk.performer = None;
        risk.origin = Origin::nameless(risk.origin.source.clone(), "RiskAssessment");
        risk.mitigation = None;
    }
    // Lists that grew have room to spare, and a copy has none.
    facts.clone()
}

/// Of a plan without news a row shows when it was and will be reviewed, not by whom, nor of which of the source's
/// resources; when it was written tells that it is no news.
fn forget_who(plan: &mut Plan) {
    plan.origin = Origin::nameless(plan.origin.source.clone(), "CarePlan");
    plan.title = None;
    plan.categories = Vec::new();
    plan.author = None;
    if let Some(written) = &mut plan.written {
        *written = Written {
            at: written.at.take(),
            ..Written::default()
        };
    }
    for review in &mut plan.reviews {
        let (Review::Done { by, .. } | Review::Due { by, .. }) = review;
        *by = Vec::new();
    }
}

/// Every record of the products of which something changed after `since`: with fewer, a dose that changed could look
/// like a start.
fn changed(medicines: &[Medicine], since: DateTime<Utc>, now: DateTime<Utc>) -> Vec<Medicine> {
    // A day counts whole.
    let since = since - TimeDelta::days(1);
    let is_news = |it: &MedicineChange| it.on.earliest().is_some_and(|at| at >= since);
    medicine::lines(medicines, now)
        .into_iter()
        .filter(|it| medicine::changes(&it.entries).iter().any(is_news))
        .flat_map(|it| it.entries)
        .collect()
}

/// The person as lists show them.
fn listed(mut patient: Patient) -> Patient {
    patient.telecoms = Vec::new();
    patient.addresses = Vec::new();
    patient.practice = None;
    patient.ethnicity = None;
    patient.languages = Vec::new();
    patient.clone()
}
