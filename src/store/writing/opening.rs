//! A section is opened to be written: as the record has it, as a draft of this device, as it was once, or new.

use futures::future::join;
use leptos::prelude::*;

use super::drafts::{self, Offered, draft_name, owner, place_of, restored, turn_of};
use super::outgoing::vault_of;
use super::{Device, New, Wanted, Writing};
use crate::api::session::Reader;
use crate::api::writing::{self, Held};
use crate::domain::section::{EntryId, Field, Part, Section};
use crate::domain::{PatientId, ResourceRef};
use crate::state::Problem;
use crate::state::editing::Editing;
use crate::store::health::Watch;
use crate::store::problem::problem;
use crate::transport::clock;
use crate::transport::vault::{self, Vault};
use crate::transport::windows::{self, Turn};

/// Who writes, about whom.
struct Desk<'a> {
    reader: &'a Reader,
    patient: &'a PatientId,
    vault: Option<&'a Vault>,
    /// Of this writing and no other.
    name: &'a str,
}

impl Writing {
    pub(super) async fn begin(self, wanted: Wanted) -> Option<()> {
        let store = self.store.try_get_value()?;
        let reader = store.reader.try_get_untracked().flatten()?;
        let patient = self.patient()?;
        // Side by side: what the record has, and what this device has kept.
        let ((vault, waiting), there) = join(
            kept(&reader, &patient, wanted.there()),
            self.read_first(&patient, wanted.place()),
        )
        .await;
        let device = if vault.is_some() {
            Device::Keeps
        } else {
            Device::KeepsNothing
        };
        self.device.try_set(device);
        let name = vault::fresh_name();
        let desk = Desk {
            reader: &reader,
            patient: &patient,
            vault: vault.as_ref(),
            name: &name,
        };
        let focus = match &wanted {
            Wanted::Member(_, who) => Some((who.clone(), true)),
            Wanted::New(it) => Some((None, it.section == Section::Team)),
            _ => None,
        };
        match self.opened(wanted, there, waiting, &desk).await {
            Ok((held, mut editing, draft)) => {
                let own = draft_name(&owner(&reader), &patient, &held, &name);
                if let Some((who, is_team)) = focus {
                    self.who.set_value(who.clone());
                    if is_team && who.is_none() {
                        editing.add_together(&Field::MEMBER.map(Part::Field));
                    }
                }
                let is_begun = draft.is_some();
                ready_to_write(&held, &mut editing, !is_begun);
                self.hold(held);
                self.desk.try_update_value(|it| {
                    it.vault = vault;
                    it.draft = draft.unwrap_or_else(|| own.clone());
                });
                self.editing.try_set(Some(editing));
                // What goes on with a draft has its turn already; nobody else knows of a new one before it is kept.
                if !is_begun {
                    self.take_turn(&own).await;
                }
                Some(())
            }
            Err(problem) => {
                self.failed.try_set(Some((problem, clock::now())));
                None
            }
        }
    }

    /// With the name of the draft that it goes on with.
    async fn opened(
        self,
        wanted: Wanted,
        there: Result<Held, Problem>,
        waiting: Option<String>,
        desk: &Desk<'_>,
    ) -> Result<(Held, Editing, Option<String>), Problem> {
        let plain = |held: Held| {
            let editing = Editing::open(held.section(), held.entries(), desk.name);
            (held, editing, None)
        };
        match wanted {
            Wanted::Draft(draft) => self.going_on(&draft, desk).await,
            Wanted::There(..) => {
                // What waits to be saved is what is gone on with.
                if let Some(draft) = waiting {
                    let found = self.going_on(&draft, desk).await;
                    if found.is_ok() {
                        return found;
                    }
                    self.drop_turn();
                }
                there.map(plain)
            }
            Wanted::Member(..) => there.map(plain),
            Wanted::Back(it) => {
                let (newest, then) = *it;
                let (held, mut editing, draft) = plain(newest);
                editing.bring_back(&then);
                Ok((held, editing, draft))
            }
            Wanted::New(new) => {
                let (held, mut editing, draft) = plain(begun(&new, desk));
                for (field, text) in &new.words {
                    editing.write(&EntryId(field.key().to_owned()), text);
                }
                Ok((held, editing, draft))
            }
            Wanted::History(..) => Err(Problem::NotOffered),
        }
    }

