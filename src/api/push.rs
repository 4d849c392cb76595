//! Sources that say by themselves when something has happened: R4 Subscriptions over a WebSocket, by topic with a
//! binding token (<https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/>) or by criteria with `bind` and `ping`
//! (<https://hl7.org/fhir/R4/subscription.html#2.46.8.2>).
//!
//! What arrives is a hint and never a fact: the source is then asked for what it wrote. A frame about somebody else, half
//! a frame or one that comes twice can do no harm.

mod frame;

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use super::checked::{Checked, join, only, optional_text, text_at, wrong};
use super::{ApiError, Client, Method, Transport};
use frame::HEARTBEAT;
pub use frame::{Binding, Frame, Silence, frame};

/// How a source pushes, as `config.json` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Push {
    /// The canonical URL of a topic that the source has.
    Topic(String),
    /// Searches (`Encounter?status=in-progress`), and where the source's WebSocket is.
    Criteria {
        criteria: Vec<String>,
        socket: String,
    },
}

impl Push {
    /// Reads `push` of a source. `None` when it is not there: the source is polled.
    pub(super) fn read(item: &Map<String, Value>, place: &str) -> Checked<Option<Self>> {
        let push = item.get("push");
        push.map(|it| Self::of(it, &join(place, "push")))
            .transpose()
    }

    pub(super) fn of(value: &Value, place: &str) -> Checked<Self> {
        let Value::Object(push) = value else {
            return wrong(place, "must be an object { … }");
        };
        only(push, place, &["topic", "criteria", "webSocketUrl"])?;
        if let Some(topic) = optional_text(push, place, "topic")? {
            return Ok(Self::Topic(topic));
        }
        let socket = text_at(push, place, "webSocketUrl")?;
        let list = push.get("criteria").and_then(Value::as_array);
        let criteria: Option<Vec<String>> =
            list.and_then(|it| it.iter().map(|it| it.as_str().map(str::to_owned)).collect());
        match criteria.filter(|it| !it.is_empty()) {
            Some(criteria) => Ok(Self::Criteria { criteria, socket }),
            None => wrong(
                &join(place, "criteria"),
                "must be a list of searches, or there must be a topic",
            ),
        }
    }
}

/// What a source is asked to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub push: Push,
    /// Only of these: a type and one condition of a search (`patient=Patient/1`), which a topic must be able to filter by.
    pub only: Option<(&'static str, String)>,
    /// Why, for who looks at the source.
    pub reason: &'static str,
}

/// A line that is ready to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where: a path on the page's origin, or a whole URL.
    pub url: String,
    /// What to send once it is open.
    pub hello: Vec<String>,
    /// The ids of the subscriptions that are told of over it.
    pub ids: Vec<String>,
}

/// What the source holds for us; it should be ended when the page is left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscribed {
    ids: Vec<String>,
    /// When the source has taken the last one, by its own clock.
    pub at: Option<DateTime<Utc>>,
}

/// How often it is looked whether a subscription is active, and how long is waited the first time: each time a half
/// longer, so that who is quick is heard at once, and who makes them active behind a queue has some twenty seconds.
const LOOKS: u32 = 8;
const FIRST_WAIT: Duration = Duration::from_millis(400);

/// Subscribes until `end` (by the source's clock, as good as ours is).
///
/// # Errors
/// When the source does not take the subscription, or does not make it active.
pub async fn subscribe<T: Transport>(
    client: &Client<T>,
    asked: &Asked,
    end: DateTime<Utc>,
) -> Result<Subscribed, ApiError> {
    let wanted: Vec<Value> = match &asked.push {
        Push::Topic(topic) => vec![by_topic(topic, asked, end)],
        Push::Criteria { criteria, .. } => {
            let all = criteria.iter();
            all.map(|it| by_criteria(it, asked, end)).collect()
        }
    };
    let mut subscribed = Subscribed::default();
    for resource in wanted {
        let active = match client.create("Subscription", resource).await {
            Ok((id, it)) => {
                let at = it.pointer("/meta/lastUpdated").and_then(Value::as_str);
                let at = at.and_then(|it| DateTime::parse_from_rfc3339(it).ok());
                subscribed.at = at.map(|it| it.to_utc()).or(subscribed.at);
                subscribed.ids.push(id.clone());
                active(client, &id).await
            }
            Err(error) => Err(error),
        };
        if let Err(error) = active {
            unsubscribe(client, &subscribed).await;
            return Err(error);
        }
    }
    Ok(subscribed)
}

async fn active<T: Transport>(client: &Client<T>, id: &str) -> Result<(), ApiError> {
    let mut wait = FIRST_WAIT;
    for _ in 0..LOOKS {
        let seen = client.read_one(&format!("Subscription/{id}")).await?;
        match seen.get("status").and_then(Value::as_str) {
            Some("active") => return Ok(()),
            Some("requested") => {
                client.rest(wait).await;
                wait = wait * 3 / 2;
            }
            other => {
                let status = other.unwrap_or("without a status");
                return Err(ApiError::Refused(format!("Subscription {status}")));
            }
        }
    }
    Err(ApiError::Refused("Subscription not active".to_owned()))
}

