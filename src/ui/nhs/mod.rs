//! Components of nhsuk-frontend 10.6.1 with the markup and class names of its macros. Their JavaScript is not used:
//! where it matters (moving the focus to an error summary) the behaviour is here.

mod action_link;
mod button;
mod card;
mod checkboxes;
mod details;
mod error_summary;
mod field;
mod icon;
mod input;
mod inset_text;
mod notification_banner;
mod pagination;
mod select;
mod skip_link;
mod summary_list;
mod table;
mod tag;
mod textarea;
mod warning_callout;

#[cfg(test)]
mod fixtures;

pub use action_link::ActionLink;
pub use button::{Button, ButtonVariant};
pub use card::{Card, CardVariant};
pub use checkboxes::{CheckBox, Checkboxes};
pub use details::Details;
pub use error_summary::{ErrorItem, ErrorSummary};
pub use field::FieldWords;
pub use icon::{Icon, IconName};
pub use input::Input;
pub use inset_text::InsetText;
pub use notification_banner::NotificationBanner;
pub use pagination::{PageLink, Pagination};
pub use select::{Choice, Select};
pub use skip_link::SkipLink;
pub use summary_list::{SummaryList, SummaryRow};
#[cfg(test)]
use table::Classed;
pub use table::{Cell, Head, Table};
pub use tag::{Tag, TagColour};
pub use textarea::Textarea;
pub use warning_callout::WarningCallout;

/// A component's own class and those that its user adds (`nhsuk-button--small`).
fn with_more(own: &str, more: &str) -> String {
    if more.is_empty() {
        own.to_owned()
    } else {
        format!("{own} {more}")
    }
}
