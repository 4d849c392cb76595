//! A record API in memory that takes what is written, for tests of what several devices and faults come to.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Duration;

use alongside::api::session::Reader;
use alongside::api::writing::{self, KeptDraft};
use alongside::api::{ApiError, Client, Method, Request, Response, Transport, TransportError};
use alongside::domain::PatientId;
use alongside::fhir::Held;
use alongside::state::Problem;
use alongside::state::editing::{Draft, Editing};
use chrono::{DateTime, Utc};
use futures::executor::block_on;
use serde_json::{Value, json};

use super::{ok, status};

/// A record API of a few lines: versions, `If-Match`, `If-None-Exist`; and what goes wrong on the way. A search finds
/// everything of its kind.
#[derive(Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "a source has any of these habits beside any other"
)]
pub struct Record {
    /// By `Kind/id`.
    pub stored: RefCell<BTreeMap<String, Value>>,
    pub number: RefCell<u32>,
    pub faults: RefCell<Vec<Fault>>,
    /// Answers to what is written come without the resource.
    pub says_little: bool,
    /// `If-None-Exist` is not known here.
    pub creates_always: bool,
    /// Transactions are taken.
    pub transacts: bool,
    /// A list that names people who are not there is refused.
    pub wants_people: bool,
    /// They are taken for batches: what can be done of them is done.
    pub halves: bool,
    /// Says that it was taken, and keeps what it had.
    pub keeps_old: Cell<bool>,
    pub requests: Cell<i64>,
    /// What of this kind is new is refused.
    pub refuses: Option<&'static str>,
}

const BASE: &str = "/fhir/rw3";

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    None,
    LostOnTheWay,
    LostOnTheWayBack,
    Failed,
    #[allow(dead_code, reason = "not every test has it")]
    Refused,
}

impl Record {
    fn etag(resource: &Value) -> String {
        format!("W/\"{}\"", resource["meta"]["versionId"].as_str().unwrap())
    }

    fn answer(&self, request: &Request) -> Response {
        if request.url == BASE {
            return self.transaction(request.body.as_deref().unwrap());
        }
        let header = |name| {
            let mut all = request.headers.iter();
            all.find(|(it, _)| *it == name)
                .map(|(_, value)| value.as_str())
        };
        let mut stored = self.stored.borrow_mut();
        let body = || serde_json::from_str::<Value>(request.body.as_ref().unwrap()).unwrap();
        let path = request
            .url
            .strip_prefix(BASE)
            .and_then(|it| it.strip_prefix('/'))
            .unwrap_or("");
        let kind = path.split(['/', '?']).next().unwrap().to_owned();
        let lacks = |list: &Value| {
            let all = list["entry"].as_array().into_iter().flatten();
            let mut named = all.filter_map(|it| it["item"]["reference"].as_str());
            named.any(|it| !stored.contains_key(it))
        };
        let is_written = matches!(request.method, Method::Put | Method::Post);
        if is_written && self.wants_people && lacks(&body()) {
            return status(400, outcome());
        }
        match request.method {
            Method::Get if path.contains('/') && !path.contains('?') => match stored.get(path) {
                Some(it) => ok(it.to_string()),
                None => status(404, outcome()),
            },
            Method::Get => {
                let all = stored.values().filter(|it| it["resourceType"] == *kind);
                let entry: Vec<Value> = all.map(|it| json!({ "resource": it })).collect();
                ok(
                    json!({ "resourceType": "Bundle", "type": "searchset", "entry": entry })
                        .to_string(),
                )
            }
            Method::Put => self.put(&mut stored, path, body(), header("If-Match")),
            Method::Post if self.refuses == Some(kind.as_str()) => status(422, outcome()),
            Method::Post => self.post(&mut stored, &kind, body(), header("If-None-Exist")),
            // Nothing else may be deleted here.
            Method::Delete if kind == "Provenance" => match stored.remove(path) {
                Some(_) => status(204, ""),
                None => status(404, outcome()),
            },
            Method::Delete => status(405, ""),
        }
    }

