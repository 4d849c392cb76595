//! Who to ring: names, every relationship and role, and numbers that are one tap.

use super::name::shown;
use super::words::{coded, unique};
use super::{name, words};
use crate::domain::contacts::{Callee, CalleeName, Reason};
use crate::domain::patient::Telecom;
use crate::domain::{Concept, SourceId};

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

fn reason(it: Reason) -> Option<&'static str> {
    Some(match it {
        Reason::KeyWorker => "key worker",
        Reason::NextOfKin => "next of kin",
        Reason::Carer => "carer",
        Reason::Emergency => "emergency contact",
        Reason::Other => return None,
    })
}

/// v2-0131, v3-RoleCode, UKCore-AdditionalPersonRelationshipRole.
const RELATIONSHIPS: [(&str, &str); 62] = [
    ("N", "next of kin"),
    ("C", "emergency contact"),
    ("EP", "emergency contact person"),
    ("CP", "contact person"),
    ("BP", "billing contact"),
    ("PR", "person preparing the referral"),
    ("E", "employer"),
    ("F", "federal agency"),
    ("I", "insurance company"),
    ("S", "state agency"),
    ("O", "other"),
    ("U", "relationship not known"),
    ("Carer", "carer"),
    ("Dependant", "dependant"),
    ("ProxyContact", "proxy contact"),
    ("Guardian", "guardian"),
    ("FAMMEMB", "family member"),
    ("CHILD", "child"),
    ("DAU", "daughter"),
    ("NDAU", "daughter"),
    ("DAUC", "daughter"),
    ("DAUADOPT", "adopted daughter"),
    ("DAUFOST", "foster daughter"),
    ("STPDAU", "stepdaughter"),
    ("DAUINLAW", "daughter-in-law"),
    ("SON", "son"),
    ("NSON", "son"),
    ("SONC", "son"),
    ("SONADOPT", "adopted son"),
    ("SONFOST", "foster son"),
    ("STPSON", "stepson"),
    ("SONINLAW", "son-in-law"),
    ("WIFE", "wife"),
    ("HUSB", "husband"),
    ("SPS", "spouse"),
    ("DOMPART", "partner"),
    ("SIGOTHR", "partner"),
    ("FMRSPS", "former spouse"),
    ("PRN", "parent"),
    ("MTH", "mother"),
    ("NMTH", "mother"),
    ("FTH", "father"),
    ("NFTH", "father"),
    ("MTHINLAW", "mother-in-law"),
    ("FTHINLAW", "father-in-law"),
    ("SIB", "sibling"),
    ("SIS", "sister"),
    ("NSIS", "sister"),
    ("BRO", "brother"),
    ("NBRO", "brother"),
    ("SISINLAW", "sister-in-law"),
    ("BROINLAW", "brother-in-law"),
    ("GRNDCHILD", "grandchild"),
    ("GRNDDAU", "granddaughter"),
    ("GRNDSON", "grandson"),
    ("GRPRN", "grandparent"),
    ("AUNT", "aunt"),
    ("UNCLE", "uncle"),
    ("NIECE", "niece"),
    ("NEPHEW", "nephew"),
    ("NBOR", "neighbour"),
    ("FRND", "friend"),
];

/// What somebody is to the person: the author's text, else our words for the code, else its display or the code.
pub fn relationship(it: &Concept) -> Option<String> {
    if it.text.as_deref().and_then(shown).is_some() {
        return coded(it, &RELATIONSHIPS);
    }
    let known = it.codings.iter().filter_map(|it| it.code.as_deref());
    let known = known.into_iter().find_map(word_for);
    known.map(str::to_owned).or_else(|| words::label(it))
}

/// The same for a label whose codes are no longer at hand.
pub fn role(label: &str) -> Option<String> {
    let label = shown(label)?;
    Some(match label.as_str() {
        "Next-of-Kin" => "next of kin".to_owned(),
        _ => word_for(&label).map_or(label, str::to_owned),
    })
}

fn word_for(code: &str) -> Option<&'static str> {
    let known = RELATIONSHIPS.iter().find(|(own, _)| *own == code);
    known.map(|(_, words)| *words)
}

/// `("tel:01614960101", "0161 496 0101")`. `None` for what is not a number to dial.
pub fn tel(it: &Telecom) -> Option<Link> {
    if !matches!(it.system.as_deref(), None | Some("phone" | "sms")) || it.value.contains('@') {
        return None;
    }
    let value = shown(it.value.trim().trim_start_matches("tel:"))?;
    let number = dialled(&value)?;
    let is_only_digits = value.bytes().all(|b| b.is_ascii_digit());
    let text = if is_only_digits {
        grouped(&value)
    } else {
        value
    };
    Some((format!("tel:{number}"), text))
}

