//! Forms that a locality adds to the plan: which (`config.json`), and what each asks (`Questionnaire` on the shared record,
//! with what there is to choose from where that is a `ValueSet` of its own).

use serde_json::Value;

use super::checked::{Checked, wrong};
use super::client::Reach;
use super::{ApiError, Client, Search, Transport};
use crate::domain::questionnaire::Questionnaire;
use crate::fhir;

const PLACE: &str = "planQuestionnaires";

/// The canonical addresses of the forms, in the order in which they stand on the page, from what `config.json` has.
pub fn wanted(list: &Value) -> Checked<Vec<String>> {
    if list.is_null() {
        return Ok(Vec::new());
    }
    let address = |it: &Value| it.as_str().filter(|it| it.contains(':')).map(str::to_owned);
    let all = list
        .as_array()
        .and_then(|all| all.iter().map(address).collect());
    all.map_or_else(
        || {
            wrong(
                PLACE,
                "must be a list of canonical addresses of Questionnaires",
            )
        },
        Ok,
    )
}

/// An address and the version that it asks for.
fn parts(canonical: &str) -> (&str, Option<&str>) {
    match canonical.split_once('|') {
        Some((url, version)) => (url, Some(version)),
        None => (canonical, None),
    }
}

/// The form of each address, as the source has it in force; `None` where it has none.
pub async fn read<T: Transport>(
    client: &Client<T>,
    wanted: &[String],
) -> Result<Vec<Option<&'static Questionnaire>>, ApiError> {
    let search = |it: &String| {
        let (url, version) = parts(it);
        let search = Search::new("Questionnaire")
            .with("url", url)
            .with("status", "active");
        match version {
            Some(version) => search.with("version", version),
            None => search,
        }
    };
    let searches: Vec<Search> = wanted.iter().map(search).collect();
    let answers = client.ask(&searches, Reach::FirstPage).await;
    let mut found = Vec::new();
    for (answer, wanted) in answers.into_iter().zip(wanted) {
        found.push(newest(&answer?.resources, wanted));
    }
    let listed = listed(client, &found).await;
    let form = |mut form: Value| {
        for (set, expansion) in &listed {
            if fhir::unlisted(&form).contains(set) {
                fhir::list_answers(&mut form, set, expansion);
            }
        }
        fhir::questionnaire(&form)
    };
    Ok(found.into_iter().map(|it| it.and_then(form)).collect())
}

/// What the source lists for the value sets of these forms. Where it cannot, or lists too many, the question is shown as
/// one that cannot be answered here.
async fn listed<T: Transport>(client: &Client<T>, forms: &[Option<Value>]) -> Vec<(String, Value)> {
    let mut sets: Vec<String> = forms.iter().flatten().flat_map(fhir::unlisted).collect();
    sets.sort_unstable();
    sets.dedup();
    let ask = |set: String| async move { Some((set.clone(), list(client, &set).await?)) };
    let answers = futures::future::join_all(sets.into_iter().map(ask)).await;
    answers.into_iter().flatten().collect()
}

/// Many servers do not list, and have a value set that names all its codes.
async fn list<T: Transport>(client: &Client<T>, set: &str) -> Option<Value> {
    let (url, version) = parts(set);
    let search = |kind, name| {
        let search = Search::new(kind).with("url", url);
        match version {
            Some(version) => search.with(name, version),
            None => search,
        }
    };
    let listing = search("ValueSet/$expand", "valueSetVersion");
    let listing = listing.with("count", (fhir::MOST_LISTED + 1).to_string());
    let is_set = |it: &Value| it.get("resourceType").and_then(Value::as_str) == Some("ValueSet");
    if let Ok(set) = client.read_one(&listing.path()).await
        && is_set(&set)
    {
        return Some(set);
    }
    let found = client.read_one(&search("ValueSet", "version").path()).await;
    let found = fhir::searchset(found.ok()?).resources;
    let is_own = |it: &&Value| {
        let has = |name: &str, own| it.get(name).and_then(Value::as_str) == Some(own);
        is_set(it) && has("url", url) && version.is_none_or(|own| has("version", own))
    };
    let date = |it: &&Value| it.get("date").and_then(Value::as_str).map(str::to_owned);
    found.iter().filter(is_own).max_by_key(date).cloned()
}

/// Of several versions the one that was written last.
fn newest(found: &[Value], wanted: &str) -> Option<Value> {
    let (url, version) = parts(wanted);
    let text = |it: &Value, path: &str| it.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let own = found.iter().filter(|it| {
        text(it, "/url").as_deref() == Some(url)
            && text(it, "/status").as_deref() == Some("active")
            && version.is_none_or(|own| text(it, "/version").as_deref() == Some(own))
    });
    let written = |it: &&Value| (text(it, "/date"), text(it, "/meta/lastUpdated"));
    own.max_by_key(written).cloned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn which_forms_are_wanted_is_a_list_of_addresses() {
        assert_eq!(wanted(&Value::Null), Ok(Vec::new()));
        assert_eq!(
            wanted(&json!(["https://a/b|1"])),
            Ok(vec!["https://a/b|1".to_owned()])
        );
        for other in [json!(7), json!([7]), json!(["b"]), json!("https://a/b")] {
            let wrong = wanted(&other).unwrap_err();
            assert_eq!(wrong.place, "planQuestionnaires", "{other}");
        }
    }

    #[test]
    fn the_newest_that_is_in_force_is_taken_and_no_other() {
        let form = |version: &str, date: &str, status: &str| {
            json!({
                "resourceType": "Questionnaire", "url": "https://a/b", "version": version, "date": date,
                "status": status, "title": version
            })
        };
        let all = [
            form("1", "2025-01-01", "active"),
            form("2", "2026-01-01", "active"),
            form("3", "2026-06-01", "draft"),
        ];
        let title = |wanted| newest(&all, wanted).map(|it| it["title"].clone());
        assert_eq!(title("https://a/b"), Some(json!("2")));
        assert_eq!(title("https://a/b|1"), Some(json!("1")));
        assert_eq!(title("https://a/c"), None);
    }
}
