//! The official R4 examples (see `official_examples.rs`), kept as a list keeps what is told of its people.

#![allow(clippy::unwrap_used, reason = "a test that fails is the point")]

mod examples;

use alongside::domain::worklist::Few;
use alongside::domain::{Facts, SourceId};
use alongside::fhir;

use examples::EXAMPLES;

#[test]
fn a_list_keeps_every_fact_that_it_is_given() {
    let source = SourceId::new("hl7");
    for example in EXAMPLES.iter() {
        let all = fhir::facts(&source, [example.resource.value()]);
        let mut again = Facts::default();
        Few::new(all.clone(), true).add_to(&mut again);
        assert_eq!(again, all, "{}", example.name);
    }
}
