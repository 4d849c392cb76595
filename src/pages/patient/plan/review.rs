//! "Reviewed, no change": two taps, and the next review is planned.

use chrono::{DateTime, Months, NaiveDate, Utc};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::write::{can_write, focus};
use crate::domain::ResourceRef;
use crate::domain::plan::Plan;
use crate::domain::time::london;
use crate::pages::patient::opened::{Opened, opened};
use crate::present::{date, problem};
use crate::state::Problem;
use crate::store::review::reviewed;
use crate::ui::nhs::{Button, ButtonVariant, Choice, FieldWords, Select};

/// Months until the next review that are offered.
const MONTHS: [u32; 4] = [1, 3, 6, 12];

/// Where the review is.
#[derive(Clone, Debug, Default, PartialEq)]
enum Stand {
    #[default]
    Closed,
    Asking,
    Saving,
    Failed(Problem, DateTime<Utc>),
}

/// For a plan of the shared record; `plan` is the one that is in force.
#[component]
pub fn Reviewed(plan: Memo<Option<Plan>>) -> impl IntoView {
    let it = opened();
    let stand = RwSignal::new(Stand::default());
    let said = RwSignal::new(None::<String>);
    let here = Memo::new(move |_| {
        plan.with(|plan| {
            let plan = plan.as_ref()?;
            let own = can_write(it, &plan.origin) && plan.is_current();
            own.then(|| (plan.origin.resource.clone(), plan.review_months()))
        })
    });
    let today = move || london(it.store.now.get_untracked()).date();
    let months = RwSignal::new(None::<u32>);
    let chosen = move || {
        let usual = here.with_untracked(|it| it.as_ref().map_or(3, |it| it.1));
        months.get().unwrap_or(usual)
    };
    let save = Callback::new(move |()| {
        if let Some((place, _)) = here.get_untracked() {
            let on = today();
            let next = after(on, untrack(chosen));
            write(it, place, (on, next), stand, said);
        }
    });
    let open = Callback::new(move |()| {
        said.set(None);
        months.set(None);
        stand.set(Stand::Asking);
    });
    let closed = Memo::new(move |_| stand.with(|it| *it == Stand::Closed));
    view! {
        <Show when=move || here.with(Option::is_some)>
            <div class="app-write__said" role="status">
                {move || said.get().map(|it| view! { <p class="app-notice app-notice--done">{it}</p> })}
            </div>
            <Show
                when=move || !closed.get()
                fallback=move || {
                    view! {
                        <p>
                            <Button variant=ButtonVariant::Secondary classes="nhsuk-button--small" on_press=open>
                                "Reviewed, no change"
                            </Button>
                        </p>
                    }
                }
            >
                <Asked stand months chosen=Signal::derive(chosen) today=today() save/>
            </Show>
        </Show>
    }
}

/// Writes it, and says what came of it.
fn write(
    it: Opened,
    plan: ResourceRef,
    days: (NaiveDate, NaiveDate),
    stand: RwSignal<Stand>,
    said: RwSignal<Option<String>>,
) {
    let patient = it.id.get_value();
    stand.set(Stand::Saving);
    spawn(async move {
        let outcome = reviewed(it.store, &patient, &plan, days).await;
        let now = it.store.now.get_untracked();
        stand.try_set(match outcome {
            Ok(()) => {
                let next = date::day(days.1);
                said.try_set(Some(format!(
                    "The review is on the record. The next one is due {next}."
                )));
                leave();
                Stand::Closed
            }
            Err(problem) => Stand::Failed(problem, now),
        });
    });
}

/// The way in is drawn again: the focus goes to the heading above it.
fn leave() {
    request_animation_frame(|| focus(".app-plan h3"));
}

fn after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(day)
}

/// When the next review is, and the second tap.
#[component]
fn Asked(
    stand: RwSignal<Stand>,
    months: RwSignal<Option<u32>>,
    chosen: Signal<u32>,
    today: NaiveDate,
    save: Callback<()>,
) -> impl IntoView {
    let it = opened();
    let choices: Vec<Choice> = MONTHS
        .into_iter()
        .map(|many| {
            let unit = if many == 1 { "month" } else { "months" };
            Choice {
                value: many.to_string(),
                text: format!("In {many} {unit}, {}", date::day(after(today, many))),
                group: None,
            }
        })
        .collect();
    request_animation_frame(|| focus("#next-review"));
    let choose = Callback::new(move |value: String| months.set(value.parse().ok()));
    let saving = Signal::derive(move || stand.with(|it| *it == Stand::Saving));
    let failed = move || match stand.get() {
        Stand::Failed(problem, since) => {
            let source = it.store.shared_name();
            let words =
                problem::words(&source, &problem, since, None, it.store.now.get_untracked());
            let words = if problem.is_passing() {
                format!("It is not known whether the review has reached the record. {words}")
            } else {
                format!("The review is not on the record. {words}")
            };
            Some(view! { <p class="app-notice app-notice--failed" role="alert">{words}</p> })
        }
        _ => None,
    };
    view! {
        <div class="app-write">
            {failed}
            <Select
                words=FieldWords::new("next-review", "Next review")
                choices
                chosen=Signal::derive(move || chosen.get().to_string())
                on_choose=choose
            />
            <div class="app-write__bar">
                <Button disabled=saving on_press=save>
                    {move || if saving.get() { "Saving to the record" } else { "Save to the record" }}
                </Button>
                <button
                    type="button"
                    class="nhsuk-link"
                    disabled=saving
                    on:click=move |_| {
                        stand.set(Stand::Closed);
                        leave();
                    }
                >
                    "Not now"
                </button>
            </div>
        </div>
    }
}
