//! Lists of people: which there are, and who is on one.

use serde_json::Value;

use super::client::Reach;
use super::questions::Who;
use super::session::Reader;
use super::{ApiError, Client, Found, Search, Transport};
use crate::domain::team::Member;
use crate::domain::{NhsNumber, Patient, PatientId};
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
    /// The source has not said all of who is on it.
    pub is_cut: bool,
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
    let me = reader.participant().unwrap_or_default();
    for team in offered(teams)?.resources {
        if fhir::subjects(&team).is_empty() && has_member(&team, &me) {
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

/// People by NHS number, for lists that begin at a trust ("in hospital now"). An answer with somebody who was not asked
/// for is refused whole. With whether that is not everybody whom the source knows.
pub async fn by_numbers<T: Transport>(
    client: &Client<T>,
    numbers: &[NhsNumber],
) -> Result<(Vec<Patient>, bool), ApiError> {
    let searches: Vec<Search> = numbers
        .chunks(50)
        .map(|it| Who::Numbers(it.to_vec()).identity())
        .collect();
    let (mut patients, mut is_cut) = (Vec::new(), false);
    for found in client.ask(&searches, Reach::UpTo(numbers.len() * 2)).await {
        let found = found?;
        is_cut |= found.is_cut();
        patients.extend(read(client, &found.resources));
    }
    let is_asked = |it: &Patient| it.numbers.iter().any(|it| numbers.contains(&it.number));
    if patients.iter().all(is_asked) {
        Ok((patients, is_cut))
    } else {
        Err(ApiError::WrongPerson)
    }
}

pub(super) async fn one<T: Transport>(
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
    let patients = fhir::patients(&crate::domain::SourceId::new("shared"), &found.resources);
    PeoplePage {
        missing: found
            .resources
            .iter()
            .filter(|it| fhir::kind(it) == Some("Patient"))
            .count()
            - patients.len(),
        patients,
        // Of a first page it is said that more follow.
        is_cut: !found.remarks.is_empty() || found.partial && found.next.is_none(),
        next: found.next.map(Cursor::Link),
        total: found.total,
    }
}

/// Whether a care team names one of these (`Type/id,Type/id`) among its members. Looked at again in the answer: a
/// server that does not know the parameter gives everybody's teams.
fn has_member(team: &Value, participants: &str) -> bool {
    fhir::kind(team) == Some("CareTeam")
        && fhir::people_behind(team).iter().any(|member| {
            let member = member.to_string();
            participants.split(',').any(|it| it == member)
        })
}

/// People whose key worker is one of these (`Type/id,Type/id`), by the care teams of an answer.
fn key_worker_of<T: Transport>(
    client: &Client<T>,
    resources: &[Value],
    participants: &str,
) -> Vec<PatientId> {
    let teams = resources
        .iter()
        .filter(|it| fhir::kind(it) == Some("CareTeam"));
    let facts = fhir::convert::list_facts(&client.source().id, teams);
    let is_one = |member: &Member| {
        let who = member.who.reference.as_ref().map(ToString::to_string);
        member.is_key_worker() && who.is_some_and(|who| participants.split(',').any(|it| it == who))
    };
    let theirs = facts
        .teams
        .iter()
        .filter(|team| team.members.iter().any(is_one));
    theirs
        .filter_map(|team| PatientId::of(team.subject.as_ref()?).ok())
        .collect()
}

/// Everybody on the reader's own list, and those of them whose key worker the reader is.
pub async fn mine<T: Transport>(
    client: &Client<T>,
    reader: &Reader,
    page: usize,
) -> Result<(PeoplePage, Vec<PatientId>), ApiError> {
    let Some(me) = reader.participant() else {
        return Ok(<_>::default());
    };
    let found = teams_of(client, &me).await?;
    let key_worker_of = key_worker_of(client, &found.resources, &me);
    Ok((subjects_of(client, &found, &me, page).await?, key_worker_of))
}

/// People whose team has this participant. Their resources come along where the source honours `_include`.
async fn of_teams<T: Transport>(
    client: &Client<T>,
    participant: &str,
    page: usize,
) -> Result<PeoplePage, ApiError> {
    let found = teams_of(client, participant).await?;
    subjects_of(client, &found, participant, page).await
}

async fn teams_of<T: Transport>(client: &Client<T>, participant: &str) -> Result<Found, ApiError> {
    let search = Search::new("CareTeam")
        .with("participant", participant)
        .with("_include", "CareTeam:subject")
        .count(200);
    one(client, &search, Reach::UpTo(5000)).await
}

async fn subjects_of<T: Transport>(
    client: &Client<T>,
    found: &Found,
    participant: &str,
    page: usize,
) -> Result<PeoplePage, ApiError> {
    let mut ids: Vec<PatientId> = Vec::new();
    let teams = &found.resources;
    for team in teams.iter().filter(|it| has_member(it, participant)) {
        let people = fhir::subjects(team)
            .into_iter()
            .filter(|it| it.kind == "Patient");
        ids.extend(people.filter_map(|it| PatientId::of(&it).ok()));
    }
    let mut seen = std::collections::HashSet::new();
    ids.retain(|it| seen.insert(it.clone()));
    let here = read(client, teams);
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
        is_cut: found.is_cut() || teams.iter().any(|it| is_unread(it, participant)),
    })
}

/// A team of which it cannot be told whether it is one of these, or whose it is: somebody may be missing for it.
fn is_unread(team: &Value, participant: &str) -> bool {
    let is_object = |it: &Value| it.get("member").is_none_or(Value::is_object) && it.is_object();
    let all = team.get("participant").map(Value::as_array);
    let members_unread = all.is_some_and(|all| !all.is_some_and(|all| all.iter().all(is_object)));
    let subject_unread = team.get("subject").is_some() && fhir::subjects(team).is_empty();
    fhir::kind(team) == Some("CareTeam")
        && (members_unread || subject_unread && has_member(team, participant))
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
        is_cut: false,
    })
}

pub(super) fn read<T: Transport>(client: &Client<T>, resources: &[Value]) -> Vec<Patient> {
    fhir::patients(&client.source().id, resources)
}
