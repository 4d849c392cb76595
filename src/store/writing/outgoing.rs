//! What a writer has asked to be saved goes to the record beside every page, also when its editor is closed and after a
//! restart. One window of a browser sends, one thing at a time; all windows know what waits.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::drafts::{owner, patient_of};
use super::sending::send;
use crate::api::session::Reader;
use crate::api::writing::KeptDraft;
use crate::state::Outbox;
use crate::state::outbox::{Found, Stopped};
use crate::store::{Store, reader};
use crate::transport::vault::Vault;
use crate::transport::windows::{self, Neighbours};
use crate::transport::{clock, storage, timer};

/// Between two looks at what can go.
const BEAT: Duration = Duration::from_millis(500);
/// What this device keeps is read again after so many beats, and whenever somebody says that it has changed.
const LOOK_BEATS: u32 = 10;
/// That something waits, for the next start of the page: nothing else is said there.
const MARK: &str = "alongside.waits";
/// A device that keeps nothing for this reader is asked again after this time.
const KEPT_FOR_ANOTHER: Duration = Duration::from_secs(10);

/// Whether something of this device's reader waited when the page was last open.
pub fn waits_here() -> bool {
    storage::load(MARK).is_some()
}

/// What waits to be saved, for as long as the page lives.
#[derive(Clone, Copy)]
pub struct Outgoing {
    pub list: RwSignal<Outbox>,
    /// The draft that its writer wants to see.
    pub to_open: RwSignal<Option<String>>,
    /// Something was saved, but not who wrote it.
    pub unsigned: RwSignal<bool>,
    /// Another window has changed what this device keeps: another number each time.
    pub elsewhere: RwSignal<u32>,
    /// What this device keeps has to be read again.
    is_stale: StoredValue<bool>,
    others: StoredValue<Option<Neighbours>, LocalStorage>,
}

impl Outgoing {
    /// There is a network again, or somebody asks for it.
    pub fn hurry(self) {
        self.list.try_update(Outbox::hurry);
        self.tell("hurry");
    }

    pub fn try_now(self, name: &str) {
        self.list.try_update(|it| it.try_now(name));
        self.tell(&format!("try {name}"));
    }

    fn tell(self, text: &str) {
        self.others.try_with_value(|it| {
            if let Some(it) = it {
                it.tell(text);
            }
        });
    }

    fn heard(self, text: &str) {
        match text.split_once(' ').unwrap_or((text, "")) {
            ("changed", _) => {
                self.is_stale.try_set_value(true);
                self.elsewhere.try_update(|it| *it = it.wrapping_add(1));
            }
            ("hurry", _) => _ = self.list.try_update(Outbox::hurry),
            ("try", name) => _ = self.list.try_update(|it| it.try_now(name)),
            _ => {}
        }
    }
}

thread_local! {
    /// One for the page: the code of the first screen knows nothing of it.
    static CURRENT: Cell<Option<Outgoing>> = const { Cell::new(None) };
}

/// What waits to be saved to the record; nothing is known of it before the page watches over it ([`keep`]).
pub fn of(store: Store) -> Outgoing {
    if let Some(it) = CURRENT.get() {
        return it;
    }
    let new = || Outgoing {
        list: RwSignal::new(Outbox::default()),
        to_open: RwSignal::new(None),
        unsigned: RwSignal::new(false),
        elsewhere: RwSignal::new(0),
        is_stale: StoredValue::new(true),
        others: StoredValue::new_local(None),
    };
    let it = store.root.with_value(|root| root.with(new));
    CURRENT.set(Some(it));
    it
}

/// What this device keeps for this writer.
pub(super) async fn vault_of(owner: &str) -> Option<Vault> {
    Vault::open(owner, may_begin).await
}

/// Only who is this browser's reader begins to keep something here: a window that is open for somebody else takes nothing
/// away. What another has asked to be saved stays until it has gone, or they have left and were told.
fn may_begin(owner: &str, before: Option<&str>) -> bool {
    let is_reader = reader::kept().is_some_and(|it| self::owner(&it) == owner);
    is_reader && (before.is_none_or(|it| it == owner) || !waits_here())
}

/// The reader leaves, and has been told that what waits is lost.
pub fn give_up() {
    storage::remove(MARK);
}

/// Something waits from now on: the next start of the page goes on with it, whatever happens to this one.
pub(super) fn mark() {
    storage::save(MARK, "1");
}

/// What this device keeps has changed.
pub(super) fn changed() {
    if let Some(it) = CURRENT.get() {
        it.is_stale.try_set_value(true);
        it.tell("changed");
    }
}

