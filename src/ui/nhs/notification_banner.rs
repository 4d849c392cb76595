//! Notification banner: <https://service-manual.nhs.uk/design-system/components/notification-banners>.

use leptos::prelude::*;

/// `<NotificationBanner id="changed">"Tom Achebe changed this section at 14:05"</NotificationBanner>`; `success` is
/// green and announced at once. The id names the title, so two on one page need two.
#[component]
pub fn NotificationBanner(
    #[prop(default = "nhsuk-notification-banner".to_owned(), into)] id: String,
    #[prop(optional)] success: bool,
    #[prop(optional, into)] title: Option<String>,
    /// Above the content; without one the content is the heading, a few words of text.
    #[prop(optional, into)]
    heading: Option<String>,
    children: Children,
) -> impl IntoView {
    let (class, role, usual) = if success {
        (
            "nhsuk-notification-banner nhsuk-notification-banner--success",
            "alert",
            "Success",
        )
    } else {
        ("nhsuk-notification-banner", "region", "Important")
    };
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <div
            class=class
            data-module="nhsuk-notification-banner"
            role=role
            aria-labelledby=labelled_by
        >
            <div class="nhsuk-notification-banner__header">
                <h2 class="nhsuk-notification-banner__title" id=title_id>
                    {title.unwrap_or_else(|| usual.to_owned())}
                </h2>
            </div>
            <div class="nhsuk-notification-banner__content">
                {match heading {
                    None => view! { <p class="nhsuk-notification-banner__heading">{children()}</p> }.into_any(),
                    Some(heading) => {
                        view! {
                            <h3 class="nhsuk-notification-banner__heading">{heading}</h3>
                            {children()}
                        }
                            .into_any()
                    }
                }}
            </div>
        </div>
    }
}
