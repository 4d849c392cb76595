//! Sections of a patient or of a plan: a rail on the left from 1024 px, a row that scrolls below that.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

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
    let list = NodeRef::<html::Ul>::new();
    Effect::new(move || {
        sections.track();
        if let Some(list) = list.get() {
            request_animation_frame(move || show_current(&list));
        }
    });
    view! {
        <nav class="app-rail" aria-label=label>
            <ul class="app-rail__list" node_ref=list>
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

/// Where the sections are a row that scrolls, the current one is in sight; the page itself stays where it is.
fn show_current(list: &web_sys::Element) {
    let current = list.query_selector("[aria-current]").ok().flatten();
    if let Some(link) = current.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let left = link.get_bounding_client_rect().left() - list.get_bounding_client_rect().left();
        #[allow(clippy::cast_possible_truncation)]
        list.set_scroll_left(list.scroll_left() + left as i32 - 48);
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
