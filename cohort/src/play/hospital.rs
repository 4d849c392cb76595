//! A hospital as its record has it now: who is in, and how to write what happens.

use std::sync::atomic::AtomicBool;

use chrono::NaiveDateTime;
use serde_json::Value;

use super::Event;
use crate::{
    hospital,
    load::{
        LoadError, Target,
        client::{Answer, Client, Method},
        references::{Given, address, only},
        server::Server,
    },
    organisations,
    person::Person,
    programme::Options,
    source::Source,
    wire::NHS_NUMBER,
};

/// How many pages of open encounters are read.
const PAGES: usize = 20;

/// Somebody who is in the hospital.
pub(crate) struct Inside {
    pub person: usize,
    /// `Encounter/id` in this record.
    pub encounter: String,
    pub class: String,
}

pub(crate) struct Hospital<'a> {
    client: Client<'a>,
    server: Server,
    pub options: &'a Options,
    pub source: Source,
    pub inside: Vec<Inside>,
    /// Appointments booked while playing: person and `Appointment/id`.
    pub booked: Vec<(usize, String)>,
    /// How many things were written: makes ids differ.
    count: usize,
}

impl<'a> Hospital<'a> {
    pub fn open(
        options: &'a Options,
        target: &'a Target,
        stop: &'a AtomicBool,
    ) -> Result<Self, LoadError> {
        let client = Client::new(target, stop);
        let own = organisations::foundation(options, target.source);
        let server = Server::ask(&client, &own)?;
        let mut hospital = Self {
            client,
            server,
            options,
            source: target.source,
            inside: Vec::new(),
            booked: Vec::new(),
            count: 0,
        };
        hospital.read_inside()?;
        Ok(hospital)
    }

    fn read_inside(&mut self) -> Result<(), LoadError> {
        let mut page = Some("Encounter?status=in-progress&_count=100".to_owned());
        for _ in 0..PAGES {
            let Some(path) = page.take() else { break };
            let answer = self.client.call(Method::Get, &path, &[], None)?;
            let entries = answer
                .body
                .get("entry")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let found: Vec<Inside> = entries
                .iter()
                .filter_map(|entry| entry.get("resource"))
                .filter_map(|encounter| self.recognise(encounter))
                .collect();
            self.inside.extend(found);
            let links = answer
                .body
                .get("link")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let next = links
                .iter()
                .find(|link| link.get("relation").and_then(Value::as_str) == Some("next"));
            // Behind a proxy the link may name another host: its query on our base is the same page.
            page = next
                .and_then(|link| link.get("url"))
                .and_then(Value::as_str)
                .and_then(|url| url.split_once('?'))
                .map(|(_, query)| format!("Encounter?{query}"));
        }
        Ok(())
    }

    /// An encounter of the programme's: its identifier holds the person's number.
    fn recognise(&self, encounter: &Value) -> Option<Inside> {
        let value = encounter.pointer("/identifier/0/value")?.as_str()?;
        let person = value
            .split('-')
            .next()?
            .parse::<usize>()
            .ok()?
            .checked_sub(100_000)?;
        let class = encounter.pointer("/class/code")?.as_str()?.to_owned();
        (person < self.options.patients).then(|| Inside {
            person,
            encounter: address(encounter),
            class,
        })
    }

    /// A key that no other event has.
    pub fn key(&mut self, now: NaiveDateTime) -> String {
        self.count += 1;
        format!("play-{}-{}", now.and_utc().timestamp(), self.count)
    }

    /// The person's patient in this record; registered if the hospital never saw them.
    pub fn patient(&self, person: &Person) -> Result<String, LoadError> {
        let query = format!(
            "Patient?identifier={NHS_NUMBER}%7C{}",
            person.identity.nhs_number
        );
        let answer = self.client.call(Method::Get, &query, &[], None)?;
        if let Some(found) = answer.body.pointer("/entry/0/resource") {
            return Ok(address(found));
        }
        self.create(
            hospital::patient(self.options, person, self.source),
            &Given::new(),
        )
    }

    /// Stores a new resource. `given` maps our ids to the record's; on a server with ids of its own
    /// other references keep their words only.
    pub fn create(&self, mut resource: Value, given: &Given) -> Result<String, LoadError> {
        only(&mut resource, given, self.server.keeps_ids);
        let answer = if self.server.keeps_ids {
            self.client
                .call(Method::Put, &address(&resource), &[], Some(&resource))?
        } else {
            let kind = resource
                .get("resourceType")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned();
            if let Some(members) = resource.as_object_mut() {
                members.shift_remove("id");
            }
            self.client
                .call(Method::Post, &kind, &[], Some(&resource))?
        };
        self.refuse(&answer, "a new resource")?;
        let id = answer
            .body
            .get("id")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let kind = resource
            .get("resourceType")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let own = resource
            .get("id")
            .and_then(Value::as_str)
            .map(str::to_owned);
        Ok(id
            .or(own)
            .map(|id| format!("{kind}/{id}"))
            .or(answer.location)
            .unwrap_or_default())
    }

    /// Reads, changes and writes back, if nobody else wrote meanwhile.
    pub fn change(&self, target: &str, change: impl FnOnce(&mut Value)) -> Result<(), LoadError> {
        let answer = self.client.call(Method::Get, target, &[], None)?;
        self.refuse(&answer, target)?;
        let mut resource = answer.body;
        let version = resource
            .pointer("/meta/versionId")
            .and_then(Value::as_str)
            .map(|version| format!("W/\"{version}\""));
        change(&mut resource);
        let headers: Vec<(&str, &str)> = version
            .iter()
            .map(|version| ("If-Match", version.as_str()))
            .collect();
        let answer = self
            .client
            .call(Method::Put, target, &headers, Some(&resource))?;
        self.refuse(&answer, target)
    }

    fn refuse(&self, answer: &Answer, what: &str) -> Result<(), LoadError> {
        if answer.is_fine() {
            return Ok(());
        }
        Err(LoadError::Answer {
            source_id: self.source.id(),
            status: answer.status,
            what: what.to_owned(),
            reason: answer.reason(),
        })
    }

    pub fn event(&self, person: &Person, at: NaiveDateTime, what: String) -> Event {
        Event {
            source: self.source,
            at,
            what,
            person: person.n,
            listed: person.identity.listed(),
        }
    }
}

/// What [`Hospital::create`] needs to know of a person whose patient is known.
pub(crate) fn as_patient(
    options: &Options,
    person: &Person,
    source: Source,
    theirs: &str,
) -> Given {
    Given::from([(
        format!("Patient/{}", person.patient_id(options, source)),
        theirs.to_owned(),
    )])
}
