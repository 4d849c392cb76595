//! The synthetic programme: 6,000 people at high risk of a hospital admission, their teams, plans
//! and hospital activity, as FHIR R4; a loader that fills record APIs with it; and a player that
//! lets the hospitals go on.
//!
//! One straight line: `person` decides the **facts** of one human being (pure, seeded, no FHIR);
//! `shared`, `hospital`, `mental_health` and `ambulance` **write** these facts down as each
//! organisation would; `special` then bends some of them into what breaks software; `load` sends them.
//!
//! Invariants:
//! - Same seed, same size, same `today`: same bytes. No clock, no hash-map order, no floats.
//! - Person `n` depends on nothing but the options and `n`: any person can be made alone, in any order.
//! - Every reference inside a source resolves to a resource of that source.
//! - Ids are opaque: derived from the seed, shaped like a UUID, different in each source.
//!
//! Deliberately absent: no profile validation (the page must cope without it), no real person, no
//! issued NHS number (all are 999 xxx xxxx), no real telephone number (Ofcom's drama ranges).

mod activity;
mod allergies;
mod ambulance;
mod chance;
mod conditions;
mod contacts;
mod demo;
mod emergency;
mod hospital;
mod identity;
mod legal;
mod letters;
mod load;
mod medicines;
mod mental_health;
mod mock;
mod names;
mod nhs_number;
mod organisations;
mod person;
mod places;
mod plan;
mod play;
mod programme;
mod results;
mod shared;
mod source;
mod special;
mod staff;
mod wire;

pub use demo::DemoUser;
pub use load::{LoadError, Loaded, Phase, Progress, Refusal, Target, load, roles_of};
pub use play::{Event, PlayOptions, play};
pub use programme::{Foundation, Options, Programme, Record};
pub use source::Source;
pub use special::SpecialCase;
