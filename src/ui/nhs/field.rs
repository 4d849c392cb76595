//! What stands around a form field: label, hint and error.

use leptos::prelude::*;

use super::with_more;

/// Label, hint and error of a field; ids follow nhsuk-frontend (`ID-hint`, `ID-error`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldWords {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    /// The id's by default.
    pub name: Option<String>,
    /// More classes of the label: `nhsuk-label--l`.
    pub label_classes: &'static str,
    /// The label is the page's heading.
    pub heads_page: bool,
}

impl FieldWords {
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    pub(super) fn name(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.id.clone())
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

/// A field's `aria-describedby` as errors come and go.
pub(super) fn described(
    words: &FieldWords,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Clone + Send + 'static {
    let words = words.clone();
    move || error.with(|it| words.described_by(it.as_deref()))
}

/// A field's class, `own--error` beside it when it is wrong.
pub(super) fn class(
    own: &'static str,
    error: Signal<Option<String>>,
) -> impl Fn() -> String + Clone + Send + 'static {
    move || {
        if error.with(Option::is_some) {
            format!("{own} {own}--error")
        } else {
            own.to_owned()
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
    let FieldWords {
        id,
        label,
        hint,
        label_classes,
        heads_page,
        ..
    } = words;
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let class = move || {
        if error.with(Option::is_some) {
            "nhsuk-form-group nhsuk-form-group--error"
        } else {
            "nhsuk-form-group"
        }
    };
    let label_class = with_more("nhsuk-label", label_classes);
    let label = view! { <label class=label_class for=id>{label}</label> };
    let label = if heads_page {
        view! { <h1 class="nhsuk-label-wrapper">{label}</h1> }.into_any()
    } else {
        label.into_any()
    };
    view! {
        <div class=class>
            {label}
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
