//! Presentational components: props in, callbacks out. They know no store, no router and no api; everything that they
//! say is given to them in words. `nhs` has the markup of nhsuk-frontend 10.6.1, the rest is ours on its styles
//! (`style/_*.scss`, one partial for each). Text is always text nodes; nothing here sets inner HTML or inline styles
//! (a row's place in a long list goes through the CSSOM).

// A component owns its props: Leptos hands them over by value.
#![allow(clippy::needless_pass_by_value)]
// The kit also holds what a screen will use next.
#![allow(dead_code, unused_imports)]

mod allergy_strip;
mod announcer;
mod badge;
mod banner;
mod call_link;
mod chip;
mod dialog;
mod facts;
mod finder;
mod graph;
mod main_nav;
mod more;
mod panel;
mod popover;
mod section_rail;
mod skeleton;
mod sources;
mod stream;
mod to_calendar;
mod toast;
mod top_bar;
mod waits;
mod words;
mod work_focus;
mod work_list;
mod work_table;
mod work_window;

pub mod nhs;

pub use allergy_strip::{AlertsChip, AllergyLine, AllergyStrip, AllergyTitle, AllergyWords};
pub use announcer::Announcer;
pub use badge::{Badge, BadgeTone, SourceTag, SourceTags};
pub use banner::{Banner, BannerWords, PatientHead};
pub use call_link::CallLink;
pub use chip::{Chip, Chips};
pub use dialog::{Dialog, Key, Keys};
pub use facts::{Fact, Facts};
pub use finder::{FinderBox, FinderHit};
pub use graph::{Graph, GraphPoint, GraphSeries, GraphShape};
pub use main_nav::{MainNav, NavItem};
pub use more::More;
pub use panel::{Notes, Panel, PanelGrid, PanelKind, PanelSpan};
pub use popover::Popover;
pub use section_rail::{SectionLink, SectionRail, WithRail};
pub use skeleton::{LaterFailed, Skeleton};
pub use sources::{SourceLine, SourcesButton, SourcesList};
pub use stream::{DayHeading, Stream, StreamEvent, Waiting};
pub use to_calendar::ToCalendar;
pub use toast::Toast;
pub use top_bar::TopBar;
pub use waits::{WaitLine, WaitsButton, WaitsList};
pub use words::{Moment, Words};
pub use work_table::{Column, Direction, WorkTable};
