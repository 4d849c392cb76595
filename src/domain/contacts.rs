//! Who to ring about this person, in the order to try: key workers, next of kin, carers, others.

use chrono::{DateTime, Utc};

use super::contact::Contact;
use super::folding::fold;
use super::lookup::Lookup;
use super::patient::{PersonName, Telecom};
use super::team::{emails, members, phones};
use super::{Concept, Facts, Origin, SourceId};

/// Why somebody is rung; the order in which they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    KeyWorker,
    NextOfKin,
    Carer,
    Emergency,
    Other,
}

/// Somebody to ring: "each number is one tap".
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Callee {
    pub reason: Reason,
    pub name: CalleeName,
    /// Every role and relationship, in the source's words.
    pub roles: Vec<String>,
    pub organisation: Option<String>,
    /// By rank.
    pub phones: Vec<Telecom>,
    pub emails: Vec<Telecom>,
    pub sources: Vec<SourceId>,
    /// Where each source has them, of carers and next of kin.
    pub origins: Vec<Origin>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub enum CalleeName {
    Person(PersonName),
    Text(String),
    NotGiven,
}

/// Everybody to ring who is still there, in order.
pub fn to_ring(facts: &Facts, now: DateTime<Utc>) -> Vec<Callee> {
    let key_workers = members(facts, now)
        .into_iter()
        .filter(|it| it.key_worker && !it.former)
        .map(|it| Callee {
            reason: Reason::KeyWorker,
            name: it.name.map_or(CalleeName::NotGiven, CalleeName::Text),
            roles: it.roles,
            organisation: it.organisation,
            phones: it.phones,
            emails: it.emails,
            sources: it.sources,
            origins: Vec::new(),
        });
    let mut all: Vec<Callee> = key_workers.collect();
    all.extend(people(facts, now));
    all
}

/// Carers, next of kin and other people of theirs, each once with every role, next of kin first. Of one name they are one
/// person: not, however, where one source has two of that name, father and son perhaps.
pub fn people(facts: &Facts, now: DateTime<Utc>) -> Vec<Callee> {
    let mut all: Vec<(Callee, Vec<&Contact>)> = Vec::new();
    let mut named = Lookup::default();
    let current = facts.contacts.iter();
    for contact in current.filter(|it| it.active && !it.period.ended(now)) {
        let found = callee(contact, now);
        let name = name_key(&found.name);
        let may_be = |at: &&usize| {
            let known = all.get(**at).filter(|_| !name.is_empty());
            known.is_some_and(|(_, known)| known.iter().all(|it| may_be_one(it, contact)))
        };
        let place = named.get(&name).iter().find(may_be).copied();
        if let Some((known, of)) = place.and_then(|at| all.get_mut(at)) {
            absorb(known, found);
            of.push(contact);
        } else {
            named.add(name, all.len(), usize::MAX);
            all.push((found, vec![contact]));
        }
    }
    let mut all: Vec<Callee> = all.into_iter().map(|(it, _)| it).collect();
    all.sort_by_key(|it| it.reason);
    all
}

/// Whether two of one name are one person. Who is in one source twice is called there by the same identifier, or is
/// reached in the same way and nothing says otherwise.
fn may_be_one(one: &Contact, other: &Contact) -> bool {
    let is_related = |it: &Contact| it.origin.resource.kind == "RelatedPerson";
    let (a, b) = (&one.origin, &other.origin);
    if a.source != b.source || a.resource == b.resource || !is_related(one) || !is_related(other) {
        return true;
    }
    if one.identifier.is_some() && one.identifier == other.identifier {
        return true;
    }
    let reached = |it: &Contact| -> Vec<String> {
        let plain = |it: &Telecom| fold(&it.value).replace(' ', "");
        it.telecoms.iter().map(plain).collect()
    };
    let is = |it: &Contact| -> Vec<String> {
        let all = it.relationships.iter();
        let related = all.filter(|it| reason(it) == Reason::Other);
        related.filter_map(|it| it.label().map(fold)).collect()
    };
    let common = |a: &[String], b: &[String]| a.iter().any(|it| b.contains(it));
    let (one_is, other_is) = (is(one), is(other));
    let related_alike = one_is.is_empty() || other_is.is_empty() || common(&one_is, &other_is);
    let born_alike = one.birth.is_none() || other.birth.is_none() || one.birth == other.birth;
    related_alike && born_alike && common(&reached(one), &reached(other))
}

fn callee(contact: &Contact, now: DateTime<Utc>) -> Callee {
    Callee {
        reason: contact
            .relationships
            .iter()
            .map(reason)
            .min()
            .unwrap_or(Reason::Other),
        name: contact
            .name
            .clone()
            .map_or(CalleeName::NotGiven, CalleeName::Person),
        roles: contact
            .relationships
            .iter()
            .filter_map(|it| it.label().map(str::to_owned))
            .collect(),
        organisation: None,
        phones: phones(&contact.telecoms, now),
        emails: emails(&contact.telecoms, now),
        sources: vec![contact.origin.source.clone()],
        origins: vec![contact.origin.clone()],
    }
}

/// v2-0131 `N`, `C`, `CP`; UKCore-AdditionalPersonRelationshipRole `Carer`; else the words.
fn reason(role: &Concept) -> Reason {
    let code = |wanted: &str| {
        role.codings
            .iter()
            .any(|it| it.code.as_deref() == Some(wanted) && is_role_list(it.system.as_deref()))
    };
    let words = fold(role.label().unwrap_or(""));
    if code("N") || words.contains("next of kin") {
        Reason::NextOfKin
    } else if code("Carer") || words.contains("carer") || words.contains("caregiver") {
        Reason::Carer
    } else if code("C") || code("EP") || words.contains("emergency contact") {
        Reason::Emergency
    } else {
        Reason::Other
    }
}

fn is_role_list(system: Option<&str>) -> bool {
    system.is_some_and(|it| {
        it.ends_with("v2-0131") || it.ends_with("AdditionalPersonRelationshipRole")
    })
}

fn name_key(name: &CalleeName) -> String {
    match name {
        CalleeName::Person(it) => {
            let parts = format!(
                "{} {}",
                it.given.join(" "),
                it.family.as_deref().unwrap_or("")
            );
            fold(if parts.trim().is_empty() {
                it.text.as_deref().unwrap_or("")
            } else {
                &parts
            })
        }
        CalleeName::Text(text) => fold(text),
        CalleeName::NotGiven => String::new(),
    }
}

fn absorb(known: &mut Callee, other: Callee) {
    known.reason = known.reason.min(other.reason);
    let new_role = |it: &String| !known.roles.iter().any(|own| fold(own) == fold(it));
    let roles: Vec<String> = other.roles.into_iter().filter(new_role).collect();
    known.roles.extend(roles);
    let digits = |it: &Telecom| {
        it.value
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    for phone in other.phones {
        if !known.phones.iter().any(|it| digits(it) == digits(&phone)) {
            known.phones.push(phone);
        }
    }
    for email in other.emails {
        if !known.emails.contains(&email) {
            known.emails.push(email);
        }
    }
    known.origins.extend(other.origins);
    for source in other.sources {
        if !known.sources.contains(&source) {
            known.sources.push(source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{contact, member, now, party, team};

    #[test]
    fn the_key_worker_comes_first_then_next_of_kin_then_carers() {
        let facts = Facts {
            teams: vec![team(
                "shared",
                "North 3",
                vec![
                    member(party("Asha Rahman", "", ""), &["Care coordinator"]),
                    member(party("Tom Achebe", "", ""), &["Key worker"]),
                ],
            )],
            contacts: vec![
                contact("shared", "Bill Entwistle", &["neighbour"]),
                contact("shared", "Ann Ho", &["Carer"]),
                contact(
                    "shared",
                    "Carol Smith",
                    &["daughter", "Carer", "Next-of-Kin"],
                ),
            ],
            ..Facts::default()
        };
        let reasons: Vec<_> = to_ring(&facts, now()).iter().map(|it| it.reason).collect();
        assert_eq!(
            reasons,
            [
                Reason::KeyWorker,
                Reason::NextOfKin,
                Reason::Carer,
                Reason::Other
            ]
        );
    }

    #[test]
    fn one_person_in_two_sources_is_one_line_with_every_role() {
        let mut gone = contact("shared", "Old Friend", &["Carer"]);
        gone.active = false;
        let facts = Facts {
            contacts: vec![
                contact("shared", "Carol Smith", &["daughter"]),
                contact("rm2", "CAROL SMITH", &["Next of kin", "Daughter"]),
                gone,
            ],
            ..Facts::default()
        };
        let all = people(&facts, now());
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].roles, ["daughter", "Next of kin"]);
        assert_eq!((all[0].phones.len(), all[0].sources.len()), (1, 2));
    }

    #[test]
    fn two_of_one_name_at_one_source_are_two_people_unless_it_says_that_they_are_one() {
        use crate::domain::ResourceRef;
        use crate::domain::sample::{called, phone, when};
        let john = |id: &str, role: &str, number: &str, birth: &str| {
            let mut it = contact("shared", "John Smith", &[role]);
            it.origin.resource = ResourceRef::new("RelatedPerson", id);
            it.telecoms = vec![phone(number, 1)];
            it.birth = when(birth).filter(|_| !birth.is_empty());
            it
        };
        let people = |contacts: Vec<Contact>| {
            let facts = Facts {
                contacts,
                ..Facts::default()
            };
            people(&facts, now()).len()
        };
        let (home, mobile) = ("0161 496 0101", "07700 900113");
        let husband = john("1", "husband", home, "1944-02-01");
        assert_eq!(
            people(vec![husband.clone(), john("2", "husband", mobile, "")]),
            2
        );
        assert_eq!(people(vec![husband.clone(), john("2", "son", home, "")]), 2);
        let younger = john("2", "Carer", home, "1970-02-01");
        assert_eq!(people(vec![husband.clone(), younger]), 2);
        let same = john("2", "Next of kin", "01614960101", "");
        assert_eq!(
            people(vec![husband.clone(), same]),
            1,
            "another role of the same"
        );
        let mut one = husband.clone();
        let mut two = john("2", "husband", mobile, "");
        (one.identifier, two.identifier) = (called("7"), called("7"));
        assert_eq!(people(vec![one, two]), 1);
        // Whom another source has is one of them, and does not make one of the two.
        let elsewhere = contact("rm2", "John Smith", &["husband"]);
        let son = john("2", "son", mobile, "");
        assert_eq!(people(vec![elsewhere, husband.clone(), son.clone()]), 2);
        let mut named = contact("shared", "John Smith", &["husband"]);
        named.origin.resource = ResourceRef::new("Patient", "p1");
        assert_eq!(people(vec![named, husband, son]), 2);
    }
}
