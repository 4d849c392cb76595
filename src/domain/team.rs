//! Who cares for the person: teams, their members, and the people a reference leads to.

mod colleagues;
mod members;
mod own;
mod reach;

pub use colleagues::{Colleague, colleagues};
pub use members::{TeamMember, entry, members, named};
pub use own::own_teams;
pub use reach::{emails, phones, reach};

use super::patient::{Address, PersonName, Telecom};
use super::{Concept, Origin, Party, Period, ResourceRef};

/// One `CareTeam`, whole or contained in a plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Team {
    pub origin: Origin,
    pub name: Option<String>,
    pub status: Option<String>,
    pub categories: Vec<Concept>,
    /// The person it is for; a team of professionals has none.
    pub subject: Option<ResourceRef>,
    pub members: Vec<Member>,
    pub organisations: Vec<Party>,
    pub telecoms: Vec<Telecom>,
    pub period: Period,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Member {
    pub who: Party,
    pub roles: Vec<Concept>,
    pub on_behalf_of: Option<Party>,
    pub period: Period,
}

impl Member {
    /// PRSB "key worker: yes": one of the roles says so.
    pub fn is_key_worker(&self) -> bool {
        self.roles.iter().any(|it| it.says("Key worker"))
    }

    /// Roles other than being the key worker.
    pub fn other_roles(&self) -> impl Iterator<Item = &Concept> {
        self.roles.iter().filter(|it| !it.says("Key worker"))
    }
}

/// A `Practitioner`, `PractitionerRole`, `Organization` or `Location` that others refer to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DirectoryEntry {
    pub origin: Origin,
    pub name: Option<String>,
    pub person: Option<PersonName>,
    pub roles: Vec<Concept>,
    pub specialties: Vec<Concept>,
    pub organisation: Option<Party>,
    pub practitioner: Option<Party>,
    pub part_of: Option<Party>,
    pub telecoms: Vec<Telecom>,
    pub addresses: Vec<Address>,
    /// ODS code, professional number …: system and value.
    pub identifiers: Vec<(String, String)>,
}
