//! The programme: what it is made from, and its people one at a time.

use chrono::NaiveDateTime;
use serde_json::Value;

use crate::{
    ambulance, demo,
    demo::DemoUser,
    hospital,
    identity::Identity,
    mental_health, organisations,
    person::Person,
    places::AREAS,
    shared,
    source::Source,
    special::{self, SpecialCase},
};

/// Resources by source, in the order in which they can be created.
pub type Record = Vec<(Source, Vec<Value>)>;
/// What every person's record refers to: organisations, sites, staff, teams.
pub type Foundation = Record;

/// What a programme is made from. The same options make the same bytes.
#[derive(Debug, Clone)]
pub struct Options {
    pub seed: u64,
    /// How many people; 40 or more hold every special case.
    pub patients: usize,
    /// "Now", UTC. Every date is relative to it. Give it whole minutes.
    pub today: NaiveDateTime,
}

impl Options {
    /// Twenty teams an area in the whole programme, fewer in a small one; never fewer than the demo's.
    pub(crate) fn teams_per_area(&self) -> usize {
        (self.patients / 100).clamp(4, 20)
    }

    pub(crate) fn practices_per_area(&self) -> usize {
        (self.patients / 60).clamp(4, 30)
    }

    /// How many people have everything: those on the demo users' lists.
    pub(crate) fn detailed(&self) -> usize {
        (self.patients / 20)
            .clamp(40, demo::LISTED)
            .min(self.patients)
    }

    /// The multidisciplinary team of a person. The first 36 are made by hand, six in each demo
    /// team; the first 300 are on the demo teams' lists; the rest are spread over the others.
    pub(crate) fn team_of(&self, n: usize) -> usize {
        let by_hand = demo::TEAMS * demo::CRAFTED_PER_TEAM;
        if n < by_hand {
            return demo::team(self, n / demo::CRAFTED_PER_TEAM);
        }
        if n < demo::LISTED {
            return demo::team(self, n % demo::TEAMS);
        }
        let per_area = self.teams_per_area();
        let area = n % AREAS.len();
        let within = n / AREAS.len() % per_area;
        area * per_area + within
    }

    pub(crate) fn area_of(&self, n: usize) -> usize {
        self.team_of(n) / self.teams_per_area()
    }
}

/// A programme. Cheap to make and to clone: people are made when asked for.
#[derive(Debug, Clone)]
pub struct Programme {
    options: Options,
}

impl Programme {
    pub fn new(options: Options) -> Self {
        Self { options }
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    /// How many people.
    pub fn len(&self) -> usize {
        self.options.patients
    }

    pub fn is_empty(&self) -> bool {
        self.options.patients == 0
    }

    /// Whom one can be in the demo; the first is Asha Rahman, care coordinator.
    pub fn demo_users(&self) -> Vec<DemoUser> {
        demo::users(&self.options)
    }

    /// How many people are on the lists of the demo users: people `0..listed()`.
    pub fn listed(&self) -> usize {
        demo::LISTED.min(self.options.patients)
    }

    /// Organisations, sites, staff and teams, by source. Refers to nobody.
    pub fn foundation(&self) -> Foundation {
        Source::ALL
            .into_iter()
            .map(|source| (source, organisations::foundation(&self.options, source)))
            .collect()
    }

    /// The people of each area as `Group`s of at most 2,000, in the shared record. They refer to
    /// every `Patient`: a server that checks references takes them last.
    pub fn groups(&self) -> Vec<Value> {
        organisations::groups(&self.options)
    }

    /// Everything that is recorded about person `n`, by source; sources without activity are left out.
    pub fn person(&self, n: usize) -> Record {
        let person = Person::of(&self.options, n);
        let mut record = vec![(Source::Shared, shared::write(&self.options, &person))];
        for trust in Source::TRUSTS {
            record.push((trust, hospital::write(&self.options, &person, trust)));
        }
        record.push((Source::Tae, mental_health::write(&self.options, &person)));
        record.push((Source::Rx7, ambulance::write(&self.options, &person)));
        special::bend(&self.options, &person, &mut record);
        record.retain(|(_, resources)| !resources.is_empty());
        record
    }

    /// The people who break software: see [`SpecialCase`].
    pub fn special_cases(&self) -> Vec<SpecialCase> {
        special::list(&self.options)
    }

    /// The NHS number and the listed name of person `n`: `SMITH, Jane (Mrs)`.
    pub fn listed_name(&self, n: usize) -> (String, String) {
        let identity = Identity::of(&self.options, n, self.options.area_of(n));
        (identity.nhs_number.clone(), identity.listed())
    }
}
