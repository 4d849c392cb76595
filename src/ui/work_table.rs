//! The list one works from: sortable columns, thousands of rows of which only the visible ones exist, `j`, `k` and
//! the arrows from row to row, Enter to open. On a narrow screen a row becomes a card (`style/_work-table.scss`).

use std::sync::Arc;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    nhs::{Icon, IconName},
    work_focus::keep_focus,
    work_list::{List, link_of},
    work_window::Window,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    Descending,
}

type Show<R> = Arc<dyn Fn(&R) -> AnyView + Send + Sync>;

/// A column. The first shows who it is, with the link that opens the row (`class="app-work__link"`).
#[derive(Clone)]
pub struct Column<R> {
    title: String,
    sort: Option<String>,
    class: &'static str,
    labelled: bool,
    cell: Show<R>,
}

impl<R> Column<R> {
    pub fn new(
        title: impl Into<String>,
        cell: impl Fn(&R) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        Self {
            title: title.into(),
            sort: None,
            class: "",
            labelled: false,
            cell: Arc::new(cell),
        }
    }

    /// The heading sorts; `key` is what `on_sort` is called with.
    #[must_use]
    pub fn sorted_by(mut self, key: impl Into<String>) -> Self {
        self.sort = Some(key.into());
        self
    }

    /// `app-work--w-s`, `-m` or `-l`: 11, 15 or 23 % of the width; without one the rest is shared.
    #[must_use]
    pub fn width(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// On a card the cell carries the column's title, because its words alone do not say what they are.
    #[must_use]
    pub fn labelled(mut self) -> Self {
        self.labelled = true;
        self
    }
}

/// The table. `key` names a row **and its version**: a row whose key is unchanged is not drawn again. `hot` rows have
/// a red edge. `on_sort` is called with the column's key; the page answers through `rows` and `sort`.
///
/// ```ignore
/// <WorkTable caption="My patients" columns rows key=|row: &Row| row.key() sort on_sort/>
/// ```
#[component]
pub fn WorkTable<R, K>(
    /// For a screen reader: the list's name.
    #[prop(into)]
    caption: Signal<String>,
    columns: Vec<Column<R>>,
    #[prop(into)] rows: Signal<Arc<Vec<R>>>,
    key: K,
    #[prop(optional, into)] hot: Option<Callback<R, bool>>,
    #[prop(optional, into)] sort: Signal<Option<(String, Direction)>>,
    #[prop(optional, into)] on_sort: Option<Callback<String>>,
    /// What a row is high, about, before any is measured.
    #[prop(default = 84.0)]
    row_height: f64,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
    K: Fn(&R) -> String + Clone + Send + Sync + 'static,
{
    let body = NodeRef::<html::Tbody>::new();
    let count = Memo::new(move |_| rows.with(|it| it.len()));
    let list = List::new(body, count, row_height);
    keep_focus(body);
    let width = columns.len();
    let columns = StoredValue::new(columns);
    let shown = move || {
        let Window { start, end, .. } = list.window.get();
        rows.with(|all| {
            let visible = all.iter().enumerate().take(end).skip(start);
            visible
                .map(|(at, row)| (at, row.clone()))
                .collect::<Vec<_>>()
        })
    };
    let spacer = move |height: f64| {
        (height > 0.0).then(|| {
            view! {
                <tr class="app-work__spacer" aria-hidden="true" style:height=px(height)>
                    <td colspan=width></td>
                </tr>
            }
        })
    };
    view! {
        <div class="app-work">
            <table class="app-work__table" role="table" aria-rowcount=move || count.get() + 1>
                <caption class="nhsuk-u-visually-hidden">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row" aria-rowindex="1">
                        {columns.with_value(|all| heads(all, sort, on_sort))}
                    </tr>
                </thead>
                <tbody node_ref=body role="rowgroup">
                    {move || spacer(list.window.get().before)}
                    <For
                        each=shown
                        key=move |(at, row)| (*at, key(row))
                        children=move |(at, row)| {
                            let hot = hot.is_some_and(|it| it.run(row.clone()));
                            columns.with_value(|all| view! { <Row at hot cells=cells(all, &row)/> })
                        }
                    /> {move || spacer(list.window.get().after)}
                </tbody>
            </table>
        </div>
    }
}

/// Whole pixels: nobody sees parts of them, and the code that writes decimals is not small.
fn px(height: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "pages are not that long")]
    let whole = height.round() as i64;
    format!("{whole}px")
}

