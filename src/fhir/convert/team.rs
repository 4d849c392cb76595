//! `CareTeam`, whole or contained: <https://hl7.org/fhir/R4/careteam.html>.

use crate::domain::Origin;
use crate::domain::team::{Member, Team};

use super::super::element::Element;

pub fn read(it: Element<'_>, origin: Origin) -> Team {
    Team {
        origin,
        name: it.string("name"),
        status: it.string("status"),
        categories: it.concepts("category"),
        subject: it.reference("subject"),
        members: it.list("participant").map(member).collect(),
        organisations: it.parties("managingOrganization"),
        telecoms: it.telecoms("telecom"),
        period: it.period("period"),
    }
}

/// Kept even when nobody is named: a role that is not filled is worth seeing.
fn member(it: Element<'_>) -> Member {
    Member {
        who: it.party("member").unwrap_or_default(),
        roles: it.concepts("role"),
        on_behalf_of: it.party("onBehalfOf"),
        period: it.period("period"),
    }
}
