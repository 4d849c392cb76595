//! Letters: small texts attached to a `DocumentReference`.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::{
    activity::{Episode, Kind},
    person::Person,
    places::consultant,
    programme::Options,
    source::Source,
    wire::{SNOMED, coding, instant, link, profiled, spoken, with},
};

/// The letter after a stay or a clinic visit.
pub(crate) fn hospital(options: &Options, person: &Person, episode: &Episode) -> Value {
    let who = &person.identity;
    let on = episode.end.unwrap_or(episode.start);
    let doctor = consultant(episode.trust, episode.specialty);
    let (title, words) = match episode.kind {
        Kind::Admission => (
            "Discharge letter",
            format!(
                "Admitted {} with {}. Treated on {}. Discharged {}.",
                spoken(episode.start.date()),
                episode.reason.name.to_lowercase(),
                episode.moves.last().map_or("the ward", |(ward, _)| ward),
                spoken(on.date())
            ),
        ),
        _ => (
            "Clinic letter",
            format!(
                "Seen in the {} clinic on {}. Stable. Continue present treatment; review in six months.",
                episode.specialty.to_lowercase(),
                spoken(on.date())
            ),
        ),
    };
    let body = format!(
        "{}\n\nRe: {}, born {}, NHS number {}\n\n{words}\n\nPlease check the kidney function in two weeks.\n\nYours sincerely,\n{doctor}\n{}",
        episode.trust.name(),
        who.listed(),
        spoken(who.birth),
        who.nhs_number,
        episode.site.name
    );
    let mut letter = document(
        options,
        person,
        episode.trust,
        &episode.key,
        title,
        "text/plain",
        &body,
        on.date(),
    );
    if let Some(members) = letter.as_object_mut() {
        members.insert("author".into(), json!([{ "display": doctor }]));
        members.insert("context".into(), json!({ "encounter": [link("Encounter", &person.id(options, episode.trust, "Encounter", &episode.key))] }));
    }
    letter
}

/// Any document with its text inside.
#[expect(
    clippy::too_many_arguments,
    reason = "all are the document's own facts"
)]
pub(crate) fn document(
    options: &Options,
    person: &Person,
    source: Source,
    key: &str,
    title: &str,
    mime: &str,
    body: &str,
    on: NaiveDate,
) -> Value {
    let code = if title.starts_with("ReSPECT") {
        json!({ "coding": [coding(SNOMED, "1382601000000107", "ReSPECT (Recommended Summary Plan for Emergency Care and Treatment) form")], "text": title })
    } else {
        json!({ "text": title })
    };
    let moment = instant(on.and_time(chrono::NaiveTime::MIN) + chrono::TimeDelta::hours(15));
    with(
        profiled(
            "DocumentReference",
            &person.id(options, source, "DocumentReference", key),
        ),
        json!({
            "status": "current",
            "docStatus": "final",
            "type": code,
            "subject": link("Patient", &person.patient_id(options, source)),
            "date": moment,
            "description": title,
            "content": [{ "attachment": { "contentType": mime, "language": "en-GB", "data": base64(body.as_bytes()), "title": title, "creation": moment } }],
        }),
    )
}

/// Base64 as FHIR attachments carry it; a dozen lines are less than a dependency.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 4);
    for three in bytes.chunks(3) {
        let part = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let joined = part(0) << 16 | part(1) << 8 | part(2);
        for place in 0..4_u32 {
            let six = usize::try_from(joined >> (18 - 6 * place) & 63).unwrap_or(0);
            let there = usize::try_from(place).unwrap_or(0) <= three.len();
            out.push(if there {
                LETTERS.get(six).map_or('A', |letter| char::from(*letter))
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_padded_as_the_standard_says() {
        assert_eq!(base64(b""), "");
        assert_eq!(base64(b"f"), "Zg==");
        assert_eq!(base64(b"fo"), "Zm8=");
        assert_eq!(base64(b"foo"), "Zm9v");
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
    }
}
