//! What a source can provide and a panel can show: the unit that loads, fails and retries alone.

/// One kind of facts about a person. The names are those of `provides` in `config.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    Identity,
    Allergies,
    Medicines,
    Problems,
    Results,
    Activity,
    Appointments,
    Plans,
    Team,
    Contacts,
    Alerts,
    Risk,
    Legal,
    Documents,
    SocialCare,
}

impl Topic {
    pub const ALL: [Self; 15] = [
        Self::Identity,
        Self::Allergies,
        Self::Medicines,
        Self::Problems,
        Self::Results,
        Self::Activity,
        Self::Appointments,
        Self::Plans,
        Self::Team,
        Self::Contacts,
        Self::Alerts,
        Self::Risk,
        Self::Legal,
        Self::Documents,
        Self::SocialCare,
    ];

    /// Its name in `config.json`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Allergies => "allergies",
            Self::Medicines => "medicines",
            Self::Problems => "problems",
            Self::Results => "results",
            Self::Activity => "activity",
            Self::Appointments => "appointments",
            Self::Plans => "plans",
            Self::Team => "team",
            Self::Contacts => "contacts",
            Self::Alerts => "alerts",
            Self::Risk => "risk",
            Self::Legal => "legal",
            Self::Documents => "documents",
            Self::SocialCare => "social-care",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}
