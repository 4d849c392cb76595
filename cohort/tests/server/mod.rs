//! A record API with the habits that a test of the loader gives it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use crate::references::references;
use cohort::{Source, Target};
use serde_json::{Value, json};

/// A FHIR server of a few lines, with the habits that a test gives it.
#[derive(Default)]
pub struct Server {
    pub bundles: Vec<&'static str>,
    pub keeps_ids: bool,
    /// Its statement does not tell whether it keeps ids.
    pub silent: bool,
    /// Every third call is answered with this first.
    pub busy: Option<u16>,
    pub refuses: Option<&'static str>,
    /// This one, `Type/id`.
    pub refuses_one: Option<String>,
    /// What is sent is refused while what it refers to is not there.
    pub wants_targets: bool,
    pub calls: usize,
    pub stored: BTreeMap<String, Value>,
}

impl Server {
    pub fn start(self) -> (Target, Arc<Mutex<Server>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let target = Target::new(
            Source::Shared,
            &format!("http://{}/fhir/", listener.local_addr().unwrap()),
        );
        let server = Arc::new(Mutex::new(self));
        let shared = Arc::clone(&server);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(&stream.unwrap(), &shared));
            }
        });
        (target, server)
    }

    fn answer(&mut self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        self.calls += 1;
        if let Some(status) = self.busy.filter(|_| self.calls.is_multiple_of(3)) {
            return (
                status,
                json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "diagnostics": "busy" }] }),
            );
        }
        match (method, path) {
            ("GET", "/fhir/metadata") => (200, self.statement()),
            ("GET", path) if path.starts_with("/fhir/Practitioner") => (200, self.staff(path)),
            ("GET", _) => (
                200,
                json!({ "resourceType": "Bundle", "type": "searchset" }),
            ),
            ("POST", "/fhir" | "/fhir/") => self.bundle(body),
            ("POST", _) => self.store(body.clone(), None),
            _ => self.store(body.clone(), path.strip_prefix("/fhir/").map(str::to_owned)),
        }
    }

    /// Staff, whatever is asked of them: all of that type.
    fn staff(&self, path: &str) -> Value {
        let kind = path.trim_start_matches("/fhir/").split('?').next().unwrap();
        let all = self.stored.values().filter(|it| it["resourceType"] == kind);
        let entries: Vec<Value> = all.map(|it| json!({ "resource": it })).collect();
        json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries })
    }

    fn statement(&self) -> Value {
        let interactions: Vec<Value> = self
            .bundles
            .iter()
            .map(|code| json!({ "code": code }))
            .collect();
        let mut patient = json!({ "type": "Patient" });
        if !self.silent {
            patient["updateCreate"] = self.keeps_ids.into();
        }
        json!({ "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": [{ "interaction": interactions, "resource": [patient] }] })
    }

    fn store(&mut self, mut resource: Value, address: Option<String>) -> (u16, Value) {
        let kind = resource["resourceType"].as_str().unwrap().to_owned();
        let is_refused = self.refuses_one.is_some() && self.refuses_one == address;
        if is_refused || self.refuses == Some(kind.as_str()) {
            return (
                422,
                json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "diagnostics": "not here" }] }),
            );
        }
        if address.is_some()
            && !self.keeps_ids
            && !self.stored.contains_key(address.as_deref().unwrap())
        {
            return (
                400,
                json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "diagnostics": "no ids of yours" }] }),
            );
        }
        if self.wants_targets && !self.has_all(&resource, &BTreeSet::new()) {
            return (
                400,
                json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "diagnostics": "not found" }] }),
            );
        }
        let address = address.unwrap_or_else(|| format!("{kind}/given-{}", self.stored.len()));
        resource["id"] = address.split('/').next_back().unwrap().into();
        self.stored.insert(address, resource.clone());
        (201, resource)
    }

    fn bundle(&mut self, bundle: &Value) -> (u16, Value) {
        let entries = bundle["entry"].as_array().unwrap();
        if entries.iter().any(|entry| {
            self.refuses == entry["resource"]["resourceType"].as_str()
                || (self.refuses_one.is_some()
                    && self.refuses_one.as_deref() == entry["request"]["url"].as_str())
        }) {
            return (422, Value::Null);
        }
        let inside: BTreeSet<&str> = entries
            .iter()
            .filter_map(|it| it["request"]["url"].as_str())
            .collect();
        if self.wants_targets
            && !entries
                .iter()
                .all(|it| self.has_all(&it["resource"], &inside))
        {
            return (400, Value::Null);
        }
        let mut given = BTreeMap::new();
        let mut answers = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let address = match entry["request"]["method"].as_str() {
                Some("PUT") => entry["request"]["url"].as_str().unwrap().to_owned(),
                _ => format!(
                    "{}/given-{}",
                    entry["resource"]["resourceType"].as_str().unwrap(),
                    self.stored.len() + at
                ),
            };
            given.insert(
                entry["fullUrl"].as_str().unwrap_or_default().to_owned(),
                address.clone(),
            );
            answers.push(json!({ "response": { "status": "201 Created", "location": format!("{address}/_history/1") } }));
        }
        for (entry, answer) in entries.iter().zip(&answers) {
            let mut text = entry["resource"].to_string();
            for (urn, address) in given.iter().filter(|(urn, _)| !urn.is_empty()) {
                text = text.replace(urn.as_str(), address);
            }
            let address = answer["response"]["location"]
                .as_str()
                .unwrap()
                .split("/_history")
                .next()
                .unwrap();
            self.stored
                .insert(address.to_owned(), serde_json::from_str(&text).unwrap());
        }
        (
            200,
            json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": answers }),
        )
    }

    fn has_all(&self, resource: &Value, inside: &BTreeSet<&str>) -> bool {
        let mut found = Vec::new();
        references(resource, &mut found);
        let is_there = |it: &String| {
            let is_elsewhere = it.starts_with(['#', 'u', 'h']);
            is_elsewhere || inside.contains(it.as_str()) || self.stored.contains_key(it)
        };
        found.iter().all(is_there)
    }

    /// References to what is not there.
    pub fn dangling(&self) -> BTreeSet<String> {
        let mut found = Vec::new();
        self.stored
            .values()
            .for_each(|resource| references(resource, &mut found));
        found
            .into_iter()
            .filter(|target| {
                !target.starts_with(['#', 'u', 'h']) && !self.stored.contains_key(target)
            })
            .collect()
    }
}

fn serve(stream: &TcpStream, server: &Mutex<Server>) {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let mut words = first.split_whitespace();
    let (method, path) = (
        words.next().unwrap_or_default().to_owned(),
        words.next().unwrap_or_default().to_owned(),
    );
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let (status, answer) = server.lock().unwrap().answer(&method, &path, &body);
    let text = answer.to_string();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/fhir+json\r\nRetry-After: 0\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        text.len()
    );
    let mut stream = stream;
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(text.as_bytes()));
}
