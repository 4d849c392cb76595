//! A section of a plan while somebody writes it: what is typed here, what this device keeps, what the record has. Says
//! what is to be done next, and takes in how that went; nothing that was typed is ever dropped.
//!
//! What the writer has asked to be saved is what is sent, whatever is typed meanwhile: half a sentence never goes on its
//! way by itself. Whether something that was sent has arrived is not always known: then the record is read before
//! anything is sent again, and what had arrived is recognised by what it says.

mod coming;
mod groups;
mod stands;
mod told;

pub use stands::{Choice, Draft, OnDevice, OnRecord, Outcome, Step};

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::Problem;
use crate::domain::section::{Asked, Clash, Entry, EntryId, Field, Part, Section, is_same};
use crate::domain::time::london;

/// What is called how from now on.
type Names = BTreeMap<String, String>;

/// How often somebody else may be faster before it is waited: a record that says so every time means something else.
const CHANGED_TRIES: u32 = 3;
const FIRST_WAIT_SECONDS: i64 = 4;
const LONGEST_WAIT_SECONDS: i64 = 60;

/// One section, one writer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Editing {
    section: Section,
    /// As the record had it when it was last read or written.
    base: Vec<Entry>,
    mine: Vec<Entry>,
    clashes: Vec<Clash>,
    record: OnRecord,
    /// What the writer has asked to be saved.
    asked: Option<Asked>,
    under_way: bool,
    /// What was sent last, while it is not known whether it has arrived.
    sent: Option<Vec<Entry>>,
    /// What the record has may not be what was read.
    unsure: bool,
    failures: u32,
    /// How often somebody else was faster, one time after the other.
    overtaken: u32,
    failing: Option<DateTime<Utc>>,
    next: Option<DateTime<Utc>>,
    /// Another one with everything that is typed or merged.
    revision: u64,
    kept: Option<(u64, DateTime<Utc>)>,
    name: String,
    /// How many entries were begun here.
    begun: u64,
    /// What the record says is wrong with what was sent.
    blamed: Vec<(EntryId, String)>,
}