/// What waits, and what sends it, for as long as the calling owner lives. What somebody else had kept on this device is
/// gone then.
pub fn keep(store: Store) -> Outgoing {
    let it = of(store);
    let online = window_event_listener(ev::online, move |_| it.hurry());
    on_cleanup(move || {
        online.remove();
        it.others.try_set_value(None);
        it.list.try_set(Outbox::default());
        it.to_open.try_set(None);
        it.unsigned.try_set(false);
    });
    if let Some(reader) = store.reader.get_untracked() {
        spawn(async move {
            // Not while what another has asked to be saved is kept here: then as soon as it has gone.
            let vault = loop {
                match vault_of(&owner(&reader)).await {
                    Some(it) => break it,
                    None => timer::sleep(KEPT_FOR_ANOTHER).await,
                }
            };
            let keeper = Rc::new(Keeper {
                store,
                it,
                name: format!("alongside.outbox.{}", owner(&reader)),
                reader,
                vault,
            });
            let others = Neighbours::meet(&keeper.name, move |text| it.heard(&text));
            it.others.try_set_value(others);
            let sender = Rc::clone(&keeper);
            futures::join!(keeper.look_on(), sender.send_on());
        });
    }
    it
}

/// Of one writer.
pub(super) struct Keeper {
    pub(super) store: Store,
    pub(super) it: Outgoing,
    pub(super) reader: Reader,
    pub(super) vault: Vault,
    name: String,
}

impl Keeper {
    /// Knows what waits.
    async fn look_on(&self) {
        let mut beats = 0;
        loop {
            if self.it.is_stale.try_get_value() != Some(false) || beats == 0 {
                self.it.is_stale.try_set_value(false);
                beats = LOOK_BEATS;
                self.look().await;
            }
            beats -= 1;
            timer::sleep(BEAT).await;
        }
    }

    async fn look(&self) {
        let mut found = Vec::new();
        // What cannot be told is not nothing.
        let Some(names) = self.vault.names().await else {
            return;
        };
        for name in names {
            found.extend(self.found(name).await);
        }
        if found.is_empty() {
            storage::remove(MARK);
        } else {
            mark();
        }
        // Only what is different is drawn again.
        self.it.list.try_maybe_update(|it| {
            let before = it.clone();
            it.found(found, clock::now());
            (*it != before, ())
        });
    }

    /// What waits under this name; never anybody else's, and never of another person than it says.
    async fn found(&self, name: String) -> Option<Found> {
        let patient = patient_of(&owner(&self.reader), &name)?;
        let kept = KeptDraft::from_text(&self.vault.load(&name).await?)?;
        let asked = kept.asked.filter(|_| kept.section.is_about(&patient))?;
        let why = if kept.clashes.is_empty() {
            Stopped::NotTaken
        } else {
            Stopped::Undecided
        };
        Some(Found {
            section: kept.section.section(),
            of: kept.section.reference(),
            since: asked.at,
            stopped: asked.is_stopped.then_some(why),
            patient,
            name,
        })
    }

    /// Waits for this window's turn, then sends what can go. A browser without turns sends nothing from here: two
    /// windows would.
    async fn send_on(&self) {
        let Some(_turn) = windows::turn(&self.name).await else {
            return;
        };
        loop {
            let me = self.store.reader.try_get_untracked().flatten();
            if me.as_ref() != Some(&self.reader) {
                return;
            }
            let next = self.it.list.try_maybe_update(|it| {
                let next = it.next(clock::now());
                (next.is_some(), next)
            });
            if let Some(name) = next.flatten() {
                let came = send(self, &name).await;
                let now = clock::now();
                self.it.list.try_update(|it| it.settled(&name, came, now));
                changed();
            } else {
                timer::sleep(BEAT).await;
            }
        }
    }
}

/// How much of what the reader wrote is on this device only: what waits to be saved, and drafts.
pub async fn left_here(store: Store) -> (usize, usize) {
    let Some(reader) = store.reader.try_get_untracked().flatten() else {
        return (0, 0);
    };
    let owner = owner(&reader);
    let Some(vault) = vault_of(&owner).await else {
        return (0, 0);
    };
    let (mut waits, mut drafts) = (0, 0);
    // What cannot be told is not nothing.
    let Some(names) = vault.names().await else {
        return (0, 0);
    };
    for name in names {
        let own = patient_of(&owner, &name).is_some();
        let text = vault.load(&name).await.filter(|_| own);
        match text.and_then(|it| KeptDraft::from_text(&it)) {
            Some(it) if it.asked.is_some() => waits += 1,
            Some(_) => drafts += 1,
            None => {}
        }
    }
    if waits == 0 {
        give_up();
    }
    (waits, drafts)
}
