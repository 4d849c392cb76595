//! What is no search: one resource, an operation, something that is written; and the pauses between.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Client, parse, refusal};
use crate::api::{ApiError, Method, Request, Transport};
use crate::domain::ResourceRef;
use crate::fhir;

/// What must be so at the source for something to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::api) enum OnlyIf {
    /// The resource is still at the version of this `ETag`.
    Version(String),
    /// Nothing is found by this search, e.g. `identifier=system|value`.
    Nothing(String),
}

impl OnlyIf {
    /// The same, in the request of a transaction's entry.
    pub(in crate::api) fn in_bundle(&self) -> (&'static str, &str) {
        match self {
            Self::Version(version) => ("ifMatch", version),
            Self::Nothing(search) => ("ifNoneExist", search),
        }
    }

    fn header(self) -> (&'static str, String) {
        match self {
            Self::Version(version) => ("If-Match", version),
            Self::Nothing(search) => ("If-None-Exist", search),
        }
    }
}

/// Whether this entry of the answer to a transaction says that it was done.
pub(in crate::api) fn succeeded(answer: &Value) -> Result<(), ApiError> {
    let response = answer.get("response");
    let status = response.and_then(|it| it.get("status")?.as_str());
    let code: Option<u16> = status.and_then(|it| it.split(' ').next()?.parse().ok());
    match code {
        Some(200..=299) | None => Ok(()),
        Some(other) => {
            let outcome = response.and_then(|it| it.get("outcome"));
            let words = outcome.map(fhir::outcome_words).unwrap_or_default();
            Err(ApiError::from_status(other, words))
        }
    }
}

impl<T: Transport> Client<T> {
    /// Reads one thing that is no search: a resource by its id, an operation.
    pub(in crate::api) async fn read_one(&self, path: &str) -> Result<Value, ApiError> {
        let response = self.send(Method::Get, self.url(path), None).await?;
        self.read(response.body, parse).await
    }

    /// The versions of each of these, in no order (<https://hl7.org/fhir/R4/http.html#history>): as many as come at once.
    pub(in crate::api) async fn versions(
        &self,
        of: &[ResourceRef],
    ) -> Vec<Result<Vec<Value>, ApiError>> {
        let paths: Vec<String> = of
            .iter()
            .map(|it| format!("{it}/_history?_count=20"))
            .collect();
        let answers = self.first_pages(&paths).await.into_iter();
        answers.map(|it| it.map(|it| it.resources)).collect()
    }

    /// Writes, once: what it comes to is the answer's resource, `null` without one. Nothing that writes is repeated here.
    pub(in crate::api) async fn write(
        &self,
        method: Method,
        path: &str,
        resource: Option<Value>,
        only_if: Option<OnlyIf>,
    ) -> Result<Value, ApiError> {
        self.write_to(method, self.url(path), resource, only_if)
            .await
            .map(|(answer, _)| answer)
    }

    /// Writes something new: its id, which a source may say with the resource or only by where it is, and the resource.
    pub(in crate::api) async fn create(
        &self,
        kind: &str,
        resource: Value,
    ) -> Result<(String, Value), ApiError> {
        let url = self.url(kind);
        let (answer, location) = self
            .write_to(Method::Post, url, Some(resource), None)
            .await?;
        let id = answer.get("id").and_then(Value::as_str).map(str::to_owned);
        let id = id.or_else(|| {
            let there = ResourceRef::parse(&location?)?;
            (there.kind == kind).then(|| there.id.to_string())
        });
        match id {
            Some(id) => Ok((id, answer)),
            None => Err(ApiError::Unreadable(format!("{kind}.id"))),
        }
    }

    /// Writes several things together or none of them (<https://hl7.org/fhir/R4/http.html#transaction>): what each came
    /// to, in their order. `None` where the source takes no transaction, or not this one: nothing is written then.
    ///
    /// Some sources say that they take transactions and treat them as batches: part of it is done, and part is not. That
    /// is seen by what each part came to ([`succeeded`]); from then on nothing is sent to them together.
    pub(in crate::api) async fn transact(
        &self,
        entries: Vec<Value>,
    ) -> Result<Option<Vec<Value>>, ApiError> {
        if !self.can_transact() {
            return Ok(None);
        }
        let many = entries.len();
        let bundle = json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries });
        let base = self.inner.source.base_url.trim_end_matches('/').to_owned();
        let answer = self.write_to(Method::Post, base, Some(bundle), None).await;
        match answer {
            Ok((mut answer, _)) => match answer.get_mut("entry").map(Value::take) {
                Some(Value::Array(all)) if all.len() == many => {
                    let is_whole = all.iter().all(|it| succeeded(it).is_ok());
                    self.inner.refuses_transaction.set(!is_whole);
                    Ok(Some(all))
                }
                // Said to be well, and not done.
                _ if fhir::kind(&answer) == Some("OperationOutcome") => {
                    Err(ApiError::Refused(fhir::outcome_words(&answer)))
                }
                _ => Err(ApiError::Unreadable("transaction-response".to_owned())),
            },
            Err(ApiError::Gone | ApiError::Absent(_) | ApiError::Failed(405 | 501)) => {
                self.inner.refuses_transaction.set(true);
                Ok(None)
            }
            // Perhaps what is wrong with it can be said of one thing.
            Err(ApiError::Invalid { .. } | ApiError::Withheld) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn write_to(
        &self,
        method: Method,
        url: String,
        resource: Option<Value>,
        only_if: Option<OnlyIf>,
    ) -> Result<(Value, Option<String>), ApiError> {
        let request = Request {
            method,
            url,
            body: resource.map(|it| it.to_string()),
            headers: only_if.into_iter().map(OnlyIf::header).collect(),
            timeout: self.inner.timeout,
        };
        let seconds = u32::try_from(self.inner.timeout.as_secs()).unwrap_or(u32::MAX);
        let sent = self.inner.transport.send(request).await;
        let response = sent.map_err(|error| ApiError::from_transport(error, seconds))?;
        if !(200..300).contains(&response.status) {
            return Err(match refusal(&response) {
                ApiError::Refused(words) => {
                    let outcome = serde_json::from_str(&response.body).unwrap_or(Value::Null);
                    let places = fhir::outcome_places(&outcome);
                    ApiError::Invalid { words, places }
                }
                other => other,
            });
        }
        let answer = match response.body.trim() {
            "" => Value::Null,
            body => parse(body)?,
        };
        Ok((answer, response.location))
    }

    /// Lets the screen be drawn and a hand be heard between two steps of work on a long answer.
    pub(in crate::api) async fn breathe(&self) {
        self.rest(Duration::ZERO).await;
    }

    pub(in crate::api) async fn rest(&self, time: Duration) {
        self.inner.transport.sleep(time).await;
    }
}
