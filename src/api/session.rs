//! Who the reader is. For now picked from the people in the shared record; sign-in (SMART App Launch, with the
//! token in memory and the person from its `fhirUser` claim) takes this module's place later.

use serde_json::{Value, json};

use super::client::Reach;
use super::search::escape;
use super::{ApiError, Client, Search, Transport};
use crate::domain::ResourceRef;
use crate::domain::team::DirectoryEntry;
use crate::fhir;

/// The person who reads, as the record knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// `PractitionerRole` id. Empty for a reader without a role.
    pub role_id: String,
    /// `Practitioner` id, where it is known.
    pub practitioner_id: String,
    pub name: String,
    pub role: String,
    pub organisation: String,
}

impl Reader {
    /// Somebody who reads without being anybody in the record: no lists of their own.
    pub fn nobody() -> Self {
        Self {
            role_id: String::new(),
            practitioner_id: String::new(),
            name: "No name".to_owned(),
            role: "reading only".to_owned(),
            organisation: String::new(),
        }
    }

    /// The references under which care teams may name this reader, for `CareTeam.participant`. `None` for a reader
    /// who is nobody in the record.
    pub fn participant(&self) -> Option<String> {
        let both = [self.role_reference(), self.person_reference()];
        let both: Vec<String> = both.iter().flatten().map(ToString::to_string).collect();
        (!both.is_empty()).then(|| both.join(","))
    }

    /// Their `PractitionerRole`.
    pub fn role_reference(&self) -> Option<ResourceRef> {
        let known = !self.role_id.is_empty();
        known.then(|| ResourceRef::new("PractitionerRole", &self.role_id))
    }

    /// Their `Practitioner`.
    pub fn person_reference(&self) -> Option<ResourceRef> {
        let known = !self.practitioner_id.is_empty();
        known.then(|| ResourceRef::new("Practitioner", &self.practitioner_id))
    }

    pub fn keep(&self) -> String {
        json!({
            "role_id": self.role_id,
            "practitioner_id": self.practitioner_id,
            "name": self.name,
            "role": self.role,
            "organisation": self.organisation,
        })
        .to_string()
    }

    pub fn restore(kept: &str) -> Option<Self> {
        let kept: Value = serde_json::from_str(kept).ok()?;
        let text = |name: &str| Some(kept.get(name)?.as_str()?.to_owned());
        Some(Self {
            role_id: text("role_id")?,
            practitioner_id: text("practitioner_id")?,
            name: text("name")?,
            role: text("role")?,
            organisation: text("organisation")?,
        })
    }
}

const SHOWN: usize = 40;

/// People to be: those whose name begins with what was typed; else the suggested roles, or the first ones where the
/// record has none of these.
pub async fn people<T: Transport>(
    client: &Client<T>,
    suggested: &[String],
    typed: &str,
) -> Result<Vec<Reader>, ApiError> {
    let roles = Search::new("PractitionerRole")
        .with("_include", "PractitionerRole:practitioner")
        .count(SHOWN);
    let typed = typed.trim();
    let (asked, persons) = if typed.is_empty() {
        let asked = if suggested.is_empty() {
            roles.clone()
        } else {
            roles.clone().with("_id", suggested.join(","))
        };
        (asked, Search::new("Practitioner").count(SHOWN))
    } else {
        let name = escape(typed);
        (
            roles.clone().with("practitioner.name", name.clone()),
            Search::new("Practitioner").with("name", name).count(SHOWN),
        )
    };
    let mut answers = client
        .ask(&[asked, persons.optional()], Reach::FirstPage)
        .await;
    let persons = answers.pop().unwrap_or(Err(ApiError::NotOffered));
    let mut named = answers.pop().unwrap_or(Err(ApiError::NotOffered));
    let nobody_suggested = matches!(&named, Ok(found) if found.resources.is_empty());
    if nobody_suggested && typed.is_empty() && !suggested.is_empty() {
        // A record that chooses ids itself does not know ours. Who has a role is somebody with an organisation, and in
        // the care teams that name the role.
        let mut any = client.ask(&[roles], Reach::FirstPage).await;
        named = any.pop().unwrap_or(named);
    }
    let resources = match (named, persons) {
        (Ok(roles), Ok(persons)) if roles.resources.is_empty() => persons.resources,
        (Ok(roles), _) => roles.resources,
        (Err(ApiError::NotOffered), Ok(persons)) => persons.resources,
        (Err(error), _) => return Err(error),
    };
    let resources = super::directory::complete(client, resources).await;
    let facts = fhir::convert::list_facts(&client.source().id, &resources);
    let mut readers = readers(&facts.directory);
    // As they are suggested; others after them, as they came.
    readers.sort_by_key(|it| {
        suggested
            .iter()
            .position(|id| *id == it.role_id)
            .unwrap_or(usize::MAX)
    });
    Ok(readers)
}

fn readers(directory: &[DirectoryEntry]) -> Vec<Reader> {
    let of_kind = |kind: &str| {
        let kind = kind.to_owned();
        directory
            .iter()
            .filter(move |it| it.origin.resource.kind == kind)
    };
    let roles: Vec<Reader> = of_kind("PractitionerRole")
        .map(|role| reader(role, directory))
        .collect();
    let mut readers = if roles.is_empty() {
        of_kind("Practitioner")
            .map(|person| reader(person, directory))
            .collect()
    } else {
        roles
    };
    readers.retain(|it| !it.name.is_empty());
    readers
}

fn reader(entry: &DirectoryEntry, directory: &[DirectoryEntry]) -> Reader {
    let is_role = entry.origin.resource.kind == "PractitionerRole";
    let behind = entry.practitioner.as_ref();
    let reference = if is_role {
        behind.and_then(|it| it.reference.as_ref())
    } else {
        Some(&entry.origin.resource)
    };
    let person = directory
        .iter()
        .find(|it| reference == Some(&it.origin.resource));
    let person_name = person.and_then(|it| it.person.as_ref()).map(|name| {
        let parts = name
            .given
            .iter()
            .take(1)
            .chain(&name.family)
            .cloned()
            .collect::<Vec<_>>()
            .join(" ");
        if parts.is_empty() {
            name.text.clone().unwrap_or_default()
        } else {
            parts
        }
    });
    let display = behind.and_then(|it| it.name.clone());
    Reader {
        role_id: if is_role {
            entry.origin.resource.id.to_string()
        } else {
            String::new()
        },
        practitioner_id: reference.map(|it| it.id.to_string()).unwrap_or_default(),
        name: person_name.or(display).unwrap_or_default(),
        role: entry
            .roles
            .first()
            .and_then(|it| it.label())
            .unwrap_or_default()
            .to_owned(),
        organisation: entry
            .organisation
            .as_ref()
            .and_then(|it| it.name.clone())
            .unwrap_or_default(),
    }
}
