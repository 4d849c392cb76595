//! `Provenance`, for who last wrote a plan: <https://hl7.org/fhir/R4/provenance.html>.

use crate::domain::plan::{Plan, Written};
use crate::domain::{ResourceRef, When};

use super::super::element::Element;

/// Each target with what was written about it. Targets that cannot be followed are left out: they are others'.
pub fn read(it: Element<'_>) -> Vec<(ResourceRef, Written)> {
    let written = written(it);
    it.list("target")
        .filter_map(|it| it.link()?.to)
        .map(|to| (to, written.clone()))
        .collect()
}

fn written(it: Element<'_>) -> Written {
    let agents: Vec<Element<'_>> = it.list("agent").collect();
    let is_author = |it: &&Element<'_>| {
        let kind = it.value().get("type").map(ToString::to_string);
        kind.is_some_and(|it| it.contains("\"author\"") || it.contains("\"AUT\""))
    };
    let agent = agents.iter().find(is_author).or_else(|| agents.first());
    let at = match it.choice("occurred") {
        Some(("Period", it)) => {
            let period = it.as_period();
            period.end.or(period.start)
        }
        Some((_, it)) => it.as_when(),
        None => None,
    };
    let party = |name| agent.and_then(|it| it.party(name));
    let role = agent.and_then(|it| it.concepts("role").into_iter().next());
    let role = role.or_else(|| agent?.object("who")?.role_of_target());
    Written {
        by: party("who").and_then(|it| it.name),
        role: role.and_then(|it| it.label().map(str::to_owned)),
        organisation: party("onBehalfOf").and_then(|it| it.name),
        at: it.when("recorded").or(at),
    }
}

/// Gives each plan the newest of what was written about it.
pub fn fill(plans: &mut [Plan], all: Vec<(ResourceRef, Written)>) {
    for (target, written) in all {
        let Some(plan) = plans.iter_mut().find(|it| it.origin.resource == target) else {
            continue;
        };
        let moment = |it: &Written| it.at.as_ref().and_then(When::earliest);
        let newer = plan
            .written
            .as_ref()
            .is_none_or(|old| moment(old) < moment(&written));
        if newer {
            plan.written = Some(written);
        }
    }
}
