//! The frame around every part of the record: it loads, fails and retries alone.

use leptos::prelude::*;

use super::{skeleton::Skeleton, sources::dot};
use crate::present::panel::{PanelWords, Phase, SourceNote, Standing};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PanelKind {
    #[default]
    Plain,
    /// What to do when it goes wrong: a red edge.
    Crisis,
}

/// How much of a `PanelGrid`'s width (it has three columns on a desktop and a tablet on its side, two on one held
/// upright, one on a phone).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PanelSpan {
    #[default]
    One,
    /// Half of the grid.
    Half,
    Two,
    Full,
}

/// `<PanelGrid>` of `Panel`s.
#[component]
pub fn PanelGrid(children: Children) -> impl IntoView {
    view! { <div class="app-grid">{children()}</div> }
}

/// A panel. While `words.phase` is `Content`, the children stay mounted, also while they are refreshed.
///
/// ```ignore
/// <Panel title="Now" words on_retry empty="No current stay">{move || …}</Panel>
/// ```
#[component]
pub fn Panel(
    #[prop(into)] title: Signal<String>,
    /// Of the heading: 2 or 3.
    #[prop(default = 3)]
    level: u8,
    #[prop(into)] words: Signal<PanelWords>,
    /// What an empty panel says: "No appointments to come".
    #[prop(into)]
    empty: Signal<String>,
    #[prop(optional)] kind: PanelKind,
    #[prop(optional)] span: PanelSpan,
    /// Lines of skeleton: about as many as the content has.
    #[prop(default = 3)]
    lines: usize,
    #[prop(optional, into)] on_retry: Option<Callback<()>>,
    /// Beside the heading: a count, a badge.
    #[prop(optional, into)]
    head: Option<ViewFn>,
    /// In the foot: a link to more.
    #[prop(optional, into)]
    more: Option<ViewFn>,
    children: ChildrenFn,
) -> impl IntoView {
    let phase = Memo::new(move |_| words.with(|it| it.phase.clone()));
    // Some sources have answered and some never yet: what those add would come between what is there. Only of the first
    // time: who tries again has the list before them.
    let awaits = Memo::new(move |before: Option<&bool>| {
        let loads = |it: &SourceNote| it.standing == Standing::Loading;
        before != Some(&false) && words.with(|it| it.notes.iter().any(loads))
    });
    let content = Memo::new(move |_| phase.with(|it| *it == Phase::Content));
    let busy = move || {
        words.with(|it| {
            it.phase == Phase::Loading || it.notes.iter().any(|note| waits(note.standing))
        })
    };
    view! {
        <section
            class=move || phase.with(|it| class(it, kind, span, awaits.get()))
            aria-label=title
            aria-busy=move || if busy() { "true" } else { "false" }
        >
            <div class="app-panel__head">
                {heading(level, title)} {head.map(|it| it.run())}
            </div>
            <Warnings words/>
            <div class="app-panel__body">
                <Show when=move || content.get() fallback=move || view! { <Instead phase empty lines/> }>
                    {children()}
                </Show>
            </div>
            <Foot title words on_retry more/>
        </section>
    }
}

fn waits(standing: Standing) -> bool {
    matches!(standing, Standing::Loading | Standing::Refreshing)
}

fn heading(level: u8, title: Signal<String>) -> AnyView {
    if level == 3 {
        view! { <h3>{title}</h3> }.into_any()
    } else {
        view! { <h2>{title}</h2> }.into_any()
    }
}

fn class(phase: &Phase, kind: PanelKind, span: PanelSpan, awaits: bool) -> String {
    let kind = match kind {
        PanelKind::Plain => "",
        PanelKind::Crisis => " app-panel--crisis",
    };
    let span = match span {
        PanelSpan::One => "",
        PanelSpan::Half => " app-panel--half",
        PanelSpan::Two => " app-panel--two",
        PanelSpan::Full => " app-panel--full",
    };
    let phase = match phase {
        Phase::Loading => " app-panel--loading",
        Phase::Content if awaits => " app-panel--awaits",
        Phase::Failed(_) => " app-panel--failed",
        Phase::Withheld(_) => " app-panel--withheld",
        _ => "",
    };
    format!("app-panel{kind}{span}{phase}")
}

/// What stands where the content would.
#[component]
fn Instead(phase: Memo<Phase>, empty: Signal<String>, lines: usize) -> impl IntoView {
    move || match phase.get() {
        Phase::Loading => view! {
            <span class="nhsuk-u-visually-hidden">"Loading"</span>
            <Skeleton lines/>
        }
        .into_any(),
        Phase::Empty => view! { <p class="app-panel__empty">{empty}</p> }.into_any(),
        Phase::Failed(words) => view! { <p class="app-panel__failed">{words}</p> }.into_any(),
        Phase::Withheld(words) => view! { <p>{words}</p> }.into_any(),
        Phase::Content => ().into_any(),
    }
}

#[component]
fn Warnings(words: Signal<PanelWords>) -> impl IntoView {
    let warnings = Memo::new(move |_| words.with(|it| it.warnings.clone()));
    move || {
        let lines = warnings.get();
        (!lines.is_empty()).then(|| {
            let lines = lines.into_iter().map(|it| view! { <li>{it}</li> });
            view! { <ul class="app-panel__warnings">{lines.collect_view()}</ul> }
        })
    }
}

#[component]
fn Foot(
    title: Signal<String>,
    words: Signal<PanelWords>,
    on_retry: Option<Callback<()>>,
    more: Option<ViewFn>,
) -> impl IntoView {
    let notes = Memo::new(move |_| words.with(|it| it.notes.clone()));
    let can_retry = Memo::new(move |_| words.with(|it| it.can_retry));
    let retry = move || {
        on_retry.filter(|_| can_retry.get()).map(|on_retry| {
            view! {
                <button type="button" class="nhsuk-link" on:click=move |_| on_retry.run(())>
                    "Try again"
                    <span class="nhsuk-u-visually-hidden">": "{title}</span>
                </button>
            }
        })
    };
    view! {
        <footer class="app-panel__foot">
            <Notes notes/>
            <span class="app-panel__links">{retry} {more.map(|it| it.run())}</span>
        </footer>
    }
}

/// Sources and their words, as in a panel's foot: `<Notes notes/>`.
#[component]
pub fn Notes(#[prop(into)] notes: Signal<Vec<SourceNote>>) -> impl IntoView {
    view! {
        <ul class="app-notes">
            {move || {
                notes
                    .get()
                    .into_iter()
                    .map(|note| {
                        let class = match note.standing {
                            Standing::Failed => "app-note app-note--failed",
                            Standing::Stale => "app-note app-note--stale",
                            _ => "app-note",
                        };
                        view! {
                            <li class=class>
                                <span class=dot(note.standing) aria-hidden="true"></span>
                                <span>{note.source}", "{note.words}</span>
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
    }
}
