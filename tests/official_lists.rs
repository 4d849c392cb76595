//! The official R4 examples (see `official_examples.rs`), kept as a list keeps what is told of its people.

mod examples;

use alongside::domain::worklist::Few;
use alongside::domain::{Facts, SourceId};
use alongside::fhir;

use examples::EXAMPLES;

#[test]
fn a_list_keeps_every_fact_that_it_is_given() {
    let source = SourceId::new("hl7");
    let all = fhir::facts(&source, EXAMPLES.iter().map(|it| it.resource.value()));
    let mut again = Facts::default();
    Few::from(all.clone()).add_to(&mut again);
    assert!(!all.encounters.is_empty() && !all.allergies.is_empty());
    assert!(again == all, "something is lost");
}
