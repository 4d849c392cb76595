//! The lines to sources that push: what comes over them is a hint, and the source is asked.

use std::time::Duration;

use chrono::TimeDelta;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::{BEAT, Live, ask_due, is_watched};
use crate::api::push::{self, Frame, Subscribed};
use crate::api::{Client, Push};
use crate::state::feed::Unpushed;
use crate::store::Store;
use crate::transport::socket::Socket;
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

/// Listens to every source that pushes, for as long as the calling owner lives.
pub(super) fn listen(store: Store, live: Live) {
    for client in store.clients() {
        let Some(push) = client.source().push.clone() else {
            continue;
        };
        spawn(async move {
            let mut wait = FIRST_WAIT;
            let mut kept = None;
            loop {
                while !is_watched(store) {
                    timer::sleep(BEAT).await;
                }
                let begun = clock::now();
                let heard = hear(store, live, &client, &push, &mut kept).await;
                if heard.is_err() {
                    kept = None;
                }
                let why = heard.err().unwrap_or(Unpushed::Cut);
                live.feed
                    .try_update(|it| it.polls(&client.source().id, why, clock::now()));
                // A line that has held for a while is no failure.
                let held = (clock::now() - begun).num_seconds() > 60;
                wait = if held {
                    FIRST_WAIT
                } else {
                    (wait * 2).min(LONGEST_WAIT)
                };
                timer::sleep(wait.mul_f64(0.75 + clock::chance() / 2.0)).await;
            }
        });
    }
}

/// Listens to one source until its line is cut: the subscription still stands then. Else why it has to be asked anew.
async fn hear(
    store: Store,
    live: Live,
    client: &Client<Fetch>,
    push: &Push,
    kept: &mut Option<Subscription>,
) -> Result<(), Unpushed> {
    let refused = |_| Unpushed::Refused;
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
    let subscription = kept.insert(subscription);
    let socket = Socket::connect(&way.url).await.ok_or(Unpushed::NoLine)?;
    for hello in &way.hello {
        socket.send(hello);
    }
    let source = &subscription.client.source().id;
    let first = std::pin::pin!(bound(&socket));
    let limit = std::pin::pin!(timer::sleep(BOUND_WITHIN));
    match futures::future::select(first, limit).await {
        futures::future::Either::Left((true, _)) => {}
        _ => return Err(Unpushed::NoLine),
    }
    live.feed.try_update(|it| it.pushes(source, clock::now()));
    ask_due(store, live);
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
            live.feed
                .try_update(|it| it.hint(source, what, clock::now()));
            ask_due(store, live);
            timer::sleep(TOGETHER).await;
            ask_due(store, live);
        }
    }
    Ok(())
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