/// The digits of the first number in a text, without "(0)" behind a country code and without an extension.
fn dialled(text: &str) -> Option<String> {
    let text = text.replace("(0)", "");
    let is_end = |c: char| c.is_alphabetic() || matches!(c, '/' | ',' | ';' | '#');
    let candidates = text.split(is_end);
    candidates.into_iter().find_map(|part| {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let plus = if part.trim_start().trim_start_matches('(').starts_with('+') {
            "+"
        } else {
            ""
        };
        (digits.len() >= 3).then(|| format!("{plus}{digits}"))
    })
}

/// Eleven digits as numbers in the United Kingdom are read; others as they are.
fn grouped(digits: &str) -> String {
    let cut: &[usize] = match digits.get(..2) {
        _ if digits.len() != 11 => &[],
        Some("02") => &[3, 7],
        Some("03" | "08" | "09") => &[4, 7],
        Some("07") => &[5, 8],
        Some("01") if digits.get(2..3) == Some("1") || digits.get(3..4) == Some("1") => &[4, 7],
        Some("01") => &[5],
        _ => &[],
    };
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if cut.contains(&at) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// `("mailto:a@b.nhs.uk", "a@b.nhs.uk")`. Nothing in the address can add a subject or another receiver.
pub fn mailto(it: &Telecom) -> Option<Link> {
    let value = shown(it.value.trim().trim_start_matches("mailto:"))?;
    let (user, host) = value.split_once('@')?;
    let is_odd = |c: char| c.is_whitespace() || "@<>,;\"()[]".contains(c);
    if user.is_empty() || host.is_empty() || value.chars().filter(|it| is_odd(*it)).count() != 1 {
        return None;
    }
    let mut href = "mailto:".to_owned();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_+'~".contains(&byte) {
            href.push(char::from(byte));
        } else {
            href.push_str(&format!("%{byte:02X}"));
        }
    }
    Some((href, value))
}

/// `mobile`, `home`, `work`: which of somebody's numbers it is.
pub fn usage(it: &Telecom) -> Option<&'static str> {
    match (it.usage.as_deref(), it.system.as_deref()) {
        (Some("mobile"), _) => Some("mobile"),
        (Some("home"), _) => Some("home"),
        (Some("work"), _) => Some("work"),
        (Some("temp"), _) => Some("for now"),
        (_, Some("sms")) => Some("text messages"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Coding;

    fn telecom(value: &str) -> Telecom {
        Telecom {
            value: value.to_owned(),
            ..Telecom::default()
        }
    }

    fn coding(code: &str, display: &str) -> Concept {
        Concept {
            text: None,
            codings: vec![Coding {
                system: None,
                code: Some(code.to_owned()),
                display: (!display.is_empty()).then(|| display.to_owned()),
            }],
        }
    }

    #[test]
    fn a_number_is_one_tap_and_shown_as_it_is_read() {
        for (value, href, text) in [
            ("01614960101", "tel:01614960101", "0161 496 0101"),
            ("07700900113", "tel:07700900113", "07700 900 113"),
            ("0161 496 0101", "tel:01614960101", "0161 496 0101"),
            (
                "+44 (0)161 496 0101",
                "tel:+441614960101",
                "+44 (0)161 496 0101",
            ),
            (
                "0161 496 0101 ext 23",
                "tel:01614960101",
                "0161 496 0101 ext 23",
            ),
            (
                "0161 496 0101 / 0102",
                "tel:01614960101",
                "0161 496 0101 / 0102",
            ),
            ("02079460000", "tel:02079460000", "020 7946 0000"),
            ("tel:111", "tel:111", "111"),
        ] {
            assert_eq!(
                tel(&telecom(value)),
                Some((href.to_owned(), text.to_owned()))
            );
        }
        assert_eq!(tel(&telecom("ask the ward")), None);
        assert_eq!(tel(&telecom("a1234@nhs.net")), None);
    }

    #[test]
    fn a_mail_address_cannot_bring_headers_along() {
        let (href, text) = mailto(&telecom("tom.achebe@example.nhs.uk")).unwrap();
        assert_eq!(
            (href.as_str(), text.as_str()),
            (
                "mailto:tom.achebe@example.nhs.uk",
                "tom.achebe@example.nhs.uk"
            )
        );
        let (href, _) = mailto(&telecom("a@b.uk?bcc=x%40y")).unwrap();
        assert!(!href.contains('?') && !href.contains('='), "{href}");
        assert_eq!(mailto(&telecom("a@b.uk,c@d.uk")), None);
        assert_eq!(mailto(&telecom("0161 496 0101")), None);
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
