//! Table: <https://service-manual.nhs.uk/design-system/components/table>, responsive: below a tablet's width each
//! row becomes a block whose cells carry their heading.

use leptos::prelude::*;

use super::with_more;

/// A column's heading; numbers stand on the right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub text: String,
    pub numeric: bool,
    pub classes: &'static str,
}

/// A cell: what it shows.
pub enum Cell {
    Text(String),
    View(AnyView),
}

impl From<AnyView> for Cell {
    fn from(view: AnyView) -> Self {
        Self::View(view)
    }
}

/// A cell with more classes.
pub struct Classed(pub String, pub Cell);

impl<C: Into<Cell>> From<C> for Classed {
    fn from(cell: C) -> Self {
        Self(String::new(), cell.into())
    }
}

/// `rows` builds the rows anew when what it reads changes; the first cell of each is its heading.
///
/// ```ignore
/// <Table caption="Potassium" head=vec![…] rows=move || results.get().into_iter().map(|r| vec![…]).collect()/>
/// ```
#[component]
pub fn Table<F, C>(
    #[prop(into)] caption: String,
    head: Vec<Head>,
    rows: F,
    /// The caption is for a screen reader only (there is a heading with the same words).
    #[prop(optional)]
    caption_hidden: bool,
    #[prop(default = "nhsuk-table__caption--s")] caption_classes: &'static str,
    /// Whether rows become blocks where it is narrow.
    #[prop(default = true)]
    responsive: bool,
    /// Whether the first cell of a row is its heading.
    #[prop(default = true)]
    row_heads: bool,
    #[prop(optional, into)] classes: String,
) -> impl IntoView
where
    F: Fn() -> Vec<Vec<C>> + Send + 'static,
    C: Into<Classed> + 'static,
{
    let caption_class = if caption_hidden {
        "nhsuk-table__caption nhsuk-u-visually-hidden".to_owned()
    } else {
        with_more("nhsuk-table__caption", caption_classes)
    };
    // As blocks, the parts of a table would lose what they are for a screen reader.
    let role = move |role: &'static str| responsive.then_some(role);
    let heads = head
        .iter()
        .map(|it| {
            let class = with_more(&class("nhsuk-table__header", it.numeric), it.classes);
            view! { <th class=class scope="col" role=role("columnheader")>{it.text.clone()}</th> }
        })
        .collect_view();
    let own = if responsive {
        "nhsuk-table nhsuk-table--responsive"
    } else {
        "nhsuk-table"
    };
    view! {
        <table class=with_more(own, &classes) role=role("table")>
            <caption class=caption_class>{caption}</caption>
            <thead class="nhsuk-table__head" role=role("rowgroup")>
                <tr class="nhsuk-table__row" role=role("row")>{heads}</tr>
            </thead>
            <tbody class="nhsuk-table__body">
                {move || rows().into_iter().map(|cells| row(&head, cells, responsive, row_heads)).collect_view()}
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

fn row<C: Into<Classed>>(head: &[Head], cells: Vec<C>, responsive: bool, heads: bool) -> AnyView {
    let role = move |role: &'static str| responsive.then_some(role);
    let cells = cells
        .into_iter()
        .enumerate()
        .map(|(at, cell)| {
            let head = head.get(at).cloned().unwrap_or_default();
            let label = responsive.then(|| {
                let label = format!("{} ", head.text);
                view! { <span class="nhsuk-table__heading" aria-hidden="true">{label}</span> }
            });
            let Classed(more, cell) = cell.into();
            let cell = match cell {
                // One element around the content, so that it stays together when the row is a block.
                Cell::View(it) if responsive => view! { <span>{it}</span> }.into_any(),
                Cell::View(it) => it,
                Cell::Text(it) => it.into_any(),
            };
            if heads && at == 0 {
                let class = with_more(&class("nhsuk-table__header", head.numeric), &more);
                view! { <th class=class scope="row" role=role("rowheader")>{label}{cell}</th> }
                    .into_any()
            } else {
                let class = with_more(&class("nhsuk-table__cell", head.numeric), &more);
                view! { <td class=class role=role("cell")>{label}{cell}</td> }.into_any()
            }
        })
        .collect_view();
    view! { <tr class="nhsuk-table__row" role=role("row")>{cells}</tr> }.into_any()
}
