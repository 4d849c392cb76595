//! Pages and their addresses, written in one place. Links take a [`Page`], never a string. An address holds opaque
//! ids only: no name, number or date of a person.

pub use crate::domain::stream::About;
pub use crate::domain::worklist::{Order, Show};
use chrono::NaiveDate;

use crate::domain::{PatientId, SourceId, When};

/// Every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    Worklist(Listing),
    Patient(PatientId, Section),
    /// What happens in hospitals to the reader's people.
    Hospital(Watching),
}

/// What of the hospital activity is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watching {
    pub about: About,
    /// One source alone.
    pub source: Option<SourceId>,
    pub view: View,
}

/// What has happened, or what is to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Happened,
    /// Appointments to come.
    Coming,
    /// Appointments of the week of this day; without one, of this week.
    Week(Option<NaiveDate>),
}

/// Which list, and how it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    pub list: ListId,
    pub show: Show,
    pub order: Order,
}

/// A list of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum ListId {
    /// People in whose care team the reader is.
    #[default]
    Mine,
    Team(PatientId),
    Area(PatientId),
    InHospital,
    Discharged,
    Everyone,
}

/// A part of a person's record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Section {
    #[default]
    Overview,
    Plan,
    Team,
    Medicines,
    Results,
    Activity,
    Documents,
    Timeline,
}

impl Section {
    pub const ALL: [Self; 8] = [
        Self::Overview,
        Self::Plan,
        Self::Team,
        Self::Medicines,
        Self::Results,
        Self::Activity,
        Self::Documents,
        Self::Timeline,
    ];

    /// The last part of its address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Plan => "plan",
            Self::Team => "team",
            Self::Medicines => "medicines",
            Self::Results => "results",
            Self::Activity => "activity",
            Self::Documents => "documents",
            Self::Timeline => "timeline",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.slug() == slug)
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Plan => "Plan",
            Self::Team => "Team and contacts",
            Self::Medicines => "Medicines and allergies",
            Self::Results => "Results",
            Self::Activity => "Activity",
            Self::Documents => "Documents",
            Self::Timeline => "Timeline",
        }
    }
}

