//! Banner, allergies and alerts: fixed at the top of every section.

use leptos::prelude::*;

use super::opened::{Opened, opened};
use crate::domain::{Topic, allergy};
use crate::present::{self, banner};
use crate::state::{Part, Remote};
use crate::ui::{
    AlertsChip, AllergyLine, AllergyStrip, AllergyTitle, AllergyWords, Banner, BannerWords,
    PatientHead,
};

#[component]
pub fn Head() -> impl IntoView {
    let it = opened();
    let words = Signal::derive(move || identity(it));
    let allergies = Signal::derive(move || strip(it));
    let alerts = Signal::derive(move || alerts(it));
    let note = Signal::derive(move || alerts_note(it));
    view! {
        <PatientHead>
            <Banner words/>
            <AllergyStrip words=allergies label="Allergies in brief">
                <AlertsChip alerts note/>
            </AllergyStrip>
        </PatientHead>
        <Unknown/>
    }
}

fn identity(it: Opened) -> Option<BannerWords> {
    let Some(person) = it.person.get() else {
        return not_loaded(it);
    };
    let today = crate::domain::time::london(it.now()).date();
    let mut warnings =
        present::person::warnings(&person, &it.conflicts.get(), &|id| it.source_name(id));
    it.facts.with(|facts| {
        let kept_back = facts.withheld.iter();
        warnings.extend(kept_back.map(|withheld| {
            present::panel::kept_back(withheld, &it.source_name(&withheld.origin.source))
        }));
    });
    let words = banner::words(
        &person.main,
        person.deceased.as_ref().map(|(it, _)| it),
        &warnings,
        today,
    );
    Some(BannerWords {
        name: words.name,
        born: words.born,
        died: words.died,
        gender: words.gender,
        nhs_number: words.nhs_number,
        warnings: words.warnings,
    })
}

/// Nobody has said who this is and nobody is being asked: a banner that goes on loading would promise an answer.
fn not_loaded(it: Opened) -> Option<BannerWords> {
    let shared = it.store.shared_id()?;
    let failed = it.store.chart().with(|chart| {
        let mut parts = chart.about(&[Topic::Identity]);
        parts.any(|part| part.source == shared && matches!(part.data, Remote::Failed(..)))
    });
    let unknown = || NOT_KNOWN.to_owned();
    failed.then(|| BannerWords {
        name: "Name could not be loaded".to_owned(),
        born: unknown(),
        gender: unknown(),
        nhs_number: unknown(),
        ..BannerWords::default()
    })
}

const NOT_KNOWN: &str = "Not known now";

fn strip(it: Opened) -> AllergyWords {
    let answers = it.answers(Topic::Allergies);
    let strip = it.facts.with(|facts| allergy::strip(facts, &answers));
    let title = match strip.standing {
        allergy::Standing::Loading => AllergyTitle::Loading,
        allergy::Standing::Known => AllergyTitle::Known,
        allergy::Standing::NoneKnown => AllergyTitle::NoneKnown,
        allergy::Standing::NotRecorded => AllergyTitle::NotRecorded,
        allergy::Standing::Unavailable => AllergyTitle::Unavailable,
    };
    let store = it.store;
    let names = move |id: &crate::domain::SourceId| store.source_name(id);
    let line = |line: &allergy::AllergyLine| {
        let words = present::allergy::line(line);
        AllergyLine {
            substance: words.substance,
            rest: words.rest,
            sources: line.sources().iter().map(names).collect(),
        }
    };
    AllergyWords {
        title,
        lines: strip.lines.iter().map(line).collect(),
        coverage: present::allergy::coverage(&strip),
        notes: present::allergy::notes(&strip, &names, &|id| it.why(Topic::Allergies, id)),
        awaited: !strip.loading.is_empty(),
    }
}

/// `None` while the alerts are awaited.
fn alerts(it: Opened) -> Option<Vec<String>> {
    let known = it.store.chart().with(|chart| {
        chart
            .about(&[Topic::Alerts])
            .any(|part| part.data.seen().is_some())
    });
    let waits = it.store.chart().with(|chart| {
        chart
            .about(&[Topic::Alerts])
            .any(|part| part.data.is_waiting())
    });
    if !known && waits {
        return None;
    }
    let now = it.now();
    let words = |facts: &crate::domain::Facts| {
        let current = facts.alerts.iter().filter(|alert| alert.is_current(now));
        // One that does not say what it is warns of something.
        let words = |label: Option<&str>| {
            label.map_or_else(|| "Alert without a name".to_owned(), present::name::clean)
        };
        current.map(|alert| words(alert.what.label())).collect()
    };
    Some(it.facts.with(|facts| words(facts)))
}

/// Alerts that could not be asked for are said beside those that are known.
fn alerts_note(it: Opened) -> String {
    let from = |words: &str, is_so: &dyn Fn(&Part) -> bool| {
        let names: Vec<String> = it.store.chart().with(|chart| {
            let all = chart.about(&[Topic::Alerts]).filter(|part| is_so(part));
            all.map(|part| it.store.source_name(&part.source)).collect()
        });
        (!names.is_empty()).then(|| format!("{words} {}", names.join(", ")))
    };
    let failed = from("not available from", &|part| part.data.problem().is_some());
    let in_part = from("only a part from", &|part| {
        let seen = part.data.seen();
        part.data.problem().is_none() && seen.is_some_and(|it| !it.value.is_whole())
    });
    let all: Vec<String> = [failed, in_part].into_iter().flatten().collect();
    all.join("; ")
}

/// The person could not be had at all: said once, above everything.
#[component]
fn Unknown() -> impl IntoView {
    let it = opened();
    let problem = Memo::new(move |_| {
        if it.person.with(Option::is_some) {
            return None;
        }
        it.store.chart().with(|chart| {
            let shared = it.store.shared_id()?;
            let part = chart
                .about(&[Topic::Identity])
                .find(|part| part.source == shared)?;
            part.data
                .problem()
                .map(|(problem, since)| (problem.clone(), since))
        })
    });
    let retry = it.retry(&[Topic::Identity]);
    move || {
        problem.get().map(|(problem, since)| {
            let gone = matches!(problem, crate::state::Problem::Gone);
            let heading = if gone { "This person is not in the shared record" } else { "This person could not be loaded" };
            let words = if gone {
                "The address may be old or mistyped, or the record was merged or removed. Find the person by name or NHS number.".to_owned()
            } else {
                present::problem::words(&it.store.shared_name(), &problem, since, None, it.now())
            };
            view! {
                <div class="app-main app-notice app-notice--failed" role="alert">
                    <h2>{heading}</h2>
                    <p>{words}</p>
                    {(!gone).then(|| view! {
                        <crate::ui::nhs::Button variant=crate::ui::nhs::ButtonVariant::Secondary on_press=retry>
                            "Try again"
                        </crate::ui::nhs::Button>
                    })}
                </div>
            }
        })
    }
}
