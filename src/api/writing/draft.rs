//! What this device keeps of a section that is written.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::domain::ResourceRef;
use crate::domain::section::{Asked, Clash, Entry, EntryId, Section};
use crate::fhir::{Held, questionnaire};

/// A draft as this device keeps it: the version of the record that it began from, and what was written since.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptDraft {
    pub section: Held,
    pub mine: Vec<Entry>,
    pub clashes: Vec<Clash>,
    /// What was sent and perhaps has arrived.
    pub sent: Option<Vec<Entry>>,
    /// What was asked to be saved, and since when it waits.
    pub asked: Option<Asked>,
    /// When it was kept, by this device's clock.
    pub at: DateTime<Utc>,
}

impl KeptDraft {
    pub fn to_text(&self) -> String {
        let ids = self.section.ids().iter();
        let ids: Vec<Option<&str>> = ids.map(|it| it.as_ref().map(|it| it.0.as_str())).collect();
        let clash = |it: &Clash| {
            json!({
                "id": it.id.0, "part": it.part.key(),
                "before": it.before, "theirs": it.theirs, "mine": it.mine,
            })
        };
        let clashes: Vec<Value> = self.clashes.iter().map(clash).collect();
        json!({
            "section": self.section.section().key(),
            "form": match self.section.section() {
                Section::Form(form) => Some(form.json),
                _ => None,
            },
            "resource": self.section.resource().to_string(),
            "joins": self.section.joins().map(ToString::to_string),
            "ids": ids,
            "mine": entries(&self.mine),
            "clashes": clashes,
            "sent": self.sent.as_deref().map(entries),
            "asked": self.asked.as_ref().map(|it| json!({
                "entries": entries(&it.entries),
                "at": it.at.to_rfc3339(),
                "stopped": it.is_stopped,
            })),
            "at": self.at.to_rfc3339(),
        })
        .to_string()
    }

    /// `None` for anything that is no draft of ours, whole.
    pub fn from_text(text: &str) -> Option<Self> {
        let kept: Value = serde_json::from_str(text).ok()?;
        let list = |name: &str| kept.get(name).and_then(Value::as_array);
        let id = |it: &Value| it.as_str().map(|it| EntryId(it.to_owned()));
        let ids: Vec<Option<EntryId>> = list("ids")?.iter().map(id).collect();
        let section = match string(&kept, "form") {
            // What was asked then: the form may not be reached now.
            Some(form) => Section::Form(questionnaire(&serde_json::from_str(&form).ok()?)?),
            None => Section::of(&string(&kept, "section")?)?,
        };
        let joins = string(&kept, "joins").and_then(|it| ResourceRef::parse(&it));
        let clash = |it: &Value| {
            Some(Clash {
                id: EntryId(string(it, "id")?),
                part: section.part(&string(it, "part")?)?,
                before: string(it, "before"),
                theirs: string(it, "theirs"),
                mine: string(it, "mine"),
            })
        };
        let at = moment(&kept, "at")?;
        let held = Held::restore(section, kept.get("resource")?.as_str()?, &ids, joins)?;
        Some(Self {
            section: held.at(at),
            mine: read_entries(section, list("mine")?)?,
            clashes: list("clashes")?.iter().map(clash).collect::<Option<_>>()?,
            sent: match list("sent") {
                Some(all) => Some(read_entries(section, all)?),
                None => None,
            },
            asked: match kept.get("asked") {
                None | Some(Value::Null) => None,
                Some(it) => Some(Asked {
                    entries: read_entries(section, it.get("entries")?.as_array()?)?,
                    at: moment(it, "at")?,
                    is_stopped: it.get("stopped")?.as_bool()?,
                }),
            },
            at,
        })
    }
}

fn entries(all: &[Entry]) -> Vec<Value> {
    all.iter()
        .map(|it| json!({ "id": it.id.0, "part": it.part.key(), "text": it.text }))
        .collect()
}

fn read_entries(section: Section, all: &[Value]) -> Option<Vec<Entry>> {
    let entry = |it: &Value| {
        Some(Entry {
            id: EntryId(string(it, "id")?),
            part: section.part(&string(it, "part")?)?,
            text: string(it, "text")?,
        })
    };
    all.iter().map(entry).collect()
}

fn moment(it: &Value, name: &str) -> Option<DateTime<Utc>> {
    let read = DateTime::parse_from_rfc3339(&string(it, name)?);
    read.ok().map(|it| it.to_utc())
}

fn string(it: &Value, name: &str) -> Option<String> {
    it.get(name).and_then(Value::as_str).map(str::to_owned)
}
