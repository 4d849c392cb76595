//! Who to ring: names, every relationship and role, and numbers that are one tap.

mod reach;
mod relationships;

pub use self::reach::{mailto, tel, usage};

use chrono::{DateTime, Utc};

use self::relationships::RELATIONSHIPS;
use super::name::shown;
use super::words::{coded, unique};
use super::{name, words};
use crate::domain::contact::Contact;
use crate::domain::contacts::{Callee, CalleeName, Reason};
use crate::domain::folding::fold;
use crate::domain::patient::Address;
use crate::domain::{Coding, Concept, SourceId};

/// Where a press leads and what is shown.
pub type Link = (String, String);

/// Somebody to ring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactWords {
    pub name: String,
    /// `key worker`, `next of kin`; `None` when the roles say it all.
    pub why: Option<&'static str>,
    /// `daughter, carer, next of kin`.
    pub roles: String,
    pub organisation: Option<String>,
    pub phones: Vec<Link>,
    pub emails: Vec<Link>,
    /// `No phone number recorded`.
    pub lacking: Option<&'static str>,
    pub sources: Vec<SourceId>,
}

/// One line of "Who to ring".
pub fn words(callee: &Callee) -> ContactWords {
    let roles = unique(callee.roles.iter().filter_map(|it| role(it)));
    let why =
        reason(callee.reason).filter(|why| !roles.iter().any(|it| it.eq_ignore_ascii_case(why)));
    let phones: Vec<Link> = callee.phones.iter().filter_map(tel).collect();
    ContactWords {
        name: match &callee.name {
            CalleeName::Person(it) => name::plain(it),
            CalleeName::Text(it) => shown(it).unwrap_or_else(|| name::NOT_RECORDED.to_owned()),
            CalleeName::NotGiven => name::NOT_RECORDED.to_owned(),
        },
        why,
        roles: roles.join(", "),
        organisation: callee.organisation.as_deref().and_then(shown),
        lacking: phones.is_empty().then_some("No phone number recorded"),
        phones,
        emails: callee.emails.iter().filter_map(mailto).collect(),
        sources: callee.sources.clone(),
    }
}

/// Where they live: every address in use that any source gives for this person.
pub fn homes(contacts: &[Contact], person: &Callee, now: DateTime<Utc>) -> Vec<String> {
    let who = fold(&words(person).name);
    let is_theirs = |it: &&Contact| {
        let name = it.name.as_ref();
        let is_named = name.is_some_and(|it| fold(&name::plain(it)) == who);
        is_named && person.origins.contains(&it.origin)
    };
    let in_use = |it: &&Address| it.usage.as_deref() != Some("old") && !it.period.ended(now);
    let theirs = contacts.iter().filter(is_theirs);
    let mut all = Vec::new();
    for address in theirs.flat_map(|it| it.addresses.iter().filter(in_use)) {
        let lines: Vec<String> = address.lines.iter().filter_map(|it| shown(it)).collect();
        let line = lines.join(", ");
        if !line.is_empty() && !all.contains(&line) {
            all.push(line);
        }
    }
    all
}

fn reason(it: Reason) -> Option<&'static str> {
    Some(match it {
        Reason::KeyWorker => "key worker",
        Reason::NextOfKin => "next of kin",
        Reason::Carer => "carer",
        Reason::Emergency => "emergency contact",
        Reason::Other => return None,
    })
}

/// What somebody is to the person: the author's text, else our words for the code, else its display or the code.
pub fn relationship(it: &Concept) -> Option<String> {
    if it.text.as_deref().and_then(shown).is_some() {
        return coded(it, &RELATIONSHIPS);
    }
    // One or two letters mean something else in every list.
    let is_safe = |it: &&Coding, code: &str| {
        let is_role = it
            .system
            .as_deref()
            .is_some_and(|it| it.ends_with("v2-0131"));
        is_role || code.len() > 2
    };
    let known = it.codings.iter().find_map(|it| {
        let code = it.code.as_deref()?;
        word_for(code).filter(|_| is_safe(&it, code))
    });
    match known {
        Some(words) => Some(words.to_owned()),
        None => words::label(it).and_then(|it| role(&it)),
    }
}

