//! Lists of people: which there are, who is on one, and what a row needs to know about them.

use serde_json::Value;

use super::client::Reach;
use super::questions::Who;
use super::search::escape;
use super::session::Reader;
use super::{ApiError, Client, Found, Search, Transport};
use crate::domain::{Facts, NhsNumber, Patient, PatientId, nhs_number};
use crate::fhir;

/// A list that the shared record holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListKey {
    /// People in whose care team the reader is.
    Mine,
    /// A multidisciplinary team: people in whose care team that team is.
    Team(PatientId),
    /// An area of the programme: a Group.
    Area(PatientId),
    /// Everybody in the shared record.
    Everyone,
}

/// A list that can be picked, with its name in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListChoice {
    pub key: ListKey,
    pub name: String,
    pub people: Option<u64>,
}

/// Where a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cursor {
    Link(String),
    Ids(Vec<PatientId>),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeoplePage {
    pub patients: Vec<Patient>,
    pub next: Option<Cursor>,
    /// How many people the list has, where the source says.
    pub total: Option<u64>,
    /// People on the list whom the source did not give.
    pub missing: usize,
}

/// Teams of the reader and areas of the programme. One round trip.
pub async fn choices<T: Transport>(
    client: &Client<T>,
    reader: &Reader,
) -> Result<Vec<ListChoice>, ApiError> {
    // A Group can have thousands of members: its summary leaves them out.
    let areas = Search::new("Group").with("_summary", "true").count(50);
    let teams = reader
        .participant()
        .map(|me| Search::new("CareTeam").with("participant", me).count(200));
    let searches: Vec<Search> = std::iter::once(areas).chain(teams).collect();
    let mut answers = client.ask(&searches, Reach::UpTo(1000)).await.into_iter();
    let areas = answers.next().unwrap_or(Err(ApiError::NotOffered));
    let teams = answers.next().unwrap_or_else(|| Ok(Found::default()));
    let mut choices = Vec::new();
    for team in offered(teams)?.resources {
        if fhir::subjects(&team).is_empty() {
            choices.extend(choice(&team, ListKey::Team));
        }
    }
    for group in offered(areas)?.resources {
        choices.extend(choice(&group, ListKey::Area));
    }
    Ok(choices)
}

/// What is not offered is nothing, not an error: other lists remain.
fn offered(answer: Result<Found, ApiError>) -> Result<Found, ApiError> {
    match answer {
        Err(ApiError::NotOffered | ApiError::Refused(_)) => Ok(Found::default()),
        other => other,
    }
}

fn choice(resource: &Value, key: impl Fn(PatientId) -> ListKey) -> Option<ListChoice> {
    let id = fhir::patient_id(resource)?;
    let name = resource
        .get("name")
        .and_then(Value::as_str)
        .map_or_else(|| id.as_str().to_owned(), str::to_owned);
    Some(ListChoice {
        key: key(id),
        name,
        people: resource.get("quantity").and_then(Value::as_u64),
    })
}

/// The first page of a list, up to `page` people where the source pages.
pub async fn people<T: Transport>(
    client: &Client<T>,
    key: &ListKey,
    reader: &Reader,
    page: usize,
) -> Result<PeoplePage, ApiError> {
    match key {
        ListKey::Everyone => {
            let search = Search::new("Patient").with("_sort", "family").count(page);
            Ok(everyone(one(client, &search, Reach::FirstPage).await?))
        }
        ListKey::Area(group) => {
            let search = Search::new("Group").with("_id", group.as_str());
            let found = one(client, &search, Reach::FirstPage).await?;
            let members = found.resources.iter().flat_map(fhir::members).collect();
            by_ids(client, members, page).await
        }
        ListKey::Mine => match reader.participant() {
            Some(me) => of_teams(client, &me, page).await,
            None => Ok(PeoplePage::default()),
        },
        ListKey::Team(team) => of_teams(client, &format!("CareTeam/{}", team.as_str()), page).await,
    }
}

/// The next page of a list.
pub async fn more<T: Transport>(
    client: &Client<T>,
    cursor: Cursor,
    page: usize,
) -> Result<PeoplePage, ApiError> {
    match cursor {
        Cursor::Link(link) => Ok(everyone(client.more(&link).await?)),
        Cursor::Ids(ids) => by_ids(client, ids, page).await,
    }
}

/// People by NHS number, for lists that begin at a trust ("in hospital now").
pub async fn by_numbers<T: Transport>(
    client: &Client<T>,
    numbers: &[NhsNumber],
) -> Result<Vec<Patient>, ApiError> {
    let searches: Vec<Search> = numbers
        .chunks(50)
        .map(|it| Who::Numbers(it.to_vec()).identity())
        .collect();
    let mut patients = Vec::new();
    for found in client.ask(&searches, Reach::UpTo(numbers.len() * 2)).await {
        patients.extend(read(client, &found?.resources));
    }
    Ok(patients)
}

