//! Another list: it comes with what sources tell, when the first people are on the screen.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::Ground;
use super::head::title;
use super::rows::Rows;
use crate::routes::{ListId, Listing, Page};
use crate::store::place;
use crate::store::roster::{self, Picked};
use crate::ui::nhs::{Choice, FieldWords, Select};

/// Picks another list: mine, my teams, areas, everybody.
#[component]
pub fn PickerPart() -> impl IntoView {
    let Rows { store, listing, .. } = expect_context::<Ground>().rows;
    let go = move |listing| place::go(store, &Page::Worklist(listing));
    let picked = RwSignal::new(Vec::<Picked>::new());
    spawn(async move {
        if let Ok(found) = roster::choices(store).await {
            picked.try_set(found);
        }
    });
    let choices = Signal::derive(move || {
        let choice = |list: &ListId, text: &str, group: &str| Choice {
            value: list.code(),
            text: text.to_owned(),
            group: Some(group.to_owned()),
        };
        let mut all = vec![choice(&ListId::Mine, "My patients", "Mine")];
        picked.with(|picked| {
            all.extend(picked.iter().map(|it| choice(&it.list, &it.text, it.group)));
        });
        let whole = [
            (ListId::InHospital, "In hospital now"),
            (ListId::Discharged, "Discharged in the last 7 days"),
            (ListId::Everyone, "Everyone in the shared record"),
        ];
        all.extend(
            whole
                .iter()
                .map(|(list, text)| choice(list, text, "Whole programme")),
        );
        // The open list is in the picker even before its name has come.
        let open = listing.with(|it| it.list.clone());
        if !all.iter().any(|it| it.value == open.code()) {
            all.push(choice(&open, title(&open), "This list"));
        }
        all
    });
    let chosen = Signal::derive(move || listing.with(|it| it.list.code()));
    let on_choose = Callback::new(move |code: String| {
        if let Some(list) = ListId::from_code(&code) {
            go(Listing {
                list,
                ..Listing::default()
            });
        }
    });
    view! { <Select words=FieldWords::new("list", "List") choices chosen on_choose/> }
}
