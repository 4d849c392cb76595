//! One source, asked in as few round trips as it can answer.

mod learned;
mod single;

pub(in crate::api) use single::{OnlyIf, succeeded};

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};

use super::config::Source;
use super::paging::next_url;
use super::{Abilities, ApiError, Method, Request, Response, Search, Transport, steps};
use crate::domain::ResourceRef;
use crate::fhir;

/// What one search found, over all the pages that were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub resources: Vec<Value>,
    /// There is more at the source than was read: the limit was reached, a later page failed, or records were taken out.
    pub partial: bool,
    /// The `next` link after the last page that was read.
    pub next: Option<String>,
    /// `Bundle.total`, where the source gives one.
    pub total: Option<u64>,
    /// How many were found, what came along with them aside.
    matches: usize,
    /// What the source says beside its answer (`OperationOutcome` entries).
    pub remarks: Vec<String>,
    /// The facts alone: what was asked for beside them was refused.
    pub is_plain: bool,
}

impl Found {
    /// The source counts more than it gives, and has no other page. Some count what comes along, too.
    fn is_short(&self) -> bool {
        let counted = self.total.and_then(|it| usize::try_from(it).ok());
        let is_more = |it: usize| it > self.matches && it != self.resources.len();
        self.next.is_none() && counted.is_some_and(is_more)
    }

    /// Something is missing, as far as the source says.
    pub fn is_cut(&self) -> bool {
        self.partial || !self.remarks.is_empty()
    }
}

/// How much of an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    FirstPage,
    /// All pages, until this many resources.
    UpTo(usize),
}

/// Knows one source. Cheap to clone.
pub struct Client<T> {
    inner: Rc<Inner<T>>,
}

struct Inner<T> {
    source: Source,
    transport: Rc<T>,
    timeout: Duration,
    abilities: RefCell<Option<Abilities>>,
    /// Set when a batch was refused, whatever the `CapabilityStatement` says.
    refuses_batch: Cell<bool>,
    refuses_transaction: Cell<bool>,
    /// Set when a chained search was not understood: then ids are looked up first.
    refuses_chain: Cell<bool>,
    /// Set when a question was refused that was answered without what it asked beside the facts.
    refuses_beside: Cell<bool>,
    /// Set when `:missing` was refused.
    refuses_missing: Cell<bool>,
    /// How long answers are read, once the code for it is there.
    in_steps: Cell<Option<steps::Read<T>>>,
}

impl<T> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self {
            inner: Rc::clone(&self.inner),
        }
    }
}

/// Waits at most this long in all for a source that is busy.
const PATIENCE_SECONDS: u32 = 30;
const ATTEMPTS: u32 = 3;
/// Twenty resources a page, as small as servers make them, until the limit of a search.
const MOST_PAGES: usize = 100;

impl<T: Transport> Client<T> {
    pub fn new(source: Source, transport: Rc<T>, timeout: Duration) -> Self {
        let inner = Inner {
            source,
            transport,
            timeout,
            abilities: RefCell::new(None),
            refuses_batch: Cell::new(false),
            refuses_transaction: Cell::new(false),
            refuses_chain: Cell::new(false),
            refuses_missing: Cell::new(false),
            refuses_beside: Cell::new(false),
            in_steps: Cell::new(None),
        };
        Self {
            inner: Rc::new(inner),
        }
    }

    pub fn source(&self) -> &Source {
        &self.inner.source
    }

    /// Asks everything at once: one batch where the source can, else side by side. The answers stand in the order
    /// of the questions, and each succeeds or fails alone.
    pub async fn ask(&self, searches: &[Search], reach: Reach) -> Vec<Result<Found, ApiError>> {
        let fitted: Vec<Option<Search>> = searches.iter().map(|it| self.fit(it)).collect();
        let paths: Vec<String> = fitted.iter().flatten().map(Search::path).collect();
        let mut answers = self.first_pages(&paths).await.into_iter();
        self.breathe().await;
        let mut found = Vec::with_capacity(searches.len());
        for question in &fitted {
            let answer = question.as_ref().map_or(Err(ApiError::NotOffered), |_| {
                answers
                    .next()
                    .unwrap_or_else(|| Err(ApiError::Unreadable("batch-response".to_owned())))
            });
            found.push(self.following(question.as_ref(), answer, reach));
        }
        futures::future::join_all(found).await
    }

