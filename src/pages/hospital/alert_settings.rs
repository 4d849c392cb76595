//! What the reader wants to be told of, of whom, when, and where.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::present::alerts as words;
use crate::state::AlertRules;
use crate::state::alerts::{AlertAbout, AlertWhom, Outside, QuietHours};
use crate::store::{Store, alerts, use_store};
use crate::ui::nhs::{Choice, FieldWords, Select};

/// Hours that are offered where none were chosen yet.
const EVENING: u8 = 18;
const MORNING: u8 = 8;

#[component]
pub fn AlertSettings() -> impl IntoView {
    let store = use_store();
    let chosen = move |of: fn(&AlertRules) -> String| {
        Signal::derive(move || store.alerts.with(|it| of(&it.rules)))
    };
    let about = chooser(store, "everything", |it, everything| {
        it.about = if everything {
            AlertAbout::Everything
        } else {
            AlertAbout::Unplanned
        };
    });
    let whom = chooser(store, "key-worker", |it, key_worker| {
        it.whom = if key_worker {
            AlertWhom::KeyWorker
        } else {
            AlertWhom::AllMine
        };
    });
    let abouts = choices(&[
        ("unplanned", "Unplanned (ED, emergency)"),
        ("everything", "Everything that happens"),
    ]);
    let whoms = choices(&[
        ("mine", "All my patients"),
        ("key-worker", "Patients whose key worker I am"),
    ]);
    view! {
        <Select
            words=FieldWords::new("alert-about", "Tell me about")
            choices=abouts
            chosen=chosen(|it| if it.about == AlertAbout::Everything { "everything" } else { "unplanned" }.to_owned())
            on_choose=about
        />
        <Select
            words=FieldWords::new("alert-whom", "For")
            choices=whoms
            chosen=chosen(|it| if it.whom == AlertWhom::KeyWorker { "key-worker" } else { "mine" }.to_owned())
            on_choose=whom
        />
        <Quiet/>
        <Elsewhere/>
        <p class="app-quiet">"Kept on this device. New events are always in Hospital activity."</p>
    }
}

/// Changes a rule that has two values, `one` being the other than the usual.
fn chooser(store: Store, one: &'static str, change: fn(&mut AlertRules, bool)) -> Callback<String> {
    Callback::new(move |value: String| alerts::change(store, |it| change(it, value == one)))
}

fn choices(all: &[(&str, &str)]) -> Vec<Choice> {
    let choice = |(value, text): &(&str, &str)| Choice {
        value: (*value).to_owned(),
        text: (*text).to_owned(),
        group: None,
    };
    all.iter().map(choice).collect()
}

/// Hours in which nothing is said.
#[component]
fn Quiet() -> impl IntoView {
    let store = use_store();
    let hours = Memo::new(move |_| store.alerts.with(|it| it.rules.quiet));
    let hour = |it: u8| Choice {
        value: it.to_string(),
        text: words::hour(it),
        group: None,
    };
    let from: Vec<Choice> = choices(&[("", "No quiet hours")])
        .into_iter()
        .chain((0..24).map(hour))
        .collect();
    let until = Signal::derive(move || {
        let first = hours.get().map(QuietHours::from);
        (0..24)
            .filter(|it| Some(*it) != first)
            .map(hour)
            .collect::<Vec<_>>()
    });
    let text = |it: Option<u8>| it.map(|it| it.to_string()).unwrap_or_default();
    let on_from = Callback::new(move |value: String| {
        let until = hours.get_untracked().map_or(MORNING, QuietHours::until);
        set(store, value.parse().ok(), until);
    });
    let on_until = Callback::new(move |value: String| {
        let from = hours.get_untracked().map_or(EVENING, QuietHours::from);
        set(store, Some(from), value.parse().unwrap_or(MORNING));
    });
    view! {
        <div class="app-side-by-side">
            <Select
                words=FieldWords::new("quiet-from", "Quiet from")
                choices=from
                chosen=Signal::derive(move || text(hours.get().map(QuietHours::from)))
                on_choose=on_from
            />
            <Show when=move || hours.get().is_some()>
                <Select
                    words=FieldWords::new("quiet-until", "until")
                    choices=until
                    chosen=Signal::derive(move || text(hours.get().map(QuietHours::until)))
                    on_choose=on_until
                />
            </Show>
        </div>
    }
}

fn set(store: Store, from: Option<u8>, until: u8) {
    // From an hour until the same hour is no time: the next one then.
    let hours = from.and_then(|from| {
        QuietHours::new(from, until).or_else(|| QuietHours::new(from, (from + 1) % 24))
    });
    alerts::change(store, |it| it.quiet = hours);
}

/// Notices of the device, for who is not at the page.
#[component]
fn Elsewhere() -> impl IntoView {
    let store = use_store();
    let allowed = RwSignal::new(alerts::are_allowed());
    let choose = Callback::new(move |value: String| {
        let outside = if value == "notified" {
            Outside::Notified
        } else {
            Outside::Silent
        };
        alerts::change(store, |it| it.outside = outside);
        if outside == Outside::Notified {
            spawn_local(async move {
                alerts::ask().await;
                allowed.try_set(alerts::are_allowed());
            });
        }
    });
    let choices = choices(&[
        ("silent", "Say nothing"),
        ("notified", "Notify me, without names"),
    ]);
    let wanted = Memo::new(move |_| {
        store
            .alerts
            .with(|it| it.rules.outside == Outside::Notified)
    });
    let chosen =
        Signal::derive(move || if wanted.get() { "notified" } else { "silent" }.to_owned());
    let error = Signal::derive(move || {
        let problem = words::not_allowed(allowed.get());
        problem.filter(|_| wanted.get()).map(str::to_owned)
    });
    view! {
        <Select
            words=FieldWords::new("alert-elsewhere", "When I am not at this page")
            choices
            chosen
            on_choose=choose
            error
        />
    }
}
