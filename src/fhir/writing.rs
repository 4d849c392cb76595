//! A section as it is written: the resource as it was received, with what of it can be edited here. Only named paths
//! change; everything else of the resource goes back as it came.

mod activities;
mod answers;
mod begin;
mod fields;
mod links;
mod members;
mod notes;
mod pairs;
mod people;
mod period;
mod provenance;
mod review_due;
mod standing;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::element::raw_text;
use super::{Resource, subjects};
use crate::domain::section::{Entry, EntryId, Field, Part, Section};
use crate::domain::{PatientId, ResourceRef};
pub use begin::BEGUN;
pub use links::{is_joined, join};
pub use provenance::provenance;

/// A section of the record, or one that is not in the record yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    section: Section,
    resource: Resource,
    /// Of each activity of a crisis plan, of each member of a team, of each time that a group of a form is answered.
    ids: activities::Ids,
    /// The plan that names it, once both are in the record.
    joins: Option<ResourceRef>,
    /// When it was opened to be written.
    now: period::Now,
}

impl Held {
    /// `None` for anything but the section's own kind of resource, with an id.
    pub fn open(section: Section, resource: Resource) -> Option<Self> {
        let value = resource.value();
        let readable = match section {
            Section::Crisis | Section::Plan => activities::is_readable(value),
            Section::Team => members::is_readable(value),
            // What turns the meaning of the rest around is not known here.
            _ => value.get("modifierExtension").is_none(),
        };
        let fits = resource.kind() == section.kind() && resource.id().is_some() && readable;
        let ids = ids_of(section, value);
        fits.then_some(Self {
            section,
            resource,
            ids,
            joins: None,
            now: None,
        })
    }

    /// Opened at this moment, which tells who of a team is in office. It stays the same for what is read later: nobody has
    /// changed anything because a day is over.
    #[must_use]
    pub fn at(mut self, now: DateTime<Utc>) -> Self {
        self.now = Some(now);
        self
    }

    /// One that is not in the record yet, of the person's plan where there is one. `id` makes it the same one however
    /// often it is sent.
    pub fn begin(
        section: Section,
        patient: &PatientId,
        plan: Option<&ResourceRef>,
        author: Option<(&ResourceRef, &str)>,
        id: &str,
        now: DateTime<Utc>,
    ) -> Self {
        let joins = matches!(section, Section::Goal | Section::Action | Section::Team)
            .then_some(plan)
            .flatten();
        Self {
            resource: begin::resource(section, patient, plan, author, id, now),
            section,
            ids: Vec::new(),
            joins: joins.cloned(),
            now: Some(now),
        }
    }

    /// From what was kept on the device, whether the record has it or not.
    pub fn restore(
        section: Section,
        text: &str,
        ids: &[Option<EntryId>],
        joins: Option<ResourceRef>,
    ) -> Option<Self> {
        let resource = Resource::parse(text).ok()?;
        let value = resource.value();
        let (places, ids) = match section {
            Section::Team => {
                let places = members::participants(value).len();
                (places, members::named(value, ids.to_vec()))
            }
            Section::Crisis => {
                let places = activities::activities(value).len();
                (places, activities::named(value, ids.to_vec()))
            }
            Section::Form(form) => {
                let all = answers::ids(value, form);
                let kept = if ids.is_empty() {
                    all.clone()
                } else {
                    ids.to_vec()
                };
                (all.len(), answers::named(value, form, &kept))
            }
            _ => (0, Vec::new()),
        };
        let whole = places == ids.len();
        (resource.kind() == section.kind() && whole).then_some(Self {
            section,
            resource,
            ids,
            joins,
            now: None,
        })
    }

    pub fn section(&self) -> Section {
        self.section
    }

    pub fn ids(&self) -> &[Option<EntryId>] {
        &self.ids
    }

    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// The plan that is to name it.
    pub fn joins(&self) -> Option<&ResourceRef> {
        self.joins.as_ref()
    }

    /// The same, without a plan that is to name it.
    #[must_use]
    pub fn alone(&self) -> Self {
        Self {
            joins: None,
            ..self.clone()
        }
    }

