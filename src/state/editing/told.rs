//! What a section that is written tells: of itself, of this device, of the record.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Draft, Editing, OnDevice, OnRecord, Outcome};
use crate::domain::section::{self, Asked, Clash, Entry, EntryError, Section, is_same};

impl Editing {
    /// What this device is to do with the draft.
    pub fn device(&self) -> OnDevice {
        if self.is_changed() {
            let kept = self
                .kept
                .is_some_and(|(revision, _)| revision == self.revision);
            if kept {
                OnDevice::Kept
            } else {
                OnDevice::Keep(self.revision)
            }
        } else if self.kept.is_some() {
            OnDevice::Forget
        } else {
            OnDevice::Kept
        }
    }

    /// This device has kept a revision.
    pub fn kept(&mut self, revision: u64, at: DateTime<Utc>) {
        self.kept = Some((revision, at));
    }

    /// This device has no draft any more.
    pub fn forgotten(&mut self) {
        self.kept = None;
    }

    /// Whether there is something here that the record does not have.
    pub fn is_changed(&self) -> bool {
        let asks = |it: &Asked| !is_same(&it.entries, &self.base);
        !self.clashes.is_empty()
            || !is_same(&self.mine, &self.base)
            || self.asked.as_ref().is_some_and(asks)
            || self.is_finishing()
    }

    /// What was asked is in the record, and perhaps not what goes with it.
    pub(super) fn is_finishing(&self) -> bool {
        let asked = self.asked.as_ref();
        self.sent.is_some() && asked.is_some_and(|it| is_same(&it.entries, &self.base))
    }

    /// Whether something was typed since it was asked to be saved.
    pub fn is_ahead(&self) -> bool {
        let asked = self.asked.as_ref();
        asked.is_some_and(|it| !is_same(&it.entries, &self.mine))
    }

    /// What this device is to keep.
    pub fn draft(&self) -> Draft {
        Draft {
            mine: self.mine.clone(),
            clashes: self.clashes.clone(),
            sent: self.sent.clone(),
            asked: self.asked.clone(),
        }
    }

    /// Since when this device has kept everything that is typed; `None` while it has not.
    pub fn on_device(&self) -> Option<DateTime<Utc>> {
        let (revision, at) = self.kept?;
        (revision == self.revision).then_some(at)
    }

    pub fn on_record(&self) -> &OnRecord {
        &self.record
    }

    /// Whether something was sent of which it is not known whether it has arrived.
    pub fn was_sent(&self) -> bool {
        self.sent.is_some()
    }

    /// Since when it waits to be saved by itself.
    pub fn waits(&self) -> Option<DateTime<Utc>> {
        self.asked
            .as_ref()
            .filter(|it| !it.is_stopped)
            .map(|it| it.at)
    }

    /// It was asked to be saved, and is not sent by itself any more.
    pub fn is_stopped(&self) -> bool {
        self.asked.as_ref().is_some_and(|it| it.is_stopped)
    }

    /// What has come of what was asked, when there is nothing to do now. `None` where nothing was asked and nothing came.
    pub fn outcome(&self) -> Option<Outcome> {
        match &self.record {
            OnRecord::Saved(_) => Some(Outcome::Saved),
            OnRecord::Waiting(why, _) => Some(Outcome::Waits(why.clone())),
            OnRecord::Refused(why) => Some(Outcome::Refused(why.clone())),
            OnRecord::AsRead | OnRecord::Saving => self.is_stopped().then_some(Outcome::Undecided),
        }
    }

    /// Another number with everything that is typed or merged.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub fn section(&self) -> Section {
        self.section
    }

    pub fn base(&self) -> &[Entry] {
        &self.base
    }

    /// What is written here, blank places included.
    pub fn entries(&self) -> &[Entry] {
        &self.mine
    }

    /// What both have changed, with mine as it is now.
    pub fn clashes(&self) -> Vec<Clash> {
        let now = |it: &Clash| {
            let own = self.mine.iter().find(|own| own.id == it.id);
            Clash {
                mine: own.and_then(Entry::says).map(str::to_owned),
                ..it.clone()
            }
        };
        self.clashes.iter().map(now).collect()
    }

    /// What keeps it from being saved on this day.
    pub fn errors(&self, today: NaiveDate) -> Vec<EntryError> {
        section::errors(self.section, &self.base, &self.mine, today)
    }
}
