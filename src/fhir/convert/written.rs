//! `Provenance`, for who last wrote a plan: <https://hl7.org/fhir/R4/provenance.html>.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::plan::{Plan, Written};
use crate::domain::{ResourceRef, When};

use super::super::element::Element;

/// What is written with a resource, and who wrote it, are taken in within this time, by the source's own clock.
const TOGETHER_SECONDS: i64 = 10;

/// Who wrote one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub of: ResourceRef,
    pub written: Written,
    /// When the source took it in.
    taken: Option<DateTime<Utc>>,
    /// When what it is about was written, where it says so.
    occurred: Option<DateTime<Utc>>,
}

impl Signature {
    /// How far it is from this moment, at which a version was taken in. `None` where the two are not together.
    pub fn apart(&self, from: DateTime<Utc>) -> Option<TimeDelta> {
        let moments = [self.taken, self.occurred].into_iter().flatten();
        let apart = moments.map(|it| (it - from).abs()).min()?;
        (apart <= TimeDelta::seconds(TOGETHER_SECONDS)).then_some(apart)
    }

    /// When it was written, as it says; a device's clock that is ahead has written no later than the source took it in.
    fn moment(&self) -> Option<DateTime<Utc>> {
        let said = self.written.at.as_ref().and_then(When::earliest);
        said.map(|it| self.taken.map_or(it, |taken| it.min(taken)))
    }

    /// What it says, at that moment.
    fn told(&self) -> Written {
        let mut written = self.written.clone();
        let said = written.at.as_ref().and_then(When::earliest);
        if said > self.moment() {
            written.at = self.moment().map(When::At);
        }
        written
    }

    /// Whether it is of an earlier version than one of this moment.
    fn is_before(&self, at: DateTime<Utc>) -> bool {
        let taken = self.taken;
        taken.is_some_and(|taken| at - taken > TimeDelta::seconds(TOGETHER_SECONDS))
    }
}

/// A signature for each target. Targets that cannot be followed are left out: they are others'.
pub fn read(it: Element<'_>) -> Vec<Signature> {
    let written = written(it);
    let taken = it.object("meta").and_then(|it| it.instant("lastUpdated"));
    let occurred = it.instant("occurredDateTime");
    let sign = |of| Signature {
        of,
        written: written.clone(),
        taken,
        occurred,
    };
    let targets = it.list("target").filter_map(|it| it.link()?.to);
    targets.map(sign).collect()
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

/// Gives each plan the newest of what was written about it. Who wrote it before it was written again, by somebody who did
/// not say who they are, has not written what it says now.
pub fn fill(plans: &mut [Plan], all: &[Signature]) {
    for plan in plans {
        let own = all.iter().filter(|it| it.of == plan.origin.resource);
        let Some(newest) = own.max_by_key(|it| it.moment()) else {
            continue;
        };
        let since = plan.origin.updated.filter(|at| newest.is_before(*at));
        plan.written = Some(match since {
            Some(at) => Written {
                at: Some(When::At(at)),
                ..Written::default()
            },
            None => newest.told(),
        });
    }
}
