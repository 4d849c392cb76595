//! Where a source says that it shows less than it holds: a List's warnings
//! (<https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ListWarningCode>) and labels on any resource
//! (<https://hl7.org/fhir/R4/security-labels.html>).

use crate::domain::Origin;
use crate::domain::facts::Withheld;

use super::super::element::Element;

const WARNING: &str =
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ListWarningCode";

/// Reasons for an empty list that are not "there is nothing".
const NOT_NOTHING: [&str; 3] = ["withheld", "unavailable", "no-content-recorded"];

/// Labels that say something was left out. Confidentiality alone (`R`, `V`) leaves nothing out.
const LEFT_OUT: [&str; 3] = ["SUBSETTED", "REDACTED", "MASKED"];

/// Every warning of a `List`: <https://hl7.org/fhir/R4/list.html>.
pub fn of_list(it: Element<'_>, origin: &Origin) -> Vec<Withheld> {
    let about = it
        .concept("code")
        .and_then(|it| it.label().map(str::to_owned))
        .or_else(|| it.string("title"));
    let mut codes: Vec<String> = it
        .list("extension")
        .filter(|it| it.text("url") == Some(WARNING))
        .filter_map(|it| match it.choice("value")? {
            ("CodeableConcept", value) => value.as_concept()?.label().map(str::to_owned),
            (_, value) => value.as_text().map(str::to_owned),
        })
        .collect();
    let empty = it.concept_code("emptyReason");
    codes.extend(empty.filter(|it| NOT_NOTHING.contains(&it.as_str())));
    codes
        .into_iter()
        .map(|code| Withheld {
            origin: origin.clone(),
            code,
            about: about.clone(),
        })
        .collect()
}

/// Labels of `meta` that say that the resource is not whole.
pub fn of_labels(it: Element<'_>, origin: &Origin) -> Vec<Withheld> {
    let Some(meta) = it.object("meta") else {
        return Vec::new();
    };
    let labels = meta.codings("security").into_iter();
    labels
        .chain(meta.codings("tag"))
        .filter_map(|it| it.codings.first()?.code.clone())
        .filter(|it| LEFT_OUT.contains(&it.as_str()))
        .map(|code| Withheld {
            origin: origin.clone(),
            code,
            about: Some(it.kind().to_owned()),
        })
        .collect()
}
