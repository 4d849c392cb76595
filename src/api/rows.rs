//! What the rows of a list need to know about many people at once, and who is in hospital.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::client::Reach;
use super::lists::one;
use super::questions::Who;
use super::{ApiError, Client, Search, Transport};
use crate::domain::{Facts, NhsNumber, PatientId, ResourceRef};
use crate::fhir;

/// How far back rows look for news, in days.
pub const NEWS_DAYS: i64 = 14;
/// How far back somebody counts as discharged lately, in days.
pub const DISCHARGED_DAYS: i64 = 7;
/// As many people as fit one question.
pub const AT_ONCE: usize = 50;

/// People of whom is read what was said before the screen may be drawn.
const IN_A_BREATH: usize = 20;

/// What a source told of a page of people.
#[derive(Clone, Debug, PartialEq)]
pub struct RowFacts {
    /// Of each the facts, with the source's own patient.
    pub people: Vec<Facts>,
    /// Whether that is all that it has to tell.
    pub is_whole: bool,
}

impl RowFacts {
    /// There was nobody to ask about.
    pub fn none() -> Self {
        Self {
            people: Vec::new(),
            is_whole: true,
        }
    }
}

/// Whom a source named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub numbers: Vec<NhsNumber>,
    /// Whether these are all.
    pub is_whole: bool,
}

/// What a row of the worklist needs from a source for many people at once. One round trip.
pub async fn row_facts<T: Transport>(
    client: &Client<T>,
    who: &Who,
    searches: &[Search],
) -> Result<RowFacts, ApiError> {
    let first = ask(client, who, searches).await;
    let misunderstood = matches!(first, Err(ApiError::Refused(_) | ApiError::WrongPerson));
    // Something was misunderstood: what the source can do is read first, and it is asked once more.
    if misunderstood && client.find_out().await {
        return ask(client, who, searches).await;
    }
    first
}

