//! What stands around every page: bar, finder, sources, who I am, main navigation, keys, announcements.

mod beside;
mod find;
mod keys;
mod outgoing;
pub mod printing;
mod reader;
mod sources;

pub use beside::Beside;
pub use find::FindPart;
pub use keys::KeysPart;
pub use reader::WhoIAmPart;
pub use sources::SourcesPart;

use leptos::prelude::*;

use crate::pages::Arrival;
use crate::routes::{ListId, Listing, Page, Watching};
use crate::store::use_store;
use crate::ui::nhs::SkipLink;
use crate::ui::{Announcer, MainNav, NavItem, TopBar};

#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let store = use_store();
    let announced = use_context::<Arrival>().map(|it| it.announced);
    let known = Memo::new(move |_| store.reader.with(Option::is_some));
    view! {
        <SkipLink/>
        <TopBar
            product=store.config().title.clone()
            home=Page::Worklist(Listing::default()).path()
            finder=move || view! { <Show when=move || known.get()><find::Find/></Show> }
        >
            <Show when=move || known.get()>
                <sources::Sources/>
                <reader::WhoIAm/>
            </Show>
        </TopBar>
        <Show when=move || known.get()>
            <Navigation/>
        </Show>
        {children()}
        <keys::KeysHelp/>
        {announced.map(|message| view! { <Announcer message/> })}
    }
}

/// The lists that one goes to most, and hospital activity. Tasks and teams come here with their pages.
#[component]
fn Navigation() -> impl IntoView {
    let store = use_store();
    let items = Signal::derive(move || {
        let page = store.place.with(|it| it.page.clone());
        let here = match &page {
            Some(Page::Worklist(listing)) => Some(listing.list.clone()),
            _ => None,
        };
        let item = |text: &str, list: ListId| NavItem {
            text: text.to_owned(),
            current: here.as_ref() == Some(&list),
            href: Page::Worklist(Listing {
                list,
                ..Listing::default()
            })
            .path(),
            count: None,
        };
        let hospital = NavItem {
            text: "Hospital activity".to_owned(),
            current: matches!(page, Some(Page::Hospital(_))),
            href: Page::Hospital(Watching::default()).path(),
            count: Some(store.news.get())
                .filter(|it| *it > 0)
                .map(|it| (it, "unplanned, new".to_owned())),
        };
        vec![
            item("My patients", ListId::Mine),
            hospital,
            item("In hospital now", ListId::InHospital),
            item("Discharged lately", ListId::Discharged),
            item("Everyone", ListId::Everyone),
        ]
    });
    view! { <MainNav items/> }
}