impl Editing {
    /// As the record has it. `name` is that of this writing and of no other: ids of what is begun here have it.
    pub fn open(section: Section, base: Vec<Entry>, name: &str) -> Self {
        Self {
            section,
            mine: base.clone(),
            base,
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// From a draft that this device has kept since `at`. The record is read again before anything is written; what was
    /// asked to be saved goes on by itself.
    pub fn restore(
        section: Section,
        base: Vec<Entry>,
        draft: Draft,
        name: &str,
        at: DateTime<Utc>,
    ) -> Self {
        let Draft {
            mine,
            clashes,
            sent,
            asked,
        } = draft;
        Self {
            section,
            name: name.to_owned(),
            base,
            mine,
            clashes,
            sent,
            asked,
            unsure: true,
            kept: Some((0, at)),
            ..Self::default()
        }
    }

    /// Something was typed.
    pub fn write(&mut self, id: &EntryId, text: &str) {
        if let Some(it) = self.mine.iter_mut().find(|it| it.id == *id)
            && it.text != text
        {
            text.clone_into(&mut it.text);
            self.blamed.retain(|(own, _)| own != id);
            self.changed();
        }
    }

    /// A new, blank entry under this heading.
    pub fn add(&mut self, part: Part) -> EntryId {
        self.add_in(None, part)
    }

    /// The same in one of several that are written together.
    pub fn add_in(&mut self, group: Option<&str>, part: Part) -> EntryId {
        let id = EntryId::within(group, &self.name());
        self.mine.push(Entry {
            id: id.clone(),
            part,
            text: String::new(),
        });
        id
    }

    /// Everything as it was in another version: what has come since is taken away, what is gone comes back.
    pub fn bring_back(&mut self, entries: &[Entry]) {
        for own in &mut self.mine {
            let then = entries.iter().find(|it| it.id == own.id);
            own.text = then.map(|it| it.text.clone()).unwrap_or_default();
        }
        let known = |id: &EntryId| self.base.iter().any(|it| it.id == *id);
        let gone: Vec<Entry> = entries
            .iter()
            .filter(|it| !known(&it.id) && !it.is_blank())
            .cloned()
            .collect();
        let mut names = Names::default();
        for it in gone {
            let id = self.fresh(&it, &mut names, &self.base.clone());
            self.mine.push(Entry { id, ..it });
        }
        self.changed();
    }

    /// The reader decides about something that two people have changed.
    pub fn decide(&mut self, id: &EntryId, choice: Choice) {
        let Some(at) = self.clashes.iter().position(|it| it.id == *id) else {
            return;
        };
        let clash = self.clashes.remove(at);
        let theirs = clash.theirs.unwrap_or_default();
        let whole = match (clash.part, choice) {
            // A member whom they took away goes with everything that is said of them; so does what they took out of a form.
            (Part::Field(Field::Member) | Part::Asked(_), Choice::Theirs) if theirs.is_empty() => {
                self.group_of(id)
            }
            _ => None,
        };
        if let Some(whole) = whole {
            let own = |it: &Entry| it.is_of(&whole);
            let gone: Vec<EntryId> = self
                .mine
                .iter()
                .filter(|it| own(it))
                .map(|it| it.id.clone())
                .collect();
            self.mine.retain(|it| !own(it));
            self.clashes.retain(|it| !gone.contains(&it.id));
        }
        if let Some(mine) = self.mine.iter_mut().find(|it| it.id == *id) {
            match choice {
                Choice::Mine => {}
                Choice::Theirs => mine.text = theirs,
                Choice::Both if mine.is_blank() => mine.text = theirs,
                Choice::Both if theirs.is_empty() => {}
                Choice::Both => mine.text = format!("{theirs}\n{}", mine.text),
            }
        }
        if self.is_stopped() && self.clashes.is_empty() {
            self.decided();
        }
        self.changed();
    }

    fn changed(&mut self) {
        self.revision += 1;
        if !matches!(self.record, OnRecord::Saving) {
            self.record = match std::mem::take(&mut self.record) {
                OnRecord::Refused(_) => OnRecord::AsRead,
                other => other,
            };
        }
    }

    /// The reader wants it in the record, as it is now. What is wrong with it, or undecided, keeps it from being sent.
    /// What was asked before stays asked until then.
    pub fn save(&mut self, now: DateTime<Utc>) {
        let today = london(now).date();
        if self.errors(today).is_empty() && self.clashes.is_empty() {
            self.asked = Some(Asked {
                entries: self.mine.clone(),
                // Its place among what waits is that of the first time.
                at: self.asked.as_ref().map_or(now, |it| it.at),
                is_stopped: false,
            });
            self.revision += 1;
        }
        self.next = None;
        self.failures = 0;
        self.overtaken = 0;
        self.blamed.clear();
    }

    /// What had been stopped is tried once more, unless somebody has to decide first.
    pub fn try_again(&mut self) {
        if let Some(asked) = &mut self.asked {
            asked.is_stopped = !self.clashes.is_empty();
        }
        self.next = None;
    }

    /// The record has said what is wrong, at which entries.
    pub fn blame(&mut self, blamed: Vec<(EntryId, String)>) {
        self.blamed = blamed;
    }

    pub fn blamed(&self) -> &[(EntryId, String)] {
        &self.blamed
    }

    /// Tries at once what waits: there is a network again.
    pub fn hurry(&mut self) {
        self.next = None;
    }

    /// What is to be done now; it counts as under way until it is settled.
    pub fn step(&mut self, now: DateTime<Utc>) -> Step {
        let waits = self.next.is_some_and(|it| it > now);
        let Some(asked) = &mut self.asked else {
            return Step::Nothing;
        };
        if self.under_way || asked.is_stopped || waits {
            return Step::Nothing;
        }
        self.record = OnRecord::Saving;
        if self.unsure {
            self.under_way = true;
            return Step::Read;
        }
        if is_same(&asked.entries, &self.base) {
            if self.sent.is_some() {
                self.under_way = true;
                return Step::Finish;
            }
            self.saved(now);
            return Step::Nothing;
        }
        self.under_way = true;
        for entry in &mut asked.entries {
            let mut own = self.mine.iter_mut();
            let own = own.find(|it| it.id == entry.id && it.text == entry.text);
            entry.settle();
            if let Some(own) = own {
                own.text.clone_from(&entry.text);
            }
        }
        let sent = asked.entries.clone();
        self.sent = Some(sent.clone());
        // The device keeps what is sent before it is: there may be nobody here when the answer comes.
        self.revision += 1;
        Step::Write(sent)
    }

    /// What was sent is in the record, which has this now.
    pub fn wrote(&mut self, theirs: Vec<Entry>, now: DateTime<Utc>) {
        self.under_way = false;
        let Some(sent) = self.sent.take() else {
            return;
        };
        // What was typed since then goes on from what was sent.
        self.base = sent;
        self.take_in(theirs);
        self.saved(now);
    }

    /// What goes with what had arrived is there.
    pub fn finished(&mut self, now: DateTime<Utc>) {
        self.under_way = false;
        self.sent = None;
        self.saved(now);
    }

    /// The record has what was asked, unless more was asked since.
    fn saved(&mut self, now: DateTime<Utc>) {
        self.unsure = false;
        self.failures = 0;
        self.overtaken = 0;
        self.failing = None;
        self.next = None;
        let is_all = |it: &Asked| is_same(&it.entries, &self.base);
        if self.asked.as_ref().is_none_or(is_all) {
            self.asked = None;
            // What was typed since is kept as what nobody has asked for.
            self.revision += 1;
            self.record = OnRecord::Saved(now);
        }
    }

    /// Reading or writing has failed. `Problem::Changed` is: the record has another version.
    pub fn failed(&mut self, problem: Problem, now: DateTime<Utc>) {
        self.under_way = false;
        self.unsure = true;
        let is_changed = matches!(problem, Problem::Changed(_));
        let is_finishing = self.is_finishing();
        if is_changed {
            self.sent = self.sent.take().filter(|_| is_finishing);
            self.next = None;
            if self.overtaken < CHANGED_TRIES {
                self.overtaken += 1;
                return;
            }
        }
        if !is_changed && !problem.is_passing() {
            if let Some(asked) = &mut self.asked {
                asked.is_stopped = true;
            }
            self.revision += 1;
            self.record = OnRecord::Refused(problem);
            return;
        }
        let seconds = (FIRST_WAIT_SECONDS << self.failures.min(6)).min(LONGEST_WAIT_SECONDS);
        self.failures += 1;
        self.next = Some(now + TimeDelta::seconds(seconds));
        let since = *self.failing.get_or_insert(now);
        self.record = OnRecord::Waiting(problem, since);
    }
}

#[cfg(test)]
#[path = "editing_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
