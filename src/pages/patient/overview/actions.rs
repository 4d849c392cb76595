//! Open actions with owner and due date; medicines with what changed lately.

use leptos::prelude::*;

use crate::domain::plan::Task;
use crate::domain::{Topic, medicine};
use crate::pages::patient::opened::opened;
use crate::present::{date, name};
use crate::routes::{Page, Section};
use crate::ui::{Badge, BadgeTone, Panel, PanelSpan};

const PLANS: &[Topic] = &[Topic::Plans];
const MEDICINES: &[Topic] = &[Topic::Medicines];
const SHOWN: usize = 5;

#[component]
pub fn Actions() -> impl IntoView {
    let it = opened();
    let open = Memo::new(move |_| {
        it.facts.with(|facts| {
            let mut open: Vec<Task> = facts
                .tasks
                .iter()
                .filter(|it| it.is_open())
                .cloned()
                .collect();
            open.sort_by_key(|it| {
                (
                    it.due.is_none(),
                    it.due
                        .as_ref()
                        .and_then(crate::domain::time::When::earliest),
                )
            });
            open
        })
    });
    let href = it
        .id
        .with_value(|id| Page::Patient(id.clone(), Section::Plan).path());
    let body = move || {
        let (all, now) = (open.get(), it.now());
        if all.is_empty() {
            let words = it.none_of_kind(PLANS, "Task", "No open actions");
            return view! { <div class="app-quiet">{words}</div> }.into_any();
        }
        let more = all.len().saturating_sub(SHOWN);
        view! {
            {all.into_iter().take(SHOWN).map(|task| view! { <Action overdue=task.is_overdue(now) task/> }).collect_view()}
            {(more > 0).then(|| view! { <div class="app-quiet">{format!("and {more} more")}</div> })}
        }
        .into_any()
    };
    view! {
        <Panel
            title="Open actions"
            span=PanelSpan::Two
            words=it.panel_always(PLANS)
            on_retry=it.retry(PLANS)
            empty="No open actions"
            more=move || view! { <a class="nhsuk-link" href=href.clone()>"Open the plan"</a> }
        >
            {body}
        </Panel>
    }
}

#[component]
fn Action(task: Task, overdue: bool) -> impl IntoView {
    let what = task
        .what
        .as_deref()
        .map_or_else(|| "Action without a description".to_owned(), name::clean);
    let owner = task
        .owner
        .and_then(|it| it.name)
        .map_or_else(|| "No owner".to_owned(), |it| name::clean(&it));
    let due = task.due.as_ref().map(date::when_day);
    view! {
        <div class="app-row app-row--action">
            <span>{what}</span>
            <span class="app-quiet">
                {overdue.then(|| view! { <Badge tone=BadgeTone::Warn text="Overdue"/> " " })}
                {owner}
                {due.map(|it| view! { " · due " <span class="app-num">{it}</span> })}
            </span>
        </div>
    }
}

#[component]
pub fn Medicines() -> impl IntoView {
    let it = opened();
    let lines = Memo::new(move |_| {
        it.facts
            .with(|facts| medicine::lines(&facts.medicines, it.now()))
    });
    let href = it
        .id
        .with_value(|id| Page::Patient(id.clone(), Section::Medicines).path());
    let body = move || {
        lines.with(|all| {
            let current: Vec<_> = all.iter().filter(|it| it.current).collect();
            let differ = current.iter().filter(|it| it.doses_differ).count();
            let changed = all.iter().filter(|it| it.change.is_some()).count();
            let (one, many) = ("medicine", "medicines");
            let noun = |count| if count == 1 { one } else { many };
            view! {
                <div><b>{it.counted(MEDICINES, current.len())}</b> " current " {noun(current.len())}</div>
                <div>
                    {match changed {
                        0 => it.none(MEDICINES, "None changed in the last 28 days"),
                        count => format!("{count} changed in the last 28 days"),
                    }}
                </div>
                {(differ > 0)
                    .then(|| {
                        let words = format!("{differ} with different doses in two sources");
                        view! { <div class="app-abnormal">{words}</div> }
                    })}
            }
        })
    };
    view! {
        <Panel
            title="Medicines"
            words=it.panel(MEDICINES)
            on_retry=it.retry(MEDICINES)
            empty="No medicines are recorded"
            more=move || view! { <a class="nhsuk-link" href=href.clone()>"All medicines"</a> }
        >
            {body}
        </Panel>
    }
}