    fn post(
        &self,
        stored: &mut BTreeMap<String, Value>,
        kind: &str,
        body: Value,
        unless: Option<&str>,
    ) -> Response {
        let same = unless.and_then(|exists| {
            let (_, value) = exists.rsplit_once('|').unwrap();
            let mut all = stored.values();
            all.find(|it| it["resourceType"] == *kind && it["identifier"][0]["value"] == value)
        });
        if let Some(same) = same.filter(|_| !self.creates_always) {
            return ok(same.to_string());
        }
        *self.number.borrow_mut() += 1;
        let place = format!("{kind}/n{}", self.number.borrow());
        self.keep(stored, place, body, 1, 201)
    }

    fn put(
        &self,
        stored: &mut BTreeMap<String, Value>,
        path: &str,
        body: Value,
        version: Option<&str>,
    ) -> Response {
        let Some(old) = stored.get(path) else {
            return status(410, outcome());
        };
        assert!(version.is_some(), "never without");
        if version != Some(&Self::etag(old)) {
            return status(412, outcome());
        }
        if self.keeps_old.get() {
            return ok(old.to_string());
        }
        let bare = |it: &Value| {
            let mut bare = it.clone();
            bare["meta"] = Value::Null;
            bare
        };
        assert_ne!(bare(old), bare(&body), "what is there is not written again");
        let version = old["meta"]["versionId"].as_str().unwrap();
        let next = version.parse::<u32>().unwrap() + 1;
        self.keep(stored, path.to_owned(), body, next, 200)
    }

    /// All or nothing (or, in halves, each alone), in the order of the entries; what is new is known by its `urn:uuid:`
    /// after it.
    fn transaction(&self, body: &str) -> Response {
        if !self.transacts {
            return status(400, outcome());
        }
        let before = (self.stored.borrow().clone(), *self.number.borrow());
        let bundle: Value = serde_json::from_str(body).unwrap();
        assert_eq!(bundle["type"], "transaction");
        let mut names: Vec<(String, String)> = Vec::new();
        let mut entries = Vec::new();
        for entry in bundle["entry"].as_array().unwrap() {
            let mut body = entry["resource"].to_string();
            for (urn, place) in &names {
                body = body.replace(urn, place);
            }
            let answer = self.one(&entry["request"], body);
            if answer.status >= 300 && self.halves {
                let code = answer.status.to_string();
                let response = json!({ "status": code, "outcome": json!({ "resourceType": "OperationOutcome" }) });
                entries.push(json!({ "response": response }));
                continue;
            }
            if answer.status >= 300 {
                self.stored.replace(before.0);
                self.number.replace(before.1);
                return status(answer.status, outcome());
            }
            let resource: Value = serde_json::from_str(&answer.body).unwrap();
            let place = format!(
                "{}/{}",
                resource["resourceType"].as_str().unwrap(),
                resource["id"].as_str().unwrap()
            );
            if let Some(urn) = entry["fullUrl"].as_str() {
                names.push((urn.to_owned(), place.clone()));
            }
            let version = resource["meta"]["versionId"].as_str().unwrap();
            let response = json!({ "status": answer.status.to_string(), "location": format!("{place}/_history/{version}") });
            entries.push(if self.says_little {
                json!({ "response": response })
            } else {
                json!({ "response": response, "resource": resource })
            });
        }
        ok(
            json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": entries })
                .to_string(),
        )
    }

    /// One entry of a transaction.
    fn one(&self, asked: &Value, body: String) -> Response {
        let said = |name: &str| asked[name].as_str().map(str::to_owned);
        let method = match said("method").unwrap().as_str() {
            "PUT" => Method::Put,
            "POST" => Method::Post,
            other => panic!("{other}"),
        };
        let headers = [
            ("If-Match", said("ifMatch")),
            ("If-None-Exist", said("ifNoneExist")),
        ];
        let headers = headers.into_iter();
        let request = Request {
            method,
            url: format!("{BASE}/{}", said("url").unwrap()),
            body: Some(body),
            headers: headers
                .filter_map(|(name, value)| Some((name, value?)))
                .collect(),
            timeout: Duration::ZERO,
        };
        let whole = Self {
            keeps_old: self.keeps_old.clone(),
            says_little: false,
            transacts: true,
            halves: false,
            refuses: self.refuses,
            stored: RefCell::new(self.stored.take()),
            number: RefCell::new(*self.number.borrow()),
            faults: RefCell::default(),
            creates_always: self.creates_always,
            requests: self.requests.clone(),
            wants_people: self.wants_people,
        };
        let answer = whole.answer(&request);
        self.stored.replace(whole.stored.take());
        self.number.replace(*whole.number.borrow());
        answer
    }

