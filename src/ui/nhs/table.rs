//! Table: <https://service-manual.nhs.uk/design-system/components/table>, responsive: below a tablet's width each
//! row becomes a block whose cells carry their heading.

use leptos::prelude::*;

/// A column's heading; numbers stand on the right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub text: String,
    pub numeric: bool,
}

/// A cell: what it shows.
pub type Cell = AnyView;

/// `rows` builds the rows anew when what it reads changes; the first cell of each is its heading.
///
/// ```ignore
/// <Table caption="Potassium" head=vec![…] rows=move || results.get().into_iter().map(|r| vec![…]).collect()/>
/// ```
#[component]
pub fn Table<F>(
    #[prop(into)] caption: String,
    head: Vec<Head>,
    rows: F,
    /// The caption is for a screen reader only (there is a heading with the same words).
    #[prop(optional)]
    caption_hidden: bool,
) -> impl IntoView
where
    F: Fn() -> Vec<Vec<Cell>> + Send + 'static,
{
    let caption_class = if caption_hidden {
        "nhsuk-table__caption nhsuk-u-visually-hidden"
    } else {
        "nhsuk-table__caption nhsuk-table__caption--s"
    };
    let heads = head
        .iter()
        .map(|it| {
            let class = class("nhsuk-table__header", it.numeric);
            view! { <th class=class scope="col" role="columnheader">{it.text.clone()}</th> }
        })
        .collect_view();
    view! {
        <table class="nhsuk-table nhsuk-table--responsive" role="table">
            <caption class=caption_class>{caption}</caption>
            <thead class="nhsuk-table__head" role="rowgroup">
                <tr class="nhsuk-table__row" role="row">{heads}</tr>
            </thead>
            <tbody class="nhsuk-table__body" role="rowgroup">
                {move || rows().into_iter().map(|cells| row(&head, cells)).collect_view()}
            </tbody>
        </table>
    }
}

fn class(name: &str, numeric: bool) -> String {
    if numeric {
        format!("{name} {name}--numeric")
    } else {
        name.to_owned()
    }
}

fn row(head: &[Head], cells: Vec<Cell>) -> AnyView {
    let cells = cells
        .into_iter()
        .enumerate()
        .map(|(at, cell)| {
            let head = head.get(at).cloned().unwrap_or_default();
            let label = format!("{} ", head.text);
            let label =
                view! { <span class="nhsuk-table__heading" aria-hidden="true">{label}</span> };
            // One element around the content, so that it stays together when the row is a block.
            let cell = view! { <span>{cell}</span> };
            if at == 0 {
                let class = class("nhsuk-table__header", head.numeric);
                view! { <th class=class scope="row" role="rowheader">{label}{cell}</th> }.into_any()
            } else {
                let class = class("nhsuk-table__cell", head.numeric);
                view! { <td class=class role="cell">{label}{cell}</td> }.into_any()
            }
        })
        .collect_view();
    view! { <tr class="nhsuk-table__row" role="row">{cells}</tr> }.into_any()
}
