//! A section of a plan while somebody writes it: what is typed here, what this device keeps, what the record has. Says
//! what is to be done next, and takes in how that went; nothing that was typed is ever dropped.
//!
//! Whether something that was sent has arrived is not always known: then the record is read before anything is sent
//! again, and what had arrived is recognised by what it says.

mod stands;
mod told;

pub use stands::{Choice, Draft, OnDevice, OnRecord, Step};

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::Problem;
use crate::domain::section::{Clash, Entry, EntryId, Field, Merged, Part, Section, is_same, merge};
use crate::domain::time::london;

/// What is called how from now on.
type Names = BTreeMap<String, String>;

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
    /// The reader has asked for it to be saved.
    wanted: bool,
    under_way: bool,
    /// What was sent last, while it is not known whether it has arrived.
    sent: Option<Vec<Entry>>,
    /// What the record has may not be what was read.
    unsure: bool,
    failures: u32,
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

    /// From a draft that this device has kept since `at`. The record is read again before anything is written.
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
        } = draft;
        Self {
            section,
            name: name.to_owned(),
            base,
            mine,
            clashes,
            sent,
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
        self.begun += 1;
        let id = EntryId(format!("{}-{}", self.name, self.begun));
        self.mine.push(Entry {
            id: id.clone(),
            part,
            text: String::new(),
        });
        id
    }

    /// Blank entries under these headings that belong together; what they are called.
    pub fn add_together(&mut self, parts: &[Part]) -> String {
        self.begun += 1;
        let group = format!("{}-{}", self.name, self.begun);
        let new = parts.iter().map(|part| Entry {
            id: EntryId::of(&group, *part),
            part: *part,
            text: String::new(),
        });
        self.mine.extend(new);
        group
    }

    /// A name of its own for something that is new from now on; what belongs together stays so.
    fn fresh(&mut self, it: &Entry, names: &mut Names) -> EntryId {
        let known = it.group().and_then(|group| names.get(group));
        let name = known.cloned().unwrap_or_else(|| {
            self.begun += 1;
            format!("{}-{}", self.name, self.begun)
        });
        let Some(group) = it.group() else {
            return EntryId(name);
        };
        let id = EntryId::of(&name, it.part);
        names.insert(group.to_owned(), name);
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
            let id = self.fresh(&it, &mut names);
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
            // A member whom they took away goes with everything that is said of them.
            (Part::Field(Field::Member), Choice::Theirs) if theirs.is_empty() => {
                let own = self.mine.iter().find(|it| it.id == *id);
                own.and_then(Entry::group).map(str::to_owned)
            }
            _ => None,
        };
        if whole.is_some() {
            let own = |it: &Entry| it.group() == whole.as_deref();
            self.mine.retain(|it| !own(it));
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

    /// The reader wants it in the record. What is wrong with it, or undecided, keeps it from being sent.
    pub fn save(&mut self, now: DateTime<Utc>) {
        let today = london(now).date();
        self.wanted = self.errors(today).is_empty() && self.clashes.is_empty();
        self.next = None;
        self.failures = 0;
        self.blamed.clear();
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
        if self.under_way || !self.wanted || waits {
            return Step::Nothing;
        }
        if !self.clashes.is_empty() {
            self.wanted = false;
            self.record = OnRecord::AsRead;
            return Step::Nothing;
        }
        self.record = OnRecord::Saving;
        if self.unsure {
            self.under_way = true;
            return Step::Read;
        }
        if is_same(&self.mine, &self.base) {
            // What was sent had arrived.
            self.saved(now);
            return Step::Nothing;
        }
        self.under_way = true;
        self.mine.iter_mut().for_each(Entry::settle);
        self.sent = Some(self.mine.clone());
        // The device keeps what is sent before it is: there may be nobody here when the answer comes.
        self.revision += 1;
        Step::Write(self.mine.clone())
    }

    /// The record has this now: read because it was to be, or because somebody else has changed it.
    pub fn read(&mut self, theirs: Vec<Entry>) {
        self.under_way = false;
        self.unsure = false;
        if let Some(sent) = self.sent.take() {
            self.base = arrived(&self.base, &sent, &theirs);
        }
        self.take_in(theirs);
    }

    fn take_in(&mut self, theirs: Vec<Entry>) {
        let mut merged = merge(&self.base, &self.mine, &theirs);
        self.begin_again(&mut merged, &theirs);
        let known = |id: &EntryId| merged.entries.iter().any(|it| it.id == *id);
        // A blank place that somebody has just begun stays where it is.
        let is_begun = |id: &EntryId| !self.base.iter().any(|it| it.id == *id);
        let blank: Vec<Entry> = self
            .mine
            .iter()
            .filter(|it| it.is_blank() && is_begun(&it.id) && !known(&it.id))
            .cloned()
            .collect();
        self.mine = merged.entries;
        self.mine.extend(blank);
        for clash in merged.clashes {
            if !self.clashes.iter().any(|it| it.id == clash.id) {
                self.clashes.push(clash);
            }
        }
        for clash in &mut self.clashes {
            let now = theirs.iter().find(|it| it.id == clash.id);
            clash.theirs = now.and_then(Entry::says).map(str::to_owned);
        }
        // Both say the same by now.
        let mine = &self.mine;
        self.clashes.retain(|it| {
            let own = mine.iter().find(|own| own.id == it.id);
            own.and_then(Entry::says) != it.theirs.as_deref()
        });
        self.base = theirs;
        self.revision += 1;
    }

    /// What is kept here and is not there any more is a new entry from now on, with a name of its own.
    fn begin_again(&mut self, merged: &mut Merged, theirs: &[Entry]) {
        let is_there = |id: &EntryId| theirs.iter().any(|it| it.id == *id);
        let mut names = Names::default();
        for entry in &mut merged.entries {
            let was_there = self.base.iter().any(|it| it.id == entry.id);
            if is_there(&entry.id) || !was_there {
                continue;
            }
            let id = self.fresh(entry, &mut names);
            let old = std::mem::replace(&mut entry.id, id.clone());
            let clashes = merged.clashes.iter_mut().chain(&mut self.clashes);
            for clash in clashes.filter(|it| it.id == old) {
                clash.id = id.clone();
            }
        }
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

    fn saved(&mut self, now: DateTime<Utc>) {
        self.wanted = false;
        self.unsure = false;
        self.failures = 0;
        self.failing = None;
        self.next = None;
        self.record = OnRecord::Saved(now);
    }

    /// Reading or writing has failed. `Problem::Changed` is: the record has another version.
    pub fn failed(&mut self, problem: Problem, now: DateTime<Utc>) {
        self.under_way = false;
        self.unsure = true;
        if problem == Problem::Changed {
            self.sent = None;
            self.next = None;
            return;
        }
        if !problem.is_passing() {
            self.wanted = false;
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

/// What both began from, when some of what I sent has arrived: that is no change of theirs.
fn arrived(base: &[Entry], sent: &[Entry], theirs: &[Entry]) -> Vec<Entry> {
    let text = |all: &[Entry], id: &EntryId| {
        let said = all.iter().find(|it| it.id == *id);
        said.and_then(Entry::says).map(str::to_owned)
    };
    let is_there = |it: &&Entry| text(sent, &it.id) == text(theirs, &it.id);
    let there: Vec<&Entry> = sent.iter().filter(is_there).collect();
    let other = |it: &&Entry| !there.iter().any(|own| own.id == it.id);
    let kept = base.iter().filter(other).cloned();
    let came = there.iter().filter(|it| !it.is_blank());
    kept.chain(came.map(|it| (*it).clone())).collect()
}

#[cfg(test)]
#[path = "editing_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
