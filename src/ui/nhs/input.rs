//! Text input: <https://service-manual.nhs.uk/design-system/components/text-input>.

use leptos::prelude::*;

use super::field::{FieldWords, Group, class, described};
use super::with_more;

/// `<Input words=FieldWords::new("phone", "Phone number") value on_input/>`.
#[component]
pub fn Input(
    words: FieldWords,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional_no_strip)] inputmode: Option<&'static str>,
    #[prop(optional_no_strip)] autocomplete: Option<&'static str>,
    #[prop(optional_no_strip)] spellcheck: Option<&'static str>,
    #[prop(optional, into)] classes: String,
) -> impl IntoView {
    let id = words.id.clone();
    let name = words.name();
    let described = described(&words, error);
    let class = class("nhsuk-input", error);
    let class = move || with_more(&class(), &classes);
    view! {
        <Group words error>
            <input
                class=class
                id=id
                name=name
                type=kind
                inputmode=inputmode
                autocomplete=autocomplete
                spellcheck=spellcheck
                aria-describedby=described
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
            />
        </Group>
    }
}