/// The same for a label whose codes are no longer at hand.
pub fn role(label: &str) -> Option<String> {
    let label = shown(label)?;
    Some(match label.as_str() {
        // HL7's displays, in the words used here.
        "Next-of-Kin" | "next of kin" => "next of kin".to_owned(),
        "Emergency Contact" => "emergency contact".to_owned(),
        "natural daughter" => "daughter".to_owned(),
        "natural son" => "son".to_owned(),
        "neighbor" => "neighbour".to_owned(),
        "unrelated friend" => "friend".to_owned(),
        _ => word_for(&label).map_or(label, str::to_owned),
    })
}

fn word_for(code: &str) -> Option<&'static str> {
    let known = RELATIONSHIPS.iter().find(|(own, _)| *own == code);
    known.map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_somebody_lived_once_is_not_where_they_live() {
        use crate::domain::sample::{contact, now, period};
        let mut carol = contact("shared", "Carol Smith", &["daughter"]);
        let at = |line: &str, usage: &str, end: &str| Address {
            usage: Some(usage.to_owned()),
            lines: vec![line.to_owned(), " ".to_owned()],
            period: period("", end),
        };
        carol.addresses = vec![
            at("3 Old St", "home", "2019-05-01"),
            at("4 Older St", "old", ""),
            at("12 Moor Rd", "home", ""),
            at("5 New St", "home", "2026-12-31"),
        ];
        // Of her name, and somebody else.
        let mut other = contact("shared", "Carol Smith", &["neighbour"]);
        other.origin.resource.id = "another".into();
        other.telecoms.clear();
        other.addresses = vec![at("9 Far St", "home", "")];
        let all = [carol, other];
        let facts = crate::domain::Facts {
            contacts: all.to_vec(),
            ..Default::default()
        };
        let callee = &crate::domain::contacts::people(&facts, now())[0];
        assert_eq!(homes(&all, callee, now()), ["12 Moor Rd", "5 New St"]);
    }

    fn coding(code: &str, display: &str) -> Concept {
        Concept::new(
            None,
            vec![Coding {
                system: None,
                code: Some(code.to_owned()),
                display: (!display.is_empty()).then(|| display.to_owned()),
            }],
        )
    }

    #[test]
    fn relationships_are_words_and_unknown_codes_are_kept() {
        for (code, display, expected) in [
            ("N", "Next-of-Kin", "next of kin"),
            ("DAU", "natural daughter", "daughter"),
            ("Carer", "", "carer"),
            ("EP", "", "emergency contact person"),
            ("GODPRN", "godparent", "godparent"),
            ("X9", "", "X9"),
        ] {
            assert_eq!(
                relationship(&coding(code, display)).as_deref(),
                Some(expected)
            );
        }
        let other_list = Concept::new(
            None,
            vec![Coding {
                system: Some("urn:other".to_owned()),
                code: Some("C".to_owned()),
                display: Some("cousin".to_owned()),
            }],
        );
        assert_eq!(relationship(&other_list).as_deref(), Some("cousin"));
        let text = Concept::from_text("holds the key");
        assert_eq!(relationship(&text).as_deref(), Some("holds the key"));
        assert_eq!(role("DAU").as_deref(), Some("daughter"));
    }

    #[test]
    fn who_to_ring_says_why_once_and_when_there_is_no_number() {
        let callee = Callee {
            reason: Reason::NextOfKin,
            name: CalleeName::Text("Carol Smith".to_owned()),
            roles: vec![
                "DAU".to_owned(),
                "Carer".to_owned(),
                "Next-of-Kin".to_owned(),
            ],
            organisation: None,
            phones: Vec::new(),
            emails: Vec::new(),
            origins: Vec::new(),
            sources: Vec::new(),
        };
        let words = words(&callee);
        assert_eq!(words.roles, "daughter, carer, next of kin");
        assert_eq!(
            (words.why, words.lacking),
            (None, Some("No phone number recorded"))
        );
    }
}
