//! Resources on their way: as a transaction, a batch or one by one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use serde_json::{Value, json};

use super::{
    LoadError, Refusal,
    client::{Answer, Client, Method},
    references::{Given, address, in_transaction, known_only, located, targets},
    server::{Bundling, Server},
    tracker::Tracker,
};
use crate::wire::{NHS_NUMBER, set};

/// About how many resources one transaction has. Measured on Helios, with two busy cores: 48 took
/// twice as long as 320, 160 a quarter longer.
pub(crate) const SIZE: usize = 256;
/// A single person is cut only above this, and only where ids are ours.
const LARGEST: usize = 400;

/// Whether given ids are needed after this parcel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    Foundation,
    /// Only within the person; but the patient's own, which the areas' lists name.
    Person,
}

pub(crate) struct Sender<'a> {
    client: Client<'a>,
    server: Server,
    tracker: &'a Tracker<'a>,
    given: Mutex<Given>,
}

impl<'a> Sender<'a> {
    pub fn new(client: Client<'a>, server: Server, tracker: &'a Tracker<'a>) -> Self {
        Self {
            client,
            server,
            tracker,
            given: Mutex::new(Given::new()),
        }
    }

    pub fn keeps_ids(&self) -> bool {
        self.server.keeps_ids
    }

    /// Sends whole people: together where ids are ours, else each in a transaction of their own, so
    /// that a person is either in or not.
    pub fn send_people(
        &self,
        people: &[(usize, Vec<Value>)],
        resumed_from: usize,
    ) -> Result<(), LoadError> {
        if self.server.keeps_ids {
            let together: Vec<Value> = people
                .iter()
                .flat_map(|(_, resources)| resources.iter().cloned())
                .collect();
            if together.len() <= LARGEST && self.is_stored(&together, Keep::Person)? {
                return Ok(());
            }
            // What is wrong with one of them does not cost the others theirs: a person's plan and its actions name each
            // other, which only a transaction can bring to a server that wants what is referred to first.
            return people
                .iter()
                .flat_map(|(_, resources)| resources.chunks(LARGEST))
                .try_for_each(|part| self.send(part, Keep::Person));
        }
        for (n, resources) in people {
            // Those in flight when an earlier run ended may be in already.
            let doubtful = resumed_from > 0 && *n < resumed_from + 200;
            let there = resources.is_empty() || (doubtful && self.is_in(resources)?);
            if !there {
                self.send(resources, Keep::Person)?;
            }
        }
        Ok(())
    }

    /// Sends resources that go together. What the server refuses is noted, not fatal.
    pub fn send(&self, resources: &[Value], keep: Keep) -> Result<(), LoadError> {
        if resources.is_empty() {
            return Ok(());
        }
        if self.is_stored(resources, keep)? {
            return Ok(());
        }
        self.one_by_one(resources, keep)
    }

    /// Whether a bundle of them was taken.
    fn is_stored(&self, resources: &[Value], keep: Keep) -> Result<bool, LoadError> {
        if resources.is_empty() {
            return Ok(true);
        }
        let bundled = match (self.server.bundling, self.server.keeps_ids) {
            (Bundling::Transaction, _) => self.bundle("transaction", resources, keep)?,
            (Bundling::Batch, true) => self.bundle("batch", resources, keep)?,
            _ => None,
        };
        if let Some(stored) = bundled {
            self.tracker.stored(self.client.target.source, stored);
        }
        Ok(bundled.is_some())
    }

    /// Sends one resource that the server may not take yet, without noting a refusal.
    pub fn try_send(&self, resource: &Value) -> Result<bool, LoadError> {
        let answer = self
            .client
            .call(Method::Put, &address(resource), &[], Some(resource))?;
        if answer.is_fine() {
            self.tracker.stored(self.client.target.source, 1);
        }
        Ok(answer.is_fine())
    }