async fn ask<T: Transport>(
    client: &Client<T>,
    who: &Who,
    searches: &[Search],
) -> Result<RowFacts, ApiError> {
    let who_is_there = who.identity();
    let restricted = searches.iter().map(|it| who.restrict(it.clone()));
    let questions: Vec<Search> = std::iter::once(who_is_there).chain(restricted).collect();
    let answers = client.ask(&questions, Reach::UpTo(2000)).await;
    let mut resources = Vec::new();
    let mut all_whole = true;
    let (mut kept_back, mut told) = (None, false);
    for (index, answer) in answers.into_iter().enumerate() {
        match answer {
            Ok(found) => {
                all_whole &= !found.is_cut();
                told |= index > 0;
                resources.extend(found.resources);
            }
            Err(ApiError::NotOffered) if index > 0 => {}
            // What is kept back of one kind keeps nothing of the others back.
            Err(error @ (ApiError::Withheld | ApiError::Failed(_))) if index > 0 => {
                all_whole = false;
                kept_back = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    if let Some(error) = kept_back.filter(|_| !told) {
        return Err(error);
    }
    client.breathe().await;
    let (groups, nobodys) = split(who, resources)?;
    all_whole &= nobodys.is_empty();
    client.breathe().await;
    let mut people = Vec::with_capacity(groups.len());
    for some in groups.chunks(IN_A_BREATH) {
        let read = |group: &Vec<Value>| fhir::convert::list_facts(&client.source().id, group);
        people.extend(some.iter().map(read));
        client.breathe().await;
    }
    Ok(RowFacts {
        people,
        is_whole: all_whole,
    })
}

/// Resources by the person they are about, the person first; and those that do not say whom they are about: they are
/// shown nowhere, and the answer is one in part. One about a person who was not asked for spoils the answer.
pub(super) fn split(
    who: &Who,
    resources: Vec<Value>,
) -> Result<(Vec<Vec<Value>>, Vec<Value>), ApiError> {
    let (people, others): (Vec<Value>, Vec<Value>) = resources
        .into_iter()
        .partition(|it| fhir::kind(it) == Some("Patient"));
    let asked = |patient: &Value| match who {
        Who::Id(id) => fhir::patient_id(patient).as_ref() == Some(id),
        Who::Ids(ids) => fhir::patient_id(patient).is_some_and(|it| ids.contains(&it)),
        Who::Numbers(numbers) => fhir::nhs_numbers(patient)
            .iter()
            .any(|it| numbers.contains(it)),
    };
    let mut nobodys = Vec::new();
    let mut groups: Vec<(ResourceRef, Vec<Value>)> = Vec::with_capacity(people.len());
    for patient in people {
        if !asked(&patient) {
            return Err(ApiError::WrongPerson);
        }
        let Some(reference) = fhir::reference_to(&patient) else {
            nobodys.push(patient);
            continue;
        };
        if !groups.iter().any(|(known, _)| *known == reference) {
            groups.push((reference, vec![patient]));
        }
    }
    let index: HashMap<_, _> = groups
        .iter()
        .enumerate()
        .map(|(at, (reference, _))| (reference.clone(), at))
        .collect();
    for resource in others.into_iter().filter(|it| !fhir::is_about_nobody(it)) {
        let about = fhir::subjects(&resource);
        if about.is_empty() {
            // A team of professionals has no subject.
            let is_team = fhir::kind(&resource) == Some("CareTeam");
            if !is_team || resource.get("subject").is_some() {
                nobodys.push(resource);
            }
            continue;
        }
        let theirs = about.iter().filter_map(|it| index.get(it).copied());
        // A group appointment is about each of them.
        let mut theirs: Vec<usize> = theirs.collect();
        theirs.sort_unstable();
        theirs.dedup();
        let last = theirs.pop().ok_or(ApiError::WrongPerson)?;
        let mut put = |at: usize, resource| {
            if let Some(group) = groups.get_mut(at) {
                group.1.push(resource);
            }
        };
        for at in theirs {
            put(at, resource.clone());
        }
        put(last, resource);
    }
    let groups = groups.into_iter().map(|(_, group)| group);
    Ok((groups.collect(), nobodys))
}

/// What rows ask of the shared record: plan, key worker, risk, alerts, and where it knows somebody to be; news since a
/// day (`YYYY-MM-DD`).
pub fn shared_row(since: &str) -> Vec<Search> {
    let page = |kind| Search::new(kind).count(250);
    vec![
        page("CarePlan").with("status", "active,on-hold,draft"),
        page("CareTeam"),
        page("RiskAssessment"),
        // R4 cannot search alerts by their status: those that are over are left out when they are counted.
        page("Flag"),
        page("Encounter").with("status", OPEN),
        page("Encounter").with("date", format!("ge{since}")),
        page("Observation").with("date", format!("ge{since}")),
        page("DiagnosticReport").with("date", format!("ge{since}")),
        // R4 can ask what was taken since a day, not what changed since: every current medicine of everybody, which is
        // more than a page of the usual size.
        Search::new("MedicationStatement")
            .with("effective", format!("ge{since}"))
            .count(1000),
    ]
}

/// What rows ask of a trust: who is in now, and news since a day (`YYYY-MM-DD`).
pub fn trust_row(since: &str) -> Vec<Search> {
    let page = |kind| Search::new(kind).count(250);
    vec![
        page("Encounter").with("status", OPEN),
        page("Encounter").with("date", format!("ge{since}")),
        page("Observation").with("date", format!("ge{since}")),
        page("DiagnosticReport").with("date", format!("ge{since}")),
    ]
}

/// Statuses of somebody who is there now.
pub(super) const OPEN: &str = "arrived,triaged,in-progress,onleave";

/// The NHS numbers of everybody who is in a hospital of this source now. All pages.
pub async fn in_hospital<T: Transport>(client: &Client<T>) -> Result<Named, ApiError> {
    let search = Search::new("Encounter")
        .with("status", OPEN)
        .with("_include", "Encounter:patient")
        .count(250);
    // A server may not know every value of the question: the answer is looked at again. An end of what goes on is an
    // expected one.
    let is_in = |it: &Value, _: &HashSet<ResourceRef>| {
        let visit = matches!(text(it, "/class/code"), Some("AMB" | "VR" | "HH"));
        is_open(it) && !visit
    };
    numbers_of(client, &search, is_in).await
}

/// The NHS numbers of everybody who was discharged from an admission since `since` (`YYYY-MM-DD`). All pages.
pub async fn discharged_since<T: Transport>(
    client: &Client<T>,
    since: &str,
) -> Result<Named, ApiError> {
    let search = Search::new("Encounter")
        .with("class", "IMP")
        .with("date", format!("ge{since}"))
        .with("_include", "Encounter:patient")
        .count(250);
    // Who has another consultant now is still in.
    let is_out = |it: &Value, open: &HashSet<ResourceRef>| {
        let finished = text(it, "/status") == Some("finished");
        let whole = text(it, "/partOf/reference").and_then(ResourceRef::parse);
        let goes_on = whole.is_some_and(|it| open.contains(&it));
        finished && !goes_on && text(it, "/period/end").is_some_and(|end| end >= since)
    };
    numbers_of(client, &search, is_out).await
}

fn is_open(encounter: &Value) -> bool {
    let status = text(encounter, "/status");
    OPEN.split(',').any(|it| status == Some(it))
}

fn text<'a>(resource: &'a Value, path: &str) -> Option<&'a str> {
    resource.pointer(path).and_then(Value::as_str)
}

async fn numbers_of<T: Transport>(
    client: &Client<T>,
    search: &Search,
    keep: impl Fn(&Value, &HashSet<ResourceRef>) -> bool,
) -> Result<Named, ApiError> {
    let found = one(client, search, Reach::UpTo(5000)).await?;
    let resources = found.resources.iter();
    let stays = resources.filter(|it| fhir::kind(it) == Some("Encounter"));
    let open = stays.clone().filter(|it| is_open(it));
    let open: HashSet<ResourceRef> = open.filter_map(fhir::reference_to).collect();
    let kept = stays.filter(|it| keep(it, &open));
    // Who is in a stay that does not say whose it is, is missing.
    let mut all_whole = !found.is_cut();
    let mut wanted: HashSet<ResourceRef> = HashSet::new();
    for stay in kept {
        let about = fhir::subjects(stay);
        all_whole &= !about.is_empty();
        wanted.extend(about);
    }
    let is_wanted = |it: &&Value| fhir::reference_to(it).is_some_and(|it| wanted.contains(&it));
    let here: Vec<&Value> = found.resources.iter().filter(is_wanted).collect();
    let known: HashSet<ResourceRef> = here
        .iter()
        .filter_map(|it| fhir::reference_to(it))
        .collect();
    let missing: BTreeSet<&str> = wanted.difference(&known).map(|it| it.id.as_ref()).collect();
    let ids: Vec<PatientId> = missing
        .iter()
        .filter_map(|it| PatientId::parse(it).ok())
        .collect();
    let searches: Vec<Search> = ids
        .chunks(50)
        .map(|it| Who::Ids(it.to_vec()).identity())
        .collect();
    let mut numbers: Vec<NhsNumber> = here.into_iter().flat_map(fhir::nhs_numbers).collect();
    for answer in client.ask(&searches, Reach::UpTo(100)).await {
        let answer = answer?;
        all_whole &= !answer.is_cut();
        for it in &answer.resources {
            let id = fhir::patient_id(it);
            if id.is_some_and(|it| !ids.contains(&it)) {
                return Err(ApiError::WrongPerson);
            }
            numbers.extend(fhir::nhs_numbers(it));
        }
    }
    numbers.sort();
    numbers.dedup();
    Ok(Named {
        numbers,
        is_whole: all_whole,
    })
}
