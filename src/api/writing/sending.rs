//! What is written goes on its way: with who wrote it, and with the plan that names it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Signature, Written, about, not_what_was_written, read, read_resource, sign};
use crate::api::client::{OnlyIf, succeeded};
use crate::api::session::Reader;
use crate::api::{ApiError, Client, Method, Transport};
use crate::domain::section::{Section, has_arrived};
use crate::domain::{PatientId, ResourceRef};
use crate::fhir::{self, Held, Resource};

/// How often others may change the plan first.
const JOIN_TRIES: usize = 4;

/// A section that is written once.
pub(super) struct Sending<'a> {
    pub(super) sent: Held,
    pub(super) request: (Method, String, OnlyIf),
    pub(super) who: ResourceRef,
    pub(super) reader: &'a Reader,
    pub(super) patient: &'a PatientId,
    pub(super) now: DateTime<Utc>,
}

/// Where it goes, and what must be so.
pub(super) fn request(held: &Held) -> Result<(Method, String, OnlyIf), ApiError> {
    if let Some(place) = held.reference() {
        // Without a version it could not be told whether somebody else has changed it.
        let version = held.resource().etag().ok_or(ApiError::NotOffered)?;
        return Ok((Method::Put, place.to_string(), OnlyIf::Version(version)));
    }
    let id = held.begun().ok_or(ApiError::NotOffered)?;
    let nothing = format!("identifier={}|{id}", fhir::BEGUN);
    let kind = held.section().kind().to_owned();
    Ok((Method::Post, kind, OnlyIf::Nothing(nothing)))
}

impl Sending<'_> {
    fn is_new(&self) -> bool {
        self.sent.reference().is_none()
    }

    /// What is written: itself, and the plan that names it from now on.
    fn signature(&self, own: String) -> Signature {
        let plan = self.sent.joins().map(ToString::to_string);
        Signature {
            of: [own].into_iter().chain(plan).collect(),
            is_new: self.is_new(),
            since: None,
        }
    }

    /// The plan that is to name it, as it is there, unless it does so by now.
    async fn unnamed_by<T: Transport>(
        &self,
        client: &Client<T>,
    ) -> Result<Option<(&ResourceRef, Resource)>, ApiError> {
        let Some(plan) = self.sent.joins() else {
            return Ok(None);
        };
        let there = read_resource(client, self.patient, plan).await?;
        let own = self.sent.reference();
        let is_named = own.is_some_and(|it| fhir::is_joined(there.value(), &it));
        Ok((!is_named).then_some((plan, there)))
    }

    /// In one transaction. `None` where the source takes none, or not this one: nothing is written then.
    pub(super) async fn together<T: Transport>(
        &self,
        client: &Client<T>,
    ) -> Result<Option<Written>, ApiError> {
        let id = self.sent.begun().unwrap_or_default();
        // Of what is new, within the transaction.
        let own = match self.sent.reference() {
            Some(place) => place.to_string(),
            None => format!("urn:uuid:{id}"),
        };
        let (method, path, only_if) = &self.request;
        let mut entries = vec![entry(
            *method,
            path,
            Some(only_if),
            self.sent.resource().value(),
        )];
        let first = entries.first_mut().and_then(Value::as_object_mut);
        if let (true, Some(first)) = (self.is_new(), first) {
            first.insert("fullUrl".to_owned(), own.clone().into());
        }
        let mut unnamed = None;
        if let Some((plan, there)) = self.unnamed_by(client).await? {
            let version = there.etag().ok_or(ApiError::NotOffered)?;
            let before = there.into_value();
            let mut value = before.clone();
            fhir::join(&mut value, self.sent.section(), &own);
            let only_if = OnlyIf::Version(version);
            entries.push(entry(
                Method::Put,
                &plan.to_string(),
                Some(&only_if),
                &value,
            ));
            unnamed = Some(before);
        }
        let signature = self.signature(own);
        let provenance = signature.provenance((&self.who, self.reader), self.now);
        entries.push(entry(Method::Post, "Provenance", None, &provenance));
        let Some(mut answers) = client.transact(entries).await? else {
            return Ok(None);
        };
        let signed = answers.pop().unwrap_or_default();
        let mut answers = answers.into_iter();
        let first = answers.next().unwrap_or_default();
        let named = answers.next();
        if let Err(error) = succeeded(&first) {
            take_back(client, unnamed.as_ref().zip(named.as_ref()), &signed).await;
            return Err(error);
        }
        let section = self.arrived(client, first).await?;
        // Somebody else was faster with the plan, and the source did the rest all the same.
        let is_named = named.is_none_or(|it| succeeded(&it).is_ok());
        if let (false, Some(plan), Some(of)) = (is_named, self.sent.joins(), section.reference()) {
            join(client, self.patient, plan, (section.section(), &of)).await?;
        }
        let unsigned = succeeded(&signed).err();
        let section = section.alone();
        Ok(Some(Written { section, unsigned }))
    }

    /// As the record has it, from the answer to it or by asking.
    async fn arrived<T: Transport>(
        &self,
        client: &Client<T>,
        mut answer: Value,
    ) -> Result<Held, ApiError> {
        let place = location(&answer);
        let told = answer.get_mut("resource").map(Value::take);
        let told = told.and_then(|it| self.whole(it));
        let place = place.filter(|it| it.kind == self.sent.section().kind());
        let resource = match (told, self.sent.reference().or(place)) {
            (Some(told), _) => about(told, self.patient)?,
            (None, Some(place)) => read_resource(client, self.patient, &place).await?,
            (None, None) => return read(client, self.patient, &self.sent, &[]).await,
        };
        self.settled(self.sent.follow(resource, &[]))
    }

    /// One after the other.
    pub(super) async fn singly<T: Transport>(
        &self,
        client: &Client<T>,
    ) -> Result<Written, ApiError> {
        let (method, path, only_if) = self.request.clone();
        let body = self.sent.resource().value().clone();
        let answer = client.write(method, &path, Some(body), Some(only_if)).await;
        let told = match answer {
            Ok(it) => self.whole(it),
            // It was deleted while it was written here.
            Err(ApiError::Absent(_)) if !self.is_new() => return Err(ApiError::Gone),
            Err(error) => return Err(error),
        };
        let section = match told {
            Some(it) => self.sent.follow(about(it, self.patient)?, &[]),
            // A source that answers with nothing, or with an outcome.
            None => self.found(client).await?,
        };
        let of = section.reference().ok_or(ApiError::NotOffered)?;
        if let Some(plan) = self.sent.joins() {
            join(client, self.patient, plan, (section.section(), &of)).await?;
        }
        let section = self.settled(section)?.alone();
        let who = (&self.who, self.reader);
        let signature = self.signature(of.to_string());
        let unsigned = sign(client, who, &signature, self.now).await.err();
        Ok(Written { section, unsigned })
    }

    /// What was written and not shown is asked for, whether or not a plan names it yet.
    async fn found<T: Transport>(&self, client: &Client<T>) -> Result<Held, ApiError> {
        let alone = self.sent.alone();
        read(client, self.patient, &alone, &[]).await
    }

    fn whole(&self, value: Value) -> Option<Resource> {
        let it = Resource::from_value(value)?;
        let fits = it.kind() == self.sent.section().kind();
        (fits && it.id().is_some() && it.version().is_some()).then_some(it)
    }

    /// Of something new the source may have had one that was begun here; another may say yes and keep what it had, or a
    /// part. Then it is read before anything is said, and nothing that was typed goes.
    fn settled(&self, section: Held) -> Result<Held, ApiError> {
        if has_arrived(&self.sent.entries(), &section.entries()) {
            return Ok(section);
        }
        Err(if self.is_new() {
            ApiError::Conflict(String::new())
        } else {
            not_what_was_written()
        })
    }
}

