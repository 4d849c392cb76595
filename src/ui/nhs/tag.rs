//! Tag: <https://service-manual.nhs.uk/design-system/components/tag>.

use leptos::prelude::*;

use super::with_more;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagColour {
    #[default]
    Default,
    White,
    Grey,
    Green,
    AquaGreen,
    Blue,
    Purple,
    Pink,
    Red,
    Orange,
    Yellow,
    /// As quiet as text.
    NoColour,
}

impl TagColour {
    fn class(self) -> &'static str {
        match self {
            Self::Default => "nhsuk-tag",
            Self::White => "nhsuk-tag nhsuk-tag--white",
            Self::Grey => "nhsuk-tag nhsuk-tag--grey",
            Self::Green => "nhsuk-tag nhsuk-tag--green",
            Self::AquaGreen => "nhsuk-tag nhsuk-tag--aqua-green",
            Self::Blue => "nhsuk-tag nhsuk-tag--blue",
            Self::Purple => "nhsuk-tag nhsuk-tag--purple",
            Self::Pink => "nhsuk-tag nhsuk-tag--pink",
            Self::Red => "nhsuk-tag nhsuk-tag--red",
            Self::Orange => "nhsuk-tag nhsuk-tag--orange",
            Self::Yellow => "nhsuk-tag nhsuk-tag--yellow",
            Self::NoColour => "nhsuk-tag nhsuk-tag--no-colour",
        }
    }
}

/// `<Tag colour=TagColour::Green>"Complete"</Tag>`.
#[component]
pub fn Tag(
    #[prop(optional)] colour: TagColour,
    #[prop(optional, into)] classes: String,
    children: Children,
) -> impl IntoView {
    view! { <strong class=with_more(colour.class(), &classes)>{children()}</strong> }
}