/// Where to connect and what to say. To be asked for each connection: a token is good for one.
///
/// # Errors
/// When the source does not know the subscription any more: then subscribe again.
pub async fn line<T: Transport>(
    client: &Client<T>,
    push: &Push,
    subscribed: &Subscribed,
) -> Result<Line, ApiError> {
    match push {
        Push::Criteria { socket, .. } => {
            for id in &subscribed.ids {
                active(client, id).await?;
            }
            Ok(Line {
                url: socket.clone(),
                hello: subscribed
                    .ids
                    .iter()
                    .map(|id| format!("bind {id}"))
                    .collect(),
                ids: subscribed.ids.clone(),
            })
        }
        Push::Topic(_) => {
            let id = subscribed.ids.first().cloned().unwrap_or_default();
            let path = format!("Subscription/{id}/$get-ws-binding-token");
            let given = client.read_one(&path).await?;
            let token = parameter(&given, "token");
            let url = parameter(&given, "websocket-url");
            match token.zip(url) {
                Some((token, url)) => Ok(Line {
                    url: socket_url(&client.source().base_url, url),
                    hello: vec![format!("bind-with-token {token}")],
                    ids: vec![id],
                }),
                None => Err(ApiError::Unreadable("binding token".to_owned())),
            }
        }
    }
}

/// Tells the source that we are gone. What fails ends by itself.
pub async fn unsubscribe<T: Transport>(client: &Client<T>, subscribed: &Subscribed) {
    for id in &subscribed.ids {
        let path = format!("Subscription/{id}");
        let _ = client.write(Method::Delete, &path, None, None).await;
    }
}

fn by_topic(topic: &str, asked: &Asked, end: DateTime<Utc>) -> Value {
    const BACKPORT: &str = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition";
    let mut subscription = json!({
        "resourceType": "Subscription",
        "meta": { "profile": [format!("{BACKPORT}/backport-subscription")] },
        "status": "requested",
        "reason": asked.reason,
        "end": end.to_rfc3339_opts(SecondsFormat::Secs, true),
        "criteria": topic,
        "channel": {
            "type": "websocket",
            "extension": [{
                "url": format!("{BACKPORT}/backport-heartbeat-period"),
                "valueUnsignedInt": HEARTBEAT.as_secs()
            }],
            "payload": "application/fhir+json",
            "_payload": { "extension": [{
                "url": format!("{BACKPORT}/backport-payload-content"),
                "valueCode": "id-only"
            }] }
        }
    });
    if let (Some((kind, only)), Some(members)) = (&asked.only, subscription.as_object_mut()) {
        let filter = json!([{
            "url": format!("{BACKPORT}/backport-filter-criteria"),
            "valueString": format!("{kind}?{only}")
        }]);
        // Where the guide has it, and where servers look for it that have read another edition: one that sees neither
        // tells more than was asked, which does no harm.
        members.insert("_criteria".to_owned(), json!({ "extension": filter }));
        members.insert("extension".to_owned(), filter);
    }
    subscription
}

fn by_criteria(criteria: &str, asked: &Asked, end: DateTime<Utc>) -> Value {
    let only = asked.only.as_ref();
    let narrowed = only.map(|(_, only)| match criteria.split_once('?') {
        Some((_, "")) => format!("{criteria}{only}"),
        Some(_) => format!("{criteria}&{only}"),
        None => format!("{criteria}?{only}"),
    });
    json!({
        "resourceType": "Subscription",
        "status": "requested",
        "reason": asked.reason,
        "end": end.to_rfc3339_opts(SecondsFormat::Secs, true),
        "criteria": narrowed.as_deref().unwrap_or(criteria),
        "channel": { "type": "websocket" }
    })
}

fn parameter<'a>(parameters: &'a Value, name: &str) -> Option<&'a str> {
    let all = parameters.get("parameter")?.as_array()?;
    let own = |it: &&Value| it.get("name").and_then(Value::as_str) == Some(name);
    value(all.iter().find(own)?)
}

/// `value[x]`, whichever it is, as text.
fn value(parameter: &Value) -> Option<&str> {
    let members = parameter.as_object()?.iter();
    let mut values = members.filter(|(name, _)| name.starts_with("value"));
    values.find_map(|(_, it)| it.as_str())
}

/// The source's own path behind the base that this page uses: a link can lead to no other host.
fn socket_url(base: &str, link: &str) -> String {
    let base = base.trim_end_matches('/');
    let path = link.split_once("://").map_or(link, |(_, rest)| {
        rest.find('/').map_or("", |at| rest.get(at..).unwrap_or(""))
    });
    let own = base.rsplit('/').next().unwrap_or_default();
    match path.split_once(&format!("/{own}/")) {
        Some((_, rest)) => format!("{base}/{rest}"),
        None => format!("{base}/{}", path.trim_start_matches('/')),
    }
}

#[cfg(test)]
#[path = "push_tests.rs"]
mod tests;
