//! A section of a plan is written to the record: only what somebody changed, at the version that they saw, with who did
//! it.
//!
//! What was sent and not answered may have arrived. Nothing is sent again here: who calls reads first ([`read`]), and
//! what had arrived is told apart from what somebody else has written.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

mod draft;
mod history;
mod sending;

use super::client::{OnlyIf, Reach};
use super::session::Reader;
use super::{ApiError, Client, Method, Search, Transport};
use crate::domain::section::{Entry, Section};
use crate::domain::{PatientId, ResourceRef};
pub use crate::fhir::Held;
use crate::fhir::review::{Kept, has_review, reviewed};
use crate::fhir::{self, Resource};
pub use draft::KeptDraft;
pub use history::{History, MOST_VERSIONS, Version, history};
use sending::{Sending, join, request};

/// How often others may be faster.
const REVIEW_TRIES: usize = 4;

/// A section as the record has it after it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    pub section: Held,
    /// It is there, but who wrote it could not be added.
    pub unsigned: Option<ApiError>,
}

/// A section that the record does not have yet, of the person's `plan` where there is one. `id` (a UUID) makes it the same
/// one however often it is sent.
pub fn begin(
    reader: &Reader,
    patient: &PatientId,
    section: Section,
    plan: Option<&ResourceRef>,
    id: &str,
    now: DateTime<Utc>,
) -> Held {
    let who = reference(reader);
    let author = who.as_ref().map(|it| (it, reader.name.as_str()));
    Held::begin(section, patient, plan, author, id, now)
}

/// Reads a section by its reference, to be written `now`. [`ApiError::WrongPerson`] when it is somebody else's.
pub async fn open<T: Transport>(
    client: &Client<T>,
    patient: &PatientId,
    section: Section,
    place: &ResourceRef,
    now: DateTime<Utc>,
) -> Result<Held, ApiError> {
    let resource = read_resource(client, patient, place).await?;
    let held = Held::open(section, resource).map(|it| it.at(now));
    held.ok_or_else(|| ApiError::Unreadable(section.kind().to_owned()))
}

/// Reads what the record has now of what is written here. Entries keep their ids; those of `sent` that have arrived too.
/// What the record does not have (yet) comes back as it is.
pub async fn read<T: Transport>(
    client: &Client<T>,
    patient: &PatientId,
    held: &Held,
    sent: &[Entry],
) -> Result<Held, ApiError> {
    if let Some(place) = held.reference() {
        let newer = read_resource(client, patient, &place).await?;
        return Ok(held.follow(newer, sent));
    }
    let section = held.section();
    let Some(id) = held.begun() else {
        return Err(ApiError::NotOffered);
    };
    let search = Search::new(section.kind()).with("identifier", format!("{}|{id}", fhir::BEGUN));
    let mut answers = client.ask(&[search], Reach::FirstPage).await;
    let found = answers.pop().unwrap_or(Err(ApiError::NotOffered))?;
    let all = found.resources.into_iter().filter_map(Resource::from_value);
    let opened = all.filter_map(|it| Held::open(section, about(it, patient).ok()?));
    let own = opened
        .filter(|it| it.begun() == held.begun())
        .min_by_key(Held::reference);
    let Some(own) = own else {
        return Ok(held.clone());
    };
    Ok(held.follow(own.resource().clone(), sent))
}

async fn read_resource<T: Transport>(
    client: &Client<T>,
    patient: &PatientId,
    place: &ResourceRef,
) -> Result<Resource, ApiError> {
    let value = client.read_one(&place.to_string()).await?;
    let read = Resource::from_value(value).filter(|it| it.reference().as_ref() == Some(place));
    let read = read.ok_or_else(|| ApiError::Unreadable(place.to_string()))?;
    about(read, patient)
}

fn about(resource: Resource, patient: &PatientId) -> Result<Resource, ApiError> {
    let about = fhir::subjects(resource.value());
    match about.as_slice() {
        [one] if one.kind == "Patient" && *one.id == *patient.as_str() => Ok(resource),
        _ => Err(ApiError::WrongPerson),
    }
}

/// Writes these entries into a section, if the record still has it at the version that is held; begins it where the
/// record has none. With it goes who wrote it, and the plan that names it: together where the source takes a
/// transaction, else one after the other, what is named before what names it. [`ApiError::Conflict`] when the record has
/// another version: read it, and merge.
pub async fn write<T: Transport>(
    client: &Client<T>,
    reader: &Reader,
    patient: &PatientId,
    held: &Held,
    entries: &[Entry],
    now: DateTime<Utc>,
) -> Result<Written, ApiError> {
    // Who is nobody in the record reads only.
    let who = reference(reader).ok_or(ApiError::NotOffered)?;
    if !held.is_about(patient) {
        return Err(ApiError::WrongPerson);
    }
    let sending = Sending {
        sent: held
            .edited(entries)
            .stamped(held, (&who, &reader.name), now),
        request: request(held)?,
        who,
        reader,
        patient,
        now,
    };
    match sending.together(client).await? {
        Some(written) => Ok(written),
        None => sending.singly(client).await,
    }
}

