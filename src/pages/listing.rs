//! Long dated lists: the newest under headings of months or days, more when asked, each row kept as long as it
//! says the same.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use leptos::{ev, prelude::*};

use crate::domain::When;
use crate::present::date;
use crate::ui::{Chip, DayHeading, More, Stream};

/// What the headings stand under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// The title of the page.
    Page,
    /// The heading of a panel.
    Panel,
}

/// What stands over things that nobody dated.
const UNDATED: &str = "No date";

/// One row and the heading that it stands under.
#[derive(Debug, PartialEq)]
pub struct Item<T> {
    pub heading: String,
    pub it: Arc<T>,
}

impl<T> Clone for Item<T> {
    fn clone(&self) -> Self {
        Self {
            heading: self.heading.clone(),
            it: Arc::clone(&self.it),
        }
    }
}

impl<T> Item<T> {
    /// Under its month.
    pub fn at(when: Option<&When>, it: impl Into<Arc<T>>) -> Self {
        Self {
            heading: month(when),
            it: it.into(),
        }
    }
}

/// `Nov-2026`, `2026`, or that there is no date.
fn month(when: Option<&When>) -> String {
    use chrono::Datelike;
    match when {
        Some(year @ When::Year(_)) => date::when(year),
        Some(it) => it.first_day().map_or_else(
            || UNDATED.to_owned(),
            |day| date::when(&When::Month(day.year(), day.month())),
        ),
        None => UNDATED.to_owned(),
    }
}

/// Of everything that something says: a row with another fingerprint is another row.
pub fn fingerprint(it: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    it.hash(&mut hasher);
    hasher.finish()
}

/// The first `shown` of `all` under their headings, `step` more when asked (of `what`: "more", "older results").
/// A row is an `<li>`.
pub fn stream<T, F>(
    under: Under,
    (label, what): (&'static str, &'static str),
    all: Memo<Vec<Item<T>>>,
    shown: RwSignal<usize>,
    step: usize,
    row: F,
) -> impl IntoView
where
    T: Hash + PartialEq + Send + Sync + 'static,
    F: Fn(Arc<T>) -> AnyView + Copy + Send + Sync + 'static,
{
    let keyed = |item: &Item<T>| (fingerprint(&item.it), item.clone());
    let (on_screen, printing) = (shown, printing());
    let least = move || if printing.get() { PRINTED } else { 0 };
    let shown = Memo::new(move |_| on_screen.get().max(least()));
    let seen = Memo::new(move |_| {
        all.with(|all| all.iter().take(shown.get()).map(keyed).collect::<Vec<_>>())
    });
    let headings = move || {
        let mut met = HashSet::new();
        let all = seen.with(|it| {
            it.iter()
                .map(|(_, item)| item.heading.clone())
                .collect::<Vec<_>>()
        });
        all.into_iter()
            .filter(|it| met.insert(it.clone()))
            .collect::<Vec<_>>()
    };
    let inside = under == Under::Panel;
    let under = move |heading: String| {
        let rows = {
            let heading = heading.clone();
            move || {
                seen.with(|it| {
                    it.iter()
                        .filter(|(_, item)| item.heading == heading)
                        .cloned()
                        .collect::<Vec<_>>()
                })
            }
        };
        view! {
            <DayHeading day=heading inside/>
            <ol class="app-stream__list">
                <For each=rows key=|(key, _)| *key children=move |(_, item)| row(item.it)/>
            </ol>
        }
    };
    let total = Memo::new(move |_| all.with(Vec::len));
    view! {
        <Stream label>
            <For each=headings key=Clone::clone children=under/>
        </Stream>
        <More
            shown=Signal::derive(move || shown.get().min(total.get()))
            total
            step
            what
            on_more=move |()| on_screen.update(|it| *it += step)
        />
    }
}

/// So many rows are printed, which nobody can ask for more of on paper; how many there are is said below them.
const PRINTED: usize = 1000;

/// Whether the page is being printed.
fn printing() -> RwSignal<bool> {
    let printing = RwSignal::new(false);
    let before = window_event_listener(ev::beforeprint, move |_| _ = printing.try_set(true));
    let after = window_event_listener(ev::afterprint, move |_| _ = printing.try_set(false));
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
    printing
}

/// A chip for one of several choices, of which one holds; choosing goes back to the newest.
pub fn choice<T>(
    text: impl std::fmt::Display,
    it: T,
    chosen: RwSignal<T>,
    shown: RwSignal<usize>,
    step: usize,
) -> AnyView
where
    T: PartialEq + Clone + Send + Sync + 'static,
{
    let own = it.clone();
    let pressed = Signal::derive(move || chosen.with(|chosen| *chosen == own));
    let press = move |()| {
        chosen.set(it.clone());
        shown.set(step);
    };
    view! { <Chip text=text.to_string() pressed on_press=press/> }.into_any()
}