    /// How many were stored; none when the bundle as a whole was refused.
    fn bundle(
        &self,
        kind: &str,
        resources: &[Value],
        keep: Keep,
    ) -> Result<Option<usize>, LoadError> {
        let entries: Vec<Value> = if self.server.keeps_ids {
            resources.iter().map(|resource| json!({ "resource": resource, "request": { "method": "PUT", "url": address(resource) } })).collect()
        } else {
            self.posts(resources, keep)
        };
        let bundle = json!({ "resourceType": "Bundle", "type": kind, "entry": entries });
        let answer = self.client.call(Method::Post, "", &[], Some(&bundle))?;
        if !answer.is_fine() {
            return Ok(None);
        }
        let answered = answer
            .body
            .get("entry")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut stored = 0;
        for (at, resource) in resources.iter().enumerate() {
            let response = answered.get(at).and_then(|entry| entry.get("response"));
            let part = |name: &str| {
                response
                    .and_then(|response| response.get(name))
                    .and_then(Value::as_str)
            };
            if part("status").is_some_and(|status| !status.starts_with('2')) {
                let outcome = response
                    .and_then(|response| response.get("outcome"))
                    .cloned()
                    .unwrap_or(Value::Null);
                self.note(
                    resource,
                    &Answer {
                        status: 0,
                        location: None,
                        body: outcome,
                    },
                );
                continue;
            }
            stored += 1;
            if !self.server.keeps_ids {
                self.learn(resource, part("location"), keep);
            }
        }
        Ok(Some(stored))
    }

    fn posts(&self, resources: &[Value], keep: Keep) -> Vec<Value> {
        let inside: BTreeSet<String> = resources.iter().map(address).collect();
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = resources.iter().map(|resource| {
            let kind = resource
                .get("resourceType")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let id = resource
                .get("id")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let mut sent = resource.clone();
            in_transaction(&mut sent, &inside, &given);
            if let Some(members) = sent.as_object_mut() {
                members.shift_remove("id");
            }
            let mut request = json!({ "method": "POST", "url": kind });
            if let Some(query) = existing(resource).filter(|_| keep == Keep::Foundation) {
                set(&mut request, &["ifNoneExist"], query.into());
            }
            json!({ "fullUrl": format!("urn:uuid:{id}"), "resource": sent, "request": request })
        });
        entries.collect()
    }

    /// Each alone, under its own id. A server that wants what is referred to first refuses what comes before it: that is
    /// sent again for as long as a round stores something.
    fn in_rounds(&self, resources: &[Value], keep: Keep) -> Result<(), LoadError> {
        let mut waiting: Vec<&Value> = resources.iter().collect();
        loop {
            let mut refused = Vec::new();
            for resource in &waiting {
                let answer =
                    self.client
                        .call(Method::Put, &address(resource), &[], Some(resource))?;
                if answer.is_fine() {
                    self.tracker.stored(self.client.target.source, 1);
                } else {
                    refused.push((*resource, answer));
                }
            }
            if refused.is_empty() || refused.len() == waiting.len() {
                return self.in_circles(&refused, keep);
            }
            waiting = refused.into_iter().map(|(resource, _)| resource).collect();
        }
    }

    /// What names each other, as a plan and its actions do, is taken together or not at all: each of these goes with what it
    /// leads to among them, and what is refused then is noted.
    fn in_circles(&self, refused: &[(&Value, Answer)], keep: Keep) -> Result<(), LoadError> {
        let mut left: BTreeMap<String, &Value> = refused
            .iter()
            .map(|(resource, _)| (address(resource), *resource))
            .collect();
        for (resource, answer) in refused {
            let own = address(resource);
            if !left.contains_key(&own) {
                continue;
            }
            let circle = led_to(&own, &left);
            let has_changed = circle.len() > 1 || left.len() < refused.len();
            let together: Vec<Value> = circle
                .iter()
                .filter_map(|it| left.get(it))
                .map(|it| (*it).clone())
                .collect();
            let can = has_changed && self.server.bundling == Bundling::Transaction;
            if can && self.is_stored(&together, keep)? {
                left.retain(|it, _| !circle.contains(it));
            } else {
                self.note(resource, answer);
            }
        }
        Ok(())
    }

