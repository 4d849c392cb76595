//! What comes from the record goes in beside what is written here.

use super::{Editing, Names, OnRecord};
use crate::domain::section::{Entry, EntryId, Merged, came_as, is_same, merge};

impl Editing {
    /// The record has this now: read because it was to be, or because somebody else has changed it.
    pub fn read(&mut self, theirs: Vec<Entry>) {
        self.under_way = false;
        self.unsure = false;
        let sent = self.sent.take();
        let is_there = sent
            .as_ref()
            .is_some_and(|it| is_there(&self.base, it, &theirs));
        if let Some(sent) = &sent {
            self.base = arrived(&self.base, sent, &theirs);
        }
        self.take_in(theirs);
        // What goes with it may not have arrived.
        self.sent = sent.filter(|_| is_there);
        if !self.is_finishing() {
            self.sent = None;
        }
    }

    pub(super) fn take_in(&mut self, theirs: Vec<Entry>) {
        let mut merged = merge(&self.base, &self.mine, &theirs);
        let renamed = self.begin_again(&mut merged, &theirs);
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
        self.take_in_beside_asked(&theirs, &renamed);
        self.base = theirs;
        self.revision += 1;
    }

    /// What is asked to be saved goes on with what others have changed elsewhere; what both have changed stops it, until
    /// a person has decided.
    fn take_in_beside_asked(&mut self, theirs: &[Entry], renamed: &[(EntryId, EntryId)]) {
        let Some(asked) = &mut self.asked else {
            return;
        };
        let mut merged = merge(&self.base, &asked.entries, theirs);
        let name = |id: &EntryId| {
            let new = renamed.iter().find(|(old, _)| old == id);
            new.map_or_else(|| id.clone(), |it| it.1.clone())
        };
        for entry in &mut merged.entries {
            entry.id = name(&entry.id);
        }
        for clash in &merged.clashes {
            let id = name(&clash.id);
            if self.clashes.iter().any(|it| it.id == id) {
                asked.is_stopped = true;
                self.record = OnRecord::AsRead;
            } else if let Some(entry) = merged.entries.iter_mut().find(|it| it.id == id) {
                // It was taken back here since it was asked.
                entry.text = clash.theirs.clone().unwrap_or_default();
            }
        }
        asked.entries = merged.entries;
        if asked.is_stopped && self.clashes.is_empty() && is_same(&self.mine, theirs) {
            self.asked = None;
        }
    }

    /// What is decided is what waits from now on, once it is asked to be saved again.
    pub(super) fn decided(&mut self) {
        if is_same(&self.mine, &self.base) {
            self.asked = None;
        } else if let Some(asked) = &mut self.asked {
            asked.entries.clone_from(&self.mine);
        }
    }

    /// What is kept here and is not there any more is a new entry from now on, with a name of its own: the old name and
    /// the new one.
    fn begin_again(&mut self, merged: &mut Merged, theirs: &[Entry]) -> Vec<(EntryId, EntryId)> {
        let is_there = |id: &EntryId| theirs.iter().any(|it| it.id == *id);
        let mut names = Names::default();
        let mut renamed = Vec::new();
        for entry in &mut merged.entries {
            let was_there = self.base.iter().any(|it| it.id == entry.id);
            if is_there(&entry.id) || !was_there {
                continue;
            }
            let id = self.fresh(entry, &mut names, theirs);
            let old = std::mem::replace(&mut entry.id, id.clone());
            let clashes = merged.clashes.iter_mut().chain(&mut self.clashes);
            for clash in clashes.filter(|it| it.id == old) {
                clash.id = id.clone();
            }
            renamed.push((old, id));
        }
        renamed
    }
}

fn says<'a>(all: &'a [Entry], id: &EntryId) -> Option<&'a str> {
    let own = all.iter().find(|it| it.id == *id);
    own.and_then(Entry::says)
}

/// Whether everything that was changed with it is there. What was known to be there is no change any more.
fn is_there(base: &[Entry], sent: &[Entry], theirs: &[Entry]) -> bool {
    let ids = base.iter().chain(sent).map(|it| &it.id);
    let mut changed = ids.filter(|id| says(base, id) != says(sent, id));
    changed.all(|id| came_as(says(sent, id), says(theirs, id)))
}

/// What both began from, when some of what I sent has arrived: that is no change of theirs.
fn arrived(base: &[Entry], sent: &[Entry], theirs: &[Entry]) -> Vec<Entry> {
    let is_there = |it: &&Entry| {
        let there = theirs.iter().find(|there| there.id == it.id);
        came_as(it.says(), there.and_then(Entry::says))
    };
    let there: Vec<&Entry> = sent.iter().filter(is_there).collect();
    let other = |it: &&Entry| !there.iter().any(|own| own.id == it.id);
    let kept = base.iter().filter(other).cloned();
    let came = there.iter().filter(|it| !it.is_blank());
    kept.chain(came.map(|it| (*it).clone())).collect()
}