    /// Goes on with a draft, when nobody else has it: it may be on its way to the record, or open in another window.
    async fn going_on(
        self,
        draft: &str,
        desk: &Desk<'_>,
    ) -> Result<(Held, Editing, Option<String>), Problem> {
        let waited = self.take_turn(draft).await;
        let found = restored(desk.vault, draft, desk.patient, desk.name).await;
        match (found, place_of(&owner(desk.reader), draft)) {
            (Ok((held, editing)), _) => Ok((held, editing, Some(draft.to_owned()))),
            // It has been saved meanwhile.
            (Err(Problem::Unreadable(_)), Some((section, place))) if waited => {
                self.drop_turn();
                let held = self
                    .read_first(desk.patient, Some((section, &place)))
                    .await?;
                let editing = Editing::open(section, held.entries(), desk.name);
                Ok((held, editing, None))
            }
            (Err(problem), _) => Err(problem),
        }
    }

    /// Whether it had to be waited for.
    async fn take_turn(self, draft: &str) -> bool {
        let name = turn_of(draft);
        let mut turn = windows::free_turn(&name).await;
        let waits = turn.is_none();
        if waits {
            self.elsewhere.try_set(true);
            turn = windows::turn(&name).await;
            self.elsewhere.try_set(false);
        }
        self.desk.try_update_value(|it| it.turn = turn);
        waits
    }

    fn drop_turn(self) {
        let turn: Option<Option<Turn>> = self.desk.try_update_value(|it| it.turn.take());
        drop(turn);
    }

    /// What stands there in the record, where something does.
    async fn read_first(
        self,
        patient: &PatientId,
        place: Option<(Section, &ResourceRef)>,
    ) -> Result<Held, Problem> {
        let (section, place) = place.ok_or(Problem::NotOffered)?;
        let store = self.store.try_get_value().ok_or(Problem::NotOffered)?;
        let client = store.shared().ok_or(Problem::NotOffered)?;
        let watch = Watch::start(store, &client.source().id);
        let result = writing::open(&client, patient, section, place, clock::now()).await;
        watch.end_with(&result);
        result.map_err(|error| problem(&error))
    }
}

/// What this device keeps for who writes, and the draft there of this section that was asked to be saved.
async fn kept(
    reader: &Reader,
    patient: &PatientId,
    there: Option<(Section, &ResourceRef)>,
) -> (Option<Vault>, Option<String>) {
    let owner = owner(reader);
    let vault = vault_of(&owner).await;
    let (Some(open), Some((section, place))) = (&vault, there) else {
        return (vault, None);
    };
    let is_it =
        |it: &Offered| it.section == section && it.of.as_ref() == Some(place) && it.asked.is_some();
    let all = drafts::kept(open, &owner, patient).await;
    let waiting = all.into_iter().find(is_it).map(|it| it.name);
    (vault, waiting)
}

/// Under each heading of a crisis plan there is a place to write; what begins here begins with what its form suggests.
fn ready_to_write(held: &Held, editing: &mut Editing, begins: bool) {
    for part in held.section().parts() {
        let is_there = editing.entries().iter().any(|it| it.part == part);
        if matches!(part, Part::Crisis(_)) && !is_there {
            editing.add(part);
        }
    }
    if let Section::Form(form) = held.section()
        && held.reference().is_none()
        && begins
    {
        editing.begin(form);
    }
}

/// Something new, with what it is begun with.
fn begun(it: &New, desk: &Desk<'_>) -> Held {
    let (plan, now) = (it.plan.as_ref(), clock::now());
    let new = writing::begin(desk.reader, desk.patient, it.section, plan, desk.name, now);
    let mut entries = new.entries();
    for (field, text) in &it.with {
        let own = entries.iter_mut().find(|it| it.part == Part::Field(*field));
        if let Some(own) = own {
            own.text.clone_from(text);
        }
    }
    new.edited(&entries)
}
