//! `Goal`: <https://hl7.org/fhir/R4/goal.html>.

use crate::domain::plan::{Goal, Target};
use crate::domain::{Concept, Linked, Origin, When};

use super::super::element::Element;
use super::super::words;

pub fn read(it: Element<'_>, origin: Origin) -> Goal {
    let targets: Vec<Target> = it.list("target").map(target).collect();
    let mut outcomes = it.concepts("outcomeCode");
    let seen = it.parties("outcomeReference").into_iter();
    outcomes.extend(
        seen.filter_map(|it| it.name)
            .map(|it| Concept::from_text(&it)),
    );
    Goal {
        origin,
        what: it.concept("description").unwrap_or_else(|| {
            it.wrong_at("description", "does not say what the goal is");
            Concept::default()
        }),
        lifecycle: it.string("lifecycleStatus"),
        achievement: it.concept("achievementStatus"),
        importance: it
            .concept("priority")
            .and_then(|it| it.label().map(str::to_owned)),
        start: start(it),
        due: targets.iter().find_map(|it| it.due.clone()),
        status_date: it.when("statusDate"),
        expressed_by: it.party("expressedBy"),
        targets,
        outcomes,
        needs: needs(it),
        notes: it.notes("note"),
    }
}

/// A need that is only named is none that the goal could stand under.
fn needs(it: Element<'_>) -> Vec<Linked> {
    let all = it.list("addresses").filter_map(|it| {
        let linked = it.as_linked("Condition")?;
        if linked.to.is_none() {
            it.wrong("is a reference that cannot be followed");
        }
        Some(linked).filter(|it| it.to.is_some())
    });
    all.collect()
}

fn start(it: Element<'_>) -> Option<When> {
    match it.choice("start")? {
        ("CodeableConcept", it) => it
            .as_concept()
            .and_then(|it| it.label().map(|it| When::Text(it.to_owned()))),
        (_, it) => it.as_when(),
    }
}

fn target(it: Element<'_>) -> Target {
    let due = match it.choice("due") {
        Some(("Duration", it)) => it
            .as_amount()
            .map(|it| When::Text(format!("within {}", words::duration(&it)))),
        Some((_, it)) => it.as_when(),
        None => None,
    };
    Target {
        measure: it.concept("measure"),
        detail: it
            .choice("detail")
            .and_then(|(kind, it)| words::answer(kind, it)),
        due,
    }
}
