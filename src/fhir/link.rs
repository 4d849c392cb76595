//! Where references lead: <https://hl7.org/fhir/R4/references.html>.
//!
//! Within the answer at hand only: contained resources and those delivered beside it. Nothing is fetched. A
//! reference to another server is taken for one to the same type and id here, as servers write their own base URL
//! into references; bundles' `urn:uuid:` names are not followed.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use crate::domain::{Concept, Identifier, Linked, Party, ResourceRef, Target};

use super::element::{Element, raw_text};
use super::name;

/// The resources of one answer by type and id.
pub struct Lookup<'a>(HashMap<(&'a str, &'a str), &'a Value>);

impl<'a> Lookup<'a> {
    pub fn over(resources: &[&'a Value]) -> Self {
        let key = |it: &'a Value| Some((raw_text(it, "resourceType")?, raw_text(it, "id")?));
        let known = resources
            .iter()
            .filter_map(|it| Some((key(it)?, *it)))
            .collect();
        Self(known)
    }

    fn find(&self, to: &ResourceRef) -> Option<&'a Value> {
        self.0.get(&(to.kind.as_ref(), to.id.as_ref())).copied()
    }
}

/// What a Reference names by an identifier alone (<https://hl7.org/fhir/R4/references.html#logical>). One that has an
/// address too leads there.
pub(super) fn called(reference: &Value, kind: &str) -> Option<Target> {
    if reference.get("reference").is_some() {
        return None;
    }
    let kind = raw_text(reference, "type").unwrap_or(kind);
    Target::called(kind, identifier(reference.get("identifier")?)?)
}

fn identifier(it: &Value) -> Option<Arc<Identifier>> {
    Identifier::new(raw_text(it, "system")?, raw_text(it, "value")?)
}

/// Whether another record takes it: a `uri` has no white space, and a server may cut off what stands around a value.
fn is_sound(it: &Identifier) -> bool {
    let is_plain = |it: &str| it == it.trim() && !it.contains(char::is_control);
    is_plain(&it.value) && is_plain(&it.system) && !it.system.contains(char::is_whitespace)
}

/// A reference as read: where it leads, and the resource when it is at hand.
pub struct Link<'a> {
    pub to: Option<ResourceRef>,
    pub target: Option<&'a Value>,
}

impl<'a> Element<'a> {
    /// Reads this element's `reference`. `None` when it has none (only a display or an identifier).
    pub fn link(self) -> Option<Link<'a>> {
        let raw = self.text("reference")?;
        if let Some(id) = raw.strip_prefix('#') {
            return Some(self.contained_link(id));
        }
        let to = ResourceRef::parse(raw);
        let target = to.as_ref().and_then(|to| self.reading().lookup.find(to));
        Some(Link { to, target })
    }

    /// A contained resource is known as `outer#inner`, so that it is distinct from every other.
    fn contained_link(self, id: &str) -> Link<'a> {
        let root = self.root().value();
        let outer = raw_text(root, "id").unwrap_or("");
        let target = self.contained(root, id);
        let name = if id.is_empty() {
            outer.to_owned()
        } else {
            format!("{outer}#{id}")
        };
        let kind = target.and_then(|it| raw_text(it, "resourceType"));
        Link {
            to: kind.map(|kind| ResourceRef::new(kind, &name)),
            target,
        }
    }

    /// What is contained in a resource; that itself, where no name is said.
    fn contained(self, within: &'a Value, id: &str) -> Option<&'a Value> {
        if id.is_empty() {
            return Some(within);
        }
        let all = within.get("contained").and_then(Value::as_array);
        let mut all = all.into_iter().flatten();
        let found = all.find(|it| raw_text(it, "id") == Some(id));
        if found.is_none() {
            self.wrong("refers to something that is not contained");
        }
        found
    }

    /// Who or what a Reference names: its display, else the name of what it leads to, else its identifier.
    pub fn as_party(self) -> Option<Party> {
        self.as_object()?;
        let link = self.link();
        let display = self.string("display");
        let (to, target) = link.map_or((None, None), |it| (it.to, it.target));
        let name = display
            .or_else(|| self.name_of(target?))
            .or_else(|| self.identified());
        if name.is_none() && to.is_none() {
            self.wrong("names nobody that can be shown");
            return None;
        }
        Some(Party {
            name,
            reference: to,
        })
    }

    /// A role is called by its practitioner, who may be delivered too, or contained: in the role, or beside it in the
    /// record that contains both.
    fn name_of(self, target: &'a Value) -> Option<String> {
        let is_here = self.text("reference").is_some_and(|it| it.starts_with('#'));
        let within = if is_here { self.root().value() } else { target };
        let practitioner = || {
            let reference = raw_text(target.get("practitioner")?, "reference")?;
            let person = match reference.strip_prefix('#') {
                Some(id) => self.contained(within, id)?,
                None => self
                    .reading()
                    .lookup
                    .find(&ResourceRef::parse(reference)?)?,
            };
            name::of_resource(person)
        };
        let is_role = raw_text(target, "resourceType") == Some("PractitionerRole");
        let shown = target
            .get("practitioner")
            .and_then(|it| raw_text(it, "display"));
        if is_role && shown.is_none() {
            return practitioner().or_else(|| name::of_resource(target));
        }
        name::of_resource(target)
    }

    /// What a Reference names, and where it leads. `kind` is what it is where it does not say.
    pub fn as_linked(self, kind: &str) -> Option<Linked> {
        let Party { name, reference } = self.as_party()?;
        let to = reference.map(Target::Held);
        let to = to.or_else(|| called(self.value(), kind));
        Some(Linked { name, to })
    }

    /// What this resource is called by in other records: not what it was called once, or for the time being.
    pub fn identifier(self) -> Option<Arc<Identifier>> {
        let all = self.value().get("identifier")?.as_array()?;
        let ranked = all.iter().filter_map(|it| {
            let rank = match raw_text(it, "use") {
                Some("official" | "usual") => 0,
                Some("old" | "temp") => return None,
                _ => 1,
            };
            identifier(it)
                .filter(|it| is_sound(it))
                .map(|it| (rank, it))
        });
        ranked.min_by_key(|it| it.0).map(|it| it.1)
    }

    fn identified(self) -> Option<String> {
        let identifier = self.object("identifier")?;
        identifier.string("value").or_else(|| {
            let assigner = identifier.object("assigner")?;
            assigner.string("display")
        })
    }

    /// What a `PractitionerRole` at hand says that somebody is.
    pub fn role_of_target(self) -> Option<Concept> {
        let target = self.link()?.target?;
        let role = raw_text(target, "resourceType") == Some("PractitionerRole");
        let role = role.then(|| self.visiting(target, target));
        role?.concepts("code").into_iter().next()
    }

    pub fn party(self, name: &str) -> Option<Party> {
        self.at(name)?.as_party()
    }

    pub fn parties(self, name: &str) -> Vec<Party> {
        self.list(name).filter_map(Self::as_party).collect()
    }

    /// Where a Reference leads. One that cannot be followed is said.
    pub fn as_reference(self) -> Option<ResourceRef> {
        let to = self.as_object()?.link().and_then(|it| it.to);
        if to.is_none() {
            self.wrong("is a reference that cannot be followed");
        }
        to
    }

    pub fn reference(self, name: &str) -> Option<ResourceRef> {
        self.at(name)?.as_reference()
    }

    pub fn references(self, name: &str) -> Vec<ResourceRef> {
        self.list(name).filter_map(Self::as_reference).collect()
    }
}

#[cfg(test)]
#[path = "link_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
