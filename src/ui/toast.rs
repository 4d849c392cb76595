//! Something new, said beside the page: it covers a corner, moves nothing, and stays until it is opened or closed.

use leptos::prelude::*;

use super::Words;

/// `<Toast name number href what from on_close/>`, inside a live region; `on_close` when it is closed or opened.
#[component]
pub fn Toast(
    /// Whose it is: the link.
    #[prop(into)]
    name: String,
    /// The NHS number, in its three groups.
    #[prop(into)]
    number: String,
    #[prop(into)] href: String,
    #[prop(into)] what: String,
    /// When and where.
    #[prop(into)]
    from: String,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let label = format!("Close: {name}, {what}");
    view! {
        <div class="app-toast">
            <div class="app-toast__words">
                <a class="nhsuk-link" href=href on:click=move |_| on_close.run(())><bdi>{name}</bdi></a>
                " "
                <span class="app-quiet app-num">{number}</span>
                <div><b><Words text=what/></b></div>
                <div class="app-quiet">{from}</div>
            </div>
            <button type="button" class="app-toast__close" aria-label=label on:click=move |_| on_close.run(())>"Close"</button>
        </div>
    }
}
