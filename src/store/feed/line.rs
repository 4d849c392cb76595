//! The lines to sources that push: what comes over them is a hint, and the source is asked. Of several windows of one
//! browser one has the line, and tells the others.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::{BEAT, Live, ask_due, is_watched};
use crate::api::Client;
use crate::api::push::Asked;
use crate::domain::{ResourceRef, SourceId};
use crate::state::feed::Unpushed;
use crate::store::Store;
use crate::store::line::{self, Subscription};
use crate::transport::windows::{self, Neighbours};
use crate::transport::{Fetch, clock, timer};

/// What a source says within this time is one question.
const TOGETHER: Duration = Duration::from_millis(250);

/// What this window knows of the line to a source.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Known {
    /// Another window may have it.
    Nothing,
    Open,
    Lost(Unpushed),
}

/// The line to one source, which one window of a browser has for all of them.
struct OneLine {
    store: Store,
    live: Live,
    /// What is asked because of another window belongs to the feed, whatever is being drawn when it speaks.
    owner: Owner,
    client: Client<Fetch>,
    asked: Asked,
    known: RefCell<Known>,
    others: RefCell<Option<Neighbours>>,
}

/// Listens to every source that pushes, for as long as the calling owner lives.
pub(super) fn listen(store: Store, live: Live) {
    for client in store.clients() {
        let Some(push) = client.source().push.clone() else {
            continue;
        };
        let one = Rc::new(OneLine {
            store,
            live,
            owner: Owner::current().unwrap_or_default(),
            client,
            asked: Asked {
                push,
                only: None,
                reason: "Hospital activity on the screen",
            },
            known: RefCell::new(Known::Nothing),
            others: RefCell::new(None),
        });
        spawn(async move { one.keep().await });
    }
}

impl OneLine {
    /// Waits for this window's turn, then keeps the line open.
    async fn keep(self: Rc<Self>) {
        let reader = self.store.reader.try_get_untracked().flatten();
        let reader = reader.and_then(|it| it.participant()).unwrap_or_default();
        let name = format!("alongside.line.{}.{reader}", self.source().as_str());
        let hearing = Rc::downgrade(&self);
        let others = Neighbours::meet(&name, move |text| {
            if let Some(line) = hearing.upgrade() {
                line.owner.clone().with(|| line.heard(&text));
            }
        });
        self.others.replace(others);
        self.tell("line?");
        let _turn = windows::turn(&name).await;
        let mut wait = line::FIRST_WAIT;
        let mut kept = None;
        loop {
            while !is_watched(self.store) {
                timer::sleep(BEAT).await;
            }
            let begun = clock::now();
            let heard = self.hear(&mut kept).await;
            if heard.is_err() {
                kept = None;
            }
            self.lost(heard.err().unwrap_or(Unpushed::Cut));
            wait = line::wait_after(begun, wait);
            timer::sleep(line::about(wait)).await;
        }
    }

    fn source(&self) -> &SourceId {
        &self.client.source().id
    }

    fn tell(&self, text: &str) {
        if let Some(others) = &*self.others.borrow() {
            others.tell(text);
        }
    }

    /// Another window says something of the line. Whoever has it listens to nobody.
    fn heard(&self, text: &str) {
        let known = self.known.borrow().clone();
        let now = clock::now();
        match (known, text.split_once(' ').unwrap_or((text, ""))) {
            (Known::Open, ("line?", _)) => self.tell("open"),
            (Known::Lost(why), ("line?", _)) => self.tell(&lost_words(why)),
            (Known::Nothing, ("open", _)) => {
                self.live
                    .feed
                    .try_update(|it| it.pushes(self.source(), now));
                ask_due(self.store, self.live);
            }
            (Known::Nothing, ("lost", why)) => {
                let why = lost_why(why);
                self.live
                    .feed
                    .try_update(|it| it.polls(self.source(), why, now));
            }
            (Known::Nothing, ("happened", what)) => {
                let what = what.split(' ').filter_map(ResourceRef::parse).collect();
                self.live
                    .feed
                    .try_update(|it| it.hint(self.source(), what, now));
                ask_due(self.store, self.live);
            }
            _ => {}
        }
    }

    fn opened(&self) {
        self.known.replace(Known::Open);
        self.tell("open");
        self.live
            .feed
            .try_update(|it| it.pushes(self.source(), clock::now()));
        ask_due(self.store, self.live);
    }

    fn lost(&self, why: Unpushed) {
        self.known.replace(Known::Lost(why));
        self.tell(&lost_words(why));
        self.live
            .feed
            .try_update(|it| it.polls(self.source(), why, clock::now()));
    }

    async fn happened(&self, what: Vec<ResourceRef>) {
        let words: Vec<String> = what.iter().map(ToString::to_string).collect();
        self.tell(&format!("happened {}", words.join(" ")));
        self.live
            .feed
            .try_update(|it| it.hint(self.source(), what, clock::now()));
        ask_due(self.store, self.live);
        timer::sleep(TOGETHER).await;
        ask_due(self.store, self.live);
    }

    /// Listens until the line is cut: the subscription still stands then. Else why it has to be asked anew.
    async fn hear(&self, kept: &mut Option<Subscription>) -> Result<(), Unpushed> {
        let line = line::open(&self.client, &self.asked, kept).await?;
        self.opened();
        while let Some(what) = line.next().await? {
            self.happened(what).await;
        }
        Ok(())
    }
}

/// Why there is no line, for other windows.
fn lost_words(why: Unpushed) -> String {
    let why = match why {
        Unpushed::Refused => "refused",
        Unpushed::NoLine => "no-line",
        Unpushed::Cut => "cut",
    };
    format!("lost {why}")
}

fn lost_why(word: &str) -> Unpushed {
    match word {
        "refused" => Unpushed::Refused,
        "no-line" => Unpushed::NoLine,
        _ => Unpushed::Cut,
    }
}