    /// Reads the page after `found`, where there is one.
    pub async fn more(&self, next: &str) -> Result<Found, ApiError> {
        let url = next_url(&self.inner.source.base_url, next).ok_or(ApiError::Gone)?;
        let response = self.send(Method::Get, url, None).await?;
        page(self.read(response.body, parse).await?)
    }

    async fn first_pages(&self, paths: &[String]) -> Vec<Result<Found, ApiError>> {
        if paths.len() > 1 && self.can_batch() {
            match self.batch(paths).await {
                Ok(answers) => return answers,
                Err(
                    ApiError::Refused(_)
                    | ApiError::Gone
                    | ApiError::Absent(_)
                    | ApiError::Withheld
                    | ApiError::Failed(405 | 501),
                ) => {
                    self.inner.refuses_batch.set(true);
                }
                Err(error) => return paths.iter().map(|_| Err(error.clone())).collect(),
            }
        }
        futures::future::join_all(paths.iter().map(|path| self.single(path))).await
    }

    async fn single(&self, path: &str) -> Result<Found, ApiError> {
        let response = self
            .send(Method::Get, self.url(path), None)
            .await
            .map_err(|error| match error {
                // With a FHIR outcome it is the type that is missing, not the server.
                ApiError::Absent(_) => ApiError::NotOffered,
                other => other,
            })?;
        page(self.read(response.body, parse).await?)
    }

    async fn batch(&self, paths: &[String]) -> Result<Vec<Result<Found, ApiError>>, ApiError> {
        let entries: Vec<Value> = paths
            .iter()
            .map(|path| json!({ "request": { "method": "GET", "url": path } }))
            .collect();
        let body =
            json!({ "resourceType": "Bundle", "type": "batch", "entry": entries }).to_string();
        let base = self.inner.source.base_url.trim_end_matches('/').to_owned();
        let response = self.send(Method::Post, base, Some(body)).await?;
        read_batch(self.read(response.body, parse).await?, paths.len())
    }

    /// Follows `next` until there is none, the limit is reached, or a page repeats, brings nothing new or fails. A
    /// source whose links never end would keep the reader waiting for ever.
    async fn following(
        &self,
        asked: Option<&Search>,
        first: Result<Found, ApiError>,
        reach: Reach,
    ) -> Result<Found, ApiError> {
        let is_refused = matches!(first, Err(ApiError::Refused(_)));
        let plain = asked.filter(|_| is_refused).and_then(Search::plain);
        let mut found = match plain {
            Some(plain) => self.taken_plainly(self.more(&plain.path()).await)?,
            None => first?,
        };
        let mut known = HashSet::new();
        found.partial |= found.is_short();
        found.resources.retain(|it| is_new(it, &mut known));
        let Reach::UpTo(limit) = reach else {
            found.partial |= found.next.is_some();
            return Ok(found);
        };
        let mut followed: Vec<String> = Vec::new();
        while let Some(next) = found.next.take() {
            let enough = found.resources.len() >= limit || followed.len() >= MOST_PAGES;
            if enough || followed.contains(&next) {
                found.partial = true;
                found.next = Some(next);
                break;
            }
            let Ok(page) = self.more(&next).await else {
                found.partial = true;
                found.next = Some(next);
                break;
            };
            let before = found.resources.len();
            let new = page.resources.into_iter();
            found
                .resources
                .extend(new.filter(|it| is_new(it, &mut known)));
            if found.resources.len() == before && page.next.is_some() {
                found.partial = true;
                found.next = Some(next);
                break;
            }
            followed.push(next);
            found.matches += page.matches;
            found.remarks.extend(page.remarks);
            // There are fewer now: what moved up to a page that was read before was not seen.
            found.partial |= page.partial || page.total.is_some() && page.total < found.total;
            found.next = page.next;
            found.partial |= found.is_short();
        }
        Ok(found)
    }

    async fn read(&self, body: String, whole: steps::Whole) -> Result<Value, ApiError> {
        match self.inner.in_steps.get() {
            Some(read) => read(self.clone(), body, whole).await,
            None => whole(&body),
        }
    }

    /// From now on answers are read so.
    pub fn read_in_steps(&self, read: steps::Read<T>) {
        self.inner.in_steps.set(Some(read));
    }