impl ListId {
    pub fn code(&self) -> String {
        match self {
            Self::Mine => "mine".to_owned(),
            Self::Team(id) => format!("team-{}", id.as_str()),
            Self::Area(id) => format!("area-{}", id.as_str()),
            Self::InHospital => "in-hospital".to_owned(),
            Self::Discharged => "discharged".to_owned(),
            Self::Everyone => "everyone".to_owned(),
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        let id = |raw: &str| PatientId::parse(raw).ok();
        match code {
            "mine" => Some(Self::Mine),
            "in-hospital" => Some(Self::InHospital),
            "discharged" => Some(Self::Discharged),
            "everyone" => Some(Self::Everyone),
            other => match other.split_once('-')? {
                ("team", raw) => id(raw).map(Self::Team),
                ("area", raw) => id(raw).map(Self::Area),
                _ => None,
            },
        }
    }
}

/// The filters, with their names in an address.
pub const SHOWS: [(Show, &str); 4] = [
    (Show::All, "all"),
    (Show::InHospital, "in-hospital"),
    (Show::Changed, "changed"),
    (Show::ReviewOverdue, "review-overdue"),
];

/// The orders, with their names in an address.
pub const ORDERS: [(Order, &str); 4] = [
    (Order::Attention, "attention"),
    (Order::Name, "name"),
    (Order::Review, "review"),
    (Order::Risk, "risk"),
];

/// The filters of hospital activity, with their names in an address.
pub const ABOUTS: [(About, &str); 5] = [
    (About::Everything, "everything"),
    (About::Unplanned, "unplanned"),
    (About::Stays, "stays"),
    (About::Appointments, "appointments"),
    (About::Results, "results"),
];

fn named<T: Copy>(all: &[(T, &str)], name: &str) -> Option<T> {
    all.iter().find(|(_, it)| *it == name).map(|(it, _)| *it)
}

/// The name in an address.
pub fn name_of<T: PartialEq>(all: &[(T, &'static str)], wanted: &T) -> &'static str {
    all.iter()
        .find(|(it, _)| it == wanted)
        .map_or("", |(_, name)| name)
}

impl Listing {
    /// Reads `list`, `show` and `sort` of an address; what is not understood is as if it were not there.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let show = get("show").and_then(|it| named(&SHOWS, &it));
        let order = get("sort").and_then(|it| named(&ORDERS, &it));
        Self {
            list: get("list")
                .and_then(|it| ListId::from_code(&it))
                .unwrap_or_default(),
            show: show.unwrap_or_default(),
            order: order.unwrap_or_default(),
        }
    }
}

impl Watching {
    /// Reads `show` and `source` of an address; what is not understood is as if it were not there.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let is_id = |it: &String| {
            let mut bytes = it.bytes();
            bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        Self {
            about: get("show")
                .and_then(|it| named(&ABOUTS, &it))
                .unwrap_or_default(),
            source: get("source").filter(is_id).map(|it| SourceId::new(&it)),
            view: match get("view").as_deref() {
                Some("appointments") => View::Coming,
                Some("week") => View::Week(match get("from").map(|it| When::parse(&it)) {
                    Some(When::Day(day)) => Some(day),
                    _ => None,
                }),
                _ => View::Happened,
            },
        }
    }
}

fn asked(path: &str, query: &[String]) -> String {
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

impl Page {
    /// The page of an address: its path, and its query without the `?`. `None` where there is no page.
    pub fn read(path: &str, query: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
        let get = |name: &str| {
            let mut pairs = query.split('&').filter_map(|it| it.split_once('='));
            pairs.find(|it| it.0 == name).map(|it| it.1.to_owned())
        };
        match parts.as_slice() {
            [] => Some(Self::Worklist(Listing::read(get))),
            ["hospital"] => Some(Self::Hospital(Watching::read(get))),
            ["patient", id] => Some(Self::Patient(PatientId::parse(id).ok()?, Section::Overview)),
            ["patient", id, section] => Some(Self::Patient(
                PatientId::parse(id).ok()?,
                Section::from_slug(section)?,
            )),
            _ => None,
        }
    }

    pub fn path(&self) -> String {
        match self {
            Self::Worklist(listing) => {
                let mut query = Vec::new();
                if listing.list != ListId::default() {
                    query.push(format!("list={}", listing.list.code()));
                }
                if listing.show != Show::default() {
                    query.push(format!("show={}", name_of(&SHOWS, &listing.show)));
                }
                if listing.order != Order::default() {
                    query.push(format!("sort={}", name_of(&ORDERS, &listing.order)));
                }
                asked("/", &query)
            }
            Self::Hospital(watching) => {
                let mut query = Vec::new();
                if watching.about != About::default() {
                    query.push(format!("show={}", name_of(&ABOUTS, &watching.about)));
                }
                if let Some(source) = &watching.source {
                    query.push(format!("source={}", source.as_str()));
                }
                match watching.view {
                    View::Happened => {}
                    View::Coming => query.push("view=appointments".to_owned()),
                    View::Week(None) => query.push("view=week".to_owned()),
                    View::Week(Some(day)) => query.push(format!("view=week&from={day}")),
                }
                asked("/hospital", &query)
            }
            Self::Patient(id, Section::Overview) => format!("/patient/{}", id.as_str()),
            Self::Patient(id, section) => format!("/patient/{}/{}", id.as_str(), section.slug()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_carries_list_filter_and_order() {
        let id = PatientId::parse("t-1").unwrap();
        for list in [
            ListId::Mine,
            ListId::Team(id.clone()),
            ListId::Area(id),
            ListId::InHospital,
            ListId::Everyone,
        ] {
            let listing = Listing {
                list,
                show: Show::Changed,
                order: Order::Risk,
            };
            let path = Page::Worklist(listing.clone()).path();
            let query = path.split_once('?').map_or("", |it| it.1);
            let read = Page::read("/", query);
            assert_eq!(read, Some(Page::Worklist(listing)));
        }
    }

    #[test]
    fn the_address_of_hospital_activity_carries_its_filters() {
        for (about, _) in ABOUTS {
            let day = "2026-11-23".parse().ok();
            for view in [
                View::Happened,
                View::Coming,
                View::Week(None),
                View::Week(day),
            ] {
                let watching = Watching {
                    about,
                    source: Some(SourceId::new("rw3")),
                    view,
                };
                let path = Page::Hospital(watching.clone()).path();
                let query = path.split_once('?').map_or("", |it| it.1);
                assert_eq!(
                    Page::read("/hospital", query),
                    Some(Page::Hospital(watching))
                );
            }
        }
        let hostile = Page::read("/hospital", "show=x&source=%3Cimg%3E&view=%00&from=9999999");
        assert_eq!(hostile, Some(Page::Hospital(Watching::default())));
    }

    #[test]
    fn a_person_and_a_section_are_read_from_their_own_path() {
        for section in Section::ALL {
            let page = Page::Patient(PatientId::parse("p.1-A").unwrap(), section);
            assert_eq!(Page::read(&page.path(), ""), Some(page));
        }
        for nowhere in [
            "/patient",
            "/patient/a b",
            "/patient/1/nonsense",
            "/patient/1/plan/x",
            "/x",
        ] {
            assert_eq!(Page::read(nowhere, ""), None, "{nowhere}");
        }
    }

    #[test]
    fn a_hostile_list_is_no_list() {
        for code in ["team-../x", "team-", "area-a b", "nonsense"] {
            assert_eq!(ListId::from_code(code), None, "{code}");
        }
    }
}
