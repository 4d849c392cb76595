//! # Alongside
//!
//! One record and one plan for everyone who cares for a person at high risk of a hospital admission. A web page,
//! in the browser only, over existing FHIR R4 record APIs.
//!
//! ```text
//! HTTP ─ transport ─▶ api ─▶ fhir (views on JSON) ─▶ domain values + issues ─▶ state machine ─▶ store (signals)
//!      ─▶ present (words) ─▶ ui, pages
//! ```
//!
//! | module | what belongs there | may import |
//! |---|---|---|
//! | [`domain`] | people and facts in the field's own words, and clinical rules over them | nothing of ours |
//! | [`fhir`] | the received JSON read by path; conversions to domain values and issues | domain |
//! | [`state`] | machines: loads, a person's chart, a list's roster, sources' health, what is written and what waits; time is passed in | domain |
//! | [`present`] | domain → words for people; what a panel says around its content | domain, state |
//! | [`routes`] | pages ⇄ addresses | domain |
//! | [`api`] | questions to record APIs, answers checked before they are believed; `config.json` | fhir, domain |
//! | `transport` | fetch, clock, timers, storage, address of the browser | api |
//! | `store` | signals around state and api: the only place where questions are sent | state, api, transport, domain, present, routes |
//! | `ui` | components: props in, callbacks out | domain, present, state (`Remote`) |
//! | `pages` | one folder for each page: store → words → components | store, ui, present, routes, domain, state |
//! | `app` | boot, which page, what loads later | everything |
//!
//! `tests/tidy.rs` reads the imports and fails on one that points outward. The first six are pure: they compile and
//! are tested natively and cannot name the browser. Sign-in has its place in [`api::session`].
//!
//! ## Invariants
//!
//! 1. The received JSON is the truth: it is read by path and never rebuilt from what is shown.
//! 2. Numbers are text ([`domain::Decimal`]); no digit is lost.
//! 3. An answer for another person, list or question is never taken ([`state::Chart`], [`state::Roster`]), and an
//!    answer that holds somebody else's facts is refused whole ([`api::person`]).
//! 4. Every load is in exactly one state ([`state::Remote`]); "empty" is a state of the content, and a part that
//!    failed never looks like one that is empty.
//! 5. A code that is not known is kept and shown; a conversion gives a value and its issues.
//! 6. Each source and topic loads, fails and retries alone.
//! 7. No data about a person in addresses, titles, logs or storage: opaque ids only. Drafts are encrypted
//!    (`transport::vault`), under names of opaque ids.
//! 8. A panic ends the page with a notice in plain DOM, made by the script that started it (`start.js` of the build).

pub mod api;
pub mod domain;
pub mod fhir;
pub mod present;
pub mod routes;
pub mod state;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
mod pages;
#[cfg(target_arch = "wasm32")]
mod panic;
#[cfg(target_arch = "wasm32")]
mod store;
#[cfg(target_arch = "wasm32")]
mod transport;
#[cfg(target_arch = "wasm32")]
mod ui;
