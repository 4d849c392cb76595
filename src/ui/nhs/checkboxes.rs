//! Checkboxes: <https://service-manual.nhs.uk/design-system/components/checkboxes>.

use leptos::prelude::*;

use super::FieldWords;
use super::with_more;
use crate::ui::Words;

/// One box.
#[derive(Clone, Debug)]
pub struct CheckBox {
    pub id: String,
    pub name: String,
    pub value: String,
    pub text: String,
    pub hint: Option<String>,
    pub checked: Signal<bool>,
}

/// `<Checkboxes words=FieldWords::new("roles", "Roles") boxes on_change/>`: the label of `words` is the legend;
/// `on_change` gets a box's id and whether it is ticked now.
#[component]
pub fn Checkboxes(
    words: FieldWords,
    boxes: Vec<CheckBox>,
    #[prop(into)] on_change: Callback<(String, bool)>,
) -> impl IntoView {
    let items = boxes.into_iter().map(|it| item(it, on_change));
    let items = items.collect_view();
    let FieldWords {
        id,
        label,
        hint,
        label_classes,
        ..
    } = words;
    let hint_id = format!("{id}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    let legend_class = with_more("nhsuk-fieldset__legend", label_classes);
    view! {
        <div class="nhsuk-form-group">
            <fieldset class="nhsuk-fieldset" aria-describedby=described>
                <legend class=legend_class>{label}</legend>
                {hint.map(|it| view! { <div class="nhsuk-hint" id=hint_id>{it}</div> })}
                <div class="nhsuk-checkboxes" data-module="nhsuk-checkboxes">
                    {items}
                </div>
            </fieldset>
        </div>
    }
}

fn item(it: CheckBox, on_change: Callback<(String, bool)>) -> AnyView {
    let CheckBox {
        id,
        name,
        value,
        text,
        hint,
        checked,
    } = it;
    let (label_of, changed) = (id.clone(), id.clone());
    let hint_id = format!("{id}-item-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    view! {
        <div class="nhsuk-checkboxes__item">
            <input
                class="nhsuk-checkboxes__input"
                id=id
                name=name
                type="checkbox"
                value=value
                aria-describedby=described
                prop:checked=checked
                on:change=move |event| on_change.run((changed.clone(), event_target_checked(&event)))
            />
            <label class="nhsuk-label nhsuk-checkboxes__label" for=label_of>
                <Words text/>
            </label>
            {hint.map(|it| view! { <div class="nhsuk-hint nhsuk-checkboxes__hint" id=hint_id><Words text=it/></div> })}
        </div>
    }
    .into_any()
}
