//! How a section became what it is: its versions with who wrote each, what is different between any two, and the way back.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::{Desk, can_write, focus};
use crate::domain::section::{Difference, Section, differences};
use crate::domain::{Origin, ResourceRef};
use crate::present::{name, problem, writing as words};
use crate::state::Problem;
use crate::store::history::{MOST_VERSIONS, Version, history};
use crate::store::writing::Wanted;
use crate::ui::Skeleton;
use crate::ui::nhs::{Button, ButtonVariant, Choice, FieldWords, Select};

/// The versions, and why it is not known who wrote them; or why there are none, and since when.
type Answer = Result<(Vec<Version>, Option<Problem>), (Problem, DateTime<Utc>)>;

#[component]
pub fn History(desk: Desk, section: Section, place: ResourceRef) -> impl IntoView {
    let it = desk.it();
    let answer = RwSignal::new(None::<Answer>);
    let asked = place.clone();
    let ask = Callback::new(move |()| {
        answer.set(None);
        let place = asked.clone();
        spawn(async move {
            let found = history(it.store, &it.id.get_value(), section, &place).await;
            let now = it.store.now.get_untracked();
            answer.try_set(Some(found.map_err(|problem| (problem, now))));
        });
    });
    ask.run(());
    request_animation_frame(|| focus(".app-write h4"));
    let source = it.store.shared_name();
    let body = move || match answer.get() {
        None => view! { <div aria-busy="true"><Skeleton lines=6/></div> }.into_any(),
        Some(Err((problem, since))) => {
            let now = it.store.now.get_untracked();
            let words = problem::words(&source, &problem, since, None, now);
            view! {
                <div class="app-notice app-notice--failed" role="alert">
                    <p>"The earlier versions could not be read. " {words}</p>
                    <p><button type="button" class="nhsuk-link" on:click=move |_| ask.run(())>"Try again"</button></p>
                </div>
            }
            .into_any()
        }
        Some(Ok((versions, unsigned))) => {
            let now = it.store.now.get_untracked();
            let unsigned = unsigned.map(|why| problem::words(&source, &why, now, None, now));
            let known = unsigned.is_none();
            view! {
                {unsigned
                    .map(|why| {
                        view! {
                            <div class="app-notice app-notice--failed" role="alert">
                                <p>"Who wrote these versions could not be read. " {why}</p>
                                <p><button type="button" class="nhsuk-link" on:click=move |_| ask.run(())>"Try again"</button></p>
                            </div>
                        }
                    })}
                <Versions desk place=place.clone() versions known/>
            }
            .into_any()
        }
    };
    view! {
        <h4 tabindex="-1">"History"</h4>
        {body}
        <div class="app-write__bar">
            <button type="button" class="nhsuk-link" on:click=move |_| desk.close(None)>"Close"</button>
        </div>
    }
}

#[component]
fn Versions(
    desk: Desk,
    place: ResourceRef,
    versions: Vec<Version>,
    /// Whether who wrote them could be read.
    known: bool,
) -> impl IntoView {
    let it = desk.it();
    let now = it.store.now.get_untracked();
    let many = versions.len();
    if many < 2 {
        let words = match versions.first() {
            Some(only) => format!(
                "There is one version: {}.",
                words::version(only.at, only.written.as_ref(), known, now)
            ),
            None => "The record gives no versions of this.".to_owned(),
        };
        return view! { <p>{words}</p> }.into_any();
    }
    let choices: Vec<Choice> = versions
        .iter()
        .enumerate()
        .map(|(at, version)| Choice {
            value: at.to_string(),
            text: words::version(version.at, version.written.as_ref(), known, now),
            group: None,
        })
        .collect();
    let versions = StoredValue::new(versions);
    let (older, newer) = (RwSignal::new(1_usize), RwSignal::new(0_usize));
    let pick = |to: RwSignal<usize>| {
        Callback::new(move |value: String| {
            if let Ok(at) = value.parse() {
                to.set(at);
            }
        })
    };
    let shown = |of: RwSignal<usize>| Signal::derive(move || of.get().to_string());
    let changes = move || {
        versions.with_value(|all| {
            let (Some(old), Some(new)) = (all.get(older.get()), all.get(newer.get())) else {
                return ().into_any();
            };
            let found = differences(&old.held.entries(), &new.held.entries());
            let beside = old.held.differs_beside(&new.held);
            told(&found, beside)
        })
    };
    let origin = it.store.shared_id().map(|source| Origin {
        source,
        resource: place,
        updated: None,
    });
    let can = origin.is_some_and(|origin| can_write(it, &origin));
    let back = Callback::new(move |()| {
        let both = versions.with_value(|all| {
            let newest = all.first()?.held.clone();
            let then = all.get(older.get_untracked())?.held.entries();
            Some((newest, then))
        });
        if let Some(both) = both {
            desk.open(Wanted::Back(Box::new(both)));
        }
    });
    let first = choices.clone();
    view! {
        {(many >= MOST_VERSIONS)
            .then(|| view! { <p class="app-quiet">{format!("The newest {many} versions.")}</p> })}
        <Select words=FieldWords::new("version-before", "Compare the version of") choices=first chosen=shown(older) on_choose=pick(older)/>
        <Select words=FieldWords::new("version-after", "with the version of") choices chosen=shown(newer) on_choose=pick(newer)/>
        <div role="status">{changes}</div>
        {can
            .then(|| {
                view! {
                    <p>
                        <Button variant=ButtonVariant::Secondary classes="nhsuk-button--small" on_press=back>
                            {move || versions.with_value(|all| {
                                let then = all.get(older.get())?;
                                Some(words::bring_back(then.at, then.written.as_ref(), known, now))
                            })}
                        </Button>
                    </p>
                }
            })}
    }
    .into_any()
}

/// What is different, heading by heading.
fn told(found: &[Difference], beside: bool) -> AnyView {
    let line = |it: &Difference| {
        let text = |it: &Difference, text: &Option<String>| match text {
            Some(text) => words::shown(it.part, text),
            None => words::BLANK.to_owned(),
        };
        let whose = it.whose.as_deref().and_then(name::shown);
        let whose = whose.map(|it| format!(": {it}"));
        view! {
            <div class="app-change">
                <h5>{it.part.title()} {whose}</h5>
                <dl class="app-clash__three">
                    <div><dt>"Before"</dt><dd>{text(it, &it.before)}</dd></div>
                    <div><dt>"After"</dt><dd>{text(it, &it.after)}</dd></div>
                </dl>
            </div>
        }
    };
    let none = (found.is_empty() && !beside).then(|| view! { <p>"Nothing is different."</p> });
    view! {
        {none}
        {found.iter().map(line).collect_view()}
        {beside
            .then(|| view! { <p class="app-quiet">"Something that is not written here is different too."</p> })}
    }
    .into_any()
}