    fn url(&self, path: &str) -> String {
        format!(
            "{}/{path}",
            self.inner.source.base_url.trim_end_matches('/')
        )
    }

    /// Sends what may be repeated safely (reading only), waiting as a busy source asks.
    async fn send(
        &self,
        method: Method,
        url: String,
        body: Option<String>,
    ) -> Result<Response, ApiError> {
        let seconds = u32::try_from(self.inner.timeout.as_secs()).unwrap_or(u32::MAX);
        let mut waited = 0;
        for attempt in 1..=ATTEMPTS {
            let request = Request {
                method,
                url: url.clone(),
                body: body.clone(),
                headers: Vec::new(),
                timeout: self.inner.timeout,
            };
            let response = match self.inner.transport.send(request).await {
                Ok(response) => response,
                Err(error) => return Err(ApiError::from_transport(error, seconds)),
            };
            let wait = response.retry_after.unwrap_or(attempt);
            let is_busy = matches!(response.status, 429 | 503);
            if is_busy && attempt < ATTEMPTS && waited + wait <= PATIENCE_SECONDS {
                waited += wait;
                self.inner
                    .transport
                    .sleep(Duration::from_secs(u64::from(wait)))
                    .await;
                continue;
            }
            return if (200..300).contains(&response.status) {
                Ok(response)
            } else {
                Err(refusal(&response))
            };
        }
        Err(ApiError::Busy)
    }
}

/// The same resource twice in one answer is one fact. What has no id cannot be told apart and is kept.
fn is_new(resource: &Value, known: &mut HashSet<ResourceRef>) -> bool {
    fhir::reference_to(resource).is_none_or(|it| known.insert(it))
}

fn refusal(response: &Response) -> ApiError {
    let words = serde_json::from_str::<Value>(&response.body)
        .map(|it| fhir::outcome_words(&it))
        .unwrap_or_default();
    match response.status {
        405 | 501 => ApiError::Failed(response.status),
        404 | 410 if !words.is_empty() => ApiError::Absent(words),
        status => ApiError::from_status(status, words),
    }
}

pub(super) fn parse(body: &str) -> Result<Value, ApiError> {
    serde_json::from_str(body).map_err(|it| unreadable(&it))
}

pub(super) fn unreadable(error: &serde_json::Error) -> ApiError {
    ApiError::Unreadable(format!("line {}", error.line()))
}

/// A searchset becomes what was found; a resource read by id is found alone.
fn page(value: Value) -> Result<Found, ApiError> {
    match value.get("resourceType").and_then(Value::as_str) {
        Some("Bundle") => Ok(fhir::searchset(value).into()),
        Some("OperationOutcome") => Err(ApiError::Refused(fhir::outcome_words(&value))),
        Some(_) => Ok(Found {
            resources: vec![value],
            ..Found::default()
        }),
        None => Err(ApiError::Unreadable("resourceType".to_owned())),
    }
}

fn read_batch(body: Value, asked: usize) -> Result<Vec<Result<Found, ApiError>>, ApiError> {
    let answers =
        fhir::batch_answers(body).ok_or_else(|| ApiError::Unreadable("Bundle".to_owned()))?;
    if answers.len() != asked {
        return Err(ApiError::Unreadable(format!(
            "{} answers to {asked} questions",
            answers.len()
        )));
    }
    let read = |answer: fhir::BatchAnswer| match answer.status {
        Some(status) if !(200..300).contains(&status) => {
            let words = answer
                .outcome
                .as_ref()
                .map(fhir::outcome_words)
                .unwrap_or_default();
            Err(entry_error(status, words))
        }
        _ => answer
            .resource
            .map_or_else(|| Err(ApiError::Unreadable("entry".to_owned())), page),
    };
    Ok(answers.into_iter().map(read).collect())
}

/// A search that answers 404 or 501 is not offered there: a search that finds nothing answers 200.
fn entry_error(status: u16, words: String) -> ApiError {
    match status {
        404 | 405 | 501 => ApiError::NotOffered,
        other => ApiError::from_status(other, words),
    }
}

impl From<fhir::Searchset> for Found {
    fn from(set: fhir::Searchset) -> Self {
        Self {
            resources: set.resources,
            partial: set.is_cut,
            next: set.next,
            total: set.total,
            matches: set.matches,
            remarks: set.remarks,
            is_plain: false,
        }
    }
}
