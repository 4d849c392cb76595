//! Carers, family and friends, each with every role they hold.

use crate::{
    chance::Chance,
    identity::{Gender, Identity, age},
    names::{YOUNGER_MEN, YOUNGER_WOMEN},
    programme::Options,
};

pub(crate) struct Contact {
    pub name: (String, String),
    /// `http://terminology.hl7.org/CodeSystem/v3-RoleCode` code and its words.
    pub relation: (&'static str, &'static str),
    /// v2-0131: `N` next of kin, `C` emergency contact, `EP`, `CP`.
    pub roles: Vec<(&'static str, &'static str)>,
    /// `UKCore-AdditionalPersonRelationshipRole`.
    pub uk_roles: Vec<&'static str>,
    pub phone: String,
    pub lives_with: bool,
    pub gender: Gender,
}

impl Contact {
    pub fn full_name(&self) -> String {
        format!("{} {}", self.name.0, self.name.1)
    }
}

const NEXT_OF_KIN: (&str, &str) = ("N", "Next-of-Kin");
const EMERGENCY: (&str, &str) = ("C", "Emergency Contact");

pub(crate) fn of(options: &Options, n: usize, full: bool, identity: &Identity) -> Vec<Contact> {
    let mut chance = Chance::of(options.seed, "contacts", n);
    let mut contacts = Vec::new();
    let old = age(identity.birth, options.today.date()) > 58;
    if old && chance.percent(72) {
        contacts.push(child(&mut chance, identity));
    } else if chance.percent(60) {
        contacts.push(spouse(&mut chance, identity));
    } else {
        contacts.push(friend(&mut chance, true));
    }
    if full && chance.percent(45) {
        contacts.push(spouse(&mut chance, identity));
    }
    if full && chance.percent(40) {
        contacts.push(friend(&mut chance, false));
    }
    // One person is next of kin, and nobody is married twice.
    let mut kin = false;
    let mut married = false;
    for contact in &mut contacts {
        if kin {
            contact.roles.retain(|role| *role != NEXT_OF_KIN);
        }
        kin |= contact.roles.contains(&NEXT_OF_KIN);
    }
    contacts.retain(|contact| {
        let spouse = matches!(contact.relation.0, "WIFE" | "HUSB");
        let keep = !(spouse && married);
        married |= spouse;
        keep
    });
    contacts
}

fn child(chance: &mut Chance, identity: &Identity) -> Contact {
    let daughter = chance.percent(62);
    let (relation, names, gender) = if daughter {
        (("DAU", "natural daughter"), YOUNGER_WOMEN, Gender::Female)
    } else {
        (("SON", "natural son"), YOUNGER_MEN, Gender::Male)
    };
    let carer = chance.percent(55);
    Contact {
        name: (chance.word(names).to_owned(), identity.family.clone()),
        relation,
        roles: vec![NEXT_OF_KIN, EMERGENCY],
        uk_roles: if carer { vec!["Carer"] } else { Vec::new() },
        phone: phone(chance),
        lives_with: carer && chance.percent(30),
        gender,
    }
}

fn spouse(chance: &mut Chance, identity: &Identity) -> Contact {
    const WIVES: &[&str] = &[
        "Jean", "Margaret", "Sheila", "Joan", "Pauline", "Maria", "Ann",
    ];
    const HUSBANDS: &[&str] = &[
        "John", "Peter", "Alan", "Derek", "Michael", "Brian", "David",
    ];
    let wife = identity.gender == Gender::Male;
    let (relation, names, gender) = if wife {
        (("WIFE", "wife"), WIVES, Gender::Female)
    } else {
        (("HUSB", "husband"), HUSBANDS, Gender::Male)
    };
    let dependant = chance.percent(18);
    Contact {
        name: (chance.word(names).to_owned(), identity.family.clone()),
        relation,
        roles: vec![NEXT_OF_KIN],
        uk_roles: if dependant {
            vec!["Dependant"]
        } else {
            vec!["Carer"]
        },
        phone: identity.phone.clone(),
        lives_with: true,
        gender,
    }
}

fn friend(chance: &mut Chance, alone: bool) -> Contact {
    let woman = chance.percent(55);
    let names = if woman { YOUNGER_WOMEN } else { YOUNGER_MEN };
    let families = [
        "Lomas", "Heap", "Sixsmith", "Olatunji", "Rafiq", "Duffy", "Greaves", "Kenyon",
    ];
    Contact {
        name: (
            chance.word(names).to_owned(),
            chance.word(&families).to_owned(),
        ),
        relation: ("NBOR", "neighbor"),
        roles: if alone {
            vec![NEXT_OF_KIN, EMERGENCY]
        } else {
            vec![EMERGENCY]
        },
        uk_roles: Vec::new(),
        phone: phone(chance),
        lives_with: false,
        gender: if woman { Gender::Female } else { Gender::Male },
    }
}

fn phone(chance: &mut Chance) -> String {
    format!("07700 900 {:03}", chance.between(0, 999))
}