    /// Each alone. References to what has no id yet are added in a second call.
    fn one_by_one(&self, resources: &[Value], keep: Keep) -> Result<(), LoadError> {
        if self.server.keeps_ids {
            return self.in_rounds(resources, keep);
        }
        let mut incomplete = Vec::new();
        for resource in resources {
            let mut sent = resource.clone();
            if known_only(
                &mut sent,
                &self.given.lock().unwrap_or_else(PoisonError::into_inner),
            ) {
                incomplete.push(resource);
            }
            if let Some(members) = sent.as_object_mut() {
                members.shift_remove("id");
            }
            let query = existing(resource).filter(|_| keep == Keep::Foundation);
            let headers: Vec<(&str, &str)> = query
                .iter()
                .map(|query| ("If-None-Exist", query.as_str()))
                .collect();
            let kind = resource
                .get("resourceType")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let answer = self
                .client
                .call(Method::Post, kind, &headers, Some(&sent))?;
            if !answer.is_fine() {
                self.note(resource, &answer);
                continue;
            }
            self.tracker.stored(self.client.target.source, 1);
            let id = answer.body.get("id").and_then(Value::as_str);
            let location = id.map(|id| format!("{kind}/{id}"));
            self.learn(resource, location.or(answer.location).as_deref(), keep);
        }
        incomplete
            .into_iter()
            .try_for_each(|resource| self.complete(resource))
    }

    /// The second call for a resource whose references were not all known at the first.
    fn complete(&self, resource: &Value) -> Result<(), LoadError> {
        let mut sent = resource.clone();
        let theirs = {
            let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
            known_only(&mut sent, &given);
            given.get(&address(resource)).cloned()
        };
        let Some(theirs) = theirs else { return Ok(()) };
        if let (Some(members), Some(id)) = (sent.as_object_mut(), theirs.split('/').next_back()) {
            members.insert("id".into(), id.into());
        }
        let answer = self.client.call(Method::Put, &theirs, &[], Some(&sent))?;
        if !answer.is_fine() {
            self.note(resource, &answer);
        }
        Ok(())
    }

    fn learn(&self, resource: &Value, location: Option<&str>, keep: Keep) {
        // A person's own ids are needed by the rest of that person only when sent one by one.
        let patient = resource.get("resourceType").and_then(Value::as_str) == Some("Patient");
        let needed =
            keep == Keep::Foundation || patient || self.server.bundling != Bundling::Transaction;
        if let Some(theirs) = location.and_then(located).filter(|_| needed) {
            self.given
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(address(resource), theirs);
        }
    }

    /// Whether the person's patient is in the record already.
    fn is_in(&self, resources: &[Value]) -> Result<bool, LoadError> {
        let patient = resources.iter().find(|resource| {
            resource.get("resourceType").and_then(Value::as_str) == Some("Patient")
        });
        let Some(query) = patient.and_then(existing) else {
            return Ok(false);
        };
        let answer = self.client.call(
            Method::Get,
            &format!("Patient?{}", query.replace('|', "%7C")),
            &[],
            None,
        )?;
        Ok(answer
            .body
            .get("entry")
            .and_then(Value::as_array)
            .is_some_and(|entries| !entries.is_empty()))
    }

    fn note(&self, resource: &Value, answer: &Answer) {
        let reason = if answer.status == 0 {
            answer.reason()
        } else {
            format!("{}: {}", answer.status, answer.reason())
        };
        self.tracker.refused(Refusal {
            source: self.client.target.source,
            resource: address(resource),
            reason,
        });
    }
}

/// This one and everything of `all` that it leads to.
fn led_to(own: &str, all: &BTreeMap<String, &Value>) -> BTreeSet<String> {
    let mut found = BTreeSet::from([own.to_owned()]);
    let mut new = vec![own.to_owned()];
    while let Some(it) = new.pop() {
        let named = all.get(&it).map(|it| targets(it)).unwrap_or_default();
        let others = named.into_iter().filter(|it| all.contains_key(it));
        new.extend(others.filter(|it| found.insert(it.clone())));
    }
    found
}

/// The search that finds a resource by its first identifier, or a patient by NHS number.
fn existing(resource: &Value) -> Option<String> {
    let identifiers = resource.get("identifier")?.as_array()?;
    let system =
        |identifier: &&Value| identifier.get("system").and_then(Value::as_str) == Some(NHS_NUMBER);
    let identifier = identifiers
        .iter()
        .find(system)
        .or_else(|| identifiers.first())?;
    Some(format!(
        "identifier={}|{}",
        identifier.get("system")?.as_str()?,
        identifier.get("value")?.as_str()?
    ))
}
