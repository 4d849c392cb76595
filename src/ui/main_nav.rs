//! The main navigation: below the bar, on a phone at the bottom.

use leptos::prelude::*;

/// One place to go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavItem {
    pub text: String,
    pub href: String,
    /// The page that is shown, or one below it.
    pub current: bool,
    /// How much is waiting there, and what that is, for a screen reader ("4", "new"). None: nothing is shown.
    pub count: Option<(usize, String)>,
}

/// `<MainNav items/>`; ordinary links, so the app's router takes them over.
#[component]
pub fn MainNav(#[prop(into)] items: Signal<Vec<NavItem>>) -> impl IntoView {
    view! {
        <nav class="app-nav" aria-label="Main">
            <ul class="app-nav__list">
                {move || items.get().into_iter().map(|item| view! { <Item item/> }).collect_view()}
            </ul>
        </nav>
    }
}

#[component]
fn Item(item: NavItem) -> impl IntoView {
    let NavItem {
        text,
        href,
        current,
        count,
    } = item;
    view! {
        <li class="app-nav__item">
            <a class="app-nav__link" href=href aria-current=current.then_some("page")>
                {text}
                {count
                    .map(|(number, what)| {
                        view! {
                            <span class="app-count app-count--alert">
                                {number} <span class="nhsuk-u-visually-hidden">" "{what}</span>
                            </span>
                        }
                    })}
            </a>
        </li>
    }
}
