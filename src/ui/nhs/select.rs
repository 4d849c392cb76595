//! Select: <https://service-manual.nhs.uk/design-system/components/select>.

use leptos::prelude::*;

use super::field::{FieldWords, Group, class, described};

/// One option. Options with the same `group` that follow each other stand under that heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub text: String,
    pub group: Option<String>,
}

/// `<Select words=FieldWords::new("list", "List") choices chosen on_choose/>`; wrap it in `<div class="app-pick">`
/// where it leads a screen.
#[component]
pub fn Select(
    words: FieldWords,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] chosen: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let id = words.id.clone();
    let name = words.name();
    let described = described(&words, error);
    let class = class("nhsuk-select", error);
    view! {
        <Group words error>
            <select
                class=class
                id=id
                name=name
                aria-describedby=described
                on:change=move |event| on_choose.run(event_target_value(&event))
            >
                {move || {
                    grouped(choices.get())
                        .into_iter()
                        .map(|(group, all)| options(group, all, chosen))
                        .collect_view()
                }}
            </select>
        </Group>
    }
}

fn options(group: Option<String>, all: Vec<Choice>, chosen: Signal<String>) -> AnyView {
    let all = all
        .into_iter()
        .map(|choice| {
            let value = choice.value.clone();
            let selected = move || chosen.with(|it| *it == value);
            view! { <option value=choice.value prop:selected=selected>{choice.text}</option> }
        })
        .collect_view();
    match group {
        None => all.into_any(),
        Some(label) => view! { <optgroup label=label>{all}</optgroup> }.into_any(),
    }
}

fn grouped(choices: Vec<Choice>) -> Vec<(Option<String>, Vec<Choice>)> {
    let mut groups: Vec<(Option<String>, Vec<Choice>)> = Vec::new();
    for choice in choices {
        match groups.last_mut() {
            Some((group, all)) if *group == choice.group => all.push(choice),
            _ => groups.push((choice.group.clone(), vec![choice])),
        }
    }
    groups
}
