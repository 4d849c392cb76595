//! A line to a source that pushes, held open until it is cut. What comes over it is a hint, and no more.

use std::cell::Cell;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::{Either, select};

use super::problem::problem;
use crate::api::Client;
use crate::api::push::{self, Asked, Binding, Frame, Silence, Subscribed};
use crate::domain::ResourceRef;
use crate::state::feed::Unpushed;
use crate::transport::socket::Socket;
use crate::transport::{Fetch, clock, timer};

/// How long a source is asked to push; then it is asked anew.
const PUSHED_FOR: TimeDelta = TimeDelta::hours(2);
/// How long a source may take to say that it has taken us on.
const BOUND_WITHIN: Duration = Duration::from_secs(10);
/// A source that cannot push, or does no more, is asked to after this time, and after twice that, up to a limit.
pub(super) const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_mins(5);
/// A line that has held for so long is no failure.
const HELD_SECONDS: i64 = 60;

/// A subscription at a source, ended when nobody listens any more.
pub(super) struct Subscription {
    client: Client<Fetch>,
    subscribed: Subscribed,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let (client, subscribed) = (self.client.clone(), std::mem::take(&mut self.subscribed));
        leptos::task::spawn_local(async move { push::unsubscribe(&client, &subscribed).await });
    }
}

/// There is no line.
pub(super) struct Lost {
    why: Unpushed,
    /// It may be otherwise in a moment.
    pub is_passing: bool,
}

impl From<Unpushed> for Lost {
    fn from(why: Unpushed) -> Self {
        Self {
            why,
            is_passing: true,
        }
    }
}

impl From<Lost> for Unpushed {
    fn from(it: Lost) -> Self {
        it.why
    }
}

/// An open line.
pub(super) struct Line {
    socket: Socket,
    ids: Vec<String>,
    silence: Cell<Silence>,
    /// By how much the clock of the source is ahead of this device's, where it was asked anew and said so.
    pub ahead: Option<TimeDelta>,
}

/// Opens a line, with a subscription that still stands (`kept`) or a new one. Else why it has to be asked anew.
pub(super) async fn open(
    client: &Client<Fetch>,
    asked: &Asked,
    kept: &mut Option<Subscription>,
) -> Result<Line, Lost> {
    let refused = |error| Lost {
        why: Unpushed::Refused,
        is_passing: problem(&error).is_passing(),
    };
    let mut ahead = None;
    let subscription = if let Some(it) = kept.take() {
        it
    } else {
        let end = clock::now() + PUSHED_FOR;
        let subscribed = push::subscribe(client, asked, end).await;
        let subscribed = subscribed.map_err(refused)?;
        ahead = subscribed.at.map(|it| it - clock::now());
        Subscription {
            client: client.clone(),
            subscribed,
        }
    };
    let way = push::line(client, &asked.push, &subscription.subscribed)
        .await
        .map_err(refused)?;
    kept.replace(subscription);
    let socket = Socket::connect(&way.url).await.ok_or(Unpushed::NoLine)?;
    for hello in &way.hello {
        socket.send(hello);
    }
    if !is_bound(&socket, Binding::of(&way)).await {
        return Err(Unpushed::NoLine.into());
    }
    Ok(Line {
        socket,
        ids: way.ids,
        silence: Cell::default(),
        ahead,
    })
}

/// Whether the source takes us on in time.
async fn is_bound(socket: &Socket, binding: Binding) -> bool {
    let first = std::pin::pin!(bound(socket, binding));
    let limit = std::pin::pin!(timer::sleep(BOUND_WITHIN));
    matches!(select(first, limit).await, Either::Left((true, _)))
}

impl Line {
    /// What has happened, to these, where the source says so. `None` once the line is cut: the subscription still stands
    /// then. Else why it has to be asked anew.
    pub(super) async fn next(&self) -> Result<Option<Vec<ResourceRef>>, Unpushed> {
        while let Some(text) = self.text().await? {
            let mut what = Vec::new();
            let (mut next, mut happened) = (Some(text), false);
            while let Some(text) = next {
                let frame = push::frame(&text, &self.ids);
                let mut silence = self.silence.get();
                silence.hears(&frame);
                self.silence.set(silence);
                match frame {
                    Frame::Happened(some) => {
                        happened = true;
                        what.extend(some);
                    }
                    Frame::Ended => return Err(Unpushed::Cut),
                    Frame::Bound | Frame::Alive | Frame::Other => {}
                }
                next = self.socket.ready();
            }
            if happened {
                return Ok(Some(what));
            }
        }
        Ok(None)
    }

    /// What comes next; `None` once the line is cut, an error when nothing has come for too long.
    async fn text(&self) -> Result<Option<String>, Unpushed> {
        let Some(limit) = self.silence.get().limit() else {
            return Ok(self.socket.next().await);
        };
        let next = std::pin::pin!(self.socket.next());
        let limit = std::pin::pin!(timer::sleep(limit));
        match select(next, limit).await {
            Either::Left((text, _)) => Ok(text),
            Either::Right(_) => Err(Unpushed::Cut),
        }
    }
}

async fn bound(socket: &Socket, mut binding: Binding) -> bool {
    while let Some(text) = socket.next().await {
        if let Some(is_open) = binding.hears(&text) {
            return is_open;
        }
    }
    false
}

/// How long to wait after a line that was begun at this time has gone, and what to wait the next time.
pub(super) fn wait_after(begun: DateTime<Utc>, wait: Duration) -> Duration {
    if (clock::now() - begun).num_seconds() > HELD_SECONDS {
        FIRST_WAIT
    } else {
        (wait * 2).min(LONGEST_WAIT)
    }
}

/// Some time about this one, so that what many devices lost at once is not asked for at once.
pub(super) fn about(wait: Duration) -> Duration {
    wait.mul_f64(0.75 + clock::chance() / 2.0)
}