async fn one<T: Transport>(
    client: &Client<T>,
    search: &Search,
    reach: Reach,
) -> Result<Found, ApiError> {
    client
        .ask(std::slice::from_ref(search), reach)
        .await
        .pop()
        .unwrap_or(Err(ApiError::NotOffered))
}

fn everyone(found: Found) -> PeoplePage {
    let facts = fhir::convert::facts(&crate::domain::SourceId::new("shared"), &found.resources);
    PeoplePage {
        missing: found
            .resources
            .iter()
            .filter(|it| fhir::kind(it) == Some("Patient"))
            .count()
            - facts.patients.len(),
        patients: facts.patients,
        next: found.next.map(Cursor::Link),
        total: found.total,
    }
}

/// People whose team has this participant. Their resources come along where the source honours `_include`.
async fn of_teams<T: Transport>(
    client: &Client<T>,
    participant: &str,
    page: usize,
) -> Result<PeoplePage, ApiError> {
    let search = Search::new("CareTeam")
        .with("participant", participant)
        .with("_include", "CareTeam:subject")
        .count(200);
    let found = one(client, &search, Reach::UpTo(5000)).await?;
    let mut ids: Vec<PatientId> = Vec::new();
    for team in found
        .resources
        .iter()
        .filter(|it| fhir::kind(it) == Some("CareTeam"))
    {
        let people = fhir::subjects(team)
            .into_iter()
            .filter(|it| it.kind == "Patient");
        ids.extend(people.filter_map(|it| PatientId::parse(&it.id).ok()));
    }
    let mut seen = std::collections::HashSet::new();
    ids.retain(|it| seen.insert(it.clone()));
    let here = read(client, &found.resources);
    let known: std::collections::HashSet<&PatientId> = here.iter().map(|it| &it.id).collect();
    let wanted: Vec<PatientId> = ids
        .iter()
        .filter(|it| !known.contains(it))
        .cloned()
        .collect();
    let total = u64::try_from(ids.len()).ok();
    let rest = if wanted.is_empty() {
        PeoplePage::default()
    } else {
        by_ids(client, wanted, page).await?
    };
    Ok(PeoplePage {
        patients: here
            .into_iter()
            .filter(|it| ids.contains(&it.id))
            .chain(rest.patients)
            .collect(),
        next: rest.next,
        total,
        missing: rest.missing,
    })
}

async fn by_ids<T: Transport>(
    client: &Client<T>,
    mut ids: Vec<PatientId>,
    page: usize,
) -> Result<PeoplePage, ApiError> {
    let total = u64::try_from(ids.len()).ok();
    let later = ids.split_off(ids.len().min(page));
    if ids.is_empty() {
        return Ok(PeoplePage {
            total: Some(0),
            ..PeoplePage::default()
        });
    }
    let found = one(client, &Who::Ids(ids.clone()).identity(), Reach::UpTo(page)).await?;
    let mut patients = read(client, &found.resources);
    patients.retain(|it| ids.contains(&it.id));
    Ok(PeoplePage {
        missing: ids.len().saturating_sub(patients.len()),
        patients,
        next: (!later.is_empty()).then_some(Cursor::Ids(later)),
        total,
    })
}

fn read<T: Transport>(client: &Client<T>, resources: &[Value]) -> Vec<Patient> {
    let people: Vec<Value> = resources
        .iter()
        .filter(|it| fhir::kind(it) == Some("Patient"))
        .cloned()
        .collect();
    fhir::convert::facts(&client.source().id, &people).patients
}

/// What was asked of the finder, as far as a record API can be asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub number: Option<NhsNumber>,
    /// `YYYY-MM-DD`, or a part of it.
    pub birth: Option<String>,
    pub names: Vec<String>,
}

/// Looks for people in the shared record. At most `limit`.
pub async fn find<T: Transport>(
    client: &Client<T>,
    wanted: &Wanted,
    limit: usize,
) -> Result<PeoplePage, ApiError> {
    let mut search = Search::new("Patient").count(limit);
    if let Some(number) = &wanted.number {
        search = search.with(
            "identifier",
            format!("{}|{}", nhs_number::SYSTEM, escape(number.as_str())),
        );
    }
    if let Some(birth) = &wanted.birth {
        search = search.with("birthdate", birth.clone());
    }
    for name in &wanted.names {
        search = search.with("name", escape(name));
    }
    let found = one(client, &search, Reach::FirstPage).await?;
    Ok(PeoplePage {
        patients: read(client, &found.resources),
        next: found.next.map(Cursor::Link),
        total: found.total,
        missing: 0,
    })
}

/// Facts of a page of people from one source, each with the source's own patient.
pub type RowFacts = Vec<Facts>;

