//! Who are you? A list of people of the record, until sign-in takes this place.

use std::time::Duration;

use leptos::prelude::*;

use crate::pages::Arrival;
use crate::present;
use crate::state::Remote;
use crate::store::reader::{self, Reader};
use crate::store::{Store, use_store};
use crate::ui::Skeleton;
use crate::ui::nhs::{Button, ButtonVariant, FieldWords, Input};

type People = Remote<Vec<Reader>>;

#[component]
pub fn PickReader() -> impl IntoView {
    let store = use_store();
    if let Some(arrival) = use_context::<Arrival>() {
        arrival.at("Who are you?", "page-heading");
    }
    let typed = RwSignal::new(String::new());
    let people = RwSignal::new(People::Loading);
    let load = move |wanted: String| {
        // "Try again" goes with what it replaces: the question must not go with it.
        leptos::task::spawn_local(async move {
            if !wanted.is_empty() {
                crate::store::pause(Duration::from_millis(250)).await;
            }
            if typed.try_get_untracked().as_deref() != Some(wanted.trim()) {
                return;
            }
            let result = reader::people(store, wanted).await;
            people.try_update(|it| *it = std::mem::take(it).answered(result, crate::store::now()));
        });
    };
    load(String::new());
    let on_input = Callback::new(move |text: String| {
        typed.set(text.trim().to_owned());
        load(text.trim().to_owned());
    });
    let retry = Callback::new(move |()| {
        people.set(People::Loading);
        load(typed.get_untracked());
    });
    view! {
        <main class="app-main app-main--narrow" id="maincontent" tabindex="-1">
            <h1 id="page-heading" tabindex="-1">"Who are you?"</h1>
            <p>"Sign-in is not connected yet. Pick the person to work as; everybody here is synthetic."</p>
            {crate::store::writing::waits_here().then(waiting)}
            <Input
                words=FieldWords {
                    id: "reader-name".into(),
                    label: "Find by surname".into(),
                    hint: Some("Or pick one of the people below".into()),
                    ..FieldWords::default()
                }
                value=typed
                on_input
            />
            {move || found(store, people.get(), typed.get_untracked(), retry)}
            <p>
                <button type="button" class="nhsuk-link" on:click=move |_| reader::become_reader(store, Reader::nobody())>
                    "Go on without a name: read the whole record, without my own lists"
                </button>
            </p>
        </main>
    }
}

/// Whose it is is not said to whoever stands at the device.
fn waiting() -> impl IntoView {
    let words = "Something that was saved on this device is not on the record yet. It is sent while its writer works here. \
                 Until it has gone, nothing of anybody else is kept on this device.";
    view! { <div class="nhsuk-inset-text"><p>{words}</p></div> }
}

/// The people, or what stands in their place.
fn found(store: Store, people: People, typed: String, retry: Callback<()>) -> AnyView {
    match people {
        Remote::Idle | Remote::Loading => view! { <Skeleton lines=6/> }.into_any(),
        Remote::Failed(it) => {
            let now = store.now.get_untracked();
            let words = present::problem::words(&store.shared_name(), &it.why, it.since, None, now);
            view! {
                <div class="nhsuk-inset-text" role="alert">
                    <p>{words}</p>
                    <Button variant=ButtonVariant::Secondary on_press=retry>"Try again"</Button>
                </div>
            }
            .into_any()
        }
        Remote::Ready(seen) | Remote::Refreshing(seen) | Remote::Stale(seen, ..) => {
            view! { <People people=seen.value typed/> }.into_any()
        }
    }
}

#[component]
fn People(people: Vec<Reader>, typed: String) -> impl IntoView {
    let store = use_store();
    if people.is_empty() {
        let words = if typed.is_empty() {
            "The shared record lists no professionals.".to_owned()
        } else {
            format!(
                "Nobody in the shared record has a name that begins with \u{201c}{typed}\u{201d}."
            )
        };
        return view! { <p role="status">{words}</p> }.into_any();
    }
    view! {
        <ul class="app-people">
            {people
                .into_iter()
                .map(|person| {
                    let about = [person.role.clone(), person.organisation.clone()];
                    let about = about.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
                    let name = person.name.clone();
                    view! {
                        <li>
                            <button
                                type="button"
                                class="app-people__person"
                                on:click=move |_| reader::become_reader(store, person.clone())
                            >
                                <strong>{name}</strong>
                                <span class="app-quiet">{about}</span>
                            </button>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}
