//! Domain → words: labels, dates, doses, badges, and what to tell a person about a problem. Pure functions that
//! return text and small structures to show; no markup, no signals. Rules of clinical-ux.md are tested here by id.
//!
//! May import `domain`, and of `state` what says how a load stands (`Remote`, `Problem`, `Part`, `Health`). Text from
//! records goes through [`name::clean`], so that it stays text and cannot reorder its line; the page isolates
//! right-to-left names (`<bdi>`). `problem` is about failed loads, not about what a person suffers from.

pub mod about_me;
pub mod activity;
pub mod alerts;
pub mod allergy;
pub mod amount;
pub mod appointment;
pub mod arrived;
pub mod banner;
pub mod calendar;
pub mod change;
pub mod contact;
pub mod crisis;
pub mod date;
pub mod document;
pub mod feed;
pub mod finder;
pub mod graph;
pub mod known;
pub mod legal;
pub mod looked;
pub mod medicine;
pub mod name;
pub mod nhs_number;
pub mod outbox;
pub mod panel;
pub mod person;
pub mod phrase;
pub mod pieces;
pub mod plan;
pub mod presence;
pub mod printed;
pub mod problem;
pub mod result;
pub mod risk;
pub mod social_care;
pub mod source;
pub mod team;
pub mod timeline;
pub mod topic;
pub mod unit;
pub mod whereabouts;
pub mod words;
pub mod worklist;
pub mod writing;
