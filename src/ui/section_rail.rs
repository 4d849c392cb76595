//! Sections of a patient or of a plan: a rail on the left from 1024 px, a row that scrolls below that.

use leptos::prelude::*;

/// A section and, for a plan, its state in a word ("complete", "in draft", "overdue").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionLink {
    pub text: String,
    pub href: String,
    pub current: bool,
    pub state: Option<String>,
}

/// `<SectionRail label="Sections of the record" sections/>`.
#[component]
pub fn SectionRail(
    #[prop(into)] label: String,
    #[prop(into)] sections: Signal<Vec<SectionLink>>,
) -> impl IntoView {
    view! {
        <nav class="app-rail" aria-label=label>
            <ul class="app-rail__list">
                {move || {
                    sections
                        .get()
                        .into_iter()
                        .map(|section| {
                            view! {
                                <li class="app-rail__item">
                                    <a
                                        class="app-rail__link"
                                        href=section.href
                                        aria-current=section.current.then_some("page")
                                    >
                                        {section.text}
                                        {section
                                            .state
                                            .map(|state| {
                                                view! { <span class="app-rail__state">{state}</span> }
                                            })}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </nav>
    }
}

/// A rail beside its content: `<WithRail rail=move || view! { <SectionRail …/> }>…</WithRail>`; `wide_rail` where the
/// sections carry a state.
#[component]
pub fn WithRail(
    #[prop(into)] rail: ViewFn,
    #[prop(optional)] wide_rail: bool,
    children: Children,
) -> impl IntoView {
    let class = if wide_rail {
        "app-cols app-cols--wide-rail"
    } else {
        "app-cols"
    };
    view! { <div class=class>{rail.run()} <div>{children()}</div></div> }
}
