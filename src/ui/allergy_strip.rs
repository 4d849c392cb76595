//! The allergy strip under the banner, and the alerts beside it. Exactly four titles, the first emphasised with an
//! icon (PAB-0064 … 0072); "not loaded yet" is none of them.

use leptos::prelude::*;

use super::{
    badge::SourceTags,
    nhs::{Icon, IconName},
    popover::Popover,
    words::Words,
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AllergyTitle {
    /// Not one of the four: the answer is awaited.
    #[default]
    Loading,
    Known,
    NoneKnown,
    NotRecorded,
    Unavailable,
}

impl AllergyTitle {
    pub fn words(self) -> &'static str {
        match self {
            Self::Loading => "Allergies: loading",
            Self::Known => "Known allergies",
            Self::NoneKnown => "No known allergies",
            Self::NotRecorded => "Allergies not recorded",
            Self::Unavailable => "Allergies unavailable",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Loading => "app-allergies",
            Self::Known => "app-allergies app-allergies--known",
            Self::NoneKnown => "app-allergies app-allergies--none",
            Self::NotRecorded => "app-allergies app-allergies--not-recorded",
            Self::Unavailable => "app-allergies app-allergies--unavailable",
        }
    }
}

/// One allergy: the substance is bold, the rest (" — anaphylaxis (1998)") is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllergyLine {
    pub substance: String,
    pub rest: String,
    /// All of them; the strip has room for one and how many more, paper has them all.
    pub sources: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllergyWords {
    pub title: AllergyTitle,
    pub lines: Vec<AllergyLine>,
    /// "all 4 sources": under the title.
    pub coverage: Option<String>,
    /// "Wythenshawe not reached since 13:48", "as at 14:05", "2 withheld": after the lines.
    pub notes: Vec<String>,
    /// A source has not answered yet.
    pub awaited: bool,
}

/// `<AllergyStrip words><AlertsChip …/></AllergyStrip>`; the children stand at the end of the strip.
#[component]
pub fn AllergyStrip(
    #[prop(into)] words: Signal<AllergyWords>,
    /// The landmark's name, where there are two strips.
    #[prop(default = "Allergies".to_owned(), into)]
    label: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let title = Memo::new(move |_| words.with(|it| it.title));
    let icon = move || {
        (title.get() == AllergyTitle::Known).then(|| view! { <Icon name=IconName::WARNING/> })
    };
    let busy = move || words.with(|it| it.awaited).to_string();
    view! {
        <section class=move || title.get().class() aria-label=label aria-busy=busy>
            <div class="app-allergies__head">
                <h2 class="app-allergies__title">{icon} " " {move || title.get().words()}</h2>
                <span class="app-allergies__note">
                    {move || words.with(|it| it.coverage.clone())}
                </span>
            </div>
            <div class="app-allergies__main">
                <ul class="app-allergies__lines">
                    {move || words.with(|it| it.lines.clone()).into_iter().map(line).collect_view()}
                </ul>
                {move || {
                    let note = |text| view! { <span class="app-allergies__note"><Words text/></span> };
                    words.with(|it| it.notes.clone()).into_iter().map(note).collect_view()
                }}
            </div>
            {children.map(|it| view! { <div class="app-allergies__end">{it()}</div> })}
        </section>
    }
}

fn line(line: AllergyLine) -> impl IntoView {
    let AllergyLine {
        substance,
        rest,
        sources,
    } = line;
    view! {
        <li>
            <b>{substance}</b>
            <Words text=rest/>
            " "
            {(!sources.is_empty()).then(|| brief(sources))}
        </li>
    }
}

fn brief(mut sources: Vec<String>) -> impl IntoView {
    let all = sources.join(", ");
    if let more @ 1.. = sources.len().saturating_sub(1) {
        sources.truncate(1);
        sources.push(format!("+{more}"));
    }
    view! { <span class="app-all-sources" data-on=all><SourceTags names=sources/></span> }
}

/// Alerts (flags) beside the strip, with a count; the list opens on a press: `<AlertsChip alerts/>`. None while they
/// are loading. `note` says what could not be read, also when the list is empty.
#[component]
pub fn AlertsChip(
    #[prop(into)] alerts: Signal<Option<Vec<String>>>,
    #[prop(optional, into)] note: Signal<String>,
) -> impl IntoView {
    let count = Memo::new(move |_| alerts.with(|it| it.as_ref().map(Vec::len)));
    let noted = Memo::new(move |_| note.with(|it| !it.is_empty()));
    move || match count.get() {
        None => view! { <span class="app-alerts__none">"Alerts: loading"</span> }.into_any(),
        Some(0) if !noted.get() => {
            view! { <span class="app-alerts__none">"No alerts"</span> }.into_any()
        }
        Some(_) => view! { <AlertsList alerts note/> }.into_any(),
    }
}

/// Letters of a single alert that is said on the chip itself. A longer one would take the allergies' room, and an alert
/// that is cut can be read as its opposite.
const BRIEF: usize = 24;

#[component]
fn AlertsList(alerts: Signal<Option<Vec<String>>>, note: Signal<String>) -> impl IntoView {
    let summary = move || match alerts.get().as_deref() {
        None | Some([]) => "Alerts: incomplete".to_owned(),
        Some([one]) if one.chars().count() <= BRIEF => format!("1 alert: {one}"),
        Some([_]) => "1 alert".to_owned(),
        Some(all) => format!("{} alerts", all.len()),
    };
    let lines = move || {
        let all = alerts.get().unwrap_or_default();
        (!all.is_empty()).then(|| {
            let all = all.into_iter().map(|it| view! { <li>{it}</li> });
            view! { <ul class="app-lines">{all.collect_view()}</ul> }
        })
    };
    view! {
        <Popover
            button_class="app-alerts__button"
            name="Alerts"
            label=move || view! { <span>{summary}</span> }
        >
            {lines}
            <p class="app-quiet">{note}</p>
        </Popover>
    }
}