/// What was sent had arrived, without an answer: the plan that is to name it does so, and who wrote it is said, where that
/// has not arrived too.
pub async fn finish<T: Transport>(
    client: &Client<T>,
    reader: &Reader,
    patient: &PatientId,
    held: &Held,
    now: DateTime<Utc>,
) -> Result<Written, ApiError> {
    let who = reference(reader).ok_or(ApiError::NotOffered)?;
    let of = held.reference().ok_or(ApiError::NotOffered)?;
    let plan = held.joins();
    if let Some(plan) = plan {
        match join(client, patient, plan, (held.section(), &of)).await {
            // Without the plan there is nothing that it could be named by.
            Err(ApiError::Absent(_)) => {}
            other => other?,
        }
    }
    let all = [of.to_string()]
        .into_iter()
        .chain(plan.map(ToString::to_string));
    let signature = Signature {
        of: all.collect(),
        is_new: plan.is_some(),
        since: held.resource().last_updated(),
    };
    let unsigned = match is_signed(client, held).await {
        Ok(true) => None,
        Ok(false) => sign(client, (&who, reader), &signature, now).await.err(),
        Err(error) => Some(error),
    };
    Ok(Written {
        section: held.alone(),
        unsigned,
    })
}

/// Whether the record has who wrote this version.
async fn is_signed<T: Transport>(client: &Client<T>, held: &Held) -> Result<bool, ApiError> {
    let (Some(of), Some(at)) = (held.reference(), held.resource().last_updated()) else {
        return Ok(false);
    };
    let search = Search::new("Provenance").with("target", of.to_string());
    let found = client.ask(&[search], Reach::UpTo(100)).await.pop();
    let found = found.unwrap_or(Err(ApiError::NotOffered))?;
    let source = &client.source().id;
    let mut all = found
        .resources
        .iter()
        .flat_map(|it| fhir::signatures(source, it));
    Ok(all.any(|it| it.of == of && it.apart(at).is_some()))
}

/// Writes that a plan was reviewed without a change. Somebody else's change meanwhile is read and kept; what had arrived
/// without an answer is not written again.
pub async fn review<T: Transport>(
    client: &Client<T>,
    reader: &Reader,
    patient: &PatientId,
    plan: &ResourceRef,
    (on, next): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let who = reference(reader).ok_or(ApiError::NotOffered)?;
    let kept = Kept {
        on,
        by: (&who, &reader.name),
        next,
    };
    let mut words = String::new();
    for _ in 0..REVIEW_TRIES {
        let now_there = read_resource(client, patient, plan).await?;
        if has_review(&now_there, kept) {
            return Ok(());
        }
        let version = now_there.etag().ok_or(ApiError::NotOffered)?;
        let body = reviewed(&now_there, kept).into_value();
        let only_if = Some(OnlyIf::Version(version));
        let written = client
            .write(Method::Put, &plan.to_string(), Some(body), only_if)
            .await;
        match written {
            Err(ApiError::Conflict(said)) => words = said,
            // It may have arrived all the same.
            Err(error) => {
                let there = read_resource(client, patient, plan).await;
                if !there.is_ok_and(|it| has_review(&it, kept)) {
                    return Err(error);
                }
                let signature = Signature::of(plan.to_string());
                let _ = sign(client, (&who, reader), &signature, now).await;
                return Ok(());
            }
            Ok(told) => {
                let told =
                    Resource::from_value(told).filter(|it| it.reference().as_ref() == Some(plan));
                let there = match told {
                    Some(it) => it,
                    None => read_resource(client, patient, plan).await?,
                };
                if !has_review(&there, kept) {
                    return Err(not_what_was_written());
                }
                // Who kept it is in the review itself.
                let signature = Signature::of(plan.to_string());
                let _ = sign(client, (&who, reader), &signature, now).await;
                return Ok(());
            }
        }
    }
    Err(ApiError::Conflict(words))
}

/// That it was taken is not enough: what the record says it has is what was written.
fn not_what_was_written() -> ApiError {
    ApiError::Unreadable("another version than was written".to_owned())
}

/// What somebody has written.
#[derive(Default)]
struct Signature {
    /// References.
    of: Vec<String>,
    is_new: bool,
    /// Since when the record has it, where that was longer ago.
    since: Option<DateTime<Utc>>,
}

impl Signature {
    fn provenance(&self, (who, reader): (&ResourceRef, &Reader), now: DateTime<Utc>) -> Value {
        let author = (who, reader.name.as_str());
        let place = (reader.role.as_str(), reader.organisation.as_str());
        fhir::provenance(&self.of, author, place, self.is_new, (self.since, now))
    }

    fn of(one: String) -> Self {
        Self {
            of: vec![one],
            ..Self::default()
        }
    }
}

/// Adds who wrote it.
async fn sign<T: Transport>(
    client: &Client<T>,
    (who, reader): (&ResourceRef, &Reader),
    signature: &Signature,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let provenance = signature.provenance((who, reader), now);
    let written = client.write(Method::Post, "Provenance", Some(provenance), None);
    written.await.map(|_| ())
}

/// Who the reader is in the record: their role, else they themselves.
fn reference(reader: &Reader) -> Option<ResourceRef> {
    reader
        .role_reference()
        .or_else(|| reader.person_reference())
}
