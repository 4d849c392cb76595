//! Product, finder, sources, who I am: one line, the page's `header` landmark.

use leptos::prelude::*;

/// Slots in reading order: `finder` (a `FinderBox`), then the children at the end (a `SourcesList`, a `Popover` with
/// who I am). `home` is the address behind the product's name.
///
/// ```ignore
/// <TopBar product="Alongside" home="/" finder=move || view! { <FinderBox …/> }>
///     <SourcesList …/>
/// </TopBar>
/// ```
#[component]
pub fn TopBar(
    #[prop(into)] product: String,
    #[prop(into)] home: String,
    #[prop(into)] finder: ViewFn,
    children: Children,
) -> impl IntoView {
    view! {
        <header class="app-top" role="banner">
            <a class="app-top__name" href=home>{product}</a>
            <div class="app-top__find">{finder.run()}</div>
            <div class="app-top__end">{children()}</div>
        </header>
    }
}
