//! Results, newest first, grouped by report; a test opens its trend in the place of the list.

mod choose;
mod group;
mod previous;
mod trend;

use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;

use self::choose::{Filter, choose};
use self::previous::Previous;
use self::trend::TrendView;
use super::opened::{Opened, opened};
use crate::domain::Topic;
use crate::domain::result::{TestKey, groups};
use crate::pages::listing::{Under, choice, stream};
use crate::present::words::count;
use crate::ui::nhs::{FieldWords, Input};
use crate::ui::{Chips, Panel, PanelGrid, PanelSpan};

const TOPICS: &[Topic] = &[Topic::Results];
const STEP: usize = 40;

/// The test whose trend is open, and the button that opened it.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    pub test: TestKey,
    pub name: String,
    pub button: String,
}

#[component]
pub fn ResultsSection() -> impl IntoView {
    let it = opened();
    let all = Memo::new(move |_| {
        it.facts
            .with(|facts| groups(&facts.reports, &facts.findings))
    });
    let previous = Memo::new(move |_| it.facts.with(|facts| Previous::of(&facts.findings)));
    let (filter, typed, shown) = (
        RwSignal::new(Filter::All),
        RwSignal::new(String::new()),
        RwSignal::new(STEP),
    );
    let open = RwSignal::new(None::<Open>);
    let rows =
        Memo::new(move |_| typed.with(|typed| all.with(|all| choose(all, filter.get(), typed))));
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let has_trend = Memo::new(move |_| open.with(Option::is_some));
    let close = Callback::new(move |()| close(open));
    let row = move |own| group::group(own, previous, open);
    let body = move || {
        view! {
            {move || open.get().map(|it| view! { <TrendView test=it.test title=it.name on_close=close/> })}
            <div hidden=has_trend>
                <Filters filter typed shown/>
                {move || none.get().then(|| view! { <p class="app-panel__empty">"No results like this"</p> })}
                {stream(Under::Panel, ("Results", "older results"), rows, shown, STEP, row)}
                {errors(it)}
            </div>
        }
    };
    view! {
        <PanelGrid>
            <Panel
                title="Reports and measurements"
                span=PanelSpan::Full
                words=it.panel(TOPICS)
                on_retry=it.retry(TOPICS)
                empty="No results are recorded"
                lines=10
            >
                {body}
            </Panel>
        </PanelGrid>
    }
}

/// Back to the list, and to the button that opened the trend.
fn close(open: RwSignal<Option<Open>>) {
    let Some(was) = open.get_untracked() else {
        return;
    };
    open.set(None);
    // The list is shown again first.
    request_animation_frame(move || {
        let button = document().get_element_by_id(&was.button);
        if let Some(it) = button.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = it.focus();
        }
    });
}

#[component]
fn Filters(
    filter: RwSignal<Filter>,
    typed: RwSignal<String>,
    shown: RwSignal<usize>,
) -> impl IntoView {
    let on_input = move |text| {
        typed.set(text);
        shown.set(STEP);
    };
    let chips = Filter::ALL
        .map(|own| choice(own.words(), own, filter, shown, STEP))
        .collect_view();
    view! {
        <div class="app-filters">
            <Chips label="Show">{chips}</Chips>
            <Input words=FieldWords::new("find-test", "Find a test by name") value=typed on_input kind="text"/>
        </div>
    }
}

fn errors(it: Opened) -> impl IntoView {
    let wrong = Memo::new(move |_| {
        it.facts.with(|facts| {
            let findings = facts.findings.iter().filter(|it| it.is_error()).count();
            findings + facts.reports.iter().filter(|it| it.is_error()).count()
        })
    });
    move || {
        let wrong = i64::try_from(wrong.get()).unwrap_or(i64::MAX);
        (wrong > 0).then(|| {
            let words = format!(
                "{} entered in error or cancelled: not shown",
                count(wrong, "result was", "results were")
            );
            view! { <p class="app-quiet">{words}</p> }
        })
    }
}
