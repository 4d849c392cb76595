//! The lines to sources that push: what comes over them is a hint, and the source is asked. Of several windows of one
//! browser one has the line, and tells the others.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use chrono::TimeDelta;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::{BEAT, Live, ask_due, is_watched};
use crate::api::push::{self, Frame, Subscribed};
use crate::api::{Client, Push};
use crate::domain::{ResourceRef, SourceId};
use crate::state::feed::Unpushed;
use crate::store::Store;
use crate::transport::socket::Socket;
use crate::transport::windows::{self, Neighbours};
use crate::transport::{Fetch, clock, timer};

/// How long a source is asked to push; then it is asked anew.
const PUSHED_FOR: TimeDelta = TimeDelta::hours(2);
/// A source that cannot push, or does no more, is asked to after this time, and after twice that, up to a limit.
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_mins(5);
/// How long a source may take to say that it has taken us on.
const BOUND_WITHIN: Duration = Duration::from_secs(10);
/// What a source says within this time is one question.
const TOGETHER: Duration = Duration::from_millis(250);

/// A subscription at a source, ended when nobody listens any more.
struct Subscription {
    client: Client<Fetch>,
    subscribed: Subscribed,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let (client, subscribed) = (self.client.clone(), std::mem::take(&mut self.subscribed));
        leptos::task::spawn_local(async move { push::unsubscribe(&client, &subscribed).await });
    }
}

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
    push: Push,
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
            push,
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
        let mut wait = FIRST_WAIT;
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
            // A line that has held for a while is no failure.
            let held = (clock::now() - begun).num_seconds() > 60;
            wait = if held {
                FIRST_WAIT
            } else {
                (wait * 2).min(LONGEST_WAIT)
            };
            timer::sleep(wait.mul_f64(0.75 + clock::chance() / 2.0)).await;
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
        let refused = |_| Unpushed::Refused;
        let (client, push) = (&self.client, &self.push);
        let subscription = match kept.take() {
            Some(it) => it,
            None => Subscription {
                client: client.clone(),
                subscribed: push::subscribe(client, push, clock::now() + PUSHED_FOR)
                    .await
                    .map_err(refused)?,
            },
        };
        let way = push::line(client, push, &subscription.subscribed)
            .await
            .map_err(refused)?;
        kept.replace(subscription);
        let socket = Socket::connect(&way.url).await.ok_or(Unpushed::NoLine)?;
        for hello in &way.hello {
            socket.send(hello);
        }
        let first = std::pin::pin!(bound(&socket));
        let limit = std::pin::pin!(timer::sleep(BOUND_WITHIN));
        match futures::future::select(first, limit).await {
            futures::future::Either::Left((true, _)) => {}
            _ => return Err(Unpushed::NoLine),
        }
        self.opened();
        while let Some(text) = socket.next().await {
            let mut what = Vec::new();
            let (mut next, mut happened) = (Some(text), false);
            while let Some(text) = next {
                match push::frame(&text) {
                    Frame::Happened(some) => {
                        happened = true;
                        what.extend(some);
                    }
                    Frame::Ended => return Err(Unpushed::Cut),
                    Frame::Bound | Frame::Other => {}
                }
                next = socket.ready();
            }
            if happened {
                self.happened(what).await;
            }
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

async fn bound(socket: &Socket) -> bool {
    while let Some(text) = socket.next().await {
        match push::frame(&text) {
            Frame::Bound | Frame::Happened(_) => return true,
            Frame::Ended => return false,
            Frame::Other => {}
        }
    }
    false
}