/// What a row of the worklist needs from a source for many people at once. One round trip.
pub async fn row_facts<T: Transport>(
    client: &Client<T>,
    who: &Who,
    searches: &[Search],
) -> Result<RowFacts, ApiError> {
    let who_is_there = who.identity();
    let restricted = searches.iter().map(|it| who.restrict(it.clone()));
    let questions: Vec<Search> = std::iter::once(who_is_there).chain(restricted).collect();
    let mut resources = Vec::new();
    for (index, answer) in client
        .ask(&questions, Reach::UpTo(2000))
        .await
        .into_iter()
        .enumerate()
    {
        match answer {
            Ok(found) => resources.extend(found.resources),
            Err(ApiError::NotOffered) if index > 0 => {}
            Err(error) => return Err(error),
        }
    }
    split(client, who, resources)
}

/// Sorts resources by the person they are about. One about a person who was not asked for spoils the answer.
fn split<T: Transport>(
    client: &Client<T>,
    who: &Who,
    resources: Vec<Value>,
) -> Result<RowFacts, ApiError> {
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
    let mut groups: Vec<(crate::domain::ResourceRef, Vec<Value>)> =
        Vec::with_capacity(people.len());
    for patient in people {
        if !asked(&patient) {
            return Err(ApiError::WrongPerson);
        }
        if let Some(reference) = fhir::reference_to(&patient)
            && !groups.iter().any(|(known, _)| *known == reference)
        {
            groups.push((reference, vec![patient]));
        }
    }
    let index: std::collections::HashMap<_, _> = groups
        .iter()
        .enumerate()
        .map(|(at, (reference, _))| (reference.clone(), at))
        .collect();
    for resource in others.into_iter().filter(|it| !fhir::is_about_nobody(it)) {
        let about = fhir::subjects(&resource);
        let at = about.iter().find_map(|it| index.get(it)).copied();
        let group = at
            .and_then(|at| groups.get_mut(at))
            .ok_or(ApiError::WrongPerson)?;
        group.1.push(resource);
    }
    Ok(groups
        .iter()
        .map(|(_, group)| fhir::convert::facts(&client.source().id, group))
        .collect())
}

/// What rows ask of the shared record: plan, key worker, risk, alerts, and news since a day (`YYYY-MM-DD`).
pub fn shared_row(since: &str) -> Vec<Search> {
    let page = |kind| Search::new(kind).count(250);
    vec![
        page("CarePlan").with("status", "active"),
        page("CareTeam"),
        page("RiskAssessment"),
        page("Flag").with("status", "active"),
        page("Observation").with("date", format!("ge{since}")),
        page("MedicationStatement").with("effective", format!("ge{since}")),
    ]
}

/// What rows ask of a trust: who is in now, and news since a day (`YYYY-MM-DD`).
pub fn trust_row(since: &str) -> Vec<Search> {
    let page = |kind| Search::new(kind).count(250);
    vec![
        page("Encounter").with("status", OPEN),
        page("Encounter").with("date", format!("ge{since}")),
        page("Observation").with("date", format!("ge{since}")),
    ]
}

/// Statuses of somebody who is there now.
const OPEN: &str = "arrived,triaged,in-progress,onleave";

/// The NHS numbers of everybody who is in a hospital of this source now. All pages.
pub async fn in_hospital<T: Transport>(client: &Client<T>) -> Result<Vec<NhsNumber>, ApiError> {
    let search = Search::new("Encounter")
        .with("status", OPEN)
        .with("_include", "Encounter:patient")
        .count(250);
    numbers_of(client, &search).await
}

/// The NHS numbers of everybody with an admission that touches the days since `since` (`YYYY-MM-DD`). All pages.
pub async fn admitted_since<T: Transport>(
    client: &Client<T>,
    since: &str,
) -> Result<Vec<NhsNumber>, ApiError> {
    let search = Search::new("Encounter")
        .with("class", "IMP")
        .with("date", format!("ge{since}"))
        .with("_include", "Encounter:patient")
        .count(250);
    numbers_of(client, &search).await
}

async fn numbers_of<T: Transport>(
    client: &Client<T>,
    search: &Search,
) -> Result<Vec<NhsNumber>, ApiError> {
    let found = one(client, search, Reach::UpTo(5000)).await?;
    let here: std::collections::HashSet<_> = found
        .resources
        .iter()
        .filter_map(fhir::reference_to)
        .collect();
    let subjects = found
        .resources
        .iter()
        .flat_map(fhir::subjects)
        .filter(|it| !here.contains(it));
    let missing: std::collections::BTreeSet<String> = subjects.map(|it| it.id).collect();
    let ids: Vec<PatientId> = missing
        .iter()
        .filter_map(|it| PatientId::parse(it).ok())
        .collect();
    let searches: Vec<Search> = ids
        .chunks(50)
        .map(|it| Who::Ids(it.to_vec()).identity())
        .collect();
    let mut numbers: Vec<NhsNumber> = found.resources.iter().flat_map(fhir::nhs_numbers).collect();
    for answer in client.ask(&searches, Reach::UpTo(100)).await {
        numbers.extend(answer?.resources.iter().flat_map(fhir::nhs_numbers));
    }
    numbers.sort();
    numbers.dedup();
    Ok(numbers)
}
