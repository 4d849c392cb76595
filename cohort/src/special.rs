//! What breaks software.
use crate::{
    person::Person,
    programme::{Options, Record},
};
/// A special case.
#[derive(Debug, Clone)]
pub struct SpecialCase {
    pub name: &'static str,
    pub what: &'static str,
    pub patient: String,
    pub nhs_number: String,
    pub person: usize,
}
pub(crate) fn bend(_options: &Options, _person: &Person, _record: &mut Record) {}
pub(crate) fn list(_options: &Options) -> Vec<SpecialCase> {
    Vec::new()
}
pub(crate) fn rename(_n: usize, _identity: &mut crate::identity::Identity) {}
pub(crate) fn shape(_options: &Options, _person: &mut Person) {}
pub(crate) fn is_special(n: usize) -> bool {
    (6..36).contains(&n)
}
