//! Where the sections of a part of the plan are opened to be written, one at a time.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use crate::domain::ResourceRef;
use crate::domain::section::Section;
use crate::pages::patient::opened::Opened;
use crate::pages::patient::plan::part::come_back;
use crate::pages::patient::plan::state::Part;
use crate::store::pause;
use crate::store::writing::{self, Offered, Wanted};

/// What is open to be written of this section, and what was said of it last.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Where it stands on the page.
    pub(super) home: Part,
    /// What is written here.
    sections: StoredValue<Vec<Section>>,
    opened: StoredValue<Opened, LocalStorage>,
    /// Of the section: what is asked for when the editor is left belongs to it.
    owner: StoredValue<Owner>,
    pub wanted: RwSignal<Option<Wanted>>,
    /// It has come: until then, and where it cannot be had, what is read stays where it is.
    pub(super) there: RwSignal<bool>,
    pub(super) drafts: RwSignal<Vec<Offered>>,
    pub(super) said: RwSignal<Option<String>>,
    /// What of the record is open to be written.
    pub(super) mine: RwSignal<Option<ResourceRef>>,
}

impl Desk {
    pub fn new(it: Opened, home: Part, sections: &[Section]) -> Self {
        let desk = Self {
            home,
            sections: StoredValue::new(sections.to_vec()),
            opened: StoredValue::new_local(it),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            wanted: RwSignal::new(None),
            there: RwSignal::new(false),
            drafts: RwSignal::new(Vec::new()),
            said: RwSignal::new(None),
            mine: RwSignal::new(None),
        };
        desk.look_for_drafts();
        desk.follow_what_waits();
        desk
    }

    /// What waits to be saved goes by itself: what is offered here follows; and opens what its writer wants to see.
    fn follow_what_waits(self) {
        let outgoing = writing::outgoing::of(self.it().store);
        Effect::new(move |_| {
            outgoing.list.track();
            outgoing.to_open.track();
            outgoing.elsewhere.track();
            self.look_for_drafts();
        });
    }

    /// The person.
    pub(super) fn it(self) -> Opened {
        self.opened.get_value()
    }

    /// What is written here.
    pub(super) fn sections(self) -> Vec<Section> {
        self.sections.get_value()
    }

    fn look_for_drafts(self) {
        let it = self.it();
        spawn(async move {
            let mut found = writing::drafts(it.store, &it.id.get_value()).await;
            let own = self.sections.try_get_value().unwrap_or_default();
            found.retain(|it| own.contains(&it.section));
            self.open_wanted(&found);
            self.drafts.try_set(found);
        });
    }

    fn open_wanted(self, found: &[Offered]) {
        let outgoing = writing::outgoing::of(self.it().store);
        let name = outgoing.to_open.try_get_untracked().flatten();
        let own = found.iter().find(|it| Some(&it.name) == name.as_ref());
        if let Some(own) = own {
            outgoing.to_open.set(None);
            if self.wanted.try_with_untracked(Option::is_none) == Some(true) {
                self.open(Wanted::Draft(own.name.clone()));
            }
        }
    }

    pub fn open(self, wanted: Wanted) {
        self.said.set(None);
        self.there.set(false);
        self.wanted.set(Some(wanted));
    }

    /// The editor is left; `said` is what came of it.
    pub fn close(self, said: Option<String>) {
        self.there.try_set(false);
        self.wanted.try_set(None);
        self.said.try_set(said);
        let Some(owner) = self.owner.try_get_value() else {
            return;
        };
        owner.with(|| {
            self.look_for_drafts();
            spawn(async move {
                // After what stands there now has been drawn.
                pause(Duration::from_millis(50)).await;
                come_back(self.home.id());
            });
        });
    }
}
