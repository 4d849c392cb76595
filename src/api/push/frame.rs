//! What comes over a line, in either form, and what it says of the line.

use std::time::Duration;

use serde_json::Value;

use super::{Line, parameter};
use crate::domain::ResourceRef;

/// What came over the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The source has taken us on.
    Bound,
    /// Something happened; to these, where it says so.
    Happened(Vec<ResourceRef>),
    /// Nothing did; the line is open.
    Alive,
    /// The source pushes no more.
    Ended,
    /// Nothing that we know.
    Other,
}

/// A source is asked to say so often that it has nothing to say. Few do.
pub(super) const HEARTBEAT: Duration = Duration::from_mins(1);

/// How long nothing may come over a line before it is taken to be cut: a line whose far end has gone without a word looks
/// open for ever. It is known only where the source has shown that it says when it has nothing to say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silence {
    beats: bool,
}

impl Silence {
    /// Something came.
    pub fn hears(&mut self, frame: &Frame) {
        self.beats |= *frame == Frame::Alive;
    }

    /// `None` where it cannot be known.
    pub fn limit(self) -> Option<Duration> {
        self.beats.then_some(HEARTBEAT * 5 / 2)
    }
}

/// Whether a line is open: once every hello is answered. Some sources bind one subscription to a line and refuse the rest
/// in words of their own; a line that tells only some of what happens must not pass for one that tells all.
#[derive(Clone, Debug)]
pub struct Binding {
    ids: Vec<String>,
    said: usize,
    answered: usize,
}

impl Binding {
    pub fn of(line: &Line) -> Self {
        Self {
            ids: line.ids.clone(),
            said: line.hello.len(),
            answered: 0,
        }
    }

    /// What came makes it open (`true`) or impossible; `None` as long as neither is so.
    pub fn hears(&mut self, text: &str) -> Option<bool> {
        match frame(text, &self.ids) {
            Frame::Bound => self.answered += 1,
            // Who tells already has bound, if there is only one to bind.
            Frame::Happened(_) if self.said == 1 => self.answered = 1,
            Frame::Ended => return Some(false),
            Frame::Happened(_) | Frame::Alive | Frame::Other => {}
        }
        (self.answered >= self.said).then_some(true)
    }
}

/// Reads what came over the line of these subscriptions, in either form. What is said of how another one stands is
/// nothing to us.
pub fn frame(text: &str, own: &[String]) -> Frame {
    let mut words = text.split_whitespace();
    match words.next() {
        Some("bound") => return Frame::Bound,
        Some("ping") => return Frame::Happened(Vec::new()),
        _ => {}
    }
    let Ok(bundle) = serde_json::from_str::<Value>(text) else {
        return Frame::Other;
    };
    let entries = bundle.get("entry").and_then(Value::as_array);
    let status = entries
        .and_then(|it| it.first())
        .and_then(|it| it.get("resource"));
    let Some(status) = status else {
        return Frame::Other;
    };
    // R4 has a Parameters with the members of R5's SubscriptionStatus.
    let told = |name: &str| {
        let plain = status.get(name).and_then(Value::as_str);
        plain.or_else(|| parameter(status, name)).map(str::to_owned)
    };
    let gone = matches!(
        told("status").as_deref(),
        Some("off" | "error" | "entered-in-error")
    );
    // Without a name it is ours.
    let is_ours = subscription(status).is_none_or(|it| own.iter().any(|own| **own == *it.id));
    match told("type").as_deref() {
        Some("event-notification") if !is_ours => Frame::Happened(named(status)),
        _ if !is_ours => Frame::Other,
        _ if gone => Frame::Ended,
        Some("handshake") => Frame::Bound,
        Some("heartbeat") => Frame::Alive,
        Some("event-notification") => Frame::Happened(named(status)),
        _ => Frame::Other,
    }
}

/// Whose status it is.
fn subscription(status: &Value) -> Option<ResourceRef> {
    let plain = status.get("subscription");
    let all = status.get("parameter").and_then(Value::as_array);
    let named = all.and_then(|all| {
        let own = |it: &&Value| it.get("name").and_then(Value::as_str) == Some("subscription");
        all.iter().find(own)?.get("valueReference")
    });
    let reference = plain.or(named)?.get("reference")?.as_str()?;
    ResourceRef::parse(reference)
}

/// Every resource that is referred to, the subscription itself aside.
fn named(value: &Value) -> Vec<ResourceRef> {
    match value {
        Value::Object(members) => {
            let own = members.get("reference").and_then(Value::as_str);
            let own = own.and_then(ResourceRef::parse);
            let own = own.filter(|it| it.kind != "Subscription");
            own.into_iter()
                .chain(members.values().flat_map(named))
                .collect()
        }
        Value::Array(all) => all.iter().flat_map(named).collect(),
        _ => Vec::new(),
    }
}
