//! `Encounter`: <https://hl7.org/fhir/R4/encounter.html>,
//! <https://fhir.hl7.org.uk/StructureDefinition/UKCore-Encounter>.

use crate::domain::activity::{Encounter, EncounterStatus, Place, Setting};
use crate::domain::{Coded, Concept, Origin, Party};

use super::super::element::Element;

const ADMISSION_METHOD: &str =
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AdmissionMethod";
const DISCHARGE_METHOD: &str =
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DischargeMethod";
const OUTCOME: &str =
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-OutcomeOfAttendance";
const EMERGENCY_STATUS: &str =
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EmergencyCareDischargeStatus";

/// With what it is called by.
pub fn whole(it: Element<'_>, origin: Origin) -> Encounter {
    Encounter {
        identifier: it.identifier(),
        ..read(it, origin)
    }
}

/// As lists know it.
pub fn read(it: Element<'_>, origin: Origin) -> Encounter {
    let stay = it.object("hospitalization");
    let extended = |url| extended(it, stay, url);
    Encounter {
        origin,
        identifier: None,
        setting: setting(it),
        status: it.coded("status", status),
        period: it.period("period"),
        places: it.list("location").filter_map(place).collect(),
        specialty: it.concept("serviceType"),
        types: it.concepts("type"),
        reasons: reasons(it),
        professionals: it.list("participant").filter_map(professional).collect(),
        provider: it.party("serviceProvider"),
        admission_method: extended(ADMISSION_METHOD),
        admission_source: stay.and_then(|it| it.concept("admitSource")),
        discharge_method: extended(DISCHARGE_METHOD),
        discharge_destination: stay.and_then(|it| it.concept("dischargeDisposition")),
        outcome: extended(OUTCOME).or_else(|| extended(EMERGENCY_STATUS)),
        part_of: it.reference("partOf"),
    }
}

/// UK Core puts some on the Encounter and some on its hospitalization; sources mix them up.
fn extended(it: Element<'_>, stay: Option<Element<'_>>, url: &str) -> Option<Concept> {
    let on = |it: Element<'_>| it.extension(url)?.concept("valueCodeableConcept");
    on(it).or_else(|| on(stay?))
}

fn setting(it: Element<'_>) -> Coded<Setting> {
    let class = it.object("class");
    let Some(class) = class.and_then(Element::as_coding) else {
        if it.value().get("class").is_none() {
            it.wrong_at("class", "is missing");
        }
        return Coded::Unknown("not given".to_owned());
    };
    let code = class.codings.first().and_then(|it| it.code.as_deref());
    let known = match code {
        Some("IMP" | "ACUTE" | "NONAC" | "OBSENC" | "SS") => Setting::Inpatient,
        Some("EMER") => Setting::Emergency,
        Some("AMB") => Setting::Ambulatory,
        Some("HH") => Setting::Home,
        Some("VR") => Setting::Virtual,
        Some("FLD") => Setting::Field,
        _ => return Coded::Unknown(class.label().unwrap_or("not given").to_owned()),
    };
    Coded::Known(known)
}

fn place(it: Element<'_>) -> Option<Place> {
    Some(Place {
        location: it.party("location")?,
        status: it.string("status"),
        period: it.period("period"),
    })
}

fn reasons(it: Element<'_>) -> Vec<Concept> {
    let mut reasons = it.concepts("reasonCode");
    let diagnoses = it.list("diagnosis").filter_map(|it| it.party("condition"));
    let named = it.parties("reasonReference").into_iter().chain(diagnoses);
    for name in named.filter_map(|it| it.name) {
        if !reasons.iter().any(|it| it.says(&name)) {
            reasons.push(Concept::from_text(&name));
        }
    }
    reasons
}

fn professional(it: Element<'_>) -> Option<(Option<Concept>, Party)> {
    let who = it.party("individual")?;
    Some((it.concepts("type").into_iter().next(), who))
}

fn status(code: &str) -> Option<EncounterStatus> {
    Some(match code {
        "planned" => EncounterStatus::Planned,
        "arrived" => EncounterStatus::Arrived,
        "triaged" => EncounterStatus::Triaged,
        "in-progress" => EncounterStatus::InProgress,
        "onleave" => EncounterStatus::OnLeave,
        "finished" => EncounterStatus::Finished,
        "cancelled" => EncounterStatus::Cancelled,
        "entered-in-error" => EncounterStatus::EnteredInError,
        "unknown" => EncounterStatus::Unknown,
        _ => return None,
    })
}
