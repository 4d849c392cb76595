//! Every component and state with hard-coded, synthetic words: an overview and a work list as they are on screen, then
//! the states that are rare in life. In builds with `--cfg styleguide` only (development ones), at `/styleguide`;
//! mounted instead of the app and its router, since its parts are chosen by the address's fragment.

use leptos::{ev, html, prelude::*};

use crate::{
    present::panel::Standing,
    ui::{
        Dialog, FinderBox, FinderHit, Key, Keys, MainNav, NavItem, Popover, SourceLine,
        SourcesList, TopBar,
        nhs::{Icon, IconName, SkipLink},
    },
};

mod controls;
mod overview;
mod sample;
mod states;
mod trend;
mod worklist;

const PARTS: [(&str, &str); 5] = [
    ("overview", "Overview"),
    ("worklist", "Work list"),
    ("states", "States"),
    ("controls", "Controls"),
    ("trend", "Graph"),
];

/// The whole page: mount it instead of the app.
#[component]
pub fn Styleguide() -> impl IntoView {
    let part = RwSignal::new(fragment());
    let moved = window_event_listener(ev::hashchange, move |_| part.set(fragment()));
    on_cleanup(move || moved.remove());
    let keys = RwSignal::new(false);
    let items = Signal::derive(move || {
        let current = part.get();
        let item = |(id, text): &(&str, &str)| NavItem {
            text: (*text).to_owned(),
            href: format!("#{id}"),
            current: current == *id,
            count: (*id == "states").then(|| (4, "new".to_owned())),
        };
        PARTS.iter().map(item).collect::<Vec<_>>()
    });
    view! {
        <SkipLink/>
        <TopBar product="Alongside" home="#overview" finder=move || view! { <Finder/> }>
            <Sources/>
            <Who keys/>
        </TopBar>
        <MainNav items/>
        <main id="maincontent" tabindex="-1">
            {move || match part.get().as_str() {
                "worklist" => view! { <worklist::WorkList/> }.into_any(),
                "states" => view! { <states::States/> }.into_any(),
                "controls" => view! { <controls::Controls/> }.into_any(),
                "trend" => view! { <trend::Trend/> }.into_any(),
                _ => view! { <overview::Overview/> }.into_any(),
            }}
        </main>
        <Dialog title="Keys" open=keys on_close=move |()| keys.set(false)>
            <Keys keys=key_list()/>
        </Dialog>
    }
}

fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let id = hash.trim_start_matches('#').to_owned();
    if id.is_empty() {
        "overview".to_owned()
    } else {
        id
    }
}

fn key_list() -> Vec<Key> {
    [
        (vec!["j", "↓"], "Next in a list"),
        (vec!["k", "↑"], "Previous in a list"),
        (vec!["Enter"], "Open"),
        (vec!["/", "Ctrl K"], "Find a patient"),
        (vec!["?"], "These keys"),
    ]
    .into_iter()
    .map(|(keys, does)| Key {
        keys: keys.into_iter().map(str::to_owned).collect(),
        does: does.to_owned(),
    })
    .collect()
}

#[component]
fn Finder() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let input = NodeRef::<html::Input>::new();
    let slash = window_event_listener(ev::keydown, move |event| {
        let free = document()
            .active_element()
            .is_none_or(|it| it.tag_name() == "BODY");
        if event.key() == "/" && free {
            event.prevent_default();
            if let Some(it) = input.get_untracked() {
                let _ = it.focus();
            }
        }
    });
    on_cleanup(move || slash.remove());
    let hits = Signal::derive(move || {
        let wanted = text.get().to_lowercase();
        sample::PEOPLE
            .iter()
            .filter(|it| it.0.to_lowercase().contains(&wanted))
            .map(|it| FinderHit {
                certain: false,
                id: it.0.to_owned(),
                title: it.0.to_owned(),
                detail: it.1.to_owned(),
                badge: if it.2 == "Home" {
                    String::new()
                } else {
                    it.2.to_owned()
                },
            })
            .collect::<Vec<_>>()
    });
    let status = Signal::derive(move || match hits.with(Vec::len) {
        0 => {
            "Nobody found: names, NHS numbers and dates of birth in the shared record were searched"
                .to_owned()
        }
        1 => "1 person; searching the record…".to_owned(),
        many => format!("{many} people"),
    });
    let validation = Signal::derive(move || {
        let digits = text.with(|it| it.chars().filter(char::is_ascii_digit).count());
        if digits == 10 {
            "This is not an NHS number: its last digit does not fit the others".to_owned()
        } else {
            String::new()
        }
    });
    view! {
        <FinderBox
            text
            hits
            status
            validation
            input
            on_input=move |it| text.set(it)
            on_pick=move |it| text.set(it)
        />
    }
}

#[component]
fn Sources() -> impl IntoView {
    let source = |id: &str, name: &str, standing, words: &str, missing: &[&str]| SourceLine {
        id: id.to_owned(),
        name: name.to_owned(),
        standing,
        words: words.to_owned(),
        missing: missing.iter().map(|it| (*it).to_owned()).collect(),
        can_retry: standing == Standing::Failed,
    };
    let sources = vec![
        source(
            "shared",
            "Shared record",
            Standing::UpToDate,
            "as at 14:05",
            &[],
        ),
        source(
            "rw3",
            "Wythenshawe",
            Standing::Refreshing,
            "as at 14:02, refreshing",
            &[],
        ),
        source(
            "rm3",
            "North Manchester",
            Standing::Stale,
            "as at 13:40, late",
            &[],
        ),
        source(
            "r0a",
            "Central Manchester",
            Standing::Failed,
            "not reached since 13:48",
            &["Appointments", "Results since yesterday"],
        ),
    ];
    view! {
        <SourcesList sources=Signal::derive(move || sources.clone()) on_retry=|_| ()/>
    }
}

#[component]
fn Who(keys: RwSignal<bool>) -> impl IntoView {
    let label = || {
        view! {
            <Icon name=IconName::USER/>
            <span class="app-top__who">"Asha Rahman, care coordinator"</span>
        }
    };
    view! {
        <Popover button_class="app-top__button" name="Who I am" label>
            <p><b>"Asha Rahman"</b></p>
            <p>"Care coordinator"</p>
            <p class="app-quiet">"North Community NHS Trust"</p>
            <button type="button" class="nhsuk-link" on:click=move |_| keys.set(true)>"Keys"</button>
        </Popover>
    }
}
