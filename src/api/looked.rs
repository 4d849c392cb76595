//! When a reader last looked at whom, kept in the shared record so that every device of theirs knows: one `List` of
//! the reader's own. It is written with `If-Match`; whoever comes second reads again, merges, and writes again.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::client::{OnlyIf, Reach};
use super::questions::Who;
use super::session::Reader;
use super::{ApiError, Client, Method, Search, Transport};
use crate::domain::{PatientId, ResourceRef};
use crate::fhir::{self, Resource};

/// As the record has it. `Default` is a reader of whom it has nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    resource: Option<Resource>,
    /// Of everything that was found.
    pub looks: Vec<(PatientId, DateTime<Utc>)>,
}

impl Kept {
    fn of(resource: Resource) -> Self {
        Self {
            looks: fhir::looks(resource.value()),
            resource: Some(resource),
        }
    }
}

/// Whose list it is. `None` for a reader who is nobody in the record.
fn owner(reader: &Reader) -> Option<ResourceRef> {
    reader
        .person_reference()
        .or_else(|| reader.role_reference())
}

fn identifier(owner: &ResourceRef) -> String {
    format!("{}|{}", fhir::LOOKED, owner.id)
}

/// Reads the reader's list. Where two devices have begun one each, both count, and the one with the first id goes on.
pub async fn read<T: Transport>(client: &Client<T>, reader: &Reader) -> Result<Kept, ApiError> {
    let owner = owner(reader).ok_or(ApiError::NotOffered)?;
    let search = Search::new("List").with("identifier", identifier(&owner));
    let mut answers = client.ask(&[search], Reach::FirstPage).await;
    let found = answers.pop().unwrap_or(Err(ApiError::NotOffered))?;
    let mut own: Vec<Resource> = found
        .resources
        .into_iter()
        .filter(|it| fhir::is_looked_list(it, &owner.id))
        .filter_map(Resource::from_value)
        .filter(|it| it.reference().is_some())
        .collect();
    own.sort_by_key(Resource::reference);
    let looks = own.iter().flat_map(|it| fhir::looks(it.value())).collect();
    Ok(Kept {
        resource: own.into_iter().next(),
        looks,
    })
}

/// Writes these looks (the others go, but for what is not understood). [`ApiError::Conflict`] when another device was
/// faster: then it has to be read and merged again.
pub async fn write<T: Transport>(
    client: &Client<T>,
    reader: &Reader,
    kept: &Kept,
    looks: &[(PatientId, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> Result<Kept, ApiError> {
    let owner = owner(reader).ok_or(ApiError::NotOffered)?;
    let old = kept.resource.clone();
    let place = old.as_ref().and_then(Resource::reference);
    // Without a version it could not be told whether somebody else has changed it.
    let version = old.as_ref().map(|it| it.etag().ok_or(ApiError::NotOffered));
    let mut resource = old.map_or_else(|| fhir::looked_list(&owner), Resource::into_value);
    fhir::set_looks(&mut resource, looks, now);
    let (method, path, only_if) = if let Some(old) = place {
        let version = version.unwrap_or(Err(ApiError::NotOffered))?;
        (Method::Put, old.to_string(), OnlyIf::Version(version))
    } else {
        let nothing = format!("identifier={}", identifier(&owner));
        (Method::Post, "List".to_owned(), OnlyIf::Nothing(nothing))
    };
    let written = client
        .write(method, &path, Some(resource), Some(only_if))
        .await;
    match written {
        // What it refers to is gone: the next reading finds nothing, and another is begun.
        Err(ApiError::Absent(_) | ApiError::Gone) if kept.resource.is_some() => {
            Err(ApiError::Conflict(String::new()))
        }
        Err(error) => Err(error),
        Ok(answer) => match Resource::from_value(answer) {
            Some(it) if fhir::is_looked_list(it.value(), &owner.id) => Ok(Kept::of(it)),
            // A source that answers with nothing, or with an outcome.
            _ => read(client, reader).await,
        },
    }
}

/// How many people are asked for at once.
const TOGETHER: usize = 50;

/// Of these people those whom the record does not have, or not any more. Some records refuse a list that names one of them.
///
/// # Errors
/// When it cannot be told of all of them.
pub async fn unknown<T: Transport>(
    client: &Client<T>,
    people: &[PatientId],
) -> Result<Vec<PatientId>, ApiError> {
    let some = people.chunks(TOGETHER);
    let searches: Vec<Search> = some.map(|it| Who::Ids(it.to_vec()).identity()).collect();
    let mut known = HashSet::new();
    for answer in client.ask(&searches, Reach::UpTo(2 * TOGETHER)).await {
        let found = answer?;
        if found.partial {
            return Err(ApiError::Unreadable("Patient".to_owned()));
        }
        known.extend(found.resources.iter().filter_map(fhir::patient_id));
    }
    let unknown = people.iter().filter(|it| !known.contains(it));
    Ok(unknown.cloned().collect())
}