/// The plan names it, whoever else changes the plan meanwhile.
pub(super) async fn join<T: Transport>(
    client: &Client<T>,
    patient: &PatientId,
    plan: &ResourceRef,
    (section, of): (Section, &ResourceRef),
) -> Result<(), ApiError> {
    let mut words = String::new();
    for _ in 0..JOIN_TRIES {
        let there = read_resource(client, patient, plan).await?;
        if fhir::is_joined(there.value(), of) {
            return Ok(());
        }
        let version = there.etag().ok_or(ApiError::NotOffered)?;
        let mut value = there.into_value();
        fhir::join(&mut value, section, &of.to_string());
        let only_if = Some(OnlyIf::Version(version));
        let written = client
            .write(Method::Put, &plan.to_string(), Some(value), only_if)
            .await;
        match written {
            Err(ApiError::Conflict(said)) => words = said,
            other => return other.map(|_| ()),
        }
    }
    Err(ApiError::Conflict(words))
}

/// What a source did of a transaction whose first part, the section itself, it did not do: nobody has written that, and
/// no plan names it. As far as it can be taken back.
async fn take_back<T: Transport>(
    client: &Client<T>,
    plan: Option<(&Value, &Value)>,
    signed: &Value,
) {
    let written = |answer: &Value| {
        succeeded(answer).ok()?;
        location(answer)
    };
    if let Some(place) = written(signed).filter(|it| it.kind == "Provenance") {
        let place = place.to_string();
        let _ = client.write(Method::Delete, &place, None, None).await;
    }
    let Some((before, answer)) = plan else { return };
    let version = answer.pointer("/resource/meta/versionId");
    let version = version.and_then(Value::as_str).or_else(|| history(answer));
    if let (Ok(()), Some(place), Some(version)) =
        (succeeded(answer), fhir::reference_to(before), version)
    {
        let only_if = Some(OnlyIf::Version(format!("W/\"{version}\"")));
        let (place, before) = (place.to_string(), Some(before.clone()));
        let _ = client.write(Method::Put, &place, before, only_if).await;
    }
}

/// The version that a location ends with: `…/_history/3`.
fn history(answer: &Value) -> Option<&str> {
    let said = answer.pointer("/response/location")?.as_str()?;
    said.rsplit_once("/_history/").map(|(_, version)| version)
}

/// Where this entry of the answer says that its resource is.
fn location(answer: &Value) -> Option<ResourceRef> {
    let said = answer.pointer("/response/location");
    said.and_then(Value::as_str).and_then(ResourceRef::parse)
}

/// One entry of a transaction: <https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.request>.
fn entry(method: Method, path: &str, only_if: Option<&OnlyIf>, resource: &Value) -> Value {
    let method = match method {
        Method::Get => "GET",
        Method::Put => "PUT",
        Method::Post => "POST",
        Method::Delete => "DELETE",
    };
    let mut request = json!({ "method": method, "url": path });
    if let (Some((name, value)), Some(members)) =
        (only_if.map(OnlyIf::in_bundle), request.as_object_mut())
    {
        members.insert(name.to_owned(), value.into());
    }
    json!({ "resource": resource, "request": request })
}
