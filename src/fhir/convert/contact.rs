//! `RelatedPerson`: <https://hl7.org/fhir/R4/relatedperson.html>.

use crate::domain::Origin;
use crate::domain::contact::Contact;

use super::super::element::Element;

pub fn read(it: Element<'_>, origin: Origin) -> Contact {
    let mut names = it.names("name");
    let all = names.iter().enumerate();
    let at = all.min_by_key(|(_, it)| it.use_order());
    let at = at.map(|(at, _)| at);
    Contact {
        origin,
        identifier: it.identifier(),
        name: at.map(|at| names.swap_remove(at)),
        birth: it.when("birthDate"),
        relationships: it.concepts("relationship"),
        telecoms: it.telecoms("telecom"),
        addresses: it.addresses("address"),
        period: it.period("period"),
        active: it.flag("active").unwrap_or(true),
    }
}
