//! The rest of a long list, some at a time.

use leptos::{html, prelude::*};

/// `<More shown total step=50 what="older results" on_more/>`: "50 of 500 shown" and a button while there is more.
/// When the last ones came, the words take the focus that the button had.
#[component]
pub fn More(
    #[prop(into)] shown: Signal<usize>,
    #[prop(into)] total: Signal<usize>,
    step: usize,
    /// Behind the number on the button: "more", "older results".
    #[prop(into)]
    what: String,
    #[prop(into)] on_more: Callback<()>,
) -> impl IntoView {
    let words = NodeRef::<html::P>::new();
    let left = Memo::new(move |_| total.get().saturating_sub(shown.get()));
    let press = move |_| {
        let is_last = left.get_untracked() <= step;
        on_more.run(());
        if let Some(it) = words.get_untracked().filter(|_| is_last) {
            let _ = it.focus();
        }
    };
    let is_long = move || total.get() > step;
    view! {
        <div class="app-more" hidden=move || !is_long()>
            <p class="app-quiet" tabindex="-1" node_ref=words>
                {move || {
                    let (shown, total) = (shown.get(), total.get());
                    if shown < total { format!("{shown} of {total} shown") } else { format!("All {total} shown") }
                }}
            </p>
            {move || {
                let what = what.clone();
                (left.get() > 0)
                    .then(|| {
                        view! {
                            <button type="button" class="nhsuk-button nhsuk-button--secondary" on:click=press>
                                {move || format!("Show {} {what}", left.get().min(step))}
                            </button>
                        }
                    })
            }}
        </div>
    }
}
