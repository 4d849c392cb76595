//! Hospital activity: admissions, attendances, discharges.

mod coming;
mod part;
mod whereabouts;

pub use coming::{Coming, coming_appointments};
pub use part::whole_stays;
pub use whereabouts::{At, Whereabouts, where_now};

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Coded, Concept, Identifier, Origin, Party, Period, When};

/// `Encounter.class`, v3-ActCode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    Inpatient,
    Emergency,
    Ambulatory,
    Home,
    Virtual,
    Field,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EncounterStatus {
    Planned,
    Arrived,
    Triaged,
    InProgress,
    OnLeave,
    Finished,
    Cancelled,
    EnteredInError,
    Unknown,
}

/// One `Encounter`: <https://hl7.org/fhir/R4/encounter.html>, UK Core extensions read where present.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Encounter {
    pub origin: Origin,
    /// What it is called by in other records; not read for lists.
    pub identifier: Option<Arc<Identifier>>,
    pub setting: Coded<Setting>,
    pub status: Option<Coded<EncounterStatus>>,
    pub period: Period,
    /// Every place with its time, in the order received (ward moves).
    pub places: Vec<Place>,
    /// `serviceType` and other words for the specialty.
    pub specialty: Option<Concept>,
    pub types: Vec<Concept>,
    pub reasons: Vec<Concept>,
    pub professionals: Vec<(Option<Concept>, Party)>,
    pub provider: Option<Party>,
    /// UKCore-AdmissionMethodEngland.
    pub admission_method: Option<Concept>,
    pub admission_source: Option<Concept>,
    pub discharge_method: Option<Concept>,
    pub discharge_destination: Option<Concept>,
    /// UKCore-OutcomeOfAttendance or UKCore-EmergencyCareDischargeStatus.
    pub outcome: Option<Concept>,
    pub part_of: Option<super::ResourceRef>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub location: Party,
    pub status: Option<String>,
    pub period: Period,
}

/// Whether an admission was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Urgency {
    Elective,
    Emergency,
    Maternity,
}

impl Place {
    pub fn began(&self) -> Option<DateTime<Utc>> {
        self.period.start.as_ref().and_then(When::earliest)
    }

    /// A bed that is kept or meant for the person: they are not there.
    pub fn is_to_come(&self) -> bool {
        matches!(self.status.as_deref(), Some("planned" | "reserved"))
    }
}

impl Encounter {
    pub fn is_error(&self) -> bool {
        matches!(
            self.status,
            Some(Coded::Known(EncounterStatus::EnteredInError))
        )
    }

    /// Planned only, or cancelled: nobody came.
    pub fn is_called_off(&self) -> bool {
        use EncounterStatus as S;
        matches!(self.status, Some(Coded::Known(S::Planned | S::Cancelled)))
    }

    /// In a hospital of some kind: clinics, visits at home and calls are not.
    pub fn is_stay(&self) -> bool {
        matches!(
            self.setting,
            Coded::Known(Setting::Inpatient | Setting::Emergency)
        )
    }

    /// Arrived and not left, as its status says. A status that is not known does not count.
    pub fn is_open(&self) -> bool {
        use EncounterStatus as S;
        matches!(
            self.status,
            Some(Coded::Known(
                S::Arrived | S::Triaged | S::InProgress | S::OnLeave
            ))
        )
    }

    /// Whether its end, where it has one, is an expected one: the source says that it goes on.
    pub fn expects_end(&self) -> bool {
        self.is_open() && !self.ended_in_death()
    }

    /// Whether it goes on at `now`: a stay until the source says that it is over, whatever end it expected; a visit no
    /// longer than that.
    pub fn goes_on(&self, now: DateTime<Utc>) -> bool {
        self.expects_end() && (self.is_stay() || !self.period.ended(now))
    }

    /// From the admission method: 11–13 elective; 21–25, 28, 2A–2D emergency; 31, 32, 82, 83 maternity.
    pub fn urgency(&self) -> Option<Urgency> {
        let codes = self
            .admission_method
            .iter()
            .flat_map(|it| it.codings.iter())
            .filter_map(|it| it.code.as_deref());
        codes.into_iter().find_map(|code| match code {
            "11" | "12" | "13" => Some(Urgency::Elective),
            "21" | "22" | "23" | "24" | "25" | "28" | "2A" | "2B" | "2C" | "2D" => {
                Some(Urgency::Emergency)
            }
            "31" | "32" | "82" | "83" => Some(Urgency::Maternity),
            _ => None,
        })
    }

    /// Where the person is or was last: the place that is active, else the last one that was not left.
    pub fn place(&self) -> Option<&Place> {
        let taken = || self.places.iter().rev().filter(|it| !it.is_to_come());
        let active = taken().find(|it| it.status.as_deref() == Some("active"));
        active
            .or_else(|| taken().find(|it| it.period.end.is_none()))
            .or_else(|| taken().next())
    }
}