    fn keep(
        &self,
        stored: &mut BTreeMap<String, Value>,
        place: String,
        mut resource: Value,
        version: u32,
        code: u16,
    ) -> Response {
        resource["id"] = json!(place.rsplit('/').next().unwrap());
        resource["meta"]["versionId"] = json!(version.to_string());
        // A minute lies between two requests.
        let moment = 1_790_000_000 + 60 * self.requests.get();
        let moment = DateTime::from_timestamp(moment, 0).unwrap();
        resource["meta"]["lastUpdated"] = json!(moment.to_rfc3339());
        let answer = if self.says_little {
            String::new()
        } else {
            resource.to_string()
        };
        stored.insert(place, resource);
        status(code, answer)
    }
}

fn outcome() -> String {
    json!({ "resourceType": "OperationOutcome", "issue": [{ "diagnostics": "no" }] }).to_string()
}

impl Transport for Record {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.requests.set(self.requests.get() + 1);
        let fault = self.faults.borrow_mut().pop().unwrap_or(Fault::None);
        match fault {
            Fault::None => Ok(self.answer(&request)),
            Fault::LostOnTheWay => Err(TransportError::Unreachable),
            Fault::LostOnTheWayBack => {
                self.answer(&request);
                Err(TransportError::TimedOut)
            }
            Fault::Failed => Ok(status(500, "")),
            Fault::Refused => Ok(status(422, outcome())),
        }
    }

    async fn sleep(&self, _: Duration) {}
}

/// A small generator, so that a failure can be repeated by its number.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// What an error is for whoever writes.
#[allow(dead_code, reason = "not every test writes")]
pub fn problem(error: &ApiError) -> Problem {
    match error {
        ApiError::Conflict(words) => Problem::Changed(words.clone()),
        ApiError::TimedOut(seconds) => Problem::TimedOut(*seconds),
        ApiError::Failed(status) => Problem::SourceFailed(*status),
        ApiError::Unreadable(why) => Problem::Unreadable(why.clone()),
        ApiError::Unreachable => Problem::Unreachable,
        other => Problem::Refused(other.to_string()),
    }
}

/// What a device keeps of a section that is written.
#[allow(dead_code, reason = "not every test writes")]
pub fn kept(section: &Held, draft: Draft, at: DateTime<Utc>) -> KeptDraft {
    KeptDraft {
        section: section.clone(),
        mine: draft.mine,
        clashes: draft.clashes,
        sent: draft.sent,
        asked: draft.asked,
        at,
    }
}

/// The same, to go on with.
#[allow(dead_code, reason = "not every test writes")]
pub fn draft_of(kept: &KeptDraft) -> Draft {
    Draft {
        mine: kept.mine.clone(),
        clashes: kept.clashes.clone(),
        sent: kept.sent.clone(),
        asked: kept.asked.clone(),
    }
}

/// The page makes up what goes with something that had arrived. Whether it tells that who wrote it is not there.
pub fn finish<T: Transport>(
    api: &Client<T>,
    (reader, patient): (&Reader, &PatientId),
    (editing, held): (&mut Editing, &mut Held),
    now: DateTime<Utc>,
) -> bool {
    match block_on(writing::finish(api, reader, patient, held, now)) {
        Ok(written) => {
            editing.finished(now);
            *held = written.section;
            written.unsigned.is_some()
        }
        Err(error) => {
            editing.failed(problem(&error), now);
            false
        }
    }
}
