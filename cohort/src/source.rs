//! The organisations whose record APIs the programme fills.

/// One record API. The order is the order in which a foundation is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The shared record: plans, teams, GP and social-care data.
    Shared,
    /// Central Manchester University Hospitals NHS Foundation Trust.
    Rw3,
    /// Pennine Acute Hospitals NHS Trust.
    Rw6,
    /// University Hospital of South Manchester NHS Foundation Trust.
    Rm2,
    /// Manchester Mental Health and Social Care NHS Trust.
    Tae,
    /// North West Ambulance Service NHS Trust.
    Rx7,
}

impl Source {
    pub const ALL: [Source; 6] = [
        Source::Shared,
        Source::Rw3,
        Source::Rw6,
        Source::Rm2,
        Source::Tae,
        Source::Rx7,
    ];
    /// The acute trusts: those with wards, clinics and emergency departments.
    pub const TRUSTS: [Source; 3] = [Source::Rw3, Source::Rw6, Source::Rm2];

    /// The id that `config.json` uses: `shared`, or the organisation's ODS code in lower case.
    pub fn id(self) -> &'static str {
        match self {
            Source::Shared => "shared",
            Source::Rw3 => "rw3",
            Source::Rw6 => "rw6",
            Source::Rm2 => "rm2",
            Source::Tae => "tae",
            Source::Rx7 => "rx7",
        }
    }

    pub fn from_id(id: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.id() == id)
    }

    /// The organisation's name; for the shared record, the record's.
    pub fn name(self) -> &'static str {
        match self {
            Source::Shared => "Manchester shared record",
            Source::Rw3 => "Central Manchester University Hospitals NHS Foundation Trust",
            Source::Rw6 => "Pennine Acute Hospitals NHS Trust",
            Source::Rm2 => "University Hospital of South Manchester NHS Foundation Trust",
            Source::Tae => "Manchester Mental Health and Social Care NHS Trust",
            Source::Rx7 => "North West Ambulance Service NHS Trust",
        }
    }

    /// The organisation's ODS code; none for the shared record, which is not an organisation.
    pub fn ods_code(self) -> Option<&'static str> {
        match self {
            Source::Shared => None,
            Source::Rw3 => Some("RW3"),
            Source::Rw6 => Some("RW6"),
            Source::Rm2 => Some("RM2"),
            Source::Tae => Some("TAE"),
            Source::Rx7 => Some("RX7"),
        }
    }
}
