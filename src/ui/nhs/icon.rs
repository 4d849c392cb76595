//! The icons of the NHS set that we use, and two of ours in the same grid.

use leptos::prelude::*;

/// One icon. Constants, not an enum: only those that a part of the page shows are in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IconName {
    class: &'static str,
    path: &'static str,
}

impl IconName {
    pub const ARROW_LEFT: Self = Self::new(
        "nhsuk-icon nhsuk-icon--arrow-left",
        "M10.7 6.3c.4.4.4 1 0 1.4L7.4 11H19a1 1 0 0 1 0 2H7.4l3.3 3.3c.4.4.4 1 0 1.4a1 1 0 0 1-1.4 0l-5-5A1 1 0 0 1 4 12c0-.3.1-.5.3-.7l5-5a1 1 0 0 1 1.4 0Z",
    );
    pub const ARROW_RIGHT: Self = Self::new(
        "nhsuk-icon nhsuk-icon--arrow-right",
        "m14.7 6.3 5 5c.2.2.3.4.3.7 0 .3-.1.5-.3.7l-5 5a1 1 0 0 1-1.4-1.4l3.3-3.3H5a1 1 0 0 1 0-2h11.6l-3.3-3.3a1 1 0 1 1 1.4-1.4Z",
    );
    pub const ARROW_UP: Self = Self::new(
        "nhsuk-icon nhsuk-icon--arrow-up",
        "M6.3 9.3l5-5c.2-.2.4-.3.7-.3.3 0 .5.1.7.3l5 5a1 1 0 0 1-1.4 1.4l-3.3-3.3L13 19a1 1 0 0 1-2 0L11 7.4l-3.3 3.3a1 1 0 1 1-1.4-1.4Z",
    );
    pub const ARROW_DOWN: Self = Self::new(
        "nhsuk-icon nhsuk-icon--arrow-down",
        "M17.7 14.7l-5 5c-.2.2-.4.3-.7.3-.3 0-.5-.1-.7-.3l-5-5a1 1 0 0 1 1.4-1.4l3.3 3.3L11 5a1 1 0 0 1 2 0L13 16.6l3.3-3.3a1 1 0 1 1 1.4 1.4Z",
    );
    pub const ARROW_UP_DOWN: Self = Self::new(
        "nhsuk-icon nhsuk-icon--arrow-up-down",
        "M1.5 9.3l5-5c.2-.2.4-.3.7-.3.3 0 .5.1.7.3l5 5a1 1 0 0 1-1.4 1.4l-3.3-3.3L8.2 19a1 1 0 0 1-2 0L6.2 7.4l-3.3 3.3a1 1 0 1 1-1.4-1.4Z M22.5 14.7l-5 5c-.2.2-.4.3-.7.3-.3 0-.5-.1-.7-.3l-5-5a1 1 0 0 1 1.4-1.4l3.3 3.3L15.8 5a1 1 0 0 1 2 0L17.8 16.6l3.3-3.3a1 1 0 1 1 1.4 1.4Z",
    );
    pub const ARROW_RIGHT_CIRCLE: Self = Self::new(
        "nhsuk-icon nhsuk-icon--arrow-right-circle",
        "M12 2a10 10 0 0 0-10 9h11.7l-4-4a1 1 0 0 1 1.5-1.4l5.6 5.7a1 1 0 0 1 0 1.4l-5.6 5.7a1 1 0 0 1-1.5 0 1 1 0 0 1 0-1.4l4-4H2A10 10 0 1 0 12 2z",
    );
    pub const CROSS: Self = Self::new(
        "nhsuk-icon nhsuk-icon--cross",
        "M17 18.5c-.4 0-.8-.1-1.1-.4l-10-10c-.6-.6-.6-1.6 0-2.1.6-.6 1.5-.6 2.1 0l10 10c.6.6.6 1.5 0 2.1-.3.3-.6.4-1 .4z M7 18.5c-.4 0-.8-.1-1.1-.4-.6-.6-.6-1.5 0-2.1l10-10c.6-.6 1.5-.6 2.1 0 .6.6.6 1.5 0 2.1l-10 10c-.3.3-.6.4-1 .4z",
    );
    pub const TICK: Self = Self::new(
        "nhsuk-icon nhsuk-icon--tick",
        "M11.4 17.5a2 2 0 0 1-2.7.1h-.1L4 12.8a1.5 1.5 0 0 1 2.1-2L10 14.7l8.1-8.1a1.5 1.5 0 1 1 2.2 2l-8.9 9Z",
    );
    pub const SEARCH: Self = Self::new(
        "nhsuk-icon nhsuk-icon--search",
        "m20.7 18.9-4.1-4.1a7 7 0 1 0-1.4 1.4l4 4.1a1 1 0 0 0 1.5 0c.4-.4.4-1 0-1.4ZM6 10.6a5 5 0 1 1 10 0 5 5 0 0 1-10 0Z",
    );
    pub const USER: Self = Self::new(
        "nhsuk-icon nhsuk-icon--user",
        "M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22Zm0 2a9 9 0 0 0-5 16.5V18a4 4 0 0 1 4-4h2a4 4 0 0 1 4 4v1.5A9 9 0 0 0 12 3Zm0 3a3.5 3.5 0 1 1-3.5 3.5A3.4 3.4 0 0 1 12 6Z",
    );
    /// Ours: a triangle with an exclamation mark.
    pub const WARNING: Self = Self::new(
        "app-icon",
        "M10.7 3.2 1.4 19.3A1.5 1.5 0 0 0 2.7 21.5h18.6a1.5 1.5 0 0 0 1.3-2.2L13.3 3.2a1.5 1.5 0 0 0-2.6 0ZM13.2 18.6h-2.4v-2.3h2.4Zm0-4h-2.4V8.4h2.4Z",
    );
    /// Ours: opens and closes what is below.
    pub const TURN: Self = Self::new(
        "app-icon app-popover__turn",
        "M5.3 8.6a1.2 1.2 0 0 1 1.7 0l5 5 5-5a1.2 1.2 0 1 1 1.7 1.7l-5.8 5.8a1.2 1.2 0 0 1-1.8 0L5.3 10.3a1.2 1.2 0 0 1 0-1.7Z",
    );

    const fn new(class: &'static str, path: &'static str) -> Self {
        Self { class, path }
    }
}

/// Decoration beside words: hidden from assistive technology. `<Icon name=IconName::SEARCH/>`.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    view! {
        <svg
            class=name.class
            xmlns="http://www.w3.org/2000/svg"
            viewBox="0 0 24 24"
            width="16"
            height="16"
            focusable="false"
            aria-hidden="true"
        >
            <path d=name.path></path>
        </svg>
    }
}