fn cells<R>(columns: &[Column<R>], row: &R) -> Vec<AnyView> {
    columns
        .iter()
        .map(|column| {
            let label = column.labelled.then(|| {
                let title = column.title.clone();
                view! { <span class="app-work__label" aria-hidden="true">{title}</span> }
            });
            view! { <td role="cell">{label}{(column.cell)(row)}</td> }.into_any()
        })
        .collect()
}

#[component]
fn Row(at: usize, hot: bool, cells: Vec<AnyView>) -> impl IntoView {
    let class = if hot {
        "app-work__row app-work__row--hot"
    } else {
        "app-work__row"
    };
    view! {
        <tr class=class role="row" aria-rowindex=at + 2 data-at=at on:click=open_row>
            {cells}
        </tr>
    }
}

/// A press anywhere on a row opens it, unless it was on something of its own or selected text.
fn open_row(event: ev::MouseEvent) {
    let own = "a, button, input, select, label, summary";
    let target = event
        .target()
        .and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    let selecting = window()
        .get_selection()
        .ok()
        .flatten()
        .is_some_and(|it| !it.is_collapsed());
    let on_own = target
        .as_ref()
        .is_some_and(|it| it.closest(own).ok().flatten().is_some());
    if selecting || on_own {
        return;
    }
    let link = target
        .and_then(|it| it.closest("tr").ok().flatten())
        .and_then(|it| link_of(&it));
    if let Some(link) = link {
        // Not from within: the link's click bubbles to this very listener.
        queue_microtask(move || link.click());
    }
}

fn heads<R>(
    columns: &[Column<R>],
    sort: Signal<Option<(String, Direction)>>,
    on_sort: Option<Callback<String>>,
) -> Vec<AnyView> {
    columns
        .iter()
        .map(|column| {
            let class = format!("nhsuk-table__header {}", column.class);
            let title = column.title.clone();
            let sorted = column.sort.clone().zip(on_sort);
            match sorted {
                None => view! { <th class=class scope="col" role="columnheader">{title}</th> }
                    .into_any(),
                Some((key, on_sort)) => {
                    view! { <SortHead class title key sort on_sort/> }.into_any()
                }
            }
        })
        .collect()
}

#[component]
fn SortHead(
    class: String,
    title: String,
    key: String,
    sort: Signal<Option<(String, Direction)>>,
    on_sort: Callback<String>,
) -> impl IntoView {
    let mine = key.clone();
    let direction = Memo::new(move |_| {
        sort.with(|it| {
            it.as_ref()
                .filter(|(key, _)| *key == mine)
                .map(|(_, way)| *way)
        })
    });
    let aria = move || match direction.get() {
        Some(Direction::Ascending) => Some("ascending"),
        Some(Direction::Descending) => Some("descending"),
        None => None,
    };
    let icon = move || {
        let name = match direction.get() {
            Some(Direction::Ascending) => IconName::ARROW_UP,
            Some(Direction::Descending) => IconName::ARROW_DOWN,
            None => IconName::ARROW_UP_DOWN,
        };
        view! { <Icon name/> }
    };
    view! {
        <th class=class scope="col" role="columnheader" aria-sort=aria>
            <button type="button" class="app-work__sort" on:click=move |_| on_sort.run(key.clone())>
                {title} {icon}
            </button>
        </th>
    }
}
