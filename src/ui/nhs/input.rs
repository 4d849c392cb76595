//! Text input: <https://service-manual.nhs.uk/design-system/components/text-input>.

use leptos::prelude::*;

use super::field::{FieldWords, Group};

/// `<Input words=FieldWords::new("phone", "Phone number") value on_input/>`.
#[component]
pub fn Input(
    words: FieldWords,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] inputmode: Option<&'static str>,
) -> impl IntoView {
    let id = words.id.clone();
    let name = id.clone();
    let words_again = words.clone();
    let described = move || error.with(|it| words_again.described_by(it.as_deref()));
    let class = move || {
        if error.with(Option::is_some) {
            "nhsuk-input nhsuk-input--error"
        } else {
            "nhsuk-input"
        }
    };
    view! {
        <Group words error>
            <input
                class=class
                id=id
                name=name
                type=kind
                inputmode=inputmode
                aria-describedby=described
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
            />
        </Group>
    }
}
