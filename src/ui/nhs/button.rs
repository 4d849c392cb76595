//! Button: <https://service-manual.nhs.uk/design-system/components/buttons>.

use leptos::prelude::*;

use super::with_more;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    #[default]
    Primary,
    Secondary,
    Reverse,
    SecondarySolid,
    Warning,
    Login,
}

impl ButtonVariant {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "nhsuk-button",
            Self::Secondary => "nhsuk-button nhsuk-button--secondary",
            Self::Reverse => "nhsuk-button nhsuk-button--reverse",
            Self::SecondarySolid => "nhsuk-button nhsuk-button--secondary-solid",
            Self::Warning => "nhsuk-button nhsuk-button--warning",
            Self::Login => "nhsuk-button nhsuk-button--login",
        }
    }
}

/// `<Button variant=ButtonVariant::Secondary on_press=move |()| edit()>"Edit"</Button>`; a link that looks like one
/// with `href`.
#[component]
pub fn Button(
    #[prop(optional)] variant: ButtonVariant,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// `submit` inside a form.
    #[prop(default = "button")]
    kind: &'static str,
    #[prop(optional, into)] classes: String,
    #[prop(optional, into)] href: Option<String>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
    children: Children,
) -> AnyView {
    let class = with_more(variant.class(), &classes);
    if let Some(href) = href {
        return view! {
            <a class=class data-module="nhsuk-button" href=href role="button" draggable="false">
                {children()}
            </a>
        }
        .into_any();
    }
    let pressed = move |_| {
        if let Some(it) = on_press {
            it.run(());
        }
    };
    view! {
        <button
            class=class
            data-module="nhsuk-button"
            type=kind
            disabled=disabled
            aria-disabled=move || disabled.get().then_some("true")
            on:click=pressed
        >
            {children()}
        </button>
    }
    .into_any()
}
