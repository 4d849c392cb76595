//! Names and telephone numbers behind references that came without them, for sources that ignore `_include`; who wrote a
//! plan, for those that know no `_revinclude`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::client::Reach;
use super::{Client, Search, Transport};
use crate::domain::ResourceRef;
use crate::fhir;

/// The types that are looked up, and what comes along with them.
const LOOKED_UP: [&str; 3] = ["PractitionerRole", "Practitioner", "Organization"];

/// Adds the professionals and organisations that teams and roles point at and that are not among the resources.
/// At most two further rounds (a role, then its person); what cannot be found stays a reference.
pub async fn complete<T: Transport>(client: &Client<T>, mut resources: Vec<Value>) -> Vec<Value> {
    for _ in 0..2 {
        let missing = missing(&resources);
        let searches: Vec<Search> = LOOKED_UP
            .iter()
            .filter_map(|kind| by_id(kind, &missing))
            .collect();
        if searches.is_empty() {
            break;
        }
        let before = resources.len();
        for found in client
            .ask(&searches, Reach::FirstPage)
            .await
            .into_iter()
            .flatten()
        {
            resources.extend(found.resources.into_iter().filter(fhir::is_about_nobody));
        }
        if resources.len() == before {
            break;
        }
    }
    resources
}

/// Adds who wrote these plans. Where that cannot be had it is not known, and the plans are.
pub async fn signed<T: Transport>(client: &Client<T>, mut resources: Vec<Value>) -> Vec<Value> {
    let all = resources.iter().filter_map(fhir::reference_to);
    let plans: Vec<String> = all
        .filter(|it| it.kind == "CarePlan")
        .map(|it| it.to_string())
        .take(100)
        .collect();
    if plans.is_empty() {
        return resources;
    }
    let search = Search::new("Provenance").with("target", plans.join(","));
    let found = client.ask(&[search], Reach::UpTo(500)).await.pop();
    let found = found.and_then(Result::ok).unwrap_or_default().resources;
    let signatures = found.into_iter();
    resources.extend(signatures.filter(|it| fhir::kind(it) == Some("Provenance")));
    resources
}

fn missing(resources: &[Value]) -> BTreeSet<ResourceRef> {
    let here: BTreeSet<ResourceRef> = resources.iter().filter_map(fhir::reference_to).collect();
    let pointing = resources.iter().flat_map(fhir::people_behind);
    pointing
        .filter(|it| LOOKED_UP.contains(&it.kind.as_ref()) && !here.contains(it))
        .collect()
}

fn by_id(kind: &'static str, missing: &BTreeSet<ResourceRef>) -> Option<Search> {
    let ids: Vec<&str> = missing
        .iter()
        .filter(|it| it.kind == kind)
        .map(|it| it.id.as_ref())
        .take(100)
        .collect();
    (!ids.is_empty()).then(|| {
        Search::new(kind)
            .with("_id", ids.join(","))
            .count(ids.len())
    })
}
