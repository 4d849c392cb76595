//! What is written is kept on this device, one thing after the other.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::drafts::text;
use super::{Device, Writing, outgoing};
use crate::state::editing::{Editing, OnDevice};
use crate::transport::{clock, timer};

/// Something is done on this device until this is dropped.
pub(super) struct Busy(Rc<Cell<bool>>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Writing {
    /// What was written here is thrown away, on this device too.
    pub async fn discard(self) {
        self.editing.try_update(|it| {
            if let Some(it) = it {
                *it = Editing::open(it.section(), it.base().to_vec(), "");
            }
        });
        let (vault, draft) = self.draft();
        let busy = self.busy().await;
        if let Some(vault) = vault {
            vault.remove(&draft).await;
            outgoing::changed();
        }
        drop(busy);
    }

    /// One thing after the other on this device: what is removed is not kept again by what was under way.
    pub(super) async fn busy(self) -> Busy {
        let mark = self.desk.try_with_value(|it| Rc::clone(&it.busy));
        let mark = mark.unwrap_or_default();
        while mark.replace(true) {
            timer::sleep(Duration::from_millis(10)).await;
        }
        Busy(mark)
    }

    /// What is typed is kept on this device; what the record has is not needed here any more.
    pub(super) async fn keep(self) {
        let state = |it: &Option<Editing>| it.as_ref().map(|it| (it.device(), it.draft()));
        if matches!(
            self.editing.try_with_untracked(state).flatten(),
            None | Some((OnDevice::Kept, _))
        ) {
            return;
        }
        let busy = self.busy().await;
        let (Some(Some((what, draft))), (Some(vault), name)) =
            (self.editing.try_with_untracked(state), self.draft())
        else {
            return;
        };
        match what {
            OnDevice::Kept => {}
            OnDevice::Forget => {
                vault.remove(&name).await;
                outgoing::changed();
                self.editing
                    .try_update(|it| it.as_mut().map(Editing::forgotten));
            }
            OnDevice::Keep(revision) => {
                let Some(held) = self.held() else { return };
                let now = clock::now();
                if draft.asked.is_some() {
                    outgoing::mark();
                }
                if vault.save(&name, &text(held, draft, now)).await {
                    self.device.try_set(Device::Keeps);
                    self.editing
                        .try_update(|it| it.as_mut().map(|it| it.kept(revision, now)));
                } else {
                    self.device.try_set(Device::KeepsNothing);
                }
            }
        }
        drop(busy);
    }

    /// The page goes elsewhere: what was typed in the last moment is kept too, and what waits to be saved goes on by
    /// itself from then on.
    pub(super) fn keep_the_last(self) {
        let last = self.editing.try_with_untracked(|it| {
            let it = it.as_ref()?;
            matches!(it.device(), OnDevice::Keep(_)).then(|| it.draft())
        });
        let turn = self.desk.try_update_value(|it| it.turn.take()).flatten();
        let ((vault, name), held) = (self.draft(), self.held());
        leptos::task::spawn_local(async move {
            if let (Some(Some(draft)), Some(vault), Some(held)) = (last, vault, held) {
                vault.save(&name, &text(held, draft, clock::now())).await;
            }
            drop(turn);
            outgoing::changed();
        });
    }
}
