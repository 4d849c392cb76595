#![allow(clippy::unwrap_used, clippy::indexing_slicing, dead_code)] // only tests use it, each its part of it
//! A scripted network for the api's own tests: what happens when servers differ, fail or lie.

pub mod record;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use alongside::api::{
    Client, Config, Method, Request, Response, Source, Transport, TransportError, steps,
};
use futures::executor::block_on;

type Answer = Box<dyn Fn(&Request) -> Option<Result<Response, TransportError>>>;

/// Answers by the first rule that fits; what no rule fits is a 404 without a body.
#[derive(Default)]
pub struct Script {
    rules: Vec<Answer>,
    pub asked: RefCell<Vec<String>>,
    /// What was sent with each of them.
    pub bodies: RefCell<Vec<String>>,
    pub slept: RefCell<Vec<Duration>>,
    /// How often it paused between two steps of work.
    pub breaths: Cell<usize>,
}

pub fn ok(body: impl Into<String>) -> Response {
    status(200, body)
}

/// The source says that it can do this; that it was asked is not counted.
pub fn told(script: &Script, client: &Client<Script>) {
    assert!(block_on(client.find_out()));
    script.asked.borrow_mut().clear();
}

pub fn status(status: u16, body: impl Into<String>) -> Response {
    Response {
        status,
        retry_after: None,
        location: None,
        body: body.into(),
    }
}

impl Script {
    /// For requests whose method and URL (and body) contain these words, one answer after the other; the last stays.
    #[must_use]
    pub fn on(mut self, method: Method, contains: &'static str, answers: Vec<Response>) -> Self {
        let left = RefCell::new(VecDeque::from(answers));
        self.rules.push(Box::new(move |request| {
            let text = format!(
                "{} {}",
                request.url,
                request.body.as_deref().unwrap_or_default()
            );
            if request.method != method || !text.contains(contains) {
                return None;
            }
            let mut left = left.borrow_mut();
            let next = if left.len() > 1 {
                left.pop_front()
            } else {
                left.front().cloned()
            };
            next.map(Ok)
        }));
        self
    }

    pub fn client(self) -> (Client<Script>, Rc<Script>) {
        let script = Rc::new(self);
        let client = Client::new(source(), Rc::clone(&script), Duration::from_secs(5));
        client.read_in_steps(steps::read);
        (client, script)
    }
}

impl Transport for Script {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.asked
            .borrow_mut()
            .push(format!("{:?} {}", request.method, request.url));
        let body = request.body.clone().unwrap_or_default();
        self.bodies.borrow_mut().push(body);
        let answer = self.rules.iter().find_map(|rule| rule(&request));
        answer.unwrap_or_else(|| Ok(status(404, "")))
    }

    async fn sleep(&self, time: Duration) {
        // A breath between two steps of work is no waiting.
        if time.is_zero() {
            self.breaths.set(self.breaths.get() + 1);
        } else {
            self.slept.borrow_mut().push(time);
        }
    }
}

pub fn source() -> Source {
    let config = include_str!("../../public/config.json");
    Config::read(config).unwrap().sources[1].clone()
}

pub fn patient(id: &str, number: &str) -> String {
    format!(
        r#"{{"resourceType":"Patient","id":"{id}","identifier":[{{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"{number}"}}],"birthDate":"1945-07-14","name":[{{"family":"Smith","given":["Jane"]}}]}}"#
    )
}

pub fn encounter(id: &str, patient: &str) -> String {
    format!(
        r#"{{"resourceType":"Encounter","id":"{id}","status":"in-progress","class":{{"code":"IMP"}},"subject":{{"reference":"Patient/{patient}"}},"period":{{"start":"2026-11-21T23:40:00Z"}}}}"#
    )
}

pub fn searchset(resources: &[String], next: Option<&str>) -> String {
    let entries: Vec<String> = resources
        .iter()
        .map(|it| format!(r#"{{"resource":{it}}}"#))
        .collect();
    let link = next.map_or(String::new(), |url| {
        format!(r#""link":[{{"relation":"next","url":"{url}"}}],"#)
    });
    format!(
        r#"{{"resourceType":"Bundle","type":"searchset",{link}"entry":[{}]}}"#,
        entries.join(",")
    )
}

pub fn batch_response(answers: &[String]) -> String {
    let answers: Vec<_> = answers.iter().cloned().map(Ok).collect();
    entries(&answers)
}

/// The same, where some questions are refused with a status.
pub fn entries(answers: &[Result<String, u16>]) -> String {
    let entry = |it: &Result<String, u16>| match it {
        Ok(it) => format!(r#"{{"response":{{"status":"200 OK"}},"resource":{it}}}"#),
        Err(status) => format!(r#"{{"response":{{"status":"{status}"}}}}"#),
    };
    let entries: Vec<String> = answers.iter().map(entry).collect();
    format!(
        r#"{{"resourceType":"Bundle","type":"batch-response","entry":[{}]}}"#,
        entries.join(",")
    )
}
