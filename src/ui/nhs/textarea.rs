//! Textarea: <https://service-manual.nhs.uk/design-system/components/textarea>.

use leptos::prelude::*;

use super::field::{FieldWords, Group, class, described};

/// `<Textarea words=FieldWords::new("triggers", "Trigger factors") value on_input/>`.
#[component]
pub fn Textarea(
    words: FieldWords,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = 5)] rows: u8,
    #[prop(optional_no_strip)] autocomplete: Option<&'static str>,
) -> impl IntoView {
    let id = words.id.clone();
    let name = words.name();
    let described = described(&words, error);
    let class = class("nhsuk-textarea", error);
    view! {
        <Group words error>
            <textarea
                class=class
                id=id
                name=name
                rows=rows.to_string()
                autocomplete=autocomplete
                aria-describedby=described
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
            ></textarea>
        </Group>
    }
}
