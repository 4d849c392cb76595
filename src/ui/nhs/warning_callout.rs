//! Warning callout: <https://service-manual.nhs.uk/design-system/components/warning-callout>.

use leptos::prelude::*;

use super::card::{Card, CardVariant};

/// `<WarningCallout heading="Doses differ"><p>…</p></WarningCallout>`.
#[component]
pub fn WarningCallout(
    #[prop(into)] heading: String,
    #[prop(default = 3)] level: u8,
    children: Children,
) -> impl IntoView {
    let hidden = (!heading.to_lowercase().contains("important")).then(|| "Important".to_owned());
    view! {
        <Card heading level variant=CardVariant::Warning hidden>
            {children()}
        </Card>
    }
}
