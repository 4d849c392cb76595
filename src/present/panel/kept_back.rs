//! What a source says of what it does not show, and what of its answer could not be shown.

use super::around::Behind;
use crate::domain::facts::Withheld;
use crate::domain::{Facts, IssueOf, Topic};
use crate::present::name::{clean, shown};
use crate::present::topic;

pub(super) fn facts<'a>(it: &Behind<'a>) -> impl Iterator<Item = &'a Facts> {
    let seen: Vec<&'a Facts> = it
        .parts
        .iter()
        .filter_map(|part| part.data.seen())
        .map(|it| it.value.as_ref())
        .collect();
    seen.into_iter()
}

/// One sentence each, without repeating any.
pub(super) fn warnings(it: &Behind<'_>) -> Vec<String> {
    let name = &it.name;
    let mut all: Vec<String> = Vec::new();
    let mut say = |text: String| {
        if !all.contains(&text) {
            all.push(text);
        }
    };
    for withheld in facts(it).flat_map(|it| &it.withheld) {
        say(kept_back(withheld, name));
    }
    let issues = || facts(it).flat_map(|it| &it.issues);
    match issues().filter(|it| it.of == IssueOf::Record).count() {
        0 => {}
        1 => say(format!("1 record from {name} could not be shown")),
        more => say(format!("{more} records from {name} could not be shown")),
    }
    let mut unread: Vec<&String> = Vec::new();
    for issue in issues().filter(|it| it.of == IssueOf::Unread) {
        if !unread.contains(&&issue.resource) {
            unread.push(&issue.resource);
        }
    }
    match unread.len() {
        0 => {}
        1 => say(format!("A part of 1 record from {name} could not be read")),
        more => say(format!(
            "A part of {more} records from {name} could not be read"
        )),
    }
    // What concerns a whole topic (a partial read, the source's remarks) names no resource but the source.
    for issue in issues().filter(|it| it.of != IssueOf::Record && !it.resource.contains('/')) {
        if let Some(about) = Topic::from_code(&issue.path) {
            say(clean(&format!(
                "{} from {name}: {}",
                topic::words(about),
                issue.what
            )));
        }
    }
    all
}

/// One line for what a source says that it keeps back. `name` is the source's.
pub fn kept_back(it: &Withheld, name: &str) -> String {
    let about = it.about.as_deref().and_then(shown);
    let about = about.unwrap_or_else(|| "what they are is not said".to_owned());
    match it.code.as_str() {
        "confidential-items" | "REDACTED" | "MASKED" | "withheld" => {
            format!("Some items are withheld at the source, {name}: {about} (confidential)")
        }
        "data-in-transit" => format!("Some items at {name} are still on their way there: {about}"),
        "data-awaiting-filing" => format!("Some items at {name} are not filed yet: {about}"),
        "SUBSETTED" => format!("{name} sent only a part: {about}"),
        "unavailable" => format!("{name} says this is unavailable: {about}"),
        "no-content-recorded" => format!("{name} says nothing was recorded: {about}"),
        other => clean(&format!("{name} may hold more: {about} ({other})")),
    }
}