    /// `None` while the record does not have it.
    pub fn reference(&self) -> Option<ResourceRef> {
        self.resource.reference()
    }

    /// The version that it was read at; empty for one that the record does not have.
    pub fn version(&self) -> &str {
        self.resource.version().unwrap_or_default()
    }

    /// The status of what has been ended in the record, where this section does not write it: whoever writes is told.
    pub fn over(&self) -> Option<&str> {
        let others = [Section::Crisis, Section::Team, Section::AboutMe];
        let is_others = others.contains(&self.section) || matches!(self.section, Section::Form(_));
        let status = self.resource.value().get("status")?.as_str()?;
        // An answered form is completed as a rule; a plan that is completed is over.
        let ended: &[&str] = match self.section.kind() {
            "CarePlan" => &["revoked", "completed", "entered-in-error"],
            "CareTeam" => &["inactive", "entered-in-error"],
            _ => &["stopped", "entered-in-error"],
        };
        (is_others && ended.contains(&status)).then_some(status)
    }

    /// The identifier by which one that was begun here is found again.
    pub fn begun(&self) -> Option<String> {
        let all = self.resource.value().get("identifier")?;
        let all = all
            .as_array()
            .map_or(std::slice::from_ref(all), Vec::as_slice);
        let own = all
            .iter()
            .find(|it| raw_text(it, "system") == Some(BEGUN))?;
        raw_text(own, "value").map(str::to_owned)
    }

    pub fn is_about(&self, patient: &PatientId) -> bool {
        let about = subjects(self.resource.value());
        matches!(about.as_slice(), [one] if one.kind == "Patient" && *one.id == *patient.as_str())
    }

    /// What can be edited; blank where the record says nothing.
    pub fn entries(&self) -> Vec<Entry> {
        let value = self.resource.value();
        if self.section == Section::Team {
            return members::entries(value, &self.ids, self.now);
        }
        if self.section == Section::Crisis {
            let mut all = activities::entries(value, &self.ids);
            all.extend(links::entries(value, Field::Callee));
            return all;
        }
        if let Section::Form(form) = self.section {
            return answers::entries(value, form, &self.ids);
        }
        let mut all = Vec::new();
        for part in self.section.parts() {
            let Part::Field(field) = part else { continue };
            if part.is_list() {
                all.extend(links::entries(value, field));
            } else if let Some(text) = fields::read(value, field, self.now) {
                all.push(Entry {
                    id: EntryId(field.key().to_owned()),
                    part,
                    text,
                });
            }
        }
        all
    }

    /// A newer version of the same: its entries keep the ids of those that they were made from.
    #[must_use]
    pub fn follow(&self, newer: Resource, sent: &[Entry]) -> Self {
        let (old, new) = (self.resource.value(), newer.value());
        let version = newer.version().unwrap_or_default();
        let ids = match self.section {
            Section::Crisis => activities::follow(old, &self.ids, new, version, sent),
            Section::Team => members::follow(old, &self.ids, new, version, sent),
            Section::Form(form) => answers::follow((old, &self.ids), new, form, version, sent),
            _ => Vec::new(),
        };
        Self {
            ids,
            resource: newer,
            ..self.clone()
        }
    }

    /// With these entries: what differs is changed, what is blank is taken away, what is new is added.
    #[must_use]
    pub fn edited(&self, entries: &[Entry]) -> Self {
        let mut value = self.resource.value().clone();
        let mut ids = self.ids.clone();
        if self.section == Section::Crisis {
            activities::edited(&mut value, &mut ids, entries);
        }
        if self.section == Section::Team {
            members::edited(&mut value, &mut ids, entries, self.now);
        }
        if let Section::Form(form) = self.section {
            answers::edited(&mut value, form, &mut ids, entries);
        }
        let others = self.section.parts().into_iter();
        for part in others.filter(|_| self.section != Section::Team) {
            let Part::Field(field) = part else { continue };
            if part.is_list() {
                links::edited(&mut value, field, entries);
                continue;
            }
            let wanted = entries.iter().find(|it| it.part == part);
            if let (Some(wanted), Some(before)) = (wanted, fields::read(&value, field, self.now))
                && wanted.says() != Some(before.trim()).filter(|it| !it.is_empty())
            {
                fields::write(&mut value, field, wanted.says(), self.now);
            }
        }
        if self.section == Section::Crisis {
            // Somebody to contact may have come under a heading of their own.
            let more = activities::activities(&value)
                .len()
                .saturating_sub(ids.len());
            let version = self.version();
            let first = ids.len();
            ids.extend((0..more).map(|it| Some(EntryId(format!("#{version}+{}", first + it)))));
            ids = activities::named(&value, ids);
        }
        Self {
            resource: Resource::from_value(value).unwrap_or_else(|| self.resource.clone()),
            ids,
            ..self.clone()
        }
    }

