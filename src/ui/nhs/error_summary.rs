//! Error summary: <https://service-manual.nhs.uk/design-system/components/error-summary>.

use leptos::{html, prelude::*};

/// One error; `href` points at the field ("#nhs-number").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorItem {
    pub text: String,
    pub href: Option<String>,
}

/// `<ErrorSummary errors/>` takes the focus when it appears, as the original script does: render it when there are
/// errors to list.
#[component]
pub fn ErrorSummary(
    #[prop(default = "There is a problem".to_owned(), into)] heading: String,
    #[prop(optional, into)] description: Option<String>,
    #[prop(into)] errors: Signal<Vec<ErrorItem>>,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(it) = root.get() {
            it.set_tab_index(-1);
            let _ = it.focus();
        }
    });
    let item = |error: ErrorItem| match error.href {
        Some(href) => view! { <li><a href=href>{error.text}</a></li> }.into_any(),
        None => view! { <li>{error.text}</li> }.into_any(),
    };
    view! {
        <div class="nhsuk-error-summary" data-module="nhsuk-error-summary" node_ref=root>
            <div role="alert">
                <h2 class="nhsuk-error-summary__heading">{heading}</h2>
                <div class="nhsuk-error-summary__body">
                    {description.map(|it| view! { <p>{it}</p> })}
                    {move || {
                        let errors = errors.get();
                        (!errors.is_empty())
                            .then(|| {
                                view! {
                                    <ul class="nhsuk-list nhsuk-error-summary__list">
                                        {errors.into_iter().map(item).collect_view()}
                                    </ul>
                                }
                            })
                    }}
                </div>
            </div>
        </div>
    }
}
