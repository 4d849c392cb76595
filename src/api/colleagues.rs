//! Who can join a team: found by name in the record's directory. What comes is looked through again here, for a source
//! that does not know a chain gives everybody.

use super::client::Reach;
use super::search::escape;
use super::{ApiError, Client, Search, Transport, directory};
use crate::domain::folding;
use crate::domain::team::{Colleague, colleagues};
use crate::fhir;

/// How many are read of each kind.
const MOST: usize = 40;

/// Who was found, and whether there may be more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundColleagues {
    pub all: Vec<Colleague>,
    pub more: bool,
}

/// People and organisations whose name has words that begin so.
pub async fn find_colleagues<T: Transport>(
    client: &Client<T>,
    typed: &str,
) -> Result<FoundColleagues, ApiError> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    if words.is_empty() {
        return Ok(FoundColleagues::default());
    }
    let named = |search: Search, name: &'static str| {
        let all = words.iter();
        all.fold(search, |search, it| search.with(name, escape(it)))
    };
    let roles = Search::new("PractitionerRole")
        .with("_include", "PractitionerRole:practitioner")
        .with("_include", "PractitionerRole:organization")
        .count(MOST);
    let searches = [
        named(roles.clone(), "practitioner.name"),
        named(Search::new("Practitioner").count(MOST), "name").optional(),
        named(Search::new("Organization").count(MOST), "name").optional(),
    ];
    let mut answers = client.ask(&searches, Reach::FirstPage).await.into_iter();
    let mut next = || answers.next().unwrap_or(Err(ApiError::NotOffered));
    let (in_role, people, places) = (next(), next(), next());
    let failed = in_role.as_ref().err().cloned();
    if let (Some(error), Err(_), Err(_)) = (&failed, &people, &places) {
        return Err(error.clone());
    }
    let mut resources = Vec::new();
    let mut more = false;
    for found in [in_role, people, places].into_iter().flatten() {
        more |= found.next.is_some();
        resources.extend(found.resources);
    }
    if failed.is_some() {
        // Without the chain: the roles of who was found.
        let ids: Vec<String> = resources
            .iter()
            .filter_map(fhir::reference_to)
            .filter(|it| it.kind == "Practitioner")
            .map(|it| it.to_string())
            .collect();
        if !ids.is_empty() {
            let theirs = roles.with("practitioner", ids.join(","));
            let found = client.ask(&[theirs], Reach::FirstPage).await;
            resources.extend(found.into_iter().flatten().flat_map(|it| it.resources));
        }
    }
    let resources = directory::complete(client, resources).await;
    let source = &client.source().id;
    let facts = fhir::convert::list_facts(source, &resources);
    let mut all = colleagues(&facts, source);
    all.retain(|it| is_named(&it.name, typed));
    Ok(FoundColleagues { all, more })
}

fn is_named(name: &str, typed: &str) -> bool {
    let name = folding::words(name);
    let begins = |word: &String| name.iter().any(|it| it.starts_with(word));
    folding::words(typed).iter().all(begins)
}
