//! One admission, attendance or contact.

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::activity::{Encounter, Setting, Urgency};
use crate::domain::time::Period;
use crate::pages::patient::opened::opened;
use crate::present::activity::{ActivityWords, Standing, standing, words};
use crate::present::date;
use crate::ui::{Badge, BadgeTone, SourceTags, StreamEvent, Words};

/// A row of the stream.
pub fn visit(own: Arc<Encounter>) -> AnyView {
    let it = opened();
    let at = own.period.start.as_ref().or(own.period.end.as_ref());
    let time = at.map_or_else(|| date::NOT_RECORDED.to_owned(), date::when);
    let now = it.store.now.get_untracked();
    let hot = is_unplanned(&own) && matches!(standing(&own, now), Standing::Now | Standing::Over);
    let source = own.origin.source.clone();
    let place = String::new();
    let said = {
        let own = Arc::clone(&own);
        Memo::new(move |_| words(&own, it.now()))
    };
    let tags = move || {
        let source = source.clone();
        view! { <SourceTags names=Signal::derive(move || vec![it.source_name(&source)])/> }
    };
    let head = move || {
        let words = said.get();
        let class = if hot {
            "app-strong app-visit--hot"
        } else {
            "app-strong"
        };
        view! { <span class=class>{words.headline}</span> {badge(words.standing)} }
    };
    let facts = move || {
        said.with(|words| facts(words, &own.period))
            .into_iter()
            .map(fact)
            .collect_view()
    };
    view! {
        <StreamEvent time place hot end=tags>
            {head}
            <dl class="app-visit">{facts}</dl>
        </StreamEvent>
    }
    .into_any()
}

fn is_unplanned(it: &Encounter) -> bool {
    it.is(Setting::Emergency) || it.urgency() == Some(Urgency::Emergency)
}

fn badge(standing: Standing) -> AnyView {
    let (tone, text) = match standing {
        Standing::Now => (BadgeTone::Alert, "Now"),
        Standing::Planned => (BadgeTone::Info, "Planned"),
        Standing::Cancelled => (BadgeTone::Plain, "Cancelled"),
        Standing::Missed => (BadgeTone::Warn, "Missed"),
        Standing::Over | Standing::Error => return ().into_any(),
    };
    view! { " " <Badge tone text/> }.into_any()
}

/// Label and value.
type Said = (&'static str, String);

fn facts(words: &ActivityWords, period: &Period) -> Vec<Said> {
    let it = words.clone();
    let end = period
        .end
        .as_ref()
        .filter(|_| period.start.is_some())
        .map(date::when);
    // What goes on has not ended: it is expected to.
    let ended = match it.standing {
        Standing::Now => "Expected end",
        _ => "Ended",
    };
    let moves = (!it.moves.is_empty()).then(|| it.moves.join(" · "));
    let others = (!it.others.is_empty()).then(|| it.others.join(" · "));
    let all = [
        ("Where", it.place),
        ("Specialty", it.specialty),
        ("Consultant", it.consultant),
        ("How", it.method),
        ("Why", it.reasons),
        ("Length", it.length),
        (ended, end),
        ("Discharge", it.discharge),
        ("Outcome", it.outcome),
        ("Status", it.status),
        ("Wards", moves),
        ("Also", others),
    ];
    all.into_iter()
        .filter_map(|(label, value)| Some((label, value?)))
        .collect()
}

fn fact((label, value): Said) -> impl IntoView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd><Words text=value/></dd>
        </div>
    }
}