    /// Which entry an element of it is, by its FHIR path as a server names it: `Goal.target[0].dueDate`.
    pub fn entry_at(&self, path: &str) -> Option<EntryId> {
        let path = path
            .strip_prefix(self.section.kind())
            .map_or(path, |it| it.trim_start_matches('.'));
        if let Section::Form(form) = self.section {
            return answers::at(self.resource.value(), form, &self.ids, path);
        }
        let mut steps = path.split('.');
        let first = steps.next()?;
        let (name, at) = match first.split_once('[') {
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse::<usize>().ok()),
            None => (first, None),
        };
        if self.section == Section::Team {
            let group = self
                .ids
                .get(at.filter(|_| name == "participant")?)?
                .as_ref()?;
            let field = members::at(steps.next());
            return Some(EntryId::of(&group.0, Part::Field(field)));
        }
        if self.section == Section::Crisis {
            return (name == "activity")
                .then(|| self.ids.get(at?).cloned().flatten())
                .flatten();
        }
        let field = fields::at(self.section, self.resource.value(), name, at, steps.next())?;
        Some(EntryId(field.key().to_owned()))
    }

    /// Whether another version differs in more than what can be edited here and what the source keeps by itself.
    pub fn differs_beside(&self, other: &Self) -> bool {
        let bare = |of: &Self| {
            let mut value = of.resource.value().clone();
            if let Some(members) = value.as_object_mut() {
                for own in [
                    "meta",
                    "text",
                    "authored",
                    "lastModified",
                    "statusDate",
                    "questionnaire",
                ] {
                    members.shift_remove(own);
                }
            }
            value
        };
        bare(&self.edited(&other.entries())) != bare(&other.edited(&other.entries()))
    }

    /// With the moment at which it says that it was changed, where its kind says so. Answers also say who has written
    /// them down: a new moment beside an old author would say that somebody wrote what they did not.
    #[must_use]
    pub fn stamped(
        mut self,
        before: &Self,
        (who, name): (&ResourceRef, &str),
        now: DateTime<Utc>,
    ) -> Self {
        if self.resource == before.resource && self.reference().is_some() {
            return self;
        }
        let moment = now.to_rfc3339_opts(SecondsFormat::Secs, true);
        let day = crate::domain::time::london(now).date().to_string();
        let author = json!({ "reference": who.to_string(), "display": name });
        let mut value = self.resource.value().clone();
        let status = |of: &Self| of.resource.value().get("lifecycleStatus").cloned();
        let has_moved = status(&self) != status(before);
        if let Some(members) = value.as_object_mut() {
            match self.section {
                Section::AboutMe => {
                    members.insert("authored".to_owned(), moment.into());
                    members.insert("author".to_owned(), author);
                }
                Section::Form(form) => {
                    members.insert("authored".to_owned(), moment.into());
                    members.insert("author".to_owned(), author);
                    // Answered with this version of the form.
                    members.insert("questionnaire".to_owned(), begin::canonical(form).into());
                }
                Section::Action => _ = members.insert("lastModified".to_owned(), moment.into()),
                Section::Goal if has_moved => {
                    members.insert("statusDate".to_owned(), day.into());
                }
                _ => {}
            }
        }
        if let Some(resource) = Resource::from_value(value) {
            self.resource = resource;
        }
        self
    }
}

fn ids_of(section: Section, value: &Value) -> activities::Ids {
    match section {
        Section::Crisis => activities::places(value),
        Section::Team => members::places(value),
        Section::Form(form) => answers::ids(value, form),
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[path = "writing_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
