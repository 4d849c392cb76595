//! Who edits which section of a person's plan, said and heard in the shared record, where it pushes: one `List` for each
//! section that is being edited. Nothing here is ever needed: what fails leaves everybody without a hint, and no more.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::checked::Checked;
use super::client::{OnlyIf, Reach};
use super::push::{Asked, Push};
use super::session::Reader;
use super::{ApiError, Client, Method, Search, Transport, directory};
use crate::domain::presence::AtWork;
use crate::domain::section::Section;
use crate::domain::team::{Colleague, colleagues};
use crate::domain::{PatientId, ResourceRef, presence};
use crate::fhir::presence::{self as wire, Heard, Word};
use crate::fhir::{self, Resource};

/// How many words about one person are read.
const MOST: usize = 50;

/// How the shared record pushes such words, from what `config.json` has; `None` where it does not.
pub fn wanted(value: &Value) -> Checked<Option<Push>> {
    if value.is_null() {
        return Ok(None);
    }
    Push::of(value, "presence").map(Some)
}

/// To be told when such a word about this person comes or goes.
pub fn asked(push: Push, patient: &PatientId) -> Asked {
    Asked {
        push,
        only: Some(("List", format!("patient=Patient/{}", patient.as_str()))),
        reason: "A plan on the screen",
    }
}

/// As whom the reader says something; `None` for a reader who is nobody in the record.
pub fn voice(reader: &Reader) -> Option<ResourceRef> {
    reader
        .role_reference()
        .or_else(|| reader.person_reference())
}

/// Everybody who says, or said, that they edit, those among them whose word is old, and the reader, too. Who is `known` is not
/// looked up again.
///
/// # Errors
/// When the source cannot be asked.
pub async fn read<T: Transport>(
    client: &Client<T>,
    patient: &PatientId,
    known: &[Colleague],
) -> Result<(Vec<AtWork>, Vec<Colleague>), ApiError> {
    let search = Search::new("List")
        .with("patient", patient.as_str())
        .with("status", "current,retired")
        .count(MOST);
    let mut answers = client.ask(&[search], Reach::FirstPage).await;
    let found = answers.pop().unwrap_or(Err(ApiError::NotOffered))?;
    let lists = found.resources.into_iter().filter_map(Resource::from_value);
    let heard: Vec<Heard> = lists
        .filter_map(|it| wire::being_edited(&it, patient))
        .collect();
    let at_work = heard.iter().filter(|it| !it.is_over);
    let mut who: Vec<ResourceRef> = at_work.map(|it| it.who.clone()).collect();
    who.sort();
    who.dedup();
    who.retain(|it| !known.iter().any(|own| own.to == *it));
    let new = look_up(client, &who).await;
    let all = heard.into_iter().map(|it| {
        let who = known.iter().chain(&new).find(|own| own.to == it.who);
        named(it, who)
    });
    Ok((all.collect(), new))
}

fn named(heard: Heard, who: Option<&Colleague>) -> AtWork {
    AtWork {
        is_over: heard.is_over,
        name: who.map(|it| it.name.clone()).unwrap_or_default(),
        role: who.and_then(|it| it.roles.first().cloned()),
        organisation: who.and_then(|it| it.organisation.clone()),
        word: heard.word,
        who: heard.who,
        place: heard.place,
        of: heard.of,
        since: heard.since,
        said: heard.said,
    }
}

/// Who they are, by the record's directory. Whoever cannot be found has no name.
async fn look_up<T: Transport>(client: &Client<T>, who: &[ResourceRef]) -> Vec<Colleague> {
    let by_id = |kind: &'static str| {
        let own = who.iter().filter(|it| it.kind == kind);
        let ids: Vec<&str> = own.map(|it| it.id.as_ref()).collect();
        (!ids.is_empty()).then(|| {
            Search::new(kind)
                .with("_id", ids.join(","))
                .count(ids.len())
        })
    };
    let searches: Vec<Search> = ["PractitionerRole", "Practitioner"]
        .into_iter()
        .filter_map(by_id)
        .collect();
    if searches.is_empty() {
        return Vec::new();
    }
    let answers = client.ask(&searches, Reach::FirstPage).await;
    let resources: Vec<Value> = answers
        .into_iter()
        .flatten()
        .flat_map(|it| it.resources)
        .collect();
    let resources = directory::complete(client, resources).await;
    let source = &client.source().id;
    colleagues(&fhir::convert::list_facts(source, &resources), source)
}

/// The reader's own word, as the record has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Said(Resource);

/// What the reader edits, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editing {
    pub patient: PatientId,
    pub section: Section,
    /// Its resource; the plan, or the person, for what the record does not have yet.
    pub of: ResourceRef,
    pub since: DateTime<Utc>,
    /// Of this word and no other.
    pub name: String,
}

/// Says it for the first time.
///
/// # Errors
/// When the source does not take it.
pub async fn say<T: Transport>(
    client: &Client<T>,
    reader: &Reader,
    what: &Editing,
) -> Result<Said, ApiError> {
    let who = voice(reader).ok_or(ApiError::NotOffered)?;
    let word = Word {
        who: &who,
        patient: &what.patient,
        place: presence::place(what.section),
        of: &what.of,
        since: what.since,
    };
    let list = wire::editing_list(&word, &what.name);
    let written = client.write(Method::Post, "List", Some(list), None).await?;
    said(written)
}

/// Says it again.
///
/// # Errors
/// When the source does not take it: then it has to be said anew.
pub async fn say_again<T: Transport>(
    client: &Client<T>,
    said_before: Said,
    now: DateTime<Utc>,
) -> Result<Said, ApiError> {
    let (path, only_if) = place_of(&said_before.0)?;
    let mut list = said_before.0.into_value();
    wire::say_again(&mut list, now);
    let written = client
        .write(Method::Put, &path, Some(list), Some(only_if))
        .await?;
    said(written)
}

/// How long a word that is over stays. Some sources push what was written seconds later, and only what is there then.
const HEARD_WITHIN: Duration = Duration::from_secs(10);

/// Says that it is over, for those who listen, and takes it away. What fails is over soon by itself, and swept later: a page
/// that is left does no more than the first half.
pub async fn take_back<T: Transport>(client: &Client<T>, said: Said, now: DateTime<Utc>) {
    let Ok((path, only_if)) = place_of(&said.0) else {
        return;
    };
    let mut list = said.0.into_value();
    wire::say_over(&mut list, now);
    let told = client
        .write(Method::Put, &path, Some(list), Some(only_if))
        .await;
    if told.is_ok() {
        client.rest(HEARD_WITHIN).await;
        let _ = client.write(Method::Delete, &path, None, None).await;
    }
}

/// Takes away what a window of the reader's has left behind. What fails does so the next time.
pub async fn sweep<T: Transport>(client: &Client<T>, left: &[ResourceRef]) {
    for it in left {
        let _ = client
            .write(Method::Delete, &it.to_string(), None, None)
            .await;
    }
}

fn place_of(list: &Resource) -> Result<(String, OnlyIf), ApiError> {
    let path = list.reference().ok_or(ApiError::NotOffered)?.to_string();
    let version = list.etag().ok_or(ApiError::NotOffered)?;
    Ok((path, OnlyIf::Version(version)))
}

/// A source that answers with nothing is not asked where it has put it: the word is over soon by itself.
fn said(written: Value) -> Result<Said, ApiError> {
    let list = Resource::from_value(written).filter(|it| it.kind() == "List");
    list.map(Said)
        .ok_or_else(|| ApiError::Unreadable("List".to_owned()))
}
