//! The versions of a section, with who wrote each.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::about;
use crate::api::client::Reach;
use crate::api::{ApiError, Client, Found, Search, Transport};
use crate::domain::plan::Written;
use crate::domain::section::Section;
use crate::domain::{PatientId, ResourceRef};
use crate::fhir::{self, Held, Resource};

/// How many come at once, the newest.
pub const MOST_VERSIONS: usize = 20;

/// A section as it was; its entries have the same ids in every version.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub held: Held,
    pub at: Option<DateTime<Utc>>,
    pub written: Option<Written>,
}

/// How a section became what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The newest first.
    pub versions: Vec<Version>,
    /// Why it is not known who wrote them, where that could not be read.
    pub unsigned: Option<ApiError>,
}

/// The versions of a resource, as they are compared `now`, and who wrote them as far as the source says so.
pub async fn history<T: Transport>(
    client: &Client<T>,
    patient: &PatientId,
    section: Section,
    place: &ResourceRef,
    now: DateTime<Utc>,
) -> Result<History, ApiError> {
    let places = [place.clone()];
    let signed = Search::new("Provenance").with("target", place.to_string());
    let searches = [signed];
    let (mut answers, mut signed) = futures::future::join(
        client.versions(&places),
        client.ask(&searches, Reach::UpTo(100)),
    )
    .await;
    let versions = answers.pop().unwrap_or(Err(ApiError::NotOffered))?;
    let (signed, unsigned) = match signed.pop().unwrap_or(Err(ApiError::NotOffered)) {
        Ok(found) => (found, None),
        Err(error) => (Found::default(), Some(error)),
    };
    let mut all = Vec::new();
    for value in versions {
        let own = Resource::from_value(value).filter(|it| it.reference().as_ref() == Some(place));
        if let Some(own) = own {
            all.push(about(own, patient)?);
        }
    }
    all.sort_by_cached_key(order);
    let mut history: Vec<Version> = Vec::new();
    for resource in all {
        let at = resource.last_updated();
        let held = match history.last() {
            Some(before) => before.held.follow(resource, &[]),
            None => Held::open(section, resource)
                .map(|it| it.at(now))
                .ok_or_else(|| ApiError::Unreadable(section.kind().to_owned()))?,
        };
        let written = at.and_then(|at| written(client, &signed.resources, place, at));
        history.push(Version { held, at, written });
    }
    history.reverse();
    Ok(History {
        versions: history,
        unsigned,
    })
}

/// By when it was written; versions of the same moment by their number.
fn order(it: &Resource) -> (Option<DateTime<Utc>>, u64, String) {
    let version = it.version().unwrap_or_default();
    let number = version.parse().unwrap_or_default();
    (it.last_updated(), number, version.to_owned())
}

/// Who wrote it: what the source took in with it.
fn written<T: Transport>(
    client: &Client<T>,
    signed: &[Value],
    place: &ResourceRef,
    at: DateTime<Utc>,
) -> Option<Written> {
    let source = &client.source().id;
    let all = signed.iter().flat_map(|it| fhir::signatures(source, it));
    let own = all.filter(|it| it.of == *place);
    let near = own.filter_map(|it| Some((it.apart(at)?, it.written)));
    near.min_by_key(|it| it.0).map(|it| it.1)
}
