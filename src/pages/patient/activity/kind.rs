//! Kinds of activity that one can choose.

use crate::domain::Coded;
use crate::domain::activity::{Encounter, Setting};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    All,
    Admissions,
    Emergency,
    Outpatient,
    Other,
}

impl Kind {
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Admissions,
        Self::Emergency,
        Self::Outpatient,
        Self::Other,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Admissions => "Admissions",
            Self::Emergency => "Emergency",
            Self::Outpatient => "Outpatient",
            Self::Other => "Other contacts",
        }
    }

    pub fn has(self, it: &Encounter) -> bool {
        match self {
            Self::All => true,
            Self::Admissions => it.is(Setting::Inpatient),
            Self::Emergency => it.is(Setting::Emergency),
            Self::Outpatient => it.is(Setting::Ambulatory),
            Self::Other => !matches!(
                it.setting,
                Coded::Known(Setting::Inpatient | Setting::Emergency | Setting::Ambulatory)
            ),
        }
    }
}
