//! What stands around a form field: label, hint and error.

use leptos::prelude::*;

/// Label, hint and error of a field; ids follow nhsuk-frontend (`ID-hint`, `ID-error`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldWords {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
}

impl FieldWords {
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            hint: None,
        }
    }

    /// What `aria-describedby` says: the hint, then the error.
    pub(super) fn described_by(&self, error: Option<&str>) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = error.map(|_| format!("{}-error", self.id));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (one, other) => one.or(other),
        }
    }
}

/// The form group around a field.
#[component]
pub(super) fn Group(
    words: FieldWords,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let FieldWords { id, label, hint } = words;
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let class = move || {
        if error.with(Option::is_some) {
            "nhsuk-form-group nhsuk-form-group--error"
        } else {
            "nhsuk-form-group"
        }
    };
    view! {
        <div class=class>
            <label class="nhsuk-label" for=id>{label}</label>
            {hint.map(|it| view! { <div class="nhsuk-hint" id=hint_id>{it}</div> })}
            {move || {
                let id = error_id.clone();
                error
                    .get()
                    .map(|it| {
                        view! {
                            <span class="nhsuk-error-message" id=id>
                                <span class="nhsuk-u-visually-hidden">"Error: "</span>
                                {it}
                            </span>
                        }
                    })
            }}
            {children()}
        </div>
    }
}
